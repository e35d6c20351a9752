"""Short codes that people read aloud and type: no letter is mistaken for a digit."""

import secrets

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Every code that is drawn by chance: screens, invitations, ballots, papers."""
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Five bits a letter, for what is computed from a key; of I, L, O none, which its reader takes for 1, 1, 0."""
LENGTH = 6


def new_code(length: int = LENGTH) -> str:
    """Return a random code, e.g. ``K7PX3M``."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def code_from(digest: bytes, length: int) -> str:
    """Return the code that belongs to a digest: the same one each time."""
    return "".join(LETTERS[b % len(LETTERS)] for b in digest[:length])


def read_code(text: str) -> str:
    """Return the code in what was typed or scanned: the last part, without blanks and dashes, in capitals."""
    return "".join(letter for letter in text.rsplit(":", 1)[-1].upper() if letter.isalnum())
