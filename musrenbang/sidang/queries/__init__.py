"""Reads of the hall."""

from musrenbang.sidang.queries.agenda import Butir, Susunan, list_agenda, list_notulen, list_pembicara, order_digest
from musrenbang.sidang.queries.hadir import (
    Hadir,
    Kuorum,
    angka_hadir,
    check_kuorum,
    count_hadir,
    count_undangan,
    days_to_go,
    list_hadir,
    list_undangan,
    registration_closed,
    sidang_of,
    spread_hadir,
)

__all__ = [
    "Butir",
    "Hadir",
    "Kuorum",
    "Susunan",
    "angka_hadir",
    "check_kuorum",
    "count_hadir",
    "count_undangan",
    "days_to_go",
    "list_agenda",
    "list_hadir",
    "list_notulen",
    "list_pembicara",
    "list_undangan",
    "order_digest",
    "registration_closed",
    "sidang_of",
    "spread_hadir",
]
