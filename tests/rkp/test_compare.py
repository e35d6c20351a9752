"""Two states of the plan side by side, and what a desa reads about its proposal."""

import pytest

from alur.services.acara import advance_musrenbang
from musrenbang.states import Tahap
from rkp.models import BarisRkp, Rkp
from rkp.queries.compare import compare_states, trace_states
from rkp.queries.fate import fate
from rkp.services.draft import build_draft
from rkp.services.keputusan import decide_baris
from tests.conftest import content_putusan
from usulan.models import Usulan


def diff(acara, a, b):
    return {h.nomor: h for h in compare_states(Rkp.objects.get(musrenbang=acara), a, b)}


def test_the_draft_against_now_says_who_and_why(acara, decided_event):
    result = diff(acara, "draf", "kerja")
    assert sorted(result) == [1, 2, 3, 4, 5, 6]
    assert ("Volume", "8 m", "6 m") in result[6].beda
    assert ("Biaya", "Rp240.000.000", "Rp180.000.000") in result[6].beda
    assert (result[6].oleh, "Lebar kali 6 meter." in result[6].alasan) == ("Pemandu", True)
    assert result[1].beda == [("Keputusan", "Belum dibahas", "Disepakati")]


def test_a_version_against_itself_is_equal(acara, fixed_event):
    assert diff(acara, "1", "1") == {}
    assert diff(acara, "1", "kerja") == {}


def test_two_versions_show_what_the_second_plenary_changed(acara, fixed_event, cast):
    sekcam = cast["pak_sekcam"]
    advance_musrenbang(musrenbang=acara, dari=Tahap.PRIORITAS, ke=Tahap.PLENO, by=sekcam, alasan="Ada yang terlewat")
    baris = BarisRkp.objects.select_related("rkp__musrenbang").get(nomor=1)
    content = content_putusan(baris, keputusan="cadangan", alasan_kode="lahan", alasan="Lahan belum dibebaskan.")
    decide_baris(baris=baris, by=sekcam, **content)
    advance_musrenbang(musrenbang=acara, dari=Tahap.PLENO, ke=Tahap.PRIORITAS, by=sekcam)
    result = diff(acara, "1", "2")
    assert list(result) == [1]
    assert result[1].beda[0] == ("Keputusan", "Disepakati", "Cadangan")


def test_a_work_is_followed_through_the_states_of_the_day(acara, fixed_event, cast):
    """No. 6 was cut while discussed, No. 1 put off by the second plenary; the first decision itself is no change."""
    sekcam = cast["pak_sekcam"]
    advance_musrenbang(musrenbang=acara, dari=Tahap.PRIORITAS, ke=Tahap.PLENO, by=sekcam, alasan="Terlewat")
    baris = BarisRkp.objects.select_related("rkp__musrenbang").get(nomor=1)
    content = content_putusan(baris, keputusan="cadangan", alasan_kode="lahan", alasan="Lahan belum dibebaskan.")
    decide_baris(baris=baris, by=sekcam, **content)
    route = {b.nomor: b for b in trace_states(Rkp.objects.get(musrenbang=acara), ["draf", "1", "kerja"])}
    kata = {nomor: [[k for k, _, _ in step] for step in b.langkah] for nomor, b in route.items()}
    assert kata == {1: [[], ["Keputusan", "Alasan"]], 6: [["Volume", "Biaya"], []]}
    assert route[1].langkah[1][0] == ("Keputusan", "Disepakati", "Cadangan")
    assert (route[1].oleh, "Lahan belum dibebaskan." in route[1].alasan) == ("Pak Sekcam", True)


def test_the_page_and_its_odd_addresses(acara, fixed_event, masuk):
    client = masuk("pak_camat")
    for question in ("", "?a=draf&b=1", "?a=99&b=x", "?a=1&b=1"):
        assert client.get(f"/m/{acara.slug}/rkp/banding/{question}").status_code == 200
    assert "Tidak ada perbedaan" in client.get(f"/m/{acara.slug}/rkp/banding/?a=1&b=1").content.decode()
    assert masuk("operator_desa").get(f"/m/{acara.slug}/rkp/banding/").status_code == 403


def sentence(nomor):
    return [step.kalimat for step in fate(Usulan.objects.get(nomor=nomor))]


def test_a_desa_reads_each_step_with_its_reason(acara, fixed_event, masuk):
    assert sentence(3) == [
        "Masuk draf RKP Kecamatan sebagai kegiatan nomor 3, untuk Dinas Pekerjaan Umum dan Penataan Ruang",
        "Disepakati sidang",
        "Ditetapkan pleno dalam RKP versi 1: disepakati",
    ]
    step = fate(Usulan.objects.get(nomor=5))
    assert "RAB belum dibuat." in step[-1].alasan
    text = masuk("operator_desa").get(f"/m/{acara.slug}/usulan/{Usulan.objects.get(nomor=3).pk}/").content.decode()
    assert "Ditetapkan pleno dalam RKP versi 1" in text


def test_before_the_draft_it_waits(acara, usulan):
    assert sentence(1) == ["Menunggu dimasukkan ke draf RKP Kecamatan"]


def test_a_merged_one_points_to_its_main_one(acara, usulan, cast):
    from usulan.services.merge import merge_usulan

    merge_usulan(main=usulan[0], other=usulan[1], hubungan="bagian", by=cast["bu_pmd"])
    build_draft(musrenbang=acara, by=cast["bu_pmd"])
    assert sentence(2)[0] == "Digabung ke usulan 1 dari Desa Semaya"


@pytest.mark.parametrize("n", [1, 3])
def test_query_counts(n, acara, decided_event, masuk, django_assert_num_queries):
    BarisRkp.objects.filter(nomor__gt=n).update(keputusan="belum_dibahas", alasan="", alasan_kode="")
    client = masuk("pak_sekcam")
    with django_assert_num_queries(9):
        client.get(f"/m/{acara.slug}/rkp/banding/")
