"""Of a day in the hall: a confirmation counts only while its person holds the office; keys of rows."""

import pytest

from alur.aula.services.hasil import confirm_result
from alur.aula.services.upload import receive_result
from alur.aula.skema import RENTANG
from musrenbang.models import Keanggotaan
from musrenbang.states import Peran
from tests.alur.test_aula import _murah, sehari  # noqa: F401 -- fixtures
from tests.serangan.aula import SANDI
from tests.some import some

pytestmark = pytest.mark.django_db


def sahkan(hasil, orang, peran):
    return confirm_result(hasil=hasil, by=orang, peran=frozenset({peran}), sha256=hasil.sha256)


@pytest.mark.parametrize("bagaimana", ["peran dicabut", "akun ditutup"])
def test_who_left_the_office_before_the_second_confirms(sehari, acara, pemeran, bagaimana):  # noqa: F811
    hasil = receive_result(musrenbang=acara, by=pemeran["bu_pmd"], berkas=sehari.pulang, sandi=SANDI)
    assert sahkan(hasil, pemeran["pak_sekcam"], Peran.SEKCAM) is False
    if bagaimana == "akun ditutup":
        type(pemeran["pak_sekcam"]).objects.filter(pk=pemeran["pak_sekcam"].pk).update(is_active=False)
    else:
        Keanggotaan.objects.filter(pengguna=pemeran["pak_sekcam"]).delete()
    assert sahkan(hasil, pemeran["pak_camat"], Peran.CAMAT) is False
    hasil.refresh_from_db()
    assert (hasil.ketua, hasil.camat) == (None, pemeran["pak_camat"])
    assert acara.jejak.filter(aksi="aula.pengesahan_gugur").count() == 1
    pengganti = pemeran["bu_pmd"]
    Keanggotaan.objects.create(pengguna=pengganti, peran=Peran.SEKCAM, kecamatan=acara.kecamatan)
    assert sahkan(hasil, pengganti, Peran.SEKCAM) is True


def test_rows_of_a_journey_have_keys_of_their_own(sehari):  # noqa: F811
    baru = [b["id"] for b in sehari.isi["tabel"]["jejak_audit"]]
    assert all(sehari.nomor * RENTANG < pk <= (sehari.nomor + 1) * RENTANG for pk in some(baru))
