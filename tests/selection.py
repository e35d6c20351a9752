"""Which tests run, and in which order: what the options of ``tests/jalankan.sh`` mean."""

import pytest

from tests.second import brings_nothing_new


def pytest_addoption(parser):
    parser.addoption(
        "--basis-data-lain", action="store_true", help="only what may turn out otherwise on another database"
    )
    parser.addoption("--cepat", action="store_true", help="without browsers and without the tests that take long")


# Files that take longest begin first, so that no core waits for the last of them.
DEAREST_FILES = [
    "tests/e2e/",
    "tests/musrenbang/test_cadangan",
    "tests/server/",
    "tests/serangan/test_angka",
    "tests/serangan/test_unggahan",
    "tests/alur/test_demo",
    "tests/test_isian",
    "tests/tindak_lanjut/test_durkp",
    "tests/berita_acara/",
    "tests/serangan/",
    "tests/alur/",
    "tests/tindak_lanjut/test_angka",
    "tests/test_izin",
    "tests/test_bersamaan",
    "tests/rkp/",
]
# What `make quick` leaves out: processes of their own, whole demos, long documents, sweeps over every address and role,
# and attacks, which try a rule many times over that a test beside the rule's own code has tried once.
LONG = (
    "tests/e2e/",
    "tests/server/",
    "tests/musrenbang/test_cadangan",
    "tests/berita_acara/test_panjang",
    "tests/test_izin",
    "tests/alur/test_demo",
    "tests/berita_acara/test_paket",
    "tests/test_isian_jahat",
    "tests/rkp/test_kekekalan",
    "tests/rkp/test_empat_kelompok",
    "tests/prioritas/test_84_telepon",
    "tests/test_pdf",
    "tests/test_pekerja",
    "tests/serangan/",
    "tests/test_keamanan",
    "tests/test_bersamaan",
    "tests/usulan/test_jahat",
    "tests/usulan/test_pencemar",
    "tests/usulan/test_berkas.py::test_two_hundred_thousand",
    "tests/tindak_lanjut/test_durkp.py::test_queries_do_not_grow",
    "tests/alur/test_aula",
    "tests/berita_acara/test_bsre",
    "tests/berita_acara/test_urutan_kunci",
    "tests/alur/test_pengesahan_gugur",
    "tests/berita_acara/test_satu_peristiwa",
    "tests/berita_acara/test_elektronik",
    "tests/release/test_upgrade.py::test_the_last_release_imports",
    "tests/berita_acara/test_sepakat",
    "tests/musrenbang/test_akses.py::test_each_page_for_each_role",
    "tests/musrenbang/test_states.py::test_each_move_by_each_role",
    "tests/prioritas/test_suara.py::test_the_slips_are_for_the_team",
    "tests/test_aneh",
    "tests/test_arsitektur.py::test_every_page_has_one_heading",
    "tests/test_kunci.py::test_a_forgotten_lock",
    "tests/tindak_lanjut/test_angka",
    "tests/tindak_lanjut/test_milik_sapuan",
    "tests/tindak_lanjut/test_sapuan",
    "tests/usulan/test_susunan.py::test_any_usual_heading",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Begin with the longest files, and leave out what was not asked for."""
    items.sort(key=lambda item: next((i for i, f in enumerate(DEAREST_FILES) if item.nodeid.startswith(f)), 99))
    if config.getoption("--cepat"):
        config.hook.pytest_deselected(items=[i for i in items if i.nodeid.startswith(LONG)])
        items[:] = [i for i in items if not i.nodeid.startswith(LONG)]
    if config.getoption("--basis-data-lain"):
        leave_out_what_is_the_same(config, items)


# What a browser does to the database of a whole event, and to one whose server is killed.
JOURNEYS = ("::test_from_the_schedule_to_the_last_answer", "::test_a_server_killed_in_the_middle_loses_nothing")

# How pages and papers look: the same rows give the same, wherever they come from.
LOOKS = ("tests/e2e/", "tests/test_pdf", "tests/test_pekerja")

# What is about the database itself: transactions and locks, constraints and triggers, its own SQL, what it does with
# characters and numbers that it cannot hold, backup and restore, the way to the hall and back.
ITS_OWN = (
    "tests/alur/test_aula.py",
    "tests/berita_acara/test_urutan_kunci",
    "tests/musrenbang/test_cadangan",
    "tests/musrenbang/test_dua_orang",
    "tests/musrenbang/test_rantai",
    "tests/musrenbang/test_zaman",
    "tests/prioritas/test_84_telepon",
    "tests/serangan/test_basis_data",
    "tests/serangan/test_hari_penuh",
    "tests/serangan/test_hasil_aula",
    "tests/serangan/test_kiriman",
    "tests/serangan/test_penguncian",
    "tests/server/",
    "tests/test_aneh",
    "tests/test_bersamaan",
    "tests/test_kunci",
    "tests/test_tunggu",
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

    What is guaranteed: each kind of statement (``tests/sql_shapes.py``) that any test gives to the database is given to
    the second one too, as of the last recording, and so is each refusal of the database; but for the few, counted at the
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
