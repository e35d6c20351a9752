"""Forms with a key: one form with one content is one entry, whatever is pressed and by whom; other content is another."""

import ast
import re
import uuid
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models
from django.test import Client
from django.utils import timezone
from PIL import Image
from pypdf import PdfWriter

from alur.periksa import broken_invariants
from alur.periksa_submissions import check_entries
from berita_acara.models import SalinanTtd
from berita_acara.queries import BERITA_ACARA
from berita_acara.services.salinan import upload_salinan
from delegasi.komposisi import Tally
from delegasi.models import Delegat, PemilihanDelegat
from delegasi.services import add_delegat, annul_election, elect_delegat
from musrenbang.forms.kunci import KunciField
from musrenbang.models import Dokumen, FromForm, JejakAudit, Kiriman, Musrenbang, ProgramMasuk
from musrenbang.persiapan.services.acara import schedule_musrenbang
from musrenbang.persiapan.services.program import add_program
from musrenbang.sidang.models import Agenda, Kedatangan, Kehadiran, Notulen, Paparan, Pembicara, Undangan
from musrenbang.sidang.services.agenda import add_agenda, remove_agenda
from musrenbang.sidang.services.desk import receive_kedatangan
from musrenbang.sidang.services.kehadiran import check_in, record_kehadiran
from musrenbang.sidang.services.notulen import add_notulen, add_speaker
from musrenbang.sidang.services.paparan import upload_paparan
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from rkp.models import BarisRkp, Keberatan, Rkp
from rkp.services.pleno import object_baris
from tests.conftest import record_attendance
from tests.sidang.test_slides import pdf as slides
from tests.test_at_once import at_once
from tindak_lanjut.models import Catatan
from tindak_lanjut.services.notes import add_note
from usulan.models import Usulan, UsulanOrigin
from usulan.services.without_file import submit_usulan

APLIKASI = ["musrenbang", "usulan", "rkp", "delegasi", "tindak_lanjut", "berita_acara", "alur"]
SUMBER = [p for a in APLIKASI for p in (settings.BASE_DIR / a).rglob("*.py") if "migrations" not in p.parts]

SLIDES = [slides(height=height) for height in (500, 540)]


def photo(colour: str) -> bytes:
    output = BytesIO()
    Image.new("RGB", (40, 40), colour).save(output, "PNG")
    return output.getvalue()


def guest(nama: str) -> dict:
    return {"nama": nama, "unsur": "tokoh", "lembaga": "Warga", "desa": None, "jenis_kelamin": "L", "usia": 40}


def tally(t, i: int) -> Tally:
    suara = ({t.orang[0].pk: 2, t.orang[1].pk: 1}, {t.orang[0].pk: 3})[i]
    return Tally(pemilih=3, edar=3, masuk=3, sah=3, suara=suara)


@dataclass(frozen=True)
class Service:
    """A service that takes a form: the stage it works in, the call with content 0 or 1, and what becomes of content 1."""

    model: type[models.Model]
    tahap: str
    kirim: object
    tolak: str = ""


