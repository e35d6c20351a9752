"""The indicative ceilings of all kecamatan in one spreadsheet."""

from typing import Any

from django.db import transaction

from musrenbang.models import Kabupaten, Musrenbang, Pengguna, SumberDana
from musrenbang.persiapan.services.pagu import set_pagu
from musrenbang.sebutan import sebutan
from musrenbang.tabel import RUPIAH_MAKS, TabelSalah
from musrenbang.transisi import Ditolak

KEPALA_PAGU = ("Kecamatan", "Sumber Dana", "Pagu (Rp)")


@transaction.atomic
def import_pagu(*, kabupaten: Kabupaten, tahun: int, by: Pengguna, baris: list[tuple[int, dict[str, Any]]]) -> int:
    """Set the ceilings of plan year ``tahun``, all of them or none; return how many kecamatan changed.

    A row without an amount takes the ceiling of that source out; sources that are not named stay. Raises TabelSalah.
    """
    semua = Musrenbang.objects.filter(kecamatan__kabupaten=kabupaten, tahun_rencana=tahun)
    acara = {m.kecamatan.nama.lower(): m for m in semua.select_related("kecamatan")}
    sumber = {s.nama.lower(): s for s in SumberDana.objects.all()}
    jumlah: dict[int, dict[SumberDana, int | None]] = {}
    galat = []
    for nomor, isi in baris:
        m = acara.get(str(isi["Kecamatan"] or "").lower().removeprefix("kecamatan ").strip())
        s, n = sumber.get(str(isi["Sumber Dana"] or "").lower()), isi["Pagu (Rp)"]
        if isi["Sumber Dana"] is None and n is None:
            continue
        masalah = (
            [] if m else [f"{sebutan.kecamatan} “{isi['Kecamatan']}” tidak punya musrenbang untuk rencana {tahun}"]
        )
        masalah += [] if s else [f"sumber dana “{isi['Sumber Dana']}” tidak dikenal"]
        if n is not None and (not isinstance(n, int) or isinstance(n, bool) or not 0 < n < RUPIAH_MAKS):
            masalah.append("pagu harus angka rupiah bulat lebih dari 0")
        if m and s and s in jumlah.get(m.pk, {}):
            masalah.append("sama dengan baris di atasnya")
        if m and s and not masalah:
            jumlah.setdefault(m.pk, {})[s] = n
        elif masalah:
            galat.append(f"Baris {nomor}: {'; '.join(masalah)}.")
    if galat or not jumlah:
        raise TabelSalah(galat or ["Tidak ada satu pagu pun di bawah judul tabel."])
    return _store(acara, jumlah, by)


def _store(acara: dict[str, Musrenbang], jumlah: dict[int, dict[SumberDana, int | None]], by: Pengguna) -> int:
    berubah, galat = 0, []
    for m in acara.values():
        try:
            berubah += set_pagu(musrenbang=m, by=by, jumlah=jumlah[m.pk]) if m.pk in jumlah else False
        except Ditolak as penolakan:
            galat.append(f"{sebutan.Kecamatan} {m.kecamatan.nama}: {penolakan}")
    if galat:
        raise TabelSalah(galat)
    return berubah
