"""Last year's result from a spreadsheet: imported once, replaced when asked, taken back while nobody builds on it."""

import json
from io import BytesIO, StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from alur.periksa import broken_invariants
from musrenbang import kunci
from musrenbang.models import JejakAudit, Musrenbang
from musrenbang.persiapan.services.acara import schedule_musrenbang
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from tests.conftest import move_to, write_workbook
from tests.snapshot import snapshot
from usulan.models import HasilLalu, ImporUsulan, StatusImpor, Usulan
from usulan.queries.last_year import imported_year, tally_results, year_before
from usulan.queries.repeats import last_year, list_agreed_last_year, list_repeatable, list_unknown_last_year
from usulan.services.impor import stage_impor
from usulan.services.last_year import commit_result, opener
from usulan.services.take_back import undo_impor
from usulan.services.without_file import repeat_usulan, withdraw_usulan

JUDUL = [
    *("No", "Desa", "Kegiatan", "Lokasi", "Volume", "Satuan", "Perkiraan Biaya (Rp)"),
    *("Disepakati", "Pagu Disetujui (Rp)", "Didanai", "Sumber Dana", "Terlaksana", "Keterangan"),
]
ISI = [
    [1, "Semaya", "Rabat beton jalan", "Dusun I", 100, "m", 90_000_000, "Ya", 80_000_000, "Ya", "APBD", "Ya", None],
    [2, "Semaya", "Gedung posyandu", "Dusun II", 1, "unit", 120_000_000, "Ya", None, "Tidak", None, None, None],
    [3, "Sikur", "Talud", "Blok Timur", 50, "m", 60_000_000, "Tidak", None, None, None, None, "Lahan bermasalah"],
    [4, "Sikur", "Irigasi tersier", "Blok Barat", 200, "m", 70_000_000, None, None, None, None, None, None],
    [5, "Semaya, Sikur", "Jembatan", "Kali Bagek", 8, "m", 100_000_001, "Ya", 50_000_001, None, None, None, None],
]


def impor_result(acara, by, path, **others):
    open_page = opener(musrenbang=acara, by=by)
    impor = stage_impor(musrenbang=year_before(acara), path=path, nama=path.name, by=by, open_year=open_page)
    commit_result(impor=impor, by=by, **others)
    return impor


@snapshot
def former(acara, cast):
    """The year before, imported while its event is being prepared."""
    from django.conf import settings as s

    move_to(acara, Tahap.PERSIAPAN, cast["admin"])
    path = write_workbook(s.VAR_DIR / "hasil-2025.xlsx", [JUDUL, *ISI])
    impor_result(acara, cast["bu_pmd"], path)
    return Musrenbang.objects.get(hanya_diimpor=True)


def nomor(usulan):
    return {u.nomor for u in usulan}


def test_it_is_uploaded_looked_at_and_stored_with_the_cell_of_each_value(acara, masuk, make_workbook):
    client = masuk("bu_pmd")
    berkas = make_workbook("hasil.xlsx", [JUDUL, *ISI])
    response = client.post(
        f"/m/{acara.slug}/usulan/hasil-lalu/", {"berkas": SimpleUploadedFile("hasil.xlsx", berkas.read_bytes())}
    )
    lama = Musrenbang.objects.get(hanya_diimpor=True)
    assert (lama.tahun_pelaksanaan, str(lama).endswith("(hanya diunggah)"), Usulan.objects.count()) == (2025, True, 0)
    contents = client.get(response.headers["Location"]).content.decode()
    for cut in ("Hanya diunggah", "Simpan 5 usulan", "disepakati Rp80.000.000, didanai, terlaksana"):
        assert cut in contents
    impor = ImporUsulan.objects.get()
    response = client.post(f"/m/{lama.slug}/usulan/impor/{impor.pk}/simpan/")
    assert response.headers["Location"] == f"/m/{acara.slug}/usulan/hasil-lalu/"
    one = HasilLalu.objects.get(usulan__nomor=1)
    assert (one.disepakati, one.jumlah_disepakati, one.sumber) == ("ya", 80_000_000, "APBD")
    assert one.sel == {"disepakati": "H2", "jumlah_disepakati": "I2", "didanai": "J2", "terlaksana": "L2"}
    empty = HasilLalu.objects.get(usulan__nomor=4)
    assert (empty.disepakati, empty.didanai, empty.terlaksana, empty.sel) == ("", "", "", {})
    contents = client.get(f"/m/{acara.slug}/usulan/hasil-lalu/").content.decode()
    assert "Hasilnya belum diketahui" in contents
    assert JejakAudit.objects.filter(musrenbang=lama, aksi="hasil_lalu.dibuka").count() == 1


