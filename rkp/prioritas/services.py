"""Everything that changes the ranking."""

from django.db import transaction

from musrenbang import audit, transisi
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.queries import kriteria_for
from musrenbang.services import lock_musrenbang
from musrenbang.states import BOLEH_PRIORITAS
from musrenbang.transisi import Ditolak
from rkp.models import UsulanKelompok
from rkp.prioritas import queries
from rkp.prioritas.masukan import MasukanSalah
from rkp.prioritas.mesin import compute, digest
from rkp.prioritas.models import (
    MOVES_PEMERINGKATAN,
    Kriteria,
    Nilai,
    Pemeringkatan,
    PutusanSeri,
    StatusPemeringkatan,
)


@transaction.atomic
def open_pemeringkatan(
    *, musrenbang: Musrenbang, by: Pengguna, nama: str, pagu: int, kebijakan_sisa: str, bobot: dict[str, int]
) -> Pemeringkatan:
    """Write the rules down before anything is scored: programme, pagu (rupiah), rest policy, weights by code.

    Raises Ditolak when the weights do not add up to 100 or the ranking is open already.
    """
    kini = lock_musrenbang(musrenbang, BOLEH_PRIORITAS)
    _check_bobot(bobot)
    if Pemeringkatan.objects.filter(musrenbang=kini).exists():
        raise Ditolak("Pemeringkatan ini sudah dibuka. Muat ulang halaman.")
    pemeringkatan = Pemeringkatan.objects.create(musrenbang=kini, nama=nama, pagu=pagu, kebijakan_sisa=kebijakan_sisa)
    Kriteria.objects.bulk_create(
        Kriteria(pemeringkatan=pemeringkatan, kode=k["kode"], nama=k["nama"], bobot=bobot[k["kode"]])
        for k in kriteria_for(kini)
    )
    _take_group_scores(pemeringkatan)
    audit.catat(
        musrenbang=kini, by=by, aksi="prioritas.dibuka", objek=pemeringkatan,
        rincian={"pagu": pagu, "kebijakan_sisa": kebijakan_sisa, "bobot": bobot},
    )  # fmt: skip
    return pemeringkatan


def _take_group_scores(pemeringkatan: Pemeringkatan) -> None:
    """The groups scored on the same criteria: their scores are the start, each may still be changed."""
    calon = [c.asal_baris_id for c in queries.candidates(pemeringkatan.musrenbang)]
    kriteria = {k.kode: k for k in pemeringkatan.kriteria.all()}
    usulan = UsulanKelompok.objects.filter(baris__in=calon)
    Nilai.objects.bulk_create(
        (
            Nilai(baris_id=u.baris_id, kriteria=kriteria[kode], nilai=nilai)
            for u in usulan
            for kode, nilai in u.nilai.items()
            if kode in kriteria
        ),
        batch_size=500,
    )


@transaction.atomic
def change_aturan(
    *,
    musrenbang: Musrenbang,
    by: Pengguna,
    nama: str,
    pagu: int,
    kebijakan_sisa: str,
    bobot: dict[str, int],
    alasan: str,
) -> None:
    """Change the rules after scoring began; needs a reason, which goes to the trail and the Berita Acara."""
    kini = lock_musrenbang(musrenbang, BOLEH_PRIORITAS)
    _check_bobot(bobot)
    if len(alasan.strip()) < 5:
        raise Ditolak("Aturan yang sudah berjalan hanya dapat diubah dengan alasan. Tuliskan alasannya.")
    pemeringkatan = _lock_open(kini)
    lama = {k.kode: k.bobot for k in pemeringkatan.kriteria.all()}
    baru = {"nama": nama, "pagu": pagu, "kebijakan_sisa": kebijakan_sisa}
    rincian = audit.beda({k: getattr(pemeringkatan, k) for k in baru}, baru) | audit.beda(lama, bobot)
    if not rincian:
        return
    Pemeringkatan.objects.filter(pk=pemeringkatan.pk).update(**baru)
    for kode, persen in bobot.items():
        pemeringkatan.kriteria.filter(kode=kode).update(bobot=persen)
    audit.catat(
        musrenbang=kini,
        by=by,
        aksi="prioritas.aturan_diubah",
        objek=pemeringkatan,
        alasan=alasan.strip(),
        rincian=rincian,
    )


@transaction.atomic
def save_nilai(
    *, musrenbang: Musrenbang, by: Pengguna, sel: dict[tuple[int, int], tuple[int | None, int | None]]
) -> int:
    """Save score cells and return how many changed.

    ``sel`` maps (row, criterion) to (score seen when the page was opened, new score 1..5 or None). Only cells that
    the person changed are written; one that somebody else changed meanwhile is refused, nothing is saved.
    """
    kini = lock_musrenbang(musrenbang, BOLEH_PRIORITAS)
    pemeringkatan = _lock_open(kini)
    calon = {c.asal_baris_id: c for c in queries.candidates(kini)}
    kriteria = {k.pk: k for k in pemeringkatan.kriteria.all()}
    ada = queries.scores(pemeringkatan)
    rincian: dict[int, dict[str, list[str | None]]] = {}
    for (baris, kri), (lama, baru) in sel.items():
        if lama == baru or baris not in calon or kri not in kriteria:
            continue
        kini_nilai = ada.get(baris, {}).get(kri)
        if kini_nilai not in (lama, baru):
            raise Ditolak(
                f"Skor {kriteria[kri].nama} untuk no. {calon[baris].nomor} baru saja diisi orang lain dengan "
                f"{kini_nilai}. Belum ada skor Anda yang disimpan; bandingkan, lalu simpan lagi."
            )
        if baru is None:
            Nilai.objects.filter(baris=baris, kriteria=kri).delete()
        else:
            Nilai.objects.update_or_create(baris_id=baris, kriteria_id=kri, defaults={"nilai": baru})
        rincian.setdefault(baris, {})[kriteria[kri].nama] = [_teks(kini_nilai), _teks(baru)]
    for baris, beda in rincian.items():
        audit.catat(musrenbang=kini, by=by, aksi="prioritas.dinilai", objek=calon[baris].asal_baris, rincian=beda)
    return sum(len(beda) for beda in rincian.values())


