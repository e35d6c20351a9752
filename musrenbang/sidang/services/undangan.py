"""Invitations: the list, the numbers of the letters, and whether they arrived."""

import re
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from musrenbang import audit
from musrenbang.infra.codes import new_code
from musrenbang.kunci import allowed_in
from musrenbang.labels import spellings
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.sebutan import sebutan
from musrenbang.services.rows import change_row, discard_row
from musrenbang.sidang.izin import BOLEH_UNDANGAN
from musrenbang.sidang.models import PerubahanUndangan, Sex, Undangan, Unsur
from musrenbang.sidang.queries.inviting import inviting
from musrenbang.transisi import Refused

KOLOM = ["nama", "jabatan", "unsur", "lembaga", "desa", "jenis_kelamin", "usia", "alamat"]
KEPALA = ("Nama", "Jabatan", "Unsur", "Lembaga", "Desa", "L/P", "Usia", "Alamat dan Telepon")
PANJANG = {"Nama": 150, "Jabatan": 150, "Lembaga": 150, "Alamat dan Telepon": 200}


def _free_codes(musrenbang: Musrenbang, jumlah: int) -> list[str]:
    taken = set(Undangan.objects.filter(musrenbang=musrenbang).values_list("kode", flat=True))
    kode: list[str] = []
    while len(kode) < jumlah:
        new = new_code()
        if new not in taken:
            taken.add(new)
            kode.append(new)
    return kode


@allowed_in(BOLEH_UNDANGAN)
def save_undangan(
    *, musrenbang: Musrenbang, by: Pengguna, undangan: Undangan | None, versi: int | None = None, **nilai: Any
) -> Undangan:
    """Add an invitee or change one; a double and a stale save are refused in words."""
    content = {k: nilai[k] for k in KOLOM}
    try:
        with transaction.atomic():
            if undangan is None:
                (kode,) = _free_codes(musrenbang, 1)
                new = Undangan.objects.create(musrenbang=musrenbang, kode=kode, **content)
                audit.record(musrenbang=musrenbang, by=by, aksi="undangan.ditambah", objek=new)
                return new
            old = Undangan.objects.select_related("desa").filter(pk=undangan.pk).first()
            if old is None or old.versi != versi:
                raise Refused(audit.stale(undangan, "undangan ini", "undangan.diubah"))
            return change_row(old, content, musrenbang=musrenbang, by=by, aksi="undangan.diubah")
    except IntegrityError as error:
        raise Refused("Orang atau jabatan ini sudah ada di daftar undangan.") from error


@allowed_in(BOLEH_UNDANGAN, of="undangan.musrenbang")
def remove_undangan(*, undangan: Undangan, by: Pengguna) -> None:
    """Take an invitee out; one who came already stays (Refused)."""
    discard_row(
        undangan,
        musrenbang=undangan.musrenbang,
        by=by,
        aksi="undangan.dihapus",
        kept=f"{undangan.sebutan} sudah tercatat hadir, jadi undangannya tidak dapat dihapus.",
        rincian={"sebutan": undangan.sebutan, "nomor": undangan.nomor},
    )


@allowed_in(BOLEH_UNDANGAN)
def import_undangan(
    *, musrenbang: Musrenbang, by: Pengguna, baris: list[tuple[int, dict[str, Any]]]
) -> tuple[int, list[str]]:
    """Add the invitees of a table; return how many are new and a sentence per bad row. Bad rows change nothing."""
    desa = {d.nama.lower(): d for d in musrenbang.kecamatan.desa_set.all()}
    unsur = {words: u for u in Unsur for words in (*spellings(u.label), u.value)}
    errors: list[str] = []
    new: list[Undangan] = []
    for nomor, content in baris:
        text = {k: str(content[k] if content[k] is not None else "").strip() for k in KEPALA}
        problem = _problems(text, unsur, desa)
        if problem:
            errors.append(f"Baris {nomor}: {'; '.join(problem)}.")
            continue
        new.append(
            Undangan(
                musrenbang=musrenbang,
                nama=text["Nama"],
                jabatan=text["Jabatan"],
                unsur=unsur[text["Unsur"].lower()],
                lembaga=text["Lembaga"],
                desa=desa.get(_village(text["Desa"])),
                jenis_kelamin=text["L/P"].upper()[:1],
                usia=int(text["Usia"]) if text["Usia"] else None,
                alamat=text["Alamat dan Telepon"],
            )
        )
    if errors or not new:
        return 0, errors or ["Tidak ada satu baris pun di bawah judul tabel."]
    return _add_new(musrenbang, by, new, "undangan.diimpor"), []


def _village(text: str) -> str:
    return text.lower().removeprefix("desa ").removeprefix("kelurahan ").strip()


