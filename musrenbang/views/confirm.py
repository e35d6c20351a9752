"""An amount that wants confirming: the same form again, with the amount open to correction."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from musrenbang.plausible import NeedsConfirmation
from musrenbang.views.errors import is_part, part_message

BUKAN_ISIAN = {"csrfmiddlewaretoken", "dipastikan"}


def confirm_amount(request: HttpRequest, tanya: NeedsConfirmation) -> HttpResponse:
    """Show the ratio and send everything that was typed once more; a part of a page (htmx) is told in words."""
    if is_part(request):
        message = (
            f"{tanya} Belum disimpan. Bila memang benar, buka halamannya dengan menekan namanya, lalu simpan di sana."
        )
        return part_message(message, 409)
    others = [(n, v) for n, content in request.POST.lists() for v in content if n not in BUKAN_ISIAN | {tanya.kolom}]
    context = {
        "pesan": str(tanya),
        "alamat": request.get_full_path(),
        "isian": others,
        "kolom": tanya.kolom,
        "jumlah": tanya.jumlah,
        "tertulis": request.POST.get(tanya.kolom, tanya.jumlah),
    }
    return render(request, "konfirmasi.html", context, status=422)