LAYANAN = {
    "usulan": Service(Usulan, Tahap.PERSIAPAN, lambda t, kunci, by, i: submit_usulan(
        musrenbang=t.acara, kunci=kunci, by=by, asal=UsulanOrigin.FORMULIR, desa=t.desa,
        kegiatan=("Rabat jalan", "Talud sungai")[i], biaya=(10, 20)[i])),
    "program masuk": Service(ProgramMasuk, Tahap.PERSIAPAN, lambda t, kunci, by, i: add_program(
        musrenbang=t.acara, by=by, kunci=kunci, jenis="masuk", nama=("DAK jalan", "BKK desa")[i], instansi="PUPR",
        skpd=None, sumber_dana=None, desa=None, lokasi="", anggaran=(10, 20)[i], keterangan="")),
    "agenda": Service(Agenda, Tahap.PERSIAPAN, lambda t, kunci, by, i: add_agenda(
        musrenbang=t.acara, by=by, kunci=kunci, judul="Doa", menit=(5, 10)[i], penanggung_jawab="")),
    "paparan": Service(Paparan, Tahap.PERSIAPAN, lambda t, kunci, by, i: upload_paparan(
        musrenbang=t.acara, by=by, kunci=kunci, judul="Prioritas", berkas=ContentFile(SLIDES[i]))),
    "keberatan": Service(Keberatan, Tahap.PLENO, lambda t, kunci, by, i: object_baris(
        baris=t.baris, oleh="Kades Sikur", isi=("Volumenya kurang.", "Lokasinya keliru.")[i], kunci=kunci, by=by)),
    "delegat": Service(Delegat, Tahap.DELEGASI, lambda t, kunci, by, i: add_delegat(
        musrenbang=t.acara, kehadiran=t.orang[i], unsur="tokoh", kunci=kunci, by=by)),
    "hitungan": Service(PemilihanDelegat, Tahap.DELEGASI, lambda t, kunci, by, i: elect_delegat(
        musrenbang=t.acara, by=by, unsur="bkad", cara="kertas", count=tally(t, i), putusan={}, alasan="",
        alasan_unsur={o.pk: "Putusan sidang." for o in t.orang},
        kunci=kunci), "sudah terisi semua"),
    "tamu": Service(Kehadiran, Tahap.PEMBUKAAN, lambda t, kunci, by, i: record_kehadiran(
        musrenbang=t.acara, by=by, kunci=kunci, **guest(("Amaq Sahrul", "Inaq Murni")[i]))),
    "undangan": Service(Kehadiran, Tahap.PEMBUKAAN, lambda t, kunci, by, i: check_in(
        undangan=t.undangan[i], by=by, kunci=kunci, cara="centang", jenis_kelamin="L")[0]),
    "kedatangan": Service(Kedatangan, Tahap.PEMBUKAAN, lambda t, kunci, by, i: receive_kedatangan(
        undangan=t.undangan[i], by=by, kunci=kunci, pada=timezone.now(), jenis_kelamin="L")),
    "catatan notulen": Service(Notulen, Tahap.PEMBUKAAN, lambda t, kunci, by, i: add_notulen(
        agenda=t.agenda, by=by, kunci=kunci, kehadiran=t.orang[i])),
    "pembicara": Service(Pembicara, Tahap.PEMBUKAAN, lambda t, kunci, by, i: add_speaker(
        agenda=t.agenda, kehadiran=t.orang[i], menit=3, by=by, kunci=kunci)),
    "menit pembicara": Service(Pembicara, Tahap.PEMBUKAAN, lambda t, kunci, by, i: add_speaker(
        agenda=t.agenda, kehadiran=t.orang[0], menit=(3, 5)[i], by=by, kunci=kunci), "sudah menunggu giliran"),
    "catatan Camat": Service(Catatan, Tahap.FINALISASI, lambda t, kunci, by, i: add_note(
        musrenbang=t.acara, by=by, sumber="camat", isi=("Periksa lokasi.", "Periksa biaya.")[i], kunci=kunci)),
    "catatan Bappeda": Service(Catatan, Tahap.DISAMPAIKAN, lambda t, kunci, by, i: add_note(
        musrenbang=t.acara, by=by, sumber="bappeda", isi="Periksa lokasi.", baris=(t.baris, None)[i], kunci=kunci)),
    "salinan": Service(SalinanTtd, Tahap.PENANDATANGANAN, lambda t, kunci, by, i: upload_salinan(
        musrenbang=t.acara, by=by, kunci=kunci, berkas=[("1.png", photo(("red", "blue")[i]))], putar=[0])),
}  # fmt: skip


SEMULA = {"kegiatan": "Jalan", "lokasi": "", "volume": None, "satuan": "", "biaya": None}


def prepare(acara: Musrenbang, by) -> SimpleNamespace:
    """An event with one of everything that a form may be about."""
    pada(acara, Tahap.PEMBUKAAN)
    desa = acara.kecamatan.desa_set.first()
    rkp = Rkp.objects.create(musrenbang=acara)
    issue(acara)
    general = {"musrenbang": acara, "unsur": "kades", "lembaga": "Desa Sikur"}
    return SimpleNamespace(
        acara=acara,
        desa=desa,
        orang=[record_attendance(acara, by, nama) for nama in ("Ani", "Budi", "Citra")],
        undangan=[Undangan.objects.create(nama=n, kode=n[:6], **general) for n in ("Haris", "Lalu Gede")],
        agenda=Agenda.objects.create(musrenbang=acara, urut=1, judul="Pembukaan", menit=15),
        baris=BarisRkp.objects.create(rkp=rkp, nomor=1, desa=desa, kegiatan="Jalan", semula=SEMULA),
    )


