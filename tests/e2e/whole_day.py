"""A whole day through what the pages offer, counted: clicks, keys, loads and modelled seconds, from the opening to the
signed Berita Acara and its letters. 120 works, 4 groups and 80 people by mouse and keys; a small event by keys alone and
by a finger on a phone.

No tests of the suite (they take minutes): ``make hari``. The table stands in bench/hasil_lain.md. A key takes 0.28 s,
pointing 1.1 s, a thought 1.35 s (keystroke-level model); a choice in a list is pointed at twice. What people say to each
other in between is not counted.
"""

import pytest

from alur.periksa import broken_invariants
from musrenbang.models import Dokumen
from musrenbang.sidang.models import Kehadiran, Undangan
from rkp.models import BarisRkp, Keputusan, StatusKelompok, UsulanKelompok
from rkp.queries.kelompok import list_kelompok
from tests.e2e.conftest import LAPTOP, TELEPON
from tests.e2e.day_hands import Counted, Finger, Keyboard, tell
from tests.e2e.steps import M

PEOPLE, WORKS = 80, 120
REASON = "Kepala desa yang belum hadir mengirim usulannya lewat surat."
NO_COST = ("data_kurang", "RAB belum dibuat")
SEATS = [("Camat", "kecamatan", ""), ("Pengurus BKAD", "bkad", ""), ("Setrawan Kecamatan", "setrawan", "")]
SEATS += [("Tokoh masyarakat", "tokoh", sex) for sex in ("P", "P", "L")]


def invited(acara, people):
    """Return the codes of those who come: whoever is to sit in the delegation first, the others in the list's order."""
    known = list(Undangan.objects.filter(musrenbang=acara).exclude(nama="").exclude(jenis_kelamin="").order_by("pk"))
    first = []
    for _, unsur, sex in SEATS:
        first.append(next(u for u in known if u.unsur == unsur and u.jenis_kelamin in (sex or "LP") and u not in first))
    return [u.kode for u in [*first, *(u for u in known if u not in first)]][:people]


def arrive(day, acara, people):
    """Everybody with a code: the code and Enter."""
    codes = invited(acara, people)
    assert len(codes) == people
    day.tab(f"{M}/kehadiran/")
    box = "#undangan"
    day.page.wait_for_function("() => window.meja && window.meja.daftar")
    day.click(box)
    for n, code in enumerate(codes, 1):
        if not day.page.locator(box).evaluate("e => e === document.activeElement"):
            day.click(box)
        day.decide()
        day.type(code)
        day.press("Enter")
        for _ in range(400):
            if Kehadiran.objects.filter(musrenbang=acara).count() == n:
                break
            day.page.wait_for_timeout(25)
        day.page.wait_for_function("b => document.querySelector(b).value === ''", arg=box)


def seat(day, acara):
    """Groups by bidang, a chair and a note taker each."""
    day.tab(f"{M}/rkp/kelompok/")
    day.send("form[action$='/kelompok/bentuk/'] button")
    day.send("main a[href$='/kelompok/susunan/']")
    groups = [h.kelompok.pk for h in list_kelompok(acara)]
    people = day.page.locator(f"#id_ketua_{groups[0]} option").evaluate_all("all => all.map(o => o.value)")[1:]
    for i, pk in enumerate(groups):
        day.choose(f"#id_ketua_{pk}", people[2 * i])
        day.choose(f"#id_notulis_{pk}", people[2 * i + 1])
    day.send("main form[data-jaga] button")


def discuss(day, kelompok, rows):
    """One group from its page to its signature: what has no cost is not agreed, and the reason is typed once."""
    n, reason = len(rows), NO_COST
    with day.stage(f"{kelompok.nama}: {n} keputusan"):
        day.tab(f"{M}/rkp/kelompok/")
        day.send(f"main a[href$='/kelompok/{kelompok.pk}/']")
        day.enter_grid()
        for row in rows:
            if row.baris.biaya:
                day.outcome("1")
            else:
                day.outcome("4", reason)
                reason = True
        day.saved()
    proposals = UsulanKelompok.objects.filter(kelompok=kelompok).exclude(usul="")
    assert proposals.count() == n
    kept = sum(bool(row.baris.biaya) for row in rows)  # what is not agreed is not scored
    with day.stage(f"{kelompok.nama}: {kept} x 6 skor"):
        if kept:
            day.enter_scores()
        for i in range(kept * 6):
            day.mark(str(i % 5 + 1))
        day.saved()
    assert sum(len(u.nilai) == 6 for u in proposals) == kept
    with day.stage(f"{kelompok.nama}: dikunci"):
        day.send("button[form='tandatangan']:not([value])")
    kelompok.refresh_from_db()
    assert kelompok.status == StatusKelompok.SELESAI


def agree(day, acara):
    """The plenary takes the groups' results over, and puts what exceeds the ceiling in reserve."""
    day.tab(f"{M}/rkp/pleno/")
    for _ in list_kelompok(acara):
        day.send("button[form^='terima-']")
        day.confirm()
    day.tab(f"{M}/rkp/rekap/")
    reserve = "form:has(input[name=sumber]) button"
    while day.page.locator(reserve).count():
        day.send(reserve)
        day.confirm()
    assert not BarisRkp.objects.filter(rkp__musrenbang=acara, keputusan=Keputusan.BELUM_DIBAHAS).exists()


def settle(day):
    """Below the quorum the meeting decides before each step that binds to go on, and says why."""
    day.tab(f"{M}/")
    ask = "main a[href*='/kuorum/']"
    if day.page.locator(ask).count():
        day.send(ask)
        if day.page.locator("#alasan-kuorum").count():
            day.write("#alasan-kuorum", REASON)
            day.send("main form:has(#alasan-kuorum) button")


