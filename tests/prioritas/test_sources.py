"""Who competes for which money, what is frozen with a result, and lists on which there is nothing to vote about."""

import pytest

from alur.services.acara import advance_musrenbang
from berita_acara.services.issue import print_dokumen
from musrenbang.keeper import read_dokumen
from musrenbang.models import Skpd
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from rkp.cetakan import belum_disepakati
from rkp.models import BarisRkp, BarisVersi, DanaProgram
from rkp.prioritas.cetakan import prioritas_program
from rkp.prioritas.eligibility import HALANG, CandidateFacts, check_candidate
from rkp.prioritas.models import Calon, Nilai, Pemeringkatan, UrutanKelompok
from rkp.prioritas.presets import preset
from rkp.prioritas.queries.board import board
from rkp.prioritas.queries.candidates import list_peserta, rows_outside
from rkp.prioritas.services.candidates import add_candidate, remove_candidate
from rkp.prioritas.services.peringkat import fix_pemeringkatan, open_pemeringkatan, reopen_pemeringkatan, save_ordering
from rkp.prioritas.services.suara import close_pemungutan, open_pemungutan
from rkp.prioritas.services.surat_suara import cast_ballot
from rkp.prioritas.services.ties import pass_over, settle_tie
from tests.berita_acara.test_dokumen import text
from tests.conftest import open_page_peringkat
from tests.halaman import flat
from tests.prioritas.conftest import LONGGAR
from usulan.models import Usulan, UsulanOrigin


def obstacle(aturan, **fact):
    calon = CandidateFacts("1", "Loyok", 5, **fact)
    return [t.aturan for t in check_candidate(aturan, [calon])["1"] if t.tingkat == HALANG]


@pytest.mark.parametrize(
    ("aturan", "fact", "hindered"),
    [
        ({}, {"sumber_rkp": "APBD Kabupaten"}, []),
        ({}, {"sumber_rkp": "DAK"}, ["SUMBER"]),
        ({}, {"sumber_rkp": ""}, ["SUMBER"]),
        ({}, {"sumber_rkp": "DAK", "disepakati": False, "lewat_pagu": True}, ["SUMBER"]),
        ({}, {"sumber_rkp": "APBD Kabupaten", "disepakati": False, "lewat_pagu": True}, ["KEC-04"]),
        ({"sumber_dibayar": []}, {"sumber_rkp": "DAK"}, []),
        ({"sumber_dibayar": []}, {"sumber_rkp": "DAK", "disepakati": False, "lewat_pagu": True}, []),
        ({"sumber_dibayar": []}, {"sumber_rkp": "DAK", "disepakati": False}, ["KEC-04"]),
    ],
)
def test_a_scheme_says_which_sources_it_pays(aturan, fact, hindered):
    """A reserve that only a ceiling left out competes for other money than that of the ceiling, and no other reserve."""
    assert obstacle(preset("piwk") | aturan, **fact) == hindered


def test_a_scheme_of_before_pays_everything():
    aturan = preset("piwk")
    del aturan["sumber_dibayar"], aturan["hanya_durkp"]
    assert obstacle(aturan, sumber_rkp="DAK") == []


def test_the_indicative_ceiling_ranks_what_stands_under_it(acara, fixed_event, cast):
    p = open_pemeringkatan(
        musrenbang=acara,
        by=cast["pak_sekcam"],
        kode="piwk",
        nama="Pagu",
        pagu=10**9,
        dasar_hukum="",
        aturan=preset("piwk"),
    )
    peserta = {c.isi.nomor: c for c in list_peserta(p)}
    assert [n for n, c in peserta.items() if c.layak] == [1, 4]
    assert "Sumber dananya DAK; program ini membayar APBD Kabupaten." in peserta[2].alang


