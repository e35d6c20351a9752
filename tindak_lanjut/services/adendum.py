"""Correcting the wording of a plan that Bappeda has taken in: a numbered addendum, never a silent change."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from musrenbang import audit, transisi
from musrenbang.kunci import allowed_in, lock_musrenbang
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.nomor import take_receipt
from musrenbang.sebutan import sebutan
from musrenbang.transisi import Refused
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
    """Begin the next addendum; while one is being written, that one is returned. Raises Refused without a reason."""
    existing = Adendum.objects.filter(musrenbang=musrenbang, status=StatusAdendum.DISUSUN).first()
    if existing:
        return existing
    if len(sebab.strip()) < 10:
        raise Refused(
            f"Tuliskan mengapa dokumen yang sudah diterima {sebutan.bappeda} perlu diperbaiki (sedikitnya 10 huruf)."
        )
    accepted = Penyampaian.objects.filter(musrenbang=musrenbang, status=StatusPenyampaian.DITERIMA).first()
    if accepted is None:
        raise Refused(f"Belum ada penyampaian yang diterima {sebutan.bappeda}, jadi belum ada yang diberi adendum.")
    adendum = Adendum.objects.create(
        musrenbang=musrenbang,
        urut=musrenbang.adendum.count() + 1,
        sebab=sebab.strip()[:500],
        penyampaian=accepted,
        disusun_oleh=by,
    )
    audit.record(musrenbang=musrenbang, by=by, aksi="adendum.disusun", objek=adendum, alasan=adendum.sebab)
    return adendum


@transaction.atomic
def amend_baris(
    *, adendum: Adendum, baris: BarisRkp, dilihat: int, by: Pengguna, sebab: str, **isi: str
) -> ButirAdendum | None:
    """Put a corrected wording of a work into the addendum; nothing changes in the plan before the Camat approves.

    ``isi``: new values of ``KOLOM_ADENDUM``. ``dilihat``: version of the line that the page showed, 0 for none. Returns
    None when the wording is as it is in the plan. Raises Refused without a reason, for a blank title, a stale page, and
    a work that is merged into another one.
    """
    current, item = _lock_line(adendum, baris, dilihat)
    if len(sebab.strip()) < 5:
        raise Refused("Tuliskan sebab perbaikannya dalam satu kalimat; ia tercetak di adendum.")
    new = {k: isi[k].strip() for k in KOLOM_ADENDUM if k in isi and isi[k].strip() != getattr(current, k)}
    if not new.get("kegiatan", current.kegiatan):
        raise Refused("Nama kegiatan tidak boleh kosong.")
    if not new:
        if item:
            _remove(item, by)
        return None
    old = {k: getattr(current, k) for k in new}
    if item is None:
        item = ButirAdendum.objects.create(
            adendum=adendum, baris=current, lama=old, baru=new, sebab=sebab.strip()[:300]
        )
    else:
        ButirAdendum.objects.filter(pk=item.pk).update(
            lama=old, baru=new, sebab=sebab.strip()[:300], versi=F("versi") + 1
        )
        item.refresh_from_db()
    audit.record(
        musrenbang=adendum.musrenbang,
        by=by,
        aksi="adendum.butir",
        objek=item,
        alasan=item.sebab,
        rincian=audit.diff(old, new),
    )
    return item


def _lock_line(adendum: Adendum, baris: BarisRkp, dilihat: int) -> tuple[BarisRkp, ButirAdendum | None]:
    current = _lock(adendum, StatusAdendum.DISUSUN)
    one = BarisRkp.objects.select_for_update(of=("self",)).filter(pk=baris.pk, rkp__musrenbang=current.musrenbang_id)
    own = one.first()
    if own is None or own.keputusan == Keputusan.DIGABUNG:
        raise Refused("Pilih kegiatan RKP ini yang tidak digabung ke kegiatan lain.")
    item = ButirAdendum.objects.filter(adendum=adendum, baris=baris).first()
    if (item.versi if item else 0) != dilihat:
        raise Refused(audit.stale(item or adendum, f"perbaikan no. {own.nomor}"))
    return own, item


def _lock(adendum: Adendum, status: str) -> Adendum:
    lock_musrenbang(adendum.musrenbang, BOLEH_ADENDUM)
    current = Adendum.objects.select_for_update(of=("self",)).filter(pk=adendum.pk).first()
    if current is None:
        raise Refused("Adendum ini sudah dibatalkan. Muat ulang halaman.")
    if current.status != status:
        raise Refused(
            f"{current} sekarang “{current.get_status_display()}”. Muat ulang halaman untuk melihat keadaannya."
        )
    return current


@transaction.atomic
def remove_item(*, item: ButirAdendum, by: Pengguna) -> None:
    """Take a line out of an addendum that is still being written."""
    _lock(item.adendum, StatusAdendum.DISUSUN)
    _remove(item, by)


def _remove(item: ButirAdendum, by: Pengguna) -> None:
    audit.record(
        musrenbang=item.adendum.musrenbang,
        by=by,
        aksi="adendum.butir_dikeluarkan",
        objek=item,
        rincian=audit.diff(item.baru, item.lama),
    )
    item.delete()


@transaction.atomic
def cancel_adendum(*, adendum: Adendum, by: Pengguna) -> None:
    """Give an addendum up that the Camat has not approved; the trail keeps that it was begun."""
    current = _lock(adendum, StatusAdendum.DISUSUN)
    audit.record(musrenbang=current.musrenbang, by=by, aksi="adendum.dibatalkan", objek=current, alasan=current.sebab)
    current.delete()


@transaction.atomic
def apply_adendum(*, adendum: Adendum, dilihat: str, by: Pengguna) -> Adendum:
    """The Camat approves: the wording of its works is corrected and frozen as the next approved version.

    ``dilihat`` is ``digest_of`` the lines that the page showed. Works that were sorted stay with their SKPD, answers
    and letters. Raises Refused for an empty addendum and for other lines than were shown.
    """
    current = _lock(adendum, StatusAdendum.DISUSUN)
    items = list(current.butir.select_related("baris"))
    if not items:
        raise Refused("Adendum ini belum memuat perbaikan, jadi belum dapat disahkan.")
    if digest_of(items) != dilihat:
        raise Refused("Isi adendum berubah sejak halaman ini dibuka. Baca lagi, lalu sahkan.")
    old = official_version(current.musrenbang)
    for b in items:
        BarisRkp.objects.filter(pk=b.baris_id).update(**b.baru, versi=F("versi") + 1)
        audit.record(
            musrenbang=current.musrenbang,
            by=by,
            aksi="rkp.adendum",
            objek=b.baris,
            alasan=f"{current}: {b.sebab}",
            rincian=audit.diff(b.lama, b.baru),
        )
    versi = freeze_amended(
        musrenbang=current.musrenbang,
        by=by,
        alasan=f"{current}: {current.sebab}",
        perubahan={b.baris_id: b.baru for b in items},
    )
    _carry_sorting(versi)
    Adendum.objects.filter(pk=current.pk).update(
        dari_versi=old, versi=versi, disahkan_oleh=by, disahkan_pada=timezone.now()
    )
    current.refresh_from_db()
    transisi.move(
        current,
        dari=StatusAdendum.DISUSUN,
        ke=StatusAdendum.DISAHKAN,
        table=MOVES_ADENDUM,
        musrenbang=current.musrenbang,
        by=by,
        alasan=current.sebab,
        rincian={"kegiatan": [b.baris.nomor for b in items], "sha256": versi.sha256},
    )
    return current


def digest_of(item: list[ButirAdendum]) -> str:
    """Tell which lines in which wording a page shows."""
    return ",".join(f"{b.pk}:{b.versi}" for b in item)


def _carry_sorting(versi: RkpVersi) -> None:
    """The sorting goes on with the rows of the new version; each is the same work."""
    new = dict(BarisVersi.objects.filter(rkp_versi=versi).values_list("asal_baris", "pk"))
    pilahan = list(Pilahan.objects.filter(musrenbang=versi.rkp.musrenbang_id).select_related("baris"))
    for p in pilahan:
        p.baris_id = new[p.baris.asal_baris_id]
    Pilahan.objects.bulk_update(pilahan, ["baris"], batch_size=500)


@transaction.atomic
def receive_adendum(*, adendum: Adendum, by: Pengguna) -> Adendum:
    """Bappeda takes the addendum in: a numbered receipt. A second click is refused in words."""
    current = _lock(adendum, StatusAdendum.DISAHKAN)
    m = current.musrenbang
    time = timezone.now()
    nomor = take_receipt(kecamatan=m.kecamatan, jenis=JENIS_TERIMA, kode="TT-BPD", at_time=time)
    Adendum.objects.filter(pk=current.pk).update(nomor_terima=nomor, diterima_oleh=by, diterima_pada=time)
    current.refresh_from_db()
    transisi.move(
        current,
        dari=StatusAdendum.DISAHKAN,
        ke=StatusAdendum.DITERIMA,
        table=MOVES_ADENDUM,
        musrenbang=m,
        by=by,
        rincian={"tanda_terima": nomor},
    )
    return current


@transaction.atomic
def return_adendum(*, adendum: Adendum, by: Pengguna, alasan: str) -> Adendum:
    """Bappeda does not take the addendum in, and says why; what it corrected stays until the next one puts it right.

    Raises Refused without a reason, and for one that was decided already.
    """
    current = _lock(adendum, StatusAdendum.DISAHKAN)
    if len(alasan.strip()) < 10:
        raise Refused(
            f"Tuliskan mengapa adendum dikembalikan (sedikitnya 10 huruf); {sebutan.kecamatan} memperbaikinya "
            "dari situ."
        )
    alasan = alasan.strip()[:500]
    Adendum.objects.filter(pk=current.pk).update(
        alasan_kembali=alasan, dikembalikan_oleh=by, dikembalikan_pada=timezone.now()
    )
    current.refresh_from_db()
    transisi.move(
        current,
        dari=StatusAdendum.DISAHKAN,
        ke=StatusAdendum.DIKEMBALIKAN,
        table=MOVES_ADENDUM,
        musrenbang=current.musrenbang,
        by=by,
        alasan=alasan,
    )
    return current


def keep_letter(*, adendum: Adendum, surat: Any) -> None:
    """Remember the numbered letter of an approved addendum."""
    Adendum.objects.filter(pk=adendum.pk, surat=None).update(surat=surat)
    adendum.surat = surat
