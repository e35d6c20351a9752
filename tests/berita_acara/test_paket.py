"""Sets of documents: in the background, once at a time, with what failed named and tried again."""

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

from berita_acara.models import PackageStatus, Paket
from berita_acara.services.paket import build_paket, make_paket, revive_paket, start_paket
from berita_acara.services.terbit import issue_berita_acara
from musrenbang.infra.antrean import enqueue
from musrenbang.models import Dokumen, JejakAudit
from tests.halaman import flat
from tests.prioritas.telepon import database_url


def jobs():
    return DBTaskResult.objects.filter(task_path="berita_acara.services.paket.make_paket")


def test_one_click_makes_all_and_an_index(siap_terbit, pemeran, masuk):
    issue_berita_acara(musrenbang=siap_terbit, by=pemeran["pak_sekcam"])
    client, url = masuk("pak_sekcam"), f"/m/{siap_terbit.slug}/berita-acara/paket/"
    for _ in range(2):
        halaman = client.post(url, follow=True)
    paket = Paket.objects.get()
    assert jobs().count() == 1, "a second click joins the first"
    assert "Sedang disusun" in halaman.content.decode()
    assert client.get(f"{url}{paket.pk}/dokumen.zip").status_code == 404
    build_paket(paket.pk)
    paket.refresh_from_db()
    assert (paket.status, paket.persen) == (PackageStatus.JADI, 100)
    arsip = zipfile.ZipFile(BytesIO(client.get(f"{url}{paket.pk}/dokumen.zip").content))
    nama = arsip.namelist()
    assert {n.split("-", 1)[1] for n in nama if n.endswith(".pdf")} >= {"berita_acara.pdf", "durkp.pdf", "rkp.pdf"}
    assert any(n.endswith("durkp.xlsx") for n in nama)
    indeks = arsip.read("INDEKS.txt").decode()
    assert Dokumen.objects.get(jenis="berita_acara").sha256 in indeks
    assert "Hasil diskusi kelompok: TIDAK ADA. Kelompok belum dibentuk" in indeks
    assert "dilewati: Kelompok belum dibentuk" in flat(client.get(f"{url}{paket.pk}/"))


def test_unchanged_documents_are_taken_as_they_are(siap_terbit, pemeran, monkeypatch):
    for _ in range(2):
        paket = start_paket(musrenbang=siap_terbit, by=pemeran["pak_sekcam"])
        build_paket(paket.pk)
        jumlah = Dokumen.objects.count()
        monkeypatch.setattr("berita_acara.services.terbit.render_pdf", lambda *a: pytest.fail("rendered again"))
    assert Dokumen.objects.count() == jumlah


def test_a_broken_document_is_named_and_can_be_made_again(siap_terbit, pemeran, masuk, monkeypatch):
    from berita_acara.services import terbit

    asli = terbit.render_pdf
    monkeypatch.setattr(terbit, "render_pdf", lambda t, k: 1 / 0 if "durkp" in t else asli(t, k))
    paket = start_paket(musrenbang=siap_terbit, by=pemeran["pak_sekcam"])
    build_paket(paket.pk)
    paket.refresh_from_db()
    assert paket.status == PackageStatus.SEBAGIAN
    rusak = paket.butir.get(gagal=True)
    assert (rusak.jenis, rusak.percobaan) == ("durkp", 3)
    assert "Gagal dibuat sesudah 3 kali" in rusak.galat
    monkeypatch.setattr(terbit, "render_pdf", asli)
    client = masuk("pak_sekcam")
    client.post(f"/m/{siap_terbit.slug}/berita-acara/paket/{paket.pk}/ulang/")
    build_paket(paket.pk)
    paket.refresh_from_db()
    assert paket.status == PackageStatus.JADI


def test_a_process_that_died_is_started_again(siap_terbit, pemeran, masuk):
    paket = start_paket(musrenbang=siap_terbit, by=pemeran["pak_sekcam"])
    url = f"/m/{siap_terbit.slug}/berita-acara/paket/{paket.pk}/"
    client = masuk("bu_bappeda")
    client.get(url)
    assert jobs().count() == 1, "it has just been heard of"
    Paket.objects.update(denyut=timezone.now() - timedelta(minutes=2))
    for _ in range(2):
        client.get(url)
    assert jobs().count() == 2


def test_a_document_that_kills_its_process_is_given_up(siap_terbit, pemeran, monkeypatch):
    paket = start_paket(musrenbang=siap_terbit, by=pemeran["bu_pmd"])
    paket.butir.filter(jenis="durkp").update(percobaan=3)
    build_paket(paket.pk)
    butir = paket.butir.get(jenis="durkp")
    assert (butir.gagal, butir.dokumen) == (True, None)
    assert "Buat ulang yang gagal" in butir.galat
    paket.refresh_from_db()
    assert paket.status == "sebagian"


@pytest.mark.django_db(transaction=True)
def test_a_document_that_takes_long_does_not_look_dead(siap_terbit, pemeran, monkeypatch):
    paket = start_paket(musrenbang=siap_terbit, by=pemeran["bu_pmd"])
    lama = timezone.now() - timedelta(minutes=2)
    terdengar = []

    def slow(paket, butir):
        """A document that takes longer than the silence that means death."""
        satu = Paket.objects.filter(pk=paket.pk)
        satu.update(denyut=lama)
        tunggu = time.monotonic() + 10
        while not satu.filter(denyut__gt=lama).exists() and time.monotonic() < tunggu:
            time.sleep(0.02)
        terdengar.append(satu.filter(denyut__gt=lama).exists())
        paket.butir.update(galat="Selesai.")

    monkeypatch.setattr("berita_acara.services.paket.DENYUT", timedelta(seconds=0.05))
    monkeypatch.setattr("berita_acara.services.paket._make", slow)
    build_paket(paket.pk)
    assert terdengar == [True]


