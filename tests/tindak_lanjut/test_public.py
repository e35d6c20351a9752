"""The public result: open once the plan is fixed, searchable, cacheable, and without personal data."""

import csv
import io
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from pypdf import PdfReader

from alur.services.acara import advance_musrenbang
from berita_acara.services.issue import freeze_list
from musrenbang.models import Dokumen, Pengguna
from musrenbang.sidang.models import Kehadiran
from musrenbang.states import Tahap
from rkp.models import BarisRkp
from rkp.services.pleno import object_baris, settle_objection
from tests.conftest import record_attendance
from tests.halaman import flat


def test_it_opens_when_the_plan_is_fixed(acara, decided_event, cast, client):
    url = f"/publik/{acara.slug}/"
    assert client.get(url).status_code == 404
    assert acara.kecamatan.nama not in client.get("/publik/").content.decode()
    advance_musrenbang(musrenbang=acara, dari=Tahap.PLENO, ke=Tahap.PRIORITAS, by=cast["pak_sekcam"])
    response = client.get(url)
    assert response.status_code == 200
    assert "public" in response.headers["Cache-Control"]
    html = flat(response)
    assert "3 desa mengusulkan 6 kegiatan" in html
    assert "5 kegiatan" in html
    assert "631.000.000" in html
    assert f"/publik/{acara.slug}/" in client.get("/publik/?cari=sik").content.decode()
    advance_musrenbang(
        musrenbang=acara, dari=Tahap.PRIORITAS, ke=Tahap.PLENO, by=cast["pak_sekcam"], alasan="Dibahas ulang."
    )
    assert client.get(url).status_code == 404, "an open plan is nobody's result"


def test_no_person_is_named(submitted_event, client, masuk):
    """Neither accounts nor participants, on no public page."""
    nama = {*Pengguna.objects.values_list("nama", flat=True), *Kehadiran.objects.values_list("nama", flat=True)}
    nama.discard("")
    assert len(nama) > 10
    halaman = ["", "?cari=jalan", "1/", "5/", "data.csv", "data.json"]
    for one in halaman:
        response = client.get(f"/publik/{submitted_event.slug}/{one}")
        assert response.status_code == 200
        text = response.content.decode()
        assert [n for n in nama if n in text] == [], one


def test_an_objection_is_told_without_the_name(acara, decided_event, cast, client):
    by = cast["pak_sekcam"]
    person = record_attendance(acara, by, "Rahman Keberatan")
    baris = BarisRkp.objects.select_related("rkp__musrenbang").get(nomor=1)
    k = object_baris(baris=baris, by=by, oleh=person.nama, isi="Jalan kami lebih rusak.", kunci=uuid.uuid4())
    settle_objection(keberatan=k, by=by, penyelesaian="Disepakati tahun depan.")
    advance_musrenbang(musrenbang=acara, dari=Tahap.PLENO, ke=Tahap.PRIORITAS, by=by)
    html = client.get(f"/publik/{acara.slug}/1/").content.decode()
    assert "Ada keberatan dari peserta" in html
    assert "Rahman" not in html


@pytest.mark.parametrize(
    ("filters", "existing", "no"),
    [
        ("cari=irigasi", "Rehabilitasi irigasi tersier", "jembatan"),
        ("desa=Semaya", "jalan usaha tani", "kambing"),
        ("keputusan=belum_disepakati", "Rehab kantor desa", "irigasi"),
        ("cari=zzz", "Tidak ada kegiatan yang cocok", "kambing"),
    ],
)
def test_the_list_is_searched(approved_event, client, filters, existing, no):
    html = client.get(f"/publik/{approved_event.slug}/?{filters}").content.decode().split("Semua kegiatan</h2>")[1]
    assert existing in html
    assert no not in html


