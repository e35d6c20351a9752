"""Votes: one each, secret, counted the same again, control totals, paper fallback, run-off; and the delegate's phone."""

import pytest
from django.utils import timezone

from alur.periksa import broken_invariants
from musrenbang.models import JejakAudit, Musrenbang
from musrenbang.transisi import Refused
from rkp.prioritas.dokumen import ranking_data
from rkp.prioritas.models import Calon, KodeSuara, Pemungutan, SuratSuara, VotingWay
from rkp.prioritas.queries.board import board
from rkp.prioritas.queries.suara import counted, votes_of
from rkp.prioritas.services.candidates import remove_candidate
from rkp.prioritas.services.peringkat import change_rules, fix_pemeringkatan
from rkp.prioritas.services.suara import cancel_pemungutan, close_pemungutan, control_faults, open_pemungutan
from rkp.prioritas.services.surat_suara import mark_voted, save_paper
from rkp.prioritas.services.ties import settle_tie
from tests.halaman import flat
from tests.prioritas.conftest import choose, result


def kertas(v, by, edar, masuk, sah, suara):
    v.refresh_from_db()
    save_paper(pemungutan=v, by=by, versi=v.versi, edar=edar, masuk=masuk, sah=sah, suara=suara)
    v.refresh_from_db()


def test_a_vote_from_open_to_result(voting_event, spp):
    a, b = spp.calon
    assert (spp.jumlah_pilihan, spp.kode.count(), spp.kode.exclude(kode=None).count()) == (2, 18, 18)
    for kode in spp.kode.all():
        choose(kode, b, a)
    close_pemungutan(pemungutan=spp, by=voting_event.by)
    spp.refresh_from_db()
    assert spp.hasil == {str(a): 18, str(b): 18}
    assert not spp.kode.exclude(kode=None).exists(), "codes are wiped"
    assert board(voting_event.p).galat == "Pemungutan suara Selain SPP belum ditutup."
    non = open_pemungutan(pemeringkatan=voting_event.p, by=voting_event.by, daftar="NON_SPP")
    assert non.jumlah_pilihan == 2, "one fewer than there are, or every vote ties"
    for kode in non.kode.all():
        choose(kode, *non.calon[:2])
    close_pemungutan(pemungutan=non, by=voting_event.by)
    boards = board(voting_event.p)
    assert sorted(len(s) for s in boards.terbuka) == [2, 2]
    for keys_given in (spp.calon, non.calon[:2]):
        settle_tie(
            pemeringkatan=voting_event.p,
            by=voting_event.by,
            urut={pk: i for i, pk in enumerate(keys_given, 1)},
            alasan="Musyawarah.",
        )
    assert sorted(result(voting_event.p).values()) == ["0", "18", "18", "18", "18"]
    fix_pemeringkatan(pemeringkatan=voting_event.p, by=voting_event.by)
    assert broken_invariants(voting_event.acara) == []
    voting_event.p.refresh_from_db()
    assert len(voting_event.p.masukan["surat_suara"]["SPP"]) == 18


@pytest.mark.parametrize(
    "change, kata",
    [
        (lambda c: c[:1], "Pilih tepat 2"),
        (lambda c: [c[0], c[0]], "satu kali"),
        (lambda c: [c[0], 10**9], "tidak ada di daftar"),
        (lambda c: [], "Pilih tepat 2"),
    ],
)
def test_a_wrong_ballot_spends_nothing(change, kata, spp):
    kode = spp.kode.first()
    with pytest.raises(Refused, match=kata):
        choose(kode, *change(spp.calon))
    kode.refresh_from_db()
    assert (kode.cara, SuratSuara.objects.count()) == ("", 0)


def test_a_code_votes_once(spp):
    kode = spp.kode.first()
    choose(kode, *spp.calon)
    with pytest.raises(Refused, match="sudah masuk kotak dan dihitung satu kali"):
        choose(kode, *spp.calon)
    assert SuratSuara.objects.count() == 1


def test_no_ballot_is_taken_where_the_box_is_not(spp, acara):
    """While the event is in the hall its box is there: a ballot here would be overwritten by what comes home."""
    Musrenbang.objects.filter(pk=acara.pk).update(dibawa_pada=timezone.now())
    with pytest.raises(Refused, match="sekarang berjalan di laptop aula"):
        choose(spp.kode.first(), *spp.calon)
    assert SuratSuara.objects.count() == 0


