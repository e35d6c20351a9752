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
from musrenbang.jangkar.daun import TITIK, fact_leaf, fact_text, zip_fact
from musrenbang.jangkar.kunci import NAMA, own_key
from musrenbang.jangkar.nota import Checkpoint, Kunci, read_notes
from musrenbang.jangkar.pohon import root
from periksa.__main__ import main
from periksa.bangun import build
from periksa.uji import _leaves
from rkp.prioritas.hitung.mesin import compute
from tests.snapshot import snapshot

pytestmark = pytest.mark.django_db


@snapshot
def paket(terbit, pemeran):
    """The ZIP of an event with its Berita Acara alone, as the worker makes it."""
    satu = Paket.objects.create(musrenbang=terbit.musrenbang, dibuat_oleh=pemeran["bu_pmd"])
    ButirPaket.objects.create(paket=satu, jenis=BERITA_ACARA, judul="Berita Acara")
    build_paket(satu.pk)
    satu.refresh_from_db()
    with satu.berkas.open() as berkas:
        return berkas.read()


@pytest.fixture
def isi(paket):
    with zipfile.ZipFile(io.BytesIO(paket)) as arsip:
        return {n: arsip.read(n) for n in arsip.namelist()}


def kemas(isi, tempat, *, manifes=True):
    """Write a ZIP, its manifest made to fit what it holds."""
    if manifes:
        sidik = {n: hashlib.sha256(b).hexdigest() for n, b in isi.items() if n != "manifes.json"}
        isi = isi | {"manifes.json": json.dumps(sidik).encode()}
    with zipfile.ZipFile(tempat, "w") as arsip:
        for nama, b in isi.items():
            arsip.writestr(nama, b)
    return str(tempat)


def test_it_runs_without_server_and_installation(isi, paket, tmp_path, terbit):
    """A bare interpreter, no site packages, no environment: every check passes, with what a person brings along."""
    (tmp_path / "paket.zip").write_bytes(paket)
    (tmp_path / "titik.txt").write_bytes(isi["titik.txt"])
    pyz = build(tmp_path / "periksa.pyz")
    assert build(tmp_path / "lagi.pyz").read_bytes() == pyz.read_bytes()
    hasil = subprocess.run(
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
            terbit.isi["jangkar"]["tampil"],
        ],
        cwd=tmp_path,
        env={},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert hasil.returncode == 0, hasil.stdout + hasil.stderr
    baris = hasil.stdout.splitlines()
    assert [b.split(":")[0] for b in baris[:-1]] == [
        f"COCOK  {n}"
        for n in ("Berkas", "Dokumen", "Rantai jejak", "Pohon", "Titik periksa", "Saksi", "Jumlah", "Peringkat")
    ]
    assert baris[-1] == "Semua cocok."


def test_no_person_is_named_outside_the_documents(isi):
    """Names of delegates and of those present stand in the papers; the data beside them holds their hashes."""
    teks = b" ".join(b for n, b in isi.items() if not n.endswith(".pdf")).decode()
    from delegasi.models import Delegat
    from musrenbang.models import Pengguna

    orang = {*Delegat.objects.values_list("nama", flat=True), *Pengguna.objects.values_list("nama", flat=True)}
    assert [o for o in orang if o and o in teks] == []


def jejak(ubah):
    def jalankan(isi):
        data = json.loads(isi["jejak.json"])
        ubah(data)
        isi["jejak.json"] = json.dumps(data).encode()

    return jalankan


def dokumen_lain(isi):
    isi["01-berita_acara.pdf"] += b"%"


def _dokumen_dan_sidik(isi):
    dokumen_lain(isi)
    data = json.loads(isi["jejak.json"])
    data["dokumen"][0]["sha256"] = hashlib.sha256(isi["01-berita_acara.pdf"]).hexdigest()
    isi["jejak.json"] = json.dumps(data).encode()


def _fakta(data):
    baku = next(b for b in data["jejak"] if any('"j":"baris"' in f for f in b.get("fakta", ())))
    baku["fakta"][0] = baku["fakta"][0].replace('"hasil":"', '"hasil":"x')


def _fakta_hilang(data):
    next(b for b in data["jejak"] if "fakta" in b)["fakta"].pop()


def _baris_hilang(data):
    del data["jejak"][3]


