"""Which tests run, and in which order: what the options of ``tests/jalankan.sh`` mean."""

import pytest


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
    "tests/berita_acara/",
    "tests/test_isian",
]
# What `make quick` leaves out: processes of their own, whole demos, long documents, sweeps over every address and role.
LONG = (
    "tests/e2e/",
    "tests/server/",
    "tests/musrenbang/test_cadangan",
    "tests/berita_acara/test_panjang",
    "tests/test_izin",
    "tests/berita_acara/test_demo",
    "tests/berita_acara/test_paket",
    "tests/test_isian_jahat",
    "tests/rkp/test_kekekalan",
    "tests/rkp/test_empat_kelompok",
    "tests/prioritas/test_84_telepon",
    "tests/test_pdf",
    "tests/test_pekerja",
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
LOOKS = ("tests/e2e/", "tests/berita_acara/test_panjang", "tests/test_pdf", "tests/test_pekerja")


def leave_out_what_is_the_same(config, items):
    """On the second database leave out what never asks one, what brings its own, and the looks of pages and papers."""

    def again(item):
        looks = item.nodeid.startswith(LOOKS) and not item.nodeid.endswith(JOURNEYS)
        return not looks and bool(
            {"db", "transactional_db"} & set(item.fixturenames) or item.get_closest_marker("django_db")
        )

    dibuang = [i for i in items if not again(i)]
    config.hook.pytest_deselected(items=dibuang)
    items[:] = [i for i in items if again(i)]
