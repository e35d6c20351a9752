"""The pages of a ranking: rules first, scores, ties, fixing, recomputing."""

import json
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from alur.services.acara import advance_musrenbang
from musrenbang.models import JejakAudit
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from rkp.prioritas.engine.published import digest
from rkp.prioritas.models import Calon, Nilai, Pemeringkatan, StatusPemeringkatan
from rkp.prioritas.presets import preset
from rkp.prioritas.queries.board import board
from rkp.prioritas.queries.candidates import list_peserta
from rkp.prioritas.queries.skema import skema_choices
from rkp.prioritas.rules import ATURAN, write_rows
from rkp.prioritas.services.candidates import save_values
from rkp.prioritas.services.peringkat import change_rules, fix_pemeringkatan
from rkp.prioritas.services.skema import save_skema
from tests.sheet_rows import rows_and_sums


def entry(aturan, **change):
    """The settings as the form sends them."""
    result = {}
    for kode, butir in ATURAN.items():
        nilai = aturan[kode]
        if butir.jenis == "baris":
            result[kode] = write_rows(butir, nilai)
        elif butir.jenis == "ya":
            result |= {kode: "on"} if nilai else {}
        elif isinstance(nilai, list):
            result[kode] = ", ".join(str(n) for n in nilai)
        else:
            result[kode] = "" if nilai is None else str(nilai)
    return result | {"nama": "PIK 2027", "pagu": "400.000.000", "dasar_hukum": ""} | change


KRITERIA = "C1 | Keterdesakan | 60 | 1 | 5 | manfaat\nC2 | Biaya pelihara | 40 | 1 | 5 | biaya"


def alamat(acara, jalan="piwk/"):
    return f"/m/{acara.slug}/rkp/prioritas/{jalan}"


def test_rules_come_first(acara, fixed_event, masuk):
    client = masuk("pak_sekcam")
    contents = client.get(alamat(acara, "")).content.decode()
    assert "Pemeringkatan belum dibuka" in contents
    assert "tidak untuk 2027" in contents, "a programme that ended is said to have ended"
    assert "C1 | Keterdesakan | 25 | 1 | 5 | manfaat" in client.get(alamat(acara, "buka/piwk/")).content.decode()
    assert client.post(alamat(acara, "buka/piwk/"), entry(preset("piwk"))).status_code == 302
    p = Pemeringkatan.objects.get()
    assert (p.pagu, sum(int(k["bobot"]) for k in p.aturan["kriteria"]), len(p.aturan["kriteria"])) == (
        400_000_000,
        100,
        6,
    )
    contents = client.get(alamat(acara)).content.decode()
    assert "2 dari 2 kegiatan belum lengkap skornya" in contents, "two works stand under APBD Kabupaten"
    contents = client.get(alamat(acara, "piwk/calon/")).content.decode()
    assert "Sumber dananya DAK; program ini membayar APBD Kabupaten." in contents
    ulang = client.post(alamat(acara, "buka/piwk/"), entry(preset("piwk")))
    assert "sudah dibuka" in ulang.content.decode()


@pytest.mark.parametrize(
    "changes, kata",
    [
        ({"kriteria": KRITERIA.replace("60", "61")}, "Jumlah bobot harus tepat 100%"),
        ({"pagu": "0"}, "lebih dari 0"),
        ({"pagu": "lima"}, "Jumlah ini belum terbaca"),
        ({"nama": ""}, "wajib diisi"),
        ({"kriteria": KRITERIA.replace("C2", "C1")}, "kode yang sama"),
        ({"kriteria": "C1 | A | x"}, "Baris 1: “x” bukan angka"),
        ({"kriteria": KRITERIA.replace("manfaat", "untung")}, "manfaat atau biaya"),
        ({"pemecah_seri": "undian"}, "“undian” tidak dikenal"),
        ({"daftar": "A | X | 1,5"}, "paling besar 1"),
        ({"daftar": "A | X\nA | Y"}, "kode yang sama"),
        ({"tabel_pilihan": "10 | 3"}, "tanda –"),
        ({"sumber": "A | 0,5"}, "berjumlah 1"),
        ({"min_porsi_mkp": "2"}, "antara 0 dan 1"),
        ({"kuota_desa": "1,5"}, "bilangan bulat"),
        ({"perbandingan": "1 | 2"}, "sama banyak"),
        ({"perbandingan": "1 | 3/0\n0 | 1"}, "bukan perbandingan"),
        ({"daftar_larangan": "a"}, "teks belum diisi"),
        ({"tabel_pilihan": "1 | 2 | 3 | 4"}, "4 bagian"),
    ],
)
def test_wrong_rules(changes, kata, acara, fixed_event, masuk):
    response = masuk("pak_sekcam").post(alamat(acara, "buka/piwk/"), entry(preset("piwk"), **changes))
    assert response.status_code == 422
    assert kata in response.content.decode()
    assert not Pemeringkatan.objects.exists()


