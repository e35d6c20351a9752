"""Who may do what: role predicates by name. "May" (role, 403) is apart from "can" (state, a message)."""

from collections.abc import Mapping

from musrenbang.states import Peran

TIM = frozenset({Peran.SEKCAM, Peran.PMD, Peran.PEMANDU})
TIM_INTI = frozenset({Peran.SEKCAM, Peran.PMD})
PEMBACA = TIM | {Peran.CAMAT, Peran.BAPPEDA, Peran.ADMIN, Peran.VERIFIKATOR}
SEMUA = frozenset(Peran.values)

IZIN: dict[str, frozenset[str]] = {}
"""Name of a permission -> the roles that have it. Each app says its own (``izin.py``) in ``AppConfig.ready()``."""


def add_izin(izin: Mapping[str, frozenset[str]]) -> None:
    """Take the permissions of an app in; RuntimeError when a name is taken by other roles already."""
    for nama, peran in izin.items():
        if IZIN.setdefault(nama, peran) != peran:
            raise RuntimeError(f"Two apps speak of the permission {nama}.")


def may(izin: str, peran: frozenset[str]) -> bool:
    """Tell whether any of a person's roles has the permission; KeyError on an unknown name."""
    return bool(IZIN[izin] & peran)
