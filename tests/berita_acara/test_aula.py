"""To the hall and back: nothing is lost, nothing is doubled, nothing foreign comes in."""

import gzip
import json
import uuid
from collections import Counter

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from berita_acara import services
from berita_acara.bawa import Bentrok, event_document, load_event, seal, unseal
from berita_acara.bawa.muat import RENTANG, BerkasSalah
from berita_acara.bawa.tabel import ACUAN, EVENT, TINGGAL, model_of
from berita_acara.bawa.tanda import TandaSalah, new_key, public_of
from berita_acara.models import AsalAula, Perjalanan
from berita_acara.periksa import broken_invariants
from musrenbang.models import JejakAudit, Musrenbang, Pengguna
from musrenbang.services import advance_musrenbang
from musrenbang.sidang.models import Kehadiran
from musrenbang.sidang.services import record_kehadiran
from musrenbang.states import Tahap
from musrenbang.transisi import Ditolak
from rkp.models import BarisRkp
from usulan.models import Usulan


def test_every_model_of_an_event_goes_along_or_is_named():
    """A model that leads to the event by any way is in one of the lists, so that none is forgotten."""
    kenal = set(EVENT) | set(ACUAN) | TINGGAL | {"musrenbang.Pengguna", "musrenbang.Keanggotaan"}
    dari_acara = {"musrenbang.Musrenbang"}
    semua = list(apps.get_models(include_auto_created=True))
    while True:
        baru = {
            m._meta.label for m in semua for f in m._meta.fields
            if f.is_relation and f.related_model._meta.label in dari_acara
        } - dari_acara  # fmt: skip
        if not baru:
            break
        dari_acara |= baru
    assert dari_acara <= kenal
    assert {model_of(label)._meta.label for label in kenal} == kenal


def kosongkan():
    """Empty the database as a fresh laptop has it."""
    call_command("flush", interactive=False, verbosity=0)


def tanpa_waktu(dokumen):
    return {k: v for k, v in dokumen.items() if k not in {"diekspor_pada", "perjalanan", "pulang"}}


def satu_hadir(m, by, nama="Inaq Sumiati", tahap=None):
    if tahap:
        Musrenbang.objects.filter(pk=m.pk).update(tahap=tahap)
    return record_kehadiran(
        musrenbang=m, by=by, kunci=uuid.uuid4(), nama=nama, jenis_kelamin="P", unsur="tokoh", lembaga="Tokoh adat",
        alamat="", usia=None, desa=None,
    )  # fmt: skip


def _row(baris):
    """A row as text, without the end of the trail: it went on by the row of the return."""
    return json.dumps({k: v for k, v in baris.items() if k != "sidik_jejak"}, sort_keys=True)


@pytest.mark.django_db(transaction=True)
def test_the_round_trip_loses_nothing(siap_terbit, pemeran):
    slug = siap_terbit.slug
    berkas = services.take_away(musrenbang=siap_terbit, by=pemeran["pak_sekcam"])
    di_server = tanpa_waktu(event_document(siap_terbit))
    jalan = Perjalanan.objects.get()
    kosongkan()
    laptop = services.load_file(berkas)
    assert tanpa_waktu(event_document(laptop)) == di_server
    assert broken_invariants(laptop) == []
    assert (AsalAula.objects.get().nomor, laptop.dibawa_pada) == (jalan.nomor, None)
    sekcam = type(pemeran["pak_sekcam"]).objects.get(username="pak_sekcam")
    assert sekcam.password == pemeran["pak_sekcam"].password
    advance_musrenbang(musrenbang=laptop, dari=laptop.tahap, ke=Tahap.DELEGASI, by=sekcam, alasan="Diulang di aula.")
    baru = JejakAudit.objects.filter(musrenbang=laptop).first()
    assert baru.pk > jalan.nomor * RENTANG
    pulang = services.pack_home(musrenbang=laptop, by=sekcam)
    with pytest.raises(Ditolak, match="sedang dibawa"):
        advance_musrenbang(
            musrenbang=laptop, dari=Tahap.DELEGASI, ke=Tahap.PRIORITAS, by=sekcam, alasan="Sesudah dikemas."
        )
    di_laptop = tanpa_waktu(event_document(laptop))
    kosongkan()
    # the server as it was, with its journey
    server = load_event({**di_server, "diekspor_pada": ""})
    Perjalanan.objects.create(
        musrenbang=server, nomor=jalan.nomor, kunci=jalan.kunci, jejak_terakhir=jalan.jejak_terakhir,
        dibawa_oleh=type(sekcam).objects.get(username="pak_sekcam"),
    )  # fmt: skip
    by = type(sekcam).objects.get(username="pak_sekcam")
    hasil = services.bring_back(musrenbang=server, by=by, berkas=pulang)
    assert hasil["ditambah"] >= 2
    sesudah = event_document(Musrenbang.objects.get(slug=slug))
    for label in EVENT:
        harap = di_laptop["isi"][label]
        kini = [
            b for b in sesudah["isi"][label] if label != "musrenbang.JejakAudit" or b["aksi"] != "perjalanan.status"
        ]
        assert {_row(b) for b in kini} == {_row(b) for b in harap}, label
    dari_aula = JejakAudit.objects.get(pk=baru.pk)
    assert (dari_aula.waktu, dari_aula.pelaku.username) == (baru.waktu, "pak_sekcam")
    assert broken_invariants(Musrenbang.objects.get(slug=slug)) == []
    with pytest.raises(Ditolak, match="sudah dibawa pulang"):
        services.bring_back(musrenbang=server, by=by, berkas=pulang)
    assert tanpa_waktu(event_document(server)) == tanpa_waktu(sesudah)


