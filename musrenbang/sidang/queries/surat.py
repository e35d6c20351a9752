"""Reads about the letters: what they say, who holds which, and which no longer say what is planned."""

from dataclasses import dataclass

from musrenbang import format as tulis
from musrenbang.models import Musrenbang
from musrenbang.sidang.models import TerbitanUndangan, Undangan
from musrenbang.sidang.queries.agenda import list_agenda
from musrenbang.sidang.queries.inviting import inviting

FAKTA = {"tanggal": "Hari/tanggal", "jam": "Pukul", "tempat": "Tempat", "acara": "Acara", "kepada": "Ditujukan kepada"}
"""What an invitation tells, in the words that it prints."""


def invitation_facts(musrenbang: Musrenbang) -> dict[str, str]:
    """Return when, where and what the letters invite to, as they print it."""
    zona = musrenbang.kecamatan.kabupaten.get_zona_display()
    acara = [b.agenda.judul for b in list_agenda(musrenbang).butir][1:9]  # after the registration
    return {
        "tanggal": tulis.date_with_day(musrenbang.tanggal),
        "jam": f"{tulis.hour_text(musrenbang.jam_mulai)} {zona}",
        "tempat": musrenbang.tempat,
        "acara": f"{'; '.join(acara)}, dan seterusnya" if acara else "",
    }


def address_of(undangan: Undangan) -> dict[str, str]:
    """Return to whom a letter goes, as it prints it."""
    return {"sebutan": undangan.sebutan, "lembaga": undangan.lembaga}


@dataclass(frozen=True)
class StaleSurat:
    """Letters of one issue that no longer say what is planned: who holds them as their newest, and what differs.

    ``beda``: {what: (as the letter says, as it is now)} in words.
    """

    terbitan: TerbitanUndangan
    undangan: list[Undangan]
    beda: dict[str, tuple[str, str]]


def stale_letters(musrenbang: Musrenbang) -> list[StaleSurat]:
    """Return the letters whose holders were told something else than what is planned now, by issue (six queries).

    A letter that was numbered by an older release keeps no content and is not compared.
    """
    terbitan = {t.pk: t for t in TerbitanUndangan.objects.filter(musrenbang=musrenbang)}
    if not terbitan:
        return []
    fact = invitation_facts(musrenbang)
    kelompok: dict[tuple[int, tuple[str, ...]], StaleSurat] = {}
    numbered = Undangan.objects.filter(musrenbang=musrenbang, terbitan__isnull=False).exclude(inviting(musrenbang))
    for u in numbered.prefetch_related("perubahan"):
        t = terbitan[newest_issue(u)]
        difference = _differences(t, u, fact)
        if difference:
            kunci = (t.pk, tuple(difference.get("Ditujukan kepada", ())))
            kelompok.setdefault(kunci, StaleSurat(t, [], difference)).undangan.append(u)
    return list(kelompok.values())


def unkept_letters(musrenbang: Musrenbang) -> int:
    """Count the invitations that an older release numbered without keeping what they said (one query)."""
    return Undangan.objects.filter(musrenbang=musrenbang, terbitan=None).exclude(nomor="").count()


def newest_issue(undangan: Undangan) -> int:
    """Return the key of the issue whose letter an invitee holds; give it with its ``perubahan`` prefetched."""
    perubahan = list(undangan.perubahan.all())
    pk = perubahan[-1].terbitan_id if perubahan else undangan.terbitan_id
    assert pk
    return pk


def _differences(terbitan: TerbitanUndangan, undangan: Undangan, fact: dict[str, str]) -> dict[str, tuple[str, str]]:
    old = terbitan.isi["fakta"] | {"kepada": _line(terbitan.isi["surat"][str(undangan.pk)])}
    current = fact | {"kepada": _line(address_of(undangan))}
    # a letter without an agenda promised none: that there is one by now contradicts nothing
    return {
        nama: (old[k], current[k]) for k, nama in FAKTA.items() if old[k] != current[k] and (old[k] or k != "acara")
    }


def _line(to: dict[str, str]) -> str:
    return f"{to['sebutan']}, {to['lembaga']}"
