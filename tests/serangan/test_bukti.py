"""The proof on a villager's sheet: what is altered in it proves nothing, here and in the browser alike."""

import json
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from musrenbang.jangkar.bukti import AWALAN, BUKTI_MAKS, BadProof, _base45, _from_base45, check, pack, unpack
from musrenbang.jangkar.kunci import own_key
from musrenbang.jangkar.nota import Checkpoint
from musrenbang.jangkar.pohon import root
from tindak_lanjut.queries.bukti import village_proofs

pytestmark = pytest.mark.django_db


@pytest.fixture
def bukti(tercatat):
    return [b["teks"] for semua in village_proofs(tercatat).values() for b in semua]


def test_every_sheet_has_proofs_of_at_most_a_kilobyte(bukti, tercatat):
    dibuktikan = set()
    for teks in bukti:
        assert len(_from_base45(teks.removeprefix(AWALAN))) <= BUKTI_MAKS
        isi = json.loads(check(teks, [own_key().isi]).fakta)
        dibuktikan |= {u[0] for u in isi["u"]}
    assert dibuktikan == set(tercatat.usulan.values_list("nomor", flat=True))


def palsu(b, **ubah):
    return pack(replace(b, **ubah))


def rupiah(b):
    isi = json.loads(b.fakta)
    isi["u"][0][3] = (isi["u"][0][3] or 0) + 1
    return palsu(b, fakta=json.dumps(isi, separators=(",", ":"), sort_keys=True, ensure_ascii=False))


def tanda_sendiri(b):
    """Another amount under a key of the forger's own: whole in itself, but no key that the villager knows."""
    kunci, isi = Ed25519PrivateKey.generate(), json.loads(b.fakta)
    isi["u"][0][4] = "Disepakati"
    from musrenbang.jangkar.daun import fact_leaf, fact_text

    akar = root([fact_leaf(fact_text(isi))])
    badan = Checkpoint(b.asal, 1, akar, "2026-02-09T01:02:03Z").badan
    return palsu(
        b,
        fakta=fact_text(isi),
        nomor=0,
        ukuran=1,
        jalan=(),
        waktu=1770598923,
        tanda=kunci.sign(badan.encode()),
        kunci=kunci.public_key().public_bytes_raw(),
    )


UBAHAN = {
    "rupiah": (rupiah, "tidak sama dengan yang ditandatangani"),
    "hasil": (lambda b: palsu(b, fakta=b.fakta.replace("isepakati", "itolak")), "tidak sama"),
    "nama desa": (lambda b: palsu(b, fakta=b.fakta.replace('"desa":"', '"desa":"X')), "tidak sama"),
    "nomor usulan": (lambda b: palsu(b, fakta=b.fakta.replace("[[", "[[9")), "tidak sama"),
    "satu usulan dihapus": (lambda b: palsu(b, fakta=b.fakta[: b.fakta.rindex(",[")] + "]}"), "tidak sama"),
    "nomor daun": (lambda b: palsu(b, nomor=b.nomor ^ 1), "tidak sama"),
    "nomor daun di luar pohon": (lambda b: palsu(b, nomor=b.ukuran), "tidak menyambung"),
    "ukuran pohon": (lambda b: palsu(b, ukuran=b.ukuran + 1), "tidak sama"),
    "waktu": (lambda b: palsu(b, waktu=b.waktu + 86400), "tidak sama"),
    "Musrenbang lain": (lambda b: palsu(b, asal="musrenbang/52.03.05/sakra-2027"), "tidak sama"),
    "satu bit jalan": (
        lambda b: palsu(b, jalan=(bytes([b.jalan[0][0] ^ 1]) + b.jalan[0][1:], *b.jalan[1:])),
        "tidak sama",
    ),
    "jalan dipendekkan": (lambda b: palsu(b, jalan=b.jalan[:-1]), "tidak menyambung"),
    "jalan dipanjangkan": (lambda b: palsu(b, jalan=(*b.jalan, b.jalan[0])), "tidak menyambung"),
    "satu bit tanda tangan": (lambda b: palsu(b, tanda=b.tanda[:-1] + bytes([b.tanda[-1] ^ 1])), "tidak sama"),
    "kunci lain, tanda tangan lama": (lambda b: palsu(b, kunci=bytes(31) + b"\x01"), "tidak sama"),
    "kunci dan tanda tangan sendiri": (tanda_sendiri, "kunci lain"),
    "terpotong": (lambda b: pack(b)[:200], "bukan bukti"),
    "huruf asing": (lambda b: pack(b)[:-1] + "é", "bukan bukti"),
    "versi lain": (lambda b: AWALAN + _base45(b"\x02" + _from_base45(pack(b)[5:])[1:]), "bukan bukti"),
    "teks lain": (lambda b: "https://musrenbang.example.go.id/verifikasi/ABC/", "bukan bukti"),
    "kosong": (lambda b: "", "bukan bukti"),
}


@pytest.mark.parametrize("nama", UBAHAN)
def test_an_altered_proof_proves_nothing(nama, bukti):
    ubah, kata = UBAHAN[nama]
    asli = max(bukti, key=len)
    diubah = ubah(unpack(asli))
    assert diubah != asli
    with pytest.raises(BadProof, match=kata):
        check(diubah, [own_key().isi])


def test_any_bit_of_a_proof_counts(bukti):
    """One bit in every byte from the first to the last."""
    isi = _from_base45(bukti[0].removeprefix(AWALAN))
    for i in range(0, len(isi), 7):
        rusak = bytearray(isi)
        rusak[i] ^= 1 << i % 8
        with pytest.raises(BadProof):
            check(AWALAN + _base45(bytes(rusak)), [own_key().isi])


@pytest.mark.parametrize(
    "teks", ["MRB1::::", "MRB1:FGW:::", "MRB1:0", "MRB1:0000:", "MRB1:", "MRB1:MRB1:", "MRB1:é0", ""]
)
def test_letters_that_are_no_bytes_are_refused_in_words(teks):
    """Three letters hold more than two bytes can, one letter holds none."""
    with pytest.raises(BadProof, match="bukan bukti musrenbang yang utuh"):
        unpack(teks)
