"""Models of the hall: invitations, attendance, agenda, minutes, projector."""

from musrenbang.sidang.models.agenda import Agenda, Notulen, Pembicara, Sidang
from musrenbang.sidang.models.kehadiran import (
    AttendanceWay,
    Kedatangan,
    Kehadiran,
    Kepergian,
    PerubahanUndangan,
    Sex,
    TerbitanUndangan,
    Undangan,
    Unsur,
)
from musrenbang.sidang.models.kuorum import CatatanKuorum
from musrenbang.sidang.models.layar import Layar
from musrenbang.sidang.models.paparan import Paparan
from musrenbang.sidang.models.sesi import HadirSesi, SesiSidang

__all__ = [
    "Agenda",
    "AttendanceWay",
    "CatatanKuorum",
    "HadirSesi",
    "Kedatangan",
    "Kehadiran",
    "Kepergian",
    "Layar",
    "Notulen",
    "Paparan",
    "Pembicara",
    "PerubahanUndangan",
    "SesiSidang",
    "Sex",
    "Sidang",
    "TerbitanUndangan",
    "Undangan",
    "Unsur",
]
