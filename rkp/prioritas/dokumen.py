"""The ranking as data for documents and spreadsheets."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from musrenbang import format as tulis
from musrenbang.cetakan import figure_of
from musrenbang.infra.qr import encode
from musrenbang.infra.sheets import with_gaps, write_xlsx
from musrenbang.models import JejakAudit, Musrenbang
from musrenbang.sebutan import sebutan
from rkp.prioritas.models import KodeSuara, Pemeringkatan, Pemungutan, StatusPemeringkatan, StatusPemungutan
from rkp.prioritas.queries.board import STATUS_DANA, BarisPeringkat, Board, board
from rkp.prioritas.queries.candidates import list_peserta
from rkp.prioritas.queries.input import kriteria_of
from rkp.prioritas.queries.suara import counted, latest_vote, list_pemungutan, title_of, vote_name
from rkp.prioritas.rules import KEBIJAKAN, METODE, PEMECAH
from rkp.prioritas.rules_words import plain_reason, rule_change
from rkp.prioritas.sources import split_amount


def ranking_data(p: Pemeringkatan) -> dict[str, Any]:
    """One ranking for Lampiran IV: rules, changes in them, ties, every line and why, and who may not compete."""
    boards = board(p)
    result = boards.hasil or {"ringkasan": {"pagu": p.pagu, "didanai": 0, "sisa": p.pagu}}
    perubahan = JejakAudit.objects.filter(
        musrenbang=p.musrenbang_id, aksi="prioritas.aturan_diubah", objek_id=f"pemeringkatan:{p.pk}"
    ).order_by("pk")
    return {
        "nama": p.nama,
        "dasar_hukum": p.dasar_hukum,
        "pagu": p.pagu,
        "didanai": result["ringkasan"]["didanai"],
        "sisa": result["ringkasan"]["sisa"],
        "sumber": split_amount(p.pagu, p.aturan["sumber"]),
        "metode": METODE[p.aturan["metode"]],
        "kebijakan": KEBIJAKAN[p.aturan["kebijakan_sisa"]],
        "kriteria": [{"nama": k["nama"], "bobot": k["bobot"]} for k in kriteria_of(p)],
        "skala": p.aturan["skala"],
        "pemecah": [_chain_word(p, k) for k in p.aturan["pemecah_seri"]],
        "perubahan": [_changed_rules(p, j) for j in perubahan],
        "putusan": [
            {"nomor": c.isi.nomor, "urut": c.calon.putusan, "alasan": c.calon.alasan_putusan}
            for c in boards.peserta
            if c.calon.putusan is not None
        ],
        "seri": _settled(boards),
        "urutan_alasan": p.urutan_alasan,
        "spc_nomor": p.spc_nomor,
        "spc_tanggal": tulis.date_text(p.spc_tanggal, "") if p.spc_tanggal else "",
        "wajib_spc": p.aturan["wajib_spc"],
        "ditunda": p.ditunda,
        "ditunda_ba": p.ditunda_ba,
        "suara": [_turnout(v) for v in list_pemungutan(p).filter(status=StatusPemungutan.DITUTUP)],
        "sha256_masukan": p.sha256_masukan,
        "sha256_hasil": p.sha256_hasil,
        "belum": boards.galat,
        "tetap": p.status == StatusPemeringkatan.DITETAPKAN,
        "catatan_daftar": _list_notes(p, boards),
        "daftar": [
            {"nama": nama, "urutan": [_line(u) for u in content], "jumlah": _sum(content)}
            for nama, content in boards.daftar
        ],
        "gugur": [
            {
                "nomor": c.isi.nomor,
                "kegiatan": c.isi.kegiatan,
                "lokasi": c.isi.lokasi_lengkap,
                "sebab": plain_reason(c.alang),
            }
            for c in boards.gugur
        ],
    }


def _changed_rules(p: Pemeringkatan, jejak: JejakAudit) -> dict[str, Any]:
    """One change of the rules: why, and each rule by its name before and after."""
    kriteria = {k["kode"]: k["nama"] for k in p.aturan["kriteria"]}
    items = [rule_change(kode, *nilai, names=kriteria) for kode, nilai in jejak.rincian.items()]
    return {"alasan": jejak.alasan, "apa": ", ".join(b["nama"] for b in items), "butir": items}


def _turnout(v: Pemungutan) -> dict[str, Any]:
    """How many of the registered voters voted, and why the meeting took the result where they were too few."""
    position = counted(v)
    return {
        "nama": str(v),
        "judul": vote_name(v),
        "memilih": position.sudah,
        "pemilih": position.pemilih,
        "alasan_kuorum": v.alasan_kuorum,
    }


def _settled(board: Board) -> list[dict[str, Any]]:
    """The works of equal score that the meeting put in order, each group by itself, in that order."""
    per: dict[tuple[str, str], list[BarisPeringkat]] = {}
    for u in board.urutan:
        if u.calon.putusan is not None and u.seri_dengan:
            per.setdefault((u.daftar, u.skor), []).append(u)
    return [
        {
            "nomor": [u.isi.nomor for u in sorted(own, key=lambda u: (u.calon.putusan, u.isi.nomor))],
            "alasan": " ".join(dict.fromkeys(u.calon.alasan_putusan for u in own)),
        }
        for own in per.values()
        if len(own) > 1
    ]


def _list_notes(p: Pemeringkatan, board: Board) -> list[str]:
    """What is said about lists that nobody had to decide about: passed over, or of one candidate."""
    results = [f"Daftar {title_of(p, k)} dilewati sidang: {alasan}" for k, alasan in p.dilewati.items()]
    if p.aturan["metode"] == "suara":
        collected = latest_vote(p)
        count = Counter(u.daftar for u in board.urutan)
        results += [
            f"Daftar {title_of(p, k)} hanya satu calon, jadi diperingkat tanpa pemungutan suara."
            for k, n in count.items()
            if n == 1 and k not in collected
        ]
    return results


def _chain_word(p: Pemeringkatan, kode: str) -> str:
    kriteria = {k["kode"]: k["nama"].lower() for k in kriteria_of(p)}
    return kriteria.get(kode) or PEMECAH.get(kode, kode)


def _sum(lines: Iterable[BarisPeringkat]) -> dict[str, int]:
    """Return what the works of a list cost and get, in rupiah; each of them has a cost, or it could not compete."""
    all_lines = list(lines)
    return {"biaya": sum(u.biaya for u in all_lines), "didanai": sum(u.didanai for u in all_lines)}


def _line(u: BarisPeringkat) -> dict[str, Any]:
    return {
        "peringkat": u.peringkat,
        "nomor": u.isi.nomor,
        "kegiatan": u.isi.kegiatan,
        "lokasi": u.isi.lokasi_lengkap,
        "skor": u.skor.replace(".", ","),
        "biaya": u.biaya,
        "didanai": u.didanai,
        "status": STATUS_DANA[u.status],
        "sebab": plain_reason(u.sebab),
        "garis": u.garis,
        "batas": u.batas,
        "karena": u.karena,
        "penutup": u.calon.penutup,
    }


def score_data(p: Pemeringkatan) -> dict[str, Any]:
    """The score sheet of one ranking: every candidate's value on every criterion, blank where none was given."""
    kriteria, satuan = kriteria_of(p), "%" if p.aturan["skala"] == "persen" else ""
    boards = board(p)
    skor = {u.kode: (u.peringkat, u.skor.replace(".", ",")) for u in boards.urutan}
    return {
        "nama": p.nama,
        "kriteria": [f"{k['nama']} ({k['bobot']}{satuan})" for k in kriteria],
        "baris": [
            {
                "nomor": c.isi.nomor,
                "kegiatan": c.isi.kegiatan,
                "lokasi": c.isi.lokasi_lengkap,
                "nilai": [tulis.number(c.nilai[k["kode"]]) if k["kode"] in c.nilai else "" for k in kriteria],
                "peringkat": skor.get(c.kode, ("", ""))[0],
                "skor": skor.get(c.kode, ("", ""))[1],
            }
            for c in boards.layak
        ],
    }


