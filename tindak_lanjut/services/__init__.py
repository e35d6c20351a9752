"""Everything that changes what follows the day."""

from tindak_lanjut.services.catatan import add_note, answer_note
from tindak_lanjut.services.pemilahan import choose_skpd, confirm_many, requeue_pilahan, start_pemilahan
from tindak_lanjut.services.penyampaian import accept_package, return_package, submit_package

__all__ = [
    "accept_package",
    "add_note",
    "answer_note",
    "choose_skpd",
    "confirm_many",
    "requeue_pilahan",
    "return_package",
    "start_pemilahan",
    "submit_package",
]
