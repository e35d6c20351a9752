"""What a group proposes: outcome, scores, order, and rows handed to another group."""

from typing import Any

from django.db import transaction
from django.db.models import F, Q

from musrenbang import audit
from musrenbang.kunci import lock_musrenbang
from musrenbang.models import Pengguna
from musrenbang.persiapan.queries import kriteria_for
from musrenbang.sidang.queries.agenda import order_digest
from musrenbang.transisi import Refused
from rkp.izin import BOLEH_KELOMPOK
from rkp.models import PERLU_ALASAN, BarisRkp, Kelompok, Keputusan, StatusKelompok, UsulanKelompok
from rkp.queries.baris import summary_line
from rkp.queries.kelompok import hasil_kelompok, order_of_group, usulan_of
from rkp.services.draft import fresh_baris
from rkp.services.keputusan import check_biaya, check_putusan


@transaction.atomic
def save_usulan_kelompok(
    *,
    kelompok: Kelompok,
    baris: BarisRkp,
    versi: int,
    by: Pengguna,
    nilai: dict[str, int],
    dipastikan: int | None = None,
    **fields: Any,
) -> UsulanKelompok:
    """Store what the group proposes about one of its rows.

    ``fields``: usul, alasan_kode, alasan, kegiatan, lokasi, volume, satuan, biaya (rupiah), catatan. ``nilai``: scores
    1 to 5 by criterion. ``versi`` is that of the proposal the person saw, 0 for none yet. Raises Refused by the same
    rules as a decision, for an unknown score, a row of another group, a signed result, and a stale page;
    NeedsConfirmation for a cost far above the draft's.
    """
    current, old = _lock(kelompok, baris)
    if old.versi * (old.pk is not None) != versi:
        now = f"“{old.get_usul_display() or 'belum dibahas'}”, {summary_line(old)}"
        raise Refused(audit.stale(current, f"no. {current.nomor}", "kelompok.diusulkan", now=now))
    kriteria = kriteria_for(kelompok.musrenbang)
    kode = {k["kode"] for k in kriteria}
    if set(nilai) - kode or any(n not in range(1, 6) for n in nilai.values()):
        raise Refused("Skor tiap kriteria adalah 1 sampai 5. Muat ulang halaman bila kriterianya berubah.")
    fields = {k: v.strip() if isinstance(v, str) else v for k, v in fields.items()}
    if fields["usul"]:
        check_putusan(current.semula, fields | {"keputusan": fields["usul"]})
    if fields["usul"] not in PERLU_ALASAN:
        fields |= {"alasan_kode": "", "alasan": ""}
    new = fields | {"nilai": nilai}
    details = audit.diff({k: getattr(old, k) for k in new}, new)
    origin = old.usul
    if not details:
        return old
    details = name_scores(details, old.nilai, nilai, kriteria)
    times = check_biaya(current, fields["biaya"], dipastikan)
    for nama, one in new.items():
        setattr(old, nama, one)
    old.versi += old.pk is not None
    old.save()
    if times:
        details["dipastikan"] = ["", times]
    details["kelompok"] = ["", kelompok.nama]
    audit.record(
        musrenbang=kelompok.musrenbang,
        by=by,
        aksi="kelompok.diusulkan",
        objek=current,
        dari=origin,
        ke=old.usul,
        alasan=old.alasan,
        rincian=details,
    )
    return old


def name_scores(
    details: dict[str, Any], before: dict[str, int], after: dict[str, int], kriteria: list[dict[str, Any]]
) -> dict[str, Any]:
    """Return the details of an audit row with each changed score under the name of its criterion, as it is called now.

    The trail is read years later, when nobody knows what C1 was; candidates of a ranking are recorded alike.
    """
    names = {k["kode"]: k["nama"] for k in kriteria}
    scores = audit.diff({k: before.get(k) for k in before | after}, {k: after.get(k) for k in before | after})
    return {k: v for k, v in details.items() if k != "nilai"} | {names.get(k, k): v for k, v in scores.items()}


@transaction.atomic
def move_bidang(*, kelompok: Kelompok, baris: BarisRkp, tujuan: int, by: Pengguna, alasan: str) -> Kelompok:
    """Hand a row, with what is merged into it, to another group that still discusses.

    What was proposed about it is left behind in the trail.
    """
    current, old = _lock(kelompok, baris)
    to = Kelompok.objects.filter(musrenbang=kelompok.musrenbang, pk=tujuan).exclude(pk=kelompok.pk).first()
    if to is None:
        raise Refused("Pilih kelompok yang menerima kegiatan ini.")
    if to.status != StatusKelompok.BERLANGSUNG:
        raise Refused(f"{to.nama} sudah menandatangani hasilnya. Minta mereka membukanya lagi, atau bawa ke pleno.")
    if len(alasan.strip()) < 5:
        raise Refused("Tuliskan mengapa kegiatan ini dipindah.")
    BarisRkp.objects.filter(Q(pk=current.pk) | Q(digabung_ke=current)).update(bidang=to.bidang_id, versi=F("versi") + 1)
    if old.pk:
        old.delete()
    audit.record(
        musrenbang=kelompok.musrenbang,
        by=by,
        aksi="kelompok.pindah_bidang",
        objek=current,
        alasan=alasan.strip(),
        rincian={"bidang": [kelompok.bidang.nama, to.bidang.nama]},
    )
    return to


