"""An SKPD reads on the home page how many letters and works wait for it."""

from django.utils import timezone

from tests.alur.test_home_work import home
from tindak_lanjut.models import Pengiriman, Pilahan


def test_an_skpd_reads_how_many_letters_and_works_wait_until_none_does(sent_event, masuk):
    client = masuk("orang_skpd")
    letters = Pengiriman.objects.filter(skpd__singkatan="Dinas PUPR")
    works = Pilahan.objects.filter(pengiriman__in=letters).count()
    assert works
    told = f"{letters.count()} surat menunggu tanda terima, {works} kegiatan belum dijawab"
    assert told in home(client)
    letters.update(nomor_terima="TT-1", penerima="Sri", diterima_pada=timezone.now())
    text = home(client)
    assert "menunggu tanda terima" not in text
    assert f"· {works} kegiatan belum dijawab" in text
    assert "belum dijawab" not in home(masuk("pak_sekcam"))
