"""Papers after the day: what goes to Bappeda, the SKPD and the desa."""

from typing import Any

from musrenbang import format as tulis
from musrenbang.cetakan import CAMAT, Cetakan, Isi, Nomor, Tabel, figure_of, today
from musrenbang.format import unknown_costs
from musrenbang.labels import words
from musrenbang.models import Dokumen, Musrenbang, Skpd
from musrenbang.naskah import addressee, is_own_office
from musrenbang.sebutan import sebutan
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from rkp.cetakan import DANA, MATRIKS, UANG_MATRIKS, dana_cells, matrix_row, official_versi, version_day
from rkp.dokumen import dana_summary, row_as_data
from rkp.models import SEPAKAT, BarisVersi, RkpVersi
from rkp.queries.baris import agreed_rows, current_version, places_of
from rkp.queries.dana import dana_of
from rkp.queries.sums import sum_plan, tally_rows
from tindak_lanjut.models import Adendum, StatusAdendum
from tindak_lanjut.queries.adendum import issued_adendum, lines_of
from tindak_lanjut.queries.kabar import village_digest
from tindak_lanjut.queries.pemilahan import skpd_with_rows, sorted_rows
from tindak_lanjut.queries.proofs import village_proofs


def last_berita_acara(musrenbang: Musrenbang) -> dict[str, str]:
    """Number and date of the newest issued Berita Acara, as they stand on it; blank while there is none."""
    minutes_paper = (
        Dokumen.objects.filter(musrenbang=musrenbang, jenis="berita_acara").exclude(nomor="").defer("isi").first()
    )
    return {
        "nomor": minutes_paper.nomor if minutes_paper else "",
        "tanggal": tulis.date_text(minutes_paper.tanggal, "") if minutes_paper else "",
    }


def _rows(versi: RkpVersi) -> list[BarisVersi]:
    """The agreed works by agency, in each in the order of priority of the kecamatan."""
    place = places_of(versi)
    return sorted(agreed_rows(versi), key=lambda b: (b.name_of("skpd"), place[b.nomor]))


def durkp(musrenbang: Musrenbang) -> dict[str, Any]:
    """DURKP Kecamatan: what goes to the Musrenbang Kabupaten, by agency and program, with sums (rupiah)."""
    versi = official_versi(musrenbang)
    baris, agreed, places = _rows(versi), sum_plan(agreed_rows(versi)).sepakat, places_of(versi)
    kelompok = [_by_skpd(nama, own, places) for nama, own in _grouped(baris)]
    return {
        "versi": versi.nomor,
        "tanggal": tulis.date_text(version_day(musrenbang)),
        "kelompok": kelompok,
        "total": agreed.rp,
        "terbilang": tulis.in_words(agreed.rp),
        "jumlah_kegiatan": agreed.n,
        "tanpa_biaya": agreed.tanpa_biaya,
        "program": _per_program(baris),
        "dana": dana_summary(b for k in kelompok for b in k["baris"]),
    }


def _grouped(baris: list[BarisVersi]) -> list[tuple[str, list[BarisVersi]]]:
    per: dict[str, list[BarisVersi]] = {}
    for b in baris:
        per.setdefault(b.name_of("skpd") or "Belum ditentukan", []).append(b)
    return list(per.items())


def _by_skpd(nama: str, owned: list[BarisVersi], tempat: dict[int, int]) -> dict[str, Any]:
    baris = [row_as_data(b) | {"desa": b.nama_desa, "prioritas": tempat.get(b.nomor)} for b in owned]
    return {"skpd": nama, "baris": baris, "jumlah": tally_rows(owned).sepakat.rp}


def _per_program(baris: list[BarisVersi]) -> list[dict[str, Any]]:
    per: dict[str, list[BarisVersi]] = {}
    for b in baris:
        per.setdefault(b.program or "Belum ditentukan", []).append(b)
    jumlah = {nama: tally_rows(own).sepakat for nama, own in sorted(per.items())}
    return [{"nama": nama, "n": j.n, "jumlah": j.rp} for nama, j in jumlah.items()]


def pengantar_bappeda(musrenbang: Musrenbang) -> dict[str, Any]:
    """The letter that hands the result over to Bappeda: what is enclosed, how much of it."""
    versi = official_versi(musrenbang)
    dana = dana_summary(row_as_data(b) for b in _rows(versi))
    agreed = sum_plan(agreed_rows(versi)).sepakat
    return {
        "berita_acara": last_berita_acara(musrenbang),
        "versi": versi.nomor,
        "sha256": versi.sha256,
        "jumlah_kegiatan": agreed.n,
        "jumlah": agreed.rp,
        "terbilang": tulis.in_words(agreed.rp),
        "tanpa_biaya": agreed.tanpa_biaya,
        "dana": dana["kalimat"],
        "lampiran": [
            f"Berita Acara {sebutan.musrenbang} beserta lampirannya",
            f"RKP {sebutan.Kecamatan}",
            "Daftar urutan kegiatan prioritas menurut perangkat daerah",
            "Daftar kegiatan yang belum disepakati",
            f"Daftar Usulan RKP (DURKP) {sebutan.Kecamatan}",
            "Daftar delegasi dan surat mandat",
        ],
    }


