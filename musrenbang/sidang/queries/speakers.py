"""Who spoke for how long: by person, desa and sex. Only what was recorded with its start and end is counted."""

from collections.abc import Iterable
from dataclasses import dataclass

from musrenbang.models import Musrenbang
from musrenbang.sidang.models import Pembicara, Sex


@dataclass(frozen=True)
class Spoken:
    """One person, desa or sex: how many speeches, and their seconds together."""

    nama: str
    kali: int
    detik: int

    @property
    def lama(self) -> str:
        """The time in words."""
        minutes, seconds = divmod(self.detik, 60)
        return f"{minutes} menit {seconds} detik" if minutes else f"{seconds} detik"


@dataclass(frozen=True)
class SpeakingTime:
    """Everything that was spoken, in three ways; each has the same sum."""

    orang: list[Spoken]
    desa: list[Spoken]
    kelamin: list[Spoken]

    @property
    def jumlah(self) -> Spoken:
        """All of it."""
        return Spoken("Jumlah", sum(s.kali for s in self.kelamin), sum(s.detik for s in self.kelamin))


TANPA_DESA = "Bukan wakil desa"


def speaking_time(musrenbang: Musrenbang) -> SpeakingTime:
    """Return the time that people spoke, the longest first (one query). Who speaks now is counted at the end."""
    rows = (
        Pembicara.objects.filter(agenda__musrenbang=musrenbang, mulai_pada__isnull=False, selesai_pada__isnull=False)
        .select_related("kehadiran__desa")
        .order_by("mulai_pada")
    )
    speeches = [(p.kehadiran, p.selesai_pada - p.mulai_pada) for p in rows if p.mulai_pada and p.selesai_pada]
    timed = [(who, round(length.total_seconds())) for who, length in speeches]
    return SpeakingTime(
        _summed((f"{who.nama}, {who.lembaga}", seconds) for who, seconds in timed),
        _summed((who.desa.sebutan if who.desa else TANPA_DESA, seconds) for who, seconds in timed),
        _summed((Sex(who.jenis_kelamin).label, seconds) for who, seconds in timed),
    )


def _summed(parts: Iterable[tuple[str, int]]) -> list[Spoken]:
    """Add up by name, the longest first."""
    sums: dict[str, tuple[int, int]] = {}
    for name, seconds in parts:
        times, together = sums.get(name, (0, 0))
        sums[name] = (times + 1, together + seconds)
    return sorted((Spoken(n, k, d) for n, (k, d) in sums.items()), key=lambda s: (-s.detik, s.nama))
