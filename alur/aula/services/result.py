"""The result of a day in the hall: judged when it comes, kept, and taken in when two people have confirmed it.

``receive_result`` does with the file all that taking it in would do, inside a transaction that is then taken back; what
it found stays as a summary. The last of the two confirmations does the same again and lets it stand.
"""

from functools import partial

from django.db import DatabaseError, transaction
from django.utils import timezone

from alur.aula.envelope import BadFile
from alur.aula.homecoming import remove_files
from alur.aula.load import keep_trail_order
from alur.aula.services.upload import put_in, since
from alur.aula.skema import HASIL
from alur.aula.unseal import open_packed
from berita_acara.models import MOVES_HASIL, MOVES_PERJALANAN, HasilAula, JourneyStatus, ResultStatus
from musrenbang import audit, transisi
from musrenbang.infra.digest import sha256_of
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.sebutan import sebutan
from musrenbang.services.jangkar import sign_checkpoint
from musrenbang.states import Peran
from musrenbang.transisi import Refused

JABATAN_PENGESAH = (("ketua", Peran.SEKCAM), ("camat", Peran.CAMAT))


@transaction.atomic
def confirm_result(*, result: HasilAula, by: Pengguna, peran: frozenset[str], sha256: str) -> bool:
    """Confirm a result as the Ketua Tim or the Camat; return whether it counts now: the second one takes it in.

    ``sha256`` names what the person saw. Nobody confirms for both, and a confirmation falls when its person no longer
    holds the office. Raises Refused; then nothing changed.
    """
    current, result = _lock(result, sha256)
    _drop_fallen(current, result, by)
    capacity = _seat(result, by, peran)
    setattr(result, capacity, by)
    setattr(result, f"{capacity}_pada", timezone.now())
    result.save(update_fields=[capacity, f"{capacity}_pada"])
    audit.record(
        musrenbang=current,
        by=by,
        aksi="aula.disahkan",
        objek=result.perjalanan,
        rincian={"sebagai": capacity, "sha256": result.sha256},
    )
    if not (result.ketua_id and result.camat_id):
        return False
    _take_in(current, result, by)
    return True


def _drop_fallen(current: Musrenbang, result: HasilAula, by: Pengguna) -> None:
    """Take back the confirmation of somebody who has lost the office or the account since."""
    for capacity, jabatan in JABATAN_PENGESAH:
        person = getattr(result, capacity)
        if person is None:
            continue
        if person.is_active and person.keanggotaan.filter(peran=jabatan, kecamatan=current.kecamatan_id).exists():
            continue
        setattr(result, capacity, None)
        setattr(result, f"{capacity}_pada", None)
        result.save(update_fields=[capacity, f"{capacity}_pada"])
        audit.record(
            musrenbang=current,
            by=by,
            aksi="aula.pengesahan_gugur",
            objek=result.perjalanan,
            rincian={"sebagai": capacity, "orang": str(person)},
        )


def _seat(result: HasilAula, by: Pengguna, peran: frozenset[str]) -> str:
    """Return in which of the two offices a person confirms. Raises Refused when none is left for them."""
    if by.pk in {result.ketua_id, result.camat_id}:
        raise Refused("Anda sudah mengesahkan hasil ini; yang lain masih ditunggu.")
    for capacity, jabatan in JABATAN_PENGESAH:
        if jabatan in peran and getattr(result, f"{capacity}_id") is None:
            return capacity
    raise Refused(f"Hasil aula disahkan oleh Ketua Tim dan {sebutan.camat}, masing-masing satu orang.")


def _lock(result: HasilAula, sha256: str) -> tuple[Musrenbang, HasilAula]:
    current = (
        Musrenbang.objects.select_for_update(of=("self",))
        .select_related("kecamatan__kabupaten__provinsi")
        .get(pk=result.perjalanan.musrenbang_id)
    )
    result = HasilAula.objects.select_for_update(of=("self",)).select_related("perjalanan").get(pk=result.pk)
    if result.status != ResultStatus.MENUNGGU or result.sha256 != sha256:
        raise Refused(f"Hasil ini {result.get_status_display().lower()}. Muat ulang halaman untuk melihat keadaannya.")
    return current, result


