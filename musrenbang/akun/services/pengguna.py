"""People and their roles, as Bappeda keeps them: invite, roles, reset, deactivate."""

from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from musrenbang import audit
from musrenbang.akun import sign_in_code
from musrenbang.akun.people import DILEPAS, bappeda_of, is_grave
from musrenbang.akun.queries import home_kabupaten
from musrenbang.akun.services import akun
from musrenbang.akun.services.akun import KOLOM_LINGKUP, account_words
from musrenbang.akun.services.second_person import ask_second, scope_of
from musrenbang.labels import spellings
from musrenbang.models import (
    GENTING,
    Desa,
    Kabupaten,
    Keanggotaan,
    Kecamatan,
    Pengguna,
    PermintaanAkun,
    RequestKind,
    Skpd,
)
from musrenbang.sebutan import sebutan
from musrenbang.services.pejabat import correct_name, note_camat
from musrenbang.states import Peran
from musrenbang.tabel import BadTabel
from musrenbang.transisi import Refused

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

    A grave role makes a request that waits for a second person. Raises Refused when the account's name is taken or the
    scope does not fit the role.
    """
    if peran in GENTING:
        akun.check_username(username)
        content = {"nama": nama, "nip": nip, "username": username} | scope_of(peran, lingkup)
        if asked := ask_second(kabupaten=kabupaten, by=by, jenis=RequestKind.UNDANG, **content):
            return asked
    return akun.create_account(
        kabupaten=kabupaten, by=by, nama=nama, peran=peran, lingkup=lingkup, nip=nip, username=username
    )


@transaction.atomic
def add_peran(
    *, kabupaten: Kabupaten, by: Pengguna, pengguna: Pengguna, peran: str, lingkup: models.Model
) -> Keanggotaan | PermintaanAkun:
    """Give a person another role; a grave one waits for a second person. Raises Refused for oneself."""
    if peran in GENTING and pengguna.pk != by.pk:
        content = scope_of(peran, lingkup)
        if Keanggotaan.objects.filter(pengguna=pengguna, peran=peran, **{akun.check_scope(peran, lingkup): lingkup}):
            raise Refused(f"{pengguna} sudah berperan {Peran(peran).label} di {lingkup}.")
        if asked := ask_second(kabupaten=kabupaten, by=by, jenis=RequestKind.PERAN, pengguna=pengguna, **content):
            return asked
    return akun.give_role(kabupaten=kabupaten, by=by, pengguna=pengguna, peran=peran, lingkup=lingkup)


@transaction.atomic
def remove_peran(*, kabupaten: Kabupaten, by: Pengguna, keanggotaan: Keanggotaan) -> None:
    """Take a role from a person. Raises Refused for one's own role of Bappeda: nobody locks the door from inside."""
    if keanggotaan.pengguna_id == by.pk and keanggotaan.peran == Peran.BAPPEDA:
        raise Refused(
            f"Peran {sebutan.bappeda} Anda sendiri tidak dapat Anda cabut; mintalah rekan di {sebutan.bappeda}."
        )
    if keanggotaan.peran == Peran.BAPPEDA:
        _check_colleague(by, keanggotaan.pengguna)
    audit.record_acuan(
        kabupaten=kabupaten,
        by=by,
        aksi="pengguna.peran_dilepas",
        objek=account_words(keanggotaan.pengguna),
        rincian={"peran": str(keanggotaan)},
    )
    akun.tell_owner(person=keanggotaan.pengguna, by=by, what=f"Peran {keanggotaan} {DILEPAS}")
    if keanggotaan.peran == Peran.CAMAT and keanggotaan.kecamatan:
        note_camat(kecamatan=keanggotaan.kecamatan, person=keanggotaan.pengguna, arrive=False)
    keanggotaan.delete()


def _check_colleague(by: Pengguna, person: Pengguna) -> None:
    """Raise Refused where the administrator would send somebody of Bappeda away.

    With nobody of Bappeda left the administrator is alone: first with an account of the own making, then with it.
    """
    if by.is_superuser:
        raise Refused(
            f"{person} bertugas di {sebutan.bappeda}. Akun dan perannya dilepas rekannya di {sebutan.bappeda}, "
            "bukan admin server; bila "
            "tidak ada rekan lagi, batalkan kata sandinya, lalu undang penggantinya."
        )


@transaction.atomic
def reset_password(*, kabupaten: Kabupaten | None, by: Pengguna, pengguna: Pengguna) -> PermintaanAkun | None:
    """Make the old password worthless at once and end the person's sessions; a new one-time link is then valid.

    For an account with a grave role it waits for a second person: the request is returned.
    """
    if kabupaten is None:
        if home_kabupaten(pengguna) or not by.is_superuser:
            raise Refused(f"Kata sandi {pengguna} dibatalkan oleh {sebutan.bappeda} tempatnya bertugas.")
        akun.void_password(kabupaten=None, by=by, pengguna=Pengguna.objects.select_for_update().get(pk=pengguna.pk))
        return None
    current = akun.lock_own(kabupaten, by, pengguna)
    if asked := _second_for(kabupaten, by, current, RequestKind.SANDI):
        return asked
    akun.void_password(kabupaten=kabupaten, by=by, pengguna=current)
    return None


def _second_for(kabupaten: Kabupaten, by: Pengguna, person: Pengguna, jenis: RequestKind) -> PermintaanAkun | None:
    return ask_second(kabupaten=kabupaten, by=by, jenis=jenis, pengguna=person) if is_grave(person) else None


