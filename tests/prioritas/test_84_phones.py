"""84 phones vote at once on two workers; the server is killed in the middle. Every vote counts exactly once."""

import random
import time

import pytest

from alur.periksa import broken_invariants
from musrenbang.models import Desa
from rkp.prioritas.models import SuratSuara
from rkp.prioritas.queries.suara import counted
from rkp.prioritas.services.candidates import add_candidate
from rkp.prioritas.services.pemilih import add_pemilih
from rkp.prioritas.services.suara import close_pemungutan, open_pemungutan
from rkp.prioritas.services.surat_suara import cast_ballot, mark_voted
from tests.conftest import open_page_peringkat
from tests.prioritas.conftest import LONGGAR, delegasi
from tests.prioritas.phones import Phone, ServerProcess
from tests.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pemungutan(acara, fixed_event, cast):
    """14 desa with six delegates each, one list of five works."""
    by = cast["pak_sekcam"]
    for i in range(3, 14):
        Desa.objects.create(kode=f"52.03.04.21{i:02d}", nama=f"Desa {i}", kecamatan=acara.kecamatan)
    for desa in Desa.objects.filter(kecamatan=acara.kecamatan):
        person = delegasi(acara, by, desa)
        add_pemilih(musrenbang=acara, by=by, kehadiran=[h.pk for h in person])
    p = open_page_peringkat(acara, by, "mpd", daftar=[{"kode": "", "nama": "Semua", "porsi_maks": None}], **LONGGAR)
    add_candidate(pemeringkatan=p, by=by, baris=list(fixed_event.baris.values_list("pk", flat=True)), daftar="")
    return open_pemungutan(pemeringkatan=p, by=by, daftar="")


@pytest.fixture
def server_process(tmp_path):
    """The server of the phones, gone when the test ends."""
    one = ServerProcess(tmp_path)
    one.start()
    yield one
    one.kill()


def test_every_phone_counts_exactly_once_though_the_server_is_killed(acara, pemungutan, server_process, cast):
    dice = random.Random(84)
    telepon = [
        Phone(server_process.port, k.kode, dice.sample(pemungutan.calon, pemungutan.jumlah_pilihan))
        for k in pemungutan.kode.all()
    ]
    assert len(telepon) == 84
    beginning = time.monotonic()

    def one(i: int) -> bool:
        if i < 84:
            return telepon[i].vote(beginning + 60)
        while SuratSuara.objects.count() < 25:
            time.sleep(0.01)
        server_process.kill()
        server_process.start()
        return True

    assert all(at_once(85, one)), "within a minute, each is told that the vote is in"
    assert [t.ditolak for t in telepon if t.ditolak] == []
    surat = sorted(sorted(s) for s in SuratSuara.objects.values_list("pilihan", flat=True))
    assert surat == sorted(sorted(t.pilihan) for t in telepon), "none lost, none doubled, none changed"
    assert counted(pemungutan).hp == 84
    close_pemungutan(pemungutan=pemungutan, by=cast["pak_sekcam"])
    pemungutan.refresh_from_db()
    assert sum(pemungutan.hasil.values()) == 84 * pemungutan.jumlah_pilihan
    assert broken_invariants(acara) == []


def test_two_phones_and_the_desk_with_one_code(pemungutan, cast):
    """Two phones send with one code while the desk hands out paper: exactly one of them has it."""
    from musrenbang.transisi import Refused

    kode = list(pemungutan.kode.all()[:10])

    def one(i: int) -> int:
        finished = 0
        for k in kode:
            try:
                if i == 2:
                    mark_voted(pemungutan=pemungutan, kode=k.pk, cara="kertas", by=cast["bu_pmd"])
                else:
                    cast_ballot(kode=k, pilihan=pemungutan.calon[: pemungutan.jumlah_pilihan])
                finished += 1
            except Refused:
                pass
        return finished

    result = at_once(3, one)
    position = counted(pemungutan)
    assert sum(result) == position.sudah == 10
    assert position.surat_hp == position.hp


def test_closing_waits_for_ballots_under_way(pemungutan, cast):
    """Ballots arrive while the desk closes: what was accepted is counted, what came later was told so."""
    from musrenbang.transisi import Refused

    kode, rejected = list(pemungutan.kode.all()), []

    def one(i: int) -> int:
        if i == 4:
            while not SuratSuara.objects.exists():
                time.sleep(0.002)
            for _ in range(200):
                try:
                    close_pemungutan(pemungutan=pemungutan, by=cast["bu_pmd"])
                    return 0
                except Refused:
                    time.sleep(0.005)
            raise AssertionError("never closed")
        finished = 0
        for k in kode[i::4]:
            try:
                cast_ballot(kode=k, pilihan=pemungutan.calon[: pemungutan.jumlah_pilihan])
                finished += 1
            except Refused as reject:
                rejected.append(str(reject))
        return finished

    accepted = sum(at_once(5, one))
    assert set(rejected) <= {"Pemungutan suara ini sudah ditutup. Suara Anda tidak dikirim."}
    assert accepted + len(rejected) == 84
    pemungutan.refresh_from_db()
    assert sum(pemungutan.hasil.values()) == accepted * pemungutan.jumlah_pilihan
    assert counted(pemungutan).surat_hp == accepted
