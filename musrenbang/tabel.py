"""A table of reference data: what its columns are, how rows are read, compared and stored."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.db.models import ProtectedError, Q, QuerySet

from musrenbang import audit
from musrenbang.models import Bidang, Kabupaten, Pengguna, Skpd
from musrenbang.queries import roles_elsewhere
from musrenbang.sebutan import sebutan
from musrenbang.transisi import Refused

RUPIAH_MAKS = 10**13
BILANGAN_MAKS = 32_767
RINCIAN_MAKS = 200


class BadTabel(ValueError):
    """A table that cannot be taken in. ``galat``: one sentence for each bad row."""

    def __init__(self, galat: list[str]) -> None:
        self.galat = galat
        super().__init__(" ".join(galat))


@dataclass(frozen=True)
class Column:
    """A column: its heading, the field of the model, its width, and how a cell is read.

    ``jenis``: teks, rupiah, bilangan, daftar (several values, in a cell parted by ``;``), bidang or skpd (by name).
    """

    judul: str
    nama: str
    lebar: int = 20
    jenis: str = "teks"
    wajib: bool = False


@dataclass(frozen=True)
class TabelAcuan:
    """A kind of reference data.

    ``tanda``: fields by which a row is known again. ``milik``: path to its kabupaten, blank where all kabupaten share
    it. ``pertahun``: kept by plan year. ``ganti``: a spreadsheet replaces the whole; otherwise rows that it does not
    name stay. ``periksa``: says what is wrong with the values of a row.
    """

    kunci: str
    judul: str
    keterangan: str
    satuan: str
    model: type[models.Model]
    kolom: tuple[Column, ...]
    tanda: tuple[str, ...]
    milik: str = "kabupaten"
    pertahun: bool = False
    ganti: bool = False
    periksa: Callable[[dict[str, Any]], str] = field(default=lambda _: "")

    @property
    def kepala(self) -> tuple[str, ...]:
        """The headings."""
        return tuple(k.judul for k in self.kolom)

    @property
    def bersama(self) -> bool:
        """Shared by all kabupaten of this server."""
        return not self.milik

    def rows(self, kabupaten: Kabupaten, tahun: int, search: str = "") -> QuerySet[Any]:
        """Return the rows of a kabupaten (of a plan year), searched in every text."""
        scope: dict[str, Any] = {self.milik: kabupaten} if self.milik else {}
        if self.pertahun:
            scope["tahun"] = tahun
        references = [k.nama for k in self.kolom if k.jenis in {"bidang", "skpd"}]
        everything = self.model._default_manager.filter(**scope)
        if references:
            everything = everything.select_related(*references)
        searched = [
            k.nama + ("__nama" if k.nama in references else "") for k in self.kolom if k.jenis not in BUKAN_TEKS
        ]
        filters = Q()
        for nama in searched if search else []:
            filters |= Q(**{f"{nama}__icontains": search})
        return everything.filter(filters)

    def cells(self, objek: models.Model) -> list[Any]:
        """Return a row as a spreadsheet holds it."""
        return [_as_cell(k, getattr(objek, k.nama)) for k in self.kolom]


BUKAN_TEKS = {"rupiah", "bilangan"}


def _as_cell(kolom: Column, nilai: Any) -> Any:
    if kolom.jenis == "daftar":
        return "; ".join(nilai.splitlines())
    return str(nilai) if isinstance(nilai, models.Model) else nilai


@dataclass(frozen=True)
class Result:
    """What a spreadsheet changed."""

    ditambah: int = 0
    diubah: int = 0
    dihapus: int = 0
    sama: int = 0

    def __str__(self) -> str:
        return f"{self.ditambah} ditambah, {self.diubah} diubah, {self.dihapus} dihapus, {self.sama} sama"


def shared_by_others(kabupaten: Kabupaten) -> bool:
    """Tell whether another kabupaten works on this server: what all share is then the administrator's to change."""
    return roles_elsewhere(kabupaten).exists()


def _guard(tabel: TabelAcuan, kabupaten: Kabupaten, by: Pengguna) -> None:
    if tabel.bersama and not by.is_superuser and shared_by_others(kabupaten):
        raise Refused(
            f"{tabel.judul} dipakai bersama {sebutan.kabupaten} lain di server ini; mintalah admin mengubahnya."
        )


@transaction.atomic
def import_tabel(
    *, tabel: TabelAcuan, kabupaten: Kabupaten, tahun: int, by: Pengguna, baris: list[tuple[int, dict[str, Any]]]
) -> Result:
    """Take a spreadsheet in, whole or not at all. ``baris``: (row of the sheet, {heading: value}).

    Raises BadTabel with a sentence for each bad row, Refused for what other kabupaten share.
    """
    _guard(tabel, kabupaten, by)
    content = _read(tabel, kabupaten, baris)
    existing = {_key(tabel, {k: getattr(o, k) for k in _fields(tabel)}): o for o in tabel.rows(kabupaten, tahun)}
    new, change, details = [], [], {}
    for kunci, nilai in content.items():
        old = existing.get(kunci)
        if old is None:
            new.append(tabel.model(**nilai, **_scope(tabel, kabupaten, tahun)))
        elif difference := audit.diff({k: getattr(old, k) for k in nilai}, nilai):
            for k, v in nilai.items():
                setattr(old, k, v)
            change.append(old)
            details[str(old)[:80]] = difference
    discard = [o.pk for kunci, o in existing.items() if kunci not in content] if tabel.ganti else []
    manager = tabel.model._default_manager
    try:
        manager.filter(pk__in=discard).delete()
    except ProtectedError as error:
        example = ", ".join(str(o) for o in list(error.protected_objects)[:3])
        raise BadTabel([f"Ada baris yang hilang dari tabel padahal masih dipakai: {example}."]) from error
    manager.bulk_create(new, batch_size=500)
    if change:
        manager.bulk_update(change, _fields(tabel), batch_size=500)
    result = Result(len(new), len(change), len(discard), len(content) - len(new) - len(change))
    if result.ditambah or result.diubah or result.dihapus:
        audit.record_acuan(
            kabupaten=kabupaten,
            by=by,
            aksi="acuan.diimpor",
            objek=f"{tabel.judul}{_year(tabel, tahun)}",
            rincian={"hasil": str(result), "diubah": dict(list(details.items())[:RINCIAN_MAKS])},
        )
    return result


