"""Proposals that were made last year too, and what became of them then."""

from dataclasses import dataclass

from musrenbang.models import Musrenbang
from usulan.models import Usulan
from usulan.queries.last_year import result_of
from usulan.queries.repeats import last_year, unfunded_of
from usulan.queries.similar import pairs_of, texts_of


@dataclass(frozen=True)
class PreviousPair:
    """A proposal and one of last year that look alike: how much, in percent, why, and what became of the old one."""

    usulan: Usulan
    lama: Usulan
    persen: int
    alasan: tuple[str, ...]
    hasil: str


def list_proposed_before(musrenbang: Musrenbang) -> list[PreviousPair]:
    """Return the proposals that look like one of last year's, the most alike first (at most six queries).

    One that was carried over says itself whose repetition it is, and is left out.
    """
    previous = last_year(musrenbang)
    if previous is None:
        return []
    own = Usulan.objects.filter(musrenbang=musrenbang, induk=None, sumber=None)
    old = Usulan.objects.filter(musrenbang=previous).select_related("hasil_lalu")
    new, before = (
        {u.pk: u for u in some.exclude(kegiatan="").select_related("desa", "skpd").defer("mentah")}
        for some in (own, old)
    )
    waiting = set() if previous.hanya_diimpor else set(unfunded_of(previous).values_list("pk", flat=True))
    texts = [*texts_of(new.values(), musrenbang), *texts_of(before.values(), musrenbang)]
    found = []
    for p in pairs_of(texts):
        if {p.a in new, p.b in new} == {True, False}:
            a, b = (p.a, p.b) if p.a in new else (p.b, p.a)
            result = result_of(before[b]) or ("belum didanai" if b in waiting else "disepakati")
            found.append(PreviousPair(new[a], before[b], round(p.nilai * 100), p.alasan, result))
    return sorted(found, key=lambda p: (-p.persen, p.usulan.nomor))
