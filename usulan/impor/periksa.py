"""Whether what was read makes sense: amounts beside each other, and texts beside the room there is for them. Pure."""

from statistics import median

from musrenbang.format import rupiah
from usulan.impor.grid import Grid
from usulan.impor.results import BarisUsulan, SheetResult, normal
from usulan.impor.tabel import Tabel

WAJAR = 1_000_000  # rupiah: half of a village's works cost more
KELIPATAN = 1_000
PALING_SEDIKIT = 3
BATAS = {
    "bidang": 200,
    "kegiatan": 500,
    "permasalahan": 500,
    "lokasi": 300,
    "satuan": 40,
    "manfaat": 300,
    "waktu": 100,
    "skpd": 200,
}
SEBUTAN = {
    "bidang": "Bidang",
    "kegiatan": "Nama kegiatan",
    "permasalahan": "Permasalahan",
    "lokasi": "Lokasi",
    "satuan": "Satuan",
    "manfaat": "Sasaran/manfaat",
    "waktu": "Waktu",
    "skpd": "SKPD",
}


def check_sheet(result: SheetResult, grid: Grid, tabel: list[Tabel]) -> None:
    """Add remarks on amounts that cannot be rupiah, on one that towers over the rest, and on texts too long to keep."""
    for usulan in result.usulan:
        _check_lengths(usulan)
    biaya = sorted(u.biaya for u in result.usulan if u.biaya)
    if len(biaya) < PALING_SEDIKIT:
        return
    middle = median(biaya)
    result.ragu_uang = middle < WAJAR
    if result.ragu_uang:
        result.catatan.append(
            f"Separuh usulan di lembar kerja ini berbiaya di bawah Rp1 juta (nilai tengah {rupiah(int(middle))}). "
            "Mungkin angkanya dalam ribuan atau jutaan rupiah; pilih satuannya di bawah bila demikian."
        )
    for usulan in result.usulan:
        if usulan.biaya and usulan.biaya >= middle * KELIPATAN:
            usulan.peringatan.append("Biayanya seribu kali biaya usulan lain di lembar kerja ini; periksa nolnya.")


def mark_repeated(lembar: list[SheetResult]) -> None:
    """Say at each row of last year's that is the same as an earlier one of the file: it would count twice in the sums.

    It is not left out: two works may well read alike, and a person sees which.
    """
    seen: dict[tuple[object, ...], str] = {}
    for nama, u in ((sheet.nama, u) for sheet in lembar for u in sheet.usulan if u.kegiatan and u.desa):
        here = f"{u.baris} lembar kerja “{nama}”"
        same = (u.desa, normal(u.kegiatan or ""), normal(u.lokasi or ""), u.volume, u.biaya)
        first = seen.setdefault(same, here)
        if first != here:
            u.peringatan.append(
                f"Sama dengan baris {first}, jadi dihitung dua kali. Bila hanya tertulis ulang, pilih “Tandai bukan "
                "usulan”."
            )


def _check_lengths(usulan: BarisUsulan) -> None:
    for nama, limit in BATAS.items():
        text = getattr(usulan, nama)
        if text and len(text) > limit:
            usulan.peringatan.append(
                f"{SEBUTAN[nama]} {len(text)} huruf; yang disimpan {limit} huruf pertama, "
                "selengkapnya ada di isi sel apa adanya."
            )
