"""Handing works to the SKPD they were sorted to, and the receipt for it (seed C.3)."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from musrenbang import audit
from musrenbang.kunci import allowed_in
from musrenbang.models import Dokumen, Pengguna, Skpd
from musrenbang.nomor import take_receipt
from musrenbang.transisi import Refused
from tindak_lanjut.izin import BOLEH_PEMILAHAN, BOLEH_TANGGAPAN
from tindak_lanjut.models import Pengiriman, Pilahan
from tindak_lanjut.queries.dispatch import unsent_works

JENIS_TERIMA = "tanda_terima_skpd"
NAME = 150  # letters of a name


@allowed_in(BOLEH_PEMILAHAN, of="surat.musrenbang")
def send_works(*, surat: Dokumen, skpd: Skpd, by: Pengguna) -> Pengiriman:
    """Hand the works that are settled and not yet sent to their SKPD; ``surat`` is the issued letter that lists them.

    The same letter again returns the first handing over. Raises Refused when there is nothing new to send.
    """
    current = surat.musrenbang
    existing = Pengiriman.objects.filter(surat=surat).first()
    if existing:
        return existing
    new = [p.pk for p in unsent_works(current, skpd).select_for_update(of=("self",))]
    if not new:
        raise Refused(f"Semua kegiatan untuk {skpd.nama} sudah dikirim.")
    today = timezone.localdate(timezone=current.kecamatan.kabupaten.tz)
    send = Pengiriman.objects.create(
        musrenbang=current, skpd=skpd, surat=surat, batas=today + timedelta(days=settings.TENGGAT_JAWAB_HARI), oleh=by
    )
    Pilahan.objects.filter(pk__in=new).update(pengiriman=send)
    audit.record(
        musrenbang=current,
        by=by,
        aksi="pengiriman.dikirim",
        objek=send,
        rincian={"kegiatan": len(new), "surat": surat.nomor, "tenggat": str(send.batas)},
    )
    return send


@allowed_in(BOLEH_TANGGAPAN, of="pengiriman.musrenbang")
def receive_works(*, pengiriman: Pengiriman, by: Pengguna, penerima: str = "") -> Pengiriman:
    """Give the receipt for a letter, once; ``penerima`` names who took a letter that was brought by hand."""
    one = Pengiriman.objects.select_for_update(of=("self",)).select_related("musrenbang__kecamatan__kabupaten", "skpd")
    send = one.get(pk=pengiriman.pk)
    if send.nomor_terima:
        return send
    nama = penerima.strip() or str(by)
    if len(nama) < 3:
        raise Refused("Tuliskan nama yang menerima surat.")
    if len(nama) > NAME:
        raise Refused(f"Nama yang menerima surat paling panjang {NAME} huruf. Tulis satu nama; belum ada yang dicatat.")
    m = send.musrenbang
    at_time = timezone.now()
    send.nomor_terima = take_receipt(kecamatan=m.kecamatan, jenis=JENIS_TERIMA, kode="TT-SKPD", at_time=at_time)
    send.penerima, send.diterima_pada = nama, at_time
    send.save(update_fields=["nomor_terima", "penerima", "diterima_pada"])
    audit.record(
        musrenbang=m,
        by=by,
        aksi="pengiriman.diterima",
        objek=send,
        rincian={"tanda_terima": send.nomor_terima, "penerima": send.penerima},
    )
    return send
