"""Who may compete: each rule of ``pnpm.md`` section 4 that looks at a proposal or its desa, with its id. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from musrenbang.sebutan import sebutan

HALANG, PERINGATAN, KETERANGAN = "halang", "peringatan", "keterangan"


@dataclass(frozen=True)
class Temuan:
    """What a rule says about a proposal: its id, whether it blocks, and the sentence."""

    aturan: str
    tingkat: str
    kalimat: str


@dataclass(frozen=True)
class FaktaDesa:
    """What is known about a desa's own steps. Unknown is None."""

    tahap_kurang: str = ""
    hadir: int | None = None
    hadir_perempuan: int | None = None
    jumlah_tpu: int | None = None
    rpjm_desa: str = ""
    pelanggaran: str = ""
    pelanggaran_ba: str = ""
    delegasi: int = 0


@dataclass(frozen=True)
class FaktaSpp:
    """The SPP sheet of the Tim Verifikasi. Unknown is None."""

    umur_bulan: int | None = None
    aturan: bool | None = None
    modal: bool | None = None
    pembukuan: bool | None = None
    pinjaman_lancar: bool | None = None
    tunggakan: int | None = None


@dataclass(frozen=True)
class FaktaCalon:
    """What is known about a proposal. ``biaya`` and ``swadaya`` in rupiah; unknown is None.

    ``lewat_pagu``: it is in reserve only because a ceiling was reached. ``sumber_rkp``: the source that the plan names.
    ``dari_durkp``: a desa proposed it. ``dilewati``: why its list is passed over. ``desa`` is written with its own word
    ("Desa Sikur") and blank for a work of the whole kecamatan; of one of several desa it is the first, and
    ``desa_lain`` holds the others.
    """

    kode: str
    desa: str
    biaya: int | None
    disepakati: bool = True
    alasan_pleno: str = ""
    lewat_pagu: bool = False
    sumber_rkp: str = ""
    dari_durkp: bool = True
    dilewati: str = ""
    jenis: str = ""
    asal: str = ""
    daftar: str = ""
    swadaya: int | None = None
    larangan: str = ""
    larangan_nilai: Decimal | None = None
    ganda: str = ""
    data_palsu: bool = False
    rusak_lingkungan: bool = False
    di_rkp_desa: bool = True
    sumber: str = ""
    rekomendasi: str = ""
    dikembalikan: bool = False
    tenggat: str = ""
    spp: FaktaSpp | None = None
    fakta_desa: FaktaDesa = field(default_factory=FaktaDesa)
    desa_lain: tuple[tuple[str, FaktaDesa], ...] = ()

    def per_desa(self) -> "list[FaktaCalon]":
        """Return it once for each of its desa, with what is known of that one."""
        return [self, *(replace(self, desa=nama, fakta_desa=fakta, desa_lain=()) for nama, fakta in self.desa_lain)]


Aturan = dict[str, Any]
Periksa = Callable[[Aturan, FaktaCalon], "str | None"]
DAFTAR_ATURAN: list[tuple[str, str, Periksa]] = []


def _aturan(kode: str, tingkat: str) -> Callable[[Periksa], Periksa]:
    def daftarkan(periksa: Periksa) -> Periksa:
        DAFTAR_ATURAN.append((kode, tingkat, periksa))
        return periksa

    return daftarkan


def check_calon(aturan: Aturan, calon: Iterable[FaktaCalon]) -> dict[str, list[Temuan]]:
    """Return what the rules say about every proposal, those that look at a whole desa included; blocks come first."""
    semua = list(calon)
    hasil: dict[str, list[Temuan]] = {c.kode: _check_one(aturan, c) for c in semua}
    for kode, temuan in _per_desa(aturan, semua):
        hasil[kode].append(temuan)
    return {k: sorted(t, key=lambda x: (x.tingkat != HALANG, x.aturan)) for k, t in hasil.items()}


def _check_one(aturan: Aturan, c: FaktaCalon) -> list[Temuan]:
    """What holds for one of its desa holds for the whole work; what is said of all of them is said once."""
    temuan = [
        Temuan(kode, tingkat, k)
        for satu in c.per_desa()
        for kode, tingkat, periksa in DAFTAR_ATURAN
        if (k := periksa(aturan, satu))
    ]
    return list(dict.fromkeys(temuan))


def _per_desa(aturan: Aturan, semua: list[FaktaCalon]) -> Iterable[tuple[str, Temuan]]:
    """A proposal of several desa is one of each of them; one of the whole kecamatan is no desa's."""
    satuan = [s for c in semua for s in c.per_desa() if s.desa]
    for desa in dict.fromkeys(c.desa for c in satuan):
        milik = [c for c in satuan if c.desa == desa]
        yield from _too_many(aturan, desa, milik)
        yield from _women_share(aturan, desa, milik)


