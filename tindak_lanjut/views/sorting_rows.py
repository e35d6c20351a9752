"""Rows of the sorting grid, drawn alike for the page and for a saved cell."""

import string
from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from musrenbang import format as tulis
from musrenbang.models import Musrenbang, Skpd
from tindak_lanjut.models import Pilahan, StatusPilahan

OPEN_STATUS = (StatusPilahan.ANTRE, StatusPilahan.DISARANKAN)
TAKEN = "su"  # letters of the grid's own: the suggestion, and taking back


def letters_for(offices: Iterable[Skpd]) -> list[tuple[Skpd, str]]:
    """Return each SKPD with the letter that chooses it: the first of its short name, then its name, that is free."""
    free, result = [c for c in string.ascii_lowercase if c not in TAKEN], []
    for one in offices:
        wanted = f"{one.singkatan.removeprefix('Dinas ')}{one.nama.removeprefix('Dinas ')}".lower()
        letter = next((c for c in wanted if c in free), free[0] if free else "")
        if letter:
            free.remove(letter)
        result.append((one, letter))
    return result


def sorting_row(p: Pilahan) -> dict[str, Any]:
    """Return what the row of a work says."""
    return {
        "pk": p.pk,
        "versi": p.versi,
        "nomor": p.baris.nomor,
        "kegiatan": p.baris.kegiatan,
        "tempat": p.baris.lokasi_lengkap,
        "biaya": tulis.rupiah(p.diminta),
        "skpd": p.skpd.nama if p.skpd else "",
        "sebab": p.sebab,
        "keyakinan": tulis.percent(p.keyakinan) if p.keyakinan else "",
        "buka": p.status in OPEN_STATUS,
        "url": f"{reverse('pemilahan:list', args=[p.musrenbang.slug])}?status={StatusPilahan.ANTRE}&pilih={p.pk}",
    }


def sorting_html(row: dict[str, Any]) -> str:
    """Return the row as HTML."""
    return render_to_string("tindak_lanjut/_sorting_row.html", {"b": row})


def grid_context(musrenbang: Musrenbang, works: Iterable[Pilahan], offices: list[Skpd]) -> dict[str, Any]:
    """Return what the page needs for the grid."""
    rows = list(works)
    for one in rows:
        one.musrenbang = musrenbang
    return {"kisi": [sorting_row(one) for one in rows], "huruf": letters_for(offices)}
