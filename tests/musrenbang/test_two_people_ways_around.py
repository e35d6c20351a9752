"""Ways around the second person that do not touch an account: places that move, colleagues that are sent away."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from musrenbang.akun.people import is_grave
from musrenbang.akun.services.pengguna import set_active
from musrenbang.models import Desa, JejakAcuan, Kabupaten, Keanggotaan, Kecamatan, PermintaanAkun, Skpd, SumberDana
from musrenbang.states import Peran
from musrenbang.transisi import Refused
from tests.musrenbang.test_two_people import admin_add, colleague, lingkup, response  # noqa: F401


@pytest.fixture
def other_event(kabupaten):
    """A second kabupaten, which has nobody of Bappeda yet: its first one the administrator makes alone."""
    return Kabupaten.objects.create(provinsi=kabupaten.provinsi, kode="52.99", nama="Kabupaten Lain")


@pytest.mark.parametrize("jenis", ["kecamatan", "desa", "skpd"])
def test_a_place_that_moves_takes_no_account_along(acara, masuk, cast, other_event, kabupaten, jenis):
    """Where the only one of Bappeda is the administrator's own, the second person would be nobody else's."""
    client = masuk("admin")
    admin_add(client, cast["orang_luar"], "bappeda", kabupaten=other_event.pk)
    assert cast["orang_luar"].keanggotaan.get().kabupaten == other_event
    kecamatan = Kecamatan.objects.create(kabupaten=other_event, kode="52.99.01", nama="Lain")
    one = {
        "kecamatan": Kecamatan.objects.get(kode="52.03.04"),
        "desa": Desa.objects.first(),
        "skpd": Skpd.objects.first(),
    }
    one = one[jenis]
    content = {"kode": one.kode, "nama": one.nama, "kabupaten": other_event.pk, "kecamatan": kecamatan.pk}
    content |= {"singkatan": "X", "katakunci_set-TOTAL_FORMS": "0", "katakunci_set-INITIAL_FORMS": "0"}
    client.post(f"/admin/musrenbang/{jenis}/{one.pk}/change/", content)
    current = type(one).objects.get(pk=one.pk)
    assert getattr(current, "kabupaten", None) == getattr(one, "kabupaten", None)
    assert getattr(current, "kecamatan", None) == getattr(one, "kecamatan", None)
    admin_add(client, cast["admin"], "pmd", kecamatan=kecamatan.pk)
    client.post("/admin/musrenbang/pengguna/", {"action": "void_password", "_selected_action": [cast["pak_camat"].pk]})
    assert PermintaanAkun.objects.get(pengguna=cast["pak_camat"]).kabupaten == kabupaten


def test_what_the_administrator_changes_of_reference_data_stands_on_the_trail(acara, masuk, kabupaten):
    client, desa = masuk("admin"), Desa.objects.first()
    sebelum = JejakAcuan.objects.count()
    client.post(f"/admin/musrenbang/desa/{desa.pk}/change/", {"nama": "Desa Baru"})
    assert Desa.objects.get(pk=desa.pk).nama == "Desa Baru"
    (jejak,) = JejakAcuan.objects.order_by("pk")[sebelum:]
    assert (jejak.aksi, jejak.pelaku.username, jejak.kabupaten) == ("acuan.diubah", "admin", kabupaten)
    assert jejak.rincian == {"nama": [desa.nama, "Desa Baru"]}
    client.post("/admin/musrenbang/sumberdana/add/", {"nama": "Dana Baru", "sinonim": "[]"})
    assert JejakAcuan.objects.order_by("pk").last().aksi == "acuan.ditambah"
    dana = SumberDana.objects.get(nama="Dana Baru")
    client.post(f"/admin/musrenbang/sumberdana/{dana.pk}/delete/", {"post": "yes"})
    assert JejakAcuan.objects.order_by("pk").last().aksi == "acuan.dihapus"
    assert not SumberDana.objects.filter(nama="Dana Baru").exists()


def _pilihan(client, peran):
    aksi = {"action": "delete_selected", "_selected_action": [peran.pk], "post": "yes"}
    return client.post("/admin/musrenbang/keanggotaan/", aksi, follow=True)


CARA = {
    "lepas di admin": lambda client, peran: client.post(
        f"/admin/musrenbang/keanggotaan/{peran.pk}/delete/", {"post": "yes"}, follow=True
    ),
    "pilihan di admin": _pilihan,
}


@pytest.mark.parametrize("cara", CARA)
def test_the_administrator_sends_nobody_of_bappeda_away(colleague, acara, masuk, cast, kabupaten, cara):  # noqa: F811
    """Else the administrator would be alone, first with an account of the own making, then with it as the second."""
    client = masuk("admin")
    for nama in ("rekan", "bu_bappeda"):
        peran = Keanggotaan.objects.get(pengguna=cast[nama])
        assert "rekannya di Bappeda" in CARA[cara](client, peran).content.decode()
        assert Keanggotaan.objects.filter(pk=peran.pk).exists()
        with pytest.raises(Refused, match="rekannya di Bappeda"):
            set_active(kabupaten=kabupaten, by=cast["admin"], pengguna=cast[nama], aktif=False)
    admin_add(client, cast["orang_luar"], "bappeda", kabupaten=kabupaten.pk)
    assert not cast["orang_luar"].keanggotaan.exists()
    assert "disetujui" in response(masuk("rekan"))
    assert cast["orang_luar"].keanggotaan.get().peran == Peran.BAPPEDA


def test_a_role_that_is_taken_away_and_asked_back_brings_no_account_along(colleague, acara, masuk, cast):  # noqa: F811
    """Alone: the Camat loses the role, then the password, and the second person is asked for the role alone."""
    client, camat = masuk("bu_bappeda"), cast["pak_camat"]
    client.post(f"/acuan/pengguna/{camat.pk}/peran/", {"peran": "pmd", "lingkup": lingkup("pmd")})
    client.post(f"/acuan/peran/{camat.keanggotaan.get(peran='camat').pk}/hapus/")
    assert [k.peran for k in camat.keanggotaan.all()] == ["pmd"]
    client.post(f"/acuan/pengguna/{camat.pk}/sandi/")
    assert PermintaanAkun.objects.get(pengguna=camat).jenis == "sandi"
    camat.refresh_from_db()
    assert camat.has_usable_password()
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        assert not is_grave(camat)


def test_the_second_person_reads_what_was_done_to_the_account_before(colleague, acara, masuk, cast):  # noqa: F811
    """One person may reset the account of Kasi PMD; who is asked to make it Sekcam is told."""
    client, pmd = masuk("bu_bappeda"), cast["bu_pmd"]
    client.post(f"/acuan/pengguna/{pmd.pk}/sandi/")
    client.post(f"/acuan/pengguna/{pmd.pk}/peran/", {"peran": "sekcam", "lingkup": lingkup("sekcam")})
    html = masuk("rekan").get("/acuan/permintaan/").content.decode()
    assert "Beri Bu Pmd (bu_pmd) peran Sekretaris Camat" in html
    assert "Kata sandi akun Anda dibatalkan dan tautan baru dibuat oleh Bu Bappeda." in html
