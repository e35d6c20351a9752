"""The checklist of each stage: what it lists is what refuses the move, and nothing of the move remains."""

import pytest

from alur.queries.syarat import collect
from alur.services.acara import Incomplete, advance_musrenbang
from musrenbang.models import JejakAudit, Musrenbang
from musrenbang.states import Tahap

pytestmark = pytest.mark.usefixtures("tim")


def _text(acara, ke):
    return [
        k.text
        for k in collect(Musrenbang.objects.select_related("kecamatan__kabupaten").get(pk=acara.pk), ke)
        if k.wajib
    ]


def test_ready_lists_schedule_proposals_and_draft(acara, move_event):
    Musrenbang.objects.filter(pk=acara.pk).update(tanggal=None, tempat="")
    assert _text(acara, Tahap.SIAP) == [
        "Tanggal sidang belum diisi.",
        "Tempat sidang belum diisi.",
        "Belum ada usulan desa.",
    ]


def test_ready_lists_desa_that_are_not_in_and_rows_outside_the_draft(acara, usulan):
    from usulan.models import Usulan

    Usulan.objects.filter(desa__nama="Semaya").delete()
    assert _text(acara, Tahap.SIAP) == [
        "1 desa belum memasukkan usulan: Semaya.",
        "4 usulan belum masuk draf RKP Kecamatan.",
    ]


def test_ready_lists_an_open_preview(acara, usulan, draft_event, cast, make_workbook):
    from tests.conftest import BARIS, JUDUL
    from usulan.services.impor import stage_impor

    path = make_workbook("tambahan.xlsx", [JUDUL, BARIS[0]])
    stage_impor(musrenbang=acara, path=path, nama="tambahan.xlsx", by=cast["bu_pmd"])
    assert _text(acara, Tahap.SIAP) == [
        "Berkas “tambahan.xlsx” belum disimpan: buka hasil bacanya, lalu simpan atau hapus."
    ]


def test_ready_is_clear_when_all_is_in(acara, draft_event):
    assert _text(acara, Tahap.SIAP) == []


def test_presentations_wait_for_attendance(acara):
    assert _text(acara, Tahap.PEMAPARAN) == ["Belum ada peserta yang tercatat hadir."]


def test_fixing_waits_for_every_decision(acara, draft_event):
    assert _text(acara, Tahap.PRIORITAS) == ["6 kegiatan belum diputuskan."]


def test_fixing_wants_money_and_agency_of_agreed_rows(acara, decided_event):
    decided_event.baris.filter(nomor=1).update(biaya=None)
    decided_event.baris.filter(nomor=2).update(skpd=None)
    assert _text(acara, Tahap.PRIORITAS) == [
        "1 kegiatan disepakati tetapi biayanya belum diisi.",
        "1 kegiatan disepakati tetapi SKPD-nya belum ditentukan.",
    ]


def test_delegates_wait_for_the_ranking_and_signing_for_the_delegates(acara, peringkat):
    assert _text(acara, Tahap.DELEGASI) == ["Peringkat Pagu Indikatif Kecamatan belum ditetapkan."]
    assert _text(acara, Tahap.PENANDATANGANAN)[0] == "Delegasi baru 0 dari 6 orang."


def test_signing_waits_for_the_document(ready_to_issue):
    assert _text(ready_to_issue, Tahap.FINALISASI) == [
        "Berita Acara belum diterbitkan.",
        "Salinan Berita Acara yang sudah ditandatangani belum diunggah.",
    ]


def test_a_refused_move_leaves_no_trace(acara, move_event, cast):
    move_event(acara, Tahap.PERSIAPAN)
    sebelum = JejakAudit.objects.count()
    with pytest.raises(Incomplete) as galat:
        advance_musrenbang(musrenbang=acara, dari="persiapan", ke="siap", by=cast["pak_sekcam"])
    assert [k.text for k in galat.value.kekurangan] == ["Belum ada usulan desa."]
    acara.refresh_from_db()
    assert (acara.tahap, JejakAudit.objects.count()) == (Tahap.PERSIAPAN, sebelum)


def test_the_board_shows_each_shortcoming_with_its_link(acara, move_event, masuk):
    move_event(acara, Tahap.PERSIAPAN)
    contents = masuk("pak_sekcam").get(f"/m/{acara.slug}/").content.decode()
    assert "Belum ada usulan desa." in contents
    assert f'href="/m/{acara.slug}/usulan/impor/"' in contents
    assert 'name="ke" value="siap"' not in contents  # no dead button beside it
