"""The delegates who may vote: put on the list and taken off it."""

from collections.abc import Iterable

from musrenbang import audit
from musrenbang.kunci import allowed_in
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.sebutan import sebutan
from musrenbang.sidang.models import Kehadiran
from musrenbang.sidang.queries.sesi import present
from musrenbang.transisi import Refused
from rkp.prioritas.izin import BOLEH_PEMILIH
from rkp.prioritas.models import (
    Pemilih,
)


@allowed_in(BOLEH_PEMILIH)
def add_pemilih(*, musrenbang: Musrenbang, by: Pengguna, kehadiran: Iterable[int]) -> list[Pemilih]:
    """Make people present delegates of the desa they came for; return those who were not yet.

    Raises Refused for a stand-in without a letter (MPD-19), for somebody who came for no desa, and for who is not there
    in the sitting that runs.
    """
    new = []
    for h in Kehadiran.objects.filter(musrenbang=musrenbang, pk__in=list(kehadiran), pemilih=None).select_related(
        "desa"
    ):
        check_attends(musrenbang, h)
        if h.desa_id is None:
            raise Refused(f"{h.nama} tidak tercatat mewakili {sebutan.desa}, jadi tidak dapat menjadi pemilih.")
        if h.mewakili and not h.bersurat:
            raise Refused(
                f"{h.nama} menggantikan {h.mewakili} tanpa surat kuasa, jadi tidak punya hak suara. "
                "Catat suratnya di halaman kehadiran bila sudah dibawa."
            )
        pemilih = Pemilih.objects.create(musrenbang=musrenbang, desa_id=h.desa_id, kehadiran=h)
        audit.record(musrenbang=musrenbang, by=by, aksi="pemilih.ditambah", objek=pemilih)
        new.append(pemilih)
    return new


def check_attends(musrenbang: Musrenbang, hadir: Kehadiran) -> None:
    """Raise Refused when somebody is not there in the sitting that runs."""
    if not present(musrenbang).filter(pk=hadir.pk).exists():
        raise Refused(
            f"{hadir.nama} tidak tercatat hadir di sesi ini, jadi tidak memilih. Catat kehadirannya dahulu. Tidak ada "
            "yang disimpan."
        )


@allowed_in(BOLEH_PEMILIH, of="pemilih.musrenbang")
def remove_pemilih(*, pemilih: Pemilih, by: Pengguna) -> None:
    """Take a delegate off the list of voters; one who holds a code of a vote stays."""
    current = pemilih.musrenbang
    if pemilih.kode.exists():
        raise Refused(f"{pemilih.kehadiran.nama} sudah terdaftar di pemungutan suara, jadi tidak dapat dikeluarkan.")
    audit.record(musrenbang=current, by=by, aksi="pemilih.dikeluarkan", objek=pemilih)
    pemilih.delete()
