"""Forms of the ranking."""

from rkp.prioritas.forms.aturan import AturanForm, SkemaForm
from rkp.prioritas.forms.calon import CalonForm, JumlahForm, KeadaanForm, VerifikasiForm
from rkp.prioritas.forms.sel import parse_kertas, parse_sel
from rkp.prioritas.forms.surat import PenundaanForm, SpcForm

__all__ = [
    "AturanForm",
    "CalonForm",
    "JumlahForm",
    "KeadaanForm",
    "PenundaanForm",
    "SkemaForm",
    "SpcForm",
    "VerifikasiForm",
    "parse_kertas",
    "parse_sel",
]
