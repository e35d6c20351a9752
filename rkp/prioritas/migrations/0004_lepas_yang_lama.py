import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("prioritas", "0003_pindahkan_nilai")]

    operations = [
        migrations.RemoveField(
            model_name="nilai",
            name="kriteria",
        ),
        migrations.RemoveField(
            model_name="nilai",
            name="baris",
        ),
        migrations.RemoveField(
            model_name="pemeringkatan",
            name="kebijakan_sisa",
        ),
        migrations.DeleteModel(
            name="Kriteria",
        ),
        migrations.DeleteModel(
            name="PutusanSeri",
        ),
        migrations.AlterField(
            model_name="nilai",
            name="calon",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="nilai", to="prioritas.calon"
            ),
        ),
        migrations.AddConstraint(
            model_name="nilai",
            constraint=models.UniqueConstraint(fields=("calon", "kode"), name="nilai_sekali"),
        ),
        migrations.AddConstraint(
            model_name="nilai",
            constraint=models.CheckConstraint(condition=models.Q(("nilai__gte", 0)), name="nilai_tidak_negatif"),
        ),
    ]