@transaction.atomic
def save_row(*, tabel: TabelAcuan, kabupaten: Kabupaten, tahun: int, by: Pengguna, objek: Any) -> None:
    """Store one row that a form filled in; ``objek`` is new or holds the new values."""
    _guard(tabel, kabupaten, by)
    old = tabel.model._default_manager.filter(pk=objek.pk).first()
    for nama, nilai in _scope(tabel, kabupaten, tahun).items():
        setattr(objek, nama, nilai)
    objek.save()
    before = {k: getattr(old, k, None) for k in _fields(tabel)}
    details = audit.diff(before, {k: getattr(objek, k) for k in _fields(tabel)})
    if details:
        audit.record_acuan(
            kabupaten=kabupaten,
            by=by,
            aksi="acuan.diubah" if old else "acuan.ditambah",
            objek=f"{tabel.judul}{_year(tabel, tahun)}: {objek}",
            rincian=details,
        )


@transaction.atomic
def remove_row(*, tabel: TabelAcuan, kabupaten: Kabupaten, tahun: int, by: Pengguna, objek: Any) -> None:
    """Take one row out. Raises Refused while something still uses it."""
    _guard(tabel, kabupaten, by)
    nama, nilai = str(objek), dict(zip(tabel.kepala, map(str, tabel.cells(objek)), strict=True))
    try:
        objek.delete()
    except ProtectedError as error:
        user = len(error.protected_objects)
        raise Refused(f"“{nama}” masih dipakai di {user} tempat, jadi tidak dihapus.") from error
    audit.record_acuan(
        kabupaten=kabupaten,
        by=by,
        aksi="acuan.dihapus",
        objek=f"{tabel.judul}{_year(tabel, tahun)}: {nama}",
        rincian={"isi": nilai},
    )


def _fields(tabel: TabelAcuan) -> list[str]:
    return [k.nama for k in tabel.kolom]


def _scope(tabel: TabelAcuan, kabupaten: Kabupaten, tahun: int) -> dict[str, Any]:
    own: dict[str, Any] = {"kabupaten": kabupaten} if tabel.milik == "kabupaten" else {}
    return own | ({"tahun": tahun} if tabel.pertahun else {})


def _year(tabel: TabelAcuan, tahun: int) -> str:
    return f" {tahun}" if tabel.pertahun else ""


def _key(tabel: TabelAcuan, nilai: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(nilai[k]).lower() for k in tabel.tanda)


def _read(
    tabel: TabelAcuan, kabupaten: Kabupaten, baris: Iterable[tuple[int, dict[str, Any]]]
) -> dict[tuple[str, ...], dict[str, Any]]:
    """Return the values by key; raise BadTabel with everything that is wrong."""
    known: dict[str, dict[str, Any]] = {
        "bidang": {b.nama.lower(): b for b in Bidang.objects.all()},
        "skpd": {n.lower(): s for s in Skpd.objects.filter(kabupaten=kabupaten) for n in (s.nama, s.singkatan)},
    }
    result: dict[tuple[str, ...], dict[str, Any]] = {}
    errors = []
    for nomor, content in baris:
        nilai, problem = {}, []
        for k in tabel.kolom:
            try:
                nilai[k.nama] = _read_cell(tabel, k, content[k.judul], known)
            except ValueError as error:
                problem.append(str(error))
        if not problem and (wrong_content := tabel.periksa(nilai)):
            problem.append(wrong_content)
        if not problem and _key(tabel, nilai) in result:
            problem.append("sama dengan baris di atasnya")
        if problem:
            errors.append(f"Baris {nomor}: {'; '.join(problem)}.")
        else:
            result[_key(tabel, nilai)] = nilai
    if errors or not result:
        raise BadTabel(errors or ["Tidak ada satu baris pun di bawah judul tabel."])
    return result


def _read_cell(tabel: TabelAcuan, kolom: Column, nilai: Any, recognise: dict[str, dict[str, Any]]) -> Any:
    if nilai is None and kolom.wajib:
        raise ValueError(f"{kolom.judul} kosong")
    if kolom.jenis in recognise:
        if nilai is not None and str(nilai).lower() not in recognise[kolom.jenis]:
            raise ValueError(f"{kolom.judul} “{nilai}” tidak dikenal")
        return recognise[kolom.jenis].get(str(nilai).lower())
    if kolom.jenis in BUKAN_TEKS:
        limit, words = (
            (RUPIAH_MAKS, "angka rupiah tanpa sen lebih dari 0")
            if kolom.jenis == "rupiah"
            else (
                BILANGAN_MAKS,
                "bilangan bulat",
            )
        )
        if nilai is not None and (not isinstance(nilai, int) or isinstance(nilai, bool) or not 0 < nilai < limit):
            raise ValueError(f"{kolom.judul} harus {words}")
        return nilai
    text = str(nilai or "")
    if kolom.jenis == "daftar":
        return "\n".join(t.strip() for t in text.split(";") if t.strip())
    length = getattr(tabel.model._meta.get_field(kolom.nama), "max_length", None)
    if length and len(text) > length:
        raise ValueError(f"{kolom.judul} terlalu panjang (paling banyak {length} huruf)")
    return text
