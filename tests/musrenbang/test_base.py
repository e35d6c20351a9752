"""The base app's small parts: environment, formats, numbers, audit, start-up checks, regions, health, errors."""

import json
from datetime import date, time
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client

from alur import tahap
from musrenbang import audit, checks, nomor, questions, trail_words
from musrenbang import format as tulis
from musrenbang.forms.numbers import RupiahField, VolumeField
from musrenbang.infra import env
from musrenbang.infra.release import VERSION
from musrenbang.models import Desa, JejakAudit, Kabupaten, Keanggotaan, Kecamatan, PenghitungNomor, Skpd
from musrenbang.models.jejak import PermanentJejak
from musrenbang.persiapan.services.acara import schedule_musrenbang
from musrenbang.states import MOVES, Tahap
from musrenbang.transisi import Refused
from tests.conftest import FIXTURES


@pytest.mark.parametrize("nilai, result", [("1", True), ("true", True), ("True", True), ("0", False), ("False", False)])
def test_envbool(nilai, result, monkeypatch):
    monkeypatch.setenv("X", nilai)
    assert env.envbool("X", not result) is result


@pytest.mark.parametrize(
    "function, nilai, kata",
    [
        (lambda: env.envbool("X", False), "yes", "X='yes': pakai 1 atau 0"),
        (lambda: env.envint("X", 1), "sepuluh", "bilangan bulat"),
        (lambda: env.database("mysql://x/y", Path()), "", "mysql"),
        (lambda: env.database("postgres://h", Path()), "", "nama basis data"),
    ],
)
def test_the_environment_fails_loudly(function, nilai, kata, monkeypatch):
    monkeypatch.setenv("X", nilai)
    with pytest.raises(ImproperlyConfigured, match=kata):
        function()


def test_secrets_from_files(monkeypatch, tmp_path):
    (tmp_path / "kunci").write_text("rahasia\n")
    monkeypatch.setenv("K_FILE", str(tmp_path / "kunci"))
    assert env.envsecret("K") == "rahasia"
    (tmp_path / "kunci").write_text(" ")
    with pytest.raises(ImproperlyConfigured, match="kosong"):
        env.envsecret("K")
    monkeypatch.setenv("K_FILE", str(tmp_path / "tidak-ada"))
    with pytest.raises(ImproperlyConfigured, match="tidak dapat dibaca"):
        env.envsecret("K")


