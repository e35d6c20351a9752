"""The proof on a villager's sheet: what is altered in it proves nothing, here and in the browser alike."""

import json
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from musrenbang.jangkar.kunci import own_key
from musrenbang.jangkar.note import Checkpoint
from musrenbang.jangkar.proof import AWALAN, BUKTI_MAKS, BadProof, _base45, _from_base45, check, pack, unpack
from musrenbang.jangkar.tree import root
from tindak_lanjut.queries.proofs import village_proofs

pytestmark = pytest.mark.django_db


@pytest.fixture
def proof_zip(recorded_file):
    return [b["teks"] for everything in village_proofs(recorded_file).values() for b in everything]


def test_every_sheet_has_proofs_of_at_most_a_kilobyte(proof_zip, recorded_file):
    proven = set()
    for text in proof_zip:
        assert len(_from_base45(text.removeprefix(AWALAN))) <= BUKTI_MAKS
        content = json.loads(check(text, [own_key().isi]).fakta)
        proven |= {u[0] for u in content["u"]}
    assert proven == set(recorded_file.usulan.values_list("nomor", flat=True))


def forged(b, **change):
    return pack(replace(b, **change))


def rupiah(b):
    content = json.loads(b.fakta)
    content["u"][0][3] = (content["u"][0][3] or 0) + 1
    return forged(b, fakta=json.dumps(content, separators=(",", ":"), sort_keys=True, ensure_ascii=False))


def mark_own(b):
    """Another amount under a key of the forger's own: whole in itself, but no key that the villager knows."""
    kunci, content = Ed25519PrivateKey.generate(), json.loads(b.fakta)
    content["u"][0][4] = "Disepakati"
    from musrenbang.jangkar.leaves import fact_leaf, fact_text

    root_hash = root([fact_leaf(fact_text(content))])
    body = Checkpoint(b.asal, 1, root_hash, "2026-02-09T01:02:03Z").badan
    return forged(
        b,
        fakta=fact_text(content),
        nomor=0,
        ukuran=1,
        jalan=(),
        waktu=1770598923,
        tanda=kunci.sign(body.encode()),
        kunci=kunci.public_key().public_bytes_raw(),
    )


UBAHAN = {
    "rupiah": (rupiah, "tidak sama dengan yang ditandatangani"),
    "hasil": (lambda b: forged(b, fakta=b.fakta.replace("isepakati", "itolak")), "tidak sama"),
    "nama desa": (lambda b: forged(b, fakta=b.fakta.replace('"desa":"', '"desa":"X')), "tidak sama"),
    "nomor usulan": (lambda b: forged(b, fakta=b.fakta.replace("[[", "[[9")), "tidak sama"),
    "satu usulan dihapus": (lambda b: forged(b, fakta=b.fakta[: b.fakta.rindex(",[")] + "]}"), "tidak sama"),
    "nomor daun": (lambda b: forged(b, nomor=b.nomor ^ 1), "tidak sama"),
    "nomor daun di luar pohon": (lambda b: forged(b, nomor=b.ukuran), "tidak menyambung"),
    "ukuran pohon": (lambda b: forged(b, ukuran=b.ukuran + 1), "tidak sama"),
    "waktu": (lambda b: forged(b, waktu=b.waktu + 86400), "tidak sama"),
    "Musrenbang lain": (lambda b: forged(b, asal="musrenbang/52.03.05/sakra-2027"), "tidak sama"),
    "satu bit jalan": (
        lambda b: forged(b, jalan=(bytes([b.jalan[0][0] ^ 1]) + b.jalan[0][1:], *b.jalan[1:])),
        "tidak sama",
    ),
    "jalan dipendekkan": (lambda b: forged(b, jalan=b.jalan[:-1]), "tidak menyambung"),
    "jalan dipanjangkan": (lambda b: forged(b, jalan=(*b.jalan, b.jalan[0])), "tidak menyambung"),
    "satu bit tanda tangan": (lambda b: forged(b, tanda=b.tanda[:-1] + bytes([b.tanda[-1] ^ 1])), "tidak sama"),
    "kunci lain, tanda tangan lama": (lambda b: forged(b, kunci=bytes(31) + b"\x01"), "tidak sama"),
    "kunci dan tanda tangan sendiri": (mark_own, "kunci lain"),
    "terpotong": (lambda b: pack(b)[:200], "bukan bukti"),
    "huruf asing": (lambda b: pack(b)[:-1] + "é", "bukan bukti"),
    "versi lain": (lambda b: AWALAN + _base45(b"\x02" + _from_base45(pack(b)[5:])[1:]), "bukan bukti"),
    "teks lain": (lambda b: "https://musrenbang.example.go.id/verifikasi/ABC/", "bukan bukti"),
    "kosong": (lambda b: "", "bukan bukti"),
}


@pytest.mark.parametrize("nama", UBAHAN)
def test_an_altered_proof_proves_nothing(nama, proof_zip):
    change, kata = UBAHAN[nama]
    original = max(proof_zip, key=len)
    changed = change(unpack(original))
    assert changed != original
    with pytest.raises(BadProof, match=kata):
        check(changed, [own_key().isi])


def test_any_bit_of_a_proof_counts(proof_zip):
    """One bit in every byte from the first to the last."""
    content = _from_base45(proof_zip[0].removeprefix(AWALAN))
    for i in range(0, len(content), 7):
        broken = bytearray(content)
        broken[i] ^= 1 << i % 8
        with pytest.raises(BadProof):
            check(AWALAN + _base45(bytes(broken)), [own_key().isi])


@pytest.mark.parametrize(
    "words", ["MRB1::::", "MRB1:FGW:::", "MRB1:0", "MRB1:0000:", "MRB1:", "MRB1:MRB1:", "MRB1:é0", ""]
)
def test_letters_that_are_no_bytes_are_refused_in_words(words):
    """Three letters hold more than two bytes can, one letter holds none."""
    with pytest.raises(BadProof, match="bukan bukti musrenbang yang utuh"):
        unpack(words)
