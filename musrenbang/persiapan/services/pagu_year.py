"""The indicative ceilings of all kecamatan in one spreadsheet."""

from typing import Any

from django.db import transaction

from musrenbang.models import Kabupaten, Musrenbang, Pengguna, SumberDana
from musrenbang.persiapan.services.pagu import set_pagu
from musrenbang.sebutan import sebutan
from musrenbang.tabel import RUPIAH_MAKS, BadTabel
from musrenbang.transisi import Refused

KEPALA_PAGU = ("Kecamatan", "Sumber Dana", "Pagu (Rp)")


@transaction.atomic
def import_pagu(*, kabupaten: Kabupaten, tahun: int, by: Pengguna, baris: list[tuple[int, dict[str, Any]]]) -> int:
    """Set the ceilings of plan year ``tahun``, all of them or none; return how many kecamatan changed.

    A row without an amount takes the ceiling of that source out; sources that are not named stay. Raises BadTabel.
    """
    everything = Musrenbang.objects.held().filter(kecamatan__kabupaten=kabupaten, tahun_rencana=tahun)
    acara = {m.kecamatan.nama.lower(): m for m in everything.select_related("kecamatan")}
    source = {n.lower(): s for s in SumberDana.objects.all() for n in (s.nama, str(s))}
    jumlah: dict[int, dict[SumberDana, int | None]] = {}
    errors = []
    for nomor, content in baris:
        m = acara.get(str(content["Kecamatan"] or "").lower().removeprefix("kecamatan ").strip())
        s, n = source.get(str(content["Sumber Dana"] or "").lower()), content["Pagu (Rp)"]
        if content["Sumber Dana"] is None and n is None:
            continue
        problem = (
            [] if m else [f"{sebutan.kecamatan} “{content['Kecamatan']}” tidak punya musrenbang untuk rencana {tahun}"]
        )
        problem += [] if s else [f"sumber dana “{content['Sumber Dana']}” tidak dikenal"]
        if n is not None and (not isinstance(n, int) or isinstance(n, bool) or not 0 < n < RUPIAH_MAKS):
            problem.append("pagu harus angka rupiah tanpa sen lebih dari 0")
        if m and s and s in jumlah.get(m.pk, {}):
            problem.append("sama dengan baris di atasnya")
        if m and s and not problem:
            jumlah.setdefault(m.pk, {})[s] = n
        elif problem:
            errors.append(f"Baris {nomor}: {'; '.join(problem)}.")
    if errors or not jumlah:
        raise BadTabel(errors or ["Tidak ada satu pagu pun di bawah judul tabel."])
    return _store(acara, jumlah, by)


def _store(acara: dict[str, Musrenbang], jumlah: dict[int, dict[SumberDana, int | None]], by: Pengguna) -> int:
    changed, error = 0, []
    for m in acara.values():
        try:
            changed += set_pagu(musrenbang=m, by=by, jumlah=jumlah[m.pk]) if m.pk in jumlah else False
        except Refused as failure:
            error.append(f"{sebutan.Kecamatan} {m.kecamatan.nama}: {failure}")
    if error:
        raise BadTabel(error)
    return changed
