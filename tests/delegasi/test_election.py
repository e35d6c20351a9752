"""Delegates by count: control totals, ties, reserves; replacement; a composition of the event's own."""

import re
import uuid

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from alur.periksa_counts import check_delegates
from berita_acara.services.issue import issue_berita_acara, issue_dokumen
from delegasi import queries, services
from delegasi.cetakan import daftar_delegasi
from delegasi.komposisi import Rules, Tally, check, count_faults, elect
from delegasi.models import Delegat, PemilihanDelegat, PengaturanDelegasi
from musrenbang.models import JejakAudit
from musrenbang.sidang.models import Kehadiran
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from tests.conftest import record_attendance
from tests.halaman import flat

TIGA = ("Ani", "Budi", "Citra", "Dewi", "Eko")


@pytest.fixture
def calon(acara, move_event, cast):
    """Five people who want the three seats of tokoh masyarakat, and seventy more in the hall."""
    move_event(acara, Tahap.DELEGASI)
    Kehadiran.objects.bulk_create(
        Kehadiran(
            musrenbang=acara,
            nama=f"Hadirin {i}",
            unsur="lpm",
            lembaga="LPM",
            jenis_kelamin="L",
            dicatat_oleh=cast["bu_pmd"],
        )
        for i in range(70)
    )
    return {
        n: record_attendance(acara, cast["bu_pmd"], n, "tokoh", "P" if n in ("Ani", "Dewi") else "L").pk for n in TIGA
    }


def choose(acara, by, calon, suara, sah=40, putusan=None, alasan="", kunci=None, unsur="tokoh", sebab=None, **jumlah):
    content = {"pemilih": 60, "edar": 50, "masuk": 42, "sah": sah} | jumlah
    return services.elect_delegat(
        musrenbang=acara,
        by=by,
        unsur=unsur,
        cara="kertas",
        alasan=alasan,
        kunci=kunci or uuid.uuid4(),
        alasan_unsur=dict.fromkeys(calon.values(), sebab or ""),
        count=Tally(suara={calon[n]: s for n, s in suara.items()}, **content),
        putusan={calon[n]: p for n, p in (putusan or {}).items()},
    )


SUARA = {"Ani": 40, "Budi": 30, "Citra": 22, "Dewi": 20, "Eko": 8}


def test_most_votes_sit_and_the_others_are_reserves(acara, calon, cast):
    by, kunci = cast["pak_sekcam"], uuid.uuid4()
    for _ in range(2):
        choose(acara, by, calon, SUARA, kunci=kunci)
    assert list(queries.list_delegat(acara).values_list("nama", "cara")) == [
        ("Ani", "kertas"),
        ("Budi", "kertas"),
        ("Citra", "kertas"),
    ]
    assert list(queries.list_reserves(acara).values_list("nama", "cadangan_ke")) == [("Dewi", 1), ("Eko", 2)]
    assert PemilihanDelegat.objects.get().kursi == 3
    assert JejakAudit.objects.get(aksi="delegasi.dipungut").rincian["Ani"] == 40


@pytest.mark.parametrize(
    "change, kata",
    [
        ({"pemilih": 500}, "Pemilih 500 orang, padahal yang tercatat hadir 75"),
        ({"sah": 43}, "tidak boleh melebihi yang masuk"),
        ({"masuk": 51}, "yang diedarkan"),
        ({"edar": 61}, "pemilih"),
        ({"sah": 39}, "seharusnya 39 surat sah × 3 nama = 117"),
        ({"sah": 0, "masuk": 0}, "tidak boleh melebihi"),
    ],
)
def test_control_totals_must_agree(change, kata, acara, calon, cast):
    with pytest.raises(Refused, match=kata):
        choose(acara, cast["pak_sekcam"], calon, SUARA, **change)
    assert not Delegat.objects.exists()


