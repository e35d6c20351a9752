"""Every kind of document: printed once while unchanged, its text and its spreadsheet against the facts, letters numbered."""

import re
import uuid
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader, PdfWriter

from alur.services.acara import advance_musrenbang
from berita_acara import queries
from berita_acara.dokumen import jenis as kinds
from berita_acara.dokumen.cetakan import cetakan_content
from berita_acara.dokumen.jenis import CETAKAN
from berita_acara.models import PengaturanDokumen, SalinanTtd, TanpaSalinan
from berita_acara.services.pengaturan import save_settings
from berita_acara.services.salinan import accept_salinan, upload_salinan
from berita_acara.services.terbit import issue_berita_acara, issue_dokumen, print_dokumen, read_or_draft
from musrenbang import format as tulis
from musrenbang.infra.release import VERSION
from musrenbang.models import Dokumen, JejakAudit
from musrenbang.simpanan import read_dokumen
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from tests.conftest import KURSI, unggah_salinan
from tests.halaman import flat
from tests.kertas import texts_of
from tests.some import some

KONTRAK = [
    "undangan", "susunan_acara", "daftar_hadir", "rekap_usulan", "draft_rkp", "hasil_kelompok", "rkp", "prioritas_skpd",
    "belum_disepakati", "durkp", "prioritas_program", "daftar_delegasi", "surat_mandat", "pengantar_bappeda", "usulan_skpd",
    "kabar_desa", "lembar_periksa",
]  # fmt: skip
TABEL = [k for k in KONTRAK if CETAKAN[k].xlsx]
SIAP = [k for k in KONTRAK if k not in {"undangan", "susunan_acara", "hasil_kelompok"}]


def teks(isi: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(texts_of(isi)))


def cetak(acara, jenis, by=None, bagian=""):
    return read_or_draft(musrenbang=acara, jenis=jenis, by=by, part=bagian)


def bagian_pertama(acara, jenis):
    return CETAKAN[jenis].bagian(acara)[0][0] if CETAKAN[jenis].bagian else ""


def test_every_kind_that_an_app_exports_is_listed_once():
    milik = [kinds.PERSIAPAN, kinds.SIDANG, kinds.USULAN, kinds.RKP, kinds.PRIORITAS, kinds.DELEGASI]
    milik += [kinds.TINDAK_LANJUT, kinds.MILIK_SENDIRI]
    nama = [k for satu in milik for k in satu]
    assert sorted(nama) == sorted(kinds.URUTAN)
    assert len(set(nama)) == len(nama) == len(CETAKAN)


def test_every_kind_of_the_contract_is_there():
    assert set(KONTRAK) <= set(CETAKAN)
    satu = CETAKAN["rkp"]
    assert list(kinds.ordered({"baru": satu, "rkp": satu, "sk_tim": satu})) == ["sk_tim", "rkp", "baru"]


@pytest.mark.parametrize("jenis", SIAP)
def test_each_document_says_where_it_is_from_and_can_be_checked(jenis, siap_terbit):
    isi = cetak(siap_terbit, jenis, bagian=bagian_pertama(siap_terbit, jenis))
    kata = teks(isi)
    assert "Sikur" in kata
    assert re.search(r"Halaman 1 dari \d+", kata)
    berkas = PdfReader(BytesIO(isi))
    assert berkas.trailer["/Root"]["/MarkInfo"]["/Marked"].value, "tagged"
    assert (berkas.trailer["/Root"]["/Lang"], "Sikur" in berkas.metadata.title) == ("id", True)
    assert berkas.metadata.creator == f"musrenbang {VERSION}"
    bernomor = CETAKAN[jenis].nomor is not None
    assert ("DRAF" in kata) == bernomor or jenis == "draft_rkp"
    if not bernomor:
        kode = Dokumen.objects.get(jenis=jenis).kode
        assert all(f"{kode[:5]}-{kode[5:]}" in h for h in some(texts_of(isi))), "on every page"


