"""The file of a laptop, judged before two people confirm it."""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from django.utils import timezone

from alur.aula import envelope, kunci
from alur.aula.changes import compare, state_of
from alur.aula.envelope import BadFile
from alur.aula.homecoming import merge, place_files, remove_files
from alur.aula.izin import read_izin
from alur.aula.jejak import check_trail
from alur.aula.permit import server_now
from alur.aula.recheck import check_conditions
from alur.aula.skema import Original, check_document
from alur.aula.unchangeable import check_files, check_untouched
from alur.aula.unseal import open_sealed
from alur.izin import BOLEH_DIBAWA
from alur.periksa import broken_invariants
from alur.periksa_checkpoints import strange_rows
from berita_acara.models import MOVES_PERJALANAN, HasilAula, JourneyStatus, Perjalanan
from musrenbang import format as tulis
from musrenbang import transisi
from musrenbang.infra.digest import sha256_of
from musrenbang.jangkar.read import read_record
from musrenbang.models import JejakAudit, Musrenbang, Pengguna
from musrenbang.sebutan import sebutan
from musrenbang.transisi import Refused

PERJALANAN_SAJA = (
    "perjalanan.status",
    "hasilaula.status",
    "aula.disahkan",
    "aula.pengesahan_gugur",
    "aula.diperpanjang",
)
"""What happens to a journey itself at the server is no change of the event."""


class Conflict(ValueError):
    """The server's copy was changed while the event was away. ``jejak``: what was done here, oldest first."""

    def __init__(self, jejak: list[JejakAudit]) -> None:
        self.jejak = jejak
        super().__init__(f"{len(jejak)} perubahan dibuat di server selama Musrenbang ini dibawa.")


class _TakeBack(Exception):
    """Ends the trial: nothing of it stays."""


def receive_result(
    *, musrenbang: Musrenbang, by: Pengguna, berkas: bytes, sandi: str, timpa: bool = False
) -> HasilAula:
    """Judge the file of a laptop and keep it for the two people who confirm it; the event stays away until then.

    Raises Conflict with what was done here meanwhile (then ask, and call again with ``timpa``), Refused for a file that
    is not of a journey of this event, that nobody could have made honestly, or that came in already.
    """
    try:
        return _receive(musrenbang, by, berkas, sandi, timpa)
    except BadFile as error:
        raise Refused(str(error)) from error
    except DatabaseError as error:
        raise Refused("Isi berkas ini bertentangan dengan yang tersimpan di sini; tidak ada yang diubah.") from error


@transaction.atomic
def _receive(musrenbang: Musrenbang, by: Pengguna, berkas: bytes, sandi: str, timpa: bool) -> HasilAula:
    outside = envelope.unwrap(berkas)
    current = (
        Musrenbang.objects.select_for_update(of=("self",))
        .select_related("kecamatan__kabupaten__provinsi")
        .get(pk=musrenbang.pk)
    )
    route = _journey(current, outside)
    _check_permit(current, route)
    dense, (content, lampiran) = open_sealed(outside, sandi.strip())
    sejak = since(current, route)
    if sejak and not timpa:
        raise Conflict(sejak)
    summary = _try(current, route, content, lampiran)
    result = HasilAula(
        perjalanan=route,
        semula=route.status,
        sha256=sha256_of(dense),
        kunci=outside.kunci,
        sha256_unggahan=sha256_of(berkas),
        diunggah_oleh=by,
        timpa=timpa,
        ringkasan=summary | {"ditimpa": len(sejak)},
    )
    result.berkas.save("hasil", ContentFile(dense), save=False)
    result.save()
    transisi.move(
        route,
        dari=route.status,
        ke=JourneyStatus.MENUNGGU,
        table=MOVES_PERJALANAN,
        musrenbang=current,
        by=by,
        rincian={"perjalanan": route.nomor, "sha256": result.sha256_unggahan, "menimpa": timpa},
    )
    Musrenbang.objects.filter(pk=current.pk).update(dibawa_pada=current.dibawa_pada or timezone.now())
    return result