def rank(day):
    """Open the indicative ceiling of the kecamatan, score its candidates, decide what is equal, fix it."""
    day.tab(f"{M}/rkp/prioritas/")
    day.send("main a[href$='/buka/piwk/']")
    day.write("#id_pagu", "1,5 M")
    day.send("main form:has(#id_pagu) button.btn-primary")
    cells = day.page.locator(".skor input[inputmode=decimal]")
    empty = [i for i in range(cells.count()) if not cells.nth(i).input_value()]
    if empty:
        day.click(f"#{cells.nth(empty[0]).get_attribute('id')}")
        for i in empty:
            cells.nth(i).focus()  # Tab does it, and is counted
            day.decide(str(1 + (i * 7 + i // 6) % 5), "Tab")
        day.send("button:has-text('Simpan skor')")
    form = "form[action$='/seri/']"
    while day.page.locator(form).count():
        for i, box in enumerate(day.page.locator(form).first.locator("input[name^=urut-]").all(), 1):
            day.write(f"#{box.get_attribute('id')}", str(i))
        day.write(f"{form} [name=alasan]", "Musyawarah pleno.")
        day.send(f"{form} button")
    day.send("form[action$='/tetapkan/'] button")
    day.confirm()


def delegate(day, acara):
    """Choose who carries the result to the kabupaten, seat by seat."""
    day.tab(f"{M}/delegasi/")
    seated = []
    for name, unsur, sex in SEATS:
        present = Kehadiran.objects.filter(musrenbang=acara, unsur=unsur).exclude(pk__in=seated)
        who = (present.filter(jenis_kelamin=sex) if sex else present).order_by("pk").first()
        day.choose("#id_unsur", day.page.locator("#id_unsur option", has_text=name).first.get_attribute("value"))
        day.choose("#id_kehadiran", str(who.pk))
        day.send("form:has(#id_kehadiran) button.btn-primary")
        seated.append(who.pk)
    assert "Susunan delegasi lengkap." in day.page.inner_text("main")


def sign(day, folder):
    """Issue the Berita Acara and hand in the signed copy."""
    day.tab(f"{M}/berita-acara/")
    day.send("button:has-text('Terbitkan Berita Acara')")
    with day.page.expect_download() as download:
        day.click("a:has-text('Unduh PDF')")
    scan = folder / "pindaian.pdf"
    download.value.save_as(scan)  # the signed paper, as a scanner would give it back
    day.upload("#id_berkas", scan)
    day.send("button:has-text('Unggah salinan')")


def letters(day, acara):
    """Issue each letter that is ready, and order the set of all papers."""
    day.tab(f"{M}/berita-acara/")
    ready = "tr:has-text('belum terbit') form[action*='/terbitkan/'] button:visible"
    before = Dokumen.objects.filter(musrenbang=acara).count()
    n = day.page.locator(ready).count()
    assert n
    for _ in range(n):
        day.send(ready)
    assert Dokumen.objects.filter(musrenbang=acara).count() == before + n
    day.send("form[action$='/paket/'] button")


def walk(day, acara, people, folder):
    """The day, stage by stage; what is stored at its end keeps every invariant."""
    with day.stage("Membuka sidang"):
        day.move("pembukaan")
    with day.stage(f"Pendaftaran {people} orang"):
        arrive(day, acara, people)
    with day.stage("Sampai pembahasan draf"):
        day.move("pemaparan")
        day.move("pembahasan")
    with day.stage("Membentuk kelompok"):
        seat(day, acara)
    with day.stage("Mulai diskusi"):
        day.move("kelompok")
    for h in list_kelompok(acara):
        discuss(day, h.kelompok, h.baris)
    with day.stage("Pleno sampai semua diputuskan"):
        day.move("pleno")
        agree(day, acara)
    with day.stage("Menetapkan RKP"):
        settle(day)
        day.move("prioritas")
    with day.stage("Pemeringkatan"):
        rank(day)
    with day.stage("Delegasi"):
        settle(day)
        day.move("delegasi")
        delegate(day, acara)
    with day.stage("Berita Acara dan tanda tangan"):
        settle(day)
        day.move("penandatanganan")
        settle(day)  # the decision stands in the Berita Acara: first it, then the paper
        sign(day, folder)
        day.move("finalisasi")
    with day.stage("Surat dan paket dokumen"):
        letters(day, acara)
    acara.refresh_from_db()
    assert acara.tahap == "finalisasi"
    assert broken_invariants(acara) == []
    tell("Seluruhnya", *(sum(column) for column in zip(*day.table, strict=True)))


@pytest.fixture
def finger(browser_client, chromium):
    """Somebody with a phone that is touched."""
    p = browser_client(TELEPON)
    p.konteks.close()
    p.konteks = chromium.new_context(viewport=TELEPON, has_touch=True, is_mobile=True, locale="id-ID")
    p.page = p.konteks.new_page()
    p.page.on("dialog", lambda d: d.accept())
    return p


@pytest.mark.parametrize(
    "way, size, works, people", [(Counted, LAPTOP, WORKS, PEOPLE), (Keyboard, LAPTOP, 18, 8), (Finger, TELEPON, 18, 8)]
)
def test_a_day(way, size, works, people, demo, browser_client, request, tmp_path):
    acara = demo("siap", works)
    p = request.getfixturevalue("finger") if way is Finger else browser_client(size)
    p.masuk("sekcam")
    p.buka(f"{M}/")
    walk(way(p), acara, people, tmp_path)
