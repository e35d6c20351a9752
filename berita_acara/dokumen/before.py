"""Papers before the day that the guides name: word to Bappeda, announcement, materials, briefing of the team.

They say what is recorded; what is not is left open to be filled in by hand.
"""

from datetime import timedelta
from typing import Any

from musrenbang import format as tulis
from musrenbang.cetakan import CAMAT, KETUA_TIM, Cetakan, Isi, Nomor, Tabel, today
from musrenbang.infra.sheets import Sheet
from musrenbang.labels import words
from musrenbang.models import Musrenbang, ProgramKind, SkTim
from musrenbang.persiapan.queries import kriteria_for, list_program, list_tim, pagu_for
from musrenbang.sebutan import sebutan
from musrenbang.sidang.queries.agenda import list_agenda
from musrenbang.sidang.queries.kehadiran import list_undangan, sidang_of
from musrenbang.sidang.queries.surat import invitation_facts
from musrenbang.sidang.syarat import TENGGAT
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from rkp.models import Rkp
from usulan.cetakan import PEMBACA_PENUH
from usulan.queries.listing import list_usulan

BARIS_BAHAN, BARIS_PENERIMA, BARIS_PEMBEKALAN = 4, 10, 4
"""Blank lines: for materials that others bring, for who comes without an invitation, for guests of the briefing."""


def meeting_facts(musrenbang: Musrenbang, paper: str) -> dict[str, str]:
    """Return day, hour and place of the meeting as its letters print them; raise Refused while one is missing."""
    known = {"tanggal": musrenbang.tanggal, "jam mulai": musrenbang.jam_mulai, "tempat sidang": musrenbang.tempat}
    missing = [nama for nama, value in known.items() if not value]
    if missing:
        raise Refused(f"{paper} menunggu {', '.join(missing)}. Lengkapi dahulu jadwal sidang.")
    facts = invitation_facts(musrenbang)
    return {k: facts[k] for k in ("tanggal", "jam", "tempat")}


def agenda_lines(musrenbang: Musrenbang) -> list[dict[str, str]]:
    """Return the planned agenda: hours, title, who is responsible."""
    return [
        {
            "waktu": f"{b.mulai:%H.%M}–{b.selesai:%H.%M}" if b.mulai and b.selesai else "",
            "judul": b.agenda.judul,
            "penanggung_jawab": b.agenda.penanggung_jawab,
        }
        for b in list_agenda(musrenbang).butir
    ]


def materials(musrenbang: Musrenbang) -> list[dict[str, str]]:
    """Return what the meeting works with and what is ready of it, in the words of the guides (six queries)."""
    proposals = list_usulan(musrenbang, PEMBACA_PENUH).count()
    plan = Rkp.objects.filter(musrenbang=musrenbang).first()
    works = plan.baris.count() if plan else 0
    per = {k.jenis: len(k.daftar) for k in list_program(musrenbang)}
    agenda = len(list_agenda(musrenbang).butir)
    criteria = len(kriteria_for(musrenbang))
    ready = [
        ("Susunan acara", f"{agenda} mata acara", agenda),
        (f"Rekapitulasi {sebutan.daftar_desa}", f"{proposals} usulan", proposals),
        (f"Draf RKP {sebutan.Kecamatan} tahun {musrenbang.tahun_rencana}", f"{works} kegiatan", works),
        (
            f"Daftar program yang masuk tahun {musrenbang.tahun_pelaksanaan}",
            f"{per.get(ProgramKind.MASUK, 0)} program",
            per.get(ProgramKind.MASUK, 0),
        ),
        (
            f"Daftar prioritas {sebutan.skpd} tahun {musrenbang.tahun_rencana}",
            f"{per.get(ProgramKind.PRIORITAS, 0)} program",
            per.get(ProgramKind.PRIORITAS, 0),
        ),
        ("Pagu indikatif", "menurut sumber dana", len(pagu_for(musrenbang))),
        ("Kriteria prioritas dan bobotnya", f"{criteria} kriteria", criteria),
    ]
    return [{"nama": nama, "isi": content} for nama, content, n in ready if n]


def pemberitahuan_bappeda(musrenbang: Musrenbang) -> dict[str, Any]:
    """The letter that tells Bappeda day and place, with the materials enclosed (musrenbang.md 2a row 9)."""
    return {
        "fakta": meeting_facts(musrenbang, f"Surat pemberitahuan ke {sebutan.bappeda}"),
        "bahan": [b["nama"] for b in materials(musrenbang)],
    }


def pengumuman(musrenbang: Musrenbang) -> dict[str, Any]:
    """The public announcement, seven days before at the latest: day, place and agenda (musrenbang.md 2a row 9)."""
    facts = meeting_facts(musrenbang, "Pengumuman")
    assert musrenbang.tanggal
    return {
        "fakta": facts,
        "acara": agenda_lines(musrenbang),
        "tenggat": tulis.date_text(musrenbang.tanggal - timedelta(days=TENGGAT)),
    }


