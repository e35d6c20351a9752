"""Witnesses: what the server takes from a telephone, and what it refuses."""

import time

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from alur.periksa import broken_invariants
from berita_acara.services.witnesses import consistency_proof, parties, witnessed_parties
from musrenbang import audit
from musrenbang.jangkar.leaves import SAKSI
from musrenbang.jangkar.listing import list_checkpoints
from musrenbang.jangkar.note import witnessed
from musrenbang.jangkar.read import stored_notes
from musrenbang.jangkar.tree import is_consistent
from musrenbang.models import JejakAudit, Musrenbang
from musrenbang.services.jangkar import sign_checkpoint
from musrenbang.transisi import Refused
from tests.some import some

pytestmark = pytest.mark.django_db


@pytest.fixture
def party(ready_to_issue):
    return {p.nama: p for p in parties(ready_to_issue)}


def attested(acara, one, kunci=None, change=()):
    kunci = kunci or Ed25519PrivateKey.generate()
    dotted, waktu = stored_notes(acara)[0], int(time.time())
    contents = {
        "ukuran": dotted.ukuran,
        "waktu": waktu,
        "kunci_saksi": kunci.public_key().public_bytes_raw().hex(),
        "tanda_saksi": kunci.sign(witnessed(dotted.badan, waktu)).hex(),
    } | dict(change)
    response = Client().post(f"/saksi/{acara.slug}/{one.kode}/", contents, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_three_desa_and_bappeda_witness(ready_to_issue, party):
    nama = [*[n for n in party if n.startswith("Desa")][:3], "Bappeda"]
    for n in nama:
        assert f"{n} menyaksikan titik periksa ini" in attested(ready_to_issue, party[n])
    assert witnessed_parties(ready_to_issue) == nama
    newest = list_checkpoints(ready_to_issue)
    assert newest.butir[0].saksi == nama
    assert len(newest.butir[0].titik.signed_by(newest.saksi)) == 4
    assert "disaksikan Bappeda" in Client().get(f"/publik/{ready_to_issue.slug}/titik/").content.decode()
    m = Musrenbang.objects.select_related("kecamatan__kabupaten").get(pk=ready_to_issue.pk)
    assert [k for k in broken_invariants(m) if "ejak" in k or "itik" in k] == []


def test_a_second_click_changes_nothing_and_another_telephone_is_refused(ready_to_issue, party):
    kunci = Ed25519PrivateKey.generate()
    attested(ready_to_issue, party["Bappeda"], kunci)
    attested(ready_to_issue, party["Bappeda"], kunci)
    assert JejakAudit.objects.filter(aksi=SAKSI).count() == 1
    assert "dengan HP lain" in attested(ready_to_issue, party["Bappeda"])
    assert JejakAudit.objects.filter(aksi=SAKSI).count() == 1


@pytest.mark.parametrize(
    ("changes", "kata"),
    [
        ({"tanda_saksi": "00" * 64}, "bukan untuk titik periksa ini"),
        ({"tanda_saksi": ""}, "bukan untuk titik periksa ini"),
        ({"tanda_saksi": "zz"}, "tidak sampai utuh"),
        ({"kunci_saksi": "00"}, "bukan untuk titik periksa ini"),
        ({"waktu": "9" * 30}, "bukan untuk titik periksa ini"),
        ({"waktu": "-5"}, "bukan untuk titik periksa ini"),
        ({"waktu": "kemarin"}, "tidak sampai utuh"),
        ({"ukuran": 3}, "lebih baru"),
        ({"ukuran": ""}, "tidak sampai utuh"),
        ({"ukuran": "NaN"}, "tidak sampai utuh"),
    ],
)
def test_what_is_no_signature_is_refused_in_words(changes, kata, ready_to_issue, party):
    assert kata in attested(ready_to_issue, party["Bappeda"], change=changes)
    assert not JejakAudit.objects.filter(aksi=SAKSI).exists()


def test_the_proof_of_the_server_holds(ready_to_issue, party, cast):
    lama = stored_notes(ready_to_issue)[0]
    audit.record(musrenbang=ready_to_issue, by=cast["bu_pmd"], aksi="uji", objek=ready_to_issue)
    sign_checkpoint(musrenbang=ready_to_issue, by=None)
    baru = stored_notes(ready_to_issue)[0]
    alamat = f"/saksi/{ready_to_issue.slug}/{party['Bappeda'].kode}/bukti.json"
    proof = Client().get(alamat, {"dari": lama.ukuran}).json()["bukti"]
    assert is_consistent(lama.ukuran, lama.akar, baru.ukuran, baru.akar, [bytes.fromhex(b) for b in proof])
    for dari in ("0", "99999", "x", ""):
        assert Client().get(alamat, {"dari": dari}).status_code == 409
    with pytest.raises(Refused, match="lebih pendek"):
        consistency_proof(ready_to_issue, baru.ukuran + 1)


def test_another_code_opens_nothing(ready_to_issue, masuk):
    assert Client().get(f"/saksi/{ready_to_issue.slug}/AAAAAAAAAAAA/").status_code == 404
    assert Client().get(f"/saksi/{ready_to_issue.slug}/AAAAAAAAAAAA/bukti.json?dari=1").status_code == 404
    halaman = masuk("pak_sekcam").get(f"/m/{ready_to_issue.slug}/berita-acara/saksi/").content.decode()
    assert all(p.kode in halaman for p in some(parties(ready_to_issue)))


def test_before_the_plan_is_fixed_there_is_nothing_to_witness(acara, decided_event):
    response = Client().get(f"/saksi/{acara.slug}/{parties(acara)[0].kode}/")
    assert "Belum ada titik periksa" in response.content.decode()
