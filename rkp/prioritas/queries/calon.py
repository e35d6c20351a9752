"""The candidates of a ranking with what the rules say about each."""

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet

from musrenbang import format as tulis
from musrenbang.models import Musrenbang
from musrenbang.models.wilayah import kata_desa
from rkp.models import SEPAKAT, Alasan, BarisRkp, BarisVersi, DanaProgram, Kegiatan, Keputusan, SumberBaris
from rkp.prioritas.kelayakan import (
    HALANG,
    KETERANGAN,
    FaktaCalon,
    FaktaDesa,
    FaktaSpp,
    Temuan,
    check_calon,
    needs_desa,
)
from rkp.prioritas.models import Calon, KeadaanDesa, Nilai, Pemeringkatan, Pemilih, StatusPemeringkatan, Verifikasi
from rkp.queries.baris import current_version, version_rows
from usulan.milik import Cakupan
from usulan.models import AsalUsulan

TEMUAN = "temuan"
"""Where the input keeps what the rules said about each candidate when the result was fixed."""


@dataclass
class Peserta:
    """A candidate: the row as it stands or was fixed, what the rules found, and its scores {criterion: value}."""

    calon: Calon
    isi: Kegiatan
    temuan: list[Temuan]
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
    tetap: dict[int, BarisVersi] = {b.asal_baris_id: b for b in version_rows(versi)} if versi else {}
    lain = _funded_elsewhere(pemeringkatan)
    desa = desa_facts(musrenbang)
    isi: dict[int, Kegiatan] = {c.pk: tetap.get(c.baris_id, c.baris) for c in calon}
    periksa = {c.pk: getattr(c, "verifikasi", None) for c in calon}
    durkp = from_desa([c.baris_id for c in calon]) if needs_desa(pemeringkatan.aturan) else None
    fakta = [
        replace(
            _facts(c, isi[c.pk], periksa[c.pk], desa, lain.get(c.baris_id, "")),
            dari_durkp=durkp is None or c.baris_id in durkp,
            dilewati=pemeringkatan.dilewati.get(c.daftar, ""),
        )
        for c in calon
    ]
    temuan = _frozen(pemeringkatan, check_calon(pemeringkatan.aturan, fakta))
    nilai: dict[int, dict[str, Decimal]] = {}
    for pk, kode, n in Nilai.objects.filter(calon__pemeringkatan=pemeringkatan).values_list("calon", "kode", "nilai"):
        nilai.setdefault(pk, {})[kode] = n
    return [
        Peserta(c, isi[c.pk], temuan[f.kode], nilai.get(c.pk, {}), periksa[c.pk])
        for c, f in zip(calon, fakta, strict=True)
    ]


def _frozen(pemeringkatan: Pemeringkatan, kini: dict[str, list[Temuan]]) -> dict[str, list[Temuan]]:
    """Return what the rules said when the result was fixed; while it is open, what they say now.

    Eligibility is part of the result: what happens later (another programme pays a work) changes nobody's place. A
    result that was fixed without its findings keeps who was ranked; today's obstacles are remarks beside it.
    """
    if pemeringkatan.status != StatusPemeringkatan.DITETAPKAN or pemeringkatan.masukan is None:
        return kini
    if TEMUAN in pemeringkatan.masukan:
        beku = pemeringkatan.masukan[TEMUAN]
        return {kode: [Temuan(*t) for t in beku.get(kode, [])] for kode in kini}
    ikut = {u["kode"] for u in pemeringkatan.masukan["usulan"]}
    return {kode: _as_ranked(t, kode in ikut) for kode, t in kini.items()}


def _as_ranked(temuan: list[Temuan], ikut: bool) -> list[Temuan]:
    if ikut:
        return [replace(t, tingkat=KETERANGAN) if t.tingkat == HALANG else t for t in temuan]
    terhalang = any(t.tingkat == HALANG for t in temuan)
    return temuan if terhalang else [Temuan("", HALANG, "Tidak ikut diperingkat saat ditetapkan."), *temuan]


def from_desa(baris: list[int]) -> set[int]:
    """Return the rows among these that a desa proposed, by itself or merged into them (one query)."""
    asal = SumberBaris.objects.filter(Q(baris__in=baris) | Q(baris__digabung_ke__in=baris))
    asal = asal.exclude(usulan__asal__in=(AsalUsulan.SKPD, AsalUsulan.KECAMATAN))
    pasangan = asal.exclude(usulan__cakupan=Cakupan.KECAMATAN).values_list("baris", "baris__digabung_ke")
    return {pk for satu in pasangan for pk in satu if pk}


