"""The event after the day."""

import pytest

from berita_acara.demo.pasca import sort_works
from berita_acara.services import issue_berita_acara, issue_dokumen
from musrenbang.services import advance_musrenbang
from musrenbang.states import Tahap
from tests.conftest import unggah_salinan


@pytest.fixture
def final(siap_terbit, pemeran):
    """The Berita Acara is signed and its copy in; the document is being finalised."""
    sekcam = pemeran["pak_sekcam"]
    issue_berita_acara(musrenbang=siap_terbit, by=sekcam)
    unggah_salinan(siap_terbit, sekcam)
    advance_musrenbang(musrenbang=siap_terbit, dari=Tahap.PENANDATANGANAN, ke=Tahap.FINALISASI, by=sekcam)
    return siap_terbit


@pytest.fixture
def disahkan(final, pemeran):
    """Approved by the Camat."""
    advance_musrenbang(musrenbang=final, dari=Tahap.FINALISASI, ke=Tahap.DISAHKAN, by=pemeran["pak_camat"])
    return final


@pytest.fixture
def disampaikan(disahkan, pemeran):
    """Handed over with its letter; Bappeda reviews."""
    issue_dokumen(musrenbang=disahkan, jenis="pengantar_bappeda", by=pemeran["bu_pmd"])
    advance_musrenbang(musrenbang=disahkan, dari=Tahap.DISAHKAN, ke=Tahap.DISAMPAIKAN, by=pemeran["bu_pmd"])
    return disahkan


@pytest.fixture
def memilah(disampaikan, pemeran):
    """Received by Bappeda; the sorting has begun, and nothing is settled yet."""
    m = disampaikan
    advance_musrenbang(musrenbang=m, dari=Tahap.DISAMPAIKAN, ke=Tahap.DITERIMA, by=pemeran["bu_bappeda"])
    advance_musrenbang(musrenbang=m, dari=Tahap.DITERIMA, ke=Tahap.PEMILAHAN, by=pemeran["bu_pmd"])
    return m


@pytest.fixture
def terpilah(memilah, pemeran):
    """Every work is settled for its SKPD; no letter is sent yet."""
    sort_works(memilah, pemeran["bu_pmd"])
    return memilah
