"""Sums of the plan, and what is agreed against the ceiling."""

from dataclasses import dataclass

from django.db.models import F, Min, QuerySet, Sum

from musrenbang.infra.digest import page_digest
from musrenbang.models import Musrenbang, PaguKecamatan, SumberDana
from musrenbang.sebutan import fund
from rkp.models import SEPAKAT, BarisRkp, BarisVersi, Keputusan, UsulanKelompok
from rkp.pagu import Calon, choose_excess, order_words
from rkp.queries.sums import PlanTotal, sum_by, sum_by_desa


@dataclass(frozen=True)
class PaguPosition:
    """One funding source: its ceiling and what is agreed and in reserve for it, in rupiah.

    ``keluar``: what would go into reserve, in that order; ``aturan`` says by which order.
    """

    sumber: SumberDana
    pagu: int
    sepakat: int
    cadangan: int
    keluar: list[BarisRkp]
    aturan: str = ""

    @property
    def sisa(self) -> int:
        """What is left; below zero when too much is agreed."""
        return self.pagu - self.sepakat

    @property
    def sidik(self) -> str:
        """Digest of what would go into reserve: the person confirms exactly what was shown."""
        return page_digest(",".join(f"{b.pk}:{b.versi}" for b in self.keluar))


def list_pagu(musrenbang: Musrenbang, *, rule: bool = True) -> list[PaguPosition]:
    """Return every source that has a ceiling, with the works that the rule would put into reserve (three queries).

    ``rule=False`` leaves that list out, where only the sums are shown (two queries).
    """
    pagu = list(PaguKecamatan.objects.filter(musrenbang=musrenbang).select_related("sumber_dana"))
    baris = BarisRkp.objects.filter(rkp__musrenbang=musrenbang, sumber_dana__in=[p.sumber_dana_id for p in pagu])
    per = sum_by(baris, "sumber_dana")
    results = []
    for p in pagu:
        jumlah = per.get(p.sumber_dana_id, PlanTotal())
        past = rule and jumlah.sepakat.rp > p.jumlah
        leaving, rules = excess(musrenbang, p.sumber_dana_id, p.jumlah) if past else ([], "")
        results.append(PaguPosition(p.sumber_dana, p.jumlah, jumlah.sepakat.rp, jumlah.cadangan.rp, leaving, rules))
    return results


def list_pagu_proposed(musrenbang: Musrenbang) -> list[PaguPosition]:
    """Return the ceilings against what all groups propose so far (two queries)."""
    pagu = list(PaguKecamatan.objects.filter(musrenbang=musrenbang).select_related("sumber_dana"))
    usulan = UsulanKelompok.objects.filter(
        baris__rkp__musrenbang=musrenbang, baris__sumber_dana__in=[p.sumber_dana_id for p in pagu]
    ).exclude(baris__keputusan=Keputusan.DIGABUNG)
    sums = usulan.order_by().values_list("baris__sumber_dana", "usul").annotate(rp=Sum("biaya"))
    per = {(source, usul): rupiah or 0 for source, usul, rupiah in sums}
    return [
        PaguPosition(
            p.sumber_dana,
            p.jumlah,
            sum(per.get((p.sumber_dana_id, k), 0) for k in SEPAKAT),
            per.get((p.sumber_dana_id, Keputusan.CADANGAN), 0),
            [],
        )
        for p in pagu
    ]


@dataclass(frozen=True)
class Ticked:
    """Ticked works of one funding source: their number and cost, and where the ceiling would stand with them agreed.

    ``pagu`` is None for a source without a ceiling; ``others`` is what is agreed beside them. Rupiah.
    """

    nama: str
    n: int
    rp: int
    pagu: int | None
    others: int

    @property
    def left(self) -> int | None:
        """What would be left under the ceiling; below zero when too much is ticked."""
        return None if self.pagu is None else self.pagu - self.others - self.rp