def test_while_it_is_away_nothing_changes_here(acara, draf, pemeran, masuk, pindah):
    pindah(acara, "siap")
    by, client = pemeran["pak_sekcam"], masuk("pak_sekcam")
    jawab = client.post(f"/m/{acara.slug}/berita-acara/aula/bawa/")
    assert jawab.headers["Content-Disposition"].endswith(f'"{acara.slug}.musrenbang"')
    assert unseal(jawab.content)[0]["perjalanan"]["nomor"] == 1
    with pytest.raises(Ditolak, match="sedang dibawa"):
        satu_hadir(acara, by)
    html = client.post(f"/m/{acara.slug}/pindah/", {"dari": "siap", "ke": "pembukaan"}, follow=True).content.decode()
    assert "sedang dibawa sejak" in html
    assert "Sedang di aula" in client.get(f"/m/{acara.slug}/berita-acara/aula/").content.decode()
    lagi = client.post(f"/m/{acara.slug}/berita-acara/aula/bawa/")
    assert unseal(lagi.content)[0]["perjalanan"] == unseal(jawab.content)[0]["perjalanan"]
    assert Perjalanan.objects.count() == 1
    client.post(f"/m/{acara.slug}/berita-acara/aula/batal/", {"alasan": "Listrik padam."})
    satu_hadir(acara, by)
    assert Perjalanan.objects.get().status == "dibatalkan"


def test_what_was_done_here_meanwhile_is_shown_and_decided(acara, draf, pemeran, masuk, pindah):
    pindah(acara, "siap")
    by, client, url = pemeran["pak_sekcam"], masuk("pak_sekcam"), f"/m/{acara.slug}/berita-acara/aula/"
    pergi, _ = unseal(services.take_away(musrenbang=acara, by=by))
    kunci = bytes.fromhex(pergi.pop("perjalanan")["kunci"])
    pulang = seal(pergi | {"pulang": {"nomor": 1}}, kunci)
    services.cancel_journey(musrenbang=acara, by=by, alasan="Laptop mogok.")
    satu_hadir(acara, by)
    with pytest.raises(Bentrok) as bentrok:
        services.bring_back(musrenbang=acara, by=by, berkas=pulang)
    assert [j.aksi for j in bentrok.value.jejak] == ["perjalanan.status", "kehadiran.dicatat"]
    jawab = client.post(f"{url}pulang/", {"berkas": SimpleUploadedFile("a.musrenbang", pulang)})
    assert jawab.status_code == 409
    assert "Inaq Sumiati" in jawab.content.decode()
    assert Kehadiran.objects.filter(musrenbang=acara, nama="Inaq Sumiati").exists()
    client.post(f"{url}pulang/", {"berkas": SimpleUploadedFile("a.musrenbang", pulang), "timpa": "1"})
    assert not Kehadiran.objects.filter(musrenbang=acara, nama="Inaq Sumiati").exists()
    assert JejakAudit.objects.filter(musrenbang=acara, aksi="kehadiran.dicatat").exists()
    assert Perjalanan.objects.get().status == "kembali"


