"""Walking every form of every page as a role, with what a person could send in each of its fields."""

import re
import sys
from dataclasses import dataclass

from django.db import connection, transaction
from django.urls import Resolver404, resolve
from lxml import html

from tests.selection import Run
from tests.test_arsitektur import all_urls

SETIAP_NAMA = 2
BERKAS = re.compile(r"\.(pdf|xlsx|zip|csv|json|pb)$|/(unduh|paket|cetak|berkas)/|cetak|surat")
LEWAT = {"logout", "change_password", "login", "move"}


@dataclass(frozen=True)
class HtmlForm:
    """A form as it stands in a page: where it goes, what it holds, which of its fields take numbers, dates, hours, words."""

    url: str
    nama: str
    kirim: bool
    isi: dict[str, list[str]]
    angka: tuple[str, ...]
    hari: tuple[str, ...]
    jam: tuple[str, ...]
    kata: tuple[str, ...]


def name_of(url: str) -> str:
    try:
        return resolve(url.split("?")[0].split("#")[0]).view_name
    except Resolver404:
        return ""


def _field(one: html.HtmlElement) -> list[str]:
    if one.tag == "select":
        pilihan = one.xpath(".//option[@selected]") or one.xpath(".//option")[-1:]
        return [p.get("value", p.text or "") for p in pilihan]
    if one.tag == "textarea":
        return [one.text or ""]
    if one.get("type") in {"checkbox", "radio"}:
        return [one.get("value", "on")] if one.get("checked") is not None else []
    return [one.get("value", "")]


def _takes_number(one: html.HtmlElement, contents: list[str]) -> bool:
    """A field for a number, a choice by key, or something hidden that holds one."""
    jenis = one.get("type", "")
    if one.tag == "textarea" or jenis in {"file", "submit", "password", "date", "time", "email"}:
        return False
    number = jenis == "number" or one.get("inputmode") in {"numeric", "decimal"}
    return (
        number
        or one.tag == "select"
        or jenis in {"hidden", "checkbox", "radio"}
        or all(re.fullmatch(r"\d+", v) for v in contents)
    )


def _kind(one: html.HtmlElement) -> str:
    """``hari``, ``jam`` or ``kata``; blank for a field that is none of them. The admin's dates are known by their class."""
    jenis, css_class = one.get("type", "text"), one.get("class", "")
    if jenis in {"date", "month", "week", "datetime-local"} or "vDate" in css_class:
        return "hari"
    if jenis == "time" or "vTime" in css_class:
        return "jam"
    return "kata" if one.tag == "textarea" or jenis in {"text", "search", "email", "tel", "url"} else ""


def forms_of(url: str, halaman: html.HtmlElement) -> list[HtmlForm]:
    """Return the forms of a page, without the one that signs out."""
    result = []
    for form in halaman.xpath("//form"):
        tujuan = form.get("action") or form.get("hx-post") or url
        kolom, number, other = {}, [], {"hari": [], "jam": [], "kata": []}
        field = form.xpath(".//*[self::input or self::select or self::textarea][@name]")
        if form.get("id"):
            field += halaman.xpath("//*[@name and @form=$id]", id=form.get("id"))
        for one in field:
            nama, nilai = one.get("name"), _field(one)
            if nama == "csrfmiddlewaretoken":
                continue
            kolom.setdefault(nama, []).extend(nilai)
            if _takes_number(one, nilai) and nama not in number:
                number.append(nama)
            elif (jenis := _kind(one)) and nama not in (*number, *other[jenis]):
                other[jenis].append(nama)
        sent = form.get("method", "").lower() == "post" or bool(form.get("hx-post"))
        other = {k: tuple(v) for k, v in other.items()}
        result.append(HtmlForm(tujuan, name_of(tujuan), sent, kolom, tuple(number), **other))
    return result


def walk(client, slug: str) -> list[HtmlForm]:
    """Open every page that the role sees, and what their links lead to; return each kind of form once."""
    queued = [u for _, u in all_urls(slug) if not BERKAS.search(u)]
    dilihat, times_text, result = set(queued), {}, {}
    while queued:
        url = queued.pop(0)
        response = client.get(url)
        for close in response._resource_closers:
            close()
        if response.status_code != 200 or not response.headers.get("Content-Type", "").startswith("text/html"):
            continue
        if not response.content.lstrip():
            continue
        page = html.fromstring(response.content)
        for form in forms_of(url, page):
            if form.nama and form.nama not in LEWAT:
                result.setdefault((form.nama, form.kirim, tuple(sorted(form.isi))[:40]), form)
        for alamat in page.xpath("//a/@href"):
            nama = name_of(alamat)
            if (
                alamat[:1] == "/"
                and alamat not in dilihat
                and nama
                and not BERKAS.search(alamat)
                and times_text.get(nama, 0) < SETIAP_NAMA
            ):
                times_text[nama] = times_text.get(nama, 0) + 1
                dilihat.add(alamat)
                queued.append(alamat)
    return list(result.values())


