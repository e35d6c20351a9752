"""What the bearer of a slip is told: turned to paper, closed, called off; and that nobody learns more than that."""

import pytest

from musrenbang.transisi import Refused
from rkp.prioritas.models import KodeSelesai, KodeSuara, SuratSuara
from rkp.prioritas.queries.suara import ended_code
from rkp.prioritas.services.suara import cancel_pemungutan, close_pemungutan, open_pemungutan
from rkp.prioritas.services.surat_suara import mark_voted
from tests.halaman import flat
from tests.prioritas.conftest import pilih


@pytest.mark.parametrize(
    "cara, judul, kata",
    [
        ("kertas", "Anda memilih dengan kertas", "sudah ditukar di meja dengan surat suara kertas"),
        ("tangan", "Anda memilih dengan angkat tangan", "dicatat bahwa Anda memilih dengan angkat tangan"),
    ],
)
def test_a_slip_that_was_turned_to_paper_says_so(cara, judul, kata, bersuara, spp, client):
    type(spp).objects.filter(pk=spp.pk).update(rahasia=False)
    kode = spp.kode.first()
    url = f"/suara/{kode.kode}/"
    assert "Pilih tepat" in client.get(url).content.decode()
    mark_voted(pemungutan=spp, kode=kode.pk, cara=cara, by=bersuara.by)
    teks = flat(client.get(url))
    assert f"<h1>{judul}</h1>" in teks
    assert kata in teks
    assert "Suara Anda sudah masuk" not in teks
    teks = client.post(url, {"pilihan": spp.calon}).content.decode()
    assert "Pilihan yang baru saja Anda kirim dari HP tidak masuk." in teks
    with pytest.raises(Refused, match=kata):
        pilih(kode, *spp.calon)
    assert not SuratSuara.objects.exists()
    mark_voted(pemungutan=spp, kode=kode.pk, cara="", by=bersuara.by)
    assert "Suara Anda sudah masuk" in client.post(url, {"pilihan": spp.calon}, follow=True).content.decode()


@pytest.fixture
def ditutup(bersuara, spp):
    """A closed vote with the codes of one who voted by phone and one who did not."""
    satu, dua = spp.kode.all()[:2]
    pilih(satu, *spp.calon)
    close_pemungutan(pemungutan=spp, by=bersuara.by)
    return satu.kode, dua.kode


def test_a_code_after_closing_says_that_and_what_became_of_it(bersuara, spp, ditutup, client):
    dipakai, sisa = ditutup
    for kode, kata in (
        (dipakai, "sudah masuk sebelum ditutup dan dihitung satu kali"),
        (sisa, "tidak ada suara yang masuk"),
    ):
        assert client.get("/suara/", {"kode": kode}).headers["Location"] == f"/suara/{kode}/"
        jawab = client.get(f"/suara/{kode}/")
        teks = flat(jawab)
        assert jawab.status_code == 410
        assert "<h1>Pemungutan suara ini sudah ditutup</h1>" in teks
        assert kata in teks
        assert "pakai slip yang baru" not in teks
    teks = flat(client.post(f"/suara/{sisa}/", {"pilihan": spp.calon}))
    assert "pilihan yang baru saja Anda kirim tidak dihitung" in teks
    assert SuratSuara.objects.count() == 1
    open_pemungutan(pemeringkatan=bersuara.p, by=bersuara.by, daftar="NON_SPP")
    assert "pakai slip yang baru" in client.get(f"/suara/{sisa}/").content.decode()


def test_a_code_of_a_vote_that_was_called_off(bersuara, spp, client):
    kode = spp.kode.first().kode
    cancel_pemungutan(pemungutan=spp, by=bersuara.by, alasan="Daftar calon keliru.")
    teks = client.get(f"/suara/{kode}/").content.decode()
    assert "<h1>Pemungutan suara ini dibatalkan</h1>" in teks
    assert "Daftar calon keliru." in teks


def test_what_stays_of_codes_leads_to_nobody(spp, ditutup):
    assert not KodeSuara.objects.exclude(kode=None).exists()
    semua = list(KodeSelesai.objects.order_by("pk").values_list("sidik", "cara"))
    assert semua == sorted(semua), "the order of the digests, not that of the voters"
    assert len(semua) == 18
    assert {f.name for f in KodeSelesai._meta.get_fields()} == {"id", "pemungutan", "sidik", "cara"}


def test_an_unknown_code_is_still_unknown(db, client):
    assert client.get("/suara/ABCDEFGH/").status_code == 404
    assert ended_code("") is None
