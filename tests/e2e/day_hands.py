"""Somebody who walks a day through the pages: with mouse and keys, with keys alone, or with a finger; counted by stage."""

from contextlib import contextmanager

from tests.e2e.steps import M
from tests.e2e.test_grids import KEY, POINT, THINK, Hands

TABS = 400
"""How many times Tab is pressed at most until something is reached."""


def tell(name, clicks, keys, loads, seconds):
    """Print one row of the table."""
    print(f"| {name} | {clicks} | {keys} | {loads} | {seconds:.0f} |")  # noqa: T201 -- the measure is asked for


class Counted(Hands):
    """Mouse and keyboard. What is looked at after each stage is held to the rules of every page."""

    def __init__(self, p):
        super().__init__(p)
        self.p, self.clicks, self.table = p, 0, []

    def click(self, what):
        self.page.locator(what).first.click()
        self.clicks += 1

    def send(self, what):
        with self.page.expect_navigation():
            self.click(what)

    def choose(self, what, value):
        self.page.locator(what).first.select_option(value)
        self.clicks += 2
        self.thinks += 1

    def write(self, what, text):
        self.click(what)
        self.thinks += 1
        self.type(text)

    def upload(self, what, path):
        with self.page.expect_file_chooser() as chooser:
            self.click(what)
        chooser.value.set_files(str(path))
        self.confirm()

    def confirm(self):
        """Answer a question of the browser; it was answered already, as every dialog is."""
        self.clicks += 1

    def enter_grid(self):
        self.click("#kisi td[tabindex='0']")

    def outcome(self, key, reason=None):
        """Give the row in hand an outcome; a reason is its option and its words, True the one from before."""
        self.decide("0" if reason is True else key)
        if isinstance(reason, tuple):
            self.press(reason[0][0], "Tab")
            self.type(reason[1])
            self.press("Enter")

    def enter_scores(self):
        self.press("Control+Home", *["ArrowRight"] * 5)

    def mark(self, value):
        self.decide(value)

    @contextmanager
    def stage(self, name):
        before = self.used
        yield
        clicks, keys, loads, waits = (a - b for a, b in zip(self.used, before, strict=True))
        row = (clicks, keys, loads, clicks * POINT + keys * KEY + waits * THINK)
        self.table.append(row)
        tell(name, *row)
        self.p.keadaan = name
        self.p.periksa()

    @property
    def used(self):
        return self.clicks, self.keys, self.loads, self.thinks

    def tab(self, part):
        """Open a page by the tabs of the event: its own tab first, where the page stands within another one."""
        link = f"nav a[href$='{part}']"
        if not self.page.locator(link).count():
            self.send(f"nav a[href$='{M}/{'rkp' if '/rkp/' in part else 'hari-h'}/']")
        self.send(link)

    def move(self, ke):
        self.tab(f"{M}/")
        step = f"form:has(input[name=ke][value='{ke}']) button"
        assert self.page.locator(step).count(), self.page.inner_text("main")
        self.send(step)


class Keyboard(Counted):
    """Keys alone: everything is reached by Tab and pressed by Enter, so everything can be reached and pressed."""

    def reach(self, what):
        target = self.page.locator(what).first
        target.wait_for()
        for _ in range(TABS):
            if target.evaluate("e => e === document.activeElement"):
                return target
            self.page.keyboard.press("Tab")
            self.keys += 1
        raise AssertionError(f"{self.page.url}: Tab never reaches {what}")

    def click(self, what):
        kind = self.reach(what).evaluate("e => e.matches('summary, a, button, [type=file]')")
        if kind:
            self.press("Enter")

    def choose(self, what, value):
        target = self.reach(what)
        self.thinks += 1
        at, wanted = target.evaluate(
            "(e, v) => [e.selectedIndex, [...e.options].findIndex(o => o.value === v || o.text.trim() === v)]", value
        )
        self.press(*["ArrowDown" if wanted > at else "ArrowUp"] * abs(wanted - at))
        assert target.evaluate("e => e.selectedIndex") == wanted

    def confirm(self):
        self.keys += 1


class Finger(Counted):
    """A phone: taps, and the keys of the screen for what is typed."""

    def click(self, what):
        self.page.locator(what).first.tap()
        self.clicks += 1

    def outcome(self, key, reason=None):
        self.thinks += 1
        self.click("[data-lagi]" if reason is True else f".papan-kisi [data-tuts^='{key}']")
        if isinstance(reason, tuple):
            self.choose("[data-alasan] select", reason[0])
            self.write("[data-alasan] input", reason[1])
            self.click("[data-simpan-alasan]")

    def enter_scores(self):
        row = "#kisi tbody tr.u-disepakati"
        self.click(f"{row} td:last-child")  # the row in hand shows its empty cells
        self.click(f"{row} td:nth-child(6)")

    def mark(self, value):
        self.thinks += 1
        self.click(f"[data-skor] [data-nilai='{value}']")
