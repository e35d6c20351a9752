"""The agenda: made, changed, reordered, run on the clock, printed."""

import uuid
from io import BytesIO

import pytest
from pypdf import PdfReader

from musrenbang.models import JejakAudit
from musrenbang.sidang.models import Agenda, Sidang
from musrenbang.sidang.queries.agenda import list_agenda
from musrenbang.sidang.services.agenda import save_agenda
from musrenbang.states import Tahap


@pytest.fixture
def agenda(acara, cast):
    """Three items of 10 minutes each, from eight o'clock."""
    for judul in ("Pembukaan", "Paparan", "Penutup"):
        save_agenda(musrenbang=acara, by=cast["bu_pmd"], agenda=None, judul=judul, menit=10, penanggung_jawab="Tim")
    Sidang.objects.create(musrenbang=acara, agenda_mulai="08:00")
    return list(Agenda.objects.filter(musrenbang=acara))


def route(client, acara, butir, aksi):
    return client.post(f"/m/{acara.slug}/agenda/{butir.pk}/jalan/", {"aksi": aksi}, follow=True)


def state(acara):
    return [
        "selesai" if a.selesai_pada else "berjalan" if a.mulai_pada else "belum"
        for a in Agenda.objects.filter(musrenbang=acara)
    ]


def test_the_usual_agenda_fills_the_day(acara, masuk):
    client, url = masuk("bu_pmd"), f"/m/{acara.slug}/agenda/isi/"
    assert "18 mata acara disusun" in client.post(url, follow=True).content.decode()
    arrangement = list_agenda(acara)
    assert (f"{arrangement.butir[0].mulai:%H.%M}", f"{arrangement.butir[-1].selesai:%H.%M}") == ("08.00", "16.00")
    assert "Paparan program yang masuk tahun 2026" in [b.agenda.judul for b in arrangement.butir]
    assert f"{Sidang.objects.get().pendaftaran_tutup:%H.%M}" == "08.25"
    assert "Agenda sudah ada" in client.post(url, follow=True).content.decode()
    assert Agenda.objects.count() == 18


def test_an_item_is_added_changed_and_taken_out(acara, agenda, masuk):
    client = masuk("bu_pmd")
    contents = {"judul": "Doa", "menit": 5, "penanggung_jawab": ""}
    client.post(f"/m/{acara.slug}/agenda/baru/", contents | {"kunci": uuid.uuid4()})
    assert Agenda.objects.last().judul == "Doa"
    url = f"/m/{acara.slug}/agenda/{agenda[0].pk}/"
    client.post(url, contents | {"versi": 1, "judul": "Pembukaan resmi"})
    text = client.post(url, contents | {"versi": 1, "judul": "Jangan hilang"}).content.decode()
    assert "sekarang “Pembukaan resmi”, 5 menit" in text
    assert "Jangan hilang" in text
    client.post(f"{url}hapus/")
    assert client.post(f"{url}hapus/").status_code == 404


@pytest.mark.parametrize("menit", ["0", "-5", "601", "lama"])
def test_minutes_are_sensible(menit, acara, masuk):
    response = masuk("bu_pmd").post(
        f"/m/{acara.slug}/agenda/baru/", {"judul": "Doa", "menit": menit, "kunci": uuid.uuid4()}
    )
    assert response.status_code == 422
    assert not Agenda.objects.exists()


def sort_rows(client, acara, urutan, **other):
    sidik = list_agenda(acara).sidik
    contents = {"urutan": [a.pk for a in urutan], "sidik": sidik} | other
    return client.post(f"/m/{acara.slug}/agenda/urutkan/", contents, follow=True).content.decode()


def judul(acara):
    return list(Agenda.objects.filter(musrenbang=acara).values_list("judul", flat=True))


def test_a_new_order_by_drag_and_by_arrows(acara, agenda, masuk):
    client = masuk("bu_pmd")
    a, b, c = agenda
    sort_rows(client, acara, [c, a, b])
    assert judul(acara) == ["Penutup", "Pembukaan", "Paparan"]
    sort_rows(client, acara, [c, a, b], geser=a.pk, arah="naik")
    assert judul(acara) == ["Pembukaan", "Penutup", "Paparan"]
    sort_rows(client, acara, [a, c, b], geser=b.pk, arah="turun")
    assert judul(acara) == ["Pembukaan", "Penutup", "Paparan"]
    assert JejakAudit.objects.filter(aksi="agenda.diurutkan").count() == 2


def test_an_order_made_on_an_old_page_is_refused(acara, agenda, masuk):
    client = masuk("bu_pmd")
    a, b, c = agenda
    sidik = list_agenda(acara).sidik
    sort_rows(client, acara, [b, a, c])
    assert "sudah mengubah urutan" in sort_rows(client, acara, [c, b, a], sidik=sidik)
    assert "sudah mengubah urutan" in sort_rows(client, acara, [c, b])
    assert judul(acara) == ["Paparan", "Pembukaan", "Penutup"]


