"""The draft: from proposals to rows, and where each row belongs."""

from typing import Any

from django.db import transaction
from django.db.models import F, Max

from musrenbang import audit
from musrenbang.models import Bidang, Musrenbang, Pengguna, PrioritasDaerah
from musrenbang.services import lock_musrenbang
from musrenbang.states import BOLEH_KEPUTUSAN, BOLEH_SUSUN_DRAFT, Tahap
from musrenbang.transisi import Ditolak
from rkp import queries
from rkp.models import BarisRkp, Rkp, SumberBaris
from usulan.impor.hasil import normal
from usulan.models import Usulan
from usulan.queries import acuan_for

KOLOM_TEMPAT = ["bidang", "skpd", "sumber_dana", "prioritas_daerah", "sasaran_daerah", "program", "sasaran"]


@transaction.atomic
def build_draft(*, musrenbang: Musrenbang, by: Pengguna) -> tuple[int, int]:
    """Add a row for every proposal that has none yet and take over what was completed in the others since.

    Returns (rows added, rows brought up to date). Work already done is never overwritten: a row that was decided or
    changed by hand stays as it is. SKPD, bidang, programme and regional priority are suggestions from the keywords
    and stay editable.
    """
    kini = lock_musrenbang(musrenbang, BOLEH_SUSUN_DRAFT)
    rkp, _ = Rkp.objects.get_or_create(musrenbang=kini)
    baru = list(queries.waiting(kini).select_related("skpd__bidang").prefetch_related("anak"))
    nomor = BarisRkp.objects.filter(rkp=rkp).aggregate(n=Max("nomor"))["n"] or 0
    penempat = _Penempat(kini)
    baris = BarisRkp.objects.bulk_create(
        (penempat.new_row(rkp, usulan, nomor + i) for i, usulan in enumerate(baru, 1)), batch_size=500
    )
    SumberBaris.objects.bulk_create(
        (SumberBaris(baris=b, usulan=s) for b, u in zip(baris, baru, strict=True) for s in (u, *u.anak.all())),
        batch_size=500,
    )
    if baris:
        audit.catat(musrenbang=kini, by=by, aksi="rkp.disusun", objek=rkp, rincian={"baris_baru": len(baris)})
    usang = queries.outdated(kini)
    for sumber in usang:
        _take_over(sumber, by)
    return len(baris), len(usang)


def _take_over(sumber: SumberBaris, by: Pengguna) -> None:
    """Bring a row up to date with its proposal, which was completed after the draft was made."""
    baris, usulan = sumber.baris, sumber.usulan
    baru = usulan.combined()
    rincian = audit.beda({k: getattr(baris, k) for k in baru}, baru)
    BarisRkp.objects.filter(pk=baris.pk).update(**baru, semula=queries.isi_usulan(usulan), versi=F("versi") + 1)
    audit.catat(
        musrenbang=usulan.musrenbang, by=by, aksi="rkp.disesuaikan", objek=baris, rincian=rincian,
        alasan=f"Usulan {usulan.nomor} dilengkapi sesudah masuk draf.",
    )  # fmt: skip


class _Penempat:
    """Knows the reference data and puts a proposal into bidang, programme and regional priority."""

    def __init__(self, musrenbang: Musrenbang) -> None:
        self.pemilah = acuan_for(musrenbang).pemilah
        self.bidang = {
            normal(nama): b for b in Bidang.objects.all() for nama in (b.nama, *b.sinonim.splitlines()) if nama
        }
        prioritas = PrioritasDaerah.objects.filter(
            kabupaten=musrenbang.kecamatan.kabupaten, tahun=musrenbang.tahun_rencana
        ).order_by("-nomor")
        self.prioritas = {p.bidang_id: p for p in prioritas}  # the lowest number of a bidang wins

    def new_row(self, rkp: Rkp, usulan: Usulan, nomor: int) -> BarisRkp:
        bidang = usulan.skpd.bidang if usulan.skpd else self.bidang.get(normal(usulan.bidang_teks))
        prioritas = self.prioritas.get(bidang.pk) if bidang else None
        kunci = self.pemilah.match(f"{usulan.kegiatan} {usulan.permasalahan}")
        baris = BarisRkp(
            rkp=rkp,
            nomor=nomor,
            bidang=bidang,
            prioritas_daerah=prioritas.nama if prioritas else "",
            sasaran_daerah=prioritas.sasaran if prioritas else "",
            program=kunci.program if kunci else "",
            sasaran=usulan.manfaat,
            desa_id=usulan.desa_id,
            skpd=usulan.skpd,
            **usulan.combined(),
        )
        baris.semula = queries.isi_dapat_berubah(baris)
        return baris


@transaction.atomic
def place_baris(*, baris: BarisRkp, versi: int, by: Pengguna, **nilai: Any) -> BarisRkp:
    """Change bidang, SKPD, source, programme, regional priority or target of a row; a stale save is refused."""
    kini = lock_baris(baris, versi, BOLEH_SUSUN_DRAFT | BOLEH_KEPUTUSAN)
    isi = {k: nilai[k] for k in KOLOM_TEMPAT if k in nilai}
    if kini.rkp.musrenbang.tahap == Tahap.KELOMPOK and isi.get("bidang", kini.bidang) != kini.bidang:
        raise Ditolak("Selama diskusi kelompok, bidang dipindah dari halaman kelompoknya, dengan alasan.")
    rincian = audit.beda({k: getattr(kini, k) for k in isi}, isi)
    if rincian:
        BarisRkp.objects.filter(pk=kini.pk).update(**isi, versi=F("versi") + 1)
        kini.refresh_from_db()
        audit.catat(musrenbang=kini.rkp.musrenbang, by=by, aksi="rkp.ditempatkan", objek=kini, rincian=rincian)
    return kini


def lock_baris(baris: BarisRkp, versi: int, boleh: frozenset[str]) -> BarisRkp:
    """Lock the event and the row, and return the row fresh; raise Ditolak when someone else changed it."""
    lock_musrenbang(baris.rkp.musrenbang, boleh)
    kini = (
        BarisRkp.objects.select_for_update(of=("self",))
        .select_related("rkp__musrenbang", "bidang", "skpd", "desa", "sumber_dana")
        .get(pk=baris.pk)
    )
    if kini.versi != versi:
        raise Ditolak(
            f"Orang lain sudah mengubah baris ini: sekarang “{kini.get_keputusan_display()}”, "
            f"{queries.ringkas(kini)}. Isian Anda belum disimpan dan masih tampak di formulir; "
            "bandingkan, lalu simpan lagi."
        )
    return kini
