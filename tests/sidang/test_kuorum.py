"""The quorum at every move that binds the meeting: what stops it, the meeting's decision, stale pages, steps back."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from alur.periksa import broken_invariants
from alur.periksa_counts import check_quorum
from alur.queries.syarat import collect
from alur.services.acara import Incomplete, advance_musrenbang
from berita_acara.dokumen.content import berita_acara
from musrenbang.models import JejakAudit, Musrenbang
from musrenbang.sidang.models import CatatanKuorum, Sidang
from musrenbang.sidang.queries.kuorum import list_kuorum, next_binding, quorum_for
from musrenbang.sidang.services.kehadiran import record_kehadiran, remove_kehadiran
from musrenbang.sidang.services.kuorum import decide_kuorum
from musrenbang.states import MENGIKAT, Tahap
from musrenbang.transisi import Refused

ALASAN = "Jalan ke tiga desa putus; kepala desanya setuju lewat telepon."


def arrive(acara, by, nama, desa, sex="L"):
    return record_kehadiran(
        musrenbang=acara,
        by=by,
        kunci=uuid.uuid4(),
        nama=nama,
        unsur="kades",
        lembaga=f"Desa {desa}",
        desa=acara.kecamatan.desa_set.get(nama=desa),
        jenis_kelamin=sex,
        usia=None,
        alamat="",
    )


def decide(acara, by, ke=None, alasan=ALASAN, sidik=None):
    ke = ke or next_binding(acara)
    sidik = quorum_for(acara, ke).sidik if sidik is None else sidik
    return decide_kuorum(musrenbang=acara, by=by, ke=ke, alasan=alasan, sidik=sidik)


@pytest.fixture
def quiet_event(acara, decided_event, cast):
    """Everything decided, one desa of three in the hall, and a quorum of 67 percent."""
    Sidang.objects.filter(musrenbang=acara).update(kuorum_desa=67)
    arrive(acara, cast["bu_pmd"], "Kades Sikur", "Sikur")
    return acara


def required(acara, ke):
    return [k.text for k in collect(acara, ke) if k.wajib and "uorum" in k.text + k.url]


@pytest.mark.parametrize("ke", list(MENGIKAT))
def test_each_binding_move_waits_for_the_quorum_or_for_the_meeting(ke, quiet_event, cast, move_event):
    """One table for all four moves: below, decided, fewer people than decided about, enough people."""
    by, dari = cast["pak_sekcam"], MENGIKAT[ke]
    move_event(quiet_event, dari)
    (sentence,) = required(quiet_event, ke)
    assert sentence.startswith("Kuorum belum tercapai: 1 dari 3 desa terwakili (33%, kuorum 67%)")
    with pytest.raises(Incomplete) as galat:
        advance_musrenbang(musrenbang=quiet_event, dari=dari, ke=ke, by=by)
    assert sentence in str(galat.value)
    assert Musrenbang.objects.get(pk=quiet_event.pk).tahap == dari
    one = decide(quiet_event, by)
    assert (one.ke, one.desa_hadir, one.desa, one.hadir) == (ke, 1, 3, 1)
    assert required(quiet_event, ke) == []
    (readable,) = [k.text for k in collect(quiet_event, ke) if k.terpenuhi]
    assert ALASAN in readable
    remove_kehadiran(hadir=quiet_event.kehadiran.get(), by=by)
    (sentence,) = required(quiet_event, ke)
    assert "Waktu itu 1 dari 3 desa terwakili" in sentence
    assert "sekarang 0 dari 3" in sentence
    for desa in ("Sikur", "Semaya"):
        arrive(quiet_event, by, f"Kades {desa}", desa)
    assert required(quiet_event, ke) == []
    assert any(k.text.startswith("Kuorum tercapai: 2 dari 3") for k in collect(quiet_event, ke) if k.terpenuhi)
    with pytest.raises(Refused, match="Tidak perlu putusan"):
        decide(quiet_event, by)


def test_more_people_than_decided_about_leave_the_decision_and_show_both(quiet_event, cast):
    Sidang.objects.filter(musrenbang=quiet_event).update(kuorum_desa=100)
    decide(quiet_event, cast["pak_sekcam"])
    arrive(quiet_event, cast["bu_pmd"], "Bu Semaya", "Semaya", "P")
    (kata,) = [k.text for k in collect(quiet_event, Tahap.PRIORITAS) if k.terpenuhi]
    assert "2 dari 3 desa" in kata
    assert "Waktu diputuskan 1 dari 3 desa" in kata


def test_a_higher_bar_asks_again(quiet_event, cast):
    decide(quiet_event, cast["pak_sekcam"])
    Sidang.objects.filter(musrenbang=quiet_event).update(kuorum_desa=80)
    assert "berkurang" in required(quiet_event, Tahap.PRIORITAS)[0]


def test_a_stale_page_and_a_second_person(quiet_event, cast):
    by = cast["pak_sekcam"]
    lama = quorum_for(quiet_event, Tahap.PRIORITAS).sidik
    arrive(quiet_event, by, "Warga Sikur", "Sikur")
    with pytest.raises(Refused, match="Kehadiran berubah sejak halaman ini dibuka"):
        decide(quiet_event, by, sidik=lama)
    current = quorum_for(quiet_event, Tahap.PRIORITAS).sidik
    decide(quiet_event, by, sidik=current)
    with pytest.raises(Refused, match=r"sudah dicatat Pak Sekcam pukul .* dengan alasan"):
        decide(quiet_event, cast["bu_pmd"], alasan="Alasan lain lagi.", sidik=current)
    assert CatatanKuorum.objects.get().alasan == ALASAN
    with pytest.raises(Refused, match="alasan sidang melanjutkan"):
        decide(quiet_event, by, alasan=" ")
    with pytest.raises(Refused, match="Tahapnya sudah berubah"):
        decide(quiet_event, by, ke=Tahap.FINALISASI)


def test_one_decision_stands_per_move(quiet_event, cast):
    a = decide(quiet_event, cast["pak_sekcam"])
    b = decide(quiet_event, cast["pak_sekcam"], alasan="Diputus sekali lagi.")
    a.refresh_from_db()
    assert (a.berlaku, b.berlaku) == (False, True)
    with pytest.raises(IntegrityError), transaction.atomic():
        CatatanKuorum.objects.filter(pk=a.pk).update(berlaku=True)


def test_a_step_back_takes_the_decision_along(quiet_event, cast):
    by = cast["pak_sekcam"]
    decide(quiet_event, by)
    advance_musrenbang(musrenbang=quiet_event, dari=Tahap.PLENO, ke=Tahap.PRIORITAS, by=by)
    assert list(list_kuorum(quiet_event)) == list(CatatanKuorum.objects.all())
    advance_musrenbang(musrenbang=quiet_event, dari=Tahap.PRIORITAS, ke=Tahap.PLENO, by=by, alasan="No. 2 keliru.")
    assert not list_kuorum(quiet_event)
    assert required(quiet_event, Tahap.PRIORITAS)
    arrive(quiet_event, by, "Kades Semaya", "Semaya")
    advance_musrenbang(musrenbang=quiet_event, dari=Tahap.PLENO, ke=Tahap.PRIORITAS, by=by)
    (catatan,) = list_kuorum(quiet_event)
    assert (catatan.alasan, catatan.desa_hadir) == ("", 2)
    assert JejakAudit.objects.filter(aksi="kuorum.dicatat").count() == 1


def test_the_page_keeps_what_was_typed(quiet_event, masuk, cast):
    client, url = masuk("pak_sekcam"), f"/m/{quiet_event.slug}/kuorum/"
    halaman = client.get(url).content.decode()
    assert "1 dari 3 desa" in halaman
    assert "Belum ada wakilnya: " in halaman
    contents = {"ke": "prioritas", "sidik": "basi", "alasan": ALASAN}
    response = client.post(url, contents)
    assert response.status_code == 422
    assert ALASAN in response.content.decode()
    sidik = quorum_for(quiet_event, Tahap.PRIORITAS).sidik
    assert f'value="{sidik}"' in response.content.decode()
    assert client.post(url, contents | {"sidik": sidik}).status_code == 302
    board = client.get(f"/m/{quiet_event.slug}/").content.decode()
    assert ALASAN in board
    assert masuk("pemandu").post(url, contents | {"sidik": sidik}).status_code == 403
    assert masuk("bu_bappeda").get(url).status_code == 200
    assert masuk("operator_desa").get(url).status_code == 403


def test_the_berita_acara_says_how_many_there_were_and_why(ready_to_issue, cast, masuk):
    Sidang.objects.filter(musrenbang=ready_to_issue).update(kuorum_desa=67)
    decide(ready_to_issue, cast["pak_sekcam"])
    content = berita_acara(ready_to_issue)
    (k,) = content["kuorum"]
    assert (k["langkah"], k["alasan"]) == ("Nyatakan Berita Acara ditandatangani", ALASAN)
    assert k["angka"].startswith("0 dari 3 desa terwakili (0%, kuorum 67%); hadir 6 orang, perempuan 2 (33%")
    from django.template.loader import render_to_string

    html = render_to_string("pdf/berita_acara.html", content | {"draf": True})
    assert "Kuorum atau bagian perempuan di bawah yang ditetapkan" in html
    assert ALASAN in html


def test_the_check_reads_the_quorum_of_every_binding_move(ready_to_issue):
    assert broken_invariants(ready_to_issue) == []
    c = CatatanKuorum.objects.get(ke=Tahap.DELEGASI)
    CatatanKuorum.objects.filter(pk=c.pk).update(kuorum=67)
    assert any("di bawah kuorum tanpa putusan sidang: 0 dari 3" in k for k in broken_invariants(ready_to_issue))
    CatatanKuorum.objects.filter(pk=c.pk).update(berlaku=False)
    assert any("tidak tercatat" in k for k in broken_invariants(ready_to_issue))


def test_the_womens_share_is_decided_about_as_the_quorum_is(quiet_event, cast, masuk):
    """Enough desa, too few women: the move waits for the meeting's reason, which is checked and printed."""
    by = cast["pak_sekcam"]
    Sidang.objects.filter(musrenbang=quiet_event).update(kuorum_desa=33, target_perempuan=30)
    (sentence,) = required(quiet_event, Tahap.PRIORITAS)
    assert sentence.startswith("Perempuan di bawah target: 1 dari 3 desa")
    with pytest.raises(Incomplete, match="Perempuan di bawah target"):
        advance_musrenbang(musrenbang=quiet_event, dari=Tahap.PLENO, ke=Tahap.PRIORITAS, by=by)
    halaman = masuk("pak_sekcam").get(f"/m/{quiet_event.slug}/kuorum/").content.decode()
    assert "Perempuan 0% dari yang hadir, target 30%." in halaman
    assert "Catat putusan sidang" in halaman
    decide(quiet_event, by)
    assert required(quiet_event, Tahap.PRIORITAS) == []
    arrive(quiet_event, by, "Kades Semaya", "Semaya")
    assert required(quiet_event, Tahap.PRIORITAS) == [], "no smaller share than decided about"
    Sidang.objects.filter(musrenbang=quiet_event).update(target_perempuan=40)
    assert "berkurang" in required(quiet_event, Tahap.PRIORITAS)[0]
    decide(quiet_event, by)
    advance_musrenbang(musrenbang=quiet_event, dari=Tahap.PLENO, ke=Tahap.PRIORITAS, by=by)
    assert (list_kuorum(quiet_event).get().alasan, list(check_quorum(quiet_event))) == (ALASAN, [])
    CatatanKuorum.objects.update(alasan="")
    assert any("di bawah kuorum tanpa putusan sidang" in k for k in check_quorum(quiet_event))


def test_what_was_decided_about_desa_is_not_stale_for_want_of_women_who_are_there(quiet_event, cast):
    by = cast["pak_sekcam"]
    decide(quiet_event, by)
    arrive(quiet_event, by, "Bu Semaya", "Semaya", "P")
    remove_kehadiran(hadir=quiet_event.kehadiran.get(nama="Kades Sikur"), by=by)
    Sidang.objects.filter(musrenbang=quiet_event).update(target_perempuan=30)
    assert required(quiet_event, Tahap.PRIORITAS) == []
