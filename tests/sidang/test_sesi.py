"""An adjourned meeting: everybody is told, nothing is decided meanwhile, and it goes on with attendance of its own."""

import uuid
from datetime import date, time

import pytest
from django.template.loader import render_to_string

from alur.periksa_counts import check_sittings
from alur.queries.syarat import collect
from alur.services.acara import Incomplete, advance_musrenbang
from berita_acara.dokumen.content import berita_acara
from berita_acara.dokumen.letter_head import head_of
from musrenbang.models import JejakAudit
from musrenbang.sidang.cetakan import daftar_hadir, pemberitahuan_skors
from musrenbang.sidang.models import Kehadiran, SesiSidang, Sidang
from musrenbang.sidang.panel import _render
from musrenbang.sidang.queries.kehadiran import check_kuorum, count_attendance, list_undangan
from musrenbang.sidang.queries.kuorum import quorum_for
from musrenbang.sidang.queries.sesi import adjourned, away, rest_words, sitting_data
from musrenbang.sidang.services.kehadiran import check_in, remove_kehadiran
from musrenbang.sidang.services.kuorum import decide_kuorum
from musrenbang.sidang.services.layar import open_layar
from musrenbang.sidang.services.sesi import adjourn_sidang, attend_again, move_continuation, resume_sidang
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from tests.conftest import agree, record_attendance
from tests.halaman import flat
from tests.sidang.test_kuorum import ALASAN as LANJUT
from tests.sidang.test_kuorum import arrive, decide
from tests.some import some

ALASAN = "Hanya satu desa yang terwakili karena jalan putus."
SKORS = {"alasan": ALASAN, "tanggal": date(2026, 2, 25), "jam": time(9, 0), "tempat": "Balai Desa Sikur"}
KATA = "Rabu, 25 Februari 2026 pukul 09.00 WITA, di Balai Desa Sikur"


@pytest.fixture
def quiet_event(acara, decided_event, cast, time_machine):
    """Everything decided, one desa of three in the hall at ten in the morning; the quorum is 67 percent."""
    time_machine.move_to("2026-02-23 10:00+08:00", tick=True)
    Sidang.objects.filter(musrenbang=acara).update(kuorum_desa=67)
    arrive(acara, cast["bu_pmd"], "Kades Sikur", "Sikur")
    record_attendance(acara, cast["bu_pmd"], "Bu Camat", "kecamatan", "P")
    return acara


@pytest.fixture
def adjourned_event(quiet_event, cast):
    """Adjourned until Wednesday."""
    return adjourn_sidang(musrenbang=quiet_event, by=cast["pak_sekcam"], **SKORS)


@pytest.fixture
def lanjut(quiet_event, adjourned_event, cast, time_machine):
    """Wednesday, half past eight: the second sitting is open and nobody is noted yet."""
    time_machine.move_to("2026-02-25 08:30+08:00", tick=True)
    resume_sidang(musrenbang=quiet_event, by=cast["pak_sekcam"])
    return quiet_event


def test_everybody_is_told_until_when(quiet_event, adjourned_event, masuk):
    assert (adjourned_event.nomor, adjourned_event.hadir, adjourned_event.perempuan, adjourned_event.desa_hadir) == (
        1,
        2,
        1,
        1,
    )
    layar = open_layar(musrenbang=quiet_event)
    html, _ = _render(layar.kode)
    client = masuk("pak_sekcam")
    for contents in (
        html,
        client.get(f"/m/{quiet_event.slug}/").content.decode(),
        client.get(f"/m/{quiet_event.slug}/hari-h/").content.decode(),
        client.get(f"/m/{quiet_event.slug}/undangan/").content.decode(),
        client.get(f"/m/{quiet_event.slug}/kehadiran/").content.decode(),
        client.get(f"/m/{quiet_event.slug}/kuorum/").content.decode(),
    ):
        assert KATA in contents
    assert ALASAN in html
    papers = {"alasan": ALASAN, "lanjut": KATA, "hadir": 2, "desa": 1, "pada": "23 Februari 2026"}
    assert pemberitahuan_skors(quiet_event) == papers
    url = f"/m/{quiet_event.slug}/berita-acara/cetak/pemberitahuan_skors.pdf"
    assert client.get(url).headers["Content-Type"] == "application/pdf"


