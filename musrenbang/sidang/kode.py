"""Short codes that people read aloud and type: no letter is mistaken for a digit."""

import secrets

HURUF = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
PANJANG = 6


def new_code() -> str:
    """Return a random code, e.g. ``K7PX3M``."""
    return "".join(secrets.choice(HURUF) for _ in range(PANJANG))


def read_code(teks: str) -> str:
    """Return the code in what was typed or scanned: the last part, without blanks and dashes, in capitals."""
    return "".join(h for h in teks.rsplit(":", 1)[-1].upper() if h.isalnum())
