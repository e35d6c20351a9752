"""Presentations of speakers: taken in, turned, taken out."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from musrenbang import audit
from musrenbang.infra import child
from musrenbang.infra.child import UnreadableFile
from musrenbang.infra.digest import sha256_of
from musrenbang.keeper import keep_file
from musrenbang.kunci import allowed_in
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.services.once import once, stored_before
from musrenbang.sidang.izin import BOLEH_AGENDA
from musrenbang.sidang.models import Layar, Paparan
from musrenbang.sidang.queries.paparan import page_picture
from musrenbang.transisi import Refused

MB = 1024 * 1024
BERKAS_MAKS, SEMUA_MAKS, HALAMAN_MAKS, BANYAK_MAKS = 15 * MB, 25 * MB, 80, 12
"""Bytes of one file, of all of an event (they travel to the hall with it), pages of one, and how many."""


def upload_paparan(*, musrenbang: Musrenbang, by: Pengguna, kunci: UUID, judul: str, berkas: Any) -> Paparan:
    """Store a presentation. The same form sent again, or the same file, returns the one that is there.

    Raises Refused for what is no PDF, is too large or has too many pages, and when there are too many.
    """
    if berkas.size > BERKAS_MAKS:
        raise Refused("Paparan paling besar 15 MB. Kecilkan gambarnya, simpan lagi sebagai PDF, lalu unggah.")
    content = berkas.read()
    delivery = {"judul": judul, "sidik": sha256_of(content)}
    known = stored_before(Paparan, musrenbang=musrenbang, kunci=kunci, content=delivery)
    pages = 0 if known else _inspected(content)
    with transaction.atomic():
        one_pass = once(Paparan, musrenbang=musrenbang, allowed=BOLEH_AGENDA, kunci=kunci, by=by, content=delivery)
        if one_pass.ada:
            return one_pass.ada
        current = one_pass.musrenbang
        _check_room(current, delivery["sidik"], len(content))
        paparan = Paparan(
            musrenbang=current,
            judul=judul,
            sha256=delivery["sidik"],
            ukuran=len(content),
            halaman=pages,
            diunggah_oleh=by,
        )
        keep_file(paparan, content, "Paparan")
        audit.record(
            musrenbang=current,
            by=by,
            aksi="paparan.diunggah",
            objek=paparan,
            rincian={"halaman": pages, "sha256": paparan.sha256},
        )
        return one_pass.keep(paparan)


def _inspected(content: bytes) -> int:
    """Return the pages of a stranger's file, which a child with limits opens and draws."""
    try:
        pages: int = child.read("musrenbang.sidang.slides:inspect", content, most=HALAMAN_MAKS)
    except UnreadableFile as error:
        raise Refused(str(error)) from error
    return pages


def _check_room(musrenbang: Musrenbang, sidik: str, size: int) -> None:
    existing = Paparan.objects.filter(musrenbang=musrenbang)
    same = existing.filter(sha256=sidik).first()
    if same:
        raise Refused(f"Berkas ini sudah diunggah sebagai “{same}”.")
    if existing.count() >= BANYAK_MAKS:
        raise Refused(f"Sudah ada {BANYAK_MAKS} paparan. Hapus dahulu yang sudah selesai.")
    if (existing.aggregate(n=Sum("ukuran"))["n"] or 0) + size > SEMUA_MAKS:
        raise Refused("Semua paparan bersama paling besar 25 MB. Hapus yang sudah selesai, atau kecilkan berkasnya.")


@allowed_in(BOLEH_AGENDA, of="paparan.musrenbang")
def turn_paparan(*, paparan: Paparan, halaman: int) -> Paparan:
    """Show a page on the screens; the same page twice changes nothing. What is shown is no record: no audit row.

    The page and the next one are drawn before, so that the screens need not wait.
    """
    if not 1 <= halaman <= paparan.halaman:
        raise Refused(f"“{paparan}” mempunyai halaman 1 sampai {paparan.halaman}.")
    page_picture(paparan, halaman, for_whom="orang")
    Paparan.objects.filter(pk=paparan.pk).update(kini=halaman)
    paparan.kini = halaman
    return paparan


@allowed_in(BOLEH_AGENDA, of="paparan.musrenbang")
def remove_paparan(*, paparan: Paparan, by: Pengguna) -> None:
    """Take a presentation out, its file too once that is certain; screens that showed it go back to the agenda."""
    current = paparan.musrenbang
    audit.record(musrenbang=current, by=by, aksi="paparan.dihapus", objek=paparan, rincian={"sha256": paparan.sha256})
    shown = Layar.objects.filter(musrenbang=current, panel="paparan", acuan=paparan.pk)
    shown.update(panel="agenda", acuan=None)
    storage, name = paparan.berkas.storage, str(paparan.berkas.name)
    Paparan.objects.filter(pk=paparan.pk).delete()
    transaction.on_commit(lambda: storage.delete(name))
