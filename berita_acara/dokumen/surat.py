"""Letters and lists that leave the kecamatan: mandate, letters to Bappeda and SKPD, the list for the kabupaten."""

from typing import Any

from delegasi.queries import composition, list_delegat
from musrenbang import format as tulis
from musrenbang.models import Dokumen, Musrenbang
from musrenbang.transisi import Ditolak
from rkp import queries as rkp_queries
from rkp.dokumen import dana_summary, row_as_data
from rkp.models import SEPAKAT, BarisVersi, RkpVersi
from tindak_lanjut.queries import skpd_with_rows, sorted_rows, village_digest


def versi_wajib(musrenbang: Musrenbang) -> RkpVersi:
    """Return the version of the plenary, which the Berita Acara is about; raise Ditolak while there is none."""
    versi = rkp_queries.current_version(musrenbang)
    if versi is None:
        raise Ditolak("RKP Kecamatan belum ditetapkan, jadi dokumen ini belum dapat dibuat.")
    return versi


def versi_resmi(musrenbang: Musrenbang) -> RkpVersi:
    """Return the version that leaves the kecamatan, approved by the Camat; before that the plenary's."""
    return rkp_queries.official_version(musrenbang) or versi_wajib(musrenbang)


def berita_acara_terakhir(musrenbang: Musrenbang) -> dict[str, str]:
    """Number and date of the newest issued Berita Acara; blank while there is none."""
    ba = Dokumen.objects.filter(musrenbang=musrenbang, jenis="berita_acara").exclude(nomor="").first()
    zona = musrenbang.kecamatan.kabupaten.tz
    return {
        "nomor": ba.nomor if ba else "",
        "tanggal": tulis.tanggal(ba.dibuat_pada.astimezone(zona).date()) if ba else "",
    }


def surat_mandat(musrenbang: Musrenbang) -> dict[str, Any]:
    """The mandate of the delegates (musrenbang.md 3(h)): on what ground, who, to do what, how long."""
    kurang = composition(musrenbang).kurang
    if kurang:
        raise Ditolak(f"Surat mandat menunggu delegasi yang lengkap. {' '.join(kurang)}")
    return {
        "dasar": berita_acara_terakhir(musrenbang),
        "daftar": [
            {
                "nama": d.nama, "unsur": d.get_unsur_display(), "jenis_kelamin": d.jenis_kelamin,
                "lembaga": d.lembaga, "alamat": d.alamat,
            }
            for d in list_delegat(musrenbang)
        ],
        "berlaku_sampai": f"31 Desember {musrenbang.tahun_pelaksanaan}",
    }  # fmt: skip


def _rows(versi: RkpVersi) -> list[BarisVersi]:
    return list(rkp_queries.agreed_rows(versi).order_by("skpd__nama", "program", "nomor"))


def durkp(musrenbang: Musrenbang) -> dict[str, Any]:
    """DURKP Kecamatan: what goes to the Musrenbang Kabupaten, by agency and program, with sums (rupiah)."""
    baris = _rows(versi_resmi(musrenbang))
    kelompok = [_by_skpd(nama, milik) for nama, milik in _grouped(baris)]
    total = sum(k["jumlah"] for k in kelompok)
    return {
        "kelompok": kelompok, "total": total, "terbilang": tulis.terbilang(total), "jumlah_kegiatan": len(baris),
        "program": _per_program(baris), "dana": dana_summary(b for k in kelompok for b in k["baris"]),
    }  # fmt: skip


def _grouped(baris: list[BarisVersi]) -> list[tuple[str, list[BarisVersi]]]:
    per: dict[str, list[BarisVersi]] = {}
    for b in baris:
        per.setdefault(b.name_of("skpd") or "Belum ditentukan", []).append(b)
    return list(per.items())


def _by_skpd(nama: str, milik: list[BarisVersi]) -> dict[str, Any]:
    baris = [row_as_data(b) | {"desa": b.desa.nama} for b in milik]
    return {"skpd": nama, "baris": baris, "jumlah": sum(b["biaya"] or 0 for b in baris)}