def test_a_file_that_cannot_be_read_opens_no_year(acara, masuk):
    berkas = SimpleUploadedFile("hasil.xlsx", b"bukan excel")
    response = masuk("bu_pmd").post(f"/m/{acara.slug}/usulan/hasil-lalu/", {"berkas": berkas})
    assert response.status_code == 422
    assert not Musrenbang.objects.filter(hanya_diimpor=True).exists()


def test_another_file_for_the_same_desa_asks_first_and_then_takes_its_place(acara, former, cast, make_workbook, masuk):
    by = cast["bu_pmd"]
    baru = make_workbook("hasil-betul.xlsx", [JUDUL, [*ISI[1][:8], None, "Ya"]])
    with pytest.raises(Refused, match=r"sudah disimpan dari “hasil-2025\.xlsx”"):
        impor_result(acara, by, baru)
    assert Usulan.objects.filter(musrenbang=former).count() == 5
    impor = ImporUsulan.objects.get(status=StatusImpor.PRATINJAU)
    halaman = masuk("bu_pmd").get(f"/m/{former.slug}/usulan/impor/{impor.pk}/").content.decode()
    assert "Ganti dengan berkas ini" in halaman
    assert "Simpan 1 usulan" not in halaman
    masuk("bu_pmd").post(f"/m/{former.slug}/usulan/impor/{impor.pk}/simpan/", {"ganti": "1"})
    assert list(HasilLalu.objects.values_list("usulan__kegiatan", "didanai")) == [("Gedung posyandu", "ya")]
    assert broken_invariants(former) == []


def test_it_is_taken_back_until_somebody_proposes_one_of_them_again(acara, former, cast):
    by = cast["bu_pmd"]
    repeat_usulan(musrenbang=acara, pilihan=list(list_repeatable(acara).values_list("pk", flat=True)), by=by)
    impor = ImporUsulan.objects.get()
    with pytest.raises(Refused, match="sudah diajukan lagi"):
        undo_impor(impor=impor, by=by)
    for u in Usulan.objects.filter(musrenbang=acara):
        withdraw_usulan(usulan=u, by=by)
    assert undo_impor(impor=ImporUsulan.objects.get(), by=by) == 5
    assert not HasilLalu.objects.exists()
    assert last_year(acara) is None
    assert imported_year(acara) is None


def test_what_came_to_nothing_waits_and_what_nobody_knows_is_offered_apart(acara, former, cast):
    assert nomor(list_repeatable(acara)) == {2, 3}
    assert nomor(list_unknown_last_year(acara)) == {4}
    assert nomor(list_agreed_last_year(acara)) == {1, 5}
    everything = Usulan.objects.filter(musrenbang=former).values_list("pk", flat=True)
    assert repeat_usulan(musrenbang=acara, pilihan=list(everything), by=cast["bu_pmd"]) == 3
    assert {u.sumber.nomor for u in Usulan.objects.filter(musrenbang=acara)} == {2, 3, 4}


def test_a_year_that_was_held_here_is_not_imported(acara, kecamatan, cast, make_workbook, masuk):
    schedule_musrenbang(kecamatan=kecamatan, tahun_pelaksanaan=2025, by=cast["bu_bappeda"])
    path = make_workbook("hasil.xlsx", [JUDUL, *ISI])
    with pytest.raises(Refused, match="ada di aplikasi ini, jadi hasilnya diambil dari sana"):
        impor_result(acara, cast["bu_pmd"], path)
    assert "jadi tidak diunggah" in masuk("bu_pmd").get(f"/m/{acara.slug}/usulan/hasil-lalu/").content.decode()
    with pytest.raises(CommandError, match="ada di aplikasi ini"):
        call_command("impor_hasil_lalu", str(path), musrenbang=acara.slug)


