"""The dates of all kecamatan of a kabupaten, and requests for another one."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from musrenbang import audit, transisi
from musrenbang.infra.digest import page_digest
from musrenbang.kunci import allowed_in, lock_musrenbang
from musrenbang.models import (
    MOVES_PERMINTAAN,
    JenisPetugas,
    Kabupaten,
    Kecamatan,
    Musrenbang,
    Pengguna,
    PermintaanJadwal,
    Petugas,
    StatusPermintaan,
)
from musrenbang.persiapan.queries import events_of
from musrenbang.persiapan.services.acara import schedule_musrenbang
from musrenbang.sebutan import sebutan
from musrenbang.states import FASE
from musrenbang.transisi import Ditolak


@dataclass(frozen=True)
class RencanaJadwal:
    """What Bappeda wrote for one kecamatan. ``sidik`` is the digest of what the page showed; None asks nothing."""

    kecamatan: Kecamatan
    tanggal: date | None
    jam_mulai: time | None
    tempat: str
    setrawan: tuple[str, ...] = ()
    skpd: tuple[str, ...] = ()
    sidik: str | None = None

    def values(self) -> dict[str, Any]:
        """The values that a change is compared by."""
        return {
            "tanggal": self.tanggal,
            "jam_mulai": self.jam_mulai,
            "tempat": self.tempat,
            "setrawan": "; ".join(self.setrawan),
            "skpd": "; ".join(self.skpd),
        }


def current_plan(musrenbang: Musrenbang) -> RencanaJadwal:
    """Return what is stored for an event; give it with its petugas prefetched."""
    petugas = list(musrenbang.petugas.all())
    return RencanaJadwal(
        musrenbang.kecamatan,
        musrenbang.tanggal,
        musrenbang.jam_mulai,
        musrenbang.tempat,
        tuple(p.nama for p in petugas if p.jenis == JenisPetugas.SETRAWAN),
        tuple(p.nama for p in petugas if p.jenis == JenisPetugas.SKPD),
    )


def list_plan(kabupaten: Kabupaten, tahun: int) -> list[RencanaJadwal]:
    """Return what is planned for every kecamatan of a kabupaten, those without a date too (three queries)."""
    acara = events_of(kabupaten, tahun)
    return [
        current_plan(acara[k.pk]) if k.pk in acara else RencanaJadwal(k, None, None, "")
        for k in Kecamatan.objects.filter(kabupaten=kabupaten)
    ]


def digest_plan(rencana: RencanaJadwal) -> str:
    """Return a short digest of a plan, carried by the page to tell a stale one."""
    return page_digest(repr(sorted(rencana.values().items())))


def plan_jadwal(
    *, kabupaten: Kabupaten, tahun: int, by: Pengguna, rencana: list[RencanaJadwal]
) -> tuple[int, list[str]]:
    """Store the dates of many kecamatan; return how many changed and a sentence per row that was refused.

    A kecamatan that has no event yet gets one as soon as it has a date. A row that somebody else changed since the
    page was opened, and one whose meeting has begun, is left as it is.
    """
    existing = events_of(kabupaten, tahun)
    jumlah, rejected = 0, []
    for one in rencana:
        try:
            jumlah += _plan_one(existing.get(one.kecamatan.pk), tahun, by, one)
        except Ditolak as error:
            rejected.append(f"{one.kecamatan.nama}: {error}")
    return jumlah, rejected


@transaction.atomic
def _plan_one(musrenbang: Musrenbang | None, tahun: int, by: Pengguna, baru: RencanaJadwal) -> bool:
    if baru.tanggal and baru.tanggal.year != tahun:
        raise Ditolak(f"tanggal harus di tahun {tahun}.")
    if musrenbang is None:
        if baru.tanggal is None:
            return False
        musrenbang = schedule_musrenbang(
            kecamatan=baru.kecamatan,
            tahun_pelaksanaan=tahun,
            by=by,
            tanggal=baru.tanggal,
            jam_mulai=baru.jam_mulai,
            tempat=baru.tempat,
        )
        _set_petugas(musrenbang, baru)
        return True
    old = current_plan(musrenbang)
    difference = audit.beda(old.values(), baru.values())
    if not difference:
        return False
    if baru.sidik is not None and baru.sidik != digest_plan(old):
        raise Ditolak("orang lain sudah mengubah jadwalnya. Muat ulang halaman, lalu ubah lagi bila masih perlu.")
    current = lock_musrenbang(musrenbang, FASE["Pra"])
    Musrenbang.objects.filter(pk=current.pk).update(tanggal=baru.tanggal, jam_mulai=baru.jam_mulai, tempat=baru.tempat)
    _set_petugas(current, baru)
    audit.catat(musrenbang=current, by=by, aksi="musrenbang.jadwal", objek=current, rincian=difference)
    return True


def _set_petugas(musrenbang: Musrenbang, rencana: RencanaJadwal) -> None:
    Petugas.objects.filter(musrenbang=musrenbang).delete()
    Petugas.objects.bulk_create(
        Petugas(musrenbang=musrenbang, jenis=jenis, nama=nama)
        for jenis, listing in ((JenisPetugas.SETRAWAN, rencana.setrawan), (JenisPetugas.SKPD, rencana.skpd))
        for nama in dict.fromkeys(listing)
    )


@transaction.atomic
def publish_jadwal(*, kabupaten: Kabupaten, tahun: int, by: Pengguna) -> int:
    """Tell every kecamatan its date: the board of each shows it from now on. Returns how many are new."""
    new = Musrenbang.objects.select_for_update(of=("self",)).filter(
        kecamatan__kabupaten=kabupaten, tahun_pelaksanaan=tahun, tanggal__isnull=False, jadwal_terbit_pada=None
    )
    list_rows = list(new.select_related("kecamatan__kabupaten"))
    carried = [m for m in list_rows if m.dibawa_pada]
    if carried:  # what is written here would be overwritten by what comes home
        nama = ", ".join(m.kecamatan.nama for m in carried)
        raise Ditolak(
            f"Sedang dibawa ke aula: {nama}. Terbitkan jadwal sesudah hasilnya masuk. Tidak ada yang disimpan."
        )
    moment = timezone.now()
    for musrenbang in list_rows:
        audit.catat(
            musrenbang=musrenbang,
            by=by,
            aksi="musrenbang.jadwal_terbit",
            objek=musrenbang,
            rincian={"tanggal": str(musrenbang.tanggal)},
        )
    Musrenbang.objects.filter(pk__in=[m.pk for m in list_rows]).update(jadwal_terbit_pada=moment)
    return len(list_rows)


@allowed_in(FASE["Pra"])
def request_jadwal(*, musrenbang: Musrenbang, by: Pengguna, tanggal: date, alasan: str) -> PermintaanJadwal:
    """Ask Bappeda for another date; refused while a request is open or the date is the one that stands."""
    if tanggal == musrenbang.tanggal:
        raise Ditolak("Tanggal itu sama dengan jadwal sekarang. Pilih tanggal lain.")
    try:
        with transaction.atomic():
            request = PermintaanJadwal.objects.create(
                musrenbang=musrenbang, tanggal=tanggal, alasan=alasan, diminta_oleh=by
            )
    except IntegrityError as error:
        raise Ditolak(f"Masih ada permintaan tanggal yang menunggu jawaban {sebutan.bappeda}.") from error
    audit.catat(
        musrenbang=musrenbang,
        by=by,
        aksi="jadwal.diminta",
        objek=request,
        alasan=alasan,
        rincian=audit.beda({"tanggal": musrenbang.tanggal}, {"tanggal": tanggal}),
    )
    return request


@allowed_in(FASE["Pra"], of="permintaan.musrenbang")
def answer_jadwal(*, permintaan: PermintaanJadwal, by: Pengguna, setuju: bool, jawaban: str) -> None:
    """Bappeda answers a request; approval changes the date at once. A refusal needs a reason."""
    musrenbang = permintaan.musrenbang
    if not setuju and len(jawaban.strip()) < 5:
        raise Ditolak("Tuliskan alasan mengapa tanggal itu tidak disetujui (sekurang-kurangnya 5 huruf).")
    to = StatusPermintaan.DISETUJUI if setuju else StatusPermintaan.DITOLAK
    transisi.move(
        permintaan,
        dari=StatusPermintaan.MENUNGGU,
        ke=to,
        table=MOVES_PERMINTAAN,
        musrenbang=musrenbang,
        by=by,
        alasan=jawaban.strip(),
    )
    PermintaanJadwal.objects.filter(pk=permintaan.pk).update(jawaban=jawaban.strip())
    if setuju:
        difference = audit.beda({"tanggal": musrenbang.tanggal}, {"tanggal": permintaan.tanggal})
        Musrenbang.objects.filter(pk=musrenbang.pk).update(tanggal=permintaan.tanggal)
        audit.catat(musrenbang=musrenbang, by=by, aksi="musrenbang.jadwal", objek=musrenbang, rincian=difference)
