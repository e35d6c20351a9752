"""Choosing delegates from those present, by name or by count; the composition."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from delegasi.komposisi import NAMA, Tally
from delegasi.models import ChoosingWay, PengaturanDelegasi, UnsurDelegasi
from delegasi.queries import list_candidates, rules_of
from musrenbang.forms.kunci import KunciField
from musrenbang.forms.numbers import whole
from musrenbang.forms.small import NumberField, ReasonForm, TextField, model_field
from musrenbang.models import Musrenbang
from musrenbang.sidang.models import Kehadiran

CARA_HITUNG = [c for c in ChoosingWay.choices if c[0] != ChoosingWay.AKLAMASI]
CHOOSE = dict.fromkeys(("required", "invalid_choice"), "Pilih kursi dan cara memilihnya.")


class DelegatForm(forms.Form):
    """A person present and the seat."""

    unsur = forms.ChoiceField(choices=UnsurDelegasi.choices, label="Kursi")
    kehadiran = forms.ModelChoiceField(
        Kehadiran.objects.none(), label="Dari peserta yang hadir", empty_label="Pilih nama"
    )
    alasan_unsur = forms.CharField(
        label="Alasan, bila unsurnya lain",
        max_length=300,
        required=False,
        help_text="Diisi bila orang ini tercatat hadir dengan unsur lain. Dicetak di daftar delegasi.",
    )
    kunci = KunciField()

    def __init__(self, *args: Any, musrenbang: Musrenbang, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A repeated POST still names a person who is a delegate by now; the service answers it.
        model_field(self, "kehadiran").queryset = (
            musrenbang.kehadiran.all() if self.is_bound else list_candidates(musrenbang)
        )


class CompositionForm(forms.Form):
    """Seats by element, women, and whether that is a condition."""

    min_perempuan = forms.IntegerField(label="Perempuan, paling sedikit", min_value=0, max_value=30)
    wajib_perempuan = forms.BooleanField(label="Menjadi syarat, bukan hanya anjuran", required=False)
    versi = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, musrenbang: Musrenbang, **kwargs: Any) -> None:
        rules, existing = rules_of(musrenbang), PengaturanDelegasi.objects.filter(musrenbang=musrenbang).first()
        super().__init__(*args, **kwargs)
        for unsur, nama in NAMA.items():
            self.fields[f"kursi_{unsur}"] = forms.IntegerField(
                label=nama, min_value=0, max_value=30, initial=rules.kursi.get(unsur, 0)
            )
        self.initial.update(
            min_perempuan=rules.min_perempuan,
            wajib_perempuan=rules.wajib_perempuan,
            versi=existing.versi if existing else 0,
        )

    def clean(self) -> dict:
        """Gather the seats."""
        data = super().clean() or self.cleaned_data
        data["kursi"] = {unsur: data.pop(f"kursi_{unsur}", 0) or 0 for unsur in NAMA}
        return data


def parse_alasan(data: Mapping[str, str]) -> dict[int, str]:
    """Return the reasons of fields ``u-<attendance>``, why somebody stands for a seat of another unsur."""
    return {pk: content for n, content in data.items() if n[:2] == "u-" and content.strip() and (pk := whole(n[2:]))}


def parse_count(data: Mapping[str, str]) -> tuple[Tally, dict[int, int], list[str]]:
    """Return the count, the places decided among equal votes, and what is no whole number.

    Field ``s-<attendance>`` holds votes (blank: no candidate), ``p-<attendance>`` a place.
    """
    suara: dict[int, int] = {}
    putusan: dict[int, int] = {}
    jumlah, wrong = dict.fromkeys(JUMLAH, 0), []
    for nama, text in data.items():
        content = text.strip()
        person = whole(nama[2:]) if nama[:2] in {"s-", "p-"} else None
        if not content or not (person or nama in jumlah):
            continue
        figure = whole(content) if len(content) <= 5 else None
        if figure is None:
            wrong.append(f"“{content}” bukan bilangan bulat.")
        elif person:
            (suara if nama[0] == "s" else putusan)[person] = figure
        else:
            jumlah[nama] = figure
    return Tally(suara=suara, **jumlah), putusan, wrong


JUMLAH = {"pemilih": "Pemilih", "edar": "Surat diedarkan", "masuk": "Surat masuk", "sah": "Surat sah"}


def count_fields(calon: Iterable[Kehadiran], data: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields of the count as they were typed, the people with votes first; blank before it was sent."""

    def content(nama: str) -> str:
        return data.get(nama, "").strip()

    baris = [
        {"orang": h, "suara": content(f"s-{h.pk}"), "putusan": content(f"p-{h.pk}"), "alasan": content(f"u-{h.pk}")}
        for h in calon
    ]
    return {
        "baris": sorted(baris, key=lambda b: not (b["suara"] or b["putusan"] or b["alasan"])),
        "jumlah": [(n, label, content(n)) for n, label in JUMLAH.items()],
        "unsur": content("unsur"),
        "cara": content("cara"),
        "alasan": content("alasan"),
        "kunci": content("kunci"),
    }


class CountForm(ReasonForm):
    """Which seats a count of votes fills, and how it was made; the votes stand in fields of their own."""

    unsur = forms.ChoiceField(choices=UnsurDelegasi.choices, error_messages=CHOOSE)
    cara = forms.ChoiceField(choices=CARA_HITUNG, error_messages=CHOOSE)
    kunci = KunciField()


class ReplaceForm(ReasonForm):
    """Who takes a seat over, and why; ``alasan_unsur`` when that person is of another unsur."""

    pengganti = NumberField()
    alasan_unsur = TextField()
