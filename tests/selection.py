"""Which tests run, and in which order: what the options of ``tests/jalankan.sh`` mean."""

from itertools import compress

import pytest

from tests.second import brings_nothing_new, takes_long


class Run:
    """What a test may ask of the run that it is in."""

    leaves_out = False
    """Whether another run beside this one asks what is no matter of the database."""


def pytest_configure(config):
    Run.leaves_out = config.getoption("--basis-data-lain")


def pytest_addoption(parser):
    parser.addoption(
        "--basis-data-lain", action="store_true", help="only what may turn out otherwise on another database"
    )
    parser.addoption("--cepat", action="store_true", help="without browsers and without the tests that take long")


# Files that take longest begin first, so that no core waits for the last of them.
DEAREST_FILES = [
    "tests/e2e/",
    "tests/musrenbang/test_backup",
    "tests/server/",
    "tests/attack/test_numbers",
    "tests/attack/test_uploads",
    "tests/alur/test_demo",
    "tests/test_hostile_input",
    "tests/tindak_lanjut/test_durkp",
    "tests/berita_acara/",
    "tests/attack/",
    "tests/alur/",
    "tests/tindak_lanjut/test_numbers",
    "tests/test_izin",
    "tests/test_at_once",
    "tests/rkp/",
]
# What `make quick` leaves out, beside each test that took long when it was recorded (``second.LONG``): processes of their
# own, whole demos, long documents, sweeps over every address and role, and attacks, which try a rule many times over that
# a test beside the rule's own code has tried once.
LONG = (
    "tests/e2e/",
    "tests/server/",
    "tests/musrenbang/test_backup",
    "tests/berita_acara/test_long",
    "tests/test_izin",
    "tests/alur/test_demo",
    "tests/berita_acara/test_paket",
    "tests/test_hostile_input",
    "tests/rkp/test_conservation",
    "tests/rkp/test_four_kelompok",
    "tests/prioritas/test_84_phones",
    "tests/test_pdf",
    "tests/test_workers",
    "tests/attack/",
    "tests/test_security",
    "tests/test_at_once",
    "tests/usulan/test_hostile",
    "tests/usulan/test_polluter",
    "tests/usulan/test_files.py::test_two_hundred_thousand",
    "tests/tindak_lanjut/test_durkp.py::test_queries_do_not_grow",
    "tests/alur/test_aula",
    "tests/berita_acara/test_bsre",
    "tests/berita_acara/test_key_sequence",
    "tests/alur/test_pengesahan_void",
    "tests/berita_acara/test_one_event",
    "tests/berita_acara/test_electronic",
    "tests/release/test_upgrade.py::test_the_last_release_imports",
    "tests/berita_acara/test_agreement",
    "tests/musrenbang/test_akses.py::test_each_page_for_each_role",
    "tests/musrenbang/test_states.py::test_each_move_by_each_role",
    "tests/prioritas/test_suara.py::test_the_slips_are_for_the_team",
    "tests/test_odd",
    "tests/test_arsitektur.py::test_every_page_has_one_heading",
    "tests/test_kunci.py::test_a_forgotten_lock",
    "tests/tindak_lanjut/test_numbers",
    "tests/tindak_lanjut/test_ownership_sweep",
    "tests/tindak_lanjut/test_sweep",
    "tests/usulan/test_compositions.py::test_any_usual_heading",
    "tests/tindak_lanjut/test_sebutan.py::test_no_pa",  # pages and papers, each in the words of three kinds of places
    "tests/test_once",
    "tests/berita_acara/test_dokumen",
    "tests/berita_acara/test_other_letters",
    "tests/berita_acara/test_paper_words",
    "tests/berita_acara/test_surat",
    "tests/berita_acara/test_laid_out_ahead",
    "tests/release/test_upgrade.py::test_every_column",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Begin with the longest files, and leave out what was not asked for."""
    items.sort(key=lambda item: next((i for i, f in enumerate(DEAREST_FILES) if item.nodeid.startswith(f)), 99))
    if config.getoption("--cepat"):
        long = [i.nodeid.startswith(LONG) or takes_long(i.nodeid) for i in items]
        config.hook.pytest_deselected(items=list(compress(items, long)))
        items[:] = [i for i, left_out in zip(items, long, strict=True) if not left_out]
    if config.getoption("--basis-data-lain"):
        leave_out_what_is_the_same(config, items)


# What a browser does to the database of one whole event. The other journeys are about browsers: once is enough.
JOURNEYS = ("::test_from_the_schedule_to_the_last_answer",)

# How pages and papers look: the same rows give the same, wherever they come from.
LOOKS = ("tests/e2e/", "tests/test_pdf", "tests/test_workers")

# What is about the database itself: transactions and locks, constraints and triggers, its own SQL, what it does with
# characters and numbers that it cannot hold, backup and restore, the way to the hall and back.
ITS_OWN = (
    "tests/alur/test_aula.py",
    "tests/berita_acara/test_key_sequence",
    "tests/musrenbang/test_backup",
    "tests/musrenbang/test_two_people",
    "tests/musrenbang/test_rantai",
    "tests/musrenbang/test_era",
    "tests/prioritas/test_84_phones",
    "tests/attack/test_database",
    "tests/attack/test_full_day",
    "tests/attack/test_aula_result",
    "tests/attack/test_submissions",
    "tests/attack/test_lockout",
    "tests/attack/test_numbers",  # numbers of 33 bits and texts longer than their column, field by field
    "tests/server/",
    "tests/test_odd",
    "tests/test_at_once",
    "tests/test_kunci",
    "tests/test_waits",
)


# What commits because other processes are to see it, or because it builds whole events: SQL like that of others.
COMMITS_FOR_OTHERS = ("tests/alur/test_demo", "tests/berita_acara/test_paket")


def is_about_the_database(item):
    """Say whether a test runs on each database whatever SQL it gives it."""
    marker = item.get_closest_marker("django_db")
    commits = marker and marker.kwargs.get("transaction") and not item.nodeid.startswith(COMMITS_FOR_OTHERS)
    return bool(commits) or item.nodeid.startswith(ITS_OWN) or item.nodeid.endswith(JOURNEYS)


def asks_a_database(item):
    return bool({"db", "transactional_db"} & set(item.fixturenames) or item.get_closest_marker("django_db"))


def leave_out_what_is_the_same(config, items):
    """On the second database leave out what never asks one, how things look, and what gives it no statement of its own.

    What is guaranteed: each kind of statement (``tests/sql_shapes.py``), and each part of a plain one, that any test gives
    to the database is given to the second one too, as of the last recording, and so is each refusal of the database; but for the few, counted at the
    head of ``tests/second.txt``, that only dear tests bring. What a value does that a statement carries is not part of
    its kind: tests of such values stand in ``ITS_OWN``. ``make test LENGKAP=1`` leaves out nothing.
    """

    def again(item):
        if not asks_a_database(item):
            return False
        if is_about_the_database(item) or config.getoption("--catat-sql"):
            return item.nodeid.endswith(JOURNEYS) or not item.nodeid.startswith("tests/e2e/")
        return not item.nodeid.startswith(LOOKS) and not brings_nothing_new(item.nodeid)

    config.hook.pytest_deselected(items=[i for i in items if not again(i)])
    items[:] = [i for i in items if again(i)]