def issue(acara: Musrenbang) -> None:
    """A Berita Acara of one blank page, issued."""
    writer, output = PdfWriter(), BytesIO()
    writer.add_blank_page(width=200, height=300)
    writer.write(output)
    minutes_paper = Dokumen(
        musrenbang=acara, jenis=BERITA_ACARA, versi=1, isi={}, sha256=sha256(output.getvalue()).hexdigest()
    )
    minutes_paper.berkas.save("", ContentFile(output.getvalue()), save=False)
    minutes_paper.save()


def pada(acara: Musrenbang, tahap: str) -> None:
    Musrenbang.objects.filter(pk=acara.pk).update(tahap=tahap)
    acara.refresh_from_db()


@pytest.fixture
def prepared_scene(acara, cast):
    return prepare(acara, cast["bu_pmd"])


@pytest.fixture(params=LAYANAN, ids=list(LAYANAN))
def service_files(request):
    return LAYANAN[request.param]


def send(service: Service, t, kunci, by, i=0):
    """Send as a request would: with everything fetched anew."""
    pada(t.acara, service.tahap)
    return service.kirim(t, kunci, by, i)


def test_the_same_form_again_is_the_same_entry(service_files, prepared_scene, cast):
    by, kunci, start = cast["pak_sekcam"], uuid.uuid4(), service_files.model.objects.count()
    one = send(service_files, prepared_scene, kunci, by)
    jejak = JejakAudit.objects.count()
    dua = send(service_files, prepared_scene, kunci, by)
    assert (one.pk, one.tersimpan.baru, dua.tersimpan.baru) == (dua.pk, True, False)
    assert abs(dua.tersimpan.pada - one.tersimpan.pada) < timedelta(seconds=1)
    assert (service_files.model.objects.count(), JejakAudit.objects.count()) == (start + 1, jejak)


def test_the_same_key_with_other_content_is_never_answered_with_the_first(service_files, prepared_scene, cast):
    by, kunci = cast["pak_sekcam"], uuid.uuid4()
    one = send(service_files, prepared_scene, kunci, by)
    if service_files.tolak:
        with pytest.raises(Refused, match=service_files.tolak):
            send(service_files, prepared_scene, kunci, by, 1)
        return
    dua = send(service_files, prepared_scene, kunci, by, 1)
    assert dua.pk != one.pk
    assert (dua.tersimpan.baru, dua.tersimpan.dahulu) == (True, [one])
    for i, asal in enumerate((one, dua)):  # and each of the two, sent again, is found again
        lagi = send(service_files, prepared_scene, kunci, by, i)
        assert (lagi.pk, lagi.tersimpan.baru) == (asal.pk, False)


def test_sent_again_by_another_person_names_who_stored_it(service_files, prepared_scene, cast):
    kunci = uuid.uuid4()
    one = send(service_files, prepared_scene, kunci, cast["pak_sekcam"])
    dua = send(service_files, prepared_scene, kunci, cast["bu_pmd"])
    assert (dua.pk, dua.tersimpan.baru, dua.tersimpan.oleh) == (one.pk, False, cast["pak_sekcam"])


def test_a_key_of_another_event_stores_here_and_leaves_that_one_alone(service_files, prepared_scene, cast):
    by, kunci = cast["pak_sekcam"], uuid.uuid4()
    other = prepare(
        schedule_musrenbang(kecamatan=prepared_scene.acara.kecamatan, tahun_pelaksanaan=2027, by=cast["bu_bappeda"]), by
    )
    there = send(service_files, other, kunci, by)
    here = send(service_files, prepared_scene, kunci, by)
    assert here.pk != there.pk
    assert (here.tersimpan.baru, here.tersimpan.dahulu) == (True, [])


def test_a_deleted_entry_does_not_come_back(service_files, prepared_scene, cast):
    by, kunci = cast["pak_sekcam"], uuid.uuid4()
    one = send(service_files, prepared_scene, kunci, by)
    if service_files.model is PemilihanDelegat:
        Delegat.objects.all().delete()
    one.delete()
    start = service_files.model.objects.count()
    with pytest.raises(Refused, match=r"sudah dicatat .* oleh Pak Sekcam, lalu dihapus"):
        send(service_files, prepared_scene, kunci, by)
    assert service_files.model.objects.count() == start


