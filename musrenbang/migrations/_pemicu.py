"""The trigger that keeps an issued document as it was, for the migrations that touch its table."""

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
