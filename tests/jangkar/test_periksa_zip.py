"""``periksa.pyz``: a whole ZIP passes without this program, an altered one does not."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from berita_acara.models import ButirPaket, Paket
from berita_acara.queries import BERITA_ACARA
from berita_acara.services.paket import build_paket
from musrenbang.jangkar.kunci import NAMA, own_key
from musrenbang.jangkar.leaves import TITIK, fact_leaf, fact_text, zip_fact
from musrenbang.jangkar.note import Checkpoint, Kunci, read_notes
from musrenbang.jangkar.tree import root
from periksa.__main__ import main
from periksa.build import build
from periksa.checks import _leaves
from rkp.prioritas.engine.published import compute
from tests.snapshot import snapshot

pytestmark = pytest.mark.django_db


@snapshot
def paket(issued_event, cast):
    """The ZIP of an event with its Berita Acara alone, as the worker makes it."""
    one = Paket.objects.create(musrenbang=issued_event.musrenbang, dibuat_oleh=cast["bu_pmd"])
    ButirPaket.objects.create(paket=one, jenis=BERITA_ACARA, judul="Berita Acara")
    build_paket(one.pk)
    one.refresh_from_db()
    with one.berkas.open() as berkas:
        return berkas.read()


@pytest.fixture
def prepared(paket):
    with zipfile.ZipFile(io.BytesIO(paket)) as archive:
        return {n: archive.read(n) for n in archive.namelist()}


def pack(content, tempat, *, manifest=True):
    """Write a ZIP, its manifest made to fit what it holds."""
    if manifest:
        sidik = {n: hashlib.sha256(b).hexdigest() for n, b in content.items() if n != "manifes.json"}
        content = content | {"manifes.json": json.dumps(sidik).encode()}
    with zipfile.ZipFile(tempat, "w") as archive:
        for nama, b in content.items():
            archive.writestr(nama, b)
    return str(tempat)


def test_it_runs_without_server_and_installation(prepared, paket, tmp_path, issued_event):
    """A bare interpreter, no site packages, no environment: every check passes, with what a person brings along."""
    (tmp_path / "paket.zip").write_bytes(paket)
    (tmp_path / "titik.txt").write_bytes(prepared["titik.txt"])
    pyz = build(tmp_path / "periksa.pyz")
    assert build(tmp_path / "lagi.pyz").read_bytes() == pyz.read_bytes()
    result = subprocess.run(
        [
            sys.executable,
            "-I",
            "-S",
            pyz,
            "paket.zip",
            "--titik",
            "titik.txt",
            "--kunci",
            own_key().sidik,
            "--akar",
            issued_event.isi["jangkar"]["tampil"],
        ],
        cwd=tmp_path,
        env={},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    baris = result.stdout.splitlines()
    assert [b.split(":")[0] for b in baris[:-1]] == [
        f"COCOK  {n}"
        for n in ("Berkas", "Dokumen", "Rantai jejak", "Pohon", "Titik periksa", "Saksi", "Jumlah", "Peringkat")
    ]
    assert baris[-1] == "Semua cocok."


def test_no_person_is_named_outside_the_documents(prepared):
    """Names of delegates and of those present stand in the papers; the data beside them holds their hashes."""
    words = b" ".join(b for n, b in prepared.items() if not n.endswith(".pdf")).decode()
    from delegasi.models import Delegat
    from musrenbang.models import Pengguna

    person = {*Delegat.objects.values_list("nama", flat=True), *Pengguna.objects.values_list("nama", flat=True)}
    assert [o for o in person if o and o in words] == []


def jejak(ubah):
    def run(isi):
        data = json.loads(isi["jejak.json"])
        ubah(data)
        isi["jejak.json"] = json.dumps(data).encode()

    return run


def dokumen_other(content):
    content["01-berita_acara.pdf"] += b"%"


def _dokumen_and_digest(content):
    dokumen_other(content)
    data = json.loads(content["jejak.json"])
    data["dokumen"][0]["sha256"] = hashlib.sha256(content["01-berita_acara.pdf"]).hexdigest()
    content["jejak.json"] = json.dumps(data).encode()


def _fact(data):
    standard = next(b for b in data["jejak"] if any('"j":"baris"' in f for f in b.get("fakta", ())))
    standard["fakta"][0] = standard["fakta"][0].replace('"hasil":"', '"hasil":"x')


def _fact_lost(data):
    next(b for b in data["jejak"] if "fakta" in b)["fakta"].pop()


def _baris_lost(data):
    del data["jejak"][3]


def _content_baris(data):
    next(b for b in data["jejak"] if "isi" in b)["isi"]["aksi"] = "lain"


def _tip(data):
    data["jejak"] = data["jejak"][:-1]


def _root_dokumen(data):
    data["dokumen"][0]["akar"] = "0" * 64


def _result(isi):
    data = json.loads(isi["peringkat.json"])
    data[0]["hasil"]["pendanaan"][0]["didanai"] = 1
    isi["peringkat.json"] = json.dumps(data).encode()


def _masukan(content):
    data = json.loads(content["peringkat.json"])
    data[0]["masukan"]["skema"]["pagu"] -= 1
    data[0]["hasil"] = compute(data[0]["masukan"])
    content["peringkat.json"] = json.dumps(data).encode()


def _peringkat_lost(content):
    content["peringkat.json"] = b"[]"


def _tanda(content):
    content["titik.txt"] = content["titik.txt"].replace(b"waktu 2", b"waktu 3", 1)


def _kunci(isi):
    isi["kunci.txt"] = Kunci(NAMA, bytes(32)).teks.encode()


def _smuggled(content):
    content["02-surat.pdf"] = b"%PDF titipan"


def _swapped_without_listing(content):
    content["01-berita_acara.pdf"] = b"%PDF lain"
    jejak(lambda data: data.update(dokumen=[]))(content)


def _index(content):
    content["INDEKS.txt"] = content["INDEKS.txt"].replace(b"versi 1", b"versi 2")


def _close(data):
    """Everything that was open is there by its hash alone: the tree still holds."""
    data["dokumen"] = []
    for b in data["jejak"]:
        b.pop("isi", None)
        b["fakta"] = [fact_leaf(f).hex() if f.startswith("{") else f for f in b.get("fakta", ())]


def _close_everything(content):
    jejak(_close)(content)
    content["peringkat.json"] = b"[]"


def _close_one_fact(data):
    standard = next(b for b in data["jejak"] if any('"j":"baris"' in f for f in b.get("fakta", ())))
    standard["fakta"][0] = fact_leaf(standard["fakta"][0]).hex()


def _close_one_baris(data):
    del next(b for b in data["jejak"] if "isi" in b)["isi"]


def _tail(content):
    """A row is put behind the last checkpoint; it fixes the hash of another Berita Acara."""
    content["01-berita_acara.pdf"] = b"%PDF lain"
    data = json.loads(content["jejak.json"])
    d = data["dokumen"][0]
    d["sha256"] = hashlib.sha256(content["01-berita_acara.pdf"]).hexdigest()
    fact = json.dumps({"j": "berkas", "kode": d["kode"], "sha256": d["sha256"]}, separators=(",", ":"))
    data["jejak"].append({"sebelum": data["kepala"], "sidik": "a" * 64, "fakta": [fact]})
    data["kepala"] = "a" * 64
    _zip_again(data, content)
    content["jejak.json"] = json.dumps(data).encode()


def _zip_again(data, content):
    """Let the fact about the ZIP fit what the ZIP is made to be."""
    end = [i for i, b in enumerate(data["jejak"]) if any('"j":"zip"' in f for f in b.get("fakta", ()))][-1]
    berkas = {
        n: hashlib.sha256(b).hexdigest()
        for n, b in content.items()
        if n not in {"jejak.json", "titik.txt", "kunci.txt", "manifes.json"}
    }
    fact = fact_text(zip_fact(berkas, data["jejak"][:end], data["dokumen"]))
    data["jejak"][end]["fakta"] = [fact if '"j":"zip"' in f else f for f in data["jejak"][end]["fakta"]]


def _point_discarded(content):
    everything = read_notes(content["titik.txt"].decode())
    content["titik.txt"] = "\n".join(t.teks for t in everything[1:]).encode()


def _two_times(content):
    content["peringkat.json"] = json.dumps(json.loads(content["peringkat.json"]) * 2).encode()


def _name_peringkat(content):
    data = json.loads(content["peringkat.json"])
    data[0]["nama"] = "Dana Aspirasi"
    content["peringkat.json"] = json.dumps(data).encode()


UBAHAN = {
    "dokumen titipan": (_smuggled, "Berkas"),
    "dokumen ditukar, daftarnya dikosongkan": (_swapped_without_listing, "Berkas"),
    "indeks diubah": (_index, "Berkas"),
    "semuanya ditutup": (_close_everything, "Berkas"),
    "satu fakta ditutup": (jejak(_close_one_fact), "Berkas"),
    "satu baris ditutup": (jejak(_close_one_baris), "Berkas"),
    "ekor di luar titik periksa": (_tail, "Pohon"),
    "Musrenbang lain": (jejak(lambda data: data.update(asal="musrenbang/52.03.05/sakra-2027")), "Pohon"),
    "satu titik periksa dibuang": (_point_discarded, "Titik periksa"),
    "peringkat dua kali": (_two_times, "Berkas"),
    "nama program diganti": (_name_peringkat, "Peringkat"),
    "dokumen diubah": (dokumen_other, "Dokumen"),
    "dokumen dan sidiknya diubah": (_dokumen_and_digest, "Dokumen"),
    "fakta diubah": (jejak(_fact), "Pohon"),
    "fakta dihilangkan": (jejak(_fact_lost), "Pohon"),
    "baris jejak dihilangkan": (jejak(_baris_lost), "Rantai jejak"),
    "isi baris diubah": (jejak(_content_baris), "Rantai jejak"),
    "ujung jejak dipotong": (jejak(_tip), "Rantai jejak"),
    "akar dokumen diubah": (jejak(_root_dokumen), "Pohon"),
    "hasil peringkat diubah": (_result, "Peringkat"),
    "masukan peringkat diubah dan dihitung ulang": (_masukan, "Peringkat"),
    "peringkat dihilangkan": (_peringkat_lost, "Peringkat"),
    "titik periksa diubah": (_tanda, "Titik periksa"),
    "kunci diganti": (_kunci, "Titik periksa"),
}


@pytest.mark.parametrize("nama", UBAHAN)
def test_an_altered_zip_is_found(nama, prepared, tmp_path, capsys):
    change, at = UBAHAN[nama]
    change(prepared)
    assert main([pack(prepared, tmp_path / "x.zip")]) == 1
    assert f"RUSAK  {at}:" in capsys.readouterr().out


def test_a_file_that_the_manifest_does_not_know_is_found(prepared, tmp_path, capsys):
    assert main([pack(prepared | {"titipan.pdf": b"x"}, tmp_path / "x.zip", manifest=False)]) == 1
    assert "titipan.pdf tidak tercatat" in capsys.readouterr().out


def test_a_zip_made_anew_under_another_key_is_found_by_what_people_hold(prepared, tmp_path, capsys, issued_event):
    """The forger holds all data and a key of his own: only the paper and the kept checkpoints tell."""
    lama = prepared["titik.txt"].decode()
    kunci = Ed25519PrivateKey.generate()
    public = Kunci(NAMA, kunci.public_key().public_bytes_raw())
    data = json.loads(prepared["jejak.json"])
    old_leaf = next(b for b in data["jejak"] if "fakta" in b)
    old_leaf["fakta"][0] = '{"j":"lain"}'
    for b in data["jejak"]:
        if b.get("isi", {}).get("aksi") == TITIK:
            del b["isi"]
    leaf = _leaves(type("P", (), {"jejak": data}))
    for d in data["dokumen"]:
        d["akar"] = root(leaf[: d["ukuran"]]).hex()
    _zip_again(data, prepared)
    leaf = _leaves(type("P", (), {"jejak": data}))
    baru = [Checkpoint(t.asal, t.ukuran, root(leaf[: t.ukuran]), t.waktu) for t in read_notes(lama)]
    tanda = [((public.nama, public.id, kunci.sign(t.badan.encode())),) for t in baru]
    prepared["titik.txt"] = "\n".join(
        Checkpoint(t.asal, t.ukuran, t.akar, t.waktu, s).teks for t, s in zip(baru, tanda, strict=True)
    ).encode()
    prepared["kunci.txt"] = public.teks.encode()
    prepared["jejak.json"] = json.dumps(data).encode()
    forged = pack(prepared, tmp_path / "x.zip")
    (tmp_path / "t.txt").write_text(lama)
    assert main([forged]) == 0, "in itself the forgery holds together"
    assert public.sidik in capsys.readouterr().out
    for bekal in (
        ["--kunci", own_key().sidik],
        ["--akar", issued_event.isi["jangkar"]["akar"]],
        ["--titik", str(tmp_path / "t.txt")],
    ):
        assert main([forged, *bekal]) == 1, bekal


@pytest.mark.parametrize(
    "broken",
    [
        lambda content: content.pop("jejak.json"),
        lambda content: content.update({"jejak.json": b"{"}),
        lambda content: content.update({"jejak.json": b"[1]"}),
        lambda content: content.update({"jejak.json": b'{"jejak":[{}],"kepala":"","dokumen":[],"asal":""}'}),
        lambda content: content.update({"peringkat.json": b"[" * 5000 + b"]" * 5000}),
        lambda content: content.update({"kunci.txt": b"\xff"}),
        lambda content: content.update({"titik.txt": b"bukan"}),
        lambda content: content.update({"../../etc/cron.d/x": b"x"}),
        lambda content: content.update({"/etc/x": b"x"}),
        lambda content: content.update({"peringkat.json": b"[" + b"{}," * (9 << 20) + b"{}]"}),
    ],
)
def test_another_zip_is_told_in_a_sentence(broken, prepared, tmp_path, capsys):
    broken(prepared)
    assert main([pack(prepared, tmp_path / "x.zip")]) == 1
    assert "RUSAK" in capsys.readouterr().out


def test_what_is_no_zip_is_told_in_a_sentence(tmp_path, capsys):
    (tmp_path / "x.zip").write_bytes(b"PK")
    assert main([str(tmp_path / "x.zip")]) == 1
    assert main([str(tmp_path / "tiada.zip")]) == 1
    assert capsys.readouterr().out.count("RUSAK") == 2


def test_a_name_twice_is_told_in_a_sentence(prepared, tmp_path, capsys):
    path = pack(prepared, tmp_path / "x.zip")
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("01-berita_acara.pdf", b"%PDF lain")
    assert main([str(tmp_path / "x.zip")]) == 1
    assert "muncul dua kali" in capsys.readouterr().out


def _bytes_lost(content):
    """Return the ZIP with its Berita Acara damaged inside its compressed stream."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for nama, b in content.items():
            archive.writestr(nama, b)
        start = archive.getinfo("01-berita_acara.pdf").header_offset + 60
    broken = bytearray(output.getvalue())
    for i in range(start, start + 400):
        broken[i] ^= 0xFF
    return bytes(broken)


