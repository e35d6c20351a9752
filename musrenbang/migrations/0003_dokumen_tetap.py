"""The database itself refuses to change a document that has its file."""

from django.db import migrations

from musrenbang.migrations._pemicu import create_dokumen, drop_dokumen


class Migration(migrations.Migration):
    dependencies = [("musrenbang", "0002_jejak_tetap")]
    operations = [migrations.RunPython(create_dokumen, drop_dokumen)]