def test_a_tie_at_the_last_seat_wants_the_meetings_word(acara, calon, cast):
    by, suara = cast["pak_sekcam"], {"Ani": 40, "Budi": 30, "Citra": 25, "Dewi": 25}
    with pytest.raises(Refused, match="Suara sama di kursi terakhir: Citra, Dewi"):
        choose(acara, by, calon, suara)
    with pytest.raises(Refused, match="Tuliskan bagaimana sidang memutus"):
        choose(acara, by, calon, suara, putusan={"Dewi": 1, "Citra": 2})
    p = choose(acara, by, calon, suara, putusan={"Dewi": 1, "Citra": 2}, alasan="Keterwakilan perempuan.")
    assert [s["nama"] for s in p.suara] == ["Ani", "Budi", "Dewi", "Citra"]
    assert p.alasan_seri == "Keterwakilan perempuan."
    with pytest.raises(Refused, match="sudah terisi semua"):
        choose(acara, by, calon, {"Eko": 40}, sah=40)


def test_a_tie_above_the_last_seat_decides_nothing():
    assert elect({1: 5, 2: 5, 3: 2}, 2, {}) == ([1, 2, 3], [])
    assert elect({1: 5, 2: 4, 3: 4}, 2, {}) == ([1, 2, 3], [2, 3])
    assert elect({1: 5, 2: 4, 3: 4}, 2, {3: 1, 2: 2}) == ([1, 3, 2], [])


@given(st.dictionaries(st.integers(1, 30), st.integers(0, 20), min_size=1, max_size=8), st.integers(1, 5))
def test_nobody_with_fewer_votes_sits_before_one_with_more(suara, kursi):
    order, seri = elect(suara, kursi, {})
    assert sorted(order) == sorted(suara)
    assert [suara[k] for k in order] == sorted(suara.values(), reverse=True)
    batas = suara[order[min(kursi, len(order)) - 1]]
    assert all(suara[k] == batas for k in seri)
    jumlah = Tally(99, 99, 99, 99, suara)
    assert bool(count_faults(jumlah, kursi, 99)) == (sum(suara.values()) != 99 * min(kursi, len(suara)))


def test_a_delegate_is_replaced_with_a_reason_and_the_mandate_is_new(ready_to_issue, cast, masuk):
    by = cast["pak_sekcam"]
    issue_berita_acara(musrenbang=ready_to_issue, by=by)
    lama = issue_dokumen(musrenbang=ready_to_issue, jenis="surat_mandat", by=by)
    baru = record_attendance(ready_to_issue, by, "Pengganti Tokoh", "tokoh", "P")
    d = Delegat.objects.get(nama="Yusran Tokoh")
    client, url = masuk("pak_sekcam"), f"/m/{ready_to_issue.slug}/delegasi/{d.pk}/ganti/"
    assert "Tuliskan mengapa" in client.post(url, {"pengganti": baru.pk, "alasan": ""}, follow=True).content.decode()
    client.post(url, {"pengganti": baru.pk, "alasan": "Sakit keras."})
    ganti = Delegat.objects.get(nama="Pengganti Tokoh")
    assert (ganti.menggantikan, ganti.alasan_ganti) == ("Yusran Tokoh", "Sakit keras.")
    assert queries.composition(ready_to_issue).kurang == []
    assert issue_dokumen(musrenbang=ready_to_issue, jenis="surat_mandat", by=by).nomor != lama.nomor
    assert client.post(url, {"pengganti": baru.pk, "alasan": "Lagi-lagi."}).status_code == 404
    first_guest = Delegat.objects.get(nama="Siti Tokoh").kehadiran_id
    ulang = client.post(
        f"/m/{ready_to_issue.slug}/delegasi/{ganti.pk}/ganti/",
        {"pengganti": first_guest, "alasan": "Tukar kursi."},
        follow=True,
    )
    assert "sudah menjadi anggota delegasi" in ulang.content.decode()


def test_a_reserve_moves_up(acara, calon, cast):
    by = cast["pak_sekcam"]
    choose(acara, by, calon, SUARA)
    d = Delegat.objects.get(nama="Citra")
    reserve = queries.list_reserves(acara).first()
    services.replace_delegat(delegat=d, substitute=reserve.kehadiran, by=by, alasan="Mengundurkan diri.")
    assert sorted(queries.list_delegat(acara).values_list("nama", flat=True)) == ["Ani", "Budi", "Dewi"]
    assert list(queries.list_reserves(acara).values_list("nama", flat=True)) == ["Eko"]


