"""Choosing delegates: by acclamation, by a count, replacing one, and what composition is wanted."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max

from delegasi import queries
from delegasi.izin import BOLEH_ATUR_DELEGASI, BOLEH_DELEGASI, BOLEH_GANTI_DELEGAT
from delegasi.komposisi import KURSI, NAMA, Tally, count_faults, elect, seat_fault
from delegasi.models import MOVES_HITUNGAN, Delegat, PemilihanDelegat, PengaturanDelegasi, TallyStatus
from musrenbang import audit, transisi
from musrenbang import format as tulis
from musrenbang.kunci import allowed_in
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.sebutan import translate
from musrenbang.services.once import once
from musrenbang.sidang.models import Kehadiran
from musrenbang.sidang.queries.kehadiran import count_attendance
from musrenbang.transisi import Refused


@transaction.atomic
def add_delegat(
    *,
    musrenbang: Musrenbang,
    kehadiran: Kehadiran,
    unsur: str,
    kunci: UUID,
    by: Pengguna,
    alasan_unsur: str = "",
    **other: Any,
) -> Delegat:
    """Choose a person who is present for a seat. The same form sent again returns the row that is there.

    Raises Refused when the seats of that unsur are taken, the person is a delegate already, or was noted with an unsur
    that does not belong there and no reason is given.
    """
    content = {"kehadiran": kehadiran.pk, "unsur": unsur, "alasan_unsur": alasan_unsur.strip()}
    one_pass = once(Delegat, musrenbang=musrenbang, allowed=BOLEH_DELEGASI, kunci=kunci, by=by, content=content)
    if one_pass.ada:
        return one_pass.ada
    current = one_pass.musrenbang
    already = Delegat.objects.filter(kehadiran=kehadiran, cadangan_ke=None).first()
    if already:
        raise Refused(f"{already.nama} sudah menjadi {already.kedudukan}. Keluarkan dahulu bila kursinya berubah.")
    _check_seat(current, unsur, kehadiran.nama)
    reason = _check_unsur(current, unsur, {kehadiran.pk: kehadiran}, {kehadiran.pk: alasan_unsur})
    Delegat.objects.filter(kehadiran=kehadiran, unsur=unsur, cadangan_ke__isnull=False).delete()
    delegat = _add(current, kehadiran, unsur, by, alasan_unsur=reason[kehadiran.pk], **other)
    audit.record(musrenbang=current, by=by, aksi="delegasi.dipilih", objek=delegat, alasan=delegat.alasan_unsur)
    return one_pass.keep(delegat)


def _check_unsur(
    current: Musrenbang, unsur: str, person: dict[int, Kehadiran], alasan: dict[int, str]
) -> dict[int, str]:
    """Return the reasons to keep, blank for who belongs there; raise Refused naming all who need one and have none."""
    camat = queries.camat_names(current)
    wrong = {pk: seat_fault(unsur, h.unsur, h.nama, camat) for pk, h in person.items()}
    missing = [sentence for pk, sentence in wrong.items() if sentence and len(alasan.get(pk, "").strip()) < 5]
    if missing:
        raise Refused(f"{'; '.join(missing)}. Pilih orang lain, atau tulis alasannya (dicetak di daftar delegasi).")
    length = [person[pk].nama for pk, words in alasan.items() if pk in person and len(words.strip()) > 300]
    if length:
        raise Refused(f"Alasan untuk {', '.join(length)} lebih dari 300 huruf. Ringkas dahulu.")
    return {pk: alasan.get(pk, "").strip() if wrong[pk] else "" for pk in person}


def _check_seat(musrenbang: Musrenbang, unsur: str, nama: str) -> None:
    rules = queries.rules_of(musrenbang)
    filled = list(queries.list_delegat(musrenbang).values_list("unsur", flat=True))
    if len(filled) >= rules.jumlah:
        raise Refused(f"Semua kursi delegasi sudah terisi. Keluarkan dahulu seseorang bila {nama} menggantikan.")
    if filled.count(unsur) >= rules.kursi.get(unsur, 0):
        raise Refused(f"Kursi {translate(NAMA[unsur])} sudah terisi ({rules.kursi.get(unsur, 0)} orang).")


@transaction.atomic
def elect_delegat(
    *,
    musrenbang: Musrenbang,
    by: Pengguna,
    unsur: str,
    cara: str,
    count: Tally,
    putusan: dict[int, int],
    alasan: str,
    kunci: UUID,
    alasan_unsur: dict[int, str] | None = None,
) -> PemilihanDelegat:
    """Fill the open seats of an element by a count; the others with votes become reserves in their order.

    ``count.suara``, ``putusan`` and ``alasan_unsur`` go by attendance key. Raises Refused when a control total does
    not agree, more voted than are present, somebody has a seat already or does not belong into this one by what was
    recorded (without a reason), and for a tie at the last seat without the meeting's decision.
    """
    content = asdict(count) | {
        "unsur": unsur,
        "cara": cara,
        "putusan": putusan,
        "alasan": alasan.strip(),
        "alasan_unsur": alasan_unsur or {},
    }
    kept = once(PemilihanDelegat, musrenbang=musrenbang, allowed=BOLEH_DELEGASI, kunci=kunci, by=by, content=content)
    if kept.ada:
        return kept.ada
    current = kept.musrenbang
    rules = queries.rules_of(current)
    kursi = rules.kursi.get(unsur, 0) - queries.list_delegat(current).filter(unsur=unsur).count()
    if kursi < 1:
        raise Refused(f"Kursi {translate(NAMA[unsur])} sudah terisi semua.")
    hadir = {h.pk: h for h in queries.list_candidates(current).filter(pk__in=count.suara)}
    if set(hadir) != set(count.suara) or not hadir:
        raise Refused("Pilih calon dari yang hadir dan belum menjadi anggota delegasi. Muat ulang halaman.")
    has_people = count_attendance(current).jumlah
    ordered = _order(count, kursi, has_people, hadir, putusan, alasan)
    reason = _check_unsur(current, unsur, hadir, alasan_unsur or {})
    pemilihan = PemilihanDelegat.objects.create(
        musrenbang=current,
        unsur=unsur,
        cara=cara,
        kursi=kursi,
        hadir=has_people,
        **{k: getattr(count, k) for k in ("pemilih", "edar", "masuk", "sah")},
        dicatat_oleh=by,
        alasan_seri=alasan.strip() if putusan else "",
        suara=[{"kehadiran": k, "nama": hadir[k].nama, "suara": count.suara[k]} for k in ordered],
    )
    _seat(pemilihan, by, [hadir[k] for k in ordered], reason)
    audit.record(
        musrenbang=current,
        by=by,
        aksi="delegasi.dipungut",
        objek=pemilihan,
        alasan=pemilihan.alasan_seri,
        rincian={hadir[k].nama: count.suara[k] for k in ordered},
    )
    return kept.keep(pemilihan)


def _order(
    count: Tally,
    kursi: int,
    has_people: int,
    hadir: dict[int, Kehadiran],
    putusan: dict[int, int],
    alasan: str,
) -> list[int]:
    """Return the attendance keys by their votes; raises Refused for a count that does not agree and for an open tie."""
    wrong = count_faults(count, kursi, has_people)
    if wrong:
        raise Refused(" ".join(wrong))
    ordered, seri = elect(count.suara, kursi, putusan)
    if seri:
        nama = ", ".join(hadir[k].nama for k in seri)
        raise Refused(f"Suara sama di kursi terakhir: {tulis.dotted(nama)} Isi urutan putusan sidang dan alasannya.")
    if putusan and len(alasan.strip()) < 5:
        raise Refused("Tuliskan bagaimana sidang memutus suara yang sama.")
    return ordered


def _seat(pemilihan: PemilihanDelegat, by: Pengguna, ordered: list[Kehadiran], sebab: dict[int, str]) -> None:
    """Give the seats to the first; the others with votes stand behind the reserves that the element has already."""
    acara, unsur = pemilihan.musrenbang, pemilihan.unsur
    reserve = Delegat.objects.filter(musrenbang=acara, unsur=unsur, cadangan_ke__isnull=False)
    reserve.filter(kehadiran__in=[h.pk for h in ordered]).delete()
    already = reserve.aggregate(n=Max("cadangan_ke"))["n"] or 0
    for i, hadir in enumerate(ordered):
        to = i - pemilihan.kursi + 1 + already if i >= pemilihan.kursi else None
        one = {"cara": pemilihan.cara, "cadangan_ke": to, "pemilihan": pemilihan, "alasan_unsur": sebab[hadir.pk]}
        _add(acara, hadir, unsur, by, **one)


@allowed_in(BOLEH_DELEGASI, of="pemilihan.musrenbang")
def annul_election(*, pemilihan: PemilihanDelegat, by: Pengguna, alasan: str) -> int:
    """Annul a wrong count with its reason: its delegates and reserves go, the count stays on the record as annulled.

    Reserves of an earlier count of the same seat that had stood again come back. Returns how many delegates went.
    """
    current = pemilihan.musrenbang
    if len(alasan.strip()) < 5:
        raise Refused("Tuliskan mengapa hitungan ini dibatalkan; alasan ini dicetak.")
    terpilih = Delegat.objects.filter(pemilihan=pemilihan)
    nama = list(terpilih.filter(cadangan_ke=None).values_list("nama", flat=True))
    PemilihanDelegat.objects.filter(pk=pemilihan.pk, status=TallyStatus.BERLAKU).update(alasan_batal=alasan.strip())
    transisi.move(
        pemilihan,
        dari=TallyStatus.BERLAKU,
        ke=TallyStatus.DIBATALKAN,
        table=MOVES_HITUNGAN,
        musrenbang=current,
        by=by,
        alasan=alasan.strip(),
        rincian={"delegat": nama},
    )
    terpilih.delete()
    _restore_reserves(current, pemilihan.unsur, by)
    return len(nama)


def _restore_reserves(current: Musrenbang, unsur: str, by: Pengguna) -> None:
    """Put back who came out of a count that stands as a reserve and has no row for this seat any more."""
    for one in queries.list_tallies(current).filter(unsur=unsur, status=TallyStatus.BERLAKU):
        existing = set(Delegat.objects.filter(musrenbang=current, unsur=unsur).values_list("kehadiran", flat=True))
        ordered = [s["kehadiran"] for s in one.suara][one.kursi :]
        hadir = Kehadiran.objects.in_bulk(ordered)
        for to, pk in enumerate(ordered, 1):
            if pk not in existing and pk in hadir:
                _add(current, hadir[pk], unsur, by, cara=one.cara, cadangan_ke=to, pemilihan=one)


def _add(current: Musrenbang, h: Kehadiran, unsur: str, by: Pengguna, **other: Any) -> Delegat:
    return Delegat.objects.create(
        musrenbang=current,
        kehadiran=h,
        unsur=unsur,
        nama=h.nama,
        dicatat_oleh=by,
        jenis_kelamin=h.jenis_kelamin,
        lembaga=h.lembaga,
        alamat=h.alamat,
        **other,
    )


def _check_still_there(delegat: Delegat) -> None:
    """Under the lock: what two people remove or replace at once goes once."""
    if not Delegat.objects.filter(pk=delegat.pk).exists():
        raise Refused(f"{delegat.nama} baru saja diganti atau dikeluarkan orang lain. Muat ulang halaman.")


@allowed_in(BOLEH_GANTI_DELEGAT, of="delegat.musrenbang")
def replace_delegat(
    *, delegat: Delegat, substitute: Kehadiran, by: Pengguna, alasan: str, alasan_unsur: str = ""
) -> Delegat:
    """Put somebody else in a delegate's seat, with the reason: a reserve, or anyone who was present.

    Allowed until the documents are with Bappeda; a Berita Acara or mandate that was issued wants a new version then.
    """
    current = delegat.musrenbang
    _check_still_there(delegat)
    if len(alasan.strip()) < 5:
        raise Refused("Tuliskan mengapa anggota delegasi diganti.")
    if Delegat.objects.filter(kehadiran=substitute, cadangan_ke=None).exists():
        raise Refused(f"{substitute.nama} sudah menjadi anggota delegasi.")
    old, unsur = delegat.nama, delegat.unsur
    reserve = Delegat.objects.filter(kehadiran=substitute, unsur=unsur).first()
    reason = alasan_unsur or (reserve.alasan_unsur if reserve else "")
    reason = _check_unsur(current, unsur, {substitute.pk: substitute}, {substitute.pk: reason})[substitute.pk]
    if reserve:
        reserve.delete()
    delegat.delete()
    new = _add(
        current,
        substitute,
        unsur,
        by,
        menggantikan=old,
        alasan_ganti=alasan.strip(),
        alasan_unsur=reason,
        pemilihan=delegat.pemilihan,
    )
    audit.record(
        musrenbang=current,
        by=by,
        aksi="delegasi.diganti",
        objek=new,
        alasan=alasan.strip(),
        rincian={"delegat": [old, substitute.nama]},
    )
    return new


@allowed_in(BOLEH_ATUR_DELEGASI)
def save_composition(
    *,
    musrenbang: Musrenbang,
    by: Pengguna,
    versi: int,
    kursi: dict[str, int],
    min_perempuan: int,
    wajib_perempuan: bool,
) -> PengaturanDelegasi:
    """Set the composition that this event wants. Raises Refused for no seat, too many women, and a stale page."""
    jumlah = sum(kursi.values())
    if not 1 <= jumlah <= 30:
        raise Refused("Jumlah kursi delegasi harus 1 sampai 30.")
    if min_perempuan > jumlah:
        raise Refused("Jumlah perempuan tidak boleh melebihi jumlah kursi.")
    old, new = PengaturanDelegasi.objects.get_or_create(musrenbang=musrenbang, defaults={"kursi": dict(KURSI)})
    if versi != (0 if new else old.versi):
        raise Refused(audit.stale(old, "susunan delegasi", "delegasi.susunan", after=audit.RELOAD))
    content = {"kursi": kursi, "min_perempuan": min_perempuan, "wajib_perempuan": wajib_perempuan}
    details = audit.diff({k: getattr(old, k) for k in content}, content)
    PengaturanDelegasi.objects.filter(pk=old.pk).update(**content, versi=F("versi") + (0 if new else 1))
    if details:
        audit.record(musrenbang=musrenbang, by=by, aksi="delegasi.susunan", objek=old, rincian=details)
    old.refresh_from_db()
    return old


@allowed_in(BOLEH_DELEGASI, of="delegat.musrenbang")
def remove_delegat(*, delegat: Delegat, by: Pengguna) -> None:
    """Take a delegate off the list while it is open; the trail keeps the name."""
    current = delegat.musrenbang
    _check_still_there(delegat)
    if delegat.pemilihan_id:
        raise Refused(
            f"{delegat.nama} dipilih dengan suara. Batalkan hitungannya, atau ganti orangnya; keduanya dengan alasan."
        )
    audit.record(musrenbang=current, by=by, aksi="delegasi.dikeluarkan", objek=delegat)
    delegat.delete()


def inherit_composition(*, old: Musrenbang, new: Musrenbang, by: Pengguna) -> int:
    """Start a new year from last year's composition, where it was not the usual one; return its number of seats."""
    before = PengaturanDelegasi.objects.filter(musrenbang=old).first()
    if before is None:
        return 0
    PengaturanDelegasi.objects.create(
        musrenbang=new, kursi=before.kursi, min_perempuan=before.min_perempuan, wajib_perempuan=before.wajib_perempuan
    )
    return sum(before.kursi.values())


def forget_delegat(*, musrenbang: Musrenbang, save: bool) -> int:
    """Clear the addresses of the delegates, who stay on record by name; return how many have one."""
    baris = Delegat.objects.filter(musrenbang=musrenbang).exclude(alamat="")
    return baris.update(alamat="") if save else baris.count()
