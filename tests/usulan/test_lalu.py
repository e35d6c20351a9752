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
from usulan.queries.lalu import imported_year, tally_results, year_before
from usulan.queries.ulang import last_year, list_agreed_last_year, list_repeatable, list_unknown_last_year
from usulan.services.ajuan import repeat_usulan, withdraw_usulan
from usulan.services.batal import undo_impor
from usulan.services.impor import stage_impor
from usulan.services.lalu import commit_result, opener

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


def impor_hasil(acara, by, path, **lain):
    buka = opener(musrenbang=acara, by=by)
    impor = stage_impor(musrenbang=year_before(acara), path=path, nama=path.name, by=by, buka=buka)
    commit_result(impor=impor, by=by, **lain)
    return impor


@snapshot
def lalu(acara, pemeran):
    """The year before, imported while its event is being prepared."""
    from django.conf import settings as s

    move_to(acara, Tahap.PERSIAPAN, pemeran["admin"])
    path = write_workbook(s.VAR_DIR / "hasil-2025.xlsx", [JUDUL, *ISI])
    impor_hasil(acara, pemeran["bu_pmd"], path)
    return Musrenbang.objects.get(hanya_diimpor=True)


def nomor(usulan):
    return {u.nomor for u in usulan}


def test_it_is_uploaded_looked_at_and_stored_with_the_cell_of_each_value(acara, masuk, buku):
    client = masuk("bu_pmd")
    berkas = buku("hasil.xlsx", [JUDUL, *ISI])
    jawab = client.post(
        f"/m/{acara.slug}/usulan/hasil-lalu/", {"berkas": SimpleUploadedFile("hasil.xlsx", berkas.read_bytes())}
    )
    lama = Musrenbang.objects.get(hanya_diimpor=True)
    assert (lama.tahun_pelaksanaan, str(lama).endswith("(hanya diunggah)"), Usulan.objects.count()) == (2025, True, 0)
    isi = client.get(jawab.headers["Location"]).content.decode()
    for potong in ("Hanya diunggah", "Simpan 5 usulan", "disepakati Rp\u00a080.000.000, didanai, terlaksana"):
        assert potong in isi
    impor = ImporUsulan.objects.get()
    jawab = client.post(f"/m/{lama.slug}/usulan/impor/{impor.pk}/simpan/")
    assert jawab.headers["Location"] == f"/m/{acara.slug}/usulan/hasil-lalu/"
    satu = HasilLalu.objects.get(usulan__nomor=1)
    assert (satu.disepakati, satu.jumlah_disepakati, satu.sumber) == ("ya", 80_000_000, "APBD")
    assert satu.sel == {"disepakati": "H2", "jumlah_disepakati": "I2", "didanai": "J2", "terlaksana": "L2"}
    kosong = HasilLalu.objects.get(usulan__nomor=4)
    assert (kosong.disepakati, kosong.didanai, kosong.terlaksana, kosong.sel) == ("", "", "", {})
    isi = client.get(f"/m/{acara.slug}/usulan/hasil-lalu/").content.decode()
    assert "Hasilnya belum diketahui" in isi
    assert JejakAudit.objects.filter(musrenbang=lama, aksi="hasil_lalu.dibuka").count() == 1


def test_a_file_that_cannot_be_read_opens_no_year(acara, masuk):
    berkas = SimpleUploadedFile("hasil.xlsx", b"bukan excel")
    jawab = masuk("bu_pmd").post(f"/m/{acara.slug}/usulan/hasil-lalu/", {"berkas": berkas})
    assert jawab.status_code == 422
    assert not Musrenbang.objects.filter(hanya_diimpor=True).exists()


def test_another_file_for_the_same_desa_asks_first_and_then_takes_its_place(acara, lalu, pemeran, buku, masuk):
    by = pemeran["bu_pmd"]
    baru = buku("hasil-betul.xlsx", [JUDUL, [*ISI[1][:8], None, "Ya"]])
    with pytest.raises(Refused, match=r"sudah disimpan dari “hasil-2025\.xlsx”"):
        impor_hasil(acara, by, baru)
    assert Usulan.objects.filter(musrenbang=lalu).count() == 5
    impor = ImporUsulan.objects.get(status=StatusImpor.PRATINJAU)
    halaman = masuk("bu_pmd").get(f"/m/{lalu.slug}/usulan/impor/{impor.pk}/").content.decode()
    assert "Ganti dengan berkas ini" in halaman
    assert "Simpan 1 usulan" not in halaman
    masuk("bu_pmd").post(f"/m/{lalu.slug}/usulan/impor/{impor.pk}/simpan/", {"ganti": "1"})
    assert list(HasilLalu.objects.values_list("usulan__kegiatan", "didanai")) == [("Gedung posyandu", "ya")]
    assert broken_invariants(lalu) == []


