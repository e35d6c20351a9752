"""Votes: opened, counted with their control totals, closed and called off."""

import random
import secrets

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from musrenbang import audit, transisi
from musrenbang.infra.codes import new_code
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.sebutan import sebutan
from musrenbang.transisi import Refused
from rkp.prioritas.eligibility import HALANG
from rkp.prioritas.engine.suara import picks
from rkp.prioritas.models import (
    MOVES_PEMUNGUTAN,
    Calon,
    KodeSelesai,
    KodeSuara,
    Pemeringkatan,
    Pemilih,
    Pemungutan,
    StatusPemungutan,
    SuratSuara,
)
from rkp.prioritas.queries.board import board
from rkp.prioritas.queries.candidates import list_peserta
from rkp.prioritas.queries.suara import (
    VotePosition,
    code_digest,
    counted,
    latest_vote,
    title_of,
    vote_quorum,
    voters_by_desa,
    votes_of,
)
from rkp.prioritas.services.kunci import lock_open, reason
from rkp.prioritas.services.surat_suara import lock_vote

PANJANG_KODE = 8


@transaction.atomic
def open_pemungutan(
    *, pemeringkatan: Pemeringkatan, by: Pengguna, daftar: str, seri: list[int] | None = None
) -> Pemungutan:
    """Open the vote on a list, or the run-off among the tied rows ``seri``, and give every delegate a code.

    Lists are voted on one after the other, SPP first (MPD-24); one of a single candidate needs no vote. Desa whose
    delegates break a blocking rule do not vote (MPD-18). Raises Refused when another vote runs, when nobody may vote,
    and when the list was voted on already.
    """
    current, p = lock_open(pemeringkatan)
    if p.aturan["metode"] != "suara" and not seri:
        raise Refused("Skema ini tidak memakai pemungutan suara.")
    if Pemungutan.objects.filter(pemeringkatan=p, status=StatusPemungutan.DIBUKA).exists():
        raise Refused("Masih ada pemungutan suara yang berlangsung. Tutup atau batalkan dahulu.")
    calon = sorted(seri) if seri else _ballot_rows(p, daftar)
    if seri:
        _check_tie(p, daftar, seri)
    pemilih = _voters(current, p)
    putaran = Pemungutan.objects.filter(pemeringkatan=p, daftar=daftar).aggregate(n=Max("putaran"))["n"] or 0
    tabel = [(t["usulan"], t["pilihan"]) for t in p.aturan["tabel_pilihan"]]
    pemungutan = Pemungutan.objects.create(
        pemeringkatan=p,
        daftar=daftar,
        putaran=putaran + 1,
        ulangan=bool(seri),
        rahasia=p.aturan["rahasia"],
        jumlah_pilihan=1 if seri else picks(len(calon), tabel),
        calon=calon,
    )
    KodeSuara.objects.bulk_create(
        KodeSuara(pemungutan=pemungutan, pemilih=one, kode=kode)
        for one, kode in zip(pemilih, _codes(len(pemilih)), strict=True)
    )
    audit.record(
        musrenbang=current,
        by=by,
        aksi="suara.dibuka",
        objek=pemungutan,
        rincian={"pemilih": len(pemilih), "calon": len(calon), "pilihan": pemungutan.jumlah_pilihan},
    )
    return pemungutan


def _ballot_rows(p: Pemeringkatan, daftar: str) -> list[int]:
    ordering = [d["kode"] for d in p.aturan["daftar"]]
    if daftar not in ordering:
        raise Refused("Pilih daftar yang dipungut suaranya.")
    already, peserta = latest_vote(p), list_peserta(p)
    if daftar in already:
        raise Refused("Daftar ini sudah dipungut suaranya. Batalkan dahulu dengan alasan bila harus diulang.")
    for earlier in ordering[: ordering.index(daftar)]:
        existing = sum(c.layak for c in peserta if c.calon.daftar == earlier)
        if existing > 1 and (earlier not in already or already[earlier].status != StatusPemungutan.DITUTUP):
            raise Refused(f"Daftar {title_of(p, earlier)} diselesaikan lebih dahulu.")
    calon = [c.calon.baris_id for c in peserta if c.calon.daftar == daftar and c.layak]
    if len(calon) < 2:
        raise Refused(
            "Sekurang-kurangnya dua calon yang memenuhi syarat untuk dipungut suaranya. Daftar dengan satu calon "
            "diperingkat tanpa pemungutan, atau dilewati dengan alasan."
        )
    return calon


