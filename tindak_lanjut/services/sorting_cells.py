"""The grid of the sorting: what a key press means, said to its services; each change can be taken back."""

from musrenbang.kunci import allowed_in
from musrenbang.models import Musrenbang, Pengguna, Skpd
from musrenbang.transisi import Refused
from rkp.services.cells import Bulk, Step
from tindak_lanjut.izin import BOLEH_PEMILAHAN
from tindak_lanjut.models import Pilahan, StatusPilahan
from tindak_lanjut.services.pemilahan import choose_skpd, undo_choice


def set_skpd(*, pilahan: Pilahan, versi: int, by: Pengguna, skpd: Skpd | None) -> Step | None:
    """Settle one work with an SKPD, or with the suggested one (None); returns None for a second press.

    Raises:
        Refused: Nothing is suggested; somebody else settled or changed it; an SKPD of another kabupaten.
    """
    wanted = skpd or pilahan.skpd
    if wanted is None:
        raise Refused(
            f"No. {pilahan.baris.nomor} belum punya saran. Pilih perangkat daerahnya dengan huruf atau tombol."
        )
    before = pilahan.versi
    after = choose_skpd(pilahan=pilahan, versi=versi, by=by, skpd=wanted)
    after.refresh_from_db(fields=["versi"])
    return None if after.versi == before else Step(after.pk, after.versi, {})


@allowed_in(BOLEH_PEMILAHAN)
def settle_many(*, musrenbang: Musrenbang, by: Pengguna, versions: dict[int, int] | None, skpd: Skpd | None) -> Bulk:
    """Settle the ticked works with one SKPD, or each with its suggestion; None: every suggestion that is left.

    A work that somebody changed meanwhile, or that has no suggestion, is left alone and named.
    """
    found = Pilahan.objects.filter(musrenbang=musrenbang).select_related("baris", "skpd").order_by("baris__nomor")
    found = found.filter(status=StatusPilahan.DISARANKAN) if versions is None else found.filter(pk__in=versions)
    steps, stale, without = [], [], []
    for one in found:
        one.musrenbang = musrenbang
        if skpd is None and one.skpd is None:
            without.append(one.baris.nomor)
            continue
        seen = one.versi if versions is None else versions[one.pk]
        try:
            step = set_skpd(pilahan=one, versi=seen, by=by, skpd=skpd)
        except Refused:
            stale.append(one.baris.nomor)
            continue
        steps += [step] if step else []
    if not steps:
        raise Refused("Tidak ada yang ditetapkan: sudah diubah orang lain, atau belum ada sarannya.")
    return Bulk(steps, stale, without, [])


def undo_steps(*, musrenbang: Musrenbang, by: Pengguna, steps: list[Step]) -> int:
    """Take choices back; returns how many were left, because they were sent or changed meanwhile."""
    left = 0
    for step in steps:
        one = Pilahan.objects.filter(musrenbang=musrenbang, pk=step.baris).first()
        try:
            if one is not None:
                one.musrenbang = musrenbang
                undo_choice(pilahan=one, versi=step.versi, by=by)
        except Refused:
            left += 1
    return left
