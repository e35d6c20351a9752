"""Papers of the meeting: receipts, agenda, attendance, minutes."""

from collections.abc import Iterable
from typing import Any

from musrenbang import format as tulis
from musrenbang.cetakan import CAMAT, KETUA_TIM, Cetakan, Isi, Tabel, meeting_day
from musrenbang.labels import words
from musrenbang.models import Musrenbang
from musrenbang.sidang.queries.agenda import list_agenda, list_notulen
from musrenbang.sidang.queries.inviting import inviting
from musrenbang.sidang.queries.kehadiran import count_attendance, list_attendance, list_undangan
from musrenbang.sidang.queries.sesi import adjourned, resume_words, sittings_of
from musrenbang.sidang.queries.speakers import speaking_time
from musrenbang.transisi import Refused

BARIS_TAMU = 20  # blank lines for those who come without an invitation


BARIS_CATATAN = 3


def _annotated(musrenbang: Musrenbang) -> Iterable[Any]:
    """Who gets a letter, with the columns of the newest one, which the type checker does not know."""
    return list_undangan(musrenbang).exclude(inviting(musrenbang), nomor="")


def tanda_terima(musrenbang: Musrenbang) -> dict[str, Any]:
    """The receipt list that goes round with the letters."""
    return {
        "daftar": [
            {
                "sebutan": u.sebutan,
                "lembaga": u.lembaga,
                "nomor": u.perubahan_nomor or u.nomor,
                "diterima": tulis.date_text(u.surat_diterima, ""),
            }
            for u in _annotated(musrenbang)
        ]
    }


def susunan_acara(musrenbang: Musrenbang) -> dict[str, Any]:
    """The agenda with its hours (musrenbang.md 3(j))."""
    arrangement = list_agenda(musrenbang)
    if not arrangement.butir:
        raise Refused("Agenda belum disusun, jadi susunan acara belum dapat dicetak.")
    return {
        "acara": [
            {
                "waktu": f"{b.mulai:%H.%M}–{b.selesai:%H.%M}" if b.mulai and b.selesai else "",
                "menit": b.agenda.menit,
                "judul": b.agenda.judul,
                "penanggung_jawab": b.agenda.penanggung_jawab,
            }
            for b in arrangement.butir
        ],
        "menit": arrangement.menit,
    }


def daftar_hadir_kosong(musrenbang: Musrenbang) -> dict[str, Any]:
    """The attendance form for the desk: the invitees, then blank lines."""
    return {
        "daftar": [
            {"nama": u.sebutan, "lembaga": u.lembaga, "alamat": u.alamat, "jenis_kelamin": u.jenis_kelamin}
            for u in list_undangan(musrenbang)
        ],
        "kosong": BARIS_TAMU,
    }


def notulen(musrenbang: Musrenbang) -> dict[str, Any]:
    """The minutes per agenda item (musrenbang.md 3(l)); items without a note are left out."""
    zona = musrenbang.kecamatan.kabupaten.tz
    return {
        "acara": [
            {
                "judul": a.judul,
                "mulai": f"{a.mulai_pada.astimezone(zona):%H.%M}" if a.mulai_pada else "",
                "selesai": f"{a.selesai_pada.astimezone(zona):%H.%M}" if a.selesai_pada else "",
                "catatan": [
                    {
                        "pembicara": f"{n.kehadiran.nama}, {n.kehadiran.lembaga}" if n.kehadiran else "",
                        "pertanyaan": n.pertanyaan,
                        "jawaban": n.jawaban,
                        "tindak_lanjut": n.tindak_lanjut,
                        "putusan": n.putusan,
                    }
                    for n in a.notulen.all()
                ],
            }
            for a in list_notulen(musrenbang)
            if a.notulen.all()
        ],
        "bicara": waktu_bicara(musrenbang),
    }


def waktu_bicara(musrenbang: Musrenbang) -> dict[str, Any]:
    """How long people spoke, by person, desa and sex; a summary of what was recorded."""
    spoken = speaking_time(musrenbang)
    groups = {"Orang": spoken.orang, "Asal": spoken.desa, "Jenis kelamin": spoken.kelamin}
    return {
        "bagian": [
            {"nama": nama, "daftar": [{"nama": s.nama, "kali": s.kali, "detik": s.detik, "lama": s.lama} for s in rows]}
            for nama, rows in groups.items()
            if rows
        ],
        "lama": spoken.jumlah.lama,
        "kali": spoken.jumlah.kali,
    }


def waktu_bicara_tabel(content: Isi) -> Tabel:
    """The same, a line per person, desa and sex; seconds to reckon with."""
    columns = [("Menurut", 16), ("Nama", 44), ("Berapa kali", 12), ("Lama", 22), ("Detik", 10)]
    return Tabel(
        columns,
        ([g["nama"], s["nama"], s["kali"], s["lama"], s["detik"]] for g in content["bagian"] for s in g["daftar"]),
    )


