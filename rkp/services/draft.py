"""The draft: from proposals to rows, and where each row belongs."""

from typing import Any

from django.db import transaction
from django.db.models import F, Max

from musrenbang import audit
from musrenbang.kunci import allowed_in, lock_musrenbang
from musrenbang.models import Bidang, Musrenbang, Pengguna, PrioritasDaerah, SumberDana
from musrenbang.services.rows import change_row
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from rkp.izin import BOLEH_KEPUTUSAN, BOLEH_SUSUN_DRAFT
from rkp.models import BarisRkp, Rkp, SumberBaris
from rkp.queries.baris import summary_line
from rkp.queries.content import DAPAT_BERUBAH, StaleBaris, changeable_content, outdated
from rkp.services.content import restate_baris
from usulan.impor.results import normal
from usulan.merged import Node, grow
from usulan.models import Usulan
from usulan.queries.acuan import acuan_for

KOLOM_TEMPAT = ["bidang", "skpd", "sumber_dana", "prioritas_daerah", "sasaran_daerah", "program", "sasaran"]


@allowed_in(BOLEH_SUSUN_DRAFT)
def build_draft(*, musrenbang: Musrenbang, by: Pengguna) -> tuple[int, int]:
    """Add a row for every proposal that has none yet and bring the others up to date with their sources.

    Returns (rows added, rows brought up to date). A row that was decided keeps its decision while its sources say the
    same; when they changed since, the decision was about another content and is taken back, with the reason in the
    trail. SKPD, bidang, programme and regional priority are suggestions from the keywords and stay editable.
    """
    rkp, _ = Rkp.objects.get_or_create(musrenbang=musrenbang)
    waiting = Usulan.objects.filter(musrenbang=musrenbang, sumber_baris=None).select_related("skpd__bidang", "desa")
    new = [p for p in grow(waiting) if p.usulan.kegiatan and p.usulan.induk_id is None]
    nomor = BarisRkp.objects.filter(rkp=rkp).aggregate(n=Max("nomor"))["n"] or 0
    placer = _Placer(musrenbang)
    baris = BarisRkp.objects.bulk_create(
        (placer.new_row(rkp, tree, nomor + i) for i, tree in enumerate(new, 1)), batch_size=500
    )
    SumberBaris.objects.bulk_create(
        (SumberBaris(baris=b, usulan=u) for b, tree in zip(baris, new, strict=True) for u in tree.walk()),
        batch_size=500,
    )
    if baris:
        audit.record(musrenbang=musrenbang, by=by, aksi="rkp.disusun", objek=rkp, rincian={"baris_baru": len(baris)})
    stale = outdated(musrenbang)
    for one in stale:
        _take_over(one, by)
    return len(baris), len(stale)


def _take_over(stale: StaleBaris, by: Pengguna) -> None:
    """Bring a row up to date with its sources, which changed after the draft was made."""
    baris, dana = stale.baris, stale.isi.sumber_dana_id
    words = f"Disamakan lagi dengan isi usulan {', '.join(map(str, stale.usulan))}."
    if stale.isi_berubah:
        cancelled = f" Keputusan “{baris.get_keputusan_display()}” ditarik." if stale.membatalkan else ""
        restate_baris(baris, stale.isi, by=by, aksi="rkp.disesuaikan", alasan=words + cancelled)
    if stale.dana_berubah:
        details = audit.diff({"sumber_dana": baris.sumber_dana}, {"sumber_dana": SumberDana.objects.get(pk=dana or 0)})
        BarisRkp.objects.filter(pk=baris.pk).update(sumber_dana=dana, versi=F("versi") + 1)
        audit.record(
            musrenbang=baris.rkp.musrenbang, by=by, aksi="rkp.disesuaikan", objek=baris, alasan=words, rincian=details
        )


class _Placer:
    """Knows the reference data and puts a proposal into bidang, programme and regional priority."""

    def __init__(self, musrenbang: Musrenbang) -> None:
        self.pemilah = acuan_for(musrenbang).pemilah
        self.bidang = {
            normal(nama): b for b in Bidang.objects.all() for nama in (b.nama, *b.sinonim.splitlines()) if nama
        }
        prioritas = PrioritasDaerah.objects.filter(
            kabupaten=musrenbang.kecamatan.kabupaten, tahun=musrenbang.tahun_rencana
        ).order_by("-nomor")
        # A bidang with several priorities takes the one of the lowest number.
        self.prioritas = {p.bidang_id: p for p in prioritas}

    def new_row(self, rkp: Rkp, tree: Node, nomor: int) -> BarisRkp:
        usulan, content = tree.usulan, tree.isi()
        bidang = usulan.skpd.bidang if usulan.skpd else self.bidang.get(normal(usulan.bidang_teks))
        prioritas = self.prioritas.get(bidang.pk) if bidang else None
        kunci = self.pemilah.match(f"{usulan.kegiatan} {usulan.permasalahan}")
        return BarisRkp(
            rkp=rkp,
            nomor=nomor,
            bidang=bidang,
            prioritas_daerah=prioritas.nama if prioritas else "",
            sasaran_daerah=prioritas.sasaran if prioritas else "",
            program=kunci.program if kunci else "",
            sasaran=usulan.manfaat,
            **content.milik.columns(),
            skpd=usulan.skpd,
            sumber_dana_id=content.sumber_dana_id,
            semula=changeable_content(content),
            **{nama: getattr(content, nama) for nama in DAPAT_BERUBAH},
        )


@transaction.atomic
def place_baris(*, baris: BarisRkp, versi: int, by: Pengguna, **nilai: Any) -> BarisRkp:
    """Change bidang, SKPD, source, programme, regional priority or target of a row; a stale save is refused."""
    current = lock_baris(baris, versi, BOLEH_SUSUN_DRAFT | BOLEH_KEPUTUSAN)
    content = {k: nilai[k] for k in KOLOM_TEMPAT if k in nilai}
    if current.rkp.musrenbang.tahap == Tahap.KELOMPOK and content.get("bidang", current.bidang) != current.bidang:
        raise Refused("Selama diskusi kelompok, bidang dipindah dari halaman kelompoknya, dengan alasan.")
    return change_row(current, content, musrenbang=current.rkp.musrenbang, by=by, aksi="rkp.ditempatkan")


CHANGES = (
    "rkp.diputuskan",
    "rkp.ditempatkan",
    "rkp.digabung",
    "rkp.dipisah",
    "rkp.gabungan",
    "rkp.disesuaikan",
    "rkp.dikoreksi",
)
"""Actions of the trail that change a row of the plan."""


def lock_baris(baris: BarisRkp, versi: int, allowed: frozenset[str]) -> BarisRkp:
    """Lock the event and the row, and return the row fresh; raise Refused when someone else changed it."""
    lock_musrenbang(baris.rkp.musrenbang, allowed)
    current = fresh_baris(baris)
    if current.versi != versi:
        now = f"“{current.get_keputusan_display()}”, {summary_line(current)}"
        raise Refused(audit.stale(current, "kegiatan ini", *CHANGES, now=now))
    return current


def fresh_baris(baris: BarisRkp) -> BarisRkp:
    """Lock a row and return it as it is now; whoever asks holds the lock on its event already."""
    locked = BarisRkp.objects.select_for_update(of=("self",))
    return locked.select_related("rkp__musrenbang", "bidang", "skpd", "desa", "sumber_dana").get(pk=baris.pk)
