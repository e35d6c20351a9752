"""Sector groups: who sits in them, what they may propose, scoring, order, signature."""

from decimal import Decimal

import pytest

from alur.queries.syarat import collect
from alur.services.acara import advance_musrenbang
from musrenbang.models import JejakAudit, Keanggotaan, Pengguna
from musrenbang.persiapan.queries import kriteria_for
from musrenbang.persiapan.services.pagu import scoring_started
from musrenbang.sidang.models import Kehadiran
from musrenbang.sidang.queries.agenda import order_digest
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from rkp.models import BarisRkp, Keputusan, UsulanKelompok
from rkp.queries.kelompok import hasil_kelompok, list_kelompok, members_digest, score_choices, score_of, suggest_score
from rkp.services.draft import place_baris
from rkp.services.kelompok import close_kelompok, reopen_kelompok, set_members
from rkp.services.keputusan import decide_baris
from rkp.services.merge import merge_baris, split_baris
from rkp.services.usulan_kelompok import move_bidang, reorder_kelompok, save_usulan_kelompok
from tests.conftest import agree, content_putusan, record_attendance
from tests.rkp.conftest import NILAI, propose_everything, usul
from tests.some import some

ALASAN = {"alasan_kode": "lahan", "alasan": "Lahan milik perorangan."}
UBAH = {"volume": Decimal(400), "biaya": 84_000_000}
ATURAN = [
    # proposal, reason, change -> allowed, or the words of the refusal
    ("disepakati", {}, {}, None),
    ("disepakati", {}, UBAH, "berbeda dari draf"),
    ("dengan_perubahan", ALASAN, UBAH, None),
    ("dengan_perubahan", ALASAN, {}, "Belum ada yang diubah"),
    ("dengan_perubahan", {}, UBAH, "memerlukan alasan"),
    ("cadangan", ALASAN, {}, None),
    ("cadangan", {}, {}, "memerlukan alasan"),
    ("belum_disepakati", ALASAN, {}, None),
    ("belum_disepakati", {}, {}, "memerlukan alasan"),
    ("disepakati", {}, {"nilai": {"C1": 6}}, "1 sampai 5"),
    ("disepakati", {}, {"nilai": {"C9": 1}}, "1 sampai 5"),
    ("disepakati", {}, {"versi": 4}, "sudah mengubah"),
    ("", {}, {"nilai": {"C1": 2}, "catatan": "Ditanya ukuran jalannya."}, None),
]


def _bidang(b):
    return b.baris.bidang_id


@pytest.mark.parametrize("keputusan, alasan, change, reject", ATURAN)
def test_each_proposal(keputusan, alasan, change, reject, kelompok, cast):
    k, baris = kelompok.utama.kelompok, kelompok.baris
    content = usul(baris, usul=keputusan, **alasan | change)
    if reject:
        with pytest.raises(Refused, match=reject):
            save_usulan_kelompok(kelompok=k, baris=baris, by=cast["pemandu"], **content)
        assert not UsulanKelompok.objects.exists()
        return
    save_usulan_kelompok(kelompok=k, baris=baris, by=cast["pemandu"], **content)
    one = UsulanKelompok.objects.get(baris=baris)
    assert (one.usul, one.versi) == (keputusan, 1)
    for nama, nilai in change.items():
        assert getattr(one, nama) == nilai
    baris.refresh_from_db()
    assert (baris.keputusan, baris.biaya) == (Keputusan.BELUM_DIBAHAS, 105_000_000), "pending until the plenary"
    assert JejakAudit.objects.get(aksi="kelompok.diusulkan").ke == keputusan


def test_the_same_save_twice_writes_once(kelompok, cast):
    k, baris = kelompok.utama.kelompok, kelompok.baris
    for versi in (0, 1):
        save_usulan_kelompok(kelompok=k, baris=baris, by=cast["pemandu"], **usul(baris, versi=versi))
    assert UsulanKelompok.objects.get(baris=baris).versi == 1
    assert JejakAudit.objects.filter(aksi="kelompok.diusulkan").count() == 1


def test_a_group_has_only_its_own_rows(kelompok, cast):
    with pytest.raises(Refused, match="tidak lagi di kelompok ini"):
        save_usulan_kelompok(
            kelompok=kelompok.lain.kelompok, baris=kelompok.baris, by=cast["pemandu"], **usul(kelompok.baris)
        )


