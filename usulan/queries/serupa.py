"""Proposals that look alike, and what was merged."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet, Sum

from musrenbang.models import Musrenbang, ProgramMasuk
from usulan.models import BukanDuplikat, BukanProgram, HubunganInduk, Usulan
from usulan.serupa import Naskah, find_similar


@dataclass(frozen=True)
class PasanganMirip:
    """Two proposals side by side, how alike they are in percent, and why."""

    satu: Usulan
    dua: Usulan
    persen: int
    alasan: tuple[str, ...]

    @property
    def berdua(self) -> tuple[Usulan, Usulan]:
        """Both, the one with the lower number first."""
        return (self.satu, self.dua) if self.satu.nomor < self.dua.nomor else (self.dua, self.satu)


def list_similar(musrenbang: Musrenbang) -> list[PasanganMirip]:
    """Return the pairs of proposals that look alike and about which nobody has decided yet (two queries)."""
    semua = {
        u.pk: u
        for u in Usulan.objects.filter(musrenbang=musrenbang, induk=None)
        .exclude(kegiatan="")
        .select_related("desa", "skpd", "impor")
        .defer("impor__hasil", "impor__koreksi", "impor__terapan", "mentah")
    }
    bukan = set(BukanDuplikat.objects.filter(satu__musrenbang=musrenbang).values_list("satu", "dua"))
    naskah = [Naskah(u.pk, u.desa_id, u.kegiatan, u.lokasi) for u in semua.values()]
    return [
        PasanganMirip(semua[p.a], semua[p.b], round(p.nilai * 100), p.alasan)
        for p in find_similar(naskah)
        if (min(p.a, p.b), max(p.a, p.b)) not in bukan
    ]


@dataclass(frozen=True)
class PasanganProgram:
    """A proposal and a programme that may pay it already, how alike they are in percent, and why."""

    usulan: Usulan
    program: ProgramMasuk
    persen: int
    alasan: tuple[str, ...]


def list_paid_candidates(musrenbang: Musrenbang) -> list[PasanganProgram]:
    """Return proposals that look like an incoming programme and about which nobody has decided yet (three queries)."""
    program = {p.pk: p for p in ProgramMasuk.objects.filter(musrenbang=musrenbang).select_related("desa")}
    if not program:
        return []
    usulan = {
        u.pk: u
        for u in Usulan.objects.filter(musrenbang=musrenbang, program=None)
        .exclude(kegiatan="")
        .select_related("desa")
        .defer("mentah")
    }
    bukan = set(BukanProgram.objects.filter(usulan__musrenbang=musrenbang).values_list("usulan", "program"))
    naskah = [Naskah(u.pk, u.desa_id, u.kegiatan, u.lokasi) for u in usulan.values()]
    naskah += [Naskah(-p.pk, p.desa_id or 0, p.nama, p.lokasi) for p in program.values()]
    return [
        PasanganProgram(usulan[b], program[-a], round(p.nilai * 100), p.alasan)
        for p in find_similar(naskah)
        for a, b in [(min(p.a, p.b), max(p.a, p.b))]
        if a < 0 < b and (b, -a) not in bukan
    ]


def list_paid(musrenbang: Musrenbang) -> QuerySet[Usulan]:
    """Return the proposals that a programme was found to pay."""
    dibayar = Usulan.objects.filter(musrenbang=musrenbang, program__isnull=False).select_related("desa", "program")
    return dibayar.defer("mentah").order_by("nomor")


def list_merged(musrenbang: Musrenbang) -> QuerySet[Usulan]:
    """Return the main proposals with what was merged into them."""
    utama = Usulan.objects.filter(musrenbang=musrenbang, anak__isnull=False).distinct().select_related("desa")
    return utama.prefetch_related(Prefetch("anak", Usulan.objects.select_related("desa").order_by("nomor")))


def reconcile(musrenbang: Musrenbang) -> dict[str, int]:
    """Return the money in rupiah: what all desa asked, what was said twice, and what the plan will carry."""
    hitung = Usulan.objects.filter(musrenbang=musrenbang).aggregate(
        diminta=Sum("biaya", default=0), ganda=Sum("biaya", filter=Q(hubungan=HubunganInduk.SAMA), default=0)
    )
    return hitung | {"dibawa": hitung["diminta"] - hitung["ganda"]}
