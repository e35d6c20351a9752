"""Sorting agreed works to SKPD by their tupoksi (seed C.3)."""

from decimal import Decimal

from django.db import transaction
from django.db.models import F

from musrenbang import audit, transisi
from musrenbang.kunci import allowed_in, lock_musrenbang
from musrenbang.models import Musrenbang, Pengguna, Skpd
from musrenbang.sebutan import sebutan
from musrenbang.transisi import Ditolak
from rkp.dana import PENUH
from rkp.models import BarisVersi
from rkp.queries.dana import dana_of, with_dana
from tindak_lanjut.izin import BOLEH_PEMILAHAN
from tindak_lanjut.models import MOVES_PILAHAN, Pilahan, StatusPilahan
from tindak_lanjut.queries.pemilahan import list_questions, pemilah_of, rows_to_sort, suggestions
from usulan.pilah import BATAS_YAKIN, Pemilah

SEPAKAT_RKP = 0.2
"""What it adds to the confidence that the plan itself names the same SKPD."""
JANGAN_YAKIN = BATAS_YAKIN - 0.05


@transaction.atomic
def start_pemilahan(*, musrenbang: Musrenbang, by: Pengguna, alasan: str = "") -> None:
    """Suggest an SKPD for every agreed work (effect of the move into the sorting); a second call adds nothing.

    A work that programmes pay in full leaves the sorting; of one that they pay in part the rest is asked for.
    """
    ada = set(Pilahan.objects.filter(musrenbang=musrenbang).values_list("baris", flat=True))
    pemilah = pemilah_of(musrenbang.kecamatan.kabupaten, musrenbang.tahun_rencana)
    baru = [_entry(musrenbang, b, pemilah) for b in rows_to_sort(musrenbang) if b.pk not in ada]
    Pilahan.objects.bulk_create(baru, batch_size=500)
    yakin = sum(p.status == StatusPilahan.DISARANKAN for p in baru)
    didanai = sum(p.status == StatusPilahan.DIDANAI for p in baru)
    audit.catat(
        musrenbang=musrenbang,
        by=by,
        aksi="pemilahan.disarankan",
        objek=musrenbang,
        rincian={
            "kegiatan": len(baru),
            "disarankan": yakin,
            "perlu_dipilih": len(baru) - yakin - didanai,
            "didanai_program": didanai,
        },
    )


def _entry(musrenbang: Musrenbang, baris: BarisVersi, pemilah: Pemilah) -> Pilahan:
    dana = dana_of(baris)
    if dana.keadaan == PENUH:
        return Pilahan(
            musrenbang=musrenbang, baris=baris, status=StatusPilahan.DIDANAI, sebab=dana.kalimat[:300], diminta=0
        )
    satu = _suggestion(musrenbang, baris, pemilah)
    satu.diminta = dana.sisa
    return satu


def _suggestion(musrenbang: Musrenbang, baris: BarisVersi, pemilah: Pemilah) -> Pilahan:
    """The SKPD that the plan, the words and the programme code name: where they differ, a person chooses."""
    rkp = baris.skpd
    saran = next(iter(suggestions(pemilah, baris)), None) or pemilah.by_program(baris.program)
    if saran is None and rkp is None:
        return Pilahan(musrenbang=musrenbang, baris=baris, sebab="tidak ada kata yang dikenal")
    if saran is None or (rkp and saran.skpd == rkp.pk):
        batas = JANGAN_YAKIN if saran and saran.jenis else 1.0  # the plan's SKPD is no decision about shared works
        yakin = min(batas, (saran.keyakinan if saran else BATAS_YAKIN - SEPAKAT_RKP) + (SEPAKAT_RKP if rkp else 0))
        sebab = " dan ".join(
            x for x in (f"{sebutan.Skpd} dalam RKP {sebutan.Kecamatan}", saran.sebab if saran else "") if x
        )
        skpd = rkp.pk if rkp else None
    else:
        yakin, sebab, skpd = saran.keyakinan, saran.sebab, saran.dalam_daftar
        if rkp:
            yakin, sebab = min(yakin, BATAS_YAKIN / 2), f"{sebab}; dalam RKP tertulis {rkp.nama}"
        if skpd is None:  # an office that the list does not have: the plan's own is shown, a person decides
            yakin, skpd = min(yakin, BATAS_YAKIN / 2), rkp.pk if rkp else None
    if skpd and not pemilah.fits(skpd, baris.program):
        yakin, sebab = min(yakin, BATAS_YAKIN / 2), f"{sebab}; kode programnya bukan milik {sebutan.skpd} itu"
    return Pilahan(
        musrenbang=musrenbang,
        baris=baris,
        skpd_id=skpd,
        keyakinan=Decimal(f"{yakin:.3f}"),
        sebab=sebab[:300],
        status=StatusPilahan.DISARANKAN if yakin >= BATAS_YAKIN else StatusPilahan.ANTRE,
    )


