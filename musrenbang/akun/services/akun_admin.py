"""What the administrator of the server does to accounts at /admin/: through the services that Bappeda's pages use."""

from django.db import transaction

from musrenbang import audit
from musrenbang.akun.queries import home_kabupaten
from musrenbang.akun.services import akun
from musrenbang.akun.services.pengguna import add_peran, remove_peran, rename_pengguna, reset_password
from musrenbang.models import Kabupaten, Keanggotaan, Pengguna, PermintaanAkun
from musrenbang.transisi import Refused


def kabupaten_of(keanggotaan: Keanggotaan) -> Kabupaten:
    """Return the kabupaten in which a role lies; Refused where the form left the scope empty."""
    place = keanggotaan.kecamatan or (keanggotaan.desa.kecamatan if keanggotaan.desa else keanggotaan.skpd)
    kabupaten: Kabupaten | None = keanggotaan.kabupaten or (place.kabupaten if place else None)
    if kabupaten is None:
        raise Refused("Isi tepat satu lingkup, yaitu yang sesuai dengan perannya.")
    return kabupaten


@transaction.atomic
def save_by_admin(*, by: Pengguna, pengguna: Pengguna) -> None:
    """Create an account without role and password, or correct one: each kabupaten of the person has it in its trail."""
    if pengguna.pk is None:
        pengguna.set_unusable_password()
        pengguna.save()
        akun.grant_link(pengguna, by)
        return
    old = Pengguna.objects.select_for_update().get(pk=pengguna.pk)
    nama, nip, place = pengguna.nama, pengguna.nip, Kabupaten.objects.filter(pk__in=home_kabupaten(pengguna))
    if old.username != pengguna.username:
        for kabupaten in place:
            details = audit.diff({"nama akun": old.username}, {"nama akun": pengguna.username})
            audit.record_acuan(
                kabupaten=kabupaten, by=by, aksi="pengguna.diubah", objek=akun.account_words(old), rincian=details
            )
        akun.tell_owner(person=old, by=by, what=f"Nama akun Anda diubah menjadi {pengguna.username}")
    Pengguna.objects.filter(pk=old.pk).update(username=pengguna.username, email=pengguna.email)
    first = place.first()
    if first and old.is_superuser is False:
        rename_pengguna(kabupaten=first, by=by, pengguna=old, nama=nama, nip=nip)
    else:
        Pengguna.objects.filter(pk=old.pk).update(nama=nama, nip=nip)


@transaction.atomic
def reset_by_admin(*, by: Pengguna, pengguna: Pengguna) -> PermintaanAkun | None:
    """Void a password. Raises Refused for administrators: theirs is changed on the server."""
    if pengguna.is_superuser:
        raise Refused("Kata sandi admin server diganti pemiliknya, atau di servernya sendiri.")
    place = Kabupaten.objects.filter(pk__in=home_kabupaten(pengguna)).first()
    return reset_password(kabupaten=place, by=by, pengguna=pengguna)


@transaction.atomic
def give_by_admin(*, by: Pengguna, keanggotaan: Keanggotaan) -> Keanggotaan | PermintaanAkun:
    """Give a role as the pages do."""
    k = keanggotaan
    kabupaten = kabupaten_of(k)
    scope = k.kecamatan or k.desa or k.skpd or kabupaten
    return add_peran(kabupaten=kabupaten, by=by, pengguna=k.pengguna, peran=k.peran, lingkup=scope)


@transaction.atomic
def take_by_admin(*, by: Pengguna, keanggotaan: Keanggotaan) -> None:
    """Take a role as the pages do."""
    remove_peran(kabupaten=kabupaten_of(keanggotaan), by=by, keanggotaan=keanggotaan)
