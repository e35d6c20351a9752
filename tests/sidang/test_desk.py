"""The desk that decides on its device: what it gets, what it sends, and that nothing is lost or doubled."""

import json
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from musrenbang.models import JejakAudit, Kiriman, Musrenbang
from musrenbang.sidang.forms.desk import ArrivalForm
from musrenbang.sidang.models import Kedatangan, Kehadiran, SesiSidang, Sidang, Undangan
from musrenbang.sidang.queries.kehadiran import check_kuorum
from musrenbang.sidang.services.desk import receive_batch, server_time
from musrenbang.sidang.services.kehadiran import remove_kehadiran
from musrenbang.states import Tahap
from tests.snapshot import snapshot
from tests.test_at_once import at_once


@snapshot
def desk_open(acara):
    """The event with its doors open, a woman of a desa and an office without a name among the invitees."""
    Musrenbang.objects.filter(pk=acara.pk).update(tahap=Tahap.PEMBUKAAN)
    acara.refresh_from_db()
    desa = acara.kecamatan.desa_set.get(nama="Sikur")
    general = {"musrenbang": acara, "lembaga": "Desa Sikur", "desa": desa, "alamat": "Jl. Rahasia 0812", "usia": 44}
    Undangan.objects.create(nama="Siti", jabatan="Kades", unsur="kades", kode="SITI22", jenis_kelamin="P", **general)
    Undangan.objects.create(nama="", jabatan="Ketua BPD", unsur="bpd", kode="BPDD22", **general)
    return acara


def ms(moment: datetime) -> float:
    return moment.timestamp() * 1000


def arrival(kode: str, **contents):
    undangan = Undangan.objects.get(kode=kode).pk
    return {"kunci": str(uuid.uuid4()), "undangan": undangan, "pada": ms(timezone.now()), "meja": "2"} | contents


def send(client, acara, *arrivals, sent=None):
    content = {"sent": sent or ms(timezone.now()), "arrivals": json.dumps(arrivals)}
    return client.post(f"/m/{acara.slug}/kehadiran/terima/", content, headers={"X-Bagian": "isian"})


def results(client, acara, *arrivals, **others):
    return send(client, acara, *arrivals, **others).json()["hasil"]


def test_an_arrival_is_stored_once_however_often_it_is_sent(desk_open, masuk):
    client, one = masuk("pemandu"), arrival("SITI22")
    for _ in range(2):  # the second time after an answer that was lost on the way
        (answer,) = results(client, desk_open, one)
        assert (answer["kunci"], answer["jadi"], answer["meja"]) == (one["kunci"], "hadir", "2")
        assert answer["kata"].startswith("Siti tercatat hadir pukul")
    assert (Kehadiran.objects.count(), Kedatangan.objects.count()) == (1, 1)
    assert JejakAudit.objects.filter(aksi="kehadiran.diterima").count() == 1


def test_two_desks_give_one_row_with_both_hours(desk_open, masuk):
    before = timezone.now() - timedelta(minutes=5)
    results(masuk("pemandu"), desk_open, arrival("SITI22", meja="1"))
    (answer,) = results(masuk("bu_pmd"), desk_open, arrival("SITI22", meja="2", pada=ms(before)))
    assert answer["jadi"] == "ulang"
    assert "Siti sudah hadir: meja 1 (Pemandu), pukul" in answer["kata"]
    assert "tetap satu kehadiran" in answer["kata"]
    hadir = Kehadiran.objects.get()
    assert abs(hadir.datang - before) < timedelta(seconds=1), "the desk that is heard of last noted her first"
    assert list(Kedatangan.objects.values_list("meja", "ulang")) == [("1", False), ("2", True)]
    listed = masuk("pemandu").get(f"/m/{desk_open.slug}/kehadiran/daftar/").json()["undangan"]
    assert [k[1] for u in listed if u["kode"] == "SITI22" for k in u["h"]["lagi"]] == ["2"]


