"""Template filters and tags, loaded everywhere (settings ``builtins``)."""

from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import template
from django.forms import BoundField, ChoiceField
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from musrenbang import format as tulis
from musrenbang.akses import Akses
from musrenbang.forms.kunci import KunciForm
from musrenbang.kata_jejak import action_words, changed_values
from musrenbang.models import Kabupaten, Musrenbang
from musrenbang.models.jejak import Jejak
from musrenbang.queries import stage_strip
from musrenbang.states import is_past

register = template.Library()
register.filter("rupiah", tulis.rupiah)
register.filter("titik", tulis.titik)
register.filter("ribuan", tulis.ribuan)
register.filter("angka", tulis.angka)
register.filter("persen", tulis.persen)
register.filter("tanggal", tulis.tanggal)
register.filter("tanggal_hari", tulis.tanggal_hari)
register.filter("jam", tulis.jam)


@register.filter
def angka_teks(nilai: str | None) -> str:
    """Write a volume that a document keeps as decimal text; unknown is blank."""
    return tulis.angka(Decimal(nilai)) if nilai else ""


@register.filter
def rupiah_polos(nilai: int | None) -> str:
    """Write rupiah without "Rp", for a column whose heading says it; unknown is a dash."""
    return "–" if nilai is None else tulis.ribuan(nilai)


@register.filter
def waktu(nilai: datetime, kabupaten: Kabupaten) -> str:
    """Return ``23 Februari 2026 pukul 14.05 WITA`` in the time zone of the kabupaten."""
    setempat = nilai.astimezone(kabupaten.tz)
    return f"{tulis.tanggal(setempat.date())} pukul {setempat:%H.%M} {kabupaten.get_zona_display()}"


@register.filter
def hari(nilai: datetime, kabupaten: Kabupaten) -> str:
    """Return the day alone, ``23 Februari 2026``, in the time zone of the kabupaten."""
    return tulis.tanggal(nilai.astimezone(kabupaten.tz).date())


@register.filter
def mutlak(nilai: int) -> int:
    """Return an amount without its sign."""
    return abs(nilai)


@register.filter
def sudah(tahap: str, batas: str) -> bool:
    """Tell whether an event in the stage ``tahap`` has ``batas`` behind it."""
    return is_past(tahap, batas)


@register.filter
def kali(jumlah: int) -> range:
    """Return something to loop over ``jumlah`` times: the blank lines of a form."""
    return range(jumlah)


@register.filter
def pukul(nilai: datetime | None, zona: tzinfo) -> str:
    """Return ``08.30`` in a time zone; nothing for no time."""
    return f"{nilai.astimezone(zona):%H.%M}" if nilai else ""


@register.filter
def ambil(kamus: dict[Any, Any], kunci: Any) -> Any:
    """Return ``kamus[kunci]`` or None."""
    return kamus.get(kunci)


@register.simple_tag
def ikon(nama: str, kelas: str = "") -> SafeString:
    """Draw one icon of the local sprite; decorative, so hidden from screen readers."""
    return format_html(
        '<svg class="ikon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        kelas,
        static("vendor/ikon/ikon.svg"),
        nama,
    )


@register.simple_tag
def isian_kunci(kunci: str = "") -> SafeString:
    """Write the hidden field for a form that the template writes out by itself: a new key, or the one it came with."""
    return KunciForm(auto_id=False, initial={"kunci": kunci} if kunci else None)["kunci"].as_hidden()


@register.inclusion_tag("_fragments/_strip.html")
def strip_tahap(musrenbang: Musrenbang) -> dict[str, Any]:
    """Draw the stage strip: pra, sidang, pasca."""
    return {"musrenbang": musrenbang, "strip": stage_strip(musrenbang.tahap)}


