"""Files that leave say what they lack: filtered, not final, unknown amounts, kecamatan that are missing."""

from io import BytesIO

from openpyxl import load_workbook

from musrenbang.format import unknown_costs
from musrenbang.infra.sheets import with_gaps
from rkp.models import BarisRkp
from rkp.prioritas.models import Pemeringkatan
from rkp.prioritas.services.peringkat import fix_pemeringkatan


def judul(jawab, sheet=""):
    mentah = b"".join(jawab) if jawab.streaming else jawab.content
    workbook = load_workbook(BytesIO(mentah))
    return (workbook[sheet] if sheet else workbook.active).cell(1, 1).value


def test_a_title_says_what_is_missing_and_nothing_else():
    assert with_gaps("Daftar", "", "") == "Daftar"
    assert with_gaps("Daftar", "masih draf", "", "disaring") == "Daftar. Perhatikan: masih draf; disaring."
    assert unknown_costs([1, 2]) == ""
    assert unknown_costs([1, None]) == "jumlah belum termasuk 1 kegiatan yang biayanya belum diketahui"


def test_the_plan(acara, draft_event, masuk):
    client = masuk("bu_pmd")
    response = client.get(f"/m/{acara.slug}/rkp/unduh/?keputusan=belum_dibahas")
    kata, sums = judul(response), judul(response, "Jumlah")
    assert "masih draf, belum ditetapkan pleno" in kata
    assert "hanya yang cocok dengan filter keputusan" in kata
    assert "jumlah di bawah tabel hanya yang disepakati" in kata
    assert "belum termasuk" not in kata, "none of them is agreed, so none is in that sum"
    assert "jumlah belum termasuk 1 kegiatan yang biayanya belum diketahui" in sums
    BarisRkp.objects.filter(biaya=None).update(biaya=5)
    assert "belum diketahui" not in judul(client.get(f"/m/{acara.slug}/rkp/unduh/"))


def test_the_proposals(acara, usulan, masuk):
    client = masuk("bu_pmd")
    assert "belum termasuk 1 kegiatan yang biayanya" in judul(client.get(f"/m/{acara.slug}/usulan/unduh/"))
    assert "difilter, cari: irigasi" in judul(client.get(f"/m/{acara.slug}/usulan/unduh/?cari=irigasi"))


def test_a_ranking(acara, peringkat, masuk, cast):
    client, url = masuk("pak_sekcam"), f"/m/{acara.slug}/rkp/prioritas/piwk/"
    kata = judul(client.get(f"{url}unduh/prioritas/"))
    assert "urutan sementara, belum ditetapkan" in kata
    assert "1 kegiatan tidak ikut diperingkat" in kata
    assert client.get(f"{url}hasil.json").json()["keadaan"] == client.get(f"{url}masukan.json").json()["keadaan"]
    fix_pemeringkatan(pemeringkatan=peringkat, by=cast["pak_sekcam"])
    assert client.get(f"{url}hasil.json").json() == Pemeringkatan.objects.get().hasil
    assert "sementara" not in judul(client.get(f"{url}unduh/prioritas/"))


def test_the_sorting_the_kabupaten_and_open_data(funded_event, masuk, client):
    bappeda, regency = masuk("bu_bappeda"), funded_event.kecamatan.kabupaten.kode
    assert "2 kegiatan belum ditetapkan perangkat daerahnya" in judul(
        bappeda.get(f"/m/{funded_event.slug}/rkp/pemilahan/unduh/")
    )
    kata = judul(bappeda.get("/kabupaten/durkp/unduh/?tahun=2026&cari=jalan"))
    assert "hanya yang cocok dengan filter cari" in kata
    assert client.get(f"/publik/{funded_event.slug}/data.json").json()["kurang"] == [
        "jumlah belum termasuk 1 kegiatan yang biayanya belum diketahui"
    ]
    opened = b"".join(client.get(f"/publik/kabupaten/{regency}/2026.json")).decode()
    assert '"kurang": []' in opened
