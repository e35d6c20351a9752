"""Merged money wherever it is read: the reckoning, the kabupaten's board, next year, the public page, a taken-back file."""

import pytest
from django.db.models import F

from musrenbang.models import Musrenbang, ProgramMasuk
from musrenbang.states import Tahap
from rkp.models import BarisVersi, RkpVersi
from rkp.queries.baris import rows, waiting
from rkp.services.draft import build_draft
from rkp.services.versi import fix_rkp
from tests.conftest import JUDUL, agree
from tests.rkp.test_merged_backward import JUTA, merge
from tindak_lanjut.queries.durkp import stream_rows
from tindak_lanjut.queries.kabupaten import kabupaten_board
from tindak_lanjut.queries.public import public_life
from usulan.merged import grow
from usulan.models import ParentRelation, Usulan
from usulan.queries.similar import reconcile, said_twice
from usulan.services.compare import apply_impor, compare_impor, digest
from usulan.services.impor import stage_impor
from usulan.services.merge import merge_usulan, split_usulan
from usulan.services.take_back import undo_impor


def satu(acara, nomor):
    return Usulan.objects.select_related("musrenbang").get(musrenbang=acara, nomor=nomor)


def merge_rows(acara, utama, others, cara, by):
    merge_usulan(main=satu(acara, utama), other=satu(acara, others), hubungan=ParentRelation(cara), by=by)


def bersama(acara, nomor):
    return next(p.isi() for p in grow(Usulan.objects.filter(musrenbang=acara)) if p.usulan.nomor == nomor)


@pytest.fixture
def by(cast):
    return cast["bu_pmd"]


def test_the_same_work_counts_once_even_where_the_main_one_has_no_amount(acara, usulan, by):
    merge_rows(acara, 5, 1, "sama", by)
    assert (bersama(acara, 5).biaya, reconcile(acara)["ganda"]) == (105 * JUTA, 0)
    merge_rows(acara, 5, 2, "sama", by)
    assert bersama(acara, 5).biaya is None, "two amounts for one work: nobody knows which"
    assert reconcile(acara)["dibawa"] == sum(p.isi().diketahui for p in grow(Usulan.objects.filter(musrenbang=acara)))


def test_what_was_merged_before_counts_as_often_as_what_it_was_merged_into(acara, usulan, by):
    merge_rows(acara, 1, 2, "bagian", by)
    merge_rows(acara, 3, 1, "sama", by)
    assert (bersama(acara, 3).biaya, reconcile(acara)["ganda"]) == (160 * JUTA, 225 * JUTA)
    assert build_draft(musrenbang=acara, by=by) == (4, 0)
    assert sorted(baris_usulan(acara, 3)) == [1, 2, 3]


def baris_usulan(acara, nomor):
    own = satu(acara, nomor).sumber_baris.baris
    return list(own.sumber.values_list("usulan__nomor", flat=True))


def test_split_gives_back_what_was_there(acara, usulan, by):
    merge_rows(acara, 1, 2, "bagian", by)
    merge_rows(acara, 3, 1, "sama", by)
    split_usulan(usulan=satu(acara, 1), by=by)
    assert (bersama(acara, 1).biaya, bersama(acara, 3).biaya) == (225 * JUTA, 160 * JUTA)


def test_next_year_and_the_board_of_the_kabupaten_forget_no_part(acara, usulan, by):
    merge_rows(acara, 1, 2, "bagian", by)
    merge_rows(acara, 3, 4, "sama", by)
    assert said_twice(acara) == [satu(acara, 4).pk], "a part is offered again, what was said twice is not"
    board = next(b for b in kabupaten_board(acara.kecamatan.kabupaten, 2026) if b.acara == acara)
    assert (board.usulan, board.usulan_rp) == (4, (105 + 120 + 160 + 240) * JUTA)
    assert board.usulan_rp == reconcile(acara)["dibawa"]


def test_public_page_and_list_of_the_kabupaten_name_every_source(acara, draft_event, by, cast):
    Musrenbang.objects.filter(pk=acara.pk).update(tahap=Tahap.PLENO)
    merge(draft_event, 2, 1, cast["pemandu"])
    agree(acara, [b.pk for b in draft_event.baris.all()], cast["pemandu"])
    versi = fix_rkp(musrenbang=acara, by=cast["pak_sekcam"])
    assert isinstance(versi, RkpVersi)
    beku = BarisVersi.objects.get(rkp_versi=versi, nomor=1)
    assert sorted(u.nomor for u, _ in public_life(beku)) == [1, 2]
    everything = BarisVersi.objects.filter(pk=beku.pk)
    everything = everything.annotate(dinas=F("skpd"))
    (butir,) = stream_rows(everything, acara.kecamatan.kabupaten)
    assert [u.nomor for u in butir.usulan] == [1, 2]


def test_a_programme_that_pays_a_merged_proposal_shows_on_the_row(acara, draft_event, cast):
    Musrenbang.objects.filter(pk=acara.pk).update(tahap=Tahap.PLENO)
    merge(draft_event, 2, 1, cast["pemandu"])
    program = ProgramMasuk.objects.create(musrenbang=acara, nama="Posyandu Provinsi")
    Usulan.objects.filter(musrenbang=acara, nomor=2).update(program=program)
    assert rows(draft_event).get(nomor=1).program_masuk == "Posyandu Provinsi"


def test_a_part_that_comes_back_after_its_main_one_went_into_the_draft_stands_alone(acara, usulan, by, make_workbook):
    merge_rows(acara, 3, 4, "bagian", by)
    path = make_workbook(
        "baru.xlsx",
        [JUDUL, [1, "Sikur", "Rehabilitasi irigasi tersier", "Blok Timur", 800, "m", 160 * JUTA, "APBD Prov", "70 KK"]],
    )
    impor = stage_impor(musrenbang=acara, path=path, nama=path.name, by=by)
    diff = compare_impor(impor)
    lost = [b.kunci for b in diff if b.jenis == "hilang"]
    assert len(lost) == 1
    apply_impor(impor=impor, terima=lost, sidik=digest(diff), by=by)
    build_draft(musrenbang=acara, by=by)
    undo_impor(impor=impor, by=by)
    back = satu(acara, 4)
    assert (back.induk, back.hubungan) == (None, "")
    assert back in waiting(acara), "it is in no row, so the draft still takes it"
