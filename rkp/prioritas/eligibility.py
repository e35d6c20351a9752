"""Who may compete: each rule of ``pnpm.md`` section 4 that looks at a proposal or its desa, with its id. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from musrenbang.format import rupiah
from musrenbang.sebutan import sebutan

HALANG, PERINGATAN, KETERANGAN = "halang", "peringatan", "keterangan"


@dataclass(frozen=True)
class Finding:
    """What a rule says about a proposal: its id, whether it blocks, and the sentence."""

    aturan: str
    tingkat: str
    kalimat: str


@dataclass(frozen=True)
class DesaFacts:
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
class SppFacts:
    """The SPP sheet of the Tim Verifikasi. Unknown is None."""

    umur_bulan: int | None = None
    aturan: bool | None = None
    modal: bool | None = None
    pembukuan: bool | None = None
    pinjaman_lancar: bool | None = None
    tunggakan: int | None = None


@dataclass(frozen=True)
class CandidateFacts:
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
    spp: SppFacts | None = None
    fakta_desa: DesaFacts = field(default_factory=DesaFacts)
    desa_lain: tuple[tuple[str, DesaFacts], ...] = ()

    def per_desa(self) -> "list[CandidateFacts]":
        """Return it once for each of its desa, with what is known of that one."""
        return [self, *(replace(self, desa=nama, fakta_desa=fact, desa_lain=()) for nama, fact in self.desa_lain)]


Aturan = dict[str, Any]
Periksa = Callable[[Aturan, CandidateFacts], "str | None"]
DAFTAR_ATURAN: list[tuple[str, str, Periksa]] = []


def _rules(kode: str, level: str) -> Callable[[Periksa], Periksa]:
    def register(check: Periksa) -> Periksa:
        DAFTAR_ATURAN.append((kode, level, check))
        return check

    return register


def check_candidate(aturan: Aturan, calon: Iterable[CandidateFacts]) -> dict[str, list[Finding]]:
    """Return what the rules say about every proposal, those that look at a whole desa included; blocks come first."""
    all_rows = list(calon)
    result: dict[str, list[Finding]] = {c.kode: _check_one(aturan, c) for c in all_rows}
    for kode, findings in _per_desa(aturan, all_rows):
        result[kode].append(findings)
    return {k: sorted(t, key=lambda x: (x.tingkat != HALANG, x.aturan)) for k, t in result.items()}


def _check_one(aturan: Aturan, c: CandidateFacts) -> list[Finding]:
    """What holds for one of its desa holds for the whole work; what is said of all of them is said once."""
    findings = [
        Finding(kode, level, k)
        for one in c.per_desa()
        for kode, level, check in DAFTAR_ATURAN
        if (k := check(aturan, one))
    ]
    return list(dict.fromkeys(findings))


def _per_desa(aturan: Aturan, everything: list[CandidateFacts]) -> Iterable[tuple[str, Finding]]:
    """A proposal of several desa is one of each of them; one of the whole kecamatan is no desa's."""
    satuan = [s for c in everything for s in c.per_desa() if s.desa]
    for desa in dict.fromkeys(c.desa for c in satuan):
        own = [c for c in satuan if c.desa == desa]
        yield from _too_many(aturan, desa, own)
        yield from _women_share(aturan, desa, own)


def _too_many(aturan: Aturan, desa: str, owned: list[CandidateFacts]) -> Iterable[tuple[str, Finding]]:
    """MPD-03 and MPD-04."""
    most = aturan["max_usulan_desa"]
    if most is not None and len(owned) > most:
        sentence = f"{desa} mengajukan {len(owned)} usulan, paling banyak {most}."
        yield from ((c.kode, Finding("MPD-03", HALANG, sentence)) for c in owned)
    if aturan["satu_per_asal"]:
        group = Counter(origin(c) for c in owned)
        for c in owned:
            if group[origin(c)] > 1:
                yield c.kode, Finding("MPD-04", HALANG, f"{desa} punya lebih dari satu usulan {origin(c)}.")


