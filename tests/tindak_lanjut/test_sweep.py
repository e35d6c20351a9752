"""Every address outside an event, and jobs, downloads and /admin/, asked for with the keys of somebody else's kabupaten.

Two kabupaten work on one server. The people of the second, and those of another kecamatan of the first, ask for everything
that is the first's: refused, nothing of it is read, nothing of it changes.
"""

from datetime import date

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import get_resolver, reverse

from berita_acara.services.paket import start_paket
from musrenbang.acuan.services.acuan import import_acuan
from musrenbang.acuan.tables import TABEL
from musrenbang.akun.services.pengguna import invite_pengguna, reset_password
from musrenbang.models import (
    Desa,
    Kabupaten,
    Keanggotaan,
    Kecamatan,
    Musrenbang,
    Pengguna,
    PermintaanAkun,
    PermintaanJadwal,
    Provinsi,
    Skpd,
)
from musrenbang.persiapan.services.acara import schedule_musrenbang
from musrenbang.states import Peran
from rkp.prioritas.models import SkemaPendanaan
from tests.conftest import FIXTURES
from tests.some import some
from tests.test_arsitektur import TANPA_ACARA, TERBUKA, _pola, all_urls
from tests.test_hostile_input import APLIKASI, ask, sign_in_signed_in_as
from tindak_lanjut.models import Pengiriman, Pilahan

TANDA = "Kenari Milik Sendiri"
"""Stands in every free text of the first kabupaten; whoever else reads it has read too much."""
PERAN = [Peran.BAPPEDA, Peran.CAMAT, Peran.SEKCAM, Peran.PMD, Peran.PEMANDU, Peran.VERIFIKATOR, Peran.DESA, Peran.SKPD]


def people(prefix, kecamatan, skpd, peran):
    """Make one person for each role."""
    desa = Desa.objects.create(kode=f"{kecamatan.kode}.2001", nama=f"Desa {prefix}", kecamatan=kecamatan)
    tempat = {Peran.BAPPEDA: {"kabupaten": kecamatan.kabupaten}, Peran.DESA: {"desa": desa}, Peran.SKPD: {"skpd": skpd}}
    result = {}
    for one in peran:
        person = Pengguna.objects.create(username=f"{prefix}_{one}", nama=f"{prefix} {one}")
        Keanggotaan.objects.create(pengguna=person, peran=one, **tempat.get(one, {"kecamatan": kecamatan}))
        result[f"{prefix}_{one}"] = person
    return result


@pytest.fixture
def owned_works(sent_event, cast, kabupaten):
    """The first kabupaten: an event whose works are sent, with something behind every kind of address."""
    acara = sent_event
    PermintaanJadwal.objects.create(
        musrenbang=acara, tanggal=date(2026, 3, 1), alasan=TANDA, diminta_oleh=cast["bu_pmd"]
    )
    reset_password(kabupaten=kabupaten, by=cast["bu_bappeda"], pengguna=cast["pak_camat"])
    invite_pengguna(kabupaten=kabupaten, by=cast["bu_bappeda"], nama=TANDA, peran=Peran.PMD, lingkup=acara.kecamatan)
    SkemaPendanaan.objects.create(
        kabupaten=kabupaten, kode="sendiri", nama=TANDA, tahun_dari=2020, tahun_sampai=2040, aturan={}
    )
    start_paket(musrenbang=acara, by=cast["pak_sekcam"])
    Kabupaten.objects.filter(pk=kabupaten.pk).update(nama=f"Kabupaten {TANDA}")
    for model, kolom in ((Skpd, "nama"), (Kecamatan, "nama")):
        for one in model.objects.all():
            model.objects.filter(pk=one.pk).update(**{kolom: f"{TANDA} {one.pk}"})
    return acara


