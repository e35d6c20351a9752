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
from alur.periksa_kiriman import check_entries
from alur.services.acara import advance_musrenbang
from musrenbang.models import Musrenbang, Skpd
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from rkp.models import SEPAKAT, DanaProgram, Keputusan
from rkp.prioritas.models import Pemeringkatan
from rkp.prioritas.queries.calon import list_peserta
from rkp.prioritas.queries.masukan import kriteria_of
from rkp.prioritas.services.calon import save_values
from rkp.prioritas.services.peringkat import fix_pemeringkatan, reopen_pemeringkatan
from rkp.queries.baris import current_version, version_rows
from rkp.queries.isi import content_from_text
from rkp.services.draft import place_baris
from rkp.services.keputusan import decide_baris
from tests.conftest import buka_peringkat, isi_putusan
from tests.rkp.test_kekekalan import LANGKAH, _lakukan, _periksa
from usulan.models import Usulan

JUTA = 1_000_000
PINDAH = st.tuples(st.sampled_from(["tetapkan", "mundur", "danai", "buka"]), st.integers(1, 8))


def _tetapkan(acara, draf, by, benih):
    """Decide what is open by chance and fix the plan."""
    acak = random.Random(benih)
    if acara.tahap not in (Tahap.KELOMPOK, Tahap.PLENO):
        return
    Musrenbang.objects.filter(pk=acara.pk).update(tahap=Tahap.PLENO)
    acara.refresh_from_db()
    for b in draf.baris.select_related("rkp__musrenbang").exclude(keputusan=Keputusan.DIGABUNG):
        if b.skpd_id is None:
            b = place_baris(baris=b, versi=b.versi, by=by, skpd=Skpd.objects.first())
        if b.keputusan == Keputusan.BELUM_DIBAHAS or (b.biaya is None and b.keputusan in SEPAKAT):
            boleh = ["cadangan", "belum_disepakati"] if b.biaya is None else ["disepakati"] * 3 + ["cadangan"]
            semula = content_from_text(b.semula)
            kata = {"alasan_kode": "lainnya", "alasan": "Menurut rapat."}
            decide_baris(baris=b, by=by, **isi_putusan(b, keputusan=acak.choice(boleh), **semula, **kata))
    advance_musrenbang(musrenbang=acara, dari=Tahap.PLENO, ke=Tahap.PRIORITAS, by=by)


def _danai(acara, by, benih):
    """Rank what was agreed by scores and give a programme's money out."""
    p = Pemeringkatan.objects.filter(musrenbang=acara).first() or buka_peringkat(acara, by, pagu=benih * 90 * JUTA)
    nilai = random.Random(benih)
    kriteria = kriteria_of(p)
    sel = {}
    for c in list_peserta(p):
        lama = {n.kode: n.nilai for n in c.calon.nilai.all()}
        for k in kriteria if c.layak else []:
            sel[c.calon.pk, k["kode"]] = (lama.get(k["kode"]), Decimal(nilai.randint(1, 5)))
    save_values(pemeringkatan=p, by=by, cell=sel)
    fix_pemeringkatan(pemeringkatan=p, by=by)


def _langkah(acara, draf, by, langkah, client):
    apa, benih, *_ = langkah
    acara.refresh_from_db()
    if acara.tahap == Tahap.PRIORITAS and apa in ("mundur", "pleno", "kelompok", "persiapan"):
        advance_musrenbang(musrenbang=acara, dari=Tahap.PRIORITAS, ke=Tahap.PLENO, by=by, alasan="Ada yang keliru.")
    if apa == "tetapkan":
        _tetapkan(acara, draf, by, benih)
    elif apa == "danai":
        _danai(acara, by, benih)
    elif apa == "buka":
        for p in Pemeringkatan.objects.filter(musrenbang=acara):
            reopen_pemeringkatan(musrenbang=acara, by=by, alasan="Diperiksa lagi.", pemeringkatan=p)
    elif apa != "mundur":
        _lakukan(acara, draf, by, langkah, client)


def _hasil(acara, draf):
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
    di = dict(Usulan.objects.filter(musrenbang=acara).values_list("pk", "sumber_baris__baris"))
    assert set(di.values()) == set(beku), "each row fixed has its proposals, each proposal its row"
    keluar = dict.fromkeys(Keputusan.values, 0)
    for b in beku.values():
        keluar[b.keputusan] += b.biaya or 0
        assert b.keputusan != Keputusan.BELUM_DIBAHAS
    hidup = sum(b.biaya or 0 for b in draf.baris.exclude(keputusan=Keputusan.DIGABUNG))
    assert sum(n for k, n in keluar.items() if k != Keputusan.DIGABUNG) == hidup
    assert {d.baris_id for d in dana} <= {pk for pk, b in beku.items() if b.keputusan in SEPAKAT}
    assert sum(d.jumlah for d in dana) <= sum(keluar[k] for k in SEPAKAT)


@pytest.fixture
def meja(acara, kelompok, draf, pemeran, masuk):
    """Plain values for hypothesis: nothing here changes between examples."""
    return acara, draf, pemeran["pak_sekcam"], masuk("pak_sekcam")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(langkah=st.lists(st.one_of(LANGKAH, PINDAH, PINDAH), min_size=6, max_size=16))
def test_each_rupiah_is_in_one_row_or_one_outcome(meja, langkah):
    acara, draf, by, client = meja
    kembali, ditolak = transaction.savepoint(), []
    for satu in langkah:
        try:
            with transaction.atomic():
                _langkah(acara, draf, by, satu, client)
        except Refused as penolakan:
            ditolak.append(str(penolakan))
        _periksa(acara, draf)
        _hasil(acara, draf)
    assert all(len(kata) > 20 for kata in ditolak), "every refusal explains itself"
    transaction.savepoint_rollback(kembali)
    acara.refresh_from_db()


def test_an_event_fixed_paid_stepped_back_and_fixed_again(meja):
    """One way that surely passes through everything, so that the random ones are not all refused on the way."""
    acara, draf, by, client = meja
    jalan = [
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
    for satu in jalan:
        _langkah(acara, draf, by, satu, client)
        _periksa(acara, draf)
        _hasil(acara, draf)
        didanai.append(DanaProgram.objects.filter(baris__rkp=draf).exists())
    assert didanai == [False, False, False, True, *[False] * 7, True, False, True]
    assert current_version(acara).nomor == 2