@pytest.mark.parametrize("apa", ["isi", "tanda", "kunci lain", "bukan gzip", "potong", "bukan acara", "kosong"])
def test_a_file_that_is_not_the_journeys_is_refused(apa, acara, draf, pemeran, pindah):
    pindah(acara, "siap")
    by = pemeran["pak_sekcam"]
    dokumen, _ = unseal(services.take_away(musrenbang=acara, by=by))
    kunci = bytes.fromhex(dokumen.pop("perjalanan")["kunci"])
    utuh = seal(dokumen | {"pulang": {"nomor": 1}}, kunci)
    luar = json.loads(gzip.decompress(utuh))
    if apa == "isi":
        luar["dokumen"]["isi"]["rkp.BarisRkp"][0]["biaya"] = 1
    elif apa == "tanda":
        luar["tanda"] = "AAAA"
    berkas = {
        "isi": lambda: gzip.compress(json.dumps(luar).encode()), "tanda": lambda: gzip.compress(json.dumps(luar).encode()),
        "kunci lain": lambda: seal(dokumen | {"pulang": {"nomor": 1}}, new_key()), "bukan gzip": lambda: b"\x1f\x8bxx",
        "potong": lambda: utuh[:-40], "bukan acara": lambda: seal({"halo": 1}, kunci), "kosong": lambda: b"",
    }[apa]()  # fmt: skip
    sebelum = tanpa_waktu(event_document(acara))
    with pytest.raises(Ditolak):
        services.bring_back(musrenbang=acara, by=by, berkas=berkas)
    assert tanpa_waktu(event_document(acara)) == sebelum
    assert Perjalanan.objects.get().status == "berjalan"


def test_a_trail_that_was_touched_on_the_laptop_is_refused(acara, draf, pemeran, pindah):
    pindah(acara, "siap")
    by = pemeran["pak_sekcam"]
    dokumen, _ = unseal(services.take_away(musrenbang=acara, by=by))
    kunci = bytes.fromhex(dokumen.pop("perjalanan")["kunci"])
    jejak = dokumen["isi"]["musrenbang.JejakAudit"]
    for ubah, kata in (
        (lambda: jejak.pop(0), "ada baris yang hilang"),
        (lambda: jejak[0].update(alasan="lain"), "berbeda"),
    ):
        simpan = json.loads(json.dumps(jejak))
        ubah()
        with pytest.raises(Ditolak, match=kata):
            services.bring_back(musrenbang=acara, by=by, berkas=seal(dokumen | {"pulang": {"nomor": 1}}, kunci))
        jejak[:] = simpan


def test_a_file_of_another_event_is_refused(acara, draf, pemeran, pindah):
    pindah(acara, "siap")
    by = pemeran["pak_sekcam"]
    dokumen, _ = unseal(services.take_away(musrenbang=acara, by=by))
    kunci = bytes.fromhex(dokumen.pop("perjalanan")["kunci"])
    dokumen["isi"]["musrenbang.Musrenbang"][0]["id"] += 1
    with pytest.raises(Ditolak, match="musrenbang yang lain"):
        services.bring_back(musrenbang=acara, by=by, berkas=seal(dokumen | {"pulang": {"nomor": 1}}, kunci))


def test_what_the_laptop_changes_added_and_removed_comes_home(acara, draf, pemeran, pindah):
    """The same through edits of the document: one row changed, one added, one gone."""
    pindah(acara, "siap")
    by = pemeran["pak_sekcam"]
    hadir = satu_hadir(acara, by)
    dokumen, _ = unseal(services.take_away(musrenbang=acara, by=by))
    kunci = bytes.fromhex(dokumen.pop("perjalanan")["kunci"])
    isi = dokumen["isi"]
    isi["rkp.BarisRkp"][0]["lokasi"] = "Dusun Baru"
    isi["sidang.Kehadiran"] = [{**isi["sidang.Kehadiran"][0], "id": RENTANG + 1, "nama": "Amaq Darmi"}]
    hasil = services.bring_back(musrenbang=acara, by=by, berkas=seal(dokumen | {"pulang": {"nomor": 1}}, kunci))
    assert hasil == Counter(ditambah=1, diubah=1, dihapus=1)
    assert BarisRkp.objects.get(pk=isi["rkp.BarisRkp"][0]["id"]).lokasi == "Dusun Baru"
    assert list(Kehadiran.objects.filter(musrenbang=acara).values_list("pk", "nama")) == [(RENTANG + 1, "Amaq Darmi")]
    assert hadir.pk != RENTANG + 1
    satu_hadir(acara, by, "Sesudahnya")  # keys go on without a collision


