"""Fixing freezes a version; reopening makes the next one; nothing frozen changes."""

import hashlib

import pytest
from django.db import IntegrityError, transaction

from alur.services.acara import Incomplete, advance_musrenbang
from musrenbang.states import Tahap
from rkp.models import Keputusan, RkpVersi, StatusRkp, StatusVersi
from rkp.queries.baris import agreed_rows, content_hash, content_json, current_version, version_rows
from tests.conftest import uploaded_salinan


def test_fixing_copies_every_row_with_its_origin_and_a_hash(acara, fixed_event):
    versi = current_version(acara)
    beku = list(version_rows(versi))
    assert (versi.nomor, len(beku), fixed_event.status) == (1, 6, StatusRkp.DRAF)
    fixed_event.refresh_from_db()
    assert fixed_event.status == StatusRkp.DITETAPKAN
    assert (
        content_hash(beku) == versi.sha256 == content_hash(fixed_event.baris.select_related("bidang", "desa", "skpd"))
    )
    assert next(b for b in beku if b.nomor == 1).asal == "DU-RKP Desa Semaya no. 1"
    assert sorted(b.nomor for b in agreed_rows(versi)) == [1, 2, 3, 4, 6]


def test_fixing_is_refused_while_a_row_is_open(acara, draft_event, move_event, cast):
    move_event(acara, Tahap.PLENO)
    with pytest.raises(Incomplete):
        advance_musrenbang(musrenbang=acara, dari="pleno", ke="prioritas", by=cast["pak_sekcam"])
    assert not RkpVersi.objects.exists()


def test_reopening_keeps_the_old_version_and_the_next_one_says_why(acara, fixed_event, cast):
    by = cast["pak_sekcam"]
    lama = current_version(acara)
    advance_musrenbang(musrenbang=acara, dari="prioritas", ke="pleno", by=by, alasan="Salah baca volume no. 1")
    assert current_version(acara) is None
    fixed_event.baris.filter(nomor=1).update(
        keputusan=Keputusan.BELUM_DISEPAKATI, alasan="x" * 9, alasan_kode="lainnya"
    )
    advance_musrenbang(musrenbang=acara, dari="pleno", ke="prioritas", by=by)
    baru = current_version(acara)
    lama.refresh_from_db()
    assert (lama.status, baru.nomor, baru.alasan) == (StatusVersi.DIGANTI, 2, "Salah baca volume no. 1")
    assert lama.sha256 != baru.sha256
    assert version_rows(lama).get(nomor=1).keputusan == Keputusan.DISEPAKATI
    assert content_hash(version_rows(lama)) == lama.sha256


def test_the_database_allows_one_version_in_force(acara, fixed_event, cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        RkpVersi.objects.create(rkp=fixed_event, nomor=2, sha256="x", dibuat_oleh=cast["admin"])


@pytest.mark.parametrize(
    "nama, status", [("pak_camat", 200), ("bu_bappeda", 200), ("operator_desa", 403), ("orang_luar", 404)]
)
def test_who_reads_a_version(nama, status, acara, fixed_event, masuk):
    assert masuk(nama).get(f"/m/{acara.slug}/rkp/versi/1/").status_code == status
    if status == 200:
        assert masuk(nama).get(f"/m/{acara.slug}/rkp/versi/2/").status_code == 404


def test_final_and_approved_repeat_what_was_fixed(acara, ready_to_issue, cast):
    from berita_acara.services.issue import issue_berita_acara

    issue_berita_acara(musrenbang=acara, by=cast["pak_sekcam"])
    uploaded_salinan(acara, cast["pak_sekcam"])
    advance_musrenbang(musrenbang=acara, dari="penandatanganan", ke="finalisasi", by=cast["pak_sekcam"])
    advance_musrenbang(musrenbang=acara, dari="finalisasi", ke="disahkan", by=cast["pak_camat"])
    versi = list(RkpVersi.objects.order_by("pk"))
    assert [v.jenis for v in versi] == ["ditetapkan", "final", "disahkan"]
    assert {v.sha256 for v in versi} == {content_hash(version_rows(versi[0]))}
    assert [v.status for v in versi] == ["berlaku"] * 3


@pytest.mark.parametrize("jenis, status", [("final", 404), ("ditetapkan", 200), ("lain", 404)])
def test_versions_of_each_kind_have_their_page(jenis, status, acara, fixed_event, masuk):
    assert masuk("pak_camat").get(f"/m/{acara.slug}/rkp/versi/{jenis}/1/").status_code == status


def test_a_fixed_version_keeps_the_names_of_its_day(acara, fixed_event, masuk):
    """An office, bidang or funding source that is renamed later is called in a fixed version as it was called then."""
    baris = fixed_event.baris.select_related("skpd", "bidang", "sumber_dana").exclude(skpd=None).first()
    lama = {what: getattr(baris, what).nama for what in ("skpd", "bidang", "sumber_dana")}
    for what in lama:
        one = getattr(baris, what)
        one.nama = f"{one.nama} Baru"
        one.save()
    versi = current_version(acara)
    current = version_rows(versi).get(asal_baris=baris)
    assert {what: current.name_of(what) for what in lama} == lama
    assert current.asal_baris.name_of("skpd") == f"{lama['skpd']} Baru"
    assert content_hash(version_rows(versi)) == versi.sha256
    assert hashlib.sha256(content_json(version_rows(versi))).hexdigest() == versi.sha256
    html = masuk("pak_camat").get(f"/m/{acara.slug}/rkp/versi/1/").content.decode()
    assert lama["bidang"] in html
    assert f"{lama['bidang']} Baru" not in html