def _take_in(current: Musrenbang, result: HasilAula, by: Pengguna) -> None:
    """Do what was tried when it came, and let it stand."""
    current.refresh_from_db(fields=["sidik_jejak"])  # the confirmations stand in the trail here since it was locked
    route, here = result.perjalanan, current.sidik_jejak
    written: list[str] = []
    try:
        with result.berkas.open("rb") as file:
            dense = file.read()
        if sha256_of(dense) != result.sha256:
            raise BadFile("Hasil aula yang tersimpan di server rusak. Tolak hasil ini, lalu unggah lagi berkasnya.")
        sejak = since(current, route)
        if len(sejak) != result.ringkasan["ditimpa"]:
            raise BadFile("Sejak hasil ini diunggah ada perubahan di server. Tolak hasil ini, lalu unggah lagi.")
        summary = put_in(current, route, *open_packed(dense), written)
        if any(result.ringkasan.get(k) != v for k, v in summary.items() if k != "jam_maju"):
            raise BadFile("Yang diubah tidak lagi sama dengan yang ditampilkan. Tolak hasil ini, lalu unggah lagi.")
    except BadFile as error:
        remove_files(written)
        raise Refused(str(error)) from error
    except (DatabaseError, OSError) as error:
        remove_files(written)
        raise Refused(f"{HASIL}: isinya bertentangan dengan yang tersimpan di sini, atau tidak terbaca.") from error
    keep_trail_order(route.nomor)
    current.refresh_from_db()
    transisi.move(
        route,
        dari=route.status,
        ke=JourneyStatus.KEMBALI,
        table=MOVES_PERJALANAN,
        musrenbang=current,
        by=by,
        rincian=summary["baris_data"]
        | {
            "perjalanan": route.nomor,
            "menimpa": result.timpa,
            "ujung_di_sini": here,
            "sha256": result.sha256_unggahan,
        },
    )
    Musrenbang.objects.filter(pk=current.pk).update(dibawa_pada=None)
    transisi.move(
        result, dari=ResultStatus.MENUNGGU, ke=ResultStatus.MASUK, table=MOVES_HASIL, musrenbang=current, by=by
    )
    sign_checkpoint(musrenbang=current, by=by)  # the hall signed with the laptop's key: from here on ours stands for it
    transaction.on_commit(partial(remove_files, [s.berkas.name for s in route.hasil.all() if s.berkas.name]))


@transaction.atomic
def refuse_result(*, result: HasilAula, by: Pengguna, alasan: str, sha256: str) -> None:
    """Refuse a result with a reason: the event stays where it was, the laptop has everything, another may come.

    Who refused what, why, and what it would have changed stays; its content goes, because nobody can use it any more
    and it names people.
    """
    if len(alasan.strip()) < 5:
        raise Refused("Tuliskan alasannya dalam satu kalimat.")
    current, result = _lock(result, sha256)
    result.alasan, result.ditolak_oleh, result.ditolak_pada = alasan.strip()[:300], by, timezone.now()
    file, result.berkas = result.berkas.name or "", ""
    result.save(update_fields=["alasan", "ditolak_oleh", "ditolak_pada", "berkas"])
    transaction.on_commit(partial(remove_files, [file]))
    transisi.move(
        result,
        dari=ResultStatus.MENUNGGU,
        ke=ResultStatus.DITOLAK,
        table=MOVES_HASIL,
        musrenbang=current,
        by=by,
        alasan=result.alasan,
        rincian={"sha256": result.sha256},
    )
    transisi.move(
        result.perjalanan,
        dari=JourneyStatus.MENUNGGU,
        ke=result.semula,
        table=MOVES_PERJALANAN,
        musrenbang=current,
        by=by,
        alasan=result.alasan,
    )
    if result.semula == JourneyStatus.DIBATALKAN:
        Musrenbang.objects.filter(pk=current.pk).update(dibawa_pada=None)


def refused_result(musrenbang: Musrenbang) -> HasilAula | None:
    """Return the refused result that the next one has to do better than; None once a later one came in."""
    everything = HasilAula.objects.filter(perjalanan__musrenbang=musrenbang).exclude(status=ResultStatus.MENUNGGU)
    last = everything.select_related("ditolak_oleh").first()
    return last if last and last.status == ResultStatus.DITOLAK else None


def waiting_result(musrenbang: Musrenbang) -> HasilAula | None:
    """Return the result that waits for its confirmations, with who gave the first."""
    everything = HasilAula.objects.filter(perjalanan__musrenbang=musrenbang, status=ResultStatus.MENUNGGU)
    return everything.select_related("perjalanan", "diunggah_oleh", "ketua", "camat").first()
