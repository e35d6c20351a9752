"""An upload in two steps: stage (read and show, no proposal written), then commit once."""

import tempfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from musrenbang import audit, transisi
from musrenbang.kunci import allowed_in, lock_musrenbang
from musrenbang.models import Desa, Musrenbang, Pengguna
from musrenbang.sebutan import sebutan
from musrenbang.transisi import Refused
from usulan.impor.archive import is_archive, unpack
from usulan.impor.grid import FileRefused
from usulan.impor.owner import KECAMATAN
from usulan.impor.read import read_workbook
from usulan.izin import BOLEH_USULAN
from usulan.models import MOVES_IMPOR, ImporUsulan, StatusImpor, Usulan, path_impor
from usulan.ownership import Ownership
from usulan.queries.acuan import Acuan, acuan_for, patterns_for, reference_for
from usulan.queries.listing import next_nomor
from usulan.queries.repeats import list_repeatable
from usulan.services.results import check_said_once, store_results


def stage_impor(
    *,
    musrenbang: Musrenbang,
    path: Path,
    nama: str,
    by: Pengguna | None,
    desa: Desa | None = None,
    hanya_lembar: str = "",
    open_year: Callable[[], Musrenbang] | None = None,
) -> ImporUsulan:
    """Read a workbook and keep it for preview; nothing is written to Usulan.

    The same file again returns the preview that is already open. Raises Refused with the reason in words for an
    unusable file, a file that was saved before, or a stage in which proposals are closed. ``open_year`` makes or finds
    the event once the file is known to be readable (an imported last year begins with its first file).
    """
    try:
        result = read_workbook(
            path,
            reference_for(musrenbang),
            nama=nama,
            desa=desa.kode if desa else None,
            hanya_lembar=hanya_lembar or None,
            pola=patterns_for(musrenbang),
            max_byte=settings.UNGGAH_MAKS_BYTE,
            max_baris=settings.UNGGAH_MAKS_BARIS,
        )
    except FileRefused as error:
        raise Refused(f"{nama}: {error}") from error
    with transaction.atomic():
        musrenbang = lock_musrenbang(open_year() if open_year else musrenbang, BOLEH_USULAN, imported=True)
        same = ImporUsulan.objects.filter(musrenbang=musrenbang, sha256=result.sha256).exclude(
            status=StatusImpor.DIBATALKAN
        )
        for impor in same:
            if impor.status == StatusImpor.TERSIMPAN:
                raise Refused(
                    f"{nama}: berkas yang persis sama sudah diunggah sebagai “{impor.nama_berkas}”. "
                    "Tidak ada yang disimpan dua kali."
                )
            if impor.dibuat_oleh == by and impor.desa == desa and impor.hanya_lembar == hanya_lembar:
                return impor
        impor = ImporUsulan(
            musrenbang=musrenbang,
            nama_berkas=nama[:200],
            sha256=result.sha256,
            desa=desa,
            dibuat_oleh=by,
            hasil=result.as_dict(),
            hanya_lembar=hanya_lembar,
        )
        _keep_file(impor, path)
        impor.save()
        details = {"sha256": impor.sha256, **impor.hasil["ringkasan"]}
        audit.record(musrenbang=musrenbang, by=by, aksi="impor.diunggah", objek=impor, ke=impor.status, rincian=details)
    return impor


def stage_upload(
    *,
    musrenbang: Musrenbang,
    path: Path,
    nama: str,
    by: Pengguna,
    desa: Desa | None = None,
    open_year: Callable[[], Musrenbang] | None = None,
) -> tuple[list[ImporUsulan], list[str]]:
    """Stage one uploaded file, or every list in a zip; return (previews, a sentence for each file left out)."""
    try:
        many_filled = is_archive(path)
    except FileRefused as error:
        raise Refused(f"{nama}: {error}") from error
    if not many_filled:
        return [stage_impor(musrenbang=musrenbang, path=path, nama=nama, by=by, desa=desa, open_year=open_year)], []
    finished, rejected = [], []
    with tempfile.TemporaryDirectory() as folder:
        try:
            for within, file in unpack(path, Path(folder)):
                if file is None:
                    rejected.append(f"{within}: bukan daftar usulan (.xlsx, .xls, .ods, .csv), jadi tidak dibaca.")
                    continue
                try:
                    staged = stage_impor(
                        musrenbang=musrenbang, path=file, nama=within, by=by, desa=desa, open_year=open_year
                    )
                    finished.append(staged)
                except Refused as failure:
                    rejected.append(str(failure))
        except FileRefused as error:
            rejected.append(f"{nama}: {error}")
    return finished, rejected or (
        [] if finished else [f"{nama}: zip ini kosong. Pilih zip yang berisi berkas {sebutan.daftar_desa}."]
    )


def _keep_file(impor: ImporUsulan, path: Path) -> None:
    """Store the workbook under its hash; the same bytes are stored once."""
    target = path_impor(impor, "")
    if default_storage.exists(target):
        impor.berkas.name = target
        return
    with path.open("rb") as content:
        impor.berkas.save("", File(content), save=False)


