"""Amounts that are far above what a work costs: a digit too many is asked about before it is stored."""

from musrenbang import format as tulis

KALI_BIAYA = 10
"""An amount this many times what a work cost so far, or more, is asked about before it is stored."""


class NeedsConfirmation(Exception):
    """An amount wants confirming. ``kolom`` is its field in the form, ``jumlah`` what was typed (rupiah).

    It is no ``Refused``: a form that shows a refusal beside its fields must let it pass, for it is answered by a page
    of its own that sends the same form again with ``dipastikan``.
    """

    def __init__(self, sentence: str, *, kolom: str, jumlah: int) -> None:
        self.kolom, self.jumlah = kolom, jumlah
        super().__init__(sentence)


def ratio_words(jumlah: int | None, acuan: int | None) -> str:
    """Return "18 kali Rp12.000.000" for an amount that is ``KALI_BIAYA`` times ``acuan`` or more, else ""."""
    if not jumlah or not acuan or jumlah < KALI_BIAYA * acuan:
        return ""
    return f"{tulis.thousands(jumlah // acuan)} kali {tulis.rupiah(acuan)}"


def check_jumlah(
    jumlah: int | None, acuan: int | None, *, kolom: str, what: str, acuan_words: str, dipastikan: int | None
) -> str:
    """Ask about an amount that is far above what the work cost so far; return the ratio in words once it is confirmed.

    ``dipastikan`` is the amount that the person confirmed: another one is asked about again. ``what`` and
    ``acuan_words`` name the two in the sentence. Raises NeedsConfirmation; returns "" for an
    amount that is not far above.
    """
    times = ratio_words(jumlah, acuan)
    if times and jumlah is not None and dipastikan != jumlah:
        raise NeedsConfirmation(
            f"{what}: {tulis.rupiah(jumlah)}, yaitu {times} ({acuan_words}). Periksa banyaknya angka nol.",
            kolom=kolom,
            jumlah=jumlah,
        )
    return times
