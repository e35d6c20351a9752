"""What the fixed rankings of before give becomes part of the rows, as a ranking that is fixed today writes it."""

from django.db import migrations


def tuliskan(apps, schema_editor):
    """Write the money of every fixed ranking to the rows it funds."""
    pemeringkatan, calon = apps.get_model("prioritas", "Pemeringkatan"), apps.get_model("prioritas", "Calon")
    dana = apps.get_model("rkp", "DanaProgram")
    for p in pemeringkatan.objects.filter(status="ditetapkan", hasil__isnull=False):
        tempat = {u["kode"]: u["peringkat"] for u in p.hasil["peringkat"]}
        baris = dict(calon.objects.filter(pemeringkatan=p).values_list("baris__nomor", "baris"))
        dana.objects.bulk_create(
            dana(
                baris_id=baris[int(d["kode"])], kode=p.kode, program=p.nama, jumlah=d["didanai"],
                peringkat=tempat[d["kode"]],
            )
            for d in p.hasil["pendanaan"]
            if d["didanai"] and int(d["kode"]) in baris
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("prioritas", "0006_dilewati"), ("rkp", "0004_dana_program")]

    operations = [migrations.RunPython(tuliskan, migrations.RunPython.noop)]