def test_only_an_event_before_its_signing_goes(siap_terbit, pemeran, masuk):
    type(siap_terbit).objects.filter(pk=siap_terbit.pk).update(tahap=Tahap.FINALISASI)
    with pytest.raises(Ditolak, match="tidak dapat diubah lagi"):
        services.take_away(musrenbang=siap_terbit, by=pemeran["pak_sekcam"])
    html = masuk("pak_sekcam").get(f"/m/{siap_terbit.slug}/berita-acara/aula/").content.decode()
    assert "Tidak dapat dibawa lagi" in html


@pytest.mark.django_db(transaction=True)
def test_the_commands_write_and_load(siap_terbit, tmp_path, capsys):
    slug = siap_terbit.slug
    keluar = tmp_path / "a.json"
    call_command("ekspor_musrenbang", slug, ke=str(keluar))
    semula = json.loads(keluar.read_text())
    with pytest.raises(CommandError, match="sudah ada di sini") as galat:
        call_command("impor_musrenbang", str(keluar))
    assert galat.value.returncode == 2
    kosongkan()
    call_command("impor_musrenbang", str(keluar))
    assert tanpa_waktu(event_document(Musrenbang.objects.get(slug=slug))) == tanpa_waktu(semula)
    satu_hadir(Musrenbang.objects.get(slug=slug), Pengguna.objects.get(username="pak_sekcam"), tahap=Tahap.SIAP)
    assert Kehadiran.objects.latest("pk").pk > max(h["id"] for h in semula["isi"]["sidang.Kehadiran"])
    for berkas, kata in ((tmp_path / "tidak-ada", "tidak dapat dibaca"), (__file__, "bukan berkas musrenbang")):
        with pytest.raises(CommandError, match=kata) as galat:
            call_command("impor_musrenbang", str(berkas))
        assert galat.value.returncode == 2
    with pytest.raises(CommandError, match="tidak ada"):
        call_command("ekspor_musrenbang", "entah")


@pytest.mark.django_db(transaction=True)
def test_other_data_in_the_way_stores_nothing(siap_terbit):
    dokumen = event_document(siap_terbit)
    dokumen["musrenbang"] = "lain-2027"
    dokumen["isi"]["musrenbang.Musrenbang"][0]["slug"] = "lain-2027"
    jumlah = Usulan.objects.count()
    with pytest.raises(BerkasSalah, match="VAR_DIR=folder-baru"):
        load_event(dokumen)
    assert Usulan.objects.count() == jumlah
    assert not Musrenbang.objects.filter(slug="lain-2027").exists()


def test_a_seal_is_the_makers_alone():
    kunci = new_key()
    berkas = seal({"a": "ü"}, kunci)
    assert unseal(berkas) == ({"a": "ü"}, public_of(kunci))
    assert unseal(berkas, public_of(kunci))[0] == {"a": "ü"}
    with pytest.raises(TandaSalah, match="kuncinya lain"):
        unseal(berkas, public_of(new_key()))
    with pytest.raises(TandaSalah, match="kuncinya lain"):
        unseal(b'{"a": 1}', public_of(kunci))


def test_a_decision_is_refused_too(acara, draf, pemeran, masuk, pindah):
    pindah(acara, "pembahasan")
    services.take_away(musrenbang=acara, by=pemeran["pak_sekcam"])
    baris = draf.baris.first()
    html = masuk("bu_pmd").post(f"/m/{acara.slug}/rkp/sepakati/", {"baris": [baris.pk]}, follow=True).content.decode()
    assert "sedang dibawa" in html
    baris.refresh_from_db()
    assert baris.keputusan == "belum_dibahas"
