"""The quorum at every move that binds the meeting: what stops it, the meeting's decision, stale pages, steps back."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from alur.periksa import broken_invariants
from alur.periksa_hitung import check_quorum
from alur.queries.syarat import collect
from alur.services.acara import Incomplete, advance_musrenbang
from berita_acara.dokumen.isi import berita_acara
from musrenbang.models import JejakAudit, Musrenbang
from musrenbang.sidang.models import CatatanKuorum, Sidang
from musrenbang.sidang.queries.kuorum import list_kuorum, next_binding, quorum_for
from musrenbang.sidang.services.hadir import record_kehadiran, remove_kehadiran
from musrenbang.sidang.services.kuorum import decide_kuorum
from musrenbang.states import MENGIKAT, Tahap
from musrenbang.transisi import Refused

ALASAN = "Jalan ke tiga desa putus; kepala desanya setuju lewat telepon."


def datang(acara, by, nama, desa, jk="L"):
    return record_kehadiran(
        musrenbang=acara,
        by=by,
        kunci=uuid.uuid4(),
        nama=nama,
        unsur="kades",
        lembaga=f"Desa {desa}",
        desa=acara.kecamatan.desa_set.get(nama=desa),
        jenis_kelamin=jk,
        usia=None,
        alamat="",
    )


def putuskan(acara, by, ke=None, alasan=ALASAN, sidik=None):
    ke = ke or next_binding(acara)
    sidik = quorum_for(acara, ke).sidik if sidik is None else sidik
    return decide_kuorum(musrenbang=acara, by=by, ke=ke, alasan=alasan, sidik=sidik)


@pytest.fixture
def sepi(acara, diputuskan, pemeran):
    """Everything decided, one desa of three in the hall, and a quorum of 67 percent."""
    Sidang.objects.filter(musrenbang=acara).update(kuorum_desa=67)
    datang(acara, pemeran["bu_pmd"], "Kades Sikur", "Sikur")
    return acara


def wajib(acara, ke):
    return [k.text for k in collect(acara, ke) if k.wajib and "uorum" in k.text + k.url]


@pytest.mark.parametrize("ke", list(MENGIKAT))
def test_each_binding_move_waits_for_the_quorum_or_for_the_meeting(ke, sepi, pemeran, pindah):
    """One table for all four moves: below, decided, fewer people than decided about, enough people."""
    by, dari = pemeran["pak_sekcam"], MENGIKAT[ke]
    pindah(sepi, dari)
    (kalimat,) = wajib(sepi, ke)
    assert kalimat.startswith("Kuorum belum tercapai: 1 dari 3 desa terwakili (33%, kuorum 67%)")
    with pytest.raises(Incomplete) as galat:
        advance_musrenbang(musrenbang=sepi, dari=dari, ke=ke, by=by)
    assert kalimat in str(galat.value)
    assert Musrenbang.objects.get(pk=sepi.pk).tahap == dari
    satu = putuskan(sepi, by)
    assert (satu.ke, satu.desa_hadir, satu.desa, satu.hadir) == (ke, 1, 3, 1)
    assert wajib(sepi, ke) == []
    (terbaca,) = [k.text for k in collect(sepi, ke) if k.terpenuhi]
    assert ALASAN in terbaca
    remove_kehadiran(hadir=sepi.kehadiran.get(), by=by)
    (kalimat,) = wajib(sepi, ke)
    assert "Waktu itu 1 dari 3 desa terwakili" in kalimat
    assert "sekarang 0 dari 3" in kalimat
    for desa in ("Sikur", "Semaya"):
        datang(sepi, by, f"Kades {desa}", desa)
    assert wajib(sepi, ke) == []
    assert any(k.text.startswith("Kuorum tercapai: 2 dari 3") for k in collect(sepi, ke) if k.terpenuhi)
    with pytest.raises(Refused, match="Tidak perlu putusan"):
        putuskan(sepi, by)


def test_more_people_than_decided_about_leave_the_decision_and_show_both(sepi, pemeran):
    Sidang.objects.filter(musrenbang=sepi).update(kuorum_desa=100)
    putuskan(sepi, pemeran["pak_sekcam"])
    datang(sepi, pemeran["bu_pmd"], "Bu Semaya", "Semaya", "P")
    (kata,) = [k.text for k in collect(sepi, Tahap.PRIORITAS) if k.terpenuhi]
    assert "2 dari 3 desa" in kata
    assert "Waktu diputuskan 1 dari 3 desa" in kata


def test_a_higher_bar_asks_again(sepi, pemeran):
    putuskan(sepi, pemeran["pak_sekcam"])
    Sidang.objects.filter(musrenbang=sepi).update(kuorum_desa=80)
    assert "berkurang" in wajib(sepi, Tahap.PRIORITAS)[0]


def test_a_stale_page_and_a_second_person(sepi, pemeran):
    by = pemeran["pak_sekcam"]
    lama = quorum_for(sepi, Tahap.PRIORITAS).sidik
    datang(sepi, by, "Warga Sikur", "Sikur")
    with pytest.raises(Refused, match="Kehadiran berubah sejak halaman ini dibuka"):
        putuskan(sepi, by, sidik=lama)
    kini = quorum_for(sepi, Tahap.PRIORITAS).sidik
    putuskan(sepi, by, sidik=kini)
    with pytest.raises(Refused, match=r"sudah dicatat Pak Sekcam pukul .* dengan alasan"):
        putuskan(sepi, pemeran["bu_pmd"], alasan="Alasan lain lagi.", sidik=kini)
    assert CatatanKuorum.objects.get().alasan == ALASAN
    with pytest.raises(Refused, match="alasan sidang melanjutkan"):
        putuskan(sepi, by, alasan=" ")
    with pytest.raises(Refused, match="Tahapnya sudah berubah"):
        putuskan(sepi, by, ke=Tahap.FINALISASI)


def test_one_decision_stands_per_move(sepi, pemeran):
    a = putuskan(sepi, pemeran["pak_sekcam"])
    b = putuskan(sepi, pemeran["pak_sekcam"], alasan="Diputus sekali lagi.")
    a.refresh_from_db()
    assert (a.berlaku, b.berlaku) == (False, True)
    with pytest.raises(IntegrityError), transaction.atomic():
        CatatanKuorum.objects.filter(pk=a.pk).update(berlaku=True)


def test_a_step_back_takes_the_decision_along(sepi, pemeran):
    by = pemeran["pak_sekcam"]
    putuskan(sepi, by)
    advance_musrenbang(musrenbang=sepi, dari=Tahap.PLENO, ke=Tahap.PRIORITAS, by=by)
    assert list(list_kuorum(sepi)) == list(CatatanKuorum.objects.all())
    advance_musrenbang(musrenbang=sepi, dari=Tahap.PRIORITAS, ke=Tahap.PLENO, by=by, alasan="No. 2 keliru.")
    assert not list_kuorum(sepi)
    assert wajib(sepi, Tahap.PRIORITAS)
    datang(sepi, by, "Kades Semaya", "Semaya")
    advance_musrenbang(musrenbang=sepi, dari=Tahap.PLENO, ke=Tahap.PRIORITAS, by=by)
    (catatan,) = list_kuorum(sepi)
    assert (catatan.alasan, catatan.desa_hadir) == ("", 2)
    assert JejakAudit.objects.filter(aksi="kuorum.dicatat").count() == 1


def test_the_page_keeps_what_was_typed(sepi, masuk, pemeran):
    client, url = masuk("pak_sekcam"), f"/m/{sepi.slug}/kuorum/"
    halaman = client.get(url).content.decode()
    assert "1 dari 3 desa" in halaman
    assert "Belum ada wakilnya: " in halaman
    isi = {"ke": "prioritas", "sidik": "basi", "alasan": ALASAN}
    jawab = client.post(url, isi)
    assert jawab.status_code == 422
    assert ALASAN in jawab.content.decode()
    sidik = quorum_for(sepi, Tahap.PRIORITAS).sidik
    assert f'value="{sidik}"' in jawab.content.decode()
    assert client.post(url, isi | {"sidik": sidik}).status_code == 302
    papan = client.get(f"/m/{sepi.slug}/").content.decode()
    assert ALASAN in papan
    assert masuk("pemandu").post(url, isi | {"sidik": sidik}).status_code == 403
    assert masuk("bu_bappeda").get(url).status_code == 200
    assert masuk("operator_desa").get(url).status_code == 403


def test_the_berita_acara_says_how_many_there_were_and_why(siap_terbit, pemeran, masuk):
    Sidang.objects.filter(musrenbang=siap_terbit).update(kuorum_desa=67)
    putuskan(siap_terbit, pemeran["pak_sekcam"])
    isi = berita_acara(siap_terbit)
    (k,) = isi["kuorum"]
    assert (k["langkah"], k["alasan"]) == ("Nyatakan Berita Acara ditandatangani", ALASAN)
    assert k["angka"].startswith("0 dari 3 desa terwakili (0%, kuorum 67%); hadir 6 orang, perempuan 2 (33%")
    from django.template.loader import render_to_string

    html = render_to_string("pdf/berita_acara.html", isi | {"draf": True})
    assert "Kuorum atau bagian perempuan di bawah yang ditetapkan" in html
    assert ALASAN in html


def test_the_check_reads_the_quorum_of_every_binding_move(siap_terbit):
    assert broken_invariants(siap_terbit) == []
    c = CatatanKuorum.objects.get(ke=Tahap.DELEGASI)
    CatatanKuorum.objects.filter(pk=c.pk).update(kuorum=67)
    assert any("di bawah kuorum tanpa putusan sidang: 0 dari 3" in k for k in broken_invariants(siap_terbit))
    CatatanKuorum.objects.filter(pk=c.pk).update(berlaku=False)
    assert any("tidak tercatat" in k for k in broken_invariants(siap_terbit))


def test_the_womens_share_is_decided_about_as_the_quorum_is(sepi, pemeran, masuk):
    """Enough desa, too few women: the move waits for the meeting's reason, which is checked and printed."""
    by = pemeran["pak_sekcam"]
    Sidang.objects.filter(musrenbang=sepi).update(kuorum_desa=33, target_perempuan=30)
    (kalimat,) = wajib(sepi, Tahap.PRIORITAS)
    assert kalimat.startswith("Perempuan di bawah target: 1 dari 3 desa")
    with pytest.raises(Incomplete, match="Perempuan di bawah target"):
        advance_musrenbang(musrenbang=sepi, dari=Tahap.PLENO, ke=Tahap.PRIORITAS, by=by)
    halaman = masuk("pak_sekcam").get(f"/m/{sepi.slug}/kuorum/").content.decode()
    assert "Perempuan 0% dari yang hadir, target 30%." in halaman
    assert "Catat putusan sidang" in halaman
    putuskan(sepi, by)
    assert wajib(sepi, Tahap.PRIORITAS) == []
    datang(sepi, by, "Kades Semaya", "Semaya")
    assert wajib(sepi, Tahap.PRIORITAS) == [], "no smaller share than decided about"
    Sidang.objects.filter(musrenbang=sepi).update(target_perempuan=40)
    assert "berkurang" in wajib(sepi, Tahap.PRIORITAS)[0]
    putuskan(sepi, by)
    advance_musrenbang(musrenbang=sepi, dari=Tahap.PLENO, ke=Tahap.PRIORITAS, by=by)
    assert (list_kuorum(sepi).get().alasan, list(check_quorum(sepi))) == (ALASAN, [])
    CatatanKuorum.objects.update(alasan="")
    assert any("di bawah kuorum tanpa putusan sidang" in k for k in check_quorum(sepi))


def test_what_was_decided_about_desa_is_not_stale_for_want_of_women_who_are_there(sepi, pemeran):
    by = pemeran["pak_sekcam"]
    putuskan(sepi, by)
    datang(sepi, by, "Bu Semaya", "Semaya", "P")
    remove_kehadiran(hadir=sepi.kehadiran.get(nama="Kades Sikur"), by=by)
    Sidang.objects.filter(musrenbang=sepi).update(target_perempuan=30)
    assert wajib(sepi, Tahap.PRIORITAS) == []
