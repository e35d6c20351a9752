"""Reads about proposals."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Max, Prefetch, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.module_loading import import_string

from musrenbang import format as tulis
from musrenbang.akses import Akses
from musrenbang.models import Bidang, Desa, KamusUsulan, KataKunci, Musrenbang, Satuan, Skpd, SumberDana
from musrenbang.queries import Angka
from usulan.harga import Baku, find_baku, outside_band
from usulan.impor.hasil import Rujukan, normal
from usulan.models import (
    AsalUsulan,
    BukanDuplikat,
    HubunganInduk,
    ImporUsulan,
    KelengkapanDesa,
    PolaKolom,
    StatusImpor,
    Usulan,
)
from usulan.pilah import Kunci
from usulan.serupa import Naskah, find_similar

TANPA_BIDANG = "Belum ada SKPD"
BELUM_LENGKAP = Q(kegiatan="") | Q(lokasi="") | Q(volume=None) | Q(satuan="") | Q(biaya=None)


def rujukan_for(musrenbang: Musrenbang) -> Rujukan:
    """Return what the reader compares with: desa of the kecamatan, units, bidang."""
    satuan: dict[str, str] = {}
    for s in Satuan.objects.all():
        satuan |= {normal(ejaan): s.nama for ejaan in [s.nama, *s.sinonim.splitlines()]}
    return Rujukan(
        kecamatan=musrenbang.kecamatan.nama,
        desa=dict(musrenbang.kecamatan.desa_set.values_list("kode", "nama")),
        satuan=satuan,
        bidang=frozenset(Bidang.objects.values_list("nama", flat=True)),
    )


def pola_for(musrenbang: Musrenbang) -> dict[str, dict[str, str]]:
    """Return the columns that people of this kabupaten chose before: shape of the heading -> letter -> field."""
    pola = PolaKolom.objects.filter(kabupaten=musrenbang.kecamatan.kabupaten_id)
    return dict(pola.values_list("sidik", "kolom"))


@dataclass(frozen=True)
class Acuan:
    """Spellings of funding sources and names of SKPD -> their keys, and the tupoksi keywords."""

    sumber_dana: dict[str, int]
    skpd: dict[str, int]
    kata_kunci: list[Kunci]

    def find_sumber_dana(self, teks: str | None) -> int | None:
        """Return the funding source that a text names; of several the first; None when unknown."""
        kunci = (normal(t) for t in (teks or "").split(","))
        return next((self.sumber_dana[k] for k in kunci if k in self.sumber_dana), None)

    def find_skpd(self, teks: str | None) -> int | None:
        """Return the SKPD that a text names by name or abbreviation; None when unknown."""
        return self.skpd.get(normal(teks or ""))


def acuan_for(musrenbang: Musrenbang) -> Acuan:
    """Return the reference data against which proposals are matched (three queries)."""
    kabupaten = musrenbang.kecamatan.kabupaten_id
    skpd = Skpd.objects.filter(kabupaten=kabupaten)
    kata = KataKunci.objects.filter(skpd__kabupaten=kabupaten)
    return Acuan(
        sumber_dana={
            normal(ejaan): s.pk for s in SumberDana.objects.all() for ejaan in [s.nama, *s.sinonim.splitlines()]
        },
        skpd={normal(nama): s.pk for s in skpd for nama in (s.nama, s.singkatan)},
        kata_kunci=[Kunci(k.kata, k.skpd_id, k.program) for k in kata],
    )


URUT: dict[str, list[Any]] = {
    "desa": ["desa__kode", "nomor"],
    "biaya": [F("biaya").asc(nulls_last=True), "nomor"],
    "-biaya": [F("biaya").desc(nulls_last=True), "nomor"],
    "kegiatan": ["kegiatan", "nomor"],
    "prioritas": ["desa__kode", F("prioritas_desa").asc(nulls_last=True), "nomor"],
}


def list_usulan(musrenbang: Musrenbang, akses: Akses, **saring: Any) -> QuerySet[Usulan]:
    """Return the proposals that the person may see, filtered and sorted by what ``SaringForm.chosen`` gives."""
    usulan = (
        Usulan.objects.filter(musrenbang=musrenbang)
        .select_related("desa", "sumber_dana", "skpd", "impor", "induk")
        .defer("impor__hasil", "impor__koreksi", "impor__terapan")
        .annotate(jumlah_anak=Count("anak"))
        .order_by(*URUT.get(saring.get("urut", ""), ["nomor"]))
    )
    if akses.terbatas:
        usulan = usulan.filter(Q(desa__in=akses.desa) | Q(skpd__in=akses.skpd))
    tepat = {"desa": "desa", "bidang": "skpd__bidang", "skpd": "skpd", "sumber": "sumber_dana", "asal": "asal",
             "dari": "biaya__gte", "sampai": "biaya__lte"}  # fmt: skip
    usulan = usulan.filter(**{kolom: saring[nama] for nama, kolom in tepat.items() if nama in saring})
    if cari := saring.get("cari"):
        usulan = usulan.filter(Q(kegiatan__icontains=cari) | Q(lokasi__icontains=cari) | Q(manfaat__icontains=cari))
    if lengkap := saring.get("lengkap"):
        usulan = usulan.exclude(BELUM_LENGKAP) if lengkap == "ya" else usulan.filter(BELUM_LENGKAP)
    return usulan


@dataclass(frozen=True)
class Rekap:
    """Proposals by desa and bidang: per cell (number, rupiah), with the sums of both sides."""

    bidang: list[str]
    desa: list[tuple[str, list[tuple[int, int]], tuple[int, int]]]
    jumlah: list[tuple[int, int]]
    total: tuple[int, int]


def rekap_bidang(usulan: QuerySet[Usulan]) -> Rekap:
    """Return desa x bidang over exactly these proposals; the bidang is that of the SKPD (one query)."""
    hitung = (
        usulan.order_by()
        .values("desa__kode", "desa__nama", "skpd__bidang__urut", "skpd__bidang__nama")
        .annotate(n=Count("pk", distinct=True), rp=Sum("biaya", default=0))
    )
    sel: dict[tuple[str, str], tuple[int, int]] = {}
    urut, nama_desa = {}, {}
    for h in hitung:
        nama = h["skpd__bidang__nama"] or TANPA_BIDANG
        urut[nama] = (h["skpd__bidang__urut"] is None, h["skpd__bidang__urut"] or 0, nama)
        nama_desa[h["desa__kode"]] = h["desa__nama"]
        sel[h["desa__kode"], nama] = (h["n"], h["rp"])
    bidang = sorted(urut, key=lambda b: urut[b])

    def jumlah(pasangan: Iterable[tuple[int, int]]) -> tuple[int, int]:
        isi = list(pasangan)
        return sum(n for n, _ in isi), sum(rp for _, rp in isi)

    baris = [(kode, [sel.get((kode, b), (0, 0)) for b in bidang]) for kode in sorted(nama_desa)]
    return Rekap(
        bidang=bidang,
        desa=[(nama_desa[kode], isi, jumlah(isi)) for kode, isi in baris],
        jumlah=[jumlah(isi[i] for _, isi in baris) for i in range(len(bidang))],
        total=jumlah(sel.values()),
    )


def rekap_desa(musrenbang: Musrenbang, akses: Akses) -> list[Mapping[str, Any]]:
    """Return one row per desa of the kecamatan: number of proposals, to be completed, sum (rupiah)."""
    desa = musrenbang.kecamatan.desa_set.all()
    if akses.terbatas and not akses.skpd:
        desa = desa.filter(pk__in=akses.desa)
    ini = Q(usulan__musrenbang=musrenbang)
    kurang = Q(usulan__kegiatan="") | Q(usulan__lokasi="") | Q(usulan__volume=None) | Q(usulan__satuan="")
    return list(
        desa.annotate(
            jumlah=Count("usulan", filter=ini),
            perlu=Count("usulan", filter=ini & (kurang | Q(usulan__biaya=None))),
            total=Sum("usulan__biaya", filter=ini),
        ).values("kode", "nama", "jumlah", "perlu", "total")
    )


def list_impor(musrenbang: Musrenbang, akses: Akses) -> QuerySet[ImporUsulan]:
    """Return the uploads that are open or saved; an operator desa sees the own ones."""
    impor = ImporUsulan.objects.filter(musrenbang=musrenbang).exclude(status=StatusImpor.DIBATALKAN)
    if akses.terbatas:
        impor = impor.filter(desa__in=akses.desa)
    return impor.select_related("dibuat_oleh", "desa").defer("hasil").annotate(jumlah=Count("usulan"))


KOLOM_DIULANG = (
    "desa_id", "bidang_teks", "kegiatan", "permasalahan", "lokasi", "volume", "satuan", "biaya", "sumber_dana_id",
    "manfaat", "waktu", "skpd_id", "skpd_teks",
)  # fmt: skip


def list_repeatable(musrenbang: Musrenbang) -> QuerySet[Usulan]:
    """Return last year's proposals of this kecamatan that got no money and were not proposed again yet."""
    lalu = last_year(musrenbang)
    if lalu is None:
        return Usulan.objects.none()
    usulan = _unfunded(lalu).filter(induk=None).exclude(ulangan__musrenbang=musrenbang)
    return usulan.select_related("desa", "skpd", "sumber_dana").order_by("desa__kode", "nomor")


