"""Which SKPD a work belongs to: by tupoksi keywords, the kamus, and what was decided before. Pure."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from usulan import duties
from usulan.history import UKURAN, UMUM, History, plain, words
from usulan.spelling import Spelling

BATAS_YAKIN = 0.75
"""A suggestion needs at least this confidence; below it a person chooses. Measured in ``bench/sorting.py``."""

PUTUSAN_TERBARU = 4_000
"""How many of the newest sorted works tell how a kabupaten shares works; more only cost time."""
DARI_PROGRAM = 0.7
"""The most that a programme code alone may speak for an SKPD: less than what is offered as an answer."""
SESUDAH_TEMPAT = 0.3
"""What a keyword weighs after a word that begins a place or a purpose: "jalan menuju puskesmas" is a road."""
PENANDA = frozenset(
    {
        "menuju",
        "ke",
        "di",
        "dari",
        "depan",
        "dekat",
        "samping",
        "belakang",
        "sekitar",
        "sepanjang",
        "arah",
        "pada",
        "lokasi",
        "untuk",
        "bagi",
        "antara",
        "batas",
    }
)
BUKAN_PEKERJAAN = 0.1
"""What a word of the way of paying or of the receivers weighs beside the work itself: "bansos RTLH" is housing."""
BELUM_DIPUTUSKAN = 0.7
"""What a keyword may speak for an SKPD while the kabupaten has not said who does such works; less than is offered."""
LAIN = -1
"""In place of an SKPD: an office that the kabupaten's list does not have."""
SALAH_EJA = 0.4
"""What a keyword weighs that was found by mending a word: alone it is shown, but a person chooses."""


@dataclass(frozen=True)
class Kunci:
    """A tupoksi keyword, the SKPD it points to, the programme of such work; ``kantor``: an office not in the list."""

    kata: str
    skpd: int
    program: str = ""
    kantor: str = ""


@dataclass(frozen=True)
class Suggestion:
    """The SKPD that a work probably belongs to, how sure that is (0 to 1), and why, in words.

    ``jenis``: the kind of shared work about which the kabupaten is asked; ``kantor``: the office, when its list has no
    such SKPD (``skpd`` is LAIN then).
    """

    skpd: int
    keyakinan: float
    sebab: str
    program: str = ""
    jenis: str = ""
    kantor: str = ""

    @property
    def in_list(self) -> int | None:
        """The SKPD, or None for an office that the list does not have."""
        return None if self.skpd == LAIN else self.skpd

    @property
    def yakin(self) -> bool:
        """Whether it may be offered as the answer; otherwise the work waits for a person."""
        return self.skpd != LAIN and self.keyakinan >= BATAS_YAKIN


@dataclass(frozen=True)
class _Match:
    kunci: Kunci
    letak: int
    bobot: float


def programme_code(program: str) -> str:
    """Return the code before a programme's name, ``1.03.10``; blank without one."""
    kode = re.match(r"\d\.\d\d\.\d\d\b", program)
    return kode[0] if kode else ""


