"""Rankings of before keep their rules, scores and decisions under the new tables."""

from django.db import migrations

from rkp.prioritas.bawaan import preset


def pindahkan(apps, schema_editor):
    """Rankings of before become rankings by the scheme of the indicative ceiling; their scores move to candidates."""
    model = {m: apps.get_model("prioritas", m) for m in ("Pemeringkatan", "Kriteria", "Nilai", "PutusanSeri", "Calon")}
    for p in model["Pemeringkatan"].objects.all():
        kriteria = list(model["Kriteria"].objects.filter(pemeringkatan=p))
        p.kode = "piwk"
        p.aturan = preset("piwk") | {
            "kebijakan_sisa": p.kebijakan_sisa,
            "kriteria": [
                {"kode": k.kode, "nama": k.nama, "bobot": str(k.bobot), "min": "1", "maks": "5", "jenis": "manfaat"}
                for k in kriteria
            ],
        }
        p.save()
        kode = {k.pk: k.kode for k in kriteria}
        putusan = {s.baris_id: s for s in model["PutusanSeri"].objects.filter(pemeringkatan=p)}
        nilai = list(model["Nilai"].objects.filter(kriteria__in=kriteria))
        calon = {}
        for baris in sorted({n.baris_id for n in nilai} | set(putusan)):
            s = putusan.get(baris)
            calon[baris] = model["Calon"].objects.create(
                pemeringkatan=p, baris_id=baris, putusan=s and s.urut, alasan_putusan=s.alasan if s else ""
            )
        for n in nilai:
            n.calon, n.kode = calon[n.baris_id], kode[n.kriteria_id]
            n.save()


class Migration(migrations.Migration):
    dependencies = [("prioritas", "0002_skema")]

    operations = [migrations.RunPython(pindahkan, migrations.RunPython.noop)]