def test_a_dead_phone_falls_back_to_paper_without_a_double_vote(voting_event, spp):
    phone, dead = spp.kode.all()[:2]
    choose(phone, *spp.calon)
    with pytest.raises(Refused, match="sudah memilih lewat HP"):
        mark_voted(pemungutan=spp, kode=phone.pk, cara="kertas", by=voting_event.by)
    mark_voted(pemungutan=spp, kode=dead.pk, cara="kertas", by=voting_event.by)
    with pytest.raises(Refused, match="sudah ditukar di meja dengan surat suara kertas"):
        choose(dead, *spp.calon)
    mark_voted(pemungutan=spp, kode=dead.pk, cara="", by=voting_event.by)
    choose(dead, *spp.calon)
    assert counted(spp).hp == 2


KENDALI = [
    ((2, 2, 2), (2, 2), []),
    ((2, 2, 1), (1, 1), []),
    ((2, 1, 1), (1, 1), []),
    ((1, 1, 1), (1, 1), ["ditandai memilih"]),
    ((2, 3, 2), (2, 2), ["tidak boleh melebihi"]),
    ((2, 2, 2), (2, 1), ["seharusnya 2 surat sah × 2 pilihan = 4"]),
    ((2, 2, 2), (3, 1), ["lebih banyak dari surat yang sah"]),
    ((2, 2, 0), (0, 0), []),
]


@pytest.mark.parametrize("jumlah, suara, wrong", KENDALI)
def test_control_totals_agree_before_closing(jumlah, suara, wrong, voting_event, spp):
    for k in spp.kode.all()[:2]:
        mark_voted(pemungutan=spp, kode=k.pk, cara="kertas", by=voting_event.by)
    kertas(spp, voting_event.by, *jumlah, dict(zip(spp.calon, suara, strict=True)))
    sentence = control_faults(spp, counted(spp))
    assert len(sentence) == len(wrong)
    for k, s in zip(wrong, sentence, strict=True):
        assert k in s
    if wrong:
        with pytest.raises(Refused):
            close_pemungutan(pemungutan=spp, by=voting_event.by)
    else:
        close_pemungutan(pemungutan=spp, by=voting_event.by)
        spp.refresh_from_db()
        assert spp.hasil == {str(k): n for k, n in zip(spp.calon, suara, strict=True)}


def test_phone_and_paper_add_up_and_the_recount_is_the_same(voting_event, spp):
    kode = list(spp.kode.all())
    for k in kode[:5]:
        choose(k, *spp.calon)
    for k in kode[5:8]:
        mark_voted(pemungutan=spp, kode=k.pk, cara="kertas", by=voting_event.by)
    kertas(spp, voting_event.by, 3, 3, 2, dict.fromkeys(spp.calon, 2))
    close_pemungutan(pemungutan=spp, by=voting_event.by)
    spp.refresh_from_db()
    assert set(spp.hasil.values()) == {7}
    assert {str(k): n for k, n in votes_of(spp).items()} == spp.hasil


def test_a_tampered_ballot_is_found(voting_event, spp):
    choose(spp.kode.first(), *spp.calon)
    close_pemungutan(pemungutan=spp, by=voting_event.by)
    surat = SuratSuara.objects.get()
    SuratSuara.objects.filter(pk=surat.pk).update(pilihan=surat.pilihan[:1])
    assert any("hitung ulang tidak sama" in k for k in broken_invariants(voting_event.acara))


def test_nothing_links_a_ballot_to_its_code(voting_event, spp):
    kolom = {f.name for f in SuratSuara._meta.get_fields()}
    assert kolom == {"id", "pemungutan", "pilihan"}
    assert {f.name for f in KodeSuara._meta.get_fields()} == {"id", "pemungutan", "pemilih", "kode", "cara"}
    for k in spp.kode.all():
        choose(k, *spp.calon)
    lama = set(SuratSuara.objects.values_list("pk", flat=True))
    close_pemungutan(pemungutan=spp, by=voting_event.by)
    assert lama.isdisjoint(SuratSuara.objects.values_list("pk", flat=True)), "written anew when closed"
    assert not JejakAudit.objects.filter(rincian__has_key="pilihan", aksi="suara.masuk").exists()


