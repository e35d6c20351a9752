"""Papers of the plan."""

from datetime import date
from typing import Any

from django.utils import timezone

from musrenbang import format as tulis
from musrenbang.cetakan import CAMAT, KELOMPOK, Cetakan, Isi, Tabel, decimal_of, figure_of, meeting_day, today
from musrenbang.format import unknown_costs
from musrenbang.infra.sheets import Sheet
from musrenbang.labels import words
from musrenbang.models import Musrenbang
from musrenbang.persiapan.cetakan import incoming_programmes
from musrenbang.persiapan.queries import kriteria_for
from musrenbang.sebutan import sebutan
from musrenbang.transisi import Refused
from rkp.bab import bab_rkp
from rkp.dokumen import by_bidang, dana_summary, kelompok_row, only_agreed, row_as_data, sums_sheet
from rkp.models import SEPAKAT, Kegiatan, Keputusan, Rkp, RkpVersi, StatusKelompok, VersiKind
from rkp.queries.baris import agreed_rows, current_version, official_version, places_of, rows, version_rows, with_origin
from rkp.queries.kelompok import list_kelompok
from rkp.queries.sums import sum_plan, tally_rows


def required_versi(musrenbang: Musrenbang) -> RkpVersi:
    """Return the version of the plenary, which the Berita Acara is about; raise Refused while there is none."""
    versi = current_version(musrenbang)
    if versi is None:
        raise Refused(f"RKP {sebutan.Kecamatan} belum ditetapkan, jadi dokumen ini belum dapat dibuat.")
    return versi


def official_versi(musrenbang: Musrenbang) -> RkpVersi:
    """Return the version that leaves the kecamatan, approved by the Camat; before that the plenary's."""
    return official_version(musrenbang) or required_versi(musrenbang)


def version_day(musrenbang: Musrenbang) -> date:
    """Return the day on which the plan that leaves the kecamatan was approved or fixed; of a draft today."""
    versi = official_version(musrenbang)
    tz = musrenbang.kecamatan.kabupaten.tz
    return timezone.localtime(versi.dibuat_pada, tz).date() if versi else today(musrenbang)


DALAM_MATRIKS = (*SEPAKAT, Keputusan.BELUM_DIBAHAS)
"""What the matrix holds; nothing of a fixed plan is still open."""


LAMPIRAN_RKP = {
    Keputusan.CADANGAN: "Kegiatan cadangan",
    Keputusan.BELUM_DISEPAKATI: "Kegiatan yang belum disepakati",
    Keputusan.DIGABUNG: "Kegiatan yang digabung ke kegiatan lain",
}


def rkp(musrenbang: Musrenbang) -> dict[str, Any]:
    """The plan that was fixed: what was agreed; then by themselves reserves, not agreed and merged."""
    versi = official_versi(musrenbang)
    return _plan(musrenbang, versi, list(version_rows(versi)))


def draft_rkp(musrenbang: Musrenbang) -> dict[str, Any]:
    """The working draft, with what is still open. Of a plan that is fixed there is none: it would be a second plan."""
    work = Rkp.objects.filter(musrenbang=musrenbang).first()
    if work is None:
        raise Refused(f"Draf RKP {sebutan.Kecamatan} belum disusun.")
    if versi := official_version(musrenbang):
        done = f"disahkan {sebutan.camat}" if versi.jenis == VersiKind.DISAHKAN else "ditetapkan"
        raise Refused(
            f"RKP {sebutan.Kecamatan} versi {versi.nomor} sudah {done}, jadi drafnya tidak dicetak lagi. "
            f"Cetak “RKP {sebutan.Kecamatan}”."
        )
    return _plan(musrenbang, None, list(with_origin(rows(work))))


def _plan(musrenbang: Musrenbang, versi: RkpVersi | None, baris: list[Kegiatan]) -> dict[str, Any]:
    jumlah = tally_rows(baris)
    matrix_content = jumlah.sepakat + jumlah.terbuka
    return {
        "versi": versi.nomor if versi else None,
        "disahkan": bool(versi and versi.jenis == VersiKind.DISAHKAN),
        "sha256": versi.sha256 if versi else "",
        "tanggal": tulis.date_text(version_day(musrenbang)) if versi else "",
        "kelompok": by_bidang(b for b in baris if b.keputusan in DALAM_MATRIKS),
        "total": matrix_content.rp,
        "jumlah_kegiatan": matrix_content.n,
        "jumlah": jumlah.as_data(),
        "lampiran": [_annex(k, [b for b in baris if b.keputusan == k]) for k in LAMPIRAN_RKP],
        "program_masuk": incoming_programmes(musrenbang),
        "bab": bab_rkp(musrenbang, versi) if versi else None,
        "dana": dana_summary(row_as_data(b) for b in baris if b.keputusan in DALAM_MATRIKS),
    }


