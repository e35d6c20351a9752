"""People and their roles, as Bappeda keeps them: invite, roles, reset, deactivate."""

from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from musrenbang import audit
from musrenbang.akun import kode_masuk
from musrenbang.akun.orang import DILEPAS, bappeda_of, is_grave
from musrenbang.akun.queries import home_kabupaten
from musrenbang.akun.services import akun
from musrenbang.akun.services.akun import KOLOM_LINGKUP, account_words
from musrenbang.akun.services.kedua import ask_second, scope_of
from musrenbang.models import (
    GENTING,
    Desa,
    JenisPermintaan,
    Kabupaten,
    Keanggotaan,
    Kecamatan,
    Pengguna,
    PermintaanAkun,
    Skpd,
)
from musrenbang.sebutan import sebutan
from musrenbang.services.pejabat import correct_name, note_camat
from musrenbang.states import Peran
from musrenbang.tabel import TabelSalah
from musrenbang.transisi import Ditolak

KEPALA_PENGGUNA = ("Nama", "NIP", "Peran", "Wilayah atau SKPD", "Nama akun")


@transaction.atomic
def invite_pengguna(
    *,
    kabupaten: Kabupaten,
    by: Pengguna,
    nama: str,
    peran: str,
    lingkup: models.Model,
    nip: str = "",
    username: str = "",
) -> Pengguna | PermintaanAkun:
    """Create an account without a password and give it a role; its one-time link lets the person choose one.

    A grave role makes a request that waits for a second person. Raises Ditolak when the account's name is taken or the
    scope does not fit the role.
    """
    if peran in GENTING:
        akun.check_username(username)
        isi = {"nama": nama, "nip": nip, "username": username} | scope_of(peran, lingkup)
        if minta := ask_second(kabupaten=kabupaten, by=by, jenis=JenisPermintaan.UNDANG, **isi):
            return minta
    return akun.create_account(
        kabupaten=kabupaten, by=by, nama=nama, peran=peran, lingkup=lingkup, nip=nip, username=username
    )


@transaction.atomic
def add_peran(
    *, kabupaten: Kabupaten, by: Pengguna, pengguna: Pengguna, peran: str, lingkup: models.Model
) -> Keanggotaan | PermintaanAkun:
    """Give a person another role; a grave one waits for a second person. Raises Ditolak for oneself."""
    if peran in GENTING and pengguna.pk != by.pk:
        isi = scope_of(peran, lingkup)
        if Keanggotaan.objects.filter(pengguna=pengguna, peran=peran, **{akun.check_scope(peran, lingkup): lingkup}):
            raise Ditolak(f"{pengguna} sudah berperan {Peran(peran).label} di {lingkup}.")
        if minta := ask_second(kabupaten=kabupaten, by=by, jenis=JenisPermintaan.PERAN, pengguna=pengguna, **isi):
            return minta
    return akun.give_role(kabupaten=kabupaten, by=by, pengguna=pengguna, peran=peran, lingkup=lingkup)


@transaction.atomic
def remove_peran(*, kabupaten: Kabupaten, by: Pengguna, keanggotaan: Keanggotaan) -> None:
    """Take a role from a person. Raises Ditolak for one's own role of Bappeda: nobody locks the door from inside."""
    if keanggotaan.pengguna_id == by.pk and keanggotaan.peran == Peran.BAPPEDA:
        raise Ditolak(
            f"Peran {sebutan.bappeda} Anda sendiri tidak dapat Anda lepas; mintalah rekan di {sebutan.bappeda}."
        )
    if keanggotaan.peran == Peran.BAPPEDA:
        _check_colleague(by, keanggotaan.pengguna)
    audit.catat_acuan(
        kabupaten=kabupaten,
        by=by,
        aksi="pengguna.peran_dilepas",
        objek=account_words(keanggotaan.pengguna),
        rincian={"peran": str(keanggotaan)},
    )
    akun.tell_owner(orang=keanggotaan.pengguna, by=by, apa=f"Peran {keanggotaan} {DILEPAS}")
    if keanggotaan.peran == Peran.CAMAT and keanggotaan.kecamatan:
        note_camat(kecamatan=keanggotaan.kecamatan, orang=keanggotaan.pengguna, datang=False)
    keanggotaan.delete()


