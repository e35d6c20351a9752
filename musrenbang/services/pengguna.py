"""People and their roles, as Bappeda keeps them: invite, roles, reset, deactivate."""

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.text import slugify

from musrenbang import audit, kode_masuk
from musrenbang.models import Desa, Kabupaten, Keanggotaan, Kecamatan, Pengguna, Skpd
from musrenbang.models.pengguna import LINGKUP
from musrenbang.queries import home_kabupaten, roles_elsewhere
from musrenbang.services.pejabat import correct_name, note_camat
from musrenbang.services.tabel import TabelSalah
from musrenbang.sesi import end_sessions
from musrenbang.states import Peran
from musrenbang.transisi import Ditolak

KEPALA_PENGGUNA = ("Nama", "NIP", "Peran", "Wilayah atau SKPD", "Nama akun")
KOLOM_LINGKUP = {peran: kolom for kolom, daftar in LINGKUP.items() for peran in daftar}
"""Role -> the column of its scope."""


@transaction.atomic
def invite_pengguna(
    *, kabupaten: Kabupaten, by: Pengguna, nama: str, peran: str, lingkup: models.Model, nip: str = "",
    username: str = "",
) -> Pengguna:  # fmt: skip
    """Create an account without a password and give it a role; its one-time link lets the person choose one.

    Raises Ditolak when the account's name is taken or the scope does not fit the role.
    """
    if username and Pengguna.objects.filter(username__iexact=username).exists():
        raise Ditolak(f"Nama akun “{username}” sudah dipakai. Pilih yang lain, atau kosongkan.")
    orang = Pengguna(username=username or _free_username(nama), nama=nama, nip=nip)
    orang.set_unusable_password()
    orang.save()
    satu = _new_role(orang, peran, lingkup)
    audit.catat_acuan(
        kabupaten=kabupaten, by=by, aksi="pengguna.diundang", objek=_words(orang), rincian={"peran": str(satu)}
    )
    return orang


def _words(orang: Pengguna) -> str:
    return f"{orang} ({orang.username})"


def _free_username(nama: str) -> str:
    dasar = slugify(nama.split(",")[0]).replace("-", ".")[:60] or "akun"
    ada = {u.lower() for u in Pengguna.objects.filter(username__istartswith=dasar).values_list("username", flat=True)}
    calon, n = dasar, 1
    while calon in ada:
        n += 1
        calon = f"{dasar}{n}"
    return calon


def _new_role(orang: Pengguna, peran: str, lingkup: models.Model) -> Keanggotaan:
    kolom = KOLOM_LINGKUP.get(Peran(peran))
    if kolom is None or lingkup._meta.model_name != kolom:
        raise Ditolak(f"Peran {Peran(peran).label} harus diberi {_scope_word(kolom)}, bukan {lingkup}.")
    isi: dict[str, Any] = {kolom: lingkup}
    try:
        with transaction.atomic():
            satu = Keanggotaan.objects.create(pengguna=orang, peran=peran, **isi)
    except IntegrityError as galat:
        raise Ditolak(f"{orang} sudah berperan {Peran(peran).label} di {lingkup}.") from galat
    if peran == Peran.CAMAT and satu.kecamatan:
        note_camat(kecamatan=satu.kecamatan, orang=orang, datang=True)
    return satu


def _scope_word(kolom: str | None) -> str:
    return "SKPD" if kolom == "skpd" else kolom or "lingkup"


@transaction.atomic
def add_peran(
    *, kabupaten: Kabupaten, by: Pengguna, pengguna: Pengguna, peran: str, lingkup: models.Model
) -> Keanggotaan:  # fmt: skip
    """Give a person another role."""
    satu = _new_role(pengguna, peran, lingkup)
    audit.catat_acuan(
        kabupaten=kabupaten, by=by, aksi="pengguna.peran_ditambah", objek=_words(pengguna), rincian={"peran": str(satu)}
    )
    return satu


@transaction.atomic
def remove_peran(*, kabupaten: Kabupaten, by: Pengguna, keanggotaan: Keanggotaan) -> None:
    """Take a role from a person. Raises Ditolak for one's own role of Bappeda: nobody locks the door from inside."""
    if keanggotaan.pengguna_id == by.pk and keanggotaan.peran == Peran.BAPPEDA:
        raise Ditolak("Peran Bappeda Anda sendiri tidak dapat Anda lepas; mintalah rekan di Bappeda.")
    audit.catat_acuan(
        kabupaten=kabupaten, by=by, aksi="pengguna.peran_dilepas", objek=_words(keanggotaan.pengguna),
        rincian={"peran": str(keanggotaan)},
    )  # fmt: skip
    if keanggotaan.peran == Peran.CAMAT and keanggotaan.kecamatan:
        note_camat(kecamatan=keanggotaan.kecamatan, orang=keanggotaan.pengguna, datang=False)
    keanggotaan.delete()


@transaction.atomic
def reset_sandi(*, kabupaten: Kabupaten, by: Pengguna, pengguna: Pengguna) -> None:
    """Make the old password worthless at once and end the person's sessions; a new one-time link is then valid."""
    kini = _lock_own(kabupaten, by, pengguna)
    kini.set_unusable_password()
    kini.save(update_fields=["password"])
    end_sessions(kini)
    audit.catat_acuan(kabupaten=kabupaten, by=by, aksi="pengguna.sandi_direset", objek=_words(kini))