def test_a_year_that_was_imported_is_not_scheduled(former, cast):
    with pytest.raises(Refused, match="sudah diunggah dari berkas"):
        schedule_musrenbang(kecamatan=former.kecamatan, tahun_pelaksanaan=2025, by=cast["bu_bappeda"])


def test_no_service_but_those_of_the_import_writes_to_it(former):
    with transaction.atomic():
        for one in kunci.DECLARED:
            if not one.of.startswith(("musrenbang", "impor.musrenbang")):
                continue
            container = type("Wadah", (), {"musrenbang": former})()
            nama = one.of.partition(".")[0]
            if one.service.__name__ in {"commit_impor", "commit_result", "undo_impor"}:
                continue
            with pytest.raises(Refused, match="hanya diunggah"):
                one.service(**{nama: former if nama == "musrenbang" else container})


@pytest.mark.parametrize("tahap", ["persiapan", "selesai"])
def test_the_database_itself_does_not_move_it(former, tahap):
    with pytest.raises(IntegrityError), transaction.atomic():
        Musrenbang.objects.filter(pk=former.pk).update(tahap=tahap)


def test_it_is_closed_when_the_preparation_is_over(acara, former, move_event, cast, masuk):
    move_event(acara, Tahap.SIAP)
    with pytest.raises(Refused, match="sebelum dan selama persiapan"):
        undo_impor(impor=ImporUsulan.objects.get(), by=cast["bu_pmd"])
    assert "Baca berkas" not in masuk("bu_pmd").get(f"/m/{acara.slug}/usulan/hasil-lalu/").content.decode()


def test_its_pages_are_those_of_the_import_and_it_stands_in_no_list_of_meetings(acara, former, masuk):
    client = masuk("bu_pmd")
    for halaman in ("", "rkp/", "usulan/serupa/", "hadir/"):
        assert client.get(f"/m/{former.slug}/{halaman}").status_code in (404, 409, 302), halaman
    assert client.get(f"/m/{former.slug}/usulan/").status_code == 200
    one = Usulan.objects.get(musrenbang=former, nomor=1)
    contents = client.get(f"/m/{former.slug}/usulan/{one.pk}/").content.decode()
    assert "Menurut berkas tahun lalu: disepakati Rp80.000.000, didanai, terlaksana." in contents
    assert former.slug not in client.get("/").content.decode()
    assert (
        masuk("operator_desa").get(f"/m/{former.slug}/usulan/impor/{ImporUsulan.objects.get().pk}/").status_code == 403
    )


def test_the_blank_form_comes_back_whole(acara, masuk, tmp_path, cast):
    response = masuk("bu_pmd").get(f"/m/{acara.slug}/usulan/hasil-lalu/formulir/")
    workbook = load_workbook(BytesIO(response.content))
    baris = [
        1,
        "Sikur",
        None,
        "Talud",
        "Dusun I",
        5,
        "m",
        9_000_000,
        "Sebagian",
        8_000_000,
        "Ya",
        7_000_000,
        "APBD Kab",
    ]
    for kolom, nilai in enumerate([*baris, "Sebagian", 40, 3_000_000, "Hujan"], 1):
        workbook["Hasil"].cell(5, kolom, nilai)
    workbook.save(path := tmp_path / "isi.xlsx")
    impor_result(acara, cast["bu_pmd"], path)
    result = HasilLalu.objects.get()
    assert (result.disepakati, result.didanai, result.terlaksana) == ("sebagian", "ya", "sebagian")
    assert (result.jumlah_disepakati, result.jumlah_didanai, result.jumlah_realisasi) == (
        8_000_000,
        7_000_000,
        3_000_000,
    )
    assert (result.fisik, result.alasan, result.usulan.biaya) == (40, "Hujan", 9_000_000)


def test_the_command_reads_without_writing_and_saves_when_told(acara, make_workbook):
    path, leaving = make_workbook("hasil.xlsx", [JUDUL, *ISI]), StringIO()
    call_command("impor_hasil_lalu", str(path), musrenbang=acara.slug, json=True, stdout=leaving)
    assert json.loads(leaving.getvalue())["lembar"][0]["usulan"][0]["hasil"]["jumlah_disepakati"] == 80_000_000
    assert not Musrenbang.objects.filter(hanya_diimpor=True).exists()
    leaving = StringIO()
    call_command("impor_hasil_lalu", str(path), musrenbang=acara.slug, simpan=True, stdout=leaving)
    assert leaving.getvalue() == (
        "hasil.xlsx: 5 usulan, 3 disepakati, 1 didanai, 1 terlaksana, 1 belum diketahui hasilnya\n"
    )
    with pytest.raises(CommandError, match="Ganti"):
        call_command(
            "impor_hasil_lalu", str(make_workbook("lagi.xlsx", [JUDUL, ISI[0]])), musrenbang=acara.slug, simpan=True
        )


