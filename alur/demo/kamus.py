"""The kabupaten's kamus for the demo: what works are called, what they cost, and which SKPD they belong to."""

from alur.demo.data import KATALOG
from musrenbang.acuan.tables import TABEL
from musrenbang.models import Kabupaten, KamusUsulan, Pengguna, Skpd
from musrenbang.tabel import save_row

DINAS = {
    "Pengerasan jalan usaha tani": "Distan",
    "Rehabilitasi irigasi tersier": "Dinas PUPR",
    "Pembangunan jembatan plat beton": "Dinas PUPR",
    "Bronjong penahan tebing kali": "Dinas PUPR",
    "Rehab rumah tidak layak huni": "Dinas Perkim",
    "Rabat beton gang permukiman": "Dinas Perkim",
    "Rehab ruang kelas SD": "Dinas Dikbud",
    "Pembangunan gedung posyandu": "Dinkes",
    "Penerangan jalan umum tenaga surya": "Dishub",
    "Tempat pembuangan sampah sementara dan gerobak": "DLH",
    "Bantuan ternak kambing": "Disnakkeswan",
    "Benih ikan dan kolam terpal": "DKP",
    "Modal simpan pinjam perempuan": "DP3AKB",
    "Pembangunan lapangan bola voli": "Dispora",
    "Pelatihan menjahit dan bantuan mesin": "Disnakertrans",
    "Penataan jalur wisata air terjun": "Dispar",
}
"""Work -> the abbreviation of its SKPD."""


def fill_dictionary(kabupaten: Kabupaten, tahun: int, by: Pengguna) -> None:
    """Note the usual works of plan year ``tahun`` with a price band around what the demo's desa ask for."""
    agency = {s.singkatan: s for s in Skpd.objects.filter(kabupaten=kabupaten)}
    for j in KATALOG:
        if j.kegiatan in DINAS:
            skpd = agency[DINAS[j.kegiatan]]
            one = KamusUsulan(
                nama=j.kegiatan,
                satuan=j.satuan,
                harga_min=j.harga * 7 // 10,
                harga_maks=j.harga * 13 // 10,
                bidang=skpd.bidang,
                skpd=skpd,
            )
            save_row(tabel=TABEL["kamus"], kabupaten=kabupaten, tahun=tahun, by=by, objek=one)
