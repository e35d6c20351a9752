"""Forms of the RKP."""

from rkp.forms.baris import DecideForm, PlaceForm
from rkp.forms.kelompok import AnggotaForm, KelompokForm, UsulanKelompokForm

__all__ = ["AnggotaForm", "DecideForm", "KelompokForm", "PlaceForm", "UsulanKelompokForm"]
