"""Reads about the ranking."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from musrenbang.models import Musrenbang
from rkp.models import BarisVersi, UsulanKelompok
from rkp.prioritas.masukan import MasukanSalah
from rkp.prioritas.mesin import compute
from rkp.prioritas.models import Nilai, Pemeringkatan, StatusPemeringkatan
from rkp.prioritas.peringkat import SeriBelumPutus, as_text
from rkp.queries import agreed_rows, current_version

PEMECAH_SERI = ["C1", "biaya_terkecil", "putusan"]
NILAI_MAKS = 5
STATUS_DANA = {
    "didanai": "Didanai",
    "didanai_sebagian": "Didanai sebagian",
    "tidak_muat": "Tidak muat",
    "tidak_didanai": "Tidak didanai",
}


def get_pemeringkatan(musrenbang: Musrenbang) -> Pemeringkatan | None:
    """Return the ranking with its criteria, or None before it is opened."""
    return Pemeringkatan.objects.filter(musrenbang=musrenbang).prefetch_related("kriteria", "putusan").first()


def scoring_started(musrenbang: Musrenbang) -> bool:
    """Tell whether a group has scored, or the ranking was opened: the criteria no longer change then."""
    dinilai = UsulanKelompok.objects.filter(kelompok__musrenbang=musrenbang).exclude(nilai={})
    return Pemeringkatan.objects.filter(musrenbang=musrenbang).exists() or dinilai.exists()


def candidates(musrenbang: Musrenbang) -> list[BarisVersi]:
    """Return the agreed rows of the fixed plan: they compete."""
    versi = current_version(musrenbang)
    return list(agreed_rows(versi)) if versi else []


def scores(pemeringkatan: Pemeringkatan) -> dict[int, dict[int, int]]:
    """Return {row: {criterion: score}} by primary keys (one query)."""
    hasil: dict[int, dict[int, int]] = {}
    for baris, kriteria, nilai in Nilai.objects.filter(kriteria__pemeringkatan=pemeringkatan).values_list(
        "baris", "kriteria", "nilai"
    ):
        hasil.setdefault(baris, {})[kriteria] = nilai
    return hasil


def build_masukan(
    pemeringkatan: Pemeringkatan, calon: list[BarisVersi], nilai: dict[int, dict[int, int]]
) -> dict[str, Any]:
    """Return the exact input of ``hitung_prioritas``. Score = sum of (score / 5 x weight), 0 to 100."""
    putusan = {p.baris_id: p.urut for p in pemeringkatan.putusan.all()}
    kriteria = list(pemeringkatan.kriteria.all())
    return {
        "skema": {
            "nama": pemeringkatan.nama,
            "metode": "skor",
            "pagu": pemeringkatan.pagu,
            "kebijakan_sisa": pemeringkatan.kebijakan_sisa,
            "kriteria": [
                {"kode": k.kode, "bobot": as_text(Fraction(k.bobot, NILAI_MAKS)), "jenis": "manfaat"} for k in kriteria
            ],
            "pemecah_seri": PEMECAH_SERI,
        },
        "usulan": [
            {
                "kode": str(c.nomor),
                "biaya": c.biaya,
                "nilai": {
                    k.kode: str(nilai[c.asal_baris_id][k.pk])
                    for k in kriteria
                    if k.pk in nilai.get(c.asal_baris_id, {})
                },
                "putusan": putusan.get(c.asal_baris_id),
            }
            for c in calon
        ],
    }


@dataclass
class Papan:
    """The ranking page: candidates with their scores, the ranked list when it can be made, and what is missing."""

    pemeringkatan: Pemeringkatan
    calon: list[BarisVersi]
    nilai: dict[int, dict[int, int]]
    belum: int
    seri: list[list[str]]
    hasil: dict[str, Any] | None
    galat: str = ""

    @property
    def urutan(self) -> list[dict[str, Any]]:
        """The ranked list with row, score, money and the reason; the last funded row carries the line."""
        return ranked(self.hasil, self.calon) if self.hasil else []

    @property
    def per_kode(self) -> dict[str, BarisVersi]:
        """Candidates by the code they have in the ranking."""
        return {str(c.nomor): c for c in self.calon}


def ranked(hasil: dict[str, Any], calon: list[BarisVersi]) -> list[dict[str, Any]]:
    """Join a result with its rows, in rank order; ``garis`` marks the row after which the pagu line is drawn."""
    per_kode = {str(c.nomor): c for c in calon}
    dana = {p["kode"]: p for p in hasil["pendanaan"]}
    urutan = [{**p, **dana[p["kode"]], "baris": per_kode[p["kode"]], "garis": False} for p in hasil["peringkat"]]
    didanai = [u for u in urutan if u["didanai"]]
    if didanai and len(didanai) < len(urutan):
        didanai[-1]["garis"] = True
    return urutan


def board(musrenbang: Musrenbang) -> Papan | None:
    """Return the ranking page's data; a fixed ranking shows what was fixed, an open one what would come out now."""
    pemeringkatan = get_pemeringkatan(musrenbang)
    if pemeringkatan is None:
        return None
    calon, nilai = candidates(musrenbang), scores(pemeringkatan)
    jumlah_kriteria = len(pemeringkatan.kriteria.all())
    belum = sum(len(nilai.get(c.asal_baris_id, {})) < jumlah_kriteria for c in calon)
    papan = Papan(pemeringkatan, calon, nilai, belum, [], pemeringkatan.hasil)
    if pemeringkatan.status == StatusPemeringkatan.DRAF and calon and not belum:
        try:
            papan.hasil = compute(build_masukan(pemeringkatan, calon, nilai))
        except SeriBelumPutus as seri:
            papan.seri = seri.kode
        except MasukanSalah as salah:
            papan.galat = str(salah)
    return papan