def sum_ticked(musrenbang: Musrenbang, baris: list[int], *, proposed: bool) -> list[Ticked]:
    """Return what ticked rows cost by funding source, against each ceiling (three queries).

    ``proposed``: amounts and outcomes are those that the groups propose, otherwise those of the plan itself.
    """
    position = list_pagu_proposed(musrenbang) if proposed else list_pagu(musrenbang, rule=False)
    rows = BarisRkp.objects.filter(rkp__musrenbang=musrenbang, pk__in=baris).exclude(keputusan=Keputusan.DIGABUNG)
    read = ("sumber_dana", "sumber_dana__nama", "biaya", "keputusan", "usulan_kelompok__biaya", "usulan_kelompok__usul")
    per: dict[tuple[int | None, str], list[tuple[int, bool]]] = {}
    for pk, nama, biaya, keputusan, proposed_biaya, usul in rows.order_by("sumber_dana__nama").values_list(*read):
        rupiah, outcome = (proposed_biaya or biaya, usul or "") if proposed else (biaya, keputusan)
        per.setdefault((pk, fund(nama or "") or "Sumber dana belum ditentukan"), []).append(
            (rupiah or 0, outcome in SEPAKAT)
        )
    ceilings = {p.sumber.pk: p for p in position}
    result = []
    for (pk, nama), content in per.items():
        p, counted = ceilings.get(pk or 0), sum(rupiah for rupiah, agreed in content if agreed)
        others = p.sepakat - counted if p else 0
        result.append(Ticked(nama, len(content), sum(rupiah for rupiah, _ in content), p.pagu if p else None, others))
    return result


def excess(musrenbang: Musrenbang, sumber: int, pagu: int) -> tuple[list[BarisRkp], str]:
    """Return the agreed works of a source that the rule puts into reserve, and by which order (one query)."""
    agreed = BarisRkp.objects.filter(
        rkp__musrenbang=musrenbang, sumber_dana=sumber, keputusan__in=SEPAKAT, biaya__isnull=False
    )
    baris = {
        b.pk: b
        for b in agreed.select_related("desa").annotate(
            prioritas=Min("sumber__usulan__prioritas_desa"), tempat=F("usulan_kelompok__peringkat")
        )
    }
    calon = [Calon(b.pk, b.nomor, b.biaya or 0, b.prioritas, b.tempat, b.skor) for b in baris.values()]
    return [baris[c.kunci] for c in choose_excess(calon, pagu)], order_words(calon)


@dataclass(frozen=True)
class BarisRekap:
    """One line of a recap: number and rupiah of all works and of the agreed ones.

    ``tanpa_biaya`` of all, and ``tanpa_biaya_sepakat`` of the agreed ones, have no amount: the rupiah lack theirs.
    """

    nama: str
    n: int
    rp: int
    n_sepakat: int
    rp_sepakat: int
    tanpa_biaya: int = 0
    tanpa_biaya_sepakat: int = 0


DESA = "desa"
"""Not a column: a work may be several desa's or the kecamatan's own, so ``sum_by_desa`` reads it."""

REKAP = {
    "Bidang": "bidang__nama",
    "SKPD": "skpd__nama",
    "Desa": DESA,
    "Sumber dana": "sumber_dana__nama",
}


def recap(musrenbang: Musrenbang) -> dict[str, list[BarisRekap]]:
    """Return the plan summed by bidang, SKPD, desa and source; every recap has the same total (five queries)."""
    return {
        judul: recap_of(BarisRkp.objects.filter(rkp__musrenbang=musrenbang), column) for judul, column in REKAP.items()
    }


def recap_of(baris: QuerySet[BarisRkp] | QuerySet[BarisVersi], kolom: str) -> list[BarisRekap]:
    """Return works and agreed works by one column (one query); rows merged into others count in those."""
    everything = sum_by_desa(baris) if kolom == DESA else {("", nama): j for nama, j in sum_by(baris, kolom).items()}
    per = {nama: j for (_, nama), j in everything.items() if j.semua.n or j.semua.rp}
    name = fund if kolom == REKAP["Sumber dana"] else str
    return [
        BarisRekap(
            name(nama or "") or "Belum ditentukan",
            j.semua.n,
            j.semua.rp,
            j.sepakat.n,
            j.sepakat.rp,
            j.semua.tanpa_biaya,
            j.sepakat.tanpa_biaya,
        )
        for nama, j in per.items()
    ]
