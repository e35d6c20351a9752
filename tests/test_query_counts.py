"""Query counts of the list pages that no file of their own holds: the same for 1 row and for 3."""

import pytest

from musrenbang.models import Dokumen
from musrenbang.states import Tahap
from tests.conftest import BARIS, JUDUL


@pytest.mark.parametrize("n", [1, 3])
def test_uploads(n, acara, move_event, cast, masuk, make_workbook, django_assert_num_queries):
    from usulan.services.impor import stage_impor

    move_event(acara, Tahap.PERSIAPAN)
    for i in range(n):
        stage_impor(
            musrenbang=acara, path=make_workbook(f"{i}.xlsx", [JUDUL, BARIS[i]]), nama=f"{i}.xlsx", by=cast["bu_pmd"]
        )
    client = masuk("bu_pmd")
    with django_assert_num_queries(10):
        client.get(f"/m/{acara.slug}/usulan/impor/")


@pytest.mark.parametrize("n", [1, 3])
def test_a_fixed_version(n, acara, fixed_event, masuk, django_assert_num_queries):
    from rkp.models import BarisVersi

    BarisVersi.objects.filter(nomor__gt=n).delete()
    client = masuk("bu_pmd")
    with django_assert_num_queries(7):
        client.get(f"/m/{acara.slug}/rkp/versi/1/")


@pytest.mark.parametrize("n", [1, 3])
def test_documents(n, acara, move_event, cast, masuk, django_assert_num_queries):
    move_event(acara, Tahap.FINALISASI)
    for i in range(n):
        Dokumen.objects.create(
            musrenbang=acara, jenis="berita_acara", versi=i + 1, nomor=str(i), isi={}, dibuat_oleh=cast["bu_pmd"]
        )
    client = masuk("bu_pmd")
    with django_assert_num_queries(18):
        client.get(f"/m/{acara.slug}/berita-acara/")


@pytest.mark.parametrize("n", [1, 3])
def test_a_spreadsheet_of_proposals(n, acara, usulan, masuk, django_assert_num_queries):
    from usulan.models import Usulan

    Usulan.objects.filter(nomor__gt=n).delete()
    client = masuk("bu_pmd")
    with django_assert_num_queries(5):
        client.get(f"/m/{acara.slug}/usulan/unduh/")
