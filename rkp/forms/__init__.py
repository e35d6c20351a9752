"""Forms of the RKP."""

from rkp.forms.baris import CorrectForm, DecideForm, PlaceForm
from rkp.forms.kelompok import AnggotaForm, KelompokForm, UsulanKelompokForm

__all__ = ["AnggotaForm", "CorrectForm", "DecideForm", "KelompokForm", "PlaceForm", "UsulanKelompokForm"]
