"""Setting the groups up, and signing their results."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from musrenbang import audit, transisi
from musrenbang import format as tulis
from musrenbang.kunci import allowed_in
from musrenbang.models import Bidang, Musrenbang, Pengguna
from musrenbang.persiapan.queries import kriteria_for
from musrenbang.sidang.models import Kehadiran
from musrenbang.transisi import Refused
from rkp.izin import BOLEH_ATUR_KELOMPOK, BOLEH_KELOMPOK
from rkp.models import (
    MOVES_KELOMPOK,
    AnggotaKelompok,
    BarisRkp,
    Kelompok,
    PeranKelompok,
    StatusKelompok,
)
from rkp.queries.kelompok import KelompokResult, hasil_kelompok, members_digest, seating_digest
from rkp.services.usulan_kelompok import check_open, name_scores, store_order


@allowed_in(BOLEH_ATUR_KELOMPOK)
def fill_kelompok(*, musrenbang: Musrenbang, by: Pengguna) -> int:
    """Make a group for every bidang that has rows and no group yet; return how many."""
    existing = Kelompok.objects.filter(musrenbang=musrenbang).values("bidang")
    new = [
        Kelompok.objects.create(musrenbang=musrenbang, bidang=b, nama=f"Kelompok {b.nama}"[:120])
        for b in Bidang.objects.filter(barisrkp__rkp__musrenbang=musrenbang).exclude(pk__in=existing).distinct()
    ]
    for kelompok in new:
        audit.record(musrenbang=musrenbang, by=by, aksi="kelompok.dibentuk", objek=kelompok)
    return len(new)


@allowed_in(BOLEH_ATUR_KELOMPOK)
def save_kelompok(
    *, musrenbang: Musrenbang, kelompok: Kelompok | None, by: Pengguna, versi: int, operator: list[Pengguna], **isi: Any
) -> Kelompok:
    """Add a group or change name, bidang, place, pemandu, note and the accounts that write for it."""
    try:
        with transaction.atomic():
            one = (
                _changed(musrenbang, kelompok, versi, isi)
                if kelompok
                else Kelompok.objects.create(musrenbang=musrenbang, **isi)
            )
    except IntegrityError as error:
        raise Refused("Bidang itu sudah punya kelompok. Pilih bidang lain, atau ubah kelompok yang ada.") from error
    previous = sorted(str(o) for o in one.operator.all())
    one.operator.set(operator)
    details = audit.diff({"akun": previous}, {"akun": sorted(str(o) for o in operator)})
    if kelompok:
        details |= audit.diff({k: getattr(kelompok, k) for k in isi}, isi)
    action = "kelompok.diubah" if kelompok else "kelompok.dibentuk"
    if details or not kelompok:
        audit.record(musrenbang=musrenbang, by=by, aksi=action, objek=one, rincian=details)
    return one


def _changed(current: Musrenbang, kelompok: Kelompok, versi: int, content: dict[str, Any]) -> Kelompok:
    check_open(kelompok)
    if kelompok.bidang_id != content["bidang"].pk and kelompok.usulan.exists():
        raise Refused("Kelompok ini sudah mengusulkan keputusan, jadi bidangnya tidak dapat diganti lagi.")
    if not Kelompok.objects.filter(pk=kelompok.pk, versi=versi).update(**content, versi=F("versi") + 1):
        raise Refused(audit.stale(kelompok, "kelompok ini"))
    return Kelompok.objects.get(pk=kelompok.pk)


@allowed_in(BOLEH_ATUR_KELOMPOK, of="kelompok.musrenbang")
def remove_kelompok(*, kelompok: Kelompok, by: Pengguna) -> None:
    """Remove a group that proposed nothing yet; its rows are then decided by the plenary itself."""
    current = kelompok.musrenbang
    check_open(kelompok)
    if kelompok.usulan.exists():
        raise Refused("Kelompok ini sudah mengusulkan keputusan. Kosongkan dahulu usulannya, dengan alasan.")
    audit.record(musrenbang=current, by=by, aksi="kelompok.dihapus", objek=kelompok)
    kelompok.delete()


@allowed_in(BOLEH_ATUR_KELOMPOK, of="kelompok.musrenbang")
def empty_kelompok(*, kelompok: Kelompok, by: Pengguna, alasan: str) -> int:
    """Take back everything that a group proposed, with the reason; each proposal stays in the trail. Return how many.

    Raises Refused for a signed group, without a reason, and when nothing was proposed.
    """
    check_open(kelompok)
    if not 5 <= len(alasan.strip()) <= 300:
        raise Refused("Tuliskan dalam satu kalimat mengapa usul keputusan kelompok ini dikosongkan.")
    all_rows = list(kelompok.usulan.select_related("baris"))
    if not all_rows:
        raise Refused("Kelompok ini belum mengusulkan apa-apa; kelompoknya dapat langsung dihapus.")
    kriteria = kriteria_for(kelompok.musrenbang)
    for usulan in all_rows:
        audit.record(
            musrenbang=kelompok.musrenbang,
            by=by,
            aksi="kelompok.dikosongkan",
            objek=usulan.baris,
            dari=usulan.usul,
            alasan=alasan.strip(),
            rincian=name_scores(audit.diff({"alasan": usulan.alasan}, {"alasan": ""}), usulan.nilai, {}, kriteria),
        )
    kelompok.usulan.all().delete()
    return len(all_rows)


@allowed_in(BOLEH_ATUR_KELOMPOK, of="kelompok.musrenbang")
def set_members(
    *,
    kelompok: Kelompok,
    by: Pengguna,
    sidik: str,
    anggota: list[Kehadiran],
    ketua: Kehadiran | None,
    notulis: Kehadiran | None,
) -> int:
    """Write down who sits in the group, who leads and who writes; return the number of members.

    ``sidik`` is ``members_digest`` of the list that the person saw. Raises Refused when somebody changed it since, when
    one person should both lead and write, or sits in another group, and when the group has signed.
    """
    if ketua and ketua == notulis:
        raise Refused("Ketua dan notulis harus dua orang yang berbeda.")
    peran = {h.pk: PeranKelompok.ANGGOTA for h in anggota}
    peran |= {h.pk: p for h, p in ((ketua, PeranKelompok.KETUA), (notulis, PeranKelompok.NOTULIS)) if h}
    other = AnggotaKelompok.objects.filter(kehadiran__in=peran).exclude(kelompok=kelompok).select_related("kehadiran")
    if other:
        nama = ", ".join(a.kehadiran.nama for a in other)
        raise Refused(f"Sudah duduk di kelompok lain: {tulis.dotted(nama)} Keluarkan dahulu dari sana.")
    old = dict(kelompok.anggota.values_list("kehadiran", "peran"))
    if old == peran:
        return len(peran)
    check_open(kelompok)
    if sidik != members_digest(kelompok):
        raise Refused(audit.stale(kelompok, "anggota kelompok ini", "kelompok.anggota", after=CHOOSE_AGAIN))
    kelompok.anggota.all().delete()
    _seat(kelompok, peran, len(old), by)
    return len(peran)


CHOOSE_AGAIN = "Muat ulang halaman, lalu pilih lagi."


@allowed_in(BOLEH_ATUR_KELOMPOK)
def seat_groups(*, musrenbang: Musrenbang, by: Pengguna, sidik: str, kursi: dict[int, dict[int, str]]) -> int:
    """Write down who sits, leads and writes in all groups at once; return how many groups changed.

    ``kursi``: {group: {present person: role}}, each person once. ``sidik`` is ``seating_digest`` of what the person
    saw. Raises Refused when somebody changed a seat since or a group whose seats differ has signed: then nothing is
    stored.
    """
    groups = list(Kelompok.objects.filter(musrenbang=musrenbang))
    old = {k.pk: dict(k.anggota.values_list("kehadiran", "peran")) for k in groups}
    changed = [k for k in groups if old[k.pk] != kursi.get(k.pk, {})]
    if changed and sidik != seating_digest(musrenbang):
        raise Refused(
            "Susunan kelompok baru saja diubah orang lain, jadi belum ada yang disimpan. Pilihan Anda masih ada, dan "
            "di bawahnya tertulis yang tersimpan sekarang. Periksa, lalu simpan lagi."
        )
    for kelompok in changed:
        check_open(kelompok)
    AnggotaKelompok.objects.filter(kelompok__in=changed).delete()
    for kelompok in changed:
        kelompok.musrenbang = musrenbang
        _seat(kelompok, kursi.get(kelompok.pk, {}), len(old[kelompok.pk]), by)
    return len(changed)


def _seat(kelompok: Kelompok, peran: Mapping[int, str], before: int, by: Pengguna) -> None:
    """Store the seats of a group that has none, and their audit row."""
    rows = [AnggotaKelompok(kelompok=kelompok, kehadiran_id=pk, peran=p) for pk, p in peran.items()]
    AnggotaKelompok.objects.bulk_create(rows)
    names = dict(Kehadiran.objects.filter(pk__in=peran).values_list("pk", "nama"))
    leads = {p: names[pk] for pk, p in peran.items() if p != PeranKelompok.ANGGOTA}
    audit.record(
        musrenbang=kelompok.musrenbang,
        by=by,
        aksi="kelompok.anggota",
        objek=kelompok,
        rincian={
            "jumlah": [str(before), str(len(peran))],
            "ketua": ["", leads.get(PeranKelompok.KETUA, "")],
            "notulis": ["", leads.get(PeranKelompok.NOTULIS, "")],
        },
    )


@allowed_in(BOLEH_KELOMPOK, of="kelompok.musrenbang")
def close_kelompok(*, kelompok: Kelompok, by: Pengguna) -> None:
    """Sign the result off: everything decided and scored, chair and notulis known. Each row then carries its score."""
    result = hasil_kelompok(kelompok)
    if result.kurang:
        raise Refused("Hasil belum dapat dikunci. " + " ".join(result.kurang))
    _sign(kelompok, result, by, "")


@allowed_in(BOLEH_KELOMPOK, of="kelompok.musrenbang")
def hand_over_kelompok(*, kelompok: Kelompok, by: Pengguna, alasan: str) -> None:
    """Sign the result with rows left, and say why: the plenary decides what the group did not reach.

    Raises Refused without a reason, without chair and notulis, and when nothing is left.
    """
    result = hasil_kelompok(kelompok)
    if not 5 <= len(alasan.strip()) <= 300:
        raise Refused("Tuliskan dalam satu kalimat mengapa sisanya diserahkan ke pleno.")
    if not (result.ketua and result.notulis):
        raise Refused("Pilih dahulu ketua dan notulis kelompok; keduanya yang menyerahkan sisanya ke pleno.")
    if not result.kurang:
        raise Refused("Tidak ada yang tersisa. Kunci saja hasilnya.")
    _sign(kelompok, result, by, alasan.strip())


def _sign(kelompok: Kelompok, result: KelompokResult, by: Pengguna, alasan: str) -> None:
    transisi.move(
        kelompok,
        dari=StatusKelompok.BERLANGSUNG,
        ke=StatusKelompok.SELESAI,
        table=MOVES_KELOMPOK,
        musrenbang=kelompok.musrenbang,
        by=by,
        alasan=alasan,
        rincian={
            "kegiatan": len(result.baris),
            "disepakati_rp": result.sepakat_rp,
            **({"diserahkan": result.figures.undecided} if alasan else {}),
        },
    )
    Kelompok.objects.filter(pk=kelompok.pk).update(ditutup_pada=timezone.now(), diserahkan=alasan)
    for b in result.baris:
        b.baris.skor = b.skor
    BarisRkp.objects.bulk_update((b.baris for b in result.baris), ["skor"], batch_size=500)
    store_order(kelompok, [b.baris.pk for b in result.baris if b.diperingkat])


@allowed_in(BOLEH_KELOMPOK, of="kelompok.musrenbang")
def reopen_kelompok(*, kelompok: Kelompok, by: Pengguna, alasan: str) -> None:
    """Take the signature back, with a reason, while the groups still discuss."""
    current = kelompok.musrenbang
    if len(alasan.strip()) < 5:
        raise Refused("Tuliskan mengapa hasil kelompok dibuka lagi.")
    transisi.move(
        kelompok,
        dari=StatusKelompok.SELESAI,
        ke=StatusKelompok.BERLANGSUNG,
        table=MOVES_KELOMPOK,
        musrenbang=current,
        by=by,
        alasan=alasan.strip(),
    )
    Kelompok.objects.filter(pk=kelompok.pk).update(ditutup_pada=None, diserahkan="")
