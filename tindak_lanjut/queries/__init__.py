"""Reads about what follows the day."""

from tindak_lanjut.queries.kabupaten import (
    Banding,
    BarisKabupaten,
    compare_event,
    kabupaten_board,
    list_packages,
    next_deadline,
    waiting_packages,
)
from tindak_lanjut.queries.pemilahan import (
    Ringkasan,
    list_pilahan,
    options_for,
    pemilah_of,
    per_skpd,
    rows_to_sort,
    skpd_with_rows,
    sorted_rows,
    sorting_summary,
    text_of,
)
from tindak_lanjut.queries.pengesahan import Keadaan, list_notes, open_notes, stages_of
from tindak_lanjut.queries.pengiriman import KirimSkpd, days_left, incoming, list_sendings, unsent_works
from tindak_lanjut.queries.publik import Hasil, list_public, public_life, public_result, public_rows
from tindak_lanjut.queries.tanggapan import answer_summary, fate, works_of

__all__ = [
    "Banding",
    "BarisKabupaten",
    "Hasil",
    "Keadaan",
    "KirimSkpd",
    "Ringkasan",
    "answer_summary",
    "compare_event",
    "days_left",
    "fate",
    "incoming",
    "kabupaten_board",
    "list_notes",
    "list_packages",
    "list_pilahan",
    "list_public",
    "list_sendings",
    "next_deadline",
    "open_notes",
    "options_for",
    "pemilah_of",
    "per_skpd",
    "public_life",
    "public_result",
    "public_rows",
    "rows_to_sort",
    "skpd_with_rows",
    "sorted_rows",
    "sorting_summary",
    "stages_of",
    "text_of",
    "unsent_works",
    "waiting_packages",
    "works_of",
]
