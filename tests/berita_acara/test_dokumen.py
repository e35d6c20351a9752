"""Every kind of document: printed once while unchanged, its text and its spreadsheet against the facts, letters numbered."""

import re
import uuid
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from django.template.loader import render_to_string
from django.utils import timezone
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader, PdfWriter

from alur.services.acara import advance_musrenbang
from berita_acara import queries
from berita_acara.dokumen import kinds as kinds
from berita_acara.dokumen.cetakan import cetakan_content
from berita_acara.dokumen.kinds import CETAKAN
from berita_acara.models import PengaturanDokumen, SalinanTtd, TanpaSalinan
from berita_acara.services.issue import issue_berita_acara, issue_dokumen, print_dokumen, read_or_draft
from berita_acara.services.salinan import accept_salinan, upload_salinan
from berita_acara.services.settings import save_settings
from musrenbang import format as tulis
from musrenbang.infra.release import VERSION
from musrenbang.keeper import read_dokumen
from musrenbang.models import Dokumen, JejakAudit
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from tests.conftest import KURSI, uploaded_salinan
from tests.halaman import flat
from tests.papers import texts_of
from tests.sheet_rows import rows_and_sums
from tests.some import some

KONTRAK = [
    "undangan", "susunan_acara", "daftar_hadir", "rekap_usulan", "draft_rkp", "hasil_kelompok", "rkp", "prioritas_skpd",
    "belum_disepakati", "durkp", "prioritas_program", "daftar_delegasi", "surat_mandat", "pengantar_bappeda", "usulan_skpd",
    "kabar_desa", "lembar_periksa",
]  # fmt: skip
TABEL = [k for k in KONTRAK if CETAKAN[k].xlsx]
SIAP = [k for k in KONTRAK if k not in {"undangan", "susunan_acara", "hasil_kelompok", "draft_rkp"}]


def text(isi: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(texts_of(isi)))


def print_it(acara, jenis, by=None, bagian=""):
    return read_or_draft(musrenbang=acara, jenis=jenis, by=by, part=bagian)


def part_first(acara, jenis):
    return CETAKAN[jenis].bagian(acara)[0][0] if CETAKAN[jenis].bagian else ""


def test_every_kind_that_an_app_exports_is_listed_once():
    own = [kinds.PERSIAPAN, kinds.SIDANG, kinds.USULAN, kinds.RKP, kinds.PRIORITAS, kinds.DELEGASI]
    own += [kinds.TINDAK_LANJUT, kinds.MILIK_SENDIRI]
    nama = [k for one in own for k in one]
    assert sorted(nama) == sorted(kinds.URUTAN)
    assert len(set(nama)) == len(nama) == len(CETAKAN)


def test_every_kind_of_the_contract_is_there():
    assert set(KONTRAK) <= set(CETAKAN)
    one = CETAKAN["rkp"]
    assert list(kinds.ordered({"baru": one, "rkp": one, "sk_tim": one})) == ["sk_tim", "rkp", "baru"]


@pytest.mark.parametrize("jenis", SIAP)
def test_each_document_says_where_it_is_from_and_can_be_checked(jenis, ready_to_issue):
    content = print_it(ready_to_issue, jenis, bagian=part_first(ready_to_issue, jenis))
    kata = text(content)
    assert "Sikur" in kata
    assert re.search(r"Halaman 1 dari \d+", kata)
    berkas = PdfReader(BytesIO(content))
    assert berkas.trailer["/Root"]["/MarkInfo"]["/Marked"].value, "tagged"
    assert (berkas.trailer["/Root"]["/Lang"], "Sikur" in berkas.metadata.title) == ("id", True)
    assert berkas.metadata.creator == f"musrenbang {VERSION}"
    numbered = CETAKAN[jenis].nomor is not None
    assert ("DRAF" in kata) == numbered
    if not numbered:
        kode = Dokumen.objects.get(jenis=jenis).kode
        assert all(f"{kode[:5]}-{kode[5:]}" in h for h in some(texts_of(content))), "on every page"


