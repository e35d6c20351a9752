"""Backups: database and files in one archive, checked when it is made and before it is taken back.

``arsip`` packs and checks, ``sandi`` encrypts, ``basis`` copies the database (SQLite while in use, PostgreSQL by its
own tools), ``simpan`` puts it together.
"""
