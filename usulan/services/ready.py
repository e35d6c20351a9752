"""Saving at once every read file that nothing is left to ask about."""

from dataclasses import dataclass

from musrenbang.akses import Akses
from musrenbang.kunci import allowed_in
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.transisi import Refused
from usulan.izin import BOLEH_USULAN
from usulan.models import ImporUsulan
from usulan.queries.waiting import list_waiting
from usulan.services.impor import commit_impor


@dataclass(frozen=True)
class Saved:
    """The files that were saved, the number of their proposals, and a sentence for each file that was not."""

    files: list[ImporUsulan]
    usulan: int
    left: list[str]


@allowed_in(BOLEH_USULAN)
def commit_complete(*, musrenbang: Musrenbang, akses: Akses, by: Pengguna, files: list[int]) -> Saved:
    """Save those of the files, as the page listed them, that are still complete; each is saved whole or not at all.

    One that was saved, taken back or corrected meanwhile, or that another file now rivals, is left and named.

    Raises:
        Refused: None of them can be saved any more; nothing was.
    """
    waiting = {f.impor.pk: f for f in list_waiting(musrenbang, akses)}
    saved, count, left = [], 0, []
    for key in files:
        one = waiting.get(key)
        if one is None:
            continue
        if not one.lengkap:
            left.append(f"{one.impor.nama_berkas} belum disimpan. {' '.join(one.kurang)}")
            continue
        try:
            count += commit_impor(impor=one.impor, by=by, only_desa=akses.desa if akses.terbatas else None)
            saved.append(one.impor)
        except Refused as error:
            left.append(f"{one.impor.nama_berkas} belum disimpan. {error}")
    if not saved:
        raise Refused(" ".join(left) or "Berkas ini sudah disimpan atau ditarik. Tidak ada yang disimpan dua kali.")
    return Saved(saved, count, left)