def test_two_people_replacing_one_delegate_fill_one_seat(acara, calon, cast):
    by = cast["pak_sekcam"]
    choose(acara, by, calon, SUARA)
    d, same = Delegat.objects.get(nama="Citra"), Delegat.objects.get(nama="Citra")
    second_guest, third_guest = queries.list_reserves(acara)
    services.replace_delegat(delegat=d, substitute=second_guest.kehadiran, by=by, alasan="Mengundurkan diri.")
    with pytest.raises(Refused, match="Citra baru saja diganti"):
        services.replace_delegat(delegat=same, substitute=third_guest.kehadiran, by=by, alasan="Mengundurkan diri.")
    with pytest.raises(Refused, match="Citra baru saja diganti"):
        services.remove_delegat(delegat=same, by=by)
    assert queries.list_delegat(acara).count() == 3
    assert list(queries.list_reserves(acara).values_list("nama", flat=True)) == ["Eko"]


def test_a_composition_of_its_own(acara, masuk, move_event):
    client, url = masuk("pak_sekcam"), f"/m/{acara.slug}/delegasi/susunan/"
    contents = {
        "kursi_camat": 1,
        "kursi_bkad": 1,
        "kursi_setrawan": 0,
        "kursi_kades": 1,
        "kursi_tokoh": 2,
        "min_perempuan": 2,
        "wajib_perempuan": "on",
        "versi": 0,
    }
    client.post(url, contents)
    aturan = queries.rules_of(acara)
    assert (aturan.jumlah, aturan.kursi["kades"], aturan.wajib_perempuan) == (5, 1, True)
    stale = client.post(url, contents, follow=True)
    assert "sudah mengubah" in stale.content.decode()
    for wrong, kata in (
        ({"min_perempuan": 9, "versi": 1}, "tidak boleh melebihi jumlah kursi"),
        ({"kursi_tokoh": "x", "versi": 1}, "bilangan bulat"),
    ):
        assert kata in client.post(url, contents | wrong, follow=True).content.decode()
    zero = {f"kursi_{u}": 0 for u in ("camat", "bkad", "setrawan", "kades", "tokoh")}
    assert (
        "1 sampai 30"
        in client.post(url, contents | zero | {"min_perempuan": 0, "versi": 1}, follow=True).content.decode()
    )
    assert masuk("pemandu").post(url, contents).status_code == 403
    move_event(acara, Tahap.PENANDATANGANAN)
    assert "tidak dapat diubah" in client.post(url, contents | {"versi": 1}, follow=True).content.decode()
    assert PengaturanDelegasi.objects.get().versi == 1


def test_women_as_a_condition():
    required = Rules({"tokoh": 2}, 1, True)
    assert check([("tokoh", "L"), ("tokoh", "L")], required).kurang == [
        "Perempuan 0 orang, harus sekurang-kurangnya 1."
    ]
    assert check([("tokoh", "L"), ("tokoh", "P")], required).kurang == []


def test_the_count_page(acara, calon, masuk):
    client, url = masuk("pak_sekcam"), f"/m/{acara.slug}/delegasi/hitung/"
    contents = {
        "unsur": "tokoh",
        "cara": "tangan",
        "pemilih": "60",
        "edar": "40",
        "masuk": "40",
        "sah": "40",
        "kunci": str(uuid.uuid4()),
    }
    contents |= {f"s-{calon[n]}": str(s) for n, s in SUARA.items()}
    assert "bukan bilangan bulat" in client.post(url, contents | {"sah": "empat"}, follow=True).content.decode()
    assert "Pilih kursi dan cara" in client.post(url, contents | {"cara": "undi"}, follow=True).content.decode()
    for kata in ("3 kursi terisi menurut 40 surat sah", "3 kursi sudah terisi menurut 40 surat sah sebelumnya"):
        assert kata in client.post(url, contents, follow=True).content.decode()
    assert Delegat.objects.count() == 5
    assert masuk("pemandu").post(url, contents).status_code == 403
    assert masuk("orang_luar").post(url, contents).status_code == 404


