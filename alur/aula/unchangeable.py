"""What a day in the hall cannot change: what was issued, what belongs to the server alone, and what the event is."""

from typing import Any

from alur.aula.envelope import BadFile
from alur.aula.skema import HASIL, Baris, Original
from alur.aula.tabel import file_fields
from musrenbang.sebutan import sebutan
from rkp.models import VersiKind

JATI_DIRI = ("id", "kecamatan", "slug", "tahun_pelaksanaan", "tahun_rencana", "jadwal_terbit_pada", "dibuat_pada")
"""Fields of the event itself that no journey changes; the stage follows from the trail."""
VERSI_AULA = {VersiKind.DRAF, VersiKind.KELOMPOK, VersiKind.DITETAPKAN}
FOLDER = {"dokumen", "salinan", "elektronik", "impor", "logo", "paparan"}
"""Where files of an event are kept."""
_SERVER = """permintaan_jadwal catatan pengiriman pilahan penyampaian tanggapan adendum butir_adendum
tanda_elektronik"""
HANYA_SERVER = frozenset(_SERVER.split())
"""What comes before or after the day, at the server alone: a laptop changes nothing of it."""
TERBIT: dict[str, frozenset[str]] = {
    **dict.fromkeys(("dokumen", "terbitan_undangan", "baris_versi"), frozenset()),
    "rkp_versi": frozenset({"status"}),
    "salinan_ttd": frozenset({"alasan"}),
    "catatan_kuorum": frozenset({"berlaku"}),
}
"""What is issued or fixed once and for all -> the fields that may change afterwards. Rows of it never go away."""
BERKAS_MENYUSUL = frozenset({"berkas", "sha256", "ukuran"})
"""Fields of a numbered document that are filled when its file is written, later than the row."""
SURAT_SERVER = frozenset({"pengantar_bappeda", "usulan_skpd", "adendum"})
"""Papers of the time after the signing."""


def check_untouched(tabel: dict[str, list[Baris]], semula: Original) -> None:
    """Raise BadFile when something changed that may not; the rows were checked by ``skema`` before."""
    acara = semula.musrenbang
    if [b["id"] for b in tabel["acara"]] != [acara.pk]:
        raise BadFile(f"{HASIL}: Musrenbangnya tidak ada di dalamnya.")
    old = semula.tabel["acara"][acara.pk]
    if any(tabel["acara"][0][k] != old[k] for k in JATI_DIRI):
        raise BadFile(f"{HASIL}: jati diri Musrenbangnya berubah.")
    for nama in HANYA_SERVER:
        if {b["id"]: b for b in tabel[nama]} != semula.tabel[nama]:
            raise BadFile(f"{HASIL}: {nama} hanya dapat diubah di server.")
    for nama, allowed in TERBIT.items():
        _check_issued(nama, allowed, {b["id"]: b for b in tabel[nama]}, semula)
    for nama in ("pengaturan_dokumen", "pejabat"):
        if any(b["kecamatan"] != acara.kecamatan_id for b in tabel[nama]):
            raise BadFile(f"{HASIL}: {nama} bukan milik {sebutan.kecamatan} ini.")
    _check_new_papers(tabel, semula)
    _check_counters(tabel, semula)


def _check_issued(nama: str, allowed: frozenset[str], current: dict[Any, Baris], semula: Original) -> None:
    for kunci, old in semula.tabel[nama].items():
        new = current.get(kunci)
        if new is None:
            raise BadFile(
                f"{HASIL}: {nama} yang sudah terbit di server tidak ada di dalamnya, jadi akan hilang. Bila server "
                "menerbitkan sesuatu sesudah salinan aula dibatalkan, lanjutkan di server."
            )
        loose = allowed | (BERKAS_MENYUSUL if nama == "dokumen" and not old["sha256"] else frozenset())
        if any(new[k] != old[k] for k in old.keys() - loose):
            raise BadFile(f"{HASIL}: {nama} yang sudah terbit di server berubah isinya.")


def _check_new_papers(tabel: dict[str, list[Baris]], semula: Original) -> None:
    for d in tabel["dokumen"]:
        if d["id"] not in semula.tabel["dokumen"] and d["jenis"] in SURAT_SERVER:
            raise BadFile(f"{HASIL}: {d['jenis']} hanya terbit di server.")
    for v in tabel["rkp_versi"]:
        if v["id"] not in semula.tabel["rkp_versi"] and v["jenis"] not in VERSI_AULA:
            raise BadFile(f"{HASIL}: versi RKP “{v['jenis']}” hanya dibuat di server.")


def _check_counters(tabel: dict[str, list[Baris]], semula: Original) -> None:
    """Numbers go up by what was numbered in the hall at most: a counter that leaps would leave a gap for ever."""
    old = {(b["jenis"], b["tahun"]): b["terakhir"] for b in semula.tabel["penghitung_nomor"].values()}
    new = sum(len(tabel[n]) - len(semula.tabel[n]) for n in ("dokumen", "perubahan_undangan"))
    new = max(new, 0) + sum(1 for u in tabel["undangan"] if u["nomor"]) + len(tabel["sk_tim"])
    for b in tabel["penghitung_nomor"]:
        most = old.get((b["jenis"], b["tahun"]), 0) + new
        if b["kecamatan"] != semula.musrenbang.kecamatan_id or b["terakhir"] > most:
            raise BadFile(f"{HASIL}: nomor surat meloncat tanpa surat yang terbit.")


def check_files(tabel: dict[str, list[Baris]], berkas: dict[str, bytes], semula: Original) -> set[str]:
    """Return which names of files come new with the result; each is named by a new row and below a folder of ours."""
    old, new = set(), set()
    for nama in tabel:
        for k in file_fields(nama):
            old |= {b[k] for b in semula.tabel[nama].values() if b[k]}
            new |= {b[k] for b in tabel[nama] if b[k]}
    new -= old
    if set(berkas) != new:
        raise BadFile(f"{HASIL}: lampirannya tidak sama dengan yang disebut isinya.")
    slug = semula.musrenbang.slug
    for one in new:
        part = one.split("/")
        own = part[0] == "logo" or part[1:2] == [slug]
        if part[0] not in FOLDER or not own or len(part) > 3 or not all(_plain_part(b) for b in part):
            raise BadFile(f"{HASIL}: nama lampirannya tidak sah.")
    return new


def _plain_part(part: str) -> bool:
    return part.replace("-", "").replace("_", "").replace(".", "").isalnum() and not part.startswith(".")