@pytest.mark.parametrize("jenis", TABEL)
def test_the_spreadsheet_adds_up_to_the_same_as_the_paper(jenis, ready_to_issue, masuk):
    if jenis not in SIAP:
        return
    response = masuk("bu_pmd").get(f"/m/{ready_to_issue.slug}/berita-acara/cetak/{jenis}.xlsx")
    lembar = load_workbook(BytesIO(response.content)).active
    judul = [s.value for s in lembar[2]]
    baris, sums = rows_and_sums(response.content)
    assert baris
    money = [i for i, j in enumerate(judul) if j and j.endswith("(Rp)")]
    kata = text(print_it(ready_to_issue, jenis, bagian=part_first(ready_to_issue, jenis)))
    for i in money:
        for b in baris:
            assert b[i] in (None, 0) or tulis.thousands(b[i]) in kata
    total = {"prioritas_skpd": 631_000_000, "durkp": 631_000_000}
    if jenis in total:
        assert sum(b[money[-1]] for b in baris) == sums[money[-1]] == total[jenis]
        assert tulis.thousands(total[jenis]) in kata


def test_unchanged_content_is_not_rendered_again(ready_to_issue, cast, monkeypatch):
    first = print_dokumen(musrenbang=ready_to_issue, jenis="durkp", by=cast["bu_pmd"])
    monkeypatch.setattr("berita_acara.services.issue.begin_pdf", lambda *a: pytest.fail("rendered again"))
    assert print_dokumen(musrenbang=ready_to_issue, jenis="durkp", by=cast["pak_camat"]).pk == first.pk
    assert Dokumen.objects.count() == 1


def test_changed_facts_make_the_next_version_and_the_old_one_says_so(ready_to_issue, cast, client):
    lama = print_dokumen(musrenbang=ready_to_issue, jenis="daftar_delegasi", by=cast["bu_pmd"])
    assert "merupakan versi terbaru" in client.get(f"/verifikasi/{lama.kode}/").content.decode()
    ready_to_issue.delegat.filter(nama="Yusran Tokoh").update(lembaga="Karang Taruna")
    baru = print_dokumen(musrenbang=ready_to_issue, jenis="daftar_delegasi", by=cast["bu_pmd"])
    assert (baru.versi, baru.kode != lama.kode) == (2, True)
    contents = client.get(f"/verifikasi/{lama.kode}/").content.decode()
    assert "sudah digantikan versi 2" in contents
    assert "merupakan versi terbaru" in client.get(f"/verifikasi/{baru.kode}/").content.decode()


def _upload(client, kode, contents):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return client.post(f"/verifikasi/{kode}/", {"berkas": SimpleUploadedFile("x.pdf", contents)}).content.decode()


