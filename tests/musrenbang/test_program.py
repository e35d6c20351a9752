"""Programmes that enter the kecamatan: form, spreadsheet, roles, stages, and what happens twice."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from musrenbang.infra.sheets import write_xlsx
from musrenbang.izin import BOLEH_PROGRAM
from musrenbang.models import JejakAudit, ProgramMasuk
from musrenbang.persiapan.services.program import KEPALA
from musrenbang.states import Tahap
from rkp.models import Rkp
from usulan.models import BukanProgram, Usulan

ISI = {"jenis": "masuk", "nama": "Rehabilitasi irigasi tersier", "instansi": "Dinas PUPR", "lokasi": "Blok Timur"}


def add(client, acara, pk=None, **change):
    return client.post(f"/m/{acara.slug}/program-masuk/{pk or 'baru'}/", ISI | {"kunci": uuid4()} | change, follow=True)


def upload(client, acara, baris):
    content = write_xlsx(judul="x", kolom=[(k, 10) for k in KEPALA], baris=baris)
    return client.post(
        f"/m/{acara.slug}/program-masuk/", {"berkas": SimpleUploadedFile("p.xlsx", content)}, follow=True
    )


def test_the_list_starts_empty_and_takes_a_programme(acara, masuk):
    client = masuk("bu_pmd")
    assert "Belum ada program tercatat" in client.get(f"/m/{acara.slug}/program-masuk/").content.decode()
    text = add(client, acara, anggaran="Rp 150.000.000,-").content.decode()
    assert "Rp150.000.000" in text
    assert (ProgramMasuk.objects.get().anggaran, JejakAudit.objects.filter(aksi="program.ditambah").count()) == (
        150_000_000,
        1,
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [({"nama": ""}, "wajib"), ({"anggaran": "0"}, "lebih dari 0"), ({"desa": "99999"}, "pilihan")],
)
def test_bad_values_are_refused_and_kept_in_the_form(changes, message, acara, masuk):
    response = add(masuk("bu_pmd"), acara, **({"lokasi": "Jangan hilang"} | changes))
    assert response.status_code == 422
    assert message in response.content.decode().lower()
    assert "Jangan hilang" in response.content.decode()


@pytest.mark.parametrize("tahap", [t for t in Tahap.values if t != Tahap.DIKEMBALIKAN])
def test_which_stages_allow_a_change(tahap, acara, masuk, move_event):
    move_event(acara, tahap)
    add(masuk("bu_pmd"), acara)
    assert ProgramMasuk.objects.exists() == (tahap in BOLEH_PROGRAM)


def test_a_stale_form_is_told_what_the_other_person_wrote(acara, masuk):
    client = masuk("bu_pmd")
    add(client, acara)
    p = ProgramMasuk.objects.get()
    add(client, acara, p.pk, versi=1, nama="Irigasi primer")
    response = add(client, acara, p.pk, versi=1, nama="Irigasi lain", keterangan="Jangan hilang")
    text = response.content.decode()
    assert "sekarang “Irigasi primer”" in text
    assert "Jangan hilang" in text
    assert ProgramMasuk.objects.get().nama == "Irigasi primer"


def test_a_removed_one_is_gone_once_and_a_used_one_stays(acara, usulan, masuk):
    client = masuk("bu_pmd")
    add(client, acara)
    p = ProgramMasuk.objects.get()
    client.post(f"/m/{acara.slug}/usulan/{usulan[2].pk}/sudah-didanai/", {"program": p.pk, "putusan": "ya"})
    url = f"/m/{acara.slug}/program-masuk/{p.pk}/hapus/"
    assert "Hapus dahulu tandanya" in client.post(url, follow=True).content.decode()
    client.post(f"/m/{acara.slug}/usulan/{usulan[2].pk}/sudah-didanai/", {"putusan": "lepas"})
    assert "dihapus dari daftar" in client.post(url, follow=True).content.decode()
    assert client.post(url).status_code == 404


def test_a_table_goes_out_and_comes_back_without_doubles(acara, masuk):
    client = masuk("bu_pmd")
    baris = [
        ["masuk", "Jalan kabupaten", "Dinas PUPR", "APBD Kabupaten", "Sikur", "Ruas Timur", 900_000_000, None],
        ["prioritas", "Puskesmas rawat inap", "Dinas Kesehatan", None, None, None, None, "Renja 2027"],
    ]
    assert "2 program ditambah" in upload(client, acara, baris).content.decode()
    assert ProgramMasuk.objects.get(nama="Jalan kabupaten").skpd.singkatan == "Dinas PUPR"
    download = client.get(f"/m/{acara.slug}/program-masuk/unduh/")
    lembar = load_workbook(BytesIO(download.content)).active
    back = [list(r) for r in lembar.iter_rows(min_row=3, values_only=True)]
    assert back[0][:3] == ["Program masuk tahun ini", *baris[0][1:3]], "in words, and read back like that"
    baris[0][0] = back[0][0]
    baris[0][6] = 950_000_000
    assert "0 program ditambah, 1 diperbarui" in upload(client, acara, baris).content.decode()
    assert ProgramMasuk.objects.count() == 2


@pytest.mark.parametrize(
    ("baris", "message"),
    [
        (["masuk", None, "Dinas", None, None, None, None, None], "Program/Kegiatan kosong"),
        (["lain", "A", "B", None, None, None, None, None], "Jenis harus"),
        (["masuk", "A", "B", "Dana Gaib", None, None, None, None], "Sumber Dana “Dana Gaib” tidak dikenal"),
        (["masuk", "A", "B", None, "Atlantis", None, None, None], "Desa “Atlantis” tidak dikenal"),
        (["masuk", "A", "B", None, None, None, "banyak", None], "Anggaran harus"),
    ],
)
def test_a_bad_row_stops_the_whole_table_and_is_named(baris, message, acara, masuk):
    right = ["masuk", "Jalan", "Dinas PUPR", None, None, None, None, None]
    text = upload(masuk("bu_pmd"), acara, [right, baris]).content.decode()
    assert f"Baris 4: {message}" in text
    assert not ProgramMasuk.objects.exists()


@pytest.mark.parametrize("nama", ["pak_camat", "operator_desa", "orang_skpd", "orang_luar"])
def test_who_may_not_write(nama, acara, masuk):
    assert add(masuk(nama), acara).status_code == (404 if nama == "orang_luar" else 403)
    assert not ProgramMasuk.objects.exists()


@pytest.fixture
def program(acara, usulan, masuk):
    """A programme that does what proposal 3 asks for."""
    desa = usulan[2].desa_id
    add(masuk("bu_pmd"), acara, desa=desa)
    return ProgramMasuk.objects.get()


def test_a_proposal_like_a_programme_is_shown_and_marked_up_to_the_draft(acara, usulan, program, masuk):
    client, three = masuk("bu_pmd"), usulan[2]
    halaman = f"/m/{acara.slug}/usulan/sudah-didanai/"
    text = client.get(halaman).content.decode()
    assert "1 usulan menyerupai program" in text
    assert "tempat sama:" in text
    url = f"/m/{acara.slug}/usulan/{three.pk}/sudah-didanai/"
    for _ in range(2):
        client.post(url, {"program": program.pk, "putusan": "ya"})
    assert JejakAudit.objects.filter(aksi="usulan.didanai").count() == 1
    assert "Hapus tanda" in client.get(halaman).content.decode()
    client.post(f"/m/{acara.slug}/rkp/susun/")
    assert Rkp.objects.get().baris.count() == 6
    assert "sudah didanai: Rehabilitasi irigasi tersier" in client.get(f"/m/{acara.slug}/rkp/").content.decode()


def test_other_work_is_remembered_once(acara, usulan, program, masuk):
    client = masuk("bu_pmd")
    for _ in range(2):
        client.post(
            f"/m/{acara.slug}/usulan/{usulan[2].pk}/sudah-didanai/", {"program": program.pk, "putusan": "bukan"}
        )
    assert BukanProgram.objects.count() == 1
    assert "Tidak ada yang menyerupai" in client.get(f"/m/{acara.slug}/usulan/sudah-didanai/").content.decode()


def test_marking_wants_a_programme_of_this_event_and_a_role(acara, usulan, program, masuk):
    url = f"/m/{acara.slug}/usulan/{usulan[2].pk}/sudah-didanai/"
    text = masuk("bu_pmd").post(url, {"program": "999", "putusan": "ya"}, follow=True).content.decode()
    assert "Pilih programnya" in text
    assert masuk("operator_desa").post(url, {"program": program.pk, "putusan": "ya"}).status_code == 403
    assert masuk("bu_pmd").get(url).status_code == 405
    assert not Usulan.objects.exclude(program=None).exists()


@pytest.mark.parametrize("n", [1, 3])
def test_query_counts(n, acara, masuk, django_assert_num_queries):
    client = masuk("bu_pmd")
    for i in range(n):
        add(client, acara, nama=f"Program {i}")
    with django_assert_num_queries(5):
        client.get(f"/m/{acara.slug}/program-masuk/")
