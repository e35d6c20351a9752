"""A cost far above what a work cost so far is asked about wherever a person types one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musrenbang.models import JejakAudit
from musrenbang.plausible import NeedsConfirmation, check_jumlah, ratio_words
from musrenbang.states import Tahap
from rkp.models import Kelompok, UsulanKelompok
from rkp.prioritas.models import Calon
from tests.conftest import content_putusan, open_page_peringkat
from usulan.models import Usulan

UANG = st.one_of(st.none(), st.integers(1, 10**15))


@given(UANG, UANG, UANG)
def test_far_above_is_asked_unless_that_very_amount_was_confirmed(jumlah, acuan, dipastikan):
    far = bool(jumlah and acuan and jumlah >= 10 * acuan)
    assert bool(ratio_words(jumlah, acuan)) == far
    content = {"kolom": "biaya", "what": "Biaya", "acuan_words": "semula", "dipastikan": dipastikan}
    if far and dipastikan != jumlah:
        with pytest.raises(NeedsConfirmation, match=r"Periksa banyaknya angka nol\."):
            check_jumlah(jumlah, acuan, **content)
    else:
        assert bool(check_jumlah(jumlah, acuan, **content)) == far


def send(client, url, isi, lama):
    """Send a cost far above; then the page that asks, as it stands; return what it said."""
    question = client.post(url, isi)
    html = question.content.decode().replace("\u00a0", " ")
    assert question.status_code == 422
    assert f"({lama})" in html
    assert all(
        f'name="{k}" value="{v}"' in html for k, v in isi.items() if k != "biaya" and str(v) and '"' not in str(v)
    )
    return html


def test_a_decision_of_the_plenary(acara, draft_event, move_event, masuk):
    move_event(acara, Tahap.PLENO)
    baris = draft_event.baris.get(nomor=1)
    content = content_putusan(
        baris, keputusan="dengan_perubahan", biaya="1.050.000.000", alasan_kode="disesuaikan", alasan="Nol terlebih."
    )
    content["volume"] = "500"
    client, url = masuk("pemandu"), f"/m/{acara.slug}/rkp/baris/{baris.pk}/putuskan/"
    assert "10 kali Rp105.000.000" in send(client, url, content, "biaya di draf")
    assert client.post(url, content, headers={"HX-Request": "true"}).status_code == 409
    baris.refresh_from_db()
    assert baris.biaya == 105_000_000
    assert client.post(url, content | {"dipastikan": "1050000000"}).status_code == 302
    baris.refresh_from_db()
    assert baris.biaya == 1_050_000_000
    assert "dipastikan" in JejakAudit.objects.filter(aksi="rkp.diputuskan").first().rincian


def test_what_a_group_proposes_and_the_plenary_takes_over(acara, draft_event, move_event, masuk, cast):
    from rkp.services.kelompok import fill_kelompok
    from rkp.services.pleno import accept_baris

    move_event(acara, Tahap.PEMBAHASAN)
    fill_kelompok(musrenbang=acara, by=cast["pak_sekcam"])
    move_event(acara, Tahap.KELOMPOK)
    baris = draft_event.baris.get(nomor=1)
    kelompok = Kelompok.objects.get(bidang=baris.bidang)
    url = f"/m/{acara.slug}/rkp/kelompok/{kelompok.pk}/baris/{baris.pk}/"
    content = {
        "usul": "dengan_perubahan",
        "kegiatan": baris.kegiatan,
        "lokasi": baris.lokasi,
        "volume": "500",
        "satuan": baris.satuan,
        "biaya": "2.100.000.000",
        "alasan_kode": "disesuaikan",
        "alasan": "Nol terlebih.",
        "versi": 0,
        "catatan": "",
    }
    client = masuk("pemandu")
    assert "20 kali Rp105.000.000" in send(client, url, content, "biaya di draf")
    assert not UsulanKelompok.objects.filter(baris=baris).exists()
    assert client.post(url, content | {"dipastikan": "2100000000"}).status_code == 302
    move_event(acara, Tahap.PLENO)
    baris = draft_event.baris.select_related("rkp__musrenbang").get(nomor=1)
    assert accept_baris(baris=baris, versi=baris.versi, by=cast["pemandu"]).biaya == 2_100_000_000


def test_the_correction_of_a_proposal(acara, usulan, masuk):
    u = next(u for u in usulan if u.biaya == 66_000_000)
    content = {
        "kegiatan": u.kegiatan,
        "permasalahan": "",
        "lokasi": u.lokasi,
        "volume": "40",
        "satuan": u.satuan,
        "biaya": "660.000.000",
        "sumber_dana": u.sumber_dana_id or "",
        "manfaat": u.manfaat,
        "prioritas_desa": "",
        "versi": u.versi,
    }
    client, url = masuk("bu_pmd"), f"/m/{acara.slug}/usulan/{u.pk}/"
    assert "10 kali Rp66.000.000" in send(client, url, content, "biaya semula")
    assert client.post(url, content | {"dipastikan": "660000000"}).status_code == 302
    assert Usulan.objects.get(pk=u.pk).biaya == 660_000_000


def test_self_help_of_a_candidate(acara, fixed_event, masuk, cast):
    p = open_page_peringkat(acara, cast["pak_sekcam"])
    calon = Calon.objects.filter(pemeringkatan=p).select_related("baris").first()
    client, url = masuk("bu_pmd"), f"/m/{acara.slug}/rkp/prioritas/piwk/calon/{calon.pk}/"
    contents = {"daftar": calon.daftar, "asal": calon.asal, "swadaya": "99.999.999.999", "versi": calon.versi}
    question = client.post(url, contents)
    assert question.status_code == 422
    assert "(biaya kegiatannya)" in question.content.decode()
    calon.refresh_from_db()
    assert calon.swadaya is None
    assert client.post(url, contents | {"dipastikan": "99999999999"}).status_code == 302
    calon.refresh_from_db()
    assert calon.swadaya == 99_999_999_999
