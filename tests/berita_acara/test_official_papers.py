"""The form of official letters: what a decision must have, what its year asks for, who signs."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from lxml import html

from berita_acara.dokumen.cetakan import cetakan_context
from berita_acara.dokumen.letter_head import head_of
from berita_acara.queries import kop_of
from berita_acara.services.issue import print_dokumen
from musrenbang.keeper import read_dokumen
from musrenbang.models import Pejabat
from musrenbang.naskah import classification, legal_basis
from musrenbang.persiapan.services.tim import fill_tim
from musrenbang.services.pejabat import add_pejabat
from tests.berita_acara.test_paper_words import words_of
from tests.halaman import flat


def paper(musrenbang, jenis, template, **other):
    content = cetakan_context(jenis, musrenbang) | {"kop": kop_of(musrenbang)} | other
    return words_of(html.document_fromstring(render_to_string(template, content)).body)


@pytest.mark.parametrize(
    "tahun, existing, no",
    [
        (2011, ["Nomor 32 Tahun 2004", "Nomor 54 Tahun 2010"], ["86 Tahun 2017", "tentang Desa"]),
        (2018, ["Nomor 23 Tahun 2014", "Nomor 86 Tahun 2017", "tentang Desa"], ["54 Tahun 2010", "3 Tahun 2024"]),
        (
            2026,
            ["terakhir dengan Undang-Undang Nomor 3 Tahun 2024", "Nomor 17 Tahun 2018 tentang Kecamatan"],
            ["32 Tahun"],
        ),
    ],
)
def test_the_legal_basis_is_that_of_the_year(tahun, existing, no):
    everything = "; ".join(legal_basis(tahun, {}))
    assert "Nomor 25 Tahun 2004" in everything
    assert [kata for kata in existing if kata not in everything] == []
    assert [kata for kata in no if kata in everything] == []


def test_the_classification_of_a_number_is_that_of_its_year():
    assert [classification("050", tahun, {}) for tahun in (2011, 2022, 2023, 2026)] == [
        "050",
        "050",
        "000.7.2",
        "000.7.2",
    ]
    letters = ("005", "090", "141")
    assert [classification(kode, 2022, {}) for kode in letters] == list(letters)
    assert [classification(kode, 2023, {}) for kode in letters] == ["000.7.1.4", "000.7.1.4", "100.3.3"]
    assert classification("900", 2026, {}) == "900", "what is not known is not changed"


def test_the_decision_has_every_part_in_its_order(acara, cast):
    fill_tim(musrenbang=acara, by=cast["bu_pmd"])
    kata = paper(acara, "sk_tim", "pdf/sk_tim.html")
    urutan = [
        "KEPUTUSAN CAMAT SIKUR NOMOR",
        "TENTANG",
        "Menimbang",
        "huruf a dan huruf b, perlu menetapkan",
        "Mengingat",
        "MEMUTUSKAN:",
        "Menetapkan",
        "KESATU",
        "KEDUA",
        "KETIGA",
        "KEEMPAT : Biaya yang timbul",
        "Tahun Anggaran 2026",
        "KELIMA : Keputusan ini mulai berlaku",
        "LAMPIRAN KEPUTUSAN CAMAT SIKUR",
    ]
    position = [kata.find(cut) for cut in urutan]
    assert -1 not in position, urutan[position.index(-1)]
    assert position == sorted(position)
    lanjut = paper(acara, "sk_tim", "pdf/sk_tim.html", menggantikan={"nomor": "1", "tanggal": "2 Januari 2026"})
    assert "KELIMA : Pada saat Keputusan ini" in lanjut
    assert "KEENAM : Keputusan ini mulai berlaku" in lanjut


def test_who_signs_is_named_with_rank_and_nip(ready_to_issue, cast):
    add_pejabat(
        musrenbang=ready_to_issue,
        by=cast["pak_sekcam"],
        cara="camat",
        nama="Hj. Sri Wahyuni, S.Sos.",
        pangkat="Pembina (IV/a)",
        nip="19700101 199503 2 001",
        jabatan="",
        mulai=date(2026, 1, 1),
        sampai=None,
    )
    assert Pejabat.objects.get().pangkat == "Pembina (IV/a)"
    kata = paper(ready_to_issue, "surat_mandat", "pdf/surat_mandat.html")
    assert "Hj. Sri Wahyuni, S.Sos. Pembina (IV/a) NIP 19700101 199503 2 001" in kata
    ketua = cast["pak_sekcam"]
    ketua.nip = "19800202 200501 1 002"
    ketua.save()
    ready_to_issue.pimpinan_sidang = ""
    assert head_of(ready_to_issue)["pimpinan_nip"] == ketua.nip
    ready_to_issue.pimpinan_sidang = "Orang Lain"
    assert head_of(ready_to_issue)["pimpinan_nip"] == "", "the NIP of somebody else is not printed under a name"


@pytest.mark.parametrize(
    "alamat, local_one",
    [
        ("http://127.0.0.1:8000", True),
        ("http://localhost", True),
        ("http://[::1]:8000", True),
        ("http://192.168.4.1:8000", False),
        ("https://musrenbang.contoh.go.id", False),
    ],
)
def test_the_page_warns_before_a_paper_bears_an_address_that_nobody_reaches(
    alamat, local_one, ready_to_issue, masuk, settings
):
    settings.ALAMAT = alamat
    content = flat(masuk("pak_sekcam").get(f"/m/{ready_to_issue.slug}/berita-acara/"))
    assert ("hanya dapat dibuka di" in content) is local_one


def test_nothing_green_stands_above_a_file_that_differs(ready_to_issue, cast, client):
    document = print_dokumen(musrenbang=ready_to_issue, jenis="daftar_delegasi", by=cast["bu_pmd"])
    original = read_dokumen(document)
    for contents, green in ((original, True), (original[:-9] + b"x" * 9, False)):
        response = client.post(
            f"/verifikasi/{document.kode}/", {"berkas": SimpleUploadedFile("x.pdf", contents)}
        ).content.decode()
        assert ("alert-success" in response) is green
        assert ("merupakan versi terbaru" in response) is green
        assert ("bukan berkas yang Anda periksa" in response) is not green