def test_database_urls():
    postgres = env.database("postgres://u%40x:p%3A@h:5433/db?sslmode=require", Path())
    assert (postgres["USER"], postgres["PASSWORD"], postgres["HOST"], postgres["PORT"], postgres["NAME"]) == (
        "u@x",
        "p:",
        "h",
        "5433",
        "db",
    )
    assert postgres["OPTIONS"]["sslmode"] == "require"
    lite = env.database(None, Path("/x"))
    assert lite["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert lite["OPTIONS"]["timeout"] >= 20
    assert env.database("sqlite:////tmp/a.db", Path())["NAME"] == Path("/tmp/a.db")


@pytest.mark.parametrize(
    "results, expected",
    [
        (tulis.rupiah(150_000_000), "Rp150.000.000"),
        (tulis.rupiah(None), "belum diisi"),
        (tulis.rupiah(0), "Rp0"),
        (tulis.number(Decimal("1200.500")), "1.200,5"),
        (tulis.number(Decimal("450.000")), "450"),
        (tulis.number(None, "-"), "-"),
        (tulis.date_with_day(date(2026, 2, 23)), "Senin, 23 Februari 2026"),
        (tulis.date_text(None), "belum ditetapkan"),
        (tulis.hour_text(time(8, 30)), "08.30"),
        (tulis.in_words(631_000_000), "enam ratus tiga puluh satu juta"),
        (tulis.in_words(1_001), "seribu satu"),
        (tulis.in_words(0), "nol"),
        (
            tulis.date_in_words(date(2026, 2, 9)),
            "Senin tanggal sembilan bulan Februari tahun dua ribu dua puluh enam",
        ),
    ],
)
def test_formats(results, expected):
    assert results == expected


@pytest.mark.parametrize(
    "text, nilai",
    [("150000000", 150_000_000), ("150.000.000", 150_000_000), ("Rp 1.500,-", 1500), ("", None), (None, None)],
)
def test_rupiah_field(text, nilai):
    assert RupiahField(required=False).clean(text) == nilai


@pytest.mark.parametrize("words, nilai", [("450", Decimal(450)), ("1.200,5", Decimal("1200.5")), ("", None)])
def test_volume_field(words, nilai):
    assert VolumeField(required=False).clean(words) == nilai
    assert VolumeField().prepare_value(Decimal("1200.500")) == "1.200,5"


def test_numbers_have_no_gap_when_a_document_fails(kecamatan):
    with transaction.atomic():
        assert nomor.take_nomor(kecamatan=kecamatan, jenis="ba", tahun=2026) == 1

    def gagal() -> None:
        with transaction.atomic():
            nomor.take_nomor(kecamatan=kecamatan, jenis="ba", tahun=2026)
            raise RuntimeError("gagal")

    with pytest.raises(RuntimeError, match="gagal"):
        gagal()
    with transaction.atomic():
        assert nomor.take_nomor(kecamatan=kecamatan, jenis="ba", tahun=2026) == 2
        assert nomor.take_nomor(kecamatan=kecamatan, jenis="ba", tahun=2027) == 1
    assert PenghitungNomor.objects.count() == 2
    assert (
        nomor.format_nomor(urut=7, kode="BA-MRB", month=2, tahun=2022, classification="050") == "050/007/BA-MRB/II/2022"
    )


@pytest.mark.django_db(transaction=True)
def test_a_number_needs_a_transaction(kecamatan):
    with pytest.raises(RuntimeError, match="di dalam transaksi"):
        nomor.take_nomor(kecamatan=kecamatan, jenis="ba", tahun=2026)


def test_the_trail_is_append_only(acara, cast):
    jejak = JejakAudit.objects.first()
    for attempt in (
        jejak.save,
        jejak.delete,
        JejakAudit.objects.all().delete,
        lambda: JejakAudit.objects.update(alasan="x"),
    ):
        with pytest.raises(PermanentJejak):
            attempt()
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic(), connection.cursor() as db_cursor:
        db_cursor.execute("UPDATE musrenbang_jejakaudit SET alasan = 'dipalsukan'")
    jejak.refresh_from_db()
    assert jejak.alasan == ""


def test_every_action_in_the_code_has_its_words():
    import re

    sumber = [
        p.read_text()
        for a in ("musrenbang", "usulan", "rkp", "delegasi", "tindak_lanjut", "berita_acara", "alur")
        for p in Path(a).rglob("*.py")
    ]
    aksi = {m for content in sumber for m in re.findall(r'aksi="([a-z_]+\.[a-z_]+)"', content)}
    assert len(aksi) > 15
    assert aksi <= {*trail_words.AKSI, *trail_words.STATUS, "musrenbang.tahap"}


def test_differences_keep_unknown_apart_from_empty():
    assert audit.diff({"a": None, "b": 1, "c": ""}, {"a": 5, "b": 1, "c": None}) == {"a": [None, "5"], "c": ["", None]}


def test_a_question_without_an_answer_stops_the_program(monkeypatch):
    assert checks.check_questions() == []
    monkeypatch.setattr(questions, "ASKED", [*questions.ASKED])
    question: questions.Question[[int], int] = questions.Question("berapa")
    assert [(g.id, g.msg) for g in checks.check_questions()] == [("musrenbang.E003", "Tidak ada yang menjawab: berapa")]
    with pytest.raises(RuntimeError, match="Nobody answers: berapa"):
        question(1)
    question.answered_by(abs)
    question.answered_by(abs)
    with pytest.raises(RuntimeError, match="Two answers"):
        question.answered_by(int)
    assert (question(-2), checks.check_questions()) == (2, [])


def test_the_table_of_stages_knows_every_stage_and_only_moves_that_exist():
    assert set(tahap.TAHAP) == set(Tahap)
    assert {(dari, ke) for ke, aturan in tahap.TAHAP.items() for dari in aturan.dari} <= set(MOVES)
    assert list(tahap.stage_deadlines().items()) == [("disahkan", 7), ("disampaikan", 14), ("selesai", 30)]


@pytest.mark.django_db
def test_regions_load_twice_without_change_and_name_what_is_wrong(tmp_path):
    leaving = StringIO()
    for _ in range(2):
        call_command("impor_wilayah", FIXTURES / "wilayah", stdout=leaving)
    assert (Kabupaten.objects.count(), Kecamatan.objects.count(), Desa.objects.count()) == (1, 21, 254)
    assert Kabupaten.objects.get().zona == Kabupaten.Zona.WITA
    assert Desa.objects.get(kode="52.03.04.2002").kecamatan.nama == "Sikur"
    with pytest.raises(CommandError, match=r"provinsi\.csv tidak dapat dibaca"):
        call_command("impor_wilayah", tmp_path)
    (tmp_path / "provinsi.csv").write_text("kode;nama\n")
    with pytest.raises(CommandError, match="kolom kode dan nama"):
        call_command("impor_wilayah", tmp_path)
    (tmp_path / "provinsi.csv").write_text("kode,nama\n11,Aceh\n")
    (tmp_path / "kabupaten_kota.csv").write_text("kode,nama\n12.01,Yatim\n")
    with pytest.raises(CommandError, match=r"kabupaten_kota\.csv baris 2: induk 12 tidak ada") as galat:
        call_command("impor_wilayah", tmp_path)
    assert galat.value.returncode == 2


def test_reference_data_keeps_what_people_changed(kabupaten):
    Skpd.objects.filter(singkatan="DLH").update(singkatan="LH")
    call_command("muat_acuan", "52.03", tahun=2027, stdout=StringIO())
    assert Skpd.objects.get(nama="Dinas Lingkungan Hidup").singkatan == "LH"
    for argument, kata in ((["99.99"], "belum ada"), (["52.03", "--berkas", "tidak-ada.json"], "tidak dapat dibaca")):
        with pytest.raises(CommandError, match=kata):
            call_command("muat_acuan", *argument, "--tahun", "2027")


@pytest.mark.parametrize("contents", [{}, {"kecamatan": True, "kabupaten": True}, {"kabupaten": True}])
def test_a_role_has_exactly_its_scope(contents, kecamatan, cast):
    lingkup = {k: {"kecamatan": kecamatan, "kabupaten": kecamatan.kabupaten}[k] for k in contents}
    with pytest.raises(IntegrityError):
        Keanggotaan.objects.create(pengguna=cast["orang_luar"], peran="camat", **lingkup)


def test_health(client, db, monkeypatch):
    assert client.get("/sehat/").json() == {"status": "sehat", "versi": VERSION}

    def dead(*args, **kwargs):
        raise DatabaseError("mati")

    with monkeypatch.context() as m:
        m.setattr(connection, "cursor", dead)
        assert client.get("/sehat/").status_code == 503


def test_a_database_that_is_gone_is_said_in_words(acara, masuk, monkeypatch):
    from django.db import OperationalError

    from alur.views import acara as halaman

    def dead(*args, **kwargs):
        raise OperationalError("server closed the connection")

    client = masuk("pak_sekcam")
    monkeypatch.setattr(halaman, "list_duties", dead)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 503
    assert "Aplikasi sedang terganggu" in response.content.decode()
    assert "Traceback" not in response.content.decode()


def test_a_bug_shows_no_traceback(acara, masuk, monkeypatch):
    from alur.views import acara as halaman

    monkeypatch.setattr(halaman, "list_duties", lambda user: 1 / 0)
    client = masuk("pak_sekcam")
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    assert "Terjadi kesalahan di aplikasi" in response.content.decode()


def test_an_expired_form_is_said_in_words(acara, cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast["pak_sekcam"])
    response = client.post(f"/m/{acara.slug}/pindah/", {"dari": "dijadwalkan", "ke": "persiapan"})
    assert response.status_code == 403
    assert "Halaman ini sudah kedaluwarsa" in response.content.decode()


def test_an_unknown_page(client, db, cast):
    client.force_login(cast["pak_sekcam"])
    assert "Halaman tidak ditemukan" in client.get("/tidak/ada/").content.decode()


def test_htmx_gets_a_refusal_as_a_fragment(acara, masuk):
    response = masuk("pak_sekcam").post(
        f"/m/{acara.slug}/pindah/", {"dari": "x", "ke": "y"}, headers={"HX-Request": "true"}
    )
    assert response.status_code == 409
    assert "Tahapnya sudah berubah" in response.content.decode()
    assert "<html" not in response.content.decode()


def test_a_refusal_never_redirects_to_another_site(acara, masuk):
    response = masuk("pak_sekcam").post(
        f"/m/{acara.slug}/pindah/", {"dari": "x", "ke": "y"}, headers={"Referer": "https://jahat.example/"}
    )
    assert response.headers["Location"] == "/"


def test_refused_without_a_table_entry(acara, cast):
    from musrenbang import transisi

    with pytest.raises(Refused, match="tidak dapat langsung"):
        transisi.move(acara, dari="dijadwalkan", ke="selesai", table={}, musrenbang=acara, by=None, kolom="tahap")


@pytest.mark.parametrize("n", [1, 3])
def test_queries_of_home_board_and_trail(n, kabupaten, masuk, cast, django_assert_num_queries):

    for i in range(n):
        kecamatan_row = Kecamatan.objects.create(kode=f"52.03.5{i}", nama=f"Uji {i}", kabupaten=kabupaten)
        schedule_musrenbang(kecamatan=kecamatan_row, tahun_pelaksanaan=2026, by=cast["bu_bappeda"])
    client = masuk("bu_bappeda")
    with django_assert_num_queries(6):  # one of them: what waits for a second person of Bappeda
        client.get("/")
    with django_assert_num_queries(13):  # one of them: which desa have sent, those of shared works too
        client.get("/m/uji-0-2027/")
    with django_assert_num_queries(6):
        client.get("/m/uji-0-2027/jejak/")


def test_the_trail_is_searched(acara, masuk):
    client = masuk("pak_sekcam")
    client.post(f"/m/{acara.slug}/pindah/", {"dari": "dijadwalkan", "ke": "persiapan"})
    contents = client.get(f"/m/{acara.slug}/jejak/?cari=tahap").content.decode()
    assert "Tahap: “Persiapan” (semula “Dijadwalkan”)" in contents
    assert "Musrenbang dijadwalkan" not in contents
    assert "Belum ada perubahan." in client.get(f"/m/{acara.slug}/jejak/?cari=zzz").content.decode()


def test_the_fixture_of_reference_data_is_whole():
    data = json.loads((FIXTURES / "acuan.json").read_text())
    bidang = {b["nama"] for b in data["bidang"]}
    assert {s["bidang"] for s in data["skpd"]} | {p["bidang"] for p in data["prioritas_daerah"]} <= bidang


def test_an_address_that_only_takes_forms_says_so(acara, masuk):
    response = masuk("pak_sekcam").get(f"/m/{acara.slug}/pindah/")
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    assert "tidak dapat dibuka langsung" in response.content.decode()


def test_a_form_sent_without_a_session(acara):
    contents = {"dari": "dijadwalkan", "ke": "persiapan"}
    response = Client().post(f"/m/{acara.slug}/pindah/", contents)
    assert (response.status_code, "Sesi Anda sudah berakhir" in response.content.decode()) == (401, True)
    response = Client().post(f"/m/{acara.slug}/pindah/", contents, headers={"HX-Request": "true"})
    assert (response.status_code, "Masuk lagi di tab baru" in response.content.decode()) == (401, True)
