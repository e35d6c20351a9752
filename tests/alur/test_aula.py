"""To the hall and back: nothing is lost, nothing is doubled, and nothing counts before two people have confirmed it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth.hashers import check_password
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from alur.aula import envelope, kunci, unchangeable
from alur.aula.content import event_document
from alur.aula.load import load_event
from alur.aula.names import ACUAN, EVENT, KE_LUAR, ORANG, TINGGAL
from alur.aula.services.journeys import cancel_journey, load_file, open_file, own_pin, pack_home, signing_key
from alur.aula.services.result import confirm_result
from alur.aula.services.upload import Conflict, receive_result
from alur.aula.tabel import model_of
from alur.periksa import broken_invariants
from alur.services.acara import advance_musrenbang
from berita_acara.models import HasilAula, Perjalanan
from musrenbang.models import JejakAudit, Musrenbang, Pengguna
from musrenbang.sidang.models import Kehadiran
from musrenbang.states import Peran, Tahap
from musrenbang.transisi import Refused
from tests.alur.aula import carry, clear, kode_laptop, one_attendance, without_time
from tests.attack.aula import SANDI, cheap, spend_day, work
from tests.conftest import SANDI as SANDI_ORANG
from tests.conftest import record_attendance
from tests.snapshot import snapshot
from tests.tindak_lanjut.test_ownership_sweep import spread
from usulan.models import Usulan


@pytest.fixture(autouse=True)
def _cheap_keys(settings):
    settings.PASSWORD_HASHERS = [*settings.PASSWORD_HASHERS, "django.contrib.auth.hashers.ScryptPasswordHasher"]
    with cheap():
        yield


def approve(hasil, cast):
    for nama, peran in (("pak_sekcam", Peran.SEKCAM), ("pak_camat", Peran.CAMAT)):
        masuk = confirm_result(result=hasil, by=cast[nama], peran=frozenset({peran}), sha256=hasil.sha256)
    assert masuk


def test_every_model_of_an_event_goes_along_or_is_named():
    """A model that leads to the event by any way is in one of the tables, so that none is forgotten."""
    known = {t.model for t in (EVENT | ACUAN | ORANG).values()} | TINGGAL
    from_acara = {"musrenbang.Musrenbang"}
    everything = list(apps.get_models(include_auto_created=True))
    while True:
        baru = {
            m._meta.label
            for m in everything
            for f in m._meta.fields
            if f.is_relation and f.related_model._meta.label in from_acara
        } - from_acara
        if not baru:
            break
        from_acara |= baru
    assert from_acara <= known
    assert {apps.get_model(label)._meta.label for label in known} == known


def test_every_column_has_a_name_of_its_own_or_stays():
    """A column that is added is named here before it is forgotten on the way."""
    for nama, t in (EVENT | ACUAN | ORANG).items():
        existing = {f.attname for f in model_of(nama)._meta.concrete_fields}
        assert set(t.kolom.values()) | t.tinggal == existing, nama
        assert len(set(t.kolom.values())) == len(t.kolom), nama
        assert next(iter(t.kolom)) == "id", nama
    assert {*unchangeable.HANYA_SERVER, *unchangeable.TERBIT, *KE_LUAR} <= set(EVENT)
    assert ORANG["pengguna"].tinggal >= {"password", "is_superuser", "is_staff", "email", "last_login"}


@pytest.mark.django_db(transaction=True)
def test_the_round_trip_loses_nothing(acara, decided_event, cast):
    """With the databases really apart: server, laptop, and the server again as it was."""
    sekcam = cast["pak_sekcam"]
    spread(acara)
    leave = carry(acara, sekcam)
    on_server = event_document(acara)
    route = Perjalanan.objects.get()
    pin = own_pin(musrenbang=acara, pengguna=sekcam)
    clear()
    laptop = load_file(leave, sandi=SANDI, kode=kode_laptop())
    assert without_time(event_document(laptop)) == without_time(on_server)
    assert broken_invariants(laptop) == []
    here = {
        nama: Pengguna.objects.get(pk=p.pk)
        for nama, p in cast.items()
        if p.pk and nama != "orang_luar" and Pengguna.objects.filter(pk=p.pk).exists()
    }
    assert check_password(pin, here["pak_sekcam"].password)
    assert not check_password(SANDI_ORANG, here["pak_sekcam"].password)
    assert not any(p.is_superuser or p.is_staff or p.email for p in Pengguna.objects.all())
    with pytest.raises(Refused, match="sudah ada di sini"):
        load_event_again(on_server)
    work(laptop, here)
    homecoming = pack_home(musrenbang=laptop, by=here["pak_sekcam"], sandi=SANDI)
    with pytest.raises(Refused, match="sedang dibawa"):
        record_attendance(laptop, here["pak_sekcam"], "Sesudah Dikemas")
    on_laptop = event_document(laptop)
    clear()
    server = load_event(on_server, {})
    Musrenbang.objects.filter(pk=server.pk).update(dibawa_pada=timezone.now())
    route.musrenbang, route.pk = server, None
    route.save(force_insert=True)
    result = receive_result(musrenbang=server, by=here["bu_pmd"], berkas=homecoming, sandi=SANDI)
    assert result.ringkasan["tahap"] == ["Pleno", "Penandatanganan"]
    approve(result, here)
    server = Musrenbang.objects.get(pk=server.pk)
    after = event_document(server)
    for nama in EVENT:
        expected, current = on_laptop["tabel"][nama], after["tabel"][nama]
        if nama == "jejak_audit":
            current = [b for b in current if not b["aksi"].startswith(("perjalanan.", "aula.", "hasilaula."))]
            assert current.pop()["aksi"] == "jangkar.titik", "the server signs over what came home"
        if nama == "acara":
            expected, current = (
                [{k: v for k, v in b.items() if k != "sidik_jejak"} for b in x] for x in (expected, current)
            )
        if nama == "penghitung_nomor":  # a counter is one by what it counts, whatever its key
            expected, current = ([{k: v for k, v in b.items() if k != "id"} for b in x] for x in (expected, current))
        assert current == expected, nama
    assert broken_invariants(server) == []
    terakhir = JejakAudit.objects.filter(musrenbang=server).order_by("pk").values_list("aksi", "ke")
    end = [("hasilaula.status", "masuk"), ("jangkar.titik", "")]
    assert list(terakhir)[-2:] == end, "rows go on after those of the hall"
    with pytest.raises(Refused, match="sudah masuk"):
        receive_result(musrenbang=server, by=here["bu_pmd"], berkas=homecoming, sandi=SANDI)


def load_event_again(dokumen):
    try:
        load_event(dokumen, {})
    except envelope.BadFile as wrong:
        raise Refused(str(wrong)) from wrong


def test_while_it_is_away_nothing_changes_here(acara, draft_event, cast, masuk, move_event):
    move_event(acara, "siap")
    by, client, url = cast["pak_sekcam"], masuk("pak_sekcam"), f"/m/{acara.slug}/berita-acara/aula/"
    html = client.get(url).content.decode()
    assert kunci.fingerprint(kunci.public_of(signing_key())) in html
    contents = {"kode": kode_laptop().lower().replace("-", " "), "sandi": SANDI, "sampai": ""}
    response = client.post(f"{url}bawa/", contents)
    assert response.headers["Content-Disposition"].endswith(f'"{acara.slug}.musrenbang"')
    assert b"pak_sekcam" not in response.content
    with pytest.raises(Refused, match="sedang dibawa"):
        one_attendance(acara, by)
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
    one_attendance(acara, by)
    assert Perjalanan.objects.get().status == "dibatalkan"


def test_only_a_code_that_a_laptop_shows_and_a_passphrase_that_holds(acara, draft_event, cast, move_event):
    move_event(acara, "siap")
    by = cast["pak_sekcam"]
    wrong = kode_laptop()[:-1] + ("0" if kode_laptop()[-1] != "0" else "1")
    for change, kata in (
        ({"kode": wrong}, "salah ketik"),
        ({"kode": "ABC"}, "20 huruf"),
        ({"kode": ""}, "20 huruf"),
        ({"sandi": "pendek"}, "sekurang-kurangnya"),
        ({"sandi": "a" * 30}, "berulang"),
        ({"sampai": timezone.localdate() - timedelta(days=2)}, "antara hari ini"),
        ({"sampai": timezone.localdate() + timedelta(days=400)}, "antara hari ini"),
    ):
        with pytest.raises(Refused, match=kata):
            carry(acara, by, **change)
    assert not Perjalanan.objects.exists()
    assert kunci.read_code(kode_laptop().replace("0", "o").replace("1", "l")) == kode_laptop()


def test_each_person_sees_the_own_pin_and_only_while_it_is_away(acara, draft_event, cast, masuk, move_event):
    move_event(acara, "siap")
    url = f"/m/{acara.slug}/berita-acara/aula/pin/"
    assert "Belum ada PIN" in masuk("pak_camat").get(url).content.decode()
    carry(acara, cast["pak_sekcam"])
    pin = {nama: own_pin(musrenbang=acara, pengguna=p) for nama, p in cast.items()}
    assert {n for n, p in pin.items() if not p} == {"bu_bappeda", "orang_skpd", "orang_luar", "admin"}
    assert len({p for p in pin.values() if p}) == 6
    html = masuk("pak_camat").get(url).content.decode()
    assert f"{pin['pak_camat'][:4]} {pin['pak_camat'][4:]}" in html
    assert pin["pak_sekcam"][:4] not in re.sub(r'value="[^"]*"', "", html)
    assert "PIN Anda di laptop aula" in masuk("operator_desa").get(f"/m/{acara.slug}/").content.decode()


@snapshot
def whole_day(acara, decided_event, cast):
    """A day at a laptop that is back: its result waits to be uploaded."""
    return spend_day(acara, cast)


def uploaded(client, acara, berkas, **other):
    content = {"berkas": SimpleUploadedFile("a.musrenbang", berkas), "sandi": SANDI} | other
    return client.post(f"/m/{acara.slug}/berita-acara/aula/pulang/", content, follow=True)


def test_two_people_confirm_each_with_the_password(whole_day, acara, cast, masuk):
    url = f"/m/{acara.slug}/berita-acara/aula/hasil/"
    html = uploaded(masuk("bu_pmd"), acara, whole_day.pulang).content.decode()
    assert "Yang mengesahkan adalah Ketua Tim dan Camat" in html
    for kata in ("Penandatanganan", "Anggota delegasi baru", "Berita Acara", "6 orang", "Rp"):
        assert kata in html
    sekcam, camat = masuk("pak_sekcam"), masuk("pak_camat")
    result = HasilAula.objects.get()
    contents = {"sandi": SANDI_ORANG, "sha256": result.sha256}
    assert "tidak cocok" in sekcam.post(f"{url}sahkan/", contents | {"sandi": "salah"}, follow=True).content.decode()
    assert "Muat ulang" in sekcam.post(f"{url}sahkan/", contents | {"sha256": "lain"}, follow=True).content.decode()
    assert "yang lain juga" in sekcam.post(f"{url}sahkan/", contents, follow=True).content.decode()
    assert "sudah mengesahkan" in sekcam.post(f"{url}sahkan/", contents, follow=True).content.decode()
    acara.refresh_from_db()
    assert (acara.tahap, bool(acara.dibawa_pada)) == ("pleno", True)
    assert "Hasil aula masuk" in camat.post(f"{url}sahkan/", contents, follow=True).content.decode()
    acara.refresh_from_db()
    assert (acara.tahap, acara.dibawa_pada) == ("penandatanganan", None)
    result.refresh_from_db()
    assert (result.status, result.ketua, result.camat) == ("masuk", cast["pak_sekcam"], cast["pak_camat"])
    assert broken_invariants(acara) == []
    assert "Tidak ada hasil aula yang menunggu" in camat.post(f"{url}sahkan/", contents, follow=True).content.decode()
    jejak = JejakAudit.objects.filter(musrenbang=acara, aksi="aula.disahkan").order_by("pk")
    assert [j.pelaku.username for j in jejak] == ["pak_sekcam", "pak_camat"]


def test_nobody_confirms_for_both(whole_day, acara, cast):
    result = receive_result(musrenbang=acara, by=cast["bu_pmd"], berkas=whole_day.pulang, sandi=SANDI)
    dua = frozenset({Peran.SEKCAM, Peran.CAMAT})
    assert confirm_result(result=result, by=cast["pak_sekcam"], peran=dua, sha256=result.sha256) is False
    with pytest.raises(Refused, match="sudah mengesahkan"):
        confirm_result(result=result, by=cast["pak_sekcam"], peran=dua, sha256=result.sha256)
    with pytest.raises(Refused, match="Ketua Tim dan Camat"):
        confirm_result(
            result=result, by=cast["bu_pmd"], peran=frozenset({Peran.PMD, Peran.SEKCAM}), sha256=result.sha256
        )
    assert Musrenbang.objects.get(pk=acara.pk).tahap == "pleno"


def test_either_may_refuse_and_nothing_is_lost(whole_day, acara, cast, masuk):
    url = f"/m/{acara.slug}/berita-acara/aula/"
    uploaded(masuk("bu_pmd"), acara, whole_day.pulang)
    assert "menunggu pengesahan" in uploaded(masuk("bu_pmd"), acara, whole_day.pulang).content.decode()
    contents = {"sandi": SANDI_ORANG, "sha256": HasilAula.objects.get().sha256}
    masuk("pak_sekcam").post(f"{url}hasil/sahkan/", contents)
    html = masuk("pak_sekcam").post(f"{url}batal/", {"alasan": "Tidak sabar."}, follow=True).content.decode()
    assert "menunggu pengesahan" in html
    camat = masuk("pak_camat")
    assert "Tuliskan alasannya" in camat.post(f"{url}hasil/tolak/", contents, follow=True).content.decode()
    html = camat.post(f"{url}hasil/tolak/", contents | {"alasan": "Delegat keliru."}, follow=True).content.decode()
    assert "Delegat keliru." in html
    acara.refresh_from_db()
    assert (acara.tahap, bool(acara.dibawa_pada), Perjalanan.objects.get().status) == ("pleno", True, "berjalan")
    result = receive_result(musrenbang=acara, by=cast["bu_pmd"], berkas=whole_day.pulang, sandi=SANDI)
    assert result.ketua is None, "a confirmation is of what was seen"
    approve(result, cast)
    acara.refresh_from_db()
    assert acara.tahap == "penandatanganan"


def test_both_sides_changed_during_a_journey(whole_day, acara, cast, masuk):
    """The journey was given up, the server went on, and then the laptop came back after all."""
    client, url = masuk("pak_sekcam"), f"/m/{acara.slug}/berita-acara/aula/"
    client.post(f"{url}batal/", {"alasan": "Laptop mogok."})
    one_attendance(acara, cast["pak_sekcam"])
    with pytest.raises(Conflict) as clash:
        receive_result(musrenbang=acara, by=cast["bu_pmd"], berkas=whole_day.pulang, sandi=SANDI)
    assert [j.aksi for j in clash.value.jejak] == ["kehadiran.dicatat"]
    response = uploaded(client, acara, whole_day.pulang)
    assert response.status_code == 409
    assert "Inaq Sumiati" in response.content.decode()
    assert "1 perubahan yang dibuat di server" in uploaded(client, acara, whole_day.pulang, timpa="1").content.decode()
    assert Kehadiran.objects.filter(musrenbang=acara, nama="Inaq Sumiati").exists(), "nothing counts yet"
    with pytest.raises(Refused, match="sedang dibawa"):
        one_attendance(acara, cast["pak_sekcam"], "Menyusul")
    approve(HasilAula.objects.get(), cast)
    assert not Kehadiran.objects.filter(musrenbang=acara, nama="Inaq Sumiati").exists()
    assert JejakAudit.objects.filter(musrenbang=acara, aksi="kehadiran.dicatat").count() == 7
    assert broken_invariants(Musrenbang.objects.get(pk=acara.pk)) == []


def test_what_the_server_issued_meanwhile_is_not_taken_back(whole_day, acara, cast):
    cancel_journey(musrenbang=acara, by=cast["pak_sekcam"], alasan="Laptop mogok.")
    advance_musrenbang(musrenbang=acara, dari=Tahap.PLENO, ke=Tahap.PRIORITAS, by=cast["pak_sekcam"])
    with pytest.raises(Refused, match="sudah terbit di server"):
        receive_result(musrenbang=acara, by=cast["bu_pmd"], berkas=whole_day.pulang, sandi=SANDI, timpa=True)
    assert Musrenbang.objects.get(pk=acara.pk).tahap == Tahap.PRIORITAS


def test_an_ended_permit_waits_for_the_ketua_tim_and_a_clock_set_back_makes_it_no_longer(whole_day, acara, cast, masuk):
    url, end = f"/m/{acara.slug}/berita-acara/aula/izin/", Perjalanan.objects.get().berlaku_sampai
    with time_machine.travel(end + timedelta(days=1), tick=False):
        with pytest.raises(Refused, match="Ketua Tim dapat memperpanjangnya"):
            receive_result(musrenbang=acara, by=cast["bu_pmd"], berkas=whole_day.pulang, sandi=SANDI)
        cancel_journey(musrenbang=acara, by=cast["pak_sekcam"], alasan="Terlambat sekali.")
    with pytest.raises(Refused, match="Ketua Tim dapat memperpanjangnya"):  # the server's clock went back since
        receive_result(musrenbang=acara, by=cast["bu_pmd"], berkas=whole_day.pulang, sandi=SANDI)
    contents = {"sampai": (end + timedelta(days=9)).date().isoformat(), "alasan": "Jalan ke kabupaten putus."}
    assert masuk("bu_pmd").post(url, contents).status_code == 403
    assert (
        "tanggal yang benar" in masuk("pak_sekcam").post(url, contents | {"sampai": "x"}, follow=True).content.decode()
    )
    assert "Izin diperpanjang" in masuk("pak_sekcam").post(url, contents, follow=True).content.decode()
    assert receive_result(musrenbang=acara, by=cast["bu_pmd"], berkas=whole_day.pulang, sandi=SANDI)


def test_a_laptop_keeps_to_its_permit(acara, decided_event, cast, masuk):
    """On the laptop itself: after the end, with its clock set back, and at the move that only the server makes."""
    sekcam = cast["pak_sekcam"]

    def message(moment=None):
        with time_machine.travel(moment or timezone.now(), tick=False), pytest.raises(Refused) as galat:
            record_attendance(acara, sekcam, "Baiq Terlambat")
        return str(galat.value)

    def on_laptop(acara, cast):
        work(acara, cast)
        assert "berakhir" in message(Perjalanan.objects.get().berlaku_sampai + timedelta(minutes=1))
        assert "Betulkan tanggal dan jam laptop" in message(timezone.now() - timedelta(hours=2))
        with pytest.raises(Refused, match="Finalisasi dimulai di server"):
            advance_musrenbang(musrenbang=acara, dari=Tahap.PENANDATANGANAN, ke=Tahap.FINALISASI, by=sekcam)
        html = masuk("pak_sekcam").get(f"/m/{acara.slug}/berita-acara/aula/").content.decode()
        assert kode_laptop() in html

    spend_day(acara, cast, working=on_laptop)


def test_a_file_is_for_one_laptop_and_its_time(acara, draft_event, cast, move_event):
    move_event(acara, "siap")
    leave = carry(acara, cast["pak_sekcam"])
    other = kunci.code_of(kunci.public_of(kunci.new_key()))
    with pytest.raises(Refused, match="dibuat untuk laptop"):
        load_file(leave, sandi=SANDI, kode=other)
    with time_machine.travel(timezone.now() - timedelta(days=1)), pytest.raises(Refused, match="lebih awal"):
        load_file(leave, sandi=SANDI, kode=kode_laptop())
    with time_machine.travel(timezone.now() + timedelta(days=99)), pytest.raises(Refused, match="berakhir"):
        load_file(leave, sandi=SANDI, kode=kode_laptop())
    content, lampiran = open_file(leave, SANDI)[1:]
    content["izin"]["izin"]["sampai"] = "2099-01-01T00:00:00+00:00"
    forged = envelope.seal("pergi", 1, content, lampiran, kunci=signing_key(), sandi=SANDI)
    with pytest.raises(Refused, match="tidak ditandatangani server"):
        load_file(forged, sandi=SANDI, kode=kode_laptop())


def test_only_an_event_before_its_signing_goes(ready_to_issue, cast, masuk):
    type(ready_to_issue).objects.filter(pk=ready_to_issue.pk).update(tahap=Tahap.FINALISASI)
    with pytest.raises(Refused, match="tidak dapat diubah"):
        carry(ready_to_issue, cast["pak_sekcam"])
    html = masuk("pak_sekcam").get(f"/m/{ready_to_issue.slug}/berita-acara/aula/").content.decode()
    assert "Tidak dapat dibawa lagi" in html


@pytest.mark.django_db(transaction=True)
def test_other_data_in_the_way_stores_nothing(ready_to_issue):
    dokumen = event_document(ready_to_issue)
    dokumen["acara"] = dokumen["tabel"]["acara"][0]["slug"] = "lain-2027"
    jumlah = Usulan.objects.count()
    with pytest.raises(envelope.BadFile, match="VAR_DIR=folder-baru"):
        load_event(dokumen, {})
    assert Usulan.objects.count() == jumlah
    assert not Musrenbang.objects.filter(slug="lain-2027").exists()


def test_a_decision_is_refused_too(acara, draft_event, cast, masuk, move_event):
    move_event(acara, "pembahasan")
    carry(acara, cast["pak_sekcam"])
    contents = {"baris": [f"{(baris := draft_event.baris.first()).pk}-1"], "keputusan": "disepakati"}
    response = masuk("bu_pmd").post(f"/m/{acara.slug}/rkp/tabel/bersama/", contents, follow=True)
    assert "sedang dibawa" in response.content.decode()
    baris.refresh_from_db()
    assert baris.keputusan == "belum_dibahas"


def test_a_list_that_was_not_printed_before_waits_while_the_event_is_away(acara, draft_event, cast, masuk, move_event):
    """A version that only the server has would keep the result of the hall out."""
    move_event(acara, "siap")
    by, url = cast["pak_sekcam"], f"/m/{acara.slug}/berita-acara/cetak/"
    assert masuk("pak_sekcam").get(f"{url}rekap_usulan.pdf").status_code == 200
    carry(acara, by)
    assert masuk("pak_sekcam").get(f"{url}rekap_usulan.pdf").status_code == 200
    html = masuk("pak_sekcam").get(f"{url}draft_rkp.pdf", follow=True).content.decode()
    assert "belum pernah dicetak dengan isi ini" in html
    assert acara.dokumen.count() == 1
