"""The settings of a scheme as a form, made from the one table that describes them."""

from typing import Any

from django import forms

from musrenbang.forms.numbers import RupiahField
from musrenbang.labels import words
from musrenbang.models import SumberDana
from musrenbang.sebutan import fund
from rkp.prioritas.models import Pemeringkatan, SkemaPendanaan
from rkp.prioritas.rules import ATURAN, BAGIAN, Item, complete, faults, number, read_matrix, read_rows, write_rows

KATA_ASAL = {
    "R": "dibaca",
    "L": "aturan setempat",
    "K": "belum dicocokkan dengan naskah peraturan",
    "D": "pilihan kami",
    "S": "naskah dasar",
}
TERPAKAI = {"pemilih", "desa", "buka"}


class ItemField(forms.CharField):
    """A setting that is typed as text: a number, a list with commas, lines, a matrix. Cleans to its JSON value."""

    def __init__(self, butir: Item, **kwargs: Any) -> None:
        self.butir = butir
        baris = butir.jenis in {"baris", "matriks"}
        widget = forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}) if baris else forms.TextInput()
        super().__init__(required=False, strip=True, widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        jenis = self.butir.jenis
        if isinstance(value, list):
            if jenis == "baris":
                return write_rows(self.butir, value)
            if jenis == "matriks":
                return "\n".join(" | ".join(cell.replace(".", ",") for cell in one) for one in value)
            labels = self.butir.pilihan or {}
            return ", ".join(
                str(v).replace(".", ",") if jenis == "porsi" else labels.get(v, fund(str(v))) for v in value
            )
        return value.replace(".", ",") if isinstance(value, str) and jenis in {"desimal", "porsi"} else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return _read(self.butir, text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


def _read(butir: Item, teks: str) -> Any:
    if butir.jenis == "baris":
        return read_rows(butir, teks)
    if butir.jenis == "matriks":
        return read_matrix(teks)
    if butir.jenis == "urut":
        codes = {label: code for code, label in (butir.pilihan or {}).items()}
        return [codes.get(part.strip().lower(), part.strip()) for part in teks.split(",") if part.strip()]
    nilai = number(teks, butir.jenis == "bulat")
    if butir.jenis == "porsi" and nilai is not None and float(nilai) > 1:
        raise ValueError("Tulis porsi antara 0 dan 1, misalnya 0,25.")
    return nilai


def _field(butir: Item) -> forms.Field:
    origin = KATA_ASAL.get(butir.asal[:1], "")
    aid = " ".join(t for t in (butir.bantuan, f"[{origin}]" if butir.asal[:1] == "K" else "") if t)
    general: dict[str, Any] = {"label": words(butir.label), "help_text": words(aid)}
    if butir.jenis == "ya":
        return forms.BooleanField(required=False, **general)
    if butir.jenis == "pilihan":
        return forms.ChoiceField(choices=list((butir.pilihan or {}).items()), **general)
    if butir.jenis == "rupiah":
        return RupiahField(required=False, **general)
    return ItemField(butir, **general)


class _Rules(forms.Form):
    """Adds a field for every setting; ``cleaned_data["aturan"]`` gathers them."""

    def add_settings(self, aturan: dict[str, Any]) -> None:
        """Add the fields with what the scheme says now."""
        for kode, item in ATURAN.items():
            self.fields[kode] = _field(item)
            self.initial.setdefault(kode, complete(aturan)[kode])

    @property
    def bagian(self) -> list[tuple[str, list[Any]]]:
        """The settings by section, for the page."""
        return [(judul, [self[kode] for kode in content]) for judul, content in BAGIAN.items()]

    def clean(self) -> dict[str, Any]:
        """Gather the settings and say what contradicts."""
        data = super().clean() or self.cleaned_data
        data["aturan"] = {kode: data.pop(kode, ATURAN[kode].bawaan) for kode in ATURAN}
        sources = list(SumberDana.objects.all())
        known = {n: s.nama for s in sources for n in (s.nama, str(s))}
        named = data["aturan"]["sumber_dibayar"] or []
        data["aturan"]["sumber_dibayar"] = [known.get(n, n) for n in named]
        if foreign := [n for n in named if n not in known]:
            existing = ", ".join(sorted(map(str, sources)))
            sentence = f"Sumber dana {', '.join(foreign)} tidak ada di data acuan. Yang ada: {existing}."
            self.add_error("sumber_dibayar", sentence)
        if not self.errors:
            kode = [k["kode"] for k in data["aturan"]["kriteria"]] or [f"C{i}" for i in range(1, 10)]
            for sentence in faults(data["aturan"], kode):
                self.add_error(None, sentence)
        return data


class RulesForm(_Rules):
    """The scheme of a ranking: name and pagu, and every setting; a reason once the ranking is open."""

    nama = forms.CharField(
        label="Program atau sumber dana", max_length=120, help_text=words("Misalnya: Pagu Indikatif Kecamatan 2027.")
    )
    pagu = RupiahField(label="Pagu (Rp)")
    dasar_hukum = forms.CharField(label="Dasar hukum", max_length=250, required=False)

    def __init__(
        self, *args: Any, pemeringkatan: Pemeringkatan | None = None, aturan: dict[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if pemeringkatan:
            self.initial.update({k: getattr(pemeringkatan, k) for k in ("nama", "pagu", "dasar_hukum")})
            self.fields["versi"] = forms.IntegerField(widget=forms.HiddenInput, initial=pemeringkatan.versi)
        self.add_settings(aturan)
        if pemeringkatan:
            self.fields["alasan"] = forms.CharField(
                label="Alasan perubahan",
                min_length=5,
                help_text="Tercatat di riwayat perubahan dan dicetak di Berita Acara.",
            )


class SkemaForm(_Rules):
    """A kabupaten's own scheme."""

    kode = forms.SlugField(max_length=20, help_text="Huruf kecil, angka, dan tanda hubung; tampil di alamat halaman.")
    nama = forms.CharField(label="Nama skema", max_length=120)
    tahun_dari = forms.IntegerField(label="Berlaku mulai tahun", min_value=2000, max_value=2100)
    tahun_sampai = forms.IntegerField(label="Sampai tahun", min_value=2000, max_value=2100, required=False)
    dasar_hukum = forms.CharField(label="Dasar hukum", max_length=250, required=False)
    aktif = forms.BooleanField(label=words("Ditawarkan kepada kecamatan"), required=False, initial=True)
    versi = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def __init__(self, *args: Any, skema: SkemaPendanaan | None, aturan: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if skema:
            own = ("kode", "nama", "tahun_dari", "tahun_sampai", "dasar_hukum", "aktif", "versi")
            self.initial.update({k: getattr(skema, k) for k in own})
        self.add_settings(aturan)

    def clean_kode(self) -> str:
        """Some codes are addresses of other pages."""
        kode: str = self.cleaned_data["kode"]
        if kode in TERPAKAI:
            raise forms.ValidationError("Kode ini dipakai untuk halaman lain. Pilih kode lain.")
        return kode

    def clean(self) -> dict[str, Any]:
        """The years follow each other."""
        data = super().clean()
        until = data.get("tahun_sampai")
        if until and data.get("tahun_dari") and until < data["tahun_dari"]:
            self.add_error("tahun_sampai", "Tahun akhir tidak boleh sebelum tahun awal.")
        return data
