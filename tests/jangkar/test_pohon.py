"""Tree, signature and note against the words of their standards: RFC 6962, RFC 8032, C2SP."""

import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from musrenbang.jangkar.daun import Link, in_order
from musrenbang.jangkar.ed25519 import L, is_signed
from musrenbang.jangkar.kunci import own_key, sign
from musrenbang.jangkar.nota import SAKSI, BadNote, Checkpoint, Kunci, read_key, read_note, read_notes, witnessed
from musrenbang.jangkar.pohon import consistency, inclusion, is_consistent, leaf_hash, root, root_from_inclusion

# The leaves and roots of the reference tests of Certificate Transparency (certificate-transparency/go, merkletree).
ISI = [
    bytes.fromhex(t)
    for t in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
AKAR = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def test_roots_are_those_of_the_reference():
    daun = [leaf_hash(i) for i in ISI]
    assert root([]).hex() == hashlib.sha256(b"").hexdigest()
    assert [root(daun[: n + 1]).hex() for n in range(8)] == AKAR


@pytest.mark.parametrize("n", range(1, 34))
def test_every_leaf_and_every_beginning_can_be_proved(n):
    daun = [leaf_hash(bytes([i])) for i in range(n)]
    akar = root(daun)
    for i in range(n):
        jalan = inclusion(daun, i)
        assert root_from_inclusion(daun[i], i, n, jalan) == akar
        assert root_from_inclusion(daun[i], (i + 1) % n, n, jalan) != akar or n == 1
        assert root_from_inclusion(daun[i], i, n, [*jalan, akar]) is None
        bukti = consistency(daun, i + 1)
        assert is_consistent(i + 1, root(daun[: i + 1]), n, akar, bukti)
        assert not is_consistent(i + 1, leaf_hash(b"lain"), n, akar, bukti)
        assert not is_consistent(i + 1, root(daun[: i + 1]), n, akar, [*bukti, akar])


@settings(max_examples=60, deadline=None)
@given(n=st.integers(2, 60), acak=st.integers(0, 10**9), bit=st.integers(0, 255))
def test_a_changed_bit_of_a_proof_is_noticed(n, acak, bit):
    daun = [leaf_hash(bytes([i])) for i in range(n)]
    i = acak % n
    jalan = inclusion(daun, i)
    k = acak % len(jalan)
    rusak = bytearray(jalan[k])
    rusak[bit // 8] ^= 1 << bit % 8
    assert root_from_inclusion(daun[i], i, n, [*jalan[:k], bytes(rusak), *jalan[k + 1 :]]) != root(daun)


# RFC 8032 section 7.1: TEST 1, 2, 3 and SHA(abc).
RFC8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
]


@pytest.mark.parametrize(("kunci", "pesan", "tanda"), RFC8032)
def test_the_vectors_of_the_rfc(kunci, pesan, tanda):
    k, p, t = (bytes.fromhex(x) for x in (kunci, pesan, tanda))
    assert is_signed(k, p, t)
    assert not is_signed(k, p + b"x", t)
    assert not is_signed(k, p, t[:-1])
    s = int.from_bytes(t[32:], "little") + L  # the same signature in a form that the RFC refuses
    assert not is_signed(k, p, t[:32] + s.to_bytes(32, "little"))
    assert not is_signed(b"\xff" * 32, p, t)


@settings(max_examples=25, deadline=None)
@given(benih=st.binary(min_size=32, max_size=32), pesan=st.binary(max_size=80), bit=st.integers(0, 511))
def test_it_agrees_with_the_library(benih, pesan, bit):
    kunci = Ed25519PrivateKey.from_private_bytes(benih)
    tanda, publik = bytearray(kunci.sign(pesan)), kunci.public_key().public_bytes_raw()
    assert is_signed(publik, pesan, bytes(tanda))
    tanda[bit // 8] ^= 1 << bit % 8
    assert not is_signed(publik, pesan, bytes(tanda))


def titik(**ubah):
    isi = {
        "asal": "musrenbang/52.03.04/sikur-2027",
        "ukuran": 7,
        "akar": leaf_hash(b"x"),
        "waktu": "2026-02-09T01:02:03Z",
    }
    return Checkpoint(**isi | ubah)


def test_a_checkpoint_comes_back_from_its_text_and_knows_its_signers():
    asli = sign(titik())
    assert read_note(asli.teks) == asli
    assert asli.signed_by([own_key()]) == [own_key()]
    assert sign(titik(ukuran=8)).teks.replace("\n8\n", "\n7\n") != asli.teks
    assert read_note(asli.teks.replace("\n7\n", "\n8\n")).signed_by([own_key()]) == []
    assert read_key(own_key().teks) == own_key()
    assert read_notes(f"{asli.teks}\n{asli.teks}") == [asli, asli]


def test_a_witness_signs_under_its_own_time():
    saksi = Ed25519PrivateKey.generate()
    kunci = Kunci("saksi-desa-sikur", saksi.public_key().public_bytes_raw(), SAKSI)
    asli = titik()
    tanda = (1770000000).to_bytes(8, "big") + saksi.sign(witnessed(asli.badan, 1770000000))
    bersaksi = titik(tanda=((kunci.nama, kunci.id, tanda),))
    assert read_note(bersaksi.teks).signed_by([kunci]) == [kunci]
    mundur = (1660000000).to_bytes(8, "big") + tanda[8:]
    assert titik(tanda=((kunci.nama, kunci.id, mundur),)).signed_by([kunci]) == []


@pytest.mark.parametrize(
    "rusak",
    [
        lambda t: "",
        lambda t: t.split("\n\n")[0],
        lambda t: t.replace("waktu ", ""),
        lambda t: t.replace("\n7\n", "\n07\n"),
        lambda t: t.replace("\n7\n", "\n-7\n"),
        lambda t: t.replace("\n7\n", "\ntujuh\n"),
        lambda t: t.replace("— ", "- "),
        lambda t: t.replace("=\nwaktu", "\nwaktu"),
        lambda t: t.replace("Z\n", "Z\nlagi\n"),
    ],
)
def test_another_text_is_no_checkpoint(rusak):
    with pytest.raises(BadNote):
        read_note(rusak(sign(titik()).teks))


@pytest.mark.parametrize("teks", ["", "a+b", f"x+00000000+{'A' * 44}", own_key().teks[:-4]])
def test_another_line_is_no_key(teks):
    with pytest.raises(BadNote):
        read_key(teks)


def test_the_order_is_that_of_the_chain_whatever_the_keys():
    rantai = [Link(9, "", "a"), Link(3, "a", "b"), Link(10**12, "b", "c"), Link(4, "c", "d")]
    cabang = Link(5, "b", "x")
    assert in_order([*reversed(rantai), cabang], "d") == rantai
    assert in_order(rantai, "lain") == []
    assert in_order([rantai[0], *rantai[2:]], "d") == rantai[2:]
