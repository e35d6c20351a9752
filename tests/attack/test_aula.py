"""Forged and malformed files of a hall: each is refused in words, and nothing at the server changes."""

import base64
import gzip
import io
import json
import re
import time
import tracemalloc
from functools import cache

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.files.uploadedfile import SimpleUploadedFile

from alur.aula import envelope, kunci
from alur.aula.services.journeys import signing_key
from alur.aula.services.result import confirm_result
from alur.aula.services.upload import receive_result
from alur.aula.unseal import open_sealed
from musrenbang.infra import age
from musrenbang.models import Musrenbang
from musrenbang.transisi import Refused
from tests.attack.aula import SANDI, state_of


def test_an_honest_day_comes_home_when_two_have_confirmed_it(aula_day, acara, cast, cheap_keys):
    acara.refresh_from_db()
    content, berkas = state_of(acara)
    result = receive_result(musrenbang=acara, by=cast["bu_pmd"], berkas=aula_day.pulang, sandi=SANDI)
    current, current_file = state_of(acara)
    same = {k: v for k, v in content["tabel"].items() if k not in {"jejak_audit", "acara"}}
    assert same.items() <= current["tabel"].items(), "nothing counts before it is confirmed"
    assert set(current_file) - set(berkas) == {result.berkas.name}
    for nama, peran, masuk in (("pak_sekcam", {"sekcam"}, False), ("pak_camat", {"camat"}, True)):
        who = {"by": cast[nama], "peran": frozenset(peran)}
        assert confirm_result(result=result, sha256=result.sha256, **who) is masuk
    acara.refresh_from_db()
    assert (acara.tahap, acara.dibawa_pada) == ("penandatanganan", None)


# --- the outside of the file ------------------------------------------------------------------------------------------


def _unsealed(h):
    outside = envelope.unwrap(h.pulang)
    return open_sealed(outside, SANDI)[0]


def _packed(h, everything: bytes):
    """Seal what is not a packed document, with the laptop's own key."""
    body = age.encrypt_bytes(everything, SANDI)
    head_of = envelope.TANDA + f"pulang {h.nomor}\n{kunci.public_of(h.rahasia)}\n".encode()
    return _signed(h.rahasia, head_of, body)


def _signed(rahasia, kepala, body):
    tanda = Ed25519PrivateKey.from_private_bytes(rahasia).sign(envelope._digest(kepala, body))
    return kepala + base64.b64encode(tanda) + b"\n\n" + body


def _json(h, text: bytes):
    return _packed(h, gzip.compress(b"%d\n" % len(text) + text))


@cache
def _bomb():
    leaving = io.BytesIO()
    with gzip.GzipFile(fileobj=leaving, mode="wb") as dense:
        for _ in range(610):
            dense.write(bytes(1 << 20))
    return leaving.getvalue()


def _swap(berkas, lama, baru):
    assert lama in berkas
    return berkas.replace(lama, baru, 1)


