"""Programmes that enter the kecamatan: by form and by spreadsheet."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from musrenbang import audit
from musrenbang.izin import BOLEH_PROGRAM
from musrenbang.kunci import allowed_in
from musrenbang.labels import spellings
from musrenbang.models import Desa, Musrenbang, Pengguna, ProgramKind, ProgramMasuk, Skpd, SumberDana
from musrenbang.sebutan import active
from musrenbang.services.once import once
from musrenbang.services.rows import change_row, discard_row
from musrenbang.transisi import Refused

KOLOM = ["jenis", "nama", "instansi", "skpd", "sumber_dana", "desa", "lokasi", "anggaran", "keterangan"]
KEPALA = (
    "Jenis",
    "Program/Kegiatan",
    "Instansi",
    "Sumber Dana",
    "Desa",
    "Lokasi",
    "Anggaran (Rp)",
    "Keterangan",
)
KATA_JENIS = {ProgramKind.MASUK: "masuk", ProgramKind.PRIORITAS: "prioritas"}
PANJANG = {"Program/Kegiatan": 300, "Instansi": 200, "Lokasi": 300, "Keterangan": 300}


@transaction.atomic
def add_program(*, musrenbang: Musrenbang, by: Pengguna, kunci: UUID, **nilai: Any) -> ProgramMasuk:
    """Add a programme from a form. The same form sent again returns the one that is there (``services.once``)."""
    content = {k: nilai[k] for k in KOLOM}
    one_pass = once(ProgramMasuk, musrenbang=musrenbang, allowed=BOLEH_PROGRAM, kunci=kunci, by=by, content=content)
    if one_pass.ada:
        return one_pass.ada
    return one_pass.keep(_add(one_pass.musrenbang, by, content))


def _add(musrenbang: Musrenbang, by: Pengguna, isi: dict[str, Any]) -> ProgramMasuk:
    new = ProgramMasuk.objects.create(musrenbang=musrenbang, **isi)
    audit.record(musrenbang=musrenbang, by=by, aksi="program.ditambah", objek=new)
    return new


@allowed_in(BOLEH_PROGRAM)
def save_program(
    *, musrenbang: Musrenbang, by: Pengguna, program: ProgramMasuk | None, versi: int | None = None, **nilai: Any
) -> ProgramMasuk:
    """Change a programme, or add one (None) that no form guards; a stale save is refused with what is stored now."""
    content = {k: nilai[k] for k in KOLOM}
    if program is None:
        return _add(musrenbang, by, content)
    old = ProgramMasuk.objects.select_related("skpd", "sumber_dana", "desa").filter(pk=program.pk).first()
    if old is None:
        raise Refused("Program ini sudah dihapus orang lain. Isian Anda masih ada di bawah; simpan sebagai yang baru.")
    if old.versi != versi:
        raise Refused(audit.stale(old, "program ini", "program.diubah", now=f"“{old.nama}”, {old.tempat}"))
    return change_row(old, content, musrenbang=musrenbang, by=by, aksi="program.diubah")


@allowed_in(BOLEH_PROGRAM, of="program.musrenbang")
def remove_program(*, program: ProgramMasuk, by: Pengguna) -> None:
    """Take a wrong programme out; one that marks a proposal as paid is kept (Refused)."""
    discard_row(
        program,
        musrenbang=program.musrenbang,
        by=by,
        aksi="program.dihapus",
        kept=f"“{program.nama}” menandai usulan yang sudah didanai. Hapus dahulu tandanya di halaman usulan itu.",
        rincian={"nama": program.nama, "instansi": program.instansi, "anggaran": program.anggaran},
    )


@allowed_in(BOLEH_PROGRAM)
def import_program(
    *, musrenbang: Musrenbang, by: Pengguna, baris: list[tuple[int, dict[str, Any]]]
) -> tuple[int, int, list[str]]:
    """Add the rows of a table, return (added, brought up to date, a sentence per bad row); bad rows change nothing.

    A programme of the same kind, name, agency and place is not doubled: its amount and remark are taken over.
    """
    reader = _Reader(musrenbang)
    list_rows = [(nomor, *reader.read(content)) for nomor, content in baris]
    errors = [f"Baris {nomor}: {'; '.join(problem)}." for nomor, _, problem in list_rows if problem]
    if errors or not list_rows:
        return 0, 0, errors or ["Tidak ada satu baris pun di bawah judul tabel."]
    existing = {_key(p): p for p in ProgramMasuk.objects.filter(musrenbang=musrenbang)}
    add = replace = 0
    for _, program, _ in list_rows:
        old = existing.get(_key(program))
        if old is None:
            program.save()
            existing[_key(program)] = program
            add += 1
        elif (old.anggaran, old.keterangan) != (program.anggaran, program.keterangan):
            ProgramMasuk.objects.filter(pk=old.pk).update(
                anggaran=program.anggaran, keterangan=program.keterangan, versi=F("versi") + 1
            )
            replace += 1
    audit.record(
        musrenbang=musrenbang,
        by=by,
        aksi="program.diimpor",
        objek=musrenbang,
        rincian={"ditambah": add, "diperbarui": replace},
    )
    return add, replace, []


def _key(p: ProgramMasuk) -> tuple[Any, ...]:
    return (p.jenis, p.nama.lower(), p.instansi.lower(), p.desa_id, p.lokasi.lower())


class _Reader:
    """Knows the names that a row may use."""

    def __init__(self, musrenbang: Musrenbang) -> None:
        self.musrenbang = musrenbang
        skpd = Skpd.objects.filter(kabupaten=musrenbang.kecamatan.kabupaten_id)
        self.skpd = {n.lower(): s for s in skpd for n in (s.nama, s.singkatan)}
        self.sumber = {n.strip().lower(): s for s in SumberDana.objects.all() for n in s.spellings}
        self.desa: dict[str, Desa] = {d.nama.lower(): d for d in musrenbang.kecamatan.desa_set.all()}

    def read(self, isi: dict[str, Any]) -> tuple[ProgramMasuk, list[str]]:
        """Return the programme of a row, unsaved, and what is wrong with it."""
        text = {k: str(isi[k] if isi[k] is not None else "").strip() for k in KEPALA}
        problems = [f"{k} kosong" for k in KEPALA[1:3] if not text[k]]
        problems += [f"{k} lebih dari {n} huruf" for k, n in PANJANG.items() if len(text[k]) > n]
        kinds = {word: j for j, own in KATA_JENIS.items() for word in (own, *spellings(j.label))}
        jenis = kinds.get(text["Jenis"].lower())
        if text["Jenis"] and jenis is None:
            problems.append("Jenis harus “masuk” atau “prioritas”")
        desa_names = text["Desa"].lower()
        for words in ("desa", "kelurahan", active().desa_saja):
            desa_names = desa_names.removeprefix(f"{words} ").strip()
        for words, nilai, known in (
            ("Desa", desa_names, self.desa),
            ("Sumber Dana", text["Sumber Dana"], self.sumber),
        ):
            if nilai and nilai.lower() not in known:
                problems.append(f"{words} “{text[words]}” tidak dikenal")
        anggaran = isi["Anggaran (Rp)"]
        if isinstance(anggaran, float) and anggaran.is_integer():
            anggaran = int(anggaran)
        if anggaran is not None and (not isinstance(anggaran, int) or not 0 < anggaran < 10**15):
            problems.append("Anggaran harus rupiah tanpa sen lebih dari 0, atau dikosongkan")
            anggaran = None
        program = ProgramMasuk(
            musrenbang=self.musrenbang,
            jenis=jenis or ProgramKind.MASUK,
            nama=text["Program/Kegiatan"],
            instansi=text["Instansi"],
            skpd=self.skpd.get(text["Instansi"].lower()),
            sumber_dana=self.sumber.get(text["Sumber Dana"].lower()),
            desa=self.desa.get(desa_names),
            lokasi=text["Lokasi"],
            anggaran=anggaran,
            keterangan=text["Keterangan"],
        )
        return program, problems
