"""The Berita Acara: what it says, issued once, never overwritten, recognisably the one that was issued."""

import hashlib
import re
import uuid
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from alur.demo.afterwards import send_all, sort_works
from alur.services.acara import Incomplete, advance_musrenbang
from berita_acara.dokumen import letter_head
from berita_acara.dokumen.content import berita_acara
from berita_acara.dokumen.letter_head import head_of
from berita_acara.services.issue import issue_berita_acara, issue_dokumen, pdf_context
from musrenbang.keeper import read_dokumen
from musrenbang.models import Dokumen, JejakAudit
from musrenbang.sidang.services.agenda import save_agenda
from musrenbang.sidang.services.notulen import add_notulen, save_notulen
from musrenbang.states import Tahap
from tests.conftest import KURSI, uploaded_salinan
from tests.papers import texts_of


def text_of(isi: bytes) -> str:
    """The text of a PDF with single spaces."""
    return re.sub(r"\s+", " ", " ".join(texts_of(isi)))


def test_the_content_is_the_recorded_facts(ready_to_issue):
    content = berita_acara(ready_to_issue)
    assert (
        content["kepala"]["tanggal_terbilang"]
        == "Senin tanggal dua puluh tiga bulan Februari tahun dua ribu dua puluh enam"
    )
    assert (content["hadir"]["jumlah"], content["hadir"]["perempuan"]) == (6, 2)
    assert content["prioritas_skpd"]["total"] == 105_000_000 + 120_000_000 + 160_000_000 + 66_000_000 + 180_000_000
    assert [(b["kegiatan"], b["alasan"]) for b in content["belum"]["belum"]] == [
        ("Rehab kantor desa", "Data volume, lokasi, atau biaya tidak lengkap: RAB belum dibuat.")
    ]
    assert [
        (u["peringkat"], u["nomor"], u["didanai"]) for u in content["program"]["program"][0]["daftar"][0]["urutan"]
    ] == [
        (1, 1, 105_000_000),
        (2, 2, 120_000_000),
        (3, 3, 160_000_000),
        (4, 4, 0),
        (5, 6, 0),
    ]
    assert [d["nama"] for d in content["delegasi"]["daftar"]] == [nama for _, nama, _, _ in KURSI]


def test_the_pages_say_it(ready_to_issue, masuk):
    client, url = masuk("pak_sekcam"), f"/m/{ready_to_issue.slug}/berita-acara/"
    assert client.post(url + "terbitkan/").status_code == 302
    response = client.get(url + "1.pdf")
    text = text_of(response.content)
    for cut in (
        "BERITA ACARA HASIL KESEPAKATAN MUSRENBANG",
        "Nomor: 000.7.2/001/BA-MRB/II/2026",
        "Aula Kantor Camat Sikur",
        "MENYEPAKATI",
        "KETUJUH",
        "sebanyak 5 kegiatan dengan jumlah Rp631.000.000",
        "enam ratus tiga puluh satu juta rupiah",
        "RAB belum dibuat.",
        "Garis pagu Rp400.000.000",
        "pendanaan berhenti di No. RKP 4",
        "Dewi Tokoh",
        "Pak Camat",
        "Pak Sekcam",
        "Perangkat Daerah Penanggung Jawab",
        "(10)",
        "Lampiran V Berita Acara",
        "Kode dokumen",
        "Nomor 000.7.2/001/BA-MRB/II/2026 · versi 1",
    ):
        assert cut in text
    assert response.headers["Content-Disposition"] == 'attachment; filename="berita-acara-sikur-2027-v1.pdf"'
    dokumen = Dokumen.objects.get()
    assert dokumen.sha256 == hashlib.sha256(response.content).hexdigest()


