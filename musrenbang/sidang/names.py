"""Names as people say them: what is the same name in spite of titles, capitals, dots and the ways of spelling. Pure.

Nothing is merged by this: two entries with the same key are shown to the desk, which says whether it is one person.
"""

import re
import unicodedata

_SAPAAN = """h hj haji hajah hjh kh tgh tgkh ust ustad ustadz ustadzah guru tuan k kyai kiai drs dra dr drg ir prof ns
apt bapak bpk bp pak ibu bu sdr sdri saudara saudari almarhum nyonya ny tn pdt"""
_GELAR = """ssos sspd spd spdi sag sh shi se sei st sip sipem sap si ssi skm skep skepns ners smn sm stp sp spt spi skom
shut sstp siptp sstpi stpi spsi psi sgz sfarm sds ssn sikom sa skg sked map msi mm mh mpd mpdi ma mag msc mt mkes mkn mp
me mei mkom mhum msos mphil mba mpa mph ap amd amdkeb amdkep amk amg ama amapd apd str strkeb strkep sstkeb ssit lc phd
bba ba bsc"""
SAPAAN, GELAR = frozenset(_SAPAAN.split()), frozenset(_GELAR.split())
SAMA_KATA = {
    **dict.fromkeys(
        [
            "muhamad",
            "mohammad",
            "mohamad",
            "mochamad",
            "mochammad",
            "muchamad",
            "muchammad",
            "moh",
            "muh",
            "mhd",
            "mohd",
            "moch",
            "much",
            "md",
        ],
        "muhammad",
    ),
    **dict.fromkeys(["achmad", "akhmad", "ahmat", "akhmat", "achmat"], "ahmad"),
    **dict.fromkeys(["abd", "abdl", "abdoel"], "abdul"),
    "lalu": "l",
    "lale": "l",
    "baiq": "b",
    "bq": "b",
    "raden": "rd",
}
EJAAN = [
    ("oe", "u"),
    ("dj", "j"),
    ("tj", "c"),
    ("nj", "ny"),
    ("sj", "sy"),
    ("ch", "h"),
    ("kh", "h"),
    ("dz", "z"),
    ("dh", "d"),
    ("th", "t"),
    ("sh", "s"),
    ("sy", "s"),
    ("v", "f"),
    ("y", "i"),
    ("q", "k"),
    ("x", "ks"),
    ("ie", "i"),
    ("ae", "ai"),
    ("z", "j"),
]


def name_key(nama: str) -> str:
    """Return what two spellings of one name have in common.

    ``H. Achmad  YANI, S.Sos., M.Si`` and ``ahmad yani`` give the same key.
    """
    plain = unicodedata.normalize("NFKD", nama).encode("ascii", "ignore").decode()
    front, *behind = plain.split(",")
    words = [k for cut in front.split() for k in _name_words(cut, capital=front.isupper())]
    for part in behind:  # after a comma stand degrees; anything else belongs to the name
        if _tight(part) not in GELAR:
            words += [k for k in map(_tight, part.split()) if k not in GELAR | SAPAAN]
    if not words:  # a person may be called like a title
        words = [_tight(k) for k in front.split()]
    meeting = "".join(_spell("muhammad" if i == 0 and k == "m" else k) for i, k in enumerate(words))
    return re.sub(r"([a-z])\1+", r"\1", meeting)  # Abdurrahman, Abdur Rahman


def _tight(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _name_words(cut: str, *, capital: bool) -> list[str]:
    """What a piece between blanks says of the name: nothing for a title or degree; two words for ``M.Yani``.

    A short degree without dots (``SE``) is one only in capitals beside small letters: it may be a name.
    """
    meeting = _tight(cut)
    striking = "." in cut or len(meeting) > 3 or (cut.isupper() and not capital)
    if meeting in SAPAAN or (meeting in GELAR and striking):
        return []
    all_rows = [_tight(k) for k in cut.split(".")]
    return [k for k in all_rows if k and k not in SAPAAN] or [meeting] * bool(meeting)


def _spell(words: str) -> str:
    words = SAMA_KATA.get(words, SAMA_KATA.get(words.replace("oe", "u"), words))  # Laloe, Lalu, L.
    for old, new in EJAAN:
        words = words.replace(old, new)
    return words[:-1] if len(words) > 3 and words.endswith("h") else words  # Aminah, Amina