def test_nothing_is_decided_while_it_is_adjourned(quiet_event, adjourned_event, cast, draft_event):
    by = cast["pak_sekcam"]
    with pytest.raises(Incomplete, match="Sidang diskors sampai Rabu, 25 Februari 2026"):
        advance_musrenbang(musrenbang=quiet_event, dari=Tahap.PLENO, ke=Tahap.PRIORITAS, by=by)
    with pytest.raises(Refused, match="Sidang diskors sampai"):
        agree(quiet_event, list(draft_event.baris.values_list("pk", flat=True)), by)
    with pytest.raises(Refused, match="Kehadiran dicatat sesudah sidang dilanjutkan"):
        record_attendance(quiet_event, by, "Terlambat Datang")
    sidik = quorum_for(quiet_event, Tahap.PRIORITAS).sidik
    with pytest.raises(Refused, match="Sidang diskors"):
        decide_kuorum(musrenbang=quiet_event, by=by, ke=Tahap.PRIORITAS, alasan="Lanjut saja.", sidik=sidik)
    for ke in (Tahap.PEMAPARAN, Tahap.PEMBAHASAN, Tahap.KELOMPOK, Tahap.PLENO, Tahap.DELEGASI, Tahap.FINALISASI):
        assert any("Sidang diskors" in k.text for k in collect(quiet_event, ke) if k.wajib), ke


def test_refusals(quiet_event, adjourned_event, cast, time_machine):
    by = cast["bu_pmd"]
    with pytest.raises(Refused, match=f"sudah diskors oleh Pak Sekcam sampai {KATA}"):
        adjourn_sidang(musrenbang=quiet_event, by=by, **SKORS)
    with pytest.raises(Refused, match="diumumkan dilanjutkan"):
        resume_sidang(musrenbang=quiet_event, by=by)
    with pytest.raises(Refused, match="sudah lewat"):
        move_continuation(musrenbang=quiet_event, by=by, tanggal=date(2026, 2, 22), jam=time(9), tempat="")
    move_continuation(musrenbang=quiet_event, by=by, tanggal=date(2026, 2, 24), jam=time(13), tempat="")
    assert "Selasa, 24 Februari 2026 pukul 13.00 WITA, di Aula" in rest_words(quiet_event)
    assert KATA in JejakAudit.objects.get(aksi="sidang.waktu_lanjut").rincian["lanjut"][0]
    time_machine.move_to("2026-02-24 12:30+08:00")
    resume_sidang(musrenbang=quiet_event, by=by)
    with pytest.raises(Refused, match="tidak sedang diskors, atau sudah dilanjutkan orang lain"):
        resume_sidang(musrenbang=quiet_event, by=by)
    assert list(SesiSidang.objects.values_list("nomor", flat=True)) == [1, 2]


def test_an_adjournment_wants_a_reason_and_a_time_to_come(quiet_event, cast, masuk):
    by = cast["pak_sekcam"]
    with pytest.raises(Refused, match="alasan sidang diskors"):
        adjourn_sidang(musrenbang=quiet_event, by=by, **SKORS | {"alasan": ""})
    with pytest.raises(Refused, match="sudah lewat"):
        adjourn_sidang(musrenbang=quiet_event, by=by, **SKORS | {"tanggal": date(2026, 2, 20)})
    client, url = masuk("pak_sekcam"), f"/m/{quiet_event.slug}/kuorum/skors/"
    response = client.post(url, {"alasan": ALASAN, "tanggal": "2026-02-20", "jam": "09:00", "tempat": "Balai"})
    assert response.status_code == 422
    for kata in ("sudah lewat", ALASAN, "Balai"):
        assert kata in response.content.decode()
    assert client.post(url, {"alasan": ALASAN, "tanggal": "2026-02-25", "jam": "09:00"}).status_code == 302
    assert adjourned(quiet_event)


