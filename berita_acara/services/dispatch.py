"""The works of an SKPD leave the kecamatan: numbered letter and handing over in one step."""

from django.db import transaction

from berita_acara.services.issue import number_dokumen, with_file
from musrenbang.models import Dokumen, Musrenbang, Pengguna, Skpd
from tindak_lanjut.services.dispatch import send_works

JENIS_SKPD = "usulan_skpd"


def send_to_skpd(*, musrenbang: Musrenbang, skpd: Skpd, by: Pengguna) -> Dokumen:
    """Number the letter of an SKPD, hand its works over and make the PDF.

    Raises Refused when everything was sent already. When only the PDF fails the works are sent nevertheless, and the
    PDF is made when the letter is opened.
    """
    with transaction.atomic():
        surat = number_dokumen(musrenbang=musrenbang, jenis=JENIS_SKPD, by=by, part=str(skpd.pk))
        send_works(surat=surat, skpd=skpd, by=by)
    return with_file(surat)
