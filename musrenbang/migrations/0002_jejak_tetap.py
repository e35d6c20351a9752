"""The database itself refuses to change an audit row."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER jejak_tidak_berubah BEFORE UPDATE ON musrenbang_jejakaudit
BEGIN SELECT RAISE(ABORT, 'Jejak audit tidak dapat diubah.'); END
"""
POSTGRES = """
CREATE FUNCTION jejak_tolak_ubah() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'Jejak audit tidak dapat diubah.'; END $$;
CREATE TRIGGER jejak_tidak_berubah BEFORE UPDATE ON musrenbang_jejakaudit
FOR EACH ROW EXECUTE FUNCTION jejak_tolak_ubah();
"""


def create(apps, schema_editor):
    """Create the trigger of the database in use."""
    schema_editor.execute(SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES)


def drop(apps, schema_editor):
    """Remove the trigger."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER jejak_tidak_berubah")
    else:
        schema_editor.execute(
            "DROP TRIGGER jejak_tidak_berubah ON musrenbang_jejakaudit; DROP FUNCTION jejak_tolak_ubah()"
        )


class Migration(migrations.Migration):
    dependencies = [("musrenbang", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
