"""What became of last year's proposals, stored beside them as the file says it."""

from decimal import Decimal
from typing import Any

from musrenbang.kunci import check_imported
from musrenbang.sebutan import sebutan
from musrenbang.transisi import Refused
from usulan.models import HasilLalu, ImporUsulan, StatusImpor, Usulan

ANGKA = ("jumlah_disepakati", "jumlah_didanai", "jumlah_realisasi")
KATA = ("disepakati", "didanai", "terlaksana", "alasan")


def store_results(impor: ImporUsulan, usulan: list[Usulan]) -> None:
    """Store one result for each proposal of a file, in their transaction; a row that says nothing is all unknown."""
    check_imported(impor.musrenbang)
    per = {
        (lembar["nama"], u["baris"], u["bagian"] or 0): u for lembar in impor.hasil["lembar"] for u in lembar["usulan"]
    }
    new = [_result(u, per[u.lembar, u.baris or 0, u.bagian]) for u in usulan]
    HasilLalu.objects.bulk_create(new, batch_size=500)


def _result(usulan: Usulan, dibaca: dict[str, Any]) -> HasilLalu:
    content = dibaca.get("hasil") or {}
    return HasilLalu(
        usulan=usulan,
        sumber=(dibaca["sumber_dana"] or "")[:200],
        fisik=Decimal(content["fisik"]) if content.get("fisik") else None,
        sel=content.get("sel") or {},
        **{nama: content.get(nama) for nama in ANGKA},
        **{nama: content.get(nama) or "" for nama in KATA},
    )


def files_of_same_desa(impor: ImporUsulan, usulan: list[Usulan]) -> list[ImporUsulan]:
    """Return the saved files of the imported year that speak of a desa of which these proposals are."""
    own = {kode for u in usulan for kode in u.kode_desa.split(";")}
    existing = Usulan.objects.filter(musrenbang=impor.musrenbang, impor__status=StatusImpor.TERSIMPAN)
    same = {u.impor_id for u in existing.select_related("desa").defer("mentah") if own & set(u.kode_desa.split(";"))}
    return list(ImporUsulan.objects.filter(pk__in=[pk for pk in same if pk]).order_by("pk"))


def check_said_once(impor: ImporUsulan, usulan: list[Usulan]) -> None:
    """Raise Refused while another file has said what became of the same desa's proposals: nothing is stored twice."""
    if other := files_of_same_desa(impor, usulan):
        nama = ", ".join(f"“{i.nama_berkas}”" for i in other)
        raise Refused(
            f"Hasil tahun lalu untuk {sebutan.desa} di berkas ini sudah disimpan dari {nama}. Pilih “Ganti "
            "dengan berkas ini” bila berkas ini yang benar; usulan dan hasil dari berkas lama dikeluarkan. "
            "Tidak ada yang disimpan."
        )
