"""One clock: a move of the event moves agenda and projector, and the page of the day is not left."""

import pytest
from django.core.cache import cache
from django.test import Client

from alur.services.acara import advance_musrenbang
from alur.tahap import TAHAP
from musrenbang.models import JejakAudit
from musrenbang.sidang.models import Agenda, Layar
from musrenbang.sidang.queries.agenda import list_agenda
from musrenbang.sidang.services.agenda import fill_agenda, follow_stage, save_agenda, start_agenda
from musrenbang.sidang.services.layar import open_layar
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from tests.conftest import record_attendance


def running(acara):
    current = list_agenda(acara).kini
    return current.agenda.judul if current else ""


@pytest.fixture
def under_way(acara, draft_event, move_event, cast):
    """An event with the usual agenda, ready to be opened, somebody present."""
    fill_agenda(musrenbang=acara, by=cast["bu_pmd"])
    move_event(acara, Tahap.SIAP)
    record_attendance(acara, cast["pemandu"], "Sudah Datang")
    cache.clear()
    return acara


def test_the_day_follows_its_stages(under_way, masuk):
    """Three clicks, three page loads: stage, agenda, projector and page go together."""
    acara, client = under_way, masuk("pak_sekcam")
    assert running(acara) == ""
    step = [("siap", "pembukaan"), ("pembukaan", "pemaparan"), ("pemaparan", "pembahasan")]
    seen = []
    for dari, ke in step:
        answer = client.post(f"/m/{acara.slug}/pindah/", {"dari": dari, "ke": ke, "halaman": "hari"})
        assert answer.headers["Location"] == f"/m/{acara.slug}/hari-h/"
        acara.refresh_from_db()
        seen.append((running(acara), Layar.objects.get().panel))
    assert seen == [
        ("Pembukaan, lagu kebangsaan, dan doa", "agenda"),
        ("Paparan program yang masuk tahun 2026", "agenda"),
        ("Pembahasan draf RKP Kecamatan", "bidang"),
    ]
    assert Agenda.objects.filter(musrenbang=acara, mulai_pada=None).count() == 15
    assert JejakAudit.objects.filter(aksi="agenda.dimulai").count() == 3
    # from the board the board is shown again, and a second click on a stale page moves nothing
    assert "hari-h" not in client.post(f"/m/{acara.slug}/pindah/", {"dari": dari, "ke": ke}).headers["Location"]
    assert JejakAudit.objects.filter(aksi="agenda.dimulai").count() == 3


def test_what_was_passed_over_is_not_shown_as_still_to_come(under_way, masuk):
    """The stage takes the agenda with it: items before the one that runs are over for the hall, begun or not."""
    acara, client = under_way, masuk("pak_sekcam")
    first = list_agenda(acara).butir[0].agenda.judul
    kode = open_layar(musrenbang=acara, panel="agenda").kode
    assert f"<td>{first}</td>" in client.get(f"/layar/{kode}/isi/").content.decode()
    client.post(f"/m/{acara.slug}/pindah/", {"dari": "siap", "ke": "pembukaan", "halaman": "hari"})
    client.post(f"/m/{acara.slug}/pindah/", {"dari": "pembukaan", "ke": "pemaparan", "halaman": "hari"})
    arrangement = list_agenda(acara)
    assert arrangement.butir[0].agenda.mulai_pada is None
    cache.clear()
    page = client.get(f"/layar/{kode}/isi/").content.decode()
    assert f"<td>{first}</td>" not in page
    assert [b.agenda.judul for b in arrangement.ahead if f"<td>{b.agenda.judul}</td>" not in page] == []
    assert arrangement.ahead[0] == arrangement.kini


@pytest.mark.parametrize("tahap, words", [("pembahasan", "Kelompok belum dibentuk."), ("pleno", "Tidak ada kelompok;")])
def test_a_plenary_without_groups_waits_for_none(tahap, words, acara):
    type(acara).objects.filter(pk=acara.pk).update(tahap=tahap)
    kode = open_layar(musrenbang=acara, panel="kelompok").kode
    cache.clear()
    assert words in Client().get(f"/layar/{kode}/isi/").content.decode()


def test_a_refused_move_moves_no_clock(under_way, masuk):
    acara, client = under_way, masuk("pak_sekcam")
    url = f"/m/{acara.slug}/hari-h/"
    data = {"dari": "pembukaan", "ke": "pemaparan", "halaman": "hari"}
    answer = client.post(f"/m/{acara.slug}/pindah/", data, HTTP_REFERER=f"http://testserver{url}")
    assert answer.headers["Location"].endswith(url)
    assert (running(acara), Layar.objects.count()) == ("", 0)


