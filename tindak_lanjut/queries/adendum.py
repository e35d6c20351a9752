"""Reads about addenda: corrections of wording after Bappeda took the plan in."""

from datetime import datetime

from django.db.models import Count, F, Prefetch, QuerySet

from musrenbang.models import Musrenbang, Skpd
from tindak_lanjut.models import Adendum, ButirAdendum, Penyampaian, StatusAdendum, StatusPenyampaian

KATA_KOLOM = {
    "kegiatan": "Kegiatan",
    "lokasi": "Lokasi",
    "program": "Program",
    "prioritas_daerah": "Prioritas daerah",
    "sasaran_daerah": "Sasaran daerah",
    "sasaran": "Sasaran kegiatan",
}


def list_adendum(musrenbang: Musrenbang) -> QuerySet[Adendum]:
    """Return every addendum of an event with its lines, the newest first (two queries)."""
    item = ButirAdendum.objects.select_related("baris", "baris__desa")
    everything = Adendum.objects.filter(musrenbang=musrenbang).select_related(
        "surat", "versi", "penyampaian", "disusun_oleh", "disahkan_oleh", "diterima_oleh", "dikembalikan_oleh"
    )
    return everything.prefetch_related(Prefetch("butir", item)).order_by("-urut")


def issued_adendum(musrenbang: Musrenbang, after: datetime | None = None) -> list[Adendum]:
    """Return the addenda that hold, or those approved after a moment, by number, with ``n`` works each (one query)."""
    everything = Adendum.objects.filter(musrenbang=musrenbang).exclude(status=StatusAdendum.DISUSUN)
    if after:
        everything = everything.filter(disahkan_pada__gt=after)
    return list(everything.select_related("surat").defer("surat__isi").annotate(n=Count("butir")).order_by("urut"))


def amended_fields(musrenbang: Musrenbang) -> list[tuple[datetime, int, set[str]]]:
    """Return (approved at, number of the work, corrected fields) for each line of the addenda that hold (one query)."""
    item = ButirAdendum.objects.filter(adendum__musrenbang=musrenbang, adendum__disahkan_pada__isnull=False)
    return [
        (b.adendum.disahkan_pada, b.baris.nomor, set(b.baru))
        for b in item.select_related("adendum", "baris")
        if b.adendum.disahkan_pada
    ]


def is_received(musrenbang: Musrenbang) -> bool:
    """Tell whether Bappeda took the package in: from then on corrections go by addendum (one query)."""
    return Penyampaian.objects.filter(musrenbang=musrenbang, status=StatusPenyampaian.DITERIMA).exists()


def amended_since_sent(skpd: Skpd) -> list[ButirAdendum]:
    """Return the corrections approved after the letter with the work had gone to its SKPD (one query)."""
    item = ButirAdendum.objects.exclude(adendum__status=StatusAdendum.DISUSUN).filter(
        adendum__versi__isnull=False,
        baris__beku__pilahan__skpd=skpd,
        baris__beku__pilahan__pengiriman__pada__lt=F("adendum__disahkan_pada"),
    )
    linked = ("adendum__surat", "adendum__musrenbang__kecamatan", "baris")
    return list(item.select_related(*linked).defer("adendum__surat__isi").distinct().order_by("-adendum", "baris"))


def changes_in(item: ButirAdendum) -> list[tuple[str, str, str]]:
    """Return (field, before, after) in words for each change of a line."""
    return [(words, item.lama[nama], item.baru[nama]) for nama, words in KATA_KOLOM.items() if nama in item.baru]


def lines_of(adendum: Adendum) -> list[dict[str, object]]:
    """Return the lines of an addendum in words: number, work, why, and (field, before, after) for each change."""
    return [
        {
            "kunci": b.pk,
            "kunci_baris": b.baris_id,
            "nomor": b.baris.nomor,
            "desa": b.baris.sebutan_desa,
            "kegiatan": b.lama.get("kegiatan", b.baris.kegiatan),
            "sebab": b.sebab,
            "beda": [list(difference) for difference in changes_in(b)],
        }
        for b in adendum.butir.all()
    ]
