"""Forms for proposals."""

from typing import Any

from django import forms

from musrenbang.akses import Akses
from musrenbang.forms.kunci import KunciField
from musrenbang.forms.numbers import ConfirmedField, RupiahField, VolumeField
from musrenbang.forms.small import choice_field, model_field
from musrenbang.forms.typed import TypedDayField
from musrenbang.forms.versioned import VersionedForm
from musrenbang.labels import words
from musrenbang.models import Musrenbang, Skpd
from musrenbang.sebutan import sebutan
from usulan.forms.ownership import OwnershipFields
from usulan.models import KelengkapanDesa, LatePolicy, Usulan, UsulanOrigin

DIKETIK = {
    UsulanOrigin.FORMULIR: words("Desa"),
    UsulanOrigin.SKPD: words("SKPD/UPTD"),
    UsulanOrigin.KECAMATAN: words("Kecamatan"),
}
"""Who proposes by the form, and what it calls them."""


class UsulanForm(VersionedForm):
    """Complete or correct a proposal; carries the version the person saw."""

    volume = VolumeField(required=False)
    biaya = RupiahField(label="Perkiraan biaya (Rp)", required=False, help_text="Kosongkan bila belum diketahui.")
    dipastikan = ConfirmedField()

    class Meta:
        model = Usulan
        fields = [
            "kegiatan",
            "permasalahan",
            "lokasi",
            "volume",
            "satuan",
            "biaya",
            "sumber_dana",
            "manfaat",
            "prioritas_desa",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kegiatan"].required = True
        self.fields["kegiatan"].widget.attrs["list"] = "kamus"


class ProposeForm(OwnershipFields, forms.ModelForm):
    """A proposal typed in. The team may enter one for desa, an SKPD or the kecamatan; others only their own."""

    volume = VolumeField(required=False)
    biaya = RupiahField(label="Perkiraan biaya (Rp)", required=False, help_text="Kosongkan bila belum diketahui.")
    kunci = KunciField()

    class Meta:
        model = Usulan
        fields = [
            "asal",
            "skpd",
            "kegiatan",
            "permasalahan",
            "lokasi",
            "volume",
            "satuan",
            "biaya",
            "sumber_dana",
            "manfaat",
            "prioritas_desa",
            "bidang_teks",
        ]

    def __init__(self, *args: Any, akses: Akses, musrenbang: Musrenbang, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kegiatan"].required = True
        self.fields["kegiatan"].widget.attrs["list"] = "kamus"
        skpd, everything = model_field(self, "skpd"), Skpd.objects.filter(kabupaten=musrenbang.kecamatan.kabupaten_id)
        skpd.queryset = everything if akses.tim else everything.filter(pk__in=akses.skpd)
        pilihan = [p for p, has in zip(DIKETIK, (akses.desa, akses.skpd, ()), strict=True) if has or akses.tim]
        self.offer_desa(musrenbang, None if akses.tim or akses.skpd else akses.desa)
        self.fields["asal"].label = "Usulan dari"
        choice_field(self, "asal").choices = [(p, DIKETIK[p]) for p in pilihan]
        self.fields["asal"].initial = pilihan[0]
        self.order_fields(["asal", "desa", "bagian", "seluruh", "skpd"])
        skpd.label = f"{sebutan.Skpd}/UPTD pengusul"
        skpd.help_text = f"Diisi hanya untuk usulan {sebutan.skpd}/UPTD."
        if len(pilihan) == 1:
            self.fields["asal"].widget = forms.HiddenInput()
            if pilihan[0] == UsulanOrigin.FORMULIR:
                del self.fields["skpd"]
        if skpd.queryset.count() == 1:
            skpd.initial = skpd.queryset.first()
            skpd.empty_label = None

    def clean(self) -> dict[str, Any]:
        """An SKPD's proposal names the SKPD; a desa's leaves it to the keywords. Only a desa's must name its desa."""
        content = super().clean() or self.cleaned_data
        content["milik"] = self.read_ownership(content)
        if content.get("asal") == UsulanOrigin.SKPD and not content.get("skpd"):
            self.add_error("skpd", f"Pilih {sebutan.skpd}/UPTD yang mengusulkan.")
        if content.get("asal") == UsulanOrigin.FORMULIR and content.get("seluruh"):
            self.add_error(
                "seluruh",
                f"Usulan {sebutan.desa} menyebut {sebutan.desa}nya. Untuk seluruh {sebutan.kecamatan} pilih "
                f"{sebutan.skpd}/UPTD.",
            )
        if content.get("asal") != UsulanOrigin.SKPD:
            content.pop("skpd", None)
        return content


class CompletenessForm(VersionedForm):
    """What one desa handed in, and what the team decides when it is late."""

    ba_tanggal = TypedDayField(label="Tanggal Berita Acara", required=False)

    class Meta:
        model = KelengkapanDesa
        fields = ["ba_nomor", "ba_tanggal", "delegasi", "sikap", "alasan"]
        widgets = {"delegasi": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, may_decide: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "sikap").choices = [("", "Belum perlu keputusan"), *LatePolicy.choices]
        if not may_decide:
            del self.fields["sikap"], self.fields["alasan"]

    def clean(self) -> dict[str, Any]:
        """A decision needs its reason; a date goes with a number."""
        content = super().clean()
        if content.get("sikap") and not content.get("alasan"):
            self.add_error("alasan", "Tulis alasan keputusan ini; dicatat di riwayat perubahan.")
        if bool(content.get("ba_nomor")) != bool(content.get("ba_tanggal")):
            self.add_error("ba_tanggal", "Isi nomor dan tanggal Berita Acara bersama-sama.")
        return content
