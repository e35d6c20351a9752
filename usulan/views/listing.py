"""Working in the list: one row in place, many at once, kept filters."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from musrenbang.forms.small import prefixed
from musrenbang.sebutan import sebutan
from musrenbang.views.page import AppRequest, EventRequest, event_action, event_form
from musrenbang.views.submit import read, sent, show, submit
from usulan.forms.listing import BulkForm, FilterForm, RowEditForm
from usulan.forms.small import ViewNameForm
from usulan.izin import BOLEH_USULAN
from usulan.models import Usulan
from usulan.queries.acuan import dictionary_for, flag_prices
from usulan.queries.listing import list_usulan, may_edit
from usulan.services.usulan import remove_tampilan, save_tampilan, set_many, update_usulan
from usulan.views.usulan import get_usulan


@event_form("lihat_usulan")
def edit_inline(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """One row of the list changed in place; the saved row shows the old values beside the new ones."""
    usulan = get_usulan(request, pk)
    if not request.htmx:
        return redirect("usulan:detail", slug, pk)
    allowed = request.akses.may("ajukan_usulan", BOLEH_USULAN) and may_edit(usulan, request.akses)
    old = {n: getattr(usulan, n) for n in RowEditForm.Meta.fields}
    form = RowEditForm(sent(request), instance=usulan)
    context: dict[str, Any] = {
        "boleh_massal": request.akses.may("gabung_usulan"),
        "boleh_ubah": allowed,
    }

    def saved(_: Usulan) -> HttpResponse:
        current = list_usulan(request.musrenbang, request.akses).get(pk=pk)
        flag_prices([current], dictionary_for(request.musrenbang))
        changed = {n: v for n, v in old.items() if v != getattr(current, n)}
        return render(request, "usulan/_row.html", context | {"u": current, "lama": changed})

    if done := submit(request, form, partial(update_usulan, usulan=usulan, by=request.user), say="", to=saved):
        return done
    if "batal" in request.GET:
        return render(request, "usulan/_row.html", context | {"u": usulan})
    context |= {"u": Usulan.objects.select_related("desa").get(pk=pk)}
    return show(request, "usulan/_row_form.html", form, context)


@event_action("gabung_usulan")
def bulk(request: EventRequest, slug: str) -> HttpResponse:
    """Give all ticked proposals one SKPD or funding source."""
    pilihan = list(list_usulan(request.musrenbang, request.akses).values_list("pk", flat=True))
    content = read(BulkForm(request.POST, pilihan=pilihan, musrenbang=request.musrenbang))
    jumlah, own = set_many(
        musrenbang=request.musrenbang,
        pilihan=content["usulan"],
        kolom=content["kolom"],
        nilai=content[content["kolom"]],
        by=request.user,
    )
    kept = f" {own} usulan dari {sebutan.skpd} sendiri tetap miliknya." if own else ""
    messages.success(request, f"{jumlah} usulan diubah; yang sudah sama tidak diubah.{kept}")
    back = redirect("usulan:list", slug)
    back["Location"] += f"?{urlencode(_filter(request))}"
    return back


def _filter(request: AppRequest) -> dict[str, str]:
    """The filter that the list was shown with, from the hidden fields of a form."""
    shown = prefixed(request.POST, "s-")
    return {n: content[:200] for n in FilterForm.base_fields if (content := shown.get(n, ""))}


@event_action("lihat_usulan")
def keep_view(request: EventRequest, slug: str) -> HttpResponse:
    """Keep the filter that is shown under a name."""
    nama = read(ViewNameForm(request.POST))["nama"]
    save_tampilan(musrenbang=request.musrenbang, by=request.user, nama=nama, saringan=_filter(request))
    messages.success(request, f"Filter disimpan sebagai “{nama}”.")
    back = redirect("usulan:list", slug)
    back["Location"] += f"?{urlencode(_filter(request))}"
    return back


@event_action("lihat_usulan")
def remove_view(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Forget a kept filter."""
    remove_tampilan(musrenbang=request.musrenbang, by=request.user, pk=pk)
    return redirect("usulan:list", slug)
