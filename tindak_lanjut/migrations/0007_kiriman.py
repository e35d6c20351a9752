from django.db import migrations

from musrenbang.migrations._kiriman import keep_keys


class Migration(migrations.Migration):
    dependencies = [
        ("musrenbang", "0016_kiriman"),
        ("tindak_lanjut", "0006_didanai"),
    ]

    operations = [
        keep_keys("tindak_lanjut", "Catatan", pada="pada", oleh="oleh_id"),
        migrations.RemoveField(
            model_name="catatan",
            name="kunci",
        ),
    ]