def _annex(keputusan: Keputusan, baris: list[Kegiatan]) -> dict[str, Any]:
    """Return what is not part of the plan, with a sum of its own; a merged row's money stands where it went."""
    jumlah = tally_rows(baris).of(keputusan)
    return {
        "kode": keputusan,
        "judul": LAMPIRAN_RKP[keputusan],
        "baris": [row_as_data(b) for b in baris],
        "jumlah": None if keputusan == Keputusan.DIGABUNG else jumlah.as_data(),
    }


def hasil_kelompok(musrenbang: Musrenbang) -> dict[str, Any]:
    """What every group proposes, with its score sheet (musrenbang.md 3(l)), for chair and notulis to sign."""
    result = list_kelompok(musrenbang)
    if not result:
        raise Refused("Kelompok belum dibentuk, jadi hasilnya belum dapat dicetak.")
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
            for h in result
        ]
    }


def prioritas_skpd(musrenbang: Musrenbang) -> dict[str, Any]:
    """Lampiran II: Tabel T-D.4, by agency, in each in the order of priority of the kecamatan (musrenbang.md 3(d))."""
    versi = required_versi(musrenbang)
    place = places_of(versi)
    per_skpd: dict[str, list[dict[str, Any]]] = {}
    for b in sorted(agreed_rows(versi), key=lambda b: (b.name_of("skpd"), place[b.nomor])):
        data = row_as_data(b) | {"prioritas": place[b.nomor]}
        per_skpd.setdefault(b.name_of("skpd") or "Belum ditentukan", []).append(data)
    kelompok: list[dict[str, Any]] = [
        {"skpd": skpd, "baris": baris, "jumlah": sum(b["biaya"] or 0 for b in baris)}
        for skpd, baris in per_skpd.items()
    ]
    agreed = sum_plan(agreed_rows(versi)).sepakat
    return {
        "kelompok": kelompok,
        "total": agreed.rp,
        "terbilang": tulis.in_words(agreed.rp),
        "jumlah_kegiatan": agreed.n,
        "tanpa_biaya": agreed.tanpa_biaya,
        "dana": dana_summary(b for k in kelompok for b in k["baris"]),
    }


def belum_disepakati(musrenbang: Musrenbang) -> dict[str, Any]:
    """Lampiran III: not agreed and reserve, each with its reason (musrenbang.md 3(e))."""
    versi = required_versi(musrenbang)
    jumlah = sum_plan(version_rows(versi))
    return {
        "jumlah": {"belum": jumlah.belum.as_data(), "cadangan": jumlah.cadangan.as_data()},
        "belum": [row_as_data(b) for b in version_rows(versi, [Keputusan.BELUM_DISEPAKATI])],
        "cadangan": [row_as_data(b) for b in version_rows(versi, [Keputusan.CADANGAN])],
    }


UANG_MATRIKS = ["Pagu (Rp)", "Rupiah dari program"]
"""The columns of money, which are added up."""
MATRIKS = [
    ("No.", 8),
    ("Prioritas Daerah", 28),
    ("Sasaran Daerah", 28),
    ("Program", 30),
    ("Kegiatan", 44),
    ("Sasaran Kegiatan", 24),
    ("Lokasi", 30),
    ("Volume", 12),
    ("Satuan", 10),
    ("Pagu (Rp)", 20),
]


def matrix_row(b: Isi) -> list[Any]:
    """Return a row of the plan as the cells of ``MATRIKS``."""
    return [
        b["nomor"],
        b["prioritas_daerah"],
        b["sasaran_daerah"],
        b["program"],
        b["kegiatan"],
        b["sasaran"],
        b["lokasi"],
        decimal_of(b["volume"]),
        b["satuan"],
        b["biaya"],
    ]


DANA = [("Didanai program", 30), ("Rupiah dari program", 20)]
"""What every list of works says about the money of programmes."""


def dana_cells(b: Isi) -> list[Any]:
    """Return what programmes give to a row, as the two cells of ``DANA``."""
    return [b["dana_program"] or None, b["dana_rp"] or None]


def rkp_tabel(content: Isi) -> Tabel:
    """The matrix by bidang, then a sheet for each annex and one with the sums."""
    columns = [
        ("Bidang", 26),
        *MATRIKS,
        ("Sumber Dana", 18),
        ("Asal", 30),
        (sebutan.Skpd, 30),
        ("Skor", 8),
        ("Keputusan", 24),
        ("Alasan", 40),
        *DANA,
    ]

    def tail(b: Isi) -> list[Any]:
        return [b["sumber_dana"], b["asal"], b["skpd"], figure_of(b["skor"]), b["keputusan"], b["alasan"]]

    return Tabel(
        columns,
        ([k["bidang"], *matrix_row(b), *tail(b), *dana_cells(b)] for k in content["kelompok"] for b in k["baris"]),
        "RKP",
        [
            *(
                Sheet(
                    NAMA_LEMBAR[a["kode"]],
                    columns[1:],
                    [[*matrix_row(b), *tail(b), *dana_cells(b)] for b in a["baris"]],
                    UANG_MATRIKS if a["jumlah"] else (),
                    kurang=unknown_costs(b["biaya"] for b in a["baris"]) if a["jumlah"] else "",
                )
                for a in content.get("lampiran", [])
            ),
            *([sums_sheet(content["jumlah"])] if "jumlah" in content else []),
        ],
        UANG_MATRIKS,
        only_agreed("Pagu (Rp)"),
        unknown_costs(b["biaya"] for k in content["kelompok"] for b in k["baris"]),
    )


