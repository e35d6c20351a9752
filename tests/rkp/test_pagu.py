"""The ceiling: what does not fit goes into reserve by one rule; nothing is fixed above it; recaps agree."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alur.queries.syarat import collect
from musrenbang.models import JejakAudit, PaguKecamatan, SumberDana
from musrenbang.states import Tahap
from rkp.models import SEPAKAT, BarisRkp, Keputusan
from rkp.pagu import Calon, choose_excess, order_words
from rkp.queries.pagu import list_pagu, recap
from tests.some import some
from usulan.models import Usulan

CALON = st.builds(
    Calon,
    kunci=st.integers(1, 10**6),
    nomor=st.integers(1, 500),
    biaya=st.integers(1, 10**9),
    prioritas=st.none() | st.integers(1, 20),
    peringkat=st.none() | st.integers(1, 9),
    skor=st.none() | st.integers(0, 100).map(Decimal),
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(CALON, max_size=30, unique_by=lambda c: c.kunci), st.integers(1, 10**10))
def test_the_rest_fits_and_nothing_more_than_needed_goes(calon, pagu):
    leaving = choose_excess(calon, pagu)
    remainder = sum(c.biaya for c in calon) - sum(c.biaya for c in leaving)
    assert remainder <= pagu
    assert not leaving or remainder + leaving[-1].biaya > pagu
    assert {c.kunci for c in choose_excess(calon[::-1], pagu)} == {c.kunci for c in leaving} or len(
        {c.urutan for c in calon}
    ) < len(calon)


@pytest.mark.parametrize(
    ("content", "pagu", "logout"),
    [
        ([(1, 50, 1), (2, 50, 2)], 100, []),
        ([(1, 50, 1), (2, 50, 2)], 99, [2]),
        ([(1, 50, 1), (2, 50, None)], 99, [2]),
        ([(1, 50, 3), (2, 60, 3)], 109, [2]),
        ([(1, 50, 3), (2, 50, 3)], 99, [2]),
        ([(1, 50, 1), (2, 50, 2), (3, 50, 3)], 60, [3, 2]),
        ([(1, 500, 1)], 60, [1]),
    ],
)
def test_the_rule_line_by_line(content, pagu, logout):
    calon = [Calon(n, n, biaya, prioritas) for n, biaya, prioritas in content]
    assert [c.nomor for c in choose_excess(calon, pagu)] == logout


def test_what_the_groups_decided_counts_before_what_the_desa_wished():
    """Today a work that its group put last stays when its desa gave it number 1, and nobody says by which order."""
    calon = [
        Calon(1, 1, 50, 1, 3, Decimal(40)),
        Calon(2, 2, 50, 9, 1, Decimal(90)),
        Calon(3, 3, 50, 2, 3, Decimal(70)),
    ]
    assert [c.nomor for c in choose_excess(calon, 100)] == [1], "place 3 of both groups: the lower score goes first"
    assert [c.nomor for c in choose_excess(calon, 50)] == [1, 3]
    assert "peringkat kelompok terbawah, lalu tanpa skor kelompok, lalu skor kelompok terendah" in order_words(calon)
    without = [Calon(1, 1, 50, 1), Calon(2, 2, 50, 2)]
    assert "kelompok terbawah" not in order_words(without)
    assert "kegiatan tanpa nomor urut prioritas desa, lalu" in order_words(without)


@pytest.fixture
def capped_event(acara, decided_event):
    """Everything decided; APBD Kabupaten holds 171 million agreed of a ceiling of 150."""
    regency = SumberDana.objects.get(nama="APBD Kabupaten")
    BarisRkp.objects.filter(nomor__in=[1, 4]).update(sumber_dana=regency)
    BarisRkp.objects.filter(sumber_dana=None).update(sumber_dana=SumberDana.objects.get(nama="DAK"))
    Usulan.objects.filter(nomor=1).update(prioritas_desa=1)
    PaguKecamatan.objects.create(musrenbang=acara, sumber_dana=regency, jumlah=150_000_000)
    return regency


def move_rows(client, acara, sidik=None):
    p = list_pagu(acara)[0]
    contents = {"sumber": p.sumber.pk, "sidik": p.sidik if sidik is None else sidik}
    return client.post(f"/m/{acara.slug}/rkp/rekap/cadangkan/", contents, follow=True).content.decode()


def required(acara):
    return [k.text for k in collect(acara, Tahap.PRIORITAS) if k.wajib]


def test_nothing_is_fixed_above_the_ceiling(acara, capped_event, masuk):
    assert required(acara) == ["Yang disepakati dari APBD Kabupaten melampaui pagu sebesar Rp21.000.000."]
    client = masuk("pak_sekcam")
    words = client.get(f"/m/{acara.slug}/rkp/rekap/").content.decode()
    assert "Agar muat, 1 kegiatan ini dipindah" in words
    assert "1 kegiatan dipindah ke cadangan" in move_rows(client, acara)
    baris = BarisRkp.objects.get(nomor=4)
    assert (baris.keputusan, baris.alasan_kode) == (Keputusan.CADANGAN, "melampaui_pagu")
    assert required(acara) == []
    assert JejakAudit.objects.get(aksi="rkp.melampaui_pagu").dari == "disepakati"
    assert "sudah muat" in move_rows(client, acara, "x")


def test_a_page_from_before_another_decision_moves_nothing(acara, capped_event, masuk):
    client = masuk("pak_sekcam")
    sidik = list_pagu(acara)[0].sidik
    BarisRkp.objects.filter(nomor=4).update(versi=9)
    assert "Keputusan berubah sejak" in move_rows(client, acara, sidik)
    assert BarisRkp.objects.get(nomor=4).keputusan == Keputusan.DISEPAKATI


def test_a_work_without_a_source_cannot_hide_from_the_ceiling(acara, capped_event, masuk):
    BarisRkp.objects.filter(nomor=4).update(sumber_dana=None)
    assert required(acara) == ["1 kegiatan disepakati tetapi sumber dananya belum ditentukan."]
    words = masuk("pak_sekcam").get(f"/m/{acara.slug}/rkp/?sumber=0").content.decode()
    assert "Bantuan ternak kambing" in words
    assert "Pengerasan jalan" not in words


def test_without_a_ceiling_nothing_is_checked(acara, decided_event, masuk):
    BarisRkp.objects.update(sumber_dana=None)
    assert required(acara) == []
    assert "tidak ada batas" in masuk("pak_sekcam").get(f"/m/{acara.slug}/rkp/rekap/").content.decode()


def test_every_recap_has_the_same_total(acara, capped_event):
    total = sum(b.biaya or 0 for b in BarisRkp.objects.all())
    agreed = sum(b.biaya for b in BarisRkp.objects.filter(keputusan__in=SEPAKAT))
    for content in some(recap(acara).values()):
        assert (sum(r.rp for r in content), sum(r.rp_sepakat for r in content), sum(r.n for r in content)) == (
            total,
            agreed,
            6,
        )


@pytest.mark.parametrize(("nama", "status"), [("pemandu", 403), ("pak_camat", 403), ("orang_luar", 404)])
def test_who_may_not_move(nama, status, acara, capped_event, masuk):
    assert masuk(nama).post(f"/m/{acara.slug}/rkp/rekap/cadangkan/").status_code == status


def test_too_late_after_the_plenary(acara, capped_event, masuk, move_event):
    move_event(acara, Tahap.PRIORITAS)
    assert "tidak dapat diubah" in move_rows(masuk("pak_sekcam"), acara)


@pytest.mark.parametrize("n", [1, 3])
def test_query_counts(n, acara, draft_event, masuk, django_assert_num_queries):
    BarisRkp.objects.filter(nomor__gt=n).update(sumber_dana=None)
    client = masuk("pak_sekcam")
    with django_assert_num_queries(10):
        client.get(f"/m/{acara.slug}/rkp/rekap/")