def _check_colleague(by: Pengguna, orang: Pengguna) -> None:
    """Raise Ditolak where the administrator would send somebody of Bappeda away.

    With nobody of Bappeda left the administrator is alone: first with an account of the own making, then with it.
    """
    if by.is_superuser:
        raise Ditolak(
            f"{orang} bertugas di {sebutan.bappeda}. Akun dan perannya dilepas rekannya di {sebutan.bappeda}, "
            "bukan admin server; bila "
            "tidak ada rekan lagi, batalkan sandinya, lalu undang penggantinya."
        )


@transaction.atomic
def reset_sandi(*, kabupaten: Kabupaten | None, by: Pengguna, pengguna: Pengguna) -> PermintaanAkun | None:
    """Make the old password worthless at once and end the person's sessions; a new one-time link is then valid.

    For an account with a grave role it waits for a second person: the request is returned.
    """
    if kabupaten is None:
        if home_kabupaten(pengguna) or not by.is_superuser:
            raise Ditolak(f"Sandi {pengguna} dibatalkan oleh {sebutan.bappeda} tempatnya bertugas.")
        akun.void_password(kabupaten=None, by=by, pengguna=Pengguna.objects.select_for_update().get(pk=pengguna.pk))
        return None
    kini = akun.lock_own(kabupaten, by, pengguna)
    if minta := _second_for(kabupaten, by, kini, JenisPermintaan.SANDI):
        return minta
    akun.void_password(kabupaten=kabupaten, by=by, pengguna=kini)
    return None


def _second_for(kabupaten: Kabupaten, by: Pengguna, orang: Pengguna, jenis: JenisPermintaan) -> PermintaanAkun | None:
    return ask_second(kabupaten=kabupaten, by=by, jenis=jenis, pengguna=orang) if is_grave(orang) else None


@transaction.atomic
def set_active(*, kabupaten: Kabupaten, by: Pengguna, pengguna: Pengguna, aktif: bool) -> PermintaanAkun | None:
    """Let a person in or keep the person out; letting a grave role in again waits for a second person."""
    kini = akun.lock_own(kabupaten, by, pengguna)
    if kini.is_active == aktif:
        return None
    if not aktif and bappeda_of(kabupaten, semua=True).filter(pk=kini.pk).exists():
        _check_colleague(by, kini)
    if aktif and (minta := _second_for(kabupaten, by, kini, JenisPermintaan.AKTIF)):
        return minta
    akun.switch_active(kabupaten=kabupaten, by=by, pengguna=kini, aktif=aktif)
    return None


@transaction.atomic
def rename_pengguna(*, kabupaten: Kabupaten, by: Pengguna, pengguna: Pengguna, nama: str, nip: str) -> None:
    """Correct the name and NIP that documents print from now on."""
    kini = akun.lock_own(kabupaten, by, pengguna, diri=True)
    rincian = audit.beda({"nama": kini.nama, "nip": kini.nip}, {"nama": nama, "nip": nip})
    if rincian:
        lama, kini.nama, kini.nip = kini.nama, nama, nip
        kini.save(update_fields=["nama", "nip"])
        correct_name(lama=lama, orang=kini)
        audit.catat_acuan(
            kabupaten=kabupaten, by=by, aksi="pengguna.diubah", objek=account_words(kini), rincian=rincian
        )
        akun.tell_owner(
            orang=kini, by=by, apa=f"Nama atau NIP Anda dalam dokumen diubah menjadi {nama} ({nip or 'tanpa NIP'})"
        )


@transaction.atomic
def record_own(*, pengguna: Pengguna, aksi: str) -> None:
    """Note in the trail of every kabupaten the person works in what the person did with the own account."""
    for kabupaten in Kabupaten.objects.filter(pk__in=home_kabupaten(pengguna)):
        audit.catat_acuan(kabupaten=kabupaten, by=pengguna, aksi=f"pengguna.{aksi}", objek=account_words(pengguna))