def origin(c: CandidateFacts) -> str:
    """The three kinds of proposals that a desa may send: campuran, MKP SPP, MKP non-SPP (pnpm.md 1.2)."""
    if c.asal != "mkp":
        return "campuran"
    return "MKP SPP" if c.jenis == "SPP" else "MKP non-SPP"


def _women_share(aturan: Aturan, desa: str, owned: list[CandidateFacts]) -> Iterable[tuple[str, Finding]]:
    """MPD-05."""
    share = aturan["min_porsi_mkp"]
    mkp = sum(c.asal == "mkp" for c in owned)
    if share is not None and Decimal(mkp) < Decimal(str(share)) * len(owned):
        sentence = f"Usulan perempuan {desa} baru {mkp} dari {len(owned)}, paling sedikit {_percent(share)}."
        yield from ((c.kode, Finding("MPD-05", HALANG, sentence)) for c in owned)


def own_money(aturan: Aturan, c: CandidateFacts) -> bool:
    """Whether the scheme pays from the very source that the plan names for a work."""
    return c.sumber_rkp in _paid(aturan)


def _paid(aturan: Aturan) -> list[str]:
    """The sources that a scheme pays; none means money of its own, as do schemes frozen before the setting was."""
    return list(aturan.get("sumber_dibayar") or [])


@_rules("KEC-04", HALANG)
def _agreed(aturan: Aturan, c: CandidateFacts) -> str | None:
    """Reserves that only a ceiling left out may compete for other money than that of the ceiling."""
    if c.disepakati or (c.lewat_pagu and not own_money(aturan, c)):
        return None
    if c.lewat_pagu:
        return f"Cadangan karena pagu {c.sumber_rkp} tidak cukup, dan program ini dibayar dari pagu itu juga."
    return f"Tidak disepakati pleno{': ' + c.alasan_pleno.rstrip('.') if c.alasan_pleno else ''}."


@_rules("SUMBER", HALANG)
def _paid_source(aturan: Aturan, c: CandidateFacts) -> str | None:
    paid = _paid(aturan)
    if not paid or c.sumber_rkp in paid:
        return None
    source = f"Sumber dananya {c.sumber_rkp}" if c.sumber_rkp else "Sumber dananya belum ditentukan"
    return f"{source}; program ini membayar {' dan '.join(paid)}."


@_rules("DILEWATI", HALANG)
def _passed_over(_: Aturan, c: CandidateFacts) -> str | None:
    return f"Daftarnya dilewati sidang: {c.dilewati.rstrip('.')}." if c.dilewati else None


def needs_desa(aturan: Aturan) -> bool:
    """Whether the programme's proposals are those that desa hand in."""
    return bool(aturan.get("hanya_durkp") or aturan["max_usulan_desa"] is not None or aturan["periksa_tahapan"])


@_rules("MILIK", HALANG)
def _of_desa(aturan: Aturan, c: CandidateFacts) -> str | None:
    """Programmes whose proposals desa hand in (MPD-03) know none of others; P2S-01 says it for its own."""
    excluded = needs_desa(aturan) and not aturan.get("hanya_durkp") and not (c.desa and c.dari_durkp)
    return f"Bukan usulan {sebutan.desa}: program ini membiayai usulan {sebutan.desa}." if excluded else None


@_rules("MPD-01", HALANG)
def _stages(aturan: Aturan, c: CandidateFacts) -> str | None:
    missing = c.fakta_desa.tahap_kurang
    return f"{c.desa} belum menyelesaikan tahapan: {missing}." if aturan["periksa_tahapan"] and missing else None


@_rules("MPD-02", PERINGATAN)
def _women_present(aturan: Aturan, c: CandidateFacts) -> str | None:
    d, share = c.fakta_desa, aturan["min_perempuan_musdes"]
    if not aturan["periksa_tahapan"] or share is None or not d.hadir or d.hadir_perempuan is None:
        return None
    missing = Decimal(d.hadir_perempuan) < Decimal(str(share)) * d.hadir
    return (
        f"Perempuan di musyawarah {c.desa} {d.hadir_perempuan} dari {d.hadir} orang, kurang dari "
        f"{_percent(share)}: musyawarah sebaiknya diulang."
        if missing
        else None
    )