def _isi_baris(data):
    next(b for b in data["jejak"] if "isi" in b)["isi"]["aksi"] = "lain"


def _ujung(data):
    data["jejak"] = data["jejak"][:-1]


def _akar_dokumen(data):
    data["dokumen"][0]["akar"] = "0" * 64


def _hasil(isi):
    data = json.loads(isi["peringkat.json"])
    data[0]["hasil"]["pendanaan"][0]["didanai"] = 1
    isi["peringkat.json"] = json.dumps(data).encode()


def _masukan(isi):
    data = json.loads(isi["peringkat.json"])
    data[0]["masukan"]["skema"]["pagu"] -= 1
    data[0]["hasil"] = compute(data[0]["masukan"])
    isi["peringkat.json"] = json.dumps(data).encode()


def _peringkat_hilang(isi):
    isi["peringkat.json"] = b"[]"


def _tanda(isi):
    isi["titik.txt"] = isi["titik.txt"].replace(b"waktu 2", b"waktu 3", 1)


def _kunci(isi):
    isi["kunci.txt"] = Kunci(NAMA, bytes(32)).teks.encode()


def _titipan(isi):
    isi["02-surat.pdf"] = b"%PDF titipan"


def _ditukar_tanpa_daftar(isi):
    isi["01-berita_acara.pdf"] = b"%PDF lain"
    jejak(lambda data: data.update(dokumen=[]))(isi)


def _indeks(isi):
    isi["INDEKS.txt"] = isi["INDEKS.txt"].replace(b"versi 1", b"versi 2")


def _tutup(data):
    """Everything that was open is there by its hash alone: the tree still holds."""
    data["dokumen"] = []
    for b in data["jejak"]:
        b.pop("isi", None)
        b["fakta"] = [fact_leaf(f).hex() if f.startswith("{") else f for f in b.get("fakta", ())]


def _tutup_semua(isi):
    jejak(_tutup)(isi)
    isi["peringkat.json"] = b"[]"


def _tutup_satu_fakta(data):
    baku = next(b for b in data["jejak"] if any('"j":"baris"' in f for f in b.get("fakta", ())))
    baku["fakta"][0] = fact_leaf(baku["fakta"][0]).hex()


def _tutup_satu_baris(data):
    del next(b for b in data["jejak"] if "isi" in b)["isi"]


def _ekor(isi):
    """A row is put behind the last checkpoint; it fixes the hash of another Berita Acara."""
    isi["01-berita_acara.pdf"] = b"%PDF lain"
    data = json.loads(isi["jejak.json"])
    d = data["dokumen"][0]
    d["sha256"] = hashlib.sha256(isi["01-berita_acara.pdf"]).hexdigest()
    fakta = json.dumps({"j": "berkas", "kode": d["kode"], "sha256": d["sha256"]}, separators=(",", ":"))
    data["jejak"].append({"sebelum": data["kepala"], "sidik": "a" * 64, "fakta": [fakta]})
    data["kepala"] = "a" * 64
    _zip_ulang(data, isi)
    isi["jejak.json"] = json.dumps(data).encode()


def _zip_ulang(data, isi):
    """Let the fact about the ZIP fit what the ZIP is made to be."""
    akhir = [i for i, b in enumerate(data["jejak"]) if any('"j":"zip"' in f for f in b.get("fakta", ()))][-1]
    berkas = {
        n: hashlib.sha256(b).hexdigest()
        for n, b in isi.items()
        if n not in {"jejak.json", "titik.txt", "kunci.txt", "manifes.json"}
    }
    fakta = fact_text(zip_fact(berkas, data["jejak"][:akhir], data["dokumen"]))
    data["jejak"][akhir]["fakta"] = [fakta if '"j":"zip"' in f else f for f in data["jejak"][akhir]["fakta"]]


def _titik_dibuang(isi):
    semua = read_notes(isi["titik.txt"].decode())
    isi["titik.txt"] = "\n".join(t.teks for t in semua[1:]).encode()


def _dua_kali(isi):
    isi["peringkat.json"] = json.dumps(json.loads(isi["peringkat.json"]) * 2).encode()


def _nama_peringkat(isi):
    data = json.loads(isi["peringkat.json"])
    data[0]["nama"] = "Dana Aspirasi"
    isi["peringkat.json"] = json.dumps(data).encode()