def list_adendum(musrenbang: Musrenbang) -> list[tuple[str, str]]:
    """Return (number, words) of every addendum that the Camat approved."""
    return [(str(a.urut), str(a)) for a in issued_adendum(musrenbang)]


def adendum(musrenbang: Musrenbang, part: str) -> dict[str, Any]:
    """The letter with a numbered correction of what Bappeda took in: why, and each work before and after."""
    one = Adendum.objects.filter(musrenbang=musrenbang, urut=int(part or 0)).exclude(status=StatusAdendum.DISUSUN)
    a = one.select_related("penyampaian", "versi", "dari_versi").first()
    if a is None or a.versi is None or a.dari_versi is None:
        raise Refused(f"Adendum itu belum disahkan {sebutan.camat}, jadi suratnya belum dapat dibuat.")
    zona = musrenbang.kecamatan.kabupaten.tz
    return {
        "urut": a.urut,
        "sebab": a.sebab,
        "tanda_terima": a.penyampaian.nomor,
        "tanggal_penyampaian": tulis.date_text(a.penyampaian.pada.astimezone(zona).date()),
        "versi": a.versi.nomor,
        "sha256": a.versi.sha256,
        "sha256_lama": a.dari_versi.sha256,
        "baris": [{k: v for k, v in b.items() if not k.startswith("kunci")} for b in lines_of(a)],
    }


def list_skpd(musrenbang: Musrenbang) -> list[tuple[str, str]]:
    """Return (key, name) of every SKPD that works were given to; before the sorting, of those in the plan."""
    return [(str(s.pk), s.nama) for s in skpd_with_rows(musrenbang)]


def usulan_skpd(musrenbang: Musrenbang, part: str) -> dict[str, Any]:
    """The works of one SKPD with the cover letter (musrenbang.md 3(k)), as material for its Renja."""
    everything = all_skpd(musrenbang)
    if part not in everything:
        raise Refused("Perangkat daerah ini tidak punya kegiatan yang disepakati.")
    return everything[part]


def all_skpd(musrenbang: Musrenbang) -> dict[str, dict[str, Any]]:
    """Return the letter of every SKPD by its key, in one reading."""
    place = places_of(official_versi(musrenbang))
    per: dict[Skpd, list[BarisVersi]] = {}
    for b in sorted_rows(musrenbang):
        if b.skpd:
            per.setdefault(b.skpd, []).append(b)
    base = last_berita_acara(musrenbang)
    kecamatan = musrenbang.kecamatan.nama
    return {
        str(skpd.pk): _one_skpd(skpd, own, place)
        | {
            "berita_acara": base,
            "kepada": addressee(skpd.nama, sebutan.Camat),
            "kantor_sendiri": is_own_office(skpd.nama, kecamatan),
        }
        for skpd, own in per.items()
    }


def _one_skpd(skpd: Skpd, owned: list[Any], tempat: dict[int, int]) -> dict[str, Any]:
    owned = sorted(owned, key=lambda b: (tempat.get(b.nomor, len(tempat) + 1), b.nomor))
    peringkat = {b.pk: i for i, b in enumerate(sorted(owned, key=lambda b: (-(b.skor or 0), b.nomor)), 1)}
    content = _by_skpd(skpd.nama, owned, tempat)
    for b, data in zip(owned, content["baris"], strict=True):
        data |= {"urutan": peringkat[b.pk], "diminta": b.diminta, "keterangan": _money_note(b)}
    content |= {"diminta": sum(b.diminta or 0 for b in owned), "dana": dana_summary(content["baris"])}
    return content | {"singkatan": skpd.singkatan, "terbilang": tulis.in_words(content["diminta"])}


def _money_note(b: Any) -> str:
    """What a programme pays of a work that an SKPD is asked for, and why it is asked all the same."""
    dana = dana_of(b)
    if not dana.jumlah:
        return ""
    word = f"{dana.kalimat}, dari biaya {tulis.rupiah(b.biaya)}."
    return f"{word} Tetap diusulkan: {b.alasan_kirim}" if b.alasan_kirim else word


def kabar_desa(musrenbang: Musrenbang) -> dict[str, Any]:
    """For every desa with proposals a sheet: what became of each, why, and what comes next."""
    all_rows = list(musrenbang.kecamatan.desa_set.order_by("kode"))
    news, proof = village_digest(musrenbang, all_rows), village_proofs(musrenbang)
    return {
        "ditetapkan": current_version(musrenbang) is not None,
        "desa": [
            {
                "nama": d.nama,
                "n": (n := sum(k.part_of(d.kode) for k in news[d.pk])),
                "ikut": len(news[d.pk]) - n,
                "disepakati": sum(k.part_of(d.kode) for k in news[d.pk] if k.keputusan in SEPAKAT),
                "disepakati_ikut": sum(not k.part_of(d.kode) for k in news[d.pk] if k.keputusan in SEPAKAT),
                "baris": [
                    {
                        "nomor": k.usulan.nomor,
                        "kegiatan": k.usulan.kegiatan,
                        "lokasi": k.usulan.lokasi,
                        "hasil": k.hasil,
                        "alasan": k.alasan,
                        "dana": k.dana,
                        "kepada": k.kepada,
                        "jawaban": k.jawaban,
                        "berikut": k.berikut,
                        "volume": k.ukuran[0],
                        "biaya": k.ukuran[1],
                        "dalam_rkp": k.in_plan,
                    }
                    for k in news[d.pk]
                ],
                "bukti": proof.get(d.nama, []),
            }
            for d in all_rows
            if d.pk in news
        ],
    }


