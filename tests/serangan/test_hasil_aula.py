"""What the two people confirm is what they read: the summary that waits in the database is no other than the file's."""

import pytest

from alur.aula.services.hasil import confirm_result, waiting_result
from alur.aula.services.upload import receive_result
from berita_acara.models import HasilAula
from musrenbang.models import Musrenbang
from musrenbang.transisi import Refused
from tests.conftest import SANDI as SANDI_ORANG
from tests.serangan.aula import SANDI, state_of

pytestmark = pytest.mark.django_db


def _confirm(acara, pemeran):
    for nama, peran in (("pak_sekcam", "sekcam"), ("pak_camat", "camat")):
        hasil = waiting_result(acara)
        confirm_result(hasil=hasil, by=pemeran[nama], peran=frozenset({peran}), sha256=hasil.sha256)


@pytest.mark.parametrize(
    "ubah",
    [
        lambda r: r | {"tahap": r["tahap"][:1] * 2},
        lambda r: r | {"dokumen": []},
        lambda r: r | {"langkah": r["langkah"][:1]},
        lambda r: r | {"delegat": r["delegat"][1:]},
    ],
)
def test_a_summary_that_was_changed_is_not_confirmed(hari_aula, acara, pemeran, murah, ubah):
    """The owner of the database lets two people read something else than what they would take in."""
    acara = Musrenbang.objects.get(pk=acara.pk)
    hasil = receive_result(musrenbang=acara, by=pemeran["bu_pmd"], berkas=hari_aula.pulang, sandi=SANDI)
    semula = state_of(acara)
    HasilAula.objects.filter(pk=hasil.pk).update(ringkasan=ubah(hasil.ringkasan))
    with pytest.raises(Refused, match="tidak lagi sama dengan yang ditampilkan"):
        _confirm(acara, pemeran)
    assert waiting_result(acara).camat is None
    assert state_of(acara)[0]["tabel"]["dokumen"] == semula[0]["tabel"]["dokumen"]
    HasilAula.objects.filter(pk=hasil.pk).update(ringkasan=hasil.ringkasan)
    hasil = waiting_result(acara)
    assert confirm_result(hasil=hasil, by=pemeran["pak_camat"], peran=frozenset({"camat"}), sha256=hasil.sha256)


def test_a_page_of_before_confirms_no_later_upload(hari_aula, acara, pemeran, masuk, murah):
    """The same file was refused and came again, over changes of the server that the open page never told of."""
    acara = Musrenbang.objects.get(pk=acara.pk)
    kirim = {"musrenbang": acara, "by": pemeran["bu_pmd"], "berkas": hari_aula.pulang, "sandi": SANDI}
    lama = receive_result(**kirim)
    url = f"/m/{acara.slug}/berita-acara/aula/hasil/"
    camat = masuk("pak_camat")
    halaman = camat.get(url).content.decode()
    assert halaman.count(f'name="hasil" value="{lama.pk}"') == 2
    isi = {"sandi": SANDI_ORANG, "sha256": lama.sha256, "hasil": lama.pk}
    masuk("pak_sekcam").post(f"{url}tolak/", isi | {"alasan": "Salah berkas."})
    baru = receive_result(**kirim)
    assert baru.sha256 == lama.sha256
    for akhir in ("sahkan/", "tolak/"):
        html = camat.post(f"{url}{akhir}", isi | {"alasan": "Salah berkas."}, follow=True).content.decode()
        assert "sudah diunggah lagi" in html
    baru.refresh_from_db()
    assert (baru.status, baru.camat) == ("menunggu", None)
    assert (
        "Pengesahan Anda dicatat" in camat.post(f"{url}sahkan/", isi | {"hasil": baru.pk}, follow=True).content.decode()
    )