def vote_data(v: Pemungutan, p: Pemeringkatan) -> dict[str, Any]:
    """The recap of one vote: control totals and votes of every candidate, the most first."""
    content = {c.calon.baris_id: c.isi for c in list_peserta(p)}
    paper = {"edar": 0, "masuk": 0, "sah": 0, "suara": {}} | v.kertas
    position, result, jenis = counted(v), v.hasil or {}, "Pemungutan ulang" if v.ulangan else "Pemungutan suara"
    baris = [
        {
            "nomor": content[pk].nomor,
            "kegiatan": content[pk].kegiatan,
            "lokasi": content[pk].lokasi_lengkap,
            "kertas": paper["suara"].get(str(pk), 0),
            "jumlah": result.get(str(pk), 0),
            "hp": result.get(str(pk), 0) - paper["suara"].get(str(pk), 0),
        }
        for pk in v.calon
        if pk in content
    ]
    return {
        "nama": p.nama,
        "daftar": title_of(p, v.daftar),
        "judul": f"{jenis} putaran {v.putaran}",
        "pilihan": v.jumlah_pilihan,
        "alasan_kuorum": v.alasan_kuorum,
        "rahasia": v.rahasia,
        "pemilih": position.pemilih,
        "hp": position.hp,
        "kertas": position.kertas,
        "tangan": position.tangan,
        "belum": position.belum,
        "edar": paper["edar"],
        "masuk": paper["masuk"],
        "sah": paper["sah"],
        "tidak_sah": paper["masuk"] - paper["sah"],
        "baris": sorted(baris, key=lambda b: (-b["jumlah"], b["nomor"])),
        "jumlah": sum(b["jumlah"] for b in baris),
    }


