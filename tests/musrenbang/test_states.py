"""Every move of the table: who may make it, who may not, and what a stale or double click does."""

import pytest

from alur import tahap
from alur.services.acara import advance_musrenbang
from musrenbang import transisi
from musrenbang.models import JejakAudit, Musrenbang
from musrenbang.states import MOVES, URUTAN, Peran, Tahap, moves_from
from musrenbang.transisi import TransisiRefused
from tests.conftest import PERAN_KE_ORANG, SANDI
from tests.some import some

# antarmuka.md, "Stages", written out once more so that the table cannot drift.
MAJU = [
    "dijadwalkan",
    "persiapan",
    "siap",
    "pembukaan",
    "pemaparan",
    "pembahasan",
    "kelompok",
    "pleno",
    "prioritas",
    "delegasi",
    "penandatanganan",
    "finalisasi",
    "disahkan",
    "disampaikan",
    "diterima",
    "pemilahan",
    "selesai",
]


def test_the_forward_path_is_the_contract():
    maju = {(p.dari, p.ke) for p in MOVES.values() if not p.mundur}
    assert maju == {*zip(MAJU, MAJU[1:], strict=False), ("disampaikan", "dikembalikan"), ("dikembalikan", "finalisasi")}


def test_backward_moves_end_with_the_signing_and_belong_to_the_ketua_tim():
    mundur = [p for p in MOVES.values() if p.mundur]
    awal = MAJU[: MAJU.index("penandatanganan") + 1]
    assert {(p.dari, p.ke) for p in mundur} == set(zip(awal[1:], awal, strict=False))
    assert all(p.perlu_alasan and p.peran == {Peran.SEKCAM} for p in some(mundur))


@pytest.mark.parametrize("kunci", list(MOVES), ids=lambda k: f"{k[0]}-{k[1]}")
def test_each_move_by_each_role(kunci, acara, pindah, masuk, monkeypatch):
    """The page moves the event for the roles of the table and answers 403 to every other role."""
    monkeypatch.setattr(tahap, "TAHAP", {t: tahap.Rules() for t in Tahap})
    dari, ke = kunci
    if dari == Tahap.DIKEMBALIKAN:
        pindah(acara, Tahap.DISAMPAIKAN)
        transisi.move(acara, dari=acara.tahap, ke=dari, table=MOVES, musrenbang=acara, by=None, kolom="tahap")
    else:
        pindah(acara, dari)
    url, isi = f"/m/{acara.slug}/pindah/", {"dari": dari, "ke": ke, "alasan": "alasan yang jelas", "sandi": SANDI}
    for peran, nama in PERAN_KE_ORANG.items():
        if peran not in MOVES[kunci].peran:
            assert masuk(nama).post(url, isi).status_code == 403
            acara.refresh_from_db()
            assert acara.tahap == dari
    assert masuk("orang_luar").post(url, isi).status_code == 404
    boleh = PERAN_KE_ORANG[sorted(MOVES[kunci].peran)[0]]
    assert masuk(boleh).post(url, isi).status_code == 302
    acara.refresh_from_db()
    assert acara.tahap == ke
    jejak = JejakAudit.objects.filter(aksi="musrenbang.tahap").first()
    assert (jejak.dari, jejak.ke, jejak.alasan) == (dari, ke, "alasan yang jelas")


@pytest.mark.parametrize("dari", URUTAN)
def test_what_is_not_in_the_table_is_refused(dari, acara, pemeran):
    Musrenbang.objects.filter(pk=acara.pk).update(tahap=dari)
    boleh = {p.ke for p in moves_from(dari)}
    for ke in set(Tahap.values) - boleh:
        with pytest.raises(TransisiRefused):
            advance_musrenbang(musrenbang=acara, dari=dari, ke=ke, by=pemeran["admin"], alasan="coba saja")
    acara.refresh_from_db()
    assert acara.tahap == dari


@pytest.mark.parametrize("alasan", ["", "   ", "abc"])
def test_going_back_needs_a_reason(alasan, acara, pindah, masuk):
    pindah(acara, Tahap.SIAP)
    client = masuk("pak_sekcam")
    isi = {"dari": "siap", "ke": "persiapan", "alasan": alasan}
    jawab = client.post(f"/m/{acara.slug}/pindah/", isi, follow=True)
    assert "Tuliskan alasannya" in jawab.content.decode()
    acara.refresh_from_db()
    assert acara.tahap == Tahap.SIAP


def test_a_second_click_and_a_stale_tab_move_nothing_and_say_who_was_first(acara, masuk):
    client, isi = masuk("pak_sekcam"), {"dari": "dijadwalkan", "ke": "persiapan"}
    client.post(f"/m/{acara.slug}/pindah/", isi)
    jawab = client.post(f"/m/{acara.slug}/pindah/", isi, follow=True)
    assert "Sudah “Persiapan” oleh Pak Sekcam pukul" in jawab.content.decode()
    assert JejakAudit.objects.filter(aksi="musrenbang.tahap").count() == 1


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_moving_takes_post(method, acara, masuk):
    assert getattr(masuk("pak_sekcam"), method)(f"/m/{acara.slug}/pindah/").status_code == 405


def test_a_move_that_does_not_exist_is_said(acara, masuk):
    jawab = masuk("pak_sekcam").post(f"/m/{acara.slug}/pindah/", {"dari": "x", "ke": "y"}, follow=True)
    assert "Tahapnya sudah berubah" in jawab.content.decode()
