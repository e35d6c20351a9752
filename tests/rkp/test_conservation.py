"""Whatever groups and plenary do, in any order, back to the preparation and on again: no proposal and no rupiah is lost
or counted twice, whatever is changed in the proposals meanwhile and whichever repair button is pressed."""

import uuid
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alur.periksa_money import money_faults
from alur.periksa_ownership import ownership_faults
from musrenbang.models import Musrenbang
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from rkp.models import PERLU_ALASAN, BarisRkp, Keputusan
from rkp.queries.content import DAPAT_BERUBAH, changeable_content, sources_of
from rkp.queries.kelompok import list_kelompok, usulan_of
from rkp.queries.pagu import recap
from rkp.services.draft import build_draft
from rkp.services.keputusan import decide_baris
from rkp.services.merge import merge_baris, split_baris
from rkp.services.pleno import accept_kelompok
from rkp.services.usulan_kelompok import move_bidang, save_usulan_kelompok
from rkp.syarat import draft_composed
from tests.rkp.buttons import press_repairs
from tests.rkp.conftest import NILAI
from usulan.merged import double_counted, grow
from usulan.models import ParentRelation, Usulan, UsulanOrigin
from usulan.ownership import Coverage, Ownership
from usulan.services.merge import merge_usulan, split_usulan
from usulan.services.usulan import set_ownership, update_usulan
from usulan.services.without_file import submit_usulan, withdraw_usulan

SIDANG = ["usul", "putus", "gabung", "pisah", "pindah", "terima", "pleno", "kelompok", "persiapan"]
PRA = [
    "ubah_usulan",
    "ubah_milik",
    "usulan_baru",
    "gabung_usulan",
    "pisah_usulan",
    "tarik_usulan",
    "susun",
    "bereskan",
    "maju",
]
LANGKAH = st.tuples(
    st.sampled_from([*SIDANG, *PRA]),
    st.integers(1, 8),
    st.integers(1, 8),
    st.sampled_from([k for k in Keputusan.values if k not in ("belum_dibahas", "digabung")]),
    st.booleans(),
    st.booleans(),
)


def _content(b, keputusan, ubah, reasoned):
    content = {k: getattr(b, k) for k in DAPAT_BERUBAH}
    content |= {"volume": (b.volume or Decimal(1)) + 1, "biaya": (b.biaya or 0) + 1_000_000} if ubah else {}
    alasan = {"alasan_kode": "lainnya", "alasan": "Menurut rapat."} if reasoned else {"alasan_kode": "", "alasan": ""}
    return {"keputusan": keputusan, **content, **alasan}


def _perform(acara, drafts, by, step, client):
    what, i, j, keputusan, change, reasoned = step
    acara.refresh_from_db()
    if what in PRA:
        return _prepare(acara, by, what, (i, j, change, reasoned), client)
    if what in ("pleno", "kelompok", "persiapan"):
        if acara.tahap != Tahap.PERSIAPAN or what == "persiapan":
            Musrenbang.objects.filter(pk=acara.pk).update(tahap=what)
        return None
    a, b = (drafts.baris.select_related("rkp__musrenbang").filter(nomor=n).first() for n in (i, j))
    if a is None or b is None:
        return None
    result = {h.kelompok.bidang_id: h for h in list_kelompok(acara)}
    if a.bidang_id not in result or b.bidang_id not in result:
        return None
    kelompok = result[a.bidang_id].kelompok
    alasan = "Menurut rapat." if reasoned else ""
    if what == "usul":
        content = _content(a, keputusan, change, reasoned)
        usulan = usulan_of(a, kelompok)
        save_usulan_kelompok(
            kelompok=kelompok,
            baris=a,
            versi=usulan.versi if usulan.pk else 0,
            by=by,
            nilai=NILAI,
            catatan="",
            usul=content.pop("keputusan"),
            **content,
        )
    elif what == "putus":
        decide_baris(baris=a, versi=a.versi, by=by, **_content(a, keputusan, change, reasoned))
    elif what == "gabung":
        cara = "sama" if change else "bagian"
        merge_baris(baris=a, versi=a.versi, ke=b.pk, by=by, hubungan=cara, alasan=alasan, kelompok=kelompok)
    elif what == "pisah":
        split_baris(baris=a, versi=a.versi, by=by, kelompok=kelompok)
    elif what == "pindah":
        move_bidang(kelompok=kelompok, baris=a, tujuan=result[b.bidang_id].kelompok.pk, by=by, alasan=alasan)
    else:
        accept_kelompok(kelompok=kelompok, sidik=result[a.bidang_id].sidik, by=by)
    return None


