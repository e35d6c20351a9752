"""Pages for proposals that do not come from a file."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render

from musrenbang.views.errors import Missing
from musrenbang.views.page import EventRequest, event_action, event_form
from musrenbang.views.stored import tell
from musrenbang.views.submit import read, sent, show
from usulan.forms.small import MoreForm, RepeatForm
from usulan.forms.usulan import ProposeForm
from usulan.izin import BOLEH_USULAN
from usulan.models import UsulanOrigin
from usulan.ownership import concerns
from usulan.queries.acuan import dictionary_for
from usulan.queries.listing import check_edit, list_usulan
from usulan.queries.repeats import last_year, list_agreed_last_year, list_repeatable, list_unknown_last_year
from usulan.services.without_file import repeat_usulan, submit_usulan, withdraw_usulan


@event_form("ajukan_usulan")
def create(request: EventRequest, slug: str) -> HttpResponse:
    """Type in one proposal; "simpan dan tambah lagi" keeps desa and SKPD for the next one."""
    start: dict[str, Any] = {n: request.GET.get(n) for n in ("asal", "skpd") if request.GET.get(n)}
    start |= {"desa": request.GET.getlist("desa")} if "desa" in request.GET else {}
    content = sent(request)
    form = ProposeForm(content, akses=request.akses, musrenbang=request.musrenbang, initial=start)
    if request.method == "POST" and form.is_valid():
        usulan = submit_usulan(musrenbang=request.musrenbang, by=request.user, **_fields(form))
        sebutan = f"Usulan {usulan.nomor} “{usulan.kegiatan}” ({usulan.nama_desa})"
        tell(request, usulan, sebutan, request.musrenbang.kecamatan.kabupaten)
        if not read(MoreForm(request.POST))["lagi"]:
            return redirect("usulan:list", slug)
        target = redirect("usulan:create", slug)
        target["Location"] += f"?asal={usulan.asal}" + (f"&desa={usulan.desa_id}" if usulan.desa_id else "")
        return target
    context = {"buka": request.musrenbang.tahap in BOLEH_USULAN, "kamus": dictionary_for(request.musrenbang)}
    return show(request, "usulan/create.html", form, context)


def _fields(form: ProposeForm) -> dict[str, Any]:
    """The cleaned fields as the service takes them: desa by their columns, an SKPD only when it proposes."""
    content = {nama: nilai for nama, nilai in form.cleaned_data.items() if nama not in ("desa", "bagian", "seluruh")}
    content |= content.pop("milik").columns()
    skpd = content.pop("skpd", None)
    return content | ({"skpd_id": skpd.pk} if skpd else {}) | {"asal": UsulanOrigin(content["asal"])}


@event_form("impor_usulan")
def repeat(request: EventRequest, slug: str) -> HttpResponse:
    """Last year's proposals without money: tick those that the desa proposes again."""
    listing = (list_repeatable, list_unknown_last_year, list_agreed_last_year)
    own = concerns(request.akses.desa) if request.akses.terbatas else Q()
    old, not_known, agreed = (take(request.musrenbang).filter(own) for take in listing)
    if request.method == "POST":
        allowed = {pk for one in (old, not_known) for pk in one.values_list("pk", flat=True)}
        pilihan = [pk for pk in read(RepeatForm(request.POST))["usulan"] if pk in allowed]
        jumlah = repeat_usulan(musrenbang=request.musrenbang, pilihan=pilihan, by=request.user)
        if jumlah:
            messages.success(request, f"{jumlah} usulan tahun lalu diajukan lagi dan ditandai sebagai usulan ulang.")
            return redirect("usulan:list", slug)
        messages.error(request, "Belum ada usulan yang dicentang, atau semuanya sudah diajukan lagi.")
        return redirect("usulan:repeat", slug)
    context = {
        "lama": old,
        "tak_diketahui": not_known,
        "disepakati": agreed,
        "lalu": last_year(request.musrenbang),
        "buka": request.musrenbang.tahap in BOLEH_USULAN,
    }
    return render(request, "usulan/repeat.html", context)


@event_action("ajukan_usulan")
def withdraw(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Take back a proposal that was typed in or carried over."""
    usulan = list_usulan(request.musrenbang, request.akses).filter(pk=pk).first()
    if usulan is None:
        raise Missing("Usulan ini sudah ditarik. Buka lagi daftar usulan.")
    check_edit(usulan, request.akses)
    usulan.musrenbang = request.musrenbang
    withdraw_usulan(usulan=usulan, by=request.user)
    messages.success(request, f"Usulan {usulan.nomor} ditarik.")
    return redirect("usulan:list", slug)
