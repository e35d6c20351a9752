"""Forms of the groups."""

from typing import Any

from django import forms

from musrenbang.forms.numbers import ConfirmedField, RupiahField, VolumeField
from musrenbang.forms.small import choice_field, model_field
from musrenbang.forms.versioned import VersionedForm
from musrenbang.models import Pengguna
from musrenbang.persiapan.queries import kriteria_for
from musrenbang.rules import TIM
from musrenbang.sebutan import sebutan
from musrenbang.sidang.models import Kehadiran
from musrenbang.sidang.queries.kehadiran import list_attendance
from rkp.models import PILIHAN_PUTUSAN, Kelompok, PeranKelompok, UsulanKelompok
from rkp.queries.kelompok import members_digest, score_choices, suggest_score


class KelompokForm(VersionedForm):
    """Name, bidang, place, pemandu, and who writes for the group."""

    class Meta:
        model = Kelompok
        fields = ["nama", "bidang", "tempat", "pemandu", "operator", "catatan"]
        widgets = {"operator": forms.CheckboxSelectMultiple, "catatan": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kecamatan = self.instance.musrenbang.kecamatan
        akun = Pengguna.objects.filter(keanggotaan__kecamatan=kecamatan, keanggotaan__peran__in=TIM, is_active=True)
        model_field(self, "operator").queryset = akun.distinct().order_by("nama")
        self.fields[
            "operator"
        ].help_text = f"Kosongkan bila semua pemandu boleh mengisi. {sebutan.sekcam_pendek} dan Kasi PMD selalu boleh."

    def clean_operator(self) -> list[Pengguna]:
        """The people as the service takes them."""
        return list(self.cleaned_data["operator"])


class MemberForm(forms.Form):
    """Who sits in a group: people present who sit in no other."""

    ketua = forms.ModelChoiceField(Kehadiran.objects.none(), required=False, empty_label="Pilih ketua")
    notulis = forms.ModelChoiceField(Kehadiran.objects.none(), required=False, empty_label="Pilih notulis")
    anggota = forms.ModelMultipleChoiceField(
        Kehadiran.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    sidik = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, kelompok: Kelompok) -> None:
        existing = {a.kehadiran_id: a.peran for a in kelompok.anggota.all()}
        person = {p: pk for pk, p in existing.items() if p != PeranKelompok.ANGGOTA}
        super().__init__(data, initial={"anggota": list(existing), "sidik": members_digest(kelompok), **person})
        hadir = list_attendance(kelompok.musrenbang).exclude(kelompok__kelompok__in=_others(kelompok)).order_by("nama")
        for nama in ("ketua", "notulis", "anggota"):
            model_field(self, nama).queryset = hadir

    def clean_anggota(self) -> list[Kehadiran]:
        """The people as the service takes them."""
        return list(self.cleaned_data["anggota"])


def _others(kelompok: Kelompok) -> Any:
    return Kelompok.objects.filter(musrenbang=kelompok.musrenbang).exclude(pk=kelompok.pk)


class UsulanKelompokForm(VersionedForm):
    """What the group proposes about a row: outcome with its reason, and a score on every criterion."""

    volume = VolumeField(required=False)
    biaya = RupiahField(label="Biaya (Rp)", required=False)
    dipastikan = ConfirmedField()

    class Meta:
        model = UsulanKelompok
        fields = ["usul", "kegiatan", "lokasi", "volume", "satuan", "biaya", "alasan_kode", "alasan", "catatan"]
        widgets = {"alasan": forms.Textarea(attrs={"rows": 2}), "catatan": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usulan = self.instance
        self.fields["versi"].initial = usulan.versi if usulan.pk else 0
        self.fields["alasan_kode"].help_text = "Wajib untuk perubahan, cadangan, dan belum disepakati."
        choice_field(self, "usul").choices = [("", "belum diputuskan"), *PILIHAN_PUTUSAN]
        self.kriteria = kriteria_for(usulan.kelompok.musrenbang)
        for k in self.kriteria:
            suggestion = suggest_score(k, usulan.kelompok.bidang.nama, usulan.baris.sasaran)
            nilai = usulan.nilai.get(k["kode"], suggestion)
            self.fields[f"n_{k['kode']}"] = forms.TypedChoiceField(
                label=f"{k['nama']} ({k['bobot']}%)",
                choices=[("", "belum dinilai"), *score_choices(k, usulan.kelompok.bidang.nama)],
                coerce=int,
                empty_value=None,
                required=False,
                initial=nilai if nilai is not None else "",
                help_text=f"Menurut sasarannya ({usulan.baris.sasaran}): {suggestion}." if suggestion else "",
            )

    def _get_validation_exclusions(self) -> set[str]:
        """The reason is judged by the service, whose sentence says more than a constraint's."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # stubs leave it out
        return excluded | {"alasan", "alasan_kode", "usul"}

    def clean(self) -> dict[str, Any]:
        """Gather the scores."""
        data = super().clean()
        nilai = {k["kode"]: data.pop(f"n_{k['kode']}", None) for k in self.kriteria}
        return data | {"nilai": {kode: n for kode, n in nilai.items() if n is not None}}

    @property
    def skor(self) -> list[Any]:
        """The score fields, to draw them apart."""
        return [self[f"n_{k['kode']}"] for k in self.kriteria]
