"""The kamus usulan of a kabupaten, from a spreadsheet."""

from typing import Any

from django.db import transaction

from musrenbang.models import Bidang, Kabupaten, KamusUsulan, Skpd

KEPALA = ("Nama Usulan", "Satuan", "Harga Terendah (Rp)", "Harga Tertinggi (Rp)", "Bidang", "SKPD")
HARGA = KEPALA[2:4]


@transaction.atomic
def import_kamus(
    *, kabupaten: Kabupaten, tahun: int, baris: list[tuple[int, dict[str, Any]]]
) -> tuple[int, list[str]]:  # fmt: skip
    """Replace the kamus of plan year ``tahun`` by the rows of a table; return (works stored, a sentence per bad row).

    With a bad row nothing is changed: the table is mended and sent again whole.
    """
    bidang = {b.nama.lower(): b for b in Bidang.objects.all()}
    skpd = {n.lower(): s for s in Skpd.objects.filter(kabupaten=kabupaten) for n in (s.nama, s.singkatan)}
    galat: list[str] = []
    baru: dict[tuple[str, str], KamusUsulan] = {}
    for nomor, isi in baris:
        kunci = (str(isi["Nama Usulan"] or "").lower(), str(isi["Satuan"] or "").lower())
        masalah = _problems(isi, bidang, skpd) + (["sama dengan baris di atasnya"] if kunci in baru else [])
        if masalah:
            galat.append(f"Baris {nomor}: {'; '.join(masalah)}.")
            continue
        baru[kunci] = KamusUsulan(
            kabupaten=kabupaten, tahun=tahun, nama=str(isi["Nama Usulan"]), satuan=str(isi["Satuan"]),
            harga_min=isi[HARGA[0]], harga_maks=isi[HARGA[1]], bidang=bidang.get(str(isi["Bidang"]).lower()),
            skpd=skpd.get(str(isi["SKPD"]).lower()),
        )  # fmt: skip
    if not baru and not galat:
        galat.append("Tidak ada satu baris pun di bawah judul tabel.")
    if galat:
        return 0, galat
    KamusUsulan.objects.filter(kabupaten=kabupaten, tahun=tahun).delete()
    KamusUsulan.objects.bulk_create(baru.values(), batch_size=500)
    return len(baru), []


def _problems(isi: dict[str, Any], bidang: dict[str, Bidang], skpd: dict[str, Skpd]) -> list[str]:
    """Say what is wrong with one row; a bidang, an SKPD and prices may be blank."""
    masalah = [f"{n} kosong" for n in KEPALA[:2] if not isi[n]]
    masalah += [
        f"{n} terlalu panjang" for n, m in zip(KEPALA[:2], (200, 30), strict=True) if len(str(isi[n] or "")) > m
    ]
    harga = [isi[n] for n in HARGA if isi[n] is not None]
    if any(not isinstance(h, int) or isinstance(h, bool) or not 0 < h < 10**13 for h in harga):
        masalah.append("harga harus angka rupiah bulat lebih dari 0")
    elif len(harga) == 2 and harga[0] > harga[1]:
        masalah.append("harga terendah lebih besar dari harga tertinggi")
    for nama, kenal in (("Bidang", bidang), ("SKPD", skpd)):
        if isi[nama] and str(isi[nama]).lower() not in kenal:
            masalah.append(f"{nama} “{isi[nama]}” tidak dikenal")
    return masalah
