from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("rkp", "0005_hubungan_gabung"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="barisrkp", name="baris_digabung_ada_tujuan"),
        migrations.RemoveField(model_name="barisrkp", name="sebelum_gabung"),
        migrations.AddConstraint(
            model_name="barisrkp",
            constraint=models.CheckConstraint(
                condition=Q(
                    ("digabung_ke__isnull", False), ("hubungan__in", ["bagian", "sama"]), ("keputusan", "digabung")
                )
                | Q(Q(("keputusan", "digabung"), _negated=True), ("digabung_ke__isnull", True), ("hubungan", "")),
                name="baris_digabung_ada_tujuan",
            ),
        ),
    ]