def test_while_groups_discuss_nobody_decides_over_them(acara, kelompok, cast):
    by = cast["pak_sekcam"]
    with pytest.raises(Refused, match="sedang dibahas Kelompok"):
        decide_baris(baris=kelompok.baris, by=by, **content_putusan(kelompok.baris))
    with pytest.raises(Refused, match="sedang dibahas Kelompok"):
        agree(acara, [kelompok.baris.pk], by)
    with pytest.raises(Refused, match="dipindah dari halaman kelompoknya"):
        place_baris(baris=kelompok.baris, versi=1, by=by, bidang=kelompok.lain.kelompok.bidang)


def test_score_is_the_weighted_sum_and_needs_every_criterion(acara):
    kriteria = kriteria_for(acara)
    assert score_of(NILAI, kriteria) == Decimal("71.00")
    assert score_of({k: v for k, v in NILAI.items() if k != "C4"}, kriteria) is None
    assert score_of(dict.fromkeys(NILAI, 5), kriteria) == 100


@pytest.mark.parametrize(
    "bidang, sasaran, nilai",
    [
        ("Infrastruktur dan Prasarana Wilayah", "9 KK", 1),
        ("Infrastruktur dan Prasarana Wilayah", "10 KK", 2),
        ("Infrastruktur dan Prasarana Wilayah", "20 KK tani", 2),
        ("Infrastruktur dan Prasarana Wilayah", "21 KK", 3),
        ("Infrastruktur dan Prasarana Wilayah", "lebih dari 1.200 kk", 5),
        ("Ekonomi dan Pertanian", "20 KK miskin", 2),
        ("Ekonomi dan Pertanian", "81 KK", 5),
        ("Ekonomi dan Pertanian", "45 balita", None),
        ("Ekonomi dan Pertanian", "", None),
    ],
)
def test_bands_of_households(bidang, sasaran, nilai):
    c3 = {"kode": "C3", "nama": "Manfaat", "bobot": 20}
    assert suggest_score(c3, bidang, sasaran) == nilai
    assert suggest_score(c3 | {"kode": "C1"}, bidang, sasaran) is None


def test_bands_are_spelled_out():
    kata = [k for _, k in score_choices({"kode": "C3"}, "Infrastruktur dan Prasarana Wilayah")]
    assert kata == ["1 · kurang dari 10 KK", "2 · 10–20 KK", "3 · 21–30 KK", "4 · 31–40 KK", "5 · lebih dari 40 KK"]


def test_criteria_are_locked_once_a_group_scored(acara, kelompok, cast):
    assert not scoring_started(acara)
    save_usulan_kelompok(
        kelompok=kelompok.utama.kelompok, baris=kelompok.baris, by=cast["pemandu"], **usul(kelompok.baris)
    )
    assert scoring_started(acara)


def test_handing_a_row_over(kelompok, cast):
    by, k = cast["pemandu"], kelompok.utama.kelompok
    save_usulan_kelompok(kelompok=k, baris=kelompok.baris, by=by, **usul(kelompok.baris))
    with pytest.raises(Refused, match="mengapa"):
        move_bidang(kelompok=k, baris=kelompok.baris, tujuan=kelompok.lain.kelompok.pk, by=by, alasan=" ")
    with pytest.raises(Refused, match="Pilih kelompok"):
        move_bidang(kelompok=k, baris=kelompok.baris, tujuan=k.pk, by=by, alasan="Salah bidang.")
    move_bidang(kelompok=k, baris=kelompok.baris, tujuan=kelompok.lain.kelompok.pk, by=by, alasan="Ini urusan ekonomi.")
    assert kelompok.baris.pk in [b.baris.pk for b in hasil_kelompok(kelompok.lain.kelompok).baris]
    assert not UsulanKelompok.objects.filter(baris=kelompok.baris).exists()
    assert JejakAudit.objects.get(aksi="kelompok.pindah_bidang").alasan == "Ini urusan ekonomi."


