"""A corrected file: what is new, changed or gone against the stored proposals, and applying what was accepted."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.core import serializers
from django.db import transaction
from django.db.models import F, ProtectedError, Q

from musrenbang import audit, transisi
from musrenbang.infra.digest import sha256_of
from musrenbang.kunci import allowed_in
from musrenbang.models import Pengguna
from musrenbang.sebutan import sebutan
from musrenbang.transisi import Refused
from usulan.impor.compare import Features, match
from usulan.izin import BOLEH_USULAN
from usulan.models import MOVES_IMPOR, ImporUsulan, StatusImpor, Usulan, UsulanOrigin
from usulan.ownership import Coverage
from usulan.queries.listing import next_nomor
from usulan.services.impor import check_savable, unsaved_rows

KOLOM = (
    "kegiatan",
    "permasalahan",
    "lokasi",
    "volume",
    "satuan",
    "biaya",
    "sumber_dana",
    "manfaat",
    "waktu",
    "bidang_teks",
    "prioritas_desa",
)


@dataclass
class Difference:
    """One line of the comparison. ``jenis`` is baru, berubah, sama or hilang; ``nilai`` maps fields to (old, new)."""

    jenis: str
    lama: Usulan | None
    baru: Usulan | None
    nilai: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    @property
    def kunci(self) -> str:
        """What the form sends back for this line."""
        if self.lama:
            return f"{self.jenis}-{self.lama.pk}"
        assert self.baru is not None
        return f"baru-{self.baru.lembar}-{self.baru.baris}-{self.baru.bagian}"


def compare_impor(impor: ImporUsulan) -> list[Difference]:
    """Compare a preview with the proposals that its desa already have from other files.

    A cell that is blank in the new file takes nothing away. Returns [] when no desa of the file has any yet.
    """
    new = unsaved_rows(impor, impor.musrenbang)
    existing = Usulan.objects.filter(musrenbang=impor.musrenbang, asal=UsulanOrigin.BERKAS)
    existing = existing.filter(Q(desa__in={u.desa_id for u in new if u.desa_id}) | ~Q(cakupan=Coverage.SATU))
    own = {_owner(u) for u in new}
    previous = [u for u in existing.select_related("desa", "sumber_dana", "impor") if _owner(u) in own]
    if not previous:
        return []
    results = []
    for i, j in match([_features(u) for u in previous], [_features(u) for u in new]):
        one = Difference("sama", None if i is None else previous[i], None if j is None else new[j])
        if one.lama and one.baru:
            one.nilai = _changes(one.lama, one.baru)
            one.jenis = "berubah" if one.nilai else "sama"
        else:
            one.jenis = "baru" if one.baru else "hilang"
        results.append(one)
    return results


def digest(difference: list[Difference]) -> str:
    """Identify a comparison, so that nobody accepts another one than was shown."""
    content = "|".join(
        f"{b.kunci}:{b.lama.versi if b.lama else 0}:{[str(getattr(b.baru, n, None)) for n in KOLOM]}"
        for b in difference
    )
    return sha256_of(content)[:24]


@allowed_in(BOLEH_USULAN, of="impor.musrenbang")
def apply_impor(
    *, impor: ImporUsulan, terima: Collection[str], sidik: str, by: Pengguna, only_desa: frozenset[int] | None = None
) -> dict[str, int]:
    """Apply the accepted lines of a corrected file in one transaction; return how many were baru, berubah, hilang.

    A changed proposal keeps the file and row it first came from; the trail says which file changed it. What was
    changed or taken out is kept with the import, so that undoing it puts everything back.
    """
    musrenbang = impor.musrenbang
    impor.refresh_from_db(fields=["hasil", "status"])
    check_savable(impor, musrenbang, only_desa)
    difference = compare_impor(impor)
    if digest(difference) != sidik:
        raise Refused(f"Usulan {sebutan.desa} ini berubah sejak perbandingan dibuka. Periksa perbandingan yang baru.")
    accepted = [b for b in difference if b.kunci in terima and b.jenis != "sama"]
    if not accepted:
        raise Refused("Belum ada perubahan yang dicentang, jadi tidak ada yang disimpan.")
    new = [b.baru for b in accepted if b.jenis == "baru" and b.baru]
    nomor = next_nomor(musrenbang)
    for i, usulan in enumerate(new):
        usulan.nomor = nomor + i
    jumlah = {jenis: sum(b.jenis == jenis for b in accepted) for jenis in ("baru", "berubah", "hilang")}
    transisi.move(
        impor,
        dari=StatusImpor.PRATINJAU,
        ke=StatusImpor.TERSIMPAN,
        table=MOVES_IMPOR,
        musrenbang=musrenbang,
        by=by,
        rincian=jumlah | {"sha256": impor.sha256},
    )
    Usulan.objects.bulk_create(new, batch_size=500)
    applied = {
        "berubah": [_change(b, impor, by) for b in accepted if b.jenis == "berubah"],
        "hilang": serializers.serialize("python", _remove([b.lama for b in accepted if b.jenis == "hilang"], by)),
    }
    impor.terapan, impor.jumlah_usulan = _plain(applied), len(new)
    impor.save(update_fields=["terapan", "jumlah_usulan"])
    return jumlah


@transaction.atomic
def revert_changes(impor: ImporUsulan, by: Pengguna | None) -> None:
    """Put back what a corrected file changed or took out; refused when someone worked on it since."""
    for one in impor.terapan.get("berubah", []):
        usulan = Usulan.objects.select_for_update(of=("self",)).filter(pk=one["pk"], versi=one["versi"]).first()
        if usulan is None or hasattr(usulan, "sumber_baris"):
            raise Refused(
                "Usulan yang diperbarui berkas ini sudah diubah lagi atau masuk draf RKP, jadi unggahannya tidak dapat "
                "dibatalkan. Tidak ada yang berubah."
            )
        Usulan.objects.filter(pk=usulan.pk).update(**one["lama"], versi=F("versi") + 1)
        audit.record(musrenbang=impor.musrenbang, by=by, aksi="usulan.dikembalikan", objek=usulan)
    for subject in serializers.deserialize("python", impor.terapan.get("hilang", [])):
        back = subject.object
        assert isinstance(back, Usulan)
        if back.impor is None or back.impor.status != StatusImpor.TERSIMPAN:
            continue  # its own file was taken back in the meantime
        induk = Usulan.objects.filter(pk=back.induk_id).first() if back.induk_id else None
        if induk is None or hasattr(induk, "sumber_baris"):
            back.induk, back.hubungan = None, ""  # its main proposal is gone, or in the draft without it
        if Usulan.objects.filter(musrenbang=impor.musrenbang, nomor=back.nomor).exists():
            back.nomor = next_nomor(impor.musrenbang)
        subject.save()
        ImporUsulan.objects.filter(usulan=back).update(jumlah_usulan=F("jumlah_usulan") + 1)
        audit.record(musrenbang=impor.musrenbang, by=by, aksi="usulan.dikembalikan", objek=back)


def _owner(usulan: Usulan) -> str:
    """Whose proposals are compared with each other: one desa's, the same several desa's, or the kecamatan's."""
    return str(usulan.desa_id or ",".join(sorted(usulan.bersama)))