def test_it_is_taken_back_until_somebody_proposes_one_of_them_again(acara, lalu, pemeran):
    by = pemeran["bu_pmd"]
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


def test_what_came_to_nothing_waits_and_what_nobody_knows_is_offered_apart(acara, lalu, pemeran):
    assert nomor(list_repeatable(acara)) == {2, 3}
    assert nomor(list_unknown_last_year(acara)) == {4}
    assert nomor(list_agreed_last_year(acara)) == {1, 5}
    semua = Usulan.objects.filter(musrenbang=lalu).values_list("pk", flat=True)
    assert repeat_usulan(musrenbang=acara, pilihan=list(semua), by=pemeran["bu_pmd"]) == 3
    assert {u.sumber.nomor for u in Usulan.objects.filter(musrenbang=acara)} == {2, 3, 4}


def test_a_year_that_was_held_here_is_not_imported(acara, kecamatan, pemeran, buku, masuk):
    schedule_musrenbang(kecamatan=kecamatan, tahun_pelaksanaan=2025, by=pemeran["bu_bappeda"])
    path = buku("hasil.xlsx", [JUDUL, *ISI])
    with pytest.raises(Refused, match="ada di aplikasi ini, jadi hasilnya diambil dari sana"):
        impor_hasil(acara, pemeran["bu_pmd"], path)
    assert "jadi tidak diunggah" in masuk("bu_pmd").get(f"/m/{acara.slug}/usulan/hasil-lalu/").content.decode()
    with pytest.raises(CommandError, match="ada di aplikasi ini"):
        call_command("impor_hasil_lalu", str(path), musrenbang=acara.slug)


def test_a_year_that_was_imported_is_not_scheduled(lalu, pemeran):
    with pytest.raises(Refused, match="sudah diunggah dari berkas"):
        schedule_musrenbang(kecamatan=lalu.kecamatan, tahun_pelaksanaan=2025, by=pemeran["bu_bappeda"])


def test_no_service_but_those_of_the_import_writes_to_it(lalu):
    with transaction.atomic():
        for satu in kunci.DECLARED:
            if not satu.of.startswith(("musrenbang", "impor.musrenbang")):
                continue
            wadah = type("Wadah", (), {"musrenbang": lalu})()
            nama = satu.of.partition(".")[0]
            if satu.service.__name__ in {"commit_impor", "commit_result", "undo_impor"}:
                continue
            with pytest.raises(Refused, match="hanya diunggah"):
                satu.service(**{nama: lalu if nama == "musrenbang" else wadah})


@pytest.mark.parametrize("tahap", ["persiapan", "selesai"])
def test_the_database_itself_does_not_move_it(lalu, tahap):
    with pytest.raises(IntegrityError), transaction.atomic():
        Musrenbang.objects.filter(pk=lalu.pk).update(tahap=tahap)


def test_it_is_closed_when_the_preparation_is_over(acara, lalu, pindah, pemeran, masuk):
    pindah(acara, Tahap.SIAP)
    with pytest.raises(Refused, match="sebelum dan selama persiapan"):
        undo_impor(impor=ImporUsulan.objects.get(), by=pemeran["bu_pmd"])
    assert "Baca berkas" not in masuk("bu_pmd").get(f"/m/{acara.slug}/usulan/hasil-lalu/").content.decode()


def test_its_pages_are_those_of_the_import_and_it_stands_in_no_list_of_meetings(acara, lalu, masuk):
    client = masuk("bu_pmd")
    for halaman in ("", "rkp/", "usulan/serupa/", "hadir/"):
        assert client.get(f"/m/{lalu.slug}/{halaman}").status_code in (404, 409, 302), halaman
    assert client.get(f"/m/{lalu.slug}/usulan/").status_code == 200
    satu = Usulan.objects.get(musrenbang=lalu, nomor=1)
    isi = client.get(f"/m/{lalu.slug}/usulan/{satu.pk}/").content.decode()
    assert "Menurut berkas tahun lalu: disepakati Rp\u00a080.000.000, didanai, terlaksana." in isi
    assert lalu.slug not in client.get("/").content.decode()
    assert masuk("operator_desa").get(f"/m/{lalu.slug}/usulan/impor/{ImporUsulan.objects.get().pk}/").status_code == 403


