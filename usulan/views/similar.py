"""Pages of similar proposals."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render

from musrenbang.models import Musrenbang
from musrenbang.views.errors import Missing
from musrenbang.views.page import AppRequest, EventRequest, event_action, event_page
from musrenbang.views.submit import read
from usulan.forms.small import PageForm, PairForm
from usulan.izin import BOLEH_USULAN
from usulan.models import BukanDuplikat, ParentRelation, Usulan
from usulan.queries.similar import list_similar, merged_trees, reconcile
from usulan.queries.similar_last_year import list_proposed_before
from usulan.services.merge import mark_distinct, merge_usulan, split_usulan
from usulan.services.merge import reconsider as look_again

PER_HALAMAN = 20


@event_page("gabung_usulan")
def similar(request: EventRequest, slug: str) -> HttpResponse:
    """Pairs that look alike with the reasons, what was merged so far, and what is no duplicate."""
    excluded = BukanDuplikat.objects.filter(satu__musrenbang=request.musrenbang)
    context = {
        "halaman": Paginator(list_similar(request.musrenbang), PER_HALAMAN).get_page(request.GET.get("hal")),
        "gabungan": merged_trees(request.musrenbang),
        "bukan": excluded.select_related("satu__desa", "dua__desa", "oleh").order_by("-pk"),
        "uang": reconcile(request.musrenbang),
        "lalu": list_proposed_before(request.musrenbang)[:PER_HALAMAN],
        "buka": request.musrenbang.tahap in BOLEH_USULAN,
    }
    return render(request, "usulan/similar.html", context)


def _usulan(musrenbang: Musrenbang, pk: int) -> Usulan:
    usulan = Usulan.objects.filter(musrenbang=musrenbang, pk=pk).first()
    if usulan is None:
        raise Missing("Usulan ini tidak ada di daftar Anda, atau sudah ditarik. Cari di daftar usulan.")
    usulan.musrenbang = musrenbang
    return usulan


def _back(request: AppRequest, slug: str) -> HttpResponse:
    matter = read(PageForm(request.POST))["hal"]
    target = redirect("usulan:similar", slug)
    target["Location"] += f"?hal={matter}" if matter and matter != 1 else ""
    return target


@event_action("gabung_usulan")
def merge(request: EventRequest, slug: str) -> HttpResponse:
    """Decide about one pair: merged with or without its cost, or no duplicate."""
    data = read(PairForm(request.POST))
    pairs = [_usulan(request.musrenbang, data[nama]) for nama in ("satu", "dua")]
    if data["utama"] == pairs[1].pk:
        pairs.reverse()
    main, other = pairs
    if data["putusan"] == "bukan":
        mark_distinct(one=main, two=other, by=request.user)
        messages.success(request, f"Usulan {main.nomor} dan {other.nomor} dicatat sebagai dua usulan yang berbeda.")
    else:
        merge_usulan(main=main, other=other, hubungan=ParentRelation(data["putusan"]), by=request.user)
        messages.success(request, f"Usulan {other.nomor} digabung ke usulan {main.nomor}. Keduanya tetap tercatat.")
    return _back(request, slug)


@event_action("gabung_usulan")
def split(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Take a merged proposal out again."""
    usulan = split_usulan(usulan=_usulan(request.musrenbang, pk), by=request.user)
    messages.success(request, f"Usulan {usulan.nomor} berdiri sendiri lagi.")
    return _back(request, slug)


@event_action("gabung_usulan")
def reconsider(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Show a pair again that was marked as no duplicate."""
    look_again(musrenbang=request.musrenbang, pk=pk, by=request.user)
    messages.success(request, "Pasangan itu ditampilkan lagi bila masih mirip.")
    return _back(request, slug)
