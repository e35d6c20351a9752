"""What everybody may read names no participant and bears no NIP, rank, telephone number, address or code."""

import json
import re
from datetime import date

from django.template.loader import render_to_string

from berita_acara.dokumen.cetakan import cetakan_content, cetakan_xlsx
from berita_acara.dokumen.jenis import CETAKAN, PUBLIK, public_kinds
from berita_acara.queries import kop_of
from berita_acara.services.publik import public_dokumen
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


def test_no_public_paper_page_or_file_tells_what_is_private(siap_terbit, client):
    acara = siap_terbit
    rahasia = hide(acara)
    for kata in RAHASIA[:4:2]:
        mandat = cetakan_content("surat_mandat", acara)
        assert kata in json.dumps(mandat), "the letters themselves tell it"
    assert set(public_kinds(acara)) == set(PUBLIK)
    dibaca = {}
    for jenis in PUBLIK:
        isi = cetakan_content(jenis, acara)
        dibaca[jenis] = json.dumps(isi, ensure_ascii=False) + render_to_string(
            CETAKAN[jenis].template, isi | {"kop": kop_of(acara), "logo": "", "nomor": ""}
        )
        if CETAKAN[jenis].xlsx:
            assert cetakan_xlsx(jenis, acara)[:2] == b"PK"
    for ekor in ("", "1/", "data.csv", "data.json", "titik.txt"):
        dibaca[ekor or "halaman"] = client.get(f"/publik/{acara.slug}/{ekor}").content.decode()
    salah = {}
    for apa, teks in dibaca.items():
        teks = re.sub(r"<style.*?</style>", "", teks, flags=re.S)
        if ada := [r for r in rahasia if r in teks] + POLA.findall(teks):
            salah[apa] = ada
    assert salah == {}
    assert "Hj. Sri" in dibaca["rkp"], "who signs is named with the office"


def test_a_public_paper_of_an_older_release_is_made_anew_without_the_nip(siap_terbit):
    hide(siap_terbit)
    satu = public_dokumen(musrenbang=siap_terbit, jenis="durkp")
    isi = satu.isi | {"kepala": satu.isi["kepala"] | {"camat": satu.isi["kepala"]["camat"] | {"nip": NIP}}}
    lama = Dokumen.objects.create(
        musrenbang=siap_terbit,
        jenis="durkp",
        versi=2,
        isi=isi,
        sidik_isi="0" * 64,
        kode="LAMA222222",
        penanda_tangan=[],
    )
    baru = public_dokumen(musrenbang=siap_terbit, jenis="durkp")
    assert baru.versi == lama.versi + 1
    assert baru.isi["kepala"]["camat"]["nip"] == ""
