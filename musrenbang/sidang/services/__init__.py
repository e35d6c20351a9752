"""Everything that changes in the hall."""

from musrenbang.sidang.services.agenda import (
    add_agenda,
    fill_agenda,
    finish_agenda,
    remove_agenda,
    reorder_agenda,
    reset_agenda,
    save_agenda,
    save_sidang,
    start_agenda,
)
from musrenbang.sidang.services.hadir import MungkinSama, check_in, come_again, record_kehadiran, remove_kehadiran
from musrenbang.sidang.services.kuorum import decide_kuorum, drop_kuorum, note_kuorum
from musrenbang.sidang.services.layar import open_layar, show_panel
from musrenbang.sidang.services.notulen import (
    CatatanBerubah,
    add_notulen,
    add_pembicara,
    move_pembicara,
    remove_notulen,
    save_notulen,
)
from musrenbang.sidang.services.privasi import forget_hadirin
from musrenbang.sidang.services.sesi import adjourn_sidang, attend_again, move_lanjutan, resume_sidang
from musrenbang.sidang.services.undangan import (
    carry_undangan,
    import_undangan,
    inherit_undangan,
    remove_undangan,
    save_undangan,
    track_undangan,
)

__all__ = [
    "CatatanBerubah",
    "MungkinSama",
    "add_agenda",
    "add_notulen",
    "add_pembicara",
    "adjourn_sidang",
    "attend_again",
    "carry_undangan",
    "check_in",
    "come_again",
    "decide_kuorum",
    "drop_kuorum",
    "fill_agenda",
    "finish_agenda",
    "forget_hadirin",
    "import_undangan",
    "inherit_undangan",
    "move_lanjutan",
    "move_pembicara",
    "note_kuorum",
    "open_layar",
    "record_kehadiran",
    "remove_agenda",
    "remove_kehadiran",
    "remove_notulen",
    "remove_undangan",
    "reorder_agenda",
    "reset_agenda",
    "resume_sidang",
    "save_agenda",
    "save_notulen",
    "save_sidang",
    "save_undangan",
    "show_panel",
    "start_agenda",
    "track_undangan",
]