@transaction.atomic
def choose_skpd(*, pilahan: Pilahan, versi: int, by: Pengguna, skpd: Skpd) -> Pilahan:
    """Settle where a work goes. Raises Ditolak when somebody else did it first, or for an SKPD of another kabupaten."""
    kini, satu = _lock(pilahan)
    if satu.status == StatusPilahan.DITETAPKAN and satu.skpd_id == skpd.pk:
        return satu
    if satu.versi != versi or satu.status == StatusPilahan.DITETAPKAN:
        raise Ditolak(f"No. {satu.baris.nomor} sudah diubah orang lain: {satu.skpd or 'dikembalikan ke antrean'}.")
    if skpd.kabupaten_id != kini.kecamatan.kabupaten_id:
        raise Ditolak(f"{sebutan.Skpd} itu bukan milik {sebutan.kabupaten} ini.")
    _settle(kini, satu, by, skpd)
    return satu


@allowed_in(BOLEH_PEMILAHAN)
def answer_kind(*, musrenbang: Musrenbang, by: Pengguna, jenis: str, skpd: Skpd, pilahan_ids: list[int]) -> int:
    """Settle the waiting works of one shared kind with the SKPD that does such works here. Return how many.

    ``pilahan_ids`` are those that the person saw; what was decided meanwhile, or is of another kind, is left alone.
    Later works of the kind follow, in every kecamatan of the kabupaten. Raises Ditolak for an SKPD of another one.
    """
    if skpd.kabupaten_id != musrenbang.kecamatan.kabupaten_id:
        raise Ditolak(f"{sebutan.Skpd} itu bukan milik {sebutan.kabupaten} ini.")
    milik = next((t.kunci for t in list_questions(musrenbang) if t.jenis == jenis), [])
    semua = (
        Pilahan.objects.select_for_update(of=("self",))
        .select_related("skpd", "baris")
        .filter(musrenbang=musrenbang, pk__in=set(milik) & set(pilahan_ids), status=StatusPilahan.ANTRE)
    )
    jumlah = 0
    for satu in semua:
        _settle(musrenbang, satu, by, skpd)
        jumlah += 1
    if not jumlah:
        raise Ditolak(
            f"Tidak ada lagi kegiatan {jenis} yang menunggu: sudah diputuskan orang lain. Muat ulang halaman."
        )
    return jumlah


@allowed_in(BOLEH_PEMILAHAN)
def confirm_many(*, musrenbang: Musrenbang, by: Pengguna, pilahan_ids: list[int]) -> int:
    """Settle the suggestions that are ticked; what is no longer a suggestion is left alone. Return how many."""
    semua = (
        Pilahan.objects.select_for_update(of=("self",))
        .select_related("skpd", "baris")
        .filter(musrenbang=musrenbang, pk__in=pilahan_ids, status=StatusPilahan.DISARANKAN)
    )
    jumlah = 0
    for satu in semua:
        assert satu.skpd
        _settle(musrenbang, satu, by, satu.skpd)
        jumlah += 1
    return jumlah


@transaction.atomic
def requeue_pilahan(*, pilahan: Pilahan, by: Pengguna, alasan: str, bukan: bool = False) -> Pilahan:
    """Send a settled work back to the queue. ``bukan``: its SKPD said that it is none of its business."""
    kini, satu = _lock(pilahan)
    if len(alasan.strip()) < 5:
        raise Ditolak("Tuliskan alasannya (sekurang-kurangnya 5 huruf).")
    Pilahan.objects.filter(pk=satu.pk).update(pengiriman=None)
    transisi.move(
        satu,
        dari=StatusPilahan.DITETAPKAN,
        ke=StatusPilahan.ANTRE,
        table=MOVES_PILAHAN,
        musrenbang=kini,
        by=by,
        alasan=alasan.strip(),
        rincian={"skpd": [str(satu.skpd), None]},
    )
    tidak = [*satu.bukan, satu.skpd_id] if bukan else satu.bukan
    pemilah = pemilah_of(kini.kecamatan.kabupaten, kini.tahun_rencana)
    saran = next(iter(suggestions(pemilah, satu.baris, frozenset(tidak))), None)
    Pilahan.objects.filter(pk=satu.pk).update(
        bukan=tidak,
        skpd=saran.dalam_daftar if saran else None,
        keyakinan=Decimal(f"{saran.keyakinan:.3f}") if saran else None,
        sebab=saran.sebab if saran else "",
        versi=F("versi") + 1,
    )
    satu.refresh_from_db()
    return satu


