"""Bappeda's review work by work: what is worth a look, a note on each, and what it costs."""

import uuid

import pytest

from musrenbang.models import Kecamatan, Musrenbang, ProgramMasuk
from musrenbang.persiapan.services.acara import schedule_musrenbang
from rkp.models import BarisVersi, Keputusan, Rkp, RkpVersi
from tests.halaman import flat
from tindak_lanjut.models import Catatan, Penyampaian
from tindak_lanjut.queries.periksa import kind_of, review_rows
from usulan.models import Usulan


def tanda(acara):
    versi = Penyampaian.objects.first().versi
    return {p.baris.nomor: " ".join(p.tanda) for p in review_rows(acara, versi)}


def other_acara(asal: Musrenbang, kecamatan: Kecamatan, tahun: int, by, price: int, count: int = 5) -> RkpVersi:
    """Another event whose approved plan holds ``banyak`` works like No. 1, at so many rupiah per unit."""
    m = schedule_musrenbang(kecamatan=kecamatan, tahun_pelaksanaan=tahun, by=by)
    rkp = Rkp.objects.create(musrenbang=m)
    versi = RkpVersi.objects.create(rkp=rkp, jenis="disahkan", nomor=1, sha256="x", dibuat_oleh=by)
    example = BarisVersi.objects.filter(rkp_versi__rkp__musrenbang=asal, nomor=1).first()
    for i in range(1, count + 1):
        BarisVersi.objects.create(
            rkp_versi=versi,
            asal_baris=example.asal_baris,
            asal="uji",
            nomor=i,
            kegiatan=example.kegiatan,
            satuan=example.satuan,
            volume=10,
            biaya=10 * price,
            desa=example.desa,
            keputusan=Keputusan.DISEPAKATI,
        )
    return versi


@pytest.fixture
def other_event(submitted_event, kabupaten):
    return Kecamatan.objects.create(kode="52.03.90", nama="Lain", kabupaten=kabupaten)


@pytest.mark.parametrize(
    ("one", "same"),
    [
        ("Pembangunan jalan usaha tani Dusun I", "Rehab Jalan Usaha Tani blok 2"),
        ("Rabat beton gang 3", "Lanjutan rabat beton RT 04"),
    ],
)
def test_works_of_a_kind_are_known_by_the_thing_and_the_unit(one, same):
    assert kind_of(one, "m") == kind_of(same, "M")
    assert kind_of(one, "m") != kind_of(same, "unit")
    assert kind_of(one, "m") != kind_of("Jembatan gantung", "m")


@pytest.mark.parametrize(("times_text", "visible"), [(1, False), (1.9, False), (2, True), (0.6, False), (0.5, True)])
def test_a_price_far_from_the_others_is_shown(submitted_event, other_event, cast, times_text, visible):
    one = BarisVersi.objects.filter(rkp_versi=Penyampaian.objects.get().versi, nomor=1).get()
    price = int(one.biaya / one.volume)
    other_acara(submitted_event, other_event, 2026, cast["bu_bappeda"], round(price / times_text))
    kata = tanda(submitted_event)
    assert ("kali nilai tengah 5 kegiatan sejenis di kecamatan lain" in kata[1]) == visible
    assert "nilai tengah" not in kata[2]


def test_few_other_works_say_nothing(submitted_event, other_event, cast):
    other_acara(submitted_event, other_event, 2026, cast["bu_bappeda"], 1, count=4)
    assert "nilai tengah" not in tanda(submitted_event)[1]


def test_what_is_missing_grew_is_paid_or_was_there_last_year(submitted_event, other_event, cast):
    versi = Penyampaian.objects.get().versi
    baris = {b.nomor: b for b in BarisVersi.objects.filter(rkp_versi=versi)}
    BarisVersi.objects.filter(pk=baris[2].pk).update(volume=None, lokasi="")
    BarisVersi.objects.filter(pk=baris[3].pk).update(biaya=baris[3].biaya * 2)
    program = ProgramMasuk.objects.create(musrenbang=submitted_event, nama="DAK Air Minum", instansi="Dinas")
    Usulan.objects.filter(sumber_baris__baris=baris[4].asal_baris_id).update(program=program)
    other_acara(submitted_event, submitted_event.kecamatan, 2025, cast["bu_bappeda"], 1000, count=1)
    kata = tanda(submitted_event)
    assert "Belum diisi: volume, lokasi." in kata[2]
    assert "Naik dari Rp" in kata[3]
    assert "sudah didanai DAK Air Minum" in kata[4]
    assert "Tahun lalu disepakati yang sejenis di desa ini: No. 1, Rp" in kata[1]
    assert kata[5] == "", "what was not agreed is not looked at"


def test_a_note_is_written_on_the_work_and_one_comes_back_to_it(submitted_event, masuk):
    url, client = f"/m/{submitted_event.slug}/tindak-lanjut/", masuk("bu_bappeda")
    html = client.get(f"{url}pemeriksaan/?lihat=semua").content.decode()
    assert "Tulis catatan" in html
    back = f"{url}pemeriksaan/?lihat=semua#b3"
    contents = {"isi": "Volume tidak wajar.", "nomor": 3, "kunci": uuid.uuid4(), "kembali": back}
    for _ in range(2):
        assert client.post(f"{url}catatan/bappeda/", contents).headers["Location"] == back
    assert Catatan.objects.get().baris.nomor == 3
    response = client.post(f"{url}catatan/bappeda/", contents | {"kunci": uuid.uuid4(), "kembali": "//jahat.example/"})
    assert response.headers["Location"] == f"{url}penyampaian/"
    catatan = client.get(f"{url}pemeriksaan/?lihat=catatan").content.decode()
    assert "Volume tidak wajar." in catatan
    assert "belum dijawab" in catatan
    assert "Ada catatan (1)" in catatan
    assert "Tulis catatan" not in masuk("bu_pmd").get(f"{url}pemeriksaan/?lihat=semua").content.decode()


def test_it_is_searched_and_says_when_nothing_is_there(submitted_event, approved_event, masuk):
    client, url = masuk("bu_bappeda"), f"/m/{submitted_event.slug}/tindak-lanjut/pemeriksaan/"
    one = BarisVersi.objects.filter(rkp_versi=Penyampaian.objects.get().versi, nomor=1).get()
    existing = client.get(url, {"lihat": "semua", "cari": one.kegiatan[:12]}).content.decode()
    assert one.kegiatan in existing
    assert "Tidak ada yang cocok." in client.get(url, {"lihat": "semua", "cari": "zzzz"}).content.decode()
    assert "Tidak ada yang perlu dicermati khusus." in flat(client.get(url, {"lihat": "tanda"}))
    Penyampaian.objects.all().delete()
    assert "Belum disampaikan" in client.get(url).content.decode()


@pytest.mark.parametrize("n", [1, 3])
def test_queries_do_not_grow_with_works_or_kecamatan(
    submitted_event, kabupaten, masuk, cast, n, django_assert_num_queries
):
    for i in range(n):
        k = Kecamatan.objects.create(kode=f"52.03.9{i}", nama=f"Kecamatan {i}", kabupaten=kabupaten)
        other_acara(submitted_event, k, 2026, cast["bu_bappeda"], 100_000)
    client = masuk("bu_bappeda")
    with django_assert_num_queries(13):
        client.get(f"/m/{submitted_event.slug}/tindak-lanjut/pemeriksaan/")
