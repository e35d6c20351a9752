"""Pages of proposals."""

from collections.abc import Iterable
from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import ChoiceField
from django.http import HttpResponse
from django.shortcuts import redirect, render

from musrenbang import format as tulis
from musrenbang import queries as base_queries
from musrenbang.izin import BOLEH_PROGRAM
from musrenbang.models import Musrenbang, ProgramMasuk, Skpd, SumberDana
from musrenbang.views.errors import Missing
from musrenbang.views.files import pdf_response, xlsx_response
from musrenbang.views.page import EventRequest, event_action, event_form, event_page
from musrenbang.views.submit import sent, submit
from usulan import dokumen
from usulan.forms.listing import FilterForm
from usulan.forms.ownership import OwnershipForm
from usulan.forms.usulan import UsulanForm
from usulan.izin import BOLEH_USULAN
from usulan.models import Tampilan, Usulan
from usulan.ownership import CATATAN_BERSAMA
from usulan.queries.acuan import dictionary_for, flag_prices
from usulan.queries.listing import check_edit, list_usulan, may_edit, rekap_bidang, rekap_desa
from usulan.queries.repeats import fate_of
from usulan.queries.similar import similar_to
from usulan.services.usulan import set_ownership, update_usulan
from usulan.views.rows import row_html

PER_HALAMAN = 50


@event_page("lihat_usulan")
def usulan_list(request: EventRequest, slug: str) -> HttpResponse:
    """All proposals, filtered and sorted from the URL, 50 a page, with the recap per desa."""
    form = FilterForm(request.GET, musrenbang=request.musrenbang)
    filters = form.chosen()
    usulan, open_page = (
        list_usulan(request.musrenbang, request.akses, **filters),
        request.musrenbang.tahap in BOLEH_USULAN,
    )
    halaman = Paginator(usulan, PER_HALAMAN).get_page(request.GET.get("hal"))
    flag_prices(halaman.object_list, dictionary_for(request.musrenbang))
    may_add, may_bulk = (request.akses.may(izin) and open_page for izin in ("ajukan_usulan", "gabung_usulan"))
    context = {
        "form": form,
        "halaman": halaman,
        "baris": [row_html(u, slug, may_change=may_add, may_change_many=may_bulk) for u in halaman.object_list],
        "disaring": bool(filters.keys() - {"urut"}),
        "saringan": filter_text(form),
        "rekap": rekap_desa(request.musrenbang, request.akses),
        "catatan_bersama": CATATAN_BERSAMA,
        "tampilan": Tampilan.objects.filter(musrenbang=request.musrenbang, pengguna=request.user),
        "boleh_ajukan": may_add,
        "boleh_gabung": request.akses.may("gabung_usulan"),
        "boleh_impor": request.akses.may("impor_usulan") and open_page,
        "boleh_massal": may_bulk,
        "skpd": Skpd.objects.filter(kabupaten=request.musrenbang.kecamatan.kabupaten_id),
        "sumber_dana": SumberDana.objects.all(),
    }
    return render(request, "usulan/list.html", context)


def filter_text(form: FilterForm) -> str:
    """Say in words by what the list is filtered and sorted."""
    words = []
    for nama, nilai in form.chosen().items():
        entry = form.fields[nama]
        pilihan: dict[Any, Any] = {}
        if isinstance(nilai, str) and isinstance(entry, ChoiceField):
            pilihan = dict(cast(Iterable[tuple[Any, Any]], entry.choices))
        content = tulis.rupiah(nilai) if isinstance(nilai, int) else pilihan.get(nilai, nilai)
        words.append(f"{form[nama].label.lower()}: {content}")
    return "; ".join(words)


@event_page("lihat_usulan")
def download(request: EventRequest, slug: str) -> HttpResponse:
    """The list exactly as filtered and sorted, as .xlsx or, with ``bentuk=pdf``, as a PDF."""
    form = FilterForm(request.GET, musrenbang=request.musrenbang)
    usulan = list_usulan(request.musrenbang, request.akses, **form.chosen())
    pdf = request.GET.get("bentuk") == "pdf"
    build = dokumen.usulan_pdf if pdf else dokumen.usulan_xlsx
    content = build(request.musrenbang, usulan, filter_text(form))
    nama = f"usulan-{request.musrenbang.slug}"
    return pdf_response(nama, content, download=True) if pdf else xlsx_response(nama, content)


