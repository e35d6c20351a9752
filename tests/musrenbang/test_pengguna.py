"""People: invited with a one-time link, given roles, reset, kept out; each step in the trail."""

from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from musrenbang.akun.services.pengguna import KEPALA_PENGGUNA
from musrenbang.models import Desa, JejakAcuan, Kabupaten, Keanggotaan, Kecamatan, Pengguna, Skpd
from musrenbang.states import Peran
from tests.halaman import flat

SANDI = "sawah-hijau-2027"


def invite(client, **change):
    home_kecamatan = Kecamatan.objects.get(nama="Sikur")
    content = {
        "nama": "Siti Aminah, S.E.",
        "nip": "",
        "peran": "pemandu",
        "lingkup": f"kecamatan-{home_kecamatan.pk}",
    } | change
    return client.post("/acuan/pengguna/undang/", content, follow=True)


def sign_in(nama, sandi):
    """Return a client that is signed in, or None."""
    client = Client()
    return client if client.post("/masuk/", {"username": nama, "password": sandi}).status_code == 302 else None


def link_origin(client, person):
    """Press the button that shows the link of an account, once."""
    html = client.post(f"/acuan/pengguna/{person.pk}/tautan/").content.decode()
    return html.split('id="tautan" readonly value="')[1].split('"')[0].removeprefix(settings.ALAMAT)


def link_new(client, **change):
    """Invite somebody; return the link."""
    invite(client, **change)
    return link_origin(client, Pengguna.objects.order_by("-pk").first())


def use(link, sandi=SANDI):
    client = Client()
    response = client.get(link, follow=True)
    if "tidak berlaku" in response.content.decode():
        return client, response
    return client, client.post(
        response.redirect_chain[-1][0], {"new_password1": sandi, "new_password2": sandi}, follow=True
    )


def test_a_link_lets_a_person_choose_a_password_once(acara, masuk):
    bappeda = masuk("bu_bappeda")
    invite(bappeda)
    person = Pengguna.objects.get(nama="Siti Aminah, S.E.")
    assert person.username == "siti.aminah"
    assert not person.has_usable_password()
    link = link_origin(bappeda, person)
    _, response = use(link)
    assert "Pekerjaan Anda" in response.content.decode()
    assert "Kecamatan Sikur" in flat(response)
    _, lagi = use(link)
    assert "Tautan ini tidak berlaku lagi" in lagi.content.decode()
    assert sign_in("siti.aminah", SANDI)
    assert list(JejakAcuan.objects.values_list("aksi", flat=True)) == ["pengguna.sandi_dipilih", "pengguna.diundang"]


def test_a_weak_password_is_refused_in_words(acara, masuk):
    link = link_new(masuk("bu_bappeda"))
    _, response = use(link, "12345")
    assert response.status_code == 200
    assert "invalid-feedback" in response.content.decode()
    assert not Pengguna.objects.get(username="siti.aminah").has_usable_password()


@pytest.mark.parametrize(
    "changes",
    [{"nama": ""}, {"username": "ada spasi"}, {"peran": "admin"}, {"lingkup": "desa-999999"}, {"lingkup": ""}],
)
def test_an_invitation_that_is_not_complete_comes_back(acara, masuk, changes):
    jumlah = Pengguna.objects.count()
    response = invite(masuk("bu_bappeda"), **changes)
    assert response.status_code == 422
    assert Pengguna.objects.count() == jumlah


def test_role_and_scope_fit_together(acara, masuk):
    desa = Desa.objects.filter(kecamatan__nama="Sikur").first()
    html = invite(masuk("bu_bappeda"), lingkup=f"desa-{desa.pk}").content.decode()
    assert "Peran Tim Pemandu memerlukan kecamatan." in html
    assert invite(masuk("bu_bappeda"), peran="desa", lingkup=f"desa-{desa.pk}").status_code == 200
    assert Keanggotaan.objects.filter(peran="desa", desa=desa, pengguna__nama="Siti Aminah, S.E.").exists()


def test_a_name_that_is_taken_is_said_and_a_free_one_is_found(acara, masuk):
    client = masuk("bu_bappeda")
    assert "sudah dipakai" in invite(client, username="PAK_CAMAT").content.decode()
    invite(client)
    invite(client)
    assert set(Pengguna.objects.filter(nama="Siti Aminah, S.E.").values_list("username", flat=True)) == {
        "siti.aminah",
        "siti.aminah2",
    }


