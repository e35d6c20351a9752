"""Documents as data: each function returns JSON-safe content that a template prints and a test can read."""

import json
from typing import Any

from berita_acara.dokumen import sidang
from berita_acara.dokumen.bab import bab_rkp
from berita_acara.dokumen.kepala_surat import kepala, version_day
from berita_acara.dokumen.surat import versi_wajib
from delegasi.dokumen import count_data
from delegasi.queries import list_cadangan, list_delegat, list_hitungan
from musrenbang import format as tulis
from musrenbang.akses import Akses
from musrenbang.models import JenisProgram, Musrenbang, SkTim
from musrenbang.persiapan.queries import kriteria_for, list_program, list_tim
from musrenbang.sidang.queries import check_kuorum, count_hadir, list_hadir, sitting_data, sittings_of
from musrenbang.states import Peran
from musrenbang.transisi import Ditolak
from rkp import queries as rkp_queries
from rkp.dokumen import by_bidang, dana_summary, kelompok_row, row_as_data
from rkp.models import SEPAKAT, JenisVersi, Kegiatan, Keputusan, Rkp, StatusKelompok
from rkp.prioritas.dokumen import closed_votes, ranking_data, score_data
from rkp.prioritas.models import Pemeringkatan, StatusPemeringkatan
from rkp.prioritas.queries import kriteria_of, list_pemeringkatan
from usulan.milik import CATATAN_BERSAMA, BagianDesa, words_of_desa
from usulan.models import Usulan
from usulan.queries import group_by_desa, list_usulan

DALAM_MATRIKS = (*SEPAKAT, Keputusan.BELUM_DIBAHAS)
"""What the matrix holds; nothing of a fixed plan is still open."""
LAMPIRAN_RKP = {
    Keputusan.CADANGAN: "Kegiatan cadangan",
    Keputusan.BELUM_DISEPAKATI: "Kegiatan yang belum disepakati",
    Keputusan.DIGABUNG: "Kegiatan yang digabung ke kegiatan lain",
}
PEMBACA_PENUH = Akses(frozenset({Peran.SEKCAM}), frozenset(), frozenset())


def daftar_hadir(musrenbang: Musrenbang) -> dict[str, Any]:
    """Lampiran I, extended with age and sex (musrenbang.md 3(g))."""
    hadir = count_hadir(musrenbang, semua=True)
    sesi = sittings_of(musrenbang)
    return {
        "jumlah": hadir.jumlah,
        "laki": hadir.laki,
        "perempuan": hadir.perempuan,
        "persen_perempuan": hadir.persen_perempuan,
        "unsur": [{"nama": nama, "jumlah": n} for nama, n in hadir.unsur],
        "daftar": [
            {"nama": h.nama, "usia": h.usia, "jenis_kelamin": h.jenis_kelamin, "lembaga": h.lembaga, "alamat": h.alamat}
            | ({"sesi": ", ".join(map(str, sesi.get(h.pk, [])))} if sesi else {})
            for h in list_hadir(musrenbang)
        ],
    }


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
        "catatan": CATATAN_BERSAMA if any(d.ikut for d in desa) else "",
    }


def _proposal(u: Usulan, bagian: BagianDesa) -> dict[str, Any]:
    """Return a proposal as one desa's recap prints it: with that desa's part of the cost, and whose the whole is."""
    bersama = ""
    if not u.satu_desa and bagian.kode:
        bersama = f"Bersama {u.sebutan_desa}; seluruhnya {tulis.rupiah(u.biaya)}."
    return {
        "nomor": u.nomor,
        "bidang": u.bidang_teks,
        "kegiatan": u.kegiatan,
        "lokasi": u.lokasi,
        "volume": None if u.volume is None else f"{u.volume.normalize():f}",
        "satuan": u.satuan,
        "biaya": bagian.rp,
        "sumber_dana": u.sumber_dana.nama if u.sumber_dana else "",
        "manfaat": u.manfaat,
        "pengusul": "" if u.dari_desa else u.dokumen_asal,
        "bersama": bersama,
    }


def rkp(musrenbang: Musrenbang) -> dict[str, Any]:
    """The plan: what was agreed, and in a draft what is still open; then by themselves reserves, not agreed and merged.

    The fixed version when there is one, else the working draft.
    """
    versi = rkp_queries.official_version(musrenbang)
    kerja = Rkp.objects.filter(musrenbang=musrenbang).first()
    if kerja is None:
        raise Ditolak("Draf RKP Kecamatan belum disusun.")
    baris: list[Kegiatan] = list(
        rkp_queries.version_rows(versi) if versi else rkp_queries.with_origin(rkp_queries.rows(kerja))
    )
    jumlah = rkp_queries.tally_rows(baris)
    isi_matriks = jumlah.sepakat + jumlah.terbuka
    return {
        "versi": versi.nomor if versi else None,
        "disahkan": bool(versi and versi.jenis == JenisVersi.DISAHKAN),
        "sha256": versi.sha256 if versi else "",
        "tanggal": tulis.tanggal(version_day(musrenbang)) if versi else "",
        "kelompok": by_bidang(b for b in baris if b.keputusan in DALAM_MATRIKS),
        "total": isi_matriks.rp,
        "jumlah_kegiatan": isi_matriks.n,
        "jumlah": jumlah.as_data(),
        "lampiran": [_annex(k, [b for b in baris if b.keputusan == k]) for k in LAMPIRAN_RKP],
        "program_masuk": program_masuk(musrenbang),
        "bab": bab_rkp(musrenbang, versi) if versi else None,
        "dana": dana_summary(row_as_data(b) for b in baris if b.keputusan in DALAM_MATRIKS),
    }


