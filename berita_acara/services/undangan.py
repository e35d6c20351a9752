"""Invitations leave the office: numbered, dated, and what they say is kept as it went out."""

from datetime import date
from typing import Any

from django.db import transaction

from berita_acara.dokumen.content import as_json
from berita_acara.dokumen.letter_head import head_of
from berita_acara.dokumen.sidang import change_letter, letter, letter_content, letter_head
from berita_acara.services.issue import number_on
from musrenbang import audit
from musrenbang import format as tulis
from musrenbang.cetakan import Nomor, today
from musrenbang.infra.pdf.printing import render_pdf
from musrenbang.kunci import lock_musrenbang
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.sidang.izin import BOLEH_UNDANGAN
from musrenbang.sidang.models import PerubahanUndangan, TerbitanUndangan, Undangan
from musrenbang.sidang.queries.inviting import inviting, without_letter
from musrenbang.sidang.queries.surat import StaleSurat, stale_letters
from musrenbang.states import Tahap
from musrenbang.transisi import Refused

NOMOR_UNDANGAN = Nomor("005", "UND-MRB", Tahap.DIJADWALKAN)
NOMOR_PERUBAHAN = Nomor("005", "PUND-MRB", Tahap.DIJADWALKAN)


@transaction.atomic
def issue_undangan(*, musrenbang: Musrenbang, by: Pengguna, tanggal: date | None = None) -> int:
    """Number and date every invitation that has no number yet, in the order of the list; return how many.

    The Camat, and who signs for him, get none: the letters are theirs.

    ``tanggal``: the date on the letters, today when none is given; year and month of the numbers follow it.
    """
    current = _ready(musrenbang)
    unnumbered = Undangan.objects.filter(musrenbang=current, nomor="").exclude(inviting(current))
    pending = list(unnumbered.select_related("desa").order_by("pk"))
    if not pending:
        return 0
    at_time = tanggal or today(current)
    general = _head(current, at_time)
    for u in pending:
        u.nomor = number_on(current, "undangan", NOMOR_UNDANGAN, at_time, general["kop"])
    surat = {str(u.pk): letter_content(u) for u in pending}
    terbitan = TerbitanUndangan.objects.create(
        musrenbang=current, tanggal=at_time, oleh=by, isi=as_json(general | {"surat": surat})
    )
    for u in pending:
        u.terbitan = terbitan
    Undangan.objects.bulk_update(pending, ["nomor", "terbitan"], batch_size=200)
    audit.record(
        musrenbang=current,
        by=by,
        aksi="undangan.dinomori",
        objek=current,
        rincian={
            "jumlah": len(pending),
            "dari": pending[0].nomor,
            "sampai": pending[-1].nomor,
            "tanggal": str(at_time),
        },
    )
    return len(pending)


@transaction.atomic
def issue_changes(*, musrenbang: Musrenbang, by: Pengguna, tanggal: date | None = None) -> int:
    """Issue a letter of change, with its own number, to everybody whose letter says something else; return how many.

    The invitations stay as they went out. Raises Refused when every letter is up to date.
    """
    current = _ready(musrenbang)
    stale = stale_letters(current)
    if not stale:
        raise Refused("Semua undangan masih sesuai; tidak ada perubahan yang perlu diberitahukan.")
    at_time = tanggal or today(current)
    general = _head(current, at_time)
    return sum(_issue_change(current, by, one, general, at_time) for one in stale)


def _ready(musrenbang: Musrenbang) -> Musrenbang:
    current = lock_musrenbang(musrenbang, BOLEH_UNDANGAN)
    if not (current.tanggal and current.jam_mulai and current.tempat):
        raise Refused("Isi dahulu tanggal, jam, dan tempat sidang; ketiganya dicetak pada undangan.")
    return current


def _head(musrenbang: Musrenbang, pada: date) -> dict[str, Any]:
    return letter_head(musrenbang, head_of(musrenbang, pada))


def _issue_change(current: Musrenbang, by: Pengguna, stale: StaleSurat, general: dict[str, Any], pada: date) -> int:
    surat, old = {}, stale.terbitan.isi["surat"]
    for u in stale.undangan:
        nomor = number_on(current, "perubahan_undangan", NOMOR_PERUBAHAN, pada, general["kop"])
        pointing = {"nomor": old[str(u.pk)]["nomor"], "tanggal": tulis.date_text(stale.terbitan.tanggal)}
        differences = [{"apa": k, "semula": a, "menjadi": b} for k, (a, b) in stale.beda.items()]
        surat[str(u.pk)] = letter_content(u) | {"nomor": nomor, "menunjuk": pointing, "beda": differences}
    terbitan = TerbitanUndangan.objects.create(
        musrenbang=current, semula=stale.terbitan, tanggal=pada, oleh=by, isi=as_json(general | {"surat": surat})
    )
    PerubahanUndangan.objects.bulk_create(
        PerubahanUndangan(undangan=u, terbitan=terbitan, nomor=surat[str(u.pk)]["nomor"]) for u in stale.undangan
    )
    all_rows = [s["nomor"] for s in surat.values()]
    audit.record(
        musrenbang=current,
        by=by,
        aksi="undangan.perubahan",
        objek=current,
        rincian={
            "jumlah": len(all_rows),
            "dari": all_rows[0],
            "sampai": all_rows[-1],
            "berubah": ", ".join(stale.beda),
        },
    )
    return len(all_rows)


def print_undangan(undangan: Undangan) -> bytes:
    """Return one invitation as it was issued; without a number as a draft."""
    m = undangan.musrenbang
    if undangan in without_letter(m):
        raise Refused(f"{undangan.sebutan} yang mengundang, jadi tidak ada surat kepadanya.")
    general = _head(m, today(m))
    return _render("pdf/undangan.html", "Surat undangan", letter(undangan, general))


def print_changes(perubahan: PerubahanUndangan, musrenbang: Musrenbang) -> bytes:
    """Return one letter of change as it was issued."""
    return _render("pdf/perubahan_undangan.html", "Perubahan undangan", change_letter(perubahan, musrenbang))


def _render(template: str, judul: str, surat: dict[str, Any]) -> bytes:
    context = {"kepala": surat["kepala"], "kop": surat["kop"], "judul": judul, "isi": {"surat": [surat]}}
    return render_pdf(template, context)
