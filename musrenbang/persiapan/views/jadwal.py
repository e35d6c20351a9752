"""The schedule: of one meeting, and of all kecamatan of a kabupaten."""

from datetime import date, datetime, time
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from musrenbang.akses import get_kabupaten_for
from musrenbang.format import HARI
from musrenbang.forms.tabel import TabelForm
from musrenbang.infra.sheets import write_xlsx
from musrenbang.models import Kabupaten, PermintaanJadwal
from musrenbang.persiapan import calendar
from musrenbang.persiapan.forms.jadwal import BarisJadwalForm, JadwalForm, RequestJadwalForm, split_names
from musrenbang.persiapan.forms.small import DateAnswerForm
from musrenbang.persiapan.queries import events_of, open_requests
from musrenbang.persiapan.services.acara import update_jadwal
from musrenbang.persiapan.services.jadwal import (
    JadwalPlan,
    answer_jadwal,
    digest_plan,
    list_plan,
    plan_jadwal,
    publish_jadwal,
    request_jadwal,
)
from musrenbang.reading import read_date, read_time
from musrenbang.sebutan import sebutan, translate
from musrenbang.states import FASE, Peran
from musrenbang.transisi import Refused
from musrenbang.views.files import xlsx_response
from musrenbang.views.kabupaten import year_of
from musrenbang.views.page import AppRequest, EventRequest, event_action, event_form
from musrenbang.views.submit import read, read_table, sent, submit

PLACE = 200  # letters of a place
KEPALA = ("Kecamatan", "Tanggal", "Jam", "Tempat", "Setrawan/Fasilitator Kabupaten", "Wakil SKPD")


@require_http_methods(["GET", "POST"])
def plan(request: AppRequest) -> HttpResponse:
    """All kecamatan of the kabupaten on one page: table, calendar, warnings, requests."""
    kabupaten = get_kabupaten_for(request.user)
    tahun = year_of(request, kabupaten)
    plans = list_plan(kabupaten, tahun)
    data = sent(request)
    forms = [BarisJadwalForm(data, tahun=tahun, prefix=r.kecamatan.kode, initial=_initial(r)) for r in plans]
    if data is not None and all(f.is_valid() for f in forms):
        new = [_rencana(r, f.cleaned_data) for r, f in zip(plans, forms, strict=True)]
        jumlah, rejected = plan_jadwal(kabupaten=kabupaten, tahun=tahun, by=request.user, plan=new)
        if jumlah or not rejected:
            messages.success(
                request, f"Jadwal {jumlah} {sebutan.kecamatan} disimpan." if jumlah else "Tidak ada yang berubah."
            )
        for sentence in rejected:
            messages.error(request, sentence)
        return redirect(f"{reverse('plan')}?tahun={tahun}")
    context = _plan_context(request, kabupaten, tahun, plans, forms)
    return render(request, "persiapan/plan.html", context, status=422 if data is not None else 200)


def _plan_context(
    request: AppRequest, kabupaten: Kabupaten, tahun: int, plans: list[JadwalPlan], forms: list[BarisJadwalForm]
) -> dict[str, Any]:
    tanggal = [calendar.Plan(r.kecamatan.nama, r.tanggal, (*r.setrawan, *r.skpd)) for r in plans]
    acara = events_of(kabupaten, tahun)
    opens = [t for r, t in zip(plans, tanggal, strict=True) if _open(acara.get(r.kecamatan.pk))]
    warning = calendar.find_warnings(opens, timezone.localdate(timezone=kabupaten.tz))
    baris = [
        {
            "kecamatan": r.kecamatan,
            "form": f,
            "acara": acara.get(r.kecamatan.pk),
            "buka": _open(acara.get(r.kecamatan.pk)),
            "peringatan": warning.get(r.kecamatan.nama, []),
        }
        for r, f in zip(plans, forms, strict=True)
    ]
    return {
        "kabupaten": kabupaten,
        "tahun": tahun,
        "nama_hari": HARI,
        "baris": baris,
        "bulan": calendar.month_grids(tanggal),
        "permintaan": open_requests(kabupaten),
        "unggah": TabelForm(),
        "belum_terbit": sum(1 for a in acara.values() if a.tanggal and not a.jadwal_terbit_pada),
        "terjadwal": sum(1 for r in plans if r.tanggal),
    }