def closed_votes(p: Pemeringkatan) -> list[dict[str, Any]]:
    """The recaps of all votes of a ranking that were counted."""
    return [vote_data(v, p) for v in list_pemungutan(p).filter(status=StatusPemungutan.DITUTUP)]


def ballot_address() -> str:
    """Return where guests type the code of a slip: the site's address, whatever address this page was opened at.

    The laptop of a hall calls itself 127.0.0.1, and the https of the team's own devices is not for guests.
    """
    return f"{settings.ALAMAT}{reverse('ballot_enter')}"


def slip_data(v: Pemungutan, alamat: str) -> list[dict[str, str]]:
    """The slips of the codes that are not used yet, by desa, with a QR of ``alamat`` + code; only while it runs."""
    kode = KodeSuara.objects.filter(pemungutan=v, kode__isnull=False, cara="")
    results = []
    for k in kode.select_related("pemilih__kehadiran", "pemilih__desa"):
        text = k.kode or ""
        nama, desa = k.pemilih.kehadiran.nama, k.pemilih.desa.nama
        results.append({"kode": f"{text[:4]}-{text[4:]}", "qr": _qr(f"{alamat}{text}/"), "nama": nama, "desa": desa})
    return results


def _qr(content: str) -> str:
    svg: str = encode(content).svg_inline(scale=2, border=0)
    return svg


def priority_xlsx(musrenbang: Musrenbang, p: Pemeringkatan) -> bytes:
    """The ranked list of one programme as a workbook."""
    data = ranking_data(p)
    return write_xlsx(
        judul=with_gaps(
            f"Urutan prioritas {p.nama}, {sebutan.Kecamatan} {musrenbang.kecamatan.nama}. Pagu {tulis.rupiah(p.pagu)}",
            "" if data["tetap"] else "urutan sementara, belum ditetapkan",
            data["belum"],
            f"{len(data['gugur'])} kegiatan tidak ikut diperingkat dan tidak ada di sini" if data["gugur"] else "",
        ),
        kolom=[
            ("Daftar", 20),
            ("Peringkat", 10),
            ("No. RKP", 8),
            ("Kegiatan", 44),
            ("Lokasi", 32),
            ("Skor", 10),
            ("Biaya (Rp)", 18),
            ("Didanai (Rp)", 18),
            ("Hasil", 18),
            ("Sebab", 50),
            ("Kekurangan ditutup dengan", 30),
        ],
        jumlah=["Didanai (Rp)"],
        baris=(
            [
                d["nama"],
                u["peringkat"],
                u["nomor"],
                u["kegiatan"],
                u["lokasi"],
                figure_of(u["skor"]),
                u["biaya"],
                u["didanai"],
                u["status"],
                u["sebab"],
                u["penutup"],
            ]
            for d in data["daftar"]
            for u in d["urutan"]
        ),
    )


def score_xlsx(musrenbang: Musrenbang, p: Pemeringkatan) -> bytes:
    """The score sheet of one programme as a workbook."""
    data = score_data(p)
    return write_xlsx(
        judul=f"Lembar skor {p.nama}, {sebutan.Kecamatan} {musrenbang.kecamatan.nama}",
        kolom=[
            ("No. RKP", 8),
            ("Kegiatan", 44),
            ("Lokasi", 32),
            *((k, 18) for k in data["kriteria"]),
            ("Skor", 10),
            ("Peringkat", 10),
        ],
        baris=(
            [
                b["nomor"],
                b["kegiatan"],
                b["lokasi"],
                *map(figure_of, b["nilai"]),
                figure_of(b["skor"]),
                b["peringkat"] or None,
            ]
            for b in data["baris"]
        ),
    )


def vote_xlsx(musrenbang: Musrenbang, p: Pemeringkatan) -> bytes:
    """The recap of all counted votes of one programme as a workbook."""
    return write_xlsx(
        judul=f"Rekap suara {p.nama}, {sebutan.Kecamatan} {musrenbang.kecamatan.nama}",
        kolom=[
            ("Pemungutan", 34),
            ("No. RKP", 8),
            ("Kegiatan", 44),
            ("Lokasi", 32),
            ("Suara HP", 10),
            ("Suara kertas/tangan", 18),
            ("Jumlah suara", 12),
        ],
        baris=(
            [v["judul"], b["nomor"], b["kegiatan"], b["lokasi"], b["hp"], b["kertas"], b["jumlah"]]
            for v in closed_votes(p)
            for b in v["baris"]
        ),
    )


LEMBAR: dict[str, Callable[[Musrenbang, Pemeringkatan], bytes]] = {
    "prioritas": priority_xlsx,
    "skor": score_xlsx,
    "suara": vote_xlsx,
}
