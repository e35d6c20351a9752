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
    forward = {(p.dari, p.ke) for p in MOVES.values() if not p.mundur}
    assert forward == {
        *zip(MAJU, MAJU[1:], strict=False),
        ("disampaikan", "dikembalikan"),
        ("dikembalikan", "finalisasi"),
    }


def test_backward_moves_end_with_the_signing_and_belong_to_the_ketua_tim():
    backward = [p for p in MOVES.values() if p.mundur]
    start = MAJU[: MAJU.index("penandatanganan") + 1]
    assert {(p.dari, p.ke) for p in backward} == set(zip(start[1:], start, strict=False))
    assert all(p.perlu_alasan and p.peran == {Peran.SEKCAM} for p in some(backward))


@pytest.mark.parametrize("kunci", list(MOVES), ids=lambda k: f"{k[0]}-{k[1]}")
def test_each_move_by_each_role(kunci, acara, move_event, masuk, monkeypatch):
    """The page moves the event for the roles of the table and answers 403 to every other role."""
    monkeypatch.setattr(tahap, "TAHAP", {t: tahap.Rules() for t in Tahap})
    dari, ke = kunci
    if dari == Tahap.DIKEMBALIKAN:
        move_event(acara, Tahap.DISAMPAIKAN)
        transisi.move(acara, dari=acara.tahap, ke=dari, table=MOVES, musrenbang=acara, by=None, kolom="tahap")
    else:
        move_event(acara, dari)
    url, content = f"/m/{acara.slug}/pindah/", {"dari": dari, "ke": ke, "alasan": "alasan yang jelas", "sandi": SANDI}
    for peran, nama in PERAN_KE_ORANG.items():
        if peran not in MOVES[kunci].peran:
            assert masuk(nama).post(url, content).status_code == 403
            acara.refresh_from_db()
            assert acara.tahap == dari
    assert masuk("orang_luar").post(url, content).status_code == 404
    allowed = PERAN_KE_ORANG[sorted(MOVES[kunci].peran)[0]]
    assert masuk(allowed).post(url, content).status_code == 302
    acara.refresh_from_db()
    assert acara.tahap == ke
    jejak = JejakAudit.objects.filter(aksi="musrenbang.tahap").first()
    assert (jejak.dari, jejak.ke, jejak.alasan) == (dari, ke, "alasan yang jelas")


@pytest.mark.parametrize("dari", URUTAN)
def test_what_is_not_in_the_table_is_refused(dari, acara, cast):
    Musrenbang.objects.filter(pk=acara.pk).update(tahap=dari)
    allowed = {p.ke for p in moves_from(dari)}
    for ke in set(Tahap.values) - allowed:
        with pytest.raises(TransisiRefused):
            advance_musrenbang(musrenbang=acara, dari=dari, ke=ke, by=cast["admin"], alasan="coba saja")
    acara.refresh_from_db()
    assert acara.tahap == dari


@pytest.mark.parametrize("alasan", ["", "   ", "abc"])
def test_going_back_needs_a_reason(alasan, acara, move_event, masuk):
    move_event(acara, Tahap.SIAP)
    client = masuk("pak_sekcam")
    contents = {"dari": "siap", "ke": "persiapan", "alasan": alasan}
    response = client.post(f"/m/{acara.slug}/pindah/", contents, follow=True)
    assert "Tuliskan alasannya" in response.content.decode()
    acara.refresh_from_db()
    assert acara.tahap == Tahap.SIAP


def test_a_second_click_and_a_stale_tab_move_nothing_and_say_who_was_first(acara, masuk):
    client, contents = masuk("pak_sekcam"), {"dari": "dijadwalkan", "ke": "persiapan"}
    client.post(f"/m/{acara.slug}/pindah/", contents)
    response = client.post(f"/m/{acara.slug}/pindah/", contents, follow=True)
    assert "Sudah “Persiapan” oleh Pak Sekcam pukul" in response.content.decode()
    assert JejakAudit.objects.filter(aksi="musrenbang.tahap").count() == 1


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_moving_takes_post(method, acara, masuk):
    assert getattr(masuk("pak_sekcam"), method)(f"/m/{acara.slug}/pindah/").status_code == 405


def test_a_move_that_does_not_exist_is_said(acara, masuk):
    response = masuk("pak_sekcam").post(f"/m/{acara.slug}/pindah/", {"dari": "x", "ke": "y"}, follow=True)
    assert "Tahapnya sudah berubah" in response.content.decode()