def daftar_bahan(musrenbang: Musrenbang) -> dict[str, Any]:
    """The list of materials, and the list on which who gets them signs."""
    return {
        "bahan": materials(musrenbang),
        "kosong": BARIS_BAHAN,
        "penerima": [{"sebutan": u.sebutan, "lembaga": u.lembaga} for u in list_undangan(musrenbang)],
        "kosong_penerima": BARIS_PENERIMA,
    }


def pembekalan(musrenbang: Musrenbang) -> dict[str, Any]:
    """The briefing of the team (seed B.1): who signs that they were there, and what they are told, from the record."""
    members = [
        {"kedudukan": label, "nama": a.nama, "jabatan": a.jabatan} for label, own in list_tim(musrenbang) for a in own
    ]
    if not members:
        raise Refused("Tim pelaksana belum disusun, jadi daftar hadir pembekalan belum dapat dicetak.")
    decree = SkTim.objects.filter(musrenbang=musrenbang).first() or SkTim(musrenbang=musrenbang)
    rules = sidang_of(musrenbang)
    return {
        "tanggal": tulis.date_with_day(decree.pembekalan_tanggal, ""),
        "pada": tulis.date_text(decree.pembekalan_tanggal, ""),
        "tempat": decree.pembekalan_tempat,
        "catatan": decree.pembekalan_catatan,
        "anggota": members,
        "kosong": BARIS_PEMBEKALAN,
        "sidang": {
            "tanggal": tulis.date_with_day(musrenbang.tanggal, ""),
            "jam": invitation_facts(musrenbang)["jam"] if musrenbang.jam_mulai else "",
            "tempat": musrenbang.tempat,
        },
        "acara": agenda_lines(musrenbang),
        "kriteria": [{"nama": k["nama"], "bobot": k["bobot"]} for k in kriteria_for(musrenbang)],
        "kuorum": rules.kuorum_desa,
        "target_perempuan": rules.target_perempuan,
    }


def daftar_bahan_tabel(content: Isi) -> Tabel:
    """The materials, and on a second sheet who gets them."""
    columns = [("No.", 6), ("Bahan", 50), ("Isi", 24), ("Jumlah eksemplar", 12), ("Keterangan", 30)]
    receivers = [("No.", 6), ("Penerima", 40), ("Lembaga/Instansi", 36), ("Tanggal terima", 16), ("Tanda tangan", 24)]
    return Tabel(
        columns,
        ([i, b["nama"], b["isi"], None, None] for i, b in enumerate(content["bahan"], 1)),
        "Bahan",
        [
            Sheet(
                "Penerima",
                receivers,
                [[i, p["sebutan"], p["lembaga"], None, None] for i, p in enumerate(content["penerima"], 1)],
            )
        ],
    )


def pembekalan_tabel(content: Isi) -> Tabel:
    """Who of the team is expected at the briefing."""
    columns = [("No.", 6), ("Nama", 40), ("Kedudukan", 30), ("Jabatan", 40), ("Tanda tangan", 24)]
    return Tabel(
        columns,
        ([i, a["nama"], a["kedudukan"], a["jabatan"], None] for i, a in enumerate(content["anggota"], 1)),
    )


SEBELUM: dict[str, Cetakan] = {
    "pemberitahuan_bappeda": Cetakan(
        words("Surat pemberitahuan ke Bappeda"),
        "jadwal dan bahan sidang, bernomor",
        pemberitahuan_bappeda,
        "pdf/pemberitahuan_bappeda.html",
        nomor=Nomor("050", "PT-MRB", Tahap.DIJADWALKAN, Tahap.SIAP),
        ttd=(CAMAT,),
        tanggal=today,
    ),
    "pengumuman": Cetakan(
        "Pengumuman",
        "jadwal dan acara untuk umum, paling lambat 7 hari sebelum sidang",
        pengumuman,
        "pdf/pengumuman.html",
        nomor=Nomor("050", "PG-MRB", Tahap.DIJADWALKAN, Tahap.SIAP),
        ttd=(CAMAT,),
        tanggal=today,
    ),
    "daftar_bahan": Cetakan(
        "Daftar dan tanda terima bahan",
        "bahan sidang dan siapa yang menerimanya",
        daftar_bahan,
        "pdf/daftar_bahan.html",
        ttd=(KETUA_TIM,),
        xlsx=daftar_bahan_tabel,
    ),
    "pembekalan": Cetakan(
        "Pembekalan tim",
        "daftar hadir dan bahan pembekalan",
        pembekalan,
        "pdf/pembekalan.html",
        ttd=(KETUA_TIM,),
        xlsx=pembekalan_tabel,
    ),
}
