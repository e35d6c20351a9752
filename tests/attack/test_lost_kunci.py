"""The file with KUNCI_JANGKAR is gone: what was signed still holds, the new key is named, and nobody cries wolf."""

import pytest
from django.core.management import call_command
from django.test import Client

from alur.periksa import broken_invariants
from berita_acara.services.jangkar import proof_files
from musrenbang.audit import record, record_acuan
from musrenbang.jangkar.folder import known_keys
from musrenbang.jangkar.kunci import own_key
from musrenbang.jangkar.leaves import TITIK
from musrenbang.jangkar.note import read_key
from musrenbang.jangkar.proof import check
from musrenbang.jangkar.read import stored_notes
from musrenbang.models import JejakAudit, Musrenbang
from musrenbang.services.jangkar import sign_all
from tests.some import some
from tindak_lanjut.queries.proofs import village_proofs

pytestmark = pytest.mark.django_db


def read(acara):
    return Musrenbang.objects.select_related("kecamatan__kabupaten__provinsi").get(pk=acara.pk)


@pytest.fixture
def lost_key(issued_event, settings, tmp_path):
    """An event with papers and codes under the old key; the server has a new one, and a new folder too."""
    acara, settings.JANGKAR_DIR, settings.KUNCI_JANGKAR = (
        read(issued_event.musrenbang),
        [str(tmp_path / "lama")],
        "kunci pertama",
    )
    record_acuan(kabupaten=acara.kecamatan.kabupaten, by=None, aksi="acuan.ditambah", objek="Dinas PU")
    sign_all()
    lama, kode = own_key(), [b["teks"] for everything in village_proofs(acara).values() for b in everything]
    settings.KUNCI_JANGKAR, settings.JANGKAR_DIR = "kunci sesudah yang lama hilang", [str(tmp_path / "baru")]
    return read(acara), lama, kode


def test_the_check_tells_it_in_words_and_finds_no_fault(lost_key, capsys):
    acara, lama, _ = lost_key
    assert broken_invariants(acara) == []
    call_command("check_musrenbang", acara.slug)
    kata = capsys.readouterr().out
    assert f"Kunci server ini sekarang {own_key().sidik}" in kata
    assert lama.sidik in kata
    record_acuan(kabupaten=acara.kecamatan.kabupaten, by=None, aksi="acuan.ditambah", objek="Dinas Sosial")
    sign_all()
    assert broken_invariants(read(acara)) == []
    call_command("check_musrenbang", acara.slug)
    assert "utuh." in capsys.readouterr().out


def test_the_new_key_is_named_where_it_signs(lost_key, capsys):
    acara, lama, _ = lost_key
    record(musrenbang=acara, by=None, aksi="musrenbang.jadwal", objek=acara)
    sign_all()
    terakhir = stored_notes(acara)[0]
    assert terakhir.signed_by([own_key()])
    assert JejakAudit.objects.filter(musrenbang=acara, aksi=TITIK).latest("pk").rincian["kunci"] == own_key().teks
    call_command("check_musrenbang", acara.slug)
    kata = capsys.readouterr().out
    assert (
        f"Sejak {terakhir.waktu} titik periksa ditandatangani kunci {own_key().sidik}; sebelumnya {lama.sidik}" in kata
    )
    halaman = Client().get(f"/publik/{acara.slug}/titik/").content.decode()
    assert "Kunci lain yang pernah menandatangani" in halaman
    assert lama.sidik in halaman
    assert own_key().sidik in halaman
    kunci = [read_key(b) for b in dict(proof_files(acara, {}, by=None, manifest={}))["kunci.txt"].decode().splitlines()]
    assert {lama, own_key()} <= set(kunci)


def test_old_papers_and_codes_still_verify(lost_key, issued_event):
    _, lama, kode = lost_key
    assert "sama persis" not in Client().get(f"/verifikasi/{issued_event.kode}/").content.decode()
    assert Client().get(f"/verifikasi/{issued_event.kode}/").status_code == 200
    assert kode
    assert all(check(text, [lama.isi]) for text in some(kode)), "who holds the old key needs nothing of the server"
    recognised = [k.isi for k in known_keys()]
    assert lama.isi not in recognised, "the folder with the old key is gone here"
    with pytest.raises(ValueError, match="kunci"):
        check(kode[0], recognised)


def test_one_key_alone_is_no_news(issued_event, capsys):
    acara = read(issued_event.musrenbang)
    call_command("check_musrenbang", acara.slug)
    assert "Kunci server ini sekarang" not in capsys.readouterr().out
