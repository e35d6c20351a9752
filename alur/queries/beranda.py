"""The home page: what is mine to do now."""

from dataclasses import dataclass, field

from alur.queries.papan import step_messages
from alur.tahap import TAHAP
from musrenbang.akses import list_musrenbang_for, speak_of_one
from musrenbang.models import Keanggotaan, Musrenbang, Pengguna
from musrenbang.papan import StepMessage
from musrenbang.rules import may
from musrenbang.sidang.queries.sesi import adjourned_words
from musrenbang.states import Moved, Peran, Tahap, moves_from


@dataclass
class Duty:
    """One event on a person's home page: the next step, and what this person can work on now."""

    musrenbang: Musrenbang
    langkah: Moved | None
    milik_saya: bool
    menunggu: str
    pekerjaan: list[tuple[str, str]] = field(default_factory=list)
    pesan: StepMessage | None = None
    berhenti: str = ""


MEMBACA_PESAN = frozenset({Peran.CAMAT, Peran.SEKCAM, Peran.PMD, Peran.BAPPEDA, Peran.ADMIN})
"""Who reads on the home page why an event came back."""


def list_duties(user: Pengguna) -> list[Duty]:
    """Return the home page: events in which the next step is this person's come first. Six queries."""
    anggota = list(Keanggotaan.objects.filter(pengguna=user).select_related("desa", "skpd"))
    acara = list(list_musrenbang_for(user, anggota))
    speak_of_one(acara)
    message = step_messages(acara)
    adjourned = adjourned_words(acara)
    tasks = [_duty(m, _peran_in(user, m, anggota), message.get(m.pk), adjourned.get(m.pk, "")) for m in acara]
    return sorted(tasks, key=lambda t: (not t.milik_saya, not t.pekerjaan, t.musrenbang.tahap == Tahap.SELESAI))


def _peran_in(user: Pengguna, musrenbang: Musrenbang, anggota: list[Keanggotaan]) -> frozenset[str]:
    kecamatan = musrenbang.kecamatan
    peran = {
        a.peran
        for a in anggota
        if a.kecamatan_id == kecamatan.pk
        or a.kabupaten_id == kecamatan.kabupaten_id
        or (a.desa and a.desa.kecamatan_id == kecamatan.pk)
        or (a.skpd and a.skpd.kabupaten_id == kecamatan.kabupaten_id)
    }
    return frozenset(peran | ({Peran.ADMIN} if user.is_superuser else set()))


def _duty(musrenbang: Musrenbang, peran: frozenset[str], message: StepMessage | None, stop: str) -> Duty:
    step = next((p for p in moves_from(musrenbang.tahap) if not p.mundur), None)
    return Duty(
        musrenbang=musrenbang,
        langkah=step,
        milik_saya=bool(step and step.peran & peran),
        menunggu=", ".join(sorted(str(Peran(p).label) for p in step.peran)) if step else "",
        pekerjaan=[
            (h.label, h.url(musrenbang)) for h in TAHAP[Tahap(musrenbang.tahap)].pekerjaan if may(h.izin, peran)
        ],
        pesan=message if peran & MEMBACA_PESAN else None,
        berhenti=stop,
    )
