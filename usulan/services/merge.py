"""Similar proposals: merging, taking a merge apart, and remembering what is not the same."""

from django.db import IntegrityError, transaction
from django.db.models import F

from musrenbang import audit
from musrenbang.kunci import allowed_in, lock_musrenbang
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.sebutan import sebutan
from musrenbang.transisi import Refused
from usulan.izin import BOLEH_USULAN
from usulan.models import BukanDuplikat, ParentRelation, Usulan


@transaction.atomic
def merge_usulan(*, main: Usulan, other: Usulan, hubungan: ParentRelation, by: Pengguna) -> Usulan:
    """Merge ``other`` into ``main``. Nothing of either is changed or lost: amounts are added when the plan takes them.

    What was merged into ``other`` before stays in it and comes along, so that it counts wherever ``other`` counts, and
    leaves with ``other`` when that is taken out again. Raises Refused when either is in the draft already, or one was
    merged in the meantime.
    """
    current = {u.pk: u for u in _lock_pair(main, other)}
    main, other = current[main.pk], current[other.pk]
    if other.induk_id is not None or main.induk_id is not None:
        raise Refused("Salah satu usulan itu sudah digabung. Muat ulang halaman untuk melihat keadaannya.")
    _refuse_in_draft(main, other)
    Usulan.objects.filter(pk=other.pk).update(induk=main, hubungan=hubungan, versi=F("versi") + 1)
    audit.record(
        musrenbang=main.musrenbang,
        by=by,
        aksi="usulan.digabung",
        objek=other,
        ke=str(main.nomor),
        alasan=ParentRelation(hubungan).label,
        rincian={"utama": main.pk},
    )
    return main


@allowed_in(BOLEH_USULAN, of="usulan.musrenbang")
def split_usulan(*, usulan: Usulan, by: Pengguna) -> Usulan:
    """Take a merged proposal out again; it stands on its own as before. Raises Refused once it is in the draft."""
    musrenbang = usulan.musrenbang
    current = Usulan.objects.select_for_update(of=("self",)).get(pk=usulan.pk)
    induk = current.induk
    if induk is None:
        raise Refused(f"Usulan {current.nomor} tidak sedang digabung. Muat ulang halaman.")
    _refuse_in_draft(current)
    Usulan.objects.filter(pk=current.pk).update(induk=None, hubungan="", versi=F("versi") + 1)
    audit.record(musrenbang=musrenbang, by=by, aksi="usulan.dipisahkan", objek=current, dari=str(induk.nomor))
    return current


@transaction.atomic
def mark_distinct(*, one: Usulan, two: Usulan, by: Pengguna) -> None:
    """Remember that the two are not the same; a second click changes nothing."""
    a, b = _lock_pair(one, two)
    try:
        with transaction.atomic():
            BukanDuplikat.objects.create(satu=a, dua=b, oleh=by)
    except IntegrityError:
        return
    audit.record(musrenbang=a.musrenbang, by=by, aksi="usulan.bukan_duplikat", objek=a, rincian={"lain": b.nomor})


@allowed_in(BOLEH_USULAN)
def reconsider(*, musrenbang: Musrenbang, pk: int, by: Pengguna) -> None:
    """Forget a "bukan duplikat", so that the pair is shown again."""
    mark = BukanDuplikat.objects.filter(pk=pk, satu__musrenbang=musrenbang).select_related("satu", "dua").first()
    if mark is None:
        return
    audit.record(
        musrenbang=musrenbang,
        by=by,
        aksi="usulan.diperiksa_lagi",
        objek=mark.satu,
        rincian={"lain": mark.dua.nomor},
    )
    mark.delete()


def _lock_pair(one: Usulan, two: Usulan) -> list[Usulan]:
    """Lock the event and both proposals, lower key first."""
    if one.pk == two.pk or one.musrenbang_id != two.musrenbang_id:
        raise Refused("Pilih dua usulan yang berbeda dari Musrenbang yang sama.")
    lock_musrenbang(one.musrenbang, BOLEH_USULAN)
    kunci = Usulan.objects.select_for_update(of=("self",)).select_related("musrenbang")
    return list(kunci.filter(pk__in=[one.pk, two.pk]).order_by("pk"))


def _refuse_in_draft(*usulan: Usulan) -> None:
    """A proposal that already stands in the draft is merged there, not here."""
    entered = [str(u.nomor) for u in usulan if hasattr(u, "sumber_baris")]
    if entered:
        raise Refused(
            f"Usulan {' dan '.join(entered)} sudah masuk draf RKP {sebutan.Kecamatan}, jadi tidak dapat "
            "digabung atau dipisahkan "
            "di sini. Tidak ada yang berubah."
        )
