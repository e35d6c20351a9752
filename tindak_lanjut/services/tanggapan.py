"""What an SKPD answers to the works that were sent to it."""

import re
from typing import Any

from django.db import transaction

from musrenbang import audit
from musrenbang.kunci import allowed_in
from musrenbang.labels import spellings
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.plausible import NeedsConfirmation, check_jumlah
from musrenbang.sebutan import sebutan
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from tindak_lanjut.izin import BOLEH_TANGGAPAN
from tindak_lanjut.models import Answer, Pilahan, StatusPilahan, Tanggapan
from tindak_lanjut.services.dispatch import receive_works
from tindak_lanjut.services.pemilahan import requeue_pilahan

KEPALA_TABEL = (
    "Kecamatan",
    "Tahun rencana",
    "No. RKP",
    "Jawaban",
    "Jumlah Renja (Rp)",
    "Kode Renja",
    "Alasan",
    "Versi",
)
KOLOM = ("jawaban", "alasan", "jumlah", "renja")


@allowed_in(BOLEH_TANGGAPAN, of="pilahan.musrenbang")
def answer_work(
    *,
    pilahan: Pilahan,
    versi: int,
    by: Pengguna,
    jawaban: str,
    alasan: str = "",
    jumlah: int | None = None,
    renja: str = "",
    dipastikan: int | None = None,
) -> Tanggapan | None:
    """Store the answer of the SKPD that a work was given to; None for "not ours", which sends it back to the queue.

    ``versi``: the version of the answer that the person saw, 0 when there was none. ``jumlah`` in rupiah. Raises
    Refused without a reason where one is needed, for a part that is not smaller than what was asked, for a stale
    page, and for "not ours" once the sorting is over; NeedsConfirmation for an amount far above what the work costs,
    unless ``dipastikan`` is that amount.
    """
    current = pilahan.musrenbang
    one = (
        Pilahan.objects.select_for_update(of=("self",))
        .select_related("baris", "skpd", "musrenbang", "pengiriman")
        .get(pk=pilahan.pk)
    )
    if one.status != StatusPilahan.DITETAPKAN or one.skpd_id != pilahan.skpd_id or one.skpd is None:
        raise Refused(f"No. {one.baris.nomor} tidak lagi ditujukan kepada {sebutan.skpd} Anda. Muat ulang halaman.")
    nilai: dict[str, Any] = {"jawaban": jawaban, "alasan": alasan.strip(), "jumlah": jumlah, "renja": renja.strip()}
    _check(one, nilai)
    old = Tanggapan.objects.filter(pilahan=one).first()
    if old and all(getattr(old, k) == nilai[k] for k in KOLOM):
        return old
    times = check_jumlah(
        jumlah,
        one.baris.biaya,
        kolom="jumlah",
        what=f"No. {one.baris.nomor}, jumlah dalam Renja",
        acuan_words="yang disepakati",
        dipastikan=dipastikan,
    )
    if (old.versi if old else 0) != versi:
        raise Refused(f"No. {one.baris.nomor} sudah dijawab orang lain: {old.get_jawaban_display() if old else '-'}.")
    if jawaban == Answer.TIDAK_TERKAIT:
        _not_ours(current, one, by, nilai["alasan"], old)
        return None
    if one.pengiriman:
        receive_works(pengiriman=one.pengiriman, by=by)
    details = audit.diff({k: getattr(old, k, None) for k in KOLOM}, nilai)
    if times:
        details["dipastikan"] = ["", times]
    new, _ = Tanggapan.objects.update_or_create(
        pilahan=one, defaults=nilai | {"skpd": one.skpd, "oleh": by, "versi": versi + 1}
    )
    _record(one, by, old.jawaban if old else "", new, details)
    return new


def _record(pilahan: Pilahan, by: Pengguna, dari: str, new: Tanggapan, rincian: dict[str, Any]) -> None:
    audit.record(
        musrenbang=pilahan.musrenbang,
        by=by,
        aksi="tanggapan.diberikan",
        objek=pilahan.baris,
        dari=dari,
        ke=new.jawaban,
        alasan=new.alasan,
        rincian=rincian | {"skpd": str(pilahan.skpd)},
    )


def _check(one: Pilahan, nilai: dict[str, Any]) -> None:
    if nilai["jawaban"] not in Answer.values:
        raise Refused("Pilih jawabannya.")
    if nilai["jawaban"] != Answer.DIAKOMODIR and len(nilai["alasan"]) < 5:
        raise Refused(f"No. {one.baris.nomor}: tuliskan alasannya, agar {sebutan.desa} tahu mengapa.")
    if nilai["jumlah"] is not None and nilai["jumlah"] <= 0:
        raise Refused(f"No. {one.baris.nomor}: jumlah rupiah harus lebih dari nol, atau kosongkan.")
    origin = one.diminta
    if nilai["jawaban"] == Answer.SEBAGIAN and origin and nilai["jumlah"] and nilai["jumlah"] >= origin:
        raise Refused(f"No. {one.baris.nomor}: “sebagian” harus kurang dari yang diusulkan. Pilih “Diakomodasi”.")


