"""Everything that changes proposals."""

from usulan.services.impor import choose_desa, commit_impor, stage_impor, undo_impor
from usulan.services.usulan import update_usulan

__all__ = ["choose_desa", "commit_impor", "stage_impor", "undo_impor", "update_usulan"]