def test_a_tampered_pdf_is_told_apart(ready_to_issue, cast, client):
    document = issue_berita_acara(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
    original = read_dokumen(document)
    assert "sama persis" in _upload(client, document.kode, original)
    one_byte = bytearray(original)
    one_byte[len(original) // 2] ^= 1
    assert "tidak sama" in _upload(client, document.kode, bytes(one_byte))
    write_pdf, output = PdfWriter(), BytesIO()
    for h in PdfReader(BytesIO(original)).pages[:-1]:
        write_pdf.add_page(h)
    write_pdf.write(output)
    assert "tidak sama" in _upload(client, document.kode, output.getvalue())
    assert client.post(f"/verifikasi/{document.kode}/").status_code == 422
    content = flat(client.get(f"/verifikasi/{document.kode[:5]}-{document.kode[5:].lower()}/"))
    assert document.sha256 in content
    assert "Pak Camat, Camat Sikur; Pak Sekcam, Pimpinan Sidang" in content
    assert client.get("/verifikasi/TIDAKADA22/").status_code == 404
    assert client.get("/verifikasi/", {"kode": document.kode}).headers["Location"] == f"/verifikasi/{document.kode}/"


def test_another_version_is_recognised_as_one(ready_to_issue, cast, client):
    lama = issue_berita_acara(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
    ready_to_issue.delegat.filter(nama="Yusran Tokoh").update(lembaga="Karang Taruna")
    baru = issue_berita_acara(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
    assert "versi lain" in _upload(client, baru.kode, read_dokumen(lama))
    salinan = uploaded_salinan(ready_to_issue, cast["pak_sekcam"])
    with salinan.berkas.open("rb") as berkas:
        assert "salinan bertanda tangan" in _upload(client, baru.kode, berkas.read())


def test_a_letter_is_numbered_once_and_again_only_when_the_facts_change(ready_to_issue, cast, masuk):
    client, url = masuk("pak_sekcam"), f"/m/{ready_to_issue.slug}/berita-acara/"
    base = issue_berita_acara(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
    for _ in range(2):
        assert (
            "Surat mandat delegasi 000.7.1.4/001/SM-MRB/"
            in client.post(url + "terbitkan/surat_mandat/", follow=True).content.decode()
        )
    kata = text(client.get(url + "cetak/surat_mandat.pdf").content)
    today = timezone.localdate(timezone=ready_to_issue.kecamatan.kabupaten.tz)
    assert f"Sikur, {tulis.date_text(today)}" in kata
    assert "DRAF" not in kata
    assert f"nomor {base.nomor}" in kata
    for _, nama, _, _ in KURSI:
        assert nama in kata
    ready_to_issue.delegat.filter(nama="Yusran Tokoh").update(lembaga="Karang Taruna")
    assert "DRAF" in text(client.get(url + "cetak/surat_mandat.pdf?draf=1").content)
    issue_dokumen(musrenbang=ready_to_issue, jenis="surat_mandat", by=cast["pak_sekcam"])
    assert sorted(n[:14] for n in Dokumen.objects.filter(jenis="surat_mandat").values_list("nomor", flat=True)) == [
        "000.7.1.4/001/",
        "000.7.1.4/002/",
    ]
    reject = client.post(url + "terbitkan/pengantar_bappeda/", follow=True).content.decode()
    assert "tidak dapat diubah pada tahap itu" in reject


def test_letters_to_each_skpd(ready_to_issue, cast, tmp_path):
    by = cast["pak_sekcam"]
    issue_berita_acara(musrenbang=ready_to_issue, by=by)
    uploaded_salinan(ready_to_issue, by)
    for dari, ke, who in (
        ("penandatanganan", "finalisasi", "pak_sekcam"),
        ("finalisasi", "disahkan", "pak_camat"),
        ("disahkan", "disampaikan", "bu_pmd"),
        ("disampaikan", "diterima", "bu_bappeda"),
    ):
        if dari == "disahkan":
            issue_dokumen(musrenbang=ready_to_issue, jenis="pengantar_bappeda", by=by)
        advance_musrenbang(musrenbang=ready_to_issue, dari=dari, ke=ke, by=cast[who])
    bagian = CETAKAN["usulan_skpd"].bagian(ready_to_issue)
    surat = [issue_dokumen(musrenbang=ready_to_issue, jenis="usulan_skpd", by=by, part=k) for k, _ in bagian]
    assert len({s.nomor for s in surat}) == len(bagian) > 1
    jumlah = sum(s.isi["isi"]["jumlah"] for s in surat)
    durkp = cetakan_content("durkp", ready_to_issue)["isi"]
    assert jumlah == durkp["total"] - durkp["dana"]["rp"], "what a programme pays in full no SKPD is asked for"
    assert durkp["dana"]["rp"] == 385_000_000
    call_command(
        "cetak",
        "usulan_skpd",
        "--musrenbang",
        ready_to_issue.slug,
        "--ke",
        str(tmp_path / "c"),
        stdout=StringIO(),
    )
    berkas = sorted((tmp_path / "c").iterdir())
    assert len(berkas) == len(bagian)
    assert "DRAF" not in text(berkas[0].read_bytes())
    cover_letter = issue_dokumen(musrenbang=ready_to_issue, jenis="pengantar_bappeda", by=by)
    kata = text(read_dokumen(cover_letter))
    assert "5 kegiatan" in kata
    assert "enam ratus tiga puluh satu juta rupiah" in kata


def test_what_cannot_be_made_says_why(acara, usulan, masuk, tmp_path):
    client = masuk("bu_pmd")
    for jenis in ("rkp", "durkp", "prioritas_program", "usulan_skpd", "surat_mandat", "pengantar_bappeda"):
        response = client.get(f"/m/{acara.slug}/berita-acara/cetak/{jenis}.pdf", follow=True)
        assert "belum" in response.content.decode() or "menunggu" in response.content.decode()
        with pytest.raises(CommandError) as galat:
            call_command("cetak", jenis, "--musrenbang", acara.slug, "--ke", str(tmp_path))
        assert galat.value.returncode == 2
    assert client.get(f"/m/{acara.slug}/berita-acara/cetak/lain.pdf").status_code == 404
    assert client.get(f"/m/{acara.slug}/berita-acara/cetak/sk_tim.xlsx").status_code == 404


# --- letterhead


def image(format="PNG", ukuran=(40, 40)):
    output = BytesIO()
    Image.new("RGB", ukuran, "green").save(output, format)
    return output.getvalue()


DASAR = {
    "alamat": "Jalan Raya Sikur 1", "kode_pos": "83662", "telepon": "(0376) 21", "surel": "", "kertas": "F4",
    "format_nomor": "{klasifikasi}/{urut}-{kode}/{tahun}", "klausul": "Lahan sengketa dapat dibatalkan.\nHibah perlu badan hukum.",
    "tenggat_salinan": 60,
}  # fmt: skip


def test_letterhead_paper_number_and_clauses(ready_to_issue, cast, masuk):
    save_settings(musrenbang=ready_to_issue, by=cast["pak_sekcam"], versi=0, logo=image(), **DASAR)
    document = issue_berita_acara(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
    assert document.nomor == "000.7.2/001-BA-MRB/2026"
    reader = PdfReader(BytesIO(read_dokumen(document)))
    assert [round(float(n) * 25.4 / 72) for n in reader.pages[0].mediabox[2:]] == [215, 330]
    kata = text(read_dokumen(document))
    for cut in ("Jalan Raya Sikur 1 83662", "KEDELAPAN", "Lahan sengketa dapat dibatalkan", "KESEMBILAN"):
        assert cut in kata
    assert reader.pages[0].images, "the logo"
    save_settings(musrenbang=ready_to_issue, by=cast["pak_sekcam"], versi=1, **DASAR | {"telepon": "0811"})
    assert issue_berita_acara(musrenbang=ready_to_issue, by=cast["pak_sekcam"]).pk == document.pk


@pytest.mark.parametrize("change, kata", [
    ({"format_nomor": "050/{tahun}"}, "harus memuat {urut} dan {kode}"), ({"format_nomor": "{x}/{urut}/{kode}"}, "hanya boleh memakai"),
    ({"format_nomor": "{urut.__class__}/{kode}/{urut}"}, ""), ({"logo": b"bukan gambar"}, "tidak dapat dibaca"),
    ({"logo": b"x" * 1_100_000}, "lebih besar dari 1 MB"), ({"logo": "GIF"}, "PNG atau JPEG"), ({"versi": 7}, "sudah mengubah"),
])  # fmt: skip
def test_wrong_letterheads(change, kata, acara, cast):
    if change.get("logo") == "GIF":
        change = {"logo": image("GIF")}
    if not kata:
        save_settings(musrenbang=acara, by=cast["pak_sekcam"], versi=0, **DASAR)
        return
    with pytest.raises(Refused, match=re.escape(kata)):
        save_settings(musrenbang=acara, by=cast["pak_sekcam"], **{"versi": 0} | DASAR | change)


def test_the_letterhead_page(acara, masuk):
    url = f"/m/{acara.slug}/berita-acara/pengaturan/"
    data = DASAR | {"versi": 0}
    assert masuk("pak_sekcam").post(url, data).status_code == 302
    assert PengaturanDokumen.objects.get().kertas == "F4"
    assert "sudah mengubah" in masuk("pak_sekcam").post(url, data).content.decode()
    for nama, status in (("pemandu", 403), ("pak_camat", 403), ("orang_luar", 404)):
        assert masuk(nama).get(url).status_code == status
    assert JejakAudit.objects.filter(aksi="dokumen.pengaturan").count() == 1


# --- signed copy


def test_photos_and_scans_become_one_pdf(ready_to_issue, cast, masuk):
    from django.core.files.uploadedfile import SimpleUploadedFile

    issue_berita_acara(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
    client, url = masuk("pemandu"), f"/m/{ready_to_issue.slug}/berita-acara/salinan/"
    kunci = uuid.uuid4()
    for _ in range(2):
        berkas = [SimpleUploadedFile(f"{i}.jpg", image("JPEG", (60, 30))) for i in range(3)]
        client.post(url, {"kunci": kunci, "berkas": berkas, "putar": "1"})
    salinan = SalinanTtd.objects.get()
    assert salinan.halaman == 3
    with salinan.berkas.open("rb") as berkas:
        assert [h.rotation for h in PdfReader(berkas).pages] == [90, 90, 90]
    accept_salinan(musrenbang=ready_to_issue, by=cast["pak_sekcam"], alasan="Hanya halaman bertanda tangan.")
    advance_musrenbang(musrenbang=ready_to_issue, dari="penandatanganan", ke="finalisasi", by=cast["pak_sekcam"])
    download = client.get(f"/m/{ready_to_issue.slug}/berita-acara/salinan.pdf")
    assert download.headers["Content-Disposition"].startswith("attachment")
    assert (
        "tidak dapat diubah"
        in client.post(
            url, {"kunci": uuid.uuid4(), "berkas": [SimpleUploadedFile("1.jpg", image())], "putar": "0"}, follow=True
        ).content.decode()
    )


@pytest.mark.parametrize("berkas, kata", [
    ([], "Pilih berkas"), ([("a.pdf", b"%PDF-1.7 rusak")], "a.pdf bukan PDF"), ([("a.jpg", b"bukan foto")], "a.jpg tidak dapat dibaca"),
    ([("besar.pdf", b"%PDF-" + b"x" * 16_000_000)], "lebih besar dari 15 MB"), ([("a.bmp", image("BMP"))], "bukan PDF atau foto"),
])  # fmt: skip
def test_wrong_copies(berkas, kata, ready_to_issue, cast):
    issue_berita_acara(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
    with pytest.raises(Refused, match=kata):
        upload_salinan(musrenbang=ready_to_issue, by=cast["pemandu"], kunci=uuid.uuid4(), berkas=berkas, putar=[])
    assert not SalinanTtd.objects.exists()


def test_without_a_copy_only_with_a_reason(ready_to_issue, cast, masuk):
    by = cast["pak_sekcam"]
    issue_berita_acara(musrenbang=ready_to_issue, by=by)
    with pytest.raises(Refused, match="belum diunggah"):
        advance_musrenbang(musrenbang=ready_to_issue, dari="penandatanganan", ke="finalisasi", by=by)
    client, url = masuk("pak_sekcam"), f"/m/{ready_to_issue.slug}/berita-acara/salinan/tanpa/"
    assert "dalam satu kalimat" in client.post(url, {"alasan": "pendek"}, follow=True).content.decode()
    client.post(url, {"alasan": "Pemindai rusak, salinan menyusul besok."})
    assert TanpaSalinan.objects.get().alasan.startswith("Pemindai")
    assert masuk("pemandu").post(url, {"alasan": "x" * 20}).status_code == 403
    client.post(url, {"alasan": ""})
    assert not TanpaSalinan.objects.exists()
    assert JejakAudit.objects.get(aksi="salinan.wajib_lagi").alasan.startswith("Pemindai")
    client.post(url, {"alasan": "Pemindai rusak, salinan menyusul besok."})
    advance_musrenbang(musrenbang=ready_to_issue, dari="penandatanganan", ke="finalisasi", by=by)


def test_the_deadline_of_the_signed_copy_is_counted_from_the_signing(ready_to_issue, masuk):
    from datetime import timedelta

    mulai = JejakAudit.objects.get(aksi="musrenbang.tahap", ke=Tahap.PENANDATANGANAN).waktu
    assert queries.salinan_due(ready_to_issue) == mulai + timedelta(minutes=45)
    issue_berita_acara(musrenbang=ready_to_issue, by=JejakAudit.objects.first().pelaku)
    assert "Unggah paling lambat" in masuk("bu_pmd").get(f"/m/{ready_to_issue.slug}/berita-acara/").content.decode()


def test_fonts_are_embedded_and_nothing_is_fetched(ready_to_issue):
    for jenis in ("durkp", "surat_mandat", "daftar_hadir"):
        for h in PdfReader(BytesIO(print_it(ready_to_issue, jenis))).pages:
            for f in h["/Resources"]["/Font"].values():
                derived = f.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
                assert {"/FontFile2", "/FontFile3"} & set(derived)


HALAMAN = '<html lang="id"><head><title>x</title></head><body><div class="bagian"><p>Isi</p><img alt="" src="{}"></div>'


@pytest.mark.parametrize("skema", ["file", "http"])
def test_a_document_fetches_nothing_from_outside(skema, monkeypatch, tmp_path):
    """A picture that exists and could be read, by file or by network, does not come into the document."""
    from http.server import BaseHTTPRequestHandler, HTTPServer
    from threading import Thread

    from musrenbang.infra.pdf import printing

    diminta = []

    class Responder(BaseHTTPRequestHandler):
        def do_GET(self):
            diminta.append(self.path)

    with HTTPServer(("127.0.0.1", 0), Responder) as server_process:
        Thread(target=server_process.serve_forever, daemon=True).start()
        (tmp_path / "a.png").write_bytes(image())
        alamat = (
            f"file://{tmp_path}/a.png" if skema == "file" else f"http://127.0.0.1:{server_process.server_port}/a.png"
        )
        monkeypatch.setattr(
            printing,
            "render_to_string",
            lambda t, k: render_to_string(t, k) if "bingkai" in t else HALAMAN.format(alamat),
        )
        content = printing.render_pdf("x", {})
        server_process.shutdown()
    assert not PdfReader(BytesIO(content)).pages[0].images
    assert diminta == []