@pytest.fixture
def foreign_file(owned_works, kabupaten):
    """People of the second kabupaten with an event of their own, and of another kecamatan and SKPD of the first."""
    provinsi = Provinsi.objects.create(kode="99", nama="Provinsi Lain")
    second = Kabupaten.objects.create(kode="99.01", nama="Kabupaten Kedua", provinsi=provinsi)
    import_acuan(berkas=FIXTURES / "acuan.json", kabupaten=second, tahun=2027)
    in_both = Kecamatan.objects.create(kode="99.01.01", nama="Kecamatan Kedua", kabupaten=second)
    person = people("kedua", in_both, Skpd.objects.filter(kabupaten=second).first(), PERAN)
    neighbours = Kecamatan.objects.create(kode="52.03.98", nama="Kecamatan Tetangga", kabupaten=kabupaten)
    skpd = Skpd.objects.create(
        kabupaten=kabupaten, nama="Dinas Tetangga", singkatan="DT", bidang=Skpd.objects.first().bidang
    )
    person |= people("tetangga", neighbours, skpd, PERAN[1:])
    for kecamatan in (in_both, neighbours):
        schedule_musrenbang(kecamatan=kecamatan, tahun_pelaksanaan=2026, by=person["kedua_bappeda"])
    person["orang_luar"] = Pengguna.objects.get(username="orang_luar")
    return person


def keys_of(acara, kabupaten):
    """{name of an address outside an event: its keys in the first kabupaten}."""
    person = Pengguna.objects.get(nama=TANDA).pk
    camat = Pengguna.objects.get(username="pak_camat").pk
    pk = {
        "plan_answer": [PermintaanJadwal.objects.get().pk],
        "skpd_letter": [Pengiriman.objects.first()],
        "skpd_receive": [Pengiriman.objects.first()],
        "skpd_answer": [Pilahan.objects.filter(pengiriman__isnull=False).first()],
        "user_role_remove": [Keanggotaan.objects.get(pengguna=camat)],
        "user_request_answer": [PermintaanAkun.objects.get()],
        "user_request_withdraw": [PermintaanAkun.objects.get()],
    }
    pk |= {
        n: [person, camat]
        for n in ("user", "user_reset", "user_activate", "user_role", "user_code_remove", "user_link")
    }
    result = {nama: [{"pk": getattr(one, "pk", one)} for one in daftar] for nama, daftar in pk.items()}
    baris = [
        {"tabel": kunci, "pk": t.rows(kabupaten, 2027).first().pk}
        for kunci, t in TABEL.items()
        if not t.bersama and t.rows(kabupaten, 2027).exists()
    ]
    result["reference_row"] = result["reference_row_remove"] = baris
    result["scheme"] = [{"kode": "sendiri"}]
    return result


def addresses_of(acara, kabupaten):
    """Every address that carries a key of the first kabupaten, and those of sets under its event and under another's."""
    kunci = keys_of(acara, kabupaten)
    assert all(content["pk"] for daftar in kunci.values() for content in daftar if "pk" in content)
    keyed = {
        nama
        for nama, converters in _pola(get_resolver())
        if set(converters) - {"tabel"} and nama in TANPA_ACARA - TERBUKA
    }
    assert keyed == set(kunci), "whoever adds an address with a key says here whose it is"
    result = [reverse(nama, kwargs=content) for nama, daftar in kunci.items() for content in daftar]
    paket = acara.paket.get().pk
    for other in Musrenbang.objects.all():
        result += [
            reverse(f"berita_acara:{n}", kwargs={"slug": other.slug, "pk": paket})
            for n in ("bundle", "bundle_download", "bundle_retry")
        ]
    return result


def print_of():
    """{table: {key: digest of the row}}: what nobody else may change. That somebody signed in is no change."""
    return {
        m: {
            baris[m._meta.pk.attname]: hash(repr(sorted((k, v) for k, v in baris.items() if k != "last_login")))
            for baris in m.objects.values()
        }
        for m in apps.get_models()
        if m._meta.app_label in APLIKASI and m._meta.model_name != "sesi"
    }


