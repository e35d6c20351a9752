"""What became of a proposal, step by step, in words for the desa and the public."""

from dataclasses import dataclass
from datetime import datetime

from musrenbang.models import JejakAudit
from rkp.models import Keputusan, SumberBaris
from usulan.models import Usulan

KATA = {
    Keputusan.BELUM_DIBAHAS: "Dikembalikan ke daftar yang belum dibahas",
    Keputusan.DISEPAKATI: "Disepakati sidang",
    Keputusan.DENGAN_PERUBAHAN: "Disepakati sidang dengan perubahan",
    Keputusan.CADANGAN: "Dijadikan cadangan",
    Keputusan.BELUM_DISEPAKATI: "Belum disepakati",
}


@dataclass(frozen=True)
class LangkahUsulan:
    """One step of a proposal's life: when, what in a sentence, and why."""

    waktu: datetime | None
    kalimat: str
    alasan: str = ""


def fate(usulan: Usulan) -> list[LangkahUsulan]:
    """Return the steps in their order; the last one is where the proposal stands now (at most four queries)."""
    langkah = []
    if usulan.induk:
        langkah.append(
            LangkahUsulan(None, f"Digabung ke usulan {usulan.induk.nomor} dari Desa {usulan.induk.desa.nama}")
        )
    sumber = (
        SumberBaris.objects.filter(usulan=usulan).select_related("baris__rkp__musrenbang", "baris__skpd").first()
    )  # fmt: skip
    if sumber is None:
        return langkah or [LangkahUsulan(None, "Menunggu dimasukkan ke draf RKP Kecamatan")]
    baris = sumber.baris
    skpd = f", untuk {baris.skpd.nama}" if baris.skpd else ""
    langkah.append(LangkahUsulan(None, f"Masuk draf RKP Kecamatan sebagai kegiatan nomor {baris.nomor}{skpd}"))
    jejak = JejakAudit.objects.filter(
        musrenbang=baris.rkp.musrenbang, objek_id=f"barisrkp:{baris.pk}",
        aksi__in=["rkp.diputuskan", "rkp.melampaui_pagu"],
    ).order_by("pk")  # fmt: skip
    langkah += [LangkahUsulan(j.waktu, KATA[Keputusan(j.ke)], j.alasan) for j in jejak]
    berlaku = baris.beku.filter(rkp_versi__status="berlaku").select_related("rkp_versi").first()
    if berlaku:
        kata = f"Ditetapkan pleno dalam RKP versi {berlaku.rkp_versi.nomor}: {berlaku.get_keputusan_display().lower()}"
        langkah.append(LangkahUsulan(berlaku.rkp_versi.dibuat_pada, kata, berlaku.alasan_lengkap))
    return langkah