def test_eligibility_is_frozen_with_the_result(acara, peringkat, cast):
    """Another programme pays a work later: it stays ranked here, and nobody is both ranked and left out."""
    by = cast["pak_sekcam"]
    p = fix_pemeringkatan(pemeringkatan=peringkat, by=by)
    other = open_page_peringkat(acara, by, "kuota")
    Calon.objects.filter(pemeringkatan=other).exclude(baris__nomor__in=[4, 6]).delete()
    Nilai.objects.bulk_create(
        Nilai(calon=c, kode=k["kode"], nilai=3) for c in other.calon.all() for k in other.aturan["kriteria"]
    )
    fix_pemeringkatan(pemeringkatan=other, by=by)
    assert DanaProgram.objects.filter(baris__nomor=4, kode="kuota").exists()
    data = {x["nama"]: x for x in prioritas_program(acara)["program"]}[p.nama]
    ranked = {u["nomor"] for d in data["daftar"] for u in d["urutan"]}
    assert 4 in ranked
    assert ranked & {g["nomor"] for g in data["gugur"]} == set()
    beku = p.masukan["temuan"]
    assert [t.kalimat for t in {c.kode: c for c in list_peserta(p)}["5"].temuan] == [x[2] for x in beku["5"]]


def test_who_is_paid_elsewhere_leaves_the_orders_of_the_groups(acara, peringkat, cast):
    """Today the whole ranking stands still: every group's order must name exactly those who compete."""
    by = cast["pak_sekcam"]
    p = open_page_peringkat(acara, by, "p2spp", 150_000_000, syarat_rpjm_desa=False)
    pk = {b.nomor: b.pk for b in BarisRkp.objects.filter(rkp__musrenbang=acara)}
    add_candidate(pemeringkatan=p, by=by, baris=[pk[n] for n in (1, 2, 4, 6)], daftar="", sumber="APBN-BLM")
    for nama, order in (("Kelompok 1", (4, 1, 2, 6)), ("Kelompok 2", (1, 4, 6, 2))):
        save_ordering(pemeringkatan=p, by=by, daftar="", nama=nama, urutan=[pk[n] for n in order], versi=0)
    fix_pemeringkatan(pemeringkatan=peringkat, by=by)
    assert set(DanaProgram.objects.values_list("baris__nomor", flat=True)) == {1, 2, 3}
    boards = board(p)
    assert boards.galat == ""
    assert [(u.isi.nomor, u.skor) for u in boards.urutan] == [(4, "2"), (6, "4")]
    assert boards.masukan["urutan_kelompok"] == {"": [["4", "6"], ["4", "6"]]}
    remove_candidate(calon=Calon.objects.get(pemeringkatan=p, baris=pk[2]), by=by, alasan="Ditarik desanya.")
    assert UrutanKelompok.objects.count() == 2, "nobody has to type the orders again"
    add_candidate(pemeringkatan=p, by=by, baris=[pk[3]], daftar="", sumber="APBN-BLM")
    reopen_pemeringkatan(musrenbang=acara, by=by, alasan="Salah hitung.", pemeringkatan=peringkat)
    galat = board(p).galat
    assert galat.startswith("Urutan Kelompok 1 belum memuat no. 3, yang menjadi calon sesudah urutan itu dicatat.")
    fixed = fix_pemeringkatan(pemeringkatan=peringkat, by=by)
    fix_pemeringkatan(pemeringkatan=p, by=by)
    assert fixed.status == "ditetapkan"
    from alur.periksa import _ranking

    assert list(_ranking(acara)) == [], "no work is paid twice"


def test_a_result_of_before_keeps_whom_it_ranked(acara, peringkat, cast):
    p = fix_pemeringkatan(pemeringkatan=peringkat, by=cast["pak_sekcam"])
    masukan = {k: v for k, v in p.masukan.items() if k != "temuan"}
    Pemeringkatan.objects.update(masukan=masukan)
    Calon.objects.filter(baris__nomor=1).update(ganda="Dana lain")
    p.refresh_from_db()
    boards = board(p)
    assert {c.isi.nomor for c in boards.gugur} == {5}
    assert 1 in {u.isi.nomor for u in boards.urutan}


