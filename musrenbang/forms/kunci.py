"""The key of a form: made when the page is rendered, sent back as it is, never changed by the page."""

import uuid
from typing import Any

from django import forms

NAMA = "kunci"
TIDAK_LENGKAP = "Halaman ini tidak lengkap. Muat ulang, lalu isi dan kirim lagi. Belum ada yang dicatat."


class KunciField(forms.UUIDField):
    """The hidden field ``kunci``; the service compares it together with the content (``services.once``)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            widget=forms.HiddenInput,
            initial=uuid.uuid4,
            error_messages=dict.fromkeys(("required", "invalid"), TIDAK_LENGKAP),
            **options,
        )


class KunciForm(forms.Form):
    """The key alone, for forms that the template writes out by itself (tag ``isian_kunci``)."""

    kunci = KunciField()