def test_a_wrong_count_is_annulled_with_a_reason_and_stays_on_record(acara, calon, cast, masuk):
    by = cast["pak_sekcam"]
    p = choose(acara, by, calon, SUARA)
    client, url = masuk("pak_sekcam"), f"/m/{acara.slug}/delegasi/hitung/{p.pk}/batal/"
    assert "Tuliskan mengapa" in client.post(url, {"alasan": ""}, follow=True).content.decode()
    assert Delegat.objects.count() == 5
    d = queries.list_delegat(acara).first()
    with pytest.raises(Refused, match=r"Ani dipilih dengan suara\. Batalkan hitungannya"):
        services.remove_delegat(delegat=d, by=by)
    assert (
        "3 anggota delegasi"
        in client.post(url, {"alasan": "Dua surat terhitung dua kali."}, follow=True).content.decode()
    )
    assert not Delegat.objects.exists()
    p.refresh_from_db()
    assert (p.status, p.alasan_batal) == ("dibatalkan", "Dua surat terhitung dua kali.")
    assert JejakAudit.objects.get(aksi="pemilihandelegat.status").alasan == p.alasan_batal
    assert "Sudah" in client.post(url, {"alasan": "Sekali lagi."}, follow=True).content.decode()
    right = choose(acara, by, calon, SUARA | {"Dewi": 21, "Eko": 7})
    assert queries.list_delegat(acara).count() == 3
    contents = daftar_delegasi(acara)
    assert [(h["batal"], h["hadir"], h["sah"]) for h in contents["hitungan"]] == [
        (p.alasan_batal, 75, 40),
        ("", 75, 40),
    ]
    assert contents["hitungan"][1]["suara"][0] == {"nama": "Ani", "suara": 40, "hasil": "terpilih"}
    assert contents["hitungan"][1]["suara"][-1] == {"nama": "Eko", "suara": 7, "hasil": "cadangan 2"}
    html = flat(render_to_string("pdf/_daftar_delegasi.html", {"isi": contents, "kepala": {}}))
    for kata in ("Hadir 75, pemilih 60, surat diedarkan 50, masuk 42, sah 40", "Dua surat terhitung dua kali."):
        assert kata in html
    assert masuk("pemandu").post(url, {"alasan": "Coba saja."}).status_code == 403
    Delegat.objects.filter(pemilihan=right).update(pemilihan=p)
    assert any("hitungan yang dibatalkan" in k for k in check_delegates(acara))


def test_who_lost_one_seat_stands_for_another(acara, calon, cast):
    by = cast["pak_sekcam"]
    services.save_composition(
        musrenbang=acara,
        by=by,
        versi=0,
        min_perempuan=0,
        wajib_perempuan=False,
        kursi={"camat": 0, "bkad": 1, "setrawan": 0, "kades": 0, "tokoh": 2},
    )
    choose(acara, by, calon, {"Ani": 40, "Budi": 30, "Citra": 10})
    with pytest.raises(Refused, match="Citra tidak tercatat hadir sebagai Pengurus BKAD"):
        choose(acara, by, calon, {"Citra": 25, "Dewi": 15}, unsur="bkad")
    bkad = choose(acara, by, calon, {"Citra": 25, "Dewi": 15}, unsur="bkad", sebab="Pengurus BKAD sejak Januari.")
    assert list(queries.list_delegat(acara).values_list("nama", "unsur")) == [
        ("Ani", "tokoh"),
        ("Budi", "tokoh"),
        ("Citra", "bkad"),
    ]
    assert list(queries.list_reserves(acara).values_list("nama", "unsur")) == [("Dewi", "bkad")]
    with pytest.raises(Refused, match="Kursi Pengurus BKAD sudah terisi semua"):
        choose(acara, by, calon, {"Ani": 40}, unsur="bkad")
    services.annul_election(pemilihan=bkad, by=by, alasan="Salah hitung di meja.")
    assert list(queries.list_reserves(acara).values_list("nama", "unsur")) == [("Citra", "tokoh")]


