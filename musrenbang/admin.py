"""Master data for the admin. What the workflow writes (stages, trail, documents) is not editable here."""

import re
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.auth.models import Group
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from musrenbang import models
from musrenbang.acuan.services.acuan_admin import note_reference, remove_reference, save_reference
from musrenbang.akun.services.akun_admin import give_by_admin, reset_by_admin, save_by_admin, take_by_admin
from musrenbang.transisi import Refused


class SearchChoice(AutocompleteSelect):
    """Django's own, which asks the database also for what is no key when it shows a refused form again."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        return super().optgroups(name, [v for v in value if re.fullmatch("[0-9]{1,18}", str(v))], attr)


# An administrator's session neither shows the seeds of other people's sign-in codes nor binds a phone to their account.
admin.site.unregister([Group, TOTPDevice])


@admin.register(models.Pengguna)
class PenggunaAdmin(admin.ModelAdmin):
    """Accounts with the name that documents print.

    Passwords, administrators and permissions are not given here: a person chooses the own password behind a one-time
    link, and an administrator is made on the server itself (``createsuperuser``).
    """

    list_display = ["username", "nama", "nip", "is_active"]
    search_fields = ["username", "nama"]
    fields = ["username", "nama", "nip", "email"]
    actions = ["void_password"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The trail names people for ever; an account is deactivated, not deleted."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A new account has no password and no role; a changed one is told to its owner."""
        save_by_admin(by=request.user, pengguna=obj)

    @admin.action(description="Batalkan kata sandi, buat tautan baru")
    def void_password(self, request: HttpRequest, queryset: Any) -> None:
        """One account at a time; that of Camat, Sekcam and Bappeda waits for a second person."""
        if queryset.count() != 1:
            raise Refused("Pilih tepat satu akun.")
        asked = reset_by_admin(by=request.user, pengguna=queryset.get())
        words = (
            f"{asked.kata}: menunggu orang kedua." if asked else "Kata sandi dibatalkan; tautannya ada di Permintaan."
        )
        self.message_user(request, words)


@admin.register(models.Keanggotaan)
class KeanggotaanAdmin(admin.ModelAdmin):
    """Who holds which role where. Given and taken by the same services as on the pages of Bappeda, never edited."""

    list_display = ["pengguna", "peran", "kabupaten", "kecamatan", "desa", "skpd"]
    list_filter = ["peran"]
    search_fields = ["pengguna__username", "pengguna__nama"]
    autocomplete_fields = ["pengguna", "kabupaten", "kecamatan", "desa", "skpd"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = SearchChoice(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """No role is edited: another person in it would get a role that no second person approved."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Give the role; what waits for a second person stays unsaved."""
        one = give_by_admin(by=request.user, keanggotaan=obj)
        obj.pk = None if isinstance(one, models.PermintaanAkun) else one.pk
        if obj.pk is None:
            self.message_user(request, f"{one.kata}: menunggu orang kedua. Belum ada yang berubah.")

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Django's own log of the admin names only rows that exist."""
        return super().log_addition(request, obj, message) if obj.pk else None

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """Go back to the list where nothing was stored."""
        if obj.pk is None:
            return HttpResponseRedirect(reverse("admin:musrenbang_keanggotaan_changelist"))
        return super().response_add(request, obj, post_url_continue)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Take the role away, with its trail."""
        take_by_admin(by=request.user, keanggotaan=obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """The same, one by one."""
        for one in queryset:
            take_by_admin(by=request.user, keanggotaan=one)


class AcuanAdmin(admin.ModelAdmin):
    """Reference data: what changes stands on the trail.

    A row that is there never moves to another kabupaten or kecamatan (``tempat``), and keeps the code by which papers
    and checkpoints name it: the roles of its people would go along, to where somebody else is the second person.
    """

    tempat = ("kode", "provinsi", "kabupaten", "kecamatan")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Where a row lies and its code are said once."""
        existing = {f.name for f in self.model._meta.fields}
        return [k for k in self.tempat if k in existing] if obj else []

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """What the form lets through and the database does not is told in a sentence; nothing of it was stored."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            sentence = "Tidak ada yang disimpan: ada isian yang kembar, atau halaman ini sudah usang. Ulangi di sini."
            self.message_user(request, sentence, messages.ERROR)
            return HttpResponseRedirect(request.path)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Store it with its trail."""
        save_reference(by=request.user, objek=obj, kolom=form.changed_data)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """What hangs below a row is changed with it."""
        super().save_formset(request, form, formset, change)
        count = {
            "ditambah": len(formset.new_objects),
            "diubah": len(formset.changed_objects),
            "dihapus": len(formset.deleted_objects),
        }
        if any(count.values()):
            details = {str(formset.model._meta.verbose_name): count}
            note_reference(by=request.user, objek=form.instance, aksi="acuan.diubah", rincian=details)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Take it out, with its trail."""
        remove_reference(by=request.user, objek=obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """The same, one by one."""
        for one in queryset:
            remove_reference(by=request.user, objek=one)


class WilayahAdmin(AcuanAdmin):
    """Regions by code and name. The words of a place have a page of their own."""

    exclude = ["sebutan"]
    list_display = ["kode", "nama"]
    search_fields = ["kode", "nama"]


admin.site.register([models.Provinsi, models.Kabupaten, models.Kecamatan, models.Desa], WilayahAdmin)


class KeywordInline(admin.TabularInline):
    """Tupoksi keywords below their SKPD."""

    model = models.KataKunci
    extra = 1


@admin.register(models.Skpd)
class SkpdAdmin(AcuanAdmin):
    """Agencies with their tupoksi keywords."""

    tempat = ("kabupaten",)
    list_display = ["nama", "singkatan", "kabupaten", "bidang"]
    search_fields = ["nama", "singkatan"]
    inlines = [KeywordInline]


@admin.register(models.PrioritasDaerah)
class PrioritasAdmin(AcuanAdmin):
    """Priorities of a kabupaten in a year."""

    tempat = ("kabupaten",)


admin.site.register([models.Bidang, models.SumberDana, models.Satuan], AcuanAdmin)
admin.site.site_header = admin.site.site_title = "Admin musrenbang"