@pytest.mark.parametrize("jenis", TABEL)
def test_the_spreadsheet_adds_up_to_the_same_as_the_paper(jenis, siap_terbit, masuk):
    if jenis not in SIAP:
        return
    jawab = masuk("bu_pmd").get(f"/m/{siap_terbit.slug}/berita-acara/cetak/{jenis}.xlsx")
    lembar = load_workbook(BytesIO(jawab.content)).active
    judul = [s.value for s in lembar[2]]
    baris = list(lembar.iter_rows(min_row=3, values_only=True))
    assert baris
    uang = [i for i, j in enumerate(judul) if j and j.endswith("(Rp)")]
    kata = teks(cetak(siap_terbit, jenis, bagian=bagian_pertama(siap_terbit, jenis)))
    for i in uang:
        for b in baris:
            assert b[i] in (None, 0) or tulis.thousands(b[i]) in kata
    total = {"prioritas_skpd": 631_000_000, "durkp": 631_000_000}
    if jenis in total:
        assert sum(b[uang[-1]] for b in baris) == total[jenis]
        assert tulis.thousands(total[jenis]) in kata


def test_unchanged_content_is_not_rendered_again(siap_terbit, pemeran, monkeypatch):
    pertama = print_dokumen(musrenbang=siap_terbit, jenis="durkp", by=pemeran["bu_pmd"])
    monkeypatch.setattr("berita_acara.services.terbit.render_pdf", lambda *a: pytest.fail("rendered again"))
    assert print_dokumen(musrenbang=siap_terbit, jenis="durkp", by=pemeran["pak_camat"]).pk == pertama.pk
    assert Dokumen.objects.count() == 1


def test_changed_facts_make_the_next_version_and_the_old_one_says_so(siap_terbit, pemeran, client):
    lama = print_dokumen(musrenbang=siap_terbit, jenis="daftar_delegasi", by=pemeran["bu_pmd"])
    assert "merupakan versi terbaru" in client.get(f"/verifikasi/{lama.kode}/").content.decode()
    siap_terbit.delegat.filter(nama="Yusran Tokoh").update(lembaga="Karang Taruna")
    baru = print_dokumen(musrenbang=siap_terbit, jenis="daftar_delegasi", by=pemeran["bu_pmd"])
    assert (baru.versi, baru.kode != lama.kode) == (2, True)
    isi = client.get(f"/verifikasi/{lama.kode}/").content.decode()
    assert "sudah digantikan versi 2" in isi
    assert "merupakan versi terbaru" in client.get(f"/verifikasi/{baru.kode}/").content.decode()


def _unggah(client, kode, isi):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return client.post(f"/verifikasi/{kode}/", {"berkas": SimpleUploadedFile("x.pdf", isi)}).content.decode()


