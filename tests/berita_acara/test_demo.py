"""The demo: every stage reachable through the services, several kecamatan, refusals."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from berita_acara.demo.bangun import JALUR
from berita_acara.periksa import broken_invariants
from musrenbang.models import Musrenbang, Pengguna
from usulan.models import Usulan

pytestmark = pytest.mark.django_db


def _demo(**pilihan):
    call_command("create_demo", stdout=StringIO(), **pilihan)


@pytest.mark.parametrize("tahap", [JALUR[0], *JALUR[1::3], JALUR[-1]])
def test_each_stage(tahap, settings):
    settings.MODE_LATIHAN = True
    _demo(tahap=tahap, usulan=42)
    acara = Musrenbang.objects.get(slug="sikur-2027")
    assert acara.tahap == tahap
    assert broken_invariants(acara) == []


def test_preparation_leaves_two_desa_for_practice(settings):
    settings.MODE_LATIHAN = True
    _demo(tahap="persiapan")
    assert Usulan.objects.values("desa").distinct().count() == 12
    assert len(list((settings.VAR_DIR / "contoh").glob("*.xlsx"))) == 2


def test_several_kecamatan_and_a_number_of_proposals(settings):
    settings.MODE_LATIHAN = True
    _demo(tahap="siap", kecamatan=3, usulan=60)
    assert [Usulan.objects.filter(musrenbang=m).count() for m in Musrenbang.objects.all()] == [60, 60, 60]


def test_the_eight_accounts_can_sign_in(settings, client):
    settings.MODE_LATIHAN = True
    _demo(tahap="dijadwalkan")
    for nama in ("bappeda", "camat", "sekcam", "pmd", "pemandu", "desa", "skpd", "admin"):
        assert client.post("/masuk/", {"username": nama, "password": "musrenbang-demo"}).status_code == 302


@pytest.mark.parametrize("pilihan", [{"tahap": "entah"}, {"kecamatan": 0}, {"kecamatan": 22}, {"usulan": 3}])
def test_wrong_arguments(pilihan, settings):
    settings.MODE_LATIHAN = True
    with pytest.raises(CommandError) as galat:
        _demo(**pilihan)
    assert galat.value.returncode == 2


def test_never_outside_training_nor_over_real_data(settings):
    settings.MODE_LATIHAN = False
    with pytest.raises(CommandError, match="MODE_LATIHAN"):
        _demo()
    settings.MODE_LATIHAN = True
    Pengguna.objects.create(username="asli")
    with pytest.raises(CommandError, match="sudah berisi"):
        _demo()
    _demo(jika_kosong=True)
    assert not Musrenbang.objects.exists()
    _demo(reset=True, tahap="dijadwalkan")
    assert not Pengguna.objects.filter(username="asli").exists()