def _too_many(aturan: Aturan, desa: str, milik: list[FaktaCalon]) -> Iterable[tuple[str, Temuan]]:
    """MPD-03 and MPD-04."""
    paling = aturan["max_usulan_desa"]
    if paling is not None and len(milik) > paling:
        kalimat = f"{desa} mengajukan {len(milik)} usulan, paling banyak {paling}."
        yield from ((c.kode, Temuan("MPD-03", HALANG, kalimat)) for c in milik)
    if aturan["satu_per_asal"]:
        golongan = Counter(origin(c) for c in milik)
        for c in milik:
            if golongan[origin(c)] > 1:
                yield c.kode, Temuan("MPD-04", HALANG, f"{desa} punya lebih dari satu usulan {origin(c)}.")


def origin(c: FaktaCalon) -> str:
    """The three kinds of proposals that a desa may send: campuran, MKP SPP, MKP non-SPP (pnpm.md 1.2)."""
    if c.asal != "mkp":
        return "campuran"
    return "MKP SPP" if c.jenis == "SPP" else "MKP non-SPP"


def _women_share(aturan: Aturan, desa: str, milik: list[FaktaCalon]) -> Iterable[tuple[str, Temuan]]:
    """MPD-05."""
    porsi = aturan["min_porsi_mkp"]
    mkp = sum(c.asal == "mkp" for c in milik)
    if porsi is not None and Decimal(mkp) < Decimal(str(porsi)) * len(milik):
        kalimat = f"Usulan perempuan {desa} baru {mkp} dari {len(milik)}, paling sedikit {_persen(porsi)}."
        yield from ((c.kode, Temuan("MPD-05", HALANG, kalimat)) for c in milik)


def own_money(aturan: Aturan, c: FaktaCalon) -> bool:
    """Whether the scheme pays from the very source that the plan names for a work."""
    return c.sumber_rkp in _paid(aturan)


def _paid(aturan: Aturan) -> list[str]:
    """The sources that a scheme pays; none means money of its own, as do schemes frozen before the setting was."""
    return list(aturan.get("sumber_dibayar") or [])


@_aturan("KEC-04", HALANG)
def _agreed(aturan: Aturan, c: FaktaCalon) -> str | None:
    """Reserves that only a ceiling left out may compete for other money than that of the ceiling."""
    if c.disepakati or (c.lewat_pagu and not own_money(aturan, c)):
        return None
    if c.lewat_pagu:
        return f"Cadangan karena pagu {c.sumber_rkp} tidak cukup, dan program ini dibayar dari pagu itu juga."
    return f"Tidak disepakati pleno{': ' + c.alasan_pleno.rstrip('.') if c.alasan_pleno else ''}."


@_aturan("SUMBER", HALANG)
def _paid_source(aturan: Aturan, c: FaktaCalon) -> str | None:
    dibayar = _paid(aturan)
    if not dibayar or c.sumber_rkp in dibayar:
        return None
    sumber = f"Sumber dananya {c.sumber_rkp}" if c.sumber_rkp else "Sumber dananya belum ditentukan"
    return f"{sumber}; program ini membayar {' dan '.join(dibayar)}."


@_aturan("DILEWATI", HALANG)
def _passed_over(_: Aturan, c: FaktaCalon) -> str | None:
    return f"Daftarnya dilewati sidang: {c.dilewati.rstrip('.')}." if c.dilewati else None


def needs_desa(aturan: Aturan) -> bool:
    """Whether the programme's proposals are those that desa hand in."""
    return bool(aturan.get("hanya_durkp") or aturan["max_usulan_desa"] is not None or aturan["periksa_tahapan"])


@_aturan("MILIK", HALANG)
def _of_desa(aturan: Aturan, c: FaktaCalon) -> str | None:
    """Programmes whose proposals desa hand in (MPD-03) know none of others; P2S-01 says it for its own."""
    bukan = needs_desa(aturan) and not aturan.get("hanya_durkp") and not (c.desa and c.dari_durkp)
    return f"Bukan usulan {sebutan.desa}: program ini membiayai usulan {sebutan.desa}." if bukan else None


@_aturan("MPD-01", HALANG)
def _stages(aturan: Aturan, c: FaktaCalon) -> str | None:
    kurang = c.fakta_desa.tahap_kurang
    return f"{c.desa} belum menyelesaikan tahapan: {kurang}." if aturan["periksa_tahapan"] and kurang else None


