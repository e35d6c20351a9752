"""Maps: every area is drawn, coloured by its number, and leads to its page."""

import csv
import json

import pytest

from musrenbang.infra.peta import paint, read_map, shade
from tests.halaman import flat
from tests.some import some
from tindak_lanjut.queries.publik import public_result


def kotak(kode, x, y, jenis="Polygon"):
    cincin = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]
    koordinat = [cincin] if jenis == "Polygon" else [[cincin], [[[x, y], [x + 0.1, y], [x, y + 0.1], [x, y]]]]
    return {"properties": {"kode": kode, "nama": f"Desa {kode}"}, "geometry": {"type": jenis, "coordinates": koordinat}}


def tulis(folder, *wilayah):
    berkas = folder / "peta.geojson"
    berkas.write_text(json.dumps({"features": list(wilayah)}))
    return berkas


def test_areas_keep_their_place_north_up(tmp_path):
    peta = read_map(tulis(tmp_path, kotak("barat", 0, 0), kotak("timur", 1, 0, "MultiPolygon"), kotak("utara", 0, 1)))
    per = {b.kode: b for b in peta.bentuk}
    assert per["barat"].x < per["timur"].x
    assert per["utara"].y < per["barat"].y
    assert per["timur"].jalur.count("M") == 2
    assert all(0 <= b.x <= peta.lebar and 0 <= b.y <= peta.tinggi for b in some(peta.bentuk))


def test_a_place_without_a_file_has_no_map(tmp_path):
    assert read_map(tmp_path / "tidak-ada.geojson") is None
    assert paint(None, {}) == []


def test_a_file_without_areas_is_refused(tmp_path):
    with pytest.raises(ValueError, match="tidak berisi batas"):
        read_map(tulis(tmp_path))


@pytest.mark.parametrize(
    ("nilai", "puncak", "rona"),
    [(0, 100, 0), (1, 100, 1), (20, 100, 1), (21, 100, 2), (99, 100, 5), (100, 100, 5), (1, 0, 0), (5, 5, 5)],
)
def test_the_colour_is_the_share_of_the_largest(nilai, puncak, rona):
    assert shade(nilai, puncak) == rona


@pytest.mark.parametrize(
    ("peta", "daftar", "awalan"),
    [("kecamatan_52.03", "kecamatan", "52.03."), ("desa_52.03.04", "desa_kelurahan", "52.03.04.")],
)
def test_the_boundaries_that_come_along_are_of_known_places(peta, daftar, awalan, settings):
    with (settings.BASE_DIR / f"fixtures/wilayah/{daftar}.csv").open(encoding="utf-8") as isi:
        ada = {b["kode"] for b in csv.DictReader(isi) if b["kode"].startswith(awalan)}
    assert {b.kode for b in read_map(settings.BATAS_DIR / f"{peta}.geojson").bentuk} == ada


def test_the_board_shows_the_map_and_the_public_page_too(draf, acara, pindah, pemeran, masuk, client):
    html = flat(masuk("bu_bappeda").get("/kabupaten/"))
    assert 'class="peta"' in html
    assert f'<a href="/m/{acara.slug}/" aria-label="Sikur: ' in html
    pindah(acara, "pleno")
    draf.baris.update(keputusan="disepakati")
    from rkp.services.versi import fix_rkp

    fix_rkp(musrenbang=acara, by=pemeran["pak_sekcam"])
    type(acara).objects.filter(pk=acara.pk).update(tahap="prioritas")
    acara.refresh_from_db()
    hasil = public_result(acara)
    per_desa = {b.nama: b.rp for b in hasil.per_desa}
    berwarna = {p.bentuk.nama for p in hasil.petak if p.rona}
    assert berwarna == set(per_desa)
    assert 'class="peta"' in client.get(f"/publik/{acara.slug}/").content.decode()
