"""The rankings of the demo: PNPM MPd by votes, P2SPP by the groups' orders, the indicative ceiling by scores.

They are opened before the plenary fixes the plan, with candidates, verification and voters: whoever opens the demo at
the ranking can rank each of them as it stands. Their candidates are apart, so that no work is paid twice.
"""

import random
from datetime import timedelta
from decimal import Decimal
from typing import Any

from alur.demo.data import SIMPAN_PINJAM
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.naskah import classification
from musrenbang.nomor import format_nomor
from musrenbang.sidang.models import Kehadiran, Unsur
from musrenbang.states import Peran
from rkp.models import SEPAKAT, BarisRkp
from rkp.prioritas.models import KodeSuara, Pemeringkatan, VotingWay
from rkp.prioritas.presets import BAWAAN, preset
from rkp.prioritas.queries.board import board
from rkp.prioritas.queries.candidates import list_peserta
from rkp.prioritas.queries.input import kriteria_of
from rkp.prioritas.services.candidates import (
    add_candidate,
    approve_less,
    save_candidate,
    save_state,
    save_values,
    save_verification,
)
from rkp.prioritas.services.pemilih import add_pemilih
from rkp.prioritas.services.peringkat import fix_pemeringkatan, open_pemeringkatan, save_ordering, set_spc
from rkp.prioritas.services.suara import close_pemungutan, open_pemungutan
from rkp.prioritas.services.surat_suara import cast_ballot, mark_voted, save_paper
from rkp.prioritas.services.ties import settle_tie

Orang = dict[str, Pengguna]
JENIS = {
    "pendidikan": ("Rehab ruang kelas", "Pengadaan mebeler"),
    "kesehatan": ("Pembangunan gedung posyandu", "Rehabilitasi puskesmas"),
    "kapasitas": ("Pelatihan",),
    "prasarana": (
        "Pengerasan",
        "Rehabilitasi irigasi",
        "Pembangunan drainase",
        "Pembangunan jembatan",
        "Sumur bor",
        "Rabat beton",
        "Bronjong",
        "Rehab rumah",
        "Penerangan",
        "Tempat pembuangan",
    ),
}
"""Kinds of work that PNPM MPd pays, by how their titles begin."""
PER_LEMBAR = 4  # delegates who vote on paper
TIDAK_MEMILIH = 3


def prepare_rankings(musrenbang: Musrenbang, person: Orang, dice: random.Random) -> None:
    """Register the voters, then open what has candidates enough, each with what its rules ask for."""
    sekcam = person[Peran.SEKCAM]
    delegasi = Kehadiran.objects.filter(musrenbang=musrenbang, unsur=Unsur.DELEGASI_DESA).values_list("pk", flat=True)
    add_pemilih(musrenbang=musrenbang, by=sekcam, kehadiran=list(delegasi))
    for i, desa in enumerate(musrenbang.kecamatan.desa_set.all(), 1):
        save_state(
            musrenbang=musrenbang,
            desa=desa,
            by=sekcam,
            versi=0,
            tahap_kurang="",
            hadir_laki=30 + i,
            hadir_perempuan=26 + i % 5,
            jumlah_tpu=6,
            rpjm_desa=f"Perdes Nomor {i % 4 + 1} Tahun 2022",
            pelanggaran="",
            pelanggaran_ba="",
        )
    agree = BarisRkp.objects.filter(rkp__musrenbang=musrenbang, keputusan__in=SEPAKAT, biaya__isnull=False)
    outside = list(agree.exclude(sumber_dana__nama="APBD Kabupaten").select_related("desa").order_by("nomor"))
    spp, other = _mpd_rows(outside)
    if len(spp) > 1 and len(other) > 1:
        p = _open(musrenbang, sekcam, "mpd", "", [*spp, *other])
        add_candidate(pemeringkatan=p, by=sekcam, baris=[b.pk for b in spp], daftar="SPP")
        add_candidate(pemeringkatan=p, by=sekcam, baris=[b.pk for b in other], daftar="NON_SPP")
        _verify(p, person, dice)
    else:
        spp, other = [], []
    p2spp = [b for b in outside if b not in spp and b not in other and SIMPAN_PINJAM not in b.kegiatan]
    if len(p2spp) > 1:
        p = _open(musrenbang, sekcam, "p2spp", "", p2spp)
        add_candidate(pemeringkatan=p, by=sekcam, baris=[b.pk for b in p2spp], daftar="", sumber="APBN-BLM")
    own = list(agree.filter(sumber_dana__nama="APBD Kabupaten"))
    _open(musrenbang, sekcam, "piwk", f"Pagu Indikatif Kecamatan {musrenbang.tahun_rencana}", own)