def test_fonts_are_embedded_and_the_document_is_titled(ready_to_issue, cast):
    dokumen = issue_berita_acara(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
    reader = PdfReader(BytesIO(read_dokumen(dokumen)))
    assert reader.metadata.title == "Berita Acara 000.7.2/001/BA-MRB/II/2026 Musrenbang Kecamatan Sikur Tahun 2026"
    content = [h["/Resources"] for h in reader.pages]
    content += [
        x.get_object()["/Resources"] for r in content for x in r["/XObject"].values() if "/Resources" in x.get_object()
    ]
    letter = [f.get_object() for r in content for f in r.get("/Font", {}).values()]
    assert letter
    for f in letter:
        derived = f["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(derived)


def test_a_second_click_issues_nothing_new(ready_to_issue, masuk):
    client, url = masuk("bu_pmd"), f"/m/{ready_to_issue.slug}/berita-acara/"
    for _ in range(2):
        client.post(url + "terbitkan/")
    assert Dokumen.objects.count() == JejakAudit.objects.filter(aksi="berita_acara.terbit").count() == 1


def test_changed_facts_make_a_new_version_and_the_old_one_stays(ready_to_issue, masuk, cast):
    by, client = cast["pak_sekcam"], masuk("pak_sekcam")
    one = issue_berita_acara(musrenbang=ready_to_issue, by=by)
    lama = read_dokumen(one)
    from delegasi.models import Delegat
    from delegasi.services import add_delegat, remove_delegat
    from tests.conftest import record_attendance

    advance_musrenbang(
        musrenbang=ready_to_issue, dari="penandatanganan", ke="delegasi", by=by, alasan="Salah nama tokoh"
    )
    remove_delegat(delegat=Delegat.objects.get(nama="Yusran Tokoh"), by=by)
    baru = record_attendance(ready_to_issue, by, "Rohani Pengganti", "tokoh", "P")
    import uuid

    add_delegat(musrenbang=ready_to_issue, kehadiran=baru, unsur="tokoh", kunci=uuid.uuid4(), by=by)
    advance_musrenbang(musrenbang=ready_to_issue, dari="delegasi", ke="penandatanganan", by=by)
    contents = client.get(f"/m/{ready_to_issue.slug}/berita-acara/").content.decode()
    assert "000.7.2/001/BA-MRB/II/2026 tidak lagi sesuai keadaan terakhir; terbitkan versi baru." in contents
    with pytest.raises(Incomplete):
        advance_musrenbang(musrenbang=ready_to_issue, dari="penandatanganan", ke="finalisasi", by=by)
    dua = issue_berita_acara(musrenbang=ready_to_issue, by=by)
    assert (dua.versi, dua.nomor) == (2, "000.7.2/002/BA-MRB/II/2026")
    assert read_dokumen(one) == lama
    assert "Rohani Pengganti" in text_of(read_dokumen(dua))
    assert client.get(f"/m/{ready_to_issue.slug}/berita-acara/1.pdf").content == lama


def test_a_failed_rendering_keeps_the_number_and_can_be_made_again(ready_to_issue, masuk, monkeypatch):
    client, url = masuk("pak_sekcam"), f"/m/{ready_to_issue.slug}/berita-acara/"
    from django.core.files.storage import FileSystemStorage

    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as m:
        m.setattr(FileSystemStorage, "_save", full)
        response = client.post(url + "terbitkan/", follow=True)
    assert "sudah tercatat, tetapi berkas PDF-nya tidak dapat disimpan" in response.content.decode()
    assert "Buat ulang PDF" in response.content.decode()
    assert Dokumen.objects.get().sha256 == ""
    client.post(url + "terbitkan/")
    dokumen = Dokumen.objects.get()
    assert (dokumen.nomor, bool(dokumen.sha256)) == ("000.7.2/001/BA-MRB/II/2026", True)


def test_the_database_refuses_to_change_what_was_issued(ready_to_issue, cast):
    from django.db import DatabaseError, transaction

    issue_berita_acara(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
    for change in ({"isi": {}}, {"nomor": "lain"}, {"sha256": "", "berkas": ""}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Dokumen.objects.update(**change)


def test_a_changed_file_is_not_handed_out(ready_to_issue, cast, masuk):
    dokumen = issue_berita_acara(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
    with open(dokumen.berkas.path, "ab") as berkas:
        berkas.write(b" ")
    response = masuk("pak_sekcam").get(f"/m/{ready_to_issue.slug}/berita-acara/1.pdf", follow=True)
    assert "sudah berubah dari yang diterbitkan" in response.content.decode()


@pytest.mark.parametrize(
    "nama, status", [("pemandu", 403), ("pak_camat", 403), ("operator_desa", 403), ("orang_luar", 404)]
)
def test_wrong_people(nama, status, ready_to_issue, masuk):
    assert masuk(nama).post(f"/m/{ready_to_issue.slug}/berita-acara/terbitkan/").status_code == status
    assert masuk("pak_sekcam").get(f"/m/{ready_to_issue.slug}/berita-acara/terbitkan/").status_code == 405
    assert not Dokumen.objects.exists()


def test_not_before_its_stage(acara, peringkat, masuk):
    response = masuk("pak_sekcam").post(f"/m/{acara.slug}/berita-acara/terbitkan/", follow=True)
    assert "sekarang pada tahap “Prioritas program”" in response.content.decode()
    assert not Dokumen.objects.exists()


def test_the_draft_can_be_read_and_says_that_it_is_one(ready_to_issue, masuk):
    text = text_of(masuk("pak_camat").get(f"/m/{ready_to_issue.slug}/berita-acara/pratinjau.pdf").content)
    assert "Nomor: ditetapkan saat diterbitkan" in text
    assert not Dokumen.objects.exists()


def test_the_draft_is_refused_in_words_while_parts_are_missing(acara, masuk):
    response = masuk("pak_sekcam").get(f"/m/{acara.slug}/berita-acara/pratinjau.pdf", follow=True)
    assert "RKP Kecamatan belum ditetapkan" in response.content.decode()


LENGKAP = {
    "rekap_usulan": "Jumlah Desa Semaya: 2 usulan",
    "rkp": "Versi 1 yang ditetapkan",
    "daftar_hadir": "Hadir 6 orang",
    "prioritas_skpd": "Jumlah seluruhnya: 5 kegiatan 631.000.000",
    "belum_disepakati": "RAB belum dibuat.",
    "prioritas_program": "Garis pagu",
    "daftar_delegasi": "Umar Setrawan",
}


@pytest.mark.parametrize("jenis", LENGKAP)
def test_every_list_prints_from_page_and_command(jenis, ready_to_issue, masuk, tmp_path):
    response = masuk("bu_pmd").get(f"/m/{ready_to_issue.slug}/berita-acara/cetak/{jenis}.pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    assert LENGKAP[jenis] in text_of(response.content)
    call_command("cetak", jenis, musrenbang=ready_to_issue.slug, ke=tmp_path, stdout=StringIO())
    assert LENGKAP[jenis] in text_of((tmp_path / f"{jenis}-{ready_to_issue.slug}.pdf").read_bytes())


@pytest.mark.parametrize(
    "jenis, kata",
    [
        ("draft_rkp", "Draf RKP Kecamatan belum disusun"),
        ("rkp", "belum ditetapkan"),
        ("prioritas_program", "belum ditetapkan"),
    ],
)
def test_a_list_that_cannot_be_made_yet_says_so(jenis, kata, acara, masuk):
    response = masuk("bu_pmd").get(f"/m/{acara.slug}/berita-acara/cetak/{jenis}.pdf", follow=True)
    assert kata in response.content.decode()


@pytest.mark.parametrize("jenis", ["daftar_hadir", "daftar_delegasi", "rekap_usulan"])
def test_empty_lists_print_with_a_sentence(jenis, acara, masuk):
    text = text_of(masuk("bu_pmd").get(f"/m/{acara.slug}/berita-acara/cetak/{jenis}.pdf").content)
    assert re.search(r"Belum ada|belum dipilih", text)


def test_an_unknown_kind(acara, masuk, tmp_path):
    assert masuk("bu_pmd").get(f"/m/{acara.slug}/berita-acara/cetak/apa.pdf").status_code == 404
    for jenis, slug, kata in (
        ("apa", acara.slug, "tidak dikenal"),
        ("rkp", "x", "tidak ada"),
        ("berita_acara", acara.slug, "belum diterbitkan"),
    ):
        with pytest.raises(CommandError, match=kata) as galat:
            call_command("cetak", jenis, musrenbang=slug, ke=tmp_path)
        assert galat.value.returncode == 2


def test_the_camat_approves_and_the_event_runs_to_its_end(ready_to_issue, cast):
    issue_berita_acara(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
    uploaded_salinan(ready_to_issue, cast["pak_sekcam"])
    for dari, ke, who in (
        ("penandatanganan", "finalisasi", "pak_sekcam"),
        ("finalisasi", "disahkan", "pak_camat"),
        ("disahkan", "disampaikan", "bu_pmd"),
        ("disampaikan", "diterima", "bu_bappeda"),
        ("diterima", "pemilahan", "bu_pmd"),
        ("pemilahan", "selesai", "pak_sekcam"),
    ):
        if dari == "disahkan":
            issue_dokumen(musrenbang=ready_to_issue, jenis="pengantar_bappeda", by=cast["bu_pmd"])
        if dari == "pemilahan":
            sort_works(ready_to_issue, cast["bu_pmd"])
            send_all(ready_to_issue, cast["bu_pmd"])
        advance_musrenbang(musrenbang=ready_to_issue, dari=dari, ke=ke, by=cast[who])
    assert ready_to_issue.tahap == Tahap.SELESAI
    assert [(p.urut, p.status) for p in ready_to_issue.penyampaian.all()] == [(1, "diterima")]


def test_labels_follow_the_year_of_the_event(ready_to_issue, monkeypatch):
    monkeypatch.setattr(letter_head, "SEBUTAN_PERANGKAT_DAERAH", {0: "SKPD", 2030: "Perangkat Daerah"})
    assert head_of(ready_to_issue)["perangkat_daerah"] == "SKPD"


def test_the_minutes_are_its_sixth_attachment(ready_to_issue, cast):
    assert berita_acara(ready_to_issue)["notulen"]["acara"] == []
    by = cast["bu_pmd"]
    butir = save_agenda(
        musrenbang=ready_to_issue, by=by, agenda=None, judul="Tanya jawab", menit=10, penanggung_jawab=""
    )
    n = add_notulen(agenda=butir, by=by, kunci=uuid.uuid4())
    content = {"kehadiran": None, "jawaban": "", "tindak_lanjut": "", "putusan": "Disetujui semua"}
    save_notulen(notulen=n, by=by, versi=1, pertanyaan="Bagaimana irigasi?", **content)
    dokumen = issue_berita_acara(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
    text = text_of(read_dokumen(dokumen))
    for kata in ("Lampiran VI", "Bagaimana irigasi?", "Disetujui semua"):
        assert kata in text


def test_content_frozen_before_offices_were_kept_can_still_be_made(ready_to_issue, cast):
    from django.template.loader import render_to_string

    context = pdf_context(issue_berita_acara(musrenbang=ready_to_issue, by=cast["pak_sekcam"]))
    for kunci in ("selaku", "jabatan"):
        context["kepala"]["camat"].pop(kunci, None)
    assert "Camat" in render_to_string("pdf/berita_acara.html", context)
