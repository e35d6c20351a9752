"""What the meeting decides so that a ranking can be fixed: ties that matter, and lists of one candidate."""

from django.db import transaction
from django.db.models import F

from musrenbang import audit
from musrenbang.models import Pengguna
from musrenbang.transisi import Refused
from rkp.prioritas.models import Calon, Pemeringkatan, Pemungutan, StatusPemungutan
from rkp.prioritas.queries.board import board
from rkp.prioritas.queries.candidates import list_peserta
from rkp.prioritas.queries.suara import title_of
from rkp.prioritas.services.kunci import lock_open, reason


@transaction.atomic
def settle_tie(*, pemeringkatan: Pemeringkatan, by: Pengguna, urut: dict[int, int], alasan: str) -> None:
    """Record the meeting's order among works of equal score: {row: place}, with the reason (MPD-27).

    One group at a time, with places of its own. Raises Refused when the works are no such group (any more):
    one that is open now, or one that the meeting decided already and orders anew.
    """
    current, p = lock_open(pemeringkatan)
    alasan = reason(alasan, "Tuliskan bagaimana sidang memutus skor yang sama ini.")
    calon = {c.baris_id: c for c in Calon.objects.filter(pemeringkatan=p).select_related("baris")}
    if not urut or set(urut) - set(calon) or len(set(urut.values())) < len(urut):
        raise Refused("Isi urutan yang berbeda untuk setiap kegiatan kelompok ini. Belum ada yang disimpan.")
    boards = board(p)
    open_ones = [{boards.keyed_by_code[k].calon.baris_id for k in one} for one in boards.terbuka]
    if set(urut) not in open_ones and any(calon[b].putusan is None for b in urut):
        raise Refused("Kegiatan itu tidak lagi berskor sama. Muat ulang halaman; belum ada yang disimpan.")
    for baris, place in urut.items():
        Calon.objects.filter(pk=calon[baris].pk).update(putusan=place, alasan_putusan=alasan)
    audit.record(
        musrenbang=current,
        by=by,
        aksi="prioritas.seri_diputus",
        objek=p,
        alasan=alasan,
        rincian={f"No. {calon[b].kode}": place for b, place in urut.items()},
    )


@transaction.atomic
def pass_over(*, pemeringkatan: Pemeringkatan, by: Pengguna, daftar: str, alasan: str) -> None:
    """Leave a list of one candidate out of the ranking, with the reason that is printed; a blank reason takes it back.

    Raises Refused for a list on which there is something to vote about, and for one that was voted on.
    """
    current, p = lock_open(pemeringkatan)
    if daftar not in {d["kode"] for d in p.aturan["daftar"]}:
        raise Refused("Pilih daftarnya.")
    nama, back = title_of(p, daftar), not alasan.strip() and daftar in p.dilewati
    if not back:
        alasan = reason(alasan, f"Tuliskan mengapa daftar {nama} dilewati; alasan itu dicetak di Berita Acara.")
        competing = sum(c.layak for c in list_peserta(p) if c.calon.daftar == daftar)
        if competing > 1 or Pemungutan.objects.filter(pemeringkatan=p, daftar=daftar).exclude(
            status=StatusPemungutan.DIBATALKAN
        ):
            raise Refused(f"Daftar {nama} punya {competing} calon, jadi diperingkat seperti biasa.")
    new = {k: v for k, v in p.dilewati.items() if k != daftar} | ({} if back else {daftar: alasan})
    Pemeringkatan.objects.filter(pk=p.pk).update(dilewati=new, versi=F("versi") + 1)
    audit.record(
        musrenbang=current,
        by=by,
        aksi="prioritas.daftar_dilewati",
        objek=p,
        alasan="" if back else alasan,
        ke="diperingkat" if back else "dilewati",
        rincian={"daftar": nama},
    )
