"""Form of official papers by their year: legal basis of a decision, classification of a number; pure.

What is printed as law stands in the sources of ``produk/hari_ini.md`` ("Letters and papers") and ``musrenbang.md`` 1;
``docs/konsep.md`` says which lines were not compared with the text. A kabupaten sets codes and rules of its own
(``Kabupaten.naskah``).
"""

import re
from collections.abc import Mapping

KLASIFIKASI = {2023: {"050": "000.7.2", "005": "000.7.1.4", "090": "000.7.1.4", "141": "100.3.3"}}
"""Codes of Permendagri 78/2012 and what Permendagri 83/2022 put in their place, by the year from which it holds.

The new scheme has no code for invitations and orders as such, but one for what they are about: 000.7.1.4 is "Musrenbang
Kecamatan". 100.3.3 is "Keputusan/Ketetapan Pimpinan Pemerintah", which has no further code for a Camat.
"""

DASAR_HUKUM: tuple[tuple[int, int, str], ...] = (
    (0, 9999, "Undang-Undang Nomor 25 Tahun 2004 tentang Sistem Perencanaan Pembangunan Nasional"),
    (0, 2014, "Undang-Undang Nomor 32 Tahun 2004 tentang Pemerintahan Daerah"),
    (2015, 2024, "Undang-Undang Nomor 6 Tahun 2014 tentang Desa"),
    (
        2025,
        9999,
        "Undang-Undang Nomor 6 Tahun 2014 tentang Desa sebagaimana telah beberapa kali diubah, terakhir dengan "
        "Undang-Undang Nomor 3 Tahun 2024",
    ),
    (
        2015,
        9999,
        "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah sebagaimana telah beberapa kali diubah",
    ),
    (2019, 9999, "Peraturan Pemerintah Nomor 17 Tahun 2018 tentang Kecamatan"),
    (
        2011,
        2017,
        "Peraturan Menteri Dalam Negeri Nomor 54 Tahun 2010 tentang Pelaksanaan Peraturan Pemerintah Nomor 8 Tahun "
        "2008 tentang Tahapan, Tata Cara Penyusunan, Pengendalian, dan Evaluasi Pelaksanaan Rencana Pembangunan Daerah",
    ),
    (
        2018,
        9999,
        "Peraturan Menteri Dalam Negeri Nomor 86 Tahun 2017 tentang Tata Cara Perencanaan, Pengendalian dan Evaluasi "
        "Pembangunan Daerah, Tata Cara Evaluasi Rancangan Peraturan Daerah tentang Rencana Pembangunan Jangka Panjang "
        "Daerah dan Rencana Pembangunan Jangka Menengah Daerah, serta Tata Cara Perubahan Rencana Pembangunan Jangka "
        "Panjang Daerah, Rencana Pembangunan Jangka Menengah Daerah, dan Rencana Kerja Pemerintah Daerah",
    ),
)
"""First and last year of an event in which a decision names it, in the order of rank."""


PERUNTUKAN = {"kode_perencanaan": "050", "kode_undangan": "005", "kode_mandat": "090", "kode_keputusan": "141"}
"""What letters are for, by the code of the old scheme that they bear without a code of the kabupaten's own."""


def legal_basis(tahun: int, own: Mapping[str, str]) -> list[str]:
    """Return what a decision of an event of that year names under "Mengingat": the general ones, then the kabupaten's.

    ``own``: what the kabupaten set (``Kabupaten.naskah``); its rules stand one a line.
    """
    lines = [line.strip().rstrip(";.") for line in own.get("mengingat", "").splitlines()]
    general = [law for first, last, law in DASAR_HUKUM if first <= tahun <= last]
    return general + [line for line in lines if line and line not in general]


def classification(kode: str, tahun: int, own: Mapping[str, str]) -> str:
    """Return the classification that a paper of that year bears for one of the old scheme.

    ``own``: what the kabupaten set (``Kabupaten.naskah``); its code comes before those of the general scheme.
    """
    for use, old in PERUNTUKAN.items():
        if old == kode and own.get(use):
            return own[use]
    for sejak in sorted(KLASIFIKASI, reverse=True):
        if tahun >= sejak:
            return KLASIFIKASI[sejak].get(kode, kode)
    return kode


KANTOR = re.compile(r"^(?:kantor )?(?:kecamatan|camat|distrik|kapanewon|kemantren)\b", re.IGNORECASE)
"""How an agency begins that is the office of a kecamatan."""
PIMPINAN = (
    (re.compile(r"^sekretariat\b", re.IGNORECASE), "Sekretaris", True),
    (re.compile(r"^inspektorat\b", re.IGNORECASE), "Inspektur", True),
    (re.compile(r"^(?:rsud|rumah sakit)\b", re.IGNORECASE), "Direktur", False),
)
"""Agencies whose head is no "Kepala": how they begin, what the head is, whether that takes the place of the word."""


def is_own_office(skpd: str, kecamatan: str) -> bool:
    """Tell whether an agency is the very office that writes: no letter goes from the Camat to the Camat."""
    rest, n = KANTOR.subn("", skpd.strip())
    return bool(n) and rest.strip(" .,-").casefold() in {"", kecamatan.casefold()}


def addressee(skpd: str, camat: str) -> str:
    """Return to whom a letter to an agency goes, ``camat``: what the head of a kecamatan is called there."""
    if KANTOR.match(skpd):
        return KANTOR.sub(camat, skpd)
    for beginning, head, instead in PIMPINAN:
        if beginning.match(skpd):
            return beginning.sub(head, skpd) if instead else f"{head} {skpd}"
    return f"Kepala {skpd}"