def _not_ours(current: Musrenbang, one: Pilahan, by: Pengguna, alasan: str, old: Tanggapan | None) -> None:
    if current.tahap != Tahap.PEMILAHAN:
        raise Refused(
            f"Pemilahan sudah selesai. Sampaikan kepada {sebutan.bappeda} bahwa kegiatan ini bukan urusan "
            f"{sebutan.skpd} Anda."
        )
    if old:
        old.delete()
    requeue_pilahan(pilahan=one, by=by, alasan=f"{one.skpd}: {alasan}", bukan=True)


@transaction.atomic
def answer_many(
    *, pilahan: list[Pilahan], by: Pengguna, jawaban: str, alasan: str = "", renja: str = "", persen: int | None = None
) -> tuple[int, list[int]]:
    """Give the same answer to the works that have none yet, all or none of them.

    Return how many got it, and the numbers of those whose amount stays open although a share was given: nobody knows
    what they asked for.

    ``persen``: the share of what each work asked for that is taken into the Renja (1 to 100, in whole rupiah, rounded
    down); None leaves the amounts open. Raises Refused with the first work that cannot be answered so.
    """
    if persen is not None and not 1 <= persen <= 100:
        raise Refused("Bagian dari yang diusulkan diisi 1 sampai 100 persen, atau dikosongkan.")
    jumlah, unpriced = 0, []
    for p in pilahan:
        if Tanggapan.objects.filter(pilahan=p).exists():
            continue
        entered = jawaban in (Answer.DIAKOMODIR, Answer.SEBAGIAN)
        rupiah = (p.diminta or 0) * (persen or 0) // 100 if entered else 0
        answer_work(pilahan=p, versi=0, by=by, jawaban=jawaban, alasan=alasan, jumlah=rupiah or None, renja=renja)
        jumlah += 1
        unpriced += [p.baris.nomor] if entered and persen and p.diminta is None else []
    return jumlah, unpriced


@transaction.atomic
def answer_table(
    *, pilahan: list[Pilahan], by: Pengguna, baris: list[tuple[int, dict[str, Any]]], dipastikan: bool = False
) -> tuple[int, int]:
    """Store the answers of a table that was filled in outside: all of it, or nothing. Return (changed, unchanged).

    ``baris``: (row of the sheet, {heading: value}) with the headings ``KEPALA_TABEL``; a row without an answer is left
    alone. ``dipastikan``: the person looked at amounts far above the cost. Raises Refused with what is wrong.
    """
    known = {(p.musrenbang.kecamatan.nama.lower(), p.musrenbang.tahun_rencana, p.baris.nomor): p for p in pilahan}
    words = {text: j.value for j in Answer for text in (*spellings(j.label), j.value)}
    # Tables that were given out by earlier versions say "diakomodir".
    words |= {text.replace("diakomodasi", "diakomodir"): value for text, value in words.items()}
    changed = fixed = 0
    errors = []
    for nomor, content in baris:
        if content["Jawaban"] is None:
            continue
        before = changed
        try:
            p, nilai = _from_table(content, known, words)
            old = Tanggapan.objects.filter(pilahan=p).values_list("versi", flat=True).first()
            new = answer_work(pilahan=p, by=by, dipastikan=nilai["jumlah"] if dipastikan else None, **nilai)
            changed += new is None or new.versi != old
        except Refused as error:
            errors.append(f"Baris {nomor}: {error}")
        except NeedsConfirmation as failure:
            errors.append(
                f"Baris {nomor}: {failure} Bila benar, centang “Jumlah besar sudah diperiksa” saat mengunggah."
            )
        fixed += changed == before
    if errors:
        raise Refused(" ".join(errors[:10]) + " Tidak ada yang disimpan.")
    return changed, fixed


def _from_table(
    content: dict[str, Any], recognise: dict[tuple[str, int, int], Pilahan], words: dict[str, str]
) -> tuple[Pilahan, dict[str, Any]]:
    kecamatan = str(content["Kecamatan"] or "").lower().removeprefix("kecamatan ").strip()
    tahun, nomor = (_whole(content[k], k) or 0 for k in ("Tahun rencana", "No. RKP"))
    p = recognise.get((kecamatan, tahun, nomor))
    if p is None:
        raise Refused(
            f"usulan No. {nomor} {sebutan.Kecamatan} {content['Kecamatan']} rencana {tahun} tidak ada di daftar Anda."
        )
    answer = words.get(str(content["Jawaban"]).lower().strip())
    if answer is None:
        raise Refused(f"jawaban “{content['Jawaban']}” tidak dikenal; pakai {', '.join(j.label for j in Answer)}.")
    return p, {
        "jawaban": answer,
        "alasan": str(content["Alasan"] or "")[:500],
        "renja": str(content["Kode Renja"] or "")[:60],
        "jumlah": _whole(content["Jumlah Renja (Rp)"], "Jumlah Renja"),
        "versi": _whole(content["Versi"], "Versi") or 0,
    }


def _whole(nilai: Any, nama: str) -> int | None:
    if nilai is None:
        return None
    text = str(nilai).removesuffix(".0").replace(".", "").replace("Rp", "").strip()
    if not re.fullmatch(r"[0-9]{1,15}", text):
        raise Refused(f"{nama} “{nilai}” bukan bilangan.")
    return int(text)
