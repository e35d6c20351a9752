"""What the RKP must be before the event may go on."""

from django.urls import reverse

from musrenbang import format as tulis
from musrenbang.board import Kekurangan
from musrenbang.models import Musrenbang
from musrenbang.sebutan import sebutan
from rkp.models import SEPAKAT, BarisRkp, Keberatan, Keputusan, StatusKelompok
from rkp.queries.baris import waiting
from rkp.queries.content import outdated
from rkp.queries.kelompok import list_kelompok
from rkp.queries.pagu import list_pagu
from usulan.models import Usulan


def _url(musrenbang: Musrenbang, filters: str = "") -> str:
    return reverse("rkp:table", args=[musrenbang.slug]) + filters


def draft_composed(musrenbang: Musrenbang) -> list[Kekurangan]:
    """Every proposal stands in the draft, and every row in a bidang (seed B.2.3)."""
    missing = []
    without_name = Usulan.objects.filter(musrenbang=musrenbang, sumber_baris=None, kegiatan="").count()
    if without_name:
        url = reverse("usulan:list", args=[musrenbang.slug]) + "?lengkap=tidak"
        missing.append(Kekurangan(f"{without_name} usulan belum ada nama kegiatannya.", url))
    jumlah = waiting(musrenbang).count()
    if jumlah:
        missing.append(Kekurangan(f"{jumlah} usulan belum masuk draf RKP {sebutan.Kecamatan}.", _url(musrenbang)))
    stale = outdated(musrenbang)
    if stale:
        decided = ", ".join(f"no. {u.baris.nomor}" for u in stale if u.membatalkan)
        cancelled = f" Yang sudah diputuskan harus diputuskan lagi: {decided}." if decided else ""
        words = f"{len(stale)} kegiatan di draf tidak lagi sama dengan usulannya; perbarui drafnya.{cancelled}"
        missing.append(Kekurangan(words, _url(musrenbang)))
    without_bidang = BarisRkp.objects.filter(rkp__musrenbang=musrenbang, bidang=None).count()
    if without_bidang:
        missing.append(
            Kekurangan(f"{without_bidang} kegiatan belum ditentukan bidangnya.", _url(musrenbang, "?bidang=0"))
        )
    return missing


def kelompok_ready(musrenbang: Musrenbang) -> list[Kekurangan]:
    """Groups know who leads and who writes before they part (musrenbang.md 3(l)); without groups the hall decides."""
    url = reverse("rkp:groups", args=[musrenbang.slug])
    result = list_kelompok(musrenbang)
    if not result:
        return [Kekurangan("Kelompok belum dibentuk; semua kegiatan akan diputuskan langsung di pleno.", url, False)]
    return [
        Kekurangan(f"{h.kelompok.nama}: ketua atau notulis belum dipilih.", url, False)
        for h in result
        if not (h.ketua and h.notulis)
    ]


def kelompok_finished(musrenbang: Musrenbang) -> list[Kekurangan]:
    """Every group that was formed has signed its result."""
    return [
        Kekurangan(
            f"{h.kelompok.nama} belum mengunci hasilnya ({h.diputus} dari {len(h.baris)} kegiatan sudah dibahas).",
            reverse("rkp:group", args=[musrenbang.slug, h.kelompok.pk]),
        )
        for h in list_kelompok(musrenbang)
        if h.kelompok.status == StatusKelompok.BERLANGSUNG
    ]


def objections_settled(musrenbang: Musrenbang) -> list[Kekurangan]:
    """Nothing is fixed over an objection that waits for its answer."""
    opened = Keberatan.objects.filter(baris__rkp__musrenbang=musrenbang, selesai_pada=None).select_related("baris")
    return [
        Kekurangan(
            f"Keberatan {k.oleh} atas no. {k.baris.nomor} belum diselesaikan.",
            reverse("rkp:row", args=[musrenbang.slug, k.baris_id]),
        )
        for k in opened
    ]


def all_decided(musrenbang: Musrenbang) -> list[Kekurangan]:
    """Every row is decided; every agreed one has an amount (column 9) and an agency (column 10 of Tabel T-D.4)."""
    baris = BarisRkp.objects.filter(rkp__musrenbang=musrenbang)
    agreed = baris.filter(keputusan__in=SEPAKAT)
    check = [
        (baris.filter(keputusan=Keputusan.BELUM_DIBAHAS), "belum diputuskan", "?keputusan=belum_dibahas"),
        (agreed.filter(biaya=None), "disepakati tetapi biayanya belum diisi", "?biaya=0"),
        (agreed.filter(skpd=None), f"disepakati tetapi {sebutan.skpd_nya} belum ditentukan", "?skpd=0"),
    ]
    return [
        Kekurangan(f"{jumlah} kegiatan {words}.", _url(musrenbang, filters))
        for queryset, words, filters in check
        if (jumlah := queryset.count())
    ]


def within_pagu(musrenbang: Musrenbang) -> list[Kekurangan]:
    """What is agreed fits under each ceiling that is set (Permendagri 86/2017: amounts are fitted to the pagu).

    Where a ceiling is set, every agreed work names its source: otherwise nobody could tell whether it fits.
    """
    position = list_pagu(musrenbang)
    url = reverse("rkp:sums", args=[musrenbang.slug])
    missing = [
        Kekurangan(f"Yang disepakati dari {p.sumber} melampaui pagu sebesar {tulis.rupiah(-p.sisa)}.", url)
        for p in position
        if p.sisa < 0
    ]
    without = BarisRkp.objects.filter(rkp__musrenbang=musrenbang, keputusan__in=SEPAKAT, sumber_dana=None).count()
    if position and without:
        missing.append(
            Kekurangan(
                f"{without} kegiatan disepakati tetapi sumber dananya belum ditentukan.", _url(musrenbang, "?sumber=0")
            )
        )
    return missing
