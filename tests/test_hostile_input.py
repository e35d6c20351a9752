"""What people type never becomes markup, a formula, or a way into somebody else's event. Over all pages and files."""

import csv
import io
import re
from contextlib import suppress
from io import BytesIO

import pytest
from django.apps import apps
from django.db import IntegrityError, InternalError, models, transaction
from django.db.models import Value
from django.db.models.functions import Cast, Concat, Substr
from openpyxl import load_workbook

from musrenbang.models import Keanggotaan, Kecamatan, Pengguna
from musrenbang.models.jejak import Jejak
from musrenbang.persiapan.services.acara import schedule_musrenbang
from musrenbang.states import Peran
from rkp.models import Keputusan
from tests.selection import Run
from tests.test_arsitektur import TERBUKA, all_urls

APLIKASI = ("musrenbang", "sidang", "usulan", "rkp", "prioritas", "delegasi", "tindak_lanjut", "berita_acara")
BUKAN_TULISAN = re.compile(
    r"kode|slug|sha256|sidik|sidik_isi|sebelum|username|password|status|nomor$|berkas|logo|aksi|first_name|last_name|email"
)

OUTCOMES = "|".join(map(re.escape, Keputusan.labels))
ONE = rf"SUMIF\([A-Z]+3:[A-Z]+\d+,\"(?:{OUTCOMES})\",[A-Z]+3:[A-Z]+\d+\)"
OUR_SUM = re.compile(rf"=(?:SUM\(([A-Z]+)3:\1\d+\)|{ONE}(?:\+{ONE})*)")
"""What the program itself writes below a column of figures: the sum of all, or of those with an outcome in our words."""


def free_text():
    """Yield (model, columns) of everything that a person writes in own words."""
    for model in apps.get_models():
        if model._meta.app_label not in APLIKASI or issubclass(model, Jejak):
            continue
        kolom = [
            f
            for f in model._meta.concrete_fields
            if isinstance(f, models.CharField | models.TextField)
            and not f.choices
            and not f.unique
            and not f.primary_key
            and not isinstance(f, models.FileField)
            and not BUKAN_TULISAN.fullmatch(f.name)
        ]
        if kolom:
            yield model, kolom


def poison(poisoned):
    """Put the text into every free text of every row, told apart by the row's key; return how many columns.

    What the database itself refuses to change (issued documents, fixed versions) was written by the same services.
    """
    n = 0
    for model, kolom in free_text():
        text = Concat(Value(poisoned), Cast("pk", models.CharField()))
        content = {f.name: Substr(text, 1, getattr(f, "max_length", None) or 100) for f in kolom}
        try:
            with transaction.atomic():
                n += len(kolom) * model.objects.update(**content)
        except (IntegrityError, InternalError):  # a row among them is not to be changed
            for pk in model.objects.values_list("pk", flat=True):
                with suppress(IntegrityError, InternalError), transaction.atomic():
                    n += len(kolom) * model.objects.filter(pk=pk).update(**content)
    return n


def ask(client, url):
    """Open an address; the files behind the answer are closed, the database connection is not."""
    response = client.get(url)
    response.isi = b"".join(response.streaming_content) if response.streaming else response.content
    for close in response._resource_closers:
        close()
    return response


@pytest.fixture
def finished_event(issued_event, ready_to_issue):
    return ready_to_issue


HTML = """<x1 onx='">"""
PEOPLE = ("pak_sekcam", "bu_bappeda", "operator_desa", "orang_skpd")


def test_no_text_becomes_markup_or_a_formula(finished_event, masuk):
    """One look at everything as each of them, then at what came as a table for each other sign that begins a formula."""
    urls = [(url, PEOPLE[: 1 if nama in TERBUKA else None]) for nama, url in all_urls(finished_event.slug)]
    papers = ("rkp", "durkp", "rekap_usulan", "daftar_hadir")
    urls += [(f"/m/{finished_event.slug}/berita-acara/xlsx/{jenis}/", PEOPLE) for jenis in papers]
    clean = transaction.savepoint()
    assert poison(f"={HTML}") > 200
    dilihat, tables, clients = 0, [], {nama: masuk(nama) for nama in PEOPLE}  # sessions are poisoned too
    for nama, url in [(nama, url) for url, people in urls for nama in people]:
        response = ask(clients[nama], url)
        if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
            content = response.isi.decode()
            dilihat += 1
            assert "<x1" not in content, url
            assert "onx='\"" not in content, url  # quotes would leave the attribute they stand in
        elif is_table_without(f"={HTML}", response, url):
            tables.append((nama, url))
    assert dilihat > 60
    assert len(tables) > 6
    # Whether a cell is a formula is no matter of the database: the second one sees one sign.
    for poisoned in () if Run.leaves_out else ("+1+1|", "-1+1|", "@SUM(1)|"):
        transaction.savepoint_rollback(clean)
        clean = transaction.savepoint()
        poison(poisoned)
        clients = {nama: masuk(nama) for nama in PEOPLE}
        for nama, url in tables:
            assert is_table_without(poisoned, ask(clients[nama], url), url), (nama, url)


def is_table_without(poisoned, response, url):
    """Tell whether a spreadsheet came; no cell in it may be a formula but our own sums."""
    type_name = response.headers.get("Content-Type", "")
    if response.status_code != 200 or not ("spreadsheetml" in type_name or "csv" in type_name):
        return False
    if "csv" in type_name:
        sel = [v for baris in csv.reader(io.StringIO(response.isi.decode())) for v in baris]
        assert not [v for v in sel if v.startswith(poisoned[:4])], url  # a short column holds no more of it
    else:
        lembar = [s for w in load_workbook(BytesIO(response.isi)).worksheets for b in w.iter_rows() for s in b]
        assert not [s.coordinate for s in lembar if s.data_type == "f" and not OUR_SUM.fullmatch(s.value)], url
    return True


def test_keys_of_another_event_open_nothing(finished_event, masuk, kabupaten):
    """Every link and form of one event, asked for under the address of another, by the Sekcam of that other."""
    other = Kecamatan.objects.create(kode="52.03.99", nama="Lain", kabupaten=kabupaten)
    sekcam = Pengguna.objects.create_user("sekcam_lain", nama="Sekcam Lain")
    Keanggotaan.objects.create(pengguna=sekcam, peran=Peran.SEKCAM, kecamatan=other)
    acara = schedule_musrenbang(kecamatan=other, tahun_pelaksanaan=2026, by=sekcam)
    own, prefix = masuk("pak_sekcam"), f"/m/{finished_event.slug}/"
    link = set()
    for _, url in all_urls(finished_event.slug):
        response = ask(own, url)
        if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
            link |= set(
                re.findall(
                    rf'(?:href|action|hx-get|hx-post)="({prefix}[^"?#]*/\d+/[^"?#]*)"', response.content.decode()
                )
            )
    assert len(link) > 20
    foreign = sign_in_signed_in_as(sekcam)
    for url in sorted(link):
        same = url.replace(prefix, f"/m/{acara.slug}/")
        for alamat in (url, same):
            response = foreign.get(alamat)
            if response.status_code == 405:
                response = foreign.post(alamat)
            assert response.status_code == 404, alamat


def sign_in_signed_in_as(person):
    from django.test import Client

    client = Client()
    client.force_login(person)
    client.get("/")
    return client
