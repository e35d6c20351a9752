import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('musrenbang', '0001_initial'),
        ('sidang', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PemilihanDelegat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('unsur', models.CharField(choices=[('camat', 'Camat'), ('bkad', 'Pengurus BKAD'), ('setrawan', 'Setrawan Kecamatan'), ('kades', 'Kepala desa/lurah'), ('tokoh', 'Tokoh masyarakat')], max_length=10)),
                ('cara', models.CharField(choices=[('aklamasi', 'Aklamasi'), ('kertas', 'Suara di kertas'), ('tangan', 'Angkat tangan'), ('hp', 'Suara lewat HP')], max_length=10)),
                ('kursi', models.PositiveSmallIntegerField()),
                ('pemilih', models.PositiveSmallIntegerField()),
                ('edar', models.PositiveSmallIntegerField()),
                ('masuk', models.PositiveSmallIntegerField()),
                ('sah', models.PositiveSmallIntegerField()),
                ('suara', models.JSONField()),
                ('alasan_seri', models.CharField(blank=True, max_length=300)),
                ('dicatat_pada', models.DateTimeField(auto_now_add=True)),
                ('dicatat_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('musrenbang', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pemilihan_delegat', to='musrenbang.musrenbang')),
                ('alasan_batal', models.CharField(blank=True, max_length=300)),
                ('hadir', models.PositiveIntegerField(default=0)),
                ('status', models.CharField(choices=[('berlaku', 'Berlaku'), ('dibatalkan', 'Dibatalkan')], default='berlaku', editable=False, max_length=10)),
            ],
            options={
                'verbose_name_plural': 'pemilihan delegat',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('edar__lte', models.F('pemilih')), ('masuk__lte', models.F('edar')), ('sah__lte', models.F('masuk'))), name='pemilihan_jumlah_kendali'), models.CheckConstraint(condition=models.Q(('status', 'berlaku'), models.Q(('alasan_batal', ''), _negated=True), _connector='OR'), name='pemilihan_batal_beralasan')],
            },
        ),
        migrations.CreateModel(
            name='Delegat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('unsur', models.CharField(choices=[('camat', 'Camat'), ('bkad', 'Pengurus BKAD'), ('setrawan', 'Setrawan Kecamatan'), ('kades', 'Kepala desa/lurah'), ('tokoh', 'Tokoh masyarakat')], max_length=10)),
                ('nama', models.CharField(max_length=150)),
                ('jenis_kelamin', models.CharField(choices=[('L', 'Laki-laki'), ('P', 'Perempuan')], max_length=1)),
                ('lembaga', models.CharField(max_length=150)),
                ('alamat', models.CharField(blank=True, max_length=200)),
                ('dicatat_pada', models.DateTimeField(auto_now_add=True)),
                ('dicatat_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('kehadiran', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegat', to='sidang.kehadiran')),
                ('musrenbang', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegat', to='musrenbang.musrenbang')),
                ('alasan_ganti', models.CharField(blank=True, max_length=300)),
                ('cadangan_ke', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('cara', models.CharField(choices=[('aklamasi', 'Aklamasi'), ('kertas', 'Suara di kertas'), ('tangan', 'Angkat tangan'), ('hp', 'Suara lewat HP')], default='aklamasi', max_length=10)),
                ('menggantikan', models.CharField(blank=True, max_length=150)),
                ('alasan_unsur', models.CharField(blank=True, max_length=300)),
                ('pemilihan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='terpilih', to='delegasi.pemilihandelegat')),
            ],
            options={
                'verbose_name_plural': 'delegat',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('menggantikan', ''), models.Q(('alasan_ganti', ''), _negated=True), _connector='OR'), name='delegat_ganti_beralasan'), models.UniqueConstraint(condition=models.Q(('cadangan_ke', None)), fields=('kehadiran',), name='delegat_satu_kursi'), models.UniqueConstraint(fields=('kehadiran', 'unsur'), name='delegat_sekali_per_kursi')],
            },
        ),
        migrations.CreateModel(
            name='PengaturanDelegasi',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kursi', models.JSONField()),
                ('min_perempuan', models.PositiveSmallIntegerField(default=2, verbose_name='perempuan, paling sedikit')),
                ('wajib_perempuan', models.BooleanField(default=False, verbose_name='menjadi syarat, bukan hanya anjuran')),
                ('versi', models.PositiveIntegerField(default=1)),
                ('musrenbang', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='pengaturan_delegasi', to='musrenbang.musrenbang')),
            ],
            options={
                'verbose_name_plural': 'pengaturan delegasi',
            },
        ),
    ]
