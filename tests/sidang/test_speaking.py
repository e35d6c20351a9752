"""Speaking time: recorded speeches by person, desa and sex, on the page, as Excel and in the minutes."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from musrenbang.sidang.cetakan import notulen
from musrenbang.sidang.models import Kehadiran, Pembicara
from musrenbang.sidang.queries.speakers import TANPA_DESA, speaking_time
from musrenbang.sidang.services.agenda import save_agenda
from musrenbang.sidang.services.notulen import move_speaker
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from tests.conftest import record_attendance


@pytest.fixture
def spoken(acara, move_event, cast):
    """Three speeches of two people, and one that goes on."""
    by = cast["bu_pmd"]
    move_event(acara, Tahap.PEMBUKAAN)
    item = save_agenda(musrenbang=acara, by=by, agenda=None, judul="Tanya jawab", menit=30, penanggung_jawab="")
    for nama in ("Bu Sari", "Pak Anom"):
        record_attendance(acara, by, nama)
    first, second = Kehadiran.objects.filter(musrenbang=acara).order_by("nama")
    desa = acara.kecamatan.desa_set.first()
    Kehadiran.objects.filter(pk=first.pk).update(desa=desa, jenis_kelamin="P")
    Kehadiran.objects.filter(pk=second.pk).update(desa=None, jenis_kelamin="L")
    start = timezone.now() - timedelta(minutes=30)
    for who, begin, seconds in ((first, 0, 125), (second, 5, 40), (first, 10, 60), (second, 20, None)):
        begun = start + timedelta(minutes=begin)
        end = begun + timedelta(seconds=seconds) if seconds else None
        Pembicara.objects.create(agenda=item, kehadiran=who, mulai_pada=begun, selesai_pada=end)
    return acara, desa, first, second


def told(rows):
    return [(s.nama, s.kali, s.detik) for s in rows]


def test_people_and_desa_have_one_sum(spoken, django_assert_num_queries):
    acara, desa, first, second = spoken
    with django_assert_num_queries(1):
        time = speaking_time(acara)
    assert told(time.orang) == [(f"Bu Sari, {first.lembaga}", 2, 185), (f"Pak Anom, {second.lembaga}", 1, 40)]
    assert told(time.desa) == [(desa.sebutan, 2, 185), (TANPA_DESA, 1, 40)]
    assert told(time.kelamin) == [("Perempuan", 2, 185), ("Laki-laki", 1, 40)]
    assert (time.jumlah.kali, time.jumlah.lama, time.orang[1].lama) == (3, "3 menit 45 detik", "40 detik")


def test_page_spreadsheet_and_minutes_say_the_same(spoken, masuk):
    acara, client = spoken[0], masuk("bu_pmd")
    page = client.get(f"/m/{acara.slug}/notulen/").content.decode()
    assert "3 menit 45 detik, 3 kali" in page
    answer = client.get(f"/m/{acara.slug}/berita-acara/cetak/waktu_bicara.xlsx")
    cells = [[c.value for c in row] for row in load_workbook(BytesIO(answer.content)).active.iter_rows()]
    assert ["Jenis kelamin", "Perempuan", 2, "3 menit 5 detik", 185] in cells
    assert notulen(acara)["bicara"]["lama"] == "3 menit 45 detik"
    assert masuk("operator_desa").get(f"/m/{acara.slug}/berita-acara/cetak/waktu_bicara.xlsx").status_code == 403


def test_a_speech_that_is_over_is_not_begun_anew(spoken, cast):
    """It would have lost the time of the first one without a word."""
    over = Pembicara.objects.exclude(selesai_pada=None).first()
    with pytest.raises(Refused, match="sudah selesai berbicara"):
        move_speaker(pembicara=over, by=cast["bu_pmd"], aksi="mulai")
    assert speaking_time(spoken[0]).jumlah.detik == 225
