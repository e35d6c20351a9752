"""All documents of an event."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from berita_acara import dokumen as isi_dokumen
from berita_acara import queries, services
from berita_acara.syarat import berita_acara_terbit
from musrenbang.akses import get_musrenbang_for
from musrenbang.models import Musrenbang
from musrenbang.pdf import read_dokumen, render_pdf
from musrenbang.sidang.queries import list_undangan
from musrenbang.states import BOLEH_TERBIT, Tahap, is_past
from musrenbang.views.berkas import pdf_response
from rkp.prioritas.dokumen import slip_data, vote_data
from rkp.prioritas.models import Pemungutan, StatusPemungutan
from rkp.prioritas.queries import title_of


@require_GET
def documents(request: HttpRequest, slug: str) -> HttpResponse:
    """The Berita Acara with its versions, and the lists that can be printed."""
    musrenbang, akses = get_musrenbang_for(request.user, slug, "lihat_dokumen")
    versi = list(queries.list_berita_acara(musrenbang))
    tahap_terbit = musrenbang.tahap in BOLEH_TERBIT
    konteks = {
        "musrenbang": musrenbang, "akses": akses, "versi": versi, "cetakan": isi_dokumen.CETAKAN,
        "tahap_terbit": tahap_terbit, "boleh_terbit": tahap_terbit and akses.may("terbitkan_ba"),
        "kekurangan": berita_acara_terbit(musrenbang) if tahap_terbit else [],
        "bisa_pratinjau": is_past(musrenbang.tahap, Tahap.PRIORITAS),
    }  # fmt: skip
    return render(request, "berita_acara/documents.html", konteks)


@require_POST
def issue(request: HttpRequest, slug: str) -> HttpResponse:
    """Number, freeze and render the Berita Acara."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "terbitkan_ba")
    dokumen = services.issue_berita_acara(musrenbang=musrenbang, by=request.user)
    messages.success(request, f"Berita Acara {dokumen.nomor} (versi {dokumen.versi}) terbit.")
    return redirect("berita_acara:documents", slug)


@require_GET
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The Berita Acara as it would come out now, marked as a draft, without a number."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "lihat_dokumen")
    konteks = {**isi_dokumen.berita_acara(musrenbang), "nomor": "", "versi": 0, "draf": True}
    return pdf_response(f"draf-berita-acara-{slug}", render_pdf("pdf/berita_acara.html", konteks))


@require_GET
def download(request: HttpRequest, slug: str, versi: int) -> HttpResponse:
    """An issued version, byte for byte as it was issued."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "lihat_dokumen")
    dokumen = get_object_or_404(queries.list_berita_acara(musrenbang), versi=versi)
    return pdf_response(f"berita-acara-{slug}-v{versi}", read_dokumen(dokumen), unduh=True)


@require_GET
def print_list(request: HttpRequest, slug: str, jenis: str) -> HttpResponse:
    """A list as it stands now; not numbered."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "lihat_dokumen")
    if jenis not in isi_dokumen.CETAKAN:
        raise Http404("Jenis cetakan tidak dikenal.")
    konteks = isi_dokumen.cetakan_context(jenis, musrenbang)
    return pdf_response(f"{jenis}-{slug}", render_pdf(isi_dokumen.CETAKAN[jenis].template, konteks))


def _running_vote(request: HttpRequest, slug: str, pk: int) -> tuple[Musrenbang, Pemungutan]:
    musrenbang, _ = get_musrenbang_for(request.user, slug, "pimpin_suara")
    pemungutan = get_object_or_404(
        Pemungutan.objects.select_related("pemeringkatan"), pemeringkatan__musrenbang=musrenbang, pk=pk,
        status=StatusPemungutan.DIBUKA,
    )  # fmt: skip
    pemungutan.pemeringkatan.musrenbang = musrenbang
    return musrenbang, pemungutan


@require_GET
def slips(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The slips with the one-time codes that are not used yet, by desa; to be cut apart."""
    musrenbang, pemungutan = _running_vote(request, slug, pk)
    alamat = request.build_absolute_uri(reverse("ballot_enter"))
    judul = f"Suara {title_of(pemungutan.pemeringkatan, pemungutan.daftar)}"
    isi = {"slip": slip_data(pemungutan, alamat), "judul": judul, "alamat": alamat}
    konteks = {"kepala": isi_dokumen.kepala(musrenbang), "judul": "Slip kode suara", "isi": isi}
    return pdf_response(f"slip-suara-{slug}", render_pdf("pdf/slip_suara.html", konteks))


@require_GET
def ballots(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One paper ballot, to be copied: the works with a box beside each."""
    musrenbang, pemungutan = _running_vote(request, slug, pk)
    isi = {"vote": vote_data(pemungutan, pemungutan.pemeringkatan)}
    konteks = {"kepala": isi_dokumen.kepala(musrenbang), "judul": "Surat suara", "isi": isi}
    return pdf_response(f"surat-suara-{slug}", render_pdf("pdf/surat_suara.html", konteks))


@require_GET
def letter(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One invitation letter."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "lihat_undangan")
    undangan = get_object_or_404(list_undangan(musrenbang), pk=pk)
    undangan.musrenbang = musrenbang
    konteks = {
        "kepala": isi_dokumen.kepala(musrenbang), "judul": "Surat undangan",
        "isi": isi_dokumen.sidang.satu_undangan(undangan),
    }  # fmt: skip
    return pdf_response(f"undangan-{slug}-{undangan.kode}", render_pdf("pdf/undangan.html", konteks))