@transaction.atomic
def set_active(*, kabupaten: Kabupaten, by: Pengguna, pengguna: Pengguna, aktif: bool) -> None:
    """Let a person in or keep the person out; what was done under the account stays."""
    kini = _lock_own(kabupaten, by, pengguna)
    if kini.is_active == aktif:
        return
    kini.is_active = aktif
    kini.save(update_fields=["is_active"])
    if not aktif:
        end_sessions(kini)
    aksi = "pengguna.diaktifkan" if aktif else "pengguna.dinonaktifkan"
    audit.catat_acuan(kabupaten=kabupaten, by=by, aksi=aksi, objek=_words(kini))


@transaction.atomic
def rename_pengguna(*, kabupaten: Kabupaten, by: Pengguna, pengguna: Pengguna, nama: str, nip: str) -> None:
    """Correct the name and NIP that documents print from now on."""
    kini = _lock_own(kabupaten, by, pengguna, diri=True)
    rincian = audit.beda({"nama": kini.nama, "nip": kini.nip}, {"nama": nama, "nip": nip})
    if rincian:
        lama, kini.nama, kini.nip = kini.nama, nama, nip
        kini.save(update_fields=["nama", "nip"])
        correct_name(lama=lama, orang=kini)
        audit.catat_acuan(kabupaten=kabupaten, by=by, aksi="pengguna.diubah", objek=_words(kini), rincian=rincian)


def _lock_own(kabupaten: Kabupaten, by: Pengguna, pengguna: Pengguna, *, diri: bool = False) -> Pengguna:
    """Return the locked account; raise Ditolak for oneself and for who also works elsewhere or runs the server."""
    kini = Pengguna.objects.select_for_update().get(pk=pengguna.pk)
    if kini.pk == by.pk and not diri:
        raise Ditolak("Akun Anda sendiri tidak dapat diubah di sini; mintalah rekan di Bappeda.")
    if kini.is_superuser or roles_elsewhere(kabupaten).filter(pengguna=kini).exists():
        raise Ditolak(f"{kini} juga bertugas di luar kabupaten ini; mintalah admin server mengubah akunnya.")
    return kini


@transaction.atomic
def record_own(*, pengguna: Pengguna, aksi: str) -> None:
    """Note in the trail of every kabupaten the person works in what the person did with the own account."""
    for kabupaten in Kabupaten.objects.filter(pk__in=home_kabupaten(pengguna)):
        audit.catat_acuan(kabupaten=kabupaten, by=pengguna, aksi=f"pengguna.{aksi}", objek=_words(pengguna))


@transaction.atomic
def remove_code(*, kabupaten: Kabupaten, by: Pengguna, pengguna: Pengguna) -> None:
    """Take the sign-in code off an account whose phone is lost. Raises Ditolak where there is none."""
    kini = _lock_own(kabupaten, by, pengguna)
    if not kode_masuk.remove_devices(kini):
        raise Ditolak(f"{kini} tidak memakai kode masuk.")
    audit.catat_acuan(kabupaten=kabupaten, by=by, aksi="pengguna.kode_dilepas", objek=_words(kini))


@dataclass(frozen=True)
class _Baris:
    nama: str
    nip: str
    peran: str
    lingkup: models.Model
    username: str


@transaction.atomic
def import_pengguna(*, kabupaten: Kabupaten, by: Pengguna, baris: list[tuple[int, dict[str, Any]]]) -> int:
    """Invite everybody in a table, or nobody; return how many. Raises TabelSalah with a sentence for each bad row.

    A scope is named by its code or its name; a name that several desa share needs the code.
    """
    tempat = _places(kabupaten)
    peran = {p.label.lower(): p.value for p in Peran} | {p.value: p.value for p in Peran}
    galat, jumlah = [], 0
    for nomor, isi in baris:
        try:
            with transaction.atomic():
                satu = _parse(isi, peran, tempat)
                invite_pengguna(
                    kabupaten=kabupaten, by=by, nama=satu.nama, nip=satu.nip, peran=satu.peran, lingkup=satu.lingkup,
                    username=satu.username,
                )  # fmt: skip
                jumlah += 1
        except Ditolak as salah:
            galat.append(f"Baris {nomor}: {salah}")
    if galat or not jumlah:
        raise TabelSalah(galat or ["Tidak ada satu baris pun di bawah judul tabel."])
    return jumlah


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
        raise Ditolak(f"peran “{teks['Peran']}” tidak dikenal; pakai {', '.join(p.label for p in KOLOM_LINGKUP)}.")
    kolom = KOLOM_LINGKUP[Peran(kode)]
    nama = teks["Wilayah atau SKPD"]
    cocok = tempat.get((kolom, nama.lower())) or tempat.get((kolom, nama.lower().removeprefix(f"{kolom} "))) or []
    if len(cocok) != 1:
        sebab = "ada beberapa; tulis kodenya" if cocok else "tidak dikenal"
        raise Ditolak(f"{_scope_word(kolom)} “{nama}” {sebab}.")
    return _Baris(teks["Nama"], teks["NIP"], kode, cocok[0], teks["Nama akun"])
