"""Taking an event to the hall: the permit and the file at the server, loading and packing on the laptop."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from alur.aula import content, envelope, izin, kunci, load
from alur.aula.envelope import BadFile
from alur.aula.permit import server_now
from alur.aula.tabel import file_names, people_of
from alur.aula.unseal import open_sealed
from alur.izin import BOLEH_DIBAWA
from berita_acara.models import MOVES_PERJALANAN, AsalAula, JourneyStatus, Perjalanan
from musrenbang import audit, transisi
from musrenbang import format as tulis
from musrenbang.kunci import lock_musrenbang
from musrenbang.models import JejakAudit, Musrenbang, Pengguna
from musrenbang.sidang.queries.sesi import adjourned
from musrenbang.states import Tahap
from musrenbang.transisi import Refused

SANDI_MIN = 12
HARI_BAWAAN, HARI_MAKS = 7, 60
"""How many days after the meeting a permit ends unless something else is said, and the most."""


def signing_key() -> bytes:
    """Return the key by which this server signs what it gives out."""
    return kunci.server_key(settings.SECRET_KEY)


def check_passphrase(sandi: str) -> str:
    """Return a passphrase without the spaces around it; raise Refused for one that is quickly guessed."""
    sandi = sandi.strip()
    if len(sandi) < SANDI_MIN or len(set(sandi)) < 5:
        raise Refused(f"Kata sandi berkas sekurang-kurangnya {SANDI_MIN} huruf dan tidak berulang-ulang.")
    return sandi


@transaction.atomic
def take_away(*, musrenbang: Musrenbang, by: Pengguna, kode: str, sandi: str, sampai: date | None = None) -> bytes:
    """Lock the event here and return the sealed file for the laptop with that code; while it is away, the file again.

    ``sampai``: the last day of the permit. Raises Refused for a mistyped code, a weak passphrase, or another laptop
    than the one that the running journey names.
    """
    sandi = check_passphrase(sandi)
    current = lock_musrenbang(musrenbang, BOLEH_DIBAWA, carried=True)
    existing = current.perjalanan.filter(status__in=[JourneyStatus.BERJALAN, JourneyStatus.MENUNGGU]).first()
    try:
        laptop = existing.kode_laptop if existing and not kode.strip() else kunci.read_code(kode)
        if existing and (existing.status == JourneyStatus.MENUNGGU or existing.kode_laptop != laptop):
            raise BadFile(
                f"Musrenbang ini sedang dibawa dengan laptop {existing.kode_laptop or 'lain'}. Untuk laptop "
                f"lain, batalkan "
                "dahulu salinan aula itu dengan alasan."
            )
        existing = existing or _start(current, by, laptop, _end_of(current, sampai))
        dokumen = content.event_document(current) | {
            "izin": izin.read_izin(existing.izin).sign(signing_key()),
            "pin": izin.pin_hashes(signing_key(), existing.nomor, _signing_in(current)),
        }
        file = content.read_files(content.needed_files(current))
        return envelope.seal(envelope.PERGI, existing.nomor, dokumen, file, kunci=signing_key(), sandi=sandi)
    except (BadFile, kunci.BadCode) as error:
        raise Refused(str(error)) from error


def default_end(musrenbang: Musrenbang) -> date:
    """Return the last day of a permit that nobody chose: a week after the meeting, or after today."""
    today = timezone.localdate(timezone=musrenbang.kecamatan.kabupaten.tz)
    return max(musrenbang.tanggal or today, today) + timedelta(days=HARI_BAWAAN)


def _end_of(musrenbang: Musrenbang, sampai: date | None) -> datetime:
    """Return the last moment of the last day. Raises BadFile for a day that is past or far away."""
    sampai = sampai or default_end(musrenbang)
    current = server_now(musrenbang)
    end = datetime.combine(sampai, time.max, musrenbang.kecamatan.kabupaten.tz)
    if not current < end <= current + timedelta(days=HARI_MAKS):
        raise BadFile(f"Pilih hari terakhir izin antara hari ini dan {HARI_MAKS} hari lagi.")
    return end


def _signing_in(musrenbang: Musrenbang) -> list[int]:
    """Return who gets a PIN: the active people with a role in the kecamatan."""
    _, peran = people_of(musrenbang)
    return sorted(set(peran.filter(pengguna__is_active=True).values_list("pengguna", flat=True)))


def _start(current: Musrenbang, by: Pengguna, laptop: str, sampai: datetime) -> Perjalanan:
    nomor = (Perjalanan.objects.aggregate(m=Max("nomor"))["m"] or 0) + 1
    details = {"perjalanan": nomor, "laptop": laptop, "sampai": sampai.isoformat()}
    jejak = audit.record(musrenbang=current, by=by, aksi="musrenbang.dibawa", objek=current, rincian=details)
    person, anggota = people_of(current)
    peran: dict[str, list[str]] = {}
    for one in anggota:
        peran.setdefault(str(one.pengguna_id), []).append(one.peran)
    surat = izin.Izin(
        server=settings.ALAMAT,
        nomor=nomor,
        acara=current.slug,
        laptop=laptop,
        dari=jejak.waktu,
        sampai=sampai,
        tahap=current.tahap,
        boleh=izin.BOLEH,
        ujung=jejak.sidik,
        jejak=jejak.pk,
        diskors=adjourned(current) is not None,
        peran=peran,
        orang=sorted({*person.values_list("pk", flat=True), by.pk}),
    )
    Musrenbang.objects.filter(pk=current.pk).update(dibawa_pada=timezone.now())
    current.refresh_from_db(fields=["sidik_jejak", "dibawa_pada"])
    return Perjalanan.objects.create(
        musrenbang=current,
        nomor=nomor,
        kode_laptop=laptop,
        izin=surat.as_data(),
        berlaku_sampai=sampai,
        jejak_terakhir=jejak.pk,
        dibawa_oleh=by,
    )


@transaction.atomic
def extend_permit(*, musrenbang: Musrenbang, by: Pengguna, sampai: date, alasan: str) -> None:
    """Let a running journey end on a later day, with a reason; the laptop learns it from the file, taken again."""
    if len(alasan.strip()) < 5:
        raise Refused("Tuliskan alasannya dalam satu kalimat.")
    current = lock_musrenbang(musrenbang, BOLEH_DIBAWA, carried=True)
    status = [JourneyStatus.BERJALAN, JourneyStatus.DIBATALKAN]
    route = current.perjalanan.select_for_update().filter(status__in=status).exclude(kode_laptop="").first()
    if route is None:
        raise Refused("Tidak ada salinan yang izinnya dapat diperpanjang.")
    try:
        end = _end_of(current, sampai)
    except BadFile as error:
        raise Refused(str(error)) from error
    Perjalanan.objects.filter(pk=route.pk).update(berlaku_sampai=end, izin=route.izin | {"sampai": end.isoformat()})
    audit.record(
        musrenbang=current,
        by=by,
        aksi="aula.diperpanjang",
        objek=route,
        alasan=alasan.strip(),
        rincian=audit.diff({"sampai": route.berlaku_sampai}, {"sampai": end}),
    )


def open_file(berkas: bytes, sandi: str) -> tuple[envelope.External, dict[str, Any], dict[str, bytes]]:
    """Return the outside, the document and the files of a sealed file from a server. Raises Refused."""
    try:
        outside = envelope.unwrap(berkas)
        if outside.jenis != envelope.PERGI:
            raise BadFile("Ini berkas hasil aula. Unggah di server, di halaman “Bawa ke aula” Musrenbangnya.")
        return outside, *open_sealed(outside, sandi.strip())[1]
    except BadFile as error:
        raise Refused(str(error)) from error


@transaction.atomic
def load_file(berkas: bytes, *, sandi: str, kode: str) -> Musrenbang:
    """Load an event that was taken from a server for the laptop with this code; one that is here gets its new permit.

    Raises Refused for a file that is damaged, of another kind or for another laptop, whose permit has ended by this
    clock, or that other data stands in the way of.
    """
    outside, dokumen, lampiran = open_file(berkas, sandi)
    try:
        signed = dokumen.get("izin")
        surat = izin.open_izin(signed, outside.kunci)
        if (surat.nomor, surat.acara) != (outside.nomor, dokumen.get("acara")):
            raise BadFile("Izin di dalam berkas ini bukan untuk Musrenbang itu.")
        if surat.laptop != kode:
            raise BadFile(
                f"Berkas ini dibuat untuk laptop {surat.laptop}, sedangkan kode laptop ini {kode}. Ambil berkas baru "
                "di server dengan kode laptop ini."
            )
        _check_clock(surat)
        old = AsalAula.objects.filter(musrenbang__slug=surat.acara, nomor=surat.nomor).first()
        if old and old.izin["kunci"] == outside.kunci:
            AsalAula.objects.filter(pk=old.pk).update(izin=signed)
            return old.musrenbang
        musrenbang = load.load_event(dokumen, lampiran, perjalanan=surat.nomor, pin=dokumen.get("pin"))
    except BadFile as error:
        raise Refused(str(error)) from error
    supplies = sorted(set(file_names(musrenbang)))
    AsalAula.objects.create(musrenbang=musrenbang, nomor=surat.nomor, izin=signed, bekal=supplies, asal=surat.server)
    return musrenbang


def _check_clock(surat: izin.Izin) -> None:
    current = timezone.now()
    if current < surat.dari - timedelta(minutes=10):
        raise BadFile(
            f"Jam laptop ini ({timezone.localtime(current):%d-%m-%Y %H.%M}) lebih awal daripada saat berkas ini "
            "dibuat. Betulkan tanggal dan jamnya dahulu, lalu ulangi."
        )
    if current > surat.sampai:
        raise BadFile(
            f"Izin berkas ini berakhir {tulis.date_text(surat.sampai.date())}. Periksa tanggal laptop ini, atau minta "
            "Ketua Tim memperpanjang izinnya di server dan ambil lagi berkasnya."
        )


@transaction.atomic
def load_export(dokumen: dict[str, Any]) -> Musrenbang:
    """Load an unsigned export of ``ekspor_musrenbang``; nobody can sign in by it. Raises Refused."""
    try:
        load.check_whole(dokumen)
        return load.load_event(dokumen, load.read_attachments(dokumen.get("berkas")))
    except BadFile as error:
        raise Refused(str(error)) from error


@transaction.atomic
def pack_home(*, musrenbang: Musrenbang, by: Pengguna, sandi: str) -> bytes:
    """Lock the laptop's copy and return the sealed file for the server; packed already, the same state again."""
    sandi = check_passphrase(sandi)
    origin = AsalAula.objects.filter(musrenbang=musrenbang).first()
    if origin is None or not origin.izin:
        raise Refused("Musrenbang ini tidak dibawa dari server dengan izin, jadi tidak ada yang dikirim ke sana.")
    current = lock_musrenbang(musrenbang, frozenset(Tahap), carried=True)
    if current.dibawa_pada is None:
        audit.record(
            musrenbang=current, by=by, aksi="musrenbang.dikemas", objek=current, rincian={"perjalanan": origin.nomor}
        )
        Musrenbang.objects.filter(pk=current.pk).update(dibawa_pada=timezone.now())
    try:
        dokumen = content.result_document(current, izin.read_izin(origin.izin["izin"]).jejak)
        new = content.read_files(sorted(set(file_names(current)) - set(origin.bekal)))
        secret = kunci.laptop_key(settings.VAR_DIR)
        return envelope.seal(envelope.PULANG, origin.nomor, dokumen, new, kunci=secret, sandi=sandi)
    except (BadFile, OSError) as error:
        raise Refused(str(error)) from error


