"""Faults of a list: other sheets beside it, its headings, its merges and the titles of its groups."""

from tests.usulan.polluter import BIDANG, DESA, JUDUL, Baris, Listing, before, groups

# ---- faults: sheets beside the list


def rab(d: Listing) -> None:
    isi = [
        ["RENCANA ANGGARAN BIAYA"],
        ["Kegiatan", ":", "Rabat beton"],
        [],
        ["No", "Uraian", None, "Volume", "Satuan", "Harga Satuan (Rp)", "Jumlah Harga (Rp)"],
        [1, "Pasir pasang", None, 5, "m3", 200_000, 1_000_000],
        [2, "Semen", None, 20, "zak", 70_000, 1_400_000],
        [None, "TOTAL", None, None, None, None, 2_400_000],
    ]
    d.lembar.append((f"RAB {len(d.lembar)}", isi))


def apbdes(d: Listing) -> None:
    isi = [
        ["PENJABARAN APBDES"],
        [],
        ["Kode Rekening", "Uraian", "Anggaran (Rp)", "Sumber Dana"],
        ["5.1.1", "Penghasilan tetap", 12_000_000, "ADD"],
        ["5.1.1.01", "Penghasilan tetap kepala desa", 12_000_000, "ADD"],
        ["5.2.1.02", "Belanja modal jalan", 80_000_000, "DD"],
    ]
    d.lembar.append((f"APB {len(d.lembar)}", isi))


def harga(d: Listing) -> None:
    isi = [
        ["DAFTAR HARGA SATUAN BAHAN DAN UPAH"],
        ["No", "Uraian", "Satuan", "Harga Satuan (Rp)"],
        [1, "Semen", "zak", 70_000],
        [2, "Pasir", "m3", 200_000],
    ]
    d.lembar.append((f"HARGA {len(d.lembar)}", isi))


def hadir(d: Listing) -> None:
    isi = [
        ["DAFTAR HADIR MUSRENBANG DESA"],
        ["No", "Nama", "Alamat", "Pekerjaan", "Tanda Tangan"],
        [1, "Amin", "Dusun Mawar", "Tani", None],
        [2, "Siti", "Dusun Melati", "Guru", None],
    ]
    d.lembar.append((f"HADIR {len(d.lembar)}", isi))


def rekap(d: Listing) -> None:
    isi = [
        ["REKAPITULASI PER BIDANG"],
        ["No", "Bidang", "Jumlah Usulan", "Jumlah Biaya (Rp)"],
        *[[i, b, 3, 150_000_000 * i] for i, b in enumerate(BIDANG, 1)],
    ]
    d.lembar.append((f"REKAP {len(d.lembar)}", isi))


# ---- headings


def judul_dua_baris(d: Listing) -> None:
    d.induk |= {
        "biaya": "Perkiraan Biaya dan Sumber Pembiayaan",
        "sumber_dana": "Perkiraan Biaya dan Sumber Pembiayaan",
    }
    d.judul |= {"biaya": "Jumlah (Rp)", "sumber_dana": "Sumber"}


def nomor_kolom(d: Listing) -> None:
    d.nomor_kolom = list(range(1, len(d.kolom) + 1))


def huruf_kolom(d: Listing) -> None:
    d.nomor_kolom = [f"({chr(97 + i)})" for i in range(len(d.kolom))]


def nomor_berumus(d: Listing) -> None:
    d.nomor_kolom = [f"{i} = 2 x 3" if i == len(d.kolom) else i for i in range(1, len(d.kolom) + 1)]


