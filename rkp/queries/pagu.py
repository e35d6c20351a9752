"""Sums of the plan, and what is agreed against the ceiling."""

import hashlib
from dataclasses import dataclass

from django.db.models import Count, Min, Q, Sum

from musrenbang.models import Musrenbang, PaguKecamatan, SumberDana
from rkp.models import SEPAKAT, BarisRkp, Keputusan
from rkp.pagu import Calon, choose_excess


@dataclass(frozen=True)
class PosisiPagu:
    """One funding source: its ceiling and what is agreed and in reserve for it, in rupiah."""

    sumber: SumberDana
    pagu: int
    sepakat: int
    cadangan: int
    keluar: list[BarisRkp]

    @property
    def sisa(self) -> int:
        """What is left; below zero when too much is agreed."""
        return self.pagu - self.sepakat

    @property
    def sidik(self) -> str:
        """Digest of what would go into reserve: the person confirms exactly what was shown."""
        return hashlib.sha256(",".join(f"{b.pk}:{b.versi}" for b in self.keluar).encode()).hexdigest()[:16]


def list_pagu(musrenbang: Musrenbang) -> list[PosisiPagu]:
    """Return every source that has a ceiling, with the works that the rule would put into reserve (three queries)."""
    pagu = list(PaguKecamatan.objects.filter(musrenbang=musrenbang).select_related("sumber_dana"))
    baris = BarisRkp.objects.filter(rkp__musrenbang=musrenbang, sumber_dana__in=[p.sumber_dana_id for p in pagu])
    per = {
        j["sumber_dana"]: j
        for j in baris.order_by()
        .values("sumber_dana")
        .annotate(
            sepakat=Sum("biaya", filter=Q(keputusan__in=SEPAKAT), default=0),
            cadangan=Sum("biaya", filter=Q(keputusan=Keputusan.CADANGAN), default=0),
        )
    }
    hasil = []
    for p in pagu:
        jumlah = per.get(p.sumber_dana_id, {"sepakat": 0, "cadangan": 0})
        keluar = excess(musrenbang, p.sumber_dana_id, p.jumlah) if jumlah["sepakat"] > p.jumlah else []
        hasil.append(PosisiPagu(p.sumber_dana, p.jumlah, jumlah["sepakat"], jumlah["cadangan"], keluar))
    return hasil


def excess(musrenbang: Musrenbang, sumber: int, pagu: int) -> list[BarisRkp]:
    """Return the agreed works of a source that the rule puts into reserve, in that order (one query)."""
    sepakat = BarisRkp.objects.filter(
        rkp__musrenbang=musrenbang, sumber_dana=sumber, keputusan__in=SEPAKAT, biaya__isnull=False
    )
    baris = {
        b.pk: b
        for b in sepakat.select_related("desa").annotate(prioritas=Min("sumber__usulan__prioritas_desa"))
    }  # fmt: skip
    calon = [Calon(b.pk, b.nomor, b.biaya or 0, b.prioritas) for b in baris.values()]
    return [baris[c.kunci] for c in choose_excess(calon, pagu)]


@dataclass(frozen=True)
class BarisRekap:
    """One line of a recap: number and rupiah of all works and of the agreed ones."""

    nama: str
    n: int
    rp: int
    n_sepakat: int
    rp_sepakat: int


REKAP = {
    "Bidang": "bidang__nama",
    "SKPD": "skpd__nama",
    "Desa": "desa__nama",
    "Sumber dana": "sumber_dana__nama",
}


def recap(musrenbang: Musrenbang) -> dict[str, list[BarisRekap]]:
    """Return the plan summed by bidang, SKPD, desa and source; every recap has the same total (four queries)."""
    baris = BarisRkp.objects.filter(rkp__musrenbang=musrenbang).exclude(keputusan=Keputusan.DIGABUNG)
    sepakat = Q(keputusan__in=SEPAKAT)
    hasil = {}
    for judul, kolom in REKAP.items():
        hitung = (
            baris.order_by().values_list(kolom)
            .annotate(
                n=Count("pk"), rp=Sum("biaya", default=0), ns=Count("pk", filter=sepakat),
                rps=Sum("biaya", filter=sepakat, default=0),
            )
            .order_by(kolom)
        )  # fmt: skip
        hasil[judul] = [BarisRekap(nama or "Belum ditentukan", *angka) for nama, *angka in hitung]
    return hasil
