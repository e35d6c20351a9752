"""An honest day from the opening to the signed Berita Acara, as the demo spends it: nothing of it is refused."""

import random

import pytest

from alur.aula.services.result import confirm_result
from alur.aula.services.upload import receive_result
from alur.demo import build
from alur.periksa import broken_invariants
from alur.services.acara import advance_musrenbang
from musrenbang.models import Pengguna
from musrenbang.states import Peran, Tahap
from tests.attack.aula import SANDI, spend_day


@pytest.mark.django_db(transaction=True)
def test_a_whole_day_of_the_demo_comes_home(demo, cheap_keys):
    acara = demo(Tahap.SIAP)
    person = {Peran(p.username): p for p in Pengguna.objects.filter(username__in=Peran.values)}

    def work(m, _):
        day_name = object.__new__(build.Journey)
        day_name.kecamatan, day_name.musrenbang, day_name.orang = m.kecamatan, m, person
        day_name.acak, day_name.jumlah_usulan = random.Random("sikur-0"), 20
        day_name.walk(Tahap.PENANDATANGANAN)
        day_name._issue()

    day_name = spend_day(acara, {"pak_sekcam": person[Peran.SEKCAM]}, working=work)
    assert len(day_name.isi["tabel"]["jejak_audit"]) > 300
    result = receive_result(musrenbang=acara, by=person[Peran.PMD], berkas=day_name.pulang, sandi=SANDI)
    assert [step["ke"] for step in result.ringkasan["langkah"]][-1] == "Penandatanganan"
    assert any(d.startswith("Salinan ") for d in result.ringkasan["dokumen"]), "the signed copy is told"
    for peran in (Peran.SEKCAM, Peran.CAMAT):
        confirm_result(result=result, by=person[peran], peran=frozenset({peran}), sha256=result.sha256)
    acara.refresh_from_db()
    assert (acara.tahap, acara.dibawa_pada) == (Tahap.PENANDATANGANAN, None)
    assert broken_invariants(acara) == []
    sekcam = person[Peran.SEKCAM]
    advance_musrenbang(musrenbang=acara, dari=Tahap.PENANDATANGANAN, ke=Tahap.FINALISASI, by=sekcam)
    assert broken_invariants(acara) == []