@transaction.atomic
def settle_seri(*, musrenbang: Musrenbang, by: Pengguna, urut: dict[int, int], alasan: str) -> None:
    """Record the meeting's order among works of equal score: {row: place}, with the reason."""
    kini = lock_musrenbang(musrenbang, BOLEH_PRIORITAS)
    pemeringkatan = _lock_open(kini)
    if len(alasan.strip()) < 5:
        raise Ditolak("Tuliskan bagaimana sidang memutus nilai yang sama ini.")
    calon = {c.asal_baris_id: c for c in queries.candidates(kini)}
    if not urut or set(urut) - set(calon) or len(set(urut.values())) != len(urut):
        raise Ditolak("Isi urutan yang berbeda untuk setiap kegiatan yang nilainya sama.")
    for baris, tempat in urut.items():
        PutusanSeri.objects.update_or_create(
            pemeringkatan=pemeringkatan, baris_id=baris, defaults={"urut": tempat, "alasan": alasan.strip()}
        )
    audit.catat(
        musrenbang=kini, by=by, aksi="prioritas.seri_diputus", objek=pemeringkatan, alasan=alasan.strip(),
        rincian={f"No. {calon[b].nomor}": tempat for b, tempat in urut.items()},
    )  # fmt: skip


@transaction.atomic
def fix_pemeringkatan(*, musrenbang: Musrenbang, by: Pengguna) -> Pemeringkatan:
    """Compute once more and freeze input and result with their hashes."""
    kini = lock_musrenbang(musrenbang, BOLEH_PRIORITAS)
    pemeringkatan = _lock_open(kini)
    masukan = queries.build_masukan(pemeringkatan, queries.candidates(kini), queries.scores(pemeringkatan))
    if not masukan["usulan"]:
        raise Ditolak("Belum ada kegiatan disepakati yang dapat diperingkat.")
    try:
        hasil = compute(masukan)
    except MasukanSalah as salah:
        raise Ditolak(f"Peringkat belum dapat ditetapkan. {salah}") from salah
    Pemeringkatan.objects.filter(pk=pemeringkatan.pk).update(
        masukan=masukan, hasil=hasil, sha256_masukan=digest(masukan), sha256_hasil=digest(hasil)
    )
    transisi.move(
        pemeringkatan, dari=StatusPemeringkatan.DRAF, ke=StatusPemeringkatan.DITETAPKAN, table=MOVES_PEMERINGKATAN,
        musrenbang=kini, by=by,
        rincian={"sha256_masukan": digest(masukan), "sha256_hasil": digest(hasil), **hasil["ringkasan"]},
    )  # fmt: skip
    pemeringkatan.refresh_from_db()
    return pemeringkatan


@transaction.atomic
def reopen_pemeringkatan(*, musrenbang: Musrenbang, by: Pengguna, alasan: str) -> None:
    """Open a fixed ranking again when the event steps back; the trail keeps the hashes of what was fixed."""
    pemeringkatan = Pemeringkatan.objects.select_for_update().filter(musrenbang=musrenbang).first()
    if pemeringkatan is None or pemeringkatan.status == StatusPemeringkatan.DRAF:
        return
    transisi.move(
        pemeringkatan, dari=StatusPemeringkatan.DITETAPKAN, ke=StatusPemeringkatan.DRAF, table=MOVES_PEMERINGKATAN,
        musrenbang=musrenbang, by=by, alasan=alasan,
        rincian={"sha256_masukan": pemeringkatan.sha256_masukan, "sha256_hasil": pemeringkatan.sha256_hasil},
    )  # fmt: skip
    Pemeringkatan.objects.filter(pk=pemeringkatan.pk).update(
        masukan=None, hasil=None, sha256_masukan="", sha256_hasil=""
    )


def _lock_open(musrenbang: Musrenbang) -> Pemeringkatan:
    pemeringkatan = Pemeringkatan.objects.select_for_update().filter(musrenbang=musrenbang).first()
    if pemeringkatan is None:
        raise Ditolak("Pemeringkatan belum dibuka. Isi dahulu program, pagu, dan bobotnya.")
    if pemeringkatan.status != StatusPemeringkatan.DRAF:
        raise Ditolak("Peringkat sudah ditetapkan. Buka kembali dahulu bila harus diubah.")
    return pemeringkatan


def _check_bobot(bobot: dict[str, int]) -> None:
    jumlah = sum(bobot.values())
    if jumlah != 100 or any(b < 1 for b in bobot.values()):
        raise Ditolak(f"Jumlah bobot harus tepat 100% (sekarang {jumlah}%), dan setiap kriteria sekurang-kurangnya 1%.")


def _teks(nilai: int | None) -> str | None:
    return None if nilai is None else str(nilai)
