"""What stands in the card of the next step: why a package came back from Bappeda, and an addendum that waits."""

from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse

from musrenbang import format as tulis
from musrenbang.models import Musrenbang
from musrenbang.papan import PesanLangkah
from musrenbang.sebutan import sebutan
from musrenbang.states import Tahap
from rkp.izin import BOLEH_ADENDUM
from tindak_lanjut.models import (
    Adendum,
    Catatan,
    Penyampaian,
    StatusAdendum,
    StatusPenyampaian,
    SumberCatatan,
)

SELAMA = (Tahap.DIKEMBALIKAN, Tahap.FINALISASI, Tahap.DISAHKAN)
"""The stages in which the team mends what Bappeda gave back and the Camat approves it again."""


def waiting_messages(acara: list[Musrenbang]) -> dict[int, PesanLangkah]:
    """Return {event: what its next step must know} (three queries, none while nothing can wait)."""
    return returned_messages(acara) | _addenda(acara)


def returned_messages(acara: list[Musrenbang]) -> dict[int, PesanLangkah]:
    """Return {event: Bappeda's reason and its open notes} for those whose last package was given back (two queries)."""
    menunggu = {m.pk: m for m in acara if m.tahap in SELAMA}
    if not menunggu:
        return {}
    semua = Penyampaian.objects.filter(musrenbang__in=menunggu).defer("isi").order_by("urut")
    terakhir = {p.musrenbang_id: p for p in semua}
    terakhir = {pk: p for pk, p in terakhir.items() if p.status == StatusPenyampaian.DIKEMBALIKAN}
    catatan: dict[int, list[str]] = {}
    terbuka = Catatan.objects.filter(musrenbang__in=terakhir, sumber=SumberCatatan.BAPPEDA, jawaban="")
    for c in terbuka.select_related("baris"):
        tentang = f"No. {c.baris.nomor}: " if c.baris else ""
        catatan.setdefault(c.musrenbang_id, []).append(f"{tentang}{c.isi}")
    return {pk: _message(menunggu[pk], p, catatan.get(pk, [])) for pk, p in terakhir.items()}


def _message(m: Musrenbang, p: Penyampaian, butir: list[str]) -> PesanLangkah:
    zona = m.kecamatan.kabupaten.tz
    kapan = f" pada {tulis.tanggal(p.diputus_pada.astimezone(zona).date())}" if p.diputus_pada else ""
    terbuka = f"{len(butir)} catatan belum dijawab." if butir else "Semua catatannya sudah dijawab."
    return PesanLangkah(
        f"{sebutan.bappeda} mengembalikan penyampaian {p.urut}{kapan}. {terbuka}",
        p.alasan,
        butir,
        reverse("tindak_lanjut:package", args=[m.slug]),
    )


def _addenda(acara: list[Musrenbang]) -> dict[int, PesanLangkah]:
    """The addendum that waits for the Camat or for Bappeda, or came back from Bappeda and has no successor yet."""
    mungkin = {m.pk: m for m in acara if m.tahap in BOLEH_ADENDUM}
    if not mungkin:
        return {}
    semua = Adendum.objects.filter(musrenbang__in=mungkin).exclude(status=StatusAdendum.DITERIMA)
    terakhir = Subquery(Adendum.objects.filter(musrenbang=OuterRef("musrenbang")).order_by("-urut").values("urut")[:1])
    semua = semua.exclude(~Q(urut=terakhir), status=StatusAdendum.DIKEMBALIKAN)
    return {
        a.musrenbang_id: PesanLangkah(
            *_waits(a), [], reverse("berita_acara:addenda", args=[mungkin[a.musrenbang_id].slug])
        )
        for a in semua.annotate(n=Count("butir")).filter(n__gt=0).order_by("-urut")
    }


def _waits(a: Any) -> tuple[str, str]:
    """Return in words for what an addendum with ``n`` works waits, and why it was made or came back."""
    if a.status == StatusAdendum.DIKEMBALIKAN:
        return f"{sebutan.bappeda} mengembalikan {a} ({a.n} kegiatan). Susun adendum berikutnya.", a.alasan_kembali
    siapa = {
        StatusAdendum.DISUSUN: f"pengesahan {sebutan.camat}",
        StatusAdendum.DISAHKAN: f"diterima {sebutan.bappeda}",
    }
    return f"{a} ({a.n} kegiatan) menunggu {siapa[StatusAdendum(a.status)]}.", a.sebab
