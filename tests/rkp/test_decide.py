"""Deciding a row: each outcome with what it requires."""

from decimal import Decimal

import pytest

from musrenbang.models import JejakAudit
from musrenbang.persiapan.services.acara import schedule_musrenbang
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from rkp.izin import BOLEH_KEPUTUSAN
from rkp.models import Keputusan
from rkp.services.keputusan import decide_baris
from tests.conftest import content_putusan

ALASAN = {"alasan_kode": "lahan", "alasan": "Lahan milik perorangan."}
UBAH = {"volume": Decimal(400), "biaya": 84_000_000}
ATURAN = [
    # decision, reason, change -> allowed, or the words of the refusal
    (Keputusan.DISEPAKATI, {}, {}, None),
    (Keputusan.DISEPAKATI, {}, UBAH, "berbeda dari draf"),
    (Keputusan.DENGAN_PERUBAHAN, ALASAN, UBAH, None),
    (Keputusan.DENGAN_PERUBAHAN, ALASAN, {"lokasi": "Dusun II"}, None),
    (Keputusan.DENGAN_PERUBAHAN, ALASAN, {"kegiatan": "Jalan usaha tani lanjutan"}, None),
    (Keputusan.DENGAN_PERUBAHAN, ALASAN, {}, "Belum ada yang diubah"),
    (Keputusan.DENGAN_PERUBAHAN, {}, UBAH, "memerlukan alasan"),
    (Keputusan.CADANGAN, ALASAN, {}, None),
    (Keputusan.CADANGAN, {}, {}, "memerlukan alasan"),
    (Keputusan.BELUM_DISEPAKATI, ALASAN, {}, None),
    (Keputusan.BELUM_DISEPAKATI, {}, {}, "memerlukan alasan"),
    (Keputusan.BELUM_DISEPAKATI, {"alasan_kode": "lahan"}, {}, "memerlukan alasan"),
    (Keputusan.BELUM_DISEPAKATI, {"alasan": "Lahan milik perorangan."}, {}, "memerlukan alasan"),
    (Keputusan.BELUM_DISEPAKATI, ALASAN, UBAH, "berbeda dari draf"),
    (Keputusan.DISEPAKATI, {}, {"kegiatan": "  "}, "tidak boleh kosong"),
]


@pytest.fixture
def baris(acara, draft_event, move_event):
    move_event(acara, Tahap.KELOMPOK)
    return draft_event.baris.get(nomor=1)


@pytest.mark.parametrize("keputusan, alasan, change, reject", ATURAN)
def test_each_outcome(keputusan, alasan, change, reject, baris, cast):
    content = content_putusan(baris, keputusan=keputusan, **alasan, **change)
    if reject:
        with pytest.raises(Refused, match=reject):
            decide_baris(baris=baris, by=cast["pemandu"], **content)
        baris.refresh_from_db()
        assert (baris.keputusan, baris.versi) == (Keputusan.BELUM_DIBAHAS, 1)
        assert not JejakAudit.objects.filter(aksi="rkp.diputuskan").exists()
    else:
        decide_baris(baris=baris, by=cast["pemandu"], **content)
        baris.refresh_from_db()
        assert (baris.keputusan, baris.versi) == (keputusan, 2)
        jejak = JejakAudit.objects.get(aksi="rkp.diputuskan")
        assert (jejak.dari, jejak.ke, jejak.pelaku) == ("belum_dibahas", keputusan, cast["pemandu"])
        for nama, nilai in change.items():
            assert getattr(baris, nama) == nilai
            assert jejak.rincian[nama][1] == str(nilai)


def test_the_database_itself_wants_the_reason(baris):
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        type(baris).objects.filter(pk=baris.pk).update(keputusan=Keputusan.BELUM_DISEPAKATI)


def _send(client, acara, baris, **change):
    content = {
        "versi": 1,
        "keputusan": "disepakati",
        "kegiatan": baris.kegiatan,
        "lokasi": baris.lokasi,
        "volume": "500",
        "satuan": "m",
        "biaya": "105.000.000",
        "alasan_kode": "",
        "alasan": "",
    } | change
    return client.post(f"/m/{acara.slug}/rkp/baris/{baris.pk}/putuskan/", content, headers=change.pop("headers", None))


def test_the_page_decides_and_a_repeated_click_changes_nothing(acara, baris, masuk):
    client = masuk("pemandu")
    assert _send(client, acara, baris).status_code == 302
    response = _send(client, acara, baris)
    assert response.status_code == 422
    assert ": sekarang “Disepakati”" in response.content.decode()
    assert JejakAudit.objects.filter(aksi="rkp.diputuskan").count() == 1


