"""Faults of a list: units and amounts, totals, rows, and columns of another shape."""

from datetime import date

from tests.usulan.polluter import DANA, DESA, Baris, Listing, after, before, groups, written

# ---- units and amounts


def _scaled(d: Listing, kali: int) -> None:
    for b in d.works():
        b.benar["biaya"] -= b.benar["biaya"] % kali if kali == 1000 else 0
        if isinstance(b.sel["biaya"], int):
            b.sel["biaya"] = b.benar["biaya"] // kali if b.benar["biaya"] % kali == 0 else b.benar["biaya"] / kali


def ribuan_judul(d: Listing) -> None:
    d.judul["biaya"] = d.rng.choice(
        ["Anggaran (x 1000)", "Biaya (Rp. 000)", "Biaya (ribuan rupiah)", "Anggaran (x Rp 1.000)"]
    )
    _scaled(d, 1000)


def ribuan_atas(d: Listing) -> None:
    d.atas = [
        *d.atas,
        [None] * (len(d.kolom) - 1) + [d.rng.choice(["(dalam ribuan rupiah)", "Dalam ribuan", "x Rp 1.000"])],
    ]
    _scaled(d, 1000)


def juta_judul(d: Listing) -> None:
    d.judul["biaya"] = "Biaya (Rp juta)"
    _scaled(d, 10**6)


def biaya_tulisan(d: Listing) -> None:
    for b in d.works():
        titik = f"{b.benar['biaya']:,}".replace(",", ".")
        if isinstance(b.sel["biaya"], int) and b.sel["biaya"] == b.benar["biaya"]:
            b.sel["biaya"] = d.rng.choice([titik, f"Rp {titik},-", f"Rp. {titik}", f"Rp{titik},00", f"Rp.{titik};"])


def kisaran(d: Listing) -> None:
    for b in d.rng.sample(d.works(), 3):
        b.sel["biaya"], b.benar["biaya"] = (
            d.rng.choice(["50-60 juta", "10.000.000 s.d. 15.000.000", "2 x 30.000.000"]),
            None,
        )


def volume_satuan(d: Listing) -> None:
    if "satuan" not in d.kolom:
        return
    d.kolom.remove("satuan")
    d.judul["volume"] = "Volume dan Satuan"
    for b in d.works():
        if b.sel["volume"] == b.benar["volume"]:
            b.sel["volume"] = f"{b.sel['volume']} {b.benar['satuan']}"


# ---- totals


def subtotal(d: Listing) -> None:
    for kelompok in groups(d, "bidang"):
        after(d, kelompok[-1], Baris({"kegiatan": "Jumlah", "biaya": sum(map(written, kelompok))}, total=True))


def total(d: Listing) -> None:
    d.baris.append(Baris({"kegiatan": "JUMLAH TOTAL", "biaya": sum(map(written, d.works()))}, total=True))


def total_tanpa_kata(d: Listing) -> None:
    d.baris.append(Baris({"biaya": sum(map(written, d.works()))}, total=True))


def total_kata_lain(d: Listing) -> None:
    d.baris.append(
        Baris(
            {
                "kegiatan": d.rng.choice(["Kebutuhan dana seluruhnya", "Rekap usulan desa"]),
                "biaya": sum(map(written, d.works())),
            },
            total=True,
        )
    )


def total_bervolume(d: Listing) -> None:
    d.baris.append(
        Baris(
            {"kegiatan": "JUMLAH", "volume": len(d.works()), "satuan": "usulan", "biaya": sum(map(written, d.works()))},
            total=True,
        )
    )


def terbilang(d: Listing) -> None:
    d.baris.append(Baris({"kegiatan": "Terbilang: Seratus juta rupiah"}))


# ---- rows


def nama_bersambung(d: Listing) -> None:
    for b in d.rng.sample(d.works(), 2):
        ekor = d.rng.choice(["dari rumah Pak Amin sampai masjid", "menuju makam umum", "dan saluran pembuangannya"])
        after(d, b, Baris({"kegiatan": ekor}))
        b.benar["kegiatan"] += f" {ekor}"


def butir(d: Listing) -> None:
    kelompok = d.rng.choice(groups(d, "bidang"))
    before(d, kelompok[0], Baris({"no": kelompok[0].sel["no"], "kegiatan": "Prasarana lingkungan :"}))
    for b in kelompok:
        b.sel = {k: v for k, v in b.sel.items() if k not in {"no"}} | {"kegiatan": f"• {b.sel['kegiatan']}"}


def bernomor_kosong(d: Listing) -> None:
    d.baris += [Baris({"no": len(d.works()) + i}) for i in (1, 2)]


def nol(d: Listing) -> None:
    d.baris.append(Baris({"biaya": 0}))


def galat_sel(d: Listing) -> None:
    for b in d.rng.sample(d.works(), 2):
        b.sel["biaya"], b.benar["biaya"] = "#REF!", None


def rumus_kosong(d: Listing) -> None:
    for b in d.rng.sample(d.works(), 2):
        b.sel["volume"], b.benar["volume"] = "=1+1", None


def ilmiah(d: Listing) -> None:
    b = d.rng.choice(d.works())
    b.sel["volume"], b.benar["volume"] = "1e3", None


