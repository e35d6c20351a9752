"""Fixing freezes a version; reopening makes the next one; nothing frozen changes."""

import hashlib

import pytest
from django.db import IntegrityError, transaction

from alur.services.acara import Incomplete, advance_musrenbang
from musrenbang.states import Tahap
from rkp.models import Keputusan, RkpVersi, StatusRkp, StatusVersi
from rkp.queries.baris import agreed_rows, content_hash, content_json, current_version, version_rows
from tests.conftest import unggah_salinan


def test_fixing_copies_every_row_with_its_origin_and_a_hash(acara, ditetapkan):
    versi = current_version(acara)
    beku = list(version_rows(versi))
    assert (versi.nomor, len(beku), ditetapkan.status) == (1, 6, StatusRkp.DRAF)
    ditetapkan.refresh_from_db()
    assert ditetapkan.status == StatusRkp.DITETAPKAN
    assert content_hash(beku) == versi.sha256 == content_hash(ditetapkan.baris.select_related("bidang", "desa", "skpd"))
    assert next(b for b in beku if b.nomor == 1).asal == "DU-RKP Desa Semaya no. 1"
    assert sorted(b.nomor for b in agreed_rows(versi)) == [1, 2, 3, 4, 6]


def test_fixing_is_refused_while_a_row_is_open(acara, draf, pindah, pemeran):
    pindah(acara, Tahap.PLENO)
    with pytest.raises(Incomplete):
        advance_musrenbang(musrenbang=acara, dari="pleno", ke="prioritas", by=pemeran["pak_sekcam"])
    assert not RkpVersi.objects.exists()


def test_reopening_keeps_the_old_version_and_the_next_one_says_why(acara, ditetapkan, pemeran):
    by = pemeran["pak_sekcam"]
    lama = current_version(acara)
    advance_musrenbang(musrenbang=acara, dari="prioritas", ke="pleno", by=by, alasan="Salah baca volume no. 1")
    assert current_version(acara) is None
    ditetapkan.baris.filter(nomor=1).update(keputusan=Keputusan.BELUM_DISEPAKATI, alasan="x" * 9, alasan_kode="lainnya")
    advance_musrenbang(musrenbang=acara, dari="pleno", ke="prioritas", by=by)
    baru = current_version(acara)
    lama.refresh_from_db()
    assert (lama.status, baru.nomor, baru.alasan) == (StatusVersi.DIGANTI, 2, "Salah baca volume no. 1")
    assert lama.sha256 != baru.sha256
    assert version_rows(lama).get(nomor=1).keputusan == Keputusan.DISEPAKATI
    assert content_hash(version_rows(lama)) == lama.sha256


def test_the_database_allows_one_version_in_force(acara, ditetapkan, pemeran):
    with pytest.raises(IntegrityError), transaction.atomic():
        RkpVersi.objects.create(rkp=ditetapkan, nomor=2, sha256="x", dibuat_oleh=pemeran["admin"])


@pytest.mark.parametrize(
    "nama, status", [("pak_camat", 200), ("bu_bappeda", 200), ("operator_desa", 403), ("orang_luar", 404)]
)
def test_who_reads_a_version(nama, status, acara, ditetapkan, masuk):
    assert masuk(nama).get(f"/m/{acara.slug}/rkp/versi/1/").status_code == status
    if status == 200:
        assert masuk(nama).get(f"/m/{acara.slug}/rkp/versi/2/").status_code == 404


def test_final_and_approved_repeat_what_was_fixed(acara, siap_terbit, pemeran):
    from berita_acara.services.terbit import issue_berita_acara

    issue_berita_acara(musrenbang=acara, by=pemeran["pak_sekcam"])
    unggah_salinan(acara, pemeran["pak_sekcam"])
    advance_musrenbang(musrenbang=acara, dari="penandatanganan", ke="finalisasi", by=pemeran["pak_sekcam"])
    advance_musrenbang(musrenbang=acara, dari="finalisasi", ke="disahkan", by=pemeran["pak_camat"])
    versi = list(RkpVersi.objects.order_by("pk"))
    assert [v.jenis for v in versi] == ["ditetapkan", "final", "disahkan"]
    assert {v.sha256 for v in versi} == {content_hash(version_rows(versi[0]))}
    assert [v.status for v in versi] == ["berlaku"] * 3


@pytest.mark.parametrize("jenis, status", [("final", 404), ("ditetapkan", 200), ("lain", 404)])
def test_versions_of_each_kind_have_their_page(jenis, status, acara, ditetapkan, masuk):
    assert masuk("pak_camat").get(f"/m/{acara.slug}/rkp/versi/{jenis}/1/").status_code == status


def test_a_fixed_version_keeps_the_names_of_its_day(acara, ditetapkan, masuk):
    """An office, bidang or funding source that is renamed later is called in a fixed version as it was called then."""
    baris = ditetapkan.baris.select_related("skpd", "bidang", "sumber_dana").exclude(skpd=None).first()
    lama = {apa: getattr(baris, apa).nama for apa in ("skpd", "bidang", "sumber_dana")}
    for apa in lama:
        satu = getattr(baris, apa)
        satu.nama = f"{satu.nama} Baru"
        satu.save()
    versi = current_version(acara)
    kini = version_rows(versi).get(asal_baris=baris)
    assert {apa: kini.name_of(apa) for apa in lama} == lama
    assert kini.asal_baris.name_of("skpd") == f"{lama['skpd']} Baru"
    assert content_hash(version_rows(versi)) == versi.sha256
    assert hashlib.sha256(content_json(version_rows(versi))).hexdigest() == versi.sha256
    html = masuk("pak_camat").get(f"/m/{acara.slug}/rkp/versi/1/").content.decode()
    assert lama["bidang"] in html
    assert f"{lama['bidang']} Baru" not in html