def list_agreed_last_year(musrenbang: Musrenbang) -> QuerySet[Usulan]:
    """Return last year's proposals that the meeting agreed to: nothing to repeat, but what a desa wants to see."""
    lalu = last_year(musrenbang)
    if lalu is None:
        return Usulan.objects.none()
    usulan = Usulan.objects.filter(musrenbang=lalu).exclude(pk__in=_unfunded(lalu))
    return usulan.select_related("desa", "skpd").order_by("desa__kode", "nomor")


def last_year(musrenbang: Musrenbang) -> Musrenbang | None:
    """Return the event of the same kecamatan before this one, or None."""
    return Musrenbang.objects.filter(
        kecamatan=musrenbang.kecamatan, tahun_pelaksanaan__lt=musrenbang.tahun_pelaksanaan
    ).first()


def _unfunded(musrenbang: Musrenbang) -> QuerySet[Usulan]:
    belum_didanai: Callable[[Musrenbang], QuerySet[Usulan]] = import_string(settings.USULAN_BELUM_DIDANAI)
    return belum_didanai(musrenbang)


def next_nomor(musrenbang: Musrenbang) -> int:
    """Return the number that the next proposal of the event gets; call it with the event locked."""
    return (Usulan.objects.filter(musrenbang=musrenbang).aggregate(n=Max("nomor"))["n"] or 0) + 1