def notulen_kosong(musrenbang: Musrenbang) -> dict[str, Any]:
    """A form to write the minutes by hand, with the same items."""
    return {"acara": [b.agenda.judul for b in list_agenda(musrenbang).butir] or ["Acara"], "baris": BARIS_CATATAN}


def pemberitahuan_skors(musrenbang: Musrenbang) -> dict[str, Any]:
    """The notice to everybody invited that the meeting was adjourned, and when it goes on."""
    sesi = adjourned(musrenbang)
    if sesi is None:
        raise Refused("Sidang tidak sedang diskors, jadi tidak ada pemberitahuan yang dicetak.")
    sesi.musrenbang = musrenbang
    assert sesi.diskors_pada
    return {
        "pada": tulis.date_text(sesi.diskors_pada.astimezone(musrenbang.kecamatan.kabupaten.tz).date()),
        "alasan": sesi.alasan,
        "lanjut": resume_words(sesi),
        "hadir": sesi.hadir,
        "desa": sesi.desa_hadir,
    }


def daftar_hadir(musrenbang: Musrenbang) -> dict[str, Any]:
    """Lampiran I, extended with age and sex (musrenbang.md 3(g))."""
    hadir = count_attendance(musrenbang, everything=True)
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
            for h in list_attendance(musrenbang)
        ],
    }


def susunan_acara_tabel(content: Isi) -> Tabel:
    """The agenda with its hours."""
    columns = [("No.", 6), ("Waktu", 16), ("Durasi (menit)", 12), ("Acara", 50), ("Penanggung Jawab", 26)]
    return Tabel(
        columns,
        ([i, a["waktu"], a["menit"], a["judul"], a["penanggung_jawab"]] for i, a in enumerate(content["acara"], 1)),
    )


def notulen_tabel(content: Isi) -> Tabel:
    """The minutes, a line per note."""
    columns = [
        ("Acara", 36),
        ("Pembicara", 30),
        ("Pokok bahasan", 50),
        ("Tanggapan", 50),
        ("Tindak lanjut", 36),
        ("Kesimpulan", 36),
    ]
    return Tabel(
        columns,
        (
            [a["judul"], c["pembicara"], c["pertanyaan"], c["jawaban"], c["tindak_lanjut"], c["putusan"]]
            for a in content["acara"]
            for c in a["catatan"]
        ),
    )


def daftar_hadir_tabel(content: Isi) -> Tabel:
    """Who was there."""
    columns = [
        ("No.", 6),
        ("Nama", 34),
        ("Usia", 8),
        ("L/P", 6),
        ("Lembaga/Instansi", 34),
        ("Alamat dan No. Telepon", 40),
    ]
    return Tabel(
        columns,
        (
            [i, h["nama"], h["usia"], h["jenis_kelamin"], h["lembaga"], h["alamat"]]
            for i, h in enumerate(content["daftar"], 1)
        ),
    )


CETAKAN: dict[str, Cetakan] = {
    "tanda_terima": Cetakan(
        "Tanda terima undangan", "untuk dibawa bersama surat", tanda_terima, "pdf/tanda_terima.html"
    ),
    "pemberitahuan_skors": Cetakan(
        "Pemberitahuan sidang lanjutan",
        "selama sidang diskors",
        pemberitahuan_skors,
        "pdf/pemberitahuan_skors.html",
        ttd=(CAMAT,),
    ),
    "susunan_acara": Cetakan(
        "Susunan acara",
        "dengan waktu",
        susunan_acara,
        "pdf/susunan_acara.html",
        ttd=(KETUA_TIM,),
        xlsx=susunan_acara_tabel,
    ),
    "daftar_hadir_kosong": Cetakan(
        "Formulir daftar hadir",
        "kosong, untuk meja pendaftaran",
        daftar_hadir_kosong,
        "pdf/daftar_hadir_kosong.html",
    ),
    "notulen": Cetakan(
        "Notulen",
        "per acara",
        notulen,
        "pdf/notulen.html",
        xlsx=notulen_tabel,
        tanggal=meeting_day,
    ),
    "waktu_bicara": Cetakan(
        "Waktu bicara",
        words("menurut orang, desa, dan jenis kelamin"),
        waktu_bicara,
        "pdf/waktu_bicara.html",
        xlsx=waktu_bicara_tabel,
        tanggal=meeting_day,
    ),
    "notulen_kosong": Cetakan(
        "Formulir notulen", "kosong, untuk ditulis tangan", notulen_kosong, "pdf/notulen_kosong.html"
    ),
    "daftar_hadir": Cetakan(
        "Daftar hadir",
        "Lampiran I",
        daftar_hadir,
        "pdf/daftar_hadir.html",
        ttd=(CAMAT,),
        xlsx=daftar_hadir_tabel,
        tanggal=meeting_day,
    ),
}