def _problems(text: dict[str, str], unsur: dict[str, Unsur], desa: dict[str, Any]) -> list[str]:
    problems = [f"{k} lebih dari {n} huruf" for k, n in PANJANG.items() if len(text[k]) > n]
    if not text["Nama"] and not text["Jabatan"]:
        problems.append("Nama dan Jabatan kosong")
    if not text["Lembaga"]:
        problems.append("Lembaga kosong")
    if text["Unsur"].lower() not in unsur:
        problems.append(f"Unsur “{text['Unsur']}” tidak dikenal")
    if text["Desa"] and _village(text["Desa"]) not in desa:
        problems.append(f"{sebutan.Desa} “{text['Desa']}” tidak dikenal")
    if text["L/P"] and text["L/P"].upper()[:1] not in Sex.values:
        problems.append("L/P harus L atau P")
    if text["Usia"] and not (re.fullmatch(r"[0-9]{1,3}", text["Usia"]) and int(text["Usia"]) <= 120):
        problems.append("Usia harus angka sampai 120")
    return problems


def _key(u: Undangan) -> tuple[str, str, str]:
    return (u.nama.lower(), u.jabatan.lower(), u.lembaga.lower())


def _add_new(musrenbang: Musrenbang, by: Pengguna, calon: list[Undangan], aksi: str) -> int:
    """Store those that are not on the list yet, each with a code; one audit row."""
    existing = {_key(u) for u in Undangan.objects.filter(musrenbang=musrenbang)}
    new = []
    for u in calon:
        if _key(u) not in existing:
            existing.add(_key(u))
            new.append(u)
    for u, kode in zip(new, _free_codes(musrenbang, len(new)), strict=True):
        u.kode = kode
    Undangan.objects.bulk_create(new, batch_size=500)
    if new:
        audit.record(musrenbang=musrenbang, by=by, aksi=aksi, objek=musrenbang, rincian={"ditambah": len(new)})
    return len(new)


@allowed_in(BOLEH_UNDANGAN)
def carry_undangan(*, musrenbang: Musrenbang, by: Pengguna) -> int:
    """Take over last year's invitees; return how many are new."""
    previous = (
        Musrenbang.objects.held()
        .filter(kecamatan=musrenbang.kecamatan_id, tahun_pelaksanaan__lt=musrenbang.tahun_pelaksanaan)
        .first()
    )
    if previous is None:
        raise Refused("Belum ada Musrenbang tahun lalu di aplikasi ini. Unggah tabel atau ketik satu per satu.")
    calon = [
        Undangan(musrenbang=musrenbang, **{k: getattr(u, k) for k in KOLOM})
        for u in Undangan.objects.filter(musrenbang=previous).select_related("desa")
    ]
    return _add_new(musrenbang, by, calon, "undangan.tahun_lalu")


@allowed_in(BOLEH_UNDANGAN)
def track_undangan(*, musrenbang: Musrenbang, by: Pengguna, pilihan: list[int], kolom: str, tanggal: date) -> int:
    """Note that the newest letters of chosen invitees were sent or received on a day; returns how many.

    Those noted before keep their day, and who invites is passed over: there is no letter to him. A letter that arrived
    was sent: ``diterima_pada`` fills ``dikirim_pada`` too.
    """
    if kolom not in {"dikirim_pada", "diterima_pada"}:
        raise Refused("Pilih apakah surat itu dikirim atau diterima.")
    chosen = Undangan.objects.filter(musrenbang=musrenbang, pk__in=pilihan).exclude(inviting(musrenbang), nomor="")
    surat = list(chosen.prefetch_related("perubahan"))
    if any(not u.nomor for u in surat):
        raise Refused("Ada surat yang belum bernomor. Beri nomor semua undangan lebih dahulu.")
    jumlah = 0
    for u in surat:
        new_surat: list[Undangan | PerubahanUndangan] = [u, *u.perubahan.all()]
        jumlah += _note(musrenbang, by, new_surat[-1], kolom, tanggal)
    return jumlah


def _note(musrenbang: Musrenbang, by: Pengguna, surat: Undangan | PerubahanUndangan, kolom: str, tanggal: date) -> bool:
    """Store the day once; return whether it was new."""
    if getattr(surat, kolom) is not None:
        return False
    nilai: dict[str, Any] = {kolom: tanggal}
    if kolom == "diterima_pada" and surat.dikirim_pada is None:
        nilai["dikirim_pada"] = tanggal
    if isinstance(surat, Undangan):
        nilai["versi"] = F("versi") + 1
    type(surat)._default_manager.filter(pk=surat.pk).update(**nilai)
    details = {kolom: [None, str(tanggal)]}
    audit.record(musrenbang=musrenbang, by=by, aksi=f"undangan.{kolom}", objek=surat, rincian=details)
    return True


def inherit_undangan(*, old: Musrenbang, new: Musrenbang, by: Pengguna) -> int:
    """Take last year's invitees into a new year; return how many."""
    return carry_undangan(musrenbang=new, by=by)