def test_changing_the_rules_needs_a_reason_and_is_printed(acara, peringkat, masuk):
    client, url = masuk("pak_sekcam"), alamat(acara, "piwk/aturan/")
    baru = entry(peringkat.aturan, pagu="300.000.000", kebijakan_sisa="lewati", versi="1")
    assert "wajib diisi" in client.post(url, baru).content.decode()
    assert client.post(url, baru | {"alasan": "Surat Bappeda no. 5"}).status_code == 302
    jejak = JejakAudit.objects.get(aksi="prioritas.aturan_diubah")
    assert jejak.alasan == "Surat Bappeda no. 5"
    assert jejak.rincian == {
        "kebijakan_sisa": ["berhenti", "lewati"],
        "pagu": ["400000000", "300000000"],
        "nama": ["Pagu Indikatif Kecamatan", "PIK 2027"],
    }
    stale = client.post(url, baru | {"pagu": "1.000.000", "alasan": "Dari halaman lama"})
    assert "sudah mengubah" in stale.content.decode()
    fix_pemeringkatan(pemeringkatan=Pemeringkatan.objects.get(), by=jejak.pelaku)
    from rkp.prioritas.cetakan import prioritas_program

    (p,) = prioritas_program(acara)["program"]
    assert (
        p["perubahan"] == [{"alasan": "Surat Bappeda no. 5", "apa": "kebijakan_sisa, nama, pagu"}]
        or p["perubahan"][0]["alasan"] == "Surat Bappeda no. 5"
    )


def test_a_scheme_changed_later_leaves_the_copy_alone(acara, peringkat, kabupaten):
    save_skema(
        kabupaten=kabupaten,
        skema=None,
        versi=0,
        kode="piwk",
        nama="Milik kabupaten",
        tahun_dari=2020,
        tahun_sampai=None,
        dasar_hukum="Perbup 1/2026",
        aktif=True,
        aturan=preset("piwk") | {"kebijakan_sisa": "parsial"},
    )
    pilihan = next(s for s in skema_choices(acara) if s.kode == "piwk")
    assert (pilihan.nama, pilihan.bawaan, pilihan.aturan["kebijakan_sisa"]) == ("Milik kabupaten", False, "parsial")
    peringkat.refresh_from_db()
    assert peringkat.aturan["kebijakan_sisa"] == "berhenti"


def test_each_row_says_where_it_is_and_why(acara, peringkat, masuk):
    boards = board(peringkat)
    assert [(u.isi.nomor, u.skor, u.status, u.sebab, u.garis) for u in boards.urutan] == [
        (1, "100", "didanai", "peringkat 1, muat dalam pagu", False),
        (2, "80", "didanai", "peringkat 2, muat dalam pagu", False),
        (3, "60", "didanai", "peringkat 3, muat dalam pagu", True),
        (4, "40", "tidak_muat", "perlu Rp 66.000.000, tersisa Rp 15.000.000", False),
        (6, "20", "tidak_didanai", "pendanaan berhenti di 4", False),
    ]
    contents = masuk("bu_pmd").get(alamat(acara)).content.decode()
    assert "Garis pagu Rp400.000.000" in contents
    assert "pendanaan berhenti di No. RKP 4" in contents, "a number alone might be a rank"
    assert "1 tidak memenuhi syarat" in contents


def _sel(p, nomor, kode, nilai, lama):
    pk = Calon.objects.get(pemeringkatan=p, baris__nomor=nomor).pk
    return {f"n-{pk}-{kode}": nilai, f"l-{pk}-{kode}": lama}


