"""Minutes and the list of speakers."""

from collections.abc import Iterable
from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import Truncator

from musrenbang.forms.numbers import whole
from musrenbang.forms.small import model_field
from musrenbang.models import Musrenbang
from musrenbang.sidang.forms.agenda import NotulenForm, SpeakerForm
from musrenbang.sidang.forms.small import NewNoteForm, RunForm
from musrenbang.sidang.izin import BOLEH_HADIR
from musrenbang.sidang.models import Agenda, Notulen, Pembicara
from musrenbang.sidang.queries.agenda import list_agenda, list_notulen, list_speakers
from musrenbang.sidang.queries.kehadiran import list_attendance
from musrenbang.sidang.queries.speakers import speaking_time
from musrenbang.sidang.services.notulen import (
    RecordChanged,
    add_notulen,
    add_speaker,
    move_speaker,
    remove_notulen,
    save_notulen,
)
from musrenbang.views.page import EventRequest, event_action, event_page
from musrenbang.views.stored import tell
from musrenbang.views.submit import read


@event_page("lihat_notulen")
def minutes(request: EventRequest, slug: str) -> HttpResponse:
    """The notes of one agenda item (the one that runs, unless another is chosen) and its speakers."""
    arrangement = list_agenda(request.musrenbang)
    agenda = list(list_notulen(request.musrenbang))
    default = arrangement.kini or arrangement.berikut
    kunci = whole(request.GET.get("agenda")) or (default.agenda.pk if default else 0)
    current = next((a for a in agenda if a.pk == kunci), agenda[0] if agenda else None)
    context: dict[str, Any] = {"agenda": agenda, "kini": current, "susunan": arrangement}
    if current:
        context |= _notes(request.musrenbang, current)
    context["bicara"] = speaking_time(request.musrenbang)
    context["boleh"] = request.akses.may("kelola_notulen", BOLEH_HADIR)
    return render(request, "sidang/minutes.html", context)


def _notes(musrenbang: Musrenbang, kini: Agenda) -> dict[str, Any]:
    kini.musrenbang = musrenbang
    entry = SpeakerForm(musrenbang=musrenbang)
    person = [("", "Tanpa nama"), *list(cast(Iterable[Any], model_field(entry, "kehadiran").choices))[1:]]
    catatan = []
    for n in kini.notulen.all():
        n.agenda = kini
        catatan.append((n, NotulenForm(instance=n, prefix=f"n{n.pk}", people=person)))
    return {
        "catatan": catatan,
        "pembicara": list_speakers(kini),
        "form": entry,
        "zona": musrenbang.kecamatan.kabupaten.tz,
    }


def _to_minutes(slug: str, agenda: int, origin: str = "") -> HttpResponse:
    """Go on with the minutes of an item, or on the page of the day where the button was there (``hari``)."""
    if origin == "hari":
        return redirect("sidang:today", slug)
    target = redirect("sidang:minutes", slug)
    target["Location"] += f"?agenda={agenda}"
    return target


@event_action("kelola_notulen")
def note_new(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Open a new note under an item."""
    agenda = get_object_or_404(Agenda, musrenbang=request.musrenbang, pk=pk)
    data = read(NewNoteForm(request.POST))
    kehadiran = list_attendance(request.musrenbang).filter(pk=data["kehadiran"]).first()
    catatan = add_notulen(agenda=agenda, by=request.user, kunci=data["kunci"], kehadiran=kehadiran)
    tell(request, catatan, f"Catatan baru untuk “{agenda.judul}”", request.musrenbang.kecamatan.kabupaten, "dibuka")
    return _to_minutes(slug, pk)


@event_action("kelola_notulen")
def note(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Store a note; for the page's autosave the answer is JSON, with what stands there when somebody was faster."""
    catatan = get_object_or_404(Notulen.objects.select_related("agenda"), agenda__musrenbang=request.musrenbang, pk=pk)
    catatan.agenda.musrenbang = request.musrenbang
    form = NotulenForm(request.POST, instance=catatan, prefix=f"n{pk}")
    if not form.is_valid():
        message = " ".join(str(g) for listing in form.errors.values() for g in listing)
        return JsonResponse({"pesan": message}, status=422)
    try:
        new = save_notulen(notulen=Notulen(pk=pk, agenda=catatan.agenda), by=request.user, **form.cleaned_data)
    except RecordChanged as error:
        k = error.kini
        content = {
            "pertanyaan": k.pertanyaan,
            "jawaban": k.jawaban,
            "tindak_lanjut": k.tindak_lanjut,
            "putusan": k.putusan,
        }
        return JsonResponse({"pesan": str(error), "versi": k.versi, "kini": content}, status=409)
    if request.headers.get("X-Otomatis"):
        clock = timezone.localtime(timezone.now(), request.musrenbang.kecamatan.kabupaten.tz)
        return JsonResponse({"versi": new.versi, "pukul": f"{clock:%H.%M.%S}"})
    messages.success(request, f"Catatan “{catatan.agenda.judul}” disimpan: {_summary(new)}.")
    return _to_minutes(slug, catatan.agenda_id)


def _summary(catatan: Notulen) -> str:
    """Return how a note begins."""
    content = next((t for t in (catatan.pertanyaan, catatan.jawaban, catatan.tindak_lanjut, catatan.putusan) if t), "")
    return f"“{Truncator(content).chars(80)}”" if content else "catatan kosong"


@event_action("kelola_notulen")
def note_remove(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Take a note out."""
    catatan = get_object_or_404(
        Notulen.objects.select_related("agenda", "kehadiran"), agenda__musrenbang=request.musrenbang, pk=pk
    )
    remove_notulen(notulen=catatan, by=request.user)
    words = f"{_summary(catatan)} dihapus"
    messages.success(request, f"Catatan “{catatan.agenda.judul}”: {words}; isinya tetap ada di riwayat perubahan.")
    return _to_minutes(slug, catatan.agenda_id)


@event_action("kelola_notulen")
def speaker_new(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Put a person on the list of speakers."""
    agenda = get_object_or_404(Agenda, musrenbang=request.musrenbang, pk=pk)
    form = SpeakerForm(request.POST, musrenbang=request.musrenbang)
    data = read(form, "Pilih nama dari yang hadir dan isi menitnya (1 sampai 60).")
    one = add_speaker(agenda=agenda, by=request.user, **data)
    sebutan = f"{one.kehadiran.nama}, {one.menit} menit,"
    tell(request, one, sebutan, request.musrenbang.kecamatan.kabupaten, "masuk daftar pembicara")
    return _to_minutes(slug, pk, read(RunForm(request.POST))["dari"])


@event_action("kelola_notulen")
def speaker(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Let a person speak, end the speech, or strike the name."""
    pembicara = get_object_or_404(
        Pembicara.objects.select_related("agenda__musrenbang", "kehadiran"),
        agenda__musrenbang=request.musrenbang,
        pk=pk,
    )
    data = read(RunForm(request.POST))
    move_speaker(pembicara=pembicara, by=request.user, aksi=data["aksi"])
    return _to_minutes(slug, pembicara.agenda_id, data["dari"])
