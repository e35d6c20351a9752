"""Forms of the groups."""

from typing import Any

from django import forms
from django.forms import BoundField

from musrenbang.forms.numbers import ConfirmedField, RupiahField, VolumeField
from musrenbang.forms.small import choice_field, model_field
from musrenbang.forms.versioned import VersionedForm
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.persiapan.queries import kriteria_for
from musrenbang.rules import TIM
from musrenbang.sebutan import sebutan
from musrenbang.sidang.models import Kehadiran
from musrenbang.sidang.queries.kehadiran import list_attendance
from rkp.models import PILIHAN_PUTUSAN, AnggotaKelompok, Kelompok, PeranKelompok, UsulanKelompok
from rkp.queries.kelompok import members_digest, score_choices, seating_digest, suggest_score


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


class SeatingForm(forms.Form):
    """Who leads, writes and sits in every group: two people for each group, one group for each person present."""

    sidik = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, musrenbang: Musrenbang) -> None:
        super().__init__(data, initial={"sidik": seating_digest(musrenbang)})
        self.groups = list(Kelompok.objects.filter(musrenbang=musrenbang).order_by("pk"))
        self.people = list(list_attendance(musrenbang).order_by("nama"))
        seats = AnggotaKelompok.objects.filter(kelompok__in=self.groups).values_list("kehadiran", "kelompok", "peran")
        lead = {(k, p): h for h, k, p in seats}
        names = [(h.pk, str(h)) for h in self.people]
        for one in self.groups:
            for role in LEADS:
                choose = [("", f"Pilih {role}"), *names]
                field = forms.TypedChoiceField(label=f"{role.capitalize()} {one.nama}", choices=choose, **_WHOLE)
                field.initial = lead.get((one.pk, role))
                field.widget.attrs["aria-label"] = field.label
                self.fields[f"{role}_{one.pk}"] = field
        sits = {h: k for h, k, _ in seats}
        rooms = [("", "–"), *((k.pk, k.nama) for k in self.groups)]
        for person in self.people:
            field = forms.TypedChoiceField(label=str(person), choices=rooms, **_WHOLE)
            field.initial = sits.get(person.pk)
            self.fields[f"di_{person.pk}"] = field

    def leaders(self) -> list[tuple[Kelompok, BoundField, BoundField]]:
        """Each group with its two fields."""
        return [(k, self[f"ketua_{k.pk}"], self[f"notulis_{k.pk}"]) for k in self.groups]

    def seats(self) -> list[tuple[Kehadiran, BoundField]]:
        """Each person present with the field of the group."""
        return [(h, self[f"di_{h.pk}"]) for h in self.people]

    def beside_stored(self) -> None:
        """Make a refused form one that can be sent again: what was chosen stays, beside it stands what is stored now.

        Whoever sends it then has seen what somebody else changed meanwhile.
        """
        if not self.is_bound:
            return
        data: Any = self.data
        self.data = data = data.copy()
        data["sidik"] = self.initial["sidik"]  # read before the seats: no change can slip in between
        for name, field in self.fields.items():
            if isinstance(field, forms.TypedChoiceField):
                offered: Any = field.choices
                choices = {str(key): str(word) for key, word in offered}
                stored = "" if field.initial is None else str(field.initial)
                if data.get(name, "") != stored:
                    self[name].help_text = f"Tersimpan sekarang: {choices[stored] if stored else 'belum ada'}."

    def clean(self) -> dict[str, Any]:
        """Turn the fields into ``kursi``: who leads sits in the group; nobody leads two, or one and sits in another."""
        data = super().clean() or {}
        sits = {h.pk: data.get(f"di_{h.pk}") for h in self.people}
        seats: dict[int, dict[int, str]] = {k.pk: {} for k in self.groups}
        leads: dict[int, Kelompok] = {}
        for one in self.groups:
            for role in LEADS:
                person = data.get(f"{role}_{one.pk}")
                if person is None:
                    continue
                if person in leads or sits[person] not in (None, one.pk):
                    self.add_error(f"{role}_{one.pk}", "Orang ini sudah di kelompok lain, atau memegang dua peran.")
                leads[person] = one
                seats[one.pk][person] = PeranKelompok(role)
        for person, room in sits.items():
            if room is not None and person not in leads:
                seats[room][person] = PeranKelompok.ANGGOTA
        return {"sidik": data.get("sidik", ""), "kursi": seats}


LEADS = (PeranKelompok.KETUA.value, PeranKelompok.NOTULIS.value)
_WHOLE: dict[str, Any] = {"coerce": int, "empty_value": None, "required": False}


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
