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
from musrenbang.acuan.daftar import TABEL
from musrenbang.acuan.services.acuan import import_acuan
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
from tests.test_isian_jahat import APLIKASI, ask, masuk_sebagai
from tindak_lanjut.models import Pengiriman, Pilahan

TANDA = "Kenari Milik Sendiri"
"""Stands in every free text of the first kabupaten; whoever else reads it has read too much."""
PERAN = [Peran.BAPPEDA, Peran.CAMAT, Peran.SEKCAM, Peran.PMD, Peran.PEMANDU, Peran.VERIFIKATOR, Peran.DESA, Peran.SKPD]


def people(awalan, kecamatan, skpd, peran):
    """Make one person for each role."""
    desa = Desa.objects.create(kode=f"{kecamatan.kode}.2001", nama=f"Desa {awalan}", kecamatan=kecamatan)
    tempat = {Peran.BAPPEDA: {"kabupaten": kecamatan.kabupaten}, Peran.DESA: {"desa": desa}, Peran.SKPD: {"skpd": skpd}}
    hasil = {}
    for satu in peran:
        orang = Pengguna.objects.create(username=f"{awalan}_{satu}", nama=f"{awalan} {satu}")
        Keanggotaan.objects.create(pengguna=orang, peran=satu, **tempat.get(satu, {"kecamatan": kecamatan}))
        hasil[f"{awalan}_{satu}"] = orang
    return hasil


@pytest.fixture
def milik(dikirim, pemeran, kabupaten):
    """The first kabupaten: an event whose works are sent, with something behind every kind of address."""
    acara = dikirim
    PermintaanJadwal.objects.create(
        musrenbang=acara, tanggal=date(2026, 3, 1), alasan=TANDA, diminta_oleh=pemeran["bu_pmd"]
    )
    reset_password(kabupaten=kabupaten, by=pemeran["bu_bappeda"], pengguna=pemeran["pak_camat"])
    invite_pengguna(kabupaten=kabupaten, by=pemeran["bu_bappeda"], nama=TANDA, peran=Peran.PMD, lingkup=acara.kecamatan)
    SkemaPendanaan.objects.create(
        kabupaten=kabupaten, kode="sendiri", nama=TANDA, tahun_dari=2020, tahun_sampai=2040, aturan={}
    )
    start_paket(musrenbang=acara, by=pemeran["pak_sekcam"])
    Kabupaten.objects.filter(pk=kabupaten.pk).update(nama=f"Kabupaten {TANDA}")
    for model, kolom in ((Skpd, "nama"), (Kecamatan, "nama")):
        for satu in model.objects.all():
            model.objects.filter(pk=satu.pk).update(**{kolom: f"{TANDA} {satu.pk}"})
    return acara


@pytest.fixture
def asing(milik, kabupaten):
    """People of the second kabupaten with an event of their own, and of another kecamatan and SKPD of the first."""
    provinsi = Provinsi.objects.create(kode="99", nama="Provinsi Lain")
    kedua = Kabupaten.objects.create(kode="99.01", nama="Kabupaten Kedua", provinsi=provinsi)
    import_acuan(berkas=FIXTURES / "acuan.json", kabupaten=kedua, tahun=2027)
    di_kedua = Kecamatan.objects.create(kode="99.01.01", nama="Kecamatan Kedua", kabupaten=kedua)
    orang = people("kedua", di_kedua, Skpd.objects.filter(kabupaten=kedua).first(), PERAN)
    tetangga = Kecamatan.objects.create(kode="52.03.98", nama="Kecamatan Tetangga", kabupaten=kabupaten)
    skpd = Skpd.objects.create(
        kabupaten=kabupaten, nama="Dinas Tetangga", singkatan="DT", bidang=Skpd.objects.first().bidang
    )
    orang |= people("tetangga", tetangga, skpd, PERAN[1:])
    for kecamatan in (di_kedua, tetangga):
        schedule_musrenbang(kecamatan=kecamatan, tahun_pelaksanaan=2026, by=orang["kedua_bappeda"])
    orang["orang_luar"] = Pengguna.objects.get(username="orang_luar")
    return orang


def keys_of(acara, kabupaten):
    """{name of an address outside an event: its keys in the first kabupaten}."""
    orang = Pengguna.objects.get(nama=TANDA).pk
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
        n: [orang, camat] for n in ("user", "user_reset", "user_activate", "user_role", "user_code_remove", "user_link")
    }
    hasil = {nama: [{"pk": getattr(satu, "pk", satu)} for satu in daftar] for nama, daftar in pk.items()}
    baris = [
        {"tabel": kunci, "pk": t.rows(kabupaten, 2027).first().pk}
        for kunci, t in TABEL.items()
        if not t.bersama and t.rows(kabupaten, 2027).exists()
    ]
    hasil["reference_row"] = hasil["reference_row_remove"] = baris
    hasil["scheme"] = [{"kode": "sendiri"}]
    return hasil


