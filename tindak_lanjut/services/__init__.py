"""Everything that changes what follows the day."""

from tindak_lanjut.services.adendum import (
    KOLOM_ADENDUM,
    amend_baris,
    apply_adendum,
    cancel_adendum,
    digest_of,
    keep_letter,
    open_adendum,
    receive_adendum,
    remove_butir,
    return_adendum,
)
from tindak_lanjut.services.catatan import add_note, answer_note
from tindak_lanjut.services.pemilahan import (
    answer_kind,
    choose_skpd,
    confirm_many,
    keep_funded,
    requeue_pilahan,
    send_funded,
    start_pemilahan,
    undo_choice,
)
from tindak_lanjut.services.pengiriman import receive_works, send_works
from tindak_lanjut.services.penyampaian import accept_package, return_package, submit_package
from tindak_lanjut.services.tanggapan import KEPALA_TABEL, answer_many, answer_table, answer_work

__all__ = [
    "KEPALA_TABEL",
    "KOLOM_ADENDUM",
    "accept_package",
    "add_note",
    "amend_baris",
    "answer_kind",
    "answer_many",
    "answer_note",
    "answer_table",
    "answer_work",
    "apply_adendum",
    "cancel_adendum",
    "choose_skpd",
    "confirm_many",
    "digest_of",
    "keep_funded",
    "keep_letter",
    "open_adendum",
    "receive_adendum",
    "receive_works",
    "remove_butir",
    "requeue_pilahan",
    "return_adendum",
    "return_package",
    "send_funded",
    "send_works",
    "start_pemilahan",
    "submit_package",
    "undo_choice",
]