@pytest.mark.parametrize(
    "build",
    [
        _bytes_lost,
        lambda content: _bytes_lost(content)[:-300],
        lambda content: _bytes_lost(content)[40:],
        lambda content: b"",
        lambda content: None,
    ],
)
def test_a_damaged_zip_is_told_in_our_words(build, prepared, tmp_path, capsys):
    """What reads ZIPs and streams speaks English, and raises what is no error of a ZIP."""
    if (broken := build(prepared)) is not None:
        (tmp_path / "x.zip").write_bytes(broken)
    assert main([str(tmp_path / "x.zip")]) == 1
    kata = capsys.readouterr().out
    assert kata.startswith("RUSAK")
    assert any(k in kata for k in ("tidak dapat dibaca", "bukan ZIP yang utuh", "tidak dapat dibuka")), kata


@pytest.mark.parametrize("store", [b"\xff\xfe", None])
def test_a_kept_file_that_cannot_be_read_is_not_laid_to_the_zip(store, prepared, tmp_path, capsys):
    if store is not None:
        (tmp_path / "t.txt").write_bytes(store)
    assert main([pack(prepared, tmp_path / "x.zip"), "--titik", str(tmp_path / "t.txt")]) == 1
    kata = capsys.readouterr().out
    assert kata.startswith(f"RUSAK  {tmp_path / 't.txt'}: berkas titik periksa ini tidak ada")
    assert "x.zip" not in kata
