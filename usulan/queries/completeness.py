"""What each desa handed in."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from musrenbang.akses import Akses
from musrenbang.models import Desa, Musrenbang
from musrenbang.sebutan import sebutan
from usulan.models import KelengkapanDesa
from usulan.queries.listing import rekap_desa
from usulan.queries.ownership import proposing_desa


@dataclass(frozen=True)
class CompletenessRow:
    """One desa on the completeness board. Amounts in rupiah; ``kurang`` says in words what is still missing.

    ``ikut``: shared proposals that are counted at another desa.
    """

    desa: Desa
    catatan: KelengkapanDesa
    jumlah: int
    perlu: int
    ikut: int
    total: int | None
    kurang: list[str]

    @property
    def pengingat(self) -> str:
        """A text ready to be sent to the desa."""
        item = "".join(f"\n{i}. {k[0].upper()}{k[1:]}" for i, k in enumerate(self.kurang, 1))
        return (
            f"Yth. Kepala {self.desa.sebutan}. Menjelang {sebutan.musrenbang}, yang belum kami terima dari "
            f"{self.desa.sebutan}:{item}\nMohon dikirim sebelum hari sidang. Terima kasih."
        )


def check_completeness(desa: Desa, akses: Akses) -> None:
    """Raise PermissionDenied for an operator of another desa."""
    if akses.terbatas and desa.pk not in akses.desa:
        raise PermissionDenied(f"Anda hanya dapat mengisi kelengkapan {sebutan.desa} sendiri.")


def list_completeness(musrenbang: Musrenbang, akses: Akses) -> list[CompletenessRow]:
    """Return every desa the person may see with what it handed in so far (four queries)."""
    desa = {d.kode: d for d in musrenbang.kecamatan.desa_set.all()}
    catatan = {k.desa_id: k for k in KelengkapanDesa.objects.filter(musrenbang=musrenbang)}
    entered = proposing_desa([musrenbang.pk]).get(musrenbang.pk, set())
    results = []
    for r in rekap_desa(musrenbang, akses):
        if not r["kode"]:
            continue  # the kecamatan's own proposals: nobody hands them in
        one = desa[r["kode"]]
        content = catatan.get(one.pk) or KelengkapanDesa(musrenbang=musrenbang, desa=one)
        missing = [] if one.pk in entered else [sebutan.daftar_desa]
        missing += [f"kelengkapan {r['perlu']} usulan (lokasi, volume, satuan, atau biaya)"] if r["perlu"] else []
        missing += [] if content.ba_nomor and content.ba_tanggal else [f"Berita Acara Musrenbang {sebutan.Desa}"]
        missing += [] if content.nama_delegasi else [f"nama delegasi {sebutan.desa}"]
        results.append(CompletenessRow(one, content, r["jumlah"], r["perlu"], r["ikut"], r["total"], missing))
    return results