def test_reset_ends_the_session_and_makes_a_new_link(acara, masuk, cast):
    pmd, client = masuk("bu_pmd"), masuk("bu_bappeda")
    url = f"/acuan/pengguna/{cast['bu_pmd'].pk}/"
    assert "Tampilkan tautan" not in client.get(url).content.decode()
    assert "Tampilkan tautan" in client.post(f"{url}sandi/", follow=True).content.decode()
    assert pmd.get("/").status_code == 302
    _, response = use(link_origin(client, cast["bu_pmd"]))
    assert "Pekerjaan Anda" in response.content.decode()
    assert JejakAcuan.objects.filter(aksi="pengguna.sandi_direset").count() == 1


def test_who_is_kept_out_is_out_at_once_and_may_come_back(acara, masuk, cast):
    pmd, client = masuk("bu_pmd"), masuk("bu_bappeda")
    url = f"/acuan/pengguna/{cast['bu_pmd'].pk}/aktif/"
    for _ in range(2):
        client.post(url, {"aktif": "0"})
    assert pmd.get("/").status_code == 302
    assert JejakAcuan.objects.filter(aksi="pengguna.dinonaktifkan").count() == 1
    assert "dinonaktifkan" in client.get("/acuan/pengguna/?keadaan=nonaktif").content.decode()
    client.post(url, {"aktif": "1"})
    cast["bu_pmd"].refresh_from_db()
    assert cast["bu_pmd"].is_active


def test_a_link_of_somebody_kept_out_is_worthless(acara, masuk):
    client = masuk("bu_bappeda")
    link = link_new(client)
    person = Pengguna.objects.get(username="siti.aminah")
    client.post(f"/acuan/pengguna/{person.pk}/aktif/", {"aktif": "0"})
    _, response = use(link)
    assert "tidak berlaku lagi" in response.content.decode()


def test_roles_are_given_and_taken(acara, masuk, cast):
    client, person = masuk("bu_bappeda"), cast["pemandu"]
    home_kecamatan, skpd = Kecamatan.objects.get(nama="Sikur"), Skpd.objects.first()
    url = f"/acuan/pengguna/{person.pk}/"
    client.post(f"{url}peran/", {"peran": "skpd", "lingkup": f"skpd-{skpd.pk}"})
    assert person.keanggotaan.filter(peran="skpd", skpd=skpd).exists()
    html = client.post(f"{url}peran/", {"peran": "skpd", "lingkup": f"skpd-{skpd.pk}"}, follow=True).content.decode()
    assert "sudah berperan Perangkat daerah" in html
    for one in person.keanggotaan.all():
        client.post(f"/acuan/peran/{one.pk}/hapus/")
    assert not person.keanggotaan.exists()
    assert masuk("pemandu").get(f"/m/{acara.slug}/").status_code == 404
    assert client.get(url).status_code == 404
    assert not Keanggotaan.objects.filter(kecamatan=home_kecamatan, pengguna=person).exists()


def test_nobody_locks_the_door_from_inside(acara, masuk, cast):
    client, oneself = masuk("bu_bappeda"), cast["bu_bappeda"]
    one = oneself.keanggotaan.get()
    assert "tidak dapat Anda cabut" in client.post(f"/acuan/peran/{one.pk}/hapus/", follow=True).content.decode()
    for aksi in ("aktif", "sandi"):
        client.post(f"/acuan/pengguna/{oneself.pk}/{aksi}/")
    oneself.refresh_from_db()
    assert oneself.is_active
    assert oneself.has_usable_password()
    assert client.get("/acuan/pengguna/").status_code == 200


def test_people_of_other_kabupaten_are_theirs(acara, masuk, cast):
    other = Kabupaten.objects.create(provinsi=Kabupaten.objects.get().provinsi, kode="52.99", nama="Kabupaten Lain")
    foreign = Pengguna.objects.create(username="asing", nama="Orang Asing")
    foreign_peran = Keanggotaan.objects.create(pengguna=foreign, peran=Peran.BAPPEDA, kabupaten=other)
    client = masuk("bu_bappeda")
    for url in (
        f"/acuan/pengguna/{foreign.pk}/",
        f"/acuan/pengguna/{foreign.pk}/sandi/",
        f"/acuan/peran/{foreign_peran.pk}/hapus/",
    ):
        response = client.get(url)
        assert (client.post(url) if response.status_code == 405 else response).status_code == 404
    Keanggotaan.objects.create(pengguna=cast["pak_camat"], peran=Peran.BAPPEDA, kabupaten=other)
    html = client.post(f"/acuan/pengguna/{cast['pak_camat'].pk}/aktif/", {"aktif": "0"}, follow=True).content.decode()
    assert "juga bertugas di luar kabupaten ini" in html
    cast["pak_camat"].refresh_from_db()
    assert cast["pak_camat"].is_active


