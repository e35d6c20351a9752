"""Bringing an event home: what the laptop changed goes into the server's copy, with its own times and people."""

from collections import Counter
from typing import Any

from django.db import connection, transaction

from berita_acara.bawa.muat import BerkasSalah, insert, store_files
from berita_acara.bawa.tabel import EVENT, KE_LUAR, as_data, from_data, model_of, rows_of
from musrenbang.models import JejakAudit, Musrenbang, Pengguna, PenghitungNomor

TETAP = {"musrenbang.JejakAudit"}
"""Rows that are only ever added."""
PENGHITUNG = "musrenbang.PenghitungNomor"


class Bentrok(ValueError):
    """The server's copy was changed while the event was away. ``jejak``: what was done here, oldest first."""

    def __init__(self, jejak: list[JejakAudit]) -> None:
        self.jejak = jejak
        super().__init__(f"{len(jejak)} perubahan dibuat di server selama acara ini dibawa.")


@transaction.atomic
def bring_home(
    musrenbang: Musrenbang, dokumen: dict[str, Any], *, jejak_terakhir: int, timpa: bool = False
) -> Counter[str]:
    """Make the event what the document says; return how many rows were ``ditambah``, ``diubah``, ``dihapus``.

    ``jejak_terakhir``: key of the last audit row when the event left. What was done here since is a conflict: raises
    Bentrok, unless ``timpa`` says that the result of the hall counts; the trail keeps both. Raises BerkasSalah when
    the document is of another event or its trail does not continue the one it left with.
    """
    if dokumen["isi"]["musrenbang.Musrenbang"][0]["id"] != musrenbang.pk:
        raise BerkasSalah("Berkas ini berisi musrenbang yang lain.")
    dari_aula = {j["id"] for j in dokumen["isi"]["musrenbang.JejakAudit"]}
    di_sini = JejakAudit.objects.filter(musrenbang=musrenbang)
    sejak = list(di_sini.filter(pk__gt=jejak_terakhir).exclude(pk__in=dari_aula).order_by("pk"))
    if sejak and not timpa:
        raise Bentrok(sejak)
    if not set(di_sini.filter(pk__lte=jejak_terakhir).values_list("pk", flat=True)) <= dari_aula:
        raise BerkasSalah("Jejak audit di berkas ini tidak utuh: ada baris yang hilang.")
    _add_people(dokumen["pengguna"])
    hasil: Counter[str] = Counter()
    _raise_counters(dokumen["isi"][PENGHITUNG])
    biasa = [label for label in EVENT if label != PENGHITUNG]
    buang = {label: _merge(label, musrenbang, dokumen["isi"][label], hasil) for label in biasa}
    for label in reversed(biasa):
        if label not in TETAP and buang[label]:
            hasil["dihapus"] += len(buang[label])
            semua = model_of(label)._base_manager.filter(pk__in=buang[label])
            semua._raw_delete(semua.db)  # children were taken out before, and nothing else may go along
    connection.check_constraints()
    store_files(dokumen["berkas"])
    return hasil


def _raise_counters(semua: list[dict[str, Any]]) -> None:
    """Numbers given out in the hall are taken here too; the higher counter is right."""
    for isi in semua:
        kunci = {k: isi[k] for k in ("kecamatan_id", "jenis", "tahun")}
        satu, _ = PenghitungNomor.objects.select_for_update().get_or_create(**kunci)
        if satu.terakhir < isi["terakhir"]:
            PenghitungNomor.objects.filter(pk=satu.pk).update(terakhir=isi["terakhir"])


def _add_people(orang: list[dict[str, Any]]) -> None:
    """People who are known only on the laptop come without a way to sign in here."""
    ada = set(Pengguna.objects.filter(pk__in=[p["id"] for p in orang]).values_list("pk", flat=True))
    for p in orang:
        if p["id"] not in ada:
            nama = f"aula.{p['username']}"[:150]
            insert("musrenbang.Pengguna", p | {"password": "!", "is_active": False, "username": nama})


def _merge(label: str, musrenbang: Musrenbang, semua: list[dict[str, Any]], hasil: Counter[str]) -> list[int]:
    """Add and change the rows of one model; return the keys of those that the document no longer has."""
    ada = {o.pk: o for o in rows_of(label, musrenbang, EVENT[label])}
    for isi in semua:
        lama = ada.pop(isi["id"], None)
        if lama is None:
            insert(label, isi)
            hasil["ditambah"] += 1
            continue
        kini = as_data(lama)
        baru = isi | {k: kini[k] for k in KE_LUAR.get(label, ()) if isi[k] is None}
        if baru != kini:
            if label in TETAP:
                raise BerkasSalah(f"Jejak audit {isi['id']} di berkas ini berbeda dari yang tersimpan.")
            from_data(label, baru).save_base(raw=True, force_update=True)
            hasil["diubah"] += 1
    return list(ada)
