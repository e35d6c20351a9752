"""Giving a row what its sources add up to."""

from typing import Any

from django.db.models import F

from musrenbang import audit, transisi
from musrenbang.models import Pengguna
from rkp.izin import BOLEH_ATUR_KELOMPOK
from rkp.models import MOVES_KELOMPOK, BarisRkp, Keputusan, StatusKelompok, UsulanKelompok
from rkp.queries.content import changeable_content, content_from_text
from usulan.merged import Content

BELUM = {"keputusan": Keputusan.BELUM_DIBAHAS, "alasan_kode": "", "alasan": ""}


def restate_baris(baris: BarisRkp, content: Content, *, by: Pengguna, aksi: str, alasan: str) -> None:
    """Make ``content`` the row's content and original. What was decided or proposed about another content is undone.

    A row that is merged into another one stays merged. Before the plenary, a group that had signed its result
    has its signature taken back: the row it discussed is no longer the same. The caller holds the lock of the event.
    """
    before = changeable_content(content)
    new: dict[str, Any] = content_from_text(before)
    details = audit.diff({k: getattr(baris, k) for k in new}, new)
    if content.milik != baris.milik:
        details["desa"] = [baris.sebutan_desa, BarisRkp(**content.milik.columns()).sebutan_desa]
    putusan = {} if baris.keputusan == Keputusan.DIGABUNG else BELUM
    origin, to = (baris.keputusan, Keputusan.BELUM_DIBAHAS) if putusan else ("", "")
    BarisRkp.objects.filter(pk=baris.pk).update(
        **new, **putusan, **content.milik.columns(), semula=before, versi=F("versi") + 1
    )
    audit.record(
        musrenbang=baris.rkp.musrenbang,
        by=by,
        aksi=aksi,
        objek=baris,
        dari=origin,
        ke=to,
        alasan=alasan,
        rincian=details,
    )
    _reopen_proposal(baris, new, by, alasan)


def _reopen_proposal(baris: BarisRkp, new: dict[str, Any], by: Pengguna, alasan: str) -> None:
    """What a group proposed was about another content: it proposes again, and signs again if it had signed."""
    usulan = UsulanKelompok.objects.filter(baris=baris).select_related("kelompok").first()
    if usulan is None:
        return
    UsulanKelompok.objects.filter(pk=usulan.pk).update(**new, usul="", alasan_kode="", alasan="", versi=F("versi") + 1)
    kelompok = usulan.kelompok
    if kelompok.status == StatusKelompok.SELESAI and baris.rkp.musrenbang.tahap in BOLEH_ATUR_KELOMPOK:
        transisi.move(
            kelompok,
            dari=StatusKelompok.SELESAI,
            ke=StatusKelompok.BERLANGSUNG,
            table=MOVES_KELOMPOK,
            musrenbang=baris.rkp.musrenbang,
            by=by,
            alasan=f"No. {baris.nomor}: {alasan}",
        )
        type(kelompok).objects.filter(pk=kelompok.pk).update(ditutup_pada=None, diserahkan="")