def test_signing_wants_everything(kelompok, cast):
    by, result = cast["pemandu"], kelompok.utama
    k = result.kelompok
    with pytest.raises(Refused, match="belum dibahas"):
        close_kelompok(kelompok=k, by=by)
    propose_everything(result, by, nilai={"C1": 3})
    with pytest.raises(Refused, match="belum dinilai pada semua kriteria"):
        close_kelompok(kelompok=k, by=by)
    for b in hasil_kelompok(k).baris:
        save_usulan_kelompok(kelompok=k, baris=b.baris, by=by, **usul(b.isi, versi=1))
    close_kelompok(kelompok=k, by=by)
    k.refresh_from_db()
    assert (k.status, k.ditutup_pada is None) == ("selesai", False)
    kelompok.baris.refresh_from_db()
    assert kelompok.baris.skor == Decimal("71.00")
    with pytest.raises(Refused, match="sudah dikunci"):
        save_usulan_kelompok(kelompok=k, baris=kelompok.baris, by=by, **usul(kelompok.baris, versi=2))
    with pytest.raises(Refused, match="mengapa"):
        reopen_kelompok(kelompok=k, by=by, alasan="")
    reopen_kelompok(kelompok=k, by=by, alasan="Satu usulan terlewat.")
    k.refresh_from_db()
    assert k.status == "berlangsung"


def test_signing_wants_chair_and_notulis(kelompok, cast):
    k = kelompok.utama.kelompok
    propose_everything(kelompok.utama, cast["pemandu"])
    k.anggota.filter(peran="notulis").delete()
    with pytest.raises(Refused, match="Notulis"):
        close_kelompok(kelompok=k, by=cast["pemandu"])


def test_order_by_drag_score_and_typed_place(kelompok, cast, masuk, acara):
    by, k = cast["pemandu"], kelompok.utama.kelompok
    BarisRkp.objects.filter(nomor__in=[2, 3]).update(bidang=k.bidang)
    propose_everything(hasil_kelompok(k), by)

    def urutan():
        return [b.baris.pk for b in hasil_kelompok(k).baris if b.diperingkat]

    lama = urutan()
    baru = [*lama[1:], lama[0]]
    reorder_kelompok(kelompok=k, urutan=baru, sidik=order_digest(lama), by=by)
    assert urutan() == baru
    with pytest.raises(Refused, match="diubah orang lain"):
        reorder_kelompok(kelompok=k, urutan=lama, sidik=order_digest(lama), by=by)
    url = f"/m/{acara.slug}/rkp/kelompok/{k.pk}/urutan/"
    masuk("pemandu").post(url, {"sidik": order_digest(baru), "geser": baru[1], "tempat": 1})
    assert urutan() == [baru[1], baru[0], *baru[2:]]
    current = urutan()
    nomor = BarisRkp.objects.get(pk=current[0]).nomor
    masuk("pemandu").post(url, {"sidik": order_digest(current), "nomor": nomor, "tempat": len(current)})
    assert urutan() == [*current[1:], current[0]]
    b = hasil_kelompok(k).baris[-1]
    save_usulan_kelompok(
        kelompok=k, baris=b.baris, by=by, **usul(b.baris, versi=b.usulan.versi, nilai=dict.fromkeys(NILAI, 5))
    )
    masuk("pemandu").post(url, {"aksi": "skor"})
    assert urutan()[0] == b.baris.pk


def test_one_person_sits_in_one_group(acara, kelompok, cast):
    by = cast["bu_pmd"]
    person = record_attendance(acara, by, "Ibu Warni")

    def seated(k, **contents):
        contents = {"anggota": [], "ketua": None, "notulis": None, "sidik": members_digest(k)} | contents
        set_members(kelompok=k, by=by, **contents)

    utama, other = kelompok.utama.kelompok, kelompok.lain.kelompok
    lama = members_digest(utama)
    seated(utama, anggota=[person])
    with pytest.raises(Refused, match="Ibu Warni"):
        seated(other, anggota=[person])
    with pytest.raises(Refused, match="dua orang yang berbeda"):
        seated(utama, ketua=person, notulis=person)
    with pytest.raises(Refused, match="sudah mengubah anggota"):
        seated(utama, sidik=lama)
    assert utama.anggota.count() == 1