def tanda_tangan(d: Listing) -> None:
    d.ekor += [
        [],
        [None, None, "Sikur, 12 Januari 2026"],
        [None, "Mengetahui, Kepala Desa", None, "Ketua Tim Penyusun"],
        [None, "( ................ )"],
    ]


def catatan(d: Listing) -> None:
    d.ekor += [["Catatan: harga menurut survei 2026"]]


def tabel_samping(d: Listing) -> None:
    d.samping = [["No", "Bahan", "Satuan", "Harga"], [1, "Semen", "zak", 70_000], [2, "Pasir", "m3", 200_000]]


# ---- other shapes


def tanpa_nomor(d: Listing) -> None:
    d.kolom.remove("no")


def induk_berjumlah(d: Listing) -> None:
    for i, kelompok in enumerate(groups(d, "bidang"), 1):
        before(d, kelompok[0], Baris({"no": i, "kegiatan": f"Peningkatan {i}", "biaya": sum(map(written, kelompok))}))
        for j, b in enumerate(kelompok):
            b.sel["no"] = "abcdefgh"[j]
            b.benar["bidang"] = b.benar["bidang"] if "bidang" in d.kolom else f"Peningkatan {i}"


def kecamatan_lain(d: Listing) -> None:
    if "desa" not in d.kolom:
        return
    d.kolom.insert(1, "kecamatan")
    d.judul["kecamatan"] = "Kecamatan"
    for b in d.works():
        b.sel["kecamatan"] = "Sikur"
        if d.rng.random() < 0.3:
            after(d, b, Baris(b.sel | {"kecamatan": d.rng.choice(["Terara", "Masbagik"]), "desa": "Jenggik"}))


def desa_kosong(d: Listing) -> None:
    if "desa" in d.kolom:
        for b in d.rng.sample(d.works()[1:], 3):
            b.sel["desa"], b.benar["desa"] = None, None


def lembar_kecamatan(d: Listing) -> None:
    d.nama = "SIKUR"
    if "desa" not in d.kolom and d.atas:
        d.atas = [["DAFTAR USULAN TAHUN 2027"], ["Kecamatan Sikur"], []]
        for b in d.works():
            b.benar["desa"] = None


def ukuran(d: Listing) -> None:
    i = d.kolom.index("volume")
    d.kolom[i : i + 1] = ["p", "l", "t"]
    d.induk |= dict.fromkeys("plt", "Volume")
    d.judul |= {"p": "P", "l": "L", "t": "T"}
    for b in d.works():
        b.sel |= {"p": d.rng.randint(20, 300), "l": 3, "t": 0.2}
        b.benar["volume"] = None


def dana_dicentang(d: Listing) -> None:
    i = d.kolom.index("sumber_dana")
    d.kolom[i : i + 1] = [f"dana{n}" for n in range(4)]
    for n, nama in enumerate(DANA):
        d.judul[f"dana{n}"], d.induk[f"dana{n}"] = nama, "Sumber Dana"
    for b in d.works():
        b.sel[f"dana{DANA.index(b.benar['sumber_dana'])}"] = d.rng.choice(["v", "√", "x"])


def dana_berjumlah(d: Listing) -> None:
    dana_dicentang(d)
    d.kolom.remove("biaya")
    for b in d.works():
        b.sel[f"dana{DANA.index(b.benar['sumber_dana'])}"] = b.sel["biaya"]


def bidang_tanpa_nomor(d: Listing) -> None:
    if "bidang" not in d.kolom:
        return
    d.kolom.remove("bidang")
    for kelompok in groups(d, "bidang"):
        before(d, kelompok[0], Baris({"kegiatan": f"Bidang {kelompok[0].benar['bidang']}"}))


def tanggal(d: Listing) -> None:
    b = d.rng.choice(d.works())
    b.sel["lokasi"], b.benar["lokasi"] = date(2026, 4, 3), None


def baris_kosong(d: Listing) -> None:
    for b in d.rng.sample(d.works(), 2):
        after(d, b, Baris({}))


def rkp(d: Listing) -> None:
    isi = [
        ["RENCANA KERJA PEMERINTAH DESA (RKP DESA)"],
        [],
        ["No", "Kegiatan", "Lokasi", "Volume", "Satuan", "Biaya (Rp)"],
        [1, "Operasional kantor", "Kantor desa", 1, "paket", 9_000_000],
    ]
    d.lembar.append((f"RKP {len(d.lembar)}", isi))


def geser(d: Listing) -> None:
    d.kolom[:0] = ["kosong1", "kosong2"]
    d.judul |= {"kosong1": None, "kosong2": None}
    d.nomor_kolom = [None, None, *d.nomor_kolom] if d.nomor_kolom else None


def judul_patah(d: Listing) -> None:
    if not d.nomor_kolom and not d.induk:
        d.judul |= {"biaya": "Perkiraan Biaya", "sumber_dana": "Sumber"}
        d.nomor_kolom = [{"biaya": "(Rp)", "sumber_dana": "Dana"}.get(k) for k in d.kolom]


def total_desa(d: Listing) -> None:
    for kelompok in groups(d, "desa"):
        after(
            d,
            kelompok[-1],
            Baris(
                {"kegiatan": f"Jumlah Desa {DESA[kelompok[0].benar['desa']]}", "biaya": sum(map(written, kelompok))},
                total=True,
            ),
        )
