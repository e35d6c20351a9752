"""What is known of a candidate, of its desa, and what the Tim Verifikasi writes."""

from typing import Any

from django import forms

from musrenbang.forms.columns import own_field
from musrenbang.forms.numbers import ConfirmedField, RupiahField, VolumeField
from musrenbang.forms.versioned import VersionedForm
from musrenbang.labels import words
from rkp.prioritas.models import Calon, KeadaanDesa, Pemeringkatan, Verifikasi

DOKUMEN = {
    "usulan": "Formulir usulan",
    "ba_musdes": words("Berita Acara musyawarah desa"),
    "daftar_hadir": "Daftar hadir musyawarah",
    "swadaya": "Kesanggupan swadaya",
    "lahan": "Surat lahan atau hibah tanah",
    "rab": "RAB dan gambar",
    "pemeliharaan": "Rencana pemeliharaan",
}
UJI = {
    "manfaat": "Bermanfaat bagi rumah tangga miskin",
    "dampak": "Berdampak langsung",
    "lestari": "Dapat dipelihara masyarakat",
    "berhasil": "Berpeluang berhasil",
    "sumber_daya": "Didukung sumber daya setempat",
    "teknis": "Layak secara teknis",
    "lingkungan": "Tidak merusak lingkungan",
}


class CandidateForm(VersionedForm):
    """List, kind, origin, self-help and papers of a candidate, and what would keep it out."""

    swadaya = RupiahField(label="Swadaya (Rp)", required=False)
    dipastikan = ConfirmedField()
    larangan_nilai = VolumeField(label="Ukurannya", required=False)

    class Meta:
        model = Calon
        fields = [
            "daftar",
            "jenis",
            "asal",
            "tema",
            "sumber",
            "swadaya",
            "rab",
            "lengkap",
            "di_rkp_desa",
            "larangan",
            "larangan_nilai",
            "ganda",
            "data_palsu",
            "rusak_lingkungan",
        ]

    def __init__(self, *args: Any, pemeringkatan: Pemeringkatan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = pemeringkatan.aturan
        self._choices(
            "daftar", [(d["kode"], d["nama"]) for d in rules["daftar"]], needed=rules["daftar"][0]["kode"] != ""
        )
        self._choices("jenis", [("", "belum diisi"), *((j, j) for j in rules["jenis_diizinkan"])])
        self._choices("tema", [("", "tanpa tema"), *((t["tema"], t["tema"]) for t in rules["kuota_tema"])])
        self._choices("sumber", [("", "belum dipilih"), *((s["nama"], s["nama"]) for s in rules["sumber"])])
        larangan = [(x["kode"], f"{x['kode']}. {x['teks']}") for x in rules["daftar_larangan"]]
        self._choices("larangan", [("", "tidak termasuk"), *larangan])

    def _choices(self, nama: str, pilihan: list[tuple[str, str]], needed: bool = False) -> None:
        """Offer what the scheme offers; a setting it does not use is not asked for."""
        if len(pilihan) < 2 and nama != "daftar":
            del self.fields[nama]
            if nama == "larangan":
                del self.fields["larangan_nilai"]
            return
        label = self.fields[nama].label
        self.fields[nama] = forms.ChoiceField(choices=pilihan, label=label, required=needed)


class SumForm(VersionedForm):
    """Less than asked, or before a higher one: both with their reason."""

    disetujui = RupiahField(label="Disetujui (Rp)", required=False, help_text="Bila dikosongkan, seluruh yang diminta.")

    class Meta:
        model = Calon
        fields = ["disetujui", "alasan_disetujui", "penutup", "didahulukan"]
        help_texts = {
            "penutup": "RAB baru, swadaya, atau sumber lain.",
            "didahulukan": "Hanya bila sidang memutuskan mendanai kegiatan ini meskipun yang di atasnya tidak muat.",
        }


class VerificationForm(forms.ModelForm):
    """The record of the Tim Verifikasi. It has no field for money given or approval."""

    versi = forms.IntegerField(widget=forms.HiddenInput)
    spp_tunggakan = RupiahField(label="Tunggakan (Rp)", required=False, help_text="Bila dikosongkan, tidak menunggak.")
    dokumen = forms.MultipleChoiceField(
        choices=list(DOKUMEN.items()), required=False, widget=forms.CheckboxSelectMultiple, label="Dokumen yang ada"
    )

    class Meta:
        model = Verifikasi
        exclude = ["calon", "uji", "diisi_oleh"]  # noqa: DJ006 - every other column is on the form
        formfield_callback = own_field
        widgets = {"alasan": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, spp: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["versi"] = self.instance.versi if self.instance.pk else 0
        self.initial["dokumen"] = [k for k, existing in self.instance.dokumen.items() if existing]
        if not spp:
            for nama in [n for n in self.fields if n.startswith("spp_")]:
                del self.fields[nama]
        for kode, nama in UJI.items():
            content = self.instance.uji.get(kode, {})
            pilihan = [("", "belum"), *((str(n), str(n)) for n in range(1, 6))]
            self.fields[f"uji_{kode}"] = forms.ChoiceField(
                choices=pilihan, required=False, label=nama, initial=str(content.get("nilai", ""))
            )
            self.fields[f"catatan_{kode}"] = forms.CharField(
                required=False, max_length=200, label=f"Catatan {nama.lower()}", initial=content.get("catatan", "")
            )

    def clean(self) -> dict[str, Any]:
        """Gather papers and tests into their columns."""
        data = super().clean() or self.cleaned_data
        data["dokumen"] = {k: k in data.get("dokumen", []) for k in DOKUMEN}
        trial = {kode: (data.pop(f"uji_{kode}", ""), data.pop(f"catatan_{kode}", "")) for kode in UJI}
        data["uji"] = {
            kode: {"nilai": int(nilai) if nilai else None, "catatan": catatan}
            for kode, (nilai, catatan) in trial.items()
            if nilai or catatan
        }
        return data

    def rows(self, *prefixes: str) -> list[Any]:
        """The fields whose names begin so, for the page."""
        return [self[n] for n in self.fields if n.startswith(prefixes)]

    @property
    def tests(self) -> list[tuple[Any, Any]]:
        """Each test with its note."""
        return [(self[f"uji_{k}"], self[f"catatan_{k}"]) for k in UJI]


class StateForm(forms.ModelForm):
    """What a desa did before the ranking."""

    versi = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = KeadaanDesa
        exclude = ["musrenbang", "desa"]  # noqa: DJ006 - every other column is on the form

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["versi"] = self.instance.versi if self.instance.pk else 0