def send(client, form: HtmlForm, ubah: dict[str, str]) -> int:
    """Send the form with these fields changed, and take back what it did; return the status."""
    content = form.isi | {k: [v] for k, v in ubah.items()}
    cancelled = transaction.savepoint()
    try:
        response = client.post(form.url, content) if form.kirim else client.get(form.url, content)
        for close in response._resource_closers:
            close()
        return response.status_code
    finally:
        connection.needs_rollback = False
        transaction.savepoint_rollback(cancelled)


GILA = [
    "9" * 5000,
    "1e400",
    "NaN",
    "-0",
    "10" * 15,
    "²",
    "٣",
    "-9223372036854775809",
    "x" * 10_000,
    "\x00",
    "Infinity",
    "0x1f",
]
"""Each field gets one after the other, all of them in turn over the fields of a form."""
SEKALIGUS = ("9" * 5000, "²", "-99999999999999999999")


SUDAH: set[tuple[object, ...]] = set()
"""Forms that were sent already, by where they go, their fields and the stage; a page that all roles see is sent once."""


HARI = [
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "10000-01-01",
    "٢٠٢٦-٠١-٠١",
    "0000-00-00",
    "NaN",
    "\x00",
    "-1",
    "x" * 10_000,
]
JAM = ["24:00", "23:59:60", "٠٩:٣٠", "-1:00", "9" * 5000, "00:00:00.000000001", "\x00"]
KATA = [
    "\x00",
    "9" * 5000,
    "\n" * 10_000,
    "NaN",
    "{[" * 3000,
    "²;²\n²;²",
    "1e400",
    "=1+1",
    "\u202e\ufeff" * 500,
    "x" * 100_000,
]


def _odd(form: HtmlForm, n: int) -> list[dict[str, str]]:
    """Return what is put into the dates, hours and words of a form: the ends of the calendar in each, the rest in turn."""
    result = [dict.fromkeys(form.hari, nilai) for nilai in (*HARI[:2], HARI[2 + n % (len(HARI) - 2)]) if form.hari]
    result += [dict.fromkeys(form.jam, JAM[(n + i) % len(JAM)]) for i in range(2) if form.jam]
    result += [dict.fromkeys(form.kata, KATA[(n + i) % len(KATA)]) for i in range(3) if form.kata]
    return result


def _refused_by_postgresql_alone(form: HtmlForm) -> list[dict[str, str]]:
    """What SQLite stores: a number of more than 32 bits, a text longer than its column; each alone, and nothing odd."""
    return [{}, *({nama: "2147483648"} for nama in form.angka[:12]), *({nama: "a" * 5000} for nama in form.kata[:12])]


def attack(client, slug, tahap):
    """Send every new form of a role with what nobody means; return (forms, fields, requests, what crashed)."""
    return attack_forms(client, walk(client, slug), tahap)


def attack_forms(client, everything, tahap):
    """The same for these forms."""
    client.raise_request_exception = False
    baru = {(f.nama, f.kirim, tuple(sorted(f.isi)), tahap): f for f in everything}
    html_form = [f for kunci, f in baru.items() if kunci not in SUDAH]
    SUDAH.update(baru)
    kiriman, fallen, n = 0, [], 0
    for form in html_form:
        changes = [{nama: GILA[(n := n + 1) % len(GILA)]} for nama in form.angka[:12]]
        changes += [dict.fromkeys(form.angka, nilai) for nilai in SEKALIGUS if form.angka]
        changes += _odd(form, n := n + 1)
        for change in _refused_by_postgresql_alone(form) if Run.leaves_out else changes:
            kiriman += 1
            if (kode := send(client, form, change)) >= 500:
                fallen.append((form.nama, *(str(x)[:30] for x in next(iter(change.items()), ())), kode))
    assert len(baru) > 3, "the walk itself found nothing"
    return len(html_form), sum(len((*f.angka, *f.hari, *f.jam, *f.kata)) for f in html_form), kiriman, fallen


def tell(who, html_form, kolom, kiriman):
    """Say what was sent (``-s``): the figures of docs/keamanan.md."""
    sys.stdout.write(f"\n{who}: {html_form} forms, {kolom} fields, {kiriman} requests\n")
