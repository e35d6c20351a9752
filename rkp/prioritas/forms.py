"""Forms of the ranking."""

from django import forms

from musrenbang.forms.angka import RupiahField
from musrenbang.models import Musrenbang
from musrenbang.queries import kriteria_for
from rkp.prioritas.models import KebijakanSisa, Pemeringkatan


class AturanForm(forms.Form):
    """Programme, pagu, rest policy and the weights of the criteria; a reason once scoring began."""

    nama = forms.CharField(
        label="Program atau sumber dana", max_length=120, help_text="Misalnya: Pagu Indikatif Kecamatan 2027."
    )
    pagu = RupiahField(label="Pagu (Rp)")
    kebijakan_sisa = forms.ChoiceField(label="Bila ada yang tidak muat", choices=KebijakanSisa.choices)

    def __init__(
        self, *args: object, musrenbang: Musrenbang, pemeringkatan: Pemeringkatan | None, **kwargs: object
    ) -> None:  # fmt: skip
        self.pemeringkatan = pemeringkatan
        self.kriteria = (
            [(k.kode, k.nama, k.bobot) for k in pemeringkatan.kriteria.all()]
            if pemeringkatan
            else [(k["kode"], k["nama"], k["bobot"]) for k in kriteria_for(musrenbang)]
        )
        awal = {f"bobot_{kode}": bobot for kode, _, bobot in self.kriteria}
        if pemeringkatan:
            awal |= {k: getattr(pemeringkatan, k) for k in ("nama", "pagu", "kebijakan_sisa")}
        super().__init__(*args, initial=awal, **kwargs)
        for kode, nama, _ in self.kriteria:
            self.fields[f"bobot_{kode}"] = forms.IntegerField(label=f"{nama} (%)", min_value=1, max_value=95)
        if pemeringkatan:
            self.fields["alasan"] = forms.CharField(
                label="Alasan perubahan", min_length=5, help_text="Tercatat di jejak audit dan dicetak di Berita Acara."
            )

    def clean(self):
        """Gather the weights and check that they add up to 100."""
        data = super().clean()
        bobot = {kode: data.pop(f"bobot_{kode}", 0) for kode, _, _ in self.kriteria}
        if not self.errors and sum(bobot.values()) != 100:
            self.add_error(None, f"Jumlah bobot harus tepat 100% (sekarang {sum(bobot.values())}%).")
        data["bobot"] = bobot
        return data


def parse_sel(data) -> tuple[dict[tuple[int, int], tuple[int | None, int | None]], list[str]]:
    """Return the score cells of a POST as ``save_nilai`` takes them, and sentences for values that are no score.

    Field ``n-<row>-<criterion>`` holds the new score, ``l-<row>-<criterion>`` the one the page showed.
    """
    sel, salah = {}, []
    for nama, teks in data.items():
        bagian = nama.split("-")
        if len(bagian) != 3 or bagian[0] != "n" or not (bagian[1].isdigit() and bagian[2].isdigit()):
            continue
        kunci = (int(bagian[1]), int(bagian[2]))
        lama, baru = data.get(f"l-{bagian[1]}-{bagian[2]}", "").strip(), teks.strip()
        if baru not in {"", "1", "2", "3", "4", "5"}:
            salah.append(f"Skor “{baru}” bukan angka 1 sampai 5.")
            continue
        sel[kunci] = (int(lama) if lama.isdigit() else None, int(baru) if baru else None)
    return sel, salah
