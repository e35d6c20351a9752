"""Whatever groups and plenary do, in any order: no proposal and no rupiah is lost or counted twice."""

from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from musrenbang.models import Musrenbang
from musrenbang.states import Tahap
from musrenbang.transisi import Ditolak
from rkp import queries, services
from rkp.models import PERLU_ALASAN, BarisRkp, Keputusan
from tests.rkp.conftest import NILAI
from usulan.models import Usulan

LANGKAH = st.tuples(
    st.sampled_from(["usul", "putus", "gabung", "pisah", "pindah", "terima", "pleno", "kelompok"]),
    st.integers(1, 6),
    st.integers(1, 6),
    st.sampled_from([k for k in Keputusan.values if k not in ("belum_dibahas", "digabung")]),
    st.booleans(),
    st.booleans(),
)


def _isi(b, keputusan, ubah, beralasan):
    isi = {k: getattr(b, k) for k in queries.DAPAT_BERUBAH}
    isi |= {"volume": (b.volume or Decimal(1)) + 1, "biaya": (b.biaya or 0) + 1_000_000} if ubah else {}
    alasan = {"alasan_kode": "lainnya", "alasan": "Menurut rapat."} if beralasan else {"alasan_kode": "", "alasan": ""}
    return {"keputusan": keputusan, **isi, **alasan}


def _lakukan(acara, draf, by, langkah):
    apa, i, j, keputusan, ubah, beralasan = langkah
    a, b = (draf.baris.select_related("rkp__musrenbang").get(nomor=n) for n in (i, j))
    hasil = {h.kelompok.bidang_id: h for h in queries.list_kelompok(acara)}
    kelompok = hasil[a.bidang_id].kelompok
    alasan = "Menurut rapat." if beralasan else ""
    if apa in ("pleno", "kelompok"):
        Musrenbang.objects.filter(pk=acara.pk).update(tahap=apa)
    elif apa == "usul":
        isi = _isi(a, keputusan, ubah, beralasan)
        usulan = queries.usulan_of(a, kelompok)
        services.save_usulan_kelompok(
            kelompok=kelompok, baris=a, versi=usulan.versi if usulan.pk else 0, by=by, nilai=NILAI, catatan="",
            usul=isi.pop("keputusan"), **isi,
        )  # fmt: skip
    elif apa == "putus":
        services.decide_baris(baris=a, versi=a.versi, by=by, **_isi(a, keputusan, ubah, beralasan))
    elif apa == "gabung":
        services.merge_baris(baris=a, versi=a.versi, ke=b.pk, by=by, alasan=alasan, kelompok=kelompok)
    elif apa == "pisah":
        services.split_baris(baris=a, versi=a.versi, by=by, kelompok=kelompok)
    elif apa == "pindah":
        services.move_bidang(kelompok=kelompok, baris=a, tujuan=hasil[b.bidang_id].kelompok.pk, by=by, alasan=alasan)
    else:
        services.accept_kelompok(kelompok=kelompok, sidik=hasil[a.bidang_id].sidik, by=by)


def _periksa(acara, draf):
    semua = list(BarisRkp.objects.filter(rkp=draf).prefetch_related("sumber"))
    sumber = [s.usulan_id for b in semua for s in b.sumber.all()]
    assert sorted(sumber) == sorted(Usulan.objects.filter(musrenbang=acara).values_list("pk", flat=True))
    diusulkan = sum(u.biaya or 0 for u in Usulan.objects.filter(musrenbang=acara))
    assert sum(b.biaya_semula or 0 for b in semua if b.keputusan != Keputusan.DIGABUNG) == diusulkan
    assert sum(r.rp for r in queries.recap(acara)["Desa"]) == sum(
        b.biaya or 0 for b in semua if b.keputusan != Keputusan.DIGABUNG
    )
    for b in semua:
        assert (b.keputusan == Keputusan.DIGABUNG) == (b.digabung_ke_id is not None)
        assert b.keputusan not in PERLU_ALASAN or (b.alasan and b.alasan_kode)
        berubah = queries.isi_dapat_berubah(b) != b.semula
        assert berubah == (b.keputusan == Keputusan.DENGAN_PERUBAHAN)
        if b.digabung_ke_id:
            assert next(x for x in semua if x.pk == b.digabung_ke_id).keputusan != Keputusan.DIGABUNG


@pytest.fixture
def meja(acara, kelompok, draf, pemeran):
    """Plain values for hypothesis: nothing here changes between examples."""
    return acara, draf, pemeran["pemandu"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(langkah=st.lists(LANGKAH, min_size=4, max_size=14))
def test_nothing_is_lost(meja, langkah):
    acara, draf, by = meja
    kembali = transaction.savepoint()
    ditolak = []
    for satu in langkah:
        try:
            with transaction.atomic():
                _lakukan(acara, draf, by, satu)
        except Ditolak as penolakan:
            ditolak.append(str(penolakan))
        _periksa(acara, draf)
    assert all(len(kata) > 20 for kata in ditolak), "every refusal explains itself"
    transaction.savepoint_rollback(kembali)
    assert Musrenbang.objects.get(pk=acara.pk).tahap == Tahap.KELOMPOK
