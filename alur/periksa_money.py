"""Invariants of the money: each proposal's rupiah is in exactly one row, and each row is what its sources add up to."""

from collections.abc import Iterator

from musrenbang import format as tulis
from musrenbang.models import Musrenbang
from musrenbang.states import Tahap, is_past
from rkp.models import BarisRkp, BarisVersi, Keputusan, RkpVersi, StatusRkp, StatusVersi, SumberBaris
from rkp.prioritas.models import Pemeringkatan, StatusPemeringkatan
from rkp.queries.baris import RESMI
from rkp.queries.content import changeable_content, sources_of
from usulan.merged import grow
from usulan.models import Usulan

SAMA_SEMULA = {Keputusan.BELUM_DIBAHAS, Keputusan.DISEPAKATI, Keputusan.BELUM_DISEPAKATI, Keputusan.DIGABUNG}
"""Decisions under which volume and amount are those of the draft. A reserve may keep what was agreed before."""
KATA = {"kegiatan": "nama", "lokasi": "lokasi", "volume": "volume", "satuan": "satuan", "biaya": "biaya"}


def money_faults(musrenbang: Musrenbang) -> Iterator[str]:
    """Yield one sentence for each proposal or row whose money is lost, counted twice, or not what its sources say."""
    usulan = {u.pk: u for u in Usulan.objects.filter(musrenbang=musrenbang).defer("mentah").order_by("nomor")}
    everything = BarisRkp.objects.filter(rkp__musrenbang=musrenbang).select_related("desa")
    baris = {b.pk: b for b in everything.order_by("nomor")}
    source = SumberBaris.objects.filter(baris__rkp__musrenbang=musrenbang)
    at = dict(source.values_list("usulan", "baris"))
    yield from _proposals(musrenbang, usulan, {u: baris[b] for u, b in at.items()})
    yield from _rows(baris, {b: [usulan[u] for u in at if at[u] == b and u in usulan] for b in set(at.values())})
    if is_past(musrenbang.tahap, Tahap.PERSIAPAN):  # before, what changed since stands in the checklist
        yield from _originals(musrenbang, baris)
    yield from _frozen(musrenbang, baris)
    yield from _paid_twice(musrenbang, baris)


def _proposals(musrenbang: Musrenbang, usulan: dict[int, Usulan], at: dict[int, BarisRkp]) -> Iterator[str]:
    """Each proposal stands in one row; what was merged into another one stands in that one's row."""
    reachable = {u.pk for tree in grow(usulan.values()) for u in tree.walk()}
    for u in usulan.values():
        if u.pk not in reachable:
            yield f"Usulan {u.nomor}: gabungannya melingkar, jadi uangnya tidak terhitung."
            continue
        induk = usulan.get(u.induk_id or 0)
        if u.induk_id and induk is None:
            yield f"Usulan {u.nomor}: digabung ke usulan dari Musrenbang lain."
        if u.pk not in at and (is_past(musrenbang.tahap, Tahap.PERSIAPAN) or (induk and induk.pk in at)):
            yield f"Usulan {u.nomor} ({tulis.rupiah(u.biaya)}) tidak ada di kegiatan RKP mana pun."
        elif induk and u.pk in at and at.get(induk.pk) != at[u.pk]:
            other = f"no. {at[induk.pk].nomor}" if induk.pk in at else "tidak di mana pun"
            yield (
                f"Usulan {u.nomor} digabung ke usulan {induk.nomor}, tetapi di kegiatan no. {at[u.pk].nomor}, "
                f"sedangkan usulan {induk.nomor} {other}."
            )