def _journey(current: Musrenbang, outside: envelope.External) -> Perjalanan:
    """Return the journey whose laptop signed the file. Raises BadFile for any other."""
    if outside.jenis != envelope.PULANG:
        raise BadFile("Ini berkas untuk laptop, bukan hasilnya. Unggah berkas yang dibuat “Kirim hasil” di laptop.")
    route = current.perjalanan.select_for_update().filter(nomor=outside.nomor).first()
    if route is None or kunci.code_of(outside.kunci) != route.kode_laptop:
        raise BadFile("Berkas ini bukan dari laptop yang diizinkan membawa Musrenbang ini.")
    if route.status == JourneyStatus.KEMBALI:
        raise BadFile("Hasil aula ini sudah masuk; tidak ada yang diubah lagi.")
    if route.status == JourneyStatus.MENUNGGU:
        raise BadFile(f"Hasil salinan ini sudah diunggah dan menunggu pengesahan Ketua Tim dan {sebutan.camat}.")
    others = [JourneyStatus.BERJALAN, JourneyStatus.MENUNGGU]
    if current.perjalanan.filter(status__in=others).exclude(pk=route.pk).exists():
        raise BadFile("Musrenbang ini sedang dibawa dengan salinan yang lain. Selesaikan salinan itu dahulu.")
    after = current.perjalanan.filter(status=JourneyStatus.KEMBALI, nomor__gt=route.nomor).first()
    if after:
        raise BadFile(
            f"Salinan {route.nomor} dibatalkan, dan sesudah itu hasil salinan {after.nomor} disahkan Ketua Tim "
            f"dan {sebutan.camat}. Hasil yang lebih lama tidak dapat menggantikannya. Yang masih perlu dari "
            "laptop ini dimasukkan "
            "di sini dengan tangan."
        )
    if current.tahap not in BOLEH_DIBAWA:
        raise BadFile(
            f"Musrenbang ini di server sudah pada tahap “{current.get_tahap_display()}”, jadi hasil aula tidak "
            f"dapat masuk."
        )
    return route


def _check_permit(current: Musrenbang, route: Perjalanan) -> None:
    assert route.berlaku_sampai is not None
    if server_now(current) > route.berlaku_sampai:
        tz = current.kecamatan.kabupaten.tz
        raise BadFile(
            f"Izin salinan ini berakhir {tulis.date_text(route.berlaku_sampai.astimezone(tz).date())}. Ketua Tim "
            "dapat memperpanjangnya dengan alasan di halaman ini; sesudah itu unggah lagi berkas yang sama."
        )


def since(current: Musrenbang, route: Perjalanan) -> list[JejakAudit]:
    """Return what was done to the event at the server since it left."""
    everything = JejakAudit.objects.filter(musrenbang=current, pk__gt=route.jejak_terakhir).exclude(
        aksi__in=PERJALANAN_SAJA
    )
    return list(everything.order_by("pk"))


def _try(current: Musrenbang, route: Perjalanan, content: dict[str, Any], lampiran: dict[str, bytes]) -> dict[str, Any]:
    """Put the result in, judge it, and take it back, its files too; return what it would change."""
    written: list[str] = []
    summary: dict[str, Any] = {}
    try:
        with transaction.atomic():
            summary = put_in(current, route, content, lampiran, written)
            raise _TakeBack
    except _TakeBack:
        current.refresh_from_db()
    finally:
        remove_files(written)
    return summary


def put_in(
    current: Musrenbang, route: Perjalanan, content: dict[str, Any], lampiran: dict[str, bytes], written: list[str]
) -> dict[str, Any]:
    """Check a result from its form to its conditions and store it; return what it changed. Raises BadFile.

    ``written`` gets the names of the files that were written, for whoever has to take them back.
    """
    izin, before = read_izin(route.izin), state_of(current)
    original = Original.read(current, route.nomor, izin.orang)
    check_document(content, original)
    tabel = content["tabel"]
    check_untouched(tabel, original)
    check_files(tabel, lampiran, original)
    move_to = check_trail(tabel, original, izin)
    broken, tip = set(broken_invariants(current)), current.sidik_jejak
    written += place_files(tabel, lampiran)
    jumlah = merge(tabel, original)
    after = Musrenbang.objects.select_related("kecamatan__kabupaten__provinsi").get(pk=current.pk)
    catatan = read_record(after)  # what stood here since the departure is a branch from now on: the return names it
    broken |= set(strange_rows(after, catatan)) - set(strange_rows(after, catatan, tip=[tip]))
    check_conditions(after, move_to, lambda m: [k for k in broken_invariants(m) if k not in broken])
    new = list(JejakAudit.objects.filter(pk__in=[b["id"] for b in tabel["jejak_audit"]]).order_by("pk"))
    hour = max((j.waktu for j in new), default=timezone.now()) - timezone.now()
    return compare(before, state_of(after), new) | {
        "baris_data": dict(jumlah),
        "jam_maju": max(int(hour / timedelta(minutes=1)), 0),
    }
