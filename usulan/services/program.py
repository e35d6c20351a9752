"""Proposals that an incoming programme already pays."""

from django.db import IntegrityError, transaction
from django.db.models import F

from musrenbang import audit
from musrenbang.izin import BOLEH_PROGRAM
from musrenbang.kunci import allowed_in
from musrenbang.models import Pengguna, ProgramMasuk
from musrenbang.transisi import Refused
from usulan.models import BukanProgram, Usulan


@allowed_in(BOLEH_PROGRAM, of="usulan.musrenbang")
def mark_paid(*, usulan: Usulan, program: ProgramMasuk | None, by: Pengguna) -> Usulan:
    """Say which programme pays a proposal already, or with None that none does. The proposal stays as it is.

    It also stays in the draft: the meeting decides about it, seeing the mark. A second click changes nothing.
    Raises Refused for a programme of another event, and once the plenary has begun.
    """
    musrenbang = usulan.musrenbang
    if program is not None and program.musrenbang_id != musrenbang.pk:
        raise Refused("Program itu bukan dari Musrenbang ini. Muat ulang halaman, lalu pilih lagi.")
    current = Usulan.objects.select_for_update(of=("self",)).select_related("program").get(pk=usulan.pk)
    old = current.program
    if old == program:
        return current
    Usulan.objects.filter(pk=current.pk).update(program=program, versi=F("versi") + 1)
    audit.record(
        musrenbang=musrenbang,
        by=by,
        aksi="usulan.didanai" if program else "usulan.tidak_didanai",
        objek=current,
        rincian=audit.diff({"program": old}, {"program": program}),
    )
    current.program = program
    return current


@allowed_in(BOLEH_PROGRAM, of="usulan.musrenbang")
def mark_unpaid(*, usulan: Usulan, program: ProgramMasuk, by: Pengguna) -> None:
    """Remember that a programme which looks alike is other work; a second click changes nothing."""
    musrenbang = usulan.musrenbang
    try:
        with transaction.atomic():
            BukanProgram.objects.create(usulan=usulan, program=program, oleh=by)
    except IntegrityError:
        return
    audit.record(
        musrenbang=musrenbang, by=by, aksi="usulan.bukan_program", objek=usulan, rincian={"program": str(program)}
    )
