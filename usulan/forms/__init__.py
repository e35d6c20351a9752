"""Forms for proposals and their import."""

from usulan.forms.daftar import MassalForm, SaringForm, SuntingForm
from usulan.forms.impor import BarisForm, UnggahForm
from usulan.forms.milik import MilikForm
from usulan.forms.usulan import AjukanForm, KelengkapanForm, UsulanForm

__all__ = [
    "AjukanForm",
    "BarisForm",
    "KelengkapanForm",
    "MassalForm",
    "MilikForm",
    "SaringForm",
    "SuntingForm",
    "UnggahForm",
    "UsulanForm",
]
