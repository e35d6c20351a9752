"""What people type never becomes markup, a formula, or a way into somebody else's event. Over all pages and files."""

import csv
import io
import re
from contextlib import suppress
from io import BytesIO

import pytest
from django.apps import apps
from django.db import IntegrityError, InternalError, models, transaction
from openpyxl import load_workbook

from musrenbang.models import Keanggotaan, Kecamatan, Pengguna
from musrenbang.models.jejak import Jejak
from musrenbang.persiapan.services.acara import schedule_musrenbang
from musrenbang.states import Peran
from tests.test_arsitektur import TERBUKA, all_urls

APLIKASI = ("musrenbang", "sidang", "usulan", "rkp", "prioritas", "delegasi", "tindak_lanjut", "berita_acara")
BUKAN_TULISAN = re.compile(
    r"kode|slug|sha256|sidik|sidik_isi|sebelum|username|password|status|nomor$|berkas|logo|aksi|first_name|last_name|email"
)


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


def poison(racun):
    """Put the text into every free text of every row, told apart by the row's key; return how many columns.

    What the database itself refuses to change (issued documents, fixed versions) was written by the same services.
    """
    n = 0
    for model, kolom in free_text():
        for baris in model.objects.all():
            isi = {f.name: f"{racun}{baris.pk}"[: getattr(f, "max_length", None) or 100] for f in kolom}
            with suppress(IntegrityError, InternalError), transaction.atomic():
                n += len(isi) * model.objects.filter(pk=baris.pk).update(**isi)
    return n


def ask(client, url):
    """Open an address; the files behind the answer are closed, the database connection is not."""
    jawab = client.get(url)
    jawab.isi = b"".join(jawab.streaming_content) if jawab.streaming else jawab.content
    for tutup in jawab._resource_closers:
        tutup()
    return jawab


@pytest.fixture
def selesai(terbit, siap_terbit):
    return siap_terbit


HTML = """<x1 onx='">"""


def test_no_text_becomes_markup(selesai, masuk):
    assert poison(HTML) > 200
    dilihat, klien = 0, [masuk(n) for n in ("pak_sekcam", "bu_bappeda", "operator_desa", "orang_skpd")]
    for nama, url in all_urls(selesai.slug):
        for client in klien[: 1 if nama in TERBUKA else None]:
            jawab = ask(client, url)
            if jawab.status_code == 200 and jawab.headers["Content-Type"].startswith("text/html"):
                isi = jawab.isi.decode()
                dilihat += 1
                assert "<x1" not in isi, url
                assert "onx='\"" not in isi, url  # quotes would leave the attribute they stand in
    assert dilihat > 60


def test_no_text_becomes_a_formula(selesai, masuk):
    urls = [u for _, u in all_urls(selesai.slug)]
    urls += [f"/m/{selesai.slug}/berita-acara/xlsx/{j}/" for j in ("rkp", "durkp", "rekap_usulan", "daftar_hadir")]
    minta = [(nama, url) for url in urls for nama in ("pak_sekcam", "bu_bappeda", "orang_skpd")]
    for racun in ("=1+1|", "+1+1|", "-1+1|", "@SUM(1)|"):
        bersih = transaction.savepoint()
        poison(racun)
        klien = {nama: masuk(nama) for nama, _ in minta}  # sessions are poisoned too
        minta = [(n, u) for n, u in minta if _is_table_without(racun, klien[n], u)]  # only they are asked for again
        assert len(minta) > 6
        transaction.savepoint_rollback(bersih)


def _is_table_without(racun, client, url):
    """Tell whether a spreadsheet comes; no cell in it may be a formula."""
    jawab = ask(client, url)
    tipe = jawab.headers.get("Content-Type", "")
    if jawab.status_code != 200 or not ("spreadsheetml" in tipe or "csv" in tipe):
        return False
    if "csv" in tipe:
        sel = [v for baris in csv.reader(io.StringIO(jawab.isi.decode())) for v in baris]
        assert not [v for v in sel if v.startswith(racun)], url
    else:
        lembar = [s for w in load_workbook(BytesIO(jawab.isi)).worksheets for b in w.iter_rows() for s in b]
        assert not [s.coordinate for s in lembar if s.data_type == "f"], url
    return True


def test_keys_of_another_event_open_nothing(selesai, masuk, kabupaten):
    """Every link and form of one event, asked for under the address of another, by the Sekcam of that other."""
    lain = Kecamatan.objects.create(kode="52.03.99", nama="Lain", kabupaten=kabupaten)
    sekcam = Pengguna.objects.create_user("sekcam_lain", nama="Sekcam Lain")
    Keanggotaan.objects.create(pengguna=sekcam, peran=Peran.SEKCAM, kecamatan=lain)
    acara = schedule_musrenbang(kecamatan=lain, tahun_pelaksanaan=2026, by=sekcam)
    milik, awalan = masuk("pak_sekcam"), f"/m/{selesai.slug}/"
    tautan = set()
    for _, url in all_urls(selesai.slug):
        jawab = ask(milik, url)
        if jawab.status_code == 200 and jawab.headers["Content-Type"].startswith("text/html"):
            tautan |= set(
                re.findall(rf'(?:href|action|hx-get|hx-post)="({awalan}[^"?#]*/\d+/[^"?#]*)"', jawab.content.decode())
            )
    assert len(tautan) > 20
    asing = masuk_sebagai(sekcam)
    for url in sorted(tautan):
        sama = url.replace(awalan, f"/m/{acara.slug}/")
        for alamat in (url, sama):
            jawab = asing.get(alamat)
            if jawab.status_code == 405:
                jawab = asing.post(alamat)
            assert jawab.status_code == 404, alamat


def masuk_sebagai(orang):
    from django.test import Client

    client = Client()
    client.force_login(orang)
    client.get("/")
    return client
