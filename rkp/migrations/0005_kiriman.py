from django.db import migrations

from musrenbang.migrations._kiriman import keep_keys


class Migration(migrations.Migration):
    dependencies = [
        ("musrenbang", "0016_kiriman"),
        ("rkp", "0004_dana_program"),
    ]

    operations = [
        keep_keys("rkp", "Keberatan", acara="baris__rkp__musrenbang_id", pada="dicatat_pada"),
        migrations.RemoveField(
            model_name="keberatan",
            name="kunci",
        ),
    ]
