"""The candidates of a ranking with what the rules say about each."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from musrenbang import format as tulis
from musrenbang.models import Musrenbang
from rkp.models import SEPAKAT, BarisRkp, BarisVersi, Kegiatan, Keputusan
from rkp.prioritas.kelayakan import HALANG, FaktaCalon, FaktaDesa, FaktaSpp, Temuan, check_calon
from rkp.prioritas.models import Calon, KeadaanDesa, Nilai, Pemeringkatan, Pemilih, StatusPemeringkatan, Verifikasi
from rkp.queries import current_version, version_rows


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
        .select_related("baris__desa", "baris__bidang", "verifikasi")
        .order_by("baris__nomor")
    )
    versi = current_version(musrenbang)
    tetap: dict[int, BarisVersi] = {b.asal_baris_id: b for b in version_rows(versi)} if versi else {}
    lain = _funded_elsewhere(pemeringkatan)
    desa = desa_facts(musrenbang)
    isi: dict[int, Kegiatan] = {c.pk: tetap.get(c.baris_id, c.baris) for c in calon}
    periksa = {c.pk: getattr(c, "verifikasi", None) for c in calon}
    fakta = [_facts(c, isi[c.pk], periksa[c.pk], desa, lain.get(c.baris_id, "")) for c in calon]
    temuan = check_calon(pemeringkatan.aturan, fakta)
    nilai: dict[int, dict[str, Decimal]] = {}
    for pk, kode, n in Nilai.objects.filter(calon__pemeringkatan=pemeringkatan).values_list("calon", "kode", "nilai"):
        nilai.setdefault(pk, {})[kode] = n
    return [
        Peserta(c, isi[c.pk], temuan[f.kode], nilai.get(c.pk, {}), periksa[c.pk])
        for c, f in zip(calon, fakta, strict=True)
    ]


def _facts(c: Calon, isi: Kegiatan, v: Verifikasi | None, desa: dict[int, FaktaDesa], lain: str) -> FaktaCalon:
    sepakat = isi.keputusan in SEPAKAT if isinstance(isi, BarisVersi) else isi.keputusan not in _TIDAK
    return FaktaCalon(
        kode=str(isi.nomor), desa=isi.desa.nama, biaya=isi.biaya, disepakati=sepakat,
        alasan_pleno="" if sepakat else isi.alasan_lengkap, jenis=c.jenis, asal=c.asal, daftar=c.daftar,
        swadaya=c.swadaya, larangan=c.larangan, larangan_nilai=c.larangan_nilai, ganda=c.ganda or lain,
        data_palsu=c.data_palsu, rusak_lingkungan=c.rusak_lingkungan, di_rkp_desa=c.di_rkp_desa, sumber=c.sumber,
        rekomendasi=v.rekomendasi if v else "", dikembalikan=bool(v and v.dikembalikan_pada and not v.rekomendasi),
        tenggat=tulis.tanggal(v.tenggat, "") if v and v.tenggat else "", spp=_spp(v) if v else None,
        fakta_desa=desa.get(isi.desa_id, FaktaDesa()),
    )  # fmt: skip


_TIDAK = (Keputusan.BELUM_DISEPAKATI, Keputusan.CADANGAN, Keputusan.DIGABUNG)


def _spp(v: Verifikasi) -> FaktaSpp:
    return FaktaSpp(
        v.spp_umur_bulan, v.spp_aturan, v.spp_modal, v.spp_pembukuan, v.spp_pinjaman_lancar, v.spp_tunggakan
    )


def _funded_elsewhere(pemeringkatan: Pemeringkatan) -> dict[int, str]:
    """Return {row: name} of what another fixed ranking of the event funds already: a row is funded once."""
    lain = Pemeringkatan.objects.filter(
        musrenbang=pemeringkatan.musrenbang_id, status=StatusPemeringkatan.DITETAPKAN
    ).exclude(pk=pemeringkatan.pk)
    hasil: dict[int, str] = {}
    for p in lain.prefetch_related("calon__baris"):
        didanai = {d["kode"] for d in (p.hasil or {}).get("pendanaan", []) if d["didanai"]}
        hasil |= {c.baris_id: p.nama for c in p.calon.all() if c.kode in didanai}
    return hasil


def desa_facts(musrenbang: Musrenbang) -> dict[int, FaktaDesa]:
    """Return what is known of each desa, by its key (two queries)."""
    delegasi = voter_counts(musrenbang)
    keadaan = {k.desa_id: k for k in KeadaanDesa.objects.filter(musrenbang=musrenbang)}
    return {pk: _desa(keadaan.get(pk), delegasi[pk][0]) for pk in {*delegasi, *keadaan}}


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
    """Return the rows of the plan that do not compete in this ranking yet."""
    return (
        BarisRkp.objects.filter(rkp__musrenbang=pemeringkatan.musrenbang_id)
        .exclude(keputusan=Keputusan.DIGABUNG)
        .exclude(calon__pemeringkatan=pemeringkatan)
        .select_related("desa", "bidang")
        .order_by("desa__kode", "nomor")
    )
