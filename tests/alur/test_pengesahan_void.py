"""Of a day in the hall: a confirmation counts only while its person holds the office; keys of rows."""

import pytest

from alur.aula.services.result import confirm_result
from alur.aula.services.upload import receive_result
from alur.aula.skema import RENTANG
from musrenbang.models import Keanggotaan
from musrenbang.states import Peran
from tests.alur.test_aula import _cheap_keys, whole_day  # noqa: F401 -- fixtures
from tests.attack.aula import SANDI
from tests.some import some

pytestmark = pytest.mark.django_db


def approve(hasil, orang, peran):
    return confirm_result(result=hasil, by=orang, peran=frozenset({peran}), sha256=hasil.sha256)


@pytest.mark.parametrize("how", ["peran dicabut", "akun ditutup"])
def test_who_left_the_office_before_the_second_confirms(whole_day, acara, cast, how):  # noqa: F811
    result = receive_result(musrenbang=acara, by=cast["bu_pmd"], berkas=whole_day.pulang, sandi=SANDI)
    assert approve(result, cast["pak_sekcam"], Peran.SEKCAM) is False
    if how == "akun ditutup":
        type(cast["pak_sekcam"]).objects.filter(pk=cast["pak_sekcam"].pk).update(is_active=False)
    else:
        Keanggotaan.objects.filter(pengguna=cast["pak_sekcam"]).delete()
    assert approve(result, cast["pak_camat"], Peran.CAMAT) is False
    result.refresh_from_db()
    assert (result.ketua, result.camat) == (None, cast["pak_camat"])
    assert acara.jejak.filter(aksi="aula.pengesahan_gugur").count() == 1
    pengganti = cast["bu_pmd"]
    Keanggotaan.objects.create(pengguna=pengganti, peran=Peran.SEKCAM, kecamatan=acara.kecamatan)
    assert approve(result, pengganti, Peran.SEKCAM) is True


def test_rows_of_a_journey_have_keys_of_their_own(whole_day):  # noqa: F811
    baru = [b["id"] for b in whole_day.isi["tabel"]["jejak_audit"]]
    assert all(whole_day.nomor * RENTANG < pk <= (whole_day.nomor + 1) * RENTANG for pk in some(baru))