def _rows(baris: dict[int, BarisRkp], sumber: dict[int, list[Usulan]]) -> Iterator[str]:
    """Each row has one main proposal; a row is merged into one of its own plan that is not merged itself."""
    for b in baris.values():
        main = [str(p.usulan.nomor) for p in grow(sumber.get(b.pk, []))]
        if not main:
            yield f"No. {b.nomor}: tidak punya usulan sumber."
        elif len(main) > 1:
            yield f"No. {b.nomor}: memuat usulan {' dan '.join(main)} yang tidak digabung."
        if b.digabung_ke_id is None:
            continue
        target = baris.get(b.digabung_ke_id)
        if target is None:
            yield f"No. {b.nomor}: digabung ke kegiatan dari RKP lain."
        elif target.digabung_ke_id:
            yield f"No. {b.nomor}: digabung ke no. {target.nomor}, yang sendiri digabung; uangnya tidak terhitung."


def _originals(musrenbang: Musrenbang, baris: dict[int, BarisRkp]) -> Iterator[str]:
    """A row's original equals its sources by their kind of merge; only a change that is called one differs from it."""
    if not baris:
        return
    tree = sources_of(next(iter(baris.values())).rkp)
    for b in baris.values():
        if b.pk not in tree:
            continue
        content = tree[b.pk].isi()
        expected = changeable_content(content)
        nomor = ", ".join(str(n) for n in sorted(u.nomor for u in tree[b.pk].walk()))
        for nama, words in KATA.items():
            if b.semula.get(nama) != expected[nama]:
                yield (
                    f"No. {b.nomor}: {words} semula {_word(nama, b.semula.get(nama))}, menurut usulan {nomor} "
                    f"{_word(nama, expected[nama])}."
                )
        if b.milik != content.milik:
            yield f"No. {b.nomor}: dicatat milik {b.sebutan_desa}, tidak menurut usulan {nomor}."
        current = changeable_content(b)
        for nama in ("volume", "biaya"):
            if b.keputusan in SAMA_SEMULA and current[nama] != b.semula.get(nama):
                yield (
                    f"No. {b.nomor}: {KATA[nama]} {_word(nama, current[nama])} berbeda dari semula "
                    f"{_word(nama, b.semula.get(nama))}, padahal “{b.get_keputusan_display()}”."
                )


def _frozen(musrenbang: Musrenbang, baris: dict[int, BarisRkp]) -> Iterator[str]:
    """While the plan is fixed, the versions that hold carry every row with the figures and decisions it has now."""
    versi = RkpVersi.objects.filter(
        rkp__musrenbang=musrenbang, rkp__status=StatusRkp.DITETAPKAN, jenis__in=RESMI, status=StatusVersi.BERLAKU
    )
    for v in versi:
        frozen = {b.asal_baris_id: b for b in BarisVersi.objects.filter(rkp_versi=v).select_related("desa")}
        for pk, b in baris.items():
            if pk not in frozen:
                yield f"{v}: no. {b.nomor} tidak ada di dalamnya."
                continue
            f = frozen[pk]
            for nama, words, a, c in (
                ("biaya", "biaya", b.biaya, f.biaya),
                ("volume", "volume", b.volume, f.volume),
                ("desa", "milik", b.bagian_teks, f.bagian_teks),
                ("keputusan", "keputusan", b.get_keputusan_display(), f.get_keputusan_display()),
            ):
                if a != c:
                    yield f"{v}: no. {b.nomor} {words} {_word(nama, c)}, padahal sekarang {_word(nama, a)}."


def _paid_twice(musrenbang: Musrenbang, baris: dict[int, BarisRkp]) -> Iterator[str]:
    """A row that is merged into another one gets no money of its own: it would be paid twice."""
    merge = {str(b.nomor): baris[b.digabung_ke_id].nomor for b in baris.values() if b.digabung_ke_id in baris}
    for p in Pemeringkatan.objects.filter(musrenbang=musrenbang, status=StatusPemeringkatan.DITETAPKAN):
        for d in (p.hasil or {}).get("pendanaan", []):
            if d["didanai"] and d["kode"] in merge:
                yield f"No. {d['kode']}: didanai {p.nama}, padahal digabung ke no. {merge[d['kode']]}."


def _word(nama: str, nilai: object) -> str:
    if nilai in (None, ""):
        return "belum diisi"
    return tulis.rupiah(int(str(nilai))) if nama == "biaya" else f"“{nilai}”"