def _annex(keputusan: Keputusan, baris: list[Kegiatan]) -> dict[str, Any]:
    """Return what is not part of the plan, with a sum of its own; a merged row's money stands where it went."""
    jumlah = rkp_queries.tally_rows(baris).of(keputusan)
    return {
        "kode": keputusan,
        "judul": LAMPIRAN_RKP[keputusan],
        "baris": [row_as_data(b) for b in baris],
        "jumlah": None if keputusan == Keputusan.DIGABUNG else jumlah.as_data(),
    }


def hasil_kelompok(musrenbang: Musrenbang) -> dict[str, Any]:
    """What every group proposes, with its score sheet (musrenbang.md 3(l)), for chair and notulis to sign."""
    hasil = rkp_queries.list_kelompok(musrenbang)
    if not hasil:
        raise Ditolak("Kelompok belum dibentuk, jadi hasilnya belum dapat dicetak.")
    kriteria = kriteria_for(musrenbang)
    return {
        "kelompok": [
            {
                "nama": h.kelompok.nama,
                "bidang": h.kelompok.bidang.nama,
                "pemandu": h.kelompok.pemandu,
                "ketua": h.ketua,
                "notulis": h.notulis,
                "catatan": h.kelompok.catatan,
                "jumlah_anggota": len(h.anggota),
                "laki": sum(a.kehadiran.jenis_kelamin == "L" for a in h.anggota),
                "perempuan": sum(a.kehadiran.jenis_kelamin == "P" for a in h.anggota),
                "selesai": h.kelompok.status == StatusKelompok.SELESAI,
                "draf": h.draf_rp,
                "sepakat": h.sepakat_rp,
                "cadangan": h.cadangan_rp,
                "kriteria": [k["nama"] for k in kriteria],
                "baris": [kelompok_row(b, i, kriteria) for i, b in enumerate(h.baris, 1)],
            }
            for h in hasil
        ]
    }


def program_masuk(musrenbang: Musrenbang) -> list[dict[str, Any]]:
    """Chapter V of the RKP: what enters the kecamatan in year N, and what the SKPD put first for N+1."""
    tahun = {
        JenisProgram.MASUK: f"Program masuk tahun {musrenbang.tahun_pelaksanaan}",
        JenisProgram.PRIORITAS: f"Prioritas SKPD tahun {musrenbang.tahun_rencana}",
    }
    return [
        {
            "judul": tahun[k.jenis],
            "daftar": [
                {
                    "nama": p.nama,
                    "instansi": p.instansi,
                    "tempat": p.tempat,
                    "anggaran": p.anggaran,
                    "sumber_dana": p.sumber_dana.nama if p.sumber_dana else "",
                    "keterangan": p.keterangan,
                }
                for p in k.daftar
            ],
            "jumlah": k.jumlah,
        }
        for k in list_program(musrenbang)
        if k.daftar
    ]


def prioritas_skpd(musrenbang: Musrenbang) -> dict[str, Any]:
    """Lampiran II: the ten columns of Tabel T-D.4, grouped by agency (musrenbang.md 3(d))."""
    per_skpd: dict[str, list[dict[str, Any]]] = {}
    for b in rkp_queries.agreed_rows(versi_wajib(musrenbang)).order_by("skpd__nama", "nomor"):
        per_skpd.setdefault(b.name_of("skpd") or "Belum ditentukan", []).append(row_as_data(b))
    kelompok: list[dict[str, Any]] = [
        {"skpd": skpd, "baris": baris, "jumlah": sum(b["biaya"] or 0 for b in baris)}
        for skpd, baris in per_skpd.items()
    ]
    sepakat = rkp_queries.sum_plan(rkp_queries.agreed_rows(versi_wajib(musrenbang))).sepakat
    return {
        "kelompok": kelompok,
        "total": sepakat.rp,
        "terbilang": tulis.terbilang(sepakat.rp),
        "jumlah_kegiatan": sepakat.n,
        "tanpa_biaya": sepakat.tanpa_biaya,
        "dana": dana_summary(b for k in kelompok for b in k["baris"]),
    }


def belum_disepakati(musrenbang: Musrenbang) -> dict[str, Any]:
    """Lampiran III: not agreed and reserve, each with its reason (musrenbang.md 3(e))."""
    versi = versi_wajib(musrenbang)
    jumlah = rkp_queries.sum_plan(rkp_queries.version_rows(versi))
    return {
        "jumlah": {"belum": jumlah.belum.as_data(), "cadangan": jumlah.cadangan.as_data()},
        "belum": [row_as_data(b) for b in rkp_queries.version_rows(versi, [Keputusan.BELUM_DISEPAKATI])],
        "cadangan": [row_as_data(b) for b in rkp_queries.version_rows(versi, [Keputusan.CADANGAN])],
    }


