"""The ranking page."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from musrenbang.akses import Akses, get_musrenbang_for
from musrenbang.models import Musrenbang
from musrenbang.states import BOLEH_PRIORITAS
from musrenbang.transisi import Ditolak
from rkp.prioritas import queries, services
from rkp.prioritas.forms import AturanForm, parse_sel
from rkp.prioritas.models import StatusPemeringkatan


def _context(musrenbang: Musrenbang, akses: Akses) -> dict[str, Any]:
    papan = queries.board(musrenbang)
    terbuka = musrenbang.tahap in BOLEH_PRIORITAS
    tetap = bool(papan and papan.pemeringkatan.status == StatusPemeringkatan.DITETAPKAN)
    return {
        "musrenbang": musrenbang, "akses": akses, "papan": papan, "terbuka": terbuka, "tetap": tetap,
        "boleh_nilai": terbuka and not tetap and akses.may("nilai_prioritas"),
        "boleh_tetapkan": terbuka and not tetap and akses.may("tetapkan_prioritas"),
    }  # fmt: skip


@require_GET
def ranking(request: HttpRequest, slug: str) -> HttpResponse:
    """Scores, the ranked list with the pagu line, and what is still missing."""
    musrenbang, akses = get_musrenbang_for(request.user, slug, "lihat_prioritas")
    return render(request, "prioritas/ranking.html", _context(musrenbang, akses))


@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """Open the ranking with its rules, or change them with a reason."""
    musrenbang, akses = get_musrenbang_for(request.user, slug, "tetapkan_prioritas")
    pemeringkatan = queries.get_pemeringkatan(musrenbang)
    data = request.POST if request.method == "POST" else None
    form = AturanForm(data, musrenbang=musrenbang, pemeringkatan=pemeringkatan)
    if request.method == "POST" and form.is_valid():
        simpan = services.change_aturan if pemeringkatan else services.open_pemeringkatan
        try:
            simpan(musrenbang=musrenbang, by=request.user, **form.cleaned_data)
        except Ditolak as penolakan:
            form.add_error(None, str(penolakan))
        else:
            messages.success(request, "Aturan pemeringkatan disimpan.")
            return redirect("prioritas:ranking", slug)
    konteks = {
        "musrenbang": musrenbang, "akses": akses, "form": form, "pemeringkatan": pemeringkatan,
        "terbuka": musrenbang.tahap in BOLEH_PRIORITAS,
    }  # fmt: skip
    return render(request, "prioritas/rules.html", konteks)


@require_POST
def save_scores(request: HttpRequest, slug: str) -> HttpResponse:
    """Save the score table; what was typed stays on the page when it is refused."""
    musrenbang, akses = get_musrenbang_for(request.user, slug, "nilai_prioritas")
    sel, salah = parse_sel(request.POST)
    try:
        if salah:
            raise Ditolak(" ".join(sorted(set(salah))))
        jumlah = services.save_nilai(musrenbang=musrenbang, by=request.user, sel=sel)
    except Ditolak as penolakan:
        konteks = _context(musrenbang, akses) | {"penolakan": str(penolakan), "ketikan": request.POST.dict()}
        return render(request, "prioritas/ranking.html", konteks, status=422)
    messages.success(request, f"{jumlah} skor disimpan." if jumlah else "Tidak ada skor yang berubah.")
    return redirect("prioritas:ranking", slug)


@require_POST
def settle(request: HttpRequest, slug: str) -> HttpResponse:
    """Record the order among works of equal score."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "tetapkan_prioritas")
    urut = {
        int(nama.removeprefix("urut-")): int(nilai)
        for nama, nilai in request.POST.items()
        if nama.startswith("urut-") and nama.removeprefix("urut-").isdigit() and nilai.isdigit()
    }
    services.settle_seri(musrenbang=musrenbang, by=request.user, urut=urut, alasan=request.POST.get("alasan", ""))
    messages.success(request, "Urutan untuk nilai yang sama dicatat.")
    return redirect("prioritas:ranking", slug)


@require_POST
def fix(request: HttpRequest, slug: str) -> HttpResponse:
    """Freeze the result."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "tetapkan_prioritas")
    services.fix_pemeringkatan(musrenbang=musrenbang, by=request.user)
    messages.success(request, "Peringkat ditetapkan.")
    return redirect("prioritas:ranking", slug)


@require_GET
def input_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The exact input, for anyone who wants to recompute with ``hitung_prioritas``."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "lihat_prioritas")
    papan = queries.board(musrenbang)
    if papan is None:
        raise Http404("Pemeringkatan belum dibuka.")
    masukan = papan.pemeringkatan.masukan or queries.build_masukan(papan.pemeringkatan, papan.calon, papan.nilai)
    nama = f'attachment; filename="prioritas-{slug}.json"'
    return JsonResponse(masukan, headers={"Content-Disposition": nama}, json_dumps_params={"indent": 1})
