"""The result of a day in the hall: judged when it comes, kept, and taken in when two people have confirmed it.

``receive_result`` does with the file all that taking it in would do, inside a transaction that is then taken back; what
it found stays as a summary. The last of the two confirmations does the same again and lets it stand.
"""

from functools import partial

from django.db import DatabaseError, transaction
from django.utils import timezone

from alur.aula.buka import open_packed
from alur.aula.bungkus import BerkasSalah
from alur.aula.muat import keep_trail_order
from alur.aula.pulang import remove_files
from alur.aula.services.upload import put_in, since
from alur.aula.skema import HASIL
from berita_acara.models import MOVES_HASIL, MOVES_PERJALANAN, HasilAula, StatusHasil, StatusPerjalanan
from musrenbang import audit, transisi
from musrenbang.infra.digest import sha256_of
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.sebutan import sebutan
from musrenbang.services.jangkar import sign_checkpoint
from musrenbang.states import Peran
from musrenbang.transisi import Ditolak

JABATAN_PENGESAH = (("ketua", Peran.SEKCAM), ("camat", Peran.CAMAT))


@transaction.atomic
def confirm_result(*, hasil: HasilAula, by: Pengguna, peran: frozenset[str], sha256: str) -> bool:
    """Confirm a result as the Ketua Tim or the Camat; return whether it counts now: the second one takes it in.

    ``sha256`` names what the person saw. Nobody confirms for both, and a confirmation falls when its person no longer
    holds the office. Raises Ditolak; then nothing changed.
    """
    kini, hasil = _lock(hasil, sha256)
    _drop_fallen(kini, hasil, by)
    sebagai = _seat(hasil, by, peran)
    setattr(hasil, sebagai, by)
    setattr(hasil, f"{sebagai}_pada", timezone.now())
    hasil.save(update_fields=[sebagai, f"{sebagai}_pada"])
    audit.catat(
        musrenbang=kini,
        by=by,
        aksi="aula.disahkan",
        objek=hasil.perjalanan,
        rincian={"sebagai": sebagai, "sha256": hasil.sha256},
    )
    if not (hasil.ketua_id and hasil.camat_id):
        return False
    _take_in(kini, hasil, by)
    return True


def _drop_fallen(kini: Musrenbang, hasil: HasilAula, by: Pengguna) -> None:
    """Take back the confirmation of somebody who has lost the office or the account since."""
    for sebagai, jabatan in JABATAN_PENGESAH:
        orang = getattr(hasil, sebagai)
        if orang is None:
            continue
        if orang.is_active and orang.keanggotaan.filter(peran=jabatan, kecamatan=kini.kecamatan_id).exists():
            continue
        setattr(hasil, sebagai, None)
        setattr(hasil, f"{sebagai}_pada", None)
        hasil.save(update_fields=[sebagai, f"{sebagai}_pada"])
        audit.catat(
            musrenbang=kini,
            by=by,
            aksi="aula.pengesahan_gugur",
            objek=hasil.perjalanan,
            rincian={"sebagai": sebagai, "orang": str(orang)},
        )


def _seat(hasil: HasilAula, by: Pengguna, peran: frozenset[str]) -> str:
    """Return in which of the two offices a person confirms. Raises Ditolak when none is left for them."""
    if by.pk in {hasil.ketua_id, hasil.camat_id}:
        raise Ditolak("Anda sudah mengesahkan hasil ini; yang lain masih ditunggu.")
    for sebagai, jabatan in JABATAN_PENGESAH:
        if jabatan in peran and getattr(hasil, f"{sebagai}_id") is None:
            return sebagai
    raise Ditolak(f"Hasil aula disahkan oleh Ketua Tim dan {sebutan.camat}, masing-masing satu orang.")


def _lock(hasil: HasilAula, sha256: str) -> tuple[Musrenbang, HasilAula]:
    kini = (
        Musrenbang.objects.select_for_update(of=("self",))
        .select_related("kecamatan__kabupaten__provinsi")
        .get(pk=hasil.perjalanan.musrenbang_id)
    )
    hasil = HasilAula.objects.select_for_update(of=("self",)).select_related("perjalanan").get(pk=hasil.pk)
    if hasil.status != StatusHasil.MENUNGGU or hasil.sha256 != sha256:
        raise Ditolak(f"Hasil ini {hasil.get_status_display().lower()}. Muat ulang halaman untuk melihat keadaannya.")
    return kini, hasil


