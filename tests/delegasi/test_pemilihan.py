"""Delegates by count: control totals, ties, reserves; replacement; a composition of the event's own."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berita_acara.services import issue_berita_acara, issue_dokumen
from delegasi import queries, services
from delegasi.komposisi import Aturan, Hitungan, check, count_faults, elect
from delegasi.models import Delegat, PemilihanDelegat, PengaturanDelegasi
from musrenbang.models import JejakAudit
from musrenbang.states import Tahap
from musrenbang.transisi import Ditolak
from tests.conftest import catat_hadir

TIGA = ("Ani", "Budi", "Citra", "Dewi", "Eko")


@pytest.fixture
def calon(acara, pindah, pemeran):
    """Five people who want the three seats of tokoh masyarakat."""
    pindah(acara, Tahap.DELEGASI)
    return {n: catat_hadir(acara, pemeran["bu_pmd"], n, "tokoh", "P" if n in ("Ani", "Dewi") else "L").pk for n in TIGA}


def pilih(acara, by, calon, suara, sah=40, putusan=None, alasan="", kunci=None, **jumlah):
    isi = {"pemilih": 60, "edar": 50, "masuk": 42, "sah": sah} | jumlah
    return services.elect_delegat(
        musrenbang=acara, by=by, unsur="tokoh", cara="kertas", alasan=alasan, kunci=kunci or uuid.uuid4(),
        hitungan=Hitungan(suara={calon[n]: s for n, s in suara.items()}, **isi),
        putusan={calon[n]: p for n, p in (putusan or {}).items()},
    )  # fmt: skip


SUARA = {"Ani": 40, "Budi": 30, "Citra": 22, "Dewi": 20, "Eko": 8}


def test_most_votes_sit_and_the_others_are_reserves(acara, calon, pemeran):
    by, kunci = pemeran["pak_sekcam"], uuid.uuid4()
    for _ in range(2):
        pilih(acara, by, calon, SUARA, kunci=kunci)
    assert list(queries.list_delegat(acara).values_list("nama", "cara")) == [
        ("Ani", "kertas"),
        ("Budi", "kertas"),
        ("Citra", "kertas"),
    ]
    assert list(queries.list_cadangan(acara).values_list("nama", "cadangan_ke")) == [("Dewi", 1), ("Eko", 2)]
    assert PemilihanDelegat.objects.get().kursi == 3
    assert JejakAudit.objects.get(aksi="delegasi.dipungut").rincian["Ani"] == 40


@pytest.mark.parametrize("ubah, kata", [
    ({"sah": 43}, "tidak boleh melebihi yang masuk"), ({"masuk": 51}, "yang diedarkan"), ({"edar": 61}, "pemilih"),
    ({"sah": 39}, "seharusnya 39 surat sah × 3 nama = 117"), ({"sah": 0, "masuk": 0}, "tidak boleh melebihi"),
])  # fmt: skip
def test_control_totals_must_agree(ubah, kata, acara, calon, pemeran):
    with pytest.raises(Ditolak, match=kata):
        pilih(acara, pemeran["pak_sekcam"], calon, SUARA, **ubah)
    assert not Delegat.objects.exists()


def test_a_tie_at_the_last_seat_wants_the_meetings_word(acara, calon, pemeran):
    by, suara = pemeran["pak_sekcam"], {"Ani": 40, "Budi": 30, "Citra": 25, "Dewi": 25}
    with pytest.raises(Ditolak, match="Suara sama di kursi terakhir: Citra, Dewi"):
        pilih(acara, by, calon, suara)
    with pytest.raises(Ditolak, match="Tuliskan bagaimana sidang memutus"):
        pilih(acara, by, calon, suara, putusan={"Dewi": 1, "Citra": 2})
    p = pilih(acara, by, calon, suara, putusan={"Dewi": 1, "Citra": 2}, alasan="Keterwakilan perempuan.")
    assert [s["nama"] for s in p.suara] == ["Ani", "Budi", "Dewi", "Citra"]
    assert p.alasan_seri == "Keterwakilan perempuan."
    with pytest.raises(Ditolak, match="sudah terisi semua"):
        pilih(acara, by, calon, {"Eko": 40}, sah=40)


def test_a_tie_above_the_last_seat_decides_nothing():
    assert elect({1: 5, 2: 5, 3: 2}, 2, {}) == ([1, 2, 3], [])
    assert elect({1: 5, 2: 4, 3: 4}, 2, {}) == ([1, 2, 3], [2, 3])
    assert elect({1: 5, 2: 4, 3: 4}, 2, {3: 1, 2: 2}) == ([1, 3, 2], [])


@given(st.dictionaries(st.integers(1, 30), st.integers(0, 20), min_size=1, max_size=8), st.integers(1, 5))
def test_nobody_with_fewer_votes_sits_before_one_with_more(suara, kursi):
    urut, seri = elect(suara, kursi, {})
    assert sorted(urut) == sorted(suara)
    assert [suara[k] for k in urut] == sorted(suara.values(), reverse=True)
    batas = suara[urut[min(kursi, len(urut)) - 1]]
    assert all(suara[k] == batas for k in seri)
    jumlah = Hitungan(99, 99, 99, 99, suara)
    assert bool(count_faults(jumlah, kursi)) == (sum(suara.values()) != 99 * min(kursi, len(suara)))


def test_a_delegate_is_replaced_with_a_reason_and_the_mandate_is_new(siap_terbit, pemeran, masuk):
    by = pemeran["pak_sekcam"]
    issue_berita_acara(musrenbang=siap_terbit, by=by)
    lama = issue_dokumen(musrenbang=siap_terbit, jenis="surat_mandat", by=by)
    baru = catat_hadir(siap_terbit, by, "Pengganti Tokoh", "tokoh", "P")
    d = Delegat.objects.get(nama="Yusran Tokoh")
    client, url = masuk("pak_sekcam"), f"/m/{siap_terbit.slug}/delegasi/{d.pk}/ganti/"
    assert "Tuliskan mengapa" in client.post(url, {"pengganti": baru.pk, "alasan": ""}, follow=True).content.decode()
    client.post(url, {"pengganti": baru.pk, "alasan": "Sakit keras."})
    ganti = Delegat.objects.get(nama="Pengganti Tokoh")
    assert (ganti.menggantikan, ganti.alasan_ganti) == ("Yusran Tokoh", "Sakit keras.")
    assert queries.composition(siap_terbit).kurang == []
    assert issue_dokumen(musrenbang=siap_terbit, jenis="surat_mandat", by=by).nomor != lama.nomor
    assert client.post(url, {"pengganti": baru.pk, "alasan": "Lagi-lagi."}).status_code == 404
    siti = Delegat.objects.get(nama="Siti Tokoh").kehadiran_id
    ulang = client.post(
        f"/m/{siap_terbit.slug}/delegasi/{ganti.pk}/ganti/", {"pengganti": siti, "alasan": "Tukar kursi."}, follow=True
    )
    assert "sudah menjadi delegat" in ulang.content.decode()


def test_a_reserve_moves_up(acara, calon, pemeran):
    by = pemeran["pak_sekcam"]
    pilih(acara, by, calon, SUARA)
    d = Delegat.objects.get(nama="Citra")
    cadangan = queries.list_cadangan(acara).first()
    services.replace_delegat(delegat=d, pengganti=cadangan.kehadiran, by=by, alasan="Mengundurkan diri.")
    assert sorted(queries.list_delegat(acara).values_list("nama", flat=True)) == ["Ani", "Budi", "Dewi"]
    assert list(queries.list_cadangan(acara).values_list("nama", flat=True)) == ["Eko"]


def test_two_people_replacing_one_delegate_fill_one_seat(acara, calon, pemeran):
    by = pemeran["pak_sekcam"]
    pilih(acara, by, calon, SUARA)
    d, sama = Delegat.objects.get(nama="Citra"), Delegat.objects.get(nama="Citra")
    dewi, eko = queries.list_cadangan(acara)
    services.replace_delegat(delegat=d, pengganti=dewi.kehadiran, by=by, alasan="Mengundurkan diri.")
    with pytest.raises(Ditolak, match="Citra baru saja diganti"):
        services.replace_delegat(delegat=sama, pengganti=eko.kehadiran, by=by, alasan="Mengundurkan diri.")
    with pytest.raises(Ditolak, match="Citra baru saja diganti"):
        services.remove_delegat(delegat=sama, by=by)
    assert queries.list_delegat(acara).count() == 3
    assert list(queries.list_cadangan(acara).values_list("nama", flat=True)) == ["Eko"]


def test_a_composition_of_its_own(acara, masuk, pindah):
    client, url = masuk("pak_sekcam"), f"/m/{acara.slug}/delegasi/susunan/"
    isi = {
        "kursi_camat": 1,
        "kursi_bkad": 1,
        "kursi_setrawan": 0,
        "kursi_kades": 1,
        "kursi_tokoh": 2,
        "min_perempuan": 2,
        "wajib_perempuan": "on",
        "versi": 0,
    }
    client.post(url, isi)
    aturan = queries.aturan_of(acara)
    assert (aturan.jumlah, aturan.kursi["kades"], aturan.wajib_perempuan) == (5, 1, True)
    basi = client.post(url, isi, follow=True)
    assert "Orang lain baru saja" in basi.content.decode()
    for salah, kata in (
        ({"min_perempuan": 9, "versi": 1}, "tidak boleh melebihi jumlah kursi"),
        ({"kursi_tokoh": "x", "versi": 1}, "bilangan bulat"),
    ):
        assert kata in client.post(url, isi | salah, follow=True).content.decode()
    nol = {f"kursi_{u}": 0 for u in ("camat", "bkad", "setrawan", "kades", "tokoh")}
    assert "1 sampai 30" in client.post(url, isi | nol | {"min_perempuan": 0, "versi": 1}, follow=True).content.decode()
    assert masuk("pemandu").post(url, isi).status_code == 403
    pindah(acara, Tahap.PENANDATANGANAN)
    assert "tidak dapat diubah lagi" in client.post(url, isi | {"versi": 1}, follow=True).content.decode()
    assert PengaturanDelegasi.objects.get().versi == 1


def test_women_as_a_condition():
    wajib = Aturan({"tokoh": 2}, 1, True)
    assert check([("tokoh", "L"), ("tokoh", "L")], wajib).kurang == ["Perempuan 0 orang, harus sekurang-kurangnya 1."]
    assert check([("tokoh", "L"), ("tokoh", "P")], wajib).kurang == []


def test_the_count_page(acara, calon, masuk):
    client, url = masuk("pak_sekcam"), f"/m/{acara.slug}/delegasi/hitung/"
    isi = {
        "unsur": "tokoh",
        "cara": "tangan",
        "pemilih": "60",
        "edar": "40",
        "masuk": "40",
        "sah": "40",
        "kunci": str(uuid.uuid4()),
    }
    isi |= {f"s-{calon[n]}": str(s) for n, s in SUARA.items()}
    assert "bukan bilangan bulat" in client.post(url, isi | {"sah": "empat"}, follow=True).content.decode()
    assert "Pilih kursi dan cara" in client.post(url, isi | {"cara": "undi"}, follow=True).content.decode()
    for _ in range(2):
        assert "3 kursi terisi menurut 40 surat sah" in client.post(url, isi, follow=True).content.decode()
    assert Delegat.objects.count() == 5
    assert masuk("pemandu").post(url, isi).status_code == 403
    assert masuk("orang_luar").post(url, isi).status_code == 404
