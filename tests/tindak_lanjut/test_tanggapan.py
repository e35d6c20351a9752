"""SKPD answer what was sent to them; the desa reads what became of its proposal."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from alur.periksa import broken_invariants
from alur.services.acara import advance_musrenbang
from musrenbang.models import JejakAudit, Skpd
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from tests.some import some
from tindak_lanjut.models import Pilahan, Tanggapan
from tindak_lanjut.queries.fate import fate
from tindak_lanjut.queries.tanggapan import works_of
from tindak_lanjut.services.tanggapan import answer_many, answer_work
from usulan.models import Usulan


@pytest.fixture
def works_agency(sent_event):
    return Skpd.objects.get(singkatan="Dinas PUPR")


def satu(public_works, nomor=3):
    return works_of(public_works).get(baris__nomor=nomor)


def isi(**change):
    return {"jawaban": "diakomodir", "alasan": "", "jumlah": "", "renja": "", "versi": 0} | change


def test_an_skpd_sees_only_what_was_sent_to_it(sent_event, works_agency, masuk):
    html = masuk("orang_skpd").get("/skpd/").content.decode()
    assert "Rehabilitasi irigasi tersier" in html
    assert "Pembangunan jembatan plat beton" in html
    assert "Bantuan ternak kambing" not in html
    assert "0 dari 2 usulan sudah dijawab" in html
    foreign = Pilahan.objects.get(baris__kegiatan="Bantuan ternak kambing")
    assert masuk("orang_skpd").post(f"/skpd/{foreign.pk}/jawab/", isi()).status_code == 404


def test_nothing_is_seen_before_the_letter(assigned_event, masuk):
    assert "Belum ada usulan" in masuk("orang_skpd").get("/skpd/").content.decode()


def test_an_answer_is_stored_once_and_read_by_the_desa(sent_event, works_agency, masuk):
    client, p = masuk("orang_skpd"), satu(works_agency)
    response = isi(
        jawaban="sebagian", alasan="Anggaran tahap pertama.", jumlah="100.000.000", renja="1.03.02.2.02.0014"
    )
    for _ in range(2):
        client.post(f"/skpd/{p.pk}/jawab/", response)
    t = Tanggapan.objects.get()
    assert (t.jawaban, t.jumlah, t.renja, t.versi) == ("sebagian", 100_000_000, "1.03.02.2.02.0014", 1)
    assert JejakAudit.objects.filter(aksi="tanggapan.diberikan").count() == 1
    usulan = Usulan.objects.get(kegiatan="Rehabilitasi irigasi tersier")
    step = [(x.kalimat.replace("\u00a0", " "), x.alasan) for x in fate(usulan)]
    assert step[-2][0] == "Surat diterima Dinas Pekerjaan Umum dan Penataan Ruang"
    assert "menjawab: diakomodasi sebagian dengan Rp100.000.000" in step[-1][0]
    assert step[-1][1] == "Anggaran tahap pertama."
    html = masuk("operator_desa").get(f"/m/{sent_event.slug}/usulan/{usulan.pk}/").content.decode()
    assert "menjawab: diakomodasi sebagian" in html


def test_a_stale_page_changes_nothing(sent_event, works_agency, masuk):
    client, p = masuk("orang_skpd"), satu(works_agency)
    client.post(f"/skpd/{p.pk}/jawab/", isi())
    stale = client.post(f"/skpd/{p.pk}/jawab/", isi(jawaban="tidak", alasan="Tidak prioritas."), follow=True)
    assert "sudah dijawab orang lain: Diakomodasi" in stale.content.decode()
    client.post(f"/skpd/{p.pk}/jawab/", isi(jawaban="tidak", alasan="Tidak prioritas.", versi=1))
    assert (Tanggapan.objects.get().jawaban, Tanggapan.objects.get().versi) == ("tidak", 2)


@pytest.mark.parametrize(
    ("changes", "kata"),
    [
        ({"jawaban": "tidak"}, "tuliskan alasannya"),
        ({"jawaban": "sebagian", "alasan": "x"}, "tuliskan alasannya"),
        ({"jawaban": "sebagian", "alasan": "Bertahap.", "jumlah": 160_000_000}, "harus kurang dari yang diusulkan"),
        ({"jumlah": -5}, "lebih dari nol"),
        ({"jawaban": "mungkin"}, "Pilih jawabannya"),
    ],
)
def test_what_is_missing_is_said(sent_event, works_agency, cast, changes, kata):
    with pytest.raises(Refused, match=kata):
        answer_work(pilahan=satu(works_agency), by=cast["orang_skpd"], **isi(jumlah=None) | changes)
    assert not Tanggapan.objects.exists()


def test_not_ours_goes_back_to_the_queue(sent_event, works_agency, cast, masuk):
    p = satu(works_agency)
    masuk("orang_skpd").post(
        f"/skpd/{p.pk}/jawab/", isi(jawaban="tidak_terkait", alasan="Irigasi tersier urusan Distan.")
    )
    p.refresh_from_db()
    assert (p.status, p.bukan) == ("antre", [works_agency.pk])
    assert not Tanggapan.objects.exists()
    assert not works_of(works_agency).filter(pk=p.pk).exists()
    jejak = JejakAudit.objects.filter(aksi="pilahan.status", ke="antre").get()
    assert "Irigasi tersier urusan Distan." in jejak.alasan
    html = masuk("bu_pmd").get(f"/m/{sent_event.slug}/rkp/pemilahan/").content.decode()
    assert "Menyatakan bukan urusannya: Dinas Pekerjaan Umum dan Penataan Ruang." in html


def test_not_ours_comes_too_late_once_the_event_is_over(sent_event, works_agency, cast):
    advance_musrenbang(musrenbang=sent_event, dari=Tahap.PEMILAHAN, ke=Tahap.SELESAI, by=cast["pak_sekcam"])
    with pytest.raises(Refused, match="Pemilahan sudah selesai"):
        answer_work(
            pilahan=satu(works_agency), versi=0, by=cast["orang_skpd"], jawaban="tidak_terkait", alasan="Bukan kami."
        )
    answer_work(pilahan=satu(works_agency), versi=0, by=cast["orang_skpd"], jawaban="diakomodir")
    assert Tanggapan.objects.count() == 1


def test_many_are_answered_at_once(sent_event, works_agency, cast, masuk):
    client = masuk("orang_skpd")
    client.post(f"/skpd/{satu(works_agency).pk}/jawab/", isi())
    everything = [p.pk for p in works_of(works_agency)]
    html = client.post(
        "/skpd/jawab/", {"pilahan": everything, "jawaban": "tidak", "alasan": "Pagu Renja sudah habis."}, follow=True
    ).content.decode()
    assert "1 kegiatan dijawab. 1 sudah dijawab sebelumnya, tidak diubah." in html
    assert "Belum ada kegiatan yang dicentang." in client.post("/skpd/jawab/", {}, follow=True).content.decode()


@pytest.mark.parametrize(
    ("edit", "jumlah"),
    [
        ({"jawaban": "diakomodir", "persen": 100}, 100),
        ({"jawaban": "diakomodir", "persen": ""}, None),
        ({"jawaban": "sebagian", "alasan": "Bertahap dua tahun.", "persen": 33}, 33),
        ({"jawaban": "tidak", "alasan": "Pagu sudah habis.", "persen": 100}, None),
    ],
)
def test_many_get_their_share_and_the_renja_code(sent_event, works_agency, masuk, edit, jumlah):
    everything = list(works_of(works_agency))
    masuk("orang_skpd").post("/skpd/jawab/", {"pilahan": [p.pk for p in everything], "renja": "1.03.02.2.01", **edit})
    for p in some(everything):
        t = Tanggapan.objects.get(pilahan=p)
        assert t.jumlah == (jumlah and p.baris.biaya * jumlah // 100)
        assert (t.jawaban, t.renja) == (edit["jawaban"], "1.03.02.2.01")


@pytest.mark.parametrize(
    ("edit", "kata"),
    [
        ({"jawaban": "sebagian", "alasan": "Bertahap dua tahun.", "persen": 100}, "harus kurang dari yang diusulkan"),
        ({"jawaban": "tidak"}, "tuliskan alasannya"),
        ({"jawaban": "x"}, "Jawaban"),
        ({"jawaban": "diakomodir", "persen": 101}, "Persen dari yang diusulkan"),
    ],
)
def test_many_or_none(sent_event, works_agency, masuk, edit, kata):
    everything = [p.pk for p in works_of(works_agency)]
    assert (
        kata in masuk("orang_skpd").post("/skpd/jawab/", {"pilahan": everything, **edit}, follow=True).content.decode()
    )
    assert not Tanggapan.objects.exists()


def test_a_share_of_nothing_known_stays_open_and_is_named(sent_event, works_agency, cast):
    everything = list(works_of(works_agency))
    everything[0].diminta = None
    told = answer_many(pilahan=everything, by=cast["orang_skpd"], jawaban="diakomodir", persen=50)
    assert told == (2, [everything[0].baris.nomor])
    assert [Tanggapan.objects.get(pilahan=p).jumlah is None for p in everything] == [True, False]


def test_many_can_be_none_of_ours(sent_event, works_agency, masuk):
    everything = [p.pk for p in works_of(works_agency)]
    contents = {"pilahan": everything, "jawaban": "tidak_terkait", "alasan": "Urusan dinas lain."}
    assert "2 kegiatan dijawab." in masuk("orang_skpd").post("/skpd/jawab/", contents, follow=True).content.decode()
    assert [p.status for p in Pilahan.objects.filter(pk__in=everything)] == ["antre", "antre"]
    assert all(works_agency.pk in p.bukan for p in some(Pilahan.objects.filter(pk__in=everything)))


def test_it_is_filtered_and_downloaded(sent_event, works_agency, masuk):
    client = masuk("orang_skpd")
    client.post(f"/skpd/{satu(works_agency).pk}/jawab/", isi())
    assert "jembatan" not in client.get("/skpd/?jawaban=diakomodir").content.decode()
    assert "Tidak ada yang cocok." in client.get("/skpd/?cari=zzz").content.decode()
    baris = list(load_workbook(BytesIO(client.get("/skpd/?unduh=1").content)).active.iter_rows(values_only=True))
    data = {b[2]: b[11] for b in baris if isinstance(b[2], int)}
    assert data == {3: "Diakomodasi", 6: None}


def _table(client, **change):
    """Download the table, fill cells in by (number, heading), and send it back."""
    workbook = load_workbook(BytesIO(client.get("/skpd/?unduh=1").content))
    lembar = workbook.active
    head_of = next(r for r in lembar.iter_rows() if any(c.value == "No. RKP" for c in r))
    kolom = {c.value: c.column for c in head_of}
    for baris in lembar.iter_rows(min_row=head_of[0].row + 1):
        for judul, nilai in change.get(f"no{baris[kolom['No. RKP'] - 1].value}", {}).items():
            lembar.cell(baris[0].row, kolom[judul], nilai)
    output = BytesIO()
    workbook.save(output)
    berkas = SimpleUploadedFile("jawaban.xlsx", output.getvalue())
    return client.post("/skpd/unggah/", {"berkas": berkas}, follow=True).content.decode()


def test_the_table_goes_out_and_comes_back(sent_event, works_agency, masuk):
    client = masuk("orang_skpd")
    tabel_content = {"Jawaban": "Diakomodir sebagian", "Jumlah Renja (Rp)": 90_000_000, "Alasan": "Tahap pertama."}
    assert "1 jawaban disimpan dari tabel, 0 sudah sama." in _table(client, no3=tabel_content)
    t = Tanggapan.objects.get()
    assert (t.pilahan.baris.nomor, t.jawaban, t.jumlah) == (3, "sebagian", 90_000_000)
    assert "0 jawaban disimpan dari tabel, 1 sudah sama." in _table(client)
    assert "1 jawaban disimpan" in _table(client, no3={"Jawaban": "tidak", "Alasan": "Dibatalkan."})
    assert Tanggapan.objects.get().versi == 2


@pytest.mark.parametrize(
    ("edit", "kata"),
    [
        ({"no3": {"Jawaban": "mungkin"}}, "tidak dikenal"),
        ({"no3": {"Jawaban": "tidak"}}, "tuliskan alasannya"),
        ({"no3": {"Jawaban": "diakomodir", "Jumlah Renja (Rp)": "banyak"}}, "bukan bilangan"),
        ({"no3": {"Jawaban": "diakomodir", "No. RKP": 77}}, "tidak ada di daftar Anda"),
        ({"no3": {"Jawaban": "diakomodir", "Versi": 9}}, "sudah dijawab orang lain"),
    ],
)
def test_one_wrong_row_stores_nothing(sent_event, works_agency, masuk, edit, kata):
    html = _table(masuk("orang_skpd"), no6={"Jawaban": "diakomodir"}, **edit)
    assert kata in html
    assert "Tidak ada yang disimpan." in html
    assert not Tanggapan.objects.exists()


def test_a_file_that_is_no_table_is_said(sent_event, masuk):
    client = masuk("orang_skpd")
    html = client.post(
        "/skpd/unggah/", {"berkas": SimpleUploadedFile("x.xlsx", b"bukan")}, follow=True
    ).content.decode()
    assert "bukan .xlsx yang utuh" in html
    assert "Pilih dahulu tabelnya" in client.post("/skpd/unggah/", {}, follow=True).content.decode()


@pytest.mark.parametrize(
    ("person", "kode"),
    [("orang_skpd", 200), ("bu_pmd", 403), ("pak_camat", 403), ("bu_bappeda", 403), ("operator_desa", 403)],
)
def test_who_may(sent_event, works_agency, masuk, person, kode):
    client = masuk(person)
    assert client.get("/skpd/").status_code == kode
    assert client.post(f"/skpd/{satu(works_agency).pk}/jawab/", isi()).status_code == (302 if kode == 200 else 403)
    assert client.get(f"/skpd/{satu(works_agency).pk}/jawab/").status_code == 405


@pytest.mark.parametrize("n", [1, 2])
def test_queries_do_not_grow(sent_event, works_agency, masuk, n, django_assert_num_queries):
    Pilahan.objects.filter(pk__in=[p.pk for p in works_of(works_agency)][n:]).update(
        skpd=Skpd.objects.get(singkatan="BPBD")
    )
    client = masuk("orang_skpd")
    with django_assert_num_queries(9):
        client.get("/skpd/")


def test_an_amount_far_above_the_cost_is_asked_about_with_its_ratio(sent_event, works_agency, masuk):
    """160 million agreed: a digit too many is shown as what it is, corrected there, or confirmed and kept on record."""
    client, p = masuk("orang_skpd"), satu(works_agency)
    url = f"/skpd/{p.pk}/jawab/"
    question = client.post(url, isi(jumlah="999.999.999.999", renja="1.03.02"))
    html = question.content.decode().replace("\u00a0", " ")
    assert question.status_code == 422
    assert "Rp999.999.999.999, yaitu 6.249 kali Rp160.000.000 (yang disepakati)" in html
    assert 'name="renja" value="1.03.02"' in html
    assert 'name="dipastikan" value="999999999999"' in html
    assert not Tanggapan.objects.exists()
    other = isi(jumlah="99.999.999.999", dipastikan="999999999999")
    assert client.post(url, other).status_code == 422, "another amount than the confirmed one is asked about again"
    assert client.post(url, isi(jumlah="160.000.000", dipastikan="999999999999")).status_code == 302
    assert Tanggapan.objects.get().jumlah == 160_000_000
    client.post(url, isi(jumlah="1.600.000.000", versi=1, dipastikan="1600000000"))
    assert Tanggapan.objects.get().jumlah == 1_600_000_000
    jejak = JejakAudit.objects.filter(aksi="tanggapan.diberikan").first()
    assert jejak.rincian["dipastikan"][1].replace("\u00a0", " ") == "10 kali Rp160.000.000"
    assert broken_invariants(sent_event) == []


def test_the_check_names_an_answer_that_nobody_confirmed(sent_event, works_agency, cast):
    answer_work(pilahan=satu(works_agency), versi=0, by=cast["orang_skpd"], jawaban="diakomodir", jumlah=160_000_000)
    assert broken_invariants(sent_event) == []
    Tanggapan.objects.update(jumlah=999_999_999_999)
    (sentence,) = broken_invariants(sent_event)
    assert "tanpa dipastikan" in sentence


def test_a_table_with_an_amount_far_above_stores_nothing_until_it_was_looked_at(sent_event, works_agency, masuk):
    client = masuk("orang_skpd")
    workbook = load_workbook(BytesIO(client.get("/skpd/?unduh=1").content))
    lembar = workbook.active
    head_of = next(r for r in lembar.iter_rows() if any(c.value == "Jawaban" for c in r))
    kolom = {c.value: c.column for c in head_of}
    for nilai in lembar.iter_rows(min_row=head_of[0].row + 1):
        if isinstance(nilai[kolom["No. RKP"] - 1].value, int):
            lembar.cell(nilai[0].row, kolom["Jawaban"], "Diakomodasi")
            lembar.cell(nilai[0].row, kolom["Jumlah Renja (Rp)"], 9_000_000_000)
    collect = BytesIO()
    workbook.save(collect)

    def send(**other):
        berkas = SimpleUploadedFile("jawaban.xlsx", collect.getvalue())
        return client.post("/skpd/unggah/", {"berkas": berkas} | other, follow=True).content.decode()

    rejected = send().replace("\u00a0", " ")
    assert "56 kali Rp160.000.000" in rejected
    assert "centang “Jumlah besar sudah diperiksa”" in rejected
    assert not Tanggapan.objects.exists()
    assert "2 jawaban disimpan" in send(dipastikan="1")