def prioritas_program(musrenbang: Musrenbang) -> dict[str, Any]:
    """Lampiran IV: every ranking for programme money with its rules, what was changed in them, and the pagu line."""
    tetap = [p for p in _rankings(musrenbang) if p.status == StatusPemeringkatan.DITETAPKAN]
    if not tetap:
        raise Ditolak("Peringkat kegiatan belum ditetapkan, jadi dokumen ini belum dapat dibuat.")
    return {"program": [ranking_data(p) for p in tetap]}


def _rankings(musrenbang: Musrenbang) -> list[Pemeringkatan]:
    semua = list(list_pemeringkatan(musrenbang))
    for p in semua:
        p.musrenbang = musrenbang
    return semua


def lembar_skor(musrenbang: Musrenbang) -> dict[str, Any]:
    """The score sheet of every ranking by score; blank cells serve as the form that is filled in by hand."""
    lembar = [score_data(p) for p in _rankings(musrenbang) if kriteria_of(p)]
    if not lembar:
        raise Ditolak("Belum ada pemeringkatan dengan skor, jadi lembar skornya belum dapat dicetak.")
    return {"lembar": lembar}


def rekap_suara(musrenbang: Musrenbang) -> dict[str, Any]:
    """The recap of every vote that was counted, with its control totals."""
    suara = [v for p in _rankings(musrenbang) for v in closed_votes(p)]
    if not suara:
        raise Ditolak("Belum ada pemungutan suara yang ditutup, jadi rekapnya belum dapat dicetak.")
    return {"suara": suara}


def daftar_delegasi(musrenbang: Musrenbang) -> dict[str, Any]:
    """Lampiran V: the delegates (musrenbang.md 3(h))."""
    return {
        "daftar": [
            {
                "nama": d.nama,
                "unsur": d.get_unsur_display(),
                "jenis_kelamin": d.jenis_kelamin,
                "lembaga": d.lembaga,
                "alamat": d.alamat,
                "cara": d.get_cara_display(),
                "alasan_unsur": d.alasan_unsur,
                "unsur_hadir": d.kehadiran.get_unsur_display() if d.alasan_unsur else "",
                "menggantikan": d.menggantikan,
                "alasan_ganti": d.alasan_ganti,
            }
            for d in list_delegat(musrenbang).select_related("kehadiran")
        ],
        "cadangan": [
            {"nama": c.nama, "unsur": c.get_unsur_display(), "ke": c.cadangan_ke} for c in list_cadangan(musrenbang)
        ],
        "hitungan": [count_data(p) for p in list_hitungan(musrenbang)],
    }


def berita_acara(musrenbang: Musrenbang) -> dict[str, Any]:
    """The whole Berita Acara with its attachments. Raises Ditolak while a part is missing."""
    versi = versi_wajib(musrenbang)
    isi = {
        "rkp": {
            "versi": versi.nomor,
            "sha256": versi.sha256,
            "alasan": versi.alasan,
            "ringkasan": [
                {"keputusan": r["keputusan"].label, "n": r["n"], "rp": r["rp"]}
                for r in rkp_queries.summary(rkp_queries.version_rows(versi))
                if r["n"]
            ],
        },
        "hadir": daftar_hadir(musrenbang),
        "prioritas_skpd": prioritas_skpd(musrenbang),
        "belum": belum_disepakati(musrenbang),
        "program": prioritas_program(musrenbang),
        "delegasi": daftar_delegasi(musrenbang),
        "notulen": sidang.notulen(musrenbang),
        "didengar": sidang.didengar(musrenbang),
        "wakil": sidang.wakil_peserta(musrenbang),
        "klausul": sidang.klausul(musrenbang),
        "kuorum": sidang.kuorum(musrenbang),
        "sesi": sitting_data(musrenbang, check_kuorum(musrenbang).angka),
    }
    return as_json({"kepala": kepala(musrenbang), **isi})


def as_json(isi: dict[str, Any]) -> dict[str, Any]:
    """Return the content as it comes back from the database, so that two contents can be compared."""
    hasil: dict[str, Any] = json.loads(json.dumps(isi))
    return hasil


def sk_tim(musrenbang: Musrenbang) -> dict[str, Any]:
    """The Camat's decision on the team (seed B.1), ready to be signed."""
    kelompok = list_tim(musrenbang)
    if not kelompok:
        raise Ditolak("Tim pelaksana belum disusun, jadi SK Tim belum dapat dicetak.")
    sk = SkTim.objects.filter(musrenbang=musrenbang).first() or SkTim(musrenbang=musrenbang)
    return {
        "nomor": sk.nomor,
        "tanggal": tulis.tanggal(sk.tanggal, "") if sk.tanggal else "",
        "anggota": [
            {"kedudukan": label, "nama": a.nama, "jabatan": a.jabatan, "nip": a.nip}
            for label, anggota in kelompok
            for a in anggota
        ],
    }