def test_the_day_runs_item_by_item(acara, agenda, masuk, move_event, time_machine):
    move_event(acara, Tahap.PEMBUKAAN)
    client = masuk("bu_pmd")
    time_machine.move_to("2026-02-23 08:00+08:00", tick=False)
    for _ in range(2):
        route(client, acara, agenda[0], "mulai")
    assert JejakAudit.objects.filter(aksi="agenda.dimulai").count() == 1
    time_machine.move_to("2026-02-23 08:14+08:00", tick=False)
    arrangement = list_agenda(acara)
    assert (arrangement.kini.agenda, arrangement.kini.telat, arrangement.berikut.agenda) == (agenda[0], 4, agenda[1])
    route(client, acara, agenda[0], "lanjut")
    assert state(acara) == ["selesai", "berjalan", "belum"]
    route(client, acara, agenda[2], "mulai")
    assert state(acara) == ["selesai", "selesai", "berjalan"]
    route(client, acara, agenda[2], "selesai")
    assert list_agenda(acara).kini is None
    assert "Lewat 4 menit".lower() in client.get(f"/m/{acara.slug}/agenda/").content.decode()


def test_a_slip_is_taken_back_and_an_ended_item_can_go_on(acara, agenda, masuk, move_event):
    move_event(acara, Tahap.PEMBUKAAN)
    client = masuk("bu_pmd")
    route(client, acara, agenda[1], "mulai")
    route(client, acara, agenda[1], "ulang")
    assert state(acara) == ["belum", "belum", "belum"]
    route(client, acara, agenda[0], "mulai")
    mulai = Agenda.objects.get(pk=agenda[0].pk).mulai_pada
    route(client, acara, agenda[0], "selesai")
    route(client, acara, agenda[0], "mulai")
    assert (state(acara)[0], Agenda.objects.get(pk=agenda[0].pk).mulai_pada) == ("berjalan", mulai)


@pytest.mark.parametrize(("aksi", "message"), [("selesai", "belum dimulai"), ("terbang", "Pilih mulai")])
def test_what_cannot_be_is_said(aksi, message, acara, agenda, masuk, move_event):
    move_event(acara, Tahap.PEMBUKAAN)
    assert message in route(masuk("bu_pmd"), acara, agenda[0], aksi).content.decode()


def test_nothing_runs_before_the_day(acara, agenda, masuk, move_event):
    move_event(acara, Tahap.PERSIAPAN)
    assert "tidak dapat diubah" in route(masuk("bu_pmd"), acara, agenda[0], "mulai").content.decode()
    assert state(acara) == ["belum", "belum", "belum"]


def test_the_settings_of_the_day(acara, agenda, masuk):
    client, url = masuk("bu_pmd"), f"/m/{acara.slug}/agenda/pengaturan/"
    contents = {"versi": 1, "agenda_mulai": "09:00", "pendaftaran_tutup": "", "kuorum_desa": 50, "target_perempuan": 40}
    client.post(url, contents)
    assert Sidang.objects.get().kuorum_desa == 50
    assert f"{list_agenda(acara).butir[0].mulai:%H.%M}" == "09.00"
    assert "sudah mengubah" in client.post(url, contents | {"kuorum_desa": 60}).content.decode()
    assert client.post(url, contents | {"versi": 2, "kuorum_desa": 101}).status_code == 422


def test_the_printed_agenda_has_the_hours(acara, agenda, masuk):
    contents = masuk("bu_pmd").get(f"/m/{acara.slug}/berita-acara/cetak/susunan_acara.pdf").content
    text = PdfReader(BytesIO(contents)).pages[0].extract_text()
    for kata in ("08.00–08.10", "08.20–08.30", "Penutup", "Jumlah", "30"):
        assert kata in text


@pytest.mark.parametrize(("nama", "status"), [("pak_camat", 403), ("orang_skpd", 403), ("orang_luar", 404)])
def test_who_may_not_write(nama, status, acara, agenda, masuk):
    client = masuk(nama)
    for aksi in ("isi/", "urutkan/", "pengaturan/", "baru/", f"{agenda[0].pk}/hapus/", f"{agenda[0].pk}/jalan/"):
        assert client.post(f"/m/{acara.slug}/agenda/{aksi}").status_code == status


@pytest.mark.parametrize("n", [1, 3])
def test_query_counts(n, acara, agenda, masuk, django_assert_num_queries):
    Agenda.objects.filter(pk__in=[a.pk for a in agenda[n:]]).delete()
    client = masuk("bu_pmd")
    with django_assert_num_queries(7):
        client.get(f"/m/{acara.slug}/agenda/")
