"""Reads about invitations and attendance."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.urls import reverse
from django.utils import timezone

from musrenbang.board import Figure
from musrenbang.models import Musrenbang
from musrenbang.sebutan import sebutan
from musrenbang.sidang.models import Kehadiran, Kepergian, PerubahanUndangan, Sidang, Undangan, Unsur
from musrenbang.sidang.queries.inviting import inviting
from musrenbang.sidang.queries.sesi import came, present


@dataclass(frozen=True)
class AttendanceRow:
    """Attendance in figures: by unsur in the order of the Berita Acara, and by sex."""

    jumlah: int
    laki: int
    perempuan: int
    unsur: list[tuple[str, int]]

    @property
    def persen_perempuan(self) -> int:
        """Women's share in whole percent."""
        return round(100 * self.perempuan / self.jumlah) if self.jumlah else 0


def count_attendance(musrenbang: Musrenbang, *, everything: bool = False) -> AttendanceRow:
    """Count who is present in the sitting that runs, or with ``everything`` who was in any of them (one query)."""
    person = Kehadiran.objects.filter(musrenbang=musrenbang) if everything else present(musrenbang)
    per_unsur = {
        baris["unsur"]: baris
        for baris in person.order_by()
        .values("unsur")
        .annotate(n=Count("pk"), p=Count("pk", filter=Q(jenis_kelamin="P")))
    }
    jumlah = sum(b["n"] for b in per_unsur.values())
    perempuan = sum(b["p"] for b in per_unsur.values())
    return AttendanceRow(
        jumlah=jumlah,
        laki=jumlah - perempuan,
        perempuan=perempuan,
        unsur=[(str(u.label), per_unsur[u]["n"]) for u in Unsur if u in per_unsur],
    )


def list_attendance(musrenbang: Musrenbang, search: str = "", *, current: bool = False) -> QuerySet[Kehadiran]:
    """Return who was there, in the order they came, filtered by words; with ``current`` in the sitting that runs.

    ``pergi``: since when the person is away, if so.
    """
    person = came(musrenbang) if current else Kehadiran.objects.filter(musrenbang=musrenbang)
    open_rows = Kepergian.objects.filter(kehadiran=OuterRef("pk"), kembali_pada=None)
    hadir = person.select_related("desa", "undangan").annotate(pergi=Subquery(open_rows.values("pergi_pada")[:1]))
    return hadir.filter(Q(nama__icontains=search) | Q(lembaga__icontains=search)) if search else hadir


def attendance_figures(musrenbang: Musrenbang) -> Figure:
    """People present, for the event board."""
    hadir = count_attendance(musrenbang)
    return Figure(
        "Hadir",
        f"{hadir.jumlah} orang",
        f"perempuan {hadir.perempuan} orang ({hadir.persen_perempuan}%)",
        reverse("sidang:attendance", args=[musrenbang.slug]),
    )


def sidang_of(musrenbang: Musrenbang) -> Sidang:
    """Return the settings of the day; the usual ones, unsaved, while nobody set any."""
    return Sidang.objects.filter(musrenbang=musrenbang).first() or Sidang(musrenbang=musrenbang)


def registration_closed(musrenbang: Musrenbang, moment: datetime | None = None) -> bool:
    """Tell whether the closing hour of the registration has passed now, or at ``moment``; only on the day itself."""
    close = sidang_of(musrenbang).pendaftaran_tutup
    current = timezone.localtime(moment or timezone.now(), musrenbang.kecamatan.kabupaten.tz)
    return close is not None and current.date() == musrenbang.tanggal and current.time() >= close


@dataclass(frozen=True)
class Kuorum:
    """Who is represented, against what the kecamatan set. No source makes it a rule: below it the meeting decides."""

    desa_hadir: int
    desa_belum: list[str]
    persen_desa: int
    hadir: AttendanceRow
    sidang: Sidang

    @property
    def persen_perempuan(self) -> int:
        """Women's share in whole percent."""
        return self.hadir.persen_perempuan

    @property
    def enough_desa(self) -> bool:
        """As many desa are represented as the kecamatan wants."""
        return self.persen_desa >= self.sidang.kuorum_desa

    @property
    def cukup_perempuan(self) -> bool:
        """The women's share is what the kecamatan wants."""
        return self.persen_perempuan >= self.sidang.target_perempuan

    @property
    def tercapai(self) -> bool:
        """Both targets are reached. Otherwise the meeting decides to go on, with a printed reason, or is adjourned."""
        return self.enough_desa and self.cukup_perempuan

    @property
    def angka(self) -> dict[str, int]:
        """The figures as ``CatatanKuorum`` keeps them."""
        return {
            "desa_hadir": self.desa_hadir,
            "desa": self.desa,
            "hadir": self.hadir.jumlah,
            "perempuan": self.hadir.perempuan,
            "kuorum": self.sidang.kuorum_desa,
            "target": self.sidang.target_perempuan,
        }

    @property
    def desa(self) -> int:
        """How many desa there are."""
        return self.desa_hadir + len(self.desa_belum)

    @property
    def peringatan(self) -> list[str]:
        """What is below the target, in sentences."""
        results = []
        if not self.enough_desa:
            results.append(
                f"Baru {self.desa_hadir} dari {self.desa} {sebutan.desa} terwakili ({self.persen_desa}%, kuorum "
                f"{self.sidang.kuorum_desa}%). Belum: {', '.join(self.desa_belum)}."
            )
        if not self.cukup_perempuan:
            results.append(
                f"Perempuan {self.persen_perempuan}% dari yang hadir, target {self.sidang.target_perempuan}%."
            )
        return results


