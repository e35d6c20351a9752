"""Sorting agreed works to SKPD by their tupoksi (seed C.3)."""

from decimal import Decimal

from django.db import transaction
from django.db.models import F

from musrenbang import audit, transisi
from musrenbang.kunci import allowed_in, lock_musrenbang
from musrenbang.models import Musrenbang, Pengguna, Skpd
from musrenbang.sebutan import sebutan
from musrenbang.transisi import Refused
from rkp.dana import PENUH
from rkp.models import BarisVersi
from rkp.queries.dana import dana_of, with_dana
from tindak_lanjut.izin import BOLEH_PEMILAHAN
from tindak_lanjut.models import MOVES_PILAHAN, Pilahan, StatusPilahan
from tindak_lanjut.queries.pemilahan import list_questions, rows_to_sort, sorter_of, suggestions
from usulan.sorting import BATAS_YAKIN, Sorter

SEPAKAT_RKP = 0.2
"""What it adds to the confidence that the plan itself names the same SKPD."""
JANGAN_YAKIN = BATAS_YAKIN - 0.05


@transaction.atomic
def start_pemilahan(*, musrenbang: Musrenbang, by: Pengguna, alasan: str = "") -> None:
    """Suggest an SKPD for every agreed work (effect of the move into the sorting); a second call adds nothing.

    A work that programmes pay in full leaves the sorting; of one that they pay in part the rest is asked for.
    """
    existing = set(Pilahan.objects.filter(musrenbang=musrenbang).values_list("baris", flat=True))
    sorter = sorter_of(musrenbang.kecamatan.kabupaten, musrenbang.tahun_rencana)
    new = [_entry(musrenbang, b, sorter) for b in rows_to_sort(musrenbang) if b.pk not in existing]
    Pilahan.objects.bulk_create(new, batch_size=500)
    sure = sum(p.status == StatusPilahan.DISARANKAN for p in new)
    funded = sum(p.status == StatusPilahan.DIDANAI for p in new)
    audit.record(
        musrenbang=musrenbang,
        by=by,
        aksi="pemilahan.disarankan",
        objek=musrenbang,
        rincian={
            "kegiatan": len(new),
            "disarankan": sure,
            "perlu_dipilih": len(new) - sure - funded,
            "didanai_program": funded,
        },
    )


def _entry(musrenbang: Musrenbang, baris: BarisVersi, sorter: Sorter) -> Pilahan:
    dana = dana_of(baris)
    if dana.keadaan == PENUH:
        return Pilahan(
            musrenbang=musrenbang, baris=baris, status=StatusPilahan.DIDANAI, sebab=dana.kalimat[:300], diminta=0
        )
    one = _suggestion(musrenbang, baris, sorter)
    one.diminta = dana.sisa
    return one


def _suggestion(musrenbang: Musrenbang, baris: BarisVersi, sorter: Sorter) -> Pilahan:
    """The SKPD that the plan, the words and the programme code name: where they differ, a person chooses."""
    rkp = baris.skpd
    suggestion = next(iter(suggestions(sorter, baris)), None) or sorter.by_program(baris.program)
    if suggestion is None and rkp is None:
        return Pilahan(musrenbang=musrenbang, baris=baris, sebab="tidak ada kata yang dikenal")
    if suggestion is None or (rkp and suggestion.skpd == rkp.pk):
        limit = (
            JANGAN_YAKIN if suggestion and suggestion.jenis else 1.0
        )  # the plan's SKPD is no decision about shared works
        sure = min(
            limit, (suggestion.keyakinan if suggestion else BATAS_YAKIN - SEPAKAT_RKP) + (SEPAKAT_RKP if rkp else 0)
        )
        reason = " dan ".join(
            x for x in (f"{sebutan.Skpd} dalam RKP {sebutan.Kecamatan}", suggestion.sebab if suggestion else "") if x
        )
        skpd = rkp.pk if rkp else None
    else:
        sure, reason, skpd = suggestion.keyakinan, suggestion.sebab, suggestion.in_list
        if rkp:
            sure, reason = min(sure, BATAS_YAKIN / 2), f"{reason}; dalam RKP tertulis {rkp.nama}"
        if skpd is None:  # an office that the list does not have: the plan's own is shown, a person decides
            sure, skpd = min(sure, BATAS_YAKIN / 2), rkp.pk if rkp else None
    if skpd and not sorter.fits(skpd, baris.program):
        sure, reason = min(sure, BATAS_YAKIN / 2), f"{reason}; kode programnya bukan milik {sebutan.skpd} itu"
    return Pilahan(
        musrenbang=musrenbang,
        baris=baris,
        skpd_id=skpd,
        keyakinan=Decimal(f"{sure:.3f}"),
        sebab=reason[:300],
        status=StatusPilahan.DISARANKAN if sure >= BATAS_YAKIN else StatusPilahan.ANTRE,
    )


