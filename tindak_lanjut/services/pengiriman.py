"""Handing works to the SKPD they were sorted to, and the receipt for it (seed C.3)."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from musrenbang import audit
from musrenbang.kunci import allowed_in
from musrenbang.models import Dokumen, Pengguna, Skpd
from musrenbang.nomor import ROMAWI, take_nomor
from musrenbang.transisi import Ditolak
from tindak_lanjut.izin import BOLEH_PEMILAHAN, BOLEH_TANGGAPAN
from tindak_lanjut.models import Pengiriman, Pilahan
from tindak_lanjut.queries.pengiriman import unsent_works

JENIS_TERIMA = "tanda_terima_skpd"


@allowed_in(BOLEH_PEMILAHAN, of="surat.musrenbang")
def send_works(*, surat: Dokumen, skpd: Skpd, by: Pengguna) -> Pengiriman:
    """Hand the works that are settled and not yet sent to their SKPD; ``surat`` is the issued letter that lists them.

    The same letter again returns the first handing over. Raises Ditolak when there is nothing new to send.
    """
    kini = surat.musrenbang
    ada = Pengiriman.objects.filter(surat=surat).first()
    if ada:
        return ada
    baru = [p.pk for p in unsent_works(kini, skpd).select_for_update(of=("self",))]
    if not baru:
        raise Ditolak(f"Semua kegiatan untuk {skpd.nama} sudah dikirim.")
    hari_ini = timezone.localdate(timezone=kini.kecamatan.kabupaten.tz)
    kirim = Pengiriman.objects.create(
        musrenbang=kini, skpd=skpd, surat=surat, batas=hari_ini + timedelta(days=settings.TENGGAT_JAWAB_HARI), oleh=by
    )
    Pilahan.objects.filter(pk__in=baru).update(pengiriman=kirim)
    audit.catat(
        musrenbang=kini,
        by=by,
        aksi="pengiriman.dikirim",
        objek=kirim,
        rincian={"kegiatan": len(baru), "surat": surat.nomor, "tenggat": str(kirim.batas)},
    )
    return kirim


@allowed_in(BOLEH_TANGGAPAN, of="pengiriman.musrenbang")
def receive_works(*, pengiriman: Pengiriman, by: Pengguna, penerima: str = "") -> Pengiriman:
    """Give the receipt for a letter, once; ``penerima`` names who took a letter that was brought by hand."""
    satu = Pengiriman.objects.select_for_update(of=("self",)).select_related("musrenbang__kecamatan__kabupaten", "skpd")
    kirim = satu.get(pk=pengiriman.pk)
    if kirim.nomor_terima:
        return kirim
    nama = penerima.strip() or str(by)
    if len(nama) < 3:
        raise Ditolak("Tuliskan nama yang menerima surat.")
    m = kirim.musrenbang
    pada = timezone.localtime(timezone.now(), m.kecamatan.kabupaten.tz)
    urut = take_nomor(kecamatan=m.kecamatan, jenis=JENIS_TERIMA, tahun=pada.year)
    kirim.nomor_terima = f"{m.kecamatan.kode}/{urut:03d}/TT-SKPD/{ROMAWI[pada.month - 1]}/{pada.year}"
    kirim.penerima, kirim.diterima_pada = nama[:150], pada
    kirim.save(update_fields=["nomor_terima", "penerima", "diterima_pada"])
    audit.catat(
        musrenbang=m,
        by=by,
        aksi="pengiriman.diterima",
        objek=kirim,
        rincian={"tanda_terima": kirim.nomor_terima, "penerima": kirim.penerima},
    )
    return kirim