@event_page("lihat_usulan")
def recap(request: EventRequest, slug: str) -> HttpResponse:
    """Desa x bidang in number and rupiah over the filtered proposals, with a chart."""
    form = FilterForm(request.GET, musrenbang=request.musrenbang)
    rekap = rekap_bidang(list_usulan(request.musrenbang, request.akses, **form.chosen()))
    context = {
        "rekap": rekap,
        "saringan": filter_text(form),
        "terbesar": max((rupiah for _, _, (_, rupiah) in rekap.desa), default=0),
        "catatan_bersama": CATATAN_BERSAMA,
    }
    return render(request, "usulan/recap.html", context)


def get_usulan(request: EventRequest, pk: int) -> Usulan:
    """Return a proposal that the person may see, and change when a form is sent; 404 when there is none."""
    usulan = list_usulan(request.musrenbang, request.akses).filter(pk=pk).first()
    if usulan is None:
        raise Missing("Usulan ini tidak ada di daftar Anda, atau sudah ditarik. Cari di daftar usulan.")
    if request.method == "POST":
        check_edit(usulan, request.akses)
    return usulan


@event_form("lihat_usulan")
def detail(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """One proposal: where it came from, its history, and a form to complete it."""
    usulan = get_usulan(request, pk)
    allowed = request.akses.may("ajukan_usulan", BOLEH_USULAN) and may_edit(usulan, request.akses)
    dictionary = dictionary_for(request.musrenbang)
    flag_prices([usulan], dictionary)
    form = UsulanForm(sent(request), instance=usulan)
    if done := submit(
        request,
        form,
        partial(update_usulan, usulan=usulan, by=request.user),
        say=lambda new: f"Usulan {new.nomor} “{new.kegiatan}” disimpan.",
        to=redirect("usulan:list", slug),
    ):
        return done
    jejak = base_queries.search_jejak(request.musrenbang, objek=f"usulan:{usulan.pk}")
    context = {
        "usulan": usulan,
        "form": form,
        "boleh": allowed,
        "jejak": jejak,
        "kamus": dictionary,
        "program": ProgramMasuk.objects.filter(musrenbang=request.musrenbang),
        "nasib": fate_of(usulan),
        "mirip": similar_to(usulan, request.musrenbang) if request.akses.may("gabung_usulan", BOLEH_USULAN) else [],
        "boleh_tandai": request.akses.may("gabung_usulan", BOLEH_PROGRAM),
        **_of_desa(usulan, request.musrenbang, allowed=allowed and request.akses.may("gabung_usulan")),
    }
    return render(request, "usulan/detail.html", context)


def _of_desa(usulan: Usulan, musrenbang: Musrenbang, *, allowed: bool) -> dict[str, Any]:
    """What each desa has of a proposal, and the form that changes whose it is for those who may."""
    form = OwnershipForm(None, usulan=usulan, musrenbang=musrenbang) if allowed else None
    return {"bagian_desa": usulan.parts(usulan.biaya), "form_milik": form}


@event_action("gabung_usulan")
def change_desa(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Say whose a proposal is: the team alone, because no desa speaks for another."""
    usulan = get_usulan(request, pk)
    form = OwnershipForm(request.POST, usulan=usulan, musrenbang=request.musrenbang)
    if form.is_valid():
        versi, own = form.cleaned_data["versi"], form.cleaned_data["milik"]
        new = set_ownership(usulan=usulan, versi=versi, owned=own, by=request.user)
        messages.success(request, f"Usulan {new.nomor} sekarang milik {new.sebutan_desa}.")
    else:
        messages.error(request, " ".join(str(g) for error in form.errors.values() for g in error))
    return redirect("usulan:detail", slug, pk)
