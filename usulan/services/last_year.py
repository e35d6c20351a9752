"""An imported last year: opened with its first file, and replaced by a better one."""

from collections.abc import Callable

from django.utils.text import slugify

from musrenbang import audit
from musrenbang.kunci import SEBELUM_SIDANG, allowed_in
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.transisi import Refused
from usulan.models import ImporUsulan
from usulan.queries.last_year import year_before
from usulan.services.impor import check_savable, commit_impor, unsaved_rows
from usulan.services.results import files_of_same_desa
from usulan.services.take_back import undo_impor


@allowed_in(SEBELUM_SIDANG)
def open_last_year(*, musrenbang: Musrenbang, by: Pengguna | None) -> Musrenbang:
    """Return the imported year before an event; make it when there is none yet.

    Raises Refused when a Musrenbang of that year was held in this application: its own record counts.
    """
    previous = year_before(musrenbang)
    if previous.pk is None:
        previous.slug = _free_slug(previous)
        previous.save()
        details = {"untuk": musrenbang.slug}
        audit.record(musrenbang=previous, by=by, aksi="hasil_lalu.dibuka", objek=previous, rincian=details)
    elif not previous.hanya_diimpor:
        raise Refused(
            f"{previous} ada di aplikasi ini, jadi hasilnya diambil dari sana dan tidak diunggah. Tidak ada yang "
            "disimpan."
        )
    return previous


def opener(*, musrenbang: Musrenbang, by: Pengguna | None) -> Callable[[], Musrenbang]:
    """Return what opens the year before an event once its first file could be read (``stage_impor``)."""
    return lambda: open_last_year(musrenbang=musrenbang, by=by)


@allowed_in(frozenset(), of="impor.musrenbang", imported=True)
def commit_result(*, impor: ImporUsulan, by: Pengguna | None, ganti: bool = False) -> int:
    """Save a preview of last year's result; return how many proposals it has.

    With ``ganti`` what earlier files said of the same desa is taken out first, in the same transaction. Raises Refused
    without it, and when one of those proposals was proposed again already.
    """
    if ganti:
        impor.refresh_from_db(fields=["hasil"])
        check_savable(impor, impor.musrenbang, None)  # a second click must not take out what the first one saved
        for old in files_of_same_desa(impor, unsaved_rows(impor, impor.musrenbang)):
            old.musrenbang = impor.musrenbang
            undo_impor(impor=old, by=by)
    return commit_impor(impor=impor, by=by)


def _free_slug(past: Musrenbang) -> str:
    nama = slugify(past.kecamatan.nama)
    slug = f"{nama}-{past.tahun_rencana}"
    if Musrenbang.objects.filter(slug=slug).exists():  # another kecamatan of the same name
        slug = f"{nama}-{past.kecamatan.kode.replace('.', '')}-{past.tahun_rencana}"
    return slug
