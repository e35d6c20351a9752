"""The signed copy of a Berita Acara: scans and photos become one PDF."""

import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from pypdf import PdfReader

from berita_acara.izin import BOLEH_TERBIT
from berita_acara.models import SalinanTtd, TanpaSalinan
from berita_acara.queries import list_berita_acara, waiting_salinan
from berita_acara.signature import Signature, check_strange_pdf
from musrenbang import audit
from musrenbang.infra import child
from musrenbang.infra.child import UnreadableFile
from musrenbang.infra.digest import sha256_of
from musrenbang.keeper import keep_file, read_dokumen
from musrenbang.kunci import allowed_in
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.services.once import once, stored_before
from musrenbang.transisi import Refused

BERKAS_MAKS = 15 * 1024 * 1024
SEMUA_MAKS = 60 * 1024 * 1024
HALAMAN_MAKS = 200


def upload_salinan(
    *, musrenbang: Musrenbang, by: Pengguna, kunci: UUID, berkas: list[tuple[str, bytes]], putar: list[int]
) -> SalinanTtd:
    """Store the signed copy of the newest Berita Acara. The same form sent again returns the one that is there.

    A copy with more or fewer pages than the document is kept, but counts only once a reason is given
    (``accept_salinan``).
    ``berkas``: (name, content) of PDFs and photos in their order, ``putar``: quarter turns clockwise for each. Raises
    Refused, naming the file, for what is no picture or PDF, is too large, or has no pages.
    """
    delivery = {"berkas": berkas, "putar": putar}
    recognised = stored_before(SalinanTtd, musrenbang=musrenbang, kunci=kunci, content=delivery)
    content, halaman, mark = (b"", 0, []) if recognised else _one_pdf(berkas, putar)
    with transaction.atomic():
        one_pass = once(SalinanTtd, musrenbang=musrenbang, allowed=BOLEH_TERBIT, kunci=kunci, by=by, content=delivery)
        if one_pass.ada:  # sent again, or the second of two taps at once, which waited for the lock
            return one_pass.ada
        current = one_pass.musrenbang
        minutes_paper = list_berita_acara(current).exclude(sha256="").first()
        if minutes_paper is None:
            raise Refused("Terbitkan dahulu Berita Acaranya, baru unggah salinan yang sudah ditandatangani.")
        minutes_paper.musrenbang = current
        salinan = SalinanTtd(
            dokumen=minutes_paper,
            sha256=sha256_of(content),
            halaman=halaman,
            diunggah_oleh=by,
            halaman_dokumen=len(PdfReader(BytesIO(original := read_dokumen(minutes_paper))).pages),
            tanda=_told(mark, content.startswith(original)),
        )
        keep_file(salinan, content, "Salinan")
        audit.record(
            musrenbang=current,
            by=by,
            aksi="salinan.diunggah",
            objek=salinan,
            rincian={"halaman": halaman, "halaman_dokumen": salinan.halaman_dokumen, "sha256": salinan.sha256}
            | ({"tanda": salinan.tanda} if salinan.tanda else {}),
        )
        return one_pass.keep(salinan)


@allowed_in(BOLEH_TERBIT)
def accept_salinan(*, musrenbang: Musrenbang, by: Pengguna, alasan: str) -> SalinanTtd:
    """Let the newest copy count although its number of pages differs from the document's, for a reason.

    Raises Refused when no copy waits for one, and for a reason of less than 10 letters.
    """
    salinan = waiting_salinan(musrenbang)
    if salinan is None:
        raise Refused("Tidak ada salinan yang menunggu alasan. Muat ulang halaman.")
    if len(alasan.strip()) < 10:
        raise Refused("Tuliskan dalam satu kalimat mengapa jumlah halamannya berbeda.")
    SalinanTtd.objects.filter(pk=salinan.pk).update(alasan=alasan.strip()[:300])
    audit.record(
        musrenbang=musrenbang,
        by=by,
        aksi="salinan.diterima",
        objek=salinan,
        alasan=alasan.strip(),
        rincian={"halaman": salinan.halaman, "halaman_dokumen": salinan.halaman_dokumen},
    )
    salinan.refresh_from_db()
    return salinan


