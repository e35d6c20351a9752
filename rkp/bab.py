"""The chapters around the matrix of the RKP Kecamatan (musrenbang.md 3(c)), from what was recorded."""

from typing import Any

from django.db.models import QuerySet

from musrenbang.models import Musrenbang
from rkp.models import BarisVersi, RkpVersi
from rkp.queries.baris import official_version, version_rows
from rkp.queries.pagu import DESA, recap_of
from rkp.queries.sums import sum_by, sum_plan
from usulan.ownership import CATATAN_BERSAMA, Coverage
from usulan.queries.last_year import results_of, tally_results


def bab_rkp(musrenbang: Musrenbang, versi: RkpVersi) -> dict[str, Any]:
    """Return chapters I to III and VI of a version: who proposed what, last year's outcome, priorities (rupiah)."""
    baris = version_rows(versi)
    villages = list(musrenbang.kecamatan.desa_set.order_by("nama").values_list("nama", flat=True))
    return {
        "profil": {"desa": len(villages), "nama": ", ".join(villages)},
        "bidang": _agreed_by(baris, "bidang__nama"),
        "sumber": _agreed_by(baris, "sumber_dana__nama"),
        "hadir": musrenbang.kehadiran.count(),
        "desa": [
            {
                "nama": r.nama,
                "n": r.n,
                "rp": r.rp,
                "n_sepakat": r.n_sepakat,
                "rp_sepakat": r.rp_sepakat,
                "tanpa_biaya": r.tanpa_biaya,
            }
            for r in recap_of(baris, DESA)
        ],
        "catatan": str(CATATAN_BERSAMA) if baris.filter(cakupan=Coverage.BEBERAPA).exists() else "",
        "prioritas": _priorities(baris),
        "lalu": _last_year(musrenbang),
    }


def _agreed_by(baris: QuerySet[BarisVersi], column: str) -> list[dict[str, Any]]:
    """Agreed works and money by a column, in its order."""
    per = [r for r in recap_of(baris, column) if r.n_sepakat]
    return [{"nama": r.nama, "n": r.n_sepakat, "rp": r.rp_sepakat, "tanpa_biaya": r.tanpa_biaya_sepakat} for r in per]


def _priorities(baris: QuerySet[BarisVersi]) -> list[dict[str, Any]]:
    """Agreed works and money per regional priority, the largest first."""
    per = sum_by(baris, "prioritas_daerah")
    contents = [
        {"nama": nama or "Belum dikaitkan dengan prioritas daerah", **j.sepakat.as_data()}
        for nama, j in per.items()
        if j.sepakat.n
    ]
    return sorted(contents, key=lambda p: -p["rp"])


def _last_year(musrenbang: Musrenbang) -> dict[str, Any] | None:
    """What last year's plan of the same kecamatan agreed, or None when it is not in the application."""
    previous = Musrenbang.objects.filter(
        kecamatan=musrenbang.kecamatan_id, tahun_pelaksanaan=musrenbang.tahun_pelaksanaan - 1
    ).first()
    if previous and previous.hanya_diimpor:
        return imported_figures(previous)
    versi = official_version(previous) if previous else None
    if versi is None:
        return None
    jumlah = sum_plan(version_rows(versi))
    return {
        "tahun": musrenbang.tahun_rencana - 1,
        "n": jumlah.sepakat.n,
        "rp": jumlah.sepakat.rp,
        "belum": jumlah.belum.n + jumlah.cadangan.n,
    }


def imported_figures(past: Musrenbang) -> dict[str, Any] | None:
    """The same of a year that was imported from a spreadsheet, with what was funded and built; unknown is counted."""
    jumlah = tally_results(results_of(past)).semua
    if not jumlah.n:
        return None
    return {
        "tahun": past.tahun_rencana,
        "diimpor": True,
        "usulan": jumlah.n,
        "n": jumlah.sepakat,
        "rp": jumlah.rp_sepakat,
        "kata": jumlah.kata_sepakat,
        "n_dana": jumlah.dana,
        "kata_dana": jumlah.kata_dana,
        "terlaksana": jumlah.terlaksana,
        "belum": jumlah.menunggu,
        "tak_diketahui": jumlah.tak_diketahui,
    }
