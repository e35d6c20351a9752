"""The RKP table: filters, sums, spreadsheet, query counts."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from rkp.models import BarisRkp, SumberBaris
from tests.halaman import flat

PUTUSAN = {"belum_disepakati": [5], "dengan_perubahan": [6], "disepakati": [1, 2, 3, 4], "cadangan": []}


@pytest.mark.parametrize("keputusan", PUTUSAN)
def test_filters_reach_the_spreadsheet(keputusan, acara, diputuskan, masuk):
    client, saring = masuk("bu_pmd"), f"?keputusan={keputusan}"
    buku = load_workbook(BytesIO(client.get(f"/m/{acara.slug}/rkp/unduh/{saring}").content))
    assert sorted(r[0] for r in buku.active.iter_rows(min_row=3, values_only=True)) == PUTUSAN[keputusan]
    isi = client.get(f"/m/{acara.slug}/rkp/{saring}").content.decode()
    assert ("Tidak ada kegiatan yang cocok" in isi) == (not PUTUSAN[keputusan])


def test_sums_on_the_screen_are_the_sums_of_the_rows(acara, diputuskan, masuk):
    isi = flat(masuk("bu_pmd").get(f"/m/{acara.slug}/rkp/"))
    assert "6 kegiatan, Rp\u00a0631.000.000." in isi  # 105 + 120 + 160 + 66 + 180, one amount unknown
    assert "1 belum ada biaya" in isi
    assert "Rp\u00a0451.000.000" in isi  # agreed without changes
    assert "<s>Rp\u00a0240.000.000</s>" in isi  # the amount before the change stays visible


@pytest.mark.parametrize("n", [1, 3])
def test_queries(n, acara, draf, masuk, django_assert_num_queries):
    SumberBaris.objects.filter(baris__nomor__gt=n).delete()
    BarisRkp.objects.filter(nomor__gt=n).delete()
    client = masuk("bu_pmd")
    with django_assert_num_queries(14):
        client.get(f"/m/{acara.slug}/rkp/")


@pytest.mark.parametrize("aneh", ["?bidang=abc", "?skpd=9999", "?keputusan=x", "?desa='--", "?biaya=0", "?bidang=0"])
def test_odd_filters_do_not_break_it(aneh, acara, diputuskan, masuk):
    assert masuk("bu_pmd").get(f"/m/{acara.slug}/rkp/{aneh}").status_code == 200