def test_a_step_back_goes_on_where_the_stage_was_left(under_way, cast):
    acara, by = under_way, cast["pak_sekcam"]
    for dari, ke in (("siap", "pembukaan"), ("pembukaan", "pemaparan")):
        advance_musrenbang(musrenbang=acara, dari=dari, ke=ke, by=by)
    start_agenda(agenda=Agenda.objects.get(judul="Tanya jawab"), by=by)
    advance_musrenbang(musrenbang=acara, dari="pemaparan", ke="pembahasan", by=by)
    advance_musrenbang(musrenbang=acara, dari="pembahasan", ke="pemaparan", by=by, alasan="salah tekan")
    assert (running(acara), Layar.objects.get().panel) == ("Tanya jawab", "agenda")
    advance_musrenbang(musrenbang=acara, dari="pemaparan", ke="pembukaan", by=by, alasan="salah tekan")
    advance_musrenbang(musrenbang=acara, dari="pembukaan", ke="siap", by=by, alasan="salah tekan")
    assert running(acara) == ""  # registration had not been begun by hand


def test_an_item_of_a_later_stage_is_not_begun_by_hand(under_way, cast, masuk):
    acara, by = under_way, cast["pak_sekcam"]
    advance_musrenbang(musrenbang=acara, dari="siap", ke="pembukaan", by=by)
    late = Agenda.objects.get(judul="Pleno hasil kelompok")
    with pytest.raises(Refused, match="termasuk tahap Pleno"):
        start_agenda(agenda=late, by=by)
    start_agenda(agenda=Agenda.objects.get(judul__startswith="Istirahat"), by=by)
    assert running(acara).startswith("Istirahat")
    last = Agenda.objects.get(judul="Penjelasan agenda dan tata tertib")
    start_agenda(agenda=last, by=by)
    client, url = masuk("bu_pmd"), f"/m/{acara.slug}/agenda/{last.pk}/jalan/"
    text = client.post(url, {"aksi": "lanjut", "dari": "hari"}, follow=True).content.decode()
    assert running(acara) == ""
    assert "dimulai sendiri bersama tahap Pemaparan" in " ".join(text.split())


def test_own_items_without_a_stage_are_left_alone(acara, move_event, cast):
    by = cast["bu_pmd"]
    for judul, tahap in (("Doa", ""), ("Pleno kami", "pleno")):
        save_agenda(musrenbang=acara, by=by, agenda=None, judul=judul, menit=10, penanggung_jawab="", tahap=tahap)
    move_event(acara, Tahap.PEMBUKAAN)
    start_agenda(agenda=Agenda.objects.get(judul="Doa"), by=by)
    acara.tahap = Tahap.PEMBAHASAN
    follow_stage(musrenbang=acara, by=by)
    assert running(acara) == "Doa"
    acara.tahap = Tahap.PLENO
    follow_stage(musrenbang=acara, by=by)
    assert running(acara) == "Pleno kami"
    acara.tahap = Tahap.FINALISASI
    follow_stage(musrenbang=acara, by=by)
    assert running(acara) == ""


def test_an_item_gets_its_stage_from_its_form(acara, cast, masuk):
    fill_agenda(musrenbang=acara, by=cast["bu_pmd"])
    item, client = Agenda.objects.get(judul="Penutup"), masuk("bu_pmd")
    data = {"judul": "Penutup", "menit": 10, "penanggung_jawab": "Camat", "versi": 1}
    url = f"/m/{acara.slug}/agenda/{item.pk}/"
    assert client.post(url, data | {"tahap": "selesai"}).status_code == 422
    client.post(url, data | {"tahap": ""})
    item.refresh_from_db()
    assert item.tahap == ""
    assert "tahap Pleno" in client.get(f"/m/{acara.slug}/agenda/").content.decode()


def test_every_stage_of_the_meeting_has_its_panel():
    from alur.panel import PANEL

    assert {TAHAP[t].panel for t in Tahap} <= {*PANEL, ""}
    assert all(TAHAP[t].panel for t in (Tahap.PEMBUKAAN, Tahap.PLENO, Tahap.PRIORITAS, Tahap.PENANDATANGANAN))


def test_a_screen_opened_late_shows_what_belongs_to_the_stage(acara, draft_event, move_event, masuk, cast):
    move_event(acara, Tahap.PLENO)
    Layar.objects.all().delete()
    page = masuk("pak_sekcam").get(f"/m/{acara.slug}/hari-h/").content.decode()
    assert (Layar.objects.get().panel, open_layar(musrenbang=acara).panel) == ("kelompok", "kelompok")
    assert "Kembali ke Diskusi kelompok" in page


@pytest.mark.parametrize("halaman", ["kehadiran/", "rkp/", "kuorum/"])
def test_the_way_back_is_on_every_page_while_the_meeting_sits(halaman, acara, move_event, masuk):
    client, link = masuk("bu_pmd"), 'class="ke-hari"'
    assert link not in client.get(f"/m/{acara.slug}/{halaman}").content.decode()
    move_event(acara, Tahap.PEMBUKAAN)
    assert link in client.get(f"/m/{acara.slug}/{halaman}").content.decode()
    assert link not in client.get(f"/m/{acara.slug}/hari-h/").content.decode()
    assert link not in masuk("pak_camat").get(f"/m/{acara.slug}/{halaman}").content.decode()
