"""Forms of the hall."""

from musrenbang.sidang.forms.agenda import AgendaForm, NotulenForm, PembicaraForm, SidangForm
from musrenbang.sidang.forms.hadir import HadirForm, KehadiranForm, UndanganForm
from musrenbang.sidang.forms.kuorum import KuorumForm, SkorsForm

__all__ = [
    "AgendaForm",
    "HadirForm",
    "KehadiranForm",
    "KuorumForm",
    "NotulenForm",
    "PembicaraForm",
    "SidangForm",
    "SkorsForm",
    "UndanganForm",
]
