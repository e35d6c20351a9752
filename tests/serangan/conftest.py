"""What the attacks on the record start from."""

import re

import pytest

from alur.aula.services.upload import receive_result
from alur.periksa import broken_invariants
from alur.services.acara import advance_musrenbang
from berita_acara.models import HasilAula, Perjalanan
from musrenbang.audit import record_acuan
from musrenbang.jangkar import folder
from musrenbang.jangkar.baca import reference_notes, stored_notes
from musrenbang.models import Musrenbang
from musrenbang.services.jangkar import sign_reference
from musrenbang.transisi import Refused
from tests.conftest import unggah_salinan
from tests.serangan.aula import SANDI, cheap, spend_day, state_of
from tests.snapshot import snapshot


@snapshot
def tercatat(terbit, acara, pemeran):
    """An event whose Berita Acara is signed: everything that the meeting fixed is in its record."""
    acara, sekcam = Musrenbang.objects.get(pk=acara.pk), pemeran["pak_sekcam"]
    unggah_salinan(acara, sekcam)
    advance_musrenbang(musrenbang=acara, dari="penandatanganan", ke="finalisasi", by=sekcam)
    for nama in ("Dinas PU", "Dinas Pertanian", "Dinas Sosial"):
        record_acuan(kabupaten=acara.kecamatan.kabupaten, by=sekcam, aksi="acuan.ditambah", objek=nama)
    sign_reference(acara.kecamatan.kabupaten_id)
    return Musrenbang.objects.select_related("kecamatan__kabupaten").get(pk=acara.pk)


@pytest.fixture
def disimpan(tercatat):
    """The same, its checkpoints kept outside."""
    for titik in (*stored_notes(tercatat), *reference_notes(tercatat.kecamatan.kabupaten)):
        folder.store_note(titik)
    assert broken_invariants(tercatat) == []
    return tercatat


@pytest.fixture
def murah():
    """Let each passphrase cost little: what is tested is the form."""
    with cheap():
        yield


@snapshot
def hari_aula(acara, diputuskan, pemeran):
    """A whole day at a laptop: from the plenary to the signing. The event is away at the server."""
    return spend_day(acara, pemeran)


@pytest.fixture
def ditolak(hari_aula, acara, pemeran, murah):
    """Return how to assert that a file is refused in these words and that nothing at the server changed."""
    acara.refresh_from_db()
    semula = state_of(acara)

    def _ditolak(berkas, kata):
        with pytest.raises(Refused) as galat:
            receive_result(musrenbang=acara, by=pemeran["bu_pmd"], berkas=berkas, sandi=SANDI)
        assert re.search(kata, str(galat.value)), str(galat.value)
        assert state_of(acara) == semula
        assert not HasilAula.objects.exists()
        assert Perjalanan.objects.get().status == "berjalan"

    return _ditolak
