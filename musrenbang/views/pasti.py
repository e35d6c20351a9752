"""An amount that wants confirming: the same form again, with the amount open to correction."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from musrenbang.views.galat import is_part, part_message
from musrenbang.wajar import NeedsConfirmation

BUKAN_ISIAN = {"csrfmiddlewaretoken", "dipastikan"}


def confirm_amount(request: HttpRequest, tanya: NeedsConfirmation) -> HttpResponse:
    """Show the ratio and send everything that was typed once more; a part of a page (htmx) is told in words."""
    if is_part(request):
        pesan = (
            f"{tanya} Belum disimpan. Bila memang benar, buka halamannya dengan menekan namanya, lalu simpan di sana."
        )
        return part_message(pesan, 409)
    lain = [(n, v) for n, isi in request.POST.lists() for v in isi if n not in BUKAN_ISIAN | {tanya.kolom}]
    konteks = {
        "pesan": str(tanya),
        "alamat": request.get_full_path(),
        "isian": lain,
        "kolom": tanya.kolom,
        "jumlah": tanya.jumlah,
        "tertulis": request.POST.get(tanya.kolom, tanya.jumlah),
    }
    return render(request, "konfirmasi.html", konteks, status=422)