@_rules("MPD-06", HALANG)
def _ceiling(aturan: Aturan, c: CandidateFacts) -> str | None:
    most = aturan["maks_nilai_usulan"]
    past = most is not None and c.biaya is not None and c.biaya > most
    return f"Biaya {rupiah(c.biaya)} melebihi batas satu usulan {rupiah(most)}." if past else None


@_rules("MPD-07", HALANG)
def _spp_origin(_: Aturan, c: CandidateFacts) -> str | None:
    return "Usulan SPP hanya dari Musyawarah Khusus Perempuan." if c.jenis == "SPP" and c.asal != "mkp" else None


def spp_faults(aturan: Aturan, spp: SppFacts) -> list[str]:
    """MPD-08: why an SPP group is not fit yet; what is unknown counts as missing."""
    age = aturan["umur_spp"]
    wrong = [] if spp.umur_bulan is not None and spp.umur_bulan >= age else [f"umur kelompok kurang dari {age} bulan"]
    wrong += [
        words
        for existing, words in (
            (spp.aturan, "belum punya aturan simpan pinjam"),
            (spp.modal, "belum punya modal sendiri"),
            (spp.pembukuan, "belum punya pembukuan"),
            (spp.pinjaman_lancar, "pinjaman tidak lancar"),
        )
        if not existing
    ]
    return wrong


@_rules("MPD-08", HALANG)
def _spp_fit(aturan: Aturan, c: CandidateFacts) -> str | None:
    wrong = spp_faults(aturan, c.spp) if c.jenis == "SPP" and c.spp else []
    return f"Kelompok SPP belum layak: {', '.join(wrong)}." if wrong else None


@_rules("MPD-09", HALANG)
def _arrears(_: Aturan, c: CandidateFacts) -> str | None:
    arrears = c.spp.tunggakan if c.spp else None
    return f"Kelompok masih menunggak {rupiah(arrears)}." if c.jenis == "SPP" and arrears else None


@_rules("MPD-11", HALANG)
def _negative_list(aturan: Aturan, c: CandidateFacts) -> str | None:
    one = next((x for x in aturan["daftar_larangan"] if x["kode"] == c.larangan), None) if c.larangan else None
    if one is None:
        return None
    if one["batas"] is None:
        return f"Termasuk daftar larangan: {one['teks']}."
    if c.larangan_nilai is not None and c.larangan_nilai <= Decimal(one["batas"]):
        return None
    size = "ukurannya belum diisi" if c.larangan_nilai is None else f"{_figure(c.larangan_nilai)} {one['satuan']}"
    return f"Termasuk daftar larangan: {one['teks']} lebih dari {_figure(one['batas'])} {one['satuan']} ({size})."


@_rules("MPD-12", HALANG)
def _self_help(aturan: Aturan, c: CandidateFacts) -> str | None:
    return "Belum ada swadaya masyarakat." if aturan["wajib_swadaya"] and not c.swadaya else None


@_rules("MPD-13", HALANG)
def _paid_twice(_: Aturan, c: CandidateFacts) -> str | None:
    return f"Sudah didanai {c.ganda}." if c.ganda else None


@_rules("MPD-14", HALANG)
def _falsified(_: Aturan, c: CandidateFacts) -> str | None:
    return "Data dipalsukan atau digelembungkan." if c.data_palsu else None


@_rules("MPD-15", HALANG)
def _environment(_: Aturan, c: CandidateFacts) -> str | None:
    return "Merusak lingkungan." if c.rusak_lingkungan else None


@_rules("MPD-16", PERINGATAN)
def _writers(aturan: Aturan, c: CandidateFacts) -> str | None:
    existing, expected = c.fakta_desa.jumlah_tpu, aturan["jumlah_tpu"]
    different = aturan["periksa_tahapan"] and existing is not None and existing != expected
    return f"Tim Penulis Usulan {c.desa} {existing} orang, seharusnya {expected}." if different else None


@_rules("MPD-21", HALANG)
def _recommended(aturan: Aturan, c: CandidateFacts) -> str | None:
    if not aturan["wajib_verifikasi"] or c.rekomendasi == "layak" or c.dikembalikan:
        return None
    words = {"tidak_layak": "tidak layak", "perbaikan": "perlu perbaikan"}.get(c.rekomendasi)
    return f"Tim Verifikasi: {words}." if words else "Belum direkomendasikan Tim Verifikasi."