@transaction.atomic
def send_funded(*, pilahan: Pilahan, versi: int, by: Pengguna, alasan: str) -> Pilahan:
    """Put a work that a programme pays in full back into the sorting, with the reason that its letter will print.

    The whole cost is asked for then. Raises Ditolak without a reason, for a stale page, and for any other work.
    """
    kini, satu = _lock(pilahan)
    if satu.status != StatusPilahan.DIDANAI or satu.versi != versi:
        raise Ditolak(f"No. {satu.baris.nomor} sudah diubah orang lain. Muat ulang halaman.")
    if len(alasan.strip()) < 5:
        raise Ditolak(
            f"No. {satu.baris.nomor} sudah didanai program. Tuliskan mengapa tetap diusulkan kepada {sebutan.skpd} "
            "(sekurang-kurangnya 5 huruf); alasan itu dicetak di suratnya."
        )
    pemilah = pemilah_of(kini.kecamatan.kabupaten, kini.tahun_rencana)
    saran = _suggestion(kini, satu.baris, pemilah)
    Pilahan.objects.filter(pk=satu.pk).update(
        alasan_kirim=alasan.strip()[:300],
        diminta=satu.baris.biaya,
        skpd=saran.skpd_id,
        keyakinan=saran.keyakinan,
        sebab=saran.sebab,
        versi=F("versi") + 1,
    )
    transisi.move(
        satu,
        dari=StatusPilahan.DIDANAI,
        ke=StatusPilahan.ANTRE,
        table=MOVES_PILAHAN,
        musrenbang=kini,
        by=by,
        alasan=alasan.strip(),
        rincian={"skpd": [satu.sebab, None]},
    )
    satu.refresh_from_db()
    return satu


@transaction.atomic
def keep_funded(*, pilahan: Pilahan, versi: int, by: Pengguna) -> Pilahan:
    """Take ``send_funded`` back: the work leaves the sorting again. Raises Ditolak once an SKPD was settled for it."""
    kini, satu = _lock(pilahan)
    if satu.status != StatusPilahan.ANTRE or satu.versi != versi or not satu.alasan_kirim:
        raise Ditolak(f"No. {satu.baris.nomor} sudah diubah orang lain. Muat ulang halaman.")
    dana = dana_of(with_dana(BarisVersi.objects.all()).get(pk=satu.baris_id))
    Pilahan.objects.filter(pk=satu.pk).update(
        alasan_kirim="", diminta=0, skpd=None, keyakinan=None, sebab=dana.kalimat[:300], versi=F("versi") + 1
    )
    transisi.move(
        satu,
        dari=StatusPilahan.ANTRE,
        ke=StatusPilahan.DIDANAI,
        table=MOVES_PILAHAN,
        musrenbang=kini,
        by=by,
        alasan=f"Tidak jadi diusulkan kepada {sebutan.skpd}.",
        rincian={"skpd": [None, dana.kalimat]},
    )
    satu.refresh_from_db()
    return satu


@transaction.atomic
def undo_choice(*, pilahan: Pilahan, versi: int, by: Pengguna) -> Pilahan:
    """Take a choice back that was made a moment ago; ``versi`` is the version that it made.

    Raises Ditolak when the work was sent to its SKPD or changed meanwhile. A second click changes nothing.
    """
    _, satu = _lock(pilahan)
    if satu.status != StatusPilahan.DITETAPKAN:
        return satu
    if satu.pengiriman_id or satu.versi != versi:
        raise Ditolak(f"No. {satu.baris.nomor} sudah dikirim atau diubah orang lain; pakai “Ubah” dengan alasannya.")
    return requeue_pilahan(pilahan=pilahan, by=by, alasan="Salah pilih, langsung diurungkan.")


def _lock(pilahan: Pilahan) -> tuple[Musrenbang, Pilahan]:
    kini = lock_musrenbang(pilahan.musrenbang, BOLEH_PEMILAHAN)
    satu = Pilahan.objects.select_for_update(of=("self",)).select_related("skpd", "baris").get(pk=pilahan.pk)
    return kini, satu


def _settle(kini: Musrenbang, satu: Pilahan, by: Pengguna, skpd: Skpd) -> None:
    saran = str(satu.skpd) if satu.skpd else None
    Pilahan.objects.filter(pk=satu.pk).update(skpd=skpd, versi=F("versi") + 1)
    transisi.move(
        satu,
        dari=satu.status,
        ke=StatusPilahan.DITETAPKAN,
        table=MOVES_PILAHAN,
        musrenbang=kini,
        by=by,
        rincian={"skpd": [saran, str(skpd)]},
    )
    satu.skpd = skpd
