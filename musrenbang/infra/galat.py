"""Refusals in words."""


class Ditolak(Exception):
    """A refusal in words for the person who asked. Views show it; nothing was written."""