def test_after_the_stage_moved_on_a_repetition_is_told_what_is_stored(service_files, prepared_scene, cast):
    by, kunci = cast["pak_sekcam"], uuid.uuid4()
    one = send(service_files, prepared_scene, kunci, by)
    pada(prepared_scene.acara, Tahap.SELESAI)
    assert service_files.kirim(prepared_scene, kunci, by, 0).pk == one.pk
    with pytest.raises(Refused, match=f"pada tahap|{service_files.tolak or 'pada tahap'}"):
        service_files.kirim(prepared_scene, kunci, by, 1)


def test_a_key_from_before_digests_is_refused_and_stores_nothing(service_files, prepared_scene, cast):
    by, kunci = cast["pak_sekcam"], uuid.uuid4()
    send(service_files, prepared_scene, kunci, by)
    Kiriman.objects.filter(kunci=kunci).update(sidik="")
    start = service_files.model.objects.count()
    if service_files.model is Kehadiran and "Haris" in str(service_files.model.objects.last()):
        assert (
            send(service_files, prepared_scene, kunci, by).tersimpan.baru is False
        )  # the invitation itself knows who is here
    else:
        with pytest.raises(Refused, match="sudah pernah dicatat"):
            send(service_files, prepared_scene, kunci, by)
    assert service_files.model.objects.count() == start


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("nama", ["usulan", "keberatan", "delegat", "tamu", "pembicara", "catatan Camat"])
def test_the_same_form_and_a_changed_one_at_once(nama, prepared_scene, cast):
    service, by, kunci = LAYANAN[nama], cast["pak_sekcam"], uuid.uuid4()
    start = service.model.objects.count()
    pada(prepared_scene.acara, service.tahap)
    result = at_once(6, lambda i: service.kirim(prepared_scene, kunci, by, i % 2))
    assert service.model.objects.count() == start + 2
    assert [len({h.pk for h in result[i::2]}) for i in (0, 1)] == [1, 1]
    assert sum(h.tersimpan.baru for h in result) == 2


# --- what people read


def test_back_change_save_says_both_and_names_what_is_stored(prepared_scene, masuk):
    pada(prepared_scene.acara, Tahap.PERSIAPAN)
    client, url = masuk("bu_pmd"), f"/m/{prepared_scene.acara.slug}/usulan/baru/"
    content = {
        "kunci": str(uuid.uuid4()),
        "asal": "formulir",
        "desa": prepared_scene.desa.pk,
        "kegiatan": "Rabat jalan",
    }
    assert f"Usulan 1 “Rabat jalan” ({prepared_scene.desa.nama}) dicatat." in _text(client, url, content)
    text = _text(client, url, content | {"kegiatan": "Talud sungai"})
    assert f"Usulan 2 “Talud sungai” ({prepared_scene.desa.nama}) dicatat." in text
    assert "Halaman yang sama sebelumnya sudah mencatat: Usulan 1: Rabat jalan." in text
    Usulan.objects.filter(nomor=1).update(kegiatan="Rabat jalan dusun")
    text = _text(client, url, content)
    assert "Usulan 1 “Rabat jalan dusun”" in text, "the stored row speaks, not the form"
    assert "sudah dicatat sebelumnya pukul" in text
    assert "tidak dicatat dua kali" in text


def _text(client: Client, url: str, isi: dict) -> str:
    return client.post(url, isi, follow=True).content.decode()


# --- nothing escapes


def test_every_form_with_a_key_has_its_row_in_the_table():
    own = {m for m in apps.get_models() if issubclass(m, FromForm)}
    assert own == {service.model for service in LAYANAN.values()}
    assert len(own) == 13


def test_no_model_keeps_a_key_of_its_own():
    uuid_at = [
        f"{m.__name__}.{f.name}"
        for m in apps.get_models()
        if m._meta.app_label in {*APLIKASI, "sidang", "prioritas"}
        for f in m._meta.concrete_fields
        if isinstance(f, models.UUIDField) and not f.primary_key
    ]
    assert uuid_at == ["Kiriman.kunci"]


def test_every_service_with_a_key_asks_the_one_mechanism():
    found = 0
    for p in SUMBER:
        for function in ast.walk(ast.parse(p.read_text())):
            if not isinstance(function, ast.FunctionDef) or p.name == "once.py":
                continue
            needs = [a.arg for a in function.args.kwonlyargs if a.annotation and "UUID" in ast.unparse(a.annotation)]
            if not needs:
                continue
            found += 1
            call = {ast.unparse(n.func) for n in ast.walk(function) if isinstance(n, ast.Call)}
            assert needs == ["kunci"], f"{p}: {function.name}"
            assert call & {"once", "record_kehadiran"}, f"{p}: {function.name} stores a form without asking once()"
            if "once" in call:  # what it returns stores the row under the key
                assert any(c.endswith(".keep") for c in call), f"{p}: {function.name} does not note what it stored"
    assert found == 14


