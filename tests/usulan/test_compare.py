"""A corrected file: new, changed and gone are told apart; only what is accepted is applied; all of it can be undone."""

from uuid import uuid4

import pytest
from django.core.management import call_command

from musrenbang.models import Desa, JejakAudit
from musrenbang.states import Tahap
from tests.conftest import JUDUL
from usulan.impor.compare import Features, match
from usulan.models import ImporUsulan, StatusImpor, Usulan
from usulan.services.compare import compare_impor, digest
from usulan.services.impor import commit_impor, stage_impor
from usulan.services.without_file import submit_usulan

LAMA = [
    [1, "Semaya", "Rabat jalan kuburan", "Dusun Mawar", 100, "m", 50_000_000, "DAK", "20 KK"],
    [2, "Semaya", "Sumur bor", "Dusun Melati", 1, "unit", "", "DAK", ""],
    [3, "Sikur", "Posyandu", "Dusun Anggrek", 1, "unit", 30_000_000, "DAK", ""],
    [4, "Semaya", "Pagar balai", "Dusun Mawar", 40, "m", 8_000_000, "DAK", ""],
]
BARU = [
    [1, "Semaya", "Rabat jalan kuburan", "Dusun Mawar", 120, "m", 60_000_000, "DAK", ""],
    [2, "Semaya", "Sumur bor", "Dusun Melati", 1, "unit", "", "DAK", ""],
    [3, "Semaya", "Lapangan voli", "Dusun Melati", 1, "unit", 9_000_000, "DAK", ""],
]


@pytest.fixture
def store_it(acara, cast, make_workbook):
    def _stage(nama, baris):
        path = make_workbook(nama, [JUDUL, *baris])
        return stage_impor(musrenbang=acara, path=path, nama=nama, by=cast["bu_pmd"])

    return _stage


@pytest.fixture
def dua(acara, move_event, cast, store_it):
    """A saved file, and the preview of its correction; return (event, preview)."""
    move_event(acara, Tahap.PERSIAPAN)
    commit_impor(impor=store_it("lama.xlsx", LAMA), by=cast["bu_pmd"])
    return acara, store_it("baru.xlsx", BARU)


def apply_to(client, acara, impor, *, sidik=None, terima=None):
    diff = compare_impor(impor)
    content = {"sidik": sidik or digest(diff), "terima": [b.kunci for b in diff] if terima is None else terima}
    return client.post(f"/m/{acara.slug}/usulan/impor/{impor.pk}/banding/", content, follow=True)


def portrait():
    return list(Usulan.objects.order_by("pk").values("pk", "kegiatan", "volume", "biaya", "manfaat", "impor", "baris"))


def test_the_preview_warns_and_the_comparison_shows_each_kind(dua, masuk):
    acara, impor = dua
    client, url = masuk("bu_pmd"), f"/m/{acara.slug}/usulan/impor/{impor.pk}/"
    assert "sudah ada untuk Desa Semaya" in client.get(url).content.decode()
    text = client.get(f"{url}banding/").content.decode()
    for cut in ("Baru di berkas ini (1)", "Berubah (1)", "Tidak ada lagi di berkas ini (1)", "1 usulan sama persis"):
        assert cut in text
    assert "Posyandu" not in text  # of a desa that this file is not about


def test_what_was_accepted_is_applied_and_provenance_stays(dua, masuk):
    acara, impor = dua
    response = apply_to(masuk("bu_pmd"), acara, impor)
    assert "1 usulan ditambah, 1 diperbarui, 1 dikeluarkan." in response.content.decode()
    rabat = Usulan.objects.get(kegiatan="Rabat jalan kuburan")
    assert (rabat.volume, rabat.biaya, rabat.manfaat, rabat.impor.nama_berkas) == (
        120,
        60_000_000,
        "20 KK",
        "lama.xlsx",
    )
    assert set(Usulan.objects.values_list("kegiatan", flat=True)) == {
        "Rabat jalan kuburan",
        "Sumur bor",
        "Posyandu",
        "Lapangan voli",
    }
    jejak = JejakAudit.objects.get(aksi="usulan.diperbarui")
    assert jejak.rincian["biaya"] == ["50000000", "60000000"]
    assert "baru.xlsx, lembar Usulan, baris 2" in jejak.alasan
    call_command("check_musrenbang", acara.slug)


def test_what_was_not_ticked_is_left_alone(dua, masuk):
    acara, impor = dua
    only = [b.kunci for b in compare_impor(impor) if b.jenis == "baru"]
    apply_to(masuk("bu_pmd"), acara, impor, terima=only)
    assert Usulan.objects.count() == 5
    assert Usulan.objects.get(kegiatan="Rabat jalan kuburan").biaya == 50_000_000


