"""Documents of the hall: letters, agenda, blank forms, minutes."""

from typing import Any

from berita_acara.dokumen.letter_head import head_of
from berita_acara.queries import kop_of, settings_of
from musrenbang import format as tulis
from musrenbang.cetakan import today
from musrenbang.infra.qr import encode
from musrenbang.models import Musrenbang
from musrenbang.sidang.models import PerubahanUndangan, Undangan
from musrenbang.sidang.queries.inviting import inviting
from musrenbang.sidang.queries.kehadiran import list_undangan
from musrenbang.sidang.queries.kuorum import figures, figures_of, list_kuorum, name_of
from musrenbang.sidang.queries.surat import address_of, invitation_facts
from musrenbang.transisi import Refused


def _qr(musrenbang: Musrenbang, kode: str) -> str:
    svg: str = encode(f"{musrenbang.slug}:{kode}").svg_inline(scale=2, border=1, omitsize=False)
    return svg


def letter_content(undangan: Undangan) -> dict[str, Any]:
    """Return what is an invitee's own in a letter, as it is kept when the letter is issued."""
    return address_of(undangan) | {
        "nomor": undangan.nomor,
        "desa": undangan.desa.nama if undangan.desa else "",
        "kode": undangan.kode,
        "delegasi": undangan.unsur == "kades",
    }


def letter(undangan: Undangan, general: dict[str, Any]) -> dict[str, Any]:
    """Return one invitation letter (musrenbang.md 3(i)) with the code that opens the door.

    An issued letter says what it said; ``general`` is the head of one that is not numbered yet. One that an older
    release numbered was not kept: it comes out as the facts are now, and says so (``tanpa_simpanan``).
    """
    t = undangan.terbitan
    own: dict[str, Any] = t.isi["surat"][str(undangan.pk)] if t else letter_content(undangan)
    head = {k: t.isi[k] for k in ("kepala", "kop", "fakta")} if t else general
    tanggal = tulis.date_text(t.tanggal) if t else ""
    old = bool(undangan.nomor and not t)
    return own | head | {"tanggal": tanggal, "tanpa_simpanan": old, "qr": _qr(undangan.musrenbang, own["kode"])}


def letter_head(musrenbang: Musrenbang, head: dict[str, Any]) -> dict[str, Any]:
    """Return what all letters of an issue have in common: head, letterhead, and what they invite to."""
    return {"kepala": head, "kop": kop_of(musrenbang), "fakta": invitation_facts(musrenbang)}


def undangan(musrenbang: Musrenbang) -> dict[str, Any]:
    """Every invitation of the event as it was issued, those without a number as a draft, in the order of the list."""
    letters = list_undangan(musrenbang).exclude(inviting(musrenbang), nomor="")
    list_rows = list(letters.select_related("desa", "terbitan"))
    if not list_rows:
        raise Refused("Belum ada daftar undangan, jadi surat belum dapat dicetak.")
    general = letter_head(musrenbang, head_of(musrenbang, today(musrenbang)))
    for u in list_rows:
        u.musrenbang = musrenbang
    return {"surat": [letter(u, general) for u in list_rows]}


def change_letter(perubahan: PerubahanUndangan, musrenbang: Musrenbang) -> dict[str, Any]:
    """Return a letter that tells what changed since the one before, as it was issued."""
    t = perubahan.terbitan
    own: dict[str, Any] = t.isi["surat"][str(perubahan.undangan_id)]
    return (
        own
        | {k: t.isi[k] for k in ("kepala", "kop", "fakta")}
        | {
            "tanggal": tulis.date_text(t.tanggal),
            "qr": _qr(musrenbang, own["kode"]),
        }
    )


def perubahan_undangan(musrenbang: Musrenbang) -> dict[str, Any]:
    """The newest letter of change of everybody who got one."""
    end: dict[int, PerubahanUndangan] = {}
    everything = PerubahanUndangan.objects.filter(undangan__musrenbang=musrenbang).select_related("terbitan")
    for p in everything.order_by("undangan", "pk"):
        end[p.undangan_id] = p
    if not end:
        raise Refused("Belum ada perubahan undangan yang diterbitkan.")
    return {"surat": [change_letter(p, musrenbang) for p in end.values()]}


