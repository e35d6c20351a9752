"""Lists are read by forks of a seed: as limited as a fresh child, nothing of one file reaches the next."""

import os
import signal
import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook

from musrenbang.infra import child
from musrenbang.infra.child import UnreadableFile, seeds
from tests.attack.test_uploads import memory
from usulan.impor import archive, files
from usulan.impor.grid import FileRefused


@pytest.fixture(autouse=True)
def _seeds(tmp_path):
    """Seeds of this test alone: what other tests of this process left is ended first."""
    seeds.close()
    child.use_folder(tmp_path / "kunci")
    yield
    seeds.close()


def ask(task, **pilihan):
    return child.read(f"tests.attack.greedy:{task}", b"x", early=True, **pilihan)


def seed():
    (one,) = seeds._semua.values()
    return one


@pytest.mark.parametrize(
    ("duty", "sebab"),
    [("eat", "terlalu besar"), ("putar", "terlalu lama"), ("write", "terlalu besar"), ("dead", "rusak")],
)
def test_a_fork_is_limited_and_its_seed_is_thrown_away(duty, sebab):
    assert ask("nomor") != os.getpid()
    first = seed().proses.pid
    with pytest.raises(UnreadableFile, match=sebab):
        ask(duty, write_max=100_000, cpu_seconds=1)
    assert ask("nomor")
    assert seed().proses.pid != first
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)


def test_each_file_has_a_process_of_its_own_and_knows_no_secret(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "rahasia")
    assert len({ask("nomor") for _ in range(4)}) == 4
    assert set(ask("environment")) <= {"LC_ALL", "OPENPYXL_LXML"}
    assert ask("pollute") == 1
    assert ask("pollute") == 1, "what a file left behind was there for the next"


def test_a_seed_is_replaced_after_so_many_files_and_when_it_slept(monkeypatch):
    monkeypatch.setattr(seeds, "BERKAS_MAKS", 2)
    everything = []
    for _ in range(4):
        ask("nomor")
        everything.append(seed().proses.pid)
    assert len(set(everything)) == 2
    seed().sisa = 1
    os.kill(seed().proses.pid, signal.SIGALRM)  # what its own clock does
    assert ask("nomor")


def test_a_child_that_never_answers_is_ended_with_its_seed(monkeypatch):
    monkeypatch.setattr(child, "DETIK_TUNGGU", -4.5)
    with pytest.raises(UnreadableFile, match="terlalu lama"):
        ask("putar", cpu_seconds=5)
    assert not seeds._semua


def test_a_forked_process_leaves_the_seeds_of_its_parent_alone():
    ask("nomor")
    pid = os.fork()
    if pid == 0:
        os._exit(len(seeds._semua))
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert ask("nomor")


def zipped(**content):
    output = BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as z:
        for nama, text in content.items():
            z.writestr(nama.replace("__", "/"), text)
    return output.getvalue()


@pytest.mark.parametrize("nama", ["mimetype", "META-INF__manifest.xml"])
def test_a_bomb_where_the_kind_of_a_file_stands(nama, tmp_path):
    """What says whether a file is .ods was unpacked whole, in the server, before its size was looked at."""
    content = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", nama: b"\0" * 200_000_000}
    (tmp_path / "a").write_bytes(zipped(**content))
    sebelum = memory("VmRSS")
    with pytest.raises(FileRefused, match="terlalu besar setelah dibuka"):
        files.read_grids(tmp_path / "a", max_byte=10**7, max_baris=100)
    assert memory("VmRSS") - sebelum < 40


def test_a_zip_of_lists_is_unpacked_by_the_child(tmp_path, monkeypatch):
    workbook = BytesIO()
    Workbook().save(workbook)
    (tmp_path / "a.zip").write_bytes(zipped(**{"../../etc__b.xlsx": workbook.getvalue(), "c.pdf": b"x"}))
    (tmp_path / "ke").mkdir()
    assert archive.is_archive(tmp_path / "a.zip")
    monkeypatch.setattr(zipfile, "ZipFile", lambda *_: pytest.fail("read in the server"))
    everything = archive.unpack(tmp_path / "a.zip", tmp_path / "ke")
    assert [(n, p and p.parent == tmp_path / "ke") for n, p in everything] == [("b.xlsx", True), ("c.pdf", None)]
    assert everything[0][1].read_bytes() == workbook.getvalue()