LUAR = {
    "empty": (lambda h: b"", "bukan berkas musrenbang"),
    "a PDF": (lambda h: b"%PDF-1.7 " + bytes(100), "bukan berkas musrenbang"),
    "plain JSON": (lambda h: json.dumps(h.isi).encode(), "bukan berkas musrenbang"),
    "the form before this one": (
        lambda h: gzip.compress(b'{"dokumen": {}, "tanda": "", "kunci": ""}'),
        "versi aplikasi yang lama",
    ),
    "only its head": (lambda h: h.pulang[:300], "berubah sejak dibuat"),
    "cut in the body": (lambda h: h.pulang[:-40], "berubah sejak dibuat"),
    "something behind it": (lambda h: h.pulang + b"x", "berubah sejak dibuat"),
    "one bit of the body": (
        lambda h: h.pulang[:-9] + bytes([h.pulang[-9] ^ 1]) + h.pulang[-8:],
        "berubah sejak dibuat",
    ),
    "another journey's number": (lambda h: _swap(h.pulang, b"pulang 1\n", b"pulang 2\n"), "berubah sejak dibuat"),
    "called the way out": (lambda h: _swap(h.pulang, b"pulang 1\n", b"pergi 1\n"), "berubah sejak dibuat"),
    "the way out itself": (lambda h: h.pergi, "untuk laptop, bukan hasilnya"),
    "a newer number of the form": (
        lambda h: _swap(h.pulang, b"musrenbang-aula 2", b"musrenbang-aula 3"),
        "versi aplikasi yang lain",
    ),
    "another laptop's key": (
        lambda h: envelope.seal("pulang", h.nomor, h.isi, h.lampiran, kunci=kunci.new_key(), sandi=SANDI),
        "bukan dari laptop yang diizinkan",
    ),
    "the server's key": (
        lambda h: envelope.seal("pulang", h.nomor, h.isi, h.lampiran, kunci=signing_key(), sandi=SANDI),
        "bukan dari laptop yang diizinkan",
    ),
    "a journey that never was": (
        lambda h: envelope.seal("pulang", 77, h.isi, h.lampiran, kunci=h.rahasia, sandi=SANDI),
        "bukan dari laptop yang diizinkan",
    ),
    "a key of no curve": (
        lambda h: re.sub(rb"\n[A-Za-z0-9+/]{43}=\n", b"\n" + b"/" * 42 + b"8=\n", h.pulang, count=1),
        "berubah sejak dibuat",
    ),
    "another passphrase": (
        lambda h: envelope.seal("pulang", h.nomor, h.isi, h.lampiran, kunci=h.rahasia, sandi="lain-sama-sekali-1"),
        "Kata sandi berkas ini salah",
    ),
    "more work than memory": (
        lambda h: _signed(
            h.rahasia,
            envelope.TANDA + f"pulang {h.nomor}\n{kunci.public_of(h.rahasia)}\n".encode(),
            age.encrypt_bytes(b"x", SANDI).replace(b" 4\n", b" 24\n", 1),
        ),
        "terlalu banyak memori",
    ),
    "not encrypted": (
        lambda h: _signed(
            h.rahasia,
            envelope.TANDA + f"pulang {h.nomor}\n{kunci.public_of(h.rahasia)}\n".encode(),
            gzip.compress(b"{}"),
        ),
        "tidak disandikan",
    ),
    "no gzip inside": (lambda h: _packed(h, b"PK\x03\x04 apa saja"), "bukan berkas musrenbang"),
    "half a gzip": (lambda h: _packed(h, _unsealed(h)[:-20]), "bukan berkas musrenbang"),
    "two gzips": (lambda h: _packed(h, _unsealed(h) * 2), "bukan berkas musrenbang"),
    "610 MB of nothing": (lambda h: _packed(h, _bomb()), "mengembang lebih dari 60 MB"),
    "JSON longer than said": (lambda h: _packed(h, gzip.compress(b'5\n{"a": 1}')), "bukan berkas musrenbang"),
    "JSON of 99 MB, said": (lambda h: _packed(h, gzip.compress(b"99000000\n{}")), "bukan berkas musrenbang"),
    "a list": (lambda h: _json(h, b"[]"), "bukan berkas musrenbang"),
    "NaN": (lambda h: _json(h, b'{"format": NaN}'), "bukan berkas musrenbang"),
    "an infinite number": (lambda h: _json(h, b'{"format": 1e999}'), "bukan berkas musrenbang"),
    "a number of 5,000 digits": (lambda h: _json(h, b'{"a": ' + b"9" * 5000 + b"}"), "bukan berkas musrenbang"),
    "a name twice": (lambda h: _json(h, b'{"format": 1, "format": 2}'), "bukan berkas musrenbang"),
    "100,000 deep": (lambda h: _json(h, b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"), "bukan berkas musrenbang"),
    "50 deep": (lambda h: _json(h, b'{"a": ' + b"[" * 50 + b"]" * 50 + b"}"), "bukan berkas musrenbang"),
    "5 million empty lists": (lambda h: _json(h, b'{"a": [' + b"[]," * 5_000_000 + b"1]}"), "terlalu banyak"),
    "5 million numbers": (lambda h: _json(h, b'{"a": [' + b"1," * 5_000_000 + b"1]}"), "terlalu banyak"),
    "a null character": (lambda h: _json(h, b'{"a": "\\u0000"}'), "huruf yang tidak sah"),
    "half a character": (lambda h: _json(h, b'{"a": "\\ud800"}'), "huruf yang tidak sah"),
    "not UTF-8": (lambda h: _json(h, b'{"a": "\xff\xfe"}'), "bukan berkas musrenbang"),
}


@pytest.mark.parametrize("what", LUAR)
def test_a_file_that_is_not_the_laptops_own_is_refused(what, aula_day, refused_event):
    build, kata = LUAR[what]
    refused_event(build(aula_day), kata)


def test_no_forgery_costs_more_than_it_may(aula_day, acara, cast, cheap_keys):
    """The dearest files: what Python allocates while each is refused, and how long it takes."""
    for what in ("610 MB of nothing", "5 million empty lists", "5 million numbers", "100,000 deep"):
        berkas = LUAR[what][0](aula_day)
        tracemalloc.start()
        mulai = time.process_time()
        with pytest.raises(Refused):
            receive_result(musrenbang=acara, by=cast["bu_pmd"], berkas=berkas, sandi=SANDI)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 200 << 20, (what, peak)
        assert time.process_time() - mulai < 30, what


def test_the_page_answers_every_one_in_words(aula_day, acara, masuk, cheap_keys):
    client, url = masuk("pak_sekcam"), f"/m/{acara.slug}/berita-acara/aula/pulang/"
    for what in (
        "empty",
        "a PDF",
        "the form before this one",
        "one bit of the body",
        "NaN",
        "100,000 deep",
        "not UTF-8",
    ):
        build, kata = LUAR[what]
        contents = {"berkas": SimpleUploadedFile("a.musrenbang", build(aula_day) or b" "), "sandi": SANDI}
        response = client.post(url, contents, follow=True)
        assert response.status_code == 200, what
        assert re.search(kata, response.content.decode()), what
    assert client.post(url, {"sandi": SANDI}, follow=True).status_code == 200
    assert Musrenbang.objects.get(pk=acara.pk).tahap == "pleno"