@_aturan("MPD-02", PERINGATAN)
def _women_present(aturan: Aturan, c: FaktaCalon) -> str | None:
    d, porsi = c.fakta_desa, aturan["min_perempuan_musdes"]
    if not aturan["periksa_tahapan"] or porsi is None or not d.hadir or d.hadir_perempuan is None:
        return None
    kurang = Decimal(d.hadir_perempuan) < Decimal(str(porsi)) * d.hadir
    return (
        f"Perempuan di musyawarah {c.desa} {d.hadir_perempuan} dari {d.hadir} orang, kurang dari "
        f"{_persen(porsi)}: musyawarah sebaiknya diulang."
        if kurang
        else None
    )


@_aturan("MPD-06", HALANG)
def _ceiling(aturan: Aturan, c: FaktaCalon) -> str | None:
    paling = aturan["maks_nilai_usulan"]
    lewat = paling is not None and c.biaya is not None and c.biaya > paling
    return f"Biaya {_rp(c.biaya)} melebihi batas satu usulan {_rp(paling)}." if lewat else None


@_aturan("MPD-07", HALANG)
def _spp_origin(_: Aturan, c: FaktaCalon) -> str | None:
    return "Usulan SPP hanya dari Musyawarah Khusus Perempuan." if c.jenis == "SPP" and c.asal != "mkp" else None


def spp_faults(aturan: Aturan, spp: FaktaSpp) -> list[str]:
    """MPD-08: why an SPP group is not fit yet; what is unknown counts as missing."""
    umur = aturan["umur_spp"]
    salah = [] if spp.umur_bulan is not None and spp.umur_bulan >= umur else [f"umur kelompok kurang dari {umur} bulan"]
    salah += [
        kata
        for ada, kata in (
            (spp.aturan, "belum punya aturan simpan pinjam"),
            (spp.modal, "belum punya modal sendiri"),
            (spp.pembukuan, "belum punya pembukuan"),
            (spp.pinjaman_lancar, "pinjaman tidak lancar"),
        )
        if not ada
    ]
    return salah


@_aturan("MPD-08", HALANG)
def _spp_fit(aturan: Aturan, c: FaktaCalon) -> str | None:
    salah = spp_faults(aturan, c.spp) if c.jenis == "SPP" and c.spp else []
    return f"Kelompok SPP belum layak: {', '.join(salah)}." if salah else None


@_aturan("MPD-09", HALANG)
def _arrears(_: Aturan, c: FaktaCalon) -> str | None:
    tunggakan = c.spp.tunggakan if c.spp else None
    return f"Kelompok masih menunggak {_rp(tunggakan)}." if c.jenis == "SPP" and tunggakan else None


@_aturan("MPD-11", HALANG)
def _negative_list(aturan: Aturan, c: FaktaCalon) -> str | None:
    satu = next((x for x in aturan["daftar_larangan"] if x["kode"] == c.larangan), None) if c.larangan else None
    if satu is None:
        return None
    if satu["batas"] is None:
        return f"Termasuk daftar larangan: {satu['teks']}."
    if c.larangan_nilai is not None and c.larangan_nilai <= Decimal(satu["batas"]):
        return None
    ukuran = "ukurannya belum diisi" if c.larangan_nilai is None else f"{_angka(c.larangan_nilai)} {satu['satuan']}"
    return f"Termasuk daftar larangan: {satu['teks']} lebih dari {_angka(satu['batas'])} {satu['satuan']} ({ukuran})."


@_aturan("MPD-12", HALANG)
def _self_help(aturan: Aturan, c: FaktaCalon) -> str | None:
    return "Belum ada swadaya masyarakat." if aturan["wajib_swadaya"] and not c.swadaya else None


@_aturan("MPD-13", HALANG)
def _paid_twice(_: Aturan, c: FaktaCalon) -> str | None:
    return f"Sudah didanai {c.ganda}." if c.ganda else None


@_aturan("MPD-14", HALANG)
def _falsified(_: Aturan, c: FaktaCalon) -> str | None:
    return "Data dipalsukan atau digelembungkan." if c.data_palsu else None


@_aturan("MPD-15", HALANG)
def _environment(_: Aturan, c: FaktaCalon) -> str | None:
    return "Merusak lingkungan." if c.rusak_lingkungan else None


@_aturan("MPD-16", PERINGATAN)
def _writers(aturan: Aturan, c: FaktaCalon) -> str | None:
    ada, seharusnya = c.fakta_desa.jumlah_tpu, aturan["jumlah_tpu"]
    berbeda = aturan["periksa_tahapan"] and ada is not None and ada != seharusnya
    return f"Tim Penulis Usulan {c.desa} {ada} orang, seharusnya {seharusnya}." if berbeda else None


