"""Reads about the delegation."""

import secrets
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from delegasi.komposisi import BAWAAN, KURSI, Komposisi, Rules, check, seat_fault
from delegasi.models import Delegat, PemilihanDelegat, PengaturanDelegasi
from musrenbang.board import Figure
from musrenbang.models import Musrenbang
from musrenbang.queries import signer_of
from musrenbang.sebutan import BAKU, use
from musrenbang.sidang.models import Kehadiran
from musrenbang.sidang.queries.sesi import present


def list_delegat(musrenbang: Musrenbang) -> QuerySet[Delegat]:
    """Return the delegates in the order they were chosen, without the reserves."""
    return Delegat.objects.filter(musrenbang=musrenbang, cadangan_ke=None)


def list_reserves(musrenbang: Musrenbang) -> QuerySet[Delegat]:
    """Return the reserves by element and place; who got another seat meanwhile waits for none."""
    waiting = Delegat.objects.filter(musrenbang=musrenbang, cadangan_ke__isnull=False)
    return waiting.exclude(kehadiran__in=_seated(musrenbang)).order_by("unsur", "cadangan_ke")


def _seated(musrenbang: Musrenbang) -> Any:
    return list_delegat(musrenbang).order_by().values("kehadiran")


def rules_of(musrenbang: Musrenbang) -> Rules:
    """Return the composition that the event wants (one query)."""
    p = PengaturanDelegasi.objects.filter(musrenbang=musrenbang).first()
    return Rules({**dict.fromkeys(KURSI, 0), **p.kursi}, p.min_perempuan, p.wajib_perempuan) if p else BAWAAN


def composition(musrenbang: Musrenbang) -> Komposisi:
    """Return the composition check of the delegates chosen so far."""
    return check(list_delegat(musrenbang).values_list("unsur", "jenis_kelamin"), rules_of(musrenbang))


def list_candidates(musrenbang: Musrenbang, search: str = "") -> QuerySet[Kehadiran]:
    """Return those present in this sitting who have no seat yet; who lost one may stand for another."""
    calon = present(musrenbang).exclude(pk__in=_seated(musrenbang)).order_by("nama")
    return calon.filter(nama__icontains=search) if search else calon


def delegasi_figures(musrenbang: Musrenbang) -> Figure:
    """Delegates chosen, for the event board."""
    list_rows = list(list_delegat(musrenbang).values_list("jenis_kelamin", flat=True))
    return Figure(
        "Delegasi",
        f"{len(list_rows)} dari {rules_of(musrenbang).jumlah} orang",
        f"perempuan {list_rows.count('P')} orang",
        reverse("delegasi:list", args=[musrenbang.slug]),
    )


def camat_names(musrenbang: Musrenbang) -> list[str]:
    """Return who signs as Camat on the day of the meeting, as its papers say; nobody while that is not known."""
    day = musrenbang.tanggal or timezone.localdate(timezone=musrenbang.kecamatan.kabupaten.tz)
    nama = signer_of(musrenbang.kecamatan, day).nama
    return [nama] if nama else []


def seat_faults(musrenbang: Musrenbang) -> list[str]:
    """Return whom the record does not show as what the seat says, and for whom no reason was given."""
    camat = camat_names(musrenbang)
    everything = list_delegat(musrenbang).filter(alasan_unsur="").select_related("kehadiran")
    return [wrong for d in everything if (wrong := seat_fault(d.unsur, d.kehadiran.unsur, d.nama, camat))]


def list_tallies(musrenbang: Musrenbang) -> QuerySet[PemilihanDelegat]:
    """Return the counts in the order they were made, annulled ones too."""
    return PemilihanDelegat.objects.filter(musrenbang=musrenbang)


@use(BAKU)  # a fact of the record says the same whatever the place is called
def delegate_facts(musrenbang: Musrenbang) -> list[dict[str, Any]]:
    """Return each delegate and reserve as a leaf of the event's record, with a random part as ``attendance_facts``."""
    everything = Delegat.objects.filter(musrenbang=musrenbang).order_by("pk")
    return [
        {
            "j": "delegat",
            "nama": d.nama,
            "unsur": d.unsur,
            "lembaga": d.lembaga,
            "jk": d.jenis_kelamin,
            "cadangan": d.cadangan_ke,
            "garam": secrets.token_hex(8),
        }
        for d in everything
    ]
