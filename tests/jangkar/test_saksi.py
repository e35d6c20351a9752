"""Witnesses: what the server takes from a telephone, and what it refuses."""

import time

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from alur.periksa import broken_invariants
from berita_acara.services.saksi import consistency_proof, parties, witnessed_parties
from musrenbang import audit
from musrenbang.jangkar.baca import stored_notes
from musrenbang.jangkar.daftar import list_checkpoints
from musrenbang.jangkar.daun import SAKSI
from musrenbang.jangkar.nota import witnessed
from musrenbang.jangkar.pohon import is_consistent
from musrenbang.models import JejakAudit, Musrenbang
from musrenbang.services.jangkar import sign_checkpoint
from musrenbang.transisi import Refused
from tests.some import some

pytestmark = pytest.mark.django_db


@pytest.fixture
def pihak(siap_terbit):
    return {p.nama: p for p in parties(siap_terbit)}


def bersaksi(acara, satu, kunci=None, ubah=()):
    kunci = kunci or Ed25519PrivateKey.generate()
    titik, waktu = stored_notes(acara)[0], int(time.time())
    isi = {
        "ukuran": titik.ukuran,
        "waktu": waktu,
        "kunci_saksi": kunci.public_key().public_bytes_raw().hex(),
        "tanda_saksi": kunci.sign(witnessed(titik.badan, waktu)).hex(),
    } | dict(ubah)
    jawab = Client().post(f"/saksi/{acara.slug}/{satu.kode}/", isi, follow=True)
    assert jawab.status_code == 200
    return jawab.content.decode()


def test_three_desa_and_bappeda_witness(siap_terbit, pihak):
    nama = [*[n for n in pihak if n.startswith("Desa")][:3], "Bappeda"]
    for n in nama:
        assert f"{n} menyaksikan titik periksa ini" in bersaksi(siap_terbit, pihak[n])
    assert witnessed_parties(siap_terbit) == nama
    terbaru = list_checkpoints(siap_terbit)
    assert terbaru.butir[0].saksi == nama
    assert len(terbaru.butir[0].titik.signed_by(terbaru.saksi)) == 4
    assert "disaksikan Bappeda" in Client().get(f"/publik/{siap_terbit.slug}/titik/").content.decode()
    m = Musrenbang.objects.select_related("kecamatan__kabupaten").get(pk=siap_terbit.pk)
    assert [k for k in broken_invariants(m) if "ejak" in k or "itik" in k] == []


def test_a_second_click_changes_nothing_and_another_telephone_is_refused(siap_terbit, pihak):
    kunci = Ed25519PrivateKey.generate()
    bersaksi(siap_terbit, pihak["Bappeda"], kunci)
    bersaksi(siap_terbit, pihak["Bappeda"], kunci)
    assert JejakAudit.objects.filter(aksi=SAKSI).count() == 1
    assert "dengan HP lain" in bersaksi(siap_terbit, pihak["Bappeda"])
    assert JejakAudit.objects.filter(aksi=SAKSI).count() == 1


@pytest.mark.parametrize(
    ("ubah", "kata"),
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
def test_what_is_no_signature_is_refused_in_words(ubah, kata, siap_terbit, pihak):
    assert kata in bersaksi(siap_terbit, pihak["Bappeda"], ubah=ubah)
    assert not JejakAudit.objects.filter(aksi=SAKSI).exists()


def test_the_proof_of_the_server_holds(siap_terbit, pihak, pemeran):
    lama = stored_notes(siap_terbit)[0]
    audit.record(musrenbang=siap_terbit, by=pemeran["bu_pmd"], aksi="uji", objek=siap_terbit)
    sign_checkpoint(musrenbang=siap_terbit, by=None)
    baru = stored_notes(siap_terbit)[0]
    alamat = f"/saksi/{siap_terbit.slug}/{pihak['Bappeda'].kode}/bukti.json"
    bukti = Client().get(alamat, {"dari": lama.ukuran}).json()["bukti"]
    assert is_consistent(lama.ukuran, lama.akar, baru.ukuran, baru.akar, [bytes.fromhex(b) for b in bukti])
    for dari in ("0", "99999", "x", ""):
        assert Client().get(alamat, {"dari": dari}).status_code == 409
    with pytest.raises(Refused, match="lebih pendek"):
        consistency_proof(siap_terbit, baru.ukuran + 1)


def test_another_code_opens_nothing(siap_terbit, masuk):
    assert Client().get(f"/saksi/{siap_terbit.slug}/AAAAAAAAAAAA/").status_code == 404
    assert Client().get(f"/saksi/{siap_terbit.slug}/AAAAAAAAAAAA/bukti.json?dari=1").status_code == 404
    halaman = masuk("pak_sekcam").get(f"/m/{siap_terbit.slug}/berita-acara/saksi/").content.decode()
    assert all(p.kode in halaman for p in some(parties(siap_terbit)))


def test_before_the_plan_is_fixed_there_is_nothing_to_witness(acara, diputuskan):
    jawab = Client().get(f"/saksi/{acara.slug}/{parties(acara)[0].kode}/")
    assert "Belum ada titik periksa" in jawab.content.decode()
