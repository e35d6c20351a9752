"""What the administrator of the server does to accounts at /admin/: through the services that Bappeda's pages use."""

from django.db import transaction

from musrenbang import audit
from musrenbang.akun.queries import home_kabupaten
from musrenbang.akun.services import akun
from musrenbang.akun.services.pengguna import add_peran, remove_peran, rename_pengguna, reset_sandi
from musrenbang.models import Kabupaten, Keanggotaan, Pengguna, PermintaanAkun
from musrenbang.transisi import Ditolak


def kabupaten_of(keanggotaan: Keanggotaan) -> Kabupaten:
    """Return the kabupaten in which a role lies; Ditolak where the form left the scope empty."""
    tempat = keanggotaan.kecamatan or (keanggotaan.desa.kecamatan if keanggotaan.desa else keanggotaan.skpd)
    kabupaten: Kabupaten | None = keanggotaan.kabupaten or (tempat.kabupaten if tempat else None)
    if kabupaten is None:
        raise Ditolak("Isi tepat satu lingkup, yaitu yang sesuai dengan perannya.")
    return kabupaten


@transaction.atomic
def save_by_admin(*, by: Pengguna, pengguna: Pengguna) -> None:
    """Create an account without role and password, or correct one: each kabupaten of the person has it in its trail."""
    if pengguna.pk is None:
        pengguna.set_unusable_password()
        pengguna.save()
        akun.grant_link(pengguna, by)
        return
    lama = Pengguna.objects.select_for_update().get(pk=pengguna.pk)
    nama, nip, tempat = pengguna.nama, pengguna.nip, Kabupaten.objects.filter(pk__in=home_kabupaten(pengguna))
    if lama.username != pengguna.username:
        for kabupaten in tempat:
            rincian = audit.beda({"nama akun": lama.username}, {"nama akun": pengguna.username})
            audit.catat_acuan(
                kabupaten=kabupaten, by=by, aksi="pengguna.diubah", objek=akun.account_words(lama), rincian=rincian
            )
        akun.tell_owner(orang=lama, by=by, apa=f"Nama akun Anda diubah menjadi {pengguna.username}")
    Pengguna.objects.filter(pk=lama.pk).update(username=pengguna.username, email=pengguna.email)
    pertama = tempat.first()
    if pertama and lama.is_superuser is False:
        rename_pengguna(kabupaten=pertama, by=by, pengguna=lama, nama=nama, nip=nip)
    else:
        Pengguna.objects.filter(pk=lama.pk).update(nama=nama, nip=nip)


@transaction.atomic
def reset_by_admin(*, by: Pengguna, pengguna: Pengguna) -> PermintaanAkun | None:
    """Void a password. Raises Ditolak for administrators: theirs is changed on the server."""
    if pengguna.is_superuser:
        raise Ditolak("Sandi admin server diganti pemiliknya, atau di servernya sendiri.")
    tempat = Kabupaten.objects.filter(pk__in=home_kabupaten(pengguna)).first()
    return reset_sandi(kabupaten=tempat, by=by, pengguna=pengguna)


@transaction.atomic
def give_by_admin(*, by: Pengguna, keanggotaan: Keanggotaan) -> Keanggotaan | PermintaanAkun:
    """Give a role as the pages do."""
    k = keanggotaan
    kabupaten = kabupaten_of(k)
    lingkup = k.kecamatan or k.desa or k.skpd or kabupaten
    return add_peran(kabupaten=kabupaten, by=by, pengguna=k.pengguna, peran=k.peran, lingkup=lingkup)


@transaction.atomic
def take_by_admin(*, by: Pengguna, keanggotaan: Keanggotaan) -> None:
    """Take a role as the pages do."""
    remove_peran(kabupaten=kabupaten_of(keanggotaan), by=by, keanggotaan=keanggotaan)
