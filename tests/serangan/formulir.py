"""Walking every form of every page as a role, with what a person could send in each of its fields."""

import re
import sys
from dataclasses import dataclass

from django.db import connection, transaction
from django.urls import Resolver404, resolve
from lxml import html

from tests.test_arsitektur import all_urls

SETIAP_NAMA = 2
BERKAS = re.compile(r"\.(pdf|xlsx|zip|csv|json|pb)$|/(unduh|paket|cetak|berkas)/|cetak|surat")
LEWAT = {"logout", "change_password", "login", "move"}


@dataclass(frozen=True)
class Formulir:
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


def _field(satu: html.HtmlElement) -> list[str]:
    if satu.tag == "select":
        pilihan = satu.xpath(".//option[@selected]") or satu.xpath(".//option")[-1:]
        return [p.get("value", p.text or "") for p in pilihan]
    if satu.tag == "textarea":
        return [satu.text or ""]
    if satu.get("type") in {"checkbox", "radio"}:
        return [satu.get("value", "on")] if satu.get("checked") is not None else []
    return [satu.get("value", "")]


def _takes_number(satu: html.HtmlElement, isi: list[str]) -> bool:
    """A field for a number, a choice by key, or something hidden that holds one."""
    jenis = satu.get("type", "")
    if satu.tag == "textarea" or jenis in {"file", "submit", "password", "date", "time", "email"}:
        return False
    angka = jenis == "number" or satu.get("inputmode") in {"numeric", "decimal"}
    return (
        angka
        or satu.tag == "select"
        or jenis in {"hidden", "checkbox", "radio"}
        or all(re.fullmatch(r"\d+", v) for v in isi)
    )


def _kind(satu: html.HtmlElement) -> str:
    """``hari``, ``jam`` or ``kata``; blank for a field that is none of them. The admin's dates are known by their class."""
    jenis, kelas = satu.get("type", "text"), satu.get("class", "")
    if jenis in {"date", "month", "week", "datetime-local"} or "vDate" in kelas:
        return "hari"
    if jenis == "time" or "vTime" in kelas:
        return "jam"
    return "kata" if satu.tag == "textarea" or jenis in {"text", "search", "email", "tel", "url"} else ""


def forms_of(url: str, isi: bytes) -> list[Formulir]:
    """Return the forms of a page, without the one that signs out."""
    hasil = []
    halaman = html.fromstring(isi)
    for form in halaman.xpath("//form"):
        tujuan = form.get("action") or form.get("hx-post") or url
        kolom, angka, lain = {}, [], {"hari": [], "jam": [], "kata": []}
        medan = form.xpath(".//*[self::input or self::select or self::textarea][@name]")
        if form.get("id"):
            medan += halaman.xpath("//*[@name and @form=$id]", id=form.get("id"))
        for satu in medan:
            nama, nilai = satu.get("name"), _field(satu)
            if nama == "csrfmiddlewaretoken":
                continue
            kolom.setdefault(nama, []).extend(nilai)
            if _takes_number(satu, nilai) and nama not in angka:
                angka.append(nama)
            elif (jenis := _kind(satu)) and nama not in (*angka, *lain[jenis]):
                lain[jenis].append(nama)
        kirim = form.get("method", "").lower() == "post" or bool(form.get("hx-post"))
        lain = {k: tuple(v) for k, v in lain.items()}
        hasil.append(Formulir(tujuan, name_of(tujuan), kirim, kolom, tuple(angka), **lain))
    return hasil


def walk(client, slug: str) -> list[Formulir]:
    """Open every page that the role sees, and what their links lead to; return each kind of form once."""
    antre = [u for _, u in all_urls(slug) if not BERKAS.search(u)]
    dilihat, kali, hasil = set(antre), {}, {}
    while antre:
        url = antre.pop(0)
        jawab = client.get(url)
        for tutup in jawab._resource_closers:
            tutup()
        if jawab.status_code != 200 or not jawab.headers.get("Content-Type", "").startswith("text/html"):
            continue
        if not jawab.content.lstrip():
            continue
        for form in forms_of(url, jawab.content):
            if form.nama and form.nama not in LEWAT:
                hasil.setdefault((form.nama, form.kirim, tuple(sorted(form.isi))[:40]), form)
        for alamat in html.fromstring(jawab.content).xpath("//a/@href"):
            nama = name_of(alamat)
            if (
                alamat[:1] == "/"
                and alamat not in dilihat
                and nama
                and not BERKAS.search(alamat)
                and kali.get(nama, 0) < SETIAP_NAMA
            ):
                kali[nama] = kali.get(nama, 0) + 1
                dilihat.add(alamat)
                antre.append(alamat)
    return list(hasil.values())


def send(client, form: Formulir, ubah: dict[str, str]) -> int:
    """Send the form with these fields changed, and take back what it did; return the status."""
    isi = form.isi | {k: [v] for k, v in ubah.items()}
    batal = transaction.savepoint()
    try:
        jawab = client.post(form.url, isi) if form.kirim else client.get(form.url, isi)
        for tutup in jawab._resource_closers:
            tutup()
        return jawab.status_code
    finally:
        connection.needs_rollback = False
        transaction.savepoint_rollback(batal)


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


def _odd(form: Formulir, n: int) -> list[dict[str, str]]:
    """Return what is put into the dates, hours and words of a form: the ends of the calendar in each, the rest in turn."""
    hasil = [dict.fromkeys(form.hari, nilai) for nilai in (*HARI[:2], HARI[2 + n % (len(HARI) - 2)]) if form.hari]
    hasil += [dict.fromkeys(form.jam, JAM[(n + i) % len(JAM)]) for i in range(2) if form.jam]
    hasil += [dict.fromkeys(form.kata, KATA[(n + i) % len(KATA)]) for i in range(3) if form.kata]
    return hasil


def attack(client, slug, tahap):
    """Send every new form of a role with what nobody means; return (forms, fields, requests, what crashed)."""
    return attack_forms(client, walk(client, slug), tahap)


def attack_forms(client, semua, tahap):
    """The same for these forms."""
    client.raise_request_exception = False
    baru = {(f.nama, f.kirim, tuple(sorted(f.isi)), tahap): f for f in semua}
    formulir = [f for kunci, f in baru.items() if kunci not in SUDAH]
    SUDAH.update(baru)
    kiriman, jatuh, n = 0, [], 0
    for form in formulir:
        ubahan = [{nama: GILA[(n := n + 1) % len(GILA)]} for nama in form.angka[:12]]
        ubahan += [dict.fromkeys(form.angka, nilai) for nilai in SEKALIGUS if form.angka]
        ubahan += _odd(form, n := n + 1)
        for ubah in ubahan:
            kiriman += 1
            if (kode := send(client, form, ubah)) >= 500:
                jatuh.append((form.nama, *(str(x)[:30] for x in next(iter(ubah.items()))), kode))
    assert len(baru) > 3, "the walk itself found nothing"
    return len(formulir), sum(len((*f.angka, *f.hari, *f.jam, *f.kata)) for f in formulir), kiriman, jatuh


def tell(siapa, formulir, kolom, kiriman):
    """Say what was sent (``-s``): the figures of docs/keamanan.md."""
    sys.stdout.write(f"\n{siapa}: {formulir} forms, {kolom} fields, {kiriman} requests\n")
