"""Start-up checks: a condition or an effect that does not resolve must stop the program, not the meeting."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Warning, register
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
        [settings.USULAN_BELUM_DIDANAI, settings.PENILAIAN_DIMULAI, settings.NASIB_USULAN, settings.PESAN_LANGKAH],
        [path for _, path in settings.PANEL_LAYAR.values()],
        [path for _, path in [*settings.WARISAN_TAHUN, *settings.DATA_PRIBADI]],
    ):
        for path in daftar:
            try:
                import_string(path)
            except ImportError as salah:
                galat.append(Error(f"{path} tidak dapat diimpor: {salah}", id="musrenbang.E003"))
    return galat


@register()
def check_alamat(**kwargs: Any) -> list[Warning]:
    """A server on the internet whose documents would lead whoever scans them to their own telephone."""
    if settings.HTTPS and urlsplit(settings.ALAMAT).hostname in {"127.0.0.1", "localhost", "::1"}:
        return [
            Warning("ALAMAT belum diisi: kode QR dokumen menunjuk ke mesin pembacanya sendiri.", id="musrenbang.W001")
        ]
    return []
