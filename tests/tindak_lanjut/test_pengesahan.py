"""Finalisation and the Camat's approval."""

import uuid

import pytest

from alur.services.acara import Incomplete, advance_musrenbang
from musrenbang.models import JejakAudit
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from rkp.models import BarisRkp, RkpVersi
from rkp.queries.baris import current_version, official_version
from rkp.services.final import correct_baris
from tests.conftest import SANDI
from tests.halaman import flat
from tindak_lanjut.models import Catatan, NoteSource
from tindak_lanjut.queries.pengesahan import changes_of, stages_of
from tindak_lanjut.services.notes import add_note, answer_note


def baris_of(acara, nomor=1):
    return BarisRkp.objects.select_related("rkp__musrenbang").get(rkp__musrenbang=acara, nomor=nomor)


def mend(acara, by, nomor=1, sebab="Salah ketik nama dusun.", **contents):
    baris = baris_of(acara, nomor)
    return correct_baris(baris=baris, versi=baris.versi, by=by, sebab=sebab, **contents)


def test_wording_is_put_right_and_the_camat_sees_it(final, cast, masuk):
    mend(final, cast["bu_pmd"], lokasi="Dusun Montong Dao")
    halaman = masuk("pak_camat").get(f"/m/{final.slug}/tindak-lanjut/pengesahan/").content.decode()
    assert "Pleno sampai sekarang (1)" in halaman
    assert "Dusun Montong Dao" in halaman
    assert "Salah ketik nama dusun." in halaman
    assert "Ketik kata sandi Anda sekali lagi" in halaman
    jejak = JejakAudit.objects.get(aksi="rkp.dikoreksi")
    assert jejak.rincian["lokasi"] == ["Dusun I", "Dusun Montong Dao"]


def test_the_way_from_the_draft_to_now_is_one_table(final, cast, masuk):
    """Each step shows what it changed; the first decision of a work is none, a correction is."""
    mend(final, cast["bu_pmd"], nomor=2, kegiatan="Rehab saluran tersier")
    route = changes_of(baris_of(final).rkp)
    assert route.langkah == ["Pleno sampai sekarang"]
    assert [(b.nomor, [kata for kata, _, _ in b.langkah[0]]) for b in route.baris] == [(2, ["Kegiatan"])]
    client, url = masuk("pak_camat"), f"/m/{final.slug}/tindak-lanjut/pengesahan/"
    start, everything = (flat(client.get(u)) for u in (url, f"{url}?langkah=semua"))
    assert "Rehab saluran tersier" in start
    assert 'aria-current="page">Pleno sampai sekarang (1)' in start
    assert f"Semua ({len(route.baris)})" in everything
    for odd in ("9", "-1", "x", "1e9", "²"):
        assert client.get(url, {"langkah": odd, "hal": odd}).status_code == 200


@pytest.mark.parametrize("n", [1, 3])
def test_queries_of_the_page_do_not_grow(final, cast, masuk, n, django_assert_num_queries):
    for nomor in range(1, n + 1):
        mend(final, cast["bu_pmd"], nomor=nomor, lokasi=f"Dusun {nomor} Lauk")
    client = masuk("pak_camat")
    with django_assert_num_queries(18):
        client.get(f"/m/{final.slug}/tindak-lanjut/pengesahan/")


@pytest.mark.parametrize("kolom", ["volume", "biaya", "keputusan", "alasan", "desa_id"])
def test_what_the_plenary_decided_has_no_way_in(final, cast, kolom):
    sebelum = BarisRkp.objects.filter(nomor=1).values().get()
    mend(final, cast["bu_pmd"], **{kolom: 999})
    assert BarisRkp.objects.filter(nomor=1).values().get() == sebelum


