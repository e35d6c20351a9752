"""What follows the day, as spreadsheets and open data."""

from tindak_lanjut.dokumen.durkp import KAMUS_DURKP, durkp_csv, durkp_data, durkp_xlsx
from tindak_lanjut.dokumen.lembar import kabupaten_xlsx, pemilahan_xlsx, tanggapan_xlsx

__all__ = [
    "KAMUS_DURKP",
    "durkp_csv",
    "durkp_data",
    "durkp_xlsx",
    "kabupaten_xlsx",
    "pemilahan_xlsx",
    "tanggapan_xlsx",
]
