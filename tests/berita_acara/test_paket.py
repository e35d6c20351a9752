"""Sets of documents: in the background, once at a time, with what failed named and tried again."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Pdf, String

from berita_acara.dokumen.carried import paper_data
from berita_acara.dokumen.cetakan import content_xlsx
from berita_acara.dokumen.kinds import CETAKAN
from berita_acara.models import PackageStatus, Paket
from berita_acara.services.issue import issue_berita_acara, read_or_draft
from berita_acara.services.paket import build_paket, make_paket, revive_paket, start_paket
from musrenbang.infra.pdf.archive import attached_in
from musrenbang.infra.queue import enqueue
from musrenbang.models import Dokumen, JejakAudit
from musrenbang.sebutan import use
from musrenbang.transisi import Refused
from tests.halaman import flat
from tests.pdf_rules import RULES, broken_rules, judged
from tests.prioritas.phones import database_url


def jobs():
    return DBTaskResult.objects.filter(task_path="berita_acara.services.paket.make_paket")


def test_one_click_makes_all_and_an_index(ready_to_issue, cast, masuk):
    issue_berita_acara(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
    client, url = masuk("pak_sekcam"), f"/m/{ready_to_issue.slug}/berita-acara/paket/"
    for _ in range(2):
        halaman = client.post(url, follow=True)
    paket = Paket.objects.get()
    assert jobs().count() == 1, "a second click joins the first"
    assert "Sedang disusun" in halaman.content.decode()
    assert client.get(f"{url}{paket.pk}/dokumen.zip").status_code == 404
    build_paket(paket.pk)
    paket.refresh_from_db()
    assert (paket.status, paket.persen) == (PackageStatus.JADI, 100)
    archive = zipfile.ZipFile(BytesIO(client.get(f"{url}{paket.pk}/dokumen.zip").content))
    nama = archive.namelist()
    assert {n.split("-", 1)[1] for n in nama if n.endswith(".pdf")} >= {"berita_acara.pdf", "durkp.pdf", "rkp.pdf"}
    assert any(n.endswith("durkp.xlsx") for n in nama)
    index = archive.read("INDEKS.txt").decode()
    assert Dokumen.objects.get(jenis="berita_acara").sha256 in index
    assert "Hasil diskusi kelompok: TIDAK ADA. Kelompok belum dibentuk" in index
    assert "dilewati: Kelompok belum dibentuk" in flat(client.get(f"{url}{paket.pk}/"))


NOT_YET = {
    "adendum",
    "draft_rkp",
    "hasil_kelompok",
    "pembekalan",
    "pemberitahuan_skors",
    "perubahan_undangan",
    "rekap_suara",
    "salinan_ba",
    "sk_tim",
    "susunan_acara",
    "undangan",
    "usulan_skpd",
}


def test_every_paper_of_a_set_can_be_kept_and_read_out_and_carries_its_data(ready_to_issue, cast):
    """Every kind: what the set holds as it was issued, the rest as the draft that a page shows."""
    by, wrong, seen = cast["pak_sekcam"], [], set()
    issue_berita_acara(musrenbang=ready_to_issue, by=by)
    paket = start_paket(musrenbang=ready_to_issue, by=by)
    build_paket(paket.pk)
    paket.refresh_from_db()
    place = use(ready_to_issue.sebutan)
    with place, paket.berkas.open("rb") as file, zipfile.ZipFile(BytesIO(file.read())) as archive:
        made = {n.split("-", 1)[1].partition(".")[0]: n for n in archive.namelist() if n.endswith(".pdf")}
        for jenis, name in made.items():
            content, document = archive.read(name), Dokumen.objects.filter(jenis=jenis).first()
            carried = attached_in(content)
            wrong += judged(jenis, content)
            assert json.loads(carried.pop(f"{jenis}.json")) == json.loads(json.dumps(paper_data(document))), jenis
            assert carried == (
                {f"{jenis}.xlsx": archive.read(name.replace(".pdf", ".xlsx"))} if CETAKAN[jenis].xlsx else {}
            )
            assert carried == ({f"{jenis}.xlsx": content_xlsx(jenis, document.isi)} if carried else {}), (
                "the same again"
            )
            seen.add(jenis)
    with use(ready_to_issue.sebutan):
        for jenis in CETAKAN.keys() - seen:
            with contextlib.suppress(Refused, IndexError):
                content = read_or_draft(musrenbang=ready_to_issue, jenis=jenis, by=by, draft=True)
                wrong += judged(jenis, content)
                seen.add(jenis)
    assert wrong == []
    assert CETAKAN.keys() - seen == NOT_YET, "those are looked at where there is a whole event"


def test_a_paper_that_is_made_badly_is_found():
    """Each of the checks above can fail: it is shown a file that breaks it."""
    broken = Pdf.new()
    broken.add_blank_page()
    page = broken.pages[0]
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.obj.Resources = Dictionary(
        Font=Dictionary(F=broken.make_indirect(font)),
        ExtGState=Dictionary(G=Dictionary(BM=Name.Multiply)),
        XObject=Dictionary(X=broken.make_stream(b"", Type=Name.XObject, Subtype=Name.Image, Interpolate=True)),
    )
    page.obj.Contents = broken.make_stream(b"0 0 0 1 k BT /F 9 Tf <0000> Tj ET")
    page.obj.Annots = Array([broken.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Movie))])
    root = broken.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    below = [
        broken.make_indirect(Dictionary(S=Name(f"/{s}"), P=root, K=Array([]))) for s in ("H2", "Figure", "TR", "TH")
    ]
    below[2].K = Array([broken.make_indirect(Dictionary(S=Name.P, P=below[2], K=Array([])))])
    root.K = Array(below)
    broken.Root.StructTreeRoot = root
    broken.attachments["a.json"] = AttachedFileSpec(broken, b"{}", filename="a.json", mime_type="application/json")
    broken.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    output = BytesIO()
    broken.save(output, min_version="2.0")
    found = {fault.partition(": ")[0] for fault in broken_rules(output.getvalue())}
    assert set(RULES) - found == {"19005-3 6.1.3 trailer", "19005-3 6.1.7 streams"}, "both come from the library alone"


def test_unchanged_documents_are_taken_as_they_are(ready_to_issue, cast, monkeypatch):
    for _ in range(2):
        paket = start_paket(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
        build_paket(paket.pk)
        jumlah = Dokumen.objects.count()
        monkeypatch.setattr("berita_acara.services.issue.begin_pdf", lambda *a: pytest.fail("rendered again"))
    assert Dokumen.objects.count() == jumlah


def test_a_broken_document_is_named_and_can_be_made_again(ready_to_issue, cast, masuk, monkeypatch):
    from berita_acara.services import issue

    original = issue.begin_pdf
    monkeypatch.setattr(issue, "begin_pdf", lambda *a: (lambda: 1 / 0) if "durkp" in a[0] else original(*a))
    paket = start_paket(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
    build_paket(paket.pk)
    paket.refresh_from_db()
    assert paket.status == PackageStatus.SEBAGIAN
    broken = paket.butir.get(gagal=True)
    assert (broken.jenis, broken.percobaan) == ("durkp", 3)
    assert "Gagal dibuat sesudah 3 kali" in broken.galat
    monkeypatch.setattr(issue, "begin_pdf", original)
    client = masuk("pak_sekcam")
    client.post(f"/m/{ready_to_issue.slug}/berita-acara/paket/{paket.pk}/ulang/")
    build_paket(paket.pk)
    paket.refresh_from_db()
    assert paket.status == PackageStatus.JADI


def test_the_next_document_is_begun_while_one_is_made(ready_to_issue, cast, monkeypatch):
    """Whoever waits for the set waits for the slower of collecting and laying out, not for their sum."""
    from berita_acara.services import issue

    steps, made = [], BytesIO()
    with Pdf.new() as blank:
        blank.add_blank_page()
        blank.save(made)

    def begin(template, content, attached, threads):
        steps.append("begun")
        assert threads is not None
        return lambda: steps.append("done") or made.getvalue()

    monkeypatch.setattr(issue, "begin_pdf", begin)
    paket = start_paket(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
    build_paket(paket.pk)
    assert steps[:4] == ["begun", "begun", "begun", "done"]
    assert steps[-3:] == ["done"] * 3
    assert not paket.butir.filter(dokumen=None, galat="").exists()


def test_a_process_that_died_is_started_again(ready_to_issue, cast, masuk):
    paket = start_paket(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
    url = f"/m/{ready_to_issue.slug}/berita-acara/paket/{paket.pk}/"
    client = masuk("bu_bappeda")
    client.get(url)
    assert jobs().count() == 1, "it has just been heard of"
    Paket.objects.update(denyut=timezone.now() - timedelta(minutes=2))
    for _ in range(2):
        client.get(url)
    assert jobs().count() == 2


def test_a_document_that_kills_its_process_is_given_up(ready_to_issue, cast, monkeypatch):
    paket = start_paket(musrenbang=ready_to_issue, by=cast["bu_pmd"])
    paket.butir.filter(jenis="durkp").update(percobaan=3)
    build_paket(paket.pk)
    butir = paket.butir.get(jenis="durkp")
    assert (butir.gagal, butir.dokumen) == (True, None)
    assert "Buat ulang yang gagal" in butir.galat
    paket.refresh_from_db()
    assert paket.status == "sebagian"


@pytest.mark.django_db(transaction=True)
def test_a_document_that_takes_long_does_not_look_dead(ready_to_issue, cast, monkeypatch):
    paket = start_paket(musrenbang=ready_to_issue, by=cast["bu_pmd"])
    lama = timezone.now() - timedelta(minutes=2)
    audible = []

    def slow(paket):
        """A document that takes longer than the silence that means death."""
        one = Paket.objects.filter(pk=paket.pk)
        one.update(denyut=lama)
        wait = time.monotonic() + 10
        while not one.filter(denyut__gt=lama).exists() and time.monotonic() < wait:
            time.sleep(0.02)
        audible.append(one.filter(denyut__gt=lama).exists())
        paket.butir.update(galat="Selesai.")

    monkeypatch.setattr("berita_acara.services.paket.DENYUT", timedelta(seconds=0.05))
    monkeypatch.setattr("berita_acara.services.paket._make_all", slow)
    build_paket(paket.pk)
    assert audible == [True]


def test_who_may(ready_to_issue, cast, masuk):
    url = f"/m/{ready_to_issue.slug}/berita-acara/paket/"
    assert masuk("operator_desa").post(url).status_code == 403
    assert masuk("orang_luar").post(url).status_code == 404
    assert masuk("bu_bappeda").get(url).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_the_process_itself(ready_to_issue, cast, settings, tmp_path):
    paket = start_paket(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
    env = os.environ | {"DATABASE_URL": database_url(), "DEBUG": "1", "MODE_LATIHAN": "1", "VAR_DIR": str(tmp_path)}
    enqueue(make_paket, pk=paket.pk)  # delivered twice
    command = [sys.executable, "manage.py", "db_worker", "--batch", "--no-startup-delay", "--no-reload"]
    subprocess.run(command, cwd=settings.BASE_DIR, env=env, check=True, timeout=120)
    paket.refresh_from_db()
    assert paket.status == PackageStatus.JADI
    assert list(jobs().values_list("status", flat=True)) == ["SUCCESSFUL"] * 2
    assert JejakAudit.objects.filter(aksi="paket.status").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_restart_in_the_middle_of_a_set(ready_to_issue, cast, masuk, settings, tmp_path):
    """The machine goes down while a set is made: what was made stays, the rest follows, nothing twice, no number lost."""
    paket = start_paket(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
    env = os.environ | {"DATABASE_URL": database_url(), "DEBUG": "1", "MODE_LATIHAN": "1", "VAR_DIR": str(tmp_path)}
    command = [sys.executable, "manage.py", "db_worker", "--batch", "--no-startup-delay", "--no-reload"]
    worker = subprocess.Popen(command, cwd=settings.BASE_DIR, env=env, start_new_session=True)
    batas = time.monotonic() + 60
    while paket.butir.exclude(dokumen=None).count() < 3 and time.monotonic() < batas:
        time.sleep(0.02)
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()
    already = dict(paket.butir.exclude(dokumen=None).values_list("pk", "dokumen__sha256"))
    pending = paket.butir.filter(dokumen=None, galat="").count()
    assert already, "some are made"
    assert pending, "and some are not"
    Paket.objects.update(denyut=timezone.now() - timedelta(minutes=2))
    masuk("pak_sekcam").get(f"/m/{ready_to_issue.slug}/berita-acara/paket/{paket.pk}/")
    subprocess.run(command, cwd=settings.BASE_DIR, env=env, check=True, timeout=120)
    paket.refresh_from_db()
    assert paket.status == PackageStatus.JADI
    assert dict(paket.butir.filter(pk__in=already).values_list("pk", "dokumen__sha256")) == already, "kept as they were"
    about = list(Dokumen.objects.values_list("jenis", "bagian", "versi"))
    assert len(about) == len(set(about))
    assert {v for *_, v in about} == {1}, "nothing was made twice"
    nama = zipfile.ZipFile(
        BytesIO(masuk("pak_sekcam").get(f"/m/{ready_to_issue.slug}/berita-acara/paket/{paket.pk}/dokumen.zip").content)
    ).namelist()
    assert len([n for n in nama if n.endswith(".pdf")]) == Dokumen.objects.exclude(berkas="").count()
    assert JejakAudit.objects.filter(aksi="paket.status").count() == 1


def test_a_laptop_starts_a_worker_when_there_is_work(
    ready_to_issue, cast, settings, monkeypatch, django_capture_on_commit_callbacks
):
    begun = []
    monkeypatch.setattr("musrenbang.infra.queue.subprocess.Popen", lambda command, **_: begun.append(command))
    with django_capture_on_commit_callbacks(execute=True):
        start_paket(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
    assert begun == [], "a server has workers of its own"
    settings.PEKERJA_TERPISAH = False
    with django_capture_on_commit_callbacks(execute=True):
        start_paket(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
    assert begun == [], "the first set is still being made"
    Paket.objects.update(denyut=timezone.now() - timedelta(minutes=2))
    with django_capture_on_commit_callbacks(execute=True):
        assert revive_paket(Paket.objects.get())
    assert begun[0][2:4] == ["db_worker", "--batch"]


def test_a_set_that_is_not_started_has_no_job(ready_to_issue, cast, monkeypatch):
    monkeypatch.setattr("berita_acara.services.paket.audit.record", lambda **_: pytest.fail("penuh"))
    with pytest.raises(pytest.fail.Exception):
        start_paket(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
    assert (Paket.objects.count(), jobs().count()) == (0, 0)
