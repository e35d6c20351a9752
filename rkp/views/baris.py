"""Pages of the RKP Kecamatan."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from musrenbang import queries as base_queries
from musrenbang.akses import Akses, get_musrenbang_for
from musrenbang.forms.angka import wholes
from musrenbang.models import Bidang, Musrenbang, Program, Skpd
from musrenbang.transisi import Ditolak
from musrenbang.views.berkas import filter_words, xlsx_response
from rkp import dokumen
from rkp.forms.baris import DecideForm, PlaceForm
from rkp.izin import BOLEH_ADENDUM, BOLEH_KEPUTUSAN, BOLEH_KOREKSI, BOLEH_PLENO, BOLEH_SUSUN_DRAFT
from rkp.models import BarisRkp, JenisVersi, Keputusan, Rkp, RkpVersi, StatusRkp, UsulanKelompok
from rkp.queries.baris import filter_rows, group_by_bidang, rows, version_rows, waiting, with_origin
from rkp.queries.dana import sum_dana
from rkp.queries.isi import merged_into, outdated, ringkas_semula
from rkp.queries.jumlah import summary
from rkp.services.draft import build_draft, place_baris
from rkp.services.keputusan import agree_many, decide_baris
from usulan.forms.milik import desa_choices
from usulan.models import HubunganInduk


def _saring(request: HttpRequest) -> dict[str, str]:
    return {
        n: request.GET.get(n, "").strip() for n in ("bidang", "keputusan", "desa", "skpd", "biaya", "sumber", "cari")
    }


@require_GET
def table(request: HttpRequest, slug: str) -> HttpResponse:
    """The working plan by bidang with subtotals, filtered from the URL."""
    musrenbang, akses = get_musrenbang_for(request.user, slug, "lihat_rkp")
    rkp = Rkp.objects.filter(musrenbang=musrenbang).first()
    saring = _saring(request)
    baris = filter_rows(rkp, akses, **saring) if rkp else BarisRkp.objects.none()
    kelompok = group_by_bidang(baris)
    konteks = {
        "musrenbang": musrenbang,
        "akses": akses,
        "rkp": rkp,
        "kelompok": kelompok,
        "saring": saring,
        "disaring": any(saring.values()),
        "ringkasan": summary(filter_rows(rkp, akses)) if rkp else [],
        "dana": sum_dana(b for k in kelompok for b in k.baris),
        "jumlah_baris": sum(k.n for k in kelompok),
        "jumlah_rp": sum(k.jumlah for k in kelompok),
        "bidang": Bidang.objects.all(),
        "skpd": Skpd.objects.filter(kabupaten=musrenbang.kecamatan.kabupaten),
        "desa": desa_choices(musrenbang, "")[1:],
        "keputusan": Keputusan.choices,
        "boleh_susun": akses.may("susun_draft") and musrenbang.tahap in BOLEH_SUSUN_DRAFT,
        "boleh_putus": akses.may("putuskan_rkp") and musrenbang.tahap in BOLEH_KEPUTUSAN,
        "usulan_menunggu": waiting(musrenbang).count(),
        "usang": outdated(musrenbang) if rkp and musrenbang.tahap in BOLEH_SUSUN_DRAFT else [],
        "versi": list(rkp.riwayat.select_related("rkp__musrenbang")) if rkp and not akses.terbatas else [],
    }
    return render(request, "rkp/table.html", konteks)


@require_POST
def build(request: HttpRequest, slug: str) -> HttpResponse:
    """Make the draft, or add the proposals that came since."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "susun_draft")
    masuk, diperbarui = build_draft(musrenbang=musrenbang, by=request.user)
    kalimat = [f"{masuk} usulan masuk draf RKP Kecamatan."] if masuk else []
    kalimat += [f"{diperbarui} kegiatan disesuaikan dengan usulannya."] if diperbarui else []
    messages.success(request, " ".join(kalimat) or "Semua usulan sudah ada di draf.")
    return redirect("rkp:table", slug)


@require_GET
def download(request: HttpRequest, slug: str) -> HttpResponse:
    """The rows exactly as filtered, as .xlsx."""
    musrenbang, akses = get_musrenbang_for(request.user, slug, "lihat_rkp")
    rkp = get_object_or_404(Rkp, musrenbang=musrenbang)
    saring = _saring(request)
    isi = dokumen.rkp_xlsx(
        musrenbang,
        with_origin(filter_rows(rkp, akses, **saring)),
        tetap=rkp.status == StatusRkp.DITETAPKAN,
        saringan=filter_words(saring),
    )
    return xlsx_response(f"rkp-{musrenbang.slug}", isi)