def test_undoing_the_correction_puts_everything_back(dua, masuk):
    acara, impor = dua
    sebelum, client = portrait(), masuk("bu_pmd")
    apply_to(client, acara, impor)
    assert portrait() != sebelum
    client.post(f"/m/{acara.slug}/usulan/impor/{impor.pk}/batal/")
    assert portrait() == sebelum
    assert ImporUsulan.objects.get(pk=impor.pk).status == StatusImpor.DIBATALKAN
    call_command("check_musrenbang", acara.slug)


def test_undo_is_refused_when_a_changed_proposal_was_worked_on_since(dua, masuk, cast):
    acara, impor = dua
    client = masuk("bu_pmd")
    apply_to(client, acara, impor)
    Usulan.objects.filter(kegiatan="Rabat jalan kuburan").update(versi=9)
    sebelum = portrait()
    response = client.post(f"/m/{acara.slug}/usulan/impor/{impor.pk}/batal/", follow=True)
    assert "sudah diubah lagi" in response.content.decode()
    assert portrait() == sebelum


def test_undo_gives_a_new_number_when_the_old_one_was_taken_since(dua, masuk, cast):
    acara, impor = dua
    client = masuk("bu_pmd")
    only = [b.kunci for b in compare_impor(impor) if b.jenis == "hilang"]
    apply_to(client, acara, impor, terima=only)  # number 4, the last
    submit_usulan(
        musrenbang=acara,
        kunci=uuid4(),
        asal="formulir",
        by=cast["bu_pmd"],
        kegiatan="Baru",
        desa_id=Desa.objects.get(nama="Sikur").pk,
    )
    assert Usulan.objects.get(kegiatan="Baru").nomor == 4
    client.post(f"/m/{acara.slug}/usulan/impor/{impor.pk}/batal/")
    assert Usulan.objects.get(kegiatan="Pagar balai").nomor == 5
    call_command("check_musrenbang", acara.slug)


def test_a_comparison_whose_new_values_changed_is_not_the_one_that_was_shown(dua, masuk):
    acara, impor = dua
    sidik = digest(compare_impor(impor))
    impor.hasil["lembar"][0]["usulan"][0]["biaya"] = 61_000_000
    impor.save()
    sebelum = portrait()
    assert "berubah sejak perbandingan dibuka" in apply_to(masuk("bu_pmd"), acara, impor, sidik=sidik).content.decode()
    assert portrait() == sebelum


def test_refusals_change_nothing(dua, masuk):
    acara, impor = dua
    client, sebelum = masuk("bu_pmd"), portrait()
    assert "Belum ada perubahan yang dicentang" in apply_to(client, acara, impor, terima=[]).content.decode()
    sidik = digest(compare_impor(impor))
    Usulan.objects.filter(kegiatan="Pagar balai").update(versi=7)
    assert "berubah sejak perbandingan dibuka" in apply_to(client, acara, impor, sidik=sidik).content.decode()
    assert portrait() == sebelum


def test_a_second_click_is_refused(dua, masuk):
    acara, impor = dua
    client = masuk("bu_pmd")
    apply_to(client, acara, impor)
    assert "sudah disimpan" in apply_to(client, acara, impor, sidik="x", terima=["x"]).content.decode()
    assert Usulan.objects.count() == 4


@pytest.mark.parametrize(("nama", "kode"), [("pak_camat", 403), ("operator_desa", 404), ("orang_luar", 404)])
def test_others_stay_out(nama, kode, dua, masuk):
    acara, impor = dua
    url = f"/m/{acara.slug}/usulan/impor/{impor.pk}/banding/"
    assert masuk(nama).get(url).status_code == kode
    assert masuk(nama).post(url).status_code == kode


PASANGAN = [
    ("sama", [Features(1, "Talud", "A", 2)], [Features(1, "TALUD", "a", 9)], [(0, 0)]),
    ("lokasi berubah", [Features(1, "Talud", "A", 2)], [Features(1, "Talud", "B", 2)], [(0, 0)]),
    (
        "ejaan dibetulkan",
        [Features(1, "Pembagunan Talud", "A", 2)],
        [Features(1, "Pembangunan Talud", "B", 5)],
        [(0, 0)],
    ),
    ("desa lain", [Features(1, "Talud", "A", 2)], [Features(2, "Talud", "A", 2)], [(None, 0), (0, None)]),
    (
        "kembar",
        [Features(1, "T", "A", 2), Features(1, "T", "A", 3)],
        [Features(1, "T", "A", 2), Features(1, "T", "A", 3)],
        [(0, 0), (1, 1)],
    ),
    ("karya lain", [Features(1, "Talud", "A", 2)], [Features(1, "Posyandu", "A", 2)], [(None, 0), (0, None)]),
    ("tanpa nama", [Features(1, "", "", 2)], [Features(1, "", "", 2), Features(1, "", "", 3)], [(0, 0), (None, 1)]),
]


@pytest.mark.parametrize(("lama", "baru", "right"), [p[1:] for p in PASANGAN], ids=[p[0] for p in PASANGAN])
def test_which_proposal_is_which(lama, baru, right):
    assert match(lama, baru) == right
