"""The demo: every stage reachable through the services, several kecamatan, refusals."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from alur.demo import build
from alur.demo.build import JALUR
from alur.demo.kelompok import BANTUAN, MILIK_DESA
from alur.demo.people import PEGAWAI, PENSIUN, age_from_nip
from alur.periksa import broken_invariants
from musrenbang.models import KamusUsulan, Keanggotaan, Musrenbang, Pengguna
from musrenbang.sidang.models import Agenda, Notulen
from musrenbang.states import Peran
from rkp.models import BarisRkp
from rkp.prioritas.models import Pemeringkatan
from rkp.prioritas.queries.candidates import list_peserta
from rkp.prioritas.queries.suara import voters_by_desa
from rkp.queries.kelompok import list_kelompok
from tests.some import some
from usulan.models import Usulan
from usulan.queries.ownership import proposing_desa

pytestmark = pytest.mark.django_db


def _demo(**pilihan):
    call_command("create_demo", stdout=StringIO(), **pilihan)


def test_every_stage_hangs_together(settings, monkeypatch):
    """One walk, looked at in each of its stages."""
    settings.MODE_LATIHAN = True
    past, forward = [], build.advance_musrenbang

    def advance(**content):
        result = forward(**content)
        acara = Musrenbang.objects.get(slug="sikur-2027")
        assert broken_invariants(acara) == [], acara.tahap
        past.append(acara.tahap)
        if acara.tahap == "delegasi":
            statuses = Pemeringkatan.objects.filter(musrenbang=acara).values_list("status", flat=True)
            assert set(statuses) == {"ditetapkan"}
        return result

    monkeypatch.setattr(build, "advance_musrenbang", advance)
    _demo(tahap=JALUR[-1], usulan=42)
    assert past == JALUR[1:]


@pytest.fixture
def story(scene, settings):
    """The whole demo at the ranking, as the command makes it: built once."""
    settings.MODE_LATIHAN = True
    scene.stand_on({"create_demo prioritas": lambda _: _demo(tahap="prioritas")})
    return Musrenbang.objects.get(slug="sikur-2027")


@pytest.mark.django_db(transaction=True)
def test_the_story_is_believable(story):
    """Ages fit the NIP, the Camat leads the whole and no group, reasons fit the works, the day has its minutes."""
    acara = story
    for person in Pengguna.objects.exclude(nip=""):
        birth, appointed = int(person.nip[:4]), int(person.nip.split()[1][:4])
        assert 18 <= appointed - birth <= 35, person.nip
        hadir = acara.kehadiran.filter(nama=person.nama).first()
        assert hadir is None or hadir.usia == age_from_nip(person.nip, acara.tanggal)
    assert max(acara.kehadiran.filter(unsur__in=PEGAWAI).values_list("usia", flat=True)) <= PENSIUN
    kelompok = list_kelompok(acara)
    camat = Keanggotaan.objects.get(kecamatan=acara.kecamatan, peran=Peran.CAMAT).pengguna.nama
    assert len(kelompok) == len({str(h.ketua) for h in kelompok}) == 4
    assert all(a.kehadiran.nama != camat for h in some(kelompok) for a in h.anggota)
    for b in BarisRkp.objects.filter(alasan_kode__in=("hibah", "lahan", "kewenangan_desa")):
        assert (b.alasan_kode == "hibah") == b.kegiatan.startswith(BANTUAN)
        assert (b.alasan_kode == "kewenangan_desa") == b.kegiatan.startswith(MILIK_DESA)
    catatan = Notulen.objects.filter(agenda__musrenbang=acara)
    assert catatan.count() >= 6
    assert not catatan.filter(pertanyaan="").exists()
    assert not catatan.filter(kehadiran=None).exists()
    jam = Agenda.objects.filter(musrenbang=acara, selesai_pada__isnull=False)  # what runs now began now
    assert {a.mulai_pada.date() for a in jam} == {acara.tanggal}, "the items ran on the day of the meeting"
    assert KamusUsulan.objects.filter(tahun=2027).count() == 16


@pytest.mark.django_db(transaction=True)  # the demo is made anew over the one before
def test_each_programme_can_be_ranked_as_it_stands(story):
    """MPd by votes, P2SPP by orders, the ceiling by scores: candidates that may compete, and 14 desa that may vote."""
    acara = story
    everything = {p.kode: p for p in Pemeringkatan.objects.filter(musrenbang=acara)}
    assert set(everything) == {"mpd", "p2spp", "piwk"}
    for p in everything.values():
        p.musrenbang = acara
        for daftar in p.aturan["daftar"]:
            eligible = [c for c in list_peserta(p) if c.layak and c.calon.daftar == daftar["kode"]]
            assert len(eligible) >= 2, (p.nama, daftar)
    desa = voters_by_desa(acara, everything["mpd"].aturan)
    assert [len(d.pemilih) for d in desa] == [6] * 14
    assert not any(t.tingkat == "halang" for d in desa for t in d.temuan)
    _demo(tahap="dijadwalkan", reset=True)
    acara = Musrenbang.objects.get(slug="sikur-2027")
    assert (acara.tahap, Pemeringkatan.objects.count(), Usulan.objects.count()) == ("dijadwalkan", 0, 0)
    assert broken_invariants(acara) == []


def test_preparation_leaves_two_desa_for_practice(settings):
    settings.MODE_LATIHAN = True
    _demo(tahap="persiapan")
    acara = Musrenbang.objects.get(slug="sikur-2027")
    assert len(proposing_desa([acara.pk])[acara.pk]) == 12
    assert {u.cakupan for u in Usulan.objects.all()} == {"satu", "beberapa", "kecamatan"}
    assert len(list((settings.VAR_DIR / "contoh").glob("*.xlsx"))) == 2


def test_several_kecamatan_and_a_number_of_proposals(settings):
    settings.MODE_LATIHAN = True
    _demo(tahap="siap", kecamatan=2, usulan=24)
    assert [Usulan.objects.filter(musrenbang=m).count() for m in Musrenbang.objects.all()] == [24, 24]


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