@_aturan("MPD-21", HALANG)
def _recommended(aturan: Aturan, c: FaktaCalon) -> str | None:
    if not aturan["wajib_verifikasi"] or c.rekomendasi == "layak" or c.dikembalikan:
        return None
    kata = {"tidak_layak": "tidak layak", "perbaikan": "perlu perbaikan"}.get(c.rekomendasi)
    return f"Tim Verifikasi: {kata}." if kata else "Belum direkomendasikan Tim Verifikasi."


@_aturan("MPD-22", HALANG)
def _returned(aturan: Aturan, c: FaktaCalon) -> str | None:
    if not aturan["wajib_verifikasi"] or not c.dikembalikan:
        return None
    return f"Dikembalikan untuk dilengkapi{', paling lambat ' + c.tenggat if c.tenggat else ''}."


@_aturan("MPD-36", KETERANGAN)
def _absent(aturan: Aturan, c: FaktaCalon) -> str | None:
    seharusnya, ada = aturan["delegasi_per_desa"], c.fakta_desa.delegasi
    if not c.desa or aturan["metode"] not in {"suara", "urutan"} or ada >= seharusnya:
        return None
    return f"Delegasi {c.desa} hadir {ada} dari {seharusnya}; usulannya tetap di daftar."


@_aturan("MPD-37", HALANG)
def _breach(_: Aturan, c: FaktaCalon) -> str | None:
    d = c.fakta_desa
    return (
        f"Tidak dibahas karena pelanggaran {c.desa}: {d.pelanggaran} (Berita Acara {d.pelanggaran_ba})."
        if d.pelanggaran and d.pelanggaran_ba
        else None
    )


@_aturan("P2S-01", HALANG)
def _in_plan(aturan: Aturan, c: FaktaCalon) -> str | None:
    if aturan.get("hanya_durkp") and not (c.desa and c.dari_durkp):
        return f"Bukan usulan {sebutan.desa} dari {sebutan.daftar_desa}."
    kurang = aturan["syarat_rkp_desa"] and not c.di_rkp_desa
    return f"Tidak tercantum di RKP {sebutan.Desa}/{sebutan.daftar_desa}." if kurang else None


@_aturan("P2S-02", HALANG)
def _medium_plan(aturan: Aturan, c: FaktaCalon) -> str | None:
    kurang = aturan["syarat_rpjm_desa"] and c.desa and not c.fakta_desa.rpjm_desa
    return f"{c.desa} belum punya RPJM Desa yang berlaku." if kurang else None


@_aturan("P2S-03", HALANG)
def _source(aturan: Aturan, c: FaktaCalon) -> str | None:
    dikenal = {s["nama"] for s in aturan["sumber"]}
    kurang = aturan["wajib_sumber"] and c.sumber not in dikenal
    return f"Sumber dana belum dipilih ({', '.join(sorted(dikenal))})." if kurang else None


@_aturan("JENIS", HALANG)
def _kind(aturan: Aturan, c: FaktaCalon) -> str | None:
    boleh = aturan["jenis_diizinkan"]
    return (
        f"Jenis kegiatan “{c.jenis or 'belum diisi'}” tidak termasuk: {', '.join(boleh)}."
        if boleh and c.jenis not in boleh
        else None
    )


@_aturan("BIAYA", HALANG)
def _cost(_: Aturan, c: FaktaCalon) -> str | None:
    return None if c.biaya else "Biayanya belum diketahui."


def voter_findings(aturan: Aturan, desa: str, jumlah: int, perempuan: int) -> list[Temuan]:
    """MPD-17 and MPD-18: what is remarked about the delegates of a desa, and what keeps them from voting."""
    hasil = []
    if jumlah != aturan["delegasi_per_desa"]:
        kalimat = f"Delegasi {desa} {jumlah} orang, seharusnya {aturan['delegasi_per_desa']}."
        hasil.append(Temuan("MPD-17", PERINGATAN, kalimat))
    if jumlah and perempuan < aturan["min_perempuan"]:
        kalimat = f"Perempuan di delegasi {desa} {perempuan} orang, paling sedikit {aturan['min_perempuan']}."
        hasil.append(Temuan("MPD-18", HALANG, kalimat))
    return hasil


def _persen(porsi: str) -> str:
    return f"{_angka((Decimal(str(porsi)) * 100).quantize(Decimal('0.1')).normalize())}%"


def _angka(nilai: Decimal | str) -> str:
    return f"{Decimal(nilai):f}".replace(".", ",")


def _rp(nilai: int | None) -> str:
    return "Rp " + f"{nilai or 0:,}".replace(",", ".")
