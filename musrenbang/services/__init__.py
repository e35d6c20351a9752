"""Everything that changes data of the base app."""

from musrenbang.services.acara import lock_musrenbang, schedule_musrenbang, update_jadwal
from musrenbang.services.acuan import import_acuan
from musrenbang.services.acuan_admin import note_reference, remove_reference, save_reference
from musrenbang.services.akun import read_news, take_links
from musrenbang.services.akun_admin import give_by_admin, reset_by_admin, save_by_admin, take_by_admin
from musrenbang.services.jadwal import answer_jadwal, plan_jadwal, publish_jadwal, request_jadwal
from musrenbang.services.kedua import answer_request, withdraw_request
from musrenbang.services.pagu import move_kriteria, save_kriteria, scoring_started, set_pagu
from musrenbang.services.pejabat import add_pejabat, remove_pejabat
from musrenbang.services.pembebasan import free_account
from musrenbang.services.pengguna import (
    add_peran,
    import_pengguna,
    invite_pengguna,
    record_own,
    remove_code,
    remove_peran,
    rename_pengguna,
    reset_sandi,
    set_active,
)
from musrenbang.services.program import add_program, import_program, remove_program, save_program
from musrenbang.services.sekali import once, stored_before
from musrenbang.services.tim import fill_tim, remove_anggota, save_anggota, save_sk
from musrenbang.services.wilayah import import_wilayah

__all__ = [
    "add_pejabat",
    "add_peran",
    "add_program",
    "answer_jadwal",
    "answer_request",
    "fill_tim",
    "free_account",
    "give_by_admin",
    "import_acuan",
    "import_pengguna",
    "import_program",
    "import_wilayah",
    "invite_pengguna",
    "lock_musrenbang",
    "move_kriteria",
    "note_reference",
    "once",
    "plan_jadwal",
    "publish_jadwal",
    "read_news",
    "record_own",
    "remove_anggota",
    "remove_code",
    "remove_pejabat",
    "remove_peran",
    "remove_program",
    "remove_reference",
    "rename_pengguna",
    "request_jadwal",
    "reset_by_admin",
    "reset_sandi",
    "save_anggota",
    "save_by_admin",
    "save_kriteria",
    "save_program",
    "save_reference",
    "save_sk",
    "schedule_musrenbang",
    "scoring_started",
    "set_active",
    "set_pagu",
    "stored_before",
    "take_by_admin",
    "take_links",
    "update_jadwal",
    "withdraw_request",
]
