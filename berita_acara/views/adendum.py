"""Addenda: what is put right after Bappeda took the plan in, approved by the Camat, taken in by Bappeda."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from berita_acara.forms import ApproveForm, CauseForm
from berita_acara.services.adendum import approve_adendum
from musrenbang.akses import is_own_password
from musrenbang.forms.numbers import whole
from musrenbang.forms.small import ReasonForm
from musrenbang.models import Program
from musrenbang.sebutan import sebutan
from musrenbang.transisi import Refused
from musrenbang.views.page import EventRequest, event_action, event_form, event_page
from musrenbang.views.submit import read, sent, show, submit
from rkp.izin import BOLEH_ADENDUM
from rkp.models import BarisRkp, Keputusan
from tindak_lanjut.forms import AdendumItemForm
from tindak_lanjut.models import Adendum, ButirAdendum, StatusAdendum
from tindak_lanjut.queries.adendum import lines_of, list_adendum
from tindak_lanjut.services.adendum import (
    amend_baris,
    cancel_adendum,
    digest_of,
    open_adendum,
    receive_adendum,
    remove_item,
    return_adendum,
)


@event_page("lihat_penyampaian")
def addenda(request: EventRequest, slug: str) -> HttpResponse:
    """Every addendum with its lines, and what this person may do with it."""
    all_rows = [(a, lines_of(a), digest_of(list(a.butir.all()))) for a in list_adendum(request.musrenbang)]
    open_page = request.musrenbang.tahap in BOLEH_ADENDUM
    context = {
        "semua": all_rows,
        "buka": open_page,
        "disusun": next((a for a, _, _ in all_rows if a.status == StatusAdendum.DISUSUN), None),
        "boleh_susun": open_page and request.akses.may("susun_adendum"),
        "boleh_sahkan": open_page and request.akses.may("sahkan_adendum"),
        "boleh_terima": open_page and request.akses.may("terima_adendum"),
    }
    return render(request, "berita_acara/addenda.html", context)


@event_action("susun_adendum")
def begin(request: EventRequest, slug: str) -> HttpResponse:
    """Begin an addendum with its reason."""
    adendum = open_adendum(musrenbang=request.musrenbang, by=request.user, **read(CauseForm(request.POST)))
    messages.success(request, f"{adendum} disusun. Pilih kegiatan yang redaksinya diperbaiki.")
    return redirect("berita_acara:addenda", slug)


@event_page("susun_adendum")
def find(request: EventRequest, slug: str) -> HttpResponse:
    """From the number of a work to its form."""
    nomor = request.GET.get("nomor", "").strip()
    baris = BarisRkp.objects.filter(rkp__musrenbang=request.musrenbang, nomor=whole(nomor) or 0).first()
    if baris is None:
        raise Refused(f"Tidak ada kegiatan nomor {nomor or 'kosong'} di RKP ini.")
    return redirect("berita_acara:amend", slug, baris.pk)


@event_form("susun_adendum")
def amend(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Put the wording of one work right in the addendum that is being written."""
    everything = BarisRkp.objects.exclude(keputusan=Keputusan.DIGABUNG).select_related("desa")
    baris = get_object_or_404(everything, rkp__musrenbang=request.musrenbang, pk=pk)
    adendum = Adendum.objects.filter(musrenbang=request.musrenbang, status=StatusAdendum.DISUSUN).first()
    if adendum is None:
        raise Refused("Belum ada adendum yang disusun. Mulai dahulu dengan sebabnya.")
    item = ButirAdendum.objects.filter(adendum=adendum, baris=baris).first()
    form = AdendumItemForm(sent(request), baris=baris, butir=item)
    unchanged = "sama dengan yang disampaikan, jadi tidak masuk adendum"
    if done := submit(
        request,
        form,
        partial(amend_baris, adendum=adendum, baris=baris, by=request.user),
        say=lambda line: f"No. {baris.nomor} {f'masuk {adendum}' if line else unchanged}.",
        to=redirect("berita_acara:addenda", slug),
    ):
        return done
    context = {"baris": baris, "adendum": adendum, "program": Program.objects.all()}
    return show(request, "berita_acara/amend.html", form, context)


def _get(request: EventRequest, urut: int) -> Adendum:
    adendum = get_object_or_404(Adendum, musrenbang=request.musrenbang, urut=urut)
    adendum.musrenbang = request.musrenbang
    return adendum


@event_action("susun_adendum")
def remove(request: EventRequest, slug: str, urut: int, pk: int) -> HttpResponse:
    """Take one work out again."""
    adendum = _get(request, urut)
    item = get_object_or_404(ButirAdendum.objects.select_related("baris"), adendum=adendum, pk=pk)
    item.adendum = adendum
    remove_item(item=item, by=request.user)
    messages.success(request, f"No. {item.baris.nomor} dikeluarkan dari {adendum}.")
    return redirect("berita_acara:addenda", slug)


@event_action("susun_adendum")
def cancel(request: EventRequest, slug: str, urut: int) -> HttpResponse:
    """Give an addendum up that is not approved."""
    adendum = _get(request, urut)
    cancel_adendum(adendum=adendum, by=request.user)
    messages.success(request, f"{adendum} dibatalkan; RKP tetap seperti yang disampaikan.")
    return redirect("berita_acara:addenda", slug)


@sensitive_post_parameters("sandi")
@event_action("sahkan_adendum")
def approve(request: EventRequest, slug: str, urut: int) -> HttpResponse:
    """The Camat approves with the password, for nobody can take it back."""
    adendum = _get(request, urut)
    data = read(ApproveForm(request.POST))
    if not is_own_password(request, data["sandi"]):
        raise Refused("Kata sandi Anda tidak cocok, jadi adendum belum disahkan. Ketik sekali lagi.")
    surat = approve_adendum(adendum=adendum, dilihat=data["dilihat"], by=request.user)
    messages.success(
        request, f"{adendum} disahkan dengan nomor {surat.nomor}; {sebutan.bappeda} sudah dapat menerimanya."
    )
    return redirect("berita_acara:addenda", slug)


@event_action("terima_adendum")
def receive(request: EventRequest, slug: str, urut: int) -> HttpResponse:
    """Bappeda takes it in."""
    adendum = receive_adendum(adendum=_get(request, urut), by=request.user)
    messages.success(request, f"{adendum} diterima dengan tanda terima {adendum.nomor_terima}.")
    return redirect("berita_acara:addenda", slug)


@event_action("terima_adendum")
def give_back(request: EventRequest, slug: str, urut: int) -> HttpResponse:
    """Bappeda gives it back with the reason."""
    one = _get(request, urut)
    adendum = return_adendum(adendum=one, by=request.user, **read(ReasonForm(request.POST)))
    messages.success(request, f"{adendum} dikembalikan; {sebutan.kecamatan} membaca alasannya di langkah berikutnya.")
    return redirect("berita_acara:addenda", slug)
