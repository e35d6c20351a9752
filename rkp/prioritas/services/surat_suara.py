"""Ballots by phone, on paper and by raised hands. Every delegate votes once."""

from django.db import transaction
from django.db.models import F

from musrenbang import audit
from musrenbang.kunci import check_here, lock_musrenbang
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.sidang.queries.sesi import adjourned, present
from musrenbang.states import KAPAN_SAJA
from musrenbang.transisi import Refused
from rkp.prioritas.engine.suara import ballot_fault
from rkp.prioritas.izin import BOLEH_PRIORITAS
from rkp.prioritas.models import (
    KodeSuara,
    Pemungutan,
    StatusPemungutan,
    SuratSuara,
    VotingWay,
)
from rkp.prioritas.queries.suara import (
    counted,
)
from rkp.prioritas.services.kunci import BAGIAN, lock_open
from rkp.prioritas.services.pemilih import check_attends

TERPAKAI = {
    VotingWay.HP: "Kode ini sudah dipakai: suara Anda sudah masuk kotak dan dihitung satu kali. Tidak ada yang perlu "
    "diulang.",
    VotingWay.KERTAS: "Kode ini sudah ditukar di meja dengan surat suara kertas, jadi tidak berlaku di HP. Suara Anda "
    "dihitung dari kertas itu.",
    VotingWay.TANGAN: "Di meja dicatat bahwa Anda memilih dengan angkat tangan, jadi kode ini tidak berlaku di HP.",
}
"""What the bearer of a code that was spent is told, by the way it was spent."""


@transaction.atomic
def cast_ballot(*, kode: KodeSuara, pilihan: list[int]) -> None:
    """Put a ballot into the box and spend its code, both or neither.

    The lock on the event makes taking it to the hall wait for ballots under way, the lock on the vote makes closing
    wait; the swap on the code makes a second tap, a second phone and paper afterwards harmless. Raises Refused with the
    reason.
    """
    acara = lock_musrenbang(kode.pemungutan.pemeringkatan.musrenbang, KAPAN_SAJA, carried=True)
    if acara.dibawa_pada:  # a ballot stored here now would be overwritten when the hall brings its ballots home
        raise Refused(
            "Pemungutan suara ini sekarang berjalan di laptop aula. Suara Anda tidak dikirim; pindai kode QR di aula."
        )
    check_here(acara)
    pemungutan = Pemungutan.objects.select_for_update().get(pk=kode.pemungutan_id)
    way = KodeSuara.objects.filter(pk=kode.pk).values_list("cara", flat=True).get()
    if way:
        raise Refused(TERPAKAI[VotingWay(way)])
    if pemungutan.status != StatusPemungutan.DIBUKA:
        raise Refused("Pemungutan suara ini sudah ditutup. Suara Anda tidak dikirim.")
    if adjourned(acara):
        raise Refused("Sidang sedang diskors. Suara Anda tidak dikirim; kirim lagi sesudah sidang dilanjutkan.")
    if not present(acara).filter(pemilih=kode.pemilih_id).exists():
        raise Refused(
            "Anda belum tercatat hadir di sesi ini. Suara Anda tidak dikirim; lapor dahulu ke meja daftar hadir."
        )
    defects = ballot_fault([str(p) for p in pilihan], [str(c) for c in pemungutan.calon], pemungutan.jumlah_pilihan)
    if defects:
        raise Refused(defects)
    if not KodeSuara.objects.filter(pk=kode.pk, cara="").update(cara=VotingWay.HP):
        raise Refused(TERPAKAI[VotingWay.HP])
    SuratSuara.objects.create(pemungutan=pemungutan, pilihan=sorted(pilihan))


def lock_vote(pemungutan: Pemungutan) -> tuple[Musrenbang, Pemungutan]:
    """Lock the event and an open vote; return both anew. Raises Refused once the vote is closed."""
    current, _ = lock_open(pemungutan.pemeringkatan, BOLEH_PRIORITAS)
    one = Pemungutan.objects.select_for_update().get(pk=pemungutan.pk)
    if one.status != StatusPemungutan.DIBUKA:
        raise Refused("Pemungutan suara ini sudah ditutup. Muat ulang halaman.")
    return current, one


@transaction.atomic
def mark_voted(*, pemungutan: Pemungutan, kode: int, cara: str, by: Pengguna) -> KodeSuara:
    """Note that a delegate votes on paper or by hand, or take that back (``cara`` empty).

    A code spent by phone stays spent; one noted as paper no longer works on a phone.
    """
    current, one = lock_vote(pemungutan)
    if cara not in {"", VotingWay.KERTAS, VotingWay.TANGAN}:
        raise Refused("Pilih kertas atau angkat tangan.")
    if cara == VotingWay.TANGAN and one.rahasia:
        raise Refused("Pemungutan ini rahasia, jadi tidak dengan angkat tangan.")
    own = KodeSuara.objects.filter(pemungutan=one).select_related("pemilih__kehadiran", "pemilih__desa")
    result = own.filter(pk=kode).first()
    if result is None:
        raise Refused("Orang itu bukan pemilih di pemungutan ini. Muat ulang halaman. Tidak ada yang dicatat.")
    if cara:
        check_attends(current, result.pemilih.kehadiran)
    if not own.filter(pk=kode).exclude(cara=VotingWay.HP).update(cara=cara):
        raise Refused(
            f"{result.pemilih.kehadiran.nama} sudah memilih lewat HP; surat suara kertas tidak diberikan lagi."
        )
    result.cara = cara
    audit.record(musrenbang=current, by=by, aksi="suara.ditandai", objek=result.pemilih, ke=cara)
    return result


@transaction.atomic
def save_paper(
    *, pemungutan: Pemungutan, by: Pengguna, versi: int, edar: int, masuk: int, sah: int, suara: dict[int, int]
) -> None:
    """Store what was counted by hand: ballots given out, in the box, valid, and votes by row key."""
    current, one = lock_vote(pemungutan)
    if set(suara) - set(one.calon):
        raise Refused("Ada kegiatan yang bukan calon pemungutan ini. Muat ulang halaman.")
    position = counted(one)
    allowed = position.pemilih - position.hp
    if max(edar, masuk, sah, *suara.values(), 0) > allowed:
        raise Refused(
            f"Surat kertas paling banyak {allowed}: ada {position.pemilih} pemilih, {position.hp} sudah memilih lewat "
            "HP. Periksa hitungannya; belum ada yang disimpan."
        )
    content = {"edar": edar, "masuk": masuk, "sah": sah, "suara": {str(k): n for k, n in sorted(suara.items())}}
    if one.kertas == content:
        return
    if not Pemungutan.objects.filter(pk=one.pk, versi=versi).update(kertas=content, versi=F("versi") + 1):
        raise Refused(audit.stale(one, BAGIAN))
    details = audit.diff({"kertas": one.kertas}, {"kertas": content})
    audit.record(musrenbang=current, by=by, aksi="suara.kertas", objek=one, rincian=details)
