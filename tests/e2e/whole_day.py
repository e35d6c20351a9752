"""A day of 120 works, 4 groups and 80 people through what the pages offer, counted: clicks, keys, loads, modelled seconds.

No test of the suite (it takes a minute): ``DEBUG=1 MODE_LATIHAN=1 .venv/bin/pytest -n 0 -s tests/e2e/whole_day.py``.
The table stands in bench/hasil_lain.md. A key takes 0.28 s, pointing 1.1 s, a thought 1.35 s (keystroke-level model);
a choice in a list is pointed at twice. What people say to each other in between is not counted.
"""

from contextlib import contextmanager

from musrenbang.sidang.models import Kehadiran, Undangan
from rkp.models import BarisRkp, Keputusan, StatusKelompok, UsulanKelompok
from rkp.queries.kelompok import list_kelompok
from tests.e2e.steps import M
from tests.e2e.test_grids import KEY, POINT, THINK, Hands

PEOPLE, WORKS = 80, 120


def tell(name, clicks, keys, loads, seconds):
    """Print one row of the table."""
    print(f"| {name} | {clicks} | {keys} | {loads} | {seconds:.0f} |")  # noqa: T201 -- the measure is asked for


class Counted(Hands):
    """Somebody at keyboard and mouse, counted by stage."""

    def __init__(self, p):
        super().__init__(p)
        self.p, self.clicks, self.table = p, 0, []

    def click(self, what):
        self.page.locator(what).first.click()
        self.clicks += 1

    def send(self, what):
        with self.page.expect_navigation():
            self.click(what)

    def choose(self, what, index):
        self.page.locator(what).select_option(index=index)
        self.clicks += 2
        self.thinks += 1

    @contextmanager
    def stage(self, name):
        before = self.used
        yield
        clicks, keys, loads, waits = (a - b for a, b in zip(self.used, before, strict=True))
        row = (clicks, keys, loads, clicks * POINT + keys * KEY + waits * THINK)
        self.table.append(row)
        tell(name, *row)

    @property
    def used(self):
        return self.clicks, self.keys, self.loads, self.thinks

    def tab(self, part):
        self.send(f"header a[href$='{part}'], nav a[href$='{part}']")

    def move(self, ke):
        self.tab(f"{M}/")
        self.send(f"form:has(input[name=ke][value='{ke}']) button")


def arrive(day, acara):
    """Everybody with a code: the code and Enter."""
    codes = list(Undangan.objects.filter(musrenbang=acara).exclude(nama="").values_list("kode", flat=True)[:PEOPLE])
    assert len(codes) == PEOPLE
    day.p.buka(f"{M}/kehadiran/")
    box = "#undangan"
    day.click(box)
    for n, code in enumerate(codes, 1):
        if not day.page.locator(box).evaluate("e => e === document.activeElement"):
            day.click(box)
        day.decide()
        day.type(code)
        day.press("Enter")
        for _ in range(200):
            if Kehadiran.objects.filter(musrenbang=acara).count() == n:
                break
            day.page.wait_for_timeout(25)
        day.page.wait_for_function("b => document.querySelector(b).value === ''", arg=box)


def seat(day, acara):
    """Groups by bidang, a chair and a note taker each."""
    day.tab(f"{M}/rkp/")
    day.tab(f"{M}/rkp/kelompok/")
    day.send("form[action$='/kelompok/bentuk/'] button")
    for h in list_kelompok(acara):
        day.page.goto(f"{day.p.alamat}{M}/rkp/kelompok/{h.kelompok.pk}/anggota/")
        day.clicks += 2  # the group, its members
        day.choose("#id_ketua", 1)
        day.choose("#id_notulis", 2)
        day.send("main form[data-jaga] button")


def decide(day, rows):
    """Decide every row by keys; what has no cost is not agreed, and the reason is typed once."""
    day.page.locator("#kisi td[tabindex='0']").focus()
    day.clicks += 1
    asked = False
    for row in rows:
        if row.baris.biaya:
            day.decide("1")
        elif asked:
            day.decide("4", "Enter")
        else:
            day.decide("4", "d", "Tab")
            day.type("RAB belum dibuat")
            day.press("Enter")
            asked = True
    day.saved()


def score(day, n):
    """Give each row six scores by digits."""
    day.press("Control+Home", *["ArrowRight"] * 5)
    for i in range(n * 6):
        day.decide(str(i % 5 + 1))
    day.saved()


def discuss(day, kelompok, rows):
    """One group from its page to its signature."""
    n = len(rows)
    with day.stage(f"{kelompok.nama}: {n} keputusan"):
        day.page.goto(f"{day.p.alamat}{M}/rkp/kelompok/{kelompok.pk}/")
        decide(day, rows)
    proposals = UsulanKelompok.objects.filter(kelompok=kelompok).exclude(usul="")
    assert proposals.count() == n
    kept = sum(bool(row.baris.biaya) for row in rows)  # what is not agreed is not scored
    with day.stage(f"{kelompok.nama}: {kept} x 6 skor"):
        score(day, kept)
    assert sum(len(u.nilai) == 6 for u in proposals) == kept
    with day.stage(f"{kelompok.nama}: dikunci"):
        day.page.reload()
        day.send("button[form='tandatangan']")
    kelompok.refresh_from_db()
    assert kelompok.status == StatusKelompok.SELESAI


def agree(day, acara):
    """The plenary takes the groups' results over, and puts what exceeds the ceiling in reserve."""
    day.tab(f"{M}/rkp/")
    day.tab(f"{M}/rkp/pleno/")
    for _ in list_kelompok(acara):
        day.send("button[form^='terima-']")
        day.clicks += 1  # the question is answered
    day.tab(f"{M}/rkp/rekap/")
    while day.page.locator("form[action$='/cadangan/'] button, form:has(input[name=sumber]) button").count():
        day.send("form[action$='/cadangan/'] button, form:has(input[name=sumber]) button")
        day.clicks += 1
    assert not BarisRkp.objects.filter(rkp__musrenbang=acara, keputusan=Keputusan.BELUM_DIBAHAS).exists()


def test_a_day_of_120_works(demo, browser_client):
    acara = demo("siap", WORKS)
    p = browser_client()
    p.masuk("sekcam")
    p.buka(f"{M}/")
    day = Counted(p)
    with day.stage("Membuka sidang"):
        day.move("pembukaan")
    with day.stage(f"Pendaftaran {PEOPLE} orang"):
        arrive(day, acara)
    with day.stage("Sampai pembahasan draf"):
        day.move("pemaparan")
        day.move("pembahasan")
    with day.stage("Membentuk 4 kelompok"):
        seat(day, acara)
    with day.stage("Mulai diskusi"):
        day.move("kelompok")
    for h in list_kelompok(acara):
        discuss(day, h.kelompok, h.baris)
    with day.stage("Pleno sampai semua diputuskan"):
        day.move("pleno")
        agree(day, acara)
    tell("Seluruhnya", *(sum(column) for column in zip(*day.table, strict=True)))
