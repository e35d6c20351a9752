"""Files that were read and wait to be checked, and what came in with those that were saved."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from musrenbang.akses import Akses
from musrenbang.models import Musrenbang
from musrenbang.sebutan import sebutan, translate
from usulan.impor.owner import KECAMATAN
from usulan.models import ImporUsulan, StatusImpor, Usulan, UsulanOrigin
from usulan.ownership import TANPA_DESA, Coverage
from usulan.queries.listing import list_impor


@dataclass(frozen=True)
class WaitingFile:
    """A file that was read. ``kurang`` says in words what keeps it from being saved unseen; none: it is complete."""

    impor: ImporUsulan
    usulan: int
    biaya: int
    kurang: list[str]

    @property
    def lengkap(self) -> bool:
        """Whether it may be saved with all others that are complete."""
        return not self.kurang


def owner_codes(impor: ImporUsulan) -> set[str]:
    """Return the codes of the desa (or the kecamatan) whose proposals a read file holds."""
    owners = {u["desa"] for lembar in impor.hasil["lembar"] for u in lembar["usulan"] if u["desa"]}
    return {k for one in owners for k in one.split(";")}


def _stored(musrenbang: Musrenbang) -> dict[str, str]:
    """Return the desa that have proposals of saved files, name by code (one query)."""
    files = Usulan.objects.filter(musrenbang=musrenbang, asal=UsulanOrigin.BERKAS)
    rows = files.order_by().values_list("desa__kode", "desa__nama", "cakupan", "bersama").distinct()
    found: dict[str, str] = {}
    for kode, nama, cakupan, together in rows:
        if cakupan == Coverage.BEBERAPA:
            found |= {k: content["nama"] for k, content in together.items()}
        elif cakupan == Coverage.KECAMATAN:
            found[KECAMATAN] = translate(TANPA_DESA[1])
        elif kode:
            found[kode] = nama
    return found


def list_waiting(musrenbang: Musrenbang, akses: Akses) -> list[WaitingFile]:
    """Return the files to be checked, newest first, each with what keeps it from being saved unseen (three queries)."""
    files = list(list_impor(musrenbang, akses).defer(None).filter(status=StatusImpor.PRATINJAU))
    if not files:
        return []
    stored, codes = _stored(musrenbang), {f.pk: owner_codes(f) for f in files}
    often = Counter(kode for one in codes.values() for kode in one)
    names = dict(musrenbang.kecamatan.desa_set.values_list("kode", "nama")) | {KECAMATAN: translate(TANPA_DESA[1])}
    waiting = []
    for one in files:
        again = sorted(stored[k] for k in codes[one.pk] if k in stored)
        rivals = sorted(names.get(k, k) for k in codes[one.pk] if often[k] > 1)
        content = one.hasil["ringkasan"]
        waiting.append(WaitingFile(one, content["usulan"], content["total_biaya"], _missing(one.hasil, again, rivals)))
    return waiting


def _missing(hasil: dict[str, Any], again: list[str], rivals: list[str]) -> list[str]:
    """Say what a person should look at before a file is saved."""
    content, totals = hasil["ringkasan"], [t for s in hasil["lembar"] for t in s["jumlah_tercetak"]]
    wrong = sum(t["dihitung"] != t["tercetak"] for t in totals)
    unsure = sum(s["dipakai"] and s["ragu_uang"] for s in hasil["lembar"])
    sentences = (
        (not content["usulan"], "Tidak ada usulan di berkas ini."),
        (content["galat"], f"{content['galat']} usulan harus diselesaikan."),
        (content["perlu_dilengkapi"], f"{content['perlu_dilengkapi']} usulan perlu dilengkapi."),
        (wrong, f"{wrong} jumlah yang tercetak berbeda dari hasil hitung."),
        (unsure, "Satuan biayanya perlu dipastikan."),
        (again, f"Usulan dari berkas lain sudah ada: {', '.join(again)}."),
        (rivals and not again, f"Berkas lain yang menunggu juga memuat {sebutan.desa} {', '.join(rivals)}."),
    )
    return [sentence for found, sentence in sentences if found]


def next_waiting(musrenbang: Musrenbang, akses: Akses, after: int) -> ImporUsulan | None:
    """Return the file to check after this one: the next older one, and from the oldest on the newest again."""
    others = list(list_impor(musrenbang, akses).filter(status=StatusImpor.PRATINJAU).exclude(pk=after))
    return next((i for i in others if i.pk < after), others[0] if others else None)


@dataclass(frozen=True)
class CameInFile:
    """What one saved file brought: proposals, their rupiah, how many are to be completed, and for which desa."""

    impor: ImporUsulan
    usulan: int
    biaya: int
    kurang: int
    desa: list[str]


@dataclass(frozen=True)
class CameIn:
    """What saved files brought, and the sums."""

    files: list[CameInFile]

    @property
    def usulan(self) -> int:
        """The number of proposals."""
        return sum(f.usulan for f in self.files)

    @property
    def biaya(self) -> int:
        """The known rupiah."""
        return sum(f.biaya for f in self.files)

    @property
    def kurang(self) -> int:
        """The number of proposals to be completed."""
        return sum(f.kurang for f in self.files)


def came_in(musrenbang: Musrenbang, akses: Akses, keys: Iterable[int]) -> CameIn:
    """Return what the saved files of these keys brought, as it is stored now (two queries)."""
    saved = list(list_impor(musrenbang, akses).filter(pk__in=list(keys), status=StatusImpor.TERSIMPAN))
    per: dict[int, list[Usulan]] = {f.pk: [] for f in saved}
    for u in Usulan.objects.filter(impor__in=per).select_related("desa").defer("mentah").order_by("nomor"):
        per[u.impor_id or 0].append(u)
    return CameIn(
        [
            CameInFile(
                f,
                len(per[f.pk]),
                sum(u.biaya or 0 for u in per[f.pk]),
                sum(not u.lengkap for u in per[f.pk]),
                list(dict.fromkeys(u.sebutan_desa for u in per[f.pk])),
            )
            for f in saved
        ]
    )