# The parts of an event: a tab with its icon, and the pages in it (label, URL name, permission).
TAB: list[tuple[str, str, list[tuple[str, str, str]]]] = [
    ("Papan", "signpost-split", [("Papan", "board", "lihat_acara")]),
    ("Persiapan", "calendar-event", [
        ("Jadwal", "schedule", "atur_jadwal"),
        ("Tim pelaksana", "team", "lihat_tim"),
        ("Program masuk", "programs", "lihat_program"),
        ("Pagu dan kriteria", "ceiling", "lihat_pagu"),
        ("Undangan", "sidang:invitations", "lihat_undangan"),
    ]),
    ("Usulan", "inbox", [
        ("Usulan", "usulan:list", "lihat_usulan"),
        ("Kabar desa", "tindak_lanjut:digest", "lihat_kabar"),
    ]),
    ("RKP", "table", [
        ("Tabel RKP", "rkp:table", "lihat_rkp"),
        ("Kelompok", "rkp:groups", "lihat_kelompok"),
        ("Pleno", "rkp:plenary", "lihat_kelompok"),
        ("Rekap dan pagu", "rkp:sums", "lihat_rekap_rkp"),
        ("Bandingkan", "rkp:compare", "lihat_rekap_rkp"),
    ]),
    ("Sidang", "person-check", [
        ("Hari-H", "sidang:today", "pimpin_hari"),
        ("Agenda", "sidang:agenda", "lihat_agenda"),
        ("Kehadiran", "sidang:attendance", "lihat_kehadiran"),
        ("Kuorum", "sidang:quorum", "lihat_kehadiran"),
        ("Notulen", "sidang:minutes", "lihat_notulen"),
        ("Bawa ke aula", "berita_acara:hall", "bawa_acara"),
        ("Saksi", "berita_acara:witnesses", "bawa_acara"),
    ]),
    ("Prioritas", "trophy", [
        ("Program", "prioritas:list", "lihat_prioritas"),
        ("Pemilih", "prioritas:voters", "lihat_prioritas"),
        ("Keadaan desa", "prioritas:villages", "lihat_prioritas"),
    ]),
    ("Delegasi", "people", [("Delegasi", "delegasi:list", "lihat_delegasi")]),
    ("Berita Acara", "file-earmark-text", [("Berita Acara", "berita_acara:documents", "lihat_dokumen")]),
    ("Tindak lanjut", "envelope", [
        ("Pengesahan", "tindak_lanjut:approval", "lihat_rekap_rkp"),
        ("Penyampaian", "tindak_lanjut:package", "lihat_penyampaian"),
        ("Pemeriksaan", "tindak_lanjut:review", "lihat_penyampaian"),
        ("Pemilahan SKPD", "pemilahan:list", "lihat_pemilahan"),
    ]),
    ("Jejak", "clock-history", [("Jejak", "trail", "lihat_jejak")]),
]  # fmt: skip


@register.simple_tag(takes_context=True)
def tab_acara(context: dict[str, Any], musrenbang: Musrenbang, akses: Akses) -> dict[str, Any]:
    """Return the tabs that this person may open and the pages of the current one.

    The page with the longest address that the path starts with is current.
    """
    path = context["request"].path
    tabs = []
    for label, gambar, halaman in TAB:
        isi = [
            {"label": kata, "url": reverse(nama, args=[musrenbang.slug])}
            for kata, nama, izin in halaman
            if akses.may(izin)
        ]
        if isi:
            tabs.append({"label": label, "ikon": gambar, "url": isi[0]["url"], "isi": isi})
    semua = [h["url"] for t in tabs for h in t["isi"] if path.startswith(h["url"])]
    kini = max(semua, key=len, default="")
    buka = next((t for t in tabs if any(h["url"] == kini for h in t["isi"])), None)
    return {"tabs": tabs, "buka": buka, "kini": kini}


@register.filter
def kata_aksi(jejak: Jejak) -> str:
    """Say in words what an audit row records."""
    return action_words(jejak)


@register.filter
def kata_beda(jejak: Jejak) -> list[tuple[str, str, str]]:
    """Return (field, before, after) in words for the values that an audit row changed."""
    return changed_values(jejak)


@register.filter
def kelas_isian(isian: BoundField) -> SafeString:
    """Draw a field of a filter with the look of the other forms, small and without its label."""
    kelas = "form-select" if isinstance(isian.field, ChoiceField) else "form-control"
    return isian.as_widget(attrs={"class": kelas})


@register.simple_tag
def querystring_tampilan(tampilan: Any) -> str:
    """Return the query string of a kept filter."""
    return f"?{urlencode(tampilan.saringan)}"


@register.simple_tag
def persen(bagian: int, seluruh: int) -> str:
    """Return a share as CSS takes it: "37.5%"; nothing of nothing is 0%."""
    return f"{bagian / seluruh * 100:.1f}%" if seluruh else "0%"
