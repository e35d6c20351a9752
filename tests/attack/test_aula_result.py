"""What the two people confirm is what they read: the summary that waits in the database is no other than the file's."""

import pytest

from alur.aula.services.result import confirm_result, waiting_result
from alur.aula.services.upload import receive_result
from berita_acara.models import HasilAula
from musrenbang.models import Musrenbang
from musrenbang.transisi import Refused
from tests.attack.aula import SANDI, state_of
from tests.conftest import SANDI as SANDI_ORANG

pytestmark = pytest.mark.django_db


def _confirm(acara, cast):
    for nama, peran in (("pak_sekcam", "sekcam"), ("pak_camat", "camat")):
        result = waiting_result(acara)
        confirm_result(result=result, by=cast[nama], peran=frozenset({peran}), sha256=result.sha256)


@pytest.mark.parametrize(
    "change",
    [
        lambda r: r | {"tahap": r["tahap"][:1] * 2},
        lambda r: r | {"dokumen": []},
        lambda r: r | {"langkah": r["langkah"][:1]},
        lambda r: r | {"delegat": r["delegat"][1:]},
    ],
)
def test_a_summary_that_was_changed_is_not_confirmed(aula_day, acara, cast, cheap_keys, change):
    """The owner of the database lets two people read something else than what they would take in."""
    acara = Musrenbang.objects.get(pk=acara.pk)
    result = receive_result(musrenbang=acara, by=cast["bu_pmd"], berkas=aula_day.pulang, sandi=SANDI)
    semula = state_of(acara)
    HasilAula.objects.filter(pk=result.pk).update(ringkasan=change(result.ringkasan))
    with pytest.raises(Refused, match="tidak lagi sama dengan yang ditampilkan"):
        _confirm(acara, cast)
    assert waiting_result(acara).camat is None
    assert state_of(acara)[0]["tabel"]["dokumen"] == semula[0]["tabel"]["dokumen"]
    HasilAula.objects.filter(pk=result.pk).update(ringkasan=result.ringkasan)
    result = waiting_result(acara)
    assert confirm_result(result=result, by=cast["pak_camat"], peran=frozenset({"camat"}), sha256=result.sha256)


def test_a_page_of_before_confirms_no_later_upload(aula_day, acara, cast, masuk, cheap_keys):
    """The same file was refused and came again, over changes of the server that the open page never told of."""
    acara = Musrenbang.objects.get(pk=acara.pk)
    send = {"musrenbang": acara, "by": cast["bu_pmd"], "berkas": aula_day.pulang, "sandi": SANDI}
    lama = receive_result(**send)
    url = f"/m/{acara.slug}/berita-acara/aula/hasil/"
    camat = masuk("pak_camat")
    halaman = camat.get(url).content.decode()
    assert halaman.count(f'name="hasil" value="{lama.pk}"') == 2
    contents = {"sandi": SANDI_ORANG, "sha256": lama.sha256, "hasil": lama.pk}
    masuk("pak_sekcam").post(f"{url}tolak/", contents | {"alasan": "Salah berkas."})
    baru = receive_result(**send)
    assert baru.sha256 == lama.sha256
    for end in ("sahkan/", "tolak/"):
        html = camat.post(f"{url}{end}", contents | {"alasan": "Salah berkas."}, follow=True).content.decode()
        assert "sudah diunggah lagi" in html
    baru.refresh_from_db()
    assert (baru.status, baru.camat) == ("menunggu", None)
    assert (
        "Pengesahan Anda dicatat"
        in camat.post(f"{url}sahkan/", contents | {"hasil": baru.pk}, follow=True).content.decode()
    )