def check_kuorum(musrenbang: Musrenbang, hadir: AttendanceRow | None = None) -> Kuorum:
    """Return desa and women represented against the targets (two queries, one more to count who is here)."""
    hadir = hadir or count_attendance(musrenbang)
    desa = list(
        musrenbang.kecamatan.desa_set.annotate(
            n=Count("kehadiran", filter=Q(kehadiran__in=present(musrenbang).order_by()))
        ).values_list("nama", "n")
    )
    represented = sum(1 for _, n in desa if n)
    return Kuorum(
        desa_hadir=represented,
        desa_belum=[nama for nama, n in desa if not n],
        persen_desa=round(100 * represented / len(desa)) if desa else 100,
        hadir=hadir,
        sidang=sidang_of(musrenbang),
    )


BATAS_USIA = [
    (0, 24, "sampai 24 tahun"),
    (25, 44, "25–44 tahun"),
    (45, 59, "45–59 tahun"),
    (60, 200, "60 tahun ke atas"),
]


def spread_attendance(musrenbang: Musrenbang) -> dict[str, list[tuple[str, int]]]:
    """Return those present by desa and by age band, only what occurs (two queries)."""
    hadir = Kehadiran.objects.filter(musrenbang=musrenbang).order_by()
    desa = hadir.values_list("desa__nama").annotate(n=Count("pk")).order_by("desa__kode")
    usia = hadir.aggregate(
        **{f"u{i}": Count("pk", filter=Q(usia__range=(a, b))) for i, (a, b, _) in enumerate(BATAS_USIA)},
        tanpa=Count("pk", filter=Q(usia=None)),
    )
    band = [(words, usia[f"u{i}"]) for i, (_, _, words) in enumerate(BATAS_USIA)]
    band.append(("usia tidak dicatat", usia["tanpa"]))
    return {
        "desa": [(nama or f"Bukan dari {sebutan.desa}", n) for nama, n in desa],
        "usia": [(words, n) for words, n in band if n],
    }


def with_letter(undangan: QuerySet[Undangan]) -> QuerySet[Undangan]:
    """Add the newest letter of each invitee: ``surat_dikirim``, ``surat_diterima``, key and number of a change."""
    end = PerubahanUndangan.objects.filter(undangan=OuterRef("pk")).order_by("-pk")
    existing = Q(perubahan_nomor__isnull=False)
    return undangan.annotate(
        perubahan_pk=Subquery(end.values("pk")[:1]),
        perubahan_nomor=Subquery(end.values("nomor")[:1]),
        surat_dikirim=Case(When(existing, then=Subquery(end.values("dikirim_pada")[:1])), default=F("dikirim_pada")),
        surat_diterima=Case(When(existing, then=Subquery(end.values("diterima_pada")[:1])), default=F("diterima_pada")),
    )


def letter_of_change(undangan: Undangan) -> list[Any]:
    """Return number, sending and receipt of the newest change for an invitee from ``list_undangan``."""
    found: Any = undangan
    if not found.perubahan_nomor:
        return [None, None, None]
    return [found.perubahan_nomor, found.surat_dikirim, found.surat_diterima]


def is_here(undangan: Undangan) -> bool:
    """Tell whether an invitee from ``list_undangan`` is noted as present in this sitting."""
    found: Any = undangan
    return bool(found.di_sini)


def list_undangan(musrenbang: Musrenbang, cari: str = "", unsur: str = "", keadaan: str = "") -> QuerySet[Undangan]:
    """Return the invitees with who came, filtered by words (or the code), unsur and state of the letter."""
    undangan = with_letter(Undangan.objects.filter(musrenbang=musrenbang)).select_related("desa", "hadir")
    undangan = undangan.annotate(di_sini=Exists(present(musrenbang).filter(undangan=OuterRef("pk"))))
    if cari:
        undangan = undangan.filter(
            Q(nama__icontains=cari)
            | Q(jabatan__icontains=cari)
            | Q(lembaga__icontains=cari)
            | Q(kode__iexact=cari)
            | Q(hadir__nama__icontains=cari)
        )
    if unsur in Unsur.values:
        undangan = undangan.filter(unsur=unsur)
    filters: dict[str, Q] = {
        "belum_dikirim": Q(surat_dikirim=None),
        "belum_diterima": Q(surat_diterima=None),
        "hadir": Q(hadir__isnull=False),
        "belum_hadir": Q(hadir=None),
    }
    if keadaan in ("belum_dikirim", "belum_diterima"):  # whoever invites waits for no letter
        undangan = undangan.exclude(inviting(musrenbang), nomor="")
    return undangan.filter(filters[keadaan]) if keadaan in filters else undangan


def count_undangan(musrenbang: Musrenbang) -> dict[str, int]:
    """Return how many are invited, numbered, sent, received and here (one query)."""
    return with_letter(Undangan.objects.filter(musrenbang=musrenbang)).aggregate(
        semua=Count("pk"),
        bernomor=Count("pk", filter=~Q(nomor="")),
        dikirim=Count("surat_dikirim"),
        diterima=Count("surat_diterima"),
        hadir=Count("hadir"),
        perubahan=Count("perubahan_nomor"),
    )


def days_to_go(musrenbang: Musrenbang) -> int | None:
    """Return the days until the meeting in its own time zone; None without a date."""
    if musrenbang.tanggal is None:
        return None
    return (musrenbang.tanggal - timezone.localdate(timezone=musrenbang.kecamatan.kabupaten.tz)).days
