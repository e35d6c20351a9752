"""The ranking of the demo: everything that is agreed, by the criteria of the kecamatan."""

import random
from decimal import Decimal

from musrenbang.models import Musrenbang, Pengguna
from musrenbang.states import Peran
from rkp.prioritas import queries, services
from rkp.prioritas.bawaan import preset
from rkp.prioritas.models import Pemeringkatan
from rkp.queries import agreed_rows, current_version


def rank_works(musrenbang: Musrenbang, orang: dict[str, Pengguna], acak: random.Random) -> None:
    """Open the indicative ceiling with two fifths of what it may pay, score what the groups left blank, fix."""
    sekcam, versi = orang[Peran.SEKCAM], current_version(musrenbang)
    dibayar = preset("piwk")["sumber_dibayar"]
    sepakat = agreed_rows(versi) if versi else []
    jumlah = sum(b.biaya or 0 for b in sepakat if b.name_of("sumber_dana") in dibayar)
    p = services.open_pemeringkatan(
        musrenbang=musrenbang, by=sekcam, kode="piwk", nama=f"Pagu Indikatif Kecamatan {musrenbang.tahun_rencana}",
        pagu=max(jumlah * 2 // 5 // 50_000_000 * 50_000_000, 50_000_000), dasar_hukum="", aturan=preset("piwk"),
    )  # fmt: skip
    sel = {
        (c.calon.pk, k["kode"]): (None, Decimal(acak.randint(1, 5)))
        for c in queries.list_peserta(p)
        for k in queries.kriteria_of(p)
        if c.layak and k["kode"] not in c.nilai
    }
    services.save_nilai(pemeringkatan=p, by=orang[Peran.PEMANDU], sel=sel)
    _settle_ties(p, sekcam)
    services.fix_pemeringkatan(pemeringkatan=p, by=sekcam)


def _settle_ties(p: Pemeringkatan, sekcam: Pengguna) -> None:
    papan = queries.board(p)
    for kelompok in papan.seri:
        urut = {papan.per_kode[kode].calon.baris_id: i for i, kode in enumerate(kelompok, start=1)}
        services.settle_seri(pemeringkatan=p, by=sekcam, urut=urut, alasan="Diputus musyawarah pleno.")
