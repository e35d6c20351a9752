"""Files that leave say what they lack: filtered, not final, unknown amounts, kecamatan that are missing."""

from io import BytesIO

from openpyxl import load_workbook

from musrenbang.infra.sheets import unknown_costs, with_gaps
from rkp.models import BarisRkp
from rkp.prioritas.models import Pemeringkatan
from rkp.prioritas.services.peringkat import fix_pemeringkatan


def judul(jawab):
    mentah = b"".join(jawab) if jawab.streaming else jawab.content
    return load_workbook(BytesIO(mentah)).active.cell(1, 1).value


def test_a_title_says_what_is_missing_and_nothing_else():
    assert with_gaps("Daftar", "", "") == "Daftar"
    assert with_gaps("Daftar", "masih draf", "", "disaring") == "Daftar. Perhatikan: masih draf; disaring."
    assert unknown_costs([1, 2]) == ""
    assert unknown_costs([1, None]) == "1 kegiatan belum diketahui biayanya dan tidak terhitung dalam jumlah"


def test_the_plan(acara, draft_event, masuk):
    client = masuk("bu_pmd")
    kata = judul(client.get(f"/m/{acara.slug}/rkp/unduh/?keputusan=belum_dibahas"))
    assert "masih draf, belum ditetapkan pleno" in kata
    assert "hanya yang cocok dengan filter keputusan" in kata
    assert "1 kegiatan belum diketahui biayanya" in kata
    BarisRkp.objects.filter(biaya=None).update(biaya=5)
    assert "belum diketahui" not in judul(client.get(f"/m/{acara.slug}/rkp/unduh/"))


def test_the_proposals(acara, usulan, masuk):
    client = masuk("bu_pmd")
    assert "1 kegiatan belum diketahui biayanya" in judul(client.get(f"/m/{acara.slug}/usulan/unduh/"))
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
        "1 kegiatan belum diketahui biayanya dan tidak terhitung dalam jumlah"
    ]
    opened = b"".join(client.get(f"/publik/kabupaten/{regency}/2026.json")).decode()
    assert '"kurang": []' in opened
