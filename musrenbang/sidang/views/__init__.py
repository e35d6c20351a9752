"""Pages of the hall, by noun."""

from musrenbang.sidang.views.agenda import (
    agenda,
    agenda_fill,
    agenda_item,
    agenda_remove,
    agenda_reorder,
    agenda_run,
    settings_save,
)
from musrenbang.sidang.views.hadir import attendance, check_in, check_in_code, find_invitee, remove
from musrenbang.sidang.views.kuorum import quorum
from musrenbang.sidang.views.notulen import minutes, note, note_new, note_remove, speaker, speaker_new
from musrenbang.sidang.views.sesi import adjourn, attend_again, resume
from musrenbang.sidang.views.undangan import (
    invitation,
    invitation_remove,
    invitations,
    invitations_carry,
    invitations_download,
    invitations_track,
    invitations_upload,
)

__all__ = [
    "adjourn",
    "agenda",
    "agenda_fill",
    "agenda_item",
    "agenda_remove",
    "agenda_reorder",
    "agenda_run",
    "attend_again",
    "attendance",
    "check_in",
    "check_in_code",
    "find_invitee",
    "invitation",
    "invitation_remove",
    "invitations",
    "invitations_carry",
    "invitations_download",
    "invitations_track",
    "invitations_upload",
    "minutes",
    "note",
    "note_new",
    "note_remove",
    "quorum",
    "remove",
    "resume",
    "settings_save",
    "speaker",
    "speaker_new",
]