@transaction.atomic
def cancel_journey(*, musrenbang: Musrenbang, by: Pengguna, alasan: str) -> None:
    """Unlock the copy here, because the laptop is lost or was not used; on the laptop, to go on after packing."""
    if len(alasan.strip()) < 5:
        raise Refused("Tuliskan alasannya dalam satu kalimat.")
    current = Musrenbang.objects.select_for_update().get(pk=musrenbang.pk)
    if current.dibawa_pada is None:
        raise Refused("Musrenbang ini tidak sedang dibawa.")
    if current.perjalanan.filter(status=JourneyStatus.MENUNGGU).exists():
        raise Refused("Hasil aula sudah diunggah dan menunggu pengesahan. Sahkan atau tolak dahulu hasil itu.")
    route = current.perjalanan.filter(status=JourneyStatus.BERJALAN).first()
    Musrenbang.objects.filter(pk=current.pk).update(dibawa_pada=None)
    if route:
        transisi.move(
            route,
            dari=JourneyStatus.BERJALAN,
            ke=JourneyStatus.DIBATALKAN,
            table=MOVES_PERJALANAN,
            musrenbang=current,
            by=by,
            alasan=alasan.strip(),
            rincian={"perjalanan": route.nomor},
        )
    else:
        audit.record(musrenbang=current, by=by, aksi="musrenbang.dibuka_lagi", objek=current, alasan=alasan.strip())