@transaction.atomic
def choose_skpd(*, pilahan: Pilahan, versi: int, by: Pengguna, skpd: Skpd) -> Pilahan:
    """Settle where a work goes. Raises Refused when somebody else did it first, or for an SKPD of another kabupaten."""
    current, one = _lock(pilahan)
    if one.status == StatusPilahan.DITETAPKAN and one.skpd_id == skpd.pk:
        return one
    if one.versi != versi or one.status == StatusPilahan.DITETAPKAN:
        raise Refused(f"No. {one.baris.nomor} sudah diubah orang lain: {one.skpd or 'dikembalikan ke antrean'}.")
    if skpd.kabupaten_id != current.kecamatan.kabupaten_id:
        raise Refused(f"{sebutan.Skpd} itu bukan milik {sebutan.kabupaten} ini.")
    _settle(current, one, by, skpd)
    return one


@allowed_in(BOLEH_PEMILAHAN)
def answer_kind(*, musrenbang: Musrenbang, by: Pengguna, jenis: str, skpd: Skpd, pilahan_ids: list[int]) -> int:
    """Settle the waiting works of one shared kind with the SKPD that does such works here. Return how many.

    ``pilahan_ids`` are those that the person saw; what was decided meanwhile, or is of another kind, is left alone.
    Later works of the kind follow, in every kecamatan of the kabupaten. Raises Refused for an SKPD of another one.
    """
    if skpd.kabupaten_id != musrenbang.kecamatan.kabupaten_id:
        raise Refused(f"{sebutan.Skpd} itu bukan milik {sebutan.kabupaten} ini.")
    own = next((t.kunci for t in list_questions(musrenbang) if t.jenis == jenis), [])
    everything = (
        Pilahan.objects.select_for_update(of=("self",))
        .select_related("skpd", "baris")
        .filter(musrenbang=musrenbang, pk__in=set(own) & set(pilahan_ids), status=StatusPilahan.ANTRE)
    )
    jumlah = 0
    for one in everything:
        _settle(musrenbang, one, by, skpd)
        jumlah += 1
    if not jumlah:
        raise Refused(
            f"Tidak ada lagi kegiatan {jenis} yang menunggu: sudah diputuskan orang lain. Muat ulang halaman."
        )
    return jumlah


@allowed_in(BOLEH_PEMILAHAN)
def confirm_many(*, musrenbang: Musrenbang, by: Pengguna, pilahan_ids: list[int]) -> int:
    """Settle the suggestions that are ticked; what is no longer a suggestion is left alone. Return how many."""
    everything = (
        Pilahan.objects.select_for_update(of=("self",))
        .select_related("skpd", "baris")
        .filter(musrenbang=musrenbang, pk__in=pilahan_ids, status=StatusPilahan.DISARANKAN)
    )
    jumlah = 0
    for one in everything:
        assert one.skpd
        _settle(musrenbang, one, by, one.skpd)
        jumlah += 1
    return jumlah


@transaction.atomic
def requeue_pilahan(*, pilahan: Pilahan, by: Pengguna, alasan: str, bukan: bool = False) -> Pilahan:
    """Send a settled work back to the queue. ``bukan``: its SKPD said that it is none of its business."""
    current, one = _lock(pilahan)
    if len(alasan.strip()) < 5:
        raise Refused("Tuliskan alasannya dalam satu kalimat.")
    Pilahan.objects.filter(pk=one.pk).update(pengiriman=None)
    transisi.move(
        one,
        dari=StatusPilahan.DITETAPKAN,
        ke=StatusPilahan.ANTRE,
        table=MOVES_PILAHAN,
        musrenbang=current,
        by=by,
        alasan=alasan.strip(),
        rincian={"skpd": [str(one.skpd), None]},
    )
    no = [*one.bukan, one.skpd_id] if bukan else one.bukan
    sorter = sorter_of(current.kecamatan.kabupaten, current.tahun_rencana)
    suggestion = next(iter(suggestions(sorter, one.baris, frozenset(no))), None)
    Pilahan.objects.filter(pk=one.pk).update(
        bukan=no,
        skpd=suggestion.in_list if suggestion else None,
        keyakinan=Decimal(f"{suggestion.keyakinan:.3f}") if suggestion else None,
        sebab=suggestion.sebab if suggestion else "",
        versi=F("versi") + 1,
    )
    one.refresh_from_db()
    return one


