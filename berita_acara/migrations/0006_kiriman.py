from django.db import migrations

from musrenbang.migrations._kiriman import keep_keys


class Migration(migrations.Migration):
    dependencies = [
        ("musrenbang", "0017_kiriman"),
        ("berita_acara", "0005_halaman_salinan"),
    ]

    operations = [
        keep_keys(
            "berita_acara", "SalinanTtd", acara="dokumen__musrenbang_id", pada="diunggah_pada", oleh="diunggah_oleh_id"
        ),
        migrations.RemoveField(
            model_name="salinanttd",
            name="kunci",
        ),
    ]