NAMA_LEMBAR = {"cadangan": "Cadangan", "belum_disepakati": "Belum disepakati", "digabung": "Digabung"}


def hasil_kelompok_tabel(content: Isi) -> Tabel:
    """What the groups propose, in their order."""
    columns = [
        ("Kelompok", 30),
        ("Peringkat", 10),
        ("No. RKP", 8),
        ("Kegiatan", 44),
        ("Lokasi", 28),
        ("Biaya draf (Rp)", 18),
        ("Biaya kelompok (Rp)", 18),
        ("Skor", 8),
        ("Usul keputusan kelompok", 24),
        ("Alasan", 40),
        ("Catatan", 40),
    ]
    return Tabel(
        columns,
        (
            [
                k["nama"],
                b["peringkat"],
                b["nomor"],
                b["kegiatan"],
                b["lokasi"],
                b["biaya_semula"],
                b["biaya"],
                figure_of(b["skor"]),
                b["usul"],
                b["alasan"],
                b["catatan"],
            ]
            for k in content["kelompok"]
            for b in k["baris"]
        ),
        jumlah=["Biaya draf (Rp)", "Biaya kelompok (Rp)"],
        counted=only_agreed("Biaya kelompok (Rp)", "Usul keputusan kelompok"),
        kurang=unknown_costs(b["biaya"] for k in content["kelompok"] for b in k["baris"]),
    )


def prioritas_skpd_tabel(content: Isi) -> Tabel:
    """Tabel T-D.4."""
    return Tabel(
        [("Prioritas ke", 8), *MATRIKS, ("Penanggung Jawab", 36), *DANA],
        (
            [b.get("prioritas"), *matrix_row(b), b["skpd"], *dana_cells(b)]
            for k in content["kelompok"]
            for b in k["baris"]
        ),
        jumlah=UANG_MATRIKS,
        kurang=unknown_costs(b["biaya"] for k in content["kelompok"] for b in k["baris"]),
    )


def belum_disepakati_tabel(content: Isi) -> Tabel:
    """Not agreed and reserve, with the reasons."""
    columns = [*MATRIKS, ("Keputusan", 24), ("Alasan", 50), *DANA]

    def sheet(kode: str, part: str) -> Sheet:
        cells = [[*matrix_row(b), b["keputusan"], b["alasan"], *dana_cells(b)] for b in content[part]]
        lacking = unknown_costs(b["biaya"] for b in content[part])
        return Sheet(NAMA_LEMBAR[kode], columns, cells, UANG_MATRIKS, kurang=lacking)

    first, reserve = sheet(Keputusan.BELUM_DISEPAKATI, "belum"), sheet(Keputusan.CADANGAN, "cadangan")
    return Tabel(columns, first.baris, first.nama, [reserve], UANG_MATRIKS, kurang=first.kurang)


CETAKAN: dict[str, Cetakan] = {
    "draft_rkp": Cetakan(
        words("Draf RKP Kecamatan"), "keadaan sekarang, per bidang", draft_rkp, "pdf/rkp.html", xlsx=rkp_tabel
    ),
    "rkp": Cetakan(
        words("RKP Kecamatan"),
        "versi yang ditetapkan",
        rkp,
        "pdf/rkp.html",
        ttd=(CAMAT,),
        xlsx=rkp_tabel,
        tanggal=version_day,
    ),
    "hasil_kelompok": Cetakan(
        "Hasil diskusi kelompok",
        "per kelompok, untuk ditandatangani",
        hasil_kelompok,
        "pdf/hasil_kelompok.html",
        ttd=(KELOMPOK,),
        xlsx=hasil_kelompok_tabel,
    ),
    "prioritas_skpd": Cetakan(
        words("Prioritas menurut SKPD"),
        "Tabel T-D.4",
        prioritas_skpd,
        "pdf/prioritas_skpd.html",
        xlsx=prioritas_skpd_tabel,
        tanggal=meeting_day,
    ),
    "belum_disepakati": Cetakan(
        "Belum disepakati",
        "beserta cadangan dan alasannya",
        belum_disepakati,
        "pdf/belum_disepakati.html",
        xlsx=belum_disepakati_tabel,
        tanggal=meeting_day,
    ),
}
