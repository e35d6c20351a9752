"""The home page: what is mine to do now."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from alur.queries.board import step_messages
from alur.queries.duties import Counted, Key, OwnProposals, count_work, key_of, own_proposals, work_words
from alur.tahap import TAHAP
from musrenbang.akses import list_musrenbang_for, speak_of_one
from musrenbang.board import Halaman, StepMessage
from musrenbang.models import Keanggotaan, Musrenbang, Pengguna
from musrenbang.rules import may
from musrenbang.sidang.queries.sesi import adjourned_words
from musrenbang.states import Moved, Peran, Tahap, moves_from
from usulan.halaman import IMPOR


@dataclass
class Duty:
    """One event on a person's home page: the next step, and what this person can work on now.

    ``pekerjaan``: (words, address, what waits in numbers); what is done is left out.
    """

    musrenbang: Musrenbang
    langkah: Moved | None
    milik_saya: bool
    menunggu: str
    pekerjaan: list[tuple[str, str, str]] = field(default_factory=list)
    pesan: StepMessage | None = None
    berhenti: str = ""
    usulan_desa: OwnProposals | None = None


MEMBACA_PESAN = frozenset({Peran.CAMAT, Peran.SEKCAM, Peran.PMD, Peran.BAPPEDA, Peran.ADMIN})
"""Who reads on the home page why an event came back."""


def list_duties(user: Pengguna) -> list[Duty]:
    """Return the home page: events in which the next step is this person's come first. A constant number of queries."""
    anggota = list(Keanggotaan.objects.filter(pengguna=user).select_related("desa", "skpd"))
    acara = list(list_musrenbang_for(user, anggota))
    speak_of_one(acara)
    message = step_messages(acara)
    adjourned = adjourned_words(acara)
    peran = {m.pk: _peran_in(user, m, anggota) for m in acara}
    pages = {m.pk: [h for h in TAHAP[Tahap(m.tahap)].pekerjaan if may(h.izin, peran[m.pk])] for m in acara}
    waiting, own = count_work(pages), own_proposals(acara, {a.desa.kode for a in anggota if a.desa})
    tasks = []
    for m in acara:
        one = _duty(m, peran[m.pk], message.get(m.pk), adjourned.get(m.pk, ""))
        one.usulan_desa = own.get(m.pk)
        one.pekerjaan = list(_work(m, pages[m.pk], waiting, one.usulan_desa if peran[m.pk] <= {Peran.DESA} else None))
        tasks.append(one)
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


def _work(
    musrenbang: Musrenbang, pages: list[Halaman], waiting: dict[Key, Counted], own: OwnProposals | None
) -> Iterator[tuple[str, str, str]]:
    """Yield the work that is left. ``own``: of somebody of a desa alone, whose list is in once it is stored."""
    for page in pages:
        n = waiting.get(key_of(page), {}).get(musrenbang.pk, 0)
        words = work_words(page, n)
        if words is None or (key_of(page) == key_of(IMPOR) and own and own.usulan and not n):
            continue
        yield page.label, page.url(musrenbang), words


def _duty(musrenbang: Musrenbang, peran: frozenset[str], message: StepMessage | None, stop: str) -> Duty:
    step = next((p for p in moves_from(musrenbang.tahap) if not p.mundur), None)
    return Duty(
        musrenbang=musrenbang,
        langkah=step,
        milik_saya=bool(step and step.peran & peran),
        menunggu=", ".join(sorted(str(Peran(p).label) for p in step.peran)) if step else "",
        pesan=message if peran & MEMBACA_PESAN else None,
        berhenti=stop,
    )