def _per_program(baris: list[BarisVersi]) -> list[dict[str, Any]]:
    per: dict[str, list[int]] = {}
    for b in baris:
        per.setdefault(b.program or "Belum ditentukan", []).append(b.biaya or 0)
    return [{"nama": nama, "n": len(n), "jumlah": sum(n)} for nama, n in sorted(per.items())]


def pengantar_bappeda(musrenbang: Musrenbang) -> dict[str, Any]:
    """The letter that hands the result over to Bappeda: what is enclosed, how much of it."""
    versi = versi_resmi(musrenbang)
    baris = _rows(versi)
    jumlah, dana = sum(b.biaya or 0 for b in baris), dana_summary(row_as_data(b) for b in baris)
    return {
        "berita_acara": berita_acara_terakhir(musrenbang), "versi": versi.nomor, "sha256": versi.sha256,
        "jumlah_kegiatan": len(baris), "jumlah": jumlah, "terbilang": tulis.terbilang(jumlah), "dana": dana["kalimat"],
        "lampiran": [
            "Berita Acara Musrenbang Kecamatan beserta lampirannya", "RKP Kecamatan",
            "Daftar urutan kegiatan prioritas menurut perangkat daerah", "Daftar kegiatan yang belum disepakati",
            "Daftar Usulan RKP (DURKP) Kecamatan", "Daftar delegasi dan surat mandat",
        ],
    }  # fmt: skip


def list_skpd(musrenbang: Musrenbang) -> list[tuple[str, str]]:
    """Return (key, name) of every SKPD that works were given to; before the sorting, of those in the plan."""
    return [(str(s.pk), s.nama) for s in skpd_with_rows(musrenbang)]


def usulan_skpd(musrenbang: Musrenbang, bagian: str) -> dict[str, Any]:
    """The works of one SKPD with the cover letter (musrenbang.md 3(k)), as material for its Renja."""
    versi_resmi(musrenbang)
    milik = sorted((b for b in sorted_rows(musrenbang) if str(b.skpd_id) == bagian), key=lambda b: (b.program, b.nomor))
    if not milik:
        raise Ditolak("Perangkat daerah ini tidak punya kegiatan yang disepakati.")
    skpd = milik[0].skpd
    assert skpd
    peringkat = {b.pk: i for i, b in enumerate(sorted(milik, key=lambda b: (-(b.skor or 0), b.nomor)), 1)}
    isi = _by_skpd(skpd.nama, milik)
    for b, data in zip(milik, isi["baris"], strict=True):
        data |= {"urutan": peringkat[b.pk], "diminta": b.diminta, "keterangan": _money_note(b)}
    isi["diminta"] = sum(b.diminta or 0 for b in milik)
    return isi | {
        "singkatan": skpd.singkatan, "terbilang": tulis.terbilang(isi["diminta"]),
        "berita_acara": berita_acara_terakhir(musrenbang),
    }  # fmt: skip


def _money_note(b: Any) -> str:
    """What a programme pays of a work that an SKPD is asked for, and why it is asked all the same."""
    dana = rkp_queries.dana_of(b)
    if not dana.jumlah:
        return ""
    kata = f"{dana.kalimat}, dari biaya {tulis.rupiah(b.biaya)}."
    return f"{kata} Tetap diusulkan: {b.alasan_kirim}" if b.alasan_kirim else kata


def kabar_desa(musrenbang: Musrenbang) -> dict[str, Any]:
    """For every desa with proposals a sheet: what became of each, why, and what comes next."""
    semua = list(musrenbang.kecamatan.desa_set.order_by("kode"))
    kabar = village_digest(musrenbang, semua)
    return {
        "desa": [
            {
                "nama": d.nama, "disepakati": sum(k.keputusan in SEPAKAT for k in kabar[d.pk]),
                "baris": [
                    {
                        "nomor": k.usulan.nomor, "kegiatan": k.usulan.kegiatan, "lokasi": k.usulan.lokasi,
                        "hasil": k.hasil, "alasan": k.alasan, "dana": k.dana, "kepada": k.kepada, "jawaban": k.jawaban,
                        "berikut": k.berikut,
                    }
                    for k in kabar[d.pk]
                ],
            }
            for d in semua if d.pk in kabar
        ]
    }  # fmt: skip
