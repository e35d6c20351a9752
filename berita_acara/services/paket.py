"""Sets: every document of an event in one ZIP, made by a worker while people go on working."""

import json
import logging
import zipfile
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from threading import Event, Thread
from typing import Any, TypeVar

from django.core.files.base import ContentFile
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify
from django_tasks import task

from berita_acara.dokumen.carried import table_of
from berita_acara.dokumen.kinds import CETAKAN
from berita_acara.models import MOVES_PAKET, ButirPaket, PackageStatus, Paket, SalinanTtd
from berita_acara.queries import latest_dokumen, read_electronic, read_salinan
from berita_acara.services.issue import begin_file, freeze_list
from berita_acara.services.jangkar import proof_files
from berita_acara.services.penyampaian import SALINAN, TANPA_SALINAN
from musrenbang import audit, transisi
from musrenbang.infra.digest import sha256_of
from musrenbang.infra.pdf.pool import FileFailed
from musrenbang.infra.queue import enqueue
from musrenbang.keeper import read_dokumen
from musrenbang.kunci import allowed_in, lock_musrenbang
from musrenbang.models import Dokumen, Musrenbang, Pengguna
from musrenbang.sebutan import use
from musrenbang.states import KAPAN_SAJA
from musrenbang.transisi import Refused
from rkp.queries.baris import content_json, version_rows
from rkp.queries.dana import dana_json
from tindak_lanjut.models import Penyampaian

logger = logging.getLogger(__name__)
T = TypeVar("T")
PERCOBAAN = 3
SEKALIGUS = 2
"""So many documents are laid out and joined at once, while the content of one more is collected."""
MATI_SESUDAH, DENYUT = timedelta(seconds=60), timedelta(seconds=15)


def start_paket(*, musrenbang: Musrenbang, by: Pengguna, penyampaian: Penyampaian | None = None) -> Paket:
    """Begin a set and queue the job that makes it; while one is being made that one is returned.

    ``penyampaian``: the papers of that package, in the versions that were handed over, instead of everything. These do
    not change, so a set of them that is whole is returned again.
    """
    if penyampaian and (existing := penyampaian.paket.filter(status=PackageStatus.JADI).first()):
        return existing
    try:
        with transaction.atomic():
            lock_musrenbang(musrenbang, KAPAN_SAJA)
            paket = Paket.objects.create(musrenbang=musrenbang, penyampaian=penyampaian, dibuat_oleh=by)
            ButirPaket.objects.bulk_create(_items(paket))
            audit.record(musrenbang=musrenbang, by=by, aksi="paket.dibuat", objek=paket)
            _queue(paket)
    except IntegrityError:
        return Paket.objects.get(musrenbang=musrenbang, penyampaian=penyampaian, status=PackageStatus.DISUSUN)
    return paket


def _queue(paket: Paket) -> None:
    Paket.objects.filter(pk=paket.pk).update(denyut=timezone.now())
    enqueue(make_paket, pk=paket.pk)


def _items(paket: Paket) -> list[ButirPaket]:
    """The Berita Acara, every list, and every letter that was issued; of a package what it names."""
    if paket.penyampaian:
        return [
            ButirPaket(
                paket=paket,
                jenis=i["jenis"],
                bagian=i.get("bagian", ""),
                versi=i["versi"],
                judul=CETAKAN[i["jenis"]].label,
            )
            for i in paket.penyampaian.isi
            if i["jenis"] in CETAKAN
        ]
    results = []
    for jenis, c in CETAKAN.items():
        for part, nama in c.bagian(paket.musrenbang) if c.bagian else [("", "")]:
            judul = f"{c.label} {nama}".strip()[:200]
            results.append(ButirPaket(paket=paket, jenis=jenis, bagian=part, judul=judul))
    return results


@transaction.atomic
def revive_paket(paket: Paket) -> bool:
    """Queue the job again when its worker has not been heard of for a minute; return whether it was."""
    limit = timezone.now() - MATI_SESUDAH
    dead = Paket.objects.filter(pk=paket.pk, status=PackageStatus.DISUSUN, denyut__lt=limit)
    if not dead.update(denyut=timezone.now()):
        return False
    _queue(paket)
    return True


@allowed_in(KAPAN_SAJA, of="paket.musrenbang")
def retry_paket(*, paket: Paket, by: Pengguna) -> None:
    """Try the documents that could not be made once more."""
    transisi.move(
        paket,
        dari=PackageStatus.SEBAGIAN,
        ke=PackageStatus.DISUSUN,
        table=MOVES_PAKET,
        musrenbang=paket.musrenbang,
        by=by,
    )
    paket.butir.filter(gagal=True).update(galat="", gagal=False, percobaan=0)
    _queue(paket)


