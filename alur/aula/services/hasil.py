"""The result of a day in the hall: judged when it comes, kept, and taken in when two people have confirmed it.

``receive_result`` does with the file all that taking it in would do, inside a transaction that is then taken back; what
it found stays as a summary. The last of the two confirmations does the same again and lets it stand.
"""

import hashlib
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from django.utils import timezone

from alur.aula import bungkus, kunci
from alur.aula.buka import open_packed, open_sealed
from alur.aula.bungkus import BerkasSalah
from alur.aula.izin import read_izin
from alur.aula.jaga import server_now
from alur.aula.jejak import check_trail
from alur.aula.muat import keep_trail_order
from alur.aula.pulang import merge, place_files, remove_files
from alur.aula.skema import HASIL, Semula, check_document
from alur.aula.tetap import check_files, check_untouched
from alur.aula.ubahan import compare, state_of
from alur.aula.ulang import check_conditions
from alur.izin import BOLEH_DIBAWA
from alur.periksa import broken_invariants
from alur.periksa_titik import strange_rows
from berita_acara.models import MOVES_HASIL, MOVES_PERJALANAN, HasilAula, Perjalanan, StatusHasil, StatusPerjalanan
from musrenbang import audit, transisi
from musrenbang import format as tulis
from musrenbang.jangkar.baca import read_record
from musrenbang.models import JejakAudit, Musrenbang, Pengguna
from musrenbang.services.jangkar import sign_checkpoint
from musrenbang.states import Peran
from musrenbang.transisi import Ditolak

PERJALANAN_SAJA = (
    "perjalanan.status",
    "hasilaula.status",
    "aula.disahkan",
    "aula.pengesahan_gugur",
    "aula.diperpanjang",
)
JABATAN_PENGESAH = (("ketua", Peran.SEKCAM), ("camat", Peran.CAMAT))
"""What happens to a journey itself at the server is no change of the event."""


class Bentrok(ValueError):
    """The server's copy was changed while the event was away. ``jejak``: what was done here, oldest first."""

    def __init__(self, jejak: list[JejakAudit]) -> None:
        self.jejak = jejak
        super().__init__(f"{len(jejak)} perubahan dibuat di server selama acara ini dibawa.")


class _TakeBack(Exception):
    """Ends the trial: nothing of it stays."""


def receive_result(
    *, musrenbang: Musrenbang, by: Pengguna, berkas: bytes, sandi: str, timpa: bool = False
) -> HasilAula:
    """Judge the file of a laptop and keep it for the two people who confirm it; the event stays away until then.

    Raises Bentrok with what was done here meanwhile (then ask, and call again with ``timpa``), Ditolak for a file that
    is not of a journey of this event, that nobody could have made honestly, or that came in already.
    """
    try:
        return _receive(musrenbang, by, berkas, sandi, timpa)
    except BerkasSalah as salah:
        raise Ditolak(str(salah)) from salah
    except DatabaseError as salah:
        raise Ditolak("Isi berkas ini bertentangan dengan yang tersimpan di sini; tidak ada yang diubah.") from salah


@transaction.atomic
def _receive(musrenbang: Musrenbang, by: Pengguna, berkas: bytes, sandi: str, timpa: bool) -> HasilAula:
    luar = bungkus.unwrap(berkas)
    kini = (
        Musrenbang.objects.select_for_update(of=("self",))
        .select_related("kecamatan__kabupaten__provinsi")
        .get(pk=musrenbang.pk)
    )
    jalan = _journey(kini, luar)
    _check_permit(kini, jalan)
    padat, (isi, lampiran) = open_sealed(luar, sandi.strip())
    sejak = _since(kini, jalan)
    if sejak and not timpa:
        raise Bentrok(sejak)
    ringkasan = _try(kini, jalan, isi, lampiran)
    hasil = HasilAula(
        perjalanan=jalan,
        semula=jalan.status,
        sha256=hashlib.sha256(padat).hexdigest(),
        kunci=luar.kunci,
        sha256_unggahan=hashlib.sha256(berkas).hexdigest(),
        diunggah_oleh=by,
        timpa=timpa,
        ringkasan=ringkasan | {"ditimpa": len(sejak)},
    )
    hasil.berkas.save("hasil", ContentFile(padat), save=False)
    hasil.save()
    transisi.move(
        jalan,
        dari=jalan.status,
        ke=StatusPerjalanan.MENUNGGU,
        table=MOVES_PERJALANAN,
        musrenbang=kini,
        by=by,
        rincian={"perjalanan": jalan.nomor, "sha256": hasil.sha256_unggahan, "menimpa": timpa},
    )
    Musrenbang.objects.filter(pk=kini.pk).update(dibawa_pada=kini.dibawa_pada or timezone.now())
    return hasil


