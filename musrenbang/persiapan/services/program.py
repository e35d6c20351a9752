"""Programmes that enter the kecamatan: by form and by spreadsheet."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, ProtectedError

from musrenbang import audit
from musrenbang.izin import BOLEH_PROGRAM
from musrenbang.kunci import allowed_in
from musrenbang.models import Desa, JenisProgram, Musrenbang, Pengguna, ProgramMasuk, Skpd, SumberDana
from musrenbang.sebutan import active
from musrenbang.services.sekali import once
from musrenbang.transisi import Ditolak

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
KATA_JENIS = {JenisProgram.MASUK: "masuk", JenisProgram.PRIORITAS: "prioritas"}
PANJANG = {"Program/Kegiatan": 300, "Instansi": 200, "Lokasi": 300, "Keterangan": 300}


@transaction.atomic
def add_program(*, musrenbang: Musrenbang, by: Pengguna, kunci: UUID, **nilai: Any) -> ProgramMasuk:
    """Add a programme from a form. The same form sent again returns the one that is there (``services.once``)."""
    isi = {k: nilai[k] for k in KOLOM}
    sekali = once(ProgramMasuk, musrenbang=musrenbang, boleh=BOLEH_PROGRAM, kunci=kunci, by=by, isi=isi)
    if sekali.ada:
        return sekali.ada
    return sekali.keep(_add(sekali.musrenbang, by, isi))


def _add(musrenbang: Musrenbang, by: Pengguna, isi: dict[str, Any]) -> ProgramMasuk:
    baru = ProgramMasuk.objects.create(musrenbang=musrenbang, **isi)
    audit.catat(musrenbang=musrenbang, by=by, aksi="program.ditambah", objek=baru)
    return baru


@allowed_in(BOLEH_PROGRAM)
def save_program(
    *, musrenbang: Musrenbang, by: Pengguna, program: ProgramMasuk | None, versi: int | None = None, **nilai: Any
) -> ProgramMasuk:
    """Change a programme, or add one (None) that no form guards; a stale save is refused with what is stored now."""
    isi = {k: nilai[k] for k in KOLOM}
    if program is None:
        return _add(musrenbang, by, isi)
    lama = ProgramMasuk.objects.select_related("skpd", "sumber_dana", "desa").filter(pk=program.pk).first()
    if lama is None:
        raise Ditolak("Program ini sudah dihapus orang lain. Isian Anda masih ada di bawah; simpan sebagai yang baru.")
    if lama.versi != versi:
        raise Ditolak(
            f"Orang lain sudah mengubah program ini: sekarang “{lama.nama}”, {lama.tempat}. Isian Anda belum disimpan "
            "dan masih ada di bawah; bandingkan, lalu simpan lagi."
        )
    rincian = audit.beda({k: getattr(lama, k) for k in KOLOM}, isi)
    if rincian:
        ProgramMasuk.objects.filter(pk=lama.pk).update(**isi, versi=F("versi") + 1)
        lama.refresh_from_db()
        audit.catat(musrenbang=musrenbang, by=by, aksi="program.diubah", objek=lama, rincian=rincian)
    return lama


@allowed_in(BOLEH_PROGRAM, of="program.musrenbang")
def remove_program(*, program: ProgramMasuk, by: Pengguna) -> None:
    """Take a wrong programme out; one that marks a proposal as paid is kept (Ditolak)."""
    kini = program.musrenbang
    audit.catat(
        musrenbang=kini,
        by=by,
        aksi="program.dihapus",
        objek=program,
        rincian={"nama": program.nama, "instansi": program.instansi, "anggaran": program.anggaran},
    )
    try:
        program.delete()
    except ProtectedError as galat:
        raise Ditolak(
            f"“{program.nama}” menandai usulan yang sudah didanai. Lepas dahulu tandanya di halaman usulan itu."
        ) from galat


@allowed_in(BOLEH_PROGRAM)
def import_program(
    *, musrenbang: Musrenbang, by: Pengguna, baris: list[tuple[int, dict[str, Any]]]
) -> tuple[int, int, list[str]]:
    """Add the rows of a table, return (added, brought up to date, a sentence per bad row); bad rows change nothing.

    A programme of the same kind, name, agency and place is not doubled: its amount and remark are taken over.
    """
    pembaca = _Pembaca(musrenbang)
    daftar = [(nomor, *pembaca.read(isi)) for nomor, isi in baris]
    galat = [f"Baris {nomor}: {'; '.join(masalah)}." for nomor, _, masalah in daftar if masalah]
    if galat or not daftar:
        return 0, 0, galat or ["Tidak ada satu baris pun di bawah judul tabel."]
    ada = {_key(p): p for p in ProgramMasuk.objects.filter(musrenbang=musrenbang)}
    tambah = ganti = 0
    for _, program, _ in daftar:
        lama = ada.get(_key(program))
        if lama is None:
            program.save()
            ada[_key(program)] = program
            tambah += 1
        elif (lama.anggaran, lama.keterangan) != (program.anggaran, program.keterangan):
            ProgramMasuk.objects.filter(pk=lama.pk).update(
                anggaran=program.anggaran, keterangan=program.keterangan, versi=F("versi") + 1
            )
            ganti += 1
    audit.catat(
        musrenbang=musrenbang,
        by=by,
        aksi="program.diimpor",
        objek=musrenbang,
        rincian={"ditambah": tambah, "diperbarui": ganti},
    )
    return tambah, ganti, []


def _key(p: ProgramMasuk) -> tuple[Any, ...]:
    return (p.jenis, p.nama.lower(), p.instansi.lower(), p.desa_id, p.lokasi.lower())


class _Pembaca:
    """Knows the names that a row may use."""

    def __init__(self, musrenbang: Musrenbang) -> None:
        self.musrenbang = musrenbang
        skpd = Skpd.objects.filter(kabupaten=musrenbang.kecamatan.kabupaten_id)
        self.skpd = {n.lower(): s for s in skpd for n in (s.nama, s.singkatan)}
        self.sumber = {
            n.strip().lower(): s for s in SumberDana.objects.all() for n in (s.nama, *s.sinonim.splitlines())
        }
        self.desa: dict[str, Desa] = {d.nama.lower(): d for d in musrenbang.kecamatan.desa_set.all()}

    def read(self, isi: dict[str, Any]) -> tuple[ProgramMasuk, list[str]]:
        """Return the programme of a row, unsaved, and what is wrong with it."""
        teks = {k: str(isi[k] if isi[k] is not None else "").strip() for k in KEPALA}
        masalah = [f"{k} kosong" for k in KEPALA[1:3] if not teks[k]]
        masalah += [f"{k} lebih dari {n} huruf" for k, n in PANJANG.items() if len(teks[k]) > n]
        jenis = next((j for j, kata in KATA_JENIS.items() if teks["Jenis"].lower() in (kata, j.label.lower())), None)
        if teks["Jenis"] and jenis is None:
            masalah.append("Jenis harus “masuk” atau “prioritas”")
        nama_desa = teks["Desa"].lower()
        for kata in ("desa", "kelurahan", active().desa_saja):
            nama_desa = nama_desa.removeprefix(f"{kata} ").strip()
        for kata, nilai, kenal in (
            ("Desa", nama_desa, self.desa),
            ("Sumber Dana", teks["Sumber Dana"], self.sumber),
        ):
            if nilai and nilai.lower() not in kenal:
                masalah.append(f"{kata} “{teks[kata]}” tidak dikenal")
        anggaran = isi["Anggaran (Rp)"]
        if isinstance(anggaran, float) and anggaran.is_integer():
            anggaran = int(anggaran)
        if anggaran is not None and (not isinstance(anggaran, int) or not 0 < anggaran < 10**15):
            masalah.append("Anggaran harus rupiah bulat lebih dari 0, atau dikosongkan")
            anggaran = None
        program = ProgramMasuk(
            musrenbang=self.musrenbang,
            jenis=jenis or JenisProgram.MASUK,
            nama=teks["Program/Kegiatan"],
            instansi=teks["Instansi"],
            skpd=self.skpd.get(teks["Instansi"].lower()),
            sumber_dana=self.sumber.get(teks["Sumber Dana"].lower()),
            desa=self.desa.get(nama_desa),
            lokasi=teks["Lokasi"],
            anggaran=anggaran,
            keterangan=teks["Keterangan"],
        )
        return program, masalah
