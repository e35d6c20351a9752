"""What the bearer of a slip is told: turned to paper, closed, called off; and that nobody learns more than that."""

import pytest

from musrenbang.transisi import Refused
from rkp.prioritas.models import KodeSelesai, KodeSuara, SuratSuara
from rkp.prioritas.queries.suara import ended_code
from rkp.prioritas.services.suara import cancel_pemungutan, close_pemungutan, open_pemungutan
from rkp.prioritas.services.surat_suara import mark_voted
from tests.halaman import flat
from tests.prioritas.conftest import choose


@pytest.mark.parametrize(
    "cara, judul, kata",
    [
        ("kertas", "Anda memilih dengan kertas", "sudah ditukar di meja dengan surat suara kertas"),
        ("tangan", "Anda memilih dengan angkat tangan", "dicatat bahwa Anda memilih dengan angkat tangan"),
    ],
)
def test_a_slip_that_was_turned_to_paper_says_so(cara, judul, kata, voting_event, spp, client):
    type(spp).objects.filter(pk=spp.pk).update(rahasia=False)
    kode = spp.kode.first()
    url = f"/suara/{kode.kode}/"
    assert "Pilih tepat" in client.get(url).content.decode()
    mark_voted(pemungutan=spp, kode=kode.pk, cara=cara, by=voting_event.by)
    text = flat(client.get(url))
    assert f"<h1>{judul}</h1>" in text
    assert kata in text
    assert "Suara Anda sudah masuk" not in text
    text = client.post(url, {"pilihan": spp.calon}).content.decode()
    assert "Pilihan yang baru saja Anda kirim dari HP tidak masuk." in text
    with pytest.raises(Refused, match=kata):
        choose(kode, *spp.calon)
    assert not SuratSuara.objects.exists()
    mark_voted(pemungutan=spp, kode=kode.pk, cara="", by=voting_event.by)
    assert "Suara Anda sudah masuk" in client.post(url, {"pilihan": spp.calon}, follow=True).content.decode()


@pytest.fixture
def closed_ballot(voting_event, spp):
    """A closed vote with the codes of one who voted by phone and one who did not."""
    one, dua = spp.kode.all()[:2]
    choose(one, *spp.calon)
    close_pemungutan(pemungutan=spp, by=voting_event.by)
    return one.kode, dua.kode


def test_a_code_after_closing_says_that_and_what_became_of_it(voting_event, spp, closed_ballot, client):
    used, remainder = closed_ballot
    for kode, kata in (
        (used, "sudah masuk sebelum ditutup dan dihitung satu kali"),
        (remainder, "tidak ada suara yang masuk"),
    ):
        assert client.get("/suara/", {"kode": kode}).headers["Location"] == f"/suara/{kode}/"
        response = client.get(f"/suara/{kode}/")
        text = flat(response)
        assert response.status_code == 410
        assert "<h1>Pemungutan suara ini sudah ditutup</h1>" in text
        assert kata in text
        assert "pakai slip yang baru" not in text
    text = flat(client.post(f"/suara/{remainder}/", {"pilihan": spp.calon}))
    assert "pilihan yang baru saja Anda kirim tidak dihitung" in text
    assert SuratSuara.objects.count() == 1
    open_pemungutan(pemeringkatan=voting_event.p, by=voting_event.by, daftar="NON_SPP")
    assert "pakai slip yang baru" in client.get(f"/suara/{remainder}/").content.decode()


def test_a_code_of_a_vote_that_was_called_off(voting_event, spp, client):
    kode = spp.kode.first().kode
    cancel_pemungutan(pemungutan=spp, by=voting_event.by, alasan="Daftar calon keliru.")
    text = client.get(f"/suara/{kode}/").content.decode()
    assert "<h1>Pemungutan suara ini dibatalkan</h1>" in text
    assert "Daftar calon keliru." in text


def test_what_stays_of_codes_leads_to_nobody(spp, closed_ballot):
    assert not KodeSuara.objects.exclude(kode=None).exists()
    everything = list(KodeSelesai.objects.order_by("pk").values_list("sidik", "cara"))
    assert everything == sorted(everything), "the order of the digests, not that of the voters"
    assert len(everything) == 18
    assert {f.name for f in KodeSelesai._meta.get_fields()} == {"id", "pemungutan", "sidik", "cara"}


def test_an_unknown_code_is_still_unknown(db, client):
    assert client.get("/suara/ABCDEFGH/").status_code == 404
    assert ended_code("") is None


def test_guests_are_sent_to_the_address_of_the_site(voting_event, spp, masuk, settings, monkeypatch):
    """Not to the one that the team's page was opened at: a laptop calls itself 127.0.0.1, and https is the team's own."""
    settings.ALAMAT = "http://192.168.1.20:8000"
    client, given = masuk("pak_sekcam"), []
    path = f"/m/{voting_event.acara.slug}/rkp/prioritas/mpd/suara/{spp.pk}/"
    page = client.get(path, headers={"host": "127.0.0.1"}, secure=True).content.decode()
    assert "<strong>http://192.168.1.20:8000/suara/</strong>" in page
    monkeypatch.setattr(
        "berita_acara.views.dokumen.render_pdf", lambda _, context: given.append(context["isi"]["alamat"]) or b"%PDF-"
    )
    path = f"/m/{voting_event.acara.slug}/berita-acara/slip/{spp.pk}/"
    assert client.get(path, headers={"host": "127.0.0.1"}, secure=True).status_code == 200
    assert given == ["http://192.168.1.20:8000/suara/"]
