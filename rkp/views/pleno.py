"""The plenary: group results beside the draft, taken over whole or row by row; objections; merging and splitting."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from musrenbang.forms.numbers import whole
from musrenbang.forms.small import DigestForm, SeenForm
from musrenbang.transisi import Refused
from musrenbang.views.errors import Missing
from musrenbang.views.page import EventRequest, event_action, event_page
from musrenbang.views.stored import tell
from musrenbang.views.submit import read
from rkp.forms.pleno import MergeNumberForm, ObjectionForm, SettleForm
from rkp.izin import BOLEH_PLENO
from rkp.models import Alasan, BarisRkp, Keberatan, Kelompok
from rkp.queries.content import other_source
from rkp.queries.kelompok import list_kelompok, without_kelompok
from rkp.queries.pagu import list_pagu
from rkp.queries.sums import summary
from rkp.services.merge import merge_baris, split_baris
from rkp.services.pleno import accept_baris, accept_kelompok, object_baris, settle_objection
from rkp.views.grid import unpriced_words
from rkp.views.rows import plenary_rows


@event_page("lihat_kelompok")
def plenary(request: EventRequest, slug: str) -> HttpResponse:
    """Every group's result beside the draft, with sums before and after."""
    result = list_kelompok(request.musrenbang)
    allowed = request.akses.may("pimpin_pleno", BOLEH_PLENO)
    context = {
        "hasil": result,
        "bagian": [(h, list(plenary_rows(h, allowed=allowed))) for h in result],
        "posisi": list_pagu(request.musrenbang, rule=False),
        "ringkasan": summary(BarisRkp.objects.filter(rkp__musrenbang=request.musrenbang)),
        "alasan": Alasan.choices,
        "tanpa": without_kelompok(request.musrenbang),
        "boleh": allowed,
        "draf_rp": sum(h.draf_rp for h in result),
        "sepakat_rp": sum(h.sepakat_rp for h in result),
        "cadangan_rp": sum(h.cadangan_rp for h in result),
    }
    return render(request, "rkp/plenary.html", context)


@event_action("pimpin_pleno")
def accept(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Take over a whole group's result."""
    kelompok = get_object_or_404(Kelompok, musrenbang=request.musrenbang, pk=pk)
    jumlah, unpriced = accept_kelompok(kelompok=kelompok, by=request.user, **read(DigestForm(request.POST)))
    words = f"{kelompok.nama}: {jumlah} usul keputusan kelompok diterima pleno."
    (messages.warning if unpriced else messages.success)(request, words + unpriced_words(unpriced))
    return redirect("rkp:plenary", slug)


def _row(request: EventRequest, pk: int) -> BarisRkp:
    baris = get_object_or_404(BarisRkp.objects.select_related("rkp"), rkp__musrenbang=request.musrenbang, pk=pk)
    baris.rkp.musrenbang = request.musrenbang
    return baris


@event_action("pimpin_pleno")
def accept_row(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Take over what the group proposes for one row."""
    baris = accept_baris(baris=_row(request, pk), by=request.user, **read(SeenForm(request.POST)))
    messages.success(request, f"No. {baris.nomor}: {baris.get_keputusan_display()}, sesuai usul kelompok.")
    return redirect("rkp:plenary", slug)


@event_action("pimpin_pleno")
def objection(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Write an objection down."""
    baris = _row(request, pk)
    said = read(ObjectionForm(request.POST))
    keberatan = object_baris(baris=baris, by=request.user, oleh=said["oleh"], isi=said["isi"], kunci=said["kunci"])
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
        raise Missing("Keberatan ini sudah tidak ada. Buka lagi halaman Pleno.")
    settle_objection(keberatan=keberatan, by=request.user, **read(SettleForm(request.POST)))
    messages.success(request, f"Keberatan {keberatan.oleh} diselesaikan.")
    return redirect("rkp:row", slug, keberatan.baris_id)


@event_action("putuskan_rkp")
def merge(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Merge a row into the row whose number was typed."""
    baris, data = _row(request, pk), read(MergeNumberForm(request.POST))
    nomor = data.pop("nomor")
    target = BarisRkp.objects.filter(rkp=baris.rkp, nomor=whole(nomor) or 0).first()
    if target is None:
        raise Refused(f"Tidak ada kegiatan nomor {nomor or 'kosong'} di RKP ini.")
    merge_baris(
        baris=baris,
        ke=target.pk,
        by=request.user,
        **data,
    )
    other = other_source(baris, target)
    messages.success(request, f"No. {baris.nomor} digabung ke no. {target.nomor}; putuskan gabungannya.{other}")
    return redirect("rkp:row", slug, target.pk)


@event_action("putuskan_rkp")
def split(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Take a merged row out again."""
    baris = split_baris(baris=_row(request, pk), by=request.user, **read(SeenForm(request.POST)))
    messages.success(request, f"No. {baris.nomor} dipisahkan lagi; keduanya kembali belum dibahas.")
    return redirect("rkp:row", slug, pk)
