"""The grids of the plan and of the plenary: decisions by one key, in bulk, taken back; subtotals follow the row."""

import pytest

from musrenbang.models import JejakAudit
from musrenbang.states import Tahap
from rkp.models import BarisRkp
from rkp.queries.sums import sum_by
from tests.conftest import move_to
from tests.snapshot import snapshot

JSON = {"X-Bagian": "isian"}
RESERVE = {"alasan_kode": "lahan", "alasan": "Lahan belum bebas."}


@snapshot
def hall(acara, draft_event, cast):
    """The plenary without groups: every row is decided in the hall."""
    move_to(acara, Tahap.PLENO, cast["admin"])
    return draft_event


@pytest.fixture
def send(acara, hall, masuk):
    client = masuk("pemandu")

    def _send(path, **contents):
        return client.post(f"/m/{acara.slug}/rkp/{path}", contents, headers=JSON)

    return _send


@pytest.mark.parametrize("shape", ["tabel", "pleno"])
def test_one_key_decides_and_figures_follow(shape, send, hall):
    row = hall.baris.get(nomor=1)
    answer = send(f"{shape}/sel/", baris=row.pk, versi=1, kolom="keputusan", nilai="disepakati").json()
    row.refresh_from_db()
    assert (row.keputusan, row.versi) == ("disepakati", 2)
    assert "Disepakati" in answer["baris"][str(row.pk)]
    assert "<b>1</b>" in answer["bagian"]["angka-rkp"]
    if shape == "tabel":
        sums = sum_by(hall.baris.all(), "bidang")[row.bidang_id]
        assert f"disepakati {sums.sepakat.n}," in answer["bagian"][f"jumlah-{row.bidang_id}"]


def test_repeats_stale_pages_and_taking_back(send, hall):
    row = hall.baris.get(nomor=1)
    cell = {"baris": row.pk, "versi": 1, "kolom": "keputusan"}
    sign = send("tabel/sel/", **cell, nilai="disepakati").json()["urung"]
    assert send("tabel/sel/", **cell, nilai="disepakati").status_code == 200, "a second click is no fault"
    stale = send("tabel/sel/", **cell, nilai="cadangan", **RESERVE)
    assert stale.status_code == 409
    assert "sudah mengubah" in stale.json()["kabar"]
    assert JejakAudit.objects.filter(aksi="rkp.diputuskan").count() == 1
    assert "dikembalikan" in send("tabel/urungkan/", urung=sign).json()["kabar"]
    row.refresh_from_db()
    assert (row.keputusan, row.versi) == ("belum_dibahas", 3)
    again = send("tabel/urungkan/", urung=sign)
    assert (again.status_code, again.json()["kabar"]) == (200, "1 kegiatan memang sudah seperti semula.")
    row.refresh_from_db()
    assert row.versi == 3


def test_a_cost_is_typed_and_needs_its_reason(send, hall):
    row = hall.baris.get(nomor=1)
    cell = {"baris": row.pk, "versi": 1, "kolom": "biaya", "nilai": "84.000.000"}
    assert "memerlukan alasan" in send("tabel/sel/", **cell).json()["kabar"]
    answer = send("tabel/sel/", **cell, alasan="Lebar dikurangi.").json()
    assert "<s>Rp" in answer["baris"][str(row.pk)], "the old value stays in sight"
    row.refresh_from_db()
    assert (row.keputusan, row.biaya, row.alasan_kode) == ("dengan_perubahan", 84_000_000, "disesuaikan")
    for bad in ("nol", "0", "1,5"):
        assert send("tabel/sel/", **cell | {"nilai": bad, "versi": 2}).status_code == 409
    assert "tidak dapat diubah" in send("tabel/sel/", **cell | {"kolom": "nomor", "versi": 2}).json()["kabar"]


def test_bulk_leaves_stale_rows_and_changed_content_and_names_them(send, hall):
    rows = list(hall.baris.order_by("nomor"))
    send("tabel/sel/", baris=rows[0].pk, versi=1, kolom="biaya", nilai="84.000.000", alasan="Lebar dikurangi.")
    ticked = [f"{rows[0].pk}-2", f"{rows[1].pk}-9", *(f"{b.pk}-1" for b in rows[2:])]
    answer = send("tabel/bersama/", keputusan="belum_disepakati", baris=ticked, **RESERVE).json()
    assert f"{len(rows) - 2} kegiatan: Belum disepakati." in answer["kabar"]
    assert f"Baru diubah orang lain, jadi tidak diubah: no. {rows[1].nomor}." in answer["kabar"]
    assert f"Isinya berbeda dari draf, jadi tidak diubah: no. {rows[0].nomor}." in answer["kabar"]
    assert hall.baris.filter(keputusan="belum_disepakati", alasan=RESERVE["alasan"]).count() == len(rows) - 2
    assert f"{len(rows) - 2} kegiatan dikembalikan" in send("tabel/urungkan/", urung=answer["urung"]).json()["kabar"]
    assert hall.baris.filter(keputusan="belum_dibahas").count() == len(rows) - 1


def test_the_sum_of_what_is_ticked_against_the_ceiling(acara, hall, masuk):
    rows = list(hall.baris.values_list("pk", flat=True))
    html = masuk("pemandu").get(f"/m/{acara.slug}/rkp/hitung/", {"baris": rows}, headers=JSON).content.decode()
    assert f"{len(rows)} dicentang" in html
    assert "Rp" in html


def test_filtered_subtotals_stay_filtered(acara, send, hall):
    row = hall.baris.get(nomor=1)
    answer = send("tabel/sel/?cari=tidak-ada", baris=row.pk, versi=1, kolom="keputusan", nilai="disepakati").json()
    assert answer["bagian"]["jumlah-semua"].startswith("0 kegiatan")


def test_the_plenary_takes_over_only_what_a_group_proposed(send, hall):
    row = hall.baris.get(nomor=1)
    answer = send("pleno/sel/", baris=row.pk, versi=1, kolom="terima", nilai="")
    assert "belum mengusulkan" in answer.json()["kabar"]
    bulk = send("pleno/bersama/", keputusan="usul", baris=[f"{row.pk}-1"])
    assert f"No. {row.nomor}: Kelompok belum mengusulkan" in bulk.json()["kabar"]
    assert BarisRkp.objects.exclude(keputusan="belum_dibahas").count() == 0


@pytest.mark.parametrize("path", ["tabel/sel/", "tabel/bersama/", "pleno/urungkan/"])
@pytest.mark.parametrize("who, status", [("pak_camat", 403), ("operator_desa", 403), ("orang_luar", 404)])
def test_wrong_people_and_wrong_method(path, who, status, acara, hall, masuk):
    url = f"/m/{acara.slug}/rkp/{path}"
    assert masuk(who).post(url, {}).status_code == status
    assert masuk("pemandu").get(url).status_code == 405