def test_a_correction_is_refused_with_a_sentence(final, cast):
    by = cast["bu_pmd"]
    for content, kata in (
        ({"sebab": " a ", "lokasi": "x"}, "sebab perbaikannya"),
        ({"kegiatan": "  "}, "tidak boleh kosong"),
    ):
        with pytest.raises(Refused, match=kata):
            mend(final, by, **content)
    baris = baris_of(final)
    mend(final, by, lokasi="Dusun X")
    with pytest.raises(Refused, match="sudah mengubah"):
        correct_baris(baris=baris, versi=baris.versi, by=by, sebab="Ejaan dusun", lokasi="Y")
    advance_musrenbang(musrenbang=final, dari=Tahap.FINALISASI, ke=Tahap.DISAHKAN, by=cast["pak_camat"])
    with pytest.raises(Refused, match="tidak dapat diubah"):
        mend(final, by, lokasi="Dusun Z")


def test_the_form_keeps_what_was_typed(final, masuk):
    client, url = masuk("bu_pmd"), f"/m/{final.slug}/rkp/baris/{baris_of(final).pk}/koreksi/"
    assert "Volume, biaya, dan keputusan sudah ditetapkan pleno" in client.get(url).content.decode()
    contents = {"kegiatan": "Pengerasan JUT", "lokasi": "Dusun Satu", "versi": 0, "sebab": "Ejaan resmi dinas"}
    response = client.post(url, contents)
    assert response.status_code == 422
    assert "sudah mengubah" in response.content.decode()
    assert "Dusun Satu" in response.content.decode()
    assert client.post(url, contents | {"versi": baris_of(final).versi}).status_code == 302
    assert baris_of(final).kegiatan == "Pengerasan JUT"


def test_approval_asks_for_the_password_and_freezes_what_was_corrected(final, cast, masuk):
    mend(final, cast["bu_pmd"], lokasi="Dusun Montong Dao")
    client, url = masuk("pak_camat"), f"/m/{final.slug}/pindah/"
    contents = {"dari": "finalisasi", "ke": "disahkan"}
    for sandi in ("", "salah"):
        response = client.post(url, contents | {"sandi": sandi}, follow=True)
        assert "Kata sandi Anda tidak cocok" in response.content.decode()
    final.refresh_from_db()
    assert final.tahap == Tahap.FINALISASI
    client.post(url, contents | {"sandi": SANDI})
    final.refresh_from_db()
    assert final.tahap == Tahap.DISAHKAN
    jenis = list(RkpVersi.objects.order_by("pk").values_list("jenis", "nomor"))
    assert jenis[-3:] == [("final", 1), ("final", 2), ("disahkan", 1)]
    official, pleno = official_version(final), current_version(final)
    assert official.baris.get(nomor=1).lokasi == "Dusun Montong Dao"
    assert pleno.baris.get(nomor=1).lokasi == "Dusun I", "what the Berita Acara is about stays as it was"
    assert SANDI not in str(list(JejakAudit.objects.values_list("alasan", "rincian")))


def test_without_a_correction_no_second_final(final, cast):
    advance_musrenbang(musrenbang=final, dari=Tahap.FINALISASI, ke=Tahap.DISAHKAN, by=cast["pak_camat"])
    assert RkpVersi.objects.filter(jenis="final").count() == 1


def test_a_note_goes_to_the_team_and_comes_back_answered(final, cast, masuk):
    url = f"/m/{final.slug}/tindak-lanjut/"
    camat, pmd, kunci = masuk("pak_camat"), masuk("bu_pmd"), str(uuid.uuid4())
    for _ in range(2):
        camat.post(f"{url}catatan/camat/", {"isi": "Nama dusun keliru.", "nomor": 1, "kunci": kunci})
    catatan = Catatan.objects.get()
    assert catatan.baris.nomor == 1
    board = pmd.get(f"/m/{final.slug}/").content.decode()
    assert "1 catatan Camat belum dijawab." in board
    assert "Nama dusun keliru." in pmd.get(f"{url}pengesahan/").content.decode()
    for _ in range(2):
        pmd.post(f"{url}catatan/{catatan.pk}/jawab/", {"jawaban": "Sudah diperbaiki."})
    assert JejakAudit.objects.filter(aksi="catatan.dijawab").count() == 1
    response = masuk("pak_sekcam").post(f"{url}catatan/{catatan.pk}/jawab/", {"jawaban": "Lain lagi."}, follow=True)
    assert "sudah dijawab Bu Pmd" in response.content.decode()
    assert "Sudah diperbaiki." in camat.get(f"{url}pengesahan/").content.decode()