def check_savable(impor: ImporUsulan, musrenbang: Musrenbang, only_desa: frozenset[int] | None) -> None:
    """Raise Refused when a preview was saved before, is empty, has an error, or holds proposals of another desa."""
    if ImporUsulan.objects.filter(musrenbang=musrenbang, sha256=impor.sha256, status=StatusImpor.TERSIMPAN).exists():
        raise Refused("Berkas ini sudah disimpan. Tidak ada yang disimpan dua kali; lihat daftar usulan.")
    if not impor.hasil["ringkasan"]["usulan"]:
        raise Refused("Tidak ada usulan di berkas ini, jadi tidak ada yang dapat disimpan.")
    if impor.hasil["ringkasan"]["galat"]:
        raise Refused(
            f"Masih ada baris yang {sebutan.desa}nya belum jelas atau selnya galat. Selesaikan dahulu, lalu simpan."
        )
    if only_desa is not None:
        allowed = set(musrenbang.kecamatan.desa_set.filter(pk__in=only_desa).values_list("kode", flat=True))
        if any(u["desa"] not in allowed for lembar in impor.hasil["lembar"] for u in lembar["usulan"]):
            raise Refused(
                f"Berkas ini memuat usulan {sebutan.desa} lain. Anda hanya dapat menyimpan usulan "
                f"{sebutan.desa} sendiri."
            )


@allowed_in(BOLEH_USULAN, of="impor.musrenbang", imported=True)
def commit_impor(*, impor: ImporUsulan, by: Pengguna | None, only_desa: frozenset[int] | None = None) -> int:
    """Save every proposal of a preview in one transaction and return their number.

    ``only_desa`` limits an operator to the own desa. A second click is refused by the compare-and-swap.
    Raises Refused while a row has an error. Of an imported last year the results are stored with the proposals; one
    that speaks of a desa of which another file spoke is refused (``services.last_year`` replaces it).
    """
    musrenbang = impor.musrenbang
    impor.refresh_from_db(fields=["hasil", "status"])
    check_savable(impor, musrenbang, only_desa)
    usulan = unsaved_rows(impor, musrenbang)
    if musrenbang.hanya_diimpor:
        check_said_once(impor, usulan)
    transisi.move(
        impor,
        dari=StatusImpor.PRATINJAU,
        ke=StatusImpor.TERSIMPAN,
        table=MOVES_IMPOR,
        musrenbang=musrenbang,
        by=by,
        rincian={"usulan": len(usulan), "sha256": impor.sha256},
    )
    nomor = next_nomor(musrenbang)
    for i, one in enumerate(usulan):
        one.nomor = nomor + i
    Usulan.objects.bulk_create(usulan, batch_size=500)
    if musrenbang.hanya_diimpor:
        store_results(impor, usulan)
    impor.jumlah_usulan = len(usulan)
    impor.save(update_fields=["jumlah_usulan"])
    return len(usulan)


def unsaved_rows(impor: ImporUsulan, musrenbang: Musrenbang) -> list[Usulan]:
    """Return the proposals of a preview as they would be stored, without a number and unsaved."""
    desa = {d.kode: d for d in musrenbang.kecamatan.desa_set.all()}
    acuan = acuan_for(musrenbang)
    old = {(u.desa_id, u.nomor): u for u in list_repeatable(musrenbang)}
    return [
        _new_usulan(impor, lembar["nama"], u, own, acuan, old)
        for lembar in impor.hasil["lembar"]
        for u in lembar["usulan"]
        if (own := _owner(u["desa"], desa, u.get("bobot") or {}))
    ]


def _owner(owner: str | None, desa: dict[str, Desa], bobot: dict[str, int]) -> Ownership | None:
    """Return whose a row of a preview is, as it is stored; None while that is unknown or names a desa not ours."""
    if owner == KECAMATAN:
        return Ownership.of([])
    kode = owner.split(";") if owner else []
    if not kode or not all(k in desa for k in kode):
        return None
    return Ownership.of([desa[k] for k in kode], [bobot[k] for k in kode] if set(bobot) == set(kode) else None)


def _new_usulan(
    impor: ImporUsulan,
    lembar: str,
    u: dict[str, Any],
    owned: Ownership,
    acuan: Acuan,
    old: dict[tuple[int | None, int], Usulan],
) -> Usulan:
    kunci = acuan.pemilah.match(f"{u['kegiatan'] or ''} {u['permasalahan'] or ''}")
    source = old.pop((owned.desa_id, u.get("usulan_lama") or 0), None)
    return Usulan(
        musrenbang=impor.musrenbang,
        sumber=source,
        ulang_ke=source.ulang_ke + 1 if source else 0,
        **owned.columns(),
        bidang_teks=(u["bidang"] or "")[:200],
        kegiatan=(u["kegiatan"] or "")[:500],
        permasalahan=(u["permasalahan"] or "")[:500],
        lokasi=(u["lokasi"] or "")[:300],
        volume=Decimal(u["volume"]) if u["volume"] else None,
        satuan=(u["satuan"] or "")[:40],
        biaya=u["biaya"],
        sumber_dana_id=acuan.find_source(u["sumber_dana"]),
        manfaat=(u["manfaat"] or "")[:300],
        waktu=(u["waktu"] or "")[:100],
        skpd_id=acuan.find_skpd(u["skpd"]) or (kunci.skpd if kunci else None),
        skpd_teks=(u["skpd"] or "")[:200],
        prioritas_desa=u["prioritas_desa"],
        impor=impor,
        lembar=lembar,
        baris=u["baris"],
        bagian=u["bagian"] or 0,
        mentah=u["mentah"] | ({"Judul di atasnya": u["konteks"]} if u.get("konteks") else {}),
    )
