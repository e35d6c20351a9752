"""The checklist of each stage: what it lists is what refuses the move, and nothing of the move remains."""

import pytest

from alur.queries.syarat import collect
from alur.services.acara import Incomplete, advance_musrenbang
from musrenbang.models import JejakAudit, Musrenbang
from musrenbang.states import Tahap

pytestmark = pytest.mark.usefixtures("tim")


def _teks(acara, ke):
    return [
        k.text
        for k in collect(Musrenbang.objects.select_related("kecamatan__kabupaten").get(pk=acara.pk), ke)
        if k.wajib
    ]


def test_ready_lists_schedule_proposals_and_draft(acara, pindah):
    Musrenbang.objects.filter(pk=acara.pk).update(tanggal=None, tempat="")
    assert _teks(acara, Tahap.SIAP) == [
        "Tanggal sidang belum diisi.",
        "Tempat sidang belum diisi.",
        "Belum ada usulan desa.",
    ]


def test_ready_lists_desa_that_are_not_in_and_rows_outside_the_draft(acara, usulan):
    from usulan.models import Usulan

    Usulan.objects.filter(desa__nama="Semaya").delete()
    assert _teks(acara, Tahap.SIAP) == [
        "1 desa belum memasukkan usulan: Semaya.",
        "4 usulan belum masuk draf RKP Kecamatan.",
    ]


def test_ready_lists_an_open_preview(acara, usulan, draf, pemeran, buku):
    from tests.conftest import BARIS, JUDUL
    from usulan.services.impor import stage_impor

    path = buku("tambahan.xlsx", [JUDUL, BARIS[0]])
    stage_impor(musrenbang=acara, path=path, nama="tambahan.xlsx", by=pemeran["bu_pmd"])
    assert _teks(acara, Tahap.SIAP) == [
        "Berkas “tambahan.xlsx” belum disimpan: buka hasil bacanya, lalu simpan atau hapus."
    ]


def test_ready_is_clear_when_all_is_in(acara, draf):
    assert _teks(acara, Tahap.SIAP) == []


def test_presentations_wait_for_attendance(acara):
    assert _teks(acara, Tahap.PEMAPARAN) == ["Belum ada peserta yang tercatat hadir."]


def test_fixing_waits_for_every_decision(acara, draf):
    assert _teks(acara, Tahap.PRIORITAS) == ["6 kegiatan belum diputuskan."]


def test_fixing_wants_money_and_agency_of_agreed_rows(acara, diputuskan):
    diputuskan.baris.filter(nomor=1).update(biaya=None)
    diputuskan.baris.filter(nomor=2).update(skpd=None)
    assert _teks(acara, Tahap.PRIORITAS) == [
        "1 kegiatan disepakati tetapi biayanya belum diisi.",
        "1 kegiatan disepakati tetapi SKPD-nya belum ditentukan.",
    ]


def test_delegates_wait_for_the_ranking_and_signing_for_the_delegates(acara, peringkat):
    assert _teks(acara, Tahap.DELEGASI) == ["Peringkat Pagu Indikatif Kecamatan belum ditetapkan."]
    assert _teks(acara, Tahap.PENANDATANGANAN)[0] == "Delegasi baru 0 dari 6 orang."


def test_signing_waits_for_the_document(siap_terbit):
    assert _teks(siap_terbit, Tahap.FINALISASI) == [
        "Berita Acara belum diterbitkan.",
        "Salinan Berita Acara yang sudah ditandatangani belum diunggah.",
    ]


def test_a_refused_move_leaves_no_trace(acara, pindah, pemeran):
    pindah(acara, Tahap.PERSIAPAN)
    sebelum = JejakAudit.objects.count()
    with pytest.raises(Incomplete) as galat:
        advance_musrenbang(musrenbang=acara, dari="persiapan", ke="siap", by=pemeran["pak_sekcam"])
    assert [k.text for k in galat.value.kekurangan] == ["Belum ada usulan desa."]
    acara.refresh_from_db()
    assert (acara.tahap, JejakAudit.objects.count()) == (Tahap.PERSIAPAN, sebelum)


def test_the_board_shows_each_shortcoming_with_its_link(acara, pindah, masuk):
    pindah(acara, Tahap.PERSIAPAN)
    isi = masuk("pak_sekcam").get(f"/m/{acara.slug}/").content.decode()
    assert "Belum ada usulan desa." in isi
    assert f'href="/m/{acara.slug}/usulan/impor/"' in isi
    assert 'name="ke" value="siap"' not in isi  # no dead button beside it