def test_only_the_group_of_both_rows_merges_them_and_only_before_it_signed(acara, draft_event, kelompok, cast, masuk):
    k, other, one, by = kelompok.utama.kelompok, kelompok.lain.kelompok, kelompok.baris, cast["pemandu"]
    dua = draft_event.baris.exclude(pk=one.pk).first()
    BarisRkp.objects.filter(pk=dua.pk).update(bidang=one.bidang)
    foreign = draft_event.baris.exclude(bidang=one.bidang).first()
    contents = {"baris": one, "versi": one.versi, "hubungan": "bagian", "by": by, "alasan": "Satu hamparan."}
    for ke, which in ((dua, None), (dua, other), (foreign, k)):
        with pytest.raises(Refused, match="sedang dibahas"):
            merge_baris(ke=ke.pk, kelompok=which, **contents)
    url = f"/m/{acara.slug}/rkp/kelompok/{k.pk}/baris/{one.pk}/"
    client = masuk("pemandu")
    stale = client.post(
        url + "gabung/", {"ke": dua.pk, "versi": 9, "hubungan": "bagian", "alasan": "Satu hamparan."}, follow=True
    )
    assert "sudah mengubah kegiatan ini" in stale.content.decode()
    client.post(url + "gabung/", {"ke": dua.pk, "versi": one.versi, "hubungan": "bagian", "alasan": "Satu hamparan."})
    one.refresh_from_db()
    assert one.digabung_ke == dua
    k.status = "selesai"
    k.save(update_fields=["status"])
    with pytest.raises(Refused, match="sudah dikunci"):
        split_baris(baris=one, versi=one.versi, by=by, kelompok=k)
    k.status = "berlangsung"
    k.save(update_fields=["status"])
    client.post(url + "pisah/", {"versi": one.versi})
    one.refresh_from_db()
    assert (one.keputusan, one.digabung_ke) == (Keputusan.BELUM_DIBAHAS, None)


def test_what_is_merged_moves_along(draft_event, kelompok, cast):
    k, other, one = kelompok.utama.kelompok, kelompok.lain.kelompok, kelompok.baris
    dua = draft_event.baris.exclude(pk=one.pk).first()
    BarisRkp.objects.filter(pk=dua.pk).update(bidang=one.bidang)
    by = cast["pemandu"]
    merge_baris(baris=dua, versi=dua.versi, ke=one.pk, by=by, hubungan="bagian", alasan="Satu hamparan.", kelompok=k)
    move_bidang(kelompok=k, baris=one, tujuan=other.pk, by=by, alasan="Lebih cocok di sana.")
    dua.refresh_from_db()
    assert dua.bidang_id == other.bidang_id
    assert split_baris(baris=dua, versi=dua.versi, by=by, kelompok=other).bidang_id == other.bidang_id


def test_the_plenary_waits_for_the_signatures(acara, kelompok):
    kata = [k.text for k in collect(acara, Tahap.PLENO)]
    assert len(kata) == len(kelompok.semua)
    assert all("belum mengunci hasilnya" in k for k in some(kata))


def test_groups_freeze_their_result(acara, draft_event, kelompok, cast):
    by = cast["pemandu"]
    save_usulan_kelompok(
        kelompok=kelompok.utama.kelompok,
        baris=kelompok.baris,
        by=by,
        **usul(kelompok.baris, usul="dengan_perubahan", **ALASAN | UBAH),
    )
    for h in list_kelompok(acara):
        h.baris = [b for b in h.baris if not b.usul]
        propose_everything(h, by)
        close_kelompok(kelompok=h.kelompok, by=by)
    advance_musrenbang(musrenbang=acara, dari=Tahap.KELOMPOK, ke=Tahap.PLENO, by=cast["pak_sekcam"])
    versi = draft_event.riwayat.get(jenis="kelompok")
    beku = versi.baris.get(nomor=1)
    assert (beku.keputusan, beku.biaya, beku.skor) == ("dengan_perubahan", 84_000_000, Decimal("71.00"))
    kelompok.baris.refresh_from_db()
    assert kelompok.baris.keputusan == Keputusan.BELUM_DIBAHAS


