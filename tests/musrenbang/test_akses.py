"""Who sees what: a stranger 404, a wrong role 403, a role what is its own."""

import pytest

from musrenbang.persiapan.services.acara import schedule_musrenbang
from musrenbang.rules import IZIN
from musrenbang.states import Peran
from tests.conftest import PERAN_KE_ORANG

HALAMAN = {
    "": "lihat_acara",
    "jadwal/": "atur_jadwal",
    "jejak/": "lihat_jejak",
    "hari-h/": "pimpin_hari",
    "undangan/": "lihat_undangan",
    "undangan/baru/": "kelola_undangan",
    "agenda/": "lihat_agenda",
    "agenda/baru/": "kelola_agenda",
    "notulen/": "lihat_notulen",
    "tim/": "lihat_tim",
    "tim/baru/": "kelola_tim",
    "pagu/": "lihat_pagu",
    "program-masuk/": "lihat_program",
    "program-masuk/baru/": "kelola_program",
    "usulan/": "lihat_usulan",
    "usulan/impor/": "impor_usulan",
    "rkp/": "lihat_rkp",
    "rkp/rekap/": "lihat_rekap_rkp",
    "rkp/prioritas/": "lihat_prioritas",
    "rkp/prioritas/buka/piwk/": "tetapkan_prioritas",
    "rkp/prioritas/pemilih/": "lihat_prioritas",
    "rkp/prioritas/desa/": "lihat_prioritas",
    "rkp/prioritas/desa/52.03.04.2001/": "kelola_calon",
    "kehadiran/": "lihat_kehadiran",
    "delegasi/": "lihat_delegasi",
    "berita-acara/": "lihat_dokumen",
}


@pytest.mark.parametrize("halaman", HALAMAN)
def test_each_page_for_each_role(halaman, acara, masuk):
    url = f"/m/{acara.slug}/{halaman}"
    for peran, nama in PERAN_KE_ORANG.items():
        expected = 200 if peran in IZIN[HALAMAN[halaman]] else 403
        assert masuk(nama).get(url).status_code == expected, (peran, url)
    assert masuk("orang_luar").get(url).status_code == 404
    assert masuk("admin").get(url).status_code == (200 if Peran.ADMIN in IZIN[HALAMAN[halaman]] else 403)


def test_a_wrong_role_is_told_so_in_words(acara, masuk):
    contents = masuk("orang_skpd").get(f"/m/{acara.slug}/jejak/").content.decode()
    assert "Bukan wewenang Anda" in contents
    assert "Bagian ini tidak dikerjakan oleh Perangkat daerah. Bila Anda memerlukannya, hubungi Bappeda." in contents


def test_what_is_not_there_says_where_to_look(acara, masuk):
    client = masuk("pak_sekcam")
    response = client.get(f"/m/{acara.slug}/usulan/999999/")
    assert response.status_code == 404
    assert "Cari di daftar usulan." in response.content.decode()
    assert "bukan untuk akun Anda" in client.get("/m/tidak-ada/").content.decode(), "an event of others says nothing"


def test_an_operator_desa_sees_only_the_own_desa(acara, draft_event, masuk):
    client = masuk("operator_desa")
    contents = client.get(f"/m/{acara.slug}/usulan/").content.decode()
    assert "Rehabilitasi irigasi tersier" in contents
    assert "Pengerasan jalan usaha tani" not in contents
    contents = client.get(f"/m/{acara.slug}/rkp/").content.decode()
    assert "Rehabilitasi irigasi tersier" in contents
    assert "Pengerasan jalan usaha tani" not in contents
    other = draft_event.baris.get(kegiatan="Pengerasan jalan usaha tani")
    assert client.get(f"/m/{acara.slug}/rkp/baris/{other.pk}/").status_code == 404


def test_an_skpd_sees_only_what_is_suggested_to_it(acara, draft_event, masuk):
    contents = masuk("orang_skpd").get(f"/m/{acara.slug}/usulan/").content.decode()
    assert "Rehabilitasi irigasi tersier" in contents
    assert "Bantuan ternak kambing" not in contents


def test_the_other_kecamatan_is_a_stranger(acara, masuk, kabupaten, cast):
    from musrenbang.models import Kecamatan

    other = Kecamatan.objects.create(kode="52.03.05", nama="Terara", kabupaten=kabupaten)
    other_acara = schedule_musrenbang(kecamatan=other, tahun_pelaksanaan=2026, by=cast["bu_bappeda"])
    for nama in ("pak_sekcam", "pak_camat", "operator_desa"):
        assert masuk(nama).get(f"/m/{other_acara.slug}/").status_code == 404
    assert masuk("bu_bappeda").get(f"/m/{other_acara.slug}/").status_code == 200


def test_home_puts_my_turn_first(acara, masuk):
    contents = masuk("pak_sekcam").get("/").content.decode()
    assert "Mulai persiapan" in contents
    contents = masuk("pak_camat").get("/").content.decode()
    assert "menunggu Kasi PMD (Sekretaris Tim), Sekretaris Camat (Ketua Tim)" in contents
    assert "Belum ada Musrenbang untuk Anda" in masuk("orang_luar").get("/").content.decode()
