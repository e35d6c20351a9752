"""Tree, signature and note against the words of their standards: RFC 6962, RFC 8032, C2SP."""

import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from musrenbang.jangkar.ed25519 import L, is_signed
from musrenbang.jangkar.kunci import own_key, sign
from musrenbang.jangkar.leaves import Link, in_order
from musrenbang.jangkar.note import SAKSI, BadNote, Checkpoint, Kunci, read_key, read_note, read_notes, witnessed
from musrenbang.jangkar.tree import consistency, inclusion, is_consistent, leaf_hash, root, root_from_inclusion

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
    leaf = [leaf_hash(i) for i in ISI]
    assert root([]).hex() == hashlib.sha256(b"").hexdigest()
    assert [root(leaf[: n + 1]).hex() for n in range(8)] == AKAR


@pytest.mark.parametrize("n", range(1, 34))
def test_every_leaf_and_every_beginning_can_be_proved(n):
    leaf = [leaf_hash(bytes([i])) for i in range(n)]
    root_hash = root(leaf)
    for i in range(n):
        route = inclusion(leaf, i)
        assert root_from_inclusion(leaf[i], i, n, route) == root_hash
        assert root_from_inclusion(leaf[i], (i + 1) % n, n, route) != root_hash or n == 1
        assert root_from_inclusion(leaf[i], i, n, [*route, root_hash]) is None
        proof = consistency(leaf, i + 1)
        assert is_consistent(i + 1, root(leaf[: i + 1]), n, root_hash, proof)
        assert not is_consistent(i + 1, leaf_hash(b"lain"), n, root_hash, proof)
        assert not is_consistent(i + 1, root(leaf[: i + 1]), n, root_hash, [*proof, root_hash])


@settings(max_examples=60, deadline=None)
@given(n=st.integers(2, 60), random=st.integers(0, 10**9), bit=st.integers(0, 255))
def test_a_changed_bit_of_a_proof_is_noticed(n, random, bit):
    leaf = [leaf_hash(bytes([i])) for i in range(n)]
    i = random % n
    route = inclusion(leaf, i)
    k = random % len(route)
    broken = bytearray(route[k])
    broken[bit // 8] ^= 1 << bit % 8
    assert root_from_inclusion(leaf[i], i, n, [*route[:k], bytes(broken), *route[k + 1 :]]) != root(leaf)


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


@pytest.mark.parametrize(("kunci", "message", "tanda"), RFC8032)
def test_the_vectors_of_the_rfc(kunci, message, tanda):
    k, p, t = (bytes.fromhex(x) for x in (kunci, message, tanda))
    assert is_signed(k, p, t)
    assert not is_signed(k, p + b"x", t)
    assert not is_signed(k, p, t[:-1])
    s = int.from_bytes(t[32:], "little") + L  # the same signature in a form that the RFC refuses
    assert not is_signed(k, p, t[:32] + s.to_bytes(32, "little"))
    assert not is_signed(b"\xff" * 32, p, t)


@settings(max_examples=25, deadline=None)
@given(seed=st.binary(min_size=32, max_size=32), message=st.binary(max_size=80), bit=st.integers(0, 511))
def test_it_agrees_with_the_library(seed, message, bit):
    kunci = Ed25519PrivateKey.from_private_bytes(seed)
    tanda, public = bytearray(kunci.sign(message)), kunci.public_key().public_bytes_raw()
    assert is_signed(public, message, bytes(tanda))
    tanda[bit // 8] ^= 1 << bit % 8
    assert not is_signed(public, message, bytes(tanda))


def dotted(**change):
    content = {
        "asal": "musrenbang/52.03.04/sikur-2027",
        "ukuran": 7,
        "akar": leaf_hash(b"x"),
        "waktu": "2026-02-09T01:02:03Z",
    }
    return Checkpoint(**content | change)


def test_a_checkpoint_comes_back_from_its_text_and_knows_its_signers():
    original = sign(dotted())
    assert read_note(original.teks) == original
    assert original.signed_by([own_key()]) == [own_key()]
    assert sign(dotted(ukuran=8)).teks.replace("\n8\n", "\n7\n") != original.teks
    assert read_note(original.teks.replace("\n7\n", "\n8\n")).signed_by([own_key()]) == []
    assert read_key(own_key().teks) == own_key()
    assert read_notes(f"{original.teks}\n{original.teks}") == [original, original]


def test_a_witness_signs_under_its_own_time():
    witness = Ed25519PrivateKey.generate()
    kunci = Kunci("saksi-desa-sikur", witness.public_key().public_bytes_raw(), SAKSI)
    original = dotted()
    tanda = (1770000000).to_bytes(8, "big") + witness.sign(witnessed(original.badan, 1770000000))
    attested = dotted(tanda=((kunci.nama, kunci.id, tanda),))
    assert read_note(attested.teks).signed_by([kunci]) == [kunci]
    backward = (1660000000).to_bytes(8, "big") + tanda[8:]
    assert dotted(tanda=((kunci.nama, kunci.id, backward),)).signed_by([kunci]) == []


@pytest.mark.parametrize(
    "damaged",
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
def test_another_text_is_no_checkpoint(damaged):
    with pytest.raises(BadNote):
        read_note(damaged(sign(dotted()).teks))


@pytest.mark.parametrize("text", ["", "a+b", f"x+00000000+{'A' * 44}", own_key().teks[:-4]])
def test_another_line_is_no_key(text):
    with pytest.raises(BadNote):
        read_key(text)


def test_the_order_is_that_of_the_chain_whatever_the_keys():
    rantai = [Link(9, "", "a"), Link(3, "a", "b"), Link(10**12, "b", "c"), Link(4, "c", "d")]
    branch = Link(5, "b", "x")
    assert in_order([*reversed(rantai), branch], "d") == rantai
    assert in_order(rantai, "lain") == []
    assert in_order([rantai[0], *rantai[2:]], "d") == rantai[2:]
