"""Every page, paper and spreadsheet in three kinds of place: none says a word of another kind.

What people typed stays as they typed it, and names of laws and of national programmes are the same everywhere.
"""

import html
import re
from functools import partial
from io import BytesIO
from time import time

import openpyxl
import pytest
from django.apps import apps
from django.db.models import CharField, TextField
from django.template.loader import render_to_string
from django.test import Client

from berita_acara.dokumen.cetakan import cetakan_context, cetakan_xlsx
from berita_acara.dokumen.kinds import CETAKAN
from berita_acara.queries import kop_of
from musrenbang import sebutan
from musrenbang.akun import sign_in_code
from musrenbang.akun.sesi import DILIHAT
from musrenbang.models import Desa, Kabupaten, Kecamatan, Musrenbang, Pengguna, Provinsi
from musrenbang.transisi import Refused
from tests.snapshot import call, order_of, snapshot
from tests.test_arsitektur import all_urls

LAIN = r"gampong|nagari|pekon|kapanewon|kemantren|panewu|keuchik|lembang"
SALAH = {
    "52.03": rf"\b(kelurahan|lurah|distrik|kampung|kota|wali kota|SKPD|{LAIN})\b",
    "32.73": rf"\b(desa|kades|kepala desa|BPD|kabupaten|bupati|DU-RKP|distrik|kampung|SKPD|{LAIN})\b",
    "91.03": rf"\b(kecamatan|camat|sekcam|desa|kades|kelurahan|lurah|BPD|kota|wali kota|SKPD|{LAIN})\b",
}
"""Kind of place (a kabupaten of desa, a kota of kelurahan, a kabupaten of distrik and kampung) -> words of others."""
BOLEH = (
    r"tentang (?:Desa|Kecamatan|Kelurahan|Perangkat Daerah|Pemerintahan Daerah)",  # titles of laws
    r"(?:Alokasi )?Dana Desa|APBDes|Perdes|PNPM[^.]{0,40}Perdesaan",  # national programmes, and a desa's own papers
    r"Kota Raja",  # the name of a village on the map
    r"RPJM Desa",  # a paper that only a desa has; a kelurahan is never asked for one
    r"[\w-]*/[\w/.?=&%-]+",  # addresses and names of files
)
ORANG = {
    "pak_sekcam": "/m/",
    "bu_bappeda": ("/acuan/", "/kabupaten/", "/jadwal/"),
    "operator_desa": "/m/",
    "orang_skpd": "/skpd/",
    "": "/publik/",
}
"""Who asks for which pages: each page is read by one who may, the home page by all."""
DI_LUAR = {
    "/acuan/sebutan/",  # is about the words themselves and gives examples of all kinds of place
    "/kabupaten/durkp/unduh/",  # the order of the columns and their names are SIPD's
    "/publik/",  # what follows belongs to no place: the list of all events, the page to keep, the way in
    "/publik/bukti.html",
    "/masuk/",
}
KOSONG = " \N{WHITE SQUARE} "


def _recode(kode: str, nama: str) -> None:
    """Put the whole region of the tests under another code; in a kota its villages are kelurahan."""
    for model in (Provinsi, Kabupaten, Kecamatan, Desa):
        for one in model.objects.all():
            tail = one.kode[len("52.03") :]
            baru = kode[:2] if model is Provinsi else kode + (tail.replace(".2", ".1") if kode == "32.73" else tail)
            model.objects.filter(pk=one.pk).update(kode=baru)
    Kabupaten.objects.update(nama=nama)


def _build(kode: str, nama: str) -> Musrenbang:
    result: dict = {}
    with sebutan.use(sebutan.place_words(kode, 2026, None, frozenset({"kelurahan" if kode == "32.73" else "desa"}))):
        for step in order_of(["sent_event"]):
            result[step] = call(step, result)
            if step == "kecamatan":
                _recode(kode, nama)
                result["kecamatan"] = Kecamatan.objects.select_related("kabupaten").get()
    return result["sent_event"]


@snapshot
def at_kabupaten():
    return _build("52.03", "Kabupaten Lombok Timur")


@snapshot
def at_kota_place():
    return _build("32.73", "Kota Bandung")


@snapshot
def in_distrik():
    return _build("91.03", "Kabupaten Jayapura")


def _typed() -> re.Pattern:
    """What people typed, or what came with reference data: stored texts that hold a word of a place."""
    kata = re.compile("|".join(SALAH.values()), re.I)
    text: set[str] = set()
    for model in apps.get_models():
        if model._meta.app_label in {"auth", "sessions", "admin", "contenttypes"} or "jejak" in model._meta.model_name:
            continue
        kolom = [f.name for f in model._meta.concrete_fields if isinstance(f, CharField | TextField) and not f.choices]
        for content in model.objects.values_list(*kolom) if kolom else ():
            text |= {s for s in content if isinstance(s, str) and 3 < len(s) < 300 and kata.search(s)}
    return re.compile("|".join(re.escape(t) for t in sorted(text, key=len, reverse=True)) or r"(?!)")


