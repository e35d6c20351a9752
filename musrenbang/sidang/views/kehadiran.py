"""The door: who is here."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from musrenbang.akses import Akses
from musrenbang.infra.codes import read_code
from musrenbang.infra.digest import page_digest
from musrenbang.models import Musrenbang
from musrenbang.sidang.forms.kehadiran import KehadiranForm, PresenceForm
from musrenbang.sidang.forms.small import CodeForm, SamePersonForm
from musrenbang.sidang.izin import BOLEH_HADIR
from musrenbang.sidang.models import Kehadiran, Undangan
from musrenbang.sidang.queries.kehadiran import (
    check_kuorum,
    count_attendance,
    count_undangan,
    is_here,
    list_attendance,
    list_undangan,
    registration_closed,
    spread_attendance,
)
from musrenbang.sidang.queries.sesi import away, gone, rest_words
from musrenbang.sidang.services.kehadiran import MaybeSame, come_again, record_kehadiran, remove_kehadiran
from musrenbang.sidang.services.kehadiran import check_in as save_check_in
from musrenbang.sidang.services.sesi import leave_sidang
from musrenbang.transisi import Refused
from musrenbang.views.errors import is_part, part_answer, part_message
from musrenbang.views.page import AppRequest, EventRequest, event_action, event_form, event_page
from musrenbang.views.stored import since_words, tell
from musrenbang.views.submit import read, sent

HASIL_CARI = 30


def _may_record(musrenbang: Musrenbang, akses: Akses) -> bool:
    return akses.may("catat_kehadiran") and musrenbang.tahap in BOLEH_HADIR


def _found(musrenbang: Musrenbang, akses: Akses, cari: str, closed: bool | None = None) -> dict[str, Any]:
    """The invitees that match, those who are not here yet first."""
    matching = list_undangan(musrenbang, read_code(cari) if ":" in cari else cari)
    return {
        "musrenbang": musrenbang,
        "undangan": list(matching.order_by("hadir__pk", "pk")[:HASIL_CARI]),
        "jumlah_cocok": matching.count(),
        "cari_undangan": cari,
        "boleh": _may_record(musrenbang, akses),
        "tutup": registration_closed(musrenbang) if closed is None else closed,
    }


@event_form("lihat_kehadiran", send="catat_kehadiran")
def attendance(request: EventRequest, slug: str) -> HttpResponse:
    """Tick invitees, scan codes, note walk-ins; who is here, by unsur, desa, sex and age."""
    close = registration_closed(request.musrenbang)
    form = KehadiranForm(sent(request), musrenbang=request.musrenbang, closed=close)
    if request.method == "POST" and form.is_valid():
        try:
            return _noted(request, request.musrenbang, _record(request, request.musrenbang, form))
        except MaybeSame as failure:
            return _ask(request, failure)
        except Refused as error:
            form.add_error(None, str(error))
    if request.method == "POST" and request.htmx:
        return part_message(_first_error(form), 409)
    search = request.GET.get("cari", "").strip()
    page = Paginator(list_attendance(request.musrenbang, search, current=True), 50).get_page(request.GET.get("hal"))
    context = (
        _found(request.musrenbang, request.akses, request.GET.get("undangan", "").strip(), close)
        | _numbers(request.musrenbang)
        | {
            "akses": request.akses,
            "form": form,
            "cari": search,
            "halaman": page,
            "sidik_hadir": page_digest(repr([(h.pk, h.datang, h.pergi) for h in page])),  # type: ignore[attr-defined]
        }
    )
    return render(request, "sidang/attendance.html", context)


def _record(request: AppRequest, musrenbang: Musrenbang, form: KehadiranForm) -> Kehadiran:
    """Note the walk-in; through an invitation, or again, when the desk found that this is an invitee or was here."""
    again = _again(request, musrenbang)
    if again:
        return again
    content, past = form.record(), read(SamePersonForm(request.POST))["lewat_undangan"]
    if not past:
        return record_kehadiran(musrenbang=musrenbang, by=request.user, **content)
    undangan = get_object_or_404(Undangan.objects.select_related("desa"), musrenbang=musrenbang, pk=past)
    undangan.musrenbang = musrenbang
    used = ("kunci", "jenis_kelamin", "usia", "alamat", "terlambat", "meja", "orang_lain", "moment")
    hadir, _ = save_check_in(
        undangan=undangan, by=request.user, cara="centang", **{k: content[k] for k in used if k in content}
    )
    return hadir


def _again(request: AppRequest, musrenbang: Musrenbang) -> Kehadiran | None:
    """Note the person of an earlier sitting whom the desk named as the same, if it did."""
    again = read(SamePersonForm(request.POST))["hadir_lagi"]
    if not again:
        return None
    hadir = get_object_or_404(Kehadiran.objects.select_related("dicatat_oleh"), musrenbang=musrenbang, pk=again)
    return come_again(hadir=hadir, by=request.user)[0]


def _ask(request: AppRequest, question: MaybeSame) -> HttpResponse:
    """Ask who it is: inside the form that the desk is at, or on a page that sends everything typed once more."""
    past = [m for m in question.mirip if m.undangan and "wakil" not in request.POST]
    context = {"tanya": question, "lewat": past, "lagi": [m for m in question.mirip if m.lagi]}
    if is_part(request):
        return part_answer(request, "sidang/_mirip.html", context)
    others = [
        (n, v) for n, content in request.POST.lists() for v in content if n not in {"csrfmiddlewaretoken", "orang_lain"}
    ]
    context |= {"isian": others, "alamat": request.get_full_path()}
    return render(request, "sidang/mirip.html", context, status=422)


def _noted(request: AppRequest, musrenbang: Musrenbang, hadir: Kehadiran) -> HttpResponse:
    """Say whom the row names, and whether it was there: a piece for the desk's page, or a message."""
    kabupaten = musrenbang.kecamatan.kabupaten
    assert hadir.tersimpan is not None
    if request.htmx:
        context = {"hadir": hadir, "baru": hadir.tersimpan.baru, "sejak": since_words(hadir, kabupaten)}
        return render(request, "sidang/_noted.html", context)
    wakil = f" (mewakili {hadir.mewakili})" if hadir.mewakili else ""
    terlambat = ", terlambat" if hadir.terlambat and hadir.tersimpan.baru else ""
    tell(request, hadir, f"{hadir.nama}{wakil}", kabupaten, f"tercatat hadir{terlambat}")
    return redirect("sidang:attendance", musrenbang.slug)


