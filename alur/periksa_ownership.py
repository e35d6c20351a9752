"""Invariants of ownership: the desa of every work are known, and each way of adding works up comes to the same."""

from collections.abc import Iterator

from musrenbang.format import rupiah
from musrenbang.models import Musrenbang
from rkp.models import BarisRkp, BarisVersi, RkpVersi
from rkp.queries.sums import Baris, sum_by, sum_by_desa, sum_plan
from usulan.models import Usulan
from usulan.ownership import Coverage, OfDesa
from usulan.queries.listing import rekap_bidang
from usulan.queries.ownership import group_by_desa


def ownership_faults(musrenbang: Musrenbang) -> Iterator[str]:
    """Yield one sentence for each work of unknown desa, and for each recap whose total is another one."""
    desa = dict(musrenbang.kecamatan.desa_set.values_list("kode", "nama"))
    usulan = Usulan.objects.filter(musrenbang=musrenbang)
    baris = BarisRkp.objects.filter(rkp__musrenbang=musrenbang)
    for u in usulan.exclude(cakupan=Coverage.KECAMATAN).select_related("desa").order_by("nomor"):
        yield from (f"Usulan {u.nomor}: {words}" for words in _unknown(u, desa))
    for b in baris.exclude(cakupan=Coverage.KECAMATAN).select_related("desa").order_by("nomor"):
        yield from (f"No. {b.nomor}: {words}" for words in _unknown(b, desa))
    yield from _proposals(musrenbang)
    yield from (f"Rekap RKP {words}" for words in _totals(baris))
    for v in RkpVersi.objects.filter(rkp__musrenbang=musrenbang).order_by("pk"):
        yield from (f"Rekap {v} {words}" for words in _totals(BarisVersi.objects.filter(rkp_versi=v)))


def _unknown(work: OfDesa, desa: dict[str, str]) -> Iterator[str]:
    for kode, nama in work.daftar_desa:
        if kode not in desa:
            yield f"desanya {nama} ({kode}) bukan desa di kecamatan ini."
    if any(content["bobot"] <= 0 for content in work.bersama.values()) or len(work.bersama) == 1:
        yield "bagian tiap desanya tidak jelas."


def _proposals(musrenbang: Musrenbang) -> Iterator[str]:
    usulan = Usulan.objects.filter(musrenbang=musrenbang)
    all_rows = list(usulan.select_related("desa"))
    expected = len(all_rows), sum(u.biaya or 0 for u in all_rows)
    per_desa = group_by_desa(all_rows)
    for nama, jumlah in (
        ("per desa dan bidang", rekap_bidang(usulan).total),
        ("per desa", (sum(d.n for d in per_desa), sum(d.rp for d in per_desa))),
    ):
        if jumlah != expected:
            yield f"Rekap usulan {nama}: {_words(*jumlah)}, seharusnya {_words(*expected)}."


def _totals(baris: Baris) -> Iterator[str]:
    """The sums by desa, bidang, SKPD and source each come to the sum of the rows."""
    jumlah = sum_plan(baris).semua
    for nama, per in [("per desa", sum_by_desa(baris))] + [
        (f"per {words}", sum_by(baris, column))
        for words, column in (("bidang", "bidang__nama"), ("SKPD", "skpd__nama"), ("sumber dana", "sumber_dana__nama"))
    ]:
        n, amount_words = sum(j.semua.n for j in per.values()), sum(j.semua.rp for j in per.values())
        if (n, amount_words) != (jumlah.n, jumlah.rp):
            yield f"{nama}: {_words(n, amount_words)}, seharusnya {_words(jumlah.n, jumlah.rp)}."


def _words(n: int, amount_words: int) -> str:
    return f"{n} kegiatan senilai {rupiah(amount_words)}"
