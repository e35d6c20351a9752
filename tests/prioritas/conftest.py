"""A hall of delegates, and a ranking by votes."""

from types import SimpleNamespace

from musrenbang.models import Desa
from rkp.prioritas.models import Pemungutan
from rkp.prioritas.queries.board import board
from rkp.prioritas.services.candidates import add_candidate
from rkp.prioritas.services.pemilih import add_pemilih
from rkp.prioritas.services.suara import open_pemungutan
from rkp.prioritas.services.surat_suara import cast_ballot
from tests.conftest import open_page_peringkat, record_attendance
from tests.snapshot import snapshot

LONGGAR = {
    "max_usulan_desa": None,
    "satu_per_asal": False,
    "wajib_swadaya": False,
    "wajib_verifikasi": False,
    "wajib_rab": False,
    "jenis_diizinkan": [],
    "kuorum_pemilih": "0",
}


def delegasi(acara, by, desa, perempuan=3, jumlah=6):
    """Note delegates of a desa as present and return them."""
    hadir = []
    for i in range(jumlah):
        h = record_attendance(acara, by, f"{desa.nama} {i}", "delegasi_desa", "P" if i < perempuan else "L")
        type(h).objects.filter(pk=h.pk).update(desa=desa)
        h.refresh_from_db()
        hadir.append(h)
    return hadir


def choose(kode, *baris):
    """Cast a ballot by phone."""
    cast_ballot(kode=kode, pilihan=list(baris))


@snapshot
def voting_event(acara, fixed_event, cast):
    """A PNPM ranking with two SPP and three other works, and 18 delegates of three desa."""
    by = cast["pak_sekcam"]
    p = open_page_peringkat(acara, by, "mpd", **LONGGAR)
    baris = {b.nomor: b.pk for b in fixed_event.baris.all()}
    add_candidate(pemeringkatan=p, by=by, baris=[baris[2], baris[4]], daftar="SPP")
    add_candidate(pemeringkatan=p, by=by, baris=[baris[1], baris[3], baris[6]], daftar="NON_SPP")
    for desa in Desa.objects.filter(kecamatan=acara.kecamatan):
        person = delegasi(acara, by, desa)
        add_pemilih(musrenbang=acara, by=by, kehadiran=[h.pk for h in person])
    return SimpleNamespace(p=p, by=by, baris=baris, acara=acara)


@snapshot
def spp(voting_event):
    """The vote on the SPP list, open. Each ballot names both works, so that votes can tie in all ways."""
    v = open_pemungutan(pemeringkatan=voting_event.p, by=voting_event.by, daftar="SPP")
    Pemungutan.objects.filter(pk=v.pk).update(jumlah_pilihan=2)
    v.refresh_from_db()
    return v


def result(p):
    """Return {number: votes or score} of the board."""
    return {u.isi.nomor: u.skor for u in board(p).urutan}