def _first_error(form: KehadiranForm) -> str:
    nama, listing = next(iter(form.errors.items()))
    return str(listing[0]) if nama == "__all__" else f"{form.fields[nama].label}: {listing[0]}"


def _numbers(musrenbang: Musrenbang) -> dict[str, Any]:
    hadir = count_attendance(musrenbang)
    return {
        "hadir": hadir,
        "kuorum": check_kuorum(musrenbang, hadir),
        "sebaran": spread_attendance(musrenbang),
        "diundang": count_undangan(musrenbang),
        "belum_lagi": away(musrenbang),
        "pulang": gone(musrenbang).count(),
        "berhenti": rest_words(musrenbang),
    }


@event_page("lihat_kehadiran")
def find_invitee(request: EventRequest, slug: str) -> HttpResponse:
    """The invitees that match what is typed or scanned (htmx)."""
    context = _found(request.musrenbang, request.akses, request.GET.get("undangan", "").strip())
    return render(request, "sidang/_invitees.html", context)


@event_action("catat_kehadiran")
def check_in(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Tick an invitee, or note who came instead."""
    undangan = get_object_or_404(Undangan.objects.select_related("desa"), musrenbang=request.musrenbang, pk=pk)
    data = read(PresenceForm(request.POST), "Isian tidak lengkap. Muat ulang halaman, lalu coba lagi.")
    undangan.musrenbang = request.musrenbang
    try:
        hadir = _again(request, request.musrenbang)
        if hadir:
            return _noted(request, request.musrenbang, hadir)
        hadir, _ = save_check_in(undangan=undangan, by=request.user, **data)
    except MaybeSame as error:
        return _ask(request, error)
    return _noted(request, request.musrenbang, hadir)


@event_action("catat_kehadiran")
def check_in_code(request: EventRequest, slug: str) -> HttpResponse:
    """A code that was typed or scanned: whom it belongs to. Known sex: noted at once."""
    typed = read(CodeForm(request.POST))["kode"]
    if ":" in typed and typed.rsplit(":", 1)[0].strip().lower() != slug:
        raise Refused(f"“{typed}” adalah kode undangan Musrenbang lain, jadi tidak dicatat.")
    kode = read_code(typed)
    undangan = list_undangan(request.musrenbang).filter(kode=kode).first() if kode else None
    if undangan is None:
        raise Refused(f"Kode “{kode or 'kosong'}” tidak ada di daftar undangan. Cari namanya, atau catat sebagai tamu.")
    if undangan.jenis_kelamin and not is_here(undangan):
        return check_in(request, slug, undangan.pk)
    context = _found(request.musrenbang, request.akses, kode)
    if request.htmx:
        return render(request, "sidang/_invitees.html", context)
    address = redirect("sidang:attendance", slug)
    address["Location"] += f"?undangan={kode}"
    return address


@event_action("catat_kehadiran")
def leave(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Note that somebody leaves the hall."""
    hadir = get_object_or_404(list_attendance(request.musrenbang), pk=pk)
    leave_sidang(hadir=hadir, by=request.user)
    messages.success(request, f"{hadir.nama} dicatat pulang. Tidak dihitung untuk kuorum; namanya tetap di daftar.")
    return redirect("sidang:attendance", slug)


@event_action("catat_kehadiran")
def come_back(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Note that somebody who left is here again."""
    hadir = get_object_or_404(list_attendance(request.musrenbang), pk=pk)
    back = come_again(hadir=hadir, by=request.user)[1]
    messages.info(request, f"{hadir.nama} hadir kembali." if back else f"{hadir.nama} sudah tercatat hadir.")
    return redirect("sidang:attendance", slug)


@event_action("catat_kehadiran")
def remove(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Take a wrong entry out."""
    hadir = get_object_or_404(list_attendance(request.musrenbang), pk=pk)
    remove_kehadiran(hadir=hadir, by=request.user)
    messages.success(request, f"Catatan kehadiran {hadir.nama} dihapus.")
    return redirect("sidang:attendance", slug)
