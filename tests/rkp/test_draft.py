"""The draft: built from proposals, rebuilt without losing work, placed by people."""

import pytest

from alur.queries.syarat import collect
from musrenbang.models import Bidang, JejakAudit, Skpd
from musrenbang.states import Tahap
from rkp.models import BarisRkp, SumberBaris
from rkp.services.draft import build_draft, place_baris
from tests.halaman import flat


def test_every_proposal_becomes_a_row_in_its_bidang(draft_event):
    baris = {b.kegiatan: b for b in draft_event.baris.select_related("bidang", "skpd")}
    farming = baris["Pengerasan jalan usaha tani"]
    assert (farming.skpd.singkatan, farming.bidang.nama) == ("Distan", "Ekonomi dan Pertanian")
    assert farming.program.startswith("3.27.03")
    assert farming.prioritas_daerah.startswith("Peningkatan nilai tambah")
    assert farming.sasaran == "60 KK"
    assert baris["Pembangunan jembatan plat beton"].skpd.singkatan == "Dinas PUPR"
    assert SumberBaris.objects.count() == 6


def test_rebuilding_adds_only_what_is_new_and_overwrites_nothing(acara, draft_event, cast, make_workbook):
    from tests.conftest import JUDUL
    from usulan.services.impor import commit_impor, stage_impor

    one = draft_event.baris.get(nomor=1)
    nilai = {k: getattr(one, k) for k in ("bidang", "prioritas_daerah", "sasaran_daerah", "sasaran")}
    other = Skpd.objects.get(singkatan="DLH")
    place_baris(baris=one, versi=1, by=cast["bu_pmd"], **nilai, skpd=other, program="2.11.11 Uji")
    path = make_workbook(
        "baru.xlsx", [JUDUL, [9, "Sikur", "Bantuan sapi", "Dusun II", 4, "ekor", 60_000_000, "APBN", "8 KK"]]
    )
    impor = stage_impor(musrenbang=acara, path=path, nama="baru.xlsx", by=cast["bu_pmd"])
    commit_impor(impor=impor, by=cast["bu_pmd"])
    assert build_draft(musrenbang=acara, by=cast["bu_pmd"]) == (1, 0)
    assert build_draft(musrenbang=acara, by=cast["bu_pmd"]) == (0, 0)
    one.refresh_from_db()
    assert (one.skpd, one.program, draft_event.baris.count()) == (other, "2.11.11 Uji", 7)


@pytest.mark.parametrize(
    "nama, status", [("pemandu", 403), ("pak_camat", 403), ("operator_desa", 403), ("orang_luar", 404)]
)
def test_wrong_people_do_not_build(nama, status, acara, usulan, masuk):
    assert masuk(nama).post(f"/m/{acara.slug}/rkp/susun/").status_code == status
    assert not BarisRkp.objects.exists()


def test_the_page_builds_once_and_says_so(acara, usulan, masuk):
    client = masuk("bu_pmd")
    assert "Susun draf dari 6 usulan" in client.get(f"/m/{acara.slug}/rkp/").content.decode()
    assert "6 usulan masuk draf" in client.post(f"/m/{acara.slug}/rkp/susun/", follow=True).content.decode()
    assert "sudah ada di draf" in client.post(f"/m/{acara.slug}/rkp/susun/", follow=True).content.decode()
    assert client.get(f"/m/{acara.slug}/rkp/susun/").status_code == 405


def test_too_late_to_build(acara, usulan, masuk, move_event):
    move_event(acara, Tahap.PLENO)
    response = masuk("bu_pmd").post(f"/m/{acara.slug}/rkp/susun/", follow=True)
    assert "sekarang pada tahap “Pleno”" in response.content.decode()


def _content(baris, **change):
    return {
        "versi": baris.versi,
        "bidang": baris.bidang_id,
        "skpd": baris.skpd_id or "",
        "program": "",
        "prioritas_daerah": "",
        "sasaran_daerah": "",
        "sasaran": "",
    } | change


def test_placing_a_row_and_a_stale_tab(acara, draft_event, masuk):
    baris, url = (
        draft_event.baris.get(nomor=5),
        f"/m/{acara.slug}/rkp/baris/{draft_event.baris.get(nomor=5).pk}/tempatkan/",
    )
    general = Bidang.objects.get(nama="Pemerintahan dan Umum")
    assert masuk("pemandu").post(url, _content(baris, bidang=general.pk)).status_code == 302
    response = masuk("pak_sekcam").post(url, _content(baris, program="Ketikan saya"))
    assert response.status_code == 422
    assert "sudah mengubah kegiatan ini" in response.content.decode()
    assert "Ketikan saya" in response.content.decode()
    baris.refresh_from_db()
    assert (baris.bidang, baris.versi) == (general, 2)
    assert JejakAudit.objects.get(aksi="rkp.ditempatkan").rincian["bidang"][1] == "Pemerintahan dan Umum"


def test_a_proposal_completed_after_the_draft_reaches_its_row(acara, tim, draft_event, usulan, masuk, cast):
    from usulan.services.usulan import update_usulan

    contents = {k: getattr(usulan[4], k) for k in ("kegiatan", "permasalahan", "lokasi", "volume", "satuan", "manfaat")}
    contents |= {"sumber_dana": usulan[4].sumber_dana, "prioritas_desa": None, "biaya": 215_000_000}
    update_usulan(usulan=usulan[4], versi=1, by=cast["operator_desa"], **contents)
    assert [k.text for k in collect(acara, Tahap.SIAP) if k.wajib] == [
        "1 kegiatan di draf tidak lagi sama dengan usulannya; perbarui drafnya."
    ]
    client = masuk("bu_pmd")
    assert "Perbarui 1 kegiatan" in flat(client.get(f"/m/{acara.slug}/rkp/"))
    response = client.post(f"/m/{acara.slug}/rkp/susun/", follow=True)
    assert "1 kegiatan disesuaikan dengan usulannya." in response.content.decode()
    baris = draft_event.baris.get(nomor=5)
    assert (baris.biaya, baris.semula["biaya"], baris.versi) == (215_000_000, "215000000", 2)
    assert [k for k in collect(acara, Tahap.SIAP) if k.wajib] == []


def test_programmes_are_offered_by_code_and_name(acara, draft_event, masuk):
    words = masuk("bu_pmd").get(f"/m/{acara.slug}/rkp/baris/{draft_event.baris.first().pk}/").content.decode()
    assert '<option value="1.01.02 Program Pengelolaan Pendidikan">' in words
    assert words.count('<option value="1.03.') > 5
