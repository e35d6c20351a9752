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
    Kabupaten,
    Kecamatan,
    Musrenbang,
    OfficerKind,
    Pengguna,
    PermintaanJadwal,
    Petugas,
    RequestStatus,
)
from musrenbang.persiapan.queries import events_of
from musrenbang.persiapan.services.acara import schedule_musrenbang
from musrenbang.sebutan import sebutan
from musrenbang.states import FASE
from musrenbang.transisi import Refused


@dataclass(frozen=True)
class JadwalPlan:
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


def current_plan(musrenbang: Musrenbang) -> JadwalPlan:
    """Return what is stored for an event; give it with its petugas prefetched."""
    petugas = list(musrenbang.petugas.all())
    return JadwalPlan(
        musrenbang.kecamatan,
        musrenbang.tanggal,
        musrenbang.jam_mulai,
        musrenbang.tempat,
        tuple(p.nama for p in petugas if p.jenis == OfficerKind.SETRAWAN),
        tuple(p.nama for p in petugas if p.jenis == OfficerKind.SKPD),
    )


def list_plan(kabupaten: Kabupaten, tahun: int) -> list[JadwalPlan]:
    """Return what is planned for every kecamatan of a kabupaten, those without a date too (three queries)."""
    acara = events_of(kabupaten, tahun)
    return [
        current_plan(acara[k.pk]) if k.pk in acara else JadwalPlan(k, None, None, "")
        for k in Kecamatan.objects.filter(kabupaten=kabupaten)
    ]


def digest_plan(plan: JadwalPlan) -> str:
    """Return a short digest of a plan, carried by the page to tell a stale one."""
    return page_digest(repr(sorted(plan.values().items())))


def plan_jadwal(*, kabupaten: Kabupaten, tahun: int, by: Pengguna, plan: list[JadwalPlan]) -> tuple[int, list[str]]:
    """Store the dates of many kecamatan; return how many changed and a sentence per row that was refused.

    A kecamatan that has no event yet gets one as soon as it has a date. A row that somebody else changed since the
    page was opened, and one whose meeting has begun, is left as it is.
    """
    existing = events_of(kabupaten, tahun)
    jumlah, rejected = 0, []
    for one in plan:
        try:
            jumlah += _plan_one(existing.get(one.kecamatan.pk), tahun, by, one)
        except Refused as error:
            rejected.append(f"{one.kecamatan.nama}: {error}")
    return jumlah, rejected


@transaction.atomic
def _plan_one(musrenbang: Musrenbang | None, tahun: int, by: Pengguna, new: JadwalPlan) -> bool:
    if new.tanggal and new.tanggal.year != tahun:
        raise Refused(f"tanggal harus di tahun {tahun}.")
    if musrenbang is None:
        if new.tanggal is None:
            return False
        musrenbang = schedule_musrenbang(
            kecamatan=new.kecamatan,
            tahun_pelaksanaan=tahun,
            by=by,
            tanggal=new.tanggal,
            jam_mulai=new.jam_mulai,
            tempat=new.tempat,
        )
        _set_officers(musrenbang, new)
        return True
    old = current_plan(musrenbang)
    difference = audit.diff(old.values(), new.values())
    if not difference:
        return False
    if new.sidik is not None and new.sidik != digest_plan(old):
        raise Refused("orang lain sudah mengubah jadwalnya. Muat ulang halaman, lalu ubah lagi bila masih perlu.")
    current = lock_musrenbang(musrenbang, FASE["Sebelum sidang"])
    Musrenbang.objects.filter(pk=current.pk).update(tanggal=new.tanggal, jam_mulai=new.jam_mulai, tempat=new.tempat)
    _set_officers(current, new)
    audit.record(musrenbang=current, by=by, aksi="musrenbang.jadwal", objek=current, rincian=difference)
    return True


def _set_officers(musrenbang: Musrenbang, plan: JadwalPlan) -> None:
    Petugas.objects.filter(musrenbang=musrenbang).delete()
    Petugas.objects.bulk_create(
        Petugas(musrenbang=musrenbang, jenis=jenis, nama=nama)
        for jenis, listing in ((OfficerKind.SETRAWAN, plan.setrawan), (OfficerKind.SKPD, plan.skpd))
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
        raise Refused(
            f"Sedang dibawa ke aula: {nama}. Terbitkan jadwal sesudah hasilnya masuk. Tidak ada yang disimpan."
        )
    moment = timezone.now()
    for musrenbang in list_rows:
        audit.record(
            musrenbang=musrenbang,
            by=by,
            aksi="musrenbang.jadwal_terbit",
            objek=musrenbang,
            rincian={"tanggal": str(musrenbang.tanggal)},
        )
    Musrenbang.objects.filter(pk__in=[m.pk for m in list_rows]).update(jadwal_terbit_pada=moment)
    return len(list_rows)


@allowed_in(FASE["Sebelum sidang"])
def request_jadwal(*, musrenbang: Musrenbang, by: Pengguna, tanggal: date, alasan: str) -> PermintaanJadwal:
    """Ask Bappeda for another date; refused while a request is open or the date is the one that stands."""
    if tanggal == musrenbang.tanggal:
        raise Refused("Tanggal itu sama dengan jadwal sekarang. Pilih tanggal lain.")
    try:
        with transaction.atomic():
            request = PermintaanJadwal.objects.create(
                musrenbang=musrenbang, tanggal=tanggal, alasan=alasan, diminta_oleh=by
            )
    except IntegrityError as error:
        raise Refused(f"Masih ada permintaan tanggal yang menunggu jawaban {sebutan.bappeda}.") from error
    audit.record(
        musrenbang=musrenbang,
        by=by,
        aksi="jadwal.diminta",
        objek=request,
        alasan=alasan,
        rincian=audit.diff({"tanggal": musrenbang.tanggal}, {"tanggal": tanggal}),
    )
    return request


@allowed_in(FASE["Sebelum sidang"], of="request.musrenbang")
def answer_jadwal(*, request: PermintaanJadwal, by: Pengguna, agree: bool, jawaban: str) -> None:
    """Bappeda answers a request; approval changes the date at once. A refusal needs a reason."""
    musrenbang = request.musrenbang
    if not agree and len(jawaban.strip()) < 5:
        raise Refused("Tuliskan dalam satu kalimat alasan mengapa tanggal itu tidak disetujui.")
    to = RequestStatus.DISETUJUI if agree else RequestStatus.DITOLAK
    transisi.move(
        request,
        dari=RequestStatus.MENUNGGU,
        ke=to,
        table=MOVES_PERMINTAAN,
        musrenbang=musrenbang,
        by=by,
        alasan=jawaban.strip(),
    )
    PermintaanJadwal.objects.filter(pk=request.pk).update(jawaban=jawaban.strip())
    if agree:
        difference = audit.diff({"tanggal": musrenbang.tanggal}, {"tanggal": request.tanggal})
        Musrenbang.objects.filter(pk=musrenbang.pk).update(tanggal=request.tanggal)
        audit.record(musrenbang=musrenbang, by=by, aksi="musrenbang.jadwal", objek=musrenbang, rincian=difference)
