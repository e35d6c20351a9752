from django.db import migrations, models

SEKALI = 1000


def take_names(apps, schema_editor):
    """Give every frozen row the names that its bidang, SKPD and funding source have now."""
    model = apps.get_model("rkp", "BarisVersi")
    terakhir = 0
    while True:
        baris = list(
            model.objects.filter(pk__gt=terakhir)
            .order_by("pk")
            .select_related("bidang", "skpd", "sumber_dana")[:SEKALI]
        )
        if not baris:
            return
        for b in baris:
            b.sebutan = {a: x.nama if (x := getattr(b, a)) else "" for a in ("bidang", "skpd", "sumber_dana")}
        model.objects.bulk_update(baris, ["sebutan"])
        terakhir = baris[-1].pk


class Migration(migrations.Migration):
    dependencies = [
        ("rkp", "0002_kelompok"),
    ]

    operations = [
        migrations.AddField(model_name="barisversi", name="sebutan", field=models.JSONField(default=dict)),
        migrations.RunPython(take_names, migrations.RunPython.noop),
    ]
