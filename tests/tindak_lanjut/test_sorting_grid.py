"""The grid of the sorting: a letter or the suggestion settles a work by itself, many at once, and it can be taken back."""

import pytest

from musrenbang.models import JejakAudit, Skpd
from musrenbang.states import Tahap
from tests.halaman import flat
from tests.tindak_lanjut.test_pemilahan import pilahan, skpd, sorted_event  # noqa: F401 -- a fixture
from tindak_lanjut.models import Pilahan, StatusPilahan
from tindak_lanjut.views.sorting_rows import letters_for


def url(acara, verb):
    return f"/m/{acara.slug}/rkp/pemilahan/{verb}"


def press(client, acara, nomor, value, versi=None):
    p = pilahan(acara, nomor)
    data = {"baris": p.pk, "versi": p.versi if versi is None else versi, "kolom": "keputusan", "nilai": value}
    return client.post(url(acara, "sel/"), data, headers={"X-Bagian": "isian"})


def many(client, acara, value, *numbers, part=True, **more):
    ticks = [f"{p.pk}-{p.versi}" for p in (pilahan(acara, n) for n in numbers)]
    extra = {"X-Bagian": "isian"} if part else {}
    return client.post(
        url(acara, "bersama/"), {"keputusan": value, "baris": ticks} | more, headers=extra, follow=not part
    )


def states(acara):
    return dict(Pilahan.objects.filter(musrenbang=acara).values_list("baris__nomor", "status"))


def test_the_page_is_a_grid_with_a_letter_for_each_office(sorted_event, masuk):  # noqa: F811
    page = masuk("bu_pmd").get(url(sorted_event, "") + "?status=antre").content.decode()
    assert 'id="kisi"' in page
    assert f'value="{pilahan(sorted_event, 3).pk}-{pilahan(sorted_event, 3).versi}"' in page
    offices = Skpd.objects.filter(kabupaten=sorted_event.kecamatan.kabupaten)
    letters = [letter for _, letter in letters_for(offices) if letter]
    assert len(set(letters)) == len(letters)
    assert not set(letters) & {"s", "u"}
    assert 'id="kisi"' not in masuk("pak_camat").get(url(sorted_event, "") + "?status=antre").content.decode()


def test_one_press_settles_by_itself_and_the_figures_follow(sorted_event, masuk):  # noqa: F811
    client, office = masuk("bu_pmd"), skpd("Dinkes")
    answer = press(client, sorted_event, 3, office.pk).json()
    assert answer["kabar"] == "No. 3 ditetapkan."
    assert "Dinas Kesehatan" in answer["baris"][str(pilahan(sorted_event, 3).pk)]
    assert "Ditetapkan (1)" in answer["bagian"]["angka-pilahan"]
    assert pilahan(sorted_event, 3).status == StatusPilahan.DITETAPKAN
    back = client.post(url(sorted_event, "batal/"), {"urung": answer["urung"]}, headers={"X-Bagian": "isian"}).json()
    assert back["kabar"] == "1 kegiatan dikembalikan ke antrean."
    assert pilahan(sorted_event, 3).status == StatusPilahan.ANTRE
    assert JejakAudit.objects.filter(aksi="pilahan.status").count() == 2


def test_the_suggestion_is_one_key_and_a_second_press_changes_nothing(sorted_event, masuk):  # noqa: F811
    client = masuk("bu_pmd")
    assert press(client, sorted_event, 1, "saran").status_code == 200
    again = press(client, sorted_event, 1, skpd("Distan").pk, versi=0)
    assert (again.status_code, again.json()["urung"]) == (200, "")
    other = press(client, sorted_event, 1, skpd("Dinkes").pk)
    assert other.status_code == 409
    assert "sudah diubah orang lain" in other.json()["kabar"]
    assert pilahan(sorted_event, 1).skpd.singkatan == "Distan"


def test_a_stale_page_and_an_unknown_office_are_refused(sorted_event, masuk):  # noqa: F811
    client = masuk("bu_pmd")
    assert "sudah diubah orang lain" in press(client, sorted_event, 3, "saran", versi=99).json()["kabar"]
    assert press(client, sorted_event, 3, "999999").status_code == 409
    assert press(client, sorted_event, 3, "").status_code == 409
    Pilahan.objects.filter(pk=pilahan(sorted_event, 3).pk).update(skpd=None)
    assert "belum punya saran" in press(client, sorted_event, 3, "saran").json()["kabar"]
    assert states(sorted_event)[3] == StatusPilahan.ANTRE


def test_many_at_once_with_their_sum_before(sorted_event, masuk):  # noqa: F811
    client = masuk("bu_pmd")
    keys_given = [pilahan(sorted_event, n).pk for n in (1, 3)]
    sums = flat(client.get(url(sorted_event, "hitung/"), {"baris": keys_given}))
    assert "1 kegiatan, Rp105.000.000" in sums
    answer = many(client, sorted_event, skpd("Dinkes").pk, 1, 3).json()
    assert answer["kabar"] == "2 kegiatan ditetapkan."
    assert {pilahan(sorted_event, n).skpd.singkatan for n in (1, 3)} == {"Dinkes"}
    back = client.post(url(sorted_event, "batal/"), {"urung": answer["urung"]}, headers={"X-Bagian": "isian"}).json()
    assert back["kabar"] == "2 kegiatan dikembalikan ke antrean."


def test_all_suggestions_that_are_left_and_without_a_script_too(sorted_event, masuk):  # noqa: F811
    client = masuk("bu_pmd")
    page = many(client, sorted_event, "disepakati", part=False, semua="1").content.decode()
    assert "2 kegiatan ditetapkan." in page
    assert list(states(sorted_event).values()).count(StatusPilahan.DISARANKAN) == 0
    assert "Tidak ada yang ditetapkan" in many(client, sorted_event, "x", part=False, semua="1").content.decode()
    assert "Belum ada kegiatan yang dicentang" in many(client, sorted_event, "saran", part=False).content.decode()


def test_the_sign_of_another_person_is_refused(sorted_event, masuk):  # noqa: F811
    sign = press(masuk("bu_pmd"), sorted_event, 1, "saran").json()["urung"]
    answer = masuk("pak_sekcam").post(url(sorted_event, "batal/"), {"urung": sign}, headers={"X-Bagian": "isian"})
    assert answer.status_code == 409
    assert states(sorted_event)[1] == StatusPilahan.DITETAPKAN


@pytest.mark.parametrize("name, status", [("pak_camat", 403), ("operator_desa", 403), ("orang_luar", 404)])
def test_wrong_people(name, status, sorted_event, masuk):  # noqa: F811
    client = masuk(name)
    assert press(client, sorted_event, 1, "saran").status_code == status
    assert many(client, sorted_event, "saran", 1).status_code == status
    assert client.get(url(sorted_event, "hitung/")).status_code == status


def test_only_post_and_only_in_its_stage(sorted_event, masuk, move_event):  # noqa: F811
    client = masuk("bu_pmd")
    assert [client.get(url(sorted_event, v)).status_code for v in ("sel/", "bersama/", "batal/")] == [405] * 3
    move_event(sorted_event, Tahap.SELESAI)
    assert press(client, sorted_event, 1, "saran").status_code == 409
    assert states(sorted_event)[1] == StatusPilahan.DISARANKAN