def test_a_second_count_for_the_last_seat_gives_the_reserves_back_when_annulled(acara, calon, cast):
    by = cast["pak_sekcam"]
    choose(acara, by, calon, {"Ani": 40, "Budi": 40, "Citra": 40, "Dewi": 0})
    d = queries.list_delegat(acara).get(nama="Citra")
    services.replace_delegat(
        delegat=d, substitute=Kehadiran.objects.get(nama="Hadirin 1"), by=by, alasan="Sakit mendadak."
    )
    assert queries.list_delegat(acara).get(nama="Hadirin 1").pemilihan_id == d.pemilihan_id
    Delegat.objects.get(nama="Hadirin 1").delete()
    lagi = choose(acara, by, calon, {"Dewi": 30, "Eko": 10}, sah=40)
    assert list(queries.list_reserves(acara).values_list("nama", flat=True)) == ["Eko"]
    services.annul_election(pemilihan=lagi, by=by, alasan="Salah hitung di meja.")
    assert list(queries.list_reserves(acara).values_list("nama", flat=True)) == ["Dewi"]


def test_a_refused_count_comes_back_as_it_was_typed_nominated_first(acara, calon, masuk):
    client, url = masuk("pak_sekcam"), f"/m/{acara.slug}/delegasi/hitung/"
    contents = {
        "unsur": "tokoh",
        "cara": "kertas",
        "pemilih": "60",
        "edar": "40",
        "masuk": "40",
        "sah": "40",
        "kunci": str(uuid.uuid4()),
        f"s-{calon['Ani']}": "40",
        f"s-{calon['Budi']}": "30",
        f"s-{calon['Citra']}": "25",
        f"s-{calon['Dewi']}": "25",
        "alasan": "Musyawarah.",
    }
    seri = client.post(url, contents)
    html = seri.content.decode()
    assert seri.status_code == 422
    assert "Suara sama di kursi terakhir: Citra, Dewi" in html
    assert "isian Anda masih ada" in html
    for nama, nilai in contents.items():
        if nama not in ("unsur", "cara"):
            assert re.search(rf'name="{nama}"[^>]*value="{nilai}"', html), nama
    assert '<option value="tokoh" selected>' in html
    baris = [m for m in re.findall(r'aria-label="Suara ([^"]+)"', html) if m != "para calon"]
    assert baris[:4] == ["Ani", "Budi", "Citra", "Dewi"]
    assert len(baris) == 75
    contents |= {f"p-{calon['Citra']}": "2", f"p-{calon['Dewi']}": "1"}
    assert client.post(url, contents).status_code == 302


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))
def test_no_total_passes_what_is_recorded(hadir, pemilih, edar, masuk, sah):
    right = not count_faults(Tally(pemilih, edar, masuk, sah, {1: sah}), 1, hadir)
    assert right == (0 < sah <= masuk <= edar <= pemilih <= hadir)


@pytest.mark.parametrize("kolom", ["pemilih", "s-{pk}", "p-{pk}", "s-²", "u-²"])
def test_what_looks_like_a_digit_and_is_none_is_told(kolom, acara, calon, masuk):
    """A raised two is a digit to Python and no number: the page of the count ended in an error of the program."""
    contents = {
        "kunci": str(uuid.uuid4()),
        "unsur": "tokoh",
        "cara": "kertas",
        **dict.fromkeys(("pemilih", "edar", "masuk", "sah"), "5"),
    }
    contents[kolom.format(pk=calon["Ani"])] = "²"
    response = masuk("pak_sekcam").post(f"/m/{acara.slug}/delegasi/hitung/", contents)
    assert response.status_code == 422
    assert ("“²” bukan bilangan bulat" in response.content.decode()) == ("²" not in kolom)
