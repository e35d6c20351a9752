"""A grid changes one cell, or the ticked rows, at a time: what a key press means, said to the services of the forms.

Every change returns what the row was before (``Step``), so that it can be taken back for a minute.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from musrenbang import audit
from musrenbang.kunci import allowed_in
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.transisi import Refused
from rkp.izin import BOLEH_KELOMPOK, BOLEH_KEPUTUSAN
from rkp.models import SEPAKAT, Alasan, BarisRkp, Kelompok, Keputusan, UsulanKelompok
from rkp.queries.content import DAPAT_BERUBAH, changeable_content
from rkp.queries.kelompok import hasil_kelompok, usulan_of
from rkp.services.keputusan import decide_baris
from rkp.services.pleno import accept_baris
from rkp.services.usulan_kelompok import save_usulan_kelompok

TERIMA = "usul"
"""The outcome that takes over whatever the group of a row proposes."""
DARI_USULAN = ("usul", "alasan_kode", "alasan", *DAPAT_BERUBAH, "catatan", "nilai")
DARI_BARIS = ("keputusan", "alasan_kode", "alasan", *DAPAT_BERUBAH)


@dataclass(frozen=True)
class Step:
    """One changed row: its version after the change, and what stood in it before."""

    baris: int
    versi: int
    before: dict[str, Any]


@dataclass(frozen=True)
class Bulk:
    """What became of many rows: those changed, and the numbers of those left alone because of their content.

    ``unpriced``: works without a cost. Nobody agrees to them by the dozen: neither a group nor the plan can be closed
    with one (column 9 of Tabel T-D.4), so a row is priced or decided by itself.
    """

    steps: list[Step]
    stale: list[int]
    changed_content: list[int]
    unpriced: list[int]


def set_usulan(
    *, kelompok: Kelompok, baris: BarisRkp, versi: int, by: Pengguna, dipastikan: int | None = None, **change: Any
) -> Step | None:
    """Change some values of what a group proposes about a row: outcome with its reason, one score, one content.

    ``change``: keys of ``DARI_USULAN``, and ``skor`` as (criterion, 1 to 5 or None). Content that differs from the
    draft makes the outcome "disepakati dengan perubahan"; back at the draft it is "disepakati". Returns None when
    nothing differs (a second click). Raises what ``save_usulan_kelompok`` raises.
    """
    before = usulan_of(baris, kelompok)
    values = _values(before, DARI_USULAN)
    wanted = _wanted(values | change, baris.semula, "usul", changed=bool(change.keys() & set(DAPAT_BERUBAH)))
    if "skor" in change:
        kode, nilai = wanted.pop("skor")
        wanted["nilai"] = {k: n for k, n in (values["nilai"] | {kode: nilai}).items() if n is not None}
    if wanted == values:
        return None
    after = save_usulan_kelompok(kelompok=kelompok, baris=baris, versi=versi, by=by, dipastikan=dipastikan, **wanted)
    return Step(baris.pk, after.versi, values)


def set_keputusan(
    *, baris: BarisRkp, versi: int, by: Pengguna, dipastikan: int | None = None, **change: Any
) -> Step | None:
    """Change the decision of a row, or one of the values that a decision may change; None when nothing differs."""
    values = _values(baris, DARI_BARIS)
    wanted = _wanted(values | change, baris.semula, "keputusan", changed=bool(change.keys() & set(DAPAT_BERUBAH)))
    if wanted == values:
        return None
    after = decide_baris(baris=baris, versi=versi, by=by, dipastikan=dipastikan, **wanted)
    return Step(baris.pk, after.versi, values)


def accept_usulan(*, baris: BarisRkp, versi: int, by: Pengguna) -> Step | None:
    """Take over what the group proposes for a row; raises what ``accept_baris`` raises."""
    values = _values(baris, DARI_BARIS)
    after = accept_baris(baris=baris, versi=versi, by=by)
    return None if after.versi == versi else Step(baris.pk, after.versi, values)


def _values(row: UsulanKelompok | BarisRkp, names: Iterable[str]) -> dict[str, Any]:
    return {nama: getattr(row, nama) for nama in names}


def _wanted(values: dict[str, Any], semula: Mapping[str, str | None], outcome: str, *, changed: bool) -> dict[str, Any]:
    """Set the outcome by the content when the content is what somebody typed."""
    if not changed:
        return values
    draft = BarisRkp(**{k: values[k] for k in DAPAT_BERUBAH})
    if changeable_content(draft) != semula:
        kode = values["alasan_kode"] or Alasan.DISESUAIKAN
        return values | {outcome: Keputusan.DENGAN_PERUBAHAN, "alasan_kode": kode}
    if values[outcome] == Keputusan.DENGAN_PERUBAHAN:
        return values | {outcome: Keputusan.DISEPAKATI, "alasan_kode": "", "alasan": ""}
    return values


@allowed_in(BOLEH_KELOMPOK, of="kelompok.musrenbang")
def propose_many(
    *,
    kelompok: Kelompok,
    versions: Mapping[int, int] | None,
    usul: str,
    alasan_kode: str,
    alasan: str,
    by: Pengguna,
) -> Bulk:
    """Propose one outcome for many rows of a group; ``versions``: {row: version seen}, None for all undecided ones.

    Rows that somebody changed since, rows whose content was changed, and works without a cost that should be agreed are
    left alone and named.
    """
    _check_bulk(usul)
    steps, stale, changed, unpriced = [], [], [], []
    for row in hasil_kelompok(kelompok).baris:
        if row.usul if versions is None else row.baris.pk not in versions:
            continue
        versi = row.usulan.versi if row.usulan else 0
        if versions is not None and versions[row.baris.pk] != versi:
            stale.append(row.baris.nomor)
        elif row.usul == Keputusan.DENGAN_PERUBAHAN or (row.usulan and _differs(row.usulan, row.baris)):
            changed.append(row.baris.nomor)
        elif usul == Keputusan.DISEPAKATI and row.isi.biaya is None:
            unpriced.append(row.baris.nomor)
        else:
            step = set_usulan(
                kelompok=kelompok,
                baris=row.baris,
                versi=versi,
                by=by,
                usul=usul,
                alasan_kode=alasan_kode,
                alasan=alasan,
            )
            steps += [step] if step else []
    return Bulk(steps, stale, changed, unpriced)


def _differs(row: Any, baris: BarisRkp) -> bool:
    """Say whether a row, or what a group proposes of it, has other content than the draft, decided or not."""
    return bool(changeable_content(row) != baris.semula)


@allowed_in(BOLEH_KEPUTUSAN)
def decide_many(
    *,
    musrenbang: Musrenbang,
    versions: Mapping[int, int],
    keputusan: str,
    alasan_kode: str,
    alasan: str,
    by: Pengguna,
) -> Bulk:
    """Decide many rows alike; ``versions``: {row: version seen}.

    Stale rows, changed content and works without a cost that would be agreed are left and named.
    """
    if keputusan != TERIMA:
        _check_bulk(keputusan)
    steps, stale, changed, unpriced = [], [], [], []
    without = _unpriced_proposals(versions) if keputusan == TERIMA else set()
    rows = BarisRkp.objects.filter(rkp__musrenbang=musrenbang, pk__in=versions).select_related("rkp__musrenbang")
    for row in rows.exclude(keputusan=Keputusan.DIGABUNG):
        if row.versi != versions[row.pk]:
            stale.append(row.nomor)
        elif row.keputusan == Keputusan.DENGAN_PERUBAHAN or (keputusan != TERIMA and _differs(row, row)):
            changed.append(row.nomor)
        elif row.pk in without or (keputusan == Keputusan.DISEPAKATI and row.biaya is None):
            unpriced.append(row.nomor)
        elif keputusan == TERIMA:
            step = _accept_named(row, by)
            steps += [step] if step else []
        else:
            step = set_keputusan(
                baris=row, versi=row.versi, by=by, keputusan=keputusan, alasan_kode=alasan_kode, alasan=alasan
            )
            steps += [step] if step else []
    return Bulk(steps, stale, changed, unpriced)


def _unpriced_proposals(rows: Iterable[int]) -> set[int]:
    """Return the rows that their group agrees to without a cost."""
    agreed = UsulanKelompok.objects.filter(baris__in=rows, usul__in=SEPAKAT, biaya=None)
    return set(agreed.values_list("baris", flat=True))


def _accept_named(row: BarisRkp, by: Pengguna) -> Step | None:
    try:
        return accept_usulan(baris=row, versi=row.versi, by=by)
    except Refused as refusal:
        raise Refused(f"No. {row.nomor}: {refusal} Belum ada yang diterima.") from refusal


def _check_bulk(outcome: str) -> None:
    if outcome not in (Keputusan.DISEPAKATI, Keputusan.CADANGAN, Keputusan.BELUM_DISEPAKATI):
        raise Refused(
            "Untuk banyak kegiatan sekaligus pilih “Disepakati”, “Cadangan”, atau “Belum disepakati”. Perubahan diisi "
            "di barisnya masing-masing."
        )


@dataclass(frozen=True)
class Undone:
    """What became of rows that were to be taken back: how many went back, how many had gone back before, who stayed.

    ``left``: keys of rows that somebody changed since; they stay as they are.
    """

    back: int
    before: int
    left: list[int]


@transaction.atomic
def undo_usulan(*, kelompok: Kelompok, steps: list[Step], by: Pengguna) -> Undone:
    """Give rows of a group what was proposed before; raise Refused when not a single one can be taken back."""

    def now(baris: BarisRkp) -> tuple[int, dict[str, Any]]:
        usulan = usulan_of(baris, kelompok)
        return usulan.versi, _values(usulan, DARI_USULAN)

    def put_back(baris: BarisRkp, step: Step) -> None:
        save_usulan_kelompok(
            kelompok=kelompok, baris=baris, versi=step.versi, by=by, dipastikan=step.before["biaya"], **step.before
        )

    return _undo(kelompok.musrenbang, steps, now, put_back)


@transaction.atomic
def undo_keputusan(*, musrenbang: Musrenbang, steps: list[Step], by: Pengguna) -> Undone:
    """Give rows of the plan the decision from before; raise Refused when not a single one can be taken back."""

    def now(baris: BarisRkp) -> tuple[int, dict[str, Any]]:
        return baris.versi, _values(baris, DARI_BARIS)

    def put_back(baris: BarisRkp, step: Step) -> None:
        decide_baris(baris=baris, versi=step.versi, by=by, dipastikan=step.before["biaya"], **step.before)

    return _undo(musrenbang, steps, now, put_back)


def _undo(
    musrenbang: Musrenbang,
    steps: list[Step],
    now: Callable[[BarisRkp], tuple[int, dict[str, Any]]],
    put_back: Callable[[BarisRkp, Step], None],
) -> Undone:
    """Put each row back that is as the step left it. One that is back already (a second tap) is nobody's change."""
    rows = BarisRkp.objects.filter(rkp__musrenbang=musrenbang).select_related("rkp__musrenbang")
    found = rows.in_bulk([step.baris for step in steps])
    left: dict[int, Refused] = {}
    before = 0
    for step in steps:
        try:
            with transaction.atomic():
                before += not _put_back(found.get(step.baris), step, now, put_back)
        except Refused as refusal:
            left[step.baris] = refusal
    if left and len(left) == len(steps):
        raise next(iter(left.values()))
    return Undone(len(steps) - before - len(left), before, list(left))


def _put_back(
    baris: BarisRkp | None,
    step: Step,
    now: Callable[[BarisRkp], tuple[int, dict[str, Any]]],
    put_back: Callable[[BarisRkp, Step], None],
) -> bool:
    """Put one row back; return whether there was anything to do."""
    if baris is None:
        raise Refused("Kegiatan itu sudah tidak ada. Muat ulang halaman.")
    versi, values = now(baris)
    if not audit.diff(values, step.before):
        return False
    if versi != step.versi:
        raise Refused(f"No. {baris.nomor} sudah diubah lagi sesudah itu, jadi tidak dikembalikan.")
    put_back(baris, step)
    return True
