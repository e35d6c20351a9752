"""The candidates of a ranking with what the rules say about each."""

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet

from musrenbang import format as tulis
from musrenbang.models import Musrenbang
from musrenbang.models.wilayah import desa_words
from rkp.models import SEPAKAT, Alasan, BarisRkp, BarisVersi, DanaProgram, Kegiatan, Keputusan, SumberBaris
from rkp.prioritas.eligibility import (
    HALANG,
    KETERANGAN,
    CandidateFacts,
    DesaFacts,
    Finding,
    SppFacts,
    check_candidate,
    needs_desa,
)
from rkp.prioritas.models import Calon, KeadaanDesa, Nilai, Pemeringkatan, Pemilih, StatusPemeringkatan, Verifikasi
from rkp.queries.baris import current_version, version_rows
from usulan.models import UsulanOrigin
from usulan.ownership import Coverage

TEMUAN = "temuan"
"""Where the input keeps what the rules said about each candidate when the result was fixed."""


@dataclass
class Peserta:
    """A candidate: the row as it stands or was fixed, what the rules found, and its scores {criterion: value}."""

    calon: Calon
    isi: Kegiatan
    temuan: list[Finding]
    nilai: dict[str, Decimal]
    verifikasi: Verifikasi | None

    @property
    def kode(self) -> str:
        """What it is called in the published input."""
        return str(self.isi.nomor)

    @property
    def layak(self) -> bool:
        """Whether no rule blocks it."""
        return not any(t.tingkat == HALANG for t in self.temuan)

    @property
    def alang(self) -> str:
        """Why it may not compete, in one line with the ids of the rules."""
        return " ".join(f"{t.kalimat} ({t.aturan})" for t in self.temuan if t.tingkat == HALANG)


def list_peserta(pemeringkatan: Pemeringkatan) -> list[Peserta]:
    """Return the candidates in the order of the plan (eight queries, whatever their number)."""
    musrenbang = pemeringkatan.musrenbang
    calon = list(
        Calon.objects.filter(pemeringkatan=pemeringkatan)
        .select_related("baris__desa", "baris__bidang", "baris__sumber_dana", "verifikasi")
        .order_by("baris__nomor")
    )
    versi = current_version(musrenbang)
    fixed: dict[int, BarisVersi] = {b.asal_baris_id: b for b in version_rows(versi)} if versi else {}
    other = _funded_elsewhere(pemeringkatan)
    desa = desa_facts(musrenbang)
    content: dict[int, Kegiatan] = {c.pk: fixed.get(c.baris_id, c.baris) for c in calon}
    check = {c.pk: getattr(c, "verifikasi", None) for c in calon}
    durkp = from_desa([c.baris_id for c in calon]) if needs_desa(pemeringkatan.aturan) else None
    facts = [
        replace(
            _facts(c, content[c.pk], check[c.pk], desa, other.get(c.baris_id, "")),
            dari_durkp=durkp is None or c.baris_id in durkp,
            dilewati=pemeringkatan.dilewati.get(c.daftar, ""),
        )
        for c in calon
    ]
    findings = _frozen(pemeringkatan, check_candidate(pemeringkatan.aturan, facts))
    nilai: dict[int, dict[str, Decimal]] = {}
    for pk, kode, n in Nilai.objects.filter(calon__pemeringkatan=pemeringkatan).values_list("calon", "kode", "nilai"):
        nilai.setdefault(pk, {})[kode] = n
    return [
        Peserta(c, content[c.pk], findings[f.kode], nilai.get(c.pk, {}), check[c.pk])
        for c, f in zip(calon, facts, strict=True)
    ]


def _frozen(pemeringkatan: Pemeringkatan, current: dict[str, list[Finding]]) -> dict[str, list[Finding]]:
    """Return what the rules said when the result was fixed; while it is open, what they say now.

    Eligibility is part of the result: what happens later (another programme pays a work) changes nobody's place. A
    result that was fixed without its findings keeps who was ranked; today's obstacles are remarks beside it.
    """
    if pemeringkatan.status != StatusPemeringkatan.DITETAPKAN or pemeringkatan.masukan is None:
        return current
    if TEMUAN in pemeringkatan.masukan:
        frozen = pemeringkatan.masukan[TEMUAN]
        return {kode: [Finding(*t) for t in frozen.get(kode, [])] for kode in current}
    take_part = {u["kode"] for u in pemeringkatan.masukan["usulan"]}
    return {kode: _as_ranked(t, kode in take_part) for kode, t in current.items()}


def _as_ranked(findings: list[Finding], take_part: bool) -> list[Finding]:
    if take_part:
        return [replace(t, tingkat=KETERANGAN) if t.tingkat == HALANG else t for t in findings]
    hindered = any(t.tingkat == HALANG for t in findings)
    return findings if hindered else [Finding("", HALANG, "Tidak ikut diperingkat saat ditetapkan."), *findings]


def from_desa(baris: list[int]) -> set[int]:
    """Return the rows among these that a desa proposed, by itself or merged into them (one query)."""
    origin = SumberBaris.objects.filter(Q(baris__in=baris) | Q(baris__digabung_ke__in=baris))
    origin = origin.exclude(usulan__asal__in=(UsulanOrigin.SKPD, UsulanOrigin.KECAMATAN))
    pair = origin.exclude(usulan__cakupan=Coverage.KECAMATAN).values_list("baris", "baris__digabung_ke")
    return {pk for one in pair for pk in one if pk}


