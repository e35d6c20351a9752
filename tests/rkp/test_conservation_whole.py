"""The same over whole events: the plan is fixed, programmes pay, the meeting steps back, and everything begins again.

After every step each proposal's rupiah is in exactly one row, and what the meeting fixed says of each row where it went.
"""

import random
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alur.periksa import _money, _versions
from alur.periksa_submissions import check_entries
from alur.services.acara import advance_musrenbang
from musrenbang.models import Musrenbang, Skpd
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from rkp.models import SEPAKAT, DanaProgram, Keputusan
from rkp.prioritas.models import Pemeringkatan
from rkp.prioritas.queries.candidates import list_peserta
from rkp.prioritas.queries.input import kriteria_of
from rkp.prioritas.services.candidates import save_values
from rkp.prioritas.services.peringkat import fix_pemeringkatan, reopen_pemeringkatan
from rkp.queries.baris import current_version, version_rows
from rkp.queries.content import content_from_text
from rkp.services.draft import place_baris
from rkp.services.keputusan import decide_baris
from tests.conftest import content_putusan, open_page_peringkat
from tests.rkp.test_conservation import LANGKAH, _perform, _periksa
from usulan.models import Usulan

JUTA = 1_000_000
PINDAH = st.tuples(st.sampled_from(["tetapkan", "mundur", "danai", "buka"]), st.integers(1, 8))


def _fix_plan(acara, drafts, by, seed):
    """Decide what is open by chance and fix the plan."""
    dice = random.Random(seed)
    if acara.tahap not in (Tahap.KELOMPOK, Tahap.PLENO):
        return
    Musrenbang.objects.filter(pk=acara.pk).update(tahap=Tahap.PLENO)
    acara.refresh_from_db()
    for b in drafts.baris.select_related("rkp__musrenbang").exclude(keputusan=Keputusan.DIGABUNG):
        if b.skpd_id is None:
            b = place_baris(baris=b, versi=b.versi, by=by, skpd=Skpd.objects.first())
        if b.keputusan == Keputusan.BELUM_DIBAHAS or (b.biaya is None and b.keputusan in SEPAKAT):
            allowed = ["cadangan", "belum_disepakati"] if b.biaya is None else ["disepakati"] * 3 + ["cadangan"]
            semula = content_from_text(b.semula)
            kata = {"alasan_kode": "lainnya", "alasan": "Menurut rapat."}
            decide_baris(baris=b, by=by, **content_putusan(b, keputusan=dice.choice(allowed), **semula, **kata))
    advance_musrenbang(musrenbang=acara, dari=Tahap.PLENO, ke=Tahap.PRIORITAS, by=by)


def _fund(acara, by, seed):
    """Rank what was agreed by scores and give a programme's money out."""
    p = Pemeringkatan.objects.filter(musrenbang=acara).first() or open_page_peringkat(acara, by, pagu=seed * 90 * JUTA)
    nilai = random.Random(seed)
    kriteria = kriteria_of(p)
    sel = {}
    for c in list_peserta(p):
        lama = {n.kode: n.nilai for n in c.calon.nilai.all()}
        for k in kriteria if c.layak else []:
            sel[c.calon.pk, k["kode"]] = (lama.get(k["kode"]), Decimal(nilai.randint(1, 5)))
    save_values(pemeringkatan=p, by=by, cell=sel)
    fix_pemeringkatan(pemeringkatan=p, by=by)


def _step(acara, drafts, by, step, client):
    what, seed, *_ = step
    acara.refresh_from_db()
    if acara.tahap == Tahap.PRIORITAS and what in ("mundur", "pleno", "kelompok", "persiapan"):
        advance_musrenbang(musrenbang=acara, dari=Tahap.PRIORITAS, ke=Tahap.PLENO, by=by, alasan="Ada yang keliru.")
    if what == "tetapkan":
        _fix_plan(acara, drafts, by, seed)
    elif what == "danai":
        _fund(acara, by, seed)
    elif what == "buka":
        for p in Pemeringkatan.objects.filter(musrenbang=acara):
            reopen_pemeringkatan(musrenbang=acara, by=by, alasan="Diperiksa lagi.", pemeringkatan=p)
    elif what != "mundur":
        _perform(acara, drafts, by, step, client)


def _result(acara, draf):
    """What was fixed holds every proposal once, and programmes pay only what was agreed, once."""
    acara.refresh_from_db()
    for periksa in (_money, _versions, check_entries):
        assert list(periksa(acara)) == []
    dana = DanaProgram.objects.filter(baris__rkp=draf)
    if acara.tahap != Tahap.PRIORITAS:
        assert not dana.exists(), "money of a ranking that does not stand"
        return
    versi = current_version(acara)
    beku = {b.asal_baris_id: b for b in version_rows(versi)}
    at = dict(Usulan.objects.filter(musrenbang=acara).values_list("pk", "sumber_baris__baris"))
    assert set(at.values()) == set(beku), "each row fixed has its proposals, each proposal its row"
    leaving = dict.fromkeys(Keputusan.values, 0)
    for b in beku.values():
        leaving[b.keputusan] += b.biaya or 0
        assert b.keputusan != Keputusan.BELUM_DIBAHAS
    alive = sum(b.biaya or 0 for b in draf.baris.exclude(keputusan=Keputusan.DIGABUNG))
    assert sum(n for k, n in leaving.items() if k != Keputusan.DIGABUNG) == alive
    assert {d.baris_id for d in dana} <= {pk for pk, b in beku.items() if b.keputusan in SEPAKAT}
    assert sum(d.jumlah for d in dana) <= sum(leaving[k] for k in SEPAKAT)


@pytest.fixture
def meja(acara, kelompok, draft_event, cast, masuk):
    """Plain values for hypothesis: nothing here changes between examples."""
    return acara, draft_event, cast["pak_sekcam"], masuk("pak_sekcam")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.one_of(LANGKAH, PINDAH, PINDAH), min_size=6, max_size=16))
def test_each_rupiah_is_in_one_row_or_one_outcome(meja, steps):
    acara, draft, by, client = meja
    back, rejected = transaction.savepoint(), []
    for one in steps:
        try:
            with transaction.atomic():
                _step(acara, draft, by, one, client)
        except Refused as refusal:
            rejected.append(str(refusal))
        _periksa(acara, draft)
        _result(acara, draft)
    assert all(len(kata) > 20 for kata in rejected), "every refusal explains itself"
    transaction.savepoint_rollback(back)
    acara.refresh_from_db()


def test_an_event_fixed_paid_stepped_back_and_fixed_again(meja):
    """One way that surely passes through everything, so that the random ones are not all refused on the way."""
    acara, draft, by, client = meja
    route = [
        ("pleno", 1, 1, "disepakati", False, False),
        ("gabung", 1, 2, "disepakati", False, True),
        ("tetapkan", 1),
        ("danai", 4),
        ("mundur", 1),
        ("pisah", 1, 2, "disepakati", False, True),
        ("persiapan", 1, 1, "disepakati", False, False),
        ("ubah_usulan", 1, 5, "disepakati", True, True),
        ("bereskan", 1, 1, "disepakati", False, False),
        ("maju", 1, 1, "disepakati", False, False),
        ("tetapkan", 2),
        ("danai", 3),
        ("buka", 1),
        ("danai", 5),
    ]
    didanai = []
    for one in route:
        _step(acara, draft, by, one, client)
        _periksa(acara, draft)
        _result(acara, draft)
        didanai.append(DanaProgram.objects.filter(baris__rkp=draft).exists())
    assert didanai == [False, False, False, True, *[False] * 7, True, False, True]
    assert current_version(acara).nomor == 2