def _open(acara: Any) -> bool:
    return acara is None or acara.tahap in FASE["Sebelum sidang"]


def _initial(r: JadwalPlan) -> dict[str, Any]:
    return r.values() | {"sidik": digest_plan(r)}


def _rencana(r: JadwalPlan, isi: dict[str, Any]) -> JadwalPlan:
    return JadwalPlan(
        r.kecamatan,
        isi["tanggal"],
        isi["jam_mulai"],
        isi["tempat"],
        split_names(isi["setrawan"]),
        split_names(isi["skpd"]),
        isi["sidik"],
    )


@require_GET
def plan_download(request: AppRequest) -> HttpResponse:
    """The schedule in the shape that is read back."""
    kabupaten = get_kabupaten_for(request.user)
    tahun = year_of(request, kabupaten)
    baris = (
        [r.kecamatan.nama, r.tanggal, r.jam_mulai, r.tempat, "; ".join(r.setrawan), "; ".join(r.skpd)]
        for r in list_plan(kabupaten, tahun)
    )
    judul = f"Jadwal {sebutan.musrenbang} {kabupaten.nama} tahun {tahun}"
    columns = list(zip(map(translate, KEPALA), (24, 14, 10, 34, 40, 40), strict=True))
    return xlsx_response(f"jadwal-musrenbang-{tahun}", write_xlsx(judul=judul, kolom=columns, baris=baris))


@require_POST
def plan_upload(request: AppRequest) -> HttpResponse:
    """Read a schedule from a spreadsheet; a row that cannot be read stops it all."""
    kabupaten = get_kabupaten_for(request.user)
    tahun = year_of(request, kabupaten)
    rows = read_table(TabelForm(request.POST, request.FILES), KEPALA)
    new, error = _read(rows, list_plan(kabupaten, tahun), tahun)
    if error:
        raise Refused(" ".join(error[:10]) + " Tidak ada yang disimpan.")
    jumlah, rejected = plan_jadwal(kabupaten=kabupaten, tahun=tahun, by=request.user, plan=new)
    messages.success(request, f"Jadwal {jumlah} {sebutan.kecamatan} diperbarui dari tabel.")
    for sentence in rejected:
        messages.error(request, sentence)
    return redirect(f"{reverse('plan')}?tahun={tahun}")


def _read(
    baris: list[tuple[int, dict[str, Any]]], plans: list[JadwalPlan], tahun: int
) -> tuple[list[JadwalPlan], list[str]]:
    kecamatan = {r.kecamatan.nama.lower(): r.kecamatan for r in plans}
    new, error = [], []
    for nomor, content in baris:
        nama = str(content["Kecamatan"] or "").lower().removeprefix("kecamatan ").strip()
        try:
            tanggal, hour = _as_date(content["Tanggal"], tahun), _as_time(content["Jam"])
            place, people = str(content["Tempat"] or ""), [split_names(content[k]) for k in KEPALA[4:]]
            if len(place) > PLACE:
                raise ValueError(f"tempat paling panjang {PLACE} huruf")
            if nama not in kecamatan:
                raise ValueError(f"{sebutan.kecamatan} “{content['Kecamatan']}” tidak dikenal")
        except ValueError as failure:
            error.append(f"Baris {nomor}: {failure}.")
            continue
        new.append(
            JadwalPlan(
                kecamatan[nama],
                tanggal,
                hour,
                place,
                people[0],
                people[1],
            )
        )
    return new, error or ([] if new else ["Tidak ada satu baris pun di bawah judul tabel."])


