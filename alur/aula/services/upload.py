"""The file of a laptop, judged before two people confirm it."""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from django.utils import timezone

from alur.aula import bungkus, kunci
from alur.aula.buka import open_sealed
from alur.aula.bungkus import BerkasSalah
from alur.aula.izin import read_izin
from alur.aula.jaga import server_now
from alur.aula.jejak import check_trail
from alur.aula.pulang import merge, place_files, remove_files
from alur.aula.skema import Semula, check_document
from alur.aula.tetap import check_files, check_untouched
from alur.aula.ubahan import compare, state_of
from alur.aula.ulang import check_conditions
from alur.izin import BOLEH_DIBAWA
from alur.periksa import broken_invariants
from alur.periksa_titik import strange_rows
from berita_acara.models import MOVES_PERJALANAN, HasilAula, Perjalanan, StatusPerjalanan
from musrenbang import format as tulis
from musrenbang import transisi
from musrenbang.infra.digest import sha256_of
from musrenbang.jangkar.baca import read_record
from musrenbang.models import JejakAudit, Musrenbang, Pengguna
from musrenbang.sebutan import sebutan
from musrenbang.transisi import Ditolak

PERJALANAN_SAJA = (
    "perjalanan.status",
    "hasilaula.status",
    "aula.disahkan",
    "aula.pengesahan_gugur",
    "aula.diperpanjang",
)
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
    sejak = since(kini, jalan)
    if sejak and not timpa:
        raise Bentrok(sejak)
    ringkasan = _try(kini, jalan, isi, lampiran)
    hasil = HasilAula(
        perjalanan=jalan,
        semula=jalan.status,
        sha256=sha256_of(padat),
        kunci=luar.kunci,
        sha256_unggahan=sha256_of(berkas),
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
        raise BerkasSalah(f"Hasil perjalanan ini sudah diunggah dan menunggu pengesahan Ketua Tim dan {sebutan.camat}.")
    lain = [StatusPerjalanan.BERJALAN, StatusPerjalanan.MENUNGGU]
    if kini.perjalanan.filter(status__in=lain).exclude(pk=jalan.pk).exists():
        raise BerkasSalah("Acara ini sedang dibawa dalam perjalanan yang lain. Selesaikan perjalanan itu dahulu.")
    sesudah = kini.perjalanan.filter(status=StatusPerjalanan.KEMBALI, nomor__gt=jalan.nomor).first()
    if sesudah:
        raise BerkasSalah(
            f"Perjalanan {jalan.nomor} dibatalkan, dan sesudah itu hasil perjalanan {sesudah.nomor} disahkan Ketua Tim "
            f"dan {sebutan.camat}. Hasil yang lebih lama tidak dapat menggantikannya. Yang masih perlu dari "
            "laptop ini dimasukkan "
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


def since(kini: Musrenbang, jalan: Perjalanan) -> list[JejakAudit]:
    """Return what was done to the event at the server since it left."""
    semua = JejakAudit.objects.filter(musrenbang=kini, pk__gt=jalan.jejak_terakhir).exclude(aksi__in=PERJALANAN_SAJA)
    return list(semua.order_by("pk"))


def _try(kini: Musrenbang, jalan: Perjalanan, isi: dict[str, Any], lampiran: dict[str, bytes]) -> dict[str, Any]:
    """Put the result in, judge it, and take it back, its files too; return what it would change."""
    ditulis: list[str] = []
    ringkasan: dict[str, Any] = {}
    try:
        with transaction.atomic():
            ringkasan = put_in(kini, jalan, isi, lampiran, ditulis)
            raise _TakeBack
    except _TakeBack:
        kini.refresh_from_db()
    finally:
        remove_files(ditulis)
    return ringkasan


def put_in(
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
