"""Opening the next year: what a kecamatan had is there again, so that nobody types it twice."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import transaction

from delegasi.services import inherit_composition
from musrenbang import audit
from musrenbang.models import Kabupaten, Kecamatan, Musrenbang, Pengguna
from musrenbang.persiapan.queries import events_of
from musrenbang.persiapan.services.acara import schedule_musrenbang
from musrenbang.persiapan.services.pagu import inherit_kriteria
from musrenbang.persiapan.services.tim import inherit_tim
from musrenbang.sidang.services.undangan import inherit_undangan
from tindak_lanjut.queries.tanggapan import count_waiting

WARISAN: list[tuple[str, Callable[..., int]]] = [
    ("anggota tim", inherit_tim),
    ("undangan", inherit_undangan),
    ("kriteria", inherit_kriteria),
    ("susunan delegasi", inherit_composition),
    ("usulan yang menunggu", count_waiting),
]
"""What a new year takes over from the one before: words, function (old, new, by) -> how much."""


@dataclass
class NewYear:
    """A kecamatan in the new year. ``isi``: what was taken over, in words, and how much of it."""

    kecamatan: Kecamatan
    lama: Musrenbang | None
    baru: Musrenbang | None
    isi: list[tuple[str, int]] = field(default_factory=list)


def preview_year(kabupaten: Kabupaten, tahun: int) -> list[NewYear]:
    """Return every kecamatan with its newest event before ``tahun`` and its event of that year, where there is one."""
    new = events_of(kabupaten, tahun)
    old: dict[int, Musrenbang] = {}
    everything = Musrenbang.objects.held().filter(kecamatan__kabupaten=kabupaten, tahun_pelaksanaan__lt=tahun)
    for m in everything.select_related("kecamatan__kabupaten").order_by("tahun_pelaksanaan"):
        old[m.kecamatan_id] = m
    return [
        NewYear(k, old.get(k.pk), new.get(k.pk))
        for k in Kecamatan.objects.filter(kabupaten=kabupaten).select_related("kabupaten").order_by("nama")
    ]


@transaction.atomic
def open_year(*, kabupaten: Kabupaten, tahun: int, by: Pengguna) -> list[NewYear]:
    """Create the events of ``tahun`` that do not exist yet and take over what ``WARISAN`` names.

    An event that exists is left as it is, so a second click changes nothing. Returns the new ones with what each took
    over from the newest event before it.
    """
    results = [t for t in preview_year(kabupaten, tahun) if t.baru is None]
    for t in results:
        t.baru = schedule_musrenbang(kecamatan=t.kecamatan, tahun_pelaksanaan=tahun, by=by)
        if t.lama:
            t.isi = [(words, take(old=t.lama, new=t.baru, by=by)) for words, take in WARISAN]
            audit.record(
                musrenbang=t.baru,
                by=by,
                aksi="musrenbang.tahun_baru",
                objek=t.baru,
                rincian={"dari": t.lama.slug} | dict(t.isi),
            )
    return results