def _check_tie(p: Pemeringkatan, daftar: str, seri: list[int]) -> None:
    boards = board(p)
    open_ones = [[boards.keyed_by_code[k].calon for k in one] for one in boards.terbuka]
    if not any({c.baris_id for c in one} == set(seri) and one[0].daftar == daftar for one in open_ones):
        raise Refused("Kegiatan itu tidak lagi berskor sama. Muat ulang halaman.")


def _voters(musrenbang: Musrenbang, p: Pemeringkatan) -> list[Pemilih]:
    desa = voters_by_desa(musrenbang, p.aturan)
    pemilih = [v for d in desa if not any(t.tingkat == HALANG for t in d.temuan) for v in d.pemilih]
    if not pemilih:
        raise Refused(f"Belum ada delegasi {sebutan.desa} yang boleh memilih. Isi daftar pemilih dahulu.")
    return pemilih


def _codes(jumlah: int) -> list[str]:
    """Random codes, none of them in use."""
    kode: set[str] = set()
    while len(kode) < jumlah:
        new = {new_code(PANJANG_KODE) for _ in range(jumlah - len(kode))}
        new -= set(KodeSuara.objects.filter(kode__in=new).values_list("kode", flat=True))
        old = {code_digest(k): k for k in new}  # the code of an ended vote is never given out again
        kode |= new - {old[s] for s in KodeSelesai.objects.filter(sidik__in=old).values_list("sidik", flat=True)}
    return sorted(kode, key=lambda _: secrets.randbits(32))


def control_faults(pemungutan: Pemungutan, position: VotePosition) -> list[str]:
    """Return every control total that does not agree; only an empty list lets a vote be closed."""
    k = {"edar": 0, "masuk": 0, "sah": 0, "suara": {}} | pemungutan.kertas
    jumlah, choose = sum(k["suara"].values()), pemungutan.jumlah_pilihan
    mistakes = []
    if position.surat_hp != position.hp:
        mistakes.append(f"Surat suara HP {position.surat_hp}, padahal {position.hp} delegasi memilih lewat HP.")
    if k["edar"] != position.kertas + position.tangan:
        mistakes.append(
            f"{position.kertas + position.tangan} delegasi ditandai memilih dengan kertas atau tangan, padahal "
            f"{k['edar']} "
            "surat diedarkan."
        )
    if not k["sah"] <= k["masuk"] <= k["edar"]:
        mistakes.append(
            "Surat sah tidak boleh melebihi yang masuk, dan yang masuk tidak boleh melebihi yang diedarkan."
        )
    if jumlah != k["sah"] * choose:
        mistakes.append(
            f"Jumlah suara kertas {jumlah}, seharusnya {k['sah']} surat sah × {choose} pilihan = {k['sah'] * choose}."
        )
    if any(n > k["sah"] for n in k["suara"].values()):
        mistakes.append("Satu kegiatan tidak dapat memperoleh suara lebih banyak dari surat yang sah.")
    return mistakes