def may_be_funded(b: Kegiatan) -> bool:
    """Tell whether a row may get money of a programme: agreed, or in reserve only because of a ceiling."""
    return b.keputusan in SEPAKAT or (b.keputusan == Keputusan.CADANGAN and b.alasan_kode == Alasan.MELAMPAUI_PAGU)


def _facts(c: Calon, content: Kegiatan, v: Verifikasi | None, desa: dict[str, DesaFacts], other: str) -> CandidateFacts:
    over_pagu = content.keputusan == Keputusan.CADANGAN and may_be_funded(content)
    agreed = content.keputusan in SEPAKAT if isinstance(content, BarisVersi) else content.keputusan not in _TIDAK
    own = [(f"{desa_words(kode)} {n}", desa.get(kode, DesaFacts())) for kode, n in content.daftar_desa]
    (nama, fact), *other_desa = own or [("", DesaFacts())]
    return CandidateFacts(
        kode=str(content.nomor),
        desa=nama,
        biaya=content.biaya,
        disepakati=agreed,
        lewat_pagu=over_pagu,
        sumber_rkp=content.name_of("sumber_dana"),
        alasan_pleno="" if agreed else content.alasan_lengkap,
        jenis=c.jenis,
        asal=c.asal,
        daftar=c.daftar,
        swadaya=c.swadaya,
        larangan=c.larangan,
        larangan_nilai=c.larangan_nilai,
        ganda=c.ganda or other,
        data_palsu=c.data_palsu,
        rusak_lingkungan=c.rusak_lingkungan,
        di_rkp_desa=c.di_rkp_desa,
        sumber=c.sumber,
        rekomendasi=v.rekomendasi if v else "",
        dikembalikan=bool(v and v.dikembalikan_pada and not v.rekomendasi),
        tenggat=tulis.date_text(v.tenggat, "") if v and v.tenggat else "",
        spp=_spp(v) if v else None,
        fakta_desa=fact,
        desa_lain=tuple(other_desa),
    )


_TIDAK = (Keputusan.BELUM_DISEPAKATI, Keputusan.CADANGAN, Keputusan.DIGABUNG)


def _spp(v: Verifikasi) -> SppFacts:
    return SppFacts(
        v.spp_umur_bulan, v.spp_aturan, v.spp_modal, v.spp_pembukuan, v.spp_pinjaman_lancar, v.spp_tunggakan
    )


def _funded_elsewhere(pemeringkatan: Pemeringkatan) -> dict[int, str]:
    """Return {row: name} of what another fixed ranking of the event funds already: a row is funded once (one query)."""
    other = DanaProgram.objects.filter(baris__rkp__musrenbang=pemeringkatan.musrenbang_id)
    return dict(other.exclude(kode=pemeringkatan.kode).order_by("-pk").values_list("baris", "program"))


def desa_facts(musrenbang: Musrenbang) -> dict[str, DesaFacts]:
    """Return what is known of each desa, by its code (three queries)."""
    delegasi = voter_counts(musrenbang)
    state = {k.desa_id: k for k in KeadaanDesa.objects.filter(musrenbang=musrenbang)}
    kode = dict(musrenbang.kecamatan.desa_set.values_list("pk", "kode"))
    return {kode[pk]: _desa(state.get(pk), delegasi[pk][0]) for pk in {*delegasi, *state} if pk in kode}


def _desa(k: KeadaanDesa | None, delegasi: int) -> DesaFacts:
    if k is None:
        return DesaFacts(delegasi=delegasi)
    hadir = None if k.hadir_laki is None or k.hadir_perempuan is None else k.hadir_laki + k.hadir_perempuan
    return DesaFacts(
        k.tahap_kurang, hadir, k.hadir_perempuan, k.jumlah_tpu, k.rpjm_desa, k.pelanggaran, k.pelanggaran_ba, delegasi
    )


def voter_counts(musrenbang: Musrenbang) -> defaultdict[int, tuple[int, int]]:
    """Return {desa: (delegates, women among them)} (one query); a desa without any has (0, 0)."""
    result: defaultdict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for desa, everything, perempuan in (
        Pemilih.objects.filter(musrenbang=musrenbang)
        .order_by()
        .values_list("desa")
        .annotate(n=Count("pk"), p=Count("pk", filter=Q(kehadiran__jenis_kelamin="P")))
    ):
        result[desa] = (everything, perempuan)
    return result


def rows_outside(pemeringkatan: Pemeringkatan) -> QuerySet[BarisRkp]:
    """Return the rows of the plan that do not compete in this ranking yet; where only DU-RKP count, those of desa."""
    baris = BarisRkp.objects.filter(rkp__musrenbang=pemeringkatan.musrenbang_id)
    if pemeringkatan.aturan.get("hanya_durkp"):
        baris = baris.filter(pk__in=from_desa(list(baris.values_list("pk", flat=True))))
    return (
        baris.exclude(keputusan=Keputusan.DIGABUNG)
        .exclude(calon__pemeringkatan=pemeringkatan)
        .select_related("desa", "bidang")
        .order_by(F("desa__kode").asc(nulls_last=True), "nomor")
    )