def test_htmx_swaps_the_row_and_keeps_a_refused_form(acara, baris, masuk):
    client, url = masuk("pemandu"), f"/m/{acara.slug}/rkp/baris/{baris.pk}/"
    head_of = {"HX-Request": "true"}
    assert "<h1" not in client.get(url, headers=head_of).content.decode()
    contents = {
        "versi": 1,
        "keputusan": "belum_disepakati",
        "kegiatan": baris.kegiatan,
        "lokasi": baris.lokasi,
        "volume": "500",
        "satuan": "m",
        "biaya": "105.000.000",
        "alasan_kode": "",
        "alasan": "kurang",
    }
    response = client.post(url + "putuskan/", contents, headers=head_of)
    assert (response.status_code, "memerlukan alasan" in response.content.decode()) == (422, True)
    assert "kurang</textarea>" in response.content.decode()
    response = client.post(
        url + "putuskan/", contents | {"alasan_kode": "lahan", "alasan": "Lahan sengketa."}, headers=head_of
    )
    assert response.status_code == 200
    assert "Lahan bermasalah atau milik pihak lain: Lahan sengketa." in response.content.decode()


@pytest.mark.parametrize(
    "nama, status",
    [
        ("pak_camat", 403),
        ("bu_bappeda", 403),
        ("operator_desa", 403),
        ("orang_skpd", 403),
        ("admin", 403),
        ("orang_luar", 404),
    ],
)
def test_wrong_people(nama, status, acara, baris, masuk):
    assert _send(masuk(nama), acara, baris).status_code == status
    baris.refresh_from_db()
    assert baris.versi == 1


@pytest.mark.parametrize("tahap", [t for t in Tahap if t not in BOLEH_KEPUTUSAN])
def test_only_while_it_is_being_discussed(tahap, acara, baris, move_event, cast):
    from musrenbang.models import Musrenbang

    Musrenbang.objects.filter(pk=acara.pk).update(tahap=tahap)
    with pytest.raises(Refused, match="sekarang pada tahap"):
        decide_baris(baris=baris, by=cast["pemandu"], **content_putusan(baris))


def test_deciding_takes_post(acara, baris, masuk):
    assert masuk("pemandu").get(f"/m/{acara.slug}/rkp/baris/{baris.pk}/putuskan/").status_code == 405


def test_agreeing_many_needs_no_script_and_leaves_rows_that_changed_since_alone(acara, draft_event, baris, masuk, cast):
    everything = [f"{pk}-1" for pk in draft_event.baris.values_list("pk", flat=True)]
    decide_baris(baris=baris, by=cast["pemandu"], **content_putusan(baris, keputusan="cadangan", **ALASAN))
    client, url = masuk("pemandu"), f"/m/{acara.slug}/rkp/tabel/bersama/"
    response = client.post(url, {"baris": everything, "keputusan": "disepakati"}, follow=True).content.decode()
    assert f"4 kegiatan: Disepakati. Baru diubah orang lain, jadi tidak diubah: no. {baris.nomor}." in response
    assert "Biayanya belum ada, jadi tidak diubah: no. 5." in response
    response = client.post(url, {"baris": everything, "keputusan": "disepakati"}, follow=True).content.decode()
    assert "Tidak ada yang berubah." in response
    assert draft_event.baris.filter(keputusan=Keputusan.CADANGAN).count() == 1
    page = client.post(url, {"keputusan": "disepakati"}, follow=True).content.decode()
    assert "Belum ada kegiatan yang dicentang" in page


def test_rows_of_another_event_are_not_touched(acara, draft_event, baris, masuk, kabupaten, cast):
    from musrenbang.models import Keanggotaan, Kecamatan

    other = Kecamatan.objects.create(kode="52.03.05", nama="Terara", kabupaten=kabupaten)
    schedule_musrenbang(kecamatan=other, tahun_pelaksanaan=2026, by=cast["bu_bappeda"])
    Keanggotaan.objects.create(pengguna=cast["orang_luar"], peran="pemandu", kecamatan=other)
    client = masuk("orang_luar")
    assert client.get(f"/m/terara-2027/rkp/baris/{baris.pk}/").status_code == 404
    assert client.post(f"/m/terara-2027/rkp/baris/{baris.pk}/putuskan/", {}).status_code == 404


def test_the_forms_carry_the_version_that_was_seen(acara, baris, masuk):
    contents = masuk("pemandu").get(f"/m/{acara.slug}/rkp/baris/{baris.pk}/").content.decode()
    assert contents.count('name="versi" value="1"') == 3  # decide, place, merge
    response = _send(masuk("pemandu"), acara, baris, versi="")
    assert "Formulir ini tidak lengkap" in response.content.decode()