@transaction.atomic
def close_pemungutan(*, pemungutan: Pemungutan, by: Pengguna, alasan_kuorum: str = "") -> Pemungutan:
    """Count and close. Raises Refused while a control total does not agree, when nobody has voted, and when too few
    have by the scheme's quorum, unless the meeting takes the result all the same (``alasan_kuorum``, printed).

    The ballots are written anew in a random order and the codes are wiped, so that not even the database can lay a
    ballot beside the code that it came with.
    """
    current, one = lock_vote(pemungutan)
    position = counted(one)
    wrong = control_faults(one, position)
    if wrong:
        raise Refused(" ".join(wrong))
    if not position.sudah:
        raise Refused("Belum ada yang memilih.")
    enough = vote_quorum(one, position)
    if not enough and len(alasan_kuorum.strip()) < 5:
        raise Refused(
            f"Baru {position.sudah} dari {position.pemilih} pemilih yang memilih, kurang dari kuorum skema ini. "
            "Tunggu, "
            "atau tuliskan alasan sidang menerima hasilnya; alasan itu dicetak di Berita Acara."
        )
    surat = list(SuratSuara.objects.filter(pemungutan=one).values_list("pilihan", flat=True))
    random.SystemRandom().shuffle(surat)
    SuratSuara.objects.filter(pemungutan=one).delete()
    SuratSuara.objects.bulk_create((SuratSuara(pemungutan=one, pilihan=p) for p in surat), batch_size=500)
    _wipe_codes(one)
    result = votes_of(one)
    Pemungutan.objects.filter(pk=one.pk).update(
        hasil={str(k): n for k, n in result.items()},
        ditutup_pada=timezone.now(),
        versi=F("versi") + 1,
        alasan_kuorum="" if enough else alasan_kuorum.strip(),
    )
    transisi.move(
        one,
        dari=StatusPemungutan.DIBUKA,
        ke=StatusPemungutan.DITUTUP,
        table=MOVES_PEMUNGUTAN,
        musrenbang=current,
        by=by,
        alasan="" if enough else alasan_kuorum.strip(),
        rincian={"memilih": position.sudah, "pemilih": position.pemilih, "suara": sum(result.values())},
    )
    if one.ulangan:
        _order_tied(one, result)
    one.refresh_from_db()
    return one


def _wipe_codes(pemungutan: Pemungutan) -> None:
    """Wipe the codes of a vote; what stays is a digest of each, which tells its bearer that the vote has ended."""
    kode = KodeSuara.objects.filter(pemungutan=pemungutan)
    digests = sorted((code_digest(k), way) for k, way in kode.values_list("kode", "cara") if k)
    KodeSelesai.objects.bulk_create(KodeSelesai(pemungutan=pemungutan, sidik=s, cara=way) for s, way in digests)
    kode.update(kode=None)


def _order_tied(pemungutan: Pemungutan, result: dict[int, int]) -> None:
    """A run-off orders the tied works by its votes; equal ones again stay open for the meeting's decision."""
    figures = sorted(set(result.values()), reverse=True)
    words = " : ".join(str(result[pk]) for pk in sorted(result, key=lambda k: -result[k]))
    for pk, n in result.items():
        Calon.objects.filter(pemeringkatan=pemungutan.pemeringkatan_id, baris=pk).update(
            putusan=figures.index(n) + 1, alasan_putusan=f"Pemungutan ulang {words}."
        )


@transaction.atomic
def cancel_pemungutan(*, pemungutan: Pemungutan, by: Pengguna, alasan: str) -> None:
    """Call a vote off with the reason; its ballots stay stored and count no more."""
    current, _ = lock_open(pemungutan.pemeringkatan)
    _call_off(current, pemungutan, by, reason(alasan, "Tuliskan mengapa pemungutan suara dibatalkan."))


def call_off_votes(*, musrenbang: Musrenbang, by: Pengguna, alasan: str) -> None:
    """Stepping back while a vote runs calls it off: its works may change, and no phone votes on in another stage."""
    opened = Pemungutan.objects.filter(pemeringkatan__musrenbang=musrenbang, status=StatusPemungutan.DIBUKA)
    for one in opened:
        _call_off(musrenbang, one, by, f"Sidang kembali ke {musrenbang.get_tahap_display()}: {alasan}"[:300])


def _call_off(current: Musrenbang, pemungutan: Pemungutan, by: Pengguna, alasan: str) -> None:
    one = Pemungutan.objects.select_for_update().get(pk=pemungutan.pk)
    transisi.move(
        one,
        dari=one.status,
        ke=StatusPemungutan.DIBATALKAN,
        table=MOVES_PEMUNGUTAN,
        musrenbang=current,
        by=by,
        alasan=alasan,
    )
    _wipe_codes(one)
    Pemungutan.objects.filter(pk=one.pk).update(alasan=alasan)
    if one.ulangan:
        Calon.objects.filter(pemeringkatan=one.pemeringkatan_id, baris__in=one.calon).update(
            putusan=None, alasan_putusan=""
        )