def test_an_open_note_of_the_camat_only_warns_one_of_bappeda_stops(final, cast):
    camat = cast["pak_camat"]
    add_note(musrenbang=final, by=camat, sumber=NoteSource.CAMAT, isi="Periksa lagi.", kunci=uuid.uuid4())
    lama = Catatan.objects.create(musrenbang=final, sumber="bappeda", isi="Lampiran kurang.", oleh=cast["bu_bappeda"])
    with pytest.raises(Incomplete, match="1 catatan Bappeda belum dijawab"):
        advance_musrenbang(musrenbang=final, dari=Tahap.FINALISASI, ke=Tahap.DISAHKAN, by=camat)
    answer_note(catatan=lama, by=cast["bu_pmd"], jawaban="Sudah dilampirkan.")
    advance_musrenbang(musrenbang=final, dari=Tahap.FINALISASI, ke=Tahap.DISAHKAN, by=camat)


def test_notes_are_refused_in_words(final, cast, acara, move_event):
    camat = cast["pak_camat"]
    with pytest.raises(Refused, match="Tuliskan catatannya"):
        add_note(musrenbang=final, by=camat, sumber="camat", isi=" x ", kunci=uuid.uuid4())
    with pytest.raises(Refused, match="tidak dapat diubah"):
        add_note(musrenbang=final, by=camat, sumber="bappeda", isi="Lengkapi.", kunci=uuid.uuid4())
    move_event(final, Tahap.DISAHKAN)
    with pytest.raises(Refused, match="tidak dapat diubah"):
        add_note(musrenbang=final, by=camat, sumber="camat", isi="Terlambat.", kunci=uuid.uuid4())


@pytest.mark.parametrize(
    ("person", "record", "koreksi", "read"),
    [
        ("pak_camat", 302, 403, 200),
        ("pak_sekcam", 403, 200, 200),
        ("bu_pmd", 403, 200, 200),
        ("pemandu", 403, 403, 200),
        ("bu_bappeda", 403, 403, 200),
        ("operator_desa", 403, 403, 403),
        ("orang_skpd", 403, 403, 403),
        ("orang_luar", 404, 404, 404),
    ],
)
def test_who_may(final, masuk, person, record, koreksi, read):
    client, url = masuk(person), f"/m/{final.slug}/"
    assert client.get(f"{url}tindak-lanjut/pengesahan/").status_code == read
    assert (
        client.post(f"{url}tindak-lanjut/catatan/camat/", {"isi": "Catatan uji.", "kunci": uuid.uuid4()}).status_code
        == record
    )
    assert client.get(f"{url}rkp/baris/{baris_of(final).pk}/koreksi/").status_code == koreksi
    assert client.get(f"{url}tindak-lanjut/catatan/camat/").status_code == 405


def test_the_sums_follow_the_day(final):
    state = {k.nama: (k.kegiatan, k.sepakat, k.rp, k.belum) for k in stages_of(final.rkp)}
    assert state["Ditetapkan pleno"] == state["Final"] == state["Keadaan sekarang"] == (6, 5, 631_000_000, 1)


@pytest.mark.parametrize("n", [1, 3])
def test_queries_do_not_grow_with_notes(final, masuk, cast, n, django_assert_num_queries):
    for _ in range(n):
        content = {"sumber": "camat", "isi": "Catatan uji.", "kunci": uuid.uuid4(), "baris": baris_of(final)}
        add_note(musrenbang=final, by=cast["pak_camat"], **content)
    client = masuk("pak_camat")
    with django_assert_num_queries(18):
        client.get(f"/m/{final.slug}/tindak-lanjut/pengesahan/")
