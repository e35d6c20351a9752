"""Master data for the admin. What the workflow writes (stages, trail, documents) is not editable here."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from musrenbang import models


@admin.register(models.Pengguna)
class PenggunaAdmin(UserAdmin):
    """Accounts with the name that documents print."""

    list_display = ["username", "nama", "nip", "is_active"]
    fieldsets = (*UserAdmin.fieldsets, ("Dokumen", {"fields": ["nama", "nip"]}))
    add_fieldsets = (*UserAdmin.add_fieldsets, ("Dokumen", {"fields": ["nama", "nip"]}))


@admin.register(models.Keanggotaan)
class KeanggotaanAdmin(admin.ModelAdmin):
    """Who holds which role where."""

    list_display = ["pengguna", "peran", "kabupaten", "kecamatan", "desa", "skpd"]
    list_filter = ["peran"]
    autocomplete_fields = ["pengguna", "kabupaten", "kecamatan", "desa", "skpd"]


class WilayahAdmin(admin.ModelAdmin):
    """Regions by code and name."""

    list_display = ["kode", "nama"]
    search_fields = ["kode", "nama"]


admin.site.register([models.Provinsi, models.Kabupaten, models.Kecamatan, models.Desa], WilayahAdmin)


class KataKunciInline(admin.TabularInline):
    """Tupoksi keywords below their SKPD."""

    model = models.KataKunci
    extra = 1


@admin.register(models.Skpd)
class SkpdAdmin(admin.ModelAdmin):
    """Agencies with their tupoksi keywords."""

    list_display = ["nama", "singkatan", "kabupaten", "bidang"]
    search_fields = ["nama", "singkatan"]
    inlines = [KataKunciInline]


admin.site.register([models.Bidang, models.PrioritasDaerah, models.SumberDana, models.Satuan])
admin.site.site_header = admin.site.site_title = "Admin musrenbang"
