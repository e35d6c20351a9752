"""What the attacks on the record start from."""

import pytest

from berita_acara.periksa import broken_invariants
from musrenbang.audit import catat_acuan
from musrenbang.jangkar import folder
from musrenbang.jangkar.baca import stored_notes
from musrenbang.models import Musrenbang
from musrenbang.services import advance_musrenbang
from tests.conftest import unggah_salinan
from tests.snapshot import snapshot


@snapshot
def tercatat(terbit, acara, pemeran):
    """An event whose Berita Acara is signed: everything that the meeting fixed is in its record."""
    acara, sekcam = Musrenbang.objects.get(pk=acara.pk), pemeran["pak_sekcam"]
    unggah_salinan(acara, sekcam)
    advance_musrenbang(musrenbang=acara, dari="penandatanganan", ke="finalisasi", by=sekcam)
    for nama in ("Dinas PU", "Dinas Pertanian", "Dinas Sosial"):
        catat_acuan(kabupaten=acara.kecamatan.kabupaten, by=sekcam, aksi="acuan.ditambah", objek=nama)
    return Musrenbang.objects.select_related("kecamatan__kabupaten").get(pk=acara.pk)


@pytest.fixture
def disimpan(tercatat):
    """The same, its checkpoints kept outside."""
    for titik in stored_notes(tercatat):
        folder.store_note(titik)
    assert broken_invariants(tercatat) == []
    return tercatat
