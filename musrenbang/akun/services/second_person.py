"""The second person: what one person alone does not do waits here until another one approves it."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from musrenbang import audit
from musrenbang.akun.people import is_alone, may_answer, may_ask
from musrenbang.akun.services import akun
from musrenbang.models import Kabupaten, Kecamatan, Pengguna, PermintaanAkun, RequestKind, RequestOutcome
from musrenbang.sebutan import sebutan
from musrenbang.transisi import Refused

J = RequestKind


def ask_second(*, kabupaten: Kabupaten, by: Pengguna, jenis: str, **isi: Any) -> PermintaanAkun | None:
    """Store a request and its trail row; None where there is nobody to ask (``is_alone``).

    Raises Refused when the same waits already.
    """
    kabupaten = Kabupaten.objects.select_for_update().get(pk=kabupaten.pk)
    one = PermintaanAkun(kabupaten=kabupaten, jenis=jenis, diminta_oleh=by, **isi)
    if is_alone(by, one):
        return None
    same = {"jenis": jenis} | {k: isi[k] for k in ("pengguna", "nama", "peran", "kecamatan") if isi.get(k)}
    existing = (
        PermintaanAkun.objects.filter(kabupaten=kabupaten, hasil="", **same).select_related("diminta_oleh").first()
    )
    if existing:
        raise Refused(f"“{existing.kata}” sudah diminta {existing.diminta_oleh} dan menunggu orang kedua.")
    one.save()
    audit.record_acuan(kabupaten=kabupaten, by=by, aksi="permintaan.diminta", objek=one.kata)
    return one


@transaction.atomic
def answer_request(
    *, request: PermintaanAkun, by: Pengguna, agree: bool, words: str, jawaban: str = ""
) -> PermintaanAkun:
    """Approve or refuse, as the second person. ``kata`` is what the page said that would be done.

    Raises Refused when it was answered meanwhile, says something else now, or who asked may no longer ask.
    """
    current = _lock(request)
    if not may_answer(by, current):
        raise Refused("Permintaan ini dijawab orang lain: bukan peminta, dan bukan pemilik akunnya.")
    if current.kata != words:
        raise Refused(f"Permintaan ini berubah sejak halaman dibuka: “{current.kata}”. Periksa lagi, lalu jawab.")
    jawaban = jawaban.strip()[:300]
    if not agree and not jawaban:
        raise Refused("Tulis alasannya, supaya peminta tahu mengapa tidak disetujui.")
    if agree and not may_ask(current.diminta_oleh, current.kabupaten):
        raise Refused(
            f"{current.diminta_oleh} tidak lagi bertugas di {sebutan.bappeda}; permintaannya tidak dapat disetujui."
        )
    _close(current, by, RequestOutcome.DISETUJUI if agree else RequestOutcome.DITOLAK, jawaban)
    if agree:
        LAKUKAN[J(current.jenis)](current, by)
    return current


@transaction.atomic
def withdraw_request(*, request: PermintaanAkun, by: Pengguna) -> PermintaanAkun:
    """Take the own request back."""
    current = _lock(request)
    if current.diminta_oleh_id != by.pk:
        raise Refused("Hanya peminta yang dapat menarik permintaannya.")
    _close(current, by, RequestOutcome.DITARIK, "")
    return current


def _lock(request: PermintaanAkun) -> PermintaanAkun:
    Kabupaten.objects.select_for_update().get(pk=request.kabupaten_id)
    current = PermintaanAkun.objects.select_related(
        "kabupaten", "kecamatan", "pengguna", "diminta_oleh", "dijawab_oleh"
    ).get(pk=request.pk)
    if current.hasil:
        raise Refused(
            f"Sudah dijawab {current.dijawab_oleh}: {current.get_hasil_display()}. Tidak ada yang diubah lagi."
        )
    return current


def _close(current: PermintaanAkun, by: Pengguna, result: RequestOutcome, jawaban: str) -> None:
    current.hasil, current.dijawab_oleh, current.dijawab_pada, current.jawaban = result, by, timezone.now(), jawaban
    current.save(update_fields=["hasil", "dijawab_oleh", "dijawab_pada", "jawaban"])
    audit.record_acuan(
        kabupaten=current.kabupaten,
        by=by,
        aksi=f"permintaan.{result}",
        objek=current.kata,
        alasan=jawaban,
        rincian={"diminta": str(current.diminta_oleh)},
    )


def _invite(current: PermintaanAkun, second: Pengguna) -> None:
    akun.create_account(
        kabupaten=current.kabupaten,
        by=current.diminta_oleh,
        second=second,
        nama=current.nama,
        nip=current.nip,
        username=current.username,
        peran=current.peran,
        lingkup=current.lingkup,
    )


def _role(current: PermintaanAkun, second: Pengguna) -> None:
    akun.give_role(**_on(current, second), peran=current.peran, lingkup=current.lingkup)


def _on(kini: PermintaanAkun, second: Pengguna) -> dict[str, Any]:
    assert kini.pengguna
    person = akun.lock_own(kini.kabupaten, kini.diminta_oleh, kini.pengguna)
    return {"kabupaten": kini.kabupaten, "by": kini.diminta_oleh, "second": second, "pengguna": person}


LAKUKAN: dict[RequestKind, Callable[[PermintaanAkun, Pengguna], None]] = {
    J.UNDANG: _invite,
    J.PERAN: _role,
    J.SANDI: lambda current, second: akun.void_password(**_on(current, second)),
    J.KODE: lambda current, second: akun.drop_code(**_on(current, second)),
    J.AKTIF: lambda current, second: akun.switch_active(**_on(current, second), aktif=True),
}
"""Kind of request -> what is done once it is approved, in the name of who asked."""


def scope_of(peran: str, lingkup: Any) -> dict[str, Any]:
    """Return the columns of a request that hold a role."""
    akun.check_scope(peran, lingkup)
    return {"peran": peran, "kecamatan": lingkup if isinstance(lingkup, Kecamatan) else None}