def test_hands_are_counted_only_where_the_vote_is_open(voting_event, spp):
    with pytest.raises(Refused, match="rahasia"):
        mark_voted(pemungutan=spp, kode=spp.kode.first().pk, cara=VotingWay.TANGAN, by=voting_event.by)
    Pemungutan.objects.update(rahasia=False)
    for k in spp.kode.all():
        mark_voted(pemungutan=spp, kode=k.pk, cara=VotingWay.TANGAN, by=voting_event.by)
    kertas(spp, voting_event.by, 18, 18, 18, dict.fromkeys(spp.calon, 18))
    close_pemungutan(pemungutan=spp, by=voting_event.by)
    spp.refresh_from_db()
    assert set(spp.hasil.values()) == {18}


def test_a_run_off_among_the_tied_orders_them(voting_event, spp):
    for k in spp.kode.all():
        choose(k, *spp.calon)
    close_pemungutan(pemungutan=spp, by=voting_event.by)
    Calon.objects.filter(daftar="NON_SPP").delete()
    a, b = spp.calon
    assert board(voting_event.p).seri
    ulang = open_pemungutan(pemeringkatan=voting_event.p, by=voting_event.by, daftar="SPP", seri=[a, b])
    assert (ulang.jumlah_pilihan, ulang.ulangan, ulang.putaran) == (1, True, 2)
    for i, k in enumerate(ulang.kode.all()):
        choose(k, b if i < 11 else a)
    close_pemungutan(pemungutan=ulang, by=voting_event.by)
    urutan = board(voting_event.p).urutan
    assert [u.calon.baris_id for u in urutan] == [b, a]
    assert urutan[0].calon.alasan_putusan == "Pemungutan ulang 11 : 7."
    with pytest.raises(Refused, match="tidak lagi berskor sama"):
        open_pemungutan(pemeringkatan=voting_event.p, by=voting_event.by, daftar="SPP", seri=[a, b])


def test_an_equal_run_off_stays_for_the_meeting(voting_event, spp):
    for k in spp.kode.all():
        choose(k, *spp.calon)
    close_pemungutan(pemungutan=spp, by=voting_event.by)
    Calon.objects.filter(daftar="NON_SPP").delete()
    ulang = open_pemungutan(pemeringkatan=voting_event.p, by=voting_event.by, daftar="SPP", seri=list(spp.calon))
    for i, k in enumerate(ulang.kode.all()):
        choose(k, spp.calon[i % 2])
    close_pemungutan(pemungutan=ulang, by=voting_event.by)
    assert board(voting_event.p).seri


def test_a_voted_list_keeps_its_candidates_and_its_rules(voting_event, spp):
    c = Calon.objects.filter(daftar="SPP").first()
    c.pemeringkatan.musrenbang = voting_event.acara
    with pytest.raises(Refused, match="sudah dipungut suaranya"):
        remove_candidate(calon=c, by=voting_event.by, alasan="Tidak jadi.")
    with pytest.raises(Refused, match="Batalkan dahulu pemungutannya"):
        change_rules(
            pemeringkatan=voting_event.p,
            by=voting_event.by,
            versi=1,
            nama=voting_event.p.nama,
            pagu=voting_event.p.pagu,
            dasar_hukum="",
            aturan=voting_event.p.aturan | {"tabel_pilihan": [{"usulan": None, "pilihan": 1}]},
            alasan="Satu saja cukup.",
        )
    cancel_pemungutan(pemungutan=spp, by=voting_event.by, alasan="Daftar calon keliru.")
    remove_candidate(calon=c, by=voting_event.by, alasan="Tidak jadi.")


def test_what_is_blocked_after_the_vote_stays_counted_and_gets_nothing(voting_event, spp):
    for k in spp.kode.all():
        choose(k, *spp.calon)
    close_pemungutan(pemungutan=spp, by=voting_event.by)
    Calon.objects.filter(daftar="NON_SPP").delete()
    a, b = spp.calon
    settle_tie(pemeringkatan=voting_event.p, by=voting_event.by, urut={a: 1, b: 2}, alasan="Musyawarah.")
    Calon.objects.filter(baris=a).update(data_palsu=True)
    one, dua = board(voting_event.p).urutan
    assert (one.didanai, "MPD-14" in one.sebab, dua.didanai > 0 or dua.status == "tidak_muat") == (0, True, True)


def test_where_two_compete_each_picks_one_and_the_vote_decides(voting_event):
    v = open_pemungutan(pemeringkatan=voting_event.p, by=voting_event.by, daftar="SPP")
    assert (len(v.calon), v.jumlah_pilihan) == (2, 1)


