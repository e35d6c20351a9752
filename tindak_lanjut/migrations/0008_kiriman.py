from django.db import migrations

from musrenbang.migrations._kiriman import keep_keys


class Migration(migrations.Migration):
    dependencies = [
        ("musrenbang", "0017_kiriman"),
        ("tindak_lanjut", "0007_adendum"),
    ]

    operations = [
        keep_keys("tindak_lanjut", "Catatan", pada="pada", oleh="oleh_id"),
        migrations.RemoveField(
            model_name="catatan",
            name="kunci",
        ),
    ]
