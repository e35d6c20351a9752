"""A guide of twelve steps on the real pages, for who learns the program in training mode.

``facts.py`` tells from the record whether something was done, ``steps.py`` is the table of steps of each role,
``queries.py`` reads where a person stands.
"""