def judul_terulang(d: Listing) -> None:
    tengah = d.works()[len(d.works()) // 2]
    if not d.induk:
        before(d, tengah, Baris({k: d.judul[k] for k in d.kolom}))


def ejaan_judul(d: Listing) -> None:
    d.judul |= {
        "kegiatan": "Uraian Kegiatan",
        "lokasi": "Alamat",
        "volume": "Vol.",
        "satuan": "Sat.",
        "bidang": "Bidang Pembangunan",
    }


def target(d: Listing) -> None:
    d.kolom.insert(d.kolom.index("lokasi"), "target")
    d.judul["target"] = "Target Capaian Tahun 2027"
    for b in d.works():
        b.sel["target"] = d.rng.choice(["Peningkatan layanan warga", "Jalan menjadi mantap", "Terlatihnya kader"])


def kode_usulan(d: Listing) -> None:
    d.kolom.insert(1, "kode")
    d.judul["kode"] = d.rng.choice(["Kode Usulan", "ID Usulan"])
    for i, b in enumerate(d.works(), 1):
        b.sel["kode"] = f"USL/2027/{i:04d}"


def program(d: Listing) -> None:
    d.kolom.insert(d.kolom.index("kegiatan"), "program")
    d.judul["program"] = "Program"
    for b in d.works():
        b.sel["program"] = "Program pembangunan desa"


def per_tahun(d: Listing) -> None:
    i = d.kolom.index("biaya")
    d.kolom[i:i] = ["b25", "b26"]
    d.induk |= dict.fromkeys(("b25", "b26", "biaya"), "Biaya (Rp)")
    d.judul |= {"b25": "2025", "b26": "2026", "biaya": "2027"}
    d.induk.pop("sumber_dana", None)
    d.judul["sumber_dana"] = JUDUL["sumber_dana"]
    for b in d.works():
        b.sel["b26"] = d.rng.randint(4, 90) * 250_000 if d.rng.random() < 0.4 else None


# ---- merges and headings of groups


def bidang_gabung(d: Listing) -> None:
    d.gabung.add("bidang")


def desa_gabung(d: Listing) -> None:
    d.gabung.add("desa")


def bidang_judul(d: Listing) -> None:
    if "bidang" not in d.kolom:
        return
    d.kolom.remove("bidang")
    for i, kelompok in enumerate(groups(d, "bidang")):
        before(
            d,
            kelompok[0],
            Baris(
                {
                    "no": ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"][i % 12],
                    "kegiatan": kelompok[0].benar["bidang"].upper(),
                }
            ),
        )
        for b in kelompok:
            b.benar["bidang"] = b.benar["bidang"].title()


def desa_judul(d: Listing) -> None:
    if "desa" not in d.kolom or "desa" in d.gabung:
        return
    d.kolom.remove("desa")
    sebelum = None
    for b in d.works():
        if b.benar["desa"] != sebelum:
            sebelum = b.benar["desa"]
            pertama = next((x for x in _leading(d, b)), b)
            before(d, pertama, Baris({"kegiatan": f"DESA {DESA[sebelum].upper()}"}))


def _leading(d: Listing, b: Baris) -> list[Baris]:
    i = next(i for i, x in enumerate(d.baris) if x is b)
    hasil = []
    while i and d.baris[i - 1].benar is None and not d.baris[i - 1].total:
        i -= 1
        hasil.insert(0, d.baris[i])
    return hasil


def dusun_judul(d: Listing) -> None:
    if "lokasi" not in d.kolom:
        return
    d.kolom.remove("lokasi")
    for kelompok in groups(d, "lokasi"):
        before(d, kelompok[0], Baris({"kegiatan": kelompok[0].benar["lokasi"].upper()}))


def lokasi_terpisah(d: Listing) -> None:
    if "lokasi" not in d.kolom or d.judul["lokasi"] != "Lokasi":
        return
    i = d.kolom.index("lokasi")
    d.kolom[i + 1 : i + 1] = ["rt", "rw"]
    d.judul |= {"lokasi": "Dusun", "rt": "RT", "rw": "RW"}
    for b in d.works():
        b.sel |= {"rt": d.rng.randint(1, 9), "rw": d.rng.randint(1, 9)}
        b.benar["lokasi"] = f"{b.benar['lokasi']} RT {b.sel['rt']} RW {b.sel['rw']}"
