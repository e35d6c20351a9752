"""Pages of the RKP Kecamatan."""

from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from musrenbang import queries as base_queries
from musrenbang.akses import Akses
from musrenbang.models import Bidang, Musrenbang, Program, Skpd
from musrenbang.sebutan import sebutan
from musrenbang.views.errors import Missing
from musrenbang.views.files import filter_words, xlsx_response
from musrenbang.views.page import AppRequest, EventRequest, event_action, event_page
from musrenbang.views.submit import submit
from rkp import dokumen
from rkp.forms.baris import DecideForm, PlaceForm
from rkp.izin import BOLEH_ADENDUM, BOLEH_KEPUTUSAN, BOLEH_KOREKSI, BOLEH_PLENO, BOLEH_SUSUN_DRAFT
from rkp.models import Alasan, BarisRkp, Keputusan, Rkp, RkpVersi, StatusRkp, UsulanKelompok, VersiKind
from rkp.queries.baris import filter_rows, group_by_bidang, rows, version_rows, waiting, with_origin
from rkp.queries.content import merged_into, outdated, summary_of_before
from rkp.queries.dana import sum_dana
from rkp.queries.pagu import list_pagu
from rkp.queries.similar import merge_place, similar_rows
from rkp.queries.sums import summary, tally_rows
from rkp.services.draft import build_draft, place_baris
from rkp.services.keputusan import decide_baris
from rkp.views.rows import plan_html, plan_row
from usulan.forms.ownership import desa_choices
from usulan.models import ParentRelation


def filters_of(request: AppRequest) -> dict[str, str]:
    """Return the filters of the table from the address."""
    return {
        n: request.GET.get(n, "").strip() for n in ("bidang", "keputusan", "desa", "skpd", "biaya", "sumber", "cari")
    }


@event_page("lihat_rkp")
def table(request: EventRequest, slug: str) -> HttpResponse:
    """The working plan by bidang with subtotals, filtered from the URL."""
    rkp = Rkp.objects.filter(musrenbang=request.musrenbang).first()
    filters = filters_of(request)
    baris = filter_rows(rkp, request.akses, **filters) if rkp else BarisRkp.objects.none()
    kelompok = group_by_bidang(baris)
    allowed = request.akses.may("putuskan_rkp", BOLEH_KEPUTUSAN)
    context = {
        "rkp": rkp,
        "kelompok": kelompok,
        "bagian": [(k, [plan_html(plan_row(cast(BarisRkp, b), allowed=allowed)) for b in k.baris]) for k in kelompok],
        "sums": tally_rows(b for k in kelompok for b in k.baris),
        "posisi": list_pagu(request.musrenbang, rule=False) if allowed else [],
        "alasan": Alasan.choices,
        "saring": filters,
        "disaring": any(filters.values()),
        "ringkasan": summary(filter_rows(rkp, request.akses)) if rkp else [],
        "dana": sum_dana(b for k in kelompok for b in k.baris),
        "jumlah_baris": sum(k.n for k in kelompok),
        "jumlah_rp": sum(k.jumlah for k in kelompok),
        "bidang": Bidang.objects.all(),
        "skpd": Skpd.objects.filter(kabupaten=request.musrenbang.kecamatan.kabupaten),
        "desa": desa_choices(request.musrenbang, "")[1:],
        "keputusan": Keputusan.choices,
        "boleh_susun": request.akses.may("susun_draft", BOLEH_SUSUN_DRAFT),
        "boleh_putus": allowed,
        "usulan_menunggu": waiting(request.musrenbang).count(),
        "usang": outdated(request.musrenbang) if rkp and request.musrenbang.tahap in BOLEH_SUSUN_DRAFT else [],
        "versi": list(rkp.riwayat.select_related("rkp__musrenbang")) if rkp and not request.akses.terbatas else [],
    }
    return render(request, "rkp/table.html", context)


@event_action("susun_draft")
def build(request: EventRequest, slug: str) -> HttpResponse:
    """Make the draft, or add the proposals that came since."""
    entered, updated = build_draft(musrenbang=request.musrenbang, by=request.user)
    sentence = [f"{entered} usulan masuk draf RKP {sebutan.Kecamatan}."] if entered else []
    sentence += [f"{updated} kegiatan disesuaikan dengan usulannya."] if updated else []
    messages.success(request, " ".join(sentence) or "Semua usulan sudah ada di draf.")
    return redirect("rkp:table", slug)


@event_page("lihat_rkp")
def download(request: EventRequest, slug: str) -> HttpResponse:
    """The rows exactly as filtered, as .xlsx."""
    rkp = get_object_or_404(Rkp, musrenbang=request.musrenbang)
    filters = filters_of(request)
    content = dokumen.rkp_xlsx(
        request.musrenbang,
        with_origin(filter_rows(rkp, request.akses, **filters)),
        fixed=rkp.status == StatusRkp.DITETAPKAN,
        saringan=filter_words(filters),
    )
    return xlsx_response(f"rkp-{request.musrenbang.slug}", content)


def get_baris(request: EventRequest, pk: int) -> BarisRkp:
    """Return a row of the event that the person may see; Http404 otherwise."""
    rkp = Rkp.objects.filter(musrenbang=request.musrenbang).first()
    baris = filter_rows(rkp, request.akses).filter(pk=pk).first() if rkp else None
    if rkp is None or baris is None:
        raise Missing("Kegiatan ini sudah tidak ada di RKP. Cari di Tabel RKP.")
    baris.rkp = rkp
    rkp.musrenbang = request.musrenbang
    return baris