def test_the_new_sitting_counts_who_is_there_again(lanjut, cast, masuk):
    by = cast["bu_pmd"]
    assert (count_attendance(lanjut).jumlah, count_attendance(lanjut, everything=True).jumlah) == (0, 2)
    client = masuk("bu_pmd")
    halaman = client.get(f"/m/{lanjut.slug}/kehadiran/").content.decode()
    assert "2 orang belum dicatat di sesi ini" in halaman
    kades = Kehadiran.objects.get(nama="Kades Sikur")
    for _ in range(2):
        client.post(f"/m/{lanjut.slug}/kehadiran/lagi/", {"kehadiran": [kades.pk]})
    arrive(lanjut, by, "Kades Semaya", "Semaya")
    kuorum = check_kuorum(lanjut)
    assert (kuorum.hadir.jumlah, kuorum.desa_hadir, kuorum.tercapai) == (2, 2, True)
    assert [h.nama for h in away(lanjut)] == ["Bu Camat"]
    assert JejakAudit.objects.filter(aksi="kehadiran.lagi").count() == 1
    remove_kehadiran(hadir=kades, by=by)
    assert Kehadiran.objects.filter(pk=kades.pk).exists(), "the first sitting keeps whom it had"
    assert check_kuorum(lanjut).desa_hadir == 1
    assert masuk("pak_camat").post(f"/m/{lanjut.slug}/kehadiran/lagi/", {"kehadiran": [kades.pk]}).status_code == 403


def test_an_invitation_opens_the_door_again(quiet_event, cast, time_machine):
    by = cast["bu_pmd"]
    from musrenbang.sidang.models import Undangan

    u = Undangan.objects.create(
        musrenbang=quiet_event,
        nama="Pak BPD",
        unsur="bpd",
        lembaga="BPD",
        jenis_kelamin="L",
        kode="K7PX3M",
        desa=quiet_event.kecamatan.desa_set.get(nama="Semaya"),
    )
    content = {"undangan": u, "by": by, "cara": "kode"}
    hadir, baru = check_in(kunci=uuid.uuid4(), **content)
    assert baru
    adjourn_sidang(musrenbang=quiet_event, by=by, **SKORS)
    with pytest.raises(Refused, match="Sidang diskors"):
        check_in(kunci=uuid.uuid4(), **content)
    time_machine.move_to("2026-02-25 08:30+08:00")
    resume_sidang(musrenbang=quiet_event, by=by)
    assert not list_undangan(quiet_event).get().di_sini
    assert [check_in(kunci=uuid.uuid4(), **content) for _ in range(2)] == [(hadir, True), (hadir, False)]
    assert list_undangan(quiet_event).get().di_sini
    assert check_kuorum(quiet_event).desa_hadir == 1


def test_both_sittings_stand_in_the_berita_acara(lanjut, cast):
    by = cast["pak_sekcam"]
    for desa in ("Semaya", "Montong Baan Selatan"):
        arrive(lanjut, by, f"Kades {desa}", desa)
    attend_again(musrenbang=lanjut, by=by, kehadiran=[Kehadiran.objects.get(nama="Kades Sikur").pk])
    advance_musrenbang(musrenbang=lanjut, dari=Tahap.PLENO, ke=Tahap.PRIORITAS, by=by)
    one, dua = sitting_data(lanjut, check_kuorum(lanjut).angka)
    assert (one["mulai"], one["hadir"], one["desa"], one["alasan"]) == (
        "Senin, 23 Februari 2026 pukul 08.30 WITA",
        2,
        1,
        ALASAN,
    )
    assert one["skors"].startswith("Senin, 23 Februari 2026 pukul 10.0")
    assert (dua["mulai"], dua["hadir"], dua["desa"], dua["tempat"]) == (
        "Rabu, 25 Februari 2026 pukul 08.30 WITA",
        3,
        3,
        "Balai Desa Sikur",
    )
    hadir = daftar_hadir(lanjut)
    assert (hadir["jumlah"], {h["nama"]: h["sesi"] for h in hadir["daftar"]}) == (
        4,
        {"Kades Sikur": "1, 2", "Bu Camat": "1", "Kades Semaya": "2", "Kades Montong Baan Selatan": "2"},
    )
    other = {
        "prioritas_skpd": {"total": 0},
        "program": {"program": []},
        "belum": {},
        "kepala": head_of(lanjut),
        "draf": True,
    }
    html = flat(render_to_string("pdf/berita_acara.html", other | {"sesi": [one, dua], "hadir": hadir}))
    assert "Musyawarah berlangsung dalam 2 sesi" in html
    assert "dihadiri 3 orang (perempuan 0) dari 3 desa" in html
    assert f"dengan alasan: {ALASAN}" in html
    assert list(check_sittings(lanjut)) == []
    SesiSidang.objects.filter(nomor=1).update(nomor=3)
    assert "Sesi sidang: nomornya tidak berurutan." in list(check_sittings(lanjut))


