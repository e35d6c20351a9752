"""Keys of forms move from the rows that they made to the one table that remembers them."""

from django.db import migrations
from django.utils import timezone


def keep_keys(aplikasi, model, *, acara="musrenbang_id", kolom="kunci", pada=None, oleh=None):
    """Return the operation that copies the keys of a model, without a digest: what the forms held is not known."""

    def salin(apps, schema_editor):
        Kiriman = apps.get_model("musrenbang", "Kiriman")
        nama = [n for n in ("pk", acara, kolom, pada, oleh) if n]
        semua = apps.get_model(aplikasi, model).objects.exclude(**{f"{kolom}__isnull": True}).values(*nama)
        Kiriman.objects.bulk_create(
            (
                Kiriman(
                    musrenbang_id=b[acara], jenis=f"{aplikasi}.{model}".lower(), kunci=b[kolom], objek_id=b["pk"],
                    oleh_id=b[oleh] if oleh else None, pada=b[pada] if pada else timezone.now(),
                )
                for b in semua.iterator(1000)
            ),
            batch_size=1000,
        )  # fmt: skip

    return migrations.RunPython(salin, migrations.RunPython.noop)