def addresses_of(acara, kabupaten):
    """Every address that carries a key of the first kabupaten, and those of sets under its event and under another's."""
    kunci = keys_of(acara, kabupaten)
    assert all(isi["pk"] for daftar in kunci.values() for isi in daftar if "pk" in isi)
    berkunci = {
        nama
        for nama, konverter in _pola(get_resolver())
        if set(konverter) - {"tabel"} and nama in TANPA_ACARA - TERBUKA
    }
    assert berkunci == set(kunci), "whoever adds an address with a key says here whose it is"
    hasil = [reverse(nama, kwargs=isi) for nama, daftar in kunci.items() for isi in daftar]
    paket = acara.paket.get().pk
    for lain in Musrenbang.objects.all():
        hasil += [
            reverse(f"berita_acara:{n}", kwargs={"slug": lain.slug, "pk": paket})
            for n in ("bundle", "bundle_download", "bundle_retry")
        ]
    return hasil


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


def test_keys_of_another_kabupaten_open_nothing(milik, asing, kabupaten):
    alamat = addresses_of(milik, kabupaten)
    sebelum, diminta = print_of(), 0
    for nama, orang in asing.items():
        client = masuk_sebagai(orang)
        for url in alamat:
            jawab = ask(client, url)
            if jawab.status_code == 405:
                jawab = client.post(
                    url, {"jawab": "setuju", "aktif": "0", "kata": PermintaanAkun.objects.get().kata}, follow=True
                )
                jawab.isi = jawab.content
            diminta += 1
            # a link belongs to its maker, whoever that is: it is refused by a sentence instead
            if url.endswith("/tautan/") and nama == "kedua_bappeda":
                assert "hanya kepada pembuatnya" in jawab.content.decode()
            else:
                assert jawab.status_code in {403, 404}, (nama, url, jawab.status_code)
            assert TANDA.encode() not in jawab.isi, (nama, url)
    sesudah = print_of()
    for model, baris in sebelum.items():
        assert {pk: sesudah[model].get(pk) for pk in baris} == baris, model
    assert diminta > 500


def test_lists_and_downloads_hold_only_ones_own(milik, asing):
    """The pages without a key: board, list of the kabupaten, works of an SKPD, people, reference data, their files."""
    dibaca = 0
    tanpa_acara = [
        (n, u) for n, u in all_urls(milik.slug) if n not in TERBUKA | {"logout"} and f"/{milik.slug}/" not in u
    ]
    tanpa_acara += [("skpd", "/skpd/?unduh=1"), ("users_links", "/acuan/pengguna/tautan/")]
    for nama, orang in asing.items():
        client = masuk_sebagai(orang)
        for _, url in tanpa_acara:
            jawab = ask(client, url)
            assert jawab.status_code < 500, (nama, url)
            if nama.startswith("kedua") or nama == "orang_luar":  # the neighbours' own kabupaten bears the mark
                assert TANDA.encode() not in unzipped(jawab.isi), (nama, url)
                dibaca += jawab.status_code == 200
    assert dibaca > 50


def unzipped(isi):
    """Return the text of an answer, of a workbook that of its sheets too."""
    import zipfile
    from io import BytesIO

    if not isi.startswith(b"PK"):
        return isi
    with zipfile.ZipFile(BytesIO(isi)) as arsip:
        return b"".join(arsip.read(n) for n in arsip.namelist())


def admin_addresses():
    """Every address of /admin/ that lists, adds, changes, deletes or searches, with a key that is there."""
    hasil = [reverse("admin:index"), reverse("admin:password_change"), "/admin/jsi18n/", "/admin/autocomplete/"]
    for model in admin.site._registry:
        dasar = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        hasil += [reverse(f"{dasar}_{n}") for n in ("changelist", "add")]
        satu = model._default_manager.first()
        if satu:
            hasil += [reverse(f"{dasar}_{n}", args=[satu.pk]) for n in ("change", "delete", "history")]
    return hasil


def test_admin_pages_are_for_the_administrator_alone(milik, pemeran):
    alamat, diminta = admin_addresses(), 0
    assert len(alamat) > 50
    sebelum = Keanggotaan.objects.count()
    for nama in set(pemeran) - {"admin"}:
        client = masuk_sebagai(pemeran[nama])
        for url in alamat:
            jawab = (
                client.post(url, {"post": "yes"})
                if url.endswith(("/add/", "/change/", "/delete/"))
                else client.get(url)
            )
            diminta += 1
            assert jawab.status_code in {302, 403}, (nama, url)
            assert "/admin/login/" in jawab.headers.get("Location", "/admin/login/"), (nama, url)
    assert Client().get("/admin/").status_code == 302
    assert Keanggotaan.objects.count() == sebelum
    assert diminta > 500


def test_the_administrator_finds_every_admin_page_whole(milik, masuk):
    client = masuk("admin")
    for url in some(admin_addresses()):
        assert client.get(url).status_code in {200, 302, 403}, url
