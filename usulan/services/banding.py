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
from musrenbang.transisi import Ditolak
from usulan.impor.banding import Ciri, match
from usulan.izin import BOLEH_USULAN
from usulan.milik import Cakupan
from usulan.models import MOVES_IMPOR, AsalUsulan, ImporUsulan, StatusImpor, Usulan
from usulan.queries.daftar import next_nomor
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
class Beda:
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


def compare_impor(impor: ImporUsulan) -> list[Beda]:
    """Compare a preview with the proposals that its desa already have from other files.

    A cell that is blank in the new file takes nothing away. Returns [] when no desa of the file has any yet.
    """
    baru = unsaved_rows(impor, impor.musrenbang)
    ada = Usulan.objects.filter(musrenbang=impor.musrenbang, asal=AsalUsulan.BERKAS)
    ada = ada.filter(Q(desa__in={u.desa_id for u in baru if u.desa_id}) | ~Q(cakupan=Cakupan.SATU))
    milik = {_owner(u) for u in baru}
    lama = [u for u in ada.select_related("desa", "sumber_dana", "impor") if _owner(u) in milik]
    if not lama:
        return []
    hasil = []
    for i, j in match([_ciri(u) for u in lama], [_ciri(u) for u in baru]):
        satu = Beda("sama", None if i is None else lama[i], None if j is None else baru[j])
        if satu.lama and satu.baru:
            satu.nilai = _changes(satu.lama, satu.baru)
            satu.jenis = "berubah" if satu.nilai else "sama"
        else:
            satu.jenis = "baru" if satu.baru else "hilang"
        hasil.append(satu)
    return hasil


def digest(beda: list[Beda]) -> str:
    """Identify a comparison, so that nobody accepts another one than was shown."""
    isi = "|".join(
        f"{b.kunci}:{b.lama.versi if b.lama else 0}:{[str(getattr(b.baru, n, None)) for n in KOLOM]}" for b in beda
    )
    return sha256_of(isi)[:24]


@allowed_in(BOLEH_USULAN, of="impor.musrenbang")
def apply_impor(
    *, impor: ImporUsulan, terima: Collection[str], sidik: str, by: Pengguna, hanya_desa: frozenset[int] | None = None
) -> dict[str, int]:
    """Apply the accepted lines of a corrected file in one transaction; return how many were baru, berubah, hilang.

    A changed proposal keeps the file and row it first came from; the trail says which file changed it. What was
    changed or taken out is kept with the import, so that undoing it puts everything back.
    """
    musrenbang = impor.musrenbang
    impor.refresh_from_db(fields=["hasil", "status"])
    check_savable(impor, musrenbang, hanya_desa)
    beda = compare_impor(impor)
    if digest(beda) != sidik:
        raise Ditolak(f"Usulan {sebutan.desa} ini berubah sejak perbandingan dibuka. Periksa perbandingan yang baru.")
    diterima = [b for b in beda if b.kunci in terima and b.jenis != "sama"]
    if not diterima:
        raise Ditolak("Belum ada perubahan yang dicentang, jadi tidak ada yang disimpan.")
    baru = [b.baru for b in diterima if b.jenis == "baru" and b.baru]
    nomor = next_nomor(musrenbang)
    for i, usulan in enumerate(baru):
        usulan.nomor = nomor + i
    jumlah = {jenis: sum(b.jenis == jenis for b in diterima) for jenis in ("baru", "berubah", "hilang")}
    transisi.move(
        impor,
        dari=StatusImpor.PRATINJAU,
        ke=StatusImpor.TERSIMPAN,
        table=MOVES_IMPOR,
        musrenbang=musrenbang,
        by=by,
        rincian=jumlah | {"sha256": impor.sha256},
    )
    Usulan.objects.bulk_create(baru, batch_size=500)
    terapan = {
        "berubah": [_change(b, impor, by) for b in diterima if b.jenis == "berubah"],
        "hilang": serializers.serialize("python", _remove([b.lama for b in diterima if b.jenis == "hilang"], by)),
    }
    impor.terapan, impor.jumlah_usulan = _plain(terapan), len(baru)
    impor.save(update_fields=["terapan", "jumlah_usulan"])
    return jumlah


