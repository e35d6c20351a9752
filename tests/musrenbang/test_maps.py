"""Maps: every area is drawn, coloured by its number, and leads to its page."""

import csv
import json

import pytest

from musrenbang.infra.maps import paint, read_map, shade
from tests.halaman import flat
from tests.some import some
from tindak_lanjut.queries.public import public_result


def box(kode, x, y, jenis="Polygon"):
    ring = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]
    coordinates = [ring] if jenis == "Polygon" else [[ring], [[[x, y], [x + 0.1, y], [x, y + 0.1], [x, y]]]]
    return {
        "properties": {"kode": kode, "nama": f"Desa {kode}"},
        "geometry": {"type": jenis, "coordinates": coordinates},
    }


def write(folder, *wilayah):
    berkas = folder / "peta.geojson"
    berkas.write_text(json.dumps({"features": list(wilayah)}))
    return berkas


def test_areas_keep_their_place_north_up(tmp_path):
    map_image = read_map(write(tmp_path, box("barat", 0, 0), box("timur", 1, 0, "MultiPolygon"), box("utara", 0, 1)))
    per = {b.kode: b for b in map_image.bentuk}
    assert per["barat"].x < per["timur"].x
    assert per["utara"].y < per["barat"].y
    assert per["timur"].jalur.count("M") == 2
    assert all(0 <= b.x <= map_image.lebar and 0 <= b.y <= map_image.tinggi for b in some(map_image.bentuk))


def test_a_place_without_a_file_has_no_map(tmp_path):
    assert read_map(tmp_path / "tidak-ada.geojson") is None
    assert paint(None, {}) == []


def test_a_file_without_areas_is_refused(tmp_path):
    with pytest.raises(ValueError, match="tidak berisi batas"):
        read_map(write(tmp_path))


@pytest.mark.parametrize(
    ("nilai", "peak", "hue"),
    [(0, 100, 0), (1, 100, 1), (20, 100, 1), (21, 100, 2), (99, 100, 5), (100, 100, 5), (1, 0, 0), (5, 5, 5)],
)
def test_the_colour_is_the_share_of_the_largest(nilai, peak, hue):
    assert shade(nilai, peak) == hue


@pytest.mark.parametrize(
    ("map_image", "daftar", "prefix"),
    [("kecamatan_52.03", "kecamatan", "52.03."), ("desa_52.03.04", "desa_kelurahan", "52.03.04.")],
)
def test_the_boundaries_that_come_along_are_of_known_places(map_image, daftar, prefix, settings):
    with (settings.BASE_DIR / f"fixtures/wilayah/{daftar}.csv").open(encoding="utf-8") as content:
        existing = {b["kode"] for b in csv.DictReader(content) if b["kode"].startswith(prefix)}
    assert {b.kode for b in read_map(settings.BATAS_DIR / f"{map_image}.geojson").bentuk} == existing


def test_the_board_shows_the_map_and_the_public_page_too(draft_event, acara, move_event, cast, masuk, client):
    html = flat(masuk("bu_bappeda").get("/kabupaten/"))
    assert 'class="peta"' in html
    assert f'<a href="/m/{acara.slug}/" aria-label="Sikur: ' in html
    move_event(acara, "pleno")
    draft_event.baris.update(keputusan="disepakati")
    from rkp.services.versi import fix_rkp

    fix_rkp(musrenbang=acara, by=cast["pak_sekcam"])
    type(acara).objects.filter(pk=acara.pk).update(tahap="prioritas")
    acara.refresh_from_db()
    result = public_result(acara)
    per_desa = {b.nama: b.rp for b in result.per_desa}
    coloured = {p.bentuk.nama for p in result.petak if p.rona}
    assert coloured == set(per_desa)
    assert 'class="peta"' in client.get(f"/publik/{acara.slug}/").content.decode()