@allowed_in(BOLEH_TERBIT)
def excuse_salinan(*, musrenbang: Musrenbang, by: Pengguna, alasan: str) -> None:
    """Record why the event goes on without a signed copy; an empty reason takes that back."""
    if alasan.strip() and len(alasan.strip()) < 10:
        raise Refused("Tuliskan alasannya dalam satu kalimat.")
    old = TanpaSalinan.objects.filter(musrenbang=musrenbang).first()
    if old:
        audit.record(musrenbang=musrenbang, by=by, aksi="salinan.wajib_lagi", objek=old, alasan=old.alasan)
        old.delete()
    if alasan.strip():
        one = TanpaSalinan.objects.create(musrenbang=musrenbang, alasan=alasan.strip(), oleh=by)
        audit.record(musrenbang=musrenbang, by=by, aksi="salinan.tanpa", objek=one, alasan=alasan.strip())


def _one_pdf(berkas: list[tuple[str, bytes]], putar: list[int]) -> tuple[bytes, int, list[Signature]]:
    """Return the pages as one PDF, how many, and the electronic signatures in it; a signed file stays as it is.

    The files of strangers are opened by a child with limits.
    """
    if not berkas:
        raise Refused("Pilih berkas pindaian atau fotonya.")
    if sum(len(content) for _, content in berkas) > SEMUA_MAKS:
        raise Refused("Jumlah berkas lebih dari 60 MB. Kecilkan fotonya, lalu unggah lagi.")
    with tempfile.TemporaryDirectory() as place:
        for i, (nama, content) in enumerate(berkas):
            if len(content) > BERKAS_MAKS:
                raise Refused(f"{nama} lebih besar dari 15 MB. Kecilkan dahulu.")
            Path(place, str(i)).write_bytes(content)
        try:
            halaman = child.read(
                "berita_acara.scans:combine",
                Path(place),
                cpu_seconds=60,
                write_max=SEMUA_MAKS + BERKAS_MAKS,
                nama=[nama for nama, _ in berkas],
                putar=putar,
                most=HALAMAN_MAKS,
            )
            marks = [_signatures(content) for _, content in berkas]
        except UnreadableFile as error:
            raise Refused(str(error)) from error
        if not any(marks):
            return Path(place, "jadi").read_bytes(), halaman, []
    if len(berkas) > 1 or any(putar):
        raise Refused(
            "Ada berkas bertanda tangan elektronik. Unggah berkas itu sendiri, tanpa berkas lain dan tanpa diputar, "
            "supaya tanda tangannya tetap sah."
        )
    return berkas[0][1], halaman, marks[0]


def _signatures(content: bytes) -> list[Signature]:
    """Return the electronic signatures in a file; refuse one that does not hold, or that cannot be read."""
    if not content.startswith(b"%PDF-") or b"/ByteRange" not in content:
        return []
    everything = check_strange_pdf(content, settings.PENERBIT_SERTIFIKAT, for_whom="orang")
    if not everything:  # taken as a scan, it would lose the signature without a word
        raise Refused(
            "Berkas ini memuat tanda tangan elektronik yang tidak terbaca, mungkin rusak. Unduh lagi berkas dari "
            "aplikasi tanda tangannya, lalu unggah yang itu."
        )
    for one in everything:
        if not one.utuh or one.dicabut:
            raise Refused(f"Tanda tangan elektronik {one.nama} {one.kata} Unggah berkas dari aplikasi tanda tangannya.")
    return everything


BUKAN_ASLI = " Berkasnya tidak berawal dari berkas yang diterbitkan di sini: bandingkan isinya dengan mata."


def _told(mark: list[Signature], original: bool) -> list[dict[str, Any]]:
    """Return what is kept and shown of the signatures in a copy; ``original``: it begins with the issued bytes."""
    return [
        {
            "nama": t.nama,
            "penerbit": t.penerbit,
            "waktu": t.waktu and t.waktu.isoformat(),
            "kata": t.kata + ("" if original else BUKAN_ASLI),
            "baik": t.dikenal and original,
        }
        for t in mark
    ]
