"""An amount that wants confirming: the same form again, with the amount open to correction."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from musrenbang.plausible import NeedsConfirmation
from musrenbang.views.errors import is_part, part_message

BUKAN_ISIAN = {"csrfmiddlewaretoken", "dipastikan"}


def confirm_amount(request: HttpRequest, question: NeedsConfirmation) -> HttpResponse:
    """Show the ratio and send everything that was typed once more; a part of a page (htmx) is told in words."""
    if is_part(request):
        mend = "Bila memang benar, buka halamannya dengan menekan namanya, lalu simpan di sana."
        return part_message(f"{question} Belum disimpan. {mend}", 409)
    others = [(n, v) for n, content in request.POST.lists() for v in content if n not in BUKAN_ISIAN | {question.kolom}]
    context = {
        "pesan": str(question),
        "alamat": request.get_full_path(),
        "isian": others,
        "kolom": question.kolom,
        "jumlah": question.jumlah,
        "tertulis": request.POST.get(question.kolom, question.jumlah),
    }
    return render(request, "konfirmasi.html", context, status=422)
