"""What stands in the card of the next step: why a package came back from Bappeda, and an addendum that waits."""

from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse

from musrenbang import format as tulis
from musrenbang.board import StepMessage
from musrenbang.models import Musrenbang
from musrenbang.sebutan import sebutan
from musrenbang.states import Tahap
from rkp.izin import BOLEH_ADENDUM
from tindak_lanjut.models import (
    Adendum,
    Catatan,
    NoteSource,
    Penyampaian,
    StatusAdendum,
    StatusPenyampaian,
)

SELAMA = (Tahap.DIKEMBALIKAN, Tahap.FINALISASI, Tahap.DISAHKAN)
"""The stages in which the team mends what Bappeda gave back and the Camat approves it again."""


def waiting_messages(acara: list[Musrenbang]) -> dict[int, StepMessage]:
    """Return {event: what its next step must know} (three queries, none while nothing can wait)."""
    return returned_messages(acara) | _addenda(acara)


def returned_messages(acara: list[Musrenbang]) -> dict[int, StepMessage]:
    """Return {event: Bappeda's reason and its open notes} for those whose last package was given back (two queries)."""
    waiting = {m.pk: m for m in acara if m.tahap in SELAMA}
    if not waiting:
        return {}
    everything = Penyampaian.objects.filter(musrenbang__in=waiting).defer("isi").order_by("urut")
    last = {p.musrenbang_id: p for p in everything}
    last = {pk: p for pk, p in last.items() if p.status == StatusPenyampaian.DIKEMBALIKAN}
    catatan: dict[int, list[str]] = {}
    opened = Catatan.objects.filter(musrenbang__in=last, sumber=NoteSource.BAPPEDA, jawaban="")
    for c in opened.select_related("baris"):
        about = f"No. {c.baris.nomor}: " if c.baris else ""
        catatan.setdefault(c.musrenbang_id, []).append(f"{about}{c.isi}")
    return {pk: _message(waiting[pk], p, catatan.get(pk, [])) for pk, p in last.items()}


def _message(m: Musrenbang, p: Penyampaian, item: list[str]) -> StepMessage:
    zona = m.kecamatan.kabupaten.tz
    when = f" pada {tulis.date_text(p.diputus_pada.astimezone(zona).date())}" if p.diputus_pada else ""
    opened = f"{len(item)} catatan belum dijawab." if item else "Semua catatannya sudah dijawab."
    return StepMessage(
        f"{sebutan.bappeda} mengembalikan penyampaian {p.urut}{when}. {opened}",
        p.alasan,
        item,
        reverse("tindak_lanjut:package", args=[m.slug]),
    )


def _addenda(acara: list[Musrenbang]) -> dict[int, StepMessage]:
    """The addendum that waits for the Camat or for Bappeda, or came back from Bappeda and has no successor yet."""
    possible = {m.pk: m for m in acara if m.tahap in BOLEH_ADENDUM}
    if not possible:
        return {}
    everything = Adendum.objects.filter(musrenbang__in=possible).exclude(status=StatusAdendum.DITERIMA)
    last = Subquery(Adendum.objects.filter(musrenbang=OuterRef("musrenbang")).order_by("-urut").values("urut")[:1])
    everything = everything.exclude(~Q(urut=last), status=StatusAdendum.DIKEMBALIKAN)
    return {
        a.musrenbang_id: StepMessage(
            *_waits(a), [], reverse("berita_acara:addenda", args=[possible[a.musrenbang_id].slug])
        )
        for a in everything.annotate(n=Count("butir")).filter(n__gt=0).order_by("-urut")
    }


def _waits(a: Any) -> tuple[str, str]:
    """Return in words for what an addendum with ``n`` works waits, and why it was made or came back."""
    if a.status == StatusAdendum.DIKEMBALIKAN:
        return f"{sebutan.bappeda} mengembalikan {a} ({a.n} kegiatan). Susun adendum berikutnya.", a.alasan_kembali
    who = {
        StatusAdendum.DISUSUN: f"pengesahan {sebutan.camat}",
        StatusAdendum.DISAHKAN: f"diterima {sebutan.bappeda}",
    }
    return f"{a} ({a.n} kegiatan) menunggu {who[StatusAdendum(a.status)]}.", a.sebab