def _text(isi: str) -> str:
    """What a reader meets of a page: its text and the attributes that are shown or read out."""
    isi = re.sub(r"<(script|style|code|dt)\b.*?</\1>|<!--.*?-->", " ", isi, flags=re.S)
    dibaca = re.findall(r'(?:title|alt|placeholder|aria-label|data-label|data-tanya)="([^"]*)"', isi)
    isi = re.sub(r"</?(?:b|strong|em|span|small|a|br)\b[^>]*>", "", isi)
    return html.unescape(re.sub(r"<[^>]+>", " | ", isi) + " | " + " | ".join(dibaca))


def _cells(isi: bytes) -> str:
    workbook = openpyxl.load_workbook(BytesIO(isi), read_only=True)
    sel = [
        str(v) for lembar in workbook for baris in lembar.iter_rows(values_only=True) for v in baris if v is not None
    ]
    return " | ".join([*workbook.sheetnames, *sel])


def _wrong(teks: str, kode: str, typed: re.Pattern) -> set[str]:
    teks = re.sub(r"\s+", " ", teks)
    teks = typed.sub(KOSONG, teks)
    for allowed in BOLEH:
        teks = re.sub(allowed, KOSONG, teks)
    return {teks[max(0, m.start() - 40) : m.end() + 30] for m in re.finditer(SALAH[kode], teks, re.I)}


def _client(nama):
    client = Client()
    if nama:
        client.force_login(Pengguna.objects.get(username=nama))
        sesi = client.session
        sesi[sign_in_code.KUNCI], sesi[DILIHAT] = sign_in_code.CUKUP, int(time())
        sesi.save()
    return client


def _as_text(template, content, *_):
    return b"%PDF-" + render_to_string(template, content).encode()


def _pages(acara, kode, monkeypatch):
    """Yield (who, address, text) of every page and download."""
    for tempat in ("berita_acara.services.issue", "berita_acara.services.undangan", "berita_acara.views.dokumen"):
        monkeypatch.setattr(f"{tempat}.render_pdf", _as_text)
    monkeypatch.setattr("berita_acara.services.issue.begin_pdf", lambda t, k, *_: partial(bytes, _as_text(t, k)))
    for nama, start in ORANG.items():
        client = _client(nama)
        for _, url in all_urls(acara.slug):
            if url in DI_LUAR or not (url == "/" or url.startswith(start) or (not nama and "/layar/" in url)):
                continue
            url = url.replace("52.03", kode).replace(".2002", ".1002" if kode == "32.73" else ".2002")
            response = client.get(url)
            jenis = response.headers.get("Content-Type", "")
            if jenis.startswith("text/html") and response.status_code not in (302, 405):
                yield nama, url, _text(response.content.decode())
            elif response.status_code == 200 and "spreadsheet" in jenis:
                yield nama, url, _cells(b"".join(response))


@pytest.mark.parametrize("kode", SALAH)
def test_no_page_says_a_word_of_another_kind_of_place(kode, request, monkeypatch):
    acara = request.getfixturevalue({"52.03": "at_kabupaten", "32.73": "at_kota_place", "91.03": "in_distrik"}[kode])
    typed, wrong, dilihat = _typed(), {}, 0
    for nama, url, text in _pages(acara, kode, monkeypatch):
        dilihat += 1
        for one in _wrong(text, kode, typed):
            wrong.setdefault(one, f"{nama} {url}")
    assert dilihat > 90
    assert not wrong, "\n".join(f"{v}: …{k}…" for k, v in sorted(wrong.items(), key=lambda x: x[1]))


@pytest.mark.parametrize("kode", SALAH)
def test_no_paper_says_a_word_of_another_kind_of_place(kode, request):
    acara = request.getfixturevalue({"52.03": "at_kabupaten", "32.73": "at_kota_place", "91.03": "in_distrik"}[kode])
    acara = Musrenbang.objects.with_place().get(pk=acara.pk)
    typed, wrong, dilihat = _typed(), [], 0
    with sebutan.use(acara.sebutan):
        for jenis, cetakan in CETAKAN.items():
            for bagian, _ in (cetakan.bagian(acara) if cetakan.bagian else [("", "")])[:1]:
                try:
                    content = cetakan_context(jenis, acara, bagian) | {"kop": kop_of(acara), "logo": ""}
                except Refused:
                    continue
                dilihat += 1
                text = _text(render_to_string(cetakan.template, content))
                if cetakan.xlsx:
                    text += _cells(cetakan_xlsx(jenis, acara, bagian))
                wrong += [f"{jenis}: …{one}…" for one in _wrong(text, kode, typed)]
    assert dilihat > 15
    assert not wrong, "\n".join(sorted(wrong))