@transaction.atomic
def revert_changes(impor: ImporUsulan, by: Pengguna) -> None:
    """Put back what a corrected file changed or took out; refused when someone worked on it since."""
    for satu in impor.terapan.get("berubah", []):
        usulan = Usulan.objects.select_for_update(of=("self",)).filter(pk=satu["pk"], versi=satu["versi"]).first()
        if usulan is None or hasattr(usulan, "sumber_baris"):
            raise Ditolak(
                "Usulan yang diperbarui berkas ini sudah diubah lagi atau masuk draf RKP, jadi impornya tidak dapat "
                "dibatalkan. Tidak ada yang berubah."
            )
        Usulan.objects.filter(pk=usulan.pk).update(**satu["lama"], versi=F("versi") + 1)
        audit.catat(musrenbang=impor.musrenbang, by=by, aksi="usulan.dikembalikan", objek=usulan)
    for objek in serializers.deserialize("python", impor.terapan.get("hilang", [])):
        kembali = objek.object
        assert isinstance(kembali, Usulan)
        if kembali.impor is None or kembali.impor.status != StatusImpor.TERSIMPAN:
            continue  # its own file was taken back in the meantime
        induk = Usulan.objects.filter(pk=kembali.induk_id).first() if kembali.induk_id else None
        if induk is None or hasattr(induk, "sumber_baris"):
            kembali.induk, kembali.hubungan = None, ""  # its main proposal is gone, or in the draft without it
        if Usulan.objects.filter(musrenbang=impor.musrenbang, nomor=kembali.nomor).exists():
            kembali.nomor = next_nomor(impor.musrenbang)
        objek.save()
        ImporUsulan.objects.filter(usulan=kembali).update(jumlah_usulan=F("jumlah_usulan") + 1)
        audit.catat(musrenbang=impor.musrenbang, by=by, aksi="usulan.dikembalikan", objek=kembali)


def _owner(usulan: Usulan) -> str:
    """By whom a list is recognised again: one desa, the same several desa, or the kecamatan."""
    return str(usulan.desa_id or ",".join(sorted(usulan.bersama)))


def _ciri(usulan: Usulan) -> Ciri:
    return Ciri(_owner(usulan), usulan.kegiatan, usulan.lokasi, usulan.baris)


def _changes(lama: Usulan, baru: Usulan) -> dict[str, tuple[Any, Any]]:
    pasangan = {nama: (getattr(lama, nama), getattr(baru, nama)) for nama in KOLOM}
    return {nama: (a, b) for nama, (a, b) in pasangan.items() if b not in (None, "") and a != b}


def _change(beda: Beda, impor: ImporUsulan, by: Pengguna) -> dict[str, Any]:
    assert beda.lama is not None
    assert beda.baru is not None
    lama = {nama + ("_id" if nama == "sumber_dana" else ""): getattr(beda.lama, nama) for nama in beda.nilai}
    if "sumber_dana_id" in lama:
        lama["sumber_dana_id"] = beda.lama.sumber_dana_id
    Usulan.objects.filter(pk=beda.lama.pk).update(**{n: b for n, (_, b) in beda.nilai.items()}, versi=F("versi") + 1)
    audit.catat(
        musrenbang=impor.musrenbang,
        by=by,
        aksi="usulan.diperbarui",
        objek=beda.lama,
        rincian=audit.beda({n: a for n, (a, _) in beda.nilai.items()}, {n: b for n, (_, b) in beda.nilai.items()}),
        alasan=f"Menurut berkas {impor.nama_berkas}, lembar {beda.baru.lembar}, baris {beda.baru.baris}.",
    )
    return {"pk": beda.lama.pk, "versi": beda.lama.versi + 1, "lama": lama}


def _remove(hilang: list[Usulan | None], by: Pengguna) -> list[Usulan]:
    keluar = [u for u in hilang if u is not None]
    for usulan in keluar:
        audit.catat(
            musrenbang=usulan.musrenbang,
            by=by,
            aksi="usulan.dikeluarkan",
            objek=usulan,
            rincian={"kegiatan": usulan.kegiatan, "lokasi": usulan.lokasi, "biaya": usulan.biaya},
        )
        ImporUsulan.objects.filter(usulan=usulan).update(jumlah_usulan=F("jumlah_usulan") - 1)
    try:
        Usulan.objects.filter(pk__in=[u.pk for u in keluar]).delete()
    except ProtectedError as galat:
        raise Ditolak(
            f"Sebagian usulan yang hilang dari berkas sudah masuk draf RKP {sebutan.Kecamatan} atau menjadi "
            "induk gabungan. "
            "Hapus centangnya; tidak ada yang berubah."
        ) from galat
    return keluar


def _plain(isi: Any) -> Any:
    """As JSON holds it: decimals and times as text."""
    if isinstance(isi, dict):
        return {k: _plain(v) for k, v in isi.items()}
    if isinstance(isi, list):
        return [_plain(v) for v in isi]
    return isi if isinstance(isi, str | int | float | bool | None) else str(isi)