@transaction.atomic
def set_active(*, kabupaten: Kabupaten, by: Pengguna, pengguna: Pengguna, aktif: bool) -> PermintaanAkun | None:
    """Let a person in or keep the person out; letting a grave role in again waits for a second person."""
    current = akun.lock_own(kabupaten, by, pengguna)
    if current.is_active == aktif:
        return None
    if not aktif and bappeda_of(kabupaten, everything=True).filter(pk=current.pk).exists():
        _check_colleague(by, current)
    if aktif and (asked := _second_for(kabupaten, by, current, RequestKind.AKTIF)):
        return asked
    akun.switch_active(kabupaten=kabupaten, by=by, pengguna=current, aktif=aktif)
    return None


@transaction.atomic
def rename_pengguna(*, kabupaten: Kabupaten, by: Pengguna, pengguna: Pengguna, nama: str, nip: str) -> None:
    """Correct the name and NIP that documents print from now on."""
    current = akun.lock_own(kabupaten, by, pengguna, oneself=True)
    details = audit.diff({"nama": current.nama, "nip": current.nip}, {"nama": nama, "nip": nip})
    if details:
        old, current.nama, current.nip = current.nama, nama, nip
        current.save(update_fields=["nama", "nip"])
        correct_name(old=old, person=current)
        audit.record_acuan(
            kabupaten=kabupaten, by=by, aksi="pengguna.diubah", objek=account_words(current), rincian=details
        )
        akun.tell_owner(
            person=current, by=by, what=f"Nama atau NIP Anda dalam dokumen diubah menjadi {nama} ({nip or 'tanpa NIP'})"
        )


@transaction.atomic
def record_own(*, pengguna: Pengguna, aksi: str) -> None:
    """Note in the trail of every kabupaten the person works in what the person did with the own account."""
    for kabupaten in Kabupaten.objects.filter(pk__in=home_kabupaten(pengguna)):
        audit.record_acuan(kabupaten=kabupaten, by=pengguna, aksi=f"pengguna.{aksi}", objek=account_words(pengguna))


@transaction.atomic
def remove_code(*, kabupaten: Kabupaten, by: Pengguna, pengguna: Pengguna) -> PermintaanAkun | None:
    """Take the sign-in code off an account whose phone is lost; of a grave role only with a second person.

    Raises Refused where there is none.
    """
    current = akun.lock_own(kabupaten, by, pengguna)
    if not sign_in_code.device_of(current):
        raise Refused(f"{current} tidak memakai verifikasi dua langkah.")
    if asked := _second_for(kabupaten, by, current, RequestKind.KODE):
        return asked
    akun.drop_code(kabupaten=kabupaten, by=by, pengguna=current)
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

    Raises BadTabel with a sentence for each bad row.

    A scope is named by its code or its name; a name that several desa share needs the code.
    """
    place = _places(kabupaten)
    peran = {words: p.value for p in Peran for words in (*spellings(p.label), p.value)}
    error, jumlah, waiting = [], 0, 0
    for nomor, content in baris:
        try:
            with transaction.atomic():
                one = _parse(content, peran, place)
                result = invite_pengguna(
                    kabupaten=kabupaten,
                    by=by,
                    nama=one.nama,
                    nip=one.nip,
                    peran=one.peran,
                    lingkup=one.lingkup,
                    username=one.username,
                )
                waiting += isinstance(result, PermintaanAkun)
                jumlah += isinstance(result, Pengguna)
        except Refused as failure:
            error.append(f"Baris {nomor}: {failure}")
    if error or not jumlah + waiting:
        raise BadTabel(error or ["Tidak ada satu baris pun di bawah judul tabel."])
    return jumlah, waiting


def _places(kabupaten: Kabupaten) -> dict[tuple[str, str], list[models.Model]]:
    """{(column of the scope, code or name in small letters): what bears it}."""
    everything: dict[str, list[Any]] = {
        "kabupaten": [kabupaten],
        "kecamatan": list(Kecamatan.objects.filter(kabupaten=kabupaten)),
        "desa": list(Desa.objects.filter(kecamatan__kabupaten=kabupaten)),
        "skpd": list(Skpd.objects.filter(kabupaten=kabupaten)),
    }
    result: dict[tuple[str, str], list[models.Model]] = {}
    for column, listing in everything.items():
        for place in listing:
            words = {place.nama, place.singkatan if column == "skpd" else place.kode}
            for k in {k.lower() for k in words if k}:
                result.setdefault((column, k), []).append(place)
    return result


def _parse(content: dict[str, Any], peran: dict[str, str], tempat: dict[tuple[str, str], list[models.Model]]) -> _Baris:
    text = {k: str(content[k] or "").strip() for k in KEPALA_PENGGUNA}
    if not text["Nama"] or len(text["Nama"]) > 150 or len(text["NIP"]) > 21 or len(text["Nama akun"]) > 150:
        raise Refused("Nama wajib diisi (paling banyak 150 huruf); NIP paling banyak 21 huruf.")
    kode = peran.get(text["Peran"].lower())
    if kode is None or Peran(kode) not in KOLOM_LINGKUP:
        raise Refused(f"peran “{text['Peran']}” tidak dikenal; pakai {', '.join(str(p.label) for p in KOLOM_LINGKUP)}.")
    column = KOLOM_LINGKUP[Peran(kode)]
    nama = text["Wilayah atau SKPD"]
    matching = tempat.get((column, nama.lower())) or tempat.get((column, nama.lower().removeprefix(f"{column} "))) or []
    if len(matching) != 1:
        reason = "ada beberapa; tulis kodenya" if matching else "tidak dikenal"
        raise Refused(f"{akun.scope_word(column)} “{nama}” {reason}.")
    return _Baris(text["Nama"], text["NIP"], kode, matching[0], text["Nama akun"])
