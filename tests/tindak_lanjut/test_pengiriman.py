"""Works leave for their SKPD with a letter, a deadline and a receipt."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alur.demo.pasca import send_all
from alur.services.acara import Incomplete, advance_musrenbang
from berita_acara.services.kirim import send_to_skpd
from musrenbang.models import Dokumen, JejakAudit, Skpd
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from tests.some import some
from tindak_lanjut.models import Pengiriman, Pilahan
from tindak_lanjut.queries.pengiriman import list_sendings, unsent_works
from tindak_lanjut.queries.tanggapan import works_of
from tindak_lanjut.services.pemilahan import choose_skpd, requeue_pilahan
from tindak_lanjut.services.pengiriman import receive_works
from tindak_lanjut.syarat import all_sent


@pytest.fixture
def pu(terpilah):
    return Skpd.objects.get(singkatan="Dinas PUPR")


def url(m, akhir):
    return f"/m/{m.slug}/{akhir}"


def test_one_tap_sends_every_skpd_its_works_with_a_letter(terpilah, masuk):
    client = masuk("bu_pmd")
    baru = unsent_works(terpilah).count()
    html = client.get(url(terpilah, "rkp/pemilahan/?status=ditetapkan")).content.decode()
    assert f"Kirim {baru} kegiatan yang belum dikirim" in html
    html = client.post(url(terpilah, "berita-acara/kirim/"), follow=True).content.decode()
    assert "masing-masing dengan surat bernomor" in html
    kirim = list(Pengiriman.objects.select_related("surat"))
    assert {k.skpd_id for k in kirim} == set(Pilahan.objects.values_list("skpd", flat=True))
    assert all(k.surat.nomor and k.surat.sha256 and k.surat.bagian == str(k.skpd_id) for k in some(kirim))
    assert not unsent_works(terpilah).exists()
    html = client.post(url(terpilah, "berita-acara/kirim/"), follow=True).content.decode()
    assert "Semua kegiatan sudah dikirim" in html
    assert Pengiriman.objects.count() == len(kirim)
    assert Dokumen.objects.filter(jenis="usulan_skpd").count() == len(kirim)


def test_the_deadline_counts_from_the_letter(terpilah, pu, pemeran, settings):
    settings.TENGGAT_JAWAB_HARI = 5
    send_to_skpd(musrenbang=terpilah, skpd=pu, by=pemeran["bu_pmd"])
    hari_ini = timezone.localdate(timezone=pu.kabupaten.tz)
    assert Pengiriman.objects.get().batas == hari_ini + timedelta(days=5)
    assert not next(k for k in list_sendings(terpilah) if k.skpd == pu).lewat
    Pengiriman.objects.update(batas=hari_ini - timedelta(days=1))
    assert next(k for k in list_sendings(terpilah) if k.skpd == pu).lewat
    assert works_of(pu, jawaban="lewat").count() == works_of(pu).count() > 0


def test_the_skpd_gives_a_receipt_once_and_reads_its_letter(terpilah, pu, pemeran, masuk):
    send_to_skpd(musrenbang=terpilah, skpd=pu, by=pemeran["bu_pmd"])
    kirim, client = Pengiriman.objects.get(), masuk("orang_skpd")
    assert "1 belum dinyatakan diterima" in client.get("/skpd/").content.decode()
    for _ in range(2):
        client.post(f"/skpd/terima/{kirim.pk}/")
    kirim.refresh_from_db()
    assert "/001/TT-SKPD/" in kirim.nomor_terima
    assert kirim.penerima == str(pemeran["orang_skpd"])
    assert JejakAudit.objects.filter(aksi="pengiriman.diterima").count() == 1
    assert client.get(f"/skpd/surat/{kirim.pk}/").content.startswith(b"%PDF")
    html = masuk("bu_pmd").get(url(terpilah, "rkp/pemilahan/?status=ditetapkan")).content.decode()
    assert kirim.nomor_terima in html


def test_a_letter_to_another_skpd_is_not_found(terpilah, pemeran, masuk):
    lain = Pilahan.objects.exclude(skpd__singkatan="Dinas PUPR").first().skpd
    send_to_skpd(musrenbang=terpilah, skpd=lain, by=pemeran["bu_pmd"])
    kirim, client = Pengiriman.objects.get(), masuk("orang_skpd")
    assert client.get(f"/skpd/surat/{kirim.pk}/").status_code == 404
    assert client.post(f"/skpd/terima/{kirim.pk}/").status_code == 404
    kirim.refresh_from_db()
    assert not kirim.nomor_terima


def test_a_letter_brought_by_hand_is_received_by_name(terpilah, pu, pemeran, masuk):
    send_to_skpd(musrenbang=terpilah, skpd=pu, by=pemeran["bu_pmd"])
    kirim, client = Pengiriman.objects.get(), masuk("bu_pmd")
    html = client.post(url(terpilah, f"rkp/pemilahan/terima/{kirim.pk}/"), {"penerima": " "}, follow=True)
    assert "Tuliskan nama yang menerima surat." in html.content.decode()
    client.post(url(terpilah, f"rkp/pemilahan/terima/{kirim.pk}/"), {"penerima": "Bagian Umum Dinas PUPR"})
    kirim.refresh_from_db()
    assert kirim.penerima == "Bagian Umum Dinas PUPR"
    receive_works(pengiriman=kirim, by=pemeran["orang_skpd"])
    kirim.refresh_from_db()
    assert kirim.penerima == "Bagian Umum Dinas PUPR"


def test_an_answer_is_a_receipt(terpilah, pu, pemeran, masuk):
    send_to_skpd(musrenbang=terpilah, skpd=pu, by=pemeran["bu_pmd"])
    p = works_of(pu).first()
    masuk("orang_skpd").post(f"/skpd/{p.pk}/jawab/", {"jawaban": "diakomodir", "versi": 0})
    assert Pengiriman.objects.get().nomor_terima


def test_what_is_sorted_again_goes_with_a_letter_of_its_own(terpilah, pu, pemeran):
    by = pemeran["bu_pmd"]
    send_all(terpilah, by)
    assert all_sent(terpilah)[0].wajib is False
    p = works_of(pu).first()
    requeue_pilahan(pilahan=p, by=by, alasan="Salah pilih.")
    p.refresh_from_db()
    assert p.pengiriman is None
    lain = Skpd.objects.exclude(pk=pu.pk).filter(pengiriman__isnull=False).first()
    choose_skpd(pilahan=p, versi=p.versi, by=by, skpd=lain)
    assert not works_of(lain).filter(pk=p.pk).exists()
    with pytest.raises(Incomplete, match="1 kegiatan belum dikirim"):
        advance_musrenbang(musrenbang=terpilah, dari=Tahap.PEMILAHAN, ke=Tahap.SELESAI, by=pemeran["pak_sekcam"])
    surat = send_to_skpd(musrenbang=terpilah, skpd=lain, by=by)
    assert surat.versi == 2
    assert works_of(lain).filter(pk=p.pk).exists()
    with pytest.raises(Refused, match="sudah dikirim"):
        send_to_skpd(musrenbang=terpilah, skpd=pu, by=by)
    advance_musrenbang(musrenbang=terpilah, dari=Tahap.PEMILAHAN, ke=Tahap.SELESAI, by=pemeran["pak_sekcam"])


def test_a_refused_sending_takes_no_number(terpilah, pu, pemeran):
    send_to_skpd(musrenbang=terpilah, skpd=pu, by=pemeran["bu_pmd"])
    p = works_of(pu).first()
    requeue_pilahan(pilahan=p, by=pemeran["bu_pmd"], alasan="Salah pilih.")
    with pytest.raises(Refused):
        send_to_skpd(musrenbang=terpilah, skpd=pu, by=pemeran["bu_pmd"])
    assert Dokumen.objects.filter(jenis="usulan_skpd", bagian=str(pu.pk)).count() == 1


def test_a_letter_without_its_pdf_is_sent_and_made_when_it_is_opened(terpilah, pu, pemeran, masuk, monkeypatch):
    def gagal(*_):
        raise Refused("Media penyimpanan penuh.")

    with monkeypatch.context() as m:
        m.setattr("berita_acara.services.terbit.store_dokumen", gagal)
        with pytest.raises(Refused, match="penuh"):
            send_to_skpd(musrenbang=terpilah, skpd=pu, by=pemeran["bu_pmd"])
    kirim = Pengiriman.objects.get()
    assert not kirim.surat.sha256
    assert masuk("orang_skpd").get(f"/skpd/surat/{kirim.pk}/").content.startswith(b"%PDF")


def test_queries_do_not_grow_with_skpd(terpilah, pemeran, django_assert_num_queries):
    send_all(terpilah, pemeran["bu_pmd"])
    with django_assert_num_queries(2):
        assert len(list_sendings(terpilah)) > 2
