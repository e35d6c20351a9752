"""The home page says what waits, in numbers, leaves out what is done, and tells a desa what its proposals came to."""

import re

import pytest

from musrenbang.models import Musrenbang
from musrenbang.states import Tahap
from rkp.models import Alasan, BarisRkp, Keputusan
from tests.conftest import BARIS, JUDUL
from tests.halaman import flat
from usulan.models import Usulan
from usulan.services.impor import stage_impor


def at(acara, tahap):
    Musrenbang.objects.filter(pk=acara.pk).update(tahap=tahap)


def home(client):
    """Return the words of the page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", flat(client.get("/"))))


def test_the_team_reads_how_many_proposals_wait_for_the_draft_until_none_does(acara, usulan, masuk, request):
    text = home(masuk("pak_sekcam"))
    assert "Susun draf RKP Kecamatan · 6 usulan belum masuk draf" in text
    request.getfixturevalue("draft_event")
    assert "Susun draf" not in home(masuk("pak_sekcam"))


def test_read_files_wait_in_number(acara, usulan, masuk, make_workbook, cast):
    assert "berkas siap diperiksa" not in home(masuk("bu_pmd"))
    path = make_workbook("lagi.xlsx", [JUDUL, BARIS[0]])
    stage_impor(musrenbang=acara, path=path, nama=path.name, by=cast["bu_pmd"])
    assert "· 1 berkas siap diperiksa" in home(masuk("bu_pmd"))


@pytest.mark.parametrize(
    "tahap, words",
    [
        (Tahap.PEMBAHASAN, "kegiatan belum dibahas"),
        (Tahap.KELOMPOK, "kegiatan belum dibahas kelompok"),
        (Tahap.PLENO, "kegiatan belum diputuskan"),
    ],
)
def test_what_is_undecided_is_counted_until_none_is_left(tahap, words, acara, draft_event, masuk):
    at(acara, tahap)
    client = masuk("pak_sekcam")
    assert f"6 {words}" in home(client)
    draft_event.baris.filter(nomor__lte=2).update(keputusan=Keputusan.DISEPAKATI)
    assert f"4 {words}" in home(client)
    draft_event.baris.update(keputusan=Keputusan.DISEPAKATI)
    assert words not in home(client)


def test_a_desa_reads_what_its_proposals_came_to_and_has_no_list_to_send_again(acara, draft_event, masuk):
    client = masuk("operator_desa")
    text = home(client)
    assert "Usulan desa Anda: 2 usulan tercatat" in text
    assert "DU-RKP" not in text
    own = list(BarisRkp.objects.filter(rkp=draft_event, desa__nama="Sikur"))
    BarisRkp.objects.filter(pk=own[0].pk).update(keputusan=Keputusan.DISEPAKATI)
    reason = {"alasan_kode": Alasan.LAINNYA, "alasan": "Bila ada dana."}
    BarisRkp.objects.filter(pk=own[1].pk).update(keputusan=Keputusan.CADANGAN, **reason)
    at(acara, Tahap.PLENO)
    assert "Usulan desa Anda: 1 disepakati, 1 cadangan" in home(client)
    assert "Usulan desa Anda" not in home(masuk("pak_sekcam"))


def test_a_desa_that_has_sent_nothing_is_asked_for_its_list(acara, usulan, masuk):
    Usulan.objects.filter(desa__nama="Sikur").delete()
    text = home(masuk("operator_desa"))
    assert "DU-RKP" in text
    assert "Usulan desa Anda" not in text
