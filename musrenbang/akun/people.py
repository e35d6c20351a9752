"""Reads about people: who may be the second person, what waits for whom, what was done in a person's name."""

from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q, QuerySet
from django.utils import timezone

from musrenbang.models import (
    GENTING,
    JejakAcuan,
    JejakAudit,
    KabarAkun,
    Kabupaten,
    Keanggotaan,
    Pengguna,
    PermintaanAkun,
    TautanMasuk,
)
from musrenbang.sebutan import BAKU, use
from musrenbang.states import Peran

PENTING = (
    "musrenbang.tahap",
    "musrenbang.dibawa",
    "musrenbang.dikemas",
    "musrenbang.dibuka_lagi",
    "penyampaian.status",
    "adendum.status",
    "rkp.versi_ditetapkan",
    "pemeringkatan.status",
    "kriteriakecamatan.status",
    "kuorum.diputuskan",
    "prioritas.urutan_pleno",
    "prioritas.seri_diputus",
    "prioritas.spc",
    "prioritas.ditunda",
    "pemungutan.status",
    "delegasi.dipilih",
    "delegasi.diganti",
    "delegasi.dikeluarkan",
    "berita_acara.terbit",
    "dokumen.terbit",
    "dokumen.ttd_elektronik",
    "salinan.diunggah",
    "salinan.diterima",
    "salinan.tanpa",
    "pejabat.ditambah",
    "pejabat.dihapus",
    "pagu.diubah",
    "pengiriman.dikirim",
    "tanggapan.diberikan",
    "catatan.ditulis",
)
"""Steps of an event that bind others or cannot be taken back: listed to the person whose name they bear."""


def is_grave(person: Pengguna) -> bool:
    """Tell whether the account holds a role that one person alone does not take over, or was deprived of one lately.

    Else one person would take the role away, take the account over, and ask for the role back.
    """
    if Keanggotaan.objects.filter(pengguna=person, peran__in=GENTING).exists():
        return True
    other = Q()
    for peran in set(Peran) - set(GENTING):
        # Both spellings count, in the words of the place and as we write them: which one the news used is not stored.
        with use(BAKU):
            other |= Q(kata__startswith=f"Peran {peran.label} ")
        other |= Q(kata__startswith=f"Peran {peran.label} ")
    removed = recent_news([person.pk]).filter(kata__startswith="Peran ", kata__contains=DILEPAS)
    return removed.exclude(other).exists()


DILEPAS, AKHIR_INI = "dilepas dari Anda", timedelta(days=90)
"""How the news of a role that was taken away reads, and how long what was done to an account counts as lately."""


def recent_news(person: Iterable[int]) -> QuerySet[KabarAkun]:
    """Return what others did lately to the accounts with these keys, newest first."""
    return KabarAkun.objects.filter(pengguna__in=list(person), waktu__gte=timezone.now() - AKHIR_INI)


def waiting_with_news(everything: QuerySet[PermintaanAkun]) -> list[tuple[PermintaanAkun, list[KabarAkun]]]:
    """Return the requests that wait, each with what was done lately to the account it is about (two queries)."""
    waits = list(everything.filter(hasil=""))
    news: dict[int, list[KabarAkun]] = {}
    for k in recent_news(p.pengguna_id for p in waits if p.pengguna_id):
        news.setdefault(k.pengguna_id, []).append(k)
    return [(p, news.get(p.pengguna_id or 0, [])) for p in waits]


def bappeda_of(kabupaten: Kabupaten, *, everything: bool = False) -> QuerySet[Pengguna]:
    """Return who holds the role of Bappeda and can sign in; ``everything``: also who cannot."""
    person = Pengguna.objects.filter(keanggotaan__peran=Peran.BAPPEDA, keanggotaan__kabupaten=kabupaten)
    return (
        person if everything else person.filter(is_active=True).exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    )


def may_ask(person: Pengguna, kabupaten: Kabupaten) -> bool:
    """Tell whether the person may still begin what changes accounts of a kabupaten."""
    return person.is_active and (person.is_superuser or bappeda_of(kabupaten).filter(pk=person.pk).exists())


def may_answer(person: Pengguna, request: PermintaanAkun) -> bool:
    """Tell whether the person may be the second one: neither who asked nor whose account it is.

    Somebody else of Bappeda; the administrator of the server only where there is nobody else of Bappeda.
    """
    involved = {request.diminta_oleh_id, request.pengguna_id}
    if person.pk in involved or not person.is_active:
        return False
    known = [pk for pk in involved if pk is not None]
    others = set(bappeda_of(request.kabupaten).exclude(pk__in=known).values_list("pk", flat=True))
    return person.pk in others or (person.is_superuser and not others)


def is_alone(by: Pengguna, request: PermintaanAkun) -> bool:
    """Tell whether the administrator has nobody to ask: the first account of Bappeda, or its last one, locked out.

    Never for Camat and Sekcam: there Bappeda comes first.
    """
    subject = request.pengguna_id
    for_bappeda = request.peran == Peran.BAPPEDA or (
        not request.peran and bappeda_of(request.kabupaten, everything=True).filter(pk=subject or 0).exists()
    )
    if not by.is_superuser or not for_bappeda:
        return False
    other_admin = Pengguna.objects.filter(is_superuser=True, is_active=True).exclude(pk=by.pk)
    return not bappeda_of(request.kabupaten).exclude(pk__in=[by.pk, subject or 0]).exists() and not other_admin.exists()


def requests_for(person: Pengguna) -> QuerySet[PermintaanAkun]:
    """Return the requests that a person of Bappeda or the administrator may see, newest first."""
    everything = PermintaanAkun.objects.select_related(
        "kabupaten", "kecamatan", "pengguna", "diminta_oleh", "dijawab_oleh"
    )
    if person.is_superuser:
        return everything
    at = person.keanggotaan.filter(peran=Peran.BAPPEDA).values("kabupaten")
    return everything.filter(kabupaten__in=at)


def count_waiting(person: Pengguna) -> int:
    """Return how many requests of others wait where the person may look (one query)."""
    return requests_for(person).filter(hasil="").exclude(diminta_oleh=person).exclude(pengguna=person).count()


def links_of(pembuat: Pengguna) -> QuerySet[TautanMasuk]:
    """Return the one-time links that their maker has not seen yet."""
    return TautanMasuk.objects.filter(pembuat=pembuat, ditampilkan_pada=None).select_related("pengguna")


def newest_link(owner: Pengguna) -> TautanMasuk | None:
    """Return the newest link of an account, whoever made it: a page says who has it and since when."""
    return TautanMasuk.objects.filter(pengguna=owner).select_related("pembuat").first()


def own_steps(person: Pengguna) -> QuerySet[JejakAudit]:
    """Return what was done in the person's name in events and binds others, newest first."""
    jejak = JejakAudit.objects.filter(pelaku=person, aksi__in=PENTING)
    return jejak.select_related("musrenbang__kecamatan__kabupaten")


def own_account_steps(person: Pengguna) -> QuerySet[JejakAcuan]:
    """Return what was done in the person's name to accounts and reference data, newest first."""
    return JejakAcuan.objects.filter(pelaku=person).select_related("kabupaten")


def news_of(person: Pengguna) -> QuerySet[KabarAkun]:
    """Return what others did to the person's account, newest first."""
    return KabarAkun.objects.filter(pengguna=person)