def _prepare(acara, by, what, pilihan, client):
    """What happens to proposals and draft in the preparation; other stages refuse it."""
    i, j, change, reasoned = pilihan
    a, b = (Usulan.objects.filter(musrenbang=acara, nomor=n).select_related("musrenbang").first() for n in (i, j))
    if what == "bereskan":
        press_repairs(acara, client)
    elif what == "maju":
        if acara.tahap == Tahap.PERSIAPAN and not [k for k in draft_composed(acara) if k.wajib]:
            Musrenbang.objects.filter(pk=acara.pk).update(tahap=Tahap.KELOMPOK)
    elif what == "susun":
        build_draft(musrenbang=acara, by=by)
    elif what == "usulan_baru":
        own = _own(acara, i, j)
        asal = UsulanOrigin.FORMULIR if own.cakupan != Coverage.KECAMATAN and reasoned else UsulanOrigin.KECAMATAN
        submit_usulan(
            musrenbang=acara,
            kunci=uuid.uuid4(),
            asal=asal,
            by=by,
            kegiatan=f"Pengerasan jalan {i}",
            volume=Decimal(j),
            satuan="m",
            biaya=i * 1_000_001 if change else None,
            **own.columns(),
        )
    elif a is None or b is None:
        return
    elif what == "ubah_usulan":
        content = (
            {"biaya": j * 7_000_000 if change else None} if reasoned else {"volume": Decimal(j) if change else None}
        )
        update_usulan(usulan=a, versi=a.versi, by=by, **content)
    elif what == "ubah_milik":
        set_ownership(usulan=a, versi=a.versi, owned=_own(acara, i, j), by=by)
    elif what == "gabung_usulan":
        cara = ParentRelation.SAMA if change else ParentRelation.BAGIAN
        merge_usulan(main=a, other=b, hubungan=cara, by=by)
    elif what == "pisah_usulan":
        split_usulan(usulan=a, by=by)
    else:
        withdraw_usulan(usulan=a, by=by)


def _own(acara, i, j):
    """The kecamatan, one desa, or two or three with shares that do not divide evenly."""
    desa = list(acara.kecamatan.desa_set.all())[j % 3 :][: i % 4]
    return Ownership.of(desa, [3 * n + j for n in range(1, len(desa) + 1)] if j % 2 else None)


def _periksa(acara, drafts):
    acara.refresh_from_db()
    assert list(money_faults(acara)) == []
    assert list(ownership_faults(acara)) == []
    everything = list(BarisRkp.objects.filter(rkp=drafts).prefetch_related("sumber"))
    usulan = list(Usulan.objects.filter(musrenbang=acara))
    in_baris = sorted(s.usulan_id for b in everything for s in b.sumber.all())
    assert in_baris == sorted({*in_baris}), "no proposal stands in two rows"
    if acara.tahap != Tahap.PERSIAPAN:
        assert in_baris == sorted(u.pk for u in usulan)
    tree = sources_of(drafts)
    root = [tree[b.pk] for b in everything if b.keputusan != Keputusan.DIGABUNG]
    root += [p for p in grow(usulan) if p.usulan.pk not in in_baris]
    ganda = sum(u.biaya or 0 for u in double_counted(root))
    assert sum(p.isi().diketahui for p in root) + ganda == sum(u.biaya or 0 for u in usulan)
    assert sum(r.rp for r in recap(acara)["Desa"]) == sum(
        b.biaya or 0 for b in everything if b.keputusan != Keputusan.DIGABUNG
    )
    for b in everything:
        assert (b.keputusan == Keputusan.DIGABUNG) == (b.digabung_ke_id is not None)
        assert b.keputusan not in PERLU_ALASAN or (b.alasan and b.alasan_kode)
        changed = changeable_content(b) != b.semula
        assert changed == (b.keputusan == Keputusan.DENGAN_PERUBAHAN)
        if b.digabung_ke_id:
            assert next(x for x in everything if x.pk == b.digabung_ke_id).keputusan != Keputusan.DIGABUNG


@pytest.fixture
def meja(acara, kelompok, draft_event, cast, masuk):
    """Plain values for hypothesis: nothing here changes between examples."""
    return acara, draft_event, cast["pemandu"], masuk("pak_sekcam")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(LANGKAH, min_size=4, max_size=20))
def test_nothing_is_lost(meja, steps):
    acara, draft, by, client = meja
    back = transaction.savepoint()
    rejected = []
    for one in steps:
        try:
            with transaction.atomic():
                _perform(acara, draft, by, one, client)
        except Refused as refusal:
            rejected.append(str(refusal))
        else:  # what was refused was taken back, so everything is as it was
            _periksa(acara, draft)
    assert all(len(kata) > 20 for kata in rejected), "every refusal explains itself"
    transaction.savepoint_rollback(back)
    assert Musrenbang.objects.get(pk=acara.pk).tahap == Tahap.KELOMPOK
