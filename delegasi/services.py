"""Choosing delegates: by acclamation, by a count, replacing one, and what composition is wanted."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from delegasi import queries
from delegasi.komposisi import KURSI, NAMA, Hitungan, count_faults, elect
from delegasi.models import Delegat, PemilihanDelegat, PengaturanDelegasi
from musrenbang import audit
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.services import lock_musrenbang
from musrenbang.sidang.models import Kehadiran
from musrenbang.states import BOLEH_ATUR_DELEGASI, BOLEH_DELEGASI, BOLEH_GANTI_DELEGAT
from musrenbang.transisi import Ditolak


@transaction.atomic
def add_delegat(
    *, musrenbang: Musrenbang, kehadiran: Kehadiran, unsur: str, kunci: UUID, by: Pengguna, **lain: Any
) -> Delegat:
    """Choose a person who is present for a seat. The same ``kunci`` again returns the first row.

    Raises Ditolak when the seats of that unsur are taken or the person is a delegate already.
    """
    kini = lock_musrenbang(musrenbang, BOLEH_DELEGASI)
    ada = Delegat.objects.filter(musrenbang=kini, kunci=kunci).first()
    if ada:
        return ada
    _check_seat(kini, unsur, kehadiran.nama)
    try:
        with transaction.atomic():
            delegat = _add(kini, kehadiran, unsur, by, kunci=kunci, **lain)
    except IntegrityError as galat:
        raise Ditolak(f"{kehadiran.nama} sudah menjadi delegat.") from galat
    audit.catat(musrenbang=kini, by=by, aksi="delegasi.dipilih", objek=delegat)
    return delegat


def _check_seat(musrenbang: Musrenbang, unsur: str, nama: str) -> None:
    aturan = queries.aturan_of(musrenbang)
    terisi = list(queries.list_delegat(musrenbang).values_list("unsur", flat=True))
    if len(terisi) >= aturan.jumlah:
        raise Ditolak(f"Semua kursi delegasi sudah terisi. Keluarkan dahulu seseorang bila {nama} menggantikan.")
    if terisi.count(unsur) >= aturan.kursi.get(unsur, 0):
        raise Ditolak(f"Kursi {NAMA[unsur]} sudah terisi ({aturan.kursi.get(unsur, 0)} orang).")


@transaction.atomic
def elect_delegat(
    *,
    musrenbang: Musrenbang,
    by: Pengguna,
    unsur: str,
    cara: str,
    hitungan: Hitungan,
    putusan: dict[int, int],
    alasan: str,
    kunci: UUID,
) -> PemilihanDelegat:
    """Fill the open seats of an element by a count; the others with votes become reserves in their order.

    ``hitungan.suara`` and ``putusan`` go by attendance key. Raises Ditolak when a control total does not agree, when
    somebody is a delegate already, and for a tie at the last seat without the meeting's decision.
    """
    kini = lock_musrenbang(musrenbang, BOLEH_DELEGASI)
    ada = PemilihanDelegat.objects.filter(musrenbang=kini, kunci=kunci).first()
    if ada:
        return ada
    aturan = queries.aturan_of(kini)
    kursi = aturan.kursi.get(unsur, 0) - queries.list_delegat(kini).filter(unsur=unsur).count()
    if kursi < 1:
        raise Ditolak(f"Kursi {NAMA[unsur]} sudah terisi semua.")
    hadir = {h.pk: h for h in Kehadiran.objects.filter(musrenbang=kini, pk__in=hitungan.suara, delegat=None)}
    if set(hadir) != set(hitungan.suara) or not hadir:
        raise Ditolak("Pilih calon dari yang hadir dan belum menjadi delegat. Muat ulang halaman.")
    salah = count_faults(hitungan, kursi)
    if salah:
        raise Ditolak(" ".join(salah))
    urut, seri = elect(hitungan.suara, kursi, putusan)
    if seri:
        nama = ", ".join(hadir[k].nama for k in seri)
        raise Ditolak(f"Suara sama di kursi terakhir: {nama}. Isi urutan putusan sidang dan alasannya.")
    if putusan and len(alasan.strip()) < 5:
        raise Ditolak("Tuliskan bagaimana sidang memutus suara yang sama.")
    pemilihan = PemilihanDelegat.objects.create(
        musrenbang=kini, unsur=unsur, cara=cara, kursi=kursi, pemilih=hitungan.pemilih, edar=hitungan.edar,
        masuk=hitungan.masuk, sah=hitungan.sah, kunci=kunci, dicatat_oleh=by,
        alasan_seri=alasan.strip() if putusan else "",
        suara=[{"kehadiran": k, "nama": hadir[k].nama, "suara": hitungan.suara[k]} for k in urut],
    )  # fmt: skip
    sudah = queries.list_cadangan(kini).filter(unsur=unsur).count()
    for i, k in enumerate(urut):
        cadangan = i - kursi + 1 + sudah if i >= kursi else None
        _add(kini, hadir[k], unsur, by, cara=cara, cadangan_ke=cadangan)
    audit.catat(
        musrenbang=kini, by=by, aksi="delegasi.dipungut", objek=pemilihan, alasan=pemilihan.alasan_seri,
        rincian={hadir[k].nama: hitungan.suara[k] for k in urut},
    )  # fmt: skip
    return pemilihan


def _add(kini: Musrenbang, h: Kehadiran, unsur: str, by: Pengguna, **lain: Any) -> Delegat:
    return Delegat.objects.create(
        musrenbang=kini, kehadiran=h, unsur=unsur, nama=h.nama, dicatat_oleh=by, jenis_kelamin=h.jenis_kelamin,
        lembaga=h.lembaga, alamat=h.alamat, **lain,
    )  # fmt: skip


def _check_still_there(delegat: Delegat) -> None:
    """Under the lock: what two people remove or replace at once goes once."""
    if not Delegat.objects.filter(pk=delegat.pk).exists():
        raise Ditolak(f"{delegat.nama} baru saja diganti atau dikeluarkan orang lain. Muat ulang halaman.")


@transaction.atomic
def replace_delegat(*, delegat: Delegat, pengganti: Kehadiran, by: Pengguna, alasan: str) -> Delegat:
    """Put somebody else in a delegate's seat, with the reason: a reserve, or anyone who was present.

    Allowed until the documents are with Bappeda; a Berita Acara or mandate that was issued wants a new version then.
    """
    kini = lock_musrenbang(delegat.musrenbang, BOLEH_GANTI_DELEGAT)
    _check_still_there(delegat)
    if len(alasan.strip()) < 5:
        raise Ditolak("Tuliskan mengapa delegat diganti.")
    if Delegat.objects.filter(kehadiran=pengganti, cadangan_ke=None).exists():
        raise Ditolak(f"{pengganti.nama} sudah menjadi delegat.")
    cadangan = Delegat.objects.filter(kehadiran=pengganti).first()
    if cadangan:
        cadangan.delete()
    lama, unsur = delegat.nama, delegat.unsur
    delegat.delete()
    baru = _add(kini, pengganti, unsur, by, menggantikan=lama, alasan_ganti=alasan.strip())
    audit.catat(
        musrenbang=kini, by=by, aksi="delegasi.diganti", objek=baru, alasan=alasan.strip(),
        rincian={"delegat": [lama, pengganti.nama]},
    )  # fmt: skip
    return baru


@transaction.atomic
def save_susunan(
    *,
    musrenbang: Musrenbang,
    by: Pengguna,
    versi: int,
    kursi: dict[str, int],
    min_perempuan: int,
    wajib_perempuan: bool,
) -> PengaturanDelegasi:
    """Set the composition that this event wants. Raises Ditolak for no seat, too many women, and a stale page."""
    kini = lock_musrenbang(musrenbang, BOLEH_ATUR_DELEGASI)
    jumlah = sum(kursi.values())
    if not 1 <= jumlah <= 30:
        raise Ditolak("Jumlah kursi delegasi harus 1 sampai 30.")
    if min_perempuan > jumlah:
        raise Ditolak("Jumlah perempuan tidak boleh melebihi jumlah kursi.")
    lama, baru = PengaturanDelegasi.objects.get_or_create(musrenbang=kini, defaults={"kursi": dict(KURSI)})
    if versi != (0 if baru else lama.versi):
        raise Ditolak("Orang lain baru saja mengubah susunan delegasi. Muat ulang halaman.")
    isi = {"kursi": kursi, "min_perempuan": min_perempuan, "wajib_perempuan": wajib_perempuan}
    rincian = audit.beda({k: getattr(lama, k) for k in isi}, isi)
    PengaturanDelegasi.objects.filter(pk=lama.pk).update(**isi, versi=F("versi") + (0 if baru else 1))
    if rincian:
        audit.catat(musrenbang=kini, by=by, aksi="delegasi.susunan", objek=lama, rincian=rincian)
    lama.refresh_from_db()
    return lama


@transaction.atomic
def remove_delegat(*, delegat: Delegat, by: Pengguna) -> None:
    """Take a delegate off the list while it is open; the trail keeps the name."""
    kini = lock_musrenbang(delegat.musrenbang, BOLEH_DELEGASI)
    _check_still_there(delegat)
    audit.catat(musrenbang=kini, by=by, aksi="delegasi.dikeluarkan", objek=delegat)
    delegat.delete()


def inherit_susunan(*, lama: Musrenbang, baru: Musrenbang, by: Pengguna) -> int:
    """Start a new year from last year's composition, where it was not the usual one; return its number of seats."""
    dulu = PengaturanDelegasi.objects.filter(musrenbang=lama).first()
    if dulu is None:
        return 0
    PengaturanDelegasi.objects.create(
        musrenbang=baru, kursi=dulu.kursi, min_perempuan=dulu.min_perempuan, wajib_perempuan=dulu.wajib_perempuan
    )
    return sum(dulu.kursi.values())


def forget_delegat(*, musrenbang: Musrenbang, simpan: bool) -> int:
    """Clear the addresses of the delegates, who stay on record by name; return how many have one."""
    baris = Delegat.objects.filter(musrenbang=musrenbang).exclude(alamat="")
    return baris.update(alamat="") if simpan else baris.count()