@transaction.atomic
def send_funded(*, pilahan: Pilahan, versi: int, by: Pengguna, alasan: str) -> Pilahan:
    """Put a work that a programme pays in full back into the sorting, with the reason that its letter will print.

    The whole cost is asked for then. Raises Refused without a reason, for a stale page, and for any other work.
    """
    current, one = _lock(pilahan)
    if one.status != StatusPilahan.DIDANAI or one.versi != versi:
        raise Refused(f"No. {one.baris.nomor} sudah diubah orang lain. Muat ulang halaman.")
    if len(alasan.strip()) < 5:
        raise Refused(
            f"No. {one.baris.nomor} sudah didanai program. Tuliskan dalam satu kalimat mengapa tetap diusulkan "
            f"kepada {sebutan.skpd}; alasan itu dicetak di suratnya."
        )
    sorter = sorter_of(current.kecamatan.kabupaten, current.tahun_rencana)
    suggestion = _suggestion(current, one.baris, sorter)
    Pilahan.objects.filter(pk=one.pk).update(
        alasan_kirim=alasan.strip()[:300],
        diminta=one.baris.biaya,
        skpd=suggestion.skpd_id,
        keyakinan=suggestion.keyakinan,
        sebab=suggestion.sebab,
        versi=F("versi") + 1,
    )
    transisi.move(
        one,
        dari=StatusPilahan.DIDANAI,
        ke=StatusPilahan.ANTRE,
        table=MOVES_PILAHAN,
        musrenbang=current,
        by=by,
        alasan=alasan.strip(),
        rincian={"skpd": [one.sebab, None]},
    )
    one.refresh_from_db()
    return one


@transaction.atomic
def keep_funded(*, pilahan: Pilahan, versi: int, by: Pengguna) -> Pilahan:
    """Take ``send_funded`` back: the work leaves the sorting again. Raises Refused once an SKPD was settled for it."""
    current, one = _lock(pilahan)
    if one.status != StatusPilahan.ANTRE or one.versi != versi or not one.alasan_kirim:
        raise Refused(f"No. {one.baris.nomor} sudah diubah orang lain. Muat ulang halaman.")
    dana = dana_of(with_dana(BarisVersi.objects.all()).get(pk=one.baris_id))
    Pilahan.objects.filter(pk=one.pk).update(
        alasan_kirim="", diminta=0, skpd=None, keyakinan=None, sebab=dana.kalimat[:300], versi=F("versi") + 1
    )
    transisi.move(
        one,
        dari=StatusPilahan.ANTRE,
        ke=StatusPilahan.DIDANAI,
        table=MOVES_PILAHAN,
        musrenbang=current,
        by=by,
        alasan=f"Tidak jadi diusulkan kepada {sebutan.skpd}.",
        rincian={"skpd": [None, dana.kalimat]},
    )
    one.refresh_from_db()
    return one


@transaction.atomic
def undo_choice(*, pilahan: Pilahan, versi: int, by: Pengguna) -> Pilahan:
    """Take a choice back that was made a moment ago; ``versi`` is the version that it made.

    Raises Refused when the work was sent to its SKPD or changed meanwhile. A second click changes nothing.
    """
    _, one = _lock(pilahan)
    if one.status != StatusPilahan.DITETAPKAN:
        return one
    if one.pengiriman_id or one.versi != versi:
        raise Refused(f"No. {one.baris.nomor} sudah dikirim atau diubah orang lain; pakai “Ubah” dengan alasannya.")
    return requeue_pilahan(pilahan=pilahan, by=by, alasan="Salah pilih, langsung diurungkan.")


def _lock(pilahan: Pilahan) -> tuple[Musrenbang, Pilahan]:
    current = lock_musrenbang(pilahan.musrenbang, BOLEH_PEMILAHAN)
    one = Pilahan.objects.select_for_update(of=("self",)).select_related("skpd", "baris").get(pk=pilahan.pk)
    return current, one


def _settle(current: Musrenbang, one: Pilahan, by: Pengguna, skpd: Skpd) -> None:
    suggestion = str(one.skpd) if one.skpd else None
    Pilahan.objects.filter(pk=one.pk).update(skpd=skpd, versi=F("versi") + 1)
    transisi.move(
        one,
        dari=one.status,
        ke=StatusPilahan.DITETAPKAN,
        table=MOVES_PILAHAN,
        musrenbang=current,
        by=by,
        rincian={"skpd": [suggestion, str(skpd)]},
    )
    one.skpd = skpd