def _features(usulan: Usulan) -> Features:
    return Features(_owner(usulan), usulan.kegiatan, usulan.lokasi, usulan.baris)


def _changes(old: Usulan, new: Usulan) -> dict[str, tuple[Any, Any]]:
    pair = {nama: (getattr(old, nama), getattr(new, nama)) for nama in KOLOM}
    return {nama: (a, b) for nama, (a, b) in pair.items() if b not in (None, "") and a != b}


def _change(difference: Difference, impor: ImporUsulan, by: Pengguna) -> dict[str, Any]:
    assert difference.lama is not None
    assert difference.baru is not None
    old = {nama + ("_id" if nama == "sumber_dana" else ""): getattr(difference.lama, nama) for nama in difference.nilai}
    if "sumber_dana_id" in old:
        old["sumber_dana_id"] = difference.lama.sumber_dana_id
    Usulan.objects.filter(pk=difference.lama.pk).update(
        **{n: b for n, (_, b) in difference.nilai.items()}, versi=F("versi") + 1
    )
    audit.record(
        musrenbang=impor.musrenbang,
        by=by,
        aksi="usulan.diperbarui",
        objek=difference.lama,
        rincian=audit.diff(
            {n: a for n, (a, _) in difference.nilai.items()}, {n: b for n, (_, b) in difference.nilai.items()}
        ),
        alasan=f"Menurut berkas {impor.nama_berkas}, lembar {difference.baru.lembar}, baris {difference.baru.baris}.",
    )
    return {"pk": difference.lama.pk, "versi": difference.lama.versi + 1, "lama": old}


def _remove(lost: list[Usulan | None], by: Pengguna) -> list[Usulan]:
    leaving = [u for u in lost if u is not None]
    for usulan in leaving:
        audit.record(
            musrenbang=usulan.musrenbang,
            by=by,
            aksi="usulan.dikeluarkan",
            objek=usulan,
            rincian={"kegiatan": usulan.kegiatan, "lokasi": usulan.lokasi, "biaya": usulan.biaya},
        )
        ImporUsulan.objects.filter(usulan=usulan).update(jumlah_usulan=F("jumlah_usulan") - 1)
    try:
        Usulan.objects.filter(pk__in=[u.pk for u in leaving]).delete()
    except ProtectedError as error:
        raise Refused(
            f"Sebagian usulan yang hilang dari berkas sudah masuk draf RKP {sebutan.Kecamatan} atau menjadi "
            "usulan utama gabungan. "
            "Hapus centangnya; tidak ada yang berubah."
        ) from error
    return leaving


def _plain(content: Any) -> Any:
    """As JSON holds it: decimals and times as text."""
    if isinstance(content, dict):
        return {k: _plain(v) for k, v in content.items()}
    if isinstance(content, list):
        return [_plain(v) for v in content]
    return content if isinstance(content, str | int | float | bool | None) else str(content)
