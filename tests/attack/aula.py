"""A day in the hall for the attacks: what an honest laptop sends back, and how to send something else."""

import copy
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.core.files.storage import default_storage
from django.db import transaction

from alur.aula import envelope, kunci
from alur.aula.content import event_document
from alur.aula.izin import read_izin
from alur.aula.load import reserve_keys
from alur.aula.services.journeys import open_file, pack_home, take_away
from alur.aula.tabel import file_names, from_data
from alur.aula.unseal import open_sealed
from alur.services.acara import advance_musrenbang
from berita_acara.models import AsalAula, Perjalanan
from berita_acara.services.issue import issue_berita_acara
from delegasi.services import add_delegat
from musrenbang.infra import age
from musrenbang.models import Musrenbang
from musrenbang.rantai import link
from musrenbang.states import Tahap
from rkp.prioritas.queries.candidates import list_peserta
from rkp.prioritas.queries.input import kriteria_of
from rkp.prioritas.services.candidates import save_values
from rkp.prioritas.services.peringkat import fix_pemeringkatan
from tests.conftest import KURSI, WAKIL_CAMAT, open_page_peringkat, record_attendance
from tests.stores import put_back, sequences

SANDI = "sawah-hijau-2026-utara"


@contextmanager
def cheap() -> Iterator[None]:
    """Let each passphrase and each PIN cost little: what is tested is the form.

    The cost itself is held by ``test_backup`` and ``tests/alur/test_aula_commands.py``.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(age, "KERJA", 4)
        patch.setattr(ScryptPasswordHasher, "work_factor", 1 << 4)
        yield


@dataclass
class Day:
    """The journey, the key of its laptop, and what came back: the file, its document and its attachments."""

    nomor: int
    rahasia: bytes
    pergi: bytes
    pulang: bytes

    def __post_init__(self) -> None:
        outside = envelope.unwrap(self.pulang)
        self.isi, self.lampiran = open_sealed(outside, SANDI)[1]

    def forge(self, ubah: Any) -> bytes:
        """Return the file of a laptop whose owner changed the document before signing it."""
        content, lampiran = copy.deepcopy(self.isi), dict(self.lampiran)
        ubah(content, lampiran)
        return self.sign(content, lampiran)

    def sign(self, isi: dict[str, Any], lampiran: dict[str, bytes]) -> bytes:
        """Seal a document as the laptop does."""
        return envelope.seal(envelope.PULANG, self.nomor, isi, lampiran, kunci=self.rahasia, sandi=SANDI)


class _LaptopOff(Exception):
    """The laptop's work is not the server's."""


def spend_day(acara: Musrenbang, cast: dict[str, Any], *, working: Any = None) -> Day:
    """Take an event away, work at it as the laptop would, and return both files; the server keeps what it had."""
    with cheap():
        return _spend(acara, cast, working or work)


def _spend(acara: Musrenbang, cast: dict[str, Any], working: Any) -> Day:
    rahasia = kunci.laptop_key(settings.VAR_DIR)
    kode = kunci.code_of(kunci.public_of(rahasia))
    sekcam = cast["pak_sekcam"]
    leave = take_away(musrenbang=acara, by=sekcam, kode=kode, sandi=SANDI)
    route = Perjalanan.objects.latest("pk")
    homecoming, counted = b"", sequences()
    try:
        with transaction.atomic():
            # The laptop's database is the server's here: of loading, only what it adds is done.
            outside, dokumen, _ = open_file(leave, SANDI)
            Musrenbang.objects.filter(pk=acara.pk).update(dibawa_pada=None)
            acara.refresh_from_db()
            AsalAula.objects.create(
                musrenbang=acara,
                nomor=outside.nomor,
                izin=dokumen["izin"],
                asal="http://server",
                bekal=sorted(set(file_names(acara))),
            )
            reserve_keys(outside.nomor)
            working(acara, cast)
            homecoming = pack_home(musrenbang=acara, by=sekcam, sandi=SANDI)
            raise _LaptopOff
    except _LaptopOff:
        put_back(counted)
        acara.refresh_from_db()
    return Day(route.nomor, rahasia, leave, homecoming)


def work(acara: Musrenbang, cast: dict[str, Any]) -> None:
    """From the plenary to the signing: fix the plan, rank, choose delegates, issue the Berita Acara."""
    sekcam = cast["pak_sekcam"]
    hadir = [(kursi, record_attendance(acara, sekcam, nama, unsur, sex)) for kursi, nama, unsur, sex in KURSI]
    advance_musrenbang(musrenbang=acara, dari=Tahap.PLENO, ke=Tahap.PRIORITAS, by=sekcam)
    p = open_page_peringkat(acara, sekcam)
    sel = {
        (c.calon.pk, k["kode"]): (None, Decimal(max(1, 6 - c.isi.nomor)))
        for c in list_peserta(p)
        if c.layak
        for k in kriteria_of(p)
    }
    save_values(pemeringkatan=p, by=cast["pemandu"], cell=sel)
    fix_pemeringkatan(pemeringkatan=p, by=sekcam)
    advance_musrenbang(musrenbang=acara, dari=Tahap.PRIORITAS, ke=Tahap.DELEGASI, by=sekcam)
    for kursi, person in hadir:
        add_delegat(
            musrenbang=acara, kehadiran=person, unsur=kursi, kunci=uuid.uuid4(), by=sekcam, alasan_unsur=WAKIL_CAMAT
        )
    advance_musrenbang(musrenbang=acara, dari=Tahap.DELEGASI, ke=Tahap.PENANDATANGANAN, by=sekcam)
    issue_berita_acara(musrenbang=acara, by=sekcam)


def state_of(acara: Musrenbang) -> Any:
    """Return everything that the server holds of an event, and the names of all files."""
    content = event_document(acara)
    return {k: content[k] for k in ("tabel", "orang")}, _files("")


def _files(folder: str) -> list[str]:
    try:
        anak, berkas = default_storage.listdir(folder)
    except FileNotFoundError:
        return []
    return sorted([folder + b for b in berkas] + [n for a in anak for n in _files(f"{folder}{a}/")])


def rechain(content: dict[str, Any], izin: dict[str, Any]) -> None:
    """Hash the trail again after it was changed, as a forger with the laptop's key would."""
    tip = read_izin(izin).ujung
    for b in sorted(content["tabel"]["jejak_audit"], key=lambda b: b["id"]):
        b["sebelum"] = tip
        tip = b["sidik"] = link(from_data("jejak_audit", b), tip)
    content["tabel"]["acara"][0]["sidik_jejak"] = tip