def _journey(kini: Musrenbang, luar: bungkus.Luar) -> Perjalanan:
    """Return the journey whose laptop signed the file. Raises BerkasSalah for any other."""
    if luar.jenis != bungkus.PULANG:
        raise BerkasSalah("Ini berkas untuk laptop, bukan hasilnya. Unggah berkas yang dibuat “Kirim hasil” di laptop.")
    jalan = kini.perjalanan.select_for_update().filter(nomor=luar.nomor).first()
    if jalan is None or kunci.code_of(luar.kunci) != jalan.kode_laptop:
        raise BerkasSalah("Berkas ini bukan dari laptop yang diizinkan membawa acara ini.")
    if jalan.status == StatusPerjalanan.KEMBALI:
        raise BerkasSalah("Hasil aula ini sudah masuk; tidak ada yang diubah lagi.")
    if jalan.status == StatusPerjalanan.MENUNGGU:
        raise BerkasSalah("Hasil perjalanan ini sudah diunggah dan menunggu pengesahan Ketua Tim dan Camat.")
    lain = [StatusPerjalanan.BERJALAN, StatusPerjalanan.MENUNGGU]
    if kini.perjalanan.filter(status__in=lain).exclude(pk=jalan.pk).exists():
        raise BerkasSalah("Acara ini sedang dibawa dalam perjalanan yang lain. Selesaikan perjalanan itu dahulu.")
    sesudah = kini.perjalanan.filter(status=StatusPerjalanan.KEMBALI, nomor__gt=jalan.nomor).first()
    if sesudah:
        raise BerkasSalah(
            f"Perjalanan {jalan.nomor} dibatalkan, dan sesudah itu hasil perjalanan {sesudah.nomor} disahkan Ketua Tim "
            "dan Camat. Hasil yang lebih lama tidak dapat menggantikannya. Yang masih perlu dari laptop ini dimasukkan "
            "di sini dengan tangan."
        )
    if kini.tahap not in BOLEH_DIBAWA:
        raise BerkasSalah(
            f"Acara ini di server sudah pada tahap “{kini.get_tahap_display()}”, jadi hasil aula tidak dapat masuk."
        )
    return jalan


def _check_permit(kini: Musrenbang, jalan: Perjalanan) -> None:
    assert jalan.berlaku_sampai is not None
    if server_now(kini) > jalan.berlaku_sampai:
        tz = kini.kecamatan.kabupaten.tz
        raise BerkasSalah(
            f"Izin perjalanan ini berakhir {tulis.tanggal(jalan.berlaku_sampai.astimezone(tz).date())}. Ketua Tim "
            "dapat memperpanjangnya dengan alasan di halaman ini; sesudah itu unggah lagi berkas yang sama."
        )


def _since(kini: Musrenbang, jalan: Perjalanan) -> list[JejakAudit]:
    """Return what was done to the event at the server since it left."""
    semua = JejakAudit.objects.filter(musrenbang=kini, pk__gt=jalan.jejak_terakhir).exclude(aksi__in=PERJALANAN_SAJA)
    return list(semua.order_by("pk"))


def _try(kini: Musrenbang, jalan: Perjalanan, isi: dict[str, Any], lampiran: dict[str, bytes]) -> dict[str, Any]:
    """Put the result in, judge it, and take it back, its files too; return what it would change."""
    ditulis: list[str] = []
    ringkasan: dict[str, Any] = {}
    try:
        with transaction.atomic():
            ringkasan = _put_in(kini, jalan, isi, lampiran, ditulis)
            raise _TakeBack
    except _TakeBack:
        kini.refresh_from_db()
    finally:
        remove_files(ditulis)
    return ringkasan


