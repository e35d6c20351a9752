from django.db import migrations

from musrenbang.migrations._kiriman import keep_keys


class Migration(migrations.Migration):
    dependencies = [
        ("musrenbang", "0017_kiriman"),
        ("sidang", "0005_sesi"),
    ]

    operations = [
        keep_keys("sidang", "Kehadiran", pada="dicatat_pada", oleh="dicatat_oleh_id"),
        keep_keys("sidang", "Notulen", acara="agenda__musrenbang_id", pada="dibuat_pada"),
        keep_keys("sidang", "Pembicara", acara="agenda__musrenbang_id"),
        migrations.RemoveField(
            model_name="kehadiran",
            name="kunci",
        ),
        migrations.RemoveField(
            model_name="notulen",
            name="kunci",
        ),
        migrations.RemoveField(
            model_name="pembicara",
            name="kunci",
        ),
    ]