def test_only_changed_cells_are_written_and_a_cell_of_somebody_else_is_refused(acara, peringkat, masuk):
    client, url = masuk("pemandu"), alamat(acara, "piwk/nilai/")
    response = client.post(url, _sel(peringkat, 1, "C1", "2", "5"), follow=True)
    assert "1 skor disimpan." in response.content.decode()
    response = client.post(url, _sel(peringkat, 1, "C1", "3", "5") | _sel(peringkat, 1, "C2", "1", "5"))
    assert response.status_code == 422
    assert "baru saja diisi orang lain dengan 2" in response.content.decode()
    assert Nilai.objects.get(calon__baris__nomor=1, kode="C2").nilai == 5
    assert 'value="3"' in response.content.decode()  # what was typed is still there
    contents = client.post(url, _sel(peringkat, 1, "C1", "2", "2"), follow=True).content.decode()
    assert "Tidak ada skor yang berubah" in contents
    assert client.post(url, {"n-99999-C1": "3", "l-99999-C1": "", "n-x-C1": "1", "n-1": "2"}).status_code == 302


@pytest.mark.parametrize(
    "nilai, kata",
    [
        ("0", "adalah 1 sampai 5, bukan 0"),
        ("6", "adalah 1 sampai 5, bukan 6"),
        ("tiga", "bukan angka"),
        ("-1", "bukan angka"),
        ("5,5", "1 sampai 5, bukan 5,5"),
    ],
)
def test_scores_stay_within_their_bounds(nilai, kata, acara, peringkat, masuk):
    response = masuk("pemandu").post(alamat(acara, "piwk/nilai/"), _sel(peringkat, 1, "C1", nilai, "5"))
    assert response.status_code == 422
    assert kata in response.content.decode()
    assert Nilai.objects.get(calon__baris__nomor=1, kode="C1").nilai == 5


def client_of(masuk, acara):
    return masuk("pak_sekcam").get(alamat(acara)).content.decode()


def test_an_open_tie_is_put_to_the_meeting(acara, peringkat, masuk, fixed_event):
    from rkp.models import BarisVersi

    Nilai.objects.filter(calon__baris__nomor__in=[1, 2]).update(nilai=3)
    BarisVersi.objects.filter(nomor=2).update(biaya=105_000_000)
    contents = client_of(masuk, acara)
    assert "berbagi peringkat" in contents, "all of them are paid, whatever their order"
    assert "Skor sama yang perlu diputus sidang" not in contents
    Pemeringkatan.objects.update(pagu=150_000_000)
    peringkat.refresh_from_db()
    client = masuk("pak_sekcam")
    contents = client.get(alamat(acara)).content.decode()
    assert "Skor sama yang perlu diputus sidang" in contents
    assert "Urutan sementara" in contents, "the order is shown all the same"
    assert "menunggu putusan sidang" in contents
    assert "Hasil hitungan" not in contents, "there is no result yet"
    assert "Tetapkan peringkat" not in contents
    assert client.get(alamat(acara, "piwk/hasil.json")).status_code == 404
    with pytest.raises(Refused, match="Skor berikut sama"):
        fix_pemeringkatan(pemeringkatan=peringkat, by=acara.jejak.first().pelaku)
    a, b = fixed_event.baris.get(nomor=1).pk, fixed_event.baris.get(nomor=2).pk
    order = {f"urut-{b}": 1, f"urut-{a}": 1, "alasan": "Musyawarah"}
    assert "Isi urutan yang berbeda" in client.post(alamat(acara, "piwk/seri/"), order, follow=True).content.decode()
    client.post(alamat(acara, "piwk/seri/"), order | {f"urut-{a}": 2})
    urutan = [u.isi.nomor for u in board(peringkat).urutan]
    assert urutan.index(2) == urutan.index(1) - 1