class Sorter:
    """Suggests an SKPD for a title from what a kabupaten knows.

    ``kunci``: tupoksi keywords; ``dictionary``: (standard work, SKPD); ``riwayat``: (title, SKPD) of works that people
    sorted before, the newest first; ``other``: (word, office) of offices that the list of SKPD does not have.
    Longer keywords win over shorter ones inside them ("jalan usaha tani" over "jalan"), earlier ones over later ones,
    and what was decided before gains weight as it grows (musrenbang.md section 5).
    """

    def __init__(
        self,
        kunci: Iterable[Kunci],
        dictionary: Iterable[tuple[str, int]] = (),
        riwayat: Iterable[tuple[str, int]] = (),
        other: Iterable[tuple[str, str]] = (),
    ) -> None:
        self._kunci: dict[str, list[tuple[tuple[str, ...], Kunci]]] = defaultdict(list)
        self._program: dict[str, Counter[int]] = {}
        own = [*kunci, *(Kunci(nama, skpd) for nama, skpd in dictionary)]
        has = {k.kata.lower() for k in own}
        outside = [Kunci(word, LAIN, kantor=office) for word, office in other if word not in has]
        for k in (*own, *outside):
            word = tuple(words(k.kata))
            if word:
                self._kunci[word[0]].append((word, k))
                if k.skpd != LAIN:
                    self._program.setdefault(programme_code(k.program), Counter())[k.skpd] += 1
        riwayat = list(riwayat)
        self._riwayat = History(riwayat)
        everything = (
            {w for pattern in self._kunci.values() for word, _ in pattern for w in word} | UMUM | self._riwayat.words
        )
        self._ejaan = Spelling(everything)
        self._sudah_diputuskan = riwayat[:PUTUSAN_TERBARU]
        self._putusan_terbaca: duties.Putusan | None = None

    def by_program(self, program: str, bukan: frozenset[int] = frozenset()) -> Suggestion | None:
        """Return the SKPD whose works fall under a programme ("1.03.10 ..."), or None when it says nothing.

        Never sure enough by itself: several agencies may work under one programme.
        """
        kode = programme_code(program)
        own = {s: n for s, n in self._program.get(kode, {}).items() if s not in bukan} if kode else {}
        if not own:
            return None
        skpd = max(own, key=lambda s: (own[s], -s))
        return Suggestion(skpd, round(DARI_PROGRAM * own[skpd] / sum(own.values()), 3), f"kode program {kode}", program)

    def fits(self, skpd: int, program: str) -> bool:
        """Tell whether an SKPD has works under a programme; a programme that no keyword knows fits everybody."""
        kode = programme_code(program)
        return not kode or skpd in self._program.get(kode, {skpd: 1})

    def match(self, text: str) -> Kunci | None:
        """Return the keyword that decides, or None."""
        matching = self._matches(words(text))
        return max(matching, key=lambda c: c.bobot).kunci if matching else None

    def propose(self, text: str, bukan: frozenset[int] = frozenset()) -> Suggestion | None:
        """Return the most probable SKPD, or None when nothing speaks for any. ``bukan``: those that said "not ours"."""
        return next(iter(self.rank(text, bukan)), None)

    def kind(self, text: str) -> str:
        """Return the kind of shared work that a title is about, or ""; see ``fixtures/pembagian_tugas.json``."""
        word = words(text)
        return self._kind(self._matches(word), word)

    @property
    def _putusan(self) -> duties.Putusan:
        """What was decided about shared works; read when the first such work comes, without mending slips."""
        if self._putusan_terbaca is None:
            jenis = {}
            for text in {t for t, _ in self._sudah_diputuskan}:
                word = words(text)
                jenis[text] = self._kind(self._matches(word, mend=False), word)
            self._putusan_terbaca = duties.Putusan((jenis[t], s) for t, s in self._sudah_diputuskan if jenis[t])
        return self._putusan_terbaca

    @staticmethod
    def _kind(matching: list[_Match], word: list[str]) -> str:
        peak = max(matching, key=lambda c: c.bobot, default=None)
        end = peak.letak + len(words(peak.kunci.kata)) if peak else len(word)
        jenis = duties.load().kind_of_phrase(word, end)
        if jenis or peak is None:
            return jenis
        core = words(peak.kunci.kata)
        bare = not set(word) - set(core) - UMUM - UKURAN
        return duties.load().kind(" ".join(core), programme_code(peak.kunci.program), plain=bare)

    def rank(self, text: str, bukan: frozenset[int] = frozenset()) -> list[Suggestion]:
        """Return every SKPD that something speaks for, the most probable first."""
        word = words(text)
        everything = self._matches(word)
        fits = [c for c in everything if c.kunci.skpd not in bukan]
        jenis = self._kind(everything, word)
        from_key, putusan = self._from_keywords(fits, jenis, bukan)
        from_history, heavy = self._riwayat.chances(word, bukan)
        odds = {
            s: (1 - heavy) * from_key.get(s, 0) + heavy * from_history.get(s, 0)
            for s in from_key.keys() | from_history.keys()
        }
        ordered = sorted(odds, key=lambda s: (-odds[s], s))
        question = jenis if jenis and putusan < duties.load().enough(jenis) else ""
        return [
            self._saran(s, odds[s], fits, from_history.get(s, 0) * heavy, (question, putusan if jenis else 0))
            for s in ordered
            if odds[s] > 0
        ]

    def _from_keywords(self, matching: list[_Match], jenis: str, bukan: frozenset[int]) -> tuple[dict[int, float], int]:
        """Return {SKPD: probability} by the keywords; of a shared kind by the decisions about it, and their number."""
        from_key = _share(matching)
        if not jenis:
            return from_key, 0
        part, count = self._putusan.shares(jenis, bukan)
        if not count:
            return {s: p * BELUM_DIPUTUSKAN for s, p in from_key.items()}, 0
        if duties.CUKUP_PUTUSAN <= count < duties.load().enough(jenis):
            part = {s: p * BELUM_DIPUTUSKAN for s, p in part.items()}
        return part, count

    @staticmethod
    def _saran(
        skpd: int, odds: float, matching: list[_Match], from_history: float, sharing: tuple[str, int]
    ) -> Suggestion:
        own = max((c for c in matching if c.kunci.skpd == skpd), key=lambda c: c.bobot, default=None)
        question, putusan = sharing
        reason = [f"kata “{own.kunci.kata}”"] if own else []
        if from_history > 0.2:
            reason.append("usulan serupa yang dipilah sebelumnya")
        if putusan and not question:
            reason.append(f"putusan kabupaten ini untuk pekerjaan sejenis ({putusan})")
        alasan = " dan ".join(reason)
        if question:
            alasan += f"; {question} dibagi tiap kabupaten dengan caranya sendiri, jadi ditanyakan dahulu"
        office = own.kunci.kantor if own else ""
        if office:
            alasan += f": biasanya {office}, yang belum ada di daftar SKPD"
        return Suggestion(skpd, round(odds, 3), alasan.lstrip("; "), own.kunci.program if own else "", question, office)

    def _matches(self, words: list[str], *, mend: bool = True) -> list[_Match]:
        """Return the keywords in the text, none inside a longer one, each with its weight."""
        written, words = words, self._ejaan.correct(words) if mend else words
        calon = [
            (i, len(pattern), k)
            for i, w in enumerate(words)
            for pattern, k in self._kunci.get(w, ())
            if tuple(words[i : i + len(pattern)]) == pattern
        ]
        taken: set[int] = set()
        results = []
        for position, length, kunci in sorted(calon, key=lambda c: (-c[1], -len(c[2].kata), c[0])):
            parts = set(range(position, position + length))
            if parts & taken:
                continue
            taken |= parts
            exact = all(written[i] == words[i] for i in parts)
            results.append(_Match(kunci, position, (2.0 * length + len(kunci.kata) / 12) * (1 if exact else SALAH_EJA)))
        return _by_place(_by_object(results), words)


