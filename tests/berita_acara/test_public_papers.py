"""What everybody may read names no participant and bears no NIP, rank, telephone number, address or code."""

import json
import re
from datetime import date

from django.template.loader import render_to_string

from berita_acara.dokumen.cetakan import cetakan_content, cetakan_xlsx
from berita_acara.dokumen.kinds import CETAKAN, PUBLIK, public_kinds
from berita_acara.queries import kop_of
from berita_acara.services.public import public_dokumen
from musrenbang.models import Dokumen, Pejabat, Pengguna
from musrenbang.sidang.models import Undangan

NIP = "19700101 199503 2 001"
RAHASIA = (NIP, NIP.replace(" ", ""), "Pembina Rahasia", "0812-5550-111", "Gang Rahasia 7", "Tamu Rahasia")
POLA = re.compile(r"\bNIP\b|\b(?:19|20)\d{6} ?(?:19|20)\d{4} ?[12] ?\d{3}\b|\b08\d{2}[- ]?\d{3,4}[- ]?\d{3,4}\b|@")
"""A NIP by its form, a mobile number, a mail address."""


def hide(acara):
    """Give everybody of the event what no public paper may tell."""
    acara.tim.create(kedudukan="ketua", nama="Pak Sekcam", jabatan="Sekretaris Camat", nip=NIP)
    Pengguna.objects.update(nip=NIP)
    Pejabat.objects.create(
        kecamatan=acara.kecamatan,
        cara="camat",
        nama="Hj. Sri",
        pangkat="Pembina Rahasia",
        nip=NIP,
        mulai=date(2020, 1, 1),
    )
    Undangan.objects.create(
        musrenbang=acara, nama="Tamu Rahasia", unsur="tokoh", alamat="Gang Rahasia 7", kode="RHSTM2"
    )
    acara.kehadiran.update(alamat="Gang Rahasia 7, 0812-5550-111")
    acara.delegat.update(alamat="Gang Rahasia 7, 0812-5550-111")
    return {*RAHASIA, *Undangan.objects.exclude(kode="").values_list("kode", flat=True)}


def test_no_public_paper_page_or_file_tells_what_is_private(ready_to_issue, client):
    acara = ready_to_issue
    rahasia = hide(acara)
    for kata in RAHASIA[:4:2]:
        mandat = cetakan_content("surat_mandat", acara)
        assert kata in json.dumps(mandat), "the letters themselves tell it"
    assert set(public_kinds(acara)) == set(PUBLIK)
    dibaca = {}
    for jenis in PUBLIK:
        contents = cetakan_content(jenis, acara)
        dibaca[jenis] = json.dumps(contents, ensure_ascii=False) + render_to_string(
            CETAKAN[jenis].template, contents | {"kop": kop_of(acara), "logo": "", "nomor": ""}
        )
        if CETAKAN[jenis].xlsx:
            assert cetakan_xlsx(jenis, acara)[:2] == b"PK"
    for tail in ("", "1/", "data.csv", "data.json", "titik.txt"):
        dibaca[tail or "halaman"] = client.get(f"/publik/{acara.slug}/{tail}").content.decode()
    wrong = {}
    for what, text in dibaca.items():
        text = re.sub(r"<style.*?</style>", "", text, flags=re.S)
        if existing := [r for r in rahasia if r in text] + POLA.findall(text):
            wrong[what] = existing
    assert wrong == {}
    assert "Hj. Sri" in dibaca["rkp"], "who signs is named with the office"


def test_a_public_paper_of_an_older_release_is_made_anew_without_the_nip(ready_to_issue):
    hide(ready_to_issue)
    one = public_dokumen(musrenbang=ready_to_issue, jenis="durkp")
    content = one.isi | {"kepala": one.isi["kepala"] | {"camat": one.isi["kepala"]["camat"] | {"nip": NIP}}}
    lama = Dokumen.objects.create(
        musrenbang=ready_to_issue,
        jenis="durkp",
        versi=2,
        isi=content,
        sidik_isi="0" * 64,
        kode="LAMA222222",
        penanda_tangan=[],
    )
    baru = public_dokumen(musrenbang=ready_to_issue, jenis="durkp")
    assert baru.versi == lama.versi + 1
    assert baru.isi["kepala"]["camat"]["nip"] == ""
