"""Who leaves the open_hall, who comes back, and who was present when something was decided."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from musrenbang.models import Musrenbang
from musrenbang.sidang.models import CatatanKuorum, HadirSesi, Kehadiran, Kepergian
from musrenbang.sidang.queries.kehadiran import check_kuorum, count_attendance
from musrenbang.sidang.queries.kuorum import quorum_context
from musrenbang.sidang.queries.sesi import came, gone, present, sittings_of
from musrenbang.sidang.services.kehadiran import MaybeSame, come_again
from musrenbang.sidang.services.sesi import adjourn_sidang, leave_sidang, note_again
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from tests.conftest import record_attendance
from tests.snapshot import snapshot


@snapshot
def open_hall(acara, cast):
    """The event with its doors open and two people of a desa in it."""
    Musrenbang.objects.filter(pk=acara.pk).update(tahap=Tahap.PEMBUKAAN)
    acara.refresh_from_db()
    for nama, sex in (("Siti", "P"), ("Budi", "L")):
        record_attendance(acara, cast["pemandu"], nama, jk=sex)
    Kehadiran.objects.update(desa=acara.kecamatan.desa_set.get(nama="Sikur"))
    return acara


def of(nama):
    return Kehadiran.objects.select_related("musrenbang").get(nama=nama)


def url(acara, nama, what):
    return f"/m/{acara.slug}/kehadiran/{of(nama).pk}/{what}/"


def test_who_leaves_counts_no_longer_and_stays_in_the_list(open_hall, masuk):
    client = masuk("pemandu")
    page = client.post(url(open_hall, "Siti", "pulang"), follow=True).content.decode()
    assert "Siti dicatat pulang" in page
    assert "(1 lagi sudah pulang)" in page
    now, ever = count_attendance(open_hall), count_attendance(open_hall, everything=True)
    assert (now.jumlah, now.perempuan, ever.jumlah) == (1, 0, 2)
    assert (check_kuorum(open_hall).hadir.jumlah, gone(open_hall).get().nama) == (1, "Siti")
    again = client.post(url(open_hall, "Siti", "pulang"), follow=True).content.decode()
    assert "Siti sudah dicatat pulang pukul" in again
    assert "Siti hadir kembali" in client.post(url(open_hall, "Siti", "kembali"), follow=True).content.decode()
    assert "sudah tercatat hadir" in client.post(url(open_hall, "Siti", "kembali"), follow=True).content.decode()
    assert (count_attendance(open_hall).jumlah, Kepergian.objects.count()) == (2, 1)


def test_the_desa_is_represented_by_who_is_still_there(open_hall, cast):
    assert check_kuorum(open_hall).desa_hadir == 1
    for nama in ("Siti", "Budi"):
        leave_sidang(hadir=of(nama), by=cast["pemandu"])
    assert check_kuorum(open_hall).desa_hadir == 0


def test_the_same_name_as_who_left_is_asked_about(open_hall, cast):
    leave_sidang(hadir=of("Siti"), by=cast["pemandu"])
    with pytest.raises(MaybeSame, match="Siti dari Warga sudah pulang") as asked:
        record_attendance(open_hall, cast["pemandu"], "Hj. Siti")
    assert [m.lagi for m in asked.value.mirip] == [of("Siti").pk]
    assert come_again(hadir=of("Siti"), by=cast["pemandu"])[1]
    assert not gone(open_hall).exists()


def test_an_arrival_from_before_the_leaving_brings_nobody_back(open_hall, cast):
    leave_sidang(hadir=of("Siti"), by=cast["pemandu"])
    before = timezone.now() - timedelta(minutes=10)
    assert not note_again(open_hall, of("Siti"), cast["pemandu"], before)
    assert gone(open_hall).exists()


def test_who_was_present_at_a_moment(open_hall, cast):
    one = leave_sidang(hadir=of("Siti"), by=cast["pemandu"])
    Kehadiran.objects.update(datang_pada=timezone.now() - timedelta(hours=3))
    Kepergian.objects.filter(pk=one.pk).update(pergi_pada=timezone.now() - timedelta(hours=2))
    come_again(hadir=of("Siti"), by=cast["pemandu"])
    hours = {4: [], 2.5: ["Budi", "Siti"], 1: ["Budi"], 0: ["Budi", "Siti"]}
    for back, names in hours.items():
        moment = timezone.now() - timedelta(hours=back)
        assert sorted(h.nama for h in present(open_hall, moment)) == names, back
    assert sorted(h.nama for h in present(open_hall)) == ["Budi", "Siti"]


def test_a_decision_keeps_its_figures_and_says_who_was_there(open_hall, cast, masuk):
    figure = check_kuorum(open_hall).angka
    CatatanKuorum.objects.create(
        musrenbang=open_hall, ke=Tahap.DELEGASI, alasan="Hujan lebat", dicatat_oleh=cast["bu_pmd"], **figure
    )
    leave_sidang(hadir=of("Siti"), by=cast["pemandu"])
    (noted,) = quorum_context(open_hall, None)["catatan"]
    assert ([n for n, _ in noted["orang"]], noted["lain"]) == (["Budi", "Siti"], False)
    Kehadiran.objects.filter(nama="Budi").update(datang_pada=timezone.now())
    page = masuk("pemandu").get(f"/m/{open_hall.slug}/kuorum/").content.decode()
    assert "Siapa yang hadir waktu itu (1 orang)" in page
    assert "Waktu itu tercatat 2 orang" in page


def test_a_rest_keeps_who_came_and_counts_who_is_left(open_hall, cast):
    Musrenbang.objects.filter(pk=open_hall.pk).update(tahap=Tahap.PLENO)
    open_hall.refresh_from_db()
    leave_sidang(hadir=of("Siti"), by=cast["pemandu"])
    next_day = timezone.localdate() + timedelta(days=1)
    sesi = adjourn_sidang(
        musrenbang=open_hall, by=cast["bu_pmd"], alasan="Listrik padam", tanggal=next_day, jam=time(8)
    )
    assert (sesi.hadir, sesi.perempuan, sesi.desa_hadir) == (1, 0, 1)
    assert HadirSesi.objects.filter(sesi=sesi).count() == came(open_hall).count() == 2
    assert sorted(sittings_of(open_hall).values()) == [[1], [1]]


@pytest.mark.parametrize("nama, status", [("pak_camat", 403), ("operator_desa", 403), ("orang_luar", 404)])
def test_who_may_not_note_it(nama, status, open_hall, masuk):
    for what in ("pulang", "kembali"):
        assert masuk(nama).post(url(open_hall, "Siti", what)).status_code == status
    assert not Kepergian.objects.exists()


def test_not_at_another_stage(open_hall, cast):
    Musrenbang.objects.filter(pk=open_hall.pk).update(tahap=Tahap.SELESAI)
    with pytest.raises(Refused, match="pada tahap “Selesai”"):
        leave_sidang(hadir=of("Siti"), by=cast["pemandu"])
