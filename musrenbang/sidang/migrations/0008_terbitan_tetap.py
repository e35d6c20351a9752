"""Issued invitations refuse DELETE and TRUNCATE too."""

from django.db import migrations

from musrenbang.pemicu import put_on


def guard(apps, schema_editor):
    """Put every trigger on."""
    put_on(schema_editor.execute, "sidang_terbitanundangan")


class Migration(migrations.Migration):
    dependencies = [("sidang", "0007_meja")]
    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
