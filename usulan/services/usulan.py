"""Completing a proposal."""

from typing import Any

from django.db.models import F

from musrenbang import audit
from musrenbang.format import number, rupiah
from musrenbang.kunci import allowed_in
from musrenbang.models import Musrenbang, Pengguna, Skpd, SumberDana
from musrenbang.plausible import check_jumlah
from musrenbang.sebutan import sebutan
from musrenbang.transisi import Refused
from usulan.izin import BOLEH_USULAN
from usulan.models import Tampilan, Usulan, UsulanOrigin
from usulan.ownership import Coverage, Ownership


def _now(usulan: Usulan) -> str:
    """What a proposal says at present, for the sentence of a save that comes too late."""
    size = f"{number(usulan.volume, 'volume belum diisi')} {usulan.satuan}".strip()
    return f"“{usulan.kegiatan}”, {size}, {rupiah(usulan.biaya)}"


KOLOM = ["kegiatan", "lokasi", "volume", "satuan", "biaya", "sumber_dana", "manfaat", "permasalahan", "prioritas_desa"]


@allowed_in(BOLEH_USULAN, of="usulan.musrenbang")
def update_usulan(*, usulan: Usulan, versi: int, by: Pengguna, dipastikan: int | None = None, **nilai: Any) -> Usulan:
    """Change fields of a proposal. ``versi`` is the one the person saw; a stale save is refused, nothing lost.

    Raises NeedsConfirmation for a cost far above the one that stood there, unless ``dipastikan`` is that cost.
    """
    current = Usulan.objects.select_for_update(of=("self",)).select_related("sumber_dana").get(pk=usulan.pk)
    if current.versi != versi:
        raise Refused(audit.stale(current, "usulan ini", "usulan.diubah", now=_now(current)))
    new = {k: nilai[k] for k in KOLOM if k in nilai}
    details = audit.diff({k: getattr(current, k) for k in new}, new)
    if not details:
        return current
    times = check_jumlah(
        new.get("biaya"),
        current.biaya,
        kolom="biaya",
        what=f"Biaya usulan {current.nomor}",
        acuan_words="biaya semula",
        dipastikan=dipastikan,
    )
    if times:
        details["dipastikan"] = ["", times]
    Usulan.objects.filter(pk=current.pk).update(**new, versi=F("versi") + 1)
    current.refresh_from_db()
    audit.record(musrenbang=current.musrenbang, by=by, aksi="usulan.diubah", objek=current, rincian=details)
    return current


@allowed_in(BOLEH_USULAN, of="usulan.musrenbang")
def set_ownership(*, usulan: Usulan, versi: int, owned: Ownership, by: Pengguna) -> Usulan:
    """Say whose a proposal is. A row of the draft follows when the draft is brought up to date.

    ``versi`` is the one the person saw. Raises Refused for a stale save, and for a desa's proposal without a desa.
    """
    current = Usulan.objects.select_for_update(of=("self",)).select_related("desa").get(pk=usulan.pk)
    if current.versi != versi:
        raise Refused(audit.stale(current, "usulan ini", after="Periksa isinya, lalu ulangi."))
    if owned == current.milik:
        return current
    if current.asal == UsulanOrigin.FORMULIR and owned.cakupan == Coverage.KECAMATAN:
        raise Refused(
            f"Usulan dari {sebutan.desa} menyebut {sebutan.desa}nya. Untuk seluruh {sebutan.kecamatan}, "
            f"ajukan sebagai usulan {sebutan.kecamatan}."
        )
    old = current.bagian_teks
    Usulan.objects.filter(pk=current.pk).update(**owned.columns(), versi=F("versi") + 1)
    current = Usulan.objects.select_related("desa", "musrenbang").get(pk=current.pk)
    audit.record(
        musrenbang=current.musrenbang,
        by=by,
        aksi="usulan.diubah",
        objek=current,
        rincian={"desa": [old, current.bagian_teks]},
    )
    return current


@allowed_in(BOLEH_USULAN)
def set_many(
    *, musrenbang: Musrenbang, pilihan: list[int], kolom: str, nilai: Skpd | SumberDana, by: Pengguna
) -> tuple[int, int]:
    """Give all chosen proposals one SKPD or funding source, each with its audit row.

    Return how many changed, and how many were left because an SKPD proposed them itself: those keep their SKPD.
    """
    usulan = Usulan.objects.select_for_update(of=("self",)).filter(musrenbang=musrenbang, pk__in=pilihan)
    usulan = usulan.select_related(kolom).exclude(**{kolom: nilai})
    found = list(usulan)
    changes = [u for u in found if kolom != "skpd" or u.asal != UsulanOrigin.SKPD]
    Usulan.objects.filter(pk__in=[u.pk for u in changes]).update(**{kolom: nilai}, versi=F("versi") + 1)
    for one in changes:
        old = getattr(one, kolom)
        audit.record(
            musrenbang=musrenbang,
            by=by,
            aksi="usulan.diubah",
            objek=one,
            rincian=audit.diff({kolom: old}, {kolom: nilai}),
        )
    return len(changes), len(found) - len(changes)


def save_tampilan(*, musrenbang: Musrenbang, by: Pengguna, nama: str, saringan: dict[str, str]) -> Tampilan:
    """Keep a filter under a name of the person's own; the same name is replaced."""
    view_state, _ = Tampilan.objects.update_or_create(
        musrenbang=musrenbang, pengguna=by, nama=nama, defaults={"saringan": saringan}
    )
    return view_state


def remove_tampilan(*, musrenbang: Musrenbang, by: Pengguna, pk: int) -> None:
    """Forget a kept filter of the person's own; one that is gone already is no error."""
    Tampilan.objects.filter(musrenbang=musrenbang, pengguna=by, pk=pk).delete()