@transaction.atomic
def reorder_kelompok(*, kelompok: Kelompok, urutan: list[int], sidik: str, by: Pengguna) -> None:
    """Put the ranked rows into the order of ``urutan`` (keys of rows); ``sidik`` is the order that the page showed."""
    _lock_open(kelompok)
    previous = order_of_group(kelompok)
    if sidik != order_digest(previous) or sorted(urutan) != sorted(previous):
        raise Refused("Urutan atau keputusan baru saja diubah orang lain. Muat ulang halaman, lalu pindahkan lagi.")
    _write_order(kelompok, previous, urutan, by)


@transaction.atomic
def move_rank(*, kelompok: Kelompok, baris: int, tempat: int, sidik: str, by: Pengguna) -> None:
    """Put one ranked row at a place counted from 1; raise Refused for a row without rank and a stale page."""
    _lock_open(kelompok)
    previous = order_of_group(kelompok)
    if sidik != order_digest(previous):
        raise Refused("Urutan atau keputusan baru saja diubah orang lain. Periksa lagi urutannya, lalu pindahkan lagi.")
    if baris not in previous:
        raise Refused("Hanya kegiatan yang disepakati dan cadangan yang diberi peringkat. Putuskan dahulu kegiatannya.")
    new = [pk for pk in previous if pk != baris]
    new.insert(max(0, tempat - 1), baris)
    _write_order(kelompok, previous, new, by)


def _write_order(kelompok: Kelompok, previous: list[int], new: list[int], by: Pengguna) -> None:
    if new == previous:
        return
    store_order(kelompok, new)
    nomor = dict(BarisRkp.objects.filter(pk__in=new).values_list("pk", "nomor"))
    audit.record(
        musrenbang=kelompok.musrenbang,
        by=by,
        aksi="kelompok.diurutkan",
        objek=kelompok,
        rincian={"urutan": [nomor[pk] for pk in new]},
    )


def store_order(kelompok: Kelompok, urutan: list[int]) -> None:
    """Write the places 1, 2, ... to the proposals of the rows in ``urutan`` (a query for each stretch that moved).

    Moving one row shifts all between its two places by one: a stretch with the same shift is one UPDATE.
    """
    own = UsulanKelompok.objects.filter(kelompok=kelompok, baris__in=urutan)
    previous = dict(own.values_list("baris", "peringkat"))
    shifts: dict[int, list[int]] = {}
    unplaced = []
    for place, pk in enumerate(urutan, 1):
        before = previous[pk]
        if before is None:
            unplaced.append((pk, place))
        elif before != place:
            shifts.setdefault(place - before, []).append(pk)
    if len(shifts) + len(unplaced) > 8:  # everything is new: one statement with a case for each row
        usulan = {u.baris_id: u for u in own}
        for place, pk in enumerate(urutan, 1):
            usulan[pk].peringkat = place
        UsulanKelompok.objects.bulk_update(usulan.values(), ["peringkat"], batch_size=500)
        return
    for shift, keys in shifts.items():
        own.filter(baris__in=keys).update(peringkat=F("peringkat") + shift)
    for pk, place in unplaced:
        own.filter(baris=pk).update(peringkat=place)


@transaction.atomic
def rank_by_score(*, kelompok: Kelompok, by: Pengguna) -> None:
    """Put the ranked rows into the order of their scores, highest first; equal scores keep their order."""
    _lock_open(kelompok)
    baris = [b for b in hasil_kelompok(kelompok).baris if b.diperingkat]
    previous = [b.baris.pk for b in baris]
    new = [b.baris.pk for b in sorted(baris, key=lambda b: -(b.skor or 0))]
    reorder_kelompok(kelompok=kelompok, urutan=new, sidik=order_digest(previous), by=by)


def _lock_open(kelompok: Kelompok) -> Kelompok:
    lock_musrenbang(kelompok.musrenbang, BOLEH_KELOMPOK)
    current = Kelompok.objects.get(pk=kelompok.pk)
    check_open(current)
    return current


def check_open(kelompok: Kelompok) -> None:
    """Raise Refused for a group that has signed: its result says who led, who wrote and what was proposed."""
    if kelompok.status != StatusKelompok.BERLANGSUNG:
        raise Refused(f"Hasil {kelompok.nama} sudah dikunci. Buka lagi dengan alasan bila harus diubah.")


def _lock(kelompok: Kelompok, baris: BarisRkp) -> tuple[BarisRkp, UsulanKelompok]:
    """Lock event, group and row; return the row and its proposal (unsaved when there is none yet)."""
    _lock_open(kelompok)
    current = fresh_baris(baris)
    if current.bidang_id != kelompok.bidang_id or current.keputusan == Keputusan.DIGABUNG:
        raise Refused(f"No. {current.nomor} tidak lagi di kelompok ini. Muat ulang halaman untuk melihat daftarnya.")
    return current, usulan_of(current, kelompok)
