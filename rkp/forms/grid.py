"""What a grid sends: one cell, the ticked rows with one outcome, or the sign by which a change is taken back."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core import signing

from musrenbang.forms.numbers import ConfirmedField, RupiahField, VolumeField
from musrenbang.forms.small import TextField, TextsField
from musrenbang.models import Pengguna
from musrenbang.transisi import Refused
from rkp.models import PILIHAN_PUTUSAN, Alasan, Keputusan
from rkp.services.cells import TERIMA, Step

UNDO_SECONDS = 60
SALT = "kisi.urungkan"
CONTENT: dict[str, forms.Field] = {
    "volume": VolumeField(required=False),
    "biaya": RupiahField(required=False),
    "kegiatan": forms.CharField(max_length=500),
    "lokasi": forms.CharField(max_length=300, required=False),
}
"""Cells that hold text, and the field that reads each."""
SESUAI = (TERIMA, "Sesuai usul kelompok")


class ReasonForm(forms.Form):
    """The short reason and its explanation; the service says when they are missing."""

    alasan_kode = forms.ChoiceField(choices=[("", "Pilih alasan"), *Alasan.choices], required=False)
    alasan = forms.CharField(max_length=500, required=False)


class CellForm(ReasonForm):
    """One cell of one row: which, the version that the page showed, and its new value."""

    baris = forms.IntegerField(min_value=1, max_value=10**18)
    versi = forms.IntegerField(min_value=0, max_value=10**9)
    kolom = forms.CharField(max_length=40)
    nilai = forms.CharField(max_length=500, required=False)
    dipastikan = ConfirmedField()

    def __init__(self, *args: Any, outcome: str, kriteria: list[dict[str, Any]] | None = None, **kwargs: Any) -> None:
        """``outcome``: what the outcome is called in the service; ``kriteria``: those that this grid scores."""
        super().__init__(*args, **kwargs)
        self.outcome, self.kode = outcome, [k["kode"] for k in kriteria or []]

    def clean(self) -> dict[str, Any]:
        """Turn column and value into what the service takes (``change``); None takes over what the group proposes."""
        data = super().clean() or {}
        column, nilai = data.get("kolom", ""), data.get("nilai", "")
        reason = {"alasan_kode": data.get("alasan_kode", ""), "alasan": data.get("alasan", "")}
        if column == "terima" and self.outcome == "keputusan":
            data["change"] = None
        elif column == self.outcome:
            data["change"] = {column: self._outcome(nilai), **reason}
        elif column.startswith("n:") and column[2:] in self.kode:
            data["change"] = {"skor": (column[2:], self._score(nilai))}
        elif column in CONTENT:
            data["change"] = {column: CONTENT[column].clean(nilai), **{k: v for k, v in reason.items() if v}}
        else:
            raise forms.ValidationError("Kolom itu tidak dapat diubah di tabel ini. Muat ulang halaman.")
        return data

    def _outcome(self, nilai: str) -> str:
        known = [k for k, _ in PILIHAN_PUTUSAN] + ([""] if self.outcome == "usul" else [])
        if nilai not in known:
            raise forms.ValidationError("Pilih salah satu keputusan yang ada di bawah tabel.")
        return nilai

    @staticmethod
    def _score(nilai: str) -> int | None:
        if nilai not in ("", "1", "2", "3", "4", "5"):
            raise forms.ValidationError("Skor tiap kriteria adalah 1 sampai 5.")
        return int(nilai) if nilai else None


class ManyForm(ReasonForm):
    """Ticked rows, each with the version that the page showed, and one outcome for all of them."""

    keputusan = forms.ChoiceField(choices=[*PILIHAN_PUTUSAN, SESUAI], required=False)
    semua = forms.BooleanField(required=False)
    baris = TextsField()

    def clean(self) -> dict[str, Any]:
        """Read the ticked rows; None stands for all that are undecided, which may only be agreed."""
        data = super().clean() or {}
        if data.get("semua"):
            data["keputusan"] = Keputusan.DISEPAKATI
        if not data.get("keputusan"):
            raise forms.ValidationError("Pilih keputusannya: tombolnya ada di bawah tabel.")
        ticked = [re.fullmatch(r"([0-9]{1,18})-([0-9]{1,9})", b) for b in data.pop("baris")]
        data["versions"] = None if data.get("semua") else {int(m[1]): int(m[2]) for m in ticked if m}
        if data["versions"] == {}:
            raise forms.ValidationError("Belum ada kegiatan yang dicentang. Centang dahulu, lalu pilih keputusannya.")
        return data


class UndoForm(forms.Form):
    """The sign by which a change is taken back."""

    urung = TextField()


def words_of_errors(form: forms.Form) -> str:
    """Return the sentences of a refused form, for an answer that has no form to stand in."""
    return " ".join(str(e) for errors in form.errors.values() for e in errors)


def sign_steps(steps: list[Step], by: Pengguna, where: str) -> str:
    """Return the sign by which these changes can be taken back by the same person for a minute; "" for none."""
    contents = [[s.baris, s.versi, {k: _plain(v) for k, v in s.before.items()}] for s in steps]
    return signing.dumps([by.pk, where, contents], salt=SALT, compress=True) if contents else ""


def read_steps(sign: str, by: Pengguna, where: str) -> list[Step]:
    """Read the sign again; raise Refused when it is too old, somebody else's, or of another grid."""
    try:
        owner, place, content = signing.loads(sign, salt=SALT, max_age=UNDO_SECONDS)
    except signing.SignatureExpired as old:
        raise Refused("Lebih dari satu menit, jadi tidak dapat diurungkan lagi. Ubah langsung di barisnya.") from old
    except signing.BadSignature as broken:
        raise Refused("Yang hendak diurungkan tidak dikenali. Ubah langsung di barisnya.") from broken
    if owner != by.pk or place != where:
        raise Refused("Yang hendak diurungkan itu perubahan orang lain. Tidak ada yang diubah.")
    return [Step(baris, versi, _read(before)) for baris, versi, before in content]


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value


def _read(before: Mapping[str, Any]) -> dict[str, Any]:
    volume = before.get("volume")
    return dict(before) | ({} if volume is None else {"volume": Decimal(volume)})
