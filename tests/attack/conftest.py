"""What the attacks on the record start from."""

import re

import pytest

from alur.aula.services.upload import receive_result
from alur.services.acara import advance_musrenbang
from berita_acara.models import HasilAula, Perjalanan
from musrenbang.audit import record_acuan
from musrenbang.jangkar import folder
from musrenbang.jangkar.read import reference_notes, stored_notes
from musrenbang.models import Musrenbang
from musrenbang.services.jangkar import sign_reference
from musrenbang.transisi import Refused
from tests.attack.aula import SANDI, cheap, spend_day, state_of
from tests.conftest import uploaded_salinan
from tests.snapshot import snapshot


@snapshot
def recorded_file(issued_event, acara, cast):
    """An event whose Berita Acara is signed: everything that the meeting fixed is in its record."""
    acara, sekcam = Musrenbang.objects.get(pk=acara.pk), cast["pak_sekcam"]
    uploaded_salinan(acara, sekcam)
    advance_musrenbang(musrenbang=acara, dari="penandatanganan", ke="finalisasi", by=sekcam)
    for nama in ("Dinas PU", "Dinas Pertanian", "Dinas Sosial"):
        record_acuan(kabupaten=acara.kecamatan.kabupaten, by=sekcam, aksi="acuan.ditambah", objek=nama)
    sign_reference(acara.kecamatan.kabupaten_id)
    return Musrenbang.objects.select_related("kecamatan__kabupaten").get(pk=acara.pk)


@pytest.fixture
def stored_import(recorded_file):
    """The same, its checkpoints kept outside; that all of it is whole then, one test says for all."""
    for dotted in (*stored_notes(recorded_file), *reference_notes(recorded_file.kecamatan.kabupaten)):
        folder.store_note(dotted)
    return recorded_file


@pytest.fixture
def cheap_keys():
    """Let each passphrase cost little: what is tested is the form."""
    with cheap():
        yield


@snapshot
def aula_day(acara, decided_event, cast):
    """A whole day at a laptop: from the plenary to the signing. The event is away at the server."""
    return spend_day(acara, cast)


@snapshot
def away_state(aula_day, acara):
    """What the server holds of the event while it is away."""
    acara.refresh_from_db()
    return state_of(acara)


@pytest.fixture
def refused_event(aula_day, away_state, acara, cast, cheap_keys):
    """Return how to assert that a file is refused in these words and that nothing at the server changed."""
    acara.refresh_from_db()

    def _rejected(berkas, kata):
        with pytest.raises(Refused) as galat:
            receive_result(musrenbang=acara, by=cast["bu_pmd"], berkas=berkas, sandi=SANDI)
        assert re.search(kata, str(galat.value)), str(galat.value)
        assert state_of(acara) == away_state
        assert not HasilAula.objects.exists()
        assert Perjalanan.objects.get().status == "berjalan"

    return _rejected