@transaction.atomic
def remove_code(*, kabupaten: Kabupaten, by: Pengguna, pengguna: Pengguna) -> PermintaanAkun | None:
    """Take the sign-in code off an account whose phone is lost; of a grave role only with a second person.

    Raises Ditolak where there is none.
    """
    kini = akun.lock_own(kabupaten, by, pengguna)
    if not kode_masuk.device_of(kini):
        raise Ditolak(f"{kini} tidak memakai kode masuk.")
    if minta := _second_for(kabupaten, by, kini, JenisPermintaan.KODE):
        return minta
    akun.drop_code(kabupaten=kabupaten, by=by, pengguna=kini)
    return None


@dataclass(frozen=True)
class _Baris:
    nama: str
    nip: str
    peran: str
    lingkup: models.Model
    username: str


@transaction.atomic
def import_pengguna(*, kabupaten: Kabupaten, by: Pengguna, baris: list[tuple[int, dict[str, Any]]]) -> tuple[int, int]:
    """Invite everybody in a table, or nobody; return how many accounts were made and how many wait for a second person.

    Raises TabelSalah with a sentence for each bad row.

    A scope is named by its code or its name; a name that several desa share needs the code.
    """
    tempat = _places(kabupaten)
    peran = {p.label.lower(): p.value for p in Peran} | {p.value: p.value for p in Peran}
    galat, jumlah, menunggu = [], 0, 0
    for nomor, isi in baris:
        try:
            with transaction.atomic():
                satu = _parse(isi, peran, tempat)
                hasil = invite_pengguna(
                    kabupaten=kabupaten,
                    by=by,
                    nama=satu.nama,
                    nip=satu.nip,
                    peran=satu.peran,
                    lingkup=satu.lingkup,
                    username=satu.username,
                )
                menunggu += isinstance(hasil, PermintaanAkun)
                jumlah += isinstance(hasil, Pengguna)
        except Ditolak as salah:
            galat.append(f"Baris {nomor}: {salah}")
    if galat or not jumlah + menunggu:
        raise TabelSalah(galat or ["Tidak ada satu baris pun di bawah judul tabel."])
    return jumlah, menunggu


def _places(kabupaten: Kabupaten) -> dict[tuple[str, str], list[models.Model]]:
    """{(column of the scope, code or name in small letters): what bears it}."""
    semua: dict[str, list[Any]] = {
        "kabupaten": [kabupaten],
        "kecamatan": list(Kecamatan.objects.filter(kabupaten=kabupaten)),
        "desa": list(Desa.objects.filter(kecamatan__kabupaten=kabupaten)),
        "skpd": list(Skpd.objects.filter(kabupaten=kabupaten)),
    }
    hasil: dict[tuple[str, str], list[models.Model]] = {}
    for kolom, daftar in semua.items():
        for tempat in daftar:
            kata = {tempat.nama, tempat.singkatan if kolom == "skpd" else tempat.kode}
            for k in {k.lower() for k in kata if k}:
                hasil.setdefault((kolom, k), []).append(tempat)
    return hasil


def _parse(isi: dict[str, Any], peran: dict[str, str], tempat: dict[tuple[str, str], list[models.Model]]) -> _Baris:
    teks = {k: str(isi[k] or "").strip() for k in KEPALA_PENGGUNA}
    if not teks["Nama"] or len(teks["Nama"]) > 150 or len(teks["NIP"]) > 21 or len(teks["Nama akun"]) > 150:
        raise Ditolak("Nama wajib diisi (paling banyak 150 huruf); NIP paling banyak 21 huruf.")
    kode = peran.get(teks["Peran"].lower())
    if kode is None or Peran(kode) not in KOLOM_LINGKUP:
        raise Ditolak(f"peran “{teks['Peran']}” tidak dikenal; pakai {', '.join(str(p.label) for p in KOLOM_LINGKUP)}.")
    kolom = KOLOM_LINGKUP[Peran(kode)]
    nama = teks["Wilayah atau SKPD"]
    cocok = tempat.get((kolom, nama.lower())) or tempat.get((kolom, nama.lower().removeprefix(f"{kolom} "))) or []
    if len(cocok) != 1:
        sebab = "ada beberapa; tulis kodenya" if cocok else "tidak dikenal"
        raise Ditolak(f"{akun.scope_word(kolom)} “{nama}” {sebab}.")
    return _Baris(teks["Nama"], teks["NIP"], kode, cocok[0], teks["Nama akun"])
