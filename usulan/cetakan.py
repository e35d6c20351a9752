"""Papers of the proposals."""

from typing import Any

from musrenbang import format as tulis
from musrenbang.akses import Akses
from musrenbang.cetakan import Cetakan, Isi, Tabel, decimal_of
from musrenbang.format import unknown_costs
from musrenbang.labels import words
from musrenbang.models import Musrenbang
from musrenbang.sebutan import sebutan
from musrenbang.states import Peran
from usulan.models import Usulan
from usulan.ownership import CATATAN_BERSAMA, DesaShare, words_of_desa
from usulan.queries.listing import list_usulan
from usulan.queries.ownership import group_by_desa

PEMBACA_PENUH = Akses(frozenset({Peran.SEKCAM}), frozenset(), frozenset())


def rekap_usulan(musrenbang: Musrenbang) -> dict[str, Any]:
    """The recap of proposals per desa (musrenbang.md 3(b)); of one of several desa each has its part."""
    desa = group_by_desa(list_usulan(musrenbang, PEMBACA_PENUH).order_by("nomor"))
    return {
        "desa": [
            {
                "desa": d.nama,
                "sebutan": words_of_desa([(d.kode, d.nama)]) if d.kode else d.nama,
                "n": d.n,
                "ikut": d.ikut,
                "jumlah": d.rp,
                "baris": [_proposal(u, b) for u, b in d.isi],
            }
            for d in desa
        ],
        "total": sum(d.rp for d in desa),
        "tanpa_biaya": len({u.pk for d in desa for u, _ in d.isi if u.biaya is None}),
        "catatan": str(CATATAN_BERSAMA) if any(d.ikut for d in desa) else "",
    }


def _proposal(u: Usulan, part: DesaShare) -> dict[str, Any]:
    """Return a proposal as one desa's recap prints it: with that desa's part of the cost, and whose the whole is."""
    together = ""
    if not u.satu_desa and part.kode:
        together = f"Bersama {u.sebutan_desa}; seluruhnya {tulis.rupiah(u.biaya)}."
    return {
        "nomor": u.nomor,
        "bidang": u.bidang_teks,
        "kegiatan": u.kegiatan,
        "lokasi": u.lokasi,
        "volume": None if u.volume is None else f"{u.volume.normalize():f}",
        "satuan": u.satuan,
        "biaya": part.rp,
        "sumber_dana": str(u.sumber_dana or ""),
        "manfaat": u.manfaat,
        "pengusul": "" if u.proposed_by_desa else u.dokumen_asal,
        "bersama": together,
    }


def rekap_usulan_tabel(content: Isi) -> Tabel:
    """The proposals by desa."""
    columns = [
        (sebutan.Desa, 22),
        ("No.", 8),
        ("Bidang", 26),
        ("Kegiatan", 44),
        ("Lokasi", 28),
        ("Volume", 12),
        ("Satuan", 10),
        ("Perkiraan Biaya (Rp)", 20),
        ("Sumber Dana", 18),
        ("Sasaran/Manfaat", 26),
        ("Keterangan", 36),
    ]
    return Tabel(
        columns,
        (
            [
                d["desa"],
                b["nomor"],
                b["bidang"],
                b["kegiatan"],
                b["lokasi"],
                decimal_of(b["volume"]),
                b["satuan"],
                b["biaya"],
                b["sumber_dana"],
                b["manfaat"],
                f"{b['pengusul']} {b['bersama']}".strip() or None,
            ]
            for d in content["desa"]
            for b in d["baris"]
        ),
        jumlah=["Perkiraan Biaya (Rp)"],
        kurang=unknown_costs(b["biaya"] for d in content["desa"] for b in d["baris"]),
    )


CETAKAN: dict[str, Cetakan] = {
    "rekap_usulan": Cetakan(
        words("Rekapitulasi usulan desa"),
        words("per desa, dengan jumlah"),
        rekap_usulan,
        "pdf/rekap_usulan.html",
        xlsx=rekap_usulan_tabel,
    ),
}
