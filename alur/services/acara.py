"""Moving an event from stage to stage."""

from django.conf import settings
from django.db import transaction

from alur.queries.syarat import collect
from alur.tahap import TAHAP, entering
from musrenbang import transisi
from musrenbang.board import Kekurangan
from musrenbang.infra.queue import enqueue
from musrenbang.jobs import make_backup
from musrenbang.kunci import check_here
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.services.jangkar import fix_facts, sign_checkpoint, sign_reference_later
from musrenbang.sidang.services.agenda import follow_stage
from musrenbang.sidang.services.layar import show_panel
from musrenbang.states import DITANDATANGANI, MOVES, Tahap
from musrenbang.transisi import Refused


class Incomplete(Refused):
    """The checklist of the stage is not empty. ``kekurangan`` lists what is missing."""

    def __init__(self, kekurangan: list[Kekurangan]) -> None:
        self.kekurangan = kekurangan
        super().__init__("Belum dapat dilanjutkan: " + " ".join(k.text for k in kekurangan))


@transaction.atomic
def advance_musrenbang(*, musrenbang: Musrenbang, dari: str, ke: str, by: Pengguna, alasan: str = "") -> None:
    """Move the event from the stage the person saw to ``ke``: checklist, effects, swap and audit in one transaction.

    Agenda and projector follow: there is one clock. What the move fixes becomes leaves of the record, and moves that
    bind are signed (``musrenbang.services.jangkar``).
    Raises Incomplete with the list of what is missing, TransisiRefused when the stage changed meanwhile, and
    Refused when a reason is needed and not given. Whether the person may make the move is asked by the view.
    """
    move_to = MOVES.get((dari, ke))
    if move_to and move_to.perlu_alasan and len(alasan.strip()) < 5:
        raise Refused("Tuliskan alasannya dalam satu kalimat; alasan ini tercatat di riwayat perubahan.")
    check_here(Musrenbang.objects.select_for_update().select_related("kecamatan__kabupaten").get(pk=musrenbang.pk))
    transisi.move(
        musrenbang, dari=dari, ke=ke, table=MOVES, musrenbang=musrenbang, by=by, alasan=alasan.strip(), kolom="tahap"
    )
    if move_to and not move_to.mundur:
        missing = [k for k in collect(musrenbang, ke) if k.wajib]
        if missing:
            musrenbang.tahap = Tahap(dari)  # the swap is rolled back with the transaction
            raise Incomplete(missing)
    entered = entering(dari, ke)
    for effect in entered.akibat:
        effect(musrenbang=musrenbang, by=by, alasan=alasan.strip())
    follow_stage(musrenbang=musrenbang, by=by)
    if panel := TAHAP[Tahap(ke)].panel:
        show_panel(musrenbang=musrenbang, panel=panel)
    fix_facts(musrenbang=musrenbang, by=by, ke=ke, fact=[f for read in entered.fakta for f in read(musrenbang)])
    if DITANDATANGANI & {dari, ke}:
        sign_checkpoint(musrenbang=musrenbang, by=by)
        sign_reference_later(musrenbang.kecamatan.kabupaten_id)
    if settings.CADANGAN_DIR and not settings.PEKERJA_TERPISAH:  # a server of many events makes its backup by night
        enqueue(make_backup, nama=musrenbang.slug)