def test_a_reserve_over_the_ceiling_is_paid_by_a_programme_and_known_to_be(acara, decided_event, cast):
    by = cast["pak_sekcam"]
    baris = decided_event.baris.get(nomor=2)
    type(baris).objects.filter(pk=baris.pk).update(
        keputusan="cadangan", alasan_kode="melampaui_pagu", alasan="DAK hanya Rp 1."
    )
    advance_musrenbang(musrenbang=acara, dari=Tahap.PLENO, ke=Tahap.PRIORITAS, by=by)
    p = open_page_peringkat(
        acara, by, "mpd", metode="urutan", daftar=[{"kode": "", "nama": "Semua", "porsi_maks": None}], **LONGGAR
    )
    add_candidate(pemeringkatan=p, by=by, baris=[baris.pk], daftar="")
    fix_pemeringkatan(pemeringkatan=p, by=by)
    assert DanaProgram.objects.get().baris == baris
    from alur.periksa import _ranking

    assert list(_ranking(acara)) == []
    data = belum_disepakati(acara)["cadangan"]
    assert data[0]["dana"].startswith("Didanai Pagu Indikatif Kecamatan")
    from rkp.queries.baris import unfunded

    assert not unfunded(acara).filter(nomor=2).exists()
    BarisVersi.objects.filter(nomor=2).update(alasan_kode="lahan")
    assert "mendanai kegiatan yang tidak disepakati" in " ".join(_ranking(acara))


def test_a_list_of_one_is_ranked_without_a_vote(voting_event, masuk, acara):
    """Today 0 or 1 SPP candidate locks the ranking: the vote cannot be opened, and without it nothing is computed."""
    b = voting_event
    Calon.objects.filter(baris=b.baris[4]).delete()
    with pytest.raises(Refused, match="dilewati dengan alasan"):
        open_pemungutan(pemeringkatan=b.p, by=b.by, daftar="SPP")
    html = flat(masuk("pak_sekcam").get(f"/m/{acara.slug}/rkp/prioritas/mpd/"))
    assert "satu calon, jadi diperingkat tanpa pemungutan suara" in html
    non = open_pemungutan(pemeringkatan=b.p, by=b.by, daftar="NON_SPP")
    for i, kode in enumerate(non.kode.all()):
        cast_ballot(kode=kode, pilihan=[non.calon[0], non.calon[1 + i % 2]])
    close_pemungutan(pemungutan=non, by=b.by)
    boards = board(b.p)
    assert [u.isi.nomor for u in boards.urutan if u.daftar == "SPP"] == [2]
    assert len(boards.urutan) == 4


def test_or_passed_over_with_a_recorded_reason(voting_event, masuk, acara):
    b, client = voting_event, masuk("pak_sekcam")
    url = f"/m/{acara.slug}/rkp/prioritas/mpd/lewati/"
    with pytest.raises(Refused, match="punya 2 calon"):
        pass_over(pemeringkatan=b.p, by=b.by, daftar="SPP", alasan="Belum siap.")
    Calon.objects.filter(baris=b.baris[4]).delete()
    assert "Tuliskan mengapa" in client.post(url, {"daftar": "SPP", "alasan": ""}, follow=True).content.decode()
    assert (
        "dilewati sidang, Kelompok bubar"
        in client.post(url, {"daftar": "SPP", "alasan": "Kelompok bubar"}, follow=True).content.decode()
    )
    b.p.refresh_from_db()
    lapsed = {c.isi.nomor: c.alang for c in board(b.p).gugur}
    assert lapsed == {2: "Daftarnya dilewati sidang: Kelompok bubar. (DILEWATI)"}
    client.post(url, {"daftar": "SPP", "alasan": ""})
    b.p.refresh_from_db()
    assert b.p.dilewati == {}
    assert masuk("pemandu").post(url, {"daftar": "SPP", "alasan": "xxxxx"}).status_code == 403