def may_edit(usulan: Usulan, akses: Akses) -> bool:
    """Tell whether the person may change this proposal: the team any, a desa and an SKPD the ones it made."""
    if akses.tim:
        return True
    milik_desa = usulan.asal != AsalUsulan.SKPD and usulan.desa_id in akses.desa
    return milik_desa or (usulan.asal == AsalUsulan.SKPD and usulan.skpd_id in akses.skpd)


@dataclass(frozen=True)
class BarisKelengkapan:
    """One desa on the completeness board. Amounts in rupiah; ``kurang`` says in words what is still missing."""

    desa: Desa
    catatan: KelengkapanDesa
    jumlah: int
    perlu: int
    total: int | None
    kurang: list[str]

    @property
    def pengingat(self) -> str:
        """A text ready to be sent to the desa."""
        butir = "".join(f"\n{i}. {k[0].upper()}{k[1:]}" for i, k in enumerate(self.kurang, 1))
        return (
            f"Yth. Kepala Desa {self.desa.nama}. Menjelang Musrenbang Kecamatan, yang belum kami terima dari "
            f"Desa {self.desa.nama}:{butir}\nMohon dikirim sebelum hari sidang. Terima kasih."
        )


def list_kelengkapan(musrenbang: Musrenbang, akses: Akses) -> list[BarisKelengkapan]:
    """Return every desa the person may see with what it handed in so far (three queries)."""
    desa = {d.kode: d for d in musrenbang.kecamatan.desa_set.all()}
    catatan = {k.desa_id: k for k in KelengkapanDesa.objects.filter(musrenbang=musrenbang)}
    hasil = []
    for r in rekap_desa(musrenbang, akses):
        satu = desa[r["kode"]]
        isi = catatan.get(satu.pk) or KelengkapanDesa(musrenbang=musrenbang, desa=satu)
        kurang = [] if r["jumlah"] else ["DU-RKP Desa"]
        kurang += [f"kelengkapan {r['perlu']} usulan (lokasi, volume, satuan, atau biaya)"] if r["perlu"] else []
        kurang += [] if isi.ba_nomor and isi.ba_tanggal else ["Berita Acara Musrenbang Desa"]
        kurang += [] if isi.nama_delegasi else ["nama delegasi desa"]
        hasil.append(BarisKelengkapan(satu, isi, r["jumlah"], r["perlu"], r["total"], kurang))
    return hasil


