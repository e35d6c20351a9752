"""What is said beside a field while typing is what the server reads: both readers are asked the same, in a real browser."""

from datetime import date, timedelta
from random import Random

from django.core.exceptions import ValidationError

from musrenbang.format import date_text
from musrenbang.forms.numbers import RupiahField
from musrenbang.reading import read_date, read_time
from tests.e2e.conftest import TELEPON
from tests.test_arsitektur import ROOT

ASK = """([sums, days, hours]) => [
  sums.map(t => { const n = isian.rupiah(t); return n === null ? null : Number(n); }),
  days.map(t => { const d = isian.tanggal(t, 2026); return d && (d.salah || d.teks); }),
  hours.map(isian.jam),
]"""


FIELDS = """<input id="b" data-isian="rupiah" placeholder="misalnya 150 jt">
<input id="t" data-isian="tanggal" data-tahun="2026">"""


def _sum(text):
    try:
        return RupiahField(required=False).clean(text)
    except ValidationError:
        return None


def _day(text):
    try:
        day = read_date(text, 2026)
    except ValueError as error:
        return str(error)
    return day and date_text(day)


def _hour(text):
    hour = read_time(text)
    return hour and f"{hour:%H.%M}"


def _sums(random):
    before = ["", "Rp ", "Rp.", "idr ", "± ", "sekitar ", "-"]
    after = ["", " jt", "juta", " M", "rb", ",-", " rupiah", " x", "e3"]
    for _ in range(600):
        n = random.choice([random.randint(0, 999), random.randint(0, 10**7), random.randint(0, 10**15)])
        marked = [f"{n:,}".replace(",", mark) for mark in ",. "]
        figure = random.choice([str(n), *marked, f"{n},5", f"{n}.25", f"{n},0005"])
        yield random.choice(before) + figure + random.choice(after)


def _days(random):
    names = ["feb", "Februari", "pebruari", "agt", "agustus", "mei", "nop", "Desember", "xyz", "12", "13", "2"]
    for _ in range(400):
        day = date(1900, 1, 1) + timedelta(days=random.randint(0, 73_000))
        month = random.choice(names)
        shapes = [date_text(day), f"{day:%d/%m/%y}", day.isoformat(), f"{day.day} {month}", f"{day.day}-{month}-26"]
        yield random.choice(["", "Senin, ", "jum'at ", "minggu "]) + random.choice(shapes)


def _hours(random):
    for _ in range(150):
        mark, minute = random.choice([".", ":", ",", "", " "]), random.choice(["30", "5", "00", "61"])
        yield f"{random.choice(['', 'pukul '])}{random.randint(0, 26)}{mark}{minute}"


def test_the_page_and_the_server_read_the_same(chromium):
    random = Random(7)
    asked = [list(_sums(random)), list(_days(random)), list(_hours(random))]
    page = chromium.new_page(viewport=TELEPON)
    page.set_content(FIELDS)
    page.add_script_tag(path=ROOT / "static/js/isian.js")
    answers = page.evaluate(ASK, asked)
    for texts, answer, reader in zip(asked, answers, (_sum, _day, _hour), strict=True):
        assert [(t, a) for t, a in zip(texts, answer, strict=True) if a != reader(t)] == []
        assert 20 < sum(a is not None for a in answer) < len(answer), "both kinds were asked"
    page.locator("#b").press_sequentially("200 jt")
    assert page.locator("#b + output").inner_text() == "Rp200.000.000"
    page.locator("#t").press_sequentially("9 feb")
    assert page.locator("#t + output").inner_text() == "Senin, 9 Februari 2026"
    page.locator("#b").fill("banyak")
    page.locator("#b").blur()
    assert "Belum terbaca" in page.locator("#b + output").inner_text()
    page.close()
