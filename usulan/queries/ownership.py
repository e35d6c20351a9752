"""Proposals by desa, where one may be several desa's or the kecamatan's own."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from musrenbang.models import Desa
from usulan.models import Usulan, UsulanOrigin
from usulan.ownership import Coverage, DesaShare

BUKAN_DESA = (UsulanOrigin.SKPD, UsulanOrigin.KECAMATAN)


def proposing_desa(acara: Collection[int]) -> dict[int, set[int]]:
    """Return {event: the desa that proposed anything, alone or with others} (at most two queries).

    What an SKPD or the kecamatan proposes for a desa is no proposal of that desa.
    """
    usulan = Usulan.objects.filter(musrenbang__in=acara).exclude(asal__in=BUKAN_DESA).order_by()
    result: dict[int, set[int]] = {}
    all_rows = list(usulan.exclude(cakupan=Coverage.KECAMATAN).values_list("musrenbang", "desa", "bersama").distinct())
    kunci = dict(
        Desa.objects.filter(kode__in={k for *_, content in all_rows for k in content}).values_list("kode", "pk")
    )
    for m, desa, together in all_rows:
        result.setdefault(m, set()).update([desa] if desa else [kunci[kode] for kode in together if kode in kunci])
    return result


@dataclass
class UsulanDesa:
    """What a recap has under one desa: each proposal with its part, and their sums (works once, whole rupiah)."""

    kode: str
    nama: str
    isi: list[tuple[Usulan, DesaShare]] = field(default_factory=list)

    @property
    def n(self) -> int:
        """The proposals that are counted here."""
        return sum(b.n for _, b in self.isi)

    @property
    def ikut(self) -> int:
        """The shared proposals that stand here with a part but are counted at another desa."""
        return len(self.isi) - self.n

    @property
    def rp(self) -> int:
        """The rupiah that are known."""
        return sum(b.rp or 0 for _, b in self.isi)


def group_by_desa(usulan: Iterable[Usulan]) -> list[UsulanDesa]:
    """Return the proposals by desa in the order given, the kecamatan's own last; a shared one stands at each of its."""
    per: dict[str, UsulanDesa] = {}
    for u in usulan:
        for b in u.parts(u.biaya):
            per.setdefault(b.kode, UsulanDesa(b.kode, b.nama)).isi.append((u, b))
    return sorted(per.values(), key=lambda d: (not d.kode, d.kode))
