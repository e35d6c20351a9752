"""Sharing a whole number out by weights. Pure."""

from collections.abc import Mapping


def share_out(jumlah: int, bobot: Mapping[str, int]) -> dict[str, int]:
    """Return {who: part of ``jumlah``} by the weights, whole numbers that add up to ``jumlah`` exactly.

    Each gets the whole part of its due; what is left goes, one by one, to the largest remainders (Hamilton), among
    equal ones to the larger weight, then to the first key. So a count of 1 goes to one of them and to no other.
    """
    everything = sum(bobot.values())
    base = {who: divmod(jumlah * b, everything) for who, b in bobot.items()}
    result = {who: whole for who, (whole, _) in base.items()}
    ordered = sorted(bobot, key=lambda who: (-base[who][1], -bobot[who], who))
    for who in ordered[: jumlah - sum(result.values())]:
        result[who] += 1
    return result