def test_fixing_freezes_and_anyone_recomputes_the_same(acara, peringkat, masuk, tmp_path):
    client = masuk("pak_sekcam")
    client.post(alamat(acara, "piwk/tetapkan/"))
    p = Pemeringkatan.objects.get()
    assert p.status == StatusPemeringkatan.DITETAPKAN
    path, leaving = tmp_path / "m.json", StringIO()
    path.write_bytes(client.get(alamat(acara, "piwk/masukan.json")).content)
    call_command("hitung_prioritas", path, stdout=leaving)
    assert digest(json.loads(leaving.getvalue())) == p.sha256_hasil
    assert digest(client.get(alamat(acara, "piwk/hasil.json")).json()) == p.sha256_hasil
    contents = client.get(alamat(acara)).content.decode()
    assert p.sha256_masukan in contents
    assert p.sha256_hasil in contents
    response = client.post(alamat(acara, "piwk/tetapkan/"), follow=True)
    assert "Peringkat sudah ditetapkan" in response.content.decode()
    assert JejakAudit.objects.filter(aksi="pemeringkatan.status").count() == 1


def test_a_fixed_ranking_opens_again_only_with_a_reason(acara, peringkat, masuk):
    client = masuk("pak_sekcam")
    client.post(alamat(acara, "piwk/tetapkan/"))
    assert "Tuliskan mengapa" in client.post(alamat(acara, "piwk/buka-lagi/"), follow=True).content.decode()
    client.post(alamat(acara, "piwk/buka-lagi/"), {"alasan": "Skor no. 2 keliru."})
    assert Pemeringkatan.objects.get().status == StatusPemeringkatan.DRAF
    assert Nilai.objects.count() == 30


@pytest.mark.parametrize(
    "route, who",
    [
        ("buka/kuota/", ["pemandu", "pak_camat", "bu_bappeda", "admin", "verifikator"]),
        ("piwk/aturan/", ["pemandu", "pak_camat"]),
        ("piwk/nilai/", ["pak_camat", "bu_bappeda", "operator_desa", "verifikator"]),
        ("piwk/tetapkan/", ["pemandu", "pak_camat"]),
        ("piwk/seri/", ["pemandu", "orang_skpd"]),
        ("piwk/hapus/", ["pemandu", "verifikator"]),
        ("piwk/surat/", ["pemandu", "pak_camat"]),
        ("piwk/urutan/simpan/", ["pemandu", "verifikator"]),
        ("piwk/buka-lagi/", ["pemandu"]),
        ("piwk/calon/", ["pemandu", "verifikator"]),
        ("pemilih/", ["pemandu", "pak_camat"]),
    ],
)
def test_wrong_people_and_methods(route, who, acara, peringkat, masuk):
    url = alamat(acara, route)
    assert [masuk(nama).post(url).status_code for nama in who] == [403] * len(who)
    assert masuk("orang_luar").post(url).status_code == 404
    if route.rsplit("/", 2)[1] not in {"kuota", "aturan", "calon"} and route != "pemilih/":
        assert masuk("pak_sekcam").get(url).status_code == 405


def test_an_unknown_ranking_is_not_found(acara, peringkat, masuk):
    client = masuk("pak_sekcam")
    for route in (
        "lain/",
        "lain/aturan/",
        "buka/lain/",
        "piwk/unduh/lain/",
        "piwk/calon/9999/",
        "piwk/masukan.pb?daftar=X",
    ):
        assert client.get(alamat(acara, route)).status_code == 404


def test_a_ranking_is_removed_only_while_nobody_worked_on_it(acara, peringkat, masuk):
    client = masuk("pak_sekcam")
    assert "sudah dikerjakan" in client.post(alamat(acara, "piwk/hapus/"), follow=True).content.decode()
    client.post(alamat(acara, "buka/kuota/"), entry(preset("kuota")))
    assert Pemeringkatan.objects.count() == 2
    client.post(alamat(acara, "kuota/hapus/"))
    assert Pemeringkatan.objects.get().kode == "piwk"


def test_stepping_back_opens_the_ranking_and_keeps_the_scores(acara, peringkat, cast):
    by = cast["pak_sekcam"]
    fix_pemeringkatan(pemeringkatan=peringkat, by=by)
    advance_musrenbang(musrenbang=acara, dari="prioritas", ke="delegasi", by=by)
    advance_musrenbang(musrenbang=acara, dari="delegasi", ke="prioritas", by=by, alasan="Skor no. 2 keliru")
    p = Pemeringkatan.objects.get()
    assert (p.status, p.hasil, Nilai.objects.count()) == (StatusPemeringkatan.DRAF, None, 30)
    advance_musrenbang(musrenbang=acara, dari="prioritas", ke="pleno", by=by, alasan="Keputusan no. 2 keliru")
    acara.refresh_from_db()
    assert acara.tahap == Tahap.PLENO


