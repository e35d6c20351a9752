"""The RKP table: filters, sums, spreadsheet, query counts."""

import pytest

from rkp.models import BarisRkp, SumberBaris
from tests.halaman import flat
from tests.sheet_rows import rows_and_sums

PUTUSAN = {"belum_disepakati": [5], "dengan_perubahan": [6], "disepakati": [1, 2, 3, 4], "cadangan": []}


@pytest.mark.parametrize("keputusan", PUTUSAN)
def test_filters_reach_the_spreadsheet(keputusan, acara, decided_event, masuk):
    client, filters = masuk("bu_pmd"), f"?keputusan={keputusan}"
    content = client.get(f"/m/{acara.slug}/rkp/unduh/{filters}").content
    assert sorted(r[0] for r in rows_and_sums(content)[0]) == PUTUSAN[keputusan]
    contents = client.get(f"/m/{acara.slug}/rkp/{filters}").content.decode()
    assert ("Tidak ada kegiatan yang cocok" in contents) == (not PUTUSAN[keputusan])


def test_sums_on_the_screen_are_the_sums_of_the_rows(acara, decided_event, masuk):
    content = flat(masuk("bu_pmd").get(f"/m/{acara.slug}/rkp/"))
    assert (
        "6 kegiatan, Rp631.000.000 (belum termasuk 1 kegiatan yang biayanya belum diketahui)." in content
    )  # 105 + 120 + 160 + 66 + 180, one amount unknown
    assert "(belum termasuk 1 kegiatan yang biayanya belum diketahui)" in content
    assert "Rp451.000.000" in content  # agreed without changes
    assert "<s>Rp240.000.000</s>" in content  # the amount before the change stays visible


@pytest.mark.parametrize("n", [1, 3])
def test_queries(n, acara, draft_event, masuk, django_assert_num_queries):
    SumberBaris.objects.filter(baris__nomor__gt=n).delete()
    BarisRkp.objects.filter(nomor__gt=n).delete()
    client = masuk("bu_pmd")
    with django_assert_num_queries(14):
        client.get(f"/m/{acara.slug}/rkp/")


@pytest.mark.parametrize("odd", ["?bidang=abc", "?skpd=9999", "?keputusan=x", "?desa='--", "?biaya=0", "?bidang=0"])
def test_odd_filters_do_not_break_it(odd, acara, decided_event, masuk):
    assert masuk("bu_pmd").get(f"/m/{acara.slug}/rkp/{odd}").status_code == 200
