"""Carrying an event between a server and the laptop in the hall: one sealed file out, one back.

Rows keep their keys: those made on the laptop come from a range of keys that belongs to that journey alone, so nothing
has to be renumbered and every reference, also those inside JSON, stays right.

``kunci`` the keys of both machines, ``izin`` the permit, ``envelope`` the sealed file, ``names`` the names inside it,
``tabel`` and ``content`` rows and documents, ``load`` loading on the laptop. What comes back is judged by ``skema``
(form and ownership), ``unchangeable`` (what may not change), ``jejak`` (the trail) and, once it went in, ``recheck``
(conditions and invariants); ``homecoming`` puts it in and ``changes`` tells what it changes.
"""
