"""All documents of an event."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from berita_acara import queries
from berita_acara.dokumen.cetakan import cetakan_xlsx, stale_papers
from berita_acara.dokumen.kinds import CETAKAN
from berita_acara.dokumen.letter_head import head_of
from berita_acara.forms import PartForm, SalinanForm
from berita_acara.izin import BOLEH_TERBIT
from berita_acara.services.issue import (
    issue_berita_acara,
    issue_dokumen,
    preview_berita_acara,
    read_or_draft,
    with_file,
)
from berita_acara.syarat import berita_acara_issued
from musrenbang.cetakan import Cetakan
from musrenbang.infra.pdf.printing import render_pdf
from musrenbang.keeper import read_dokumen
from musrenbang.models import Dokumen, Musrenbang
from musrenbang.queries import newest_issued
from musrenbang.states import Tahap, is_past
from musrenbang.transisi import Refused
from musrenbang.views.errors import Missing
from musrenbang.views.files import pdf_response, xlsx_response
from musrenbang.views.page import EventRequest, event_action, event_page
from musrenbang.views.submit import read
from rkp.prioritas.dokumen import ballot_address, slip_data, vote_data
from rkp.prioritas.models import Pemungutan, StatusPemungutan
from rkp.prioritas.queries.suara import title_of


@event_page("lihat_dokumen")
def documents(request: EventRequest, slug: str) -> HttpResponse:
    """The Berita Acara with its versions and signed copy, the letters, and the lists that can be printed."""
    issue_tahap = request.musrenbang.tahap in BOLEH_TERBIT
    tenggat = queries.salinan_due(request.musrenbang) if issue_tahap else None
    stale = stale_papers(request.musrenbang)
    context = {
        "versi": list(queries.list_berita_acara(request.musrenbang)),
        "cetakan": {k: c for k, c in CETAKAN.items() if not c.nomor},
        "surat": _letters(request.musrenbang, stale),
        "sk_beda": stale.get(("sk_tim", ""), []),
        "tahap_terbit": issue_tahap,
        "boleh_terbit": issue_tahap and request.akses.may("terbitkan_ba"),
        "boleh_surat": request.akses.may("terbitkan_ba"),
        "boleh_atur": request.akses.may("atur_dokumen"),
        "boleh_salinan": issue_tahap and request.akses.may("unggah_salinan"),
        "kekurangan": berita_acara_issued(request.musrenbang) if issue_tahap else [],
        "bisa_pratinjau": is_past(request.musrenbang.tahap, Tahap.PRIORITAS),
        "salinan": queries.salinan_of(request.musrenbang),
        "salinan_tunggu": queries.waiting_salinan(request.musrenbang),
        "tenggat": tenggat,
        "lewat": bool(tenggat and tenggat < timezone.now()),
        "form_salinan": SalinanForm(),
        "alamat_lokal": settings.ALAMAT if queries.is_local_address(settings.ALAMAT) else "",
        "tanpa": queries.excuse_of(request.musrenbang),
        "tanda_camat": queries.signable(request.musrenbang),
        "boleh_ttd": request.akses.may("tandatangani_dokumen"),
    }
    return render(request, "berita_acara/documents.html", context)


def _letters(musrenbang: Musrenbang, outdated: dict[tuple[str, str], list[str]]) -> list[dict[str, Any]]:
    """The numbered letters: what may be issued by now, and the newest one of each."""
    issued, result = newest_issued(musrenbang), []
    for jenis, c in CETAKAN.items():
        if c.nomor and not c.pokok:
            part = c.bagian(musrenbang) if c.bagian else [("", "")]
            result += [
                {
                    "jenis": jenis,
                    "cetakan": c,
                    "bagian": k,
                    "nama": n,
                    "boleh": musrenbang.tahap in c.nomor.stages,
                    "terbit": issued.get((jenis, k)),
                    "beda": outdated.get((jenis, k), []),
                    "kapan": f"sampai tahap {Tahap(c.nomor.sampai).label}"
                    if c.is_over(musrenbang.tahap)
                    else f"sejak tahap {Tahap(c.nomor.sejak).label}",
                }
                for k, n in part
            ]
    return result


@event_action("terbitkan_ba")
def issue(request: EventRequest, slug: str) -> HttpResponse:
    """Number, freeze and render the Berita Acara."""
    dokumen = issue_berita_acara(musrenbang=request.musrenbang, by=request.user)
    messages.success(request, f"Berita Acara {dokumen.nomor} (versi {dokumen.versi}) terbit.")
    return redirect("berita_acara:documents", slug)


@event_action("terbitkan_ba")
def issue_letter(request: EventRequest, slug: str, jenis: str) -> HttpResponse:
    """Number, freeze and render a letter."""
    cetakan = _kind(jenis)
    part = _part(cetakan, request.musrenbang, read(PartForm(request.POST))["bagian"])
    dokumen = issue_dokumen(musrenbang=request.musrenbang, jenis=jenis, by=request.user, part=part)
    messages.success(request, f"{cetakan.label} {dokumen.nomor} terbit.")
    return redirect("berita_acara:documents", slug)


def _kind(jenis: str) -> Cetakan:
    if jenis not in CETAKAN or CETAKAN[jenis].pokok:
        raise Http404("Jenis dokumen tidak dikenal.")
    return CETAKAN[jenis]


def _part(cetakan: Cetakan, musrenbang: Musrenbang, bagian: str) -> str:
    """The part asked for (an SKPD), where the kind has parts; the first one when none is named."""
    if cetakan.bagian is None:
        return ""
    kunci = [k for k, _ in cetakan.bagian(musrenbang)]
    if bagian and bagian not in kunci:
        raise Http404("Bagian dokumen tidak dikenal.")
    if not kunci:
        raise Refused(cetakan.belum)
    return bagian or kunci[0]


@event_page("lihat_dokumen")
def preview(request: EventRequest, slug: str) -> HttpResponse:
    """The Berita Acara as it would come out now, marked as a draft, without a number."""
    return pdf_response(f"draf-berita-acara-{slug}", preview_berita_acara(request.musrenbang))


@event_page("lihat_dokumen")
def download(request: EventRequest, slug: str, versi: int) -> HttpResponse:
    """An issued version, byte for byte as it was issued."""
    dokumen = get_object_or_404(queries.list_berita_acara(request.musrenbang), versi=versi)
    return pdf_response(f"berita-acara-{slug}-v{versi}", read_dokumen(dokumen), download=True)


@event_page("lihat_dokumen")
def print_list(request: EventRequest, slug: str, jenis: str) -> HttpResponse:
    """A list as it stands now; a letter as it was issued, or (``draf``) as it would come out now."""
    cetakan = _kind(jenis)
    part = _part(cetakan, request.musrenbang, request.GET.get("bagian", ""))
    nama = f"{jenis}-{slug}{'-' + part if part else ''}"
    draft = request.GET.get("draf") == "1"
    content = read_or_draft(musrenbang=request.musrenbang, jenis=jenis, part=part, by=request.user, draft=draft)
    return pdf_response(nama, content)


@event_page("lihat_dokumen")
def version(request: EventRequest, slug: str, jenis: str, versi: int) -> HttpResponse:
    """A document in one of its versions, as it was then."""
    part = request.GET.get("bagian", "")
    dokumen = get_object_or_404(Dokumen, musrenbang=request.musrenbang, jenis=jenis, versi=versi, bagian=part)
    return pdf_response(f"{jenis}-{slug}-v{versi}", read_dokumen(with_file(dokumen)))


@event_page("lihat_dokumen")
def print_xlsx(request: EventRequest, slug: str, jenis: str) -> HttpResponse:
    """The same content as a spreadsheet."""
    cetakan = _kind(jenis)
    if cetakan.xlsx is None:
        raise Missing("Dokumen ini tidak tersedia dalam Excel.")
    part = _part(cetakan, request.musrenbang, request.GET.get("bagian", ""))
    return xlsx_response(f"{jenis}-{slug}", cetakan_xlsx(jenis, request.musrenbang, part))


def _running_vote(request: EventRequest, pk: int) -> Pemungutan:
    pemungutan = get_object_or_404(
        Pemungutan.objects.select_related("pemeringkatan"),
        pemeringkatan__musrenbang=request.musrenbang,
        pk=pk,
        status=StatusPemungutan.DIBUKA,
    )
    pemungutan.pemeringkatan.musrenbang = request.musrenbang
    return pemungutan


@event_page("pimpin_suara")
def slips(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """The slips with the one-time codes that are not used yet, by desa; to be cut apart."""
    pemungutan = _running_vote(request, pk)
    address = ballot_address()
    judul = f"Suara {title_of(pemungutan.pemeringkatan, pemungutan.daftar)}"
    content = {"slip": slip_data(pemungutan, address), "judul": judul, "alamat": address}
    context = {"kepala": head_of(request.musrenbang), "judul": "Slip kode suara", "isi": content}
    return pdf_response(f"slip-suara-{slug}", render_pdf("pdf/slip_suara.html", context))


@event_page("pimpin_suara")
def ballots(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """One paper ballot, to be copied: the works with a box beside each."""
    pemungutan = _running_vote(request, pk)
    content = {"vote": vote_data(pemungutan, pemungutan.pemeringkatan)}
    context = {"kepala": head_of(request.musrenbang), "judul": "Surat suara", "isi": content}
    return pdf_response(f"surat-suara-{slug}", render_pdf("pdf/surat_suara.html", context))
