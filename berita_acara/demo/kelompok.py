"""The demo's groups: who sits in them, what they propose and how they score."""

import random
from typing import Any

from musrenbang.models import Musrenbang, Pengguna
from musrenbang.queries import kriteria_for
from musrenbang.sidang.models import Kehadiran
from rkp import queries, services
from rkp.models import Alasan, BarisRkp, Keputusan
from rkp.queries import BarisKelompok, HasilKelompok


def form_groups(musrenbang: Musrenbang, pmd: Pengguna) -> None:
    """Form a group per bidang and seat the people present."""
    services.fill_kelompok(musrenbang=musrenbang, by=pmd)
    hasil = queries.list_kelompok(musrenbang)
    hadir = list(Kehadiran.objects.filter(musrenbang=musrenbang))
    for i, h in enumerate(hasil):
        orang = hadir[i :: len(hasil)]
        services.set_anggota(
            kelompok=h.kelompok, by=pmd, sidik=queries.members_digest(h.kelompok), anggota=orang, ketua=orang[0],
            notulis=orang[1],
        )  # fmt: skip


def discuss_in_groups(musrenbang: Musrenbang, pemandu: Pengguna, acak: random.Random) -> None:
    """Propose and score every row of every group, put them in order, sign."""
    kode = [k["kode"] for k in kriteria_for(musrenbang)]
    for h in queries.list_kelompok(musrenbang):
        for b in h.baris:
            _propose(h, b, pemandu, acak, kode)
        services.rank_by_score(kelompok=h.kelompok, by=pemandu)
        services.close_kelompok(kelompok=h.kelompok, by=pemandu)


def _propose(h: HasilKelompok, b: BarisKelompok, pemandu: Pengguna, acak: random.Random, kode: list[str]) -> None:
    isi: dict[str, Any] = {k: getattr(b.baris, k) for k in queries.DAPAT_BERUBAH}
    services.save_usulan_kelompok(
        kelompok=h.kelompok, baris=b.baris, versi=0, by=pemandu, nilai={k: acak.randint(1, 5) for k in kode},
        catatan="", **isi | _outcome(b.baris, acak),
    )  # fmt: skip


def _outcome(baris: BarisRkp, acak: random.Random) -> dict[str, Any]:
    undian = acak.random()
    if baris.biaya is None:
        return {
            "usul": Keputusan.BELUM_DISEPAKATI, "alasan_kode": Alasan.DATA_KURANG,
            "alasan": "Biaya belum dihitung; desa diminta melengkapi RAB.",
        }  # fmt: skip
    if undian < 0.09 and baris.volume and baris.volume > 3:
        return {
            "usul": Keputusan.DENGAN_PERUBAHAN, "alasan_kode": Alasan.DISESUAIKAN,
            "alasan": "Volume dikurangi menurut ukur ulang di lapangan.",
            "volume": baris.volume // 4 * 3, "biaya": round(baris.biaya * 3 / 4),
        }  # fmt: skip
    if undian < 0.16:
        return {
            "usul": Keputusan.CADANGAN, "alasan_kode": Alasan.MELAMPAUI_PAGU,
            "alasan": "Menunggu kepastian pagu perubahan.",
        }  # fmt: skip
    if undian < 0.22:
        return {
            "usul": Keputusan.BELUM_DISEPAKATI, "alasan_kode": Alasan.KEWENANGAN_DESA,
            "alasan": "Dapat dikerjakan desa sendiri melalui APBDes.",
        }  # fmt: skip
    return {"usul": Keputusan.DISEPAKATI, "alasan_kode": "", "alasan": ""}