def _row_context(musrenbang: Musrenbang, akses: Akses, baris: BarisRkp) -> dict[str, Any]:
    place = merge_place(musrenbang, baris)
    return {
        "musrenbang": musrenbang,
        "akses": akses,
        "baris": baris,
        "semula": summary_of_before(baris.semula),
        "sumber": baris.sumber.select_related("usulan__desa", "usulan__impor", "usulan__skpd").defer(
            "usulan__impor__hasil"
        ),
        "gabungan": merged_into(baris),
        "cara_gabung": ParentRelation.choices,
        "keberatan": baris.keberatan.all(),
        "usulan_kelompok": UsulanKelompok.objects.filter(baris=baris).select_related("kelompok").first(),
        "boleh_pleno": akses.may("pimpin_pleno") and musrenbang.tahap in BOLEH_PLENO,
        "jejak": base_queries.search_jejak(musrenbang, objek=f"barisrkp:{baris.pk}"),
        "boleh_putus": akses.may("putuskan_rkp") and musrenbang.tahap in BOLEH_KEPUTUSAN,
        "boleh_koreksi": akses.may("koreksi_rkp") and musrenbang.tahap in BOLEH_KOREKSI,
        "boleh_adendum": akses.may("susun_adendum") and musrenbang.tahap in BOLEH_ADENDUM,
        "boleh_gabung": akses.may("putuskan_rkp") and place.boleh and not place.kelompok,
        "tempat_gabung": place,
        "mirip": SimpleLazyObject(lambda: similar_rows(baris)) if place.boleh and akses.may("putuskan_rkp") else [],
        "alamat_gabung": reverse("rkp:merge", args=[musrenbang.slug, baris.pk]),
        "boleh_tempat": akses.may("putuskan_rkp") and musrenbang.tahap in BOLEH_KEPUTUSAN | BOLEH_SUSUN_DRAFT,
        "program": Program.objects.all(),
    }


def _fresh(baris: BarisRkp) -> BarisRkp:
    """The row as stored, for what stands beside a form that was refused."""
    return rows(baris.rkp).select_related("rkp", "desa", "bidang", "skpd").get(pk=baris.pk)


@event_page("lihat_rkp")
def row(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """One row: origin, decision form, placement form, history."""
    baris = get_baris(request, pk)
    context = _row_context(request.musrenbang, request.akses, baris)
    default = {} if baris.keputusan != Keputusan.BELUM_DIBAHAS else {"keputusan": Keputusan.DISEPAKATI}
    context |= {"form": DecideForm(instance=baris, initial=default), "form_tempat": PlaceForm(instance=baris)}
    return render(request, "rkp/row.html" if not request.htmx else "rkp/_row_form.html", context)


@event_page("putuskan_rkp")
def row_view(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """The row as the table shows it: what "Batal" puts back."""
    baris = get_baris(request, pk)
    return HttpResponse(plan_html(plan_row(baris, allowed=request.musrenbang.tahap in BOLEH_KEPUTUSAN)))


@event_action("putuskan_rkp")
def decide(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Record the decision; in the table (htmx) the row is swapped for its new state."""
    baris = get_baris(request, pk)
    form = DecideForm(request.POST, instance=baris)

    def decided(row: BarisRkp) -> HttpResponse:
        if request.htmx:
            return HttpResponse(plan_html(plan_row(_fresh(row), allowed=True)))
        messages.success(request, f"No. {row.nomor}: {row.get_keputusan_display()}.")
        return redirect("rkp:table", slug)

    if done := submit(request, form, partial(decide_baris, baris=baris, by=request.user), say="", to=decided):
        return done
    context = _row_context(request.musrenbang, request.akses, _fresh(baris)) | {
        "form": form,
        "form_tempat": PlaceForm(instance=baris),
    }
    return render(request, "rkp/_row_form.html" if request.htmx else "rkp/row.html", context, status=422)


@event_action("putuskan_rkp")
def place(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Save bidang, agency, programme and regional priority."""
    baris = get_baris(request, pk)
    form = PlaceForm(request.POST, instance=baris)
    if done := submit(
        request,
        form,
        partial(place_baris, baris=baris, by=request.user),
        say=f"No. {baris.nomor}: penempatan disimpan.",
        to=redirect("rkp:row", slug, pk),
    ):
        return done
    fresh = _fresh(baris)
    context = _row_context(request.musrenbang, request.akses, fresh) | {
        "form": DecideForm(instance=fresh),
        "form_tempat": form,
    }
    return render(request, "rkp/row.html", context, status=422)


@event_page("lihat_dokumen")
def version(request: EventRequest, slug: str, nomor: int, jenis: str = VersiKind.DITETAPKAN) -> HttpResponse:
    """A version, as it was frozen."""
    versi = get_object_or_404(
        RkpVersi.objects.select_related("rkp", "dibuat_oleh"),
        rkp__musrenbang=request.musrenbang,
        jenis=jenis,
        nomor=nomor,
    )
    baris = version_rows(versi)
    context = {
        "versi": versi,
        "kelompok": group_by_bidang(baris),
        "ringkasan": summary(baris),
    }
    return render(request, "rkp/version.html", context)