WAKIL_PER_UNSUR = ("kades", "bpd", "lpm", "delegasi_desa", "perempuan", "rentan", "tokoh", "skpd", "dprd", "bkad")
"""Whose representatives sign for the participants: one of each element that was there."""
URUTAN_KLAUSUL = [
    "KEDELAPAN",
    "KESEMBILAN",
    "KESEPULUH",
    "KESEBELAS",
    "KEDUA BELAS",
    "KETIGA BELAS",
    "KEEMPAT BELAS",
    "KELIMA BELAS",
    "KEENAM BELAS",
    "KETUJUH BELAS",
]


def heard(musrenbang: Musrenbang) -> dict[str, Any]:
    """What was listened to, out of the agenda that ran: speeches and talks with who gave them, notes, groups."""
    route = list(musrenbang.agenda.exclude(mulai_pada=None).order_by("urut"))

    def dated(words: str) -> list[str]:
        matching = (a for a in route if a.judul.lower().startswith(words))
        return [_item_said(a.judul, a.penanggung_jawab) for a in matching]

    return {
        "sambutan": dated("sambutan"),
        "pemaparan": dated("paparan"),
        "catatan": sum(a.notulen.count() for a in route),
        "kelompok": musrenbang.kelompok.count(),
    }


def _item_said(judul: str, person: str) -> str:
    """Return an item of the agenda within a sentence, with who was responsible unless the title says it already."""
    said = judul[:1].lower() + judul[1:]
    return f"{said} ({person})" if person and person.lower() not in judul.lower() else said


def meeting_hours(musrenbang: Musrenbang) -> dict[str, str]:
    """Return day and hours of the meeting from its first to its last item, as the record says them.

    An item that still runs, or none that ran on the day itself, leaves the end open: "s.d. selesai".
    """
    kabupaten = musrenbang.kecamatan.kabupaten
    zona = kabupaten.get_zona_display()
    day = tulis.date_with_day(musrenbang.tanggal)
    route = list(musrenbang.agenda.exclude(mulai_pada=None))
    start = min((a.mulai_pada.astimezone(kabupaten.tz) for a in route if a.mulai_pada), default=None)
    close = [a.selesai_pada.astimezone(kabupaten.tz) for a in route if a.selesai_pada]
    if start is None or start.date() != musrenbang.tanggal or len(close) < len(route):
        return {"hari": day, "jam": f"{tulis.hour_text(musrenbang.jam_mulai)} {zona} s.d. selesai"}
    end = max(close)
    if end.date() > start.date():
        day = f"{day} s.d. {tulis.date_with_day(end.date())}"
    return {"hari": day, "jam": f"{tulis.hour_text(start.time())} s.d. {tulis.hour_text(end.time())} {zona}"}


def peserta_representatives(musrenbang: Musrenbang) -> list[dict[str, str]]:
    """One person present of each element, the first who came: they sign for the participants."""
    first: dict[str, dict[str, str]] = {}
    for h in musrenbang.kehadiran.filter(unsur__in=WAKIL_PER_UNSUR).order_by("pk"):
        first.setdefault(h.unsur, {"nama": h.nama, "lembaga": h.lembaga, "alamat": h.alamat})
    return [first[u] for u in WAKIL_PER_UNSUR if u in first]


def kuorum(musrenbang: Musrenbang) -> list[dict[str, str]]:
    """The binding moves that the meeting made below its quorum: the move, the figures then, and its reason."""
    return [
        {"langkah": name_of(c.ke), "angka": figures(figures_of(c)), "alasan": c.alasan}
        for c in list_kuorum(musrenbang)
        if c.alasan
    ]


def klausul(musrenbang: Musrenbang) -> list[dict[str, str]]:
    """The kecamatan's own clauses after the seventh."""
    baris = [b.strip() for b in settings_of(musrenbang).klausul.splitlines() if b.strip()]
    return [{"urutan": ordering, "isi": content} for ordering, content in zip(URUTAN_KLAUSUL, baris, strict=False)]
