"""The plenary: taking over what the groups propose, and settling objections."""

import uuid

from django.db import transaction
from django.utils import timezone

from musrenbang import audit
from musrenbang.kunci import allowed_in
from musrenbang.models import Pengguna
from musrenbang.services.once import once
from musrenbang.transisi import Refused
from rkp.izin import BOLEH_PLENO
from rkp.models import SEPAKAT, BarisRkp, Keberatan, Kelompok, Keputusan, UsulanKelompok
from rkp.queries.content import DAPAT_BERUBAH
from rkp.queries.kelompok import hasil_kelompok
from rkp.services.keputusan import decide_baris


@allowed_in(BOLEH_PLENO, of="kelompok.musrenbang")
def accept_kelompok(*, kelompok: Kelompok, sidik: str, by: Pengguna) -> tuple[int, list[int]]:
    """Take over what a group proposes for its undecided rows: how many, and the numbers of those left without a cost.

    A group that handed the rest over may have agreed to works without a cost; the plenary decides each by itself. Rows
    with an open objection wait. ``sidik`` is the digest of what the page showed: nothing is taken over unseen.
    """
    result = hasil_kelompok(kelompok)
    if result.sidik != sidik:
        raise Refused("Hasil kelompok atau keputusan pleno berubah sejak halaman ini dibuka. Periksa lagi daftarnya.")
    waits = [(b.baris, b.usulan) for b in result.menunggu if b.usulan]
    unpriced = [baris.nomor for baris, usulan in waits if usulan.usul in SEPAKAT and usulan.biaya is None]
    for baris, usulan in waits:
        if baris.nomor not in unpriced:
            _take_over(baris, usulan, by)
    return len(waits) - len(unpriced), unpriced


@allowed_in(BOLEH_PLENO, of="baris.rkp.musrenbang")
def accept_baris(*, baris: BarisRkp, versi: int, by: Pengguna) -> BarisRkp:
    """Take over what the group proposes for one row; raise Refused without a proposal or with an open objection."""
    usulan = UsulanKelompok.objects.filter(baris=baris).exclude(usul="").select_related("kelompok").first()
    if usulan is None:
        raise Refused("Kelompok belum mengusulkan keputusan untuk kegiatan ini. Putuskan langsung di pleno.")
    if baris.keberatan.filter(selesai_pada=None).exists():
        raise Refused("Masih ada keberatan yang belum diselesaikan atas kegiatan ini.")
    baris.versi = versi
    return _take_over(baris, usulan, by)


def _take_over(baris: BarisRkp, usulan: UsulanKelompok, by: Pengguna) -> BarisRkp:
    content = {k: getattr(usulan, k) for k in (*DAPAT_BERUBAH, "alasan_kode", "alasan")}
    return decide_baris(
        baris=baris,
        versi=baris.versi,
        by=by,
        keputusan=usulan.usul,
        from_kelompok=usulan.kelompok.nama,
        dipastikan=usulan.biaya,
        **content,
    )


@transaction.atomic
def object_baris(*, baris: BarisRkp, oleh: str, isi: str, kunci: uuid.UUID, by: Pengguna) -> Keberatan:
    """Write an objection down; a row with an open one is not taken over. A form sent again adds nothing twice."""
    nilai = {"baris": baris.pk, "oleh": oleh.strip(), "isi": isi.strip()}
    one_pass = once(Keberatan, musrenbang=baris.rkp.musrenbang, allowed=BOLEH_PLENO, kunci=kunci, by=by, content=nilai)
    if one_pass.ada:
        return one_pass.ada
    if baris.keputusan == Keputusan.DIGABUNG:
        raise Refused("Kegiatan ini digabung ke yang lain; ajukan keberatan atas kegiatan itu, atau pisahkan dahulu.")
    keberatan = Keberatan.objects.create(baris=baris, oleh=oleh.strip(), isi=isi.strip())
    audit.record(
        musrenbang=one_pass.musrenbang,
        by=by,
        aksi="keberatan.dicatat",
        objek=baris,
        alasan=keberatan.isi,
        rincian={"oleh": ["", keberatan.oleh]},
    )
    return one_pass.keep(keberatan)


@allowed_in(BOLEH_PLENO, of="keberatan.baris.rkp.musrenbang")
def settle_objection(*, keberatan: Keberatan, penyelesaian: str, by: Pengguna) -> None:
    """Record how the plenary settled an objection; raise Refused without words or when it was settled already."""
    current = keberatan.baris.rkp.musrenbang
    if len(penyelesaian.strip()) < 5:
        raise Refused("Tuliskan bagaimana keberatan ini diselesaikan.")
    jumlah = Keberatan.objects.filter(pk=keberatan.pk, selesai_pada=None).update(
        penyelesaian=penyelesaian.strip(), selesai_pada=timezone.now()
    )
    if not jumlah:
        raise Refused("Keberatan ini sudah diselesaikan. Muat ulang halaman untuk melihat jawabannya.")
    audit.record(
        musrenbang=current,
        by=by,
        aksi="keberatan.selesai",
        objek=keberatan.baris,
        alasan=penyelesaian.strip(),
        rincian={"oleh": ["", keberatan.oleh]},
    )
