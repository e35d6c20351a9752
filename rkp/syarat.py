"""What the RKP must be before the event may go on."""

from django.urls import reverse

from musrenbang import format as tulis
from musrenbang.models import Musrenbang
from musrenbang.papan import Kekurangan
from musrenbang.sebutan import sebutan
from rkp.models import SEPAKAT, BarisRkp, Keberatan, Keputusan, StatusKelompok
from rkp.queries.baris import waiting
from rkp.queries.isi import outdated
from rkp.queries.kelompok import list_kelompok
from rkp.queries.pagu import list_pagu
from usulan.models import Usulan


def _url(musrenbang: Musrenbang, saring: str = "") -> str:
    return reverse("rkp:table", args=[musrenbang.slug]) + saring


def draft_tersusun(musrenbang: Musrenbang) -> list[Kekurangan]:
    """Every proposal stands in the draft, and every row in a bidang (seed B.2.3)."""
    kurang = []
    tanpa_nama = Usulan.objects.filter(musrenbang=musrenbang, sumber_baris=None, kegiatan="").count()
    if tanpa_nama:
        url = reverse("usulan:list", args=[musrenbang.slug]) + "?lengkap=tidak"
        kurang.append(Kekurangan(f"{tanpa_nama} usulan belum ada nama kegiatannya.", url))
    jumlah = waiting(musrenbang).count()
    if jumlah:
        kurang.append(Kekurangan(f"{jumlah} usulan belum masuk draf RKP {sebutan.Kecamatan}.", _url(musrenbang)))
    usang = outdated(musrenbang)
    if usang:
        diputus = ", ".join(f"no. {u.baris.nomor}" for u in usang if u.membatalkan)
        batal = f" Yang sudah diputuskan harus diputuskan lagi: {diputus}." if diputus else ""
        kata = f"{len(usang)} kegiatan di draf tidak lagi sama dengan usulannya; perbarui drafnya.{batal}"
        kurang.append(Kekurangan(kata, _url(musrenbang)))
    tanpa_bidang = BarisRkp.objects.filter(rkp__musrenbang=musrenbang, bidang=None).count()
    if tanpa_bidang:
        kurang.append(Kekurangan(f"{tanpa_bidang} kegiatan belum ditentukan bidangnya.", _url(musrenbang, "?bidang=0")))
    return kurang


def kelompok_siap(musrenbang: Musrenbang) -> list[Kekurangan]:
    """Groups know who leads and who writes before they part (musrenbang.md 3(l)); without groups the hall decides."""
    url = reverse("rkp:groups", args=[musrenbang.slug])
    hasil = list_kelompok(musrenbang)
    if not hasil:
        return [Kekurangan("Kelompok belum dibentuk; semua kegiatan akan diputuskan langsung di pleno.", url, False)]
    return [
        Kekurangan(f"{h.kelompok.nama}: ketua atau notulis belum dipilih.", url, False)
        for h in hasil
        if not (h.ketua and h.notulis)
    ]


def kelompok_selesai(musrenbang: Musrenbang) -> list[Kekurangan]:
    """Every group that was formed has signed its result."""
    return [
        Kekurangan(
            f"{h.kelompok.nama} belum menandatangani hasilnya ({h.diputus} dari {len(h.baris)} kegiatan diusulkan).",
            reverse("rkp:group", args=[musrenbang.slug, h.kelompok.pk]),
        )
        for h in list_kelompok(musrenbang)
        if h.kelompok.status == StatusKelompok.BERLANGSUNG
    ]


def keberatan_selesai(musrenbang: Musrenbang) -> list[Kekurangan]:
    """Nothing is fixed over an objection that waits for its answer."""
    terbuka = Keberatan.objects.filter(baris__rkp__musrenbang=musrenbang, selesai_pada=None).select_related("baris")
    return [
        Kekurangan(
            f"Keberatan {k.oleh} atas no. {k.baris.nomor} belum diselesaikan.",
            reverse("rkp:row", args=[musrenbang.slug, k.baris_id]),
        )
        for k in terbuka
    ]


def semua_diputuskan(musrenbang: Musrenbang) -> list[Kekurangan]:
    """Every row is decided; every agreed one has an amount (column 9) and an agency (column 10 of Tabel T-D.4)."""
    baris = BarisRkp.objects.filter(rkp__musrenbang=musrenbang)
    sepakat = baris.filter(keputusan__in=SEPAKAT)
    periksa = [
        (baris.filter(keputusan=Keputusan.BELUM_DIBAHAS), "belum diputuskan", "?keputusan=belum_dibahas"),
        (sepakat.filter(biaya=None), "disepakati tetapi biayanya belum diisi", "?biaya=0"),
        (sepakat.filter(skpd=None), f"disepakati tetapi {sebutan.skpd}-nya belum ditentukan", "?skpd=0"),
    ]
    return [
        Kekurangan(f"{jumlah} kegiatan {kata}.", _url(musrenbang, saring))
        for qs, kata, saring in periksa
        if (jumlah := qs.count())
    ]


def dalam_pagu(musrenbang: Musrenbang) -> list[Kekurangan]:
    """What is agreed fits under each ceiling that is set (Permendagri 86/2017: amounts are fitted to the pagu).

    Where a ceiling is set, every agreed work names its source: otherwise nobody could tell whether it fits.
    """
    posisi = list_pagu(musrenbang)
    url = reverse("rkp:sums", args=[musrenbang.slug])
    kurang = [
        Kekurangan(f"Yang disepakati dari {p.sumber.nama} melampaui pagu sebesar {tulis.rupiah(-p.sisa)}.", url)
        for p in posisi
        if p.sisa < 0
    ]
    tanpa = BarisRkp.objects.filter(rkp__musrenbang=musrenbang, keputusan__in=SEPAKAT, sumber_dana=None).count()
    if posisi and tanpa:
        kurang.append(
            Kekurangan(
                f"{tanpa} kegiatan disepakati tetapi sumber dananya belum ditentukan.", _url(musrenbang, "?sumber=0")
            )
        )
    return kurang
