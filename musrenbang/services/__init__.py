"""Everything that changes data of the base app."""

from musrenbang.services.acara import advance_musrenbang, lock_musrenbang, schedule_musrenbang, update_jadwal
from musrenbang.services.acuan import import_acuan
from musrenbang.services.kamus import import_kamus
from musrenbang.services.program import import_program, remove_program, save_program
from musrenbang.services.wilayah import import_wilayah

__all__ = [
    "advance_musrenbang", "import_acuan", "import_kamus", "import_program", "import_wilayah",
    "lock_musrenbang", "remove_program", "save_program", "schedule_musrenbang", "update_jadwal",
]  # fmt: skip
