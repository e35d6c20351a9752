"""Personal data: cleared when it has served its purpose, the record left as it is."""

from datetime import timedelta

import pytest
from axes.models import AccessLog
from django.core.management import CommandError, call_command
from django.utils import timezone

from alur.periksa import broken_invariants
from delegasi.models import Delegat
from musrenbang.models import JejakAudit
from musrenbang.sidang.models import Kehadiran


@pytest.fixture
def past_event(issued_event, ready_to_issue):
    """A meeting of long ago with its Berita Acara, and an old and a new sign-in."""
    type(ready_to_issue).objects.update(tahun_pelaksanaan=2020)
    Delegat.objects.update(alamat="Dusun I")
    for day_name in (200, 10):
        one = AccessLog.objects.create(username="x", ip_address="10.0.0.1")
        AccessLog.objects.filter(pk=one.pk).update(attempt_time=timezone.now() - timedelta(days=day_name))
    return ready_to_issue


def test_first_it_counts_then_it_clears(past_event, capsys):
    call_command("bersihkan_data_pribadi")
    assert "alamat dan usia hadirin: 6 akan dihapus dengan --simpan" in capsys.readouterr().out
    assert Kehadiran.objects.exclude(alamat="").count() == 6
    call_command("bersihkan_data_pribadi", "--simpan")
    assert "alamat anggota delegasi: 6 dihapus" in capsys.readouterr().out
    assert not Kehadiran.objects.exclude(alamat="", usia=None).exists()
    assert not Delegat.objects.exclude(alamat="").exists()
    assert Kehadiran.objects.exclude(nama="").count() == 6, "names are the record"
    assert AccessLog.objects.count() == 1
    jejak = JejakAudit.objects.get(aksi="musrenbang.data_pribadi")
    assert jejak.rincian == {"alamat dan usia hadirin": 6, "alamat anggota delegasi": 6}
    past_event.refresh_from_db()
    assert broken_invariants(past_event) == []
    call_command("bersihkan_data_pribadi", "--simpan")
    assert JejakAudit.objects.filter(aksi="musrenbang.data_pribadi").count() == 1, "nothing was left to do"


def test_recent_meetings_are_left_alone(ready_to_issue):
    type(ready_to_issue).objects.update(tahun_pelaksanaan=timezone.localdate().year - 1)
    call_command("bersihkan_data_pribadi", "--simpan")
    assert Kehadiran.objects.exclude(alamat="").count() == 6


def test_nothing_is_thrown_away_in_its_own_year(db):
    with pytest.raises(CommandError, match="sekurang-kurangnya satu tahun"):
        call_command("bersihkan_data_pribadi", "--tahun", "0")