def own_pin(*, musrenbang: Musrenbang, pengguna: Pengguna) -> str:
    """Return the PIN of a person for the running journey, "" without one; only its owner is ever shown it."""
    route = musrenbang.perjalanan.filter(status=JourneyStatus.BERJALAN).exclude(kode_laptop="").first()
    if route is None or pengguna.pk not in _signing_in(musrenbang):
        return ""
    return izin.pin_of(signing_key(), route.nomor, pengguna.pk)


def _may_come_late(musrenbang: Musrenbang) -> bool:
    """Whether a journey was given up whose result may still come: no later one has come home since."""
    cancelled = musrenbang.perjalanan.filter(status=JourneyStatus.DIBATALKAN).aggregate(n=Max("nomor"))["n"]
    back = musrenbang.perjalanan.filter(status=JourneyStatus.KEMBALI).aggregate(n=Max("nomor"))["n"]
    return cancelled is not None and cancelled > (back or 0)


def journey_of(musrenbang: Musrenbang) -> dict[str, Any]:
    """Return where the event is: the running journey, the server it came from, and what came of earlier journeys."""
    outside = [JourneyStatus.BERJALAN, JourneyStatus.MENUNGGU]
    return {
        "jalan": musrenbang.perjalanan.filter(status__in=outside).select_related("dibawa_oleh").first(),
        "asal": AsalAula.objects.filter(musrenbang=musrenbang).first(),
        "susulan": _may_come_late(musrenbang),
        "dulu": musrenbang.perjalanan.exclude(status__in=outside).select_related("dibawa_oleh"),
        "terakhir": JejakAudit.objects.filter(musrenbang=musrenbang).first(),
    }