def _by_object(matching: list[_Match]) -> list[_Match]:
    """Let words of the way of paying and of the receivers weigh little; alone they are no sure sign either."""
    excluded = duties.load().cara_bayar | duties.load().penerima
    thing = any(plain(c.kunci.kata) not in excluded for c in matching)
    pay = duties.load().cara_bayar if not thing else excluded
    return [
        _Match(c.kunci, c.letak, c.bobot * (BUKAN_PEKERJAAN if plain(c.kunci.kata) in pay else 1)) for c in matching
    ]


def _by_place(matching: list[_Match], words: list[str]) -> list[_Match]:
    """Let what comes first weigh most, and what stands after a word of place or purpose little."""
    excluded = duties.load().cara_bayar | duties.load().penerima
    place = next((i for i, w in enumerate(words) if i and w in PENANDA), len(words))
    return [
        _Match(c.kunci, c.letak, c.bobot * (0.7**ordered) * (SESUDAH_TEMPAT if c.letak > place else 1))
        for ordered, c in enumerate(sorted(matching, key=lambda c: (plain(c.kunci.kata) in excluded, c.letak)))
    ]


def _share(matching: list[_Match]) -> dict[int, float]:
    """Return each SKPD's share of the weight; a little is kept back, because one short word is weak evidence."""
    bobot: Counter[int] = Counter()
    for c in matching:
        bobot[c.kunci.skpd] += c.bobot  # type: ignore[assignment]
    everything = sum(bobot.values()) + 0.45
    return {s: b / everything for s, b in bobot.items()}