def test_a_meeting_in_one_sitting_says_nothing_of_sittings(ready_to_issue):
    content = berita_acara(ready_to_issue)
    assert content["sesi"] == []
    assert all("sesi" not in h for h in some(content["hadir"]["daftar"]))


def test_a_decision_to_go_on_falls_when_the_meeting_is_adjourned_all_the_same(quiet_event, cast, time_machine):
    """It was made by those who part now; the next sitting decides for itself, even with as many desa."""
    by = cast["pak_sekcam"]
    decide(quiet_event, by)
    adjourn_sidang(musrenbang=quiet_event, by=by, **SKORS)
    time_machine.move_to("2026-02-25 08:30+08:00")
    resume_sidang(musrenbang=quiet_event, by=by)
    attend_again(musrenbang=quiet_event, by=by, kehadiran=[quiet_event.kehadiran.get(nama="Kades Sikur").pk])
    sentence = [k.text for k in collect(quiet_event, Tahap.PRIORITAS) if k.wajib]
    assert any(k.startswith("Kuorum belum tercapai: 1 dari 3") for k in sentence)
    assert JejakAudit.objects.get(aksi="sidang.diskors").rincian["putusan_kuorum"][0] == LANJUT


def test_a_slip_in_the_year_is_no_time_to_go_on(quiet_event, cast):
    with pytest.raises(Refused, match=r"25 Februari 2027 lebih dari 90 hari lagi\. Periksa tahunnya"):
        adjourn_sidang(musrenbang=quiet_event, by=cast["pak_sekcam"], **SKORS | {"tanggal": date(2027, 2, 25)})


def test_a_walk_in_of_an_earlier_sitting_is_noted_again_by_who_it_is(lanjut, masuk):
    """The desk that said "the same person" had noted nobody: the first sitting's entry counts for that sitting alone."""
    client, url = masuk("bu_pmd"), f"/m/{lanjut.slug}/kehadiran/"
    kades = Kehadiran.objects.get(nama="Kades Sikur")
    contents = {
        "nama": "KADES SIKUR",
        "unsur": "kades",
        "lembaga": "Desa Sikur",
        "jenis_kelamin": "L",
        "kunci": str(uuid.uuid4()),
    }
    question = client.post(url, contents)
    assert question.status_code == 422
    for kata in (
        "hadir di sesi sebelumnya",
        "Orang yang sama, catat hadir lagi",
        f'name="hadir_lagi" value="{kades.pk}"',
    ):
        assert kata in question.content.decode()
    assert "tidak usah dicatat" not in question.content.decode()
    assert (
        "Kades Sikur tercatat hadir"
        in client.post(url, contents | {"hadir_lagi": kades.pk}, follow=True).content.decode()
    )
    assert count_attendance(lanjut).jumlah == 1
    lagi = client.post(url, contents | {"hadir_lagi": kades.pk}, HTTP_HX_REQUEST="true").content.decode()
    assert "Kades Sikur" in lagi
    assert (count_attendance(lanjut).jumlah, Kehadiran.objects.filter(nama__icontains="sikur").count()) == (1, 1)


def test_home_says_that_the_meeting_is_adjourned(quiet_event, adjourned_event, masuk, cast, time_machine):
    for who in ("pak_camat", "operator_desa", "bu_bappeda"):
        assert KATA in masuk(who).get("/").content.decode(), who
    time_machine.move_to("2026-02-25 08:30+08:00", tick=True)
    resume_sidang(musrenbang=quiet_event, by=cast["pak_sekcam"])
    assert "diskors" not in masuk("pak_camat").get("/").content.decode()
