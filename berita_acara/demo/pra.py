"""What the team prepares before the day."""

from musrenbang import services
from musrenbang.models import Desa, Musrenbang, Pengguna, Skpd, SumberDana

# kind, name, abbreviation of the SKPD, place, rupiah
PROGRAM = [
    ("masuk", "Rehabilitasi jaringan irigasi", "Dinas PUPR", "Saluran sekunder", 850_000_000),
    ("masuk", "Rehabilitasi ruang kelas SD", "Dinas Dikbud", "SDN 1", 320_000_000),
    ("masuk", "Pengadaan bibit dan pupuk", "Distan", "Kelompok tani", 175_000_000),
    ("prioritas", "Peningkatan ruas jalan kabupaten", "Dinas PUPR", "", 2_400_000_000),
    ("prioritas", "Penurunan stunting melalui posyandu terpadu", "Dinkes", "", None),
]


def add_programmes(musrenbang: Musrenbang, by: Pengguna, desa: list[Desa]) -> None:
    """Note the programmes that enter the kecamatan, spread over the desa."""
    kabupaten = musrenbang.kecamatan.kabupaten
    skpd = {s.singkatan: s for s in Skpd.objects.filter(kabupaten=kabupaten)}
    sumber = SumberDana.objects.first()
    for i, (jenis, nama, singkatan, lokasi, anggaran) in enumerate(PROGRAM):
        satu = skpd[singkatan]
        services.save_program(
            musrenbang=musrenbang, by=by, program=None, jenis=jenis, nama=nama, instansi=satu.nama, skpd=satu,
            sumber_dana=sumber, desa=desa[i % len(desa)] if lokasi else None, lokasi=lokasi, anggaran=anggaran,
            keterangan="",
        )  # fmt: skip
