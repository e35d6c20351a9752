"""Notes on the finished plan and their answers."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from musrenbang import audit
from musrenbang import format as tulis
from musrenbang.kunci import allowed_in
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.services.once import once
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from rkp.models import BarisRkp
from tindak_lanjut.models import Catatan, NoteSource

BOLEH = {
    NoteSource.CAMAT: frozenset({Tahap.FINALISASI}),
    NoteSource.BAPPEDA: frozenset({Tahap.DISAMPAIKAN}),
}
BOLEH_JAWAB = frozenset({Tahap.FINALISASI, Tahap.DIKEMBALIKAN})


@transaction.atomic
def add_note(
    *, musrenbang: Musrenbang, by: Pengguna, sumber: str, isi: str, kunci: UUID, baris: BarisRkp | None = None
) -> Catatan:
    """Write a note on the plan or on one of its rows. The same form sent again returns the one that is there.

    The Camat writes while the document is finalised, Bappeda while it reviews. Raises Refused for a blank note and for
    a row of another event.
    """
    nilai = {"sumber": sumber, "isi": isi.strip(), "baris": baris.pk if baris else None}
    allowed = BOLEH[NoteSource(sumber)]
    one_pass = once(Catatan, musrenbang=musrenbang, allowed=allowed, kunci=kunci, by=by, content=nilai)
    if one_pass.ada:
        return one_pass.ada
    current = one_pass.musrenbang
    if len(isi.strip()) < 5:
        raise Refused("Tuliskan catatannya dalam satu kalimat.")
    if baris is not None and baris.rkp.musrenbang_id != current.pk:
        raise Refused("Kegiatan itu bukan milik musrenbang ini.")
    catatan = Catatan.objects.create(musrenbang=current, sumber=sumber, baris=baris, isi=isi.strip(), oleh=by)
    audit.record(
        musrenbang=current,
        by=by,
        aksi="catatan.ditulis",
        objek=catatan,
        alasan=catatan.isi,
        rincian={"kegiatan": baris.nomor if baris else None},
    )
    return one_pass.keep(catatan)


@allowed_in(BOLEH_JAWAB, of="catatan.musrenbang")
def answer_note(*, catatan: Catatan, by: Pengguna, jawaban: str) -> Catatan:
    """Answer a note of the Camat or Bappeda; the first answer stands."""
    current = catatan.musrenbang
    one = Catatan.objects.select_for_update(of=("self",)).get(pk=catatan.pk)
    if one.jawaban:
        if one.jawaban == jawaban.strip():
            return one
        raise Refused(
            f"Catatan ini sudah dijawab {tulis.dotted(one.dijawab_oleh)} Muat ulang halaman untuk membacanya."
        )
    if len(jawaban.strip()) < 5:
        raise Refused("Tuliskan jawabannya dalam satu kalimat.")
    one.jawaban, one.dijawab_oleh, one.dijawab_pada = jawaban.strip(), by, timezone.now()
    one.save(update_fields=["jawaban", "dijawab_oleh", "dijawab_pada"])
    audit.record(musrenbang=current, by=by, aksi="catatan.dijawab", objek=one, alasan=one.jawaban)
    return one
