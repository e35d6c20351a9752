"""What the plan shows on the projector."""

from musrenbang.models import Musrenbang
from musrenbang.persiapan.queries import pagu_for
from musrenbang.sidang.panel import Panel, PanelKind
from musrenbang.states import Tahap, is_past
from rkp.models import SEPAKAT, BarisRkp, Kelompok, Keputusan, Rkp
from rkp.queries.baris import group_by_bidang, rows
from rkp.queries.content import DAPAT_BERUBAH, changeable_content
from rkp.queries.kelompok import list_kelompok


def usulan(musrenbang: Musrenbang, acuan: int | None) -> Panel:
    """One work: as it was proposed and as it is now, its decision with the reason."""
    rkp = Rkp.objects.filter(musrenbang=musrenbang).first()
    baris = rows(rkp).filter(pk=acuan).first() if rkp and acuan else None
    differences = []
    if baris:
        current = changeable_content(baris)
        differences = [nama for nama in DAPAT_BERUBAH if current[nama] != baris.semula[nama]]
    origin = baris.sumber.select_related("usulan__desa") if baris else []
    return Panel("Kegiatan yang dibahas", "layar/usulan.html", {"b": baris, "beda": differences, "asal": origin})


def bidang(musrenbang: Musrenbang, acuan: int | None) -> Panel:
    """Works and money per bidang, what is decided so far, and the pagu bar."""
    rkp = Rkp.objects.filter(musrenbang=musrenbang).first()
    baris = list(rows(rkp)) if rkp else []
    kelompok = [
        {
            "bidang": k.bidang,
            "n": k.n,
            "rp": k.jumlah,
            "tanpa": k.tanpa_biaya,
            "putus": sum(b.keputusan not in (Keputusan.BELUM_DIBAHAS, Keputusan.DIGABUNG) for b in k.baris),
            "sepakat": _agreed(k.baris),
        }
        for k in group_by_bidang(baris)
    ]
    agreed, pagu = _agreed(baris), sum(pagu_for(musrenbang).values())
    context = {"kelompok": kelompok, "sepakat": agreed, "pagu": pagu, "sisa": pagu - agreed}
    return Panel("Draf RKP per bidang", "layar/bidang.html", context)


def _agreed(baris: list) -> int:
    return sum(b.biaya or 0 for b in baris if isinstance(b, BarisRkp) and b.keputusan in SEPAKAT)


def kelompok(musrenbang: Musrenbang, acuan: int | None) -> Panel:
    """What each group has: decided, money before and after; for the plenary."""
    context = {"hasil": list_kelompok(musrenbang), "menyusul": is_past(Tahap.PLENO, musrenbang.tahap)}
    return Panel("Hasil kelompok", "layar/kelompok.html", context)


def room(musrenbang: Musrenbang, acuan: int | None) -> Panel:
    """The room of one group: how far it is, its sums, and its rows, those still to be discussed first."""
    result = next(iter(list_kelompok(musrenbang, only=acuan)), None) if acuan else None
    rows = sorted(result.baris, key=lambda b: bool(b.usul)) if result else []
    return Panel("Ruang kelompok", "layar/ruang.html", {"h": result, "baris": rows})


def rooms(musrenbang: Musrenbang) -> list[tuple[int, str]]:
    """The groups of the event, for screens in their rooms."""
    return list(Kelompok.objects.filter(musrenbang=musrenbang).values_list("pk", "nama"))


PANEL = {
    "usulan": PanelKind("Kegiatan yang dibahas", usulan),
    "bidang": PanelKind("Draf RKP per bidang", bidang),
    "kelompok": PanelKind("Hasil kelompok", kelompok),
    "ruang": PanelKind("Ruang kelompok", room, offer=rooms),
}