def test_its_record_hangs_together(former):
    assert broken_invariants(former) == []
    HasilLalu.objects.filter(usulan__nomor=1).delete()
    assert "1 usulan yang diunggah tidak mempunyai catatan hasil." in broken_invariants(former)


LANGKAH = st.sampled_from(["", "ya", "sebagian", "tidak"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(1, 10**9), LANGKAH, LANGKAH, LANGKAH, st.integers(1, 5)), max_size=8))
def test_every_recap_has_the_same_works_and_rupiah(baris):
    everything = []
    for rupiah, agreed, dana, laksana, bobot in baris:
        bersama = {"a": {"nama": "A", "bobot": bobot}, "b": {"nama": "B", "bobot": 1}}
        u = Usulan(cakupan="beberapa", bersama=bersama, biaya=rupiah)
        u.hasil_lalu = HasilLalu(
            usulan=u,
            disepakati=agreed,
            jumlah_disepakati=rupiah if agreed in ("ya", "sebagian") else None,
            didanai=dana,
            terlaksana=laksana,
        )
        everything.append(u)
    rekap = tally_results(everything)
    for per in (rekap.desa, rekap.bidang):
        assert {n: sum(getattr(j, n) for j in per.values()) for n in vars(rekap.semua)} == vars(rekap.semua)
    assert rekap.semua.rp_sepakat == sum(rupiah for rupiah, agreed, *_ in baris if agreed in ("ya", "sebagian"))


def test_a_second_click_on_replace_is_told_that_it_was_saved(acara, former, cast, make_workbook, masuk):
    client, alamat = masuk("bu_pmd"), f"/m/{former.slug}/usulan/impor"
    with pytest.raises(Refused, match="sudah disimpan dari"):
        impor_result(acara, cast["bu_pmd"], make_workbook("hasil-betul.xlsx", [JUDUL, ISI[0]]))
    impor = ImporUsulan.objects.get(status=StatusImpor.PRATINJAU)
    client.post(f"{alamat}/{impor.pk}/simpan/", {"ganti": "1"})
    contents = client.post(f"{alamat}/{impor.pk}/simpan/", {"ganti": "1"}, follow=True).content.decode()
    assert "Berkas ini sudah disimpan. Tidak ada yang disimpan dua kali" in contents
    assert "“Dibatalkan”" not in contents
    assert Usulan.objects.filter(musrenbang=former, impor=impor).count() == 1


def test_a_row_that_stands_twice_in_the_file_is_marked_in_any_sheet(acara, cast, tmp_path):
    path = write_workbook(tmp_path / "dua.xlsx", [JUDUL, ISI[0], ISI[1], [9, *ISI[0][1:]]])
    workbook = load_workbook(path)
    other = workbook.create_sheet("Lain")
    for baris in (JUDUL, ISI[2], ISI[1]):
        other.append(baris)
    workbook.save(path)
    open_page = opener(musrenbang=acara, by=cast["bu_pmd"])
    impor = stage_impor(
        musrenbang=year_before(acara), path=path, nama="dua.xlsx", by=cast["bu_pmd"], open_year=open_page
    )
    remarks = {
        (lembar["nama"], u["baris"]): [p for p in u["peringatan"] if "dihitung dua kali" in p]
        for lembar in impor.hasil["lembar"]
        for u in lembar["usulan"]
    }
    told = {where: p[0].partition(",")[0] for where, p in remarks.items() if p}
    sheet = impor.hasil["lembar"][0]["nama"]
    assert len(remarks) == 5
    assert told == {
        (sheet, 4): f"Sama dengan baris 2 lembar kerja “{sheet}”",
        ("Lain", 3): f"Sama dengan baris 3 lembar kerja “{sheet}”",
    }