def test_who_may(siap_terbit, pemeran, masuk):
    url = f"/m/{siap_terbit.slug}/berita-acara/paket/"
    assert masuk("operator_desa").post(url).status_code == 403
    assert masuk("orang_luar").post(url).status_code == 404
    assert masuk("bu_bappeda").get(url).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_the_process_itself(siap_terbit, pemeran, settings, tmp_path):
    paket = start_paket(musrenbang=siap_terbit, by=pemeran["pak_sekcam"])
    env = os.environ | {"DATABASE_URL": database_url(), "DEBUG": "1", "MODE_LATIHAN": "1", "VAR_DIR": str(tmp_path)}
    enqueue(make_paket, pk=paket.pk)  # delivered twice
    perintah = [sys.executable, "manage.py", "db_worker", "--batch", "--no-startup-delay", "--no-reload"]
    subprocess.run(perintah, cwd=settings.BASE_DIR, env=env, check=True, timeout=120)
    paket.refresh_from_db()
    assert paket.status == PackageStatus.JADI
    assert list(jobs().values_list("status", flat=True)) == ["SUCCESSFUL"] * 2
    assert JejakAudit.objects.filter(aksi="paket.status").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_restart_in_the_middle_of_a_set(siap_terbit, pemeran, masuk, settings, tmp_path):
    """The machine goes down while a set is made: what was made stays, the rest follows, nothing twice, no number lost."""
    paket = start_paket(musrenbang=siap_terbit, by=pemeran["pak_sekcam"])
    env = os.environ | {"DATABASE_URL": database_url(), "DEBUG": "1", "MODE_LATIHAN": "1", "VAR_DIR": str(tmp_path)}
    perintah = [sys.executable, "manage.py", "db_worker", "--batch", "--no-startup-delay", "--no-reload"]
    pekerja = subprocess.Popen(perintah, cwd=settings.BASE_DIR, env=env, start_new_session=True)
    batas = time.monotonic() + 60
    while paket.butir.exclude(dokumen=None).count() < 3 and time.monotonic() < batas:
        time.sleep(0.02)
    os.killpg(pekerja.pid, signal.SIGKILL)
    pekerja.wait()
    sudah = dict(paket.butir.exclude(dokumen=None).values_list("pk", "dokumen__sha256"))
    belum = paket.butir.filter(dokumen=None, galat="").count()
    assert sudah, "some are made"
    assert belum, "and some are not"
    Paket.objects.update(denyut=timezone.now() - timedelta(minutes=2))
    masuk("pak_sekcam").get(f"/m/{siap_terbit.slug}/berita-acara/paket/{paket.pk}/")
    subprocess.run(perintah, cwd=settings.BASE_DIR, env=env, check=True, timeout=120)
    paket.refresh_from_db()
    assert paket.status == PackageStatus.JADI
    assert dict(paket.butir.filter(pk__in=sudah).values_list("pk", "dokumen__sha256")) == sudah, "kept as they were"
    tentang = list(Dokumen.objects.values_list("jenis", "bagian", "versi"))
    assert len(tentang) == len(set(tentang))
    assert {v for *_, v in tentang} == {1}, "nothing was made twice"
    nama = zipfile.ZipFile(
        BytesIO(masuk("pak_sekcam").get(f"/m/{siap_terbit.slug}/berita-acara/paket/{paket.pk}/dokumen.zip").content)
    ).namelist()
    assert len([n for n in nama if n.endswith(".pdf")]) == Dokumen.objects.exclude(berkas="").count()
    assert JejakAudit.objects.filter(aksi="paket.status").count() == 1


def test_a_laptop_starts_a_worker_when_there_is_work(
    siap_terbit, pemeran, settings, monkeypatch, django_capture_on_commit_callbacks
):
    dimulai = []
    monkeypatch.setattr("musrenbang.infra.antrean.subprocess.Popen", lambda perintah, **_: dimulai.append(perintah))
    with django_capture_on_commit_callbacks(execute=True):
        start_paket(musrenbang=siap_terbit, by=pemeran["pak_sekcam"])
    assert dimulai == [], "a server has workers of its own"
    settings.PEKERJA_TERPISAH = False
    with django_capture_on_commit_callbacks(execute=True):
        start_paket(musrenbang=siap_terbit, by=pemeran["pak_sekcam"])
    assert dimulai == [], "the first set is still being made"
    Paket.objects.update(denyut=timezone.now() - timedelta(minutes=2))
    with django_capture_on_commit_callbacks(execute=True):
        assert revive_paket(Paket.objects.get())
    assert dimulai[0][2:4] == ["db_worker", "--batch"]


def test_a_set_that_is_not_started_has_no_job(siap_terbit, pemeran, monkeypatch):
    monkeypatch.setattr("berita_acara.services.paket.audit.record", lambda **_: pytest.fail("penuh"))
    with pytest.raises(pytest.fail.Exception):
        start_paket(musrenbang=siap_terbit, by=pemeran["pak_sekcam"])
    assert (Paket.objects.count(), jobs().count()) == (0, 0)
