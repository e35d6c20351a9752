"""Choosing delegates from those present, by name or by count; the composition."""

import uuid
from collections.abc import Mapping

from django import forms

from delegasi.komposisi import NAMA, Hitungan
from delegasi.models import PengaturanDelegasi, UnsurDelegasi
from delegasi.queries import aturan_of, list_calon
from musrenbang.models import Musrenbang


class DelegatForm(forms.Form):
    """A person present and the seat."""

    unsur = forms.ChoiceField(choices=UnsurDelegasi.choices, label="Kursi")
    kehadiran = forms.ModelChoiceField(None, label="Dari peserta yang hadir", empty_label="Pilih nama")
    kunci = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: object, musrenbang: Musrenbang, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        # A repeated POST still names a person who is a delegate by now; the service answers it.
        self.fields["kehadiran"].queryset = musrenbang.kehadiran.all() if self.is_bound else list_calon(musrenbang)


class SusunanForm(forms.Form):
    """Seats by element, women, and whether that is a condition."""

    min_perempuan = forms.IntegerField(label="Perempuan, paling sedikit", min_value=0, max_value=30)
    wajib_perempuan = forms.BooleanField(label="Menjadi syarat, bukan hanya anjuran", required=False)
    versi = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: object, musrenbang: Musrenbang, **kwargs: object) -> None:
        aturan, ada = aturan_of(musrenbang), PengaturanDelegasi.objects.filter(musrenbang=musrenbang).first()
        super().__init__(*args, **kwargs)
        for unsur, nama in NAMA.items():
            self.fields[f"kursi_{unsur}"] = forms.IntegerField(
                label=nama, min_value=0, max_value=30, initial=aturan.kursi.get(unsur, 0)
            )
        self.initial |= {
            "min_perempuan": aturan.min_perempuan, "wajib_perempuan": aturan.wajib_perempuan,
            "versi": ada.versi if ada else 0,
        }  # fmt: skip

    def clean(self) -> dict:
        """Gather the seats."""
        data = super().clean() or self.cleaned_data
        data["kursi"] = {unsur: data.pop(f"kursi_{unsur}", 0) or 0 for unsur in NAMA}
        return data


def parse_hitungan(data: Mapping[str, str]) -> tuple[Hitungan, dict[int, int], list[str]]:
    """Return the count, the places decided among equal votes, and what is no whole number.

    Field ``s-<attendance>`` holds votes (blank: no candidate), ``p-<attendance>`` a place.
    """
    jumlah, suara, putusan, salah = dict.fromkeys(("pemilih", "edar", "masuk", "sah"), 0), {}, {}, []
    for nama, teks in data.items():
        isi = teks.strip()
        orang = nama[2:] if nama[:2] in {"s-", "p-"} and nama[2:].isdigit() else ""
        if not isi or not (orang or nama in jumlah):
            continue
        if not isi.isdigit() or len(isi) > 5:
            salah.append(f"“{isi}” bukan bilangan bulat.")
        elif nama in jumlah:
            jumlah[nama] = int(isi)
        else:
            (suara if nama[0] == "s" else putusan)[int(orang)] = int(isi)
    return Hitungan(suara=suara, **jumlah), putusan, salah