def test_the_time_of_the_device_is_kept_and_the_hour_of_closing_with_it(desk_open, masuk, time_machine):
    Sidang.objects.create(musrenbang=desk_open, pendaftaran_tutup="08:25")
    time_machine.move_to("2026-02-23 08:40+08:00", tick=False)
    now = timezone.now()
    early, late = now - timedelta(minutes=30), now - timedelta(minutes=5)
    results(
        masuk("pemandu"),
        desk_open,
        arrival("SITI22", pada=ms(early)),
        arrival("BPDD22", pada=ms(late), jenis_kelamin="L"),
    )
    told = {h.nama: (h.datang, h.terlambat) for h in Kehadiran.objects.all()}
    assert told == {"Siti": (early, False), "Ketua BPD": (late, True)}


NOW = datetime(2026, 2, 23, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "sent, noted, minutes, doubtful",
    [
        (0, -10, -10, False),  # a clock that is right
        (180, 170, -10, True),  # three hours ahead all day
        (-1440, -1450, -10, True),  # yesterday all day
        (0, 5, 0, True),  # set back meanwhile: an arrival of the future
        (2000, 0, 0, True),  # set far ahead meanwhile
        (1, 0, -1, False),  # a minute off is no other clock
    ],
)
def test_a_wrong_clock_of_the_device_is_told(sent, noted, minutes, doubtful):
    sent, noted = (ms(NOW + timedelta(minutes=m)) for m in (sent, noted))
    when = server_time(received=NOW, sent=sent, noted=noted)
    assert (when.pada, when.jam_ragu) == (NOW + timedelta(minutes=minutes), doubtful)


def test_a_wrong_clock_is_said_to_the_desk(desk_open, masuk):
    ahead = timezone.now() + timedelta(hours=3)
    (answer,) = results(masuk("pemandu"), desk_open, arrival("SITI22", pada=ms(ahead)), sent=ms(ahead))
    assert (answer["jadi"], answer["ragu"]) == ("hadir", True)
    assert "Setel jamnya" in answer["kata"]


def substitute(acara, cast):
    used = {"undangan": Undangan.objects.get(kode="SITI22"), "mewakili": "Siti", "jenis_kelamin": "L"}
    Kehadiran.objects.create(
        musrenbang=acara, nama="Umar", unsur="kades", lembaga="Desa Sikur", dicatat_oleh=cast["pemandu"], **used
    )


def adjourn(acara, cast):
    SesiSidang.objects.create(
        musrenbang=acara,
        nomor=1,
        diskors_pada=timezone.now(),
        alasan="Listrik padam",
        lanjut_tanggal="2026-02-24",
        lanjut_jam="08:00",
        dicatat_oleh=cast["bu_pmd"],
    )


def go_on(acara, cast):
    adjourn(acara, cast)
    SesiSidang.objects.create(
        musrenbang=acara, nomor=2, dibuka_pada=timezone.now() + timedelta(minutes=1), dicatat_oleh=cast["bu_pmd"]
    )


def move_on(acara, cast):
    Musrenbang.objects.filter(pk=acara.pk).update(tahap=Tahap.SELESAI)


def same_name(acara, cast):
    fields = {"nama": "Hj. Siti", "unsur": "tokoh", "lembaga": "Warga", "jenis_kelamin": "P"}
    Kehadiran.objects.create(musrenbang=acara, dicatat_oleh=cast["pemandu"], **fields)


@pytest.mark.parametrize(
    "before, filled, finished, words",
    [
        (None, {"kode": "BPDD22"}, "tolak", "Pilih L atau P untuk Ketua BPD."),
        (substitute, {"kode": "SITI22"}, "tolak", "sudah dipakai: yang tercatat hadir Umar"),
        (adjourn, {"kode": "SITI22"}, "tolak", "Sidang diskors sampai"),
        (go_on, {"kode": "SITI22"}, "lewat", "tekan “Catat hadir sekarang”"),
        (move_on, {"kode": "SITI22"}, "tolak", "pada tahap “Selesai”"),
        (same_name, {"kode": "SITI22"}, "tanya", "Apakah Siti orang yang sama?"),
        (None, {"kode": "SITI22", "undangan": 10**9}, "tolak", "sudah tidak ada di daftar"),
        (None, {"kode": "SITI22", "jenis_kelamin": "X"}, "tolak", "sudah tidak ada di daftar"),
    ],
)
def test_what_is_not_stored_says_why_and_the_others_go_on(before, filled, finished, words, desk_open, masuk, cast):
    if before:
        before(desk_open, cast)
    existing = Kehadiran.objects.count()
    other = arrival("BPDD22", jenis_kelamin="L")
    refused, stored = results(masuk("pemandu"), desk_open, arrival(**filled), other)
    assert (refused["jadi"], stored["jadi"]) == (
        finished,
        "hadir" if before in (None, substitute, same_name) else finished,
    )
    assert words in refused["kata"]
    assert Kehadiran.objects.count() == existing + (stored["jadi"] == "hadir")