def test_a_tampered_pdf_is_told_apart(siap_terbit, pemeran, client):
    dok = issue_berita_acara(musrenbang=siap_terbit, by=pemeran["pak_sekcam"])
    asli = read_dokumen(dok)
    assert "sama persis" in _unggah(client, dok.kode, asli)
    satu_byte = bytearray(asli)
    satu_byte[len(asli) // 2] ^= 1
    assert "tidak sama" in _unggah(client, dok.kode, bytes(satu_byte))
    tulis_pdf, keluaran = PdfWriter(), BytesIO()
    for h in PdfReader(BytesIO(asli)).pages[:-1]:
        tulis_pdf.add_page(h)
    tulis_pdf.write(keluaran)
    assert "tidak sama" in _unggah(client, dok.kode, keluaran.getvalue())
    assert client.post(f"/verifikasi/{dok.kode}/").status_code == 422
    isi = flat(client.get(f"/verifikasi/{dok.kode[:5]}-{dok.kode[5:].lower()}/"))
    assert dok.sha256 in isi
    assert "Pak Camat, Camat Sikur; Pak Sekcam, Pimpinan Sidang" in isi
    assert client.get("/verifikasi/TIDAKADA22/").status_code == 404
    assert client.get("/verifikasi/", {"kode": dok.kode}).headers["Location"] == f"/verifikasi/{dok.kode}/"


def test_another_version_is_recognised_as_one(siap_terbit, pemeran, client):
    lama = issue_berita_acara(musrenbang=siap_terbit, by=pemeran["pak_sekcam"])
    siap_terbit.delegat.filter(nama="Yusran Tokoh").update(lembaga="Karang Taruna")
    baru = issue_berita_acara(musrenbang=siap_terbit, by=pemeran["pak_sekcam"])
    assert "versi lain" in _unggah(client, baru.kode, read_dokumen(lama))
    salinan = unggah_salinan(siap_terbit, pemeran["pak_sekcam"])
    with salinan.berkas.open("rb") as berkas:
        assert "salinan bertanda tangan" in _unggah(client, baru.kode, berkas.read())


def test_a_letter_is_numbered_once_and_again_only_when_the_facts_change(siap_terbit, pemeran, masuk):
    client, url = masuk("pak_sekcam"), f"/m/{siap_terbit.slug}/berita-acara/"
    dasar = issue_berita_acara(musrenbang=siap_terbit, by=pemeran["pak_sekcam"])
    for _ in range(2):
        assert (
            "Surat mandat delegasi 090/001/SM-MRB/"
            in client.post(url + "terbitkan/surat_mandat/", follow=True).content.decode()
        )
    kata = teks(client.get(url + "cetak/surat_mandat.pdf").content)
    hari_ini = timezone.localdate(timezone=siap_terbit.kecamatan.kabupaten.tz)
    assert f"Sikur, {tulis.date_text(hari_ini)}" in kata
    assert "DRAF" not in kata
    assert f"nomor {dasar.nomor}" in kata
    for _, nama, _, _ in KURSI:
        assert nama in kata
    siap_terbit.delegat.filter(nama="Yusran Tokoh").update(lembaga="Karang Taruna")
    assert "DRAF" in teks(client.get(url + "cetak/surat_mandat.pdf?draf=1").content)
    issue_dokumen(musrenbang=siap_terbit, jenis="surat_mandat", by=pemeran["pak_sekcam"])
    assert sorted(n[:8] for n in Dokumen.objects.filter(jenis="surat_mandat").values_list("nomor", flat=True)) == [
        "090/001/",
        "090/002/",
    ]
    tolak = client.post(url + "terbitkan/pengantar_bappeda/", follow=True).content.decode()
    assert "tidak dapat diubah pada tahap itu" in tolak


def test_letters_to_each_skpd(siap_terbit, pemeran, tmp_path):
    by = pemeran["pak_sekcam"]
    issue_berita_acara(musrenbang=siap_terbit, by=by)
    unggah_salinan(siap_terbit, by)
    for dari, ke, siapa in (
        ("penandatanganan", "finalisasi", "pak_sekcam"),
        ("finalisasi", "disahkan", "pak_camat"),
        ("disahkan", "disampaikan", "bu_pmd"),
        ("disampaikan", "diterima", "bu_bappeda"),
    ):
        if dari == "disahkan":
            issue_dokumen(musrenbang=siap_terbit, jenis="pengantar_bappeda", by=by)
        advance_musrenbang(musrenbang=siap_terbit, dari=dari, ke=ke, by=pemeran[siapa])
    bagian = CETAKAN["usulan_skpd"].bagian(siap_terbit)
    surat = [issue_dokumen(musrenbang=siap_terbit, jenis="usulan_skpd", by=by, part=k) for k, _ in bagian]
    assert len({s.nomor for s in surat}) == len(bagian) > 1
    jumlah = sum(s.isi["isi"]["jumlah"] for s in surat)
    durkp = cetakan_content("durkp", siap_terbit)["isi"]
    assert jumlah == durkp["total"] - durkp["dana"]["rp"], "what a programme pays in full no SKPD is asked for"
    assert durkp["dana"]["rp"] == 385_000_000
    call_command(
        "cetak",
        "usulan_skpd",
        "--musrenbang",
        siap_terbit.slug,
        "--ke",
        str(tmp_path / "c"),
        stdout=StringIO(),
    )
    berkas = sorted((tmp_path / "c").iterdir())
    assert len(berkas) == len(bagian)
    assert "DRAF" not in teks(berkas[0].read_bytes())
    pengantar = issue_dokumen(musrenbang=siap_terbit, jenis="pengantar_bappeda", by=by)
    kata = teks(read_dokumen(pengantar))
    assert "5 kegiatan" in kata
    assert "enam ratus tiga puluh satu juta rupiah" in kata


def test_what_cannot_be_made_says_why(acara, usulan, masuk, tmp_path):
    client = masuk("bu_pmd")
    for jenis in ("rkp", "durkp", "prioritas_program", "usulan_skpd", "surat_mandat", "pengantar_bappeda"):
        jawab = client.get(f"/m/{acara.slug}/berita-acara/cetak/{jenis}.pdf", follow=True)
        assert "belum" in jawab.content.decode() or "menunggu" in jawab.content.decode()
        with pytest.raises(CommandError) as galat:
            call_command("cetak", jenis, "--musrenbang", acara.slug, "--ke", str(tmp_path))
        assert galat.value.returncode == 2
    assert client.get(f"/m/{acara.slug}/berita-acara/cetak/lain.pdf").status_code == 404
    assert client.get(f"/m/{acara.slug}/berita-acara/cetak/sk_tim.xlsx").status_code == 404


# --- letterhead


def gambar(format="PNG", ukuran=(40, 40)):
    keluaran = BytesIO()
    Image.new("RGB", ukuran, "green").save(keluaran, format)
    return keluaran.getvalue()


DASAR = {
    "alamat": "Jalan Raya Sikur 1", "kode_pos": "83662", "telepon": "(0376) 21", "surel": "", "kertas": "F4",
    "format_nomor": "{klasifikasi}/{urut}-{kode}/{tahun}", "klausul": "Lahan sengketa dapat dibatalkan.\nHibah perlu badan hukum.",
    "tenggat_salinan": 60,
}  # fmt: skip


def test_letterhead_paper_number_and_clauses(siap_terbit, pemeran, masuk):
    save_settings(musrenbang=siap_terbit, by=pemeran["pak_sekcam"], versi=0, logo=gambar(), **DASAR)
    dok = issue_berita_acara(musrenbang=siap_terbit, by=pemeran["pak_sekcam"])
    assert dok.nomor == "000.7.2/001-BA-MRB/2026"
    pembaca = PdfReader(BytesIO(read_dokumen(dok)))
    assert [round(float(n) * 25.4 / 72) for n in pembaca.pages[0].mediabox[2:]] == [215, 330]
    kata = teks(read_dokumen(dok))
    for potong in ("Jalan Raya Sikur 1 83662", "KEDELAPAN", "Lahan sengketa dapat dibatalkan", "KESEMBILAN"):
        assert potong in kata
    assert pembaca.pages[0].images, "the logo"
    save_settings(musrenbang=siap_terbit, by=pemeran["pak_sekcam"], versi=1, **DASAR | {"telepon": "0811"})
    assert issue_berita_acara(musrenbang=siap_terbit, by=pemeran["pak_sekcam"]).pk == dok.pk


@pytest.mark.parametrize("ubah, kata", [
    ({"format_nomor": "050/{tahun}"}, "harus memuat {urut} dan {kode}"), ({"format_nomor": "{x}/{urut}/{kode}"}, "hanya boleh memakai"),
    ({"format_nomor": "{urut.__class__}/{kode}/{urut}"}, ""), ({"logo": b"bukan gambar"}, "tidak dapat dibaca"),
    ({"logo": b"x" * 1_100_000}, "lebih besar dari 1 MB"), ({"logo": "GIF"}, "PNG atau JPEG"), ({"versi": 7}, "sudah mengubah"),
])  # fmt: skip
def test_wrong_letterheads(ubah, kata, acara, pemeran):
    if ubah.get("logo") == "GIF":
        ubah = {"logo": gambar("GIF")}
    if not kata:
        save_settings(musrenbang=acara, by=pemeran["pak_sekcam"], versi=0, **DASAR)
        return
    with pytest.raises(Refused, match=re.escape(kata)):
        save_settings(musrenbang=acara, by=pemeran["pak_sekcam"], **{"versi": 0} | DASAR | ubah)


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


def test_photos_and_scans_become_one_pdf(siap_terbit, pemeran, masuk):
    from django.core.files.uploadedfile import SimpleUploadedFile

    issue_berita_acara(musrenbang=siap_terbit, by=pemeran["pak_sekcam"])
    client, url = masuk("pemandu"), f"/m/{siap_terbit.slug}/berita-acara/salinan/"
    kunci = uuid.uuid4()
    for _ in range(2):
        berkas = [SimpleUploadedFile(f"{i}.jpg", gambar("JPEG", (60, 30))) for i in range(3)]
        client.post(url, {"kunci": kunci, "berkas": berkas, "putar": "1"})
    salinan = SalinanTtd.objects.get()
    assert salinan.halaman == 3
    with salinan.berkas.open("rb") as berkas:
        assert [h.rotation for h in PdfReader(berkas).pages] == [90, 90, 90]
    accept_salinan(musrenbang=siap_terbit, by=pemeran["pak_sekcam"], alasan="Hanya halaman bertanda tangan.")
    advance_musrenbang(musrenbang=siap_terbit, dari="penandatanganan", ke="finalisasi", by=pemeran["pak_sekcam"])
    unduh = client.get(f"/m/{siap_terbit.slug}/berita-acara/salinan.pdf")
    assert unduh.headers["Content-Disposition"].startswith("attachment")
    assert (
        "tidak dapat diubah"
        in client.post(
            url, {"kunci": uuid.uuid4(), "berkas": [SimpleUploadedFile("1.jpg", gambar())], "putar": "0"}, follow=True
        ).content.decode()
    )


@pytest.mark.parametrize("berkas, kata", [
    ([], "Pilih berkas"), ([("a.pdf", b"%PDF-1.7 rusak")], "a.pdf bukan PDF"), ([("a.jpg", b"bukan foto")], "a.jpg tidak dapat dibaca"),
    ([("besar.pdf", b"%PDF-" + b"x" * 16_000_000)], "lebih besar dari 15 MB"), ([("a.bmp", gambar("BMP"))], "bukan PDF atau foto"),
])  # fmt: skip
def test_wrong_copies(berkas, kata, siap_terbit, pemeran):
    issue_berita_acara(musrenbang=siap_terbit, by=pemeran["pak_sekcam"])
    with pytest.raises(Refused, match=kata):
        upload_salinan(musrenbang=siap_terbit, by=pemeran["pemandu"], kunci=uuid.uuid4(), berkas=berkas, putar=[])
    assert not SalinanTtd.objects.exists()


def test_without_a_copy_only_with_a_reason(siap_terbit, pemeran, masuk):
    by = pemeran["pak_sekcam"]
    issue_berita_acara(musrenbang=siap_terbit, by=by)
    with pytest.raises(Refused, match="belum diunggah"):
        advance_musrenbang(musrenbang=siap_terbit, dari="penandatanganan", ke="finalisasi", by=by)
    client, url = masuk("pak_sekcam"), f"/m/{siap_terbit.slug}/berita-acara/salinan/tanpa/"
    assert "dengan jelas" in client.post(url, {"alasan": "pendek"}, follow=True).content.decode()
    client.post(url, {"alasan": "Pemindai rusak, salinan menyusul besok."})
    assert TanpaSalinan.objects.get().alasan.startswith("Pemindai")
    assert masuk("pemandu").post(url, {"alasan": "x" * 20}).status_code == 403
    client.post(url, {"alasan": ""})
    assert not TanpaSalinan.objects.exists()
    assert JejakAudit.objects.get(aksi="salinan.wajib_lagi").alasan.startswith("Pemindai")
    client.post(url, {"alasan": "Pemindai rusak, salinan menyusul besok."})
    advance_musrenbang(musrenbang=siap_terbit, dari="penandatanganan", ke="finalisasi", by=by)


def test_the_deadline_of_the_signed_copy_is_counted_from_the_signing(siap_terbit, masuk):
    from datetime import timedelta

    mulai = JejakAudit.objects.get(aksi="musrenbang.tahap", ke=Tahap.PENANDATANGANAN).waktu
    assert queries.salinan_due(siap_terbit) == mulai + timedelta(minutes=45)
    issue_berita_acara(musrenbang=siap_terbit, by=JejakAudit.objects.first().pelaku)
    assert "Unggah paling lambat" in masuk("bu_pmd").get(f"/m/{siap_terbit.slug}/berita-acara/").content.decode()


def test_fonts_are_embedded_and_nothing_is_fetched(siap_terbit):
    for jenis in ("durkp", "surat_mandat", "daftar_hadir"):
        for h in PdfReader(BytesIO(cetak(siap_terbit, jenis))).pages:
            for f in h["/Resources"]["/Font"].values():
                turunan = f.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
                assert {"/FontFile2", "/FontFile3"} & set(turunan)


HALAMAN = '<html lang="id"><head><title>x</title></head><body><div class="bagian"><p>Isi</p><img alt="" src="{}"></div>'


@pytest.mark.parametrize("skema", ["file", "http"])
def test_a_document_fetches_nothing_from_outside(skema, monkeypatch, tmp_path):
    """A picture that exists and could be read, by file or by network, does not come into the document."""
    from http.server import BaseHTTPRequestHandler, HTTPServer
    from threading import Thread

    from musrenbang.infra.pdf import cetak

    diminta = []

    class Penjawab(BaseHTTPRequestHandler):
        def do_GET(self):
            diminta.append(self.path)

    with HTTPServer(("127.0.0.1", 0), Penjawab) as peladen:
        Thread(target=peladen.serve_forever, daemon=True).start()
        (tmp_path / "a.png").write_bytes(gambar())
        alamat = f"file://{tmp_path}/a.png" if skema == "file" else f"http://127.0.0.1:{peladen.server_port}/a.png"
        monkeypatch.setattr(cetak, "render_to_string", lambda *a: HALAMAN.format(alamat))
        isi = cetak.render_pdf("x", {})
        peladen.shutdown()
    assert not PdfReader(BytesIO(isi)).pages[0].images
    assert diminta == []
