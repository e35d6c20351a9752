"""The ranking of an event: rules first, scores, ties, fixing, recomputing."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from musrenbang import services as base
from musrenbang.models import JejakAudit
from musrenbang.states import Tahap
from musrenbang.transisi import Ditolak
from rkp.prioritas import queries, services
from rkp.prioritas.mesin import digest
from rkp.prioritas.models import Nilai, Pemeringkatan, PutusanSeri, StatusPemeringkatan
from tests.conftest import BOBOT

ATURAN = {"nama": "PIK 2027", "pagu": "400.000.000", "kebijakan_sisa": "berhenti"} | {
    f"bobot_{k}": v for k, v in BOBOT.items()
}


def test_rules_come_first(acara, ditetapkan, masuk):
    client, url = masuk("pak_sekcam"), f"/m/{acara.slug}/rkp/prioritas/"
    assert "Pemeringkatan belum dibuka" in client.get(url).content.decode()
    assert client.post(url + "aturan/", ATURAN).status_code == 302
    p = Pemeringkatan.objects.get()
    assert (p.pagu, sum(k.bobot for k in p.kriteria.all()), p.kriteria.count()) == (400_000_000, 100, 6)
    assert "5 dari 5 kegiatan belum lengkap skornya" in client.get(url).content.decode()


@pytest.mark.parametrize("ubah, kata", [
    ({"bobot_C1": 26}, "Jumlah bobot harus tepat 100% (sekarang 101%)"), ({"pagu": "0"}, "lebih dari 0"),
    ({"pagu": "lima"}, "Tulis rupiah bulat"), ({"nama": ""}, "wajib diisi"), ({"bobot_C6": 0}, "lebih besar dari atau sama dengan 1"),
])  # fmt: skip
def test_wrong_rules(ubah, kata, acara, ditetapkan, masuk):
    jawab = masuk("pak_sekcam").post(f"/m/{acara.slug}/rkp/prioritas/aturan/", ATURAN | ubah)
    assert kata in jawab.content.decode()
    assert not Pemeringkatan.objects.exists()


def test_changing_the_rules_needs_a_reason_and_keeps_both_values(acara, peringkat, masuk):
    client, url = masuk("pak_sekcam"), f"/m/{acara.slug}/rkp/prioritas/aturan/"
    assert "wajib diisi" in client.post(url, ATURAN | {"pagu": "300.000.000"}).content.decode()
    client.post(url, ATURAN | {"pagu": "300.000.000", "alasan": "Surat Bappeda no. 5", "bobot_C1": 20, "bobot_C2": 25})
    jejak = JejakAudit.objects.get(aksi="prioritas.aturan_diubah")
    assert jejak.alasan == "Surat Bappeda no. 5"
    assert jejak.rincian["pagu"] == ["400000000", "300000000"]
    assert jejak.rincian["C1"] == ["25", "20"]


def test_each_row_says_where_it_is_and_why(acara, peringkat, masuk):
    papan = queries.board(acara)
    assert [(u["baris"].nomor, u["skor"], u["status"], u["sebab"], u["garis"]) for u in papan.urutan] == [
        (1, "100", "didanai", "peringkat 1, muat dalam pagu", False),
        (2, "80", "didanai", "peringkat 2, muat dalam pagu", False),
        (3, "60", "didanai", "peringkat 3, muat dalam pagu", True),
        (4, "40", "tidak_muat", "perlu Rp 66.000.000, tersisa Rp 15.000.000", False),
        (6, "20", "tidak_didanai", "pendanaan berhenti di 4", False),
    ]
    isi = masuk("bu_pmd").get(f"/m/{acara.slug}/rkp/prioritas/").content.decode()
    assert "Garis pagu Rp\u00a0400.000.000" in isi


def _sel(p, baris, kode, nilai, lama):
    k = p.kriteria.get(kode=kode)
    return {f"n-{baris}-{k.pk}": nilai, f"l-{baris}-{k.pk}": lama}


def test_only_changed_cells_are_written_and_a_cell_of_somebody_else_is_refused(acara, peringkat, masuk):
    baris = next(c.asal_baris_id for c in queries.candidates(acara) if c.nomor == 1)
    client, url = masuk("pemandu"), f"/m/{acara.slug}/rkp/prioritas/nilai/"
    ada = str(Nilai.objects.get(baris=baris, kriteria__kode="C1").nilai)
    jawab = client.post(url, _sel(peringkat, baris, "C1", "2", ada), follow=True)
    assert "1 skor disimpan." in jawab.content.decode()
    jawab = client.post(url, _sel(peringkat, baris, "C1", "3", ada) | _sel(peringkat, baris, "C2", "1", ada))
    assert jawab.status_code == 422
    assert "baru saja diisi orang lain dengan 2" in jawab.content.decode()
    assert Nilai.objects.get(baris=baris, kriteria__kode="C2").nilai == int(ada)
    assert 'value="3"' in jawab.content.decode()  # what was typed is still there
    assert (
        "Tidak ada skor yang berubah"
        in client.post(url, _sel(peringkat, baris, "C1", "2", "2"), follow=True).content.decode()
    )


@pytest.mark.parametrize("nilai", ["0", "6", "tiga", "-1", "2.5"])
def test_scores_are_one_to_five(nilai, acara, peringkat, masuk):
    baris = queries.candidates(acara)[0].asal_baris_id
    jawab = masuk("pemandu").post(f"/m/{acara.slug}/rkp/prioritas/nilai/", _sel(peringkat, baris, "C1", nilai, "5"))
    assert jawab.status_code == 422
    assert "bukan angka 1 sampai 5" in jawab.content.decode()


def test_an_open_tie_is_put_to_the_meeting(acara, peringkat, masuk):
    a, b = queries.candidates(acara)[:2]
    type(a).objects.filter(pk=b.pk).update(biaya=a.biaya)
    Nilai.objects.filter(baris__in=[a.asal_baris_id, b.asal_baris_id]).update(nilai=3)
    client, url = masuk("pak_sekcam"), f"/m/{acara.slug}/rkp/prioritas/"
    assert "Nilai sama yang perlu diputus sidang" in client.get(url).content.decode()
    with pytest.raises(Ditolak, match="seri belum terpecahkan"):
        services.fix_pemeringkatan(musrenbang=acara, by=peringkat.musrenbang.jejak.first().pelaku)
    urut = {f"urut-{b.asal_baris_id}": 1, f"urut-{a.asal_baris_id}": 1, "alasan": "Musyawarah"}
    assert "Isi urutan yang berbeda" in client.post(url + "seri/", urut, follow=True).content.decode()
    client.post(url + "seri/", urut | {f"urut-{a.asal_baris_id}": 2})
    assert PutusanSeri.objects.count() == 2
    urutan = [u["baris"].nomor for u in queries.board(acara).urutan]
    assert urutan.index(b.nomor) == urutan.index(a.nomor) - 1


def test_fixing_freezes_and_anyone_recomputes_the_same(acara, peringkat, masuk, tmp_path):
    client, url = masuk("pak_sekcam"), f"/m/{acara.slug}/rkp/prioritas/"
    client.post(url + "tetapkan/")
    p = Pemeringkatan.objects.get()
    assert p.status == StatusPemeringkatan.DITETAPKAN
    path, keluar = tmp_path / "m.json", StringIO()
    path.write_bytes(client.get(url + "masukan.json").content)
    call_command("hitung_prioritas", path, stdout=keluar)
    assert digest(json.loads(keluar.getvalue())) == p.sha256_hasil
    jawab = client.post(url + "tetapkan/", follow=True)
    assert "Peringkat sudah ditetapkan" in jawab.content.decode()
    assert JejakAudit.objects.filter(aksi="pemeringkatan.status").count() == 1


def test_fixing_waits_for_all_scores(acara, peringkat, masuk):
    Nilai.objects.filter(baris__nomor=3, kriteria__kode="C2").delete()
    jawab = masuk("pak_sekcam").post(f"/m/{acara.slug}/rkp/prioritas/tetapkan/", follow=True)
    assert "Usulan 3 belum ada nilai C2" in jawab.content.decode()
    assert Pemeringkatan.objects.get().hasil is None


@pytest.mark.parametrize("jalan, siapa", [
    ("aturan/", ["pemandu", "pak_camat", "bu_bappeda", "admin"]), ("nilai/", ["pak_camat", "bu_bappeda", "operator_desa"]),
    ("tetapkan/", ["pemandu", "pak_camat"]), ("seri/", ["pemandu", "orang_skpd"]),
])  # fmt: skip
def test_wrong_people_and_methods(jalan, siapa, acara, peringkat, masuk):
    url = f"/m/{acara.slug}/rkp/prioritas/{jalan}"
    assert [masuk(nama).post(url).status_code for nama in siapa] == [403] * len(siapa)
    assert masuk("orang_luar").post(url).status_code == 404
    if jalan != "aturan/":
        assert masuk("pak_sekcam").get(url).status_code == 405


def test_stepping_back_opens_the_ranking_and_keeps_the_scores(acara, peringkat, pemeran):
    by = pemeran["pak_sekcam"]
    services.fix_pemeringkatan(musrenbang=acara, by=by)
    base.advance_musrenbang(musrenbang=acara, dari="prioritas", ke="delegasi", by=by)
    base.advance_musrenbang(musrenbang=acara, dari="delegasi", ke="prioritas", by=by, alasan="Skor no. 2 keliru")
    p = Pemeringkatan.objects.get()
    assert (p.status, p.hasil, Nilai.objects.count()) == (StatusPemeringkatan.DRAF, None, 30)
    base.advance_musrenbang(musrenbang=acara, dari="prioritas", ke="pleno", by=by, alasan="Keputusan no. 2 keliru")
    acara.refresh_from_db()
    assert acara.tahap == Tahap.PLENO


@pytest.mark.parametrize("n", [1, 3])
def test_queries(n, acara, peringkat, masuk, django_assert_num_queries):
    from rkp.models import BarisVersi

    BarisVersi.objects.filter(nomor__gt=n).delete()
    client = masuk("bu_pmd")
    with django_assert_num_queries(10):
        client.get(f"/m/{acara.slug}/rkp/prioritas/")
