"""An honest day from the opening to the signed Berita Acara, as the demo spends it: nothing of it is refused."""

import random

import pytest

from alur.aula.services.hasil import confirm_result
from alur.aula.services.upload import receive_result
from alur.demo import bangun
from alur.periksa import broken_invariants
from alur.services.acara import advance_musrenbang
from musrenbang.models import Pengguna
from musrenbang.states import Peran, Tahap
from tests.serangan.aula import SANDI, spend_day


@pytest.mark.django_db(transaction=True)
def test_a_whole_day_of_the_demo_comes_home(demo, murah, monkeypatch):
    acara = demo(Tahap.SIAP)
    orang = {Peran(p.username): p for p in Pengguna.objects.filter(username__in=Peran.values)}
    monkeypatch.setattr(bangun, "JALUR", bangun.JALUR[bangun.JALUR.index(Tahap.SIAP) :])

    def kerja(m, _):
        hari = object.__new__(bangun._Journey)
        hari.kecamatan, hari.musrenbang, hari.orang = m.kecamatan, m, orang
        hari.acak, hari.jumlah_usulan = random.Random("sikur-0"), 20
        hari.walk(Tahap.PENANDATANGANAN)
        hari._issue()

    hari = spend_day(acara, {"pak_sekcam": orang[Peran.SEKCAM]}, kerja=kerja)
    assert len(hari.isi["tabel"]["jejak_audit"]) > 300
    hasil = receive_result(musrenbang=acara, by=orang[Peran.PMD], berkas=hari.pulang, sandi=SANDI)
    assert [langkah["ke"] for langkah in hasil.ringkasan["langkah"]][-1] == "Penandatanganan"
    assert any(d.startswith("Salinan ") for d in hasil.ringkasan["dokumen"]), "the signed copy is told"
    for peran in (Peran.SEKCAM, Peran.CAMAT):
        confirm_result(hasil=hasil, by=orang[peran], peran=frozenset({peran}), sha256=hasil.sha256)
    acara.refresh_from_db()
    assert (acara.tahap, acara.dibawa_pada) == (Tahap.PENANDATANGANAN, None)
    assert broken_invariants(acara) == []
    sekcam = orang[Peran.SEKCAM]
    advance_musrenbang(musrenbang=acara, dari=Tahap.PENANDATANGANAN, ke=Tahap.FINALISASI, by=sekcam)
    assert broken_invariants(acara) == []