def durkp_tabel(content: Isi) -> Tabel:
    """The list for the kabupaten."""
    return Tabel(
        [(sebutan.Skpd, 36), ("Prioritas ke", 8), *MATRIKS, (f"{sebutan.Desa} Pengusul", 22), ("Skor", 8), *DANA],
        (
            [k["skpd"], b.get("prioritas"), *matrix_row(b), b["desa"], figure_of(b["skor"]), *dana_cells(b)]
            for k in content["kelompok"]
            for b in k["baris"]
        ),
        jumlah=UANG_MATRIKS,
        kurang=unknown_costs(b["biaya"] for k in content["kelompok"] for b in k["baris"]),
    )


def usulan_skpd_tabel(content: Isi) -> Tabel:
    """The works of one SKPD, with room for its answer."""
    return Tabel(
        [
            ("Prioritas ke", 8),
            *MATRIKS,
            (f"{sebutan.Desa} Pengusul", 22),
            ("Skor", 8),
            ("Urutan Prioritas", 10),
            ("Tanggapan", 20),
            ("Alasan tanggapan", 40),
            (f"Rupiah diminta dari {sebutan.skpd}", 20),
            ("Keterangan dana", 40),
        ],
        (
            [
                b.get("prioritas"),
                *matrix_row(b),
                b["desa"],
                figure_of(b["skor"]),
                b["urutan"],
                None,
                None,
                b["diminta"],
                b["keterangan"] or None,
            ]
            for b in content["baris"]
        ),
        jumlah=["Pagu (Rp)", f"Rupiah diminta dari {sebutan.skpd}"],
        kurang=unknown_costs(b["biaya"] for b in content["baris"]),
    )


def kabar_desa_tabel(content: Isi) -> Tabel:
    """What became of every proposal."""
    columns = [
        (sebutan.Desa, 22),
        ("No. usulan", 8),
        ("Usulan", 44),
        ("Lokasi", 28),
        ("Hasil musrenbang", 26),
        ("Alasan", 40),
        ("Perangkat daerah", 36),
        ("Jawaban", 40),
        ("Berikutnya", 40),
        ("Dana program", 36),
    ]
    kunci = ("nomor", "kegiatan", "lokasi", "hasil", "alasan", "kepada", "jawaban", "berikut", "dana")
    return Tabel(columns, ([d["nama"], *(b[k] for k in kunci)] for d in content["desa"] for b in d["baris"]))


CETAKAN: dict[str, Cetakan] = {
    "durkp": Cetakan(
        words("DURKP Kecamatan"),
        words("daftar usulan ke Musrenbang Kabupaten"),
        durkp,
        "pdf/durkp.html",
        ttd=(CAMAT,),
        xlsx=durkp_tabel,
        tanggal=version_day,
    ),
    "pengantar_bappeda": Cetakan(
        words("Surat pengantar ke Bappeda"),
        "bernomor",
        pengantar_bappeda,
        "pdf/pengantar_bappeda.html",
        nomor=Nomor("050", "PB-MRB", Tahap.DISAHKAN),
        ttd=(CAMAT,),
        tanggal=today,
    ),
    "kabar_desa": Cetakan(
        words("Kabar untuk desa"),
        words("hasil setiap usulan, satu lembar per desa"),
        kabar_desa,
        "pdf/kabar_desa.html",
        ttd=(CAMAT,),
        xlsx=kabar_desa_tabel,
    ),
    "usulan_skpd": Cetakan(
        "Usulan per perangkat daerah",
        "dengan surat pengantar, satu per perangkat daerah",
        usulan_skpd,
        "pdf/usulan_skpd.html",
        nomor=Nomor("050", "US-MRB", Tahap.DITERIMA),
        ttd=(CAMAT,),
        xlsx=usulan_skpd_tabel,
        bagian=list_skpd,
        tanggal=today,
        semua=all_skpd,
    ),
    "adendum": Cetakan(
        words("Adendum RKP Kecamatan"),
        words("perbaikan redaksi sesudah diterima Bappeda, bernomor"),
        adendum,
        "pdf/adendum.html",
        nomor=Nomor("050", "AD-MRB", Tahap.DITERIMA),
        ttd=(CAMAT,),
        bagian=list_adendum,
        tanggal=today,
        sekali=True,
        belum=words("Belum ada adendum yang disahkan Camat."),
    ),
}
