"""Approving an addendum: the corrected version and its numbered letter in one step."""

from django.db import transaction

from berita_acara.services.issue import number_dokumen, with_file
from musrenbang.models import Dokumen, Pengguna
from tindak_lanjut.models import Adendum
from tindak_lanjut.services.adendum import apply_adendum, keep_letter

JENIS_ADENDUM = "adendum"


def approve_adendum(*, adendum: Adendum, dilihat: str, by: Pengguna) -> Dokumen:
    """Apply an addendum, number its letter to Bappeda and make the PDF.

    When only the PDF fails, the addendum stands with its number, and the PDF is made when the letter is opened.
    """
    with transaction.atomic():
        current = apply_adendum(adendum=adendum, dilihat=dilihat, by=by)
        surat = number_dokumen(musrenbang=current.musrenbang, jenis=JENIS_ADENDUM, by=by, part=str(current.urut))
        keep_letter(adendum=current, surat=surat)
    return with_file(surat)
