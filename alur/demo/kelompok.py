"""The demo's groups: who sits in them, what they propose and how they score."""

import random
from typing import Any

from musrenbang.models import Musrenbang, Pengguna
from musrenbang.persiapan.queries import kriteria_for
from musrenbang.sidang.models import Kehadiran, Unsur
from rkp.models import Alasan, BarisRkp, Keputusan
from rkp.queries.content import DAPAT_BERUBAH
from rkp.queries.kelompok import BarisKelompok, KelompokResult, list_kelompok, members_digest
from rkp.services.kelompok import close_kelompok, fill_kelompok, set_members
from rkp.services.usulan_kelompok import rank_by_score, save_usulan_kelompok

PIMPINAN = ("Camat", "Sekretaris Camat")
"""Who leads the whole meeting and sits in no group."""


def form_groups(musrenbang: Musrenbang, pmd: Pengguna) -> None:
    """Form a group per bidang and seat the people present."""
    fill_kelompok(musrenbang=musrenbang, by=pmd)
    result = list_kelompok(musrenbang)
    everything = Kehadiran.objects.filter(musrenbang=musrenbang).exclude(lembaga__in=PIMPINAN)
    ketua = list(everything.filter(unsur__in=(Unsur.SKPD, Unsur.LPM, Unsur.TOKOH)))
    notulis = list(everything.filter(unsur__in=(Unsur.SETRAWAN, Unsur.PEREMPUAN, Unsur.KECAMATAN)))
    others = [h for h in everything if h not in ketua and h not in notulis]
    for i, h in enumerate(result):
        person = [*ketua[i :: len(result)], *notulis[i :: len(result)], *others[i :: len(result)]]
        set_members(
            kelompok=h.kelompok,
            by=pmd,
            sidik=members_digest(h.kelompok),
            anggota=person,
            ketua=ketua[i % len(ketua)],
            notulis=notulis[i % len(notulis)],
        )


def discuss_in_groups(musrenbang: Musrenbang, pemandu: Pengguna, dice: random.Random) -> None:
    """Propose and score every row of every group, put them in order, sign."""
    kode = [k["kode"] for k in kriteria_for(musrenbang)]
    for h in list_kelompok(musrenbang):
        for b in h.baris:
            _propose(h, b, pemandu, dice, kode)
        rank_by_score(kelompok=h.kelompok, by=pemandu)
        close_kelompok(kelompok=h.kelompok, by=pemandu)


def _propose(h: KelompokResult, b: BarisKelompok, pemandu: Pengguna, dice: random.Random, kode: list[str]) -> None:
    content: dict[str, Any] = {k: getattr(b.baris, k) for k in DAPAT_BERUBAH}
    save_usulan_kelompok(
        kelompok=h.kelompok,
        baris=b.baris,
        versi=0,
        by=pemandu,
        nilai={k: dice.randint(1, 5) for k in kode},
        catatan="",
        **content | _outcome(b.baris, dice),
    )


MILIK_DESA = (
    "Rabat beton gang",
    "Pembinaan karang taruna",
    "Peralatan sanggar",
    "Pengadaan komputer",
    "Rehab kantor desa",
    "Pembangunan lapangan bola voli",
)
"""Small works within the desa's own power."""
BERLAHAN = ("Pembangunan gedung", "Tempat pembuangan sampah", "Sumur bor")
BANTUAN = ("Bantuan", "Benih ikan", "Mesin pemipil")


def _refusal(kegiatan: str) -> dict[str, Any] | None:
    """Return why a work is not agreed, by a reason that fits it; None where none does."""
    if kegiatan.startswith(MILIK_DESA):
        kode, alasan = Alasan.KEWENANGAN_DESA, "Skalanya desa; dikerjakan desa sendiri melalui APBDes."
    elif kegiatan.startswith(BERLAHAN):
        kode, alasan = Alasan.LAHAN, "Lahannya milik perorangan dan surat hibahnya belum ada."
    elif kegiatan.startswith(BANTUAN):
        kode, alasan = Alasan.HIBAH, "Kelompok penerima belum berbadan hukum; desa membantu pendaftarannya."
    else:
        return None
    return {"usul": Keputusan.BELUM_DISEPAKATI, "alasan_kode": kode, "alasan": alasan}


def _outcome(baris: BarisRkp, dice: random.Random) -> dict[str, Any]:
    lottery = dice.random()
    if baris.biaya is None:
        return {
            "usul": Keputusan.BELUM_DISEPAKATI,
            "alasan_kode": Alasan.DATA_KURANG,
            "alasan": "Biaya belum dihitung; desa diminta melengkapi RAB.",
        }
    if lottery < 0.09 and baris.volume and baris.volume > 3:
        measure = "Panjangnya dikurangi menurut ukur ulang di lapangan." if baris.satuan == "m" else ""
        return {
            "usul": Keputusan.DENGAN_PERUBAHAN,
            "alasan_kode": Alasan.DISESUAIKAN,
            "alasan": measure or "Jumlahnya dikurangi menurut data penerima yang diperiksa di lapangan.",
            "volume": baris.volume // 4 * 3,
            "biaya": round(baris.biaya * (baris.volume // 4 * 3) / baris.volume),
        }
    if lottery < 0.14:
        return {
            "usul": Keputusan.CADANGAN,
            "alasan_kode": Alasan.MELAMPAUI_PAGU,
            "alasan": "Pagu tidak cukup untuk yang kurang mendesak; menunggu pagu perubahan.",
        }
    if lottery < 0.3 and (reject := _refusal(baris.kegiatan)):
        return reject
    return {"usul": Keputusan.DISEPAKATI, "alasan_kode": "", "alasan": ""}
