"""Proposals that do not come from a file: typed in, from an SKPD, or carried over from last year."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction

from musrenbang import audit
from musrenbang.kunci import allowed_in
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.sebutan import sebutan
from musrenbang.services.sekali import once
from musrenbang.transisi import Ditolak
from usulan.izin import BOLEH_USULAN
from usulan.milik import Cakupan
from usulan.models import AsalUsulan, Usulan
from usulan.queries.acuan import acuan_for
from usulan.queries.daftar import next_nomor
from usulan.queries.ulang import KOLOM_DIULANG, list_repeatable


@transaction.atomic
def submit_usulan(*, musrenbang: Musrenbang, kunci: UUID, asal: AsalUsulan, by: Pengguna, **isi: Any) -> Usulan:
    """Add one proposal from a form. The same form sent again returns the one that is there (``services.once``).

    ``isi`` are fields of Usulan, whose it is among them (``Milik.columns``). Without ``skpd_id`` an SKPD is suggested
    by the keywords, as for an import. Raises Ditolak for a desa's proposal that names no desa.
    """
    if asal == AsalUsulan.FORMULIR and isi.get("cakupan") == Cakupan.KECAMATAN:
        raise Ditolak(
            f"Usulan dari {sebutan.desa} menyebut {sebutan.desa}nya. Untuk seluruh {sebutan.kecamatan}, "
            f"ajukan sebagai usulan {sebutan.kecamatan}."
        )
    sekali = once(Usulan, musrenbang=musrenbang, boleh=BOLEH_USULAN, kunci=kunci, by=by, isi={"asal": str(asal)} | isi)
    if sekali.ada:
        return sekali.ada
    kini = sekali.musrenbang
    cocok = acuan_for(kini).pemilah.match(f"{isi['kegiatan']} {isi.get('permasalahan', '')}")
    isi = {"skpd_id": cocok.skpd if cocok else None} | isi
    usulan = Usulan.objects.create(musrenbang=kini, nomor=next_nomor(kini), asal=asal, **isi)
    audit.catat(
        musrenbang=kini,
        by=by,
        aksi="usulan.diajukan",
        objek=usulan,
        ke=asal,
        rincian={"kegiatan": usulan.kegiatan, "biaya": usulan.biaya},
    )
    return sekali.keep(usulan)


@allowed_in(BOLEH_USULAN)
def repeat_usulan(*, musrenbang: Musrenbang, pilihan: Collection[int], by: Pengguna) -> int:
    """Propose last year's unfunded proposals again, marked as repeated; return how many.

    One that was repeated already is passed over, so that a second click adds nothing.
    """
    lama = list(list_repeatable(musrenbang).filter(pk__in=pilihan))
    nomor = next_nomor(musrenbang)
    ulangan = Usulan.objects.bulk_create(
        Usulan(
            musrenbang=musrenbang,
            nomor=nomor + i,
            asal=AsalUsulan.ULANG,
            sumber=u,
            ulang_ke=u.ulang_ke + 1,
            **{nama: getattr(u, nama) for nama in KOLOM_DIULANG},
        )
        for i, u in enumerate(lama)
    )
    for usulan in ulangan:
        audit.catat(
            musrenbang=musrenbang,
            by=by,
            aksi="usulan.diulang",
            objek=usulan,
            rincian={"usulan_lama": usulan.sumber_id, "ulang_ke": usulan.ulang_ke},
        )
    return len(ulangan)


@allowed_in(BOLEH_USULAN, of="usulan.musrenbang")
def withdraw_usulan(*, usulan: Usulan, by: Pengguna) -> None:
    """Take back a proposal that was typed in or carried over, while nothing is built on it."""
    musrenbang = usulan.musrenbang
    kini = Usulan.objects.select_for_update(of=("self",)).filter(pk=usulan.pk).first()
    if kini is None:
        raise Ditolak("Usulan ini sudah ditarik.")
    if kini.asal == AsalUsulan.BERKAS:
        raise Ditolak("Usulan dari berkas dikeluarkan dengan membatalkan impor berkasnya.")
    if hasattr(kini, "sumber_baris") or kini.anak.exists() or kini.induk_id:
        raise Ditolak(f"Usulan ini sudah digabung atau masuk draf RKP {sebutan.Kecamatan}, jadi tidak dapat ditarik.")
    audit.catat(
        musrenbang=musrenbang,
        by=by,
        aksi="usulan.ditarik",
        objek=kini,
        rincian={"kegiatan": kini.kegiatan, "lokasi": kini.lokasi, "biaya": kini.biaya},
    )
    kini.delete()