def test_every_open_ranking_is_fixed_before_the_delegates(acara, peringkat, cast):
    from tests.conftest import open_page_peringkat

    by = cast["pak_sekcam"]
    fix_pemeringkatan(pemeringkatan=peringkat, by=by)
    open_page_peringkat(acara, by, "kuota", kuota_tema=[])
    with pytest.raises(Refused, match="belum ditetapkan"):
        advance_musrenbang(musrenbang=acara, dari="prioritas", ke="delegasi", by=by)


def test_given_out_as_pb_and_spreadsheets(acara, peringkat, masuk):
    from io import BytesIO

    from openpyxl import load_workbook

    client = masuk("bu_bappeda")
    assert client.get(alamat(acara, "piwk/masukan.pb")).status_code == 404, "nobody voted"
    assert "?daftar=" not in client.get(alamat(acara)).content.decode()
    baris, sums = rows_and_sums(client.get(alamat(acara, "piwk/unduh/prioritas/")).content)
    summary_line = board(peringkat).hasil["ringkasan"]
    assert sum(b[7] for b in baris) == sums[7] == summary_line["didanai"]
    skor = load_workbook(BytesIO(client.get(alamat(acara, "piwk/unduh/skor/")).content)).active
    assert skor.cell(3, 4).value == 5
    assert client.get(alamat(acara, "piwk/unduh/suara/")).status_code == 200
    assert "memerlukan surat suara" in client.get(alamat(acara, "piwk/bagi-rata/")).content.decode()


def test_saw_by_a_raw_figure(acara, fixed_event, cast):
    """SAW on figures without an upper bound: the cheaper and the larger win, as in the engine."""
    from tests.conftest import open_page_peringkat

    kriteria = [
        {"kode": "V", "nama": "Volume", "bobot": "60", "min": "0", "maks": None, "jenis": "manfaat"},
        {"kode": "R", "nama": "Biaya rawat", "bobot": "40", "min": None, "maks": None, "jenis": "biaya"},
    ]
    p = open_page_peringkat(acara, cast["pak_sekcam"], metode="saw", kriteria=kriteria, pemecah_seri=["V", "putusan"])
    calon = {c.isi.nomor: c for c in list_peserta(p) if c.layak}
    sel = {(c.calon.pk, "V"): (None, Decimal(n * 100)) for n, c in calon.items()}
    sel |= {(c.calon.pk, "R"): (None, Decimal("12.5") * n) for n, c in calon.items()}
    save_values(pemeringkatan=p, by=cast["pemandu"], cell=sel)
    skor = {u.isi.nomor: u.skor for u in board(p).urutan}
    assert skor[6] == "0.6666666667"
    assert skor[1] == "0.5"


def test_contradictory_comparisons_do_not_rank(acara, peringkat, cast):
    comparison = [
        ["1", "3", "0.143", "5", "1", "1"],
        ["0.333", "1", "4", "3", "1", "1"],
        ["7", "0.25", "1", "5", "1", "1"],
        ["0.2", "0.333", "0.2", "1", "1", "1"],
        ["1"] * 6,
        ["1"] * 6,
    ]
    change_rules(
        pemeringkatan=peringkat,
        by=cast["pak_sekcam"],
        versi=1,
        nama=peringkat.nama,
        pagu=peringkat.pagu,
        dasar_hukum="",
        aturan=peringkat.aturan | {"perbandingan": comparison},
        alasan="Memakai AHP.",
    )
    peringkat.refresh_from_db()
    peringkat.musrenbang = acara
    assert "saling bertentangan" in board(peringkat).galat
    with pytest.raises(Refused, match="rasio konsistensi"):
        fix_pemeringkatan(pemeringkatan=peringkat, by=cast["pak_sekcam"])


@pytest.mark.parametrize("n", [1, 3])
def test_queries(n, acara, peringkat, masuk, django_assert_num_queries):
    Calon.objects.filter(baris__nomor__gt=n).delete()
    client = masuk("bu_pmd")
    with django_assert_num_queries(14):
        client.get(alamat(acara))
