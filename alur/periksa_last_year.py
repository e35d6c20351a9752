"""Invariants of an imported last year: it was never held, and what its files say is all that is stored."""

from collections.abc import Iterator

from musrenbang.models import JejakAudit, Musrenbang
from rkp.models import Rkp
from usulan.models import HasilLalu, Usulan
from usulan.queries.last_year import result_words, results_of, tally_results, year_after


def imported_year_faults(musrenbang: Musrenbang) -> Iterator[str]:
    """Yield one sentence for each trace of a meeting in an imported year, and of an import in any other."""
    result = HasilLalu.objects.filter(usulan__musrenbang=musrenbang)
    if not musrenbang.hanya_diimpor:
        if n := result.count():
            yield f"{n} usulan membawa hasil dari berkas, padahal tahun ini tidak diunggah."
        return
    if year_after(musrenbang) is None:
        yield "Tahun ini hanya diunggah, tetapi Musrenbang tahun sesudahnya tidak ada."
    if JejakAudit.objects.filter(musrenbang=musrenbang, aksi="musrenbang.tahap").exists():
        yield "Tahun ini hanya diunggah, tetapi jejaknya mencatat pindah tahap."
    if Rkp.objects.filter(musrenbang=musrenbang).exists() or musrenbang.kehadiran.exists():
        yield "Tahun ini hanya diunggah, tetapi memuat RKP atau kehadiran."
    without = Usulan.objects.filter(musrenbang=musrenbang, hasil_lalu=None).count()
    if without:
        yield f"{without} usulan yang diunggah tidak mempunyai catatan hasil."
        return
    yield from _recaps(musrenbang)


def _recaps(musrenbang: Musrenbang) -> Iterator[str]:
    """By desa and by bidang the same works and rupiah stand as in all, and every value names its cell."""
    usulan = list(results_of(musrenbang))
    rekap = tally_results(usulan)
    everything = vars(rekap.semua)
    for nama, per in (("desa", rekap.desa.values()), ("bidang", rekap.bidang.values())):
        if any(sum(getattr(j, column) for j in per) != nilai for column, nilai in everything.items()):
            yield f"Rekap hasil tahun lalu per {nama} tidak sama dengan jumlah seluruhnya."
    for u in usulan:
        without = [
            n for n in ("disepakati", "didanai", "terlaksana") if getattr(u.hasil_lalu, n) and n not in u.hasil_lalu.sel
        ]
        if without:
            yield f"Usulan {u.nomor}: {result_words(u.hasil_lalu)}, tetapi sel asalnya tidak tercatat."