def _take_in(kini: Musrenbang, hasil: HasilAula, by: Pengguna) -> None:
    """Do what was tried when it came, and let it stand."""
    kini.refresh_from_db(fields=["sidik_jejak"])  # the confirmations stand in the trail here since it was locked
    jalan, di_sini = hasil.perjalanan, kini.sidik_jejak
    ditulis: list[str] = []
    try:
        with hasil.berkas.open("rb") as berkas:
            padat = berkas.read()
        if sha256_of(padat) != hasil.sha256:
            raise BerkasSalah("Hasil aula yang tersimpan di server rusak. Tolak hasil ini, lalu unggah lagi berkasnya.")
        sejak = since(kini, jalan)
        if len(sejak) != hasil.ringkasan["ditimpa"]:
            raise BerkasSalah("Sejak hasil ini diunggah ada perubahan di server. Tolak hasil ini, lalu unggah lagi.")
        ringkasan = put_in(kini, jalan, *open_packed(padat), ditulis)
        if any(hasil.ringkasan.get(k) != v for k, v in ringkasan.items() if k != "jam_maju"):
            raise BerkasSalah("Yang diubah tidak lagi sama dengan yang ditampilkan. Tolak hasil ini, lalu unggah lagi.")
    except BerkasSalah as salah:
        remove_files(ditulis)
        raise Ditolak(str(salah)) from salah
    except (DatabaseError, OSError) as salah:
        remove_files(ditulis)
        raise Ditolak(f"{HASIL}: isinya bertentangan dengan yang tersimpan di sini, atau tidak terbaca.") from salah
    keep_trail_order(jalan.nomor)
    kini.refresh_from_db()
    transisi.move(
        jalan,
        dari=jalan.status,
        ke=StatusPerjalanan.KEMBALI,
        table=MOVES_PERJALANAN,
        musrenbang=kini,
        by=by,
        rincian=ringkasan["baris_data"]
        | {
            "perjalanan": jalan.nomor,
            "menimpa": hasil.timpa,
            "ujung_di_sini": di_sini,
            "sha256": hasil.sha256_unggahan,
        },
    )
    Musrenbang.objects.filter(pk=kini.pk).update(dibawa_pada=None)
    transisi.move(hasil, dari=StatusHasil.MENUNGGU, ke=StatusHasil.MASUK, table=MOVES_HASIL, musrenbang=kini, by=by)
    sign_checkpoint(musrenbang=kini, by=by)  # the hall signed with the laptop's key: from here on ours stands for it
    transaction.on_commit(partial(remove_files, [s.berkas.name for s in jalan.hasil.all() if s.berkas.name]))


@transaction.atomic
def refuse_result(*, hasil: HasilAula, by: Pengguna, alasan: str, sha256: str) -> None:
    """Refuse a result with a reason: the event stays where it was, the laptop has everything, another may come.

    Who refused what, why, and what it would have changed stays; its content goes, because nobody can use it any more
    and it names people.
    """
    if len(alasan.strip()) < 5:
        raise Ditolak("Tuliskan alasannya (sekurang-kurangnya 5 huruf).")
    kini, hasil = _lock(hasil, sha256)
    hasil.alasan, hasil.ditolak_oleh, hasil.ditolak_pada = alasan.strip()[:300], by, timezone.now()
    berkas, hasil.berkas = hasil.berkas.name or "", ""
    hasil.save(update_fields=["alasan", "ditolak_oleh", "ditolak_pada", "berkas"])
    transaction.on_commit(partial(remove_files, [berkas]))
    transisi.move(
        hasil,
        dari=StatusHasil.MENUNGGU,
        ke=StatusHasil.DITOLAK,
        table=MOVES_HASIL,
        musrenbang=kini,
        by=by,
        alasan=hasil.alasan,
        rincian={"sha256": hasil.sha256},
    )
    transisi.move(
        hasil.perjalanan,
        dari=StatusPerjalanan.MENUNGGU,
        ke=hasil.semula,
        table=MOVES_PERJALANAN,
        musrenbang=kini,
        by=by,
        alasan=hasil.alasan,
    )
    if hasil.semula == StatusPerjalanan.DIBATALKAN:
        Musrenbang.objects.filter(pk=kini.pk).update(dibawa_pada=None)


def refused_result(musrenbang: Musrenbang) -> HasilAula | None:
    """Return the refused result that the next one has to do better than; None once a later one came in."""
    semua = HasilAula.objects.filter(perjalanan__musrenbang=musrenbang).exclude(status=StatusHasil.MENUNGGU)
    terakhir = semua.select_related("ditolak_oleh").first()
    return terakhir if terakhir and terakhir.status == StatusHasil.DITOLAK else None


def waiting_result(musrenbang: Musrenbang) -> HasilAula | None:
    """Return the result that waits for its confirmations, with who gave the first."""
    semua = HasilAula.objects.filter(perjalanan__musrenbang=musrenbang, status=StatusHasil.MENUNGGU)
    return semua.select_related("perjalanan", "diunggah_oleh", "ketua", "camat").first()