UBAHAN = {
    "dokumen titipan": (_titipan, "Berkas"),
    "dokumen ditukar, daftarnya dikosongkan": (_ditukar_tanpa_daftar, "Berkas"),
    "indeks diubah": (_indeks, "Berkas"),
    "semuanya ditutup": (_tutup_semua, "Berkas"),
    "satu fakta ditutup": (jejak(_tutup_satu_fakta), "Berkas"),
    "satu baris ditutup": (jejak(_tutup_satu_baris), "Berkas"),
    "ekor di luar titik periksa": (_ekor, "Pohon"),
    "Musrenbang lain": (jejak(lambda data: data.update(asal="musrenbang/52.03.05/sakra-2027")), "Pohon"),
    "satu titik periksa dibuang": (_titik_dibuang, "Titik periksa"),
    "peringkat dua kali": (_dua_kali, "Berkas"),
    "nama program diganti": (_nama_peringkat, "Peringkat"),
    "dokumen diubah": (dokumen_lain, "Dokumen"),
    "dokumen dan sidiknya diubah": (_dokumen_dan_sidik, "Dokumen"),
    "fakta diubah": (jejak(_fakta), "Pohon"),
    "fakta dihilangkan": (jejak(_fakta_hilang), "Pohon"),
    "baris jejak dihilangkan": (jejak(_baris_hilang), "Rantai jejak"),
    "isi baris diubah": (jejak(_isi_baris), "Rantai jejak"),
    "ujung jejak dipotong": (jejak(_ujung), "Rantai jejak"),
    "akar dokumen diubah": (jejak(_akar_dokumen), "Pohon"),
    "hasil peringkat diubah": (_hasil, "Peringkat"),
    "masukan peringkat diubah dan dihitung ulang": (_masukan, "Peringkat"),
    "peringkat dihilangkan": (_peringkat_hilang, "Peringkat"),
    "titik periksa diubah": (_tanda, "Titik periksa"),
    "kunci diganti": (_kunci, "Titik periksa"),
}


@pytest.mark.parametrize("nama", UBAHAN)
def test_an_altered_zip_is_found(nama, isi, tmp_path, capsys):
    ubah, di = UBAHAN[nama]
    ubah(isi)
    assert main([kemas(isi, tmp_path / "x.zip")]) == 1
    assert f"RUSAK  {di}:" in capsys.readouterr().out


def test_a_file_that_the_manifest_does_not_know_is_found(isi, tmp_path, capsys):
    assert main([kemas(isi | {"titipan.pdf": b"x"}, tmp_path / "x.zip", manifes=False)]) == 1
    assert "titipan.pdf tidak tercatat" in capsys.readouterr().out


def test_a_zip_made_anew_under_another_key_is_found_by_what_people_hold(isi, tmp_path, capsys, terbit):
    """The forger holds all data and a key of his own: only the paper and the kept checkpoints tell."""
    lama = isi["titik.txt"].decode()
    kunci = Ed25519PrivateKey.generate()
    publik = Kunci(NAMA, kunci.public_key().public_bytes_raw())
    data = json.loads(isi["jejak.json"])
    daun_lama = next(b for b in data["jejak"] if "fakta" in b)
    daun_lama["fakta"][0] = '{"j":"lain"}'
    for b in data["jejak"]:
        if b.get("isi", {}).get("aksi") == TITIK:
            del b["isi"]
    daun = _leaves(type("P", (), {"jejak": data}))
    for d in data["dokumen"]:
        d["akar"] = root(daun[: d["ukuran"]]).hex()
    _zip_ulang(data, isi)
    daun = _leaves(type("P", (), {"jejak": data}))
    baru = [Checkpoint(t.asal, t.ukuran, root(daun[: t.ukuran]), t.waktu) for t in read_notes(lama)]
    tanda = [((publik.nama, publik.id, kunci.sign(t.badan.encode())),) for t in baru]
    isi["titik.txt"] = "\n".join(
        Checkpoint(t.asal, t.ukuran, t.akar, t.waktu, s).teks for t, s in zip(baru, tanda, strict=True)
    ).encode()
    isi["kunci.txt"] = publik.teks.encode()
    isi["jejak.json"] = json.dumps(data).encode()
    palsu = kemas(isi, tmp_path / "x.zip")
    (tmp_path / "t.txt").write_text(lama)
    assert main([palsu]) == 0, "in itself the forgery holds together"
    assert publik.sidik in capsys.readouterr().out
    for bekal in (
        ["--kunci", own_key().sidik],
        ["--akar", terbit.isi["jangkar"]["akar"]],
        ["--titik", str(tmp_path / "t.txt")],
    ):
        assert main([palsu, *bekal]) == 1, bekal