def test_open_data_is_complete_and_harmless(approved_event, client):
    versi = approved_event.rkp.riwayat.get(jenis="disahkan")
    versi.baris.filter(nomor=1).update(kegiatan='=HYPERLINK("http://x")')
    contents = client.get(f"/publik/{approved_event.slug}/data.csv").content.decode()
    baris = list(csv.DictReader(io.StringIO(contents)))
    assert len(baris) == 6
    assert baris[0]["kegiatan"].startswith("'=")
    assert (
        sum(int(b["biaya"] or 0) for b in baris if b["keputusan"] in ("disepakati", "dengan_perubahan")) == 631_000_000
    )
    data = client.get(f"/publik/{approved_event.slug}/data.json").json()
    assert set(data["kegiatan"][0]) == set(data["kolom"])
    assert client.get(f"/publik/{approved_event.slug}/data.xml").status_code == 404


def test_what_is_not_there_says_so(approved_event, client):
    assert client.get("/publik/tidak-ada/").status_code == 404
    assert client.get(f"/publik/{approved_event.slug}/999/").status_code == 404
    assert client.post(f"/publik/{approved_event.slug}/").status_code == 405


PUBLIK = ["rkp", "durkp", "prioritas_skpd", "belum_disepakati", "prioritas_program"]


def test_the_documents_are_open_and_name_no_participant(approved_event, client, masuk):
    """Officials sign; who came, spoke or was chosen stands in no document that everybody may read."""
    halaman = client.get(f"/publik/{approved_event.slug}/").content.decode()
    nama = set(Kehadiran.objects.values_list("nama", flat=True)) - {"", "Pak Camat", "Pak Sekcam"}
    assert len(nama) > 5
    for jenis in PUBLIK:
        url = f"/publik/{approved_event.slug}/dokumen/{jenis}.pdf"
        assert url in halaman
        response = client.get(url)
        assert (response.status_code, response.headers["Content-Type"]) == (200, "application/pdf")
        assert "public" in response.headers["Cache-Control"]
        text = " ".join(h.extract_text() for h in PdfReader(io.BytesIO(response.content)).pages)
        assert approved_event.kecamatan.nama in text
        assert [n for n in nama if n in text] == [], jenis
    for jenis in ("daftar_hadir", "berita_acara", "notulen", "daftar_delegasi", "usulan_skpd", "xyz"):
        assert client.get(f"/publik/{approved_event.slug}/dokumen/{jenis}.pdf").status_code == 404


def test_a_document_is_made_once_for_everybody(approved_event, client, monkeypatch):
    url = f"/publik/{approved_event.slug}/dokumen/durkp.pdf"
    freeze_list(musrenbang=approved_event, jenis="durkp", by=None)  # somebody's request is making it
    response = client.get(url)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "20")
    assert "sedang disiapkan" in response.content.decode()
    assert "public" not in response.headers.get("Cache-Control", "")
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        first = client.get(url)
    assert first.status_code == 200, "whoever began it has died; it is made again"
    monkeypatch.setattr("berita_acara.services.issue.begin_pdf", lambda *a: pytest.fail("rendered again"))
    assert client.get(url).content == first.content
    assert [d.dibuat_oleh for d in Dokumen.objects.filter(jenis="durkp")] == [None]


def test_what_was_handed_over_a_moment_ago_is_made_at_the_first_call(submitted_event, client):
    assert Dokumen.objects.get(jenis="durkp").sha256 == ""
    assert client.get(f"/publik/{submitted_event.slug}/dokumen/durkp.pdf").status_code == 200
    assert Dokumen.objects.get(jenis="durkp").sha256


def test_before_the_plan_is_fixed_and_before_the_ranking(acara, decided_event, cast, client):
    url = f"/publik/{acara.slug}/dokumen/"
    assert client.get(f"{url}rkp.pdf").status_code == 404
    advance_musrenbang(musrenbang=acara, dari=Tahap.PLENO, ke=Tahap.PRIORITAS, by=cast["pak_sekcam"])
    assert client.get(f"{url}rkp.pdf").status_code == 200
    assert client.get(f"{url}prioritas_program.pdf").status_code == 404
    assert "Urutan prioritas program" not in client.get(f"/publik/{acara.slug}/").content.decode()


@pytest.mark.parametrize("n", [1, 3])
def test_queries_do_not_grow(approved_event, client, n, django_assert_num_queries):
    approved_event.rkp.riwayat.get(jenis="disahkan").baris.filter(nomor__gt=n).delete()
    with django_assert_num_queries(15):
        client.get(f"/publik/{approved_event.slug}/")