def test_the_answer_to_a_question_is_sent_with_the_same_key(desk_open, masuk, cast):
    same_name(desk_open, cast)
    one = arrival("SITI22")
    (asked,) = results(masuk("pemandu"), desk_open, one)
    (answer,) = results(masuk("pemandu"), desk_open, one | {"orang_lain": asked["orang_lain"]})
    assert answer["jadi"] == "hadir"
    assert Kehadiran.objects.filter(undangan__kode="SITI22").count() == 1


def test_an_entry_taken_out_does_not_come_back_with_a_late_repetition(desk_open, masuk, cast):
    one = arrival("SITI22")
    results(masuk("pemandu"), desk_open, one)
    remove_kehadiran(hadir=Kehadiran.objects.get(), by=cast["bu_pmd"])
    (answer,) = results(masuk("pemandu"), desk_open, one)
    assert (answer["jadi"], Kehadiran.objects.count()) == ("tolak", 0)
    assert "lalu dihapus" in answer["kata"]


def test_the_same_key_with_other_content_is_another_arrival(desk_open, masuk):
    one = arrival("SITI22")
    results(masuk("pemandu"), desk_open, one)
    results(
        masuk("pemandu"), desk_open, one | {"undangan": Undangan.objects.get(kode="BPDD22").pk, "jenis_kelamin": "L"}
    )
    assert Kehadiran.objects.count() == Kedatangan.objects.count() == 2


def test_who_came_by_another_form_and_sends_again_is_a_second_arrival(desk_open, masuk):
    client = masuk("pemandu")
    undangan = Undangan.objects.get(kode="SITI22")
    client.post(f"/m/{desk_open.slug}/kehadiran/undangan/{undangan.pk}/", {"kunci": uuid.uuid4(), "cara": "centang"})
    (answer,) = results(client, desk_open, arrival("SITI22"))
    assert answer["jadi"] == "ulang"
    assert Kiriman.objects.filter(jenis="sidang.kehadiran").count() == 1


@pytest.mark.parametrize("filled", ["", "[", "{}", "[1]", json.dumps([{}] * 21), "[" * 60_000])
def test_what_no_desk_sends_is_refused_in_words(filled, desk_open, masuk):
    url = f"/m/{desk_open.slug}/kehadiran/terima/"
    response = masuk("pemandu").post(url, {"sent": 1, "arrivals": filled}, headers={"X-Bagian": "isian"})
    assert (response.status_code, "tidak terbaca" in response.content.decode()) == (409, True)


@pytest.mark.parametrize("nama, status", [("pak_camat", 403), ("operator_desa", 403), ("orang_luar", 404)])
def test_who_may_not_record_gets_nothing(nama, status, desk_open, masuk):
    client = masuk(nama)
    for alamat in ("daftar/", "luring/", "pekerja.js"):
        assert client.get(f"/m/{desk_open.slug}/kehadiran/{alamat}").status_code == status
    assert send(client, desk_open, arrival("SITI22")).status_code == status
    assert client.get(f"/m/{desk_open.slug}/kehadiran/terima/").status_code in {405, status}
    assert not Kehadiran.objects.exists()


def test_without_a_session_the_device_is_told_and_keeps_what_it_has(desk_open, client):
    response = send(client, desk_open, arrival("SITI22"))
    assert (response.status_code, "Sesi Anda sudah berakhir" in response.content.decode()) == (401, True)


