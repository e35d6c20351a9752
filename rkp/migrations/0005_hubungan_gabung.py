from django.db import migrations, models


def add_up(apps, schema_editor):
    """Until now the amounts of merged rows were always added."""
    apps.get_model("rkp", "BarisRkp").objects.filter(keputusan="digabung").update(hubungan="bagian")


class Migration(migrations.Migration):
    dependencies = [
        ("rkp", "0004_dana_program"),
    ]

    operations = [
        migrations.AddField(
            model_name="barisrkp",
            name="hubungan",
            field=models.CharField(
                blank=True,
                choices=[
                    ("bagian", "Digabung, biayanya dijumlahkan"),
                    ("sama", "Usulan yang sama, biaya dihitung sekali"),
                ],
                default="",
                editable=False,
                max_length=8,
            ),
            preserve_default=False,
        ),
        migrations.RunPython(add_up, migrations.RunPython.noop),
    ]