def _put_in(
    kini: Musrenbang, jalan: Perjalanan, isi: dict[str, Any], lampiran: dict[str, bytes], ditulis: list[str]
) -> dict[str, Any]:
    """Check a result from its form to its conditions and store it; return what it changed. Raises BerkasSalah.

    ``ditulis`` gets the names of the files that were written, for whoever has to take them back.
    """
    izin, dulu = read_izin(jalan.izin), state_of(kini)
    semula = Semula.read(kini, jalan.nomor, izin.orang)
    check_document(isi, semula)
    tabel = isi["tabel"]
    check_untouched(tabel, semula)
    check_files(tabel, lampiran, semula)
    pindah = check_trail(tabel, semula, izin)
    rusak, ujung = set(broken_invariants(kini)), kini.sidik_jejak
    ditulis += place_files(tabel, lampiran)
    jumlah = merge(tabel, semula)
    sesudah = Musrenbang.objects.select_related("kecamatan__kabupaten__provinsi").get(pk=kini.pk)
    catatan = read_record(sesudah)  # what stood here since the departure is a branch from now on: the return names it
    rusak |= set(strange_rows(sesudah, catatan)) - set(strange_rows(sesudah, catatan, ujung=[ujung]))
    check_conditions(sesudah, pindah, lambda m: [k for k in broken_invariants(m) if k not in rusak])
    baru = list(JejakAudit.objects.filter(pk__in=[b["id"] for b in tabel["jejak_audit"]]).order_by("pk"))
    jam = max((j.waktu for j in baru), default=timezone.now()) - timezone.now()
    return compare(dulu, state_of(sesudah), baru) | {
        "baris_data": dict(jumlah),
        "jam_maju": max(int(jam / timedelta(minutes=1)), 0),
    }


@transaction.atomic
def confirm_result(*, hasil: HasilAula, by: Pengguna, peran: frozenset[str], sha256: str) -> bool:
    """Confirm a result as the Ketua Tim or the Camat; return whether it counts now: the second one takes it in.

    ``sha256`` names what the person saw. Nobody confirms for both, and a confirmation falls when its person no longer
    holds the office. Raises Ditolak; then nothing changed.
    """
    kini, hasil = _lock(hasil, sha256)
    _drop_fallen(kini, hasil, by)
    sebagai = _seat(hasil, by, peran)
    setattr(hasil, sebagai, by)
    setattr(hasil, f"{sebagai}_pada", timezone.now())
    hasil.save(update_fields=[sebagai, f"{sebagai}_pada"])
    audit.catat(
        musrenbang=kini,
        by=by,
        aksi="aula.disahkan",
        objek=hasil.perjalanan,
        rincian={"sebagai": sebagai, "sha256": hasil.sha256},
    )
    if not (hasil.ketua_id and hasil.camat_id):
        return False
    _take_in(kini, hasil, by)
    return True


def _drop_fallen(kini: Musrenbang, hasil: HasilAula, by: Pengguna) -> None:
    """Take back the confirmation of somebody who has lost the office or the account since."""
    for sebagai, jabatan in JABATAN_PENGESAH:
        orang = getattr(hasil, sebagai)
        if orang is None:
            continue
        if orang.is_active and orang.keanggotaan.filter(peran=jabatan, kecamatan=kini.kecamatan_id).exists():
            continue
        setattr(hasil, sebagai, None)
        setattr(hasil, f"{sebagai}_pada", None)
        hasil.save(update_fields=[sebagai, f"{sebagai}_pada"])
        audit.catat(
            musrenbang=kini,
            by=by,
            aksi="aula.pengesahan_gugur",
            objek=hasil.perjalanan,
            rincian={"sebagai": sebagai, "orang": str(orang)},
        )


def _seat(hasil: HasilAula, by: Pengguna, peran: frozenset[str]) -> str:
    """Return in which of the two offices a person confirms. Raises Ditolak when none is left for them."""
    if by.pk in {hasil.ketua_id, hasil.camat_id}:
        raise Ditolak("Anda sudah mengesahkan hasil ini; yang lain masih ditunggu.")
    for sebagai, jabatan in JABATAN_PENGESAH:
        if jabatan in peran and getattr(hasil, f"{sebagai}_id") is None:
            return sebagai
    raise Ditolak("Hasil aula disahkan oleh Ketua Tim dan Camat, masing-masing satu orang.")


def _lock(hasil: HasilAula, sha256: str) -> tuple[Musrenbang, HasilAula]:
    kini = (
        Musrenbang.objects.select_for_update(of=("self",))
        .select_related("kecamatan__kabupaten__provinsi")
        .get(pk=hasil.perjalanan.musrenbang_id)
    )
    hasil = HasilAula.objects.select_for_update(of=("self",)).select_related("perjalanan").get(pk=hasil.pk)
    if hasil.status != StatusHasil.MENUNGGU or hasil.sha256 != sha256:
        raise Ditolak(f"Hasil ini {hasil.get_status_display().lower()}. Muat ulang halaman untuk melihat keadaannya.")
    return kini, hasil


