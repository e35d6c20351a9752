"""Reads about what follows the day."""

from tindak_lanjut.queries.pengesahan import Keadaan, list_notes, open_notes, stages_of

__all__ = ["Keadaan", "list_notes", "open_notes", "stages_of"]