@_rules("MPD-22", HALANG)
def _returned(aturan: Aturan, c: CandidateFacts) -> str | None:
    if not aturan["wajib_verifikasi"] or not c.dikembalikan:
        return None
    return f"Dikembalikan untuk dilengkapi{', paling lambat ' + c.tenggat if c.tenggat else ''}."


@_rules("MPD-36", KETERANGAN)
def _absent(aturan: Aturan, c: CandidateFacts) -> str | None:
    expected, existing = aturan["delegasi_per_desa"], c.fakta_desa.delegasi
    if not c.desa or aturan["metode"] not in {"suara", "urutan"} or existing >= expected:
        return None
    return f"Delegasi {c.desa} hadir {existing} dari {expected}; usulannya tetap di daftar."


@_rules("MPD-37", HALANG)
def _breach(_: Aturan, c: CandidateFacts) -> str | None:
    d = c.fakta_desa
    return (
        f"Tidak dibahas karena pelanggaran {c.desa}: {d.pelanggaran} (Berita Acara {d.pelanggaran_ba})."
        if d.pelanggaran and d.pelanggaran_ba
        else None
    )


@_rules("P2S-01", HALANG)
def _in_plan(aturan: Aturan, c: CandidateFacts) -> str | None:
    if aturan.get("hanya_durkp") and not (c.desa and c.dari_durkp):
        return f"Bukan usulan {sebutan.desa} dari {sebutan.daftar_desa}."
    missing = aturan["syarat_rkp_desa"] and not c.di_rkp_desa
    return f"Tidak tercantum di RKP {sebutan.Desa}/{sebutan.daftar_desa}." if missing else None


@_rules("P2S-02", HALANG)
def _medium_plan(aturan: Aturan, c: CandidateFacts) -> str | None:
    missing = aturan["syarat_rpjm_desa"] and c.desa and not c.fakta_desa.rpjm_desa
    return f"{c.desa} belum punya RPJM Desa yang berlaku." if missing else None


@_rules("P2S-03", HALANG)
def _source(aturan: Aturan, c: CandidateFacts) -> str | None:
    recognised_ones = {s["nama"] for s in aturan["sumber"]}
    missing = aturan["wajib_sumber"] and c.sumber not in recognised_ones
    return f"Sumber dana belum dipilih ({', '.join(sorted(recognised_ones))})." if missing else None


@_rules("JENIS", HALANG)
def _kind(aturan: Aturan, c: CandidateFacts) -> str | None:
    allowed = aturan["jenis_diizinkan"]
    return (
        f"Jenis kegiatan “{c.jenis or 'belum diisi'}” tidak termasuk: {', '.join(allowed)}."
        if allowed and c.jenis not in allowed
        else None
    )


@_rules("BIAYA", HALANG)
def _cost(_: Aturan, c: CandidateFacts) -> str | None:
    return None if c.biaya else "Biayanya belum diketahui."


def voter_findings(aturan: Aturan, desa: str, jumlah: int, perempuan: int) -> list[Finding]:
    """MPD-17 and MPD-18: what is remarked about the delegates of a desa, and what keeps them from voting."""
    results = []
    if jumlah != aturan["delegasi_per_desa"]:
        sentence = f"Delegasi {desa} {jumlah} orang, seharusnya {aturan['delegasi_per_desa']}."
        results.append(Finding("MPD-17", PERINGATAN, sentence))
    if jumlah and perempuan < aturan["min_perempuan"]:
        sentence = f"Perempuan di delegasi {desa} {perempuan} orang, paling sedikit {aturan['min_perempuan']}."
        results.append(Finding("MPD-18", HALANG, sentence))
    return results


def _percent(share: str) -> str:
    return f"{_figure((Decimal(str(share)) * 100).quantize(Decimal('0.1')).normalize())}%"


def _figure(nilai: Decimal | str) -> str:
    return f"{Decimal(nilai):f}".replace(".", ",")
