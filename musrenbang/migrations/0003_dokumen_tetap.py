"""The database itself refuses to change a document that has its file."""

from django.db import migrations

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


def create(apps, schema_editor):
    """Create the trigger of the database in use."""
    schema_editor.execute(SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES)


def drop(apps, schema_editor):
    """Remove the trigger."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER dokumen_tidak_berubah")
    else:
        schema_editor.execute(
            "DROP TRIGGER dokumen_tidak_berubah ON musrenbang_dokumen; DROP FUNCTION dokumen_tolak_ubah()"
        )


class Migration(migrations.Migration):
    dependencies = [("musrenbang", "0002_jejak_tetap")]
    operations = [migrations.RunPython(create, drop)]
