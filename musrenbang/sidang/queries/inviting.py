"""Who invites: the letters are the Camat's, so none is written to him."""

import re

from django.db.models import Q

from musrenbang.cetakan import today
from musrenbang.models import Musrenbang
from musrenbang.queries import signer_of
from musrenbang.sebutan import sebutan
from musrenbang.sidang.models import Undangan, Unsur


def inviting(musrenbang: Musrenbang) -> Q:
    """Match the invitees who invite: the Camat, and who signs for him today. Nobody writes a letter to himself.

    Two queries at most, made at once. They stay on the list, for the desk notes that they came.
    """
    names = "|".join(re.escape(name) for name in {"Camat", sebutan.Camat})
    post = rf"^(pl[th]\.? +)?({names})( +{re.escape(musrenbang.kecamatan.nama)})?$"
    match = Q(unsur=Unsur.KECAMATAN) & (Q(jabatan__iregex=post) | Q(jabatan="", lembaga__iregex=post))
    name = signer_of(musrenbang.kecamatan, today(musrenbang)).nama
    return match | Q(unsur=Unsur.KECAMATAN, nama__iexact=name) if name else match


def without_letter(musrenbang: Musrenbang) -> list[Undangan]:
    """Return those on the list who get no letter because they are the ones who invite."""
    return list(Undangan.objects.filter(inviting(musrenbang), musrenbang=musrenbang, nomor=""))