def _take_in(kini: Musrenbang, hasil: HasilAula, by: Pengguna) -> None:
    """Do what was tried when it came, and let it stand."""
    kini.refresh_from_db(fields=["sidik_jejak"])  # the confirmations stand in the trail here since it was locked
    jalan, di_sini = hasil.perjalanan, kini.sidik_jejak
    ditulis: list[str] = []
    try:
        with hasil.berkas.open("rb") as berkas:
            padat = berkas.read()
        if hashlib.sha256(padat).hexdigest() != hasil.sha256:
            raise BerkasSalah("Hasil aula yang tersimpan di server rusak. Tolak hasil ini, lalu unggah lagi berkasnya.")
        sejak = _since(kini, jalan)
        if len(sejak) != hasil.ringkasan["ditimpa"]:
            raise BerkasSalah("Sejak hasil ini diunggah ada perubahan di server. Tolak hasil ini, lalu unggah lagi.")
        ringkasan = _put_in(kini, jalan, *open_packed(padat), ditulis)
        if any(hasil.ringkasan.get(k) != v for k, v in ringkasan.items() if k != "jam_maju"):
            raise BerkasSalah("Yang diubah tidak lagi sama dengan yang ditampilkan. Tolak hasil ini, lalu unggah lagi.")
    except BerkasSalah as salah:
        remove_files(ditulis)
        raise Ditolak(str(salah)) from salah
    except (DatabaseError, OSError) as salah:
        remove_files(ditulis)
        raise Ditolak(f"{HASIL}: isinya bertentangan dengan yang tersimpan di sini, atau tidak terbaca.") from salah
    keep_trail_order(jalan.nomor)
    kini.refresh_from_db()
    transisi.move(
        jalan,
        dari=jalan.status,
        ke=StatusPerjalanan.KEMBALI,
        table=MOVES_PERJALANAN,
        musrenbang=kini,
        by=by,
        rincian=ringkasan["baris_data"]
        | {
            "perjalanan": jalan.nomor,
            "menimpa": hasil.timpa,
            "ujung_di_sini": di_sini,
            "sha256": hasil.sha256_unggahan,
        },
    )
    Musrenbang.objects.filter(pk=kini.pk).update(dibawa_pada=None)
    transisi.move(hasil, dari=StatusHasil.MENUNGGU, ke=StatusHasil.MASUK, table=MOVES_HASIL, musrenbang=kini, by=by)
    sign_checkpoint(musrenbang=kini, by=by)  # the hall signed with the laptop's key: from here on ours stands for it
    transaction.on_commit(partial(remove_files, [s.berkas.name for s in jalan.hasil.all() if s.berkas.name]))


@transaction.atomic
def refuse_result(*, hasil: HasilAula, by: Pengguna, alasan: str, sha256: str) -> None:
    """Refuse a result with a reason: the event stays where it was, the laptop has everything, another may come.

    Who refused what, why, and what it would have changed stays; its content goes, because nobody can use it any more
    and it names people.
    """
    if len(alasan.strip()) < 5:
        raise Ditolak("Tuliskan alasannya (sekurang-kurangnya 5 huruf).")
    kini, hasil = _lock(hasil, sha256)
    hasil.alasan, hasil.ditolak_oleh, hasil.ditolak_pada = alasan.strip()[:300], by, timezone.now()
    berkas, hasil.berkas = hasil.berkas.name or "", ""
    hasil.save(update_fields=["alasan", "ditolak_oleh", "ditolak_pada", "berkas"])
    transaction.on_commit(partial(remove_files, [berkas]))
    transisi.move(
        hasil,
        dari=StatusHasil.MENUNGGU,
        ke=StatusHasil.DITOLAK,
        table=MOVES_HASIL,
        musrenbang=kini,
        by=by,
        alasan=hasil.alasan,
        rincian={"sha256": hasil.sha256},
    )
    transisi.move(
        hasil.perjalanan,
        dari=StatusPerjalanan.MENUNGGU,
        ke=hasil.semula,
        table=MOVES_PERJALANAN,
        musrenbang=kini,
        by=by,
        alasan=hasil.alasan,
    )
    if hasil.semula == StatusPerjalanan.DIBATALKAN:
        Musrenbang.objects.filter(pk=kini.pk).update(dibawa_pada=None)


def refused_result(musrenbang: Musrenbang) -> HasilAula | None:
    """Return the refused result that the next one has to do better than; None once a later one came in."""
    semua = HasilAula.objects.filter(perjalanan__musrenbang=musrenbang).exclude(status=StatusHasil.MENUNGGU)
    terakhir = semua.select_related("ditolak_oleh").first()
    return terakhir if terakhir and terakhir.status == StatusHasil.DITOLAK else None


def waiting_result(musrenbang: Musrenbang) -> HasilAula | None:
    """Return the result that waits for its confirmations, with who gave the first."""
    semua = HasilAula.objects.filter(perjalanan__musrenbang=musrenbang, status=StatusHasil.MENUNGGU)
    return semua.select_related("perjalanan", "diunggah_oleh", "ketua", "camat").first()
