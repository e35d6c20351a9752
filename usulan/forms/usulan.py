"""Forms for proposals."""

from typing import Any

from django import forms

from musrenbang.akses import Akses
from musrenbang.forms.angka import DipastikanField, RupiahField, VolumeField
from musrenbang.forms.berversi import BerversiForm
from musrenbang.forms.kunci import KunciField
from musrenbang.models import Desa, Musrenbang, Skpd
from usulan.models import AsalUsulan, KelengkapanDesa, SikapTerlambat, Usulan


class UsulanForm(BerversiForm):
    """Complete or correct a proposal; carries the version the person saw."""

    volume = VolumeField(required=False)
    biaya = RupiahField(label="Perkiraan biaya (Rp)", required=False, help_text="Kosongkan bila belum diketahui.")
    dipastikan = DipastikanField()

    class Meta:
        model = Usulan
        fields = [
            "kegiatan", "permasalahan", "lokasi", "volume", "satuan", "biaya", "sumber_dana", "manfaat",
            "prioritas_desa",
        ]  # fmt: skip

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kegiatan"].required = True
        self.fields["kegiatan"].widget.attrs["list"] = "kamus"


class AjukanForm(forms.ModelForm):
    """A proposal typed in. The team may enter one for a desa or for an SKPD; others only their own."""

    volume = VolumeField(required=False)
    biaya = RupiahField(label="Perkiraan biaya (Rp)", required=False, help_text="Kosongkan bila belum diketahui.")
    kunci = KunciField()

    class Meta:
        model = Usulan
        fields = [
            "asal", "desa", "skpd", "kegiatan", "permasalahan", "lokasi", "volume", "satuan", "biaya", "sumber_dana",
            "manfaat", "prioritas_desa", "bidang_teks",
        ]  # fmt: skip

    def __init__(self, *args: object, akses: Akses, musrenbang: Musrenbang, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kegiatan"].required = True
        self.fields["kegiatan"].widget.attrs["list"] = "kamus"
        desa, skpd = self.fields["desa"], self.fields["skpd"]
        desa.queryset = Desa.objects.filter(kecamatan=musrenbang.kecamatan)
        skpd.queryset = Skpd.objects.filter(kabupaten=musrenbang.kecamatan.kabupaten_id)
        pilihan = [AsalUsulan.FORMULIR, AsalUsulan.SKPD]
        if not akses.tim:
            pilihan = [p for p, punya in zip(pilihan, (akses.desa, akses.skpd), strict=True) if punya]
            desa.queryset = desa.queryset if akses.skpd else desa.queryset.filter(pk__in=akses.desa)
            skpd.queryset = skpd.queryset.filter(pk__in=akses.skpd)
        self.fields["asal"].label = "Usulan dari"
        self.fields["asal"].choices = [(p, {"formulir": "Desa", "skpd": "SKPD/UPTD"}[p]) for p in pilihan]
        self.fields["asal"].initial = pilihan[0]
        desa.label, skpd.label = "Desa (lokasi usulan)", "SKPD/UPTD pengusul"
        skpd.help_text = "Diisi hanya untuk usulan SKPD/UPTD."
        if len(pilihan) == 1:
            self.fields["asal"].widget = forms.HiddenInput()
            if pilihan[0] == AsalUsulan.FORMULIR:
                del self.fields["skpd"]
        for isian in (desa, skpd):
            if isian.queryset.count() == 1:
                isian.initial = isian.queryset.first()
                isian.empty_label = None

    def clean(self) -> dict[str, Any]:
        """An SKPD's proposal names the SKPD; a desa's leaves it to the keywords."""
        isi = super().clean()
        if isi.get("asal") == AsalUsulan.SKPD and not isi.get("skpd"):
            self.add_error("skpd", "Pilih SKPD/UPTD yang mengusulkan.")
        if isi.get("asal") == AsalUsulan.FORMULIR:
            isi.pop("skpd", None)
        return isi


class KelengkapanForm(BerversiForm):
    """What one desa handed in, and what the team decides when it is late."""

    ba_tanggal = forms.DateField(
        label="Tanggal Berita Acara", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    class Meta:
        model = KelengkapanDesa
        fields = ["ba_nomor", "ba_tanggal", "delegasi", "sikap", "alasan"]
        widgets = {"delegasi": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: object, boleh_putus: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sikap"].choices = [("", "Belum perlu keputusan"), *SikapTerlambat.choices]
        if not boleh_putus:
            del self.fields["sikap"], self.fields["alasan"]

    def clean(self) -> dict[str, Any]:
        """A decision needs its reason; a date goes with a number."""
        isi = super().clean()
        if isi.get("sikap") and not isi.get("alasan"):
            self.add_error("alasan", "Tulis alasan keputusan ini; dicatat di jejak.")
        if bool(isi.get("ba_nomor")) != bool(isi.get("ba_tanggal")):
            self.add_error("ba_tanggal", "Isi nomor dan tanggal Berita Acara bersama-sama.")
        return isi
