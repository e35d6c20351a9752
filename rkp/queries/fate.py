"""What became of a proposal, step by step, in words for the desa and the public."""

from dataclasses import dataclass
from datetime import datetime

from musrenbang.models import JejakAudit
from musrenbang.sebutan import sebutan
from rkp.models import Keputusan, SumberBaris, VersiKind
from usulan.models import Usulan

KATA = {
    Keputusan.BELUM_DIBAHAS: "Dikembalikan ke daftar yang belum dibahas",
    Keputusan.DISEPAKATI: "Disepakati sidang",
    Keputusan.DENGAN_PERUBAHAN: "Disepakati sidang dengan perubahan",
    Keputusan.CADANGAN: "Dijadikan cadangan",
    Keputusan.BELUM_DISEPAKATI: "Belum disepakati",
    Keputusan.DIGABUNG: "Digabung ke kegiatan lain",
}


LANGKAH = [
    "rkp.adendum",
    "rkp.diputuskan",
    "rkp.disesuaikan",
    "rkp.melampaui_pagu",
    "rkp.digabung",
    "rkp.dipisah",
    "kelompok.diusulkan",
    "kelompok.pindah_bidang",
    "keberatan.dicatat",
    "keberatan.selesai",
]


UMUM = {"keberatan.dicatat": "Ada keberatan dari peserta", "keberatan.selesai": "Keberatan peserta diselesaikan"}


def _sentence(j: JejakAudit) -> str:
    """Say one step in words, from what the trail keeps."""
    if j.aksi == "kelompok.diusulkan":
        usul = Keputusan(j.ke).label.lower() if j.ke else "masih dibahas"
        return f"{j.rincian['kelompok'][1]} mengusulkan: {usul}"
    if j.aksi == "kelompok.pindah_bidang":
        return "Dipindah dari bidang {} ke bidang {}".format(*j.rincian["bidang"])
    if j.aksi == "rkp.adendum":
        return "Redaksinya diperbaiki dengan adendum"
    if j.aksi == "rkp.disesuaikan":
        return "Disesuaikan dengan usulannya yang diubah"
    if j.aksi == "rkp.digabung":
        return f"Digabung ke kegiatan nomor {j.rincian['ke']}"
    if j.aksi == "rkp.dipisah":
        return f"Dipisahkan lagi dari kegiatan nomor {j.rincian['dari']}"
    if j.aksi == "keberatan.dicatat":
        return f"Ada keberatan dari {j.rincian['oleh'][1]}"
    if j.aksi == "keberatan.selesai":
        return f"Keberatan dari {j.rincian['oleh'][1]} diselesaikan"
    return KATA[Keputusan(j.ke)]


@dataclass(frozen=True)
class UsulanStep:
    """One step of a proposal's life: when, what in a sentence, and why.

    ``umum``: what everybody may read instead, where the sentence names a person.
    """

    waktu: datetime | None
    kalimat: str
    alasan: str = ""
    umum: str = ""


def fate(usulan: Usulan) -> list[UsulanStep]:
    """Return the steps in their order; the last one is where the proposal stands now (at most five queries)."""
    steps = []
    if usulan.induk:
        steps.append(UsulanStep(None, f"Digabung ke usulan {usulan.induk.nomor} dari {usulan.induk.pengusul}"))
    linked = ("baris__rkp__musrenbang", "baris__skpd", "baris__digabung_ke")
    source = SumberBaris.objects.filter(usulan=usulan).select_related(*linked).first()
    if source is None:
        return steps or [UsulanStep(None, f"Menunggu dimasukkan ke draf RKP {sebutan.Kecamatan}")]
    baris = source.baris
    skpd = f", untuk {baris.skpd.nama}" if baris.skpd else ""
    steps.append(UsulanStep(None, f"Masuk draf RKP {sebutan.Kecamatan} sebagai kegiatan nomor {baris.nomor}{skpd}"))
    kunci = [f"barisrkp:{pk}" for pk in (baris.pk, baris.digabung_ke_id) if pk]
    jejak = JejakAudit.objects.filter(musrenbang=baris.rkp.musrenbang, objek_id__in=kunci, aksi__in=LANGKAH).order_by(
        "pk"
    )
    steps += [UsulanStep(j.waktu, _sentence(j), j.alasan, UMUM.get(j.aksi, "")) for j in jejak]
    berlaku = (
        (baris.digabung_ke or baris)
        .beku.filter(rkp_versi__status="berlaku", rkp_versi__jenis=VersiKind.DITETAPKAN)
        .select_related("rkp_versi")
        .first()
    )
    if berlaku:
        words = f"Ditetapkan pleno dalam RKP versi {berlaku.rkp_versi.nomor}: {berlaku.get_keputusan_display().lower()}"
        steps.append(UsulanStep(berlaku.rkp_versi.dibuat_pada, words, berlaku.alasan_lengkap))
    return steps
