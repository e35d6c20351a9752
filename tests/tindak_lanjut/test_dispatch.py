"""Works leave for their SKPD with a letter, a deadline and a receipt."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alur.demo.afterwards import send_all
from alur.services.acara import Incomplete, advance_musrenbang
from berita_acara.services.dispatch import send_to_skpd
from musrenbang.models import Dokumen, JejakAudit, Skpd
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from tests.some import some
from tindak_lanjut.models import Pengiriman, Pilahan
from tindak_lanjut.queries.dispatch import list_sendings, unsent_works
from tindak_lanjut.queries.tanggapan import works_of
from tindak_lanjut.services.dispatch import receive_works
from tindak_lanjut.services.pemilahan import choose_skpd, requeue_pilahan
from tindak_lanjut.syarat import all_sent


@pytest.fixture
def works_agency(assigned_event):
    return Skpd.objects.get(singkatan="Dinas PUPR")


def url(m, end):
    return f"/m/{m.slug}/{end}"


def test_one_tap_sends_every_skpd_its_works_with_a_letter(assigned_event, masuk):
    client = masuk("bu_pmd")
    baru = unsent_works(assigned_event).count()
    html = client.get(url(assigned_event, "rkp/pemilahan/?status=ditetapkan")).content.decode()
    assert f"Kirim {baru} kegiatan yang belum dikirim" in html
    html = client.post(url(assigned_event, "berita-acara/kirim/"), follow=True).content.decode()
    assert "masing-masing dengan surat bernomor" in html
    send = list(Pengiriman.objects.select_related("surat"))
    assert {k.skpd_id for k in send} == set(Pilahan.objects.values_list("skpd", flat=True))
    assert all(k.surat.nomor and k.surat.sha256 and k.surat.bagian == str(k.skpd_id) for k in some(send))
    assert not unsent_works(assigned_event).exists()
    html = client.post(url(assigned_event, "berita-acara/kirim/"), follow=True).content.decode()
    assert "Semua kegiatan sudah dikirim" in html
    assert Pengiriman.objects.count() == len(send)
    assert Dokumen.objects.filter(jenis="usulan_skpd").count() == len(send)


def test_the_deadline_counts_from_the_letter(assigned_event, works_agency, cast, settings):
    settings.TENGGAT_JAWAB_HARI = 5
    send_to_skpd(musrenbang=assigned_event, skpd=works_agency, by=cast["bu_pmd"])
    today = timezone.localdate(timezone=works_agency.kabupaten.tz)
    assert Pengiriman.objects.get().batas == today + timedelta(days=5)
    assert not next(k for k in list_sendings(assigned_event) if k.skpd == works_agency).lewat
    Pengiriman.objects.update(batas=today - timedelta(days=1))
    assert next(k for k in list_sendings(assigned_event) if k.skpd == works_agency).lewat
    assert works_of(works_agency, jawaban="lewat").count() == works_of(works_agency).count() > 0


def test_the_skpd_gives_a_receipt_once_and_reads_its_letter(assigned_event, works_agency, cast, masuk):
    send_to_skpd(musrenbang=assigned_event, skpd=works_agency, by=cast["bu_pmd"])
    send, client = Pengiriman.objects.get(), masuk("orang_skpd")
    assert "1 belum dinyatakan diterima" in client.get("/skpd/").content.decode()
    for _ in range(2):
        client.post(f"/skpd/terima/{send.pk}/")
    send.refresh_from_db()
    assert send.nomor_terima.startswith("000.7.2/52.03.04/001/TT-SKPD/")
    assert send.penerima == str(cast["orang_skpd"])
    assert JejakAudit.objects.filter(aksi="pengiriman.diterima").count() == 1
    assert client.get(f"/skpd/surat/{send.pk}/").content.startswith(b"%PDF")
    html = masuk("bu_pmd").get(url(assigned_event, "rkp/pemilahan/?status=ditetapkan")).content.decode()
    assert send.nomor_terima in html


def test_a_letter_to_another_skpd_is_not_found(assigned_event, cast, masuk):
    other = Pilahan.objects.exclude(skpd__singkatan="Dinas PUPR").first().skpd
    send_to_skpd(musrenbang=assigned_event, skpd=other, by=cast["bu_pmd"])
    send, client = Pengiriman.objects.get(), masuk("orang_skpd")
    assert client.get(f"/skpd/surat/{send.pk}/").status_code == 404
    assert client.post(f"/skpd/terima/{send.pk}/").status_code == 404
    send.refresh_from_db()
    assert not send.nomor_terima


def test_a_letter_brought_by_hand_is_received_by_name(assigned_event, works_agency, cast, masuk):
    send_to_skpd(musrenbang=assigned_event, skpd=works_agency, by=cast["bu_pmd"])
    send, client = Pengiriman.objects.get(), masuk("bu_pmd")
    html = client.post(url(assigned_event, f"rkp/pemilahan/terima/{send.pk}/"), {"penerima": " "}, follow=True)
    assert "Tuliskan nama yang menerima surat." in html.content.decode()
    client.post(url(assigned_event, f"rkp/pemilahan/terima/{send.pk}/"), {"penerima": "Bagian Umum Dinas PUPR"})
    send.refresh_from_db()
    assert send.penerima == "Bagian Umum Dinas PUPR"
    receive_works(pengiriman=send, by=cast["orang_skpd"])
    send.refresh_from_db()
    assert send.penerima == "Bagian Umum Dinas PUPR"


def test_an_answer_is_a_receipt(assigned_event, works_agency, cast, masuk):
    send_to_skpd(musrenbang=assigned_event, skpd=works_agency, by=cast["bu_pmd"])
    p = works_of(works_agency).first()
    masuk("orang_skpd").post(f"/skpd/{p.pk}/jawab/", {"jawaban": "diakomodir", "versi": 0})
    assert Pengiriman.objects.get().nomor_terima


def test_what_is_sorted_again_goes_with_a_letter_of_its_own(assigned_event, works_agency, cast):
    by = cast["bu_pmd"]
    send_all(assigned_event, by)
    assert all_sent(assigned_event)[0].wajib is False
    p = works_of(works_agency).first()
    requeue_pilahan(pilahan=p, by=by, alasan="Salah pilih.")
    p.refresh_from_db()
    assert p.pengiriman is None
    other = Skpd.objects.exclude(pk=works_agency.pk).filter(pengiriman__isnull=False).first()
    choose_skpd(pilahan=p, versi=p.versi, by=by, skpd=other)
    assert not works_of(other).filter(pk=p.pk).exists()
    with pytest.raises(Incomplete, match="1 kegiatan belum dikirim"):
        advance_musrenbang(musrenbang=assigned_event, dari=Tahap.PEMILAHAN, ke=Tahap.SELESAI, by=cast["pak_sekcam"])
    surat = send_to_skpd(musrenbang=assigned_event, skpd=other, by=by)
    assert surat.versi == 2
    assert works_of(other).filter(pk=p.pk).exists()
    with pytest.raises(Refused, match="sudah dikirim"):
        send_to_skpd(musrenbang=assigned_event, skpd=works_agency, by=by)
    advance_musrenbang(musrenbang=assigned_event, dari=Tahap.PEMILAHAN, ke=Tahap.SELESAI, by=cast["pak_sekcam"])


def test_a_refused_sending_takes_no_number(assigned_event, works_agency, cast):
    send_to_skpd(musrenbang=assigned_event, skpd=works_agency, by=cast["bu_pmd"])
    p = works_of(works_agency).first()
    requeue_pilahan(pilahan=p, by=cast["bu_pmd"], alasan="Salah pilih.")
    with pytest.raises(Refused):
        send_to_skpd(musrenbang=assigned_event, skpd=works_agency, by=cast["bu_pmd"])
    assert Dokumen.objects.filter(jenis="usulan_skpd", bagian=str(works_agency.pk)).count() == 1


def test_a_letter_without_its_pdf_is_sent_and_made_when_it_is_opened(
    assigned_event, works_agency, cast, masuk, monkeypatch
):
    def gagal(*_):
        raise Refused("Media penyimpanan penuh.")

    with monkeypatch.context() as m:
        m.setattr("berita_acara.services.issue.store_dokumen", gagal)
        with pytest.raises(Refused, match="penuh"):
            send_to_skpd(musrenbang=assigned_event, skpd=works_agency, by=cast["bu_pmd"])
    send = Pengiriman.objects.get()
    assert not send.surat.sha256
    assert masuk("orang_skpd").get(f"/skpd/surat/{send.pk}/").content.startswith(b"%PDF")


def test_queries_do_not_grow_with_skpd(assigned_event, cast, django_assert_num_queries):
    send_all(assigned_event, cast["bu_pmd"])
    with django_assert_num_queries(2):
        assert len(list_sendings(assigned_event)) > 2
