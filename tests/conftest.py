"""The cast and the places of the tests."""

import os
import uuid
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from time import time as time_now

import hypothesis
import pytest
from django.conf import settings
from django.test import Client
from django_tasks_db.models import DBTaskResult
from openpyxl import Workbook

from alur.services.acara import advance_musrenbang
from musrenbang import transisi
from musrenbang.acuan.services.acuan import import_acuan
from musrenbang.akun import sign_in_code
from musrenbang.akun.sesi import DILIHAT
from musrenbang.models import Desa, Kabupaten, Keanggotaan, Kecamatan, Musrenbang, Pengguna, Provinsi, Skpd
from musrenbang.persiapan.services.acara import schedule_musrenbang
from musrenbang.persiapan.services.tim import fill_tim
from musrenbang.sidang.services.kehadiran import record_kehadiran
from musrenbang.states import MOVES, Peran, Tahap
from tests.snapshot import snapshot

# Playwright keeps an event loop in this thread; Django's ORM is used beside it, never inside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
# How long an example takes says how busy the machine is, nothing of what is tested.
hypothesis.settings.register_profile(
    "musrenbang", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("musrenbang")
pytest_plugins = [
    f"tests.{p}" for p in ("core_seconds", "forms_of_pages", "thrift", "selection", "sql_shapes", "stage")
]
FIXTURES = settings.BASE_DIR / "fixtures"
SANDI = "sandi-uji-panjang"


@pytest.fixture(autouse=True)
def _tempat(settings, tmp_path):
    """Files of a test stay in its own folder; passwords hash fast."""
    settings.MEDIA_ROOT = tmp_path / "berkas"
    settings.VAR_DIR = tmp_path
    settings.CETAK_DULU = False  # a test that walks through stages prints what it reads
    settings.PEKERJA_TERPISAH = True  # no process is started; a test empties the queue itself
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@snapshot
def kabupaten() -> Kabupaten:
    """Kabupaten Lombok Timur with its reference data."""
    provinsi = Provinsi.objects.create(kode="52", nama="Nusa Tenggara Barat")
    kabupaten = Kabupaten.objects.create(
        kode="52.03", nama="Kabupaten Lombok Timur", provinsi=provinsi, zona=Kabupaten.Zona.WITA
    )
    import_acuan(berkas=FIXTURES / "acuan.json", kabupaten=kabupaten, tahun=2027)
    return kabupaten


@snapshot
def kecamatan(kabupaten) -> Kecamatan:
    """A kecamatan of three desa, small enough to see the whole."""
    kecamatan = Kecamatan.objects.create(kode="52.03.04", nama="Sikur", kabupaten=kabupaten)
    for kode, nama in (("2001", "Semaya"), ("2002", "Sikur"), ("2008", "Montong Baan Selatan")):
        Desa.objects.create(kode=f"52.03.04.{kode}", nama=nama, kecamatan=kecamatan)
    return kecamatan


def _orang(username: str, nama: str) -> Pengguna:
    return Pengguna.objects.create_user(username, password=SANDI, nama=nama, nip="19800101 200001 1 001")


@snapshot
def cast(kecamatan) -> dict[str, Pengguna]:
    """The named cast: one person per role, a stranger and a superuser."""
    kabupaten = kecamatan.kabupaten
    person = {
        "bu_bappeda": (Peran.BAPPEDA, {"kabupaten": kabupaten}),
        "pak_camat": (Peran.CAMAT, {"kecamatan": kecamatan}),
        "pak_sekcam": (Peran.SEKCAM, {"kecamatan": kecamatan}),
        "bu_pmd": (Peran.PMD, {"kecamatan": kecamatan}),
        "pemandu": (Peran.PEMANDU, {"kecamatan": kecamatan}),
        "verifikator": (Peran.VERIFIKATOR, {"kecamatan": kecamatan}),
        "operator_desa": (Peran.DESA, {"desa": kecamatan.desa_set.get(nama="Sikur")}),
        "orang_skpd": (Peran.SKPD, {"skpd": Skpd.objects.get(singkatan="Dinas PUPR")}),
    }
    result = {}
    for nama, (peran, lingkup) in person.items():
        result[nama] = _orang(nama, nama.replace("_", " ").title())
        Keanggotaan.objects.create(pengguna=result[nama], peran=peran, **lingkup)
    result["orang_luar"] = _orang("orang_luar", "Orang Luar")
    result["admin"] = Pengguna.objects.create_superuser("admin", password=SANDI, nama="Admin")
    return result


PERAN_KE_ORANG = {
    Peran.BAPPEDA: "bu_bappeda",
    Peran.CAMAT: "pak_camat",
    Peran.SEKCAM: "pak_sekcam",
    Peran.PMD: "bu_pmd",
    Peran.PEMANDU: "pemandu",
    Peran.VERIFIKATOR: "verifikator",
    Peran.DESA: "operator_desa",
    Peran.SKPD: "orang_skpd",
}


@snapshot
def acara(kecamatan, cast) -> Musrenbang:
    """A scheduled event."""
    return schedule_musrenbang(
        kecamatan=kecamatan,
        tahun_pelaksanaan=2026,
        by=cast["bu_bappeda"],
        tanggal=date(2026, 2, 23),
        jam_mulai=time(8, 30),
        tempat="Aula Kantor Camat Sikur",
    )


@snapshot
def tim(acara, cast):
    """The team of the event, from the accounts of its kecamatan."""
    fill_tim(musrenbang=acara, by=cast["pak_sekcam"])


@pytest.fixture
def masuk(cast):
    """Return a client signed in as a member of the cast."""

    def _masuk(nama: str) -> Client:
        client = Client()
        client.force_login(cast[nama])
        sesi = client.session
        sesi[sign_in_code.KUNCI], sesi[DILIHAT] = sign_in_code.CUKUP, int(time_now())
        sesi.save()
        return client

    return _masuk


@pytest.fixture
def run_jobs():
    """Do the jobs that wait, as a worker would; return how many there were."""

    def _run_jobs() -> int:
        n = 0
        while duty := DBTaskResult.objects.ready().first():
            duty.claim("uji")
            duty.set_successful(duty.task.call(**duty.args_kwargs["kwargs"]))
            n += 1
        return n

    return _run_jobs


def move_to(acara: Musrenbang, ke: str, by: Pengguna) -> None:
    """Move an event without its checklist, to put it where a test starts."""
    urutan = [t for t in Tahap.values if t != Tahap.DIKEMBALIKAN]
    while acara.tahap != ke:
        following = urutan[urutan.index(acara.tahap) + 1]
        transisi.move(acara, dari=acara.tahap, ke=following, table=MOVES, musrenbang=acara, by=by, kolom="tahap")


@pytest.fixture
def move_event(cast):
    """Return ``move_to`` by the admin."""
    return lambda acara, ke: move_to(acara, ke, cast["admin"])


def write_workbook(path: Path, baris: list[list[object]], **lembar: list[list[object]]) -> Path:
    """Write a workbook: rows of the first sheet, and more sheets by name."""
    workbook = Workbook()
    workbook.active.title = "Usulan"
    for content in baris:
        workbook.active.append(content)
    for judul, sheet_content in lembar.items():
        worksheet = workbook.create_sheet(judul)
        for content in sheet_content:
            worksheet.append(content)
    workbook.save(path)
    return path


@pytest.fixture
def make_workbook(tmp_path):
    """Return ``write_workbook`` into the folder of the test."""
    return lambda nama, baris, **lembar: write_workbook(tmp_path / nama, baris, **lembar)


JUDUL = ["No", "Desa", "Kegiatan", "Lokasi", "Volume", "Satuan", "Biaya (Rp)", "Sumber Dana", "Manfaat"]
BARIS = [
    [1, "Semaya", "Pengerasan jalan usaha tani", "Dusun I", 500, "m", 105_000_000, "APBD Kab", "60 KK"],
    [2, "Semaya", "Pembangunan gedung posyandu", "Dusun II", 1, "unit", "Rp 120.000.000,-", "DAK", "45 balita"],
    [3, "Sikur", "Rehabilitasi irigasi tersier", "Blok Timur", "800", "m", "160 jt", "APBD Prov", "70 KK"],
    [4, "Sikur", "Bantuan ternak kambing", "Dusun Lauk", 40, "ekor", 66_000_000, "APBD Kab", "20 KK miskin"],
    [5, "Montong Baan Selatan", "Rehab kantor desa", "Pusat desa", 1, "unit", None, "APBD Kab", None],
    [6, "Montong Baan Selatan", "Pembangunan jembatan plat beton", "Kali Bagek", 8, "m", 240_000_000, "APBN", "90 KK"],
]


@snapshot
def usulan(acara, cast):
    """Six proposals of three desa, imported from a workbook."""
    from usulan.models import Usulan
    from usulan.services.impor import commit_impor, stage_impor

    move_to(acara, Tahap.PERSIAPAN, cast["admin"])
    path = write_workbook(settings.VAR_DIR / "DU-RKP.xlsx", [JUDUL, *BARIS])
    impor = stage_impor(musrenbang=acara, path=path, nama=path.name, by=cast["bu_pmd"])
    commit_impor(impor=impor, by=cast["bu_pmd"])
    return list(Usulan.objects.filter(musrenbang=acara))


@snapshot
def draft_event(acara, usulan, cast):
    """The draft RKP with its six rows. This kecamatan asks for no quorum; tests/sidang/test_kuorum.py does."""
    from musrenbang.sidang.models import Sidang
    from rkp.models import Rkp
    from rkp.services.draft import build_draft

    Sidang.objects.update_or_create(musrenbang=acara, defaults={"kuorum_desa": 0, "target_perempuan": 0})
    build_draft(musrenbang=acara, by=cast["bu_pmd"])
    return Rkp.objects.get(musrenbang=acara)


def content_putusan(baris, **change):
    """The keyword arguments of a decision that changes nothing but what is named."""
    base = {k: getattr(baris, k) for k in ("kegiatan", "lokasi", "volume", "satuan", "biaya")}
    return {"keputusan": "disepakati", "versi": baris.versi} | base | change


def agree(acara, keys_given, by):
    """Agree to rows as they are now; return how many were changed."""
    from rkp.models import BarisRkp
    from rkp.services.cells import decide_many

    versions = dict(BarisRkp.objects.filter(pk__in=keys_given).values_list("pk", "versi"))
    bulk = decide_many(musrenbang=acara, versions=versions, keputusan="disepakati", alasan_kode="", alasan="", by=by)
    return len(bulk.steps)


@snapshot
def decided_event(acara, draft_event, cast):
    """All rows decided: four agreed, one with changes, one not agreed."""
    from rkp.services.keputusan import decide_baris

    move_to(acara, Tahap.PLENO, cast["admin"])
    baris = list(draft_event.baris.order_by("nomor"))
    by = cast["pemandu"]
    decide_baris(
        baris=baris[4],
        by=by,
        **content_putusan(
            baris[4],
            keputusan="belum_disepakati",
            alasan_kode="data_kurang",
            alasan="RAB belum dibuat.",
        ),
    )
    decide_baris(
        baris=baris[5],
        by=by,
        **content_putusan(
            baris[5],
            keputusan="dengan_perubahan",
            volume=Decimal(6),
            biaya=180_000_000,
            alasan_kode="disesuaikan",
            alasan="Lebar kali 6 meter.",
        ),
    )
    agree(acara, [b.pk for b in baris[:4]], by)
    return draft_event


@snapshot
def fixed_event(acara, decided_event, cast):
    """The plan fixed as version 1; the event is at the ranking."""
    advance_musrenbang(musrenbang=acara, dari=Tahap.PLENO, ke=Tahap.PRIORITAS, by=cast["pak_sekcam"])
    return decided_event


def open_page_peringkat(acara, by, skema="piwk", pagu=400_000_000, **aturan):
    """Open a ranking with a preset and the settings that a test changes."""
    from rkp.prioritas.presets import preset
    from rkp.prioritas.services.peringkat import open_pemeringkatan

    return open_pemeringkatan(
        musrenbang=acara,
        by=by,
        kode=skema,
        nama="Pagu Indikatif Kecamatan",
        pagu=pagu,
        dasar_hukum="",
        aturan=preset(skema) | {"sumber_dibayar": []} | aturan,
    )


@snapshot
def peringkat(acara, fixed_event, cast):
    """A ranking with every score in: earlier rows score higher; pagu 400 million."""
    from rkp.prioritas.queries.candidates import list_peserta
    from rkp.prioritas.queries.input import kriteria_of
    from rkp.prioritas.services.candidates import save_values

    p = open_page_peringkat(acara, cast["pak_sekcam"])
    sel = {
        (c.calon.pk, k["kode"]): (None, Decimal(max(1, 6 - c.isi.nomor)))
        for c in list_peserta(p)
        if c.layak
        for k in kriteria_of(p)
    }
    save_values(pemeringkatan=p, by=cast["pemandu"], cell=sel)
    return p


def record_attendance(acara, by, nama, unsur="tokoh", jk="L", lembaga="Warga"):
    """Record one person as present."""
    return record_kehadiran(
        musrenbang=acara,
        by=by,
        kunci=uuid.uuid4(),
        nama=nama,
        unsur=unsur,
        lembaga=lembaga,
        desa=None,
        jenis_kelamin=jk,
        usia=40,
        alamat="Sikur",
    )


KURSI = [
    ("camat", "H. Rusli Camat", "kecamatan", "L"),
    ("bkad", "Ahmad Bkad", "bkad", "L"),
    ("setrawan", "Umar Setrawan", "setrawan", "L"),
    ("tokoh", "Siti Tokoh", "tokoh", "P"),
    ("tokoh", "Dewi Tokoh", "perempuan", "P"),
    ("tokoh", "Yusran Tokoh", "tokoh", "L"),
]


WAKIL_CAMAT = "Mewakili Camat dengan surat tugas."


def uploaded_salinan(acara, by):
    """Upload what was issued as if it were the scan."""
    from berita_acara.queries import latest_berita_acara
    from berita_acara.services.salinan import upload_salinan
    from musrenbang.keeper import read_dokumen

    content = read_dokumen(latest_berita_acara(acara))
    return upload_salinan(musrenbang=acara, by=by, kunci=uuid.uuid4(), berkas=[("ba.pdf", content)], putar=[])


@snapshot
def ready_to_issue(acara, peringkat, cast):
    """Everything decided, ranked and chosen; the event waits for its Berita Acara."""
    from delegasi.services import add_delegat
    from rkp.prioritas.services.peringkat import fix_pemeringkatan

    sekcam = cast["pak_sekcam"]
    fix_pemeringkatan(pemeringkatan=peringkat, by=sekcam)
    hadir = [(kursi, record_attendance(acara, sekcam, nama, unsur, sex)) for kursi, nama, unsur, sex in KURSI]
    advance_musrenbang(musrenbang=acara, dari=Tahap.PRIORITAS, ke=Tahap.DELEGASI, by=sekcam)
    for kursi, person in hadir:
        add_delegat(
            musrenbang=acara, kehadiran=person, unsur=kursi, kunci=uuid.uuid4(), by=sekcam, alasan_unsur=WAKIL_CAMAT
        )
    advance_musrenbang(musrenbang=acara, dari=Tahap.DELEGASI, ke=Tahap.PENANDATANGANAN, by=sekcam)
    return acara


@snapshot
def issued_event(ready_to_issue, cast):
    """The Berita Acara of ``ready_to_issue``, issued."""
    from berita_acara.services.issue import issue_berita_acara

    return issue_berita_acara(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
