"""Whose a proposal is, as a form asks for it: ticked desa with their shares, or the whole kecamatan said outright."""

import re
from typing import Any

from django import forms

from musrenbang.forms.small import model_field
from musrenbang.labels import words
from musrenbang.models import Desa, Musrenbang
from musrenbang.sebutan import sebutan, translate
from usulan.models import Usulan
from usulan.ownership import SARING_BERSAMA, SARING_KECAMATAN, TANPA_DESA, Coverage, Ownership


def desa_choices(musrenbang: Musrenbang, semua: str) -> list[tuple[str, str]]:
    """Return the choices of a filter by desa (one query); ``semua`` are the words for none."""
    desa = musrenbang.kecamatan.desa_set.values_list("kode", "nama")
    others = [(SARING_BERSAMA, f"Beberapa {sebutan.desa} bersama"), (SARING_KECAMATAN, translate(TANPA_DESA[1]))]
    return [("", semua), *desa, *others]


class OwnershipFields(forms.Form):
    """The fields and their rules, for the forms that hold them. ``cleaned_data["milik"]`` is what they say."""

    desa = forms.ModelMultipleChoiceField(
        Desa.objects.none(),
        label=words("Desa"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=words("Centang lebih dari satu bila usulannya milik beberapa desa bersama."),
    )
    bagian = forms.CharField(
        label=words("Bagian tiap desa"),
        required=False,
        max_length=200,
        help_text=words("Hanya untuk beberapa desa, dalam urutan di atas, misalnya 60, 40. Kosongkan bila sama rata."),
    )
    seluruh = forms.BooleanField(
        label=words("Seluruh kecamatan"),
        required=False,
        help_text=words("Usulan SKPD/UPTD atau kecamatan yang bukan untuk desa tertentu."),
    )

    def offer_desa(self, musrenbang: Musrenbang, only: frozenset[int] | None = None) -> None:
        """Let it choose among the desa of the kecamatan; ``only``: a desa's own account chooses the own one alone."""
        desa, own = model_field(self, "desa"), Desa.objects.filter(kecamatan=musrenbang.kecamatan)
        desa.queryset = own if only is None else own.filter(pk__in=only)
        if only is not None:
            desa.help_text = ""
            del self.fields["bagian"], self.fields["seluruh"]
        if desa.queryset.count() == 1:
            desa.initial = [desa.queryset.first()]

    def read_ownership(self, isi: dict[str, Any]) -> Ownership | None:
        """Return whose work it is, or None with the sentence at the field that is wrong."""
        desa, whole = list(isi.get("desa") or []), isi.get("seluruh")
        if self.has_error("desa"):
            return None
        if bool(desa) == bool(whole):
            pilihan = f" atau “Seluruh {sebutan.kecamatan}”" if "seluruh" in self.fields else ""
            word = (
                f"Pilih salah satu: {sebutan.desa}nya{pilihan}, bukan keduanya."
                if desa
                else f"Centang {sebutan.desa}nya{pilihan}."
            )
            self.add_error("desa", word)
            return None
        text = isi.get("bagian") or ""
        bobot = [int(n) for n in re.findall(r"\d{1,9}", text)]
        if text and (sentence := _wrong_shares(text, bobot, len(desa))):
            self.add_error("bagian", sentence)
            return None
        return Ownership.of(desa, bobot or None)


def _wrong_shares(text: str, bobot: list[int], count: int) -> str:
    """Return what is wrong with shares that were typed for so many desa; "" when nothing is."""
    if count < 2:
        return f"Kosongkan: bagian hanya diisi bila lebih dari satu {sebutan.desa} dicentang."
    if len(bobot) != count or 0 in bobot or re.search(r"(?<!\S)[-−]\s*\d", text):
        return f"Tulis {count} angka di atas nol, satu untuk tiap {sebutan.desa} yang dicentang."
    if "%" in text and sum(bobot) not in (99, 100):  # thirds may miss a hundred
        return f"Persennya berjumlah {sum(bobot)}%, bukan 100%. Perbaiki, atau tulis angkanya tanpa tanda persen."
    return ""


class OwnershipForm(OwnershipFields):
    """Change whose a proposal is; carries the version the person saw."""

    versi = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, usulan: Usulan, musrenbang: Musrenbang) -> None:
        own, kode = usulan.milik, [k for k, _ in usulan.daftar_desa]
        start: dict[str, Any] = {"versi": usulan.versi, "seluruh": own.cakupan == Coverage.KECAMATAN}
        bobot = [content["bobot"] for _, content in sorted(own.bersama.items())]
        start |= {"bagian": ", ".join(map(str, bobot)) if len(set(bobot)) > 1 else ""}
        super().__init__(data, initial=start)
        self.offer_desa(musrenbang)
        self.fields["desa"].initial = Desa.objects.filter(kecamatan=musrenbang.kecamatan, kode__in=kode)

    def clean(self) -> dict[str, Any]:
        """It says one thing: some desa, or the whole kecamatan."""
        content = super().clean() or self.cleaned_data
        return content | {"milik": self.read_ownership(content)}