@pytest.mark.parametrize(
    "rusak",
    [
        lambda isi: isi.pop("jejak.json"),
        lambda isi: isi.update({"jejak.json": b"{"}),
        lambda isi: isi.update({"jejak.json": b"[1]"}),
        lambda isi: isi.update({"jejak.json": b'{"jejak":[{}],"kepala":"","dokumen":[],"asal":""}'}),
        lambda isi: isi.update({"peringkat.json": b"[" * 5000 + b"]" * 5000}),
        lambda isi: isi.update({"kunci.txt": b"\xff"}),
        lambda isi: isi.update({"titik.txt": b"bukan"}),
        lambda isi: isi.update({"../../etc/cron.d/x": b"x"}),
        lambda isi: isi.update({"/etc/x": b"x"}),
        lambda isi: isi.update({"peringkat.json": b"[" + b"{}," * (9 << 20) + b"{}]"}),
    ],
)
def test_another_zip_is_told_in_a_sentence(rusak, isi, tmp_path, capsys):
    rusak(isi)
    assert main([kemas(isi, tmp_path / "x.zip")]) == 1
    assert "RUSAK" in capsys.readouterr().out


def test_what_is_no_zip_is_told_in_a_sentence(tmp_path, capsys):
    (tmp_path / "x.zip").write_bytes(b"PK")
    assert main([str(tmp_path / "x.zip")]) == 1
    assert main([str(tmp_path / "tiada.zip")]) == 1
    assert capsys.readouterr().out.count("RUSAK") == 2


def test_a_name_twice_is_told_in_a_sentence(isi, tmp_path, capsys):
    with zipfile.ZipFile(kemas(isi, tmp_path / "x.zip"), "a") as arsip, pytest.warns(UserWarning, match="Duplicate"):
        arsip.writestr("01-berita_acara.pdf", b"%PDF lain")
    assert main([str(tmp_path / "x.zip")]) == 1
    assert "muncul dua kali" in capsys.readouterr().out


def _bytes_lost(isi):
    """Return the ZIP with its Berita Acara damaged inside its compressed stream."""
    keluaran = io.BytesIO()
    with zipfile.ZipFile(keluaran, "w", zipfile.ZIP_DEFLATED) as arsip:
        for nama, b in isi.items():
            arsip.writestr(nama, b)
        awal = arsip.getinfo("01-berita_acara.pdf").header_offset + 60
    rusak = bytearray(keluaran.getvalue())
    for i in range(awal, awal + 400):
        rusak[i] ^= 0xFF
    return bytes(rusak)


@pytest.mark.parametrize(
    "buat",
    [
        _bytes_lost,
        lambda isi: _bytes_lost(isi)[:-300],
        lambda isi: _bytes_lost(isi)[40:],
        lambda isi: b"",
        lambda isi: None,
    ],
)
def test_a_damaged_zip_is_told_in_our_words(buat, isi, tmp_path, capsys):
    """What reads ZIPs and streams speaks English, and raises what is no error of a ZIP."""
    if (rusak := buat(isi)) is not None:
        (tmp_path / "x.zip").write_bytes(rusak)
    assert main([str(tmp_path / "x.zip")]) == 1
    kata = capsys.readouterr().out
    assert kata.startswith("RUSAK")
    assert any(k in kata for k in ("tidak dapat dibaca", "bukan ZIP yang utuh", "tidak dapat dibuka")), kata


@pytest.mark.parametrize("simpanan", [b"\xff\xfe", None])
def test_a_kept_file_that_cannot_be_read_is_not_laid_to_the_zip(simpanan, isi, tmp_path, capsys):
    if simpanan is not None:
        (tmp_path / "t.txt").write_bytes(simpanan)
    assert main([kemas(isi, tmp_path / "x.zip"), "--titik", str(tmp_path / "t.txt")]) == 1
    kata = capsys.readouterr().out
    assert kata.startswith(f"RUSAK  {tmp_path / 't.txt'}: berkas titik periksa ini tidak ada")
    assert "x.zip" not in kata