def test_the_name_on_documents_is_corrected(acara, masuk, cast):
    masuk("bu_bappeda").post(f"/acuan/pengguna/{cast['pak_camat'].pk}/", {"nama": "Drs. H. Rusli, M.Si.", "nip": "1"})
    cast["pak_camat"].refresh_from_db()
    assert cast["pak_camat"].nama == "Drs. H. Rusli, M.Si."
    assert JejakAcuan.objects.get().rincian["nama"][1] == "Drs. H. Rusli, M.Si."


def tabel(*baris):
    workbook = Workbook()
    workbook.active.append(KEPALA_PENGGUNA)
    for content in baris:
        workbook.active.append(content)
    output = BytesIO()
    workbook.save(output)
    return {"berkas": SimpleUploadedFile("orang.xlsx", output.getvalue())}


def test_a_table_invites_everybody_and_gives_their_links(acara, masuk):
    client, desa = masuk("bu_bappeda"), Desa.objects.filter(kecamatan__nama="Sikur").first()
    baris = [
        ("Ani", None, "Operator Desa", desa.kode, None),
        ("Budi", "123", "pmd", "Kecamatan Sikur", "budi.pmd"),
        ("Cici", None, "SKPD", "Dinas PUPR", None),
    ]
    html = client.post("/acuan/pengguna/unggah/", tabel(*baris), follow=True).content.decode()
    assert "3 akun dibuat" in html
    assert "Unduh 3 tautan undangan" in html
    contents = load_workbook(BytesIO(client.post("/acuan/pengguna/tautan/").content)).active
    per = {b[0]: b for b in contents.iter_rows(min_row=3, values_only=True)}
    assert set(per) == {"Ani", "Budi", "Cici"}
    _, response = use(per["Ani"][4].removeprefix(settings.ALAMAT))
    assert "Pekerjaan Anda" in response.content.decode()
    assert "hanya kepada pembuatnya" in client.post("/acuan/pengguna/tautan/", follow=True).content.decode()
    contents = load_workbook(BytesIO(client.get("/acuan/pengguna/unduh/").content)).active
    assert [b[0] for b in contents.iter_rows(min_row=3, values_only=True)] == []


@pytest.mark.parametrize(
    ("baris", "kata"),
    [
        (("", None, "camat", "Sikur", None), "Nama wajib diisi"),
        (("A", None, "raja", "Sikur", None), "peran “raja” tidak dikenal"),
        (("A", None, "Admin", "Sikur", None), "tidak dikenal"),
        (("A", None, "camat", "Entah", None), "kecamatan “Entah” tidak dikenal"),
        (("A", None, "camat", "Sikur", "pak_camat"), "sudah dipakai"),
    ],
)
def test_one_bad_row_invites_nobody(acara, masuk, baris, kata):
    jumlah = Pengguna.objects.count()
    html = (
        masuk("bu_bappeda")
        .post("/acuan/pengguna/unggah/", tabel(("Ani", None, "camat", "Sikur", None), baris), follow=True)
        .content.decode()
    )
    assert kata in html
    assert "Tidak ada yang diundang." in html
    assert Pengguna.objects.count() == jumlah


def test_everybody_changes_the_own_password(acara, masuk, cast):
    cast["pak_camat"].set_password(SANDI)
    cast["pak_camat"].save()
    client = sign_in("pak_camat", SANDI)
    wrong = client.post(
        "/sandi/", {"old_password": "keliru", "new_password1": "padi-kuning-88", "new_password2": "padi-kuning-88"}
    )
    assert wrong.status_code == 200
    assert "invalid-feedback" in wrong.content.decode()
    client.post(
        "/sandi/", {"old_password": SANDI, "new_password1": "padi-kuning-88", "new_password2": "padi-kuning-88"}
    )
    assert client.get("/").status_code == 200
    assert sign_in("pak_camat", "padi-kuning-88")


@pytest.mark.parametrize("nama", ["pak_sekcam", "pak_camat", "operator_desa", "orang_skpd"])
def test_it_is_bappedas(nama, acara, masuk):
    for url in (
        "/acuan/",
        "/acuan/pengguna/",
        "/acuan/pengguna/undang/",
        "/acuan/jejak/",
        "/acuan/pagu/",
        "/acuan/skpd/",
    ):
        assert masuk(nama).get(url).status_code == 403


def test_it_is_searched_and_does_not_grow(acara, masuk, django_assert_num_queries):
    client = masuk("bu_bappeda")
    assert "Pak Camat" in client.get("/acuan/pengguna/?cari=camat").content.decode()
    assert "Pak Camat" not in client.get("/acuan/pengguna/?peran=desa").content.decode()
    assert "Tidak ada yang cocok" in client.get("/acuan/pengguna/?cari=zzz").content.decode()
    with django_assert_num_queries(8):
        client.get("/acuan/pengguna/")
