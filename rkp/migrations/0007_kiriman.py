from django.db import migrations

from musrenbang.migrations._kiriman import keep_keys


class Migration(migrations.Migration):
    dependencies = [
        ("musrenbang", "0017_kiriman"),
        ("rkp", "0006_tanpa_sebelum_gabung"),
    ]

    operations = [
        keep_keys("rkp", "Keberatan", acara="baris__rkp__musrenbang_id", pada="dicatat_pada"),
        migrations.RemoveField(
            model_name="keberatan",
            name="kunci",
        ),
    ]
