"""Taking an event to the hall and back."""

from collections import Counter
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Max
from django.utils import timezone

from berita_acara.bawa import BerkasSalah, bring_home, event_document, load_event, seal, unseal
from berita_acara.bawa.tanda import TandaSalah, new_key, public_of, server_key
from berita_acara.models import MOVES_PERJALANAN, AsalAula, Perjalanan, StatusPerjalanan
from musrenbang import audit, transisi
from musrenbang.models import JejakAudit, Musrenbang, Pengguna
from musrenbang.services import lock_musrenbang
from musrenbang.states import BOLEH_DIBAWA, Tahap
from musrenbang.transisi import Ditolak


@transaction.atomic
def take_away(*, musrenbang: Musrenbang, by: Pengguna) -> bytes:
    """Lock the event here and return the signed file for the laptop; while it is away, the same file again."""
    kini = lock_musrenbang(musrenbang, BOLEH_DIBAWA, dibawa=True)
    ada = kini.perjalanan.filter(status=StatusPerjalanan.BERJALAN).first()
    if ada is None:
        kunci = new_key()
        nomor = (Perjalanan.objects.aggregate(m=Max("nomor"))["m"] or 0) + 1
        ada = Perjalanan(musrenbang=kini, nomor=nomor, kunci=kunci.hex(), dibawa_oleh=by)
        jejak = audit.catat(musrenbang=kini, by=by, aksi="musrenbang.dibawa", objek=kini, rincian={"perjalanan": nomor})
        ada.jejak_terakhir = jejak.pk
        ada.save()
        Musrenbang.objects.filter(pk=kini.pk).update(dibawa_pada=timezone.now())
    perjalanan = {"nomor": ada.nomor, "kunci": ada.kunci, "asal": settings.ALAMAT}
    return seal(event_document(kini) | {"perjalanan": perjalanan}, server_key(settings.SECRET_KEY))


@transaction.atomic
def load_file(berkas: bytes) -> Musrenbang:
    """Load an exported event here; one that was taken to the hall remembers where it came from.

    Raises Ditolak for a file that is damaged, of another kind, or that other data stands in the way of.
    """
    try:
        dokumen, _ = unseal(berkas)
        if "pulang" in dokumen:
            raise BerkasSalah("Ini berkas untuk dibawa pulang. Unggah di server, di halaman “Bawa ke aula” acaranya.")
        asal = dokumen.get("perjalanan")
        musrenbang = load_event(dokumen, perjalanan=asal["nomor"] if asal else 0)
    except (TandaSalah, BerkasSalah) as salah:
        raise Ditolak(str(salah)) from salah
    if asal:
        AsalAula.objects.create(musrenbang=musrenbang, nomor=asal["nomor"], kunci=asal["kunci"], asal=asal["asal"])
    return musrenbang


@transaction.atomic
def pack_home(*, musrenbang: Musrenbang, by: Pengguna) -> bytes:
    """Lock the laptop's copy and return the signed file for the server; packed already, the same state again."""
    asal = AsalAula.objects.filter(musrenbang=musrenbang).first()
    if asal is None:
        raise Ditolak("Acara ini tidak dibawa dari server, jadi tidak ada yang dibawa pulang.")
    kini = lock_musrenbang(musrenbang, frozenset(Tahap), dibawa=True)
    if kini.dibawa_pada is None:
        audit.catat(musrenbang=kini, by=by, aksi="musrenbang.dikemas", objek=kini, rincian={"perjalanan": asal.nomor})
        Musrenbang.objects.filter(pk=kini.pk).update(dibawa_pada=timezone.now())
    return seal(event_document(kini) | {"pulang": {"nomor": asal.nomor}}, bytes.fromhex(asal.kunci))


@transaction.atomic
def bring_back(*, musrenbang: Musrenbang, by: Pengguna, berkas: bytes, timpa: bool = False) -> Counter[str]:
    """Take the result of the hall into the server's copy and unlock it; return what changed.

    Raises Bentrok with what was done here meanwhile (then ask, and call again with ``timpa``), Ditolak for a file that
    is not of a journey of this event, and for one that was brought back already.
    """
    kini = Musrenbang.objects.select_for_update().get(pk=musrenbang.pk)
    di_sini = kini.sidik_jejak
    try:
        dokumen, publik = unseal(berkas)
        nomor = int(dokumen.get("pulang", {}).get("nomor", 0))
        jalan = kini.perjalanan.select_for_update().filter(nomor=nomor).first()
        if jalan is None or public_of(bytes.fromhex(jalan.kunci)) != publik:
            raise BerkasSalah(
                "Berkas ini bukan dari perjalanan acara ini. Unggah berkas “Bawa pulang” dari laptop aula."
            )
        if jalan.status == StatusPerjalanan.KEMBALI:
            raise BerkasSalah("Hasil aula ini sudah dibawa pulang; tidak ada yang diubah lagi.")
        with transaction.atomic():
            hasil = bring_home(kini, dokumen, jejak_terakhir=jalan.jejak_terakhir, timpa=timpa)
    except (TandaSalah, BerkasSalah) as salah:
        raise Ditolak(str(salah)) from salah
    except DatabaseError as salah:
        raise Ditolak("Isi berkas ini bertentangan dengan yang tersimpan di sini; tidak ada yang diubah.") from salah
    kini.refresh_from_db()
    transisi.move(
        jalan, dari=jalan.status, ke=StatusPerjalanan.KEMBALI, table=MOVES_PERJALANAN, musrenbang=kini, by=by,
        rincian=dict(hasil) | {"perjalanan": nomor, "menimpa": timpa, "ujung_di_sini": di_sini},
    )  # fmt: skip
    Musrenbang.objects.filter(pk=kini.pk).update(dibawa_pada=None)
    return hasil


@transaction.atomic
def cancel_journey(*, musrenbang: Musrenbang, by: Pengguna, alasan: str) -> None:
    """Unlock the copy here, because the laptop is lost or was not used; on the laptop, to go on after packing."""
    if len(alasan.strip()) < 5:
        raise Ditolak("Tuliskan alasannya (sekurang-kurangnya 5 huruf).")
    kini = Musrenbang.objects.select_for_update().get(pk=musrenbang.pk)
    if kini.dibawa_pada is None:
        raise Ditolak("Acara ini tidak sedang dibawa.")
    jalan = kini.perjalanan.filter(status=StatusPerjalanan.BERJALAN).first()
    Musrenbang.objects.filter(pk=kini.pk).update(dibawa_pada=None)
    if jalan:
        transisi.move(
            jalan, dari=StatusPerjalanan.BERJALAN, ke=StatusPerjalanan.DIBATALKAN, table=MOVES_PERJALANAN,
            musrenbang=kini, by=by, alasan=alasan.strip(), rincian={"perjalanan": jalan.nomor},
        )  # fmt: skip
    else:
        audit.catat(musrenbang=kini, by=by, aksi="musrenbang.dibuka_lagi", objek=kini, alasan=alasan.strip())


def journey_of(musrenbang: Musrenbang) -> dict[str, Any]:
    """Return where the event is: the running journey, the server it came from, and what came of earlier journeys."""
    return {
        "jalan": musrenbang.perjalanan.filter(status=StatusPerjalanan.BERJALAN).select_related("dibawa_oleh").first(),
        "asal": AsalAula.objects.filter(musrenbang=musrenbang).first(),
        "dulu": musrenbang.perjalanan.exclude(status=StatusPerjalanan.BERJALAN).select_related("dibawa_oleh"),
        "terakhir": JejakAudit.objects.filter(musrenbang=musrenbang).first(),
    }