def test_another_person_on_the_same_device_sends_nothing_in_silence(desk_open, masuk, cast):
    contents = {"sent": 1, "arrivals": json.dumps([arrival("SITI22")])}
    head_of = {"X-Bagian": "isian", "X-Untuk": str(cast["pemandu"].pk)}
    response = masuk("bu_pmd").post(f"/m/{desk_open.slug}/kehadiran/terima/", contents, headers=head_of)
    assert (response.status_code, Kehadiran.objects.count()) == (401, 0)
    assert "Tidak ada yang disimpan atas namanya" in response.content.decode()


def test_the_device_gets_what_the_desk_needs_and_no_more(desk_open, masuk, cast):
    client, url = masuk("pemandu"), f"/m/{desk_open.slug}/kehadiran/daftar/"
    response = client.get(url)
    listed = response.json()
    assert [u["nama"] for u in listed["undangan"]] == ["Siti, Kades", "Ketua BPD"]
    assert "Rahasia" not in response.content.decode()
    assert {k for u in listed["undangan"] for k in u} == {"pk", "kode", "nama", "lembaga", "desa", "jk"}
    assert client.get(url, {"sidik": listed["sidik"]}).status_code == 204
    results(client, desk_open, arrival("SITI22"))
    again = client.get(url, {"sidik": listed["sidik"]}).json()
    kuorum = check_kuorum(desk_open)
    assert {k: again["angka"][k] for k in kuorum.angka} == kuorum.angka
    move_on(desk_open, cast)
    after = client.get(url).json()
    assert (after["undangan"], "pada tahap “Selesai”" in after["berhenti"]) == ([], True)


def test_the_page_that_a_device_keeps_names_nobody(desk_open, masuk, cast):
    results(masuk("pemandu"), desk_open, arrival("SITI22"))
    contents = masuk("pemandu").get(f"/m/{desk_open.slug}/kehadiran/luring/").content.decode()
    assert "Siti" not in contents
    assert "SITI22" not in contents
    worker = masuk("pemandu").get(f"/m/{desk_open.slug}/kehadiran/pekerja.js")
    assert worker["Content-Type"].startswith("text/javascript")


def test_a_code_of_another_event_is_nobody_here(desk_open, masuk):
    contents = {"kode": "lain-2027:SITI22", "kunci": uuid.uuid4(), "cara": "kode"}
    response = masuk("pemandu").post(f"/m/{desk_open.slug}/kehadiran/kode/", contents, follow=True)
    assert "adalah kode undangan Musrenbang lain" in response.content.decode()
    assert not Kehadiran.objects.exists()


@pytest.mark.parametrize("n", [1, 6])
def test_queries(n, desk_open, masuk, django_assert_num_queries):
    general = {"musrenbang": desk_open, "lembaga": "Desa", "unsur": "bpd", "jenis_kelamin": "L"}
    people = [Undangan.objects.create(nama=f"Orang {i}", kode=f"ORG{i}22", **general) for i in range(n)]
    client = masuk("pemandu")
    for _ in range(2):  # each twice: with a second arrival
        results(client, desk_open, *[arrival(u.kode) for u in people])
    with django_assert_num_queries(12):
        client.get(f"/m/{desk_open.slug}/kehadiran/daftar/")


@pytest.mark.django_db(transaction=True)
def test_two_desks_and_a_repetition_at_once(desk_open, cast):
    one, two = arrival("SITI22", meja="1"), arrival("SITI22", meja="2")

    def desk(i):
        form = ArrivalForm((one, two, one)[i])
        assert form.is_valid()
        acara = Musrenbang.objects.with_place().get(pk=desk_open.pk)
        sent = ms(timezone.now())
        return receive_batch(musrenbang=acara, by=cast["pemandu"], sent=sent, arrivals=[form.cleaned_data])

    answers = at_once(3, desk)
    assert sorted(a[0]["jadi"] for a in answers) in [["hadir", "hadir", "ulang"], ["hadir", "ulang", "ulang"]]
    assert (Kehadiran.objects.count(), Kedatangan.objects.count()) == (1, 2)