@pytest.fixture
def quiet_event(voting_event, spp):
    """Four of eighteen have voted; the scheme asks for more than half."""
    voting_event.p.aturan["kuorum_pemilih"] = "0.5"
    voting_event.p.save()
    for k in spp.kode.all()[:4]:
        choose(k, *spp.calon)
    return Pemungutan.objects.get(pk=spp.pk)


def test_too_few_voters_decide_nothing_without_the_meeting(voting_event, quiet_event, masuk):
    with pytest.raises(Refused, match="Baru 4 dari 18 pemilih"):
        close_pemungutan(pemungutan=quiet_event, by=voting_event.by)
    client, url = masuk("bu_pmd"), f"/m/{voting_event.acara.slug}/rkp/prioritas/mpd/suara/{quiet_event.pk}/"
    assert "kurang dari kuorum skema ini" in client.get(url).content.decode()
    assert "Baru 4 dari 18" in client.post(url + "tutup/", {"alasan_kuorum": " "}, follow=True).content.decode()
    client.post(url + "tutup/", {"alasan_kuorum": "Delegasi dua desa pulang karena banjir."})
    quiet_event.refresh_from_db()
    assert (quiet_event.status, quiet_event.alasan_kuorum) == ("ditutup", "Delegasi dua desa pulang karena banjir.")
    assert JejakAudit.objects.filter(aksi="pemungutan.status", ke="ditutup").get().alasan == quiet_event.alasan_kuorum
    (print_it,) = ranking_data(voting_event.p)["suara"]
    assert (print_it["memilih"], print_it["pemilih"], print_it["alasan_kuorum"]) == (4, 18, quiet_event.alasan_kuorum)
    assert quiet_event.alasan_kuorum in client.get(url).content.decode()
    assert broken_invariants(voting_event.acara) == []


def test_more_than_half_is_more_than_half(voting_event, quiet_event):
    kode = list(quiet_event.kode.filter(cara=""))
    for k in kode[:5]:
        choose(k, *quiet_event.calon)
    with pytest.raises(Refused, match="Baru 9 dari 18"):
        close_pemungutan(pemungutan=quiet_event, by=voting_event.by)
    choose(kode[5], *quiet_event.calon)
    assert close_pemungutan(pemungutan=quiet_event, by=voting_event.by, alasan_kuorum="tidak perlu").alasan_kuorum == ""


def test_a_count_that_few_made_is_not_fixed_in_silence(voting_event, quiet_event):
    close_pemungutan(pemungutan=quiet_event, by=voting_event.by, alasan_kuorum="Diterima sidang.")
    Pemungutan.objects.filter(pk=quiet_event.pk).update(alasan_kuorum="")
    Calon.objects.filter(daftar="NON_SPP").delete()
    a, b = quiet_event.calon
    settle_tie(pemeringkatan=voting_event.p, by=voting_event.by, urut={a: 1, b: 2}, alasan="Musyawarah.")
    with pytest.raises(Refused, match="terlalu sedikit yang memilih"):
        fix_pemeringkatan(pemeringkatan=voting_event.p, by=voting_event.by)
    assert any("memilih 4 dari 18, di bawah kuorum" in k for k in broken_invariants(voting_event.acara))


def test_paper_never_outnumbers_those_who_have_not_voted_by_phone(voting_event, quiet_event):
    for jumlah in ((15, 0, 0), (14, 15, 0), (14, 14, 15)):
        with pytest.raises(Refused, match="Surat kertas paling banyak 14: ada 18 pemilih, 4 sudah memilih lewat HP"):
            kertas(quiet_event, voting_event.by, *jumlah, {})
    with pytest.raises(Refused, match="paling banyak 14"):
        kertas(quiet_event, voting_event.by, 14, 14, 14, {quiet_event.calon[0]: 500})
    kertas(quiet_event, voting_event.by, 14, 14, 14, dict.fromkeys(quiet_event.calon, 14))


# --- the delegate's phone


def test_the_ballot_on_a_phone(voting_event, spp, client):
    kode = spp.kode.first()
    assert (
        client.get("/suara/", {"kode": f"{kode.kode[:4]}-{kode.kode[4:].lower()}"}).headers["Location"]
        == f"/suara/{kode.kode}/"
    )
    url = f"/suara/{kode.kode}/"
    contents = flat(client.get(url))
    assert "Pilih tepat <strong>2</strong>" in contents
    assert "Bantuan ternak kambing" in contents
    assert "Pengerasan jalan" not in contents, "another list"
    response = client.post(url, {"pilihan": spp.calon[:1]})
    assert response.status_code == 422
    assert "Pilih tepat 2 usulan" in response.content.decode()
    assert response.content.decode().count("checked") == 1, "what was picked is still there"
    for _ in range(3):
        assert "Suara Anda sudah masuk" in client.post(url, {"pilihan": spp.calon}, follow=True).content.decode()
    assert SuratSuara.objects.count() == 1
    assert "no-store" in client.get(url).headers["Cache-Control"]