def test_keys_of_another_kabupaten_open_nothing(owned_works, foreign_file, kabupaten):
    alamat = addresses_of(owned_works, kabupaten)
    sebelum, diminta = print_of(), 0
    for nama, person in foreign_file.items():
        client = sign_in_signed_in_as(person)
        for url in alamat:
            response = ask(client, url)
            if response.status_code == 405:
                response = client.post(
                    url, {"jawab": "setuju", "aktif": "0", "kata": PermintaanAkun.objects.get().kata}, follow=True
                )
                response.isi = response.content
            diminta += 1
            # a link belongs to its maker, whoever that is: it is refused by a sentence instead
            if url.endswith("/tautan/") and nama == "kedua_bappeda":
                assert "hanya kepada pembuatnya" in response.content.decode()
            else:
                assert response.status_code in {403, 404}, (nama, url, response.status_code)
            assert TANDA.encode() not in response.isi, (nama, url)
    after = print_of()
    for model, baris in sebelum.items():
        assert {pk: after[model].get(pk) for pk in baris} == baris, model
    assert diminta > 500


def test_lists_and_downloads_hold_only_ones_own(owned_works, foreign_file):
    """The pages without a key: board, list of the kabupaten, works of an SKPD, people, reference data, their files."""
    dibaca = 0
    without_acara = [
        (n, u)
        for n, u in all_urls(owned_works.slug)
        if n not in TERBUKA | {"logout"} and f"/{owned_works.slug}/" not in u
    ]
    without_acara += [("skpd", "/skpd/?unduh=1"), ("users_links", "/acuan/pengguna/tautan/")]
    for nama, person in foreign_file.items():
        client = sign_in_signed_in_as(person)
        for _, url in without_acara:
            response = ask(client, url)
            assert response.status_code < 500, (nama, url)
            if nama.startswith("kedua") or nama == "orang_luar":  # the neighbours' own kabupaten bears the mark
                assert TANDA.encode() not in unzipped(response.isi), (nama, url)
                dibaca += response.status_code == 200
    assert dibaca > 50


def unzipped(contents):
    """Return the text of an answer, of a workbook that of its sheets too."""
    import zipfile
    from io import BytesIO

    if not contents.startswith(b"PK"):
        return contents
    with zipfile.ZipFile(BytesIO(contents)) as archive:
        return b"".join(archive.read(n) for n in archive.namelist())


def admin_addresses():
    """Every address of /admin/ that lists, adds, changes, deletes or searches, with a key that is there."""
    result = [reverse("admin:index"), reverse("admin:password_change"), "/admin/jsi18n/", "/admin/autocomplete/"]
    for model in admin.site._registry:
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        result += [reverse(f"{base}_{n}") for n in ("changelist", "add")]
        one = model._default_manager.first()
        if one:
            result += [reverse(f"{base}_{n}", args=[one.pk]) for n in ("change", "delete", "history")]
    return result


def test_admin_pages_are_for_the_administrator_alone(owned_works, cast):
    alamat, diminta = admin_addresses(), 0
    assert len(alamat) > 50
    sebelum = Keanggotaan.objects.count()
    for nama in set(cast) - {"admin"}:
        client = sign_in_signed_in_as(cast[nama])
        for url in alamat:
            response = (
                client.post(url, {"post": "yes"})
                if url.endswith(("/add/", "/change/", "/delete/"))
                else client.get(url)
            )
            diminta += 1
            assert response.status_code in {302, 403}, (nama, url)
            assert "/admin/login/" in response.headers.get("Location", "/admin/login/"), (nama, url)
    assert Client().get("/admin/").status_code == 302
    assert Keanggotaan.objects.count() == sebelum
    assert diminta > 500


def test_the_administrator_finds_every_admin_page_whole(owned_works, masuk):
    client = masuk("admin")
    for url in some(admin_addresses()):
        assert client.get(url).status_code in {200, 302, 403}, url
