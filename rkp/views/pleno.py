"""The plenary: group results beside the draft, taken over whole or row by row; objections; merging and splitting."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from musrenbang.forms.angka import whole
from musrenbang.transisi import Ditolak
from musrenbang.views.page import EventRequest, event_action, event_page
from musrenbang.views.tercatat import key_of, tell, words_of
from rkp.izin import BOLEH_PLENO
from rkp.models import BarisRkp, Keberatan, Kelompok
from rkp.queries.isi import other_source
from rkp.queries.kelompok import list_kelompok, without_kelompok
from rkp.queries.pagu import list_pagu
from rkp.services.gabung import merge_baris, split_baris
from rkp.services.pleno import accept_baris, accept_kelompok, object_baris, settle_keberatan


@event_page("lihat_kelompok")
def plenary(request: EventRequest, slug: str) -> HttpResponse:
    """Every group's result beside the draft, with sums before and after."""
    hasil = list_kelompok(request.musrenbang)
    konteks = {
        "hasil": hasil,
        "posisi": list_pagu(request.musrenbang),
        "tanpa": without_kelompok(request.musrenbang),
        "boleh": request.akses.may("pimpin_pleno", BOLEH_PLENO),
        "draf_rp": sum(h.draf_rp for h in hasil),
        "sepakat_rp": sum(h.sepakat_rp for h in hasil),
        "cadangan_rp": sum(h.cadangan_rp for h in hasil),
    }
    return render(request, "rkp/plenary.html", konteks)


@event_action("pimpin_pleno")
def accept(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Take over a whole group's result."""
    kelompok = get_object_or_404(Kelompok, musrenbang=request.musrenbang, pk=pk)
    jumlah = accept_kelompok(kelompok=kelompok, sidik=request.POST.get("sidik", ""), by=request.user)
    messages.success(request, f"{kelompok.nama}: {jumlah} usulan kelompok diterima pleno.")
    return redirect("rkp:plenary", slug)


def _row(request: EventRequest, pk: int) -> tuple[BarisRkp, int]:
    """A row of the event and the version that the page showed."""
    baris = get_object_or_404(BarisRkp.objects.select_related("rkp"), rkp__musrenbang=request.musrenbang, pk=pk)
    baris.rkp.musrenbang = request.musrenbang
    versi = request.POST.get("versi", "")
    return baris, whole(versi) or 0


@event_action("pimpin_pleno")
def accept_row(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Take over what the group proposes for one row."""
    baris, versi = _row(request, pk)
    baris = accept_baris(baris=baris, versi=versi, by=request.user)
    messages.success(request, f"No. {baris.nomor}: {baris.get_keputusan_display()}, sesuai usulan kelompok.")
    return redirect("rkp:plenary", slug)


@event_action("pimpin_pleno")
def objection(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Write an objection down."""
    baris, _ = _row(request, pk)
    oleh, isi = words_of(request, "oleh", "Yang berkeberatan", 200), words_of(request, "isi", "Keberatan", 500)
    if len(oleh) < 3 or len(isi) < 5:
        raise Ditolak("Isi siapa yang berkeberatan dan apa keberatannya. Belum ada yang dicatat.")
    keberatan = object_baris(baris=baris, oleh=oleh, isi=isi, kunci=key_of(request), by=request.user)
    sebutan = f"Keberatan {keberatan.oleh} atas no. {baris.nomor} (“{keberatan.isi}”)"
    tell(request, keberatan, sebutan, baris.rkp.musrenbang.kecamatan.kabupaten)
    return redirect("rkp:row", slug, pk)


@event_action("pimpin_pleno")
def settle(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Record how an objection was settled."""
    keberatan = (
        Keberatan.objects.select_related("baris__rkp__musrenbang")
        .filter(baris__rkp__musrenbang=request.musrenbang, pk=pk)
        .first()
    )
    if keberatan is None:
        raise Http404("Keberatan tidak ditemukan.")
    settle_keberatan(
        keberatan=keberatan, penyelesaian=words_of(request, "penyelesaian", "Penyelesaian", 500), by=request.user
    )
    messages.success(request, f"Keberatan {keberatan.oleh} diselesaikan.")
    return redirect("rkp:row", slug, keberatan.baris_id)


@event_action("putuskan_rkp")
def merge(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Merge a row into the row whose number was typed."""
    baris, versi = _row(request, pk)
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


@event_action("putuskan_rkp")
def split(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Take a merged row out again."""
    baris, versi = _row(request, pk)
    baris = split_baris(baris=baris, versi=versi, by=request.user)
    messages.success(request, f"No. {baris.nomor} dipisahkan lagi; keduanya kembali belum dibahas.")
    return redirect("rkp:row", slug, pk)