def _open(musrenbang: Musrenbang, by: Pengguna, kode: str, nama: str, baris: list[BarisRkp]) -> Pemeringkatan:
    """Open a ranking, under the name of its scheme unless it has one, with two fifths of what its candidates cost."""
    jumlah = sum(b.biaya or 0 for b in baris)
    return open_pemeringkatan(
        musrenbang=musrenbang,
        by=by,
        kode=kode,
        nama=nama or BAWAAN[kode].name_in(musrenbang.tahun_rencana),
        dasar_hukum=BAWAAN[kode].law_in(musrenbang.tahun_rencana),
        pagu=max(jumlah * 2 // 5 // 50_000_000 * 50_000_000, 50_000_000),
        aturan=preset(kode),
    )


def _mpd_rows(baris: list[BarisRkp]) -> tuple[list[BarisRkp], list[BarisRkp]]:
    """Return the savings groups, and of each desa one other work that PNPM MPd may pay."""
    spp: dict[int | None, BarisRkp] = {}
    other: dict[int | None, BarisRkp] = {}
    for b in baris:
        if not b.satu_desa:
            continue
        if SIMPAN_PINJAM in b.kegiatan:
            spp.setdefault(b.desa_id, b)
        elif _kind(b) and (b.biaya or 0) <= preset("mpd")["maks_nilai_usulan"]:
            other.setdefault(b.desa_id, b)
    return list(spp.values()), list(other.values())


def _kind(b: BarisRkp) -> str:
    return next((jenis for jenis, start in JENIS.items() if b.kegiatan.startswith(start)), "")


def _verify(p: Pemeringkatan, person: Orang, dice: random.Random) -> None:
    """Self-help, papers, and the record of the Tim Verifikasi for every candidate."""
    day = p.musrenbang.tanggal
    assert day
    empty: dict[str, Any] = dict.fromkeys(("dikembalikan_pada", "tenggat", "spp_tunggakan"))
    for c in list_peserta(p):
        b, spp = c.calon.baris, c.calon.daftar == "SPP"
        save_candidate(
            calon=c.calon,
            by=person[Peran.PMD],
            versi=c.calon.versi,
            jenis="SPP" if spp else _kind(b),
            rab=True,
            swadaya=round((b.biaya or 0) * dice.randint(2, 6) / 100, -5) or 100_000,
            lengkap=True,
        )
        save_verification(
            calon=c.calon,
            by=person[Peran.VERIFIKATOR],
            versi=0,
            dokumen={},
            uji={},
            sesuai_musyawarah=True,
            demokratis=True,
            sesuai_lokasi=True,
            kunjungan_pada=day - timedelta(days=20),
            **empty,
            kunjungan_orang="Tim Verifikasi dan kader desa",
            umpan_balik_pada=day - timedelta(days=15),
            diperiksa_fk_pada=day - timedelta(days=12),
            rekomendasi="layak",
            alasan="",
            spp_umur_bulan=dice.randint(18, 60) if spp else None,
            spp_aturan=spp or None,
            spp_modal=spp or None,
            spp_pembukuan=spp or None,
            spp_pinjaman_lancar=spp or None,
            spp_tingkat="berkembang" if spp else "",
            spp_anggota=dice.randint(12, 30) if spp else None,
            spp_anggota_rtm=dice.randint(6, 11) if spp else None,
        )


def rank_works(musrenbang: Musrenbang, person: Orang, dice: random.Random) -> None:
    """Rank and fix every programme that was opened."""
    sekcam = person[Peran.SEKCAM]
    for p in Pemeringkatan.objects.filter(musrenbang=musrenbang).order_by("pk"):
        p.musrenbang = musrenbang
        way = {"suara": _vote, "urutan": _order}.get(p.aturan["metode"], _score)
        way(p, person, dice)
        _settle_ties(p, sekcam)
        _close_gaps(p, sekcam)
        fix_pemeringkatan(pemeringkatan=p, by=sekcam)
        if p.aturan["wajib_spc"] and musrenbang.tanggal:
            set_spc(
                pemeringkatan=p,
                by=sekcam,
                nomor=format_nomor(
                    urut=p.pk % 90 + 10,
                    kode="SPC",
                    month=musrenbang.tanggal.month,
                    tahun=musrenbang.tanggal.year,
                    classification=classification(
                        "141", musrenbang.tanggal.year, musrenbang.kecamatan.kabupaten.naskah
                    ),
                ),
                tanggal=musrenbang.tanggal,
            )


def _vote(p: Pemeringkatan, person: Orang, dice: random.Random) -> None:
    """Vote on each list with something to vote about: most by phone, some on paper, a few not at all."""
    sekcam = person[Peran.SEKCAM]
    for listing in (d["kode"] for d in p.aturan["daftar"]):
        if sum(c.layak for c in list_peserta(p) if c.calon.daftar == listing) < 2:
            continue
        v = open_pemungutan(pemeringkatan=p, by=sekcam, daftar=listing)
        bobot = {calon: dice.random() + 0.2 for calon in v.calon}
        kode = list(KodeSuara.objects.filter(pemungutan=v).order_by("pk"))
        phone = kode[TIDAK_MEMILIH + PER_LEMBAR :]
        for one in phone:
            cast_ballot(kode=one, pilihan=_picks(bobot, v.jumlah_pilihan, dice))
        paper = kode[:PER_LEMBAR]
        count = dict.fromkeys(v.calon, 0)
        for one in paper:
            mark_voted(pemungutan=v, kode=one.pk, cara=VotingWay.KERTAS, by=sekcam)
            for calon in _picks(bobot, v.jumlah_pilihan, dice):
                count[calon] += 1
        v.refresh_from_db()
        save_paper(
            pemungutan=v, by=sekcam, versi=v.versi, edar=len(paper), masuk=len(paper), sah=len(paper), suara=count
        )
        close_pemungutan(pemungutan=v, by=sekcam)


def _picks(bobot: dict[int, float], count: int, dice: random.Random) -> list[int]:
    """Return ``count`` different works, the liked ones more often."""
    return sorted(bobot, key=lambda k: -bobot[k] * dice.random())[:count]


def _order(p: Pemeringkatan, person: Orang, dice: random.Random) -> None:
    """Three groups put the candidates into an order each; they agree more or less."""
    baris = [c.calon.baris_id for c in list_peserta(p) if c.layak]
    direction = {b: i for i, b in enumerate(dice.sample(baris, len(baris)))}
    for nama in ("Kelompok 1", "Kelompok 2", "Kelompok 3"):
        ordering = sorted(baris, key=lambda b: direction[b] + dice.uniform(-1.5, 1.5))
        save_ordering(
            pemeringkatan=p,
            by=person[Peran.PEMANDU],
            daftar=p.aturan["daftar"][0]["kode"],
            nama=nama,
            urutan=ordering,
            versi=0,
        )


def _score(p: Pemeringkatan, person: Orang, dice: random.Random) -> None:
    """Score what the groups left blank."""
    cell = {
        (c.calon.pk, k["kode"]): (None, Decimal(dice.randint(1, 5)))
        for c in list_peserta(p)
        for k in kriteria_of(p)
        if c.layak and k["kode"] not in c.nilai
    }
    save_values(pemeringkatan=p, by=person[Peran.PEMANDU], cell=cell)


def _settle_ties(p: Pemeringkatan, sekcam: Pengguna) -> None:
    while boards := _open_ties(p):
        order = {boards.keyed_by_code[kode].calon.baris_id: i for i, kode in enumerate(boards.terbuka[0], start=1)}
        settle_tie(pemeringkatan=p, by=sekcam, urut=order, alasan="Diputus musyawarah pleno.")


def _open_ties(p: Pemeringkatan) -> Any:
    boards = board(p)
    return boards if boards.terbuka else None


def _close_gaps(p: Pemeringkatan, sekcam: Pengguna) -> None:
    """Say how the work that takes the rest of the money pays for what it lacks."""
    boards = board(p)
    for d in boards.hasil["pendanaan"] if boards.hasil else []:
        if d["status"] == "didanai_sebagian":
            calon = boards.keyed_by_code[d["kode"]].calon
            approve_less(
                calon=calon,
                by=sekcam,
                versi=calon.versi,
                disetujui=None,
                alasan="",
                penutup="Volume disesuaikan dan ditambah swadaya masyarakat.",
                didahulukan="",
            )