def _as_date(nilai: Any, tahun: int) -> date | None:
    if nilai is None:
        return None
    if isinstance(nilai, datetime):
        return nilai.date()
    if isinstance(nilai, date):
        return nilai
    if day := read_date(str(nilai), tahun):
        return day
    raise ValueError(f"tanggal “{nilai}” tidak terbaca; tulis misalnya 9 Februari 2026")


def _as_time(nilai: Any) -> time | None:
    if nilai is None:
        return None
    if isinstance(nilai, datetime | time):
        return nilai.time() if isinstance(nilai, datetime) else nilai
    hour = read_time(str(nilai))
    if hour is None:
        raise ValueError(f"jam “{nilai}” tidak terbaca; tulis misalnya 08.30")
    return hour


@require_POST
def publish(request: AppRequest) -> HttpResponse:
    """Show every kecamatan its date."""
    kabupaten = get_kabupaten_for(request.user)
    tahun = year_of(request, kabupaten)
    jumlah = publish_jadwal(kabupaten=kabupaten, tahun=tahun, by=request.user)
    messages.success(
        request,
        f"Jadwal {jumlah} {sebutan.kecamatan} diterbitkan; ringkasan setiap {sebutan.kecamatan} sudah menampilkannya.",
    )
    return redirect(f"{reverse('plan')}?tahun={tahun}")


@require_POST
def answer(request: AppRequest, pk: int) -> HttpResponse:
    """Approve or refuse a request for another date."""
    demand = get_object_or_404(
        PermintaanJadwal, pk=pk, musrenbang__kecamatan__kabupaten=get_kabupaten_for(request.user)
    )
    data = read(DateAnswerForm(request.POST))
    agree = data["putusan"] == "setuju"
    answer_jadwal(request=demand, by=request.user, agree=agree, jawaban=data["jawaban"])
    messages.success(request, "Permintaan disetujui; tanggalnya sudah berubah." if agree else "Permintaan dijawab.")
    return redirect(f"{reverse('plan')}?tahun={demand.musrenbang.tahun_pelaksanaan}")


@event_form("atur_jadwal")
def schedule(request: EventRequest, slug: str) -> HttpResponse:
    """Date, hour, place and chair of one meeting, and a request for another date."""
    kunci = bool(request.musrenbang.jadwal_terbit_pada) and Peran.BAPPEDA not in request.akses.peran
    form = JadwalForm(sent(request), instance=request.musrenbang, fixed_date=kunci)
    if done := submit(
        request,
        form,
        partial(update_jadwal, musrenbang=request.musrenbang, by=request.user),
        say="Jadwal disimpan.",
        to=redirect(request.musrenbang),
    ):
        return done
    context = {
        "form": form,
        "terkunci": request.musrenbang.tahap not in FASE["Sebelum sidang"],
        "permintaan": PermintaanJadwal.objects.filter(musrenbang=request.musrenbang).select_related("diminta_oleh"),
        "minta": RequestJadwalForm(prefix="minta"),
        "boleh_minta": request.akses.may("minta_jadwal"),
    }
    return render(request, "persiapan/schedule.html", context)


@event_action("minta_jadwal")
def ask(request: EventRequest, slug: str) -> HttpResponse:
    """Ask Bappeda for another date."""
    form = RequestJadwalForm(request.POST, prefix="minta", instance=PermintaanJadwal(musrenbang=request.musrenbang))
    content = read(form, "Isi tanggal yang diminta (di tahun yang sama) dan alasannya.")
    request_jadwal(musrenbang=request.musrenbang, by=request.user, tanggal=content["tanggal"], alasan=content["alasan"])
    messages.success(request, f"Permintaan dikirim ke {sebutan.bappeda}. Jawabannya tampil di ringkasan ini.")
    return redirect("schedule", slug)
