"""Proposals that do not come from a file: typed in, from an SKPD, or carried over from last year."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction

from musrenbang import audit
from musrenbang.kunci import allowed_in
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.sebutan import sebutan
from musrenbang.services.once import once
from musrenbang.transisi import Refused
from usulan.izin import BOLEH_USULAN
from usulan.models import Usulan, UsulanOrigin
from usulan.ownership import Coverage
from usulan.queries.acuan import acuan_for
from usulan.queries.listing import next_nomor
from usulan.queries.repeats import KOLOM_DIULANG, list_repeatable, list_unknown_last_year


@transaction.atomic
def submit_usulan(*, musrenbang: Musrenbang, kunci: UUID, asal: UsulanOrigin, by: Pengguna, **fields: Any) -> Usulan:
    """Add one proposal from a form. The same form sent again returns the one that is there (``services.once``).

    ``fields`` are fields of Usulan, whose it is among them (``Ownership.columns``). Without ``skpd_id`` an SKPD is
    suggested by the keywords, as for an import. Raises Refused for a desa's proposal that names no desa.
    """
    if asal == UsulanOrigin.FORMULIR and fields.get("cakupan") == Coverage.KECAMATAN:
        raise Refused(
            f"Usulan dari {sebutan.desa} menyebut {sebutan.desa}nya. Untuk seluruh {sebutan.kecamatan}, "
            f"ajukan sebagai usulan {sebutan.kecamatan}."
        )
    one_pass = once(
        Usulan, musrenbang=musrenbang, allowed=BOLEH_USULAN, kunci=kunci, by=by, content={"asal": str(asal)} | fields
    )
    if one_pass.ada:
        return one_pass.ada
    current = one_pass.musrenbang
    matching = acuan_for(current).pemilah.match(f"{fields['kegiatan']} {fields.get('permasalahan', '')}")
    fields = {"skpd_id": matching.skpd if matching else None} | fields
    usulan = Usulan.objects.create(musrenbang=current, nomor=next_nomor(current), asal=asal, **fields)
    audit.record(
        musrenbang=current,
        by=by,
        aksi="usulan.diajukan",
        objek=usulan,
        ke=asal,
        rincian={"kegiatan": usulan.kegiatan, "biaya": usulan.biaya},
    )
    return one_pass.keep(usulan)


@allowed_in(BOLEH_USULAN)
def repeat_usulan(*, musrenbang: Musrenbang, pilihan: Collection[int], by: Pengguna) -> int:
    """Propose last year's proposals again that got no money, or of which nobody knows; marked, and counted.

    One that was repeated already is passed over, so that a second click adds nothing.
    """
    lists = (list_repeatable(musrenbang), list_unknown_last_year(musrenbang))
    previous = [u for one in lists for u in one.filter(pk__in=pilihan)]
    nomor = next_nomor(musrenbang)
    repetition = Usulan.objects.bulk_create(
        Usulan(
            musrenbang=musrenbang,
            nomor=nomor + i,
            asal=UsulanOrigin.ULANG,
            sumber=u,
            ulang_ke=u.ulang_ke + 1,
            **{nama: getattr(u, nama) for nama in KOLOM_DIULANG},
        )
        for i, u in enumerate(previous)
    )
    for usulan in repetition:
        audit.record(
            musrenbang=musrenbang,
            by=by,
            aksi="usulan.diulang",
            objek=usulan,
            rincian={"usulan_lama": usulan.sumber_id, "ulang_ke": usulan.ulang_ke},
        )
    return len(repetition)


@allowed_in(BOLEH_USULAN, of="usulan.musrenbang")
def withdraw_usulan(*, usulan: Usulan, by: Pengguna) -> None:
    """Take back a proposal that was typed in or carried over, while nothing is built on it."""
    musrenbang = usulan.musrenbang
    current = Usulan.objects.select_for_update(of=("self",)).filter(pk=usulan.pk).first()
    if current is None:
        raise Refused("Usulan ini sudah ditarik.")
    if current.asal == UsulanOrigin.BERKAS:
        raise Refused("Usulan dari berkas dikeluarkan dengan membatalkan unggahan berkasnya.")
    if hasattr(current, "sumber_baris") or current.anak.exists() or current.induk_id:
        raise Refused(f"Usulan ini sudah digabung atau masuk draf RKP {sebutan.Kecamatan}, jadi tidak dapat ditarik.")
    audit.record(
        musrenbang=musrenbang,
        by=by,
        aksi="usulan.ditarik",
        objek=current,
        rincian={"kegiatan": current.kegiatan, "lokasi": current.lokasi, "biaya": current.biaya},
    )
    current.delete()
