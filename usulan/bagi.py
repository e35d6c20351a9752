"""Sharing a whole number out by weights. Pure."""

from collections.abc import Mapping


def share_out(jumlah: int, bobot: Mapping[str, int]) -> dict[str, int]:
    """Return {who: part of ``jumlah``} by the weights, whole numbers that add up to ``jumlah`` exactly.

    Each gets the whole part of its due; what is left goes, one by one, to the largest remainders (Hamilton), among
    equal ones to the larger weight, then to the first key. So a count of 1 goes to one of them and to no other.
    """
    semua = sum(bobot.values())
    dasar = {siapa: divmod(jumlah * b, semua) for siapa, b in bobot.items()}
    hasil = {siapa: utuh for siapa, (utuh, _) in dasar.items()}
    urut = sorted(bobot, key=lambda siapa: (-dasar[siapa][1], -bobot[siapa], siapa))
    for siapa in urut[: jumlah - sum(hasil.values())]:
        hasil[siapa] += 1
    return hasil
