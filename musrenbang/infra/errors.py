"""Refusals in words."""


class Refused(Exception):
    """A refusal in words for the person who asked. Views show it; nothing was written."""
