"""Forms of the indicative ceiling and of the criteria."""

from typing import Any, cast

from django import forms

from musrenbang.forms.numbers import RupiahField
from musrenbang.models import SumberDana

MAKS_KRITERIA = 10


class PaguForm(forms.Form):
    """One amount per funding source; blank means no ceiling is known."""

    def __init__(self, *args: Any, pagu: dict[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sumber = list(SumberDana.objects.all())
        for s in self.sumber:
            self.fields[f"s{s.pk}"] = RupiahField(label=s.nama, required=False, initial=pagu.get(s.pk))

    def amounts(self) -> dict[SumberDana, int | None]:
        """Return the amounts in rupiah by source."""
        return {s: self.cleaned_data[f"s{s.pk}"] for s in self.sumber}


class BarisKriteriaForm(forms.Form):
    """One criterion; a row with a blank name is left out."""

    nama = forms.CharField(label="Kriteria", max_length=100, required=False)
    bobot = forms.IntegerField(label="Bobot (%)", min_value=1, max_value=100, required=False)

    def clean(self) -> dict[str, Any]:
        """A name has a weight, and a weight has a name."""
        data = super().clean() or self.cleaned_data
        if bool(data.get("nama")) != bool(data.get("bobot")) and not self.errors:
            raise forms.ValidationError("Isi nama dan bobotnya, atau kosongkan keduanya.")
        return data


class _KriteriaFormSet(forms.BaseFormSet):
    def rows(self) -> list[dict[str, Any]]:
        """Return the criteria with the codes C1, C2, ... in their order."""
        contents = [f.cleaned_data for f in self.forms if f.cleaned_data.get("nama")]
        return [{"kode": f"C{i}", "nama": k["nama"], "bobot": k["bobot"]} for i, k in enumerate(contents, 1)]


KriteriaFormSet = cast(
    type[_KriteriaFormSet],
    forms.formset_factory(
        BarisKriteriaForm, formset=_KriteriaFormSet, extra=2, max_num=MAKS_KRITERIA, validate_max=True
    ),
)