@require_POST
def agree(request: HttpRequest, slug: str) -> HttpResponse:
    """Mark the ticked rows as agreed."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "putuskan_rkp")
    pilihan = wholes(request.POST.getlist("baris"))
    if not pilihan:
        raise Ditolak("Belum ada kegiatan yang dicentang.")
    jumlah = agree_many(musrenbang=musrenbang, baris_ids=pilihan, by=request.user)
    lewat = len(set(pilihan)) - jumlah
    messages.success(
        request,
        f"{jumlah} kegiatan disepakati." + (f" {lewat} sudah diputuskan sebelumnya, dibiarkan." if lewat else ""),
    )
    return redirect("rkp:table", slug)


def get_baris(request: HttpRequest, slug: str, pk: int, izin: str) -> tuple[Musrenbang, Akses, BarisRkp]:
    """Return event, access and a row that the person may see; Http404 and PermissionDenied otherwise."""
    musrenbang, akses = get_musrenbang_for(request.user, slug, izin)
    rkp = Rkp.objects.filter(musrenbang=musrenbang).first()
    baris = filter_rows(rkp, akses).filter(pk=pk).first() if rkp else None
    if baris is None:
        raise Http404("Kegiatan tidak ditemukan.")
    baris.rkp = rkp
    rkp.musrenbang = musrenbang
    return musrenbang, akses, baris


def _row_context(musrenbang: Musrenbang, akses: Akses, baris: BarisRkp) -> dict[str, Any]:
    return {
        "musrenbang": musrenbang,
        "akses": akses,
        "baris": baris,
        "semula": ringkas_semula(baris.semula),
        "sumber": baris.sumber.select_related("usulan__desa", "usulan__impor", "usulan__skpd").defer(
            "usulan__impor__hasil"
        ),
        "gabungan": merged_into(baris),
        "cara_gabung": HubunganInduk.choices,
        "keberatan": baris.keberatan.all(),
        "usulan_kelompok": UsulanKelompok.objects.filter(baris=baris).select_related("kelompok").first(),
        "boleh_pleno": akses.may("pimpin_pleno") and musrenbang.tahap in BOLEH_PLENO,
        "jejak": base_queries.search_jejak(musrenbang, objek=f"barisrkp:{baris.pk}"),
        "boleh_putus": akses.may("putuskan_rkp") and musrenbang.tahap in BOLEH_KEPUTUSAN,
        "boleh_koreksi": akses.may("koreksi_rkp") and musrenbang.tahap in BOLEH_KOREKSI,
        "boleh_adendum": akses.may("susun_adendum") and musrenbang.tahap in BOLEH_ADENDUM,
        "boleh_gabung": akses.may("putuskan_rkp") and musrenbang.tahap in BOLEH_KEPUTUSAN,
        "boleh_tempat": akses.may("putuskan_rkp") and musrenbang.tahap in BOLEH_KEPUTUSAN | BOLEH_SUSUN_DRAFT,
        "program": Program.objects.all(),
    }


def _fresh(baris: BarisRkp) -> BarisRkp:
    """The row as stored, for what stands beside a form that was refused."""
    return rows(baris.rkp).select_related("rkp", "desa", "bidang", "skpd").get(pk=baris.pk)


@require_GET
def row(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One row: origin, decision form, placement form, history."""
    musrenbang, akses, baris = get_baris(request, slug, pk, "lihat_rkp")
    konteks = _row_context(musrenbang, akses, baris)
    bawaan = {} if baris.keputusan != Keputusan.BELUM_DIBAHAS else {"keputusan": Keputusan.DISEPAKATI}
    konteks |= {"form": DecideForm(instance=baris, initial=bawaan), "form_tempat": PlaceForm(instance=baris)}
    return render(request, "rkp/row.html" if not request.htmx else "rkp/_row_form.html", konteks)


@require_GET
def row_view(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The row as the table shows it: what "Batal" puts back."""
    musrenbang, _, baris = get_baris(request, slug, pk, "putuskan_rkp")
    boleh = musrenbang.tahap in BOLEH_KEPUTUSAN
    return render(request, "rkp/_row.html", {"musrenbang": musrenbang, "b": baris, "boleh_putus": boleh})


@require_POST
def decide(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Record the decision; in the table (htmx) the row is swapped for its new state."""
    musrenbang, akses, baris = get_baris(request, slug, pk, "putuskan_rkp")
    form = DecideForm(request.POST, instance=baris)
    if form.is_valid():
        try:
            baris = decide_baris(baris=baris, by=request.user, **form.cleaned_data)
        except Ditolak as penolakan:
            form.add_error(None, str(penolakan))
        else:
            if request.htmx:
                konteks = {
                    "musrenbang": musrenbang,
                    "akses": akses,
                    "b": _fresh(baris),
                    "boleh_putus": True,
                    "baru": True,
                }
                return render(request, "rkp/_row.html", konteks)
            messages.success(request, f"No. {baris.nomor}: {baris.get_keputusan_display()}.")
            return redirect("rkp:table", slug)
    konteks = _row_context(musrenbang, akses, _fresh(baris)) | {"form": form, "form_tempat": PlaceForm(instance=baris)}
    return render(request, "rkp/_row_form.html" if request.htmx else "rkp/row.html", konteks, status=422)


@require_POST
def place(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Save bidang, agency, programme and regional priority."""
    musrenbang, akses, baris = get_baris(request, slug, pk, "putuskan_rkp")
    form = PlaceForm(request.POST, instance=baris)
    if form.is_valid():
        try:
            place_baris(baris=baris, by=request.user, **form.cleaned_data)
        except Ditolak as penolakan:
            form.add_error(None, str(penolakan))
        else:
            messages.success(request, f"No. {baris.nomor}: penempatan disimpan.")
            return redirect("rkp:row", slug, pk)
    segar = _fresh(baris)
    konteks = _row_context(musrenbang, akses, segar) | {"form": DecideForm(instance=segar), "form_tempat": form}
    return render(request, "rkp/row.html", konteks, status=422)


@require_GET
def version(request: HttpRequest, slug: str, nomor: int, jenis: str = JenisVersi.DITETAPKAN) -> HttpResponse:
    """A version, as it was frozen."""
    musrenbang, akses = get_musrenbang_for(request.user, slug, "lihat_dokumen")
    versi = get_object_or_404(
        RkpVersi.objects.select_related("rkp", "dibuat_oleh"), rkp__musrenbang=musrenbang, jenis=jenis, nomor=nomor
    )
    baris = version_rows(versi)
    konteks = {
        "musrenbang": musrenbang,
        "akses": akses,
        "versi": versi,
        "kelompok": group_by_bidang(baris),
        "ringkasan": summary(baris),
    }
    return render(request, "rkp/version.html", konteks)
