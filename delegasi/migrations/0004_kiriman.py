from django.db import migrations

from musrenbang.migrations._kiriman import keep_keys


class Migration(migrations.Migration):
    dependencies = [
        ("musrenbang", "0017_kiriman"),
        ("delegasi", "0003_hitungan_dan_unsur"),
    ]

    operations = [
        keep_keys("delegasi", "Delegat", pada="dicatat_pada", oleh="dicatat_oleh_id"),
        keep_keys("delegasi", "PemilihanDelegat", pada="dicatat_pada", oleh="dicatat_oleh_id"),
        migrations.RemoveField(
            model_name="delegat",
            name="kunci",
        ),
        migrations.RemoveField(
            model_name="pemilihandelegat",
            name="kunci",
        ),
    ]
