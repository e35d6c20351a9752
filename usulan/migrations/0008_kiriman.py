from django.db import migrations

from musrenbang.migrations._kiriman import keep_keys


class Migration(migrations.Migration):
    dependencies = [
        ("musrenbang", "0017_kiriman"),
        ("usulan", "0007_program_masuk"),
    ]

    operations = [
        keep_keys("usulan", "Usulan", kolom="tanda"),
        migrations.RemoveField(
            model_name="usulan",
            name="tanda",
        ),
    ]