def build_paket(pk: int) -> None:
    """Make every document that is still open, then the ZIP. May be run twice at once: nothing is made twice."""
    linked = ("musrenbang__kecamatan__kabupaten__provinsi", "penyampaian__versi", "dibuat_oleh")
    paket = Paket.objects.select_related(*linked).get(pk=pk)
    with _heartbeat(pk), use(paket.musrenbang.sebutan):
        _make_all(paket)
        _finish(paket)


@contextmanager
def _heartbeat(pk: int) -> Iterator[None]:
    """Say from a thread that the process lives: one document may take longer than a silence that means death."""
    finished = Event()

    def beat() -> None:
        while not finished.wait(DENYUT.total_seconds()):
            try:
                Paket.objects.filter(pk=pk).update(denyut=timezone.now())
            except DatabaseError:  # busy or away for a moment: the next beat tries again, on a connection of its own
                connection.close()
        connection.close()

    thread = Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        finished.set()
        thread.join(MATI_SESUDAH.total_seconds())


def _make_all(paket: Paket) -> None:
    """Make what is open. While workers lay out and join one document the content of the next is collected."""
    under_way: deque[tuple[ButirPaket, Callable[[], Dokumen]]] = deque()
    with ThreadPoolExecutor(SEKALIGUS) as threads:
        while True:
            Paket.objects.filter(pk=paket.pk).update(denyut=timezone.now())
            waiting = [b.pk for b, _ in under_way]
            item = paket.butir.filter(dokumen=None, galat="").exclude(pk__in=waiting).first()
            if item and (begun := _begin(paket, item, threads)):
                under_way.append((item, begun))
            if under_way and (item is None or len(under_way) > SEKALIGUS):
                one, finish = under_way.popleft()
                if dokumen := _tried(one, finish):
                    ButirPaket.objects.filter(pk=one.pk).update(dokumen=dokumen)
            elif item is None:
                return


def _begin(paket: Paket, butir: ButirPaket, threads: Executor) -> Callable[[], Dokumen] | None:
    one = ButirPaket.objects.filter(pk=butir.pk)
    if butir.percobaan >= PERCOBAAN:  # each time the process itself died: too large for this machine
        one.update(galat="Gagal dibuat: tekan “Buat ulang yang gagal”; bila tetap gagal, hubungi admin.", gagal=True)
        return None
    one.update(percobaan=F("percobaan") + 1)
    return _tried(butir, lambda: begin_file(_document(paket, butir), threads))


def _tried(butir: ButirPaket, work: Callable[[], T]) -> T | None:
    """Return what the work returns; None when it fails, which is noted: it is tried again, or named in the set."""
    one = ButirPaket.objects.filter(pk=butir.pk)
    try:
        return work()
    except Exception as error:  # one broken document must not stop the others
        if isinstance(error, Refused) and not isinstance(error, FileFailed):  # it is not time for it yet
            one.update(galat=str(error)[:300])
        elif butir.percobaan + 1 >= PERCOBAAN:
            one.update(galat=f"Gagal dibuat sesudah {PERCOBAAN} kali: {error}"[:300], gagal=True)
    return None


def _document(paket: Paket, item: ButirPaket) -> Dokumen:
    """Return the document as it is to stand in the set; its file may be missing yet."""
    m = paket.musrenbang
    if item.versi:
        return Dokumen.objects.get(musrenbang=m, jenis=item.jenis, bagian=item.bagian, versi=item.versi)
    if CETAKAN[item.jenis].nomor is None:
        return freeze_list(musrenbang=m, jenis=item.jenis, by=paket.dibuat_oleh, part=item.bagian)
    existing = latest_dokumen(m, item.jenis, item.bagian)
    if existing is None or not existing.sha256:
        raise Refused(f"{item.judul} belum diterbitkan.")
    return existing


def _pack(paket: Paket, item: list[ButirPaket]) -> bytes:
    """Return the ZIP of what there is, with what ``periksa.pyz`` needs; a file that is gone is marked as failed."""
    output, manifest, dokumen = BytesIO(), dict[str, str](), dict[str, Dokumen]()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:

        def put(nama: str, content: bytes) -> None:
            archive.writestr(nama, content)
            manifest[nama] = sha256_of(content)

        for i, b in enumerate(item, 1):
            if b.dokumen:
                try:
                    all_rows = list(_files(b, b.dokumen))
                except Refused as error:
                    b.dokumen, b.gagal, b.galat = None, True, str(error)[:300]
                    b.save(update_fields=["dokumen", "gagal", "galat"])
                    continue
                nama = f"{i:02d}-{b.jenis}{'-' + slugify(b.judul)[:60] if b.bagian else ''}"
                dokumen[f"{nama}.pdf"] = b.dokumen
                for suffix, content in all_rows:
                    put(nama + suffix, content)
        for nama, content in (*_beside(paket), ("INDEKS.txt", _index(paket, item).encode())):
            put(nama, content)
        for nama, content in proof_files(paket.musrenbang, dokumen, by=paket.dibuat_oleh, manifest=manifest):
            put(nama, content)
        archive.writestr("manifes.json", json.dumps(manifest, indent=1, sort_keys=True))
    return output.getvalue()


