"""Issuing the Berita Acara: number and content are frozen in one transaction, the PDF follows."""

from django.db import transaction
from django.utils import timezone

from berita_acara import dokumen as isi_dokumen
from berita_acara.queries import JENIS_BA, latest_berita_acara
from musrenbang import audit
from musrenbang.models import Dokumen, Musrenbang, Pengguna
from musrenbang.nomor import format_nomor, take_nomor
from musrenbang.pdf import render_pdf, store_dokumen
from musrenbang.services import lock_musrenbang
from musrenbang.states import BOLEH_TERBIT

KODE_BA = "BA-MRB"


def issue_berita_acara(*, musrenbang: Musrenbang, by: Pengguna) -> Dokumen:
    """Take a number, freeze the content, render the PDF.

    While nothing changed since the last version that one is returned: a second click makes nothing new. When
    rendering or storing fails the number stands and the same content is rendered by calling again.
    """
    dokumen = _freeze(musrenbang, by)
    if not dokumen.sha256:
        store_dokumen(dokumen, render_pdf("pdf/berita_acara.html", pdf_context(dokumen)))
    return dokumen


@transaction.atomic
def _freeze(musrenbang: Musrenbang, by: Pengguna) -> Dokumen:
    kini = lock_musrenbang(musrenbang, BOLEH_TERBIT)
    isi = isi_dokumen.berita_acara(kini)
    terakhir = latest_berita_acara(kini)
    if terakhir and terakhir.isi == isi:
        return terakhir
    hari_ini = timezone.localtime(timezone.now(), kini.kecamatan.kabupaten.tz)
    tahun = kini.tahun_pelaksanaan
    urut = take_nomor(kecamatan=kini.kecamatan, jenis=JENIS_BA, tahun=tahun)
    bulan = (kini.tanggal or hari_ini).month
    dokumen = Dokumen.objects.create(
        musrenbang=kini,
        jenis=JENIS_BA,
        versi=terakhir.versi + 1 if terakhir else 1,
        nomor=format_nomor(urut=urut, kode=KODE_BA, bulan=bulan, tahun=tahun),
        isi=isi,
        dibuat_oleh=by,
    )
    audit.catat(
        musrenbang=kini, by=by, aksi="berita_acara.terbit", objek=dokumen,
        rincian={"rkp_versi": isi["rkp"]["versi"], "menggantikan": terakhir.nomor if terakhir else None},
    )  # fmt: skip
    return dokumen


def pdf_context(dokumen: Dokumen) -> dict[str, object]:
    """Return the template context of an issued Berita Acara: its frozen content, number and version."""
    return {**dokumen.isi, "nomor": dokumen.nomor, "versi": dokumen.versi, "draf": False}