def test_p2spp_is_no_mpd_with_four_settings_changed(acara, fixed_event, cast):
    """pnpm.md 2: proposals from DU-RKP, in one list, several funds; nothing of the rules that are MPd's own."""
    a, pnpm_mpd = preset("p2spp"), preset("mpd")
    assert [d["kode"] for d in a["daftar"]] == [""]
    assert {s["nama"] for s in a["sumber"]} == {"APBN-BLM", "DOK", "APBD-DDUB"}
    alone = ("max_usulan_desa", "satu_per_asal", "maks_nilai_usulan", "wajib_verifikasi", "wajib_spc", "pencairan")
    assert [k for k in alone if a[k] == pnpm_mpd[k]] == []
    Usulan.objects.filter(nomor=3).update(
        asal=UsulanOrigin.SKPD, impor=None, lembar="", baris=None, skpd=Skpd.objects.first()
    )
    p = open_page_peringkat(acara, cast["pak_sekcam"], "p2spp", syarat_rpjm_desa=False)
    assert 3 not in {b.nomor for b in rows_outside(p)}
    everything = list(fixed_event.baris.filter(nomor__in=[1, 2, 3]).values_list("pk", flat=True))
    add_candidate(pemeringkatan=p, by=cast["pak_sekcam"], baris=everything, daftar="", sumber="APBN-BLM")
    peserta = {c.isi.nomor: c for c in list_peserta(p)}
    assert {n: c.alang for n, c in peserta.items() if n != 3} == {1: "", 2: ""}
    assert "P2S-01" in peserta[3].alang
    with pytest.raises(Refused, match="bukan milik program"):
        add_candidate(pemeringkatan=p, by=cast["pak_sekcam"], baris=everything, daftar="", sumber="Hibah")


def test_an_unknown_source_is_refused_in_the_form(acara, fixed_event, masuk):
    from tests.prioritas.test_halaman import alamat, entry

    data = entry(preset("piwk") | {"sumber_dibayar": ["APBD Kota Bulan"]})
    response = masuk("pak_sekcam").post(alamat(acara, "buka/piwk/"), data)
    assert response.status_code == 422
    assert "Sumber dana APBD Kota Bulan tidak ada di data acuan" in response.content.decode()


def test_the_paper_names_lists_and_the_money_of_each(voting_event, spp, acara):
    """Today the line under the SPP list bears the whole pagu, and a vote is called by the code of its list."""
    b = voting_event
    for i, kode in enumerate(spp.kode.all()):
        cast_ballot(kode=kode, pilihan=spp.calon if i else spp.calon[::-1])
    close_pemungutan(pemungutan=spp, by=b.by)
    pk = {n: b.baris[n] for n in (2, 4)}
    settle_tie(pemeringkatan=b.p, by=b.by, urut={pk[4]: 1, pk[2]: 2}, alasan="Musyawarah pleno.")
    non = open_pemungutan(pemeringkatan=b.p, by=b.by, daftar="NON_SPP")
    for i, kode in enumerate(non.kode.all()):
        cast_ballot(kode=kode, pilihan=[non.calon[0], non.calon[1 + (i < 7)]])
    close_pemungutan(pemungutan=non, by=b.by)
    fix_pemeringkatan(pemeringkatan=b.p, by=b.by)
    (data,) = prioritas_program(acara)["program"]
    money = {d["nama"]: {u["batas"] for u in d["urutan"]} for d in data["daftar"]}
    didanai = {d["nama"]: sum(u["didanai"] for u in d["urutan"]) for d in data["daftar"]}
    assert money == {"Simpan Pinjam Perempuan": {100_000_000}, "Selain SPP": {400_000_000 - 66_000_000}}
    assert didanai == {"Simpan Pinjam Perempuan": 66_000_000, "Selain SPP": data["didanai"] - 66_000_000}
    assert [v["judul"] for v in data["suara"]] == [
        "Pemungutan suara putaran 1, Simpan Pinjam Perempuan",
        "Pemungutan suara putaran 1, Selain SPP",
    ]
    assert data["seri"] == [{"nomor": [4, 2], "alasan": "Musyawarah pleno."}]
    kata = text(read_dokumen(print_dokumen(musrenbang=acara, jenis="prioritas_program", by=b.by)))
    assert "Garis pagu daftar ini Rp100.000.000" in kata
    assert "urutannya nomor 4, lalu nomor 2, dengan alasan: Musyawarah pleno." in kata
    assert "NON_SPP" not in kata
