"""The plenary: group results beside the draft, taken over whole or row by row; objections; merging and splitting."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from musrenbang.akses import get_musrenbang_for
from musrenbang.forms.angka import whole
from musrenbang.transisi import Ditolak
from musrenbang.views.tercatat import key_of, tell, words_of
from rkp.izin import BOLEH_PLENO
from rkp.models import BarisRkp, Keberatan, Kelompok
from rkp.queries.isi import other_source
from rkp.queries.kelompok import list_kelompok, without_kelompok
from rkp.queries.pagu import list_pagu
from rkp.services.gabung import merge_baris, split_baris
from rkp.services.pleno import accept_baris, accept_kelompok, object_baris, settle_keberatan


@require_GET
def plenary(request: HttpRequest, slug: str) -> HttpResponse:
    """Every group's result beside the draft, with sums before and after."""
    musrenbang, akses = get_musrenbang_for(request.user, slug, "lihat_kelompok")
    hasil = list_kelompok(musrenbang)
    konteks = {
        "musrenbang": musrenbang,
        "akses": akses,
        "hasil": hasil,
        "posisi": list_pagu(musrenbang),
        "tanpa": without_kelompok(musrenbang),
        "boleh": akses.may("pimpin_pleno") and musrenbang.tahap in BOLEH_PLENO,
        "draf_rp": sum(h.draf_rp for h in hasil),
        "sepakat_rp": sum(h.sepakat_rp for h in hasil),
        "cadangan_rp": sum(h.cadangan_rp for h in hasil),
    }
    return render(request, "rkp/plenary.html", konteks)


@require_POST
def accept(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take over a whole group's result."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "pimpin_pleno")
    kelompok = get_object_or_404(Kelompok, musrenbang=musrenbang, pk=pk)
    jumlah = accept_kelompok(kelompok=kelompok, sidik=request.POST.get("sidik", ""), by=request.user)
    messages.success(request, f"{kelompok.nama}: {jumlah} usulan kelompok diterima pleno.")
    return redirect("rkp:plenary", slug)


def _row(request: HttpRequest, slug: str, pk: int, izin: str) -> tuple[BarisRkp, int]:
    """A row of the event and the version that the page showed."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, izin)
    baris = get_object_or_404(BarisRkp.objects.select_related("rkp"), rkp__musrenbang=musrenbang, pk=pk)
    baris.rkp.musrenbang = musrenbang
    versi = request.POST.get("versi", "")
    return baris, whole(versi) or 0


@require_POST
def accept_row(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take over what the group proposes for one row."""
    baris, versi = _row(request, slug, pk, "pimpin_pleno")
    baris = accept_baris(baris=baris, versi=versi, by=request.user)
    messages.success(request, f"No. {baris.nomor}: {baris.get_keputusan_display()}, sesuai usulan kelompok.")
    return redirect("rkp:plenary", slug)


@require_POST
def objection(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Write an objection down."""
    baris, _ = _row(request, slug, pk, "pimpin_pleno")
    oleh, isi = words_of(request, "oleh", "Yang berkeberatan", 200), words_of(request, "isi", "Keberatan", 500)
    if len(oleh) < 3 or len(isi) < 5:
        raise Ditolak("Isi siapa yang berkeberatan dan apa keberatannya. Belum ada yang dicatat.")
    keberatan = object_baris(baris=baris, oleh=oleh, isi=isi, kunci=key_of(request), by=request.user)
    sebutan = f"Keberatan {keberatan.oleh} atas no. {baris.nomor} (“{keberatan.isi}”)"
    tell(request, keberatan, sebutan, baris.rkp.musrenbang.kecamatan.kabupaten)
    return redirect("rkp:row", slug, pk)


@require_POST
def settle(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Record how an objection was settled."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "pimpin_pleno")
    keberatan = (
        Keberatan.objects.select_related("baris__rkp__musrenbang")
        .filter(baris__rkp__musrenbang=musrenbang, pk=pk)
        .first()
    )
    if keberatan is None:
        raise Http404("Keberatan tidak ditemukan.")
    settle_keberatan(
        keberatan=keberatan, penyelesaian=words_of(request, "penyelesaian", "Penyelesaian", 500), by=request.user
    )
    messages.success(request, f"Keberatan {keberatan.oleh} diselesaikan.")
    return redirect("rkp:row", slug, keberatan.baris_id)


@require_POST
def merge(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Merge a row into the row whose number was typed."""
    baris, versi = _row(request, slug, pk, "putuskan_rkp")
    nomor = request.POST.get("nomor", "").strip()
    tujuan = BarisRkp.objects.filter(rkp=baris.rkp, nomor=whole(nomor) or 0).first()
    if tujuan is None:
        raise Ditolak(f"Tidak ada kegiatan nomor {nomor or 'kosong'} di RKP ini.")
    merge_baris(
        baris=baris,
        versi=versi,
        ke=tujuan.pk,
        by=request.user,
        alasan=request.POST.get("alasan", ""),
        hubungan=request.POST.get("hubungan", ""),
    )
    lain = other_source(baris, tujuan)
    messages.success(request, f"No. {baris.nomor} digabung ke no. {tujuan.nomor}; putuskan gabungannya.{lain}")
    return redirect("rkp:row", slug, tujuan.pk)


@require_POST
def split(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a merged row out again."""
    baris, versi = _row(request, slug, pk, "putuskan_rkp")
    baris = split_baris(baris=baris, versi=versi, by=request.user)
    messages.success(request, f"No. {baris.nomor} dipisahkan lagi; keduanya kembali belum dibahas.")
    return redirect("rkp:row", slug, pk)
