"""A group that runs out of time hands the rest to the plenary; one made by mistake is emptied and goes."""

import pytest

from musrenbang.models import JejakAudit
from musrenbang.transisi import Refused
from rkp.models import Kelompok, UsulanKelompok
from rkp.queries.kelompok import hasil_kelompok
from rkp.services.kelompok import empty_kelompok, hand_over_kelompok, remove_kelompok, reopen_kelompok
from rkp.services.usulan_kelompok import save_usulan_kelompok
from rkp.syarat import kelompok_finished
from tests.rkp.conftest import propose_everything, usul


@pytest.fixture
def begun(kelompok, cast):
    """The first row is proposed, the others are not."""
    save_usulan_kelompok(
        kelompok=kelompok.utama.kelompok, baris=kelompok.baris, by=cast["pemandu"], **usul(kelompok.baris)
    )
    return kelompok.utama.kelompok


def test_the_rest_goes_to_the_plenary_with_its_reason(acara, begun, cast, masuk):
    client, url = masuk("pemandu"), f"/m/{acara.slug}/rkp/kelompok/{begun.pk}/tandatangan/"
    left = hasil_kelompok(begun).figures.undecided
    assert "dalam satu kalimat mengapa" in client.post(url, {"aksi": "serahkan"}, follow=True).content.decode()
    page = client.post(url, {"aksi": "serahkan", "alasan": "Waktu habis."}, follow=True).content.decode()
    assert "diserahkan ke pleno: Waktu habis." in page
    begun.refresh_from_db()
    assert (begun.status, begun.diserahkan) == ("selesai", "Waktu habis.")
    trail = JejakAudit.objects.get(aksi="kelompok.status")
    assert (trail.alasan, trail.rincian["diserahkan"]) == ("Waktu habis.", left)
    assert not [k for k in kelompok_finished(acara) if begun.nama in k.text], "the meeting may go on"
    assert "sudah dikunci" in client.post(
        url, {"aksi": "serahkan", "alasan": "Lagi-lagi."}, follow=True
    ).content.decode() or (Kelompok.objects.get(pk=begun.pk).diserahkan == "Waktu habis.")
    reopen_kelompok(kelompok=begun, by=cast["pemandu"], alasan="Masih ada waktu.")
    assert Kelompok.objects.get(pk=begun.pk).diserahkan == ""


def test_a_finished_group_has_nothing_to_hand_over(kelompok, cast):
    propose_everything(kelompok.utama, cast["pemandu"])
    with pytest.raises(Refused, match="Tidak ada yang tersisa"):
        hand_over_kelompok(kelompok=kelompok.utama.kelompok, by=cast["pemandu"], alasan="Waktu habis.")


def test_a_group_made_by_mistake_is_emptied_then_removed(acara, begun, cast, masuk):
    with pytest.raises(Refused, match="Kosongkan dahulu"):
        remove_kelompok(kelompok=begun, by=cast["bu_pmd"])
    client, url = masuk("bu_pmd"), f"/m/{acara.slug}/rkp/kelompok/{begun.pk}/kosongkan/"
    assert "dalam satu kalimat mengapa" in client.post(url, {"alasan": " "}, follow=True).content.decode()
    assert "1 usulan ditarik" in client.post(url, {"alasan": "Salah bentuk kelompok."}, follow=True).content.decode()
    assert not UsulanKelompok.objects.filter(kelompok=begun).exists()
    assert JejakAudit.objects.get(aksi="kelompok.dikosongkan").dari == "disepakati"
    with pytest.raises(Refused, match="belum mengusulkan apa-apa"):
        empty_kelompok(kelompok=begun, by=cast["bu_pmd"], alasan="Salah bentuk kelompok.")
    remove_kelompok(kelompok=begun, by=cast["bu_pmd"])


@pytest.mark.parametrize("who, status", [("pemandu", 403), ("pak_camat", 403), ("orang_luar", 404)])
def test_wrong_people_empty_nothing(who, status, acara, begun, masuk):
    url = f"/m/{acara.slug}/rkp/kelompok/{begun.pk}/kosongkan/"
    assert masuk(who).post(url, {"alasan": "Salah bentuk."}).status_code == status
    assert masuk("bu_pmd").get(url).status_code == 405
    assert UsulanKelompok.objects.filter(kelompok=begun).exists()