@pytest.mark.parametrize(
    "nama, status",
    [
        ("pemandu", 302),
        ("pak_sekcam", 302),
        ("pak_camat", 403),
        ("bu_bappeda", 403),
        ("operator_desa", 403),
        ("orang_skpd", 403),
        ("admin", 403),
        ("orang_luar", 404),
    ],
)
def test_who_may_write_for_a_group(nama, status, acara, kelompok, masuk):
    url = f"/m/{acara.slug}/rkp/kelompok/{kelompok.utama.kelompok.pk}/baris/{kelompok.baris.pk}/"
    content = {k: v for k, v in usul(kelompok.baris).items() if k != "nilai"} | {
        "biaya": "105.000.000",
        "volume": "500",
    }
    assert masuk(nama).post(url, content | {f"n_{k}": v for k, v in NILAI.items()}).status_code == status
    assert UsulanKelompok.objects.exists() == (status == 302)


def test_an_account_of_another_group_may_not_write(acara, kelompok, masuk, cast, kecamatan):
    other = Pengguna.objects.create_user("pemandu2", password="x", nama="Pemandu Dua")
    Keanggotaan.objects.create(pengguna=other, peran="pemandu", kecamatan=kecamatan)
    kelompok.utama.kelompok.operator.set([other])
    url = f"/m/{acara.slug}/rkp/kelompok/{kelompok.utama.kelompok.pk}/baris/{kelompok.baris.pk}/"
    assert masuk("pemandu").get(url).status_code == 403
    assert masuk("pak_sekcam").get(url).status_code == 200
    not_theirs = f"/m/{acara.slug}/rkp/kelompok/{kelompok.lain.kelompok.pk}/baris/{kelompok.baris.pk}/"
    assert masuk("pak_sekcam").get(not_theirs).status_code == 404


def test_a_refused_form_keeps_what_was_typed(acara, kelompok, masuk):
    url = f"/m/{acara.slug}/rkp/kelompok/{kelompok.utama.kelompok.pk}/baris/{kelompok.baris.pk}/"
    contents = {k: v for k, v in usul(kelompok.baris, usul="cadangan", catatan="Tanah warga.").items() if k != "nilai"}
    response = masuk("pemandu").post(url, contents | {"biaya": "105.000.000", "volume": "500", "n_C1": 4})
    words = response.content.decode()
    assert (response.status_code, "memerlukan alasan" in words, "Tanah warga." in words) == (422, True, True)
    assert '<option value="4" selected' in words


def test_saving_goes_on_to_the_next_undecided_row(acara, kelompok, masuk):
    k = kelompok.utama.kelompok
    url = f"/m/{acara.slug}/rkp/kelompok/{k.pk}/baris/{kelompok.baris.pk}/"
    content = {x: v for x, v in usul(kelompok.baris).items() if x != "nilai"} | {
        "biaya": "105.000.000",
        "volume": "500",
    }
    response = masuk("pemandu").post(url, content | {"lanjut": "1"})
    following = next(b.baris.pk for b in hasil_kelompok(k).baris if not b.usul)
    assert response["Location"].endswith(f"/kelompok/{k.pk}/baris/{following}/")


@pytest.mark.parametrize("aksi", ["urutan", "tandatangan", "hapus"])
def test_verbs_take_post(aksi, acara, kelompok, masuk):
    url = f"/m/{acara.slug}/rkp/kelompok/{kelompok.utama.kelompok.pk}/{aksi}/"
    assert masuk("pak_sekcam").get(url).status_code == 405


def test_a_person_in_a_group_stays_in_the_attendance(acara, kelompok, masuk):
    person = Kehadiran.objects.filter(musrenbang=acara).first()
    response = masuk("bu_pmd").post(f"/m/{acara.slug}/kehadiran/{person.pk}/hapus/", follow=True)
    assert Kehadiran.objects.filter(pk=person.pk).exists(), response.content


@pytest.mark.parametrize("n", [1, 3])
@pytest.mark.parametrize("alamat, queries", [("kelompok/", 13), ("pleno/", 15)])
def test_queries_do_not_grow(alamat, queries, n, acara, kelompok, masuk, django_assert_num_queries):
    BarisRkp.objects.filter(nomor__gt=n).update(bidang=None)
    client = masuk("bu_pmd")
    with django_assert_num_queries(queries):
        client.get(f"/m/{acara.slug}/rkp/{alamat}")
