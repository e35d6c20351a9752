"""The triggers that keep issued documents and audit rows as they were, for the migrations that touch their tables."""

SQLITE = """
CREATE TRIGGER dokumen_tidak_berubah BEFORE UPDATE ON musrenbang_dokumen WHEN OLD.sha256 <> ''
BEGIN SELECT RAISE(ABORT, 'Dokumen yang sudah terbit tidak dapat diubah.'); END
"""
POSTGRES = """
CREATE FUNCTION dokumen_tolak_ubah() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'Dokumen yang sudah terbit tidak dapat diubah.'; END $$;
CREATE TRIGGER dokumen_tidak_berubah BEFORE UPDATE ON musrenbang_dokumen
FOR EACH ROW WHEN (OLD.sha256 <> '') EXECUTE FUNCTION dokumen_tolak_ubah();
"""


def create_dokumen(apps, schema_editor):
    """Create the trigger of the database in use."""
    schema_editor.execute(SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES)


def drop_dokumen(apps, schema_editor):
    """Remove the trigger."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER dokumen_tidak_berubah")
    else:
        schema_editor.execute(
            "DROP TRIGGER dokumen_tidak_berubah ON musrenbang_dokumen; DROP FUNCTION dokumen_tolak_ubah()"
        )


TABEL_JEJAK = {"jejak_tidak_berubah": "musrenbang_jejakaudit", "jejak_acuan_tidak_berubah": "musrenbang_jejakacuan"}
"""Trigger -> table. The function of PostgreSQL stays where migration 0002 made it."""


def create_jejak(apps, schema_editor):
    """Create the triggers that refuse to change audit rows."""
    for pemicu, tabel in TABEL_JEJAK.items():
        if schema_editor.connection.vendor == "sqlite":
            isi = "BEGIN SELECT RAISE(ABORT, 'Jejak audit tidak dapat diubah.'); END"
            schema_editor.execute(f"CREATE TRIGGER {pemicu} BEFORE UPDATE ON {tabel} {isi}")
        else:
            isi = "FOR EACH ROW EXECUTE FUNCTION jejak_tolak_ubah()"
            schema_editor.execute(f"CREATE TRIGGER {pemicu} BEFORE UPDATE ON {tabel} {isi}")


def drop_jejak(apps, schema_editor):
    """Remove them; SQLite drops a trigger when it makes its table anew."""
    for pemicu, tabel in TABEL_JEJAK.items():
        di = "" if schema_editor.connection.vendor == "sqlite" else f" ON {tabel}"
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {pemicu}{di}")


def create_terbitan(apps, schema_editor):
    """Create the trigger that keeps issued invitations as they went out."""
    if schema_editor.connection.vendor == "sqlite":
        isi = "BEGIN SELECT RAISE(ABORT, 'Undangan yang sudah terbit tidak dapat diubah.'); END"
        schema_editor.execute(f"CREATE TRIGGER terbitan_tidak_berubah BEFORE UPDATE ON sidang_terbitanundangan {isi}")
    else:
        schema_editor.execute("""
CREATE FUNCTION terbitan_tolak_ubah() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'Undangan yang sudah terbit tidak dapat diubah.'; END $$;
CREATE TRIGGER terbitan_tidak_berubah BEFORE UPDATE ON sidang_terbitanundangan
FOR EACH ROW EXECUTE FUNCTION terbitan_tolak_ubah();
""")


def drop_terbitan(apps, schema_editor):
    """Remove it."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER terbitan_tidak_berubah")
    else:
        schema_editor.execute(
            "DROP TRIGGER terbitan_tidak_berubah ON sidang_terbitanundangan; DROP FUNCTION terbitan_tolak_ubah()"
        )
