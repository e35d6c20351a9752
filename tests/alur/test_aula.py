"""To the hall and back: nothing is lost, nothing is doubled, and nothing counts before two people have confirmed it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth.hashers import check_password
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from alur.aula import bungkus, kunci, tetap
from alur.aula.isi import event_document
from alur.aula.muat import load_event
from alur.aula.nama import ACUAN, EVENT, KE_LUAR, ORANG, TINGGAL
from alur.aula.services.hasil import confirm_result
from alur.aula.services.perjalanan import cancel_journey, load_file, open_file, own_pin, pack_home, signing_key
from alur.aula.services.upload import Conflict, receive_result
from alur.aula.tabel import model_of
from alur.periksa import broken_invariants
from alur.services.acara import advance_musrenbang
from berita_acara.models import HasilAula, Perjalanan
from musrenbang.models import JejakAudit, Musrenbang, Pengguna
from musrenbang.sidang.models import Kehadiran
from musrenbang.states import Peran, Tahap
from musrenbang.transisi import Refused
from tests.alur.aula import bawa, kode_laptop, kosongkan, satu_hadir, tanpa_waktu
from tests.conftest import SANDI as SANDI_ORANG
from tests.conftest import catat_hadir
from tests.serangan.aula import SANDI, cheap, spend_day, work
from tests.snapshot import snapshot
from tests.tindak_lanjut.test_milik_sapuan import spread
from usulan.models import Usulan


@pytest.fixture(autouse=True)
def _murah(settings):
    settings.PASSWORD_HASHERS = [*settings.PASSWORD_HASHERS, "django.contrib.auth.hashers.ScryptPasswordHasher"]
    with cheap():
        yield


def sahkan(hasil, pemeran):
    for nama, peran in (("pak_sekcam", Peran.SEKCAM), ("pak_camat", Peran.CAMAT)):
        masuk = confirm_result(hasil=hasil, by=pemeran[nama], peran=frozenset({peran}), sha256=hasil.sha256)
    assert masuk


def test_every_model_of_an_event_goes_along_or_is_named():
    """A model that leads to the event by any way is in one of the tables, so that none is forgotten."""
    kenal = {t.model for t in (EVENT | ACUAN | ORANG).values()} | TINGGAL
    dari_acara = {"musrenbang.Musrenbang"}
    semua = list(apps.get_models(include_auto_created=True))
    while True:
        baru = {
            m._meta.label
            for m in semua
            for f in m._meta.fields
            if f.is_relation and f.related_model._meta.label in dari_acara
        } - dari_acara
        if not baru:
            break
        dari_acara |= baru
    assert dari_acara <= kenal
    assert {apps.get_model(label)._meta.label for label in kenal} == kenal


def test_every_column_has_a_name_of_its_own_or_stays():
    """A column that is added is named here before it is forgotten on the way."""
    for nama, t in (EVENT | ACUAN | ORANG).items():
        ada = {f.attname for f in model_of(nama)._meta.concrete_fields}
        assert set(t.kolom.values()) | t.tinggal == ada, nama
        assert len(set(t.kolom.values())) == len(t.kolom), nama
        assert next(iter(t.kolom)) == "id", nama
    assert {*tetap.HANYA_SERVER, *tetap.TERBIT, *KE_LUAR} <= set(EVENT)
    assert ORANG["pengguna"].tinggal >= {"password", "is_superuser", "is_staff", "email", "last_login"}


@pytest.mark.django_db(transaction=True)
def test_the_round_trip_loses_nothing(acara, diputuskan, pemeran):
    """With the databases really apart: server, laptop, and the server again as it was."""
    sekcam = pemeran["pak_sekcam"]
    spread(acara)
    pergi = bawa(acara, sekcam)
    di_server = event_document(acara)
    jalan = Perjalanan.objects.get()
    pin = own_pin(musrenbang=acara, pengguna=sekcam)
    kosongkan()
    laptop = load_file(pergi, sandi=SANDI, kode=kode_laptop())
    assert tanpa_waktu(event_document(laptop)) == tanpa_waktu(di_server)
    assert broken_invariants(laptop) == []
    di_sini = {
        nama: Pengguna.objects.get(pk=p.pk)
        for nama, p in pemeran.items()
        if p.pk and nama != "orang_luar" and Pengguna.objects.filter(pk=p.pk).exists()
    }
    assert check_password(pin, di_sini["pak_sekcam"].password)
    assert not check_password(SANDI_ORANG, di_sini["pak_sekcam"].password)
    assert not any(p.is_superuser or p.is_staff or p.email for p in Pengguna.objects.all())
    with pytest.raises(Refused, match="sudah ada di sini"):
        load_event_again(di_server)
    work(laptop, di_sini)
    pulang = pack_home(musrenbang=laptop, by=di_sini["pak_sekcam"], sandi=SANDI)
    with pytest.raises(Refused, match="sedang dibawa"):
        catat_hadir(laptop, di_sini["pak_sekcam"], "Sesudah Dikemas")
    di_laptop = event_document(laptop)
    kosongkan()
    server = load_event(di_server, {})
    Musrenbang.objects.filter(pk=server.pk).update(dibawa_pada=timezone.now())
    jalan.musrenbang, jalan.pk = server, None
    jalan.save(force_insert=True)
    hasil = receive_result(musrenbang=server, by=di_sini["bu_pmd"], berkas=pulang, sandi=SANDI)
    assert hasil.ringkasan["tahap"] == ["Pleno", "Penandatanganan"]
    sahkan(hasil, di_sini)
    server = Musrenbang.objects.get(pk=server.pk)
    sesudah = event_document(server)
    for nama in EVENT:
        harap, kini = di_laptop["tabel"][nama], sesudah["tabel"][nama]
        if nama == "jejak_audit":
            kini = [b for b in kini if not b["aksi"].startswith(("perjalanan.", "aula.", "hasilaula."))]
            assert kini.pop()["aksi"] == "jangkar.titik", "the server signs over what came home"
        if nama == "acara":
            harap, kini = ([{k: v for k, v in b.items() if k != "sidik_jejak"} for b in x] for x in (harap, kini))
        if nama == "penghitung_nomor":  # a counter is one by what it counts, whatever its key
            harap, kini = ([{k: v for k, v in b.items() if k != "id"} for b in x] for x in (harap, kini))
        assert kini == harap, nama
    assert broken_invariants(server) == []
    terakhir = JejakAudit.objects.filter(musrenbang=server).order_by("pk").values_list("aksi", "ke")
    akhir = [("hasilaula.status", "masuk"), ("jangkar.titik", "")]
    assert list(terakhir)[-2:] == akhir, "rows go on after those of the hall"
    with pytest.raises(Refused, match="sudah masuk"):
        receive_result(musrenbang=server, by=di_sini["bu_pmd"], berkas=pulang, sandi=SANDI)


def load_event_again(dokumen):
    try:
        load_event(dokumen, {})
    except bungkus.BadFile as salah:
        raise Refused(str(salah)) from salah


def test_while_it_is_away_nothing_changes_here(acara, draf, pemeran, masuk, pindah):
    pindah(acara, "siap")
    by, client, url = pemeran["pak_sekcam"], masuk("pak_sekcam"), f"/m/{acara.slug}/berita-acara/aula/"
    html = client.get(url).content.decode()
    assert kunci.fingerprint(kunci.public_of(signing_key())) in html
    isi = {"kode": kode_laptop().lower().replace("-", " "), "sandi": SANDI, "sampai": ""}
    jawab = client.post(f"{url}bawa/", isi)
    assert jawab.headers["Content-Disposition"].endswith(f'"{acara.slug}.musrenbang"')
    assert b"pak_sekcam" not in jawab.content
    with pytest.raises(Refused, match="sedang dibawa"):
        satu_hadir(acara, by)
    html = client.post(f"/m/{acara.slug}/pindah/", {"dari": "siap", "ke": "pembukaan"}, follow=True).content.decode()
    assert "sedang dibawa sejak" in html
    assert "Di aula" in client.get(url).content.decode()
    lagi = client.post(f"{url}bawa/", {"sandi": "lain-sekali-ini-1"})
    assert open_file(lagi.content, "lain-sekali-ini-1")[1]["izin"]["izin"]["nomor"] == 1
    assert (
        "sedang dibawa dengan laptop"
        in client.post(f"{url}bawa/", {"sandi": SANDI, "kode": kunci.code_of("lain")}, follow=True).content.decode()
    )
    assert Perjalanan.objects.count() == 1
    client.post(f"{url}batal/", {"alasan": "Listrik padam."})
    satu_hadir(acara, by)
    assert Perjalanan.objects.get().status == "dibatalkan"


def test_only_a_code_that_a_laptop_shows_and_a_passphrase_that_holds(acara, draf, pemeran, pindah):
    pindah(acara, "siap")
    by = pemeran["pak_sekcam"]
    salah = kode_laptop()[:-1] + ("0" if kode_laptop()[-1] != "0" else "1")
    for ubah, kata in (
        ({"kode": salah}, "salah ketik"),
        ({"kode": "ABC"}, "20 huruf"),
        ({"kode": ""}, "20 huruf"),
        ({"sandi": "pendek"}, "sekurang-kurangnya"),
        ({"sandi": "a" * 30}, "berulang"),
        ({"sampai": timezone.localdate() - timedelta(days=2)}, "antara hari ini"),
        ({"sampai": timezone.localdate() + timedelta(days=400)}, "antara hari ini"),
    ):
        with pytest.raises(Refused, match=kata):
            bawa(acara, by, **ubah)
    assert not Perjalanan.objects.exists()
    assert kunci.read_code(kode_laptop().replace("0", "o").replace("1", "l")) == kode_laptop()


def test_each_person_sees_the_own_pin_and_only_while_it_is_away(acara, draf, pemeran, masuk, pindah):
    pindah(acara, "siap")
    url = f"/m/{acara.slug}/berita-acara/aula/pin/"
    assert "Belum ada PIN" in masuk("pak_camat").get(url).content.decode()
    bawa(acara, pemeran["pak_sekcam"])
    pin = {nama: own_pin(musrenbang=acara, pengguna=p) for nama, p in pemeran.items()}
    assert {n for n, p in pin.items() if not p} == {"bu_bappeda", "orang_skpd", "orang_luar", "admin"}
    assert len({p for p in pin.values() if p}) == 6
    html = masuk("pak_camat").get(url).content.decode()
    assert f"{pin['pak_camat'][:4]} {pin['pak_camat'][4:]}" in html
    assert pin["pak_sekcam"][:4] not in re.sub(r'value="[^"]*"', "", html)
    assert "PIN Anda di laptop aula" in masuk("operator_desa").get(f"/m/{acara.slug}/").content.decode()


@snapshot
def sehari(acara, diputuskan, pemeran):
    """A day at a laptop that is back: its result waits to be uploaded."""
    return spend_day(acara, pemeran)


def unggah(client, acara, berkas, **lain):
    isi = {"berkas": SimpleUploadedFile("a.musrenbang", berkas), "sandi": SANDI} | lain
    return client.post(f"/m/{acara.slug}/berita-acara/aula/pulang/", isi, follow=True)


def test_two_people_confirm_each_with_the_password(sehari, acara, pemeran, masuk):
    url = f"/m/{acara.slug}/berita-acara/aula/hasil/"
    html = unggah(masuk("bu_pmd"), acara, sehari.pulang).content.decode()
    assert "Yang mengesahkan adalah Ketua Tim dan Camat" in html
    for kata in ("Penandatanganan", "Anggota delegasi baru", "Berita Acara", "6 orang", "Rp"):
        assert kata in html
    sekcam, camat = masuk("pak_sekcam"), masuk("pak_camat")
    hasil = HasilAula.objects.get()
    isi = {"sandi": SANDI_ORANG, "sha256": hasil.sha256}
    assert "tidak cocok" in sekcam.post(f"{url}sahkan/", isi | {"sandi": "salah"}, follow=True).content.decode()
    assert "Muat ulang" in sekcam.post(f"{url}sahkan/", isi | {"sha256": "lain"}, follow=True).content.decode()
    assert "yang lain juga" in sekcam.post(f"{url}sahkan/", isi, follow=True).content.decode()
    assert "sudah mengesahkan" in sekcam.post(f"{url}sahkan/", isi, follow=True).content.decode()
    acara.refresh_from_db()
    assert (acara.tahap, bool(acara.dibawa_pada)) == ("pleno", True)
    assert "Hasil aula masuk" in camat.post(f"{url}sahkan/", isi, follow=True).content.decode()
    acara.refresh_from_db()
    assert (acara.tahap, acara.dibawa_pada) == ("penandatanganan", None)
    hasil.refresh_from_db()
    assert (hasil.status, hasil.ketua, hasil.camat) == ("masuk", pemeran["pak_sekcam"], pemeran["pak_camat"])
    assert broken_invariants(acara) == []
    assert "Tidak ada hasil aula yang menunggu" in camat.post(f"{url}sahkan/", isi, follow=True).content.decode()
    jejak = JejakAudit.objects.filter(musrenbang=acara, aksi="aula.disahkan").order_by("pk")
    assert [j.pelaku.username for j in jejak] == ["pak_sekcam", "pak_camat"]


def test_nobody_confirms_for_both(sehari, acara, pemeran):
    hasil = receive_result(musrenbang=acara, by=pemeran["bu_pmd"], berkas=sehari.pulang, sandi=SANDI)
    dua = frozenset({Peran.SEKCAM, Peran.CAMAT})
    assert confirm_result(hasil=hasil, by=pemeran["pak_sekcam"], peran=dua, sha256=hasil.sha256) is False
    with pytest.raises(Refused, match="sudah mengesahkan"):
        confirm_result(hasil=hasil, by=pemeran["pak_sekcam"], peran=dua, sha256=hasil.sha256)
    with pytest.raises(Refused, match="Ketua Tim dan Camat"):
        confirm_result(
            hasil=hasil, by=pemeran["bu_pmd"], peran=frozenset({Peran.PMD, Peran.SEKCAM}), sha256=hasil.sha256
        )
    assert Musrenbang.objects.get(pk=acara.pk).tahap == "pleno"


def test_either_may_refuse_and_nothing_is_lost(sehari, acara, pemeran, masuk):
    url = f"/m/{acara.slug}/berita-acara/aula/"
    unggah(masuk("bu_pmd"), acara, sehari.pulang)
    assert "menunggu pengesahan" in unggah(masuk("bu_pmd"), acara, sehari.pulang).content.decode()
    isi = {"sandi": SANDI_ORANG, "sha256": HasilAula.objects.get().sha256}
    masuk("pak_sekcam").post(f"{url}hasil/sahkan/", isi)
    html = masuk("pak_sekcam").post(f"{url}batal/", {"alasan": "Tidak sabar."}, follow=True).content.decode()
    assert "menunggu pengesahan" in html
    camat = masuk("pak_camat")
    assert "Tuliskan alasannya" in camat.post(f"{url}hasil/tolak/", isi, follow=True).content.decode()
    html = camat.post(f"{url}hasil/tolak/", isi | {"alasan": "Delegat keliru."}, follow=True).content.decode()
    assert "Delegat keliru." in html
    acara.refresh_from_db()
    assert (acara.tahap, bool(acara.dibawa_pada), Perjalanan.objects.get().status) == ("pleno", True, "berjalan")
    hasil = receive_result(musrenbang=acara, by=pemeran["bu_pmd"], berkas=sehari.pulang, sandi=SANDI)
    assert hasil.ketua is None, "a confirmation is of what was seen"
    sahkan(hasil, pemeran)
    acara.refresh_from_db()
    assert acara.tahap == "penandatanganan"


def test_both_sides_changed_during_a_journey(sehari, acara, pemeran, masuk):
    """The journey was given up, the server went on, and then the laptop came back after all."""
    client, url = masuk("pak_sekcam"), f"/m/{acara.slug}/berita-acara/aula/"
    client.post(f"{url}batal/", {"alasan": "Laptop mogok."})
    satu_hadir(acara, pemeran["pak_sekcam"])
    with pytest.raises(Conflict) as bentrok:
        receive_result(musrenbang=acara, by=pemeran["bu_pmd"], berkas=sehari.pulang, sandi=SANDI)
    assert [j.aksi for j in bentrok.value.jejak] == ["kehadiran.dicatat"]
    jawab = unggah(client, acara, sehari.pulang)
    assert jawab.status_code == 409
    assert "Inaq Sumiati" in jawab.content.decode()
    assert "1 perubahan yang dibuat di server" in unggah(client, acara, sehari.pulang, timpa="1").content.decode()
    assert Kehadiran.objects.filter(musrenbang=acara, nama="Inaq Sumiati").exists(), "nothing counts yet"
    with pytest.raises(Refused, match="sedang dibawa"):
        satu_hadir(acara, pemeran["pak_sekcam"], "Menyusul")
    sahkan(HasilAula.objects.get(), pemeran)
    assert not Kehadiran.objects.filter(musrenbang=acara, nama="Inaq Sumiati").exists()
    assert JejakAudit.objects.filter(musrenbang=acara, aksi="kehadiran.dicatat").count() == 7
    assert broken_invariants(Musrenbang.objects.get(pk=acara.pk)) == []


def test_what_the_server_issued_meanwhile_is_not_taken_back(sehari, acara, pemeran):
    cancel_journey(musrenbang=acara, by=pemeran["pak_sekcam"], alasan="Laptop mogok.")
    advance_musrenbang(musrenbang=acara, dari=Tahap.PLENO, ke=Tahap.PRIORITAS, by=pemeran["pak_sekcam"])
    with pytest.raises(Refused, match="sudah terbit di server"):
        receive_result(musrenbang=acara, by=pemeran["bu_pmd"], berkas=sehari.pulang, sandi=SANDI, timpa=True)
    assert Musrenbang.objects.get(pk=acara.pk).tahap == Tahap.PRIORITAS


def test_an_ended_permit_waits_for_the_ketua_tim_and_a_clock_set_back_makes_it_no_longer(sehari, acara, pemeran, masuk):
    url, akhir = f"/m/{acara.slug}/berita-acara/aula/izin/", Perjalanan.objects.get().berlaku_sampai
    with time_machine.travel(akhir + timedelta(days=1), tick=False):
        with pytest.raises(Refused, match="Ketua Tim dapat memperpanjangnya"):
            receive_result(musrenbang=acara, by=pemeran["bu_pmd"], berkas=sehari.pulang, sandi=SANDI)
        cancel_journey(musrenbang=acara, by=pemeran["pak_sekcam"], alasan="Terlambat sekali.")
    with pytest.raises(Refused, match="Ketua Tim dapat memperpanjangnya"):  # the server's clock went back since
        receive_result(musrenbang=acara, by=pemeran["bu_pmd"], berkas=sehari.pulang, sandi=SANDI)
    isi = {"sampai": (akhir + timedelta(days=9)).date().isoformat(), "alasan": "Jalan ke kabupaten putus."}
    assert masuk("bu_pmd").post(url, isi).status_code == 403
    assert "tanggal yang benar" in masuk("pak_sekcam").post(url, isi | {"sampai": "x"}, follow=True).content.decode()
    assert "Izin diperpanjang" in masuk("pak_sekcam").post(url, isi, follow=True).content.decode()
    assert receive_result(musrenbang=acara, by=pemeran["bu_pmd"], berkas=sehari.pulang, sandi=SANDI)


def test_a_laptop_keeps_to_its_permit(acara, diputuskan, pemeran, masuk):
    """On the laptop itself: after the end, with its clock set back, and at the move that only the server makes."""
    sekcam = pemeran["pak_sekcam"]

    def pesan(saat=None):
        with time_machine.travel(saat or timezone.now(), tick=False), pytest.raises(Refused) as galat:
            catat_hadir(acara, sekcam, "Baiq Terlambat")
        return str(galat.value)

    def di_laptop(acara, pemeran):
        work(acara, pemeran)
        assert "berakhir" in pesan(Perjalanan.objects.get().berlaku_sampai + timedelta(minutes=1))
        assert "Betulkan tanggal dan jam laptop" in pesan(timezone.now() - timedelta(hours=2))
        with pytest.raises(Refused, match="Finalisasi dimulai di server"):
            advance_musrenbang(musrenbang=acara, dari=Tahap.PENANDATANGANAN, ke=Tahap.FINALISASI, by=sekcam)
        html = masuk("pak_sekcam").get(f"/m/{acara.slug}/berita-acara/aula/").content.decode()
        assert kode_laptop() in html

    spend_day(acara, pemeran, kerja=di_laptop)


def test_a_file_is_for_one_laptop_and_its_time(acara, draf, pemeran, pindah):
    pindah(acara, "siap")
    pergi = bawa(acara, pemeran["pak_sekcam"])
    lain = kunci.code_of(kunci.public_of(kunci.new_key()))
    with pytest.raises(Refused, match="dibuat untuk laptop"):
        load_file(pergi, sandi=SANDI, kode=lain)
    with time_machine.travel(timezone.now() - timedelta(days=1)), pytest.raises(Refused, match="lebih awal"):
        load_file(pergi, sandi=SANDI, kode=kode_laptop())
    with time_machine.travel(timezone.now() + timedelta(days=99)), pytest.raises(Refused, match="berakhir"):
        load_file(pergi, sandi=SANDI, kode=kode_laptop())
    isi, lampiran = open_file(pergi, SANDI)[1:]
    isi["izin"]["izin"]["sampai"] = "2099-01-01T00:00:00+00:00"
    palsu = bungkus.seal("pergi", 1, isi, lampiran, kunci=signing_key(), sandi=SANDI)
    with pytest.raises(Refused, match="tidak ditandatangani server"):
        load_file(palsu, sandi=SANDI, kode=kode_laptop())


def test_only_an_event_before_its_signing_goes(siap_terbit, pemeran, masuk):
    type(siap_terbit).objects.filter(pk=siap_terbit.pk).update(tahap=Tahap.FINALISASI)
    with pytest.raises(Refused, match="tidak dapat diubah"):
        bawa(siap_terbit, pemeran["pak_sekcam"])
    html = masuk("pak_sekcam").get(f"/m/{siap_terbit.slug}/berita-acara/aula/").content.decode()
    assert "Tidak dapat dibawa lagi" in html


@pytest.mark.django_db(transaction=True)
def test_other_data_in_the_way_stores_nothing(siap_terbit):
    dokumen = event_document(siap_terbit)
    dokumen["acara"] = dokumen["tabel"]["acara"][0]["slug"] = "lain-2027"
    jumlah = Usulan.objects.count()
    with pytest.raises(bungkus.BadFile, match="VAR_DIR=folder-baru"):
        load_event(dokumen, {})
    assert Usulan.objects.count() == jumlah
    assert not Musrenbang.objects.filter(slug="lain-2027").exists()


def test_a_decision_is_refused_too(acara, draf, pemeran, masuk, pindah):
    pindah(acara, "pembahasan")
    bawa(acara, pemeran["pak_sekcam"])
    isi = {"baris": [f"{(baris := draf.baris.first()).pk}-1"], "keputusan": "disepakati"}
    jawab = masuk("bu_pmd").post(f"/m/{acara.slug}/rkp/tabel/bersama/", isi, follow=True)
    assert "sedang dibawa" in jawab.content.decode()
    baris.refresh_from_db()
    assert baris.keputusan == "belum_dibahas"


def test_a_list_that_was_not_printed_before_waits_while_the_event_is_away(acara, draf, pemeran, masuk, pindah):
    """A version that only the server has would keep the result of the hall out."""
    pindah(acara, "siap")
    by, url = pemeran["pak_sekcam"], f"/m/{acara.slug}/berita-acara/cetak/"
    assert masuk("pak_sekcam").get(f"{url}rekap_usulan.pdf").status_code == 200
    bawa(acara, by)
    assert masuk("pak_sekcam").get(f"{url}rekap_usulan.pdf").status_code == 200
    html = masuk("pak_sekcam").get(f"{url}draft_rkp.pdf", follow=True).content.decode()
    assert "belum pernah dicetak dengan isi ini" in html
    assert acara.dokumen.count() == 1


def test_a_laptop_makes_its_key_once(tmp_path):
    satu = kunci.laptop_key(tmp_path)
    assert kunci.laptop_key(tmp_path) == satu
    assert (tmp_path / "kunci_aula").stat().st_mode & 0o777 == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["kunci_aula"]