def test_the_phone_after_the_vote_was_closed(voting_event, spp, client):
    one, dua = spp.kode.all()[:2]
    choose(one, *spp.calon)
    close_pemungutan(pemungutan=spp, by=voting_event.by)
    response = client.post(f"/suara/{dua.kode}/", {"pilihan": spp.calon})
    assert (response.status_code, "sudah ditutup" in response.content.decode()) == (410, True)
    response = client.get("/suara/", {"kode": "ABCDEFGH"})
    assert (response.status_code, "minta surat suara kertas" in " ".join(response.content.decode().split())) == (
        404,
        True,
    )
    with pytest.raises(Refused, match="sudah ditutup"):
        choose(dua, *spp.calon)


def test_the_slips_are_for_the_team_while_the_vote_runs(voting_event, spp, masuk):
    url = f"/m/{voting_event.acara.slug}/berita-acara/slip/{spp.pk}/"
    response = masuk("bu_pmd").get(url)
    assert response.headers["Content-Type"] == "application/pdf"
    for nama, status in (("pemandu", 403), ("bu_bappeda", 403), ("verifikator", 403), ("orang_luar", 404)):
        assert masuk(nama).get(url).status_code == status
    assert masuk("bu_pmd").get(url.replace("slip", "surat-suara")).status_code == 200
    cancel_pemungutan(pemungutan=spp, by=voting_event.by, alasan="Tidak jadi.")
    assert masuk("bu_pmd").get(url).status_code == 404


@pytest.mark.parametrize("route", ["tandai/", "kertas/", "tutup/"])
def test_who_runs_a_vote(route, voting_event, spp, masuk):
    url = f"/m/{voting_event.acara.slug}/rkp/prioritas/mpd/suara/{spp.pk}/{route}"
    for nama in ("pemandu", "pak_camat", "bu_bappeda", "verifikator", "operator_desa"):
        assert masuk(nama).post(url).status_code == 403
    assert masuk("orang_luar").post(url).status_code == 404
    assert masuk("bu_pmd").get(url).status_code == 405


def test_the_desk_of_a_vote(voting_event, spp, masuk):
    client, url = masuk("bu_pmd"), f"/m/{voting_event.acara.slug}/rkp/prioritas/mpd/suara/{spp.pk}/"
    kode = spp.kode.first()
    client.post(url + "tandai/", {"kode": kode.pk, "cara": "kertas"})
    contents = client.get(url).content.decode()
    assert "1 delegasi ditandai memilih dengan kertas atau tangan, padahal 0 surat diedarkan" in contents
    a, b = spp.calon
    wrong = client.post(
        url + "kertas/",
        {"versi": spp.versi, "edar": "1", "masuk": "1", "sah": "satu", f"s-{a}": "1", f"s-{b}": "1"},
        follow=True,
    )
    assert "bukan bilangan bulat" in wrong.content.decode()
    client.post(
        url + "kertas/", {"versi": spp.versi, "edar": "1", "masuk": "1", "sah": "1", f"s-{a}": "1", f"s-{b}": "1"}
    )
    stale = client.post(url + "kertas/", {"versi": spp.versi, "edar": "2", "masuk": "1", "sah": "1"}, follow=True)
    assert "sudah mengubah" in stale.content.decode()
    response = client.post(url + "tutup/", follow=True)
    assert "Pemungutan ditutup: 2 suara dihitung." in response.content.decode()
    ulang = client.post(url + "tutup/", follow=True)
    assert "sudah ditutup" in ulang.content.decode()


@pytest.mark.parametrize("n", [1, 3])
def test_queries_of_the_desk(n, voting_event, spp, masuk, django_assert_num_queries):
    KodeSuara.objects.exclude(pk__in=spp.kode.values_list("pk", flat=True)[:n]).delete()
    client = masuk("bu_pmd")
    with django_assert_num_queries(18):
        client.get(f"/m/{voting_event.acara.slug}/rkp/prioritas/mpd/suara/{spp.pk}/")