def _finish(paket: Paket) -> None:
    """Pack what there is. What cannot be read or kept ends the set too, said on its page; it is not tried for ever."""
    items = list(paket.butir.select_related("dokumen__elektronik", "dokumen__musrenbang"))
    content = _pack(paket, items)
    to = PackageStatus.SEBAGIAN if any(b.gagal for b in items) else PackageStatus.JADI
    try:
        paket.berkas.save("dokumen.zip", ContentFile(content), save=False)
    except OSError:
        logger.warning("ZIP paket %s tidak dapat disimpan.", paket.pk, exc_info=True)
        to, paket.berkas = PackageStatus.SEBAGIAN, ""
    Paket.objects.filter(pk=paket.pk).update(berkas=paket.berkas.name or "")
    if Paket.objects.filter(pk=paket.pk, status=PackageStatus.DISUSUN).exists():
        transisi.move(
            paket,
            dari=PackageStatus.DISUSUN,
            ke=to,
            table=MOVES_PAKET,
            musrenbang=paket.musrenbang,
            by=paket.dibuat_oleh,
            rincian={"dokumen": sum(b.dokumen_id is not None for b in items)},
        )


def _files(item: ButirPaket, dokumen: Dokumen) -> Iterator[tuple[str, bytes]]:
    """Yield the files of one document by the end of their names. Raises Refused when one is gone or was changed."""
    pdf = read_dokumen(dokumen)
    yield ".pdf", pdf
    if hasattr(dokumen, "elektronik"):
        yield "-tte.pdf", read_electronic(dokumen.elektronik)
    if CETAKAN[item.jenis].xlsx:
        yield ".xlsx", table_of(dokumen, pdf)


def _beside(paket: Paket) -> Iterator[tuple[str, bytes]]:
    """Yield what goes along with a package that is no document of ours: the signed copy, and the plan as data."""
    if paket.penyampaian is None:
        return
    for i in paket.penyampaian.isi:
        if i["jenis"] == SALINAN:
            salinan = SalinanTtd.objects.filter(dokumen__musrenbang=paket.musrenbang, sha256=i["sha256"]).first()
            if salinan:
                yield "salinan-bertanda-tangan.pdf", read_salinan(salinan)
    yield "data-rkp.json", content_json(version_rows(paket.penyampaian.versi))
    yield "data-dana-program.json", dana_json(version_rows(paket.penyampaian.versi))


def _copy_line(i: dict[str, Any]) -> str:
    return f"Salinan bertanda tangan: SHA-256 {i['sha256']} {i.get('halaman', '')}".rstrip()


def _index(paket: Paket, item: list[ButirPaket]) -> str:
    baris = [f"Dokumen {paket.musrenbang}", f"Dibuat {paket.dibuat_pada:%Y-%m-%d %H:%M} UTC", ""]
    if p := paket.penyampaian:
        baris[1:1] = [
            f"Penyampaian {p.urut}, tanda terima {p.nomor}, {p.pada:%Y-%m-%d %H:%M} UTC",
            f"Kode keaslian paket (SHA-256): {p.sha256}",
            f"Sidik data-rkp.json (SHA-256): {p.versi.sha256}",
            *(_copy_line(i) for i in p.isi if i["jenis"] == SALINAN),
            *(f"Tanpa salinan bertanda tangan: {i['alasan']}" for i in p.isi if i["jenis"] == TANPA_SALINAN),
        ]
    for i, b in enumerate(item, 1):
        if b.dokumen:
            d = b.dokumen
            nomor = f", nomor {d.nomor}" if d.nomor else ""
            nomor += f", tanggal {d.tanggal:%Y-%m-%d}" if d.tanggal else ""
            baris.append(f"{i:02d}. {b.judul}{nomor}, versi {d.versi}, kode {d.kode}, SHA-256 {d.sha256}")
        else:
            baris.append(f"{i:02d}. {b.judul}: TIDAK ADA. {b.galat}")
    return "\r\n".join(baris) + "\r\n"


@task()
def make_paket(pk: int) -> None:
    """The job that makes every document of a set that is still open, then its ZIP."""
    build_paket(pk)
