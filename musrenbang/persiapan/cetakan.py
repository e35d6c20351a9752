"""Papers of the preparation."""

from datetime import date
from typing import Any

from musrenbang import format as tulis
from musrenbang.cetakan import CAMAT, Cetakan
from musrenbang.models import Musrenbang, ProgramKind, SkTim
from musrenbang.naskah import legal_basis
from musrenbang.persiapan.queries import list_program, list_tim
from musrenbang.sebutan import sebutan
from musrenbang.transisi import Refused


def decision_day(musrenbang: Musrenbang) -> date | None:
    """Return the date on the decision about the team, once it has one."""
    decree = SkTim.objects.filter(musrenbang=musrenbang).first()
    return decree.tanggal if decree else None


def sk_tim(musrenbang: Musrenbang) -> dict[str, Any]:
    """The Camat's decision on the team (seed B.1), ready to be signed."""
    kelompok = list_tim(musrenbang)
    if not kelompok:
        raise Refused("Tim pelaksana belum disusun, jadi SK Tim belum dapat dicetak.")
    decree = SkTim.objects.filter(musrenbang=musrenbang).first() or SkTim(musrenbang=musrenbang)
    return {
        "nomor": decree.nomor,
        "tanggal": tulis.date_text(decree.tanggal, "") if decree.tanggal else "",
        "mengingat": legal_basis(musrenbang.tahun_pelaksanaan, musrenbang.kecamatan.kabupaten.naskah),
        "anggota": [
            {"kedudukan": label, "nama": a.nama, "jabatan": a.jabatan, "nip": a.nip}
            for label, anggota in kelompok
            for a in anggota
        ],
    }


def incoming_programmes(musrenbang: Musrenbang) -> list[dict[str, Any]]:
    """Chapter V of the RKP: what enters the kecamatan in year N, and what the SKPD put first for N+1."""
    tahun = {
        ProgramKind.MASUK: f"Program masuk tahun {musrenbang.tahun_pelaksanaan}",
        ProgramKind.PRIORITAS: f"Prioritas {sebutan.skpd} tahun {musrenbang.tahun_rencana}",
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
                    "sumber_dana": str(p.sumber_dana or ""),
                    "keterangan": p.keterangan,
                }
                for p in k.daftar
            ],
            "jumlah": k.jumlah,
        }
        for k in list_program(musrenbang)
        if k.daftar
    ]


CETAKAN: dict[str, Cetakan] = {
    "sk_tim": Cetakan(
        "Keputusan tentang tim pelaksana",
        "dengan lampiran susunan tim",
        sk_tim,
        "pdf/sk_tim.html",
        ttd=(CAMAT,),
        tanggal=decision_day,
        nomor_isi=lambda content: str(content["nomor"]),
    ),
}
