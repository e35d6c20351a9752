"""What follows the day, as spreadsheets."""

from collections.abc import Iterable

from musrenbang.infra.sheets import with_gaps, write_xlsx
from musrenbang.labels import words
from musrenbang.models import Musrenbang, Skpd
from musrenbang.sebutan import sebutan
from rkp.queries.dana import dana_of
from tindak_lanjut.models import Pilahan, StatusPilahan, Tanggapan
from tindak_lanjut.queries.kabupaten import BarisKabupaten

DIMINTA = words("Rupiah diminta dari SKPD")
KOLOM_PEMILAHAN = [
    ("No. RKP", 8),
    ("Kegiatan", 44),
    (words("Desa"), 22),
    ("Lokasi", 28),
    ("Volume", 10),
    ("Satuan", 10),
    ("Biaya (Rp)", 18),
    (words("SKPD"), 40),
    ("Status", 16),
    ("Kecocokan saran", 12),
    ("Sebab saran", 44),
    ("Didanai program", 34),
    ("Rupiah dari program", 18),
    (DIMINTA, 18),
    ("Alasan tetap dikirim", 40),
]


def pemilahan_xlsx(musrenbang: Musrenbang, pilahan: Iterable[Pilahan]) -> bytes:
    """Return every agreed work with the SKPD it goes to and why it was suggested."""
    all_rows = list(pilahan)
    pending = sum(p.status in {StatusPilahan.ANTRE, StatusPilahan.DISARANKAN} for p in all_rows)
    nama = (
        f"Pemilahan menurut {sebutan.skpd}, {sebutan.Kecamatan} {musrenbang.kecamatan.nama}, rencana "
        f"{musrenbang.tahun_rencana}"
    )
    return write_xlsx(
        judul=with_gaps(nama, f"{pending} kegiatan belum ditetapkan {sebutan.skpd_nya}" if pending else ""),
        kolom=KOLOM_PEMILAHAN,
        jumlah=["Biaya (Rp)", "Rupiah dari program", DIMINTA],
        baris=(
            [
                p.baris.nomor,
                p.baris.kegiatan,
                p.baris.nama_desa,
                p.baris.lokasi,
                p.baris.volume,
                p.baris.satuan,
                p.baris.biaya,
                p.skpd.nama if p.skpd else None,
                p.get_status_display(),
                p.keyakinan,
                p.sebab,
                (d := dana_of(p, p.baris.biaya)).nama or None,
                d.jumlah or None,
                p.diminta,
                p.alasan_kirim or None,
            ]
            for p in all_rows
        ),
    )


KOLOM_KABUPATEN = [
    ("Kode", 12),
    (words("Kecamatan"), 24),
    ("Tahap", 22),
    ("Tanggal sidang", 14),
    ("Tenggat berikut", 20),
    ("Tanggal tenggat", 14),
    (words("Desa/kelurahan"), 10),
    (words("Desa sudah mengusulkan"), 12),
    ("Usulan", 10),
    ("Jumlah biaya usulan (Rp)", 20),
    ("Disepakati", 10),
    ("Jumlah biaya disepakati (Rp)", 20),
    ("Tanda terima", 32),
    ("Keadaan berkas", 20),
]


def kabupaten_xlsx(nama: str, tahun: int, baris: Iterable[BarisKabupaten]) -> bytes:
    """Return Bappeda's board as a workbook."""
    return write_xlsx(
        judul=f"{sebutan.musrenbang} se-{nama}, {tahun}",
        kolom=KOLOM_KABUPATEN,
        jumlah=["Usulan", "Jumlah biaya usulan (Rp)", "Disepakati", "Jumlah biaya disepakati (Rp)"],
        baris=(
            [
                b.kecamatan.kode,
                b.kecamatan.nama,
                b.acara.get_tahap_display() if b.acara else "belum dijadwalkan",
                b.acara.tanggal if b.acara else None,
                b.tenggat[0] if b.tenggat else None,
                b.tenggat[1] if b.tenggat else None,
                b.desa,
                b.desa_masuk,
                b.usulan,
                b.usulan_rp,
                b.sepakat,
                b.sepakat_rp,
                b.penyampaian.nomor if b.penyampaian else None,
                b.penyampaian.get_status_display() if b.penyampaian else None,
            ]
            for b in baris
        ),
    )


KOLOM_TANGGAPAN = [
    (words("Kecamatan"), 22),
    ("Tahun rencana", 10),
    ("No. RKP", 8),
    ("Kegiatan", 44),
    (words("Desa"), 22),
    ("Lokasi", 28),
    ("Volume", 10),
    ("Satuan", 10),
    ("Biaya (Rp)", 18),
    ("Skor", 8),
    ("Tenggat", 14),
    ("Jawaban", 22),
    ("Jumlah Renja (Rp)", 18),
    ("Kode Renja", 22),
    ("Alasan", 44),
    ("Versi", 8),
    ("Didanai program", 34),
    (DIMINTA, 18),
    ("Alasan tetap diusulkan", 40),
]


def tanggapan_xlsx(skpd: Skpd, pilahan: Iterable[Pilahan], saringan: str = "") -> bytes:
    """Return the works of an SKPD from all kecamatan with its answers; ``saringan``: by what they are filtered."""
    return write_xlsx(
        judul=with_gaps(f"Usulan {sebutan.musrenbang} untuk {skpd.nama}", saringan),
        kolom=KOLOM_TANGGAPAN,
        baris=(
            [
                p.musrenbang.kecamatan.nama,
                str(p.musrenbang.tahun_rencana),
                p.baris.nomor,
                p.baris.kegiatan,
                p.baris.nama_desa,
                p.baris.lokasi,
                p.baris.volume,
                p.baris.satuan,
                p.baris.biaya,
                p.baris.skor,
                p.pengiriman.batas if p.pengiriman else None,
                *(
                    [t.get_jawaban_display(), t.jumlah, t.renja, t.alasan, t.versi]
                    if (t := answer_of(p))
                    else [None] * 5
                ),
                dana_of(p, p.baris.biaya).kalimat or None,
                p.diminta,
                p.alasan_kirim or None,
            ]
            for p in pilahan
        ),
    )


def answer_of(pilahan: Pilahan) -> Tanggapan | None:
    """Return the answer to a work, or None."""
    return getattr(pilahan, "tanggapan", None)
