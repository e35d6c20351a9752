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
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Begin with the longest files, and leave out what was not asked for."""
    items.sort(key=lambda item: next((i for i, f in enumerate(DEAREST_FILES) if item.nodeid.startswith(f)), 99))
    if config.getoption("--cepat"):
        config.hook.pytest_deselected(items=[i for i in items if i.nodeid.startswith(LONG)])
        items[:] = [i for i in items if not i.nodeid.startswith(LONG)]
    if config.getoption("--basis-data-lain") and not config.getoption("--catat-sql"):
        leave_out_what_is_the_same(config, items)


# What a browser does to the database of a whole event, and to one whose server is killed.
JOURNEYS = ("::test_from_the_schedule_to_the_last_answer", "::test_a_server_killed_in_the_middle_loses_nothing")

# How pages and papers look: the same rows give the same, wherever they come from.
LOOKS = (
    "tests/e2e/",
    "tests/berita_acara/test_panjang",
    "tests/test_pdf",
    "tests/test_pekerja",
    "tests/berita_acara/test_dokumen.py::test_each_document_says",
    "tests/berita_acara/test_dokumen.py::test_the_spreadsheet_adds_up",
    "tests/berita_acara/test_dokumen.py::test_fonts",
)
# What Python alone decides, though rows are there to begin with: what becomes of text in HTML and in cells, headers and
# cookies, who may do what, how a fragment answers, files kept elsewhere, what is wrong with a file, a signature, a proof or a forged result of the hall, and
# how many queries a page asks. What the database has its word in stays: test_aula, test_berita_acara, test_basis_data.
DECIDED = (
    "tests/test_isian_jahat",
    "tests/test_keamanan",
    "tests/test_bagian",
    "tests/test_kueri",
    "tests/berita_acara/test_bsre",
    "tests/berita_acara/test_elektronik",
    "tests/alur/test_periksa",
    "tests/serangan/test_unggahan",
    "tests/serangan/test_bukti",
    "tests/serangan/test_aula_isi",
    "tests/jangkar/test_periksa_zip",
    "tests/jangkar/test_kertas",
    "tests/server/test_berkas_s3",
    "tests/musrenbang/test_akses",
    "tests/tindak_lanjut/test_durkp.py::test_queries",
)


def leave_out_what_is_the_same(config, items):
    """On the second database leave out what never asks one, what brings its own, and what cannot turn out otherwise."""

    def again(item):
        same = item.nodeid.startswith((*LOOKS, *DECIDED)) and not item.nodeid.endswith(JOURNEYS)
        return not same and bool(
            {"db", "transactional_db"} & set(item.fixturenames) or item.get_closest_marker("django_db")
        )

    dibuang = [i for i in items if not again(i)]
    config.hook.pytest_deselected(items=dibuang)
    items[:] = [i for i in items if again(i)]
