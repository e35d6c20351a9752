"""An SKPD answers the works that every kecamatan sent to it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from musrenbang.akses import get_skpd_for
from musrenbang.forms.tabel import TabelForm
from musrenbang.sebutan import sebutan
from musrenbang.transisi import Refused
from musrenbang.views.files import filter_words, xlsx_response
from musrenbang.views.page import AppRequest
from musrenbang.views.return_to import back_to
from musrenbang.views.submit import read, read_table
from tindak_lanjut.dokumen.sheets import tanggapan_xlsx
from tindak_lanjut.forms import AnswerTableForm, ManyResponsesForm, TanggapanForm, WorksForm
from tindak_lanjut.models import Answer
from tindak_lanjut.queries.adendum import amended_since_sent, changes_in
from tindak_lanjut.queries.dispatch import incoming
from tindak_lanjut.queries.tanggapan import answer_summary, works_of
from tindak_lanjut.services import tanggapan
from tindak_lanjut.services.dispatch import receive_works
from tindak_lanjut.services.tanggapan import KEPALA_TABEL, answer_table, answer_work

PER_HALAMAN = 50
BANYAK_SURAT = 30


@require_GET
def works(request: AppRequest) -> HttpResponse:
    """The works from all kecamatan, those without an answer first to see."""
    skpd = get_skpd_for(request.user)
    filters = {n: request.GET.get(n, "").strip() for n in ("kecamatan", "jawaban", "cari")}
    everything = works_of(skpd, **filters)
    if request.GET.get("unduh"):
        return xlsx_response("usulan-musrenbang", tanggapan_xlsx(skpd, everything, filter_words(filters)))
    surat = list(incoming(skpd)[:BANYAK_SURAT])
    acara = works_of(skpd).order_by("musrenbang__kecamatan__nama")
    context = {
        "skpd": skpd,
        "saring": filters,
        "halaman": Paginator(everything, PER_HALAMAN).get_page(request.GET.get("hal")),
        "ringkasan": answer_summary(skpd),
        "pilihan": Answer.choices,
        "form_tabel": TabelForm(),
        "acara": acara.values_list("musrenbang__slug", "musrenbang__kecamatan__nama").distinct(),
        "alamat": request.get_full_path(),
        "surat": surat,
        "belum_terima": sum(not s.nomor_terima for s in surat),
        "adendum": [(b, changes_in(b)) for b in amended_since_sent(skpd)],
        "hari_ini": timezone.localdate(timezone=skpd.kabupaten.tz),
    }
    return render(request, "tindak_lanjut/skpd.html", context)


@require_POST
def receive(request: AppRequest, pk: int) -> HttpResponse:
    """Give the kecamatan its receipt."""
    send = get_object_or_404(incoming(get_skpd_for(request.user)), pk=pk)
    one = receive_works(pengiriman=send, by=request.user)
    messages.success(request, f"Tanda terima {one.nomor_terima} tercatat.")
    return redirect("skpd")


@require_POST
def answer(request: AppRequest, pk: int) -> HttpResponse:
    """Answer one work."""
    skpd = get_skpd_for(request.user)
    pilahan = get_object_or_404(works_of(skpd), pk=pk)
    answer_work(pilahan=pilahan, by=request.user, **read(TanggapanForm(request.POST)))
    messages.success(
        request, f"No. {pilahan.baris.nomor} {sebutan.Kecamatan} {pilahan.musrenbang.kecamatan.nama}: tersimpan."
    )
    return redirect(_back(request))


@require_POST
def answer_many(request: AppRequest) -> HttpResponse:
    """Give the ticked works the same answer."""
    skpd = get_skpd_for(request.user)
    all_rows = list(works_of(skpd).filter(pk__in=read(WorksForm(request.POST))["pilahan"]))
    if not all_rows:
        raise Refused("Belum ada kegiatan yang dicentang.")
    form = ManyResponsesForm(request.POST)
    if not form.is_valid():
        raise Refused(" ".join(f"{form[k].label}: {g}" for k, listing in form.errors.items() for g in listing))
    jumlah, unpriced = tanggapan.answer_many(pilahan=all_rows, by=request.user, **form.cleaned_data)
    past = len(all_rows) - jumlah
    words = f"{jumlah} kegiatan dijawab." + (f" {past} sudah dijawab sebelumnya, tidak diubah." if past else "")
    if unpriced:
        words += f" Jumlahnya masih kosong karena biayanya tidak diketahui: no. {', no. '.join(map(str, unpriced))}."
    messages.success(request, words)
    return redirect(_back(request))


@require_POST
def upload(request: AppRequest) -> HttpResponse:
    """Take in the table that was downloaded here and filled in."""
    skpd = get_skpd_for(request.user)
    form = AnswerTableForm(request.POST, request.FILES)
    rows = read_table(form, KEPALA_TABEL)
    changed, fixed = answer_table(
        pilahan=list(works_of(skpd)), by=request.user, baris=rows, dipastikan=bool(form.cleaned_data["dipastikan"])
    )
    messages.success(request, f"{changed} jawaban disimpan dari tabel, {fixed} sudah sama.")
    return redirect("skpd")


def _back(request: AppRequest) -> str:
    return back_to(request, reverse("skpd"), reverse("skpd"))
