"""Start-up checks: a condition or an effect that does not resolve must stop the program, not the meeting."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register
from django.utils.module_loading import import_string

from musrenbang.states import MOVES, Tahap


@register()
def check_tahap_settings(**kwargs: Any) -> list[Error]:
    """SYARAT_TAHAP and AKIBAT_TAHAP name real stages, real moves and importable functions."""
    galat = [
        Error(f"SYARAT_TAHAP menyebut tahap yang tidak dikenal: {tahap!r}", id="musrenbang.E001")
        for tahap in settings.SYARAT_TAHAP
        if tahap not in Tahap.values
    ]
    galat += [
        Error(f"AKIBAT_TAHAP menyebut perpindahan yang tidak ada: {pindah!r}", id="musrenbang.E002")
        for pindah in settings.AKIBAT_TAHAP
        if pindah not in MOVES
    ]
    for daftar in (
        *settings.SYARAT_TAHAP.values(),
        *settings.AKIBAT_TAHAP.values(),
        settings.ANGKA_PAPAN,
        [settings.USULAN_BELUM_DIDANAI, settings.PENILAIAN_DIMULAI, settings.NASIB_USULAN],
        [path for _, path in settings.PANEL_LAYAR.values()],
        [path for _, path in [*settings.WARISAN_TAHUN, *settings.DATA_PRIBADI]],
    ):
        for path in daftar:
            try:
                import_string(path)
            except ImportError as salah:
                galat.append(Error(f"{path} tidak dapat diimpor: {salah}", id="musrenbang.E003"))
    return galat
