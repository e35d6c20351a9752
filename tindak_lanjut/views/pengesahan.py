"""Finalisation and approval: one page for the team and the Camat."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import Truncator

from musrenbang.board import next_steps
from musrenbang.forms.numbers import whole
from musrenbang.queries import newest_issued
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from musrenbang.views.page import AppRequest, EventRequest, event_action, event_page
from musrenbang.views.return_to import back_to
from musrenbang.views.stored import tell
from musrenbang.views.submit import read
from rkp.izin import BOLEH_KOREKSI
from rkp.models import BarisRkp, Keberatan, Rkp
from tindak_lanjut.forms import NoteAnswerForm, RemarkForm
from tindak_lanjut.models import Catatan, NoteSource
from tindak_lanjut.queries.pengesahan import changes_of, list_notes, stages_of
from tindak_lanjut.services.notes import BOLEH, BOLEH_JAWAB, add_note, answer_note

PER_HALAMAN = 25


@event_page("lihat_rekap_rkp")
def approval(request: EventRequest, slug: str) -> HttpResponse:
    """Sums from the draft to now, what changed since the plenary, objections, documents, notes, and the approval."""
    rkp = get_object_or_404(Rkp.objects.filter(musrenbang=request.musrenbang))
    rkp.musrenbang = request.musrenbang
    dokumen = [d for d in newest_issued(request.musrenbang).values() if d.sha256]
    context = {
        "keadaan": stages_of(rkp),
        **_changes(request, rkp),
        "keberatan": Keberatan.objects.filter(baris__rkp=rkp, selesai_pada=None).count(),
        "dokumen": [d for d in dokumen if not d.bagian],
        "per_skpd": sum(bool(d.bagian) for d in dokumen),
        "catatan": list(list_notes(request.musrenbang)),
        "boleh_catat": request.akses.may("catat_camat", BOLEH[NoteSource.CAMAT]),
        "boleh_jawab": request.akses.may("jawab_catatan", BOLEH_JAWAB),
        "boleh_koreksi": request.akses.may("koreksi_rkp", BOLEH_KOREKSI),
        "langkah": next_steps(request.musrenbang, request.akses)
        if request.musrenbang.tahap == Tahap.FINALISASI
        else [],
        "form": RemarkForm(),
    }
    return render(request, "tindak_lanjut/approval.html", context)


def _changes(request: AppRequest, rkp: Rkp) -> dict[str, Any]:
    """What changed on the way, of one step or of all; first what changed last, for that nobody in the hall has seen."""
    route = changes_of(rkp)
    per_step = [(i, nama, len(route.changed_in(i))) for i, nama in enumerate(route.langkah)]
    choose = whole(request.GET.get("langkah"))
    if choose is None and request.GET.get("langkah") != "semua" and per_step[-1:] and per_step[-1][2]:
        choose = len(per_step) - 1
    choose = None if choose is None or choose >= len(per_step) else choose
    changed = route.baris if choose is None else route.changed_in(choose)
    halaman = Paginator(changed, PER_HALAMAN).get_page(request.GET.get("hal"))
    return {
        "per_langkah": per_step,
        "pilih": choose,
        "semua_berubah": len(route.baris),
        "kepala": route.langkah,
        "halaman": halaman,
        "baris": [(b, list(zip(route.langkah, b.langkah, strict=True))) for b in halaman],
    }


HALAMAN = {NoteSource.CAMAT: "tindak_lanjut:approval", NoteSource.BAPPEDA: "tindak_lanjut:package"}


@event_action("catat_camat")
def note(request: EventRequest, slug: str) -> HttpResponse:
    """The Camat hands the document back to the team with a note."""
    return _note(request, slug, NoteSource.CAMAT)


@event_action("catat_bappeda")
def review_note(request: EventRequest, slug: str) -> HttpResponse:
    """Bappeda hands the package back with a note."""
    return _note(request, slug, NoteSource.BAPPEDA)


def _note(request: EventRequest, slug: str, sumber: NoteSource) -> HttpResponse:
    musrenbang = request.musrenbang
    data = read(RemarkForm(request.POST))
    nomor, baris = data.pop("nomor"), None
    if nomor:
        baris = BarisRkp.objects.select_related("rkp").filter(rkp__musrenbang=musrenbang, nomor=nomor).first()
        if baris is None:
            raise Refused(f"Tidak ada kegiatan nomor {nomor}. Periksa nomornya di tabel RKP.")
    catatan = add_note(
        musrenbang=musrenbang,
        by=request.user,
        sumber=sumber,
        baris=baris,
        **data,
    )
    for_whom = f"no. {baris.nomor}" if baris else "seluruh dokumen"
    sebutan = f"Catatan {catatan.get_sumber_display()} untuk {for_whom} (“{catatan.isi}”)"
    tell(request, catatan, sebutan, musrenbang.kecamatan.kabupaten, "diteruskan kepada tim")
    other = reverse(HALAMAN[sumber], args=[slug])
    return redirect(back_to(request, reverse("tindak_lanjut:review", args=[slug]), other))


@event_action("jawab_catatan")
def answer(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """The team answers a note."""
    catatan = get_object_or_404(Catatan, pk=pk, musrenbang=request.musrenbang)
    catatan.musrenbang = request.musrenbang
    one = answer_note(catatan=catatan, by=request.user, **read(NoteAnswerForm(request.POST)))
    about, content = (Truncator(t).chars(80) for t in (one.isi, one.jawaban))
    messages.success(request, f"Jawaban atas catatan {one.get_sumber_display()} “{about}” tersimpan: “{content}”.")
    return redirect(HALAMAN[NoteSource(catatan.sumber)], slug)
