"""Which rows belong to an event, in an order in which each finds what it refers to, and how a row is written down."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.fields.files import FieldFile

from musrenbang.models import Keanggotaan, Musrenbang, Pengguna

EVENT = {
    "musrenbang.Musrenbang": "pk",
    "musrenbang.Kiriman": "musrenbang",
    "musrenbang.Petugas": "musrenbang",
    "musrenbang.PermintaanJadwal": "musrenbang",
    "musrenbang.PaguKecamatan": "musrenbang",
    "musrenbang.KriteriaKecamatan": "musrenbang",
    "musrenbang.ProgramMasuk": "musrenbang",
    "musrenbang.AnggotaTim": "musrenbang",
    "musrenbang.SkTim": "musrenbang",
    "musrenbang.Dokumen": "musrenbang",
    "sidang.TerbitanUndangan": "musrenbang",
    "sidang.Undangan": "musrenbang",
    "sidang.PerubahanUndangan": "undangan__musrenbang",
    "sidang.Kehadiran": "musrenbang",
    "sidang.Sidang": "musrenbang",
    "sidang.CatatanKuorum": "musrenbang",
    "sidang.SesiSidang": "musrenbang",
    "sidang.HadirSesi": "sesi__musrenbang",
    "sidang.Agenda": "musrenbang",
    "sidang.Pembicara": "agenda__musrenbang",
    "sidang.Notulen": "agenda__musrenbang",
    "sidang.Layar": "musrenbang",
    "usulan.ImporUsulan": "musrenbang",
    "usulan.Usulan": "musrenbang",
    "usulan.BukanDuplikat": "satu__musrenbang",
    "usulan.BukanProgram": "usulan__musrenbang",
    "usulan.KelengkapanDesa": "musrenbang",
    "usulan.Tampilan": "musrenbang",
    "rkp.Rkp": "musrenbang",
    "rkp.BarisRkp": "rkp__musrenbang",
    "rkp.SumberBaris": "baris__rkp__musrenbang",
    "rkp.DanaProgram": "baris__rkp__musrenbang",
    "rkp.Kelompok": "musrenbang",
    "rkp.Kelompok_operator": "kelompok__musrenbang",
    "rkp.AnggotaKelompok": "kelompok__musrenbang",
    "rkp.UsulanKelompok": "kelompok__musrenbang",
    "rkp.Keberatan": "baris__rkp__musrenbang",
    "rkp.RkpVersi": "rkp__musrenbang",
    "rkp.BarisVersi": "rkp_versi__rkp__musrenbang",
    "prioritas.Pemeringkatan": "musrenbang",
    "prioritas.UrutanKelompok": "pemeringkatan__musrenbang",
    "prioritas.Calon": "pemeringkatan__musrenbang",
    "prioritas.Nilai": "calon__pemeringkatan__musrenbang",
    "prioritas.Verifikasi": "calon__pemeringkatan__musrenbang",
    "prioritas.KeadaanDesa": "musrenbang",
    "prioritas.Pemilih": "musrenbang",
    "prioritas.Pemungutan": "pemeringkatan__musrenbang",
    "prioritas.KodeSuara": "pemungutan__pemeringkatan__musrenbang",
    "prioritas.KodeSelesai": "pemungutan__pemeringkatan__musrenbang",
    "prioritas.SuratSuara": "pemungutan__pemeringkatan__musrenbang",
    "delegasi.PengaturanDelegasi": "musrenbang",
    "delegasi.PemilihanDelegat": "musrenbang",
    "delegasi.Delegat": "musrenbang",
    "tindak_lanjut.Catatan": "musrenbang",
    "tindak_lanjut.Pengiriman": "musrenbang",
    "tindak_lanjut.Pilahan": "musrenbang",
    "tindak_lanjut.Penyampaian": "musrenbang",
    "tindak_lanjut.Tanggapan": "pilahan__musrenbang",
    "tindak_lanjut.Adendum": "musrenbang",
    "tindak_lanjut.ButirAdendum": "adendum__musrenbang",
    "berita_acara.PengaturanDokumen": "kecamatan__musrenbang",
    "musrenbang.Pejabat": "kecamatan__musrenbang",
    "berita_acara.SalinanTtd": "dokumen__musrenbang",
    "berita_acara.TandaElektronik": "dokumen__musrenbang",
    "berita_acara.TanpaSalinan": "musrenbang",
    "musrenbang.PenghitungNomor": "kecamatan__musrenbang",
    "musrenbang.JejakAudit": "musrenbang",
}
"""Model -> its way to the event."""
TINGGAL = {"berita_acara.Paket", "berita_acara.ButirPaket", "berita_acara.Perjalanan", "berita_acara.AsalAula"}
"""What belongs to an event and stays where it is: sets that are made again, and the journeys themselves."""
ACUAN = {
    "musrenbang.Provinsi": "kabupaten__kecamatan__musrenbang",
    "musrenbang.Kabupaten": "kecamatan__musrenbang",
    "musrenbang.Kecamatan": "musrenbang",
    "musrenbang.Desa": "kecamatan__musrenbang",
    "musrenbang.Bidang": "",
    "musrenbang.Skpd": "kabupaten__kecamatan__musrenbang",
    "musrenbang.KataKunci": "skpd__kabupaten__kecamatan__musrenbang",
    "musrenbang.Program": "",
    "musrenbang.PrioritasDaerah": "kabupaten__kecamatan__musrenbang",
    "musrenbang.SumberDana": "",
    "musrenbang.Satuan": "",
    "musrenbang.KamusUsulan": "kabupaten__kecamatan__musrenbang",
    "prioritas.SkemaPendanaan": "kabupaten__kecamatan__musrenbang",
}
"""Reference data that goes along, so that the laptop works without the server."""
KE_LUAR = {"usulan.Usulan": {"sumber_id"}}
"""Columns that may point outside the event: what they point to may be missing on the laptop."""
SETEMPAT = {"musrenbang.Musrenbang": {"dibawa_pada"}, "musrenbang.Kabupaten": {"sidik_acuan"}}
"""Columns that tell where the event is; they are not part of it."""


def model_of(label: str) -> type[models.Model]:
    """Return a model by its label."""
    return apps.get_model(label)


def rows_of(label: str, musrenbang: Musrenbang, jalan: str) -> QuerySet[Any]:
    """Return the rows of a model that belong to the event, by their keys."""
    saring = {jalan: musrenbang.pk} if jalan else {}
    return model_of(label)._default_manager.filter(**saring).order_by("pk").distinct()


def people_of(musrenbang: Musrenbang) -> tuple[QuerySet[Pengguna], QuerySet[Keanggotaan]]:
    """Return who worked or may work in the event, and the roles that hold in its kecamatan."""
    kecamatan = musrenbang.kecamatan_id
    peran = Keanggotaan.objects.filter(Q(kecamatan=kecamatan) | Q(desa__kecamatan=kecamatan))
    disebut = set(peran.values_list("pengguna", flat=True))
    for label, jalan in EVENT.items():
        model = model_of(label)
        for f in model._meta.fields:
            if f.related_model is Pengguna:
                disebut |= set(rows_of(label, musrenbang, jalan).values_list(f.attname, flat=True))
    return Pengguna.objects.filter(pk__in=disebut - {None}).order_by("pk"), peran.order_by("pk")


def as_data(objek: models.Model) -> dict[str, Any]:
    """Return a row as JSON-safe data, exact to the microsecond; references are keys, files are names."""
    tinggal = SETEMPAT.get(objek._meta.label, set())
    return {
        f.attname: _plain(f.value_from_object(objek)) for f in objek._meta.concrete_fields if f.attname not in tinggal
    }


def _plain(nilai: Any) -> Any:
    if nilai is None or isinstance(nilai, bool | int | str | list | dict | float):
        return nilai
    if isinstance(nilai, FieldFile):
        return nilai.name or ""
    return nilai.isoformat() if hasattr(nilai, "isoformat") else str(nilai)


def from_data(label: str, isi: dict[str, Any]) -> models.Model:
    """Return the row that ``as_data`` wrote down, not stored. Raises KeyError or ValidationError for other data."""
    model = model_of(label)
    kolom = {f.attname: f for f in model._meta.concrete_fields}
    return model(**{nama: _value(kolom[nama], nilai) for nama, nilai in isi.items()})


def _value(kolom: Any, nilai: Any) -> Any:
    if nilai is None or isinstance(kolom, models.JSONField | models.FileField):
        return nilai
    return (kolom.target_field if kolom.is_relation else kolom).to_python(nilai)


def file_names(musrenbang: Musrenbang) -> Iterator[str]:
    """Yield the names of the files that rows of the event keep."""
    for label, jalan in EVENT.items():
        for f in model_of(label)._meta.concrete_fields:
            if isinstance(f, models.FileField):
                yield from (n for n in rows_of(label, musrenbang, jalan).values_list(f.name, flat=True) if n)
