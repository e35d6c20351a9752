"""The trail of reference data is chained too; the trail and issued papers refuse DELETE and TRUNCATE."""

from django.db import migrations, models

from musrenbang.pemicu import put_on, take_off
from musrenbang.rantai import ISI_ACUAN, link


def lift(apps, schema_editor):
    """Let this migration write into the rows that are there."""
    take_off(schema_editor.execute, "musrenbang_jejakacuan")


def chain(apps, schema_editor):
    """Bind the rows that are there already, kabupaten by kabupaten, in the order in which they were written."""
    kabupaten, jejak = (apps.get_model("musrenbang", n) for n in ("Kabupaten", "JejakAcuan"))
    for pk in kabupaten.objects.values_list("pk", flat=True):
        kepala = ""
        for b in jejak.objects.filter(kabupaten=pk).order_by("pk").iterator():
            sebelum, kepala = kepala, link(b, kepala, ISI_ACUAN)
            jejak.objects.filter(pk=b.pk).update(sebelum=sebelum, sidik=kepala)
        kabupaten.objects.filter(pk=pk).update(sidik_acuan=kepala)


def guard(apps, schema_editor):
    """Put every trigger on."""
    for tabel in ("musrenbang_jejakaudit", "musrenbang_jejakacuan", "musrenbang_dokumen"):
        put_on(schema_editor.execute, tabel)


class Migration(migrations.Migration):
    dependencies = [
        ("musrenbang", "0018_akun_dua_orang"),
    ]

    operations = [
        migrations.RunPython(lift, migrations.RunPython.noop),
        migrations.AddField(
            model_name="jejakacuan",
            name="sebelum",
            field=models.CharField(blank=True, editable=False, max_length=64, verbose_name="sidik baris sebelumnya"),
        ),
        migrations.AddField(
            model_name="jejakacuan",
            name="sidik",
            field=models.CharField(default="", editable=False, max_length=64, verbose_name="sidik baris ini"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="kabupaten",
            name="sidik_acuan",
            field=models.CharField(
                blank=True, editable=False, max_length=64, verbose_name="sidik jejak acuan terakhir"
            ),
        ),
        migrations.RunPython(chain, migrations.RunPython.noop),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