def test_keys_are_made_and_read_in_one_place():
    pola = re.compile(r"uuid4\b|UUIDField|uuid\.UUID\(|POST\.get\(.kunci")
    allowed = {
        "kunci.py",
        "submissions.py",
        "suara.py",
        "build.py",
    }  # the field, the table, keys of ballots, the demo's dice
    assert [
        str(p) for p in SUMBER if p.name not in allowed and "demo" not in p.parts and pola.search(p.read_text())
    ] == []
    halaman = list((settings.BASE_DIR / "templates").rglob("*.html"))
    assert len(halaman) > 100
    assert [str(p) for p in halaman if re.search(r'name="(kunci|tanda)"', p.read_text())] == []
    script = [p for p in (settings.BASE_DIR / "static/js").glob("*.js") if "randomUUID" in p.read_text()]
    assert [p.name for p in script] == ["alat.js"], "the desk's form is emptied and used again without a reload"
    assert issubclass(KunciField, object)


def test_a_count_that_was_annulled_is_not_told_as_filling_seats(prepared_scene, cast):
    """The same form again after the annulment named the winners and their seats, which nobody holds any more."""
    by, kunci = cast["pak_sekcam"], uuid.uuid4()
    pada(prepared_scene.acara, Tahap.DELEGASI)
    one = send(LAYANAN["hitungan"], prepared_scene, kunci, by)
    annul_election(pemilihan=one, by=by, alasan="Salah menghitung.")
    with pytest.raises(Refused, match=r"lalu dibatalkan dengan alasan “Salah menghitung\.”"):
        send(LAYANAN["hitungan"], prepared_scene, kunci, by)
    assert not Delegat.objects.exists()
    assert send(LAYANAN["hitungan"], prepared_scene, uuid.uuid4(), by).status == "berlaku"


def test_the_check_reads_the_table_of_forms(prepared_scene, cast):
    acara, by = prepared_scene.acara, cast["pak_sekcam"]
    pada(acara, Tahap.PERSIAPAN)
    one = send(LAYANAN["agenda"], prepared_scene, uuid.uuid4(), by)
    dua = send(LAYANAN["agenda"], prepared_scene, uuid.uuid4(), by, 1)
    assert list(check_entries(acara)) == []
    remove_agenda(agenda=dua, by=by)
    assert list(check_entries(acara)) == [], "a deletion stands in the trail"
    k = Kiriman.objects.filter(jenis="sidang.agenda").last()
    for change, kata in (
        ({"objek_id": one.pk}, "isian lain sudah menjadi catatan yang sama"),
        ({"objek_id": 10**9}, "catatannya tidak ada dan tidak tercatat di riwayat perubahan"),
        ({"jenis": "sidang.hantu"}, "jenis “sidang.hantu” tidak dikenal"),
    ):
        Kiriman.objects.filter(pk=k.pk).update(**change)
        assert any(kata in sentence for sentence in broken_invariants(acara)), kata


@pytest.mark.parametrize("kunci", ["", "bukan kunci"])
@pytest.mark.parametrize("tahap, alamat", [
    (Tahap.PERSIAPAN, "agenda/baru/"), (Tahap.PERSIAPAN, "program-masuk/baru/"), (Tahap.PERSIAPAN, "usulan/baru/"),
    (Tahap.PEMBUKAAN, "kehadiran/"), (Tahap.DELEGASI, "delegasi/"),
])  # fmt: skip
def test_a_page_without_its_key_is_refused_in_words(tahap, alamat, kunci, prepared_scene, masuk):
    """The error of a hidden field stood nowhere: the form came back as if nothing had been pressed."""
    pada(prepared_scene.acara, tahap)
    existing = Kiriman.objects.count()
    response = masuk("pak_sekcam").post(
        f"/m/{prepared_scene.acara.slug}/{alamat}", {"nama": "Amaq Sahrul", "kunci": kunci}
    )
    assert response.content.decode().count("Halaman ini tidak lengkap. Muat ulang, lalu isi dan kirim lagi.") == 1
    assert Kiriman.objects.count() == existing
