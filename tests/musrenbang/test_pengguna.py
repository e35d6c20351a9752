"""People: invited with a one-time link, given roles, reset, kept out; each step in the trail."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from musrenbang.akun.services.pengguna import KEPALA_PENGGUNA
from musrenbang.models import Desa, JejakAcuan, Kabupaten, Keanggotaan, Kecamatan, Pengguna, Skpd
from musrenbang.states import Peran
from tests.halaman import flat

SANDI = "sawah-hijau-2027"


def undang(client, **ubah):
    sikur = Kecamatan.objects.get(nama="Sikur")
    isi = {"nama": "Siti Aminah, S.E.", "nip": "", "peran": "pemandu", "lingkup": f"kecamatan-{sikur.pk}"} | ubah
    return client.post("/acuan/pengguna/undang/", isi, follow=True)


def sign_in(nama, sandi):
    """Return a client that is signed in, or None."""
    client = Client()
    return client if client.post("/masuk/", {"username": nama, "password": sandi}).status_code == 302 else None


def tautan_dari(client, orang):
    """Press the button that shows the link of an account, once."""
    html = client.post(f"/acuan/pengguna/{orang.pk}/tautan/").content.decode()
    return html.split('id="tautan" readonly value="')[1].split('"')[0].replace("http://testserver", "")


def tautan_baru(client, **ubah):
    """Invite somebody; return the link."""
    undang(client, **ubah)
    return tautan_dari(client, Pengguna.objects.order_by("-pk").first())


def pakai(tautan, sandi=SANDI):
    client = Client()
    jawab = client.get(tautan, follow=True)
    if "tidak berlaku" in jawab.content.decode():
        return client, jawab
    return client, client.post(
        jawab.redirect_chain[-1][0], {"new_password1": sandi, "new_password2": sandi}, follow=True
    )


def test_a_link_lets_a_person_choose_a_password_once(acara, masuk):
    bappeda = masuk("bu_bappeda")
    undang(bappeda)
    orang = Pengguna.objects.get(nama="Siti Aminah, S.E.")
    assert orang.username == "siti.aminah"
    assert not orang.has_usable_password()
    tautan = tautan_dari(bappeda, orang)
    _, jawab = pakai(tautan)
    assert "Pekerjaan Anda" in jawab.content.decode()
    assert "Kecamatan Sikur" in flat(jawab)
    _, lagi = pakai(tautan)
    assert "Tautan ini tidak berlaku lagi" in lagi.content.decode()
    assert sign_in("siti.aminah", SANDI)
    assert list(JejakAcuan.objects.values_list("aksi", flat=True)) == ["pengguna.sandi_dipilih", "pengguna.diundang"]


def test_a_weak_password_is_refused_in_words(acara, masuk):
    tautan = tautan_baru(masuk("bu_bappeda"))
    _, jawab = pakai(tautan, "12345")
    assert jawab.status_code == 200
    assert "invalid-feedback" in jawab.content.decode()
    assert not Pengguna.objects.get(username="siti.aminah").has_usable_password()


@pytest.mark.parametrize(
    "ubah", [{"nama": ""}, {"username": "ada spasi"}, {"peran": "admin"}, {"lingkup": "desa-999999"}, {"lingkup": ""}]
)
def test_an_invitation_that_is_not_complete_comes_back(acara, masuk, ubah):
    jumlah = Pengguna.objects.count()
    jawab = undang(masuk("bu_bappeda"), **ubah)
    assert jawab.status_code == 422
    assert Pengguna.objects.count() == jumlah


def test_role_and_scope_fit_together(acara, masuk):
    desa = Desa.objects.filter(kecamatan__nama="Sikur").first()
    html = undang(masuk("bu_bappeda"), lingkup=f"desa-{desa.pk}").content.decode()
    assert "Peran Tim Pemandu memerlukan kecamatan." in html
    assert undang(masuk("bu_bappeda"), peran="desa", lingkup=f"desa-{desa.pk}").status_code == 200
    assert Keanggotaan.objects.filter(peran="desa", desa=desa, pengguna__nama="Siti Aminah, S.E.").exists()


def test_a_name_that_is_taken_is_said_and_a_free_one_is_found(acara, masuk):
    client = masuk("bu_bappeda")
    assert "sudah dipakai" in undang(client, username="PAK_CAMAT").content.decode()
    undang(client)
    undang(client)
    assert set(Pengguna.objects.filter(nama="Siti Aminah, S.E.").values_list("username", flat=True)) == {
        "siti.aminah",
        "siti.aminah2",
    }


def test_reset_ends_the_session_and_makes_a_new_link(acara, masuk, pemeran):
    pmd, client = masuk("bu_pmd"), masuk("bu_bappeda")
    url = f"/acuan/pengguna/{pemeran['bu_pmd'].pk}/"
    assert "Tampilkan tautan" not in client.get(url).content.decode()
    assert "Tampilkan tautan" in client.post(f"{url}sandi/", follow=True).content.decode()
    assert pmd.get("/").status_code == 302
    _, jawab = pakai(tautan_dari(client, pemeran["bu_pmd"]))
    assert "Pekerjaan Anda" in jawab.content.decode()
    assert JejakAcuan.objects.filter(aksi="pengguna.sandi_direset").count() == 1


def test_who_is_kept_out_is_out_at_once_and_may_come_back(acara, masuk, pemeran):
    pmd, client = masuk("bu_pmd"), masuk("bu_bappeda")
    url = f"/acuan/pengguna/{pemeran['bu_pmd'].pk}/aktif/"
    for _ in range(2):
        client.post(url, {"aktif": "0"})
    assert pmd.get("/").status_code == 302
    assert JejakAcuan.objects.filter(aksi="pengguna.dinonaktifkan").count() == 1
    assert "dinonaktifkan" in client.get("/acuan/pengguna/?keadaan=nonaktif").content.decode()
    client.post(url, {"aktif": "1"})
    pemeran["bu_pmd"].refresh_from_db()
    assert pemeran["bu_pmd"].is_active


def test_a_link_of_somebody_kept_out_is_worthless(acara, masuk):
    client = masuk("bu_bappeda")
    tautan = tautan_baru(client)
    orang = Pengguna.objects.get(username="siti.aminah")
    client.post(f"/acuan/pengguna/{orang.pk}/aktif/", {"aktif": "0"})
    _, jawab = pakai(tautan)
    assert "tidak berlaku lagi" in jawab.content.decode()


def test_roles_are_given_and_taken(acara, masuk, pemeran):
    client, orang = masuk("bu_bappeda"), pemeran["pemandu"]
    sikur, skpd = Kecamatan.objects.get(nama="Sikur"), Skpd.objects.first()
    url = f"/acuan/pengguna/{orang.pk}/"
    client.post(f"{url}peran/", {"peran": "skpd", "lingkup": f"skpd-{skpd.pk}"})
    assert orang.keanggotaan.filter(peran="skpd", skpd=skpd).exists()
    html = client.post(f"{url}peran/", {"peran": "skpd", "lingkup": f"skpd-{skpd.pk}"}, follow=True).content.decode()
    assert "sudah berperan Perangkat daerah" in html
    for satu in orang.keanggotaan.all():
        client.post(f"/acuan/peran/{satu.pk}/hapus/")
    assert not orang.keanggotaan.exists()
    assert masuk("pemandu").get(f"/m/{acara.slug}/").status_code == 404
    assert client.get(url).status_code == 404
    assert not Keanggotaan.objects.filter(kecamatan=sikur, pengguna=orang).exists()


def test_nobody_locks_the_door_from_inside(acara, masuk, pemeran):
    client, diri = masuk("bu_bappeda"), pemeran["bu_bappeda"]
    satu = diri.keanggotaan.get()
    assert "tidak dapat Anda cabut" in client.post(f"/acuan/peran/{satu.pk}/hapus/", follow=True).content.decode()
    for aksi in ("aktif", "sandi"):
        client.post(f"/acuan/pengguna/{diri.pk}/{aksi}/")
    diri.refresh_from_db()
    assert diri.is_active
    assert diri.has_usable_password()
    assert client.get("/acuan/pengguna/").status_code == 200


def test_people_of_other_kabupaten_are_theirs(acara, masuk, pemeran):
    lain = Kabupaten.objects.create(provinsi=Kabupaten.objects.get().provinsi, kode="52.99", nama="Kabupaten Lain")
    asing = Pengguna.objects.create(username="asing", nama="Orang Asing")
    peran_asing = Keanggotaan.objects.create(pengguna=asing, peran=Peran.BAPPEDA, kabupaten=lain)
    client = masuk("bu_bappeda")
    for url in (
        f"/acuan/pengguna/{asing.pk}/",
        f"/acuan/pengguna/{asing.pk}/sandi/",
        f"/acuan/peran/{peran_asing.pk}/hapus/",
    ):
        jawab = client.get(url)
        assert (client.post(url) if jawab.status_code == 405 else jawab).status_code == 404
    Keanggotaan.objects.create(pengguna=pemeran["pak_camat"], peran=Peran.BAPPEDA, kabupaten=lain)
    html = client.post(
        f"/acuan/pengguna/{pemeran['pak_camat'].pk}/aktif/", {"aktif": "0"}, follow=True
    ).content.decode()
    assert "juga bertugas di luar kabupaten ini" in html
    pemeran["pak_camat"].refresh_from_db()
    assert pemeran["pak_camat"].is_active


def test_the_name_on_documents_is_corrected(acara, masuk, pemeran):
    masuk("bu_bappeda").post(
        f"/acuan/pengguna/{pemeran['pak_camat'].pk}/", {"nama": "Drs. H. Rusli, M.Si.", "nip": "1"}
    )
    pemeran["pak_camat"].refresh_from_db()
    assert pemeran["pak_camat"].nama == "Drs. H. Rusli, M.Si."
    assert JejakAcuan.objects.get().rincian["nama"][1] == "Drs. H. Rusli, M.Si."


def tabel(*baris):
    wb = Workbook()
    wb.active.append(KEPALA_PENGGUNA)
    for isi in baris:
        wb.active.append(isi)
    keluaran = BytesIO()
    wb.save(keluaran)
    return {"berkas": SimpleUploadedFile("orang.xlsx", keluaran.getvalue())}


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
    isi = load_workbook(BytesIO(client.post("/acuan/pengguna/tautan/").content)).active
    per = {b[0]: b for b in isi.iter_rows(min_row=3, values_only=True)}
    assert set(per) == {"Ani", "Budi", "Cici"}
    _, jawab = pakai(per["Ani"][4].replace("http://testserver", ""))
    assert "Pekerjaan Anda" in jawab.content.decode()
    assert "hanya kepada pembuatnya" in client.post("/acuan/pengguna/tautan/", follow=True).content.decode()
    isi = load_workbook(BytesIO(client.get("/acuan/pengguna/unduh/").content)).active
    assert [b[0] for b in isi.iter_rows(min_row=3, values_only=True)] == []


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


def test_everybody_changes_the_own_password(acara, masuk, pemeran):
    pemeran["pak_camat"].set_password(SANDI)
    pemeran["pak_camat"].save()
    client = sign_in("pak_camat", SANDI)
    salah = client.post(
        "/sandi/", {"old_password": "keliru", "new_password1": "padi-kuning-88", "new_password2": "padi-kuning-88"}
    )
    assert salah.status_code == 200
    assert "invalid-feedback" in salah.content.decode()
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
