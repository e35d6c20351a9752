"""Everything that changes what follows the day."""

from tindak_lanjut.services.catatan import add_note, answer_note

__all__ = ["add_note", "answer_note"]
