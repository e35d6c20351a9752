"""Backups: database and files in one archive, checked when it is made and before it is taken back.

``archive`` packs and checks, ``old_encryption`` reads what earlier versions encrypted, ``basis`` copies the database
(SQLite while in use, PostgreSQL by its own tools), ``store`` puts it together.
"""
