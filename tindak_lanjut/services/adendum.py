"""Correcting the wording of a plan that Bappeda has taken in: a numbered addendum, never a silent change."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from musrenbang import audit, transisi
from musrenbang.kunci import allowed_in, lock_musrenbang
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.nomor import ROMAWI, take_nomor
from musrenbang.sebutan import sebutan
from musrenbang.transisi import Ditolak
from rkp.izin import BOLEH_ADENDUM
from rkp.models import BarisRkp, BarisVersi, Keputusan, RkpVersi
from rkp.queries.baris import official_version
from rkp.services.versi import freeze_amended
from tindak_lanjut.models import (
    MOVES_ADENDUM,
    Adendum,
    ButirAdendum,
    Penyampaian,
    Pilahan,
    StatusAdendum,
    StatusPenyampaian,
)
from tindak_lanjut.services.penyampaian import JENIS_TERIMA

KOLOM_ADENDUM = ("kegiatan", "lokasi", "program", "prioritas_daerah", "sasaran_daerah", "sasaran")
"""Wording alone. Volume, unit, amount, source of money and decision are what was handed over; the SKPD is sorted."""


@allowed_in(BOLEH_ADENDUM)
def open_adendum(*, musrenbang: Musrenbang, by: Pengguna, sebab: str) -> Adendum:
    """Begin the next addendum; while one is being written, that one is returned. Raises Ditolak without a reason."""
    ada = Adendum.objects.filter(musrenbang=musrenbang, status=StatusAdendum.DISUSUN).first()
    if ada:
        return ada
    if len(sebab.strip()) < 10:
        raise Ditolak(
            f"Tuliskan mengapa dokumen yang sudah diterima {sebutan.bappeda} perlu diperbaiki (sedikitnya 10 huruf)."
        )
    diterima = Penyampaian.objects.filter(musrenbang=musrenbang, status=StatusPenyampaian.DITERIMA).first()
    if diterima is None:
        raise Ditolak(f"Belum ada penyampaian yang diterima {sebutan.bappeda}, jadi belum ada yang diberi adendum.")
    adendum = Adendum.objects.create(
        musrenbang=musrenbang,
        urut=musrenbang.adendum.count() + 1,
        sebab=sebab.strip()[:500],
        penyampaian=diterima,
        disusun_oleh=by,
    )
    audit.catat(musrenbang=musrenbang, by=by, aksi="adendum.disusun", objek=adendum, alasan=adendum.sebab)
    return adendum


@transaction.atomic
def amend_baris(
    *, adendum: Adendum, baris: BarisRkp, dilihat: int, by: Pengguna, sebab: str, **isi: str
) -> ButirAdendum | None:
    """Put a corrected wording of a work into the addendum; nothing changes in the plan before the Camat approves.

    ``isi``: new values of ``KOLOM_ADENDUM``. ``dilihat``: version of the line that the page showed, 0 for none. Returns
    None when the wording is as it is in the plan. Raises Ditolak without a reason, for a blank title, a stale page, and
    a work that is merged into another one.
    """
    kini, butir = _lock_line(adendum, baris, dilihat)
    if len(sebab.strip()) < 5:
        raise Ditolak("Tuliskan sebab perbaikannya (sekurang-kurangnya 5 huruf); ia tercetak di adendum.")
    baru = {k: isi[k].strip() for k in KOLOM_ADENDUM if k in isi and isi[k].strip() != getattr(kini, k)}
    if not baru.get("kegiatan", kini.kegiatan):
        raise Ditolak("Nama kegiatan tidak boleh kosong.")
    if not baru:
        if butir:
            _remove(butir, by)
        return None
    lama = {k: getattr(kini, k) for k in baru}
    if butir is None:
        butir = ButirAdendum.objects.create(
            adendum=adendum, baris=kini, lama=lama, baru=baru, sebab=sebab.strip()[:300]
        )
    else:
        ButirAdendum.objects.filter(pk=butir.pk).update(
            lama=lama, baru=baru, sebab=sebab.strip()[:300], versi=F("versi") + 1
        )
        butir.refresh_from_db()
    audit.catat(
        musrenbang=adendum.musrenbang,
        by=by,
        aksi="adendum.butir",
        objek=butir,
        alasan=butir.sebab,
        rincian=audit.beda(lama, baru),
    )
    return butir


def _lock_line(adendum: Adendum, baris: BarisRkp, dilihat: int) -> tuple[BarisRkp, ButirAdendum | None]:
    kini = _lock(adendum, StatusAdendum.DISUSUN)
    satu = BarisRkp.objects.select_for_update(of=("self",)).filter(pk=baris.pk, rkp__musrenbang=kini.musrenbang_id)
    milik = satu.first()
    if milik is None or milik.keputusan == Keputusan.DIGABUNG:
        raise Ditolak("Pilih kegiatan RKP ini yang tidak digabung ke kegiatan lain.")
    butir = ButirAdendum.objects.filter(adendum=adendum, baris=baris).first()
    if (butir.versi if butir else 0) != dilihat:
        raise Ditolak(
            f"Orang lain baru saja mengubah perbaikan no. {milik.nomor}. Isian Anda belum disimpan dan masih tampak; "
            "bandingkan di tab lain, lalu simpan lagi."
        )
    return milik, butir


def _lock(adendum: Adendum, status: str) -> Adendum:
    lock_musrenbang(adendum.musrenbang, BOLEH_ADENDUM)
    kini = Adendum.objects.select_for_update(of=("self",)).filter(pk=adendum.pk).first()
    if kini is None:
        raise Ditolak("Adendum ini sudah dibatalkan. Muat ulang halaman.")
    if kini.status != status:
        raise Ditolak(f"{kini} sekarang “{kini.get_status_display()}”. Muat ulang halaman untuk melihat keadaannya.")
    return kini


@transaction.atomic
def remove_butir(*, butir: ButirAdendum, by: Pengguna) -> None:
    """Take a line out of an addendum that is still being written."""
    _lock(butir.adendum, StatusAdendum.DISUSUN)
    _remove(butir, by)


def _remove(butir: ButirAdendum, by: Pengguna) -> None:
    audit.catat(
        musrenbang=butir.adendum.musrenbang,
        by=by,
        aksi="adendum.butir_dikeluarkan",
        objek=butir,
        rincian=audit.beda(butir.baru, butir.lama),
    )
    butir.delete()


@transaction.atomic
def cancel_adendum(*, adendum: Adendum, by: Pengguna) -> None:
    """Give an addendum up that the Camat has not approved; the trail keeps that it was begun."""
    kini = _lock(adendum, StatusAdendum.DISUSUN)
    audit.catat(musrenbang=kini.musrenbang, by=by, aksi="adendum.dibatalkan", objek=kini, alasan=kini.sebab)
    kini.delete()


@transaction.atomic
def apply_adendum(*, adendum: Adendum, dilihat: str, by: Pengguna) -> Adendum:
    """The Camat approves: the wording of its works is corrected and frozen as the next approved version.

    ``dilihat`` is ``digest_of`` the lines that the page showed. Works that were sorted stay with their SKPD, answers
    and letters. Raises Ditolak for an empty addendum and for other lines than were shown.
    """
    kini = _lock(adendum, StatusAdendum.DISUSUN)
    butir = list(kini.butir.select_related("baris"))
    if not butir:
        raise Ditolak("Adendum ini belum memuat perbaikan, jadi belum dapat disahkan.")
    if digest_of(butir) != dilihat:
        raise Ditolak("Isi adendum berubah sejak halaman ini dibuka. Baca lagi, lalu sahkan.")
    lama = official_version(kini.musrenbang)
    for b in butir:
        BarisRkp.objects.filter(pk=b.baris_id).update(**b.baru, versi=F("versi") + 1)
        audit.catat(
            musrenbang=kini.musrenbang,
            by=by,
            aksi="rkp.adendum",
            objek=b.baris,
            alasan=f"{kini}: {b.sebab}",
            rincian=audit.beda(b.lama, b.baru),
        )
    versi = freeze_amended(
        musrenbang=kini.musrenbang,
        by=by,
        alasan=f"{kini}: {kini.sebab}",
        perubahan={b.baris_id: b.baru for b in butir},
    )
    _carry_sorting(versi)
    Adendum.objects.filter(pk=kini.pk).update(
        dari_versi=lama, versi=versi, disahkan_oleh=by, disahkan_pada=timezone.now()
    )
    kini.refresh_from_db()
    transisi.move(
        kini,
        dari=StatusAdendum.DISUSUN,
        ke=StatusAdendum.DISAHKAN,
        table=MOVES_ADENDUM,
        musrenbang=kini.musrenbang,
        by=by,
        alasan=kini.sebab,
        rincian={"kegiatan": [b.baris.nomor for b in butir], "sha256": versi.sha256},
    )
    return kini


def digest_of(butir: list[ButirAdendum]) -> str:
    """Tell which lines in which wording a page shows."""
    return ",".join(f"{b.pk}:{b.versi}" for b in butir)


def _carry_sorting(versi: RkpVersi) -> None:
    """The sorting goes on with the rows of the new version; each is the same work."""
    baru = dict(BarisVersi.objects.filter(rkp_versi=versi).values_list("asal_baris", "pk"))
    pilahan = list(Pilahan.objects.filter(musrenbang=versi.rkp.musrenbang_id).select_related("baris"))
    for p in pilahan:
        p.baris_id = baru[p.baris.asal_baris_id]
    Pilahan.objects.bulk_update(pilahan, ["baris"], batch_size=500)


@transaction.atomic
def receive_adendum(*, adendum: Adendum, by: Pengguna) -> Adendum:
    """Bappeda takes the addendum in: a numbered receipt. A second click is refused in words."""
    kini = _lock(adendum, StatusAdendum.DISAHKAN)
    m = kini.musrenbang
    waktu = timezone.now()
    bulan = ROMAWI[timezone.localtime(waktu, m.kecamatan.kabupaten.tz).month - 1]
    urut = take_nomor(kecamatan=m.kecamatan, jenis=JENIS_TERIMA, tahun=m.tahun_pelaksanaan)
    nomor = f"{m.kecamatan.kode}/{urut:03d}/TT-BPD/{bulan}/{m.tahun_pelaksanaan}"
    Adendum.objects.filter(pk=kini.pk).update(nomor_terima=nomor, diterima_oleh=by, diterima_pada=waktu)
    kini.refresh_from_db()
    transisi.move(
        kini,
        dari=StatusAdendum.DISAHKAN,
        ke=StatusAdendum.DITERIMA,
        table=MOVES_ADENDUM,
        musrenbang=m,
        by=by,
        rincian={"tanda_terima": nomor},
    )
    return kini


@transaction.atomic
def return_adendum(*, adendum: Adendum, by: Pengguna, alasan: str) -> Adendum:
    """Bappeda does not take the addendum in, and says why; what it corrected stays until the next one puts it right.

    Raises Ditolak without a reason, and for one that was decided already.
    """
    kini = _lock(adendum, StatusAdendum.DISAHKAN)
    if len(alasan.strip()) < 10:
        raise Ditolak(
            f"Tuliskan mengapa adendum dikembalikan (sedikitnya 10 huruf); {sebutan.kecamatan} memperbaikinya "
            "dari situ."
        )
    alasan = alasan.strip()[:500]
    Adendum.objects.filter(pk=kini.pk).update(
        alasan_kembali=alasan, dikembalikan_oleh=by, dikembalikan_pada=timezone.now()
    )
    kini.refresh_from_db()
    transisi.move(
        kini,
        dari=StatusAdendum.DISAHKAN,
        ke=StatusAdendum.DIKEMBALIKAN,
        table=MOVES_ADENDUM,
        musrenbang=kini.musrenbang,
        by=by,
        alasan=alasan,
    )
    return kini


def keep_letter(*, adendum: Adendum, surat: Any) -> None:
    """Remember the numbered letter of an approved addendum."""
    Adendum.objects.filter(pk=adendum.pk, surat=None).update(surat=surat)
    adendum.surat = surat
