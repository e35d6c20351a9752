import berita_acara.models
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('musrenbang', '0001_initial'),
        ('tindak_lanjut', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AsalAula',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nomor', models.PositiveIntegerField()),
                ('asal', models.CharField(max_length=200)),
                ('dimuat_pada', models.DateTimeField(auto_now_add=True)),
                ('musrenbang', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='asal_aula', to='musrenbang.musrenbang')),
                ('bekal', models.JSONField(default=list)),
                ('izin', models.JSONField(default=dict)),
            ],
            options={
                'verbose_name_plural': 'asal aula',
            },
        ),
        migrations.CreateModel(
            name='Paket',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('disusun', 'Sedang disusun'), ('jadi', 'Siap diunduh'), ('sebagian', 'Siap, sebagian gagal')], default='disusun', max_length=10)),
                ('berkas', models.FileField(blank=True, upload_to=berita_acara.models.path_paket)),
                ('dibuat_pada', models.DateTimeField(auto_now_add=True)),
                ('denyut', models.DateTimeField(null=True)),
                ('dibuat_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('musrenbang', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='paket', to='musrenbang.musrenbang')),
                ('penyampaian', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='paket', to='tindak_lanjut.penyampaian')),
            ],
            options={
                'verbose_name_plural': 'paket',
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['disusun', 'jadi', 'sebagian'])), name='paket_status_dikenal'), models.UniqueConstraint(condition=models.Q(('penyampaian', None), ('status', 'disusun')), fields=('musrenbang',), name='paket_satu_disusun'), models.UniqueConstraint(condition=models.Q(('status', 'disusun')), fields=('penyampaian',), name='paket_penyampaian_satu_disusun')],
            },
        ),
        migrations.CreateModel(
            name='ButirPaket',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jenis', models.CharField(max_length=40)),
                ('bagian', models.CharField(blank=True, max_length=60)),
                ('judul', models.CharField(max_length=200)),
                ('galat', models.CharField(blank=True, max_length=300)),
                ('gagal', models.BooleanField(default=False)),
                ('percobaan', models.PositiveSmallIntegerField(default=0)),
                ('dokumen', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='musrenbang.dokumen')),
                ('paket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='butir', to='berita_acara.paket')),
                ('versi', models.PositiveSmallIntegerField(null=True)),
            ],
            options={
                'verbose_name_plural': 'butir paket',
                'ordering': ['paket', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Perjalanan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nomor', models.PositiveIntegerField(unique=True)),
                ('jejak_terakhir', models.BigIntegerField()),
                ('status', models.CharField(choices=[('berjalan', 'Di aula'), ('menunggu', 'Hasilnya menunggu pengesahan'), ('kembali', 'Hasilnya sudah masuk'), ('dibatalkan', 'Dibatalkan')], default='berjalan', max_length=12)),
                ('pada', models.DateTimeField(auto_now_add=True)),
                ('dibawa_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('musrenbang', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='perjalanan', to='musrenbang.musrenbang')),
                ('berlaku_sampai', models.DateTimeField(null=True)),
                ('izin', models.JSONField(default=dict)),
                ('kode_laptop', models.CharField(blank=True, max_length=23)),
            ],
            options={
                'verbose_name_plural': 'perjalanan',
                'ordering': ['-nomor'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status__in', ['berjalan', 'menunggu'])), fields=('musrenbang',), name='perjalanan_satu_berjalan'), models.CheckConstraint(condition=models.Q(('status__in', ['berjalan', 'menunggu', 'kembali', 'dibatalkan'])), name='perjalanan_status_dikenal')],
            },
        ),
        migrations.CreateModel(
            name='HasilAula',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('menunggu', 'Menunggu pengesahan'), ('masuk', 'Disahkan dan masuk'), ('ditolak', 'Ditolak')], default='menunggu', max_length=10)),
                ('semula', models.CharField(choices=[('berjalan', 'Di aula'), ('menunggu', 'Hasilnya menunggu pengesahan'), ('kembali', 'Hasilnya sudah masuk'), ('dibatalkan', 'Dibatalkan')], max_length=12)),
                ('berkas', models.FileField(max_length=200, upload_to=berita_acara.models.path_hasil)),
                ('sha256', models.CharField(max_length=64)),
                ('sha256_unggahan', models.CharField(max_length=64)),
                ('kunci', models.CharField(max_length=44)),
                ('ringkasan', models.JSONField()),
                ('timpa', models.BooleanField(default=False)),
                ('pada', models.DateTimeField(auto_now_add=True)),
                ('ketua_pada', models.DateTimeField(null=True)),
                ('camat_pada', models.DateTimeField(null=True)),
                ('ditolak_pada', models.DateTimeField(null=True)),
                ('alasan', models.CharField(blank=True, max_length=300)),
                ('camat', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ditolak_oleh', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('diunggah_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ketua', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('perjalanan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hasil', to='berita_acara.perjalanan')),
            ],
            options={
                'verbose_name_plural': 'hasil aula',
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'menunggu')), fields=('perjalanan',), name='hasil_aula_satu_menunggu'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'masuk'), _negated=True), models.Q(('camat__isnull', False), ('ketua__isnull', False), models.Q(('ketua', models.F('camat')), _negated=True)), _connector='OR'), name='hasil_aula_dua_orang')],
            },
        ),
        migrations.CreateModel(
            name='PengaturanDokumen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('logo', models.FileField(blank=True, upload_to=berita_acara.models.path_logo)),
                ('alamat', models.CharField(blank=True, max_length=200, verbose_name='alamat kantor')),
                ('telepon', models.CharField(blank=True, max_length=60)),
                ('surel', models.EmailField(blank=True, max_length=254, verbose_name='surel')),
                ('kode_pos', models.CharField(blank=True, max_length=10, verbose_name='kode pos')),
                ('kertas', models.CharField(choices=[('A4', 'A4 (210 × 297 mm)'), ('F4', 'F4/folio (215 × 330 mm)')], default='A4', max_length=2)),
                ('format_nomor', models.CharField(default='{klasifikasi}/{urut}/{kode}/{bulan}/{tahun}', help_text='Bagian yang dipakai: {klasifikasi} {urut} {kode} {bulan} {tahun}.', max_length=80, verbose_name='bentuk nomor')),
                ('klausul', models.TextField(blank=True, help_text='Satu klausul per baris.', max_length=3000, verbose_name='klausul tambahan Berita Acara')),
                ('tenggat_salinan', models.PositiveSmallIntegerField(default=45, validators=[django.core.validators.MinValueValidator(5), django.core.validators.MaxValueValidator(10080)], verbose_name='tenggat salinan bertanda tangan (menit)')),
                ('versi', models.PositiveIntegerField(default=1)),
                ('kecamatan', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='pengaturan_dokumen', to='musrenbang.kecamatan')),
            ],
            options={
                'verbose_name_plural': 'pengaturan dokumen',
            },
        ),
        migrations.CreateModel(
            name='SalinanTtd',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('berkas', models.FileField(upload_to=berita_acara.models.path_salinan)),
                ('sha256', models.CharField(max_length=64)),
                ('halaman', models.PositiveSmallIntegerField()),
                ('diunggah_pada', models.DateTimeField(auto_now_add=True)),
                ('diunggah_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('dokumen', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='salinan', to='musrenbang.dokumen')),
                ('alasan', models.CharField(blank=True, max_length=300, verbose_name='alasan jumlah halaman berbeda')),
                ('halaman_dokumen', models.PositiveSmallIntegerField(null=True, verbose_name='halaman dokumen')),
                ('tanda', models.JSONField(blank=True, default=list, verbose_name='tanda tangan elektronik di berkas')),
            ],
            options={
                'verbose_name_plural': 'salinan bertanda tangan',
                'ordering': ['dokumen', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='TandaElektronik',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('berkas', models.FileField(upload_to=berita_acara.models.path_elektronik)),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('nama', models.CharField(max_length=200, verbose_name='pemegang sertifikat')),
                ('penerbit', models.CharField(max_length=200, verbose_name='penerbit sertifikat')),
                ('seri', models.CharField(max_length=80, verbose_name='nomor seri')),
                ('pada', models.DateTimeField(auto_now_add=True)),
                ('dokumen', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='elektronik', to='musrenbang.dokumen')),
                ('oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'tanda tangan elektronik',
            },
        ),
        migrations.CreateModel(
            name='TanpaSalinan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('alasan', models.CharField(max_length=300)),
                ('pada', models.DateTimeField(auto_now_add=True)),
                ('musrenbang', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='tanpa_salinan', to='musrenbang.musrenbang')),
                ('oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'tanpa salinan',
            },
        ),
    ]
