"""Forms of the hall."""

from musrenbang.sidang.forms.agenda import AgendaForm, NotulenForm, PembicaraForm, SidangForm
from musrenbang.sidang.forms.hadir import HadirForm, KehadiranForm, UndanganForm

__all__ = [
    "AgendaForm",
    "HadirForm",
    "KehadiranForm",
    "NotulenForm",
    "PembicaraForm",
    "SidangForm",
    "UndanganForm",
]