def test_the_blank_form_comes_back_whole(acara, masuk, tmp_path, pemeran):
    jawab = masuk("bu_pmd").get(f"/m/{acara.slug}/usulan/hasil-lalu/formulir/")
    buku = load_workbook(BytesIO(jawab.content))
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
        buku["Hasil"].cell(5, kolom, nilai)
    buku.save(path := tmp_path / "isi.xlsx")
    impor_hasil(acara, pemeran["bu_pmd"], path)
    hasil = HasilLalu.objects.get()
    assert (hasil.disepakati, hasil.didanai, hasil.terlaksana) == ("sebagian", "ya", "sebagian")
    assert (hasil.jumlah_disepakati, hasil.jumlah_didanai, hasil.jumlah_realisasi) == (8_000_000, 7_000_000, 3_000_000)
    assert (hasil.fisik, hasil.alasan, hasil.usulan.biaya) == (40, "Hujan", 9_000_000)


def test_the_command_reads_without_writing_and_saves_when_told(acara, buku):
    path, keluar = buku("hasil.xlsx", [JUDUL, *ISI]), StringIO()
    call_command("impor_hasil_lalu", str(path), musrenbang=acara.slug, json=True, stdout=keluar)
    assert json.loads(keluar.getvalue())["lembar"][0]["usulan"][0]["hasil"]["jumlah_disepakati"] == 80_000_000
    assert not Musrenbang.objects.filter(hanya_diimpor=True).exists()
    keluar = StringIO()
    call_command("impor_hasil_lalu", str(path), musrenbang=acara.slug, simpan=True, stdout=keluar)
    assert keluar.getvalue() == (
        "hasil.xlsx: 5 usulan, 3 disepakati, 1 didanai, 1 terlaksana, 1 belum diketahui hasilnya\n"
    )
    with pytest.raises(CommandError, match="Ganti"):
        call_command("impor_hasil_lalu", str(buku("lagi.xlsx", [JUDUL, ISI[0]])), musrenbang=acara.slug, simpan=True)


def test_its_record_hangs_together(lalu):
    assert broken_invariants(lalu) == []
    HasilLalu.objects.filter(usulan__nomor=1).delete()
    assert "1 usulan yang diunggah tidak mempunyai catatan hasil." in broken_invariants(lalu)


LANGKAH = st.sampled_from(["", "ya", "sebagian", "tidak"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(1, 10**9), LANGKAH, LANGKAH, LANGKAH, st.integers(1, 5)), max_size=8))
def test_every_recap_has_the_same_works_and_rupiah(baris):
    semua = []
    for rp, sepakat, dana, laksana, bobot in baris:
        bersama = {"a": {"nama": "A", "bobot": bobot}, "b": {"nama": "B", "bobot": 1}}
        u = Usulan(cakupan="beberapa", bersama=bersama, biaya=rp)
        u.hasil_lalu = HasilLalu(
            usulan=u,
            disepakati=sepakat,
            jumlah_disepakati=rp if sepakat in ("ya", "sebagian") else None,
            didanai=dana,
            terlaksana=laksana,
        )
        semua.append(u)
    rekap = tally_results(semua)
    for per in (rekap.desa, rekap.bidang):
        assert {n: sum(getattr(j, n) for j in per.values()) for n in vars(rekap.semua)} == vars(rekap.semua)
    assert rekap.semua.rp_sepakat == sum(rp for rp, sepakat, *_ in baris if sepakat in ("ya", "sebagian"))


def test_a_second_click_on_replace_is_told_that_it_was_saved(acara, lalu, pemeran, buku, masuk):
    client, alamat = masuk("bu_pmd"), f"/m/{lalu.slug}/usulan/impor"
    with pytest.raises(Refused, match="sudah disimpan dari"):
        impor_hasil(acara, pemeran["bu_pmd"], buku("hasil-betul.xlsx", [JUDUL, ISI[0]]))
    impor = ImporUsulan.objects.get(status=StatusImpor.PRATINJAU)
    client.post(f"{alamat}/{impor.pk}/simpan/", {"ganti": "1"})
    isi = client.post(f"{alamat}/{impor.pk}/simpan/", {"ganti": "1"}, follow=True).content.decode()
    assert "Berkas ini sudah disimpan. Tidak ada yang disimpan dua kali" in isi
    assert "“Dibatalkan”" not in isi
    assert Usulan.objects.filter(musrenbang=lalu, impor=impor).count() == 1


def test_a_row_that_stands_twice_in_the_file_is_marked_in_any_sheet(acara, pemeran, tmp_path):
    path = write_workbook(tmp_path / "dua.xlsx", [JUDUL, ISI[0], ISI[1], [9, *ISI[0][1:]]])
    workbook = load_workbook(path)
    other = workbook.create_sheet("Lain")
    for baris in (JUDUL, ISI[2], ISI[1]):
        other.append(baris)
    workbook.save(path)
    buka = opener(musrenbang=acara, by=pemeran["bu_pmd"])
    impor = stage_impor(musrenbang=year_before(acara), path=path, nama="dua.xlsx", by=pemeran["bu_pmd"], buka=buka)
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