def may_be_funded(b: Kegiatan) -> bool:
    """Tell whether a row may get money of a programme: agreed, or in reserve only because of a ceiling."""
    return b.keputusan in SEPAKAT or (b.keputusan == Keputusan.CADANGAN and b.alasan_kode == Alasan.MELAMPAUI_PAGU)


def _facts(c: Calon, isi: Kegiatan, v: Verifikasi | None, desa: dict[str, FaktaDesa], lain: str) -> FaktaCalon:
    lewat_pagu = isi.keputusan == Keputusan.CADANGAN and may_be_funded(isi)
    sepakat = isi.keputusan in SEPAKAT if isinstance(isi, BarisVersi) else isi.keputusan not in _TIDAK
    milik = [(f"{kata_desa(kode)} {n}", desa.get(kode, FaktaDesa())) for kode, n in isi.daftar_desa]
    (nama, fakta), *lain_desa = milik or [("", FaktaDesa())]
    return FaktaCalon(
        kode=str(isi.nomor),
        desa=nama,
        biaya=isi.biaya,
        disepakati=sepakat,
        lewat_pagu=lewat_pagu,
        sumber_rkp=isi.name_of("sumber_dana"),
        alasan_pleno="" if sepakat else isi.alasan_lengkap,
        jenis=c.jenis,
        asal=c.asal,
        daftar=c.daftar,
        swadaya=c.swadaya,
        larangan=c.larangan,
        larangan_nilai=c.larangan_nilai,
        ganda=c.ganda or lain,
        data_palsu=c.data_palsu,
        rusak_lingkungan=c.rusak_lingkungan,
        di_rkp_desa=c.di_rkp_desa,
        sumber=c.sumber,
        rekomendasi=v.rekomendasi if v else "",
        dikembalikan=bool(v and v.dikembalikan_pada and not v.rekomendasi),
        tenggat=tulis.tanggal(v.tenggat, "") if v and v.tenggat else "",
        spp=_spp(v) if v else None,
        fakta_desa=fakta,
        desa_lain=tuple(lain_desa),
    )


_TIDAK = (Keputusan.BELUM_DISEPAKATI, Keputusan.CADANGAN, Keputusan.DIGABUNG)


def _spp(v: Verifikasi) -> FaktaSpp:
    return FaktaSpp(
        v.spp_umur_bulan, v.spp_aturan, v.spp_modal, v.spp_pembukuan, v.spp_pinjaman_lancar, v.spp_tunggakan
    )


def _funded_elsewhere(pemeringkatan: Pemeringkatan) -> dict[int, str]:
    """Return {row: name} of what another fixed ranking of the event funds already: a row is funded once (one query)."""
    lain = DanaProgram.objects.filter(baris__rkp__musrenbang=pemeringkatan.musrenbang_id)
    return dict(lain.exclude(kode=pemeringkatan.kode).order_by("-pk").values_list("baris", "program"))


def desa_facts(musrenbang: Musrenbang) -> dict[str, FaktaDesa]:
    """Return what is known of each desa, by its code (three queries)."""
    delegasi = voter_counts(musrenbang)
    keadaan = {k.desa_id: k for k in KeadaanDesa.objects.filter(musrenbang=musrenbang)}
    kode = dict(musrenbang.kecamatan.desa_set.values_list("pk", "kode"))
    return {kode[pk]: _desa(keadaan.get(pk), delegasi[pk][0]) for pk in {*delegasi, *keadaan} if pk in kode}


def _desa(k: KeadaanDesa | None, delegasi: int) -> FaktaDesa:
    if k is None:
        return FaktaDesa(delegasi=delegasi)
    hadir = None if k.hadir_laki is None or k.hadir_perempuan is None else k.hadir_laki + k.hadir_perempuan
    return FaktaDesa(
        k.tahap_kurang, hadir, k.hadir_perempuan, k.jumlah_tpu, k.rpjm_desa, k.pelanggaran, k.pelanggaran_ba, delegasi
    )


def voter_counts(musrenbang: Musrenbang) -> defaultdict[int, tuple[int, int]]:
    """Return {desa: (delegates, women among them)} (one query); a desa without any has (0, 0)."""
    hasil: defaultdict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for desa, semua, perempuan in (
        Pemilih.objects.filter(musrenbang=musrenbang)
        .order_by()
        .values_list("desa")
        .annotate(n=Count("pk"), p=Count("pk", filter=Q(kehadiran__jenis_kelamin="P")))
    ):
        hasil[desa] = (semua, perempuan)
    return hasil


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
