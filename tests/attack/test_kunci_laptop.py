"""The laptop of a hall signs checkpoints with a key of its own, which the server does not know."""

import pytest
from django.test import Client

from alur.aula.services.result import confirm_result, waiting_result
from alur.aula.services.upload import receive_result
from alur.periksa import broken_invariants
from berita_acara.services.jangkar import proof_files
from musrenbang.jangkar.folder import known_keys
from musrenbang.jangkar.kunci import own_key
from musrenbang.jangkar.note import read_key, read_notes
from musrenbang.jangkar.proof import check
from musrenbang.jangkar.read import stored_notes
from musrenbang.models import Musrenbang
from musrenbang.services.jangkar import sign_all
from tests.attack.aula import SANDI, spend_day, work
from tests.some import some
from tindak_lanjut.queries.proofs import village_proofs

pytestmark = pytest.mark.django_db


def test_a_night_after_an_honest_day_finds_nothing(acara, decided_event, cast, settings, cheap_keys):
    """The nightly run keeps what this server signed; a laptop's checkpoints stay in the trail, under the server's."""

    def working(m, orang):
        settings.KUNCI_JANGKAR = "kunci laptop yang lain sekali"
        work(m, orang)
        settings.KUNCI_JANGKAR = ""

    settings.KUNCI_JANGKAR = ""
    day_name = spend_day(acara, cast, working=working)
    receive_result(musrenbang=acara, by=cast["bu_pmd"], berkas=day_name.pulang, sandi=SANDI)
    for nama, peran in (("pak_sekcam", "sekcam"), ("pak_camat", "camat")):
        result = waiting_result(acara)
        confirm_result(result=result, by=cast[nama], peran=frozenset({peran}), sha256=result.sha256)
    acara = Musrenbang.objects.select_related("kecamatan__kabupaten__provinsi").get(pk=acara.pk)
    assert any(not t.signed_by([own_key()]) for t in stored_notes(acara))
    assert broken_invariants(acara) == []
    sign_all()
    assert broken_invariants(acara) == []
    proof = dict(proof_files(acara, {}, by=cast["pak_sekcam"], manifest={}))
    kunci = [read_key(b) for b in proof["kunci.txt"].decode().splitlines()]
    assert all(t.signed_by(kunci) for t in some(read_notes(proof["titik.txt"].decode())))
    assert all(
        check(b["teks"], [own_key().isi]) for everything in some(village_proofs(acara).values()) for b in everything
    )
    assert village_proofs(acara)


def test_papers_and_checkpoints_hold_after_the_key_was_changed(ready_to_issue, settings, tmp_path):
    """A new KUNCI_JANGKAR, and a new folder too: old checkpoints, codes and roots on paper are still true."""
    settings.JANGKAR_DIR = [str(tmp_path / "lama")]
    lama, kode = own_key(), [b["teks"] for everything in village_proofs(ready_to_issue).values() for b in everything]
    sign_all()
    settings.KUNCI_JANGKAR = "kunci baru sesudah pergantian"
    assert own_key() != lama
    sign_all()
    acara = Musrenbang.objects.select_related("kecamatan__kabupaten__provinsi").get(pk=ready_to_issue.pk)
    assert broken_invariants(acara) == []
    recognised = [k.isi for k in known_keys()]
    assert kode
    assert all(check(text, recognised) for text in some(kode))
    halaman = Client().get("/publik/bukti.html").content.decode()
    assert lama.sidik in halaman
    assert own_key().sidik in halaman
    settings.JANGKAR_DIR = [str(tmp_path / "baru")]
    sign_all()
    assert broken_invariants(acara) == []
    kunci = [read_key(b) for b in dict(proof_files(acara, {}, by=None, manifest={}))["kunci.txt"].decode().splitlines()]
    assert lama in kunci
    assert own_key() in kunci