def desa_with_files(impor: ImporUsulan) -> list[str]:
    """Return the names of the desa in a preview that have proposals from other files already."""
    kode = {u["desa"] for lembar in impor.hasil["lembar"] for u in lembar["usulan"] if u["desa"]}
    ada = Usulan.objects.filter(musrenbang=impor.musrenbang_id, asal=AsalUsulan.BERKAS, desa__kode__in=kode)
    return list(ada.order_by("desa__nama").values_list("desa__nama", flat=True).distinct())


def kamus_for(musrenbang: Musrenbang) -> list[Baku]:
    """Return the standard works of the event's plan year (one query)."""
    kamus = KamusUsulan.objects.filter(
        kabupaten=musrenbang.kecamatan.kabupaten_id, tahun=musrenbang.tahun_rencana
    )  # fmt: skip
    return [Baku(*isi) for isi in kamus.values_list("nama", "satuan", "harga_min", "harga_maks")]


def flag_prices(usulan: Iterable[Usulan], kamus: list[Baku]) -> None:
    """Write on each proposal, as ``harga_janggal``, what is odd about its unit price; "" when nothing is."""
    for u in usulan:
        baku = find_baku(u.kegiatan, u.satuan, kamus)
        janggal = outside_band(u.biaya, u.volume, baku)
        u.harga_janggal = ""
        if baku and janggal:
            batas = ((kata, n) for kata, n in (("terendah", baku.harga_min), ("tertinggi", baku.harga_maks)) if n)
            kisaran = ", ".join(f"{kata} {tulis.rupiah(n)}" for kata, n in batas)
            u.harga_janggal = f"{tulis.rupiah(janggal[0])} per {u.satuan}, {janggal[1]} kisaran kamus ({kisaran})"


def angka_usulan(musrenbang: Musrenbang) -> Angka:
    """Proposals and desa that are in, for the event board."""
    hitung = Usulan.objects.filter(musrenbang=musrenbang).aggregate(
        n=Count("pk"), desa=Count("desa", distinct=True), total=Sum("biaya")
    )
    semua = musrenbang.kecamatan.desa_set.count()
    return Angka(
        "Usulan desa",
        tulis.ribuan(hitung["n"]),
        f"{hitung['desa']} dari {semua} desa · {tulis.rupiah(hitung['total'], 'belum ada biaya')}",
        reverse("usulan:list", args=[musrenbang.slug]),
    )


@dataclass(frozen=True)
class PasanganMirip:
    """Two proposals side by side, how alike they are in percent, and why."""

    satu: Usulan
    dua: Usulan
    persen: int
    alasan: tuple[str, ...]

    @property
    def berdua(self) -> tuple[Usulan, Usulan]:
        """Both, the one with the lower number first."""
        return (self.satu, self.dua) if self.satu.nomor < self.dua.nomor else (self.dua, self.satu)


def list_similar(musrenbang: Musrenbang) -> list[PasanganMirip]:
    """Return the pairs of proposals that look alike and about which nobody has decided yet (two queries)."""
    semua = {
        u.pk: u
        for u in Usulan.objects.filter(musrenbang=musrenbang, induk=None)
        .exclude(kegiatan="")
        .select_related("desa", "skpd", "impor")
        .defer("impor__hasil", "impor__koreksi", "impor__terapan", "mentah")
    }
    bukan = set(BukanDuplikat.objects.filter(satu__musrenbang=musrenbang).values_list("satu", "dua"))
    naskah = [Naskah(u.pk, u.desa_id, u.kegiatan, u.lokasi) for u in semua.values()]
    return [
        PasanganMirip(semua[p.a], semua[p.b], round(p.nilai * 100), p.alasan)
        for p in find_similar(naskah)
        if (min(p.a, p.b), max(p.a, p.b)) not in bukan
    ]


def list_merged(musrenbang: Musrenbang) -> QuerySet[Usulan]:
    """Return the main proposals with what was merged into them."""
    utama = Usulan.objects.filter(musrenbang=musrenbang, anak__isnull=False).distinct().select_related("desa")
    return utama.prefetch_related(Prefetch("anak", Usulan.objects.select_related("desa").order_by("nomor")))


def reconcile(musrenbang: Musrenbang) -> dict[str, int]:
    """Return the money in rupiah: what all desa asked, what was said twice, and what the plan will carry."""
    hitung = Usulan.objects.filter(musrenbang=musrenbang).aggregate(
        diminta=Sum("biaya", default=0), ganda=Sum("biaya", filter=Q(hubungan=HubunganInduk.SAMA), default=0)
    )
    return hitung | {"dibawa": hitung["diminta"] - hitung["ganda"]}
