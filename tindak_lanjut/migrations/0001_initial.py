import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('musrenbang', '0001_initial'),
        ('rkp', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Pengiriman',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('batas', models.DateField(verbose_name='tenggat jawaban')),
                ('pada', models.DateTimeField(auto_now_add=True)),
                ('nomor_terima', models.CharField(blank=True, max_length=80, verbose_name='nomor tanda terima')),
                ('penerima', models.CharField(blank=True, max_length=150)),
                ('diterima_pada', models.DateTimeField(null=True)),
                ('musrenbang', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pengiriman', to='musrenbang.musrenbang')),
                ('oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('skpd', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pengiriman', to='musrenbang.skpd', verbose_name='SKPD')),
                ('surat', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='pengiriman', to='musrenbang.dokumen')),
            ],
            options={
                'verbose_name_plural': 'pengiriman',
                'ordering': ['musrenbang', 'skpd__nama', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('diterima_pada', None), ('nomor_terima', ''), ('penerima', '')), models.Q(models.Q(('nomor_terima', ''), _negated=True), models.Q(('penerima', ''), _negated=True), ('diterima_pada__isnull', False)), _connector='OR'), name='pengiriman_tanda_terima_utuh')],
            },
        ),
        migrations.CreateModel(
            name='Penyampaian',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('urut', models.PositiveSmallIntegerField()),
                ('nomor', models.CharField(max_length=80, verbose_name='nomor tanda terima')),
                ('isi', models.JSONField(default=list)),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('status', models.CharField(choices=[('diajukan', 'Diperiksa Bappeda'), ('diterima', 'Diterima'), ('dikembalikan', 'Dikembalikan')], default='diajukan', max_length=12)),
                ('pada', models.DateTimeField(auto_now_add=True)),
                ('diputus_pada', models.DateTimeField(null=True)),
                ('alasan', models.TextField(blank=True)),
                ('berita_acara', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='musrenbang.dokumen')),
                ('diputus_oleh', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('musrenbang', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='penyampaian', to='musrenbang.musrenbang')),
                ('oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('versi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='rkp.rkpversi')),
            ],
            options={
                'verbose_name_plural': 'penyampaian',
                'ordering': ['musrenbang', '-urut'],
                'constraints': [models.UniqueConstraint(fields=('musrenbang', 'urut'), name='penyampaian_urut_unik'), models.CheckConstraint(condition=models.Q(('status__in', ['diajukan', 'diterima', 'dikembalikan'])), name='penyampaian_status_dikenal')],
            },
        ),
        migrations.CreateModel(
            name='Adendum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('urut', models.PositiveSmallIntegerField()),
                ('status', models.CharField(choices=[('disusun', 'Disusun'), ('disahkan', 'Disahkan Camat'), ('diterima', 'Diterima Bappeda'), ('kembali', 'Dikembalikan Bappeda')], default='disusun', max_length=10)),
                ('sebab', models.CharField(max_length=500, verbose_name='sebab adendum')),
                ('disusun_pada', models.DateTimeField(auto_now_add=True)),
                ('disahkan_pada', models.DateTimeField(null=True)),
                ('nomor_terima', models.CharField(blank=True, max_length=80, verbose_name='nomor tanda terima')),
                ('diterima_pada', models.DateTimeField(null=True)),
                ('dari_versi', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='rkp.rkpversi')),
                ('disahkan_oleh', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('disusun_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('diterima_oleh', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('musrenbang', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adendum', to='musrenbang.musrenbang')),
                ('penyampaian', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adendum', to='tindak_lanjut.penyampaian')),
                ('surat', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='adendum', to='musrenbang.dokumen')),
                ('versi', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='adendum', to='rkp.rkpversi')),
                ('alasan_kembali', models.CharField(blank=True, max_length=500, verbose_name='alasan Bappeda mengembalikan')),
                ('dikembalikan_oleh', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dikembalikan_pada', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name_plural': 'adendum',
                'ordering': ['musrenbang', 'urut'],
                'constraints': [models.UniqueConstraint(fields=('musrenbang', 'urut'), name='adendum_urut_unik'), models.UniqueConstraint(condition=models.Q(('status', 'disusun')), fields=('musrenbang',), name='adendum_satu_disusun'), models.CheckConstraint(condition=models.Q(('status', 'disusun'), models.Q(('disahkan_pada__isnull', False), ('versi__isnull', False)), _connector='OR'), name='adendum_disahkan_ada_versi'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'diterima'), _negated=True), models.Q(models.Q(('nomor_terima', ''), _negated=True), ('diterima_pada__isnull', False)), _connector='OR'), name='adendum_diterima_ada_nomor'), models.CheckConstraint(condition=models.Q(('status__in', ['disusun', 'disahkan', 'diterima', 'kembali'])), name='adendum_status_dikenal'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'kembali'), _negated=True), models.Q(models.Q(('alasan_kembali', ''), _negated=True), ('dikembalikan_pada__isnull', False)), _connector='OR'), name='adendum_kembali_beralasan')],
            },
        ),
        migrations.CreateModel(
            name='Pilahan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('antre', 'Perlu dipilih'), ('disarankan', 'Disarankan'), ('ditetapkan', 'Ditetapkan'), ('didanai', 'Didanai program')], default='antre', max_length=12)),
                ('keyakinan', models.DecimalField(decimal_places=3, max_digits=4, null=True)),
                ('sebab', models.CharField(blank=True, max_length=300)),
                ('bukan', models.JSONField(default=list)),
                ('versi', models.PositiveIntegerField(default=1)),
                ('baris', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='pilahan', to='rkp.barisversi')),
                ('musrenbang', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pilahan', to='musrenbang.musrenbang')),
                ('skpd', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='musrenbang.skpd', verbose_name='SKPD')),
                ('pengiriman', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pilahan', to='tindak_lanjut.pengiriman')),
                ('alasan_kirim', models.CharField(blank=True, max_length=300, verbose_name='alasan tetap dikirim')),
                ('diminta', models.BigIntegerField(blank=True, null=True, verbose_name='diminta dari SKPD (Rp)')),
            ],
            options={
                'verbose_name_plural': 'pilahan',
                'ordering': ['musrenbang', 'baris__nomor'],
                'constraints': [models.CheckConstraint(condition=models.Q(('pengiriman', None), ('status', 'ditetapkan'), _connector='OR'), name='pilahan_dikirim_sesudah_tetap'), models.CheckConstraint(condition=models.Q(('status__in', ['antre', 'disarankan', 'ditetapkan', 'didanai'])), name='pilahan_status_dikenal'), models.CheckConstraint(condition=models.Q(('status__in', ['antre', 'didanai']), ('skpd__isnull', False), _connector='OR'), name='pilahan_ada_skpd')],
            },
        ),
        migrations.CreateModel(
            name='Tanggapan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jawaban', models.CharField(choices=[('diakomodir', 'Diakomodir'), ('sebagian', 'Diakomodir sebagian'), ('tidak', 'Tidak diakomodir')], max_length=14)),
                ('alasan', models.CharField(blank=True, max_length=500)),
                ('jumlah', models.BigIntegerField(blank=True, null=True, verbose_name='jumlah dalam Renja (Rp)')),
                ('renja', models.CharField(blank=True, max_length=60, verbose_name='kode sub kegiatan Renja')),
                ('pada', models.DateTimeField(auto_now=True)),
                ('versi', models.PositiveIntegerField(default=1)),
                ('oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pilahan', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='tanggapan', to='tindak_lanjut.pilahan')),
                ('skpd', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tanggapan', to='musrenbang.skpd')),
            ],
            options={
                'verbose_name_plural': 'tanggapan',
                'ordering': ['pilahan'],
                'constraints': [models.CheckConstraint(condition=models.Q(('jawaban__in', ('diakomodir', 'sebagian', 'tidak'))), name='tanggapan_jawaban_dikenal'), models.CheckConstraint(condition=models.Q(('jawaban', 'diakomodir'), models.Q(('alasan', ''), _negated=True), _connector='OR'), name='tanggapan_alasan_wajib'), models.CheckConstraint(condition=models.Q(('jumlah__isnull', True), ('jumlah__gt', 0), _connector='OR'), name='tanggapan_jumlah_positif')],
            },
        ),
        migrations.CreateModel(
            name='ButirAdendum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lama', models.JSONField()),
                ('baru', models.JSONField()),
                ('sebab', models.CharField(max_length=300)),
                ('versi', models.PositiveIntegerField(default=1)),
                ('adendum', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='butir', to='tindak_lanjut.adendum')),
                ('baris', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='rkp.barisrkp', verbose_name='kegiatan')),
            ],
            options={
                'verbose_name_plural': 'butir adendum',
                'ordering': ['adendum', 'baris__nomor'],
                'constraints': [models.UniqueConstraint(fields=('adendum', 'baris'), name='adendum_kegiatan_sekali')],
            },
        ),
        migrations.CreateModel(
            name='Catatan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sumber', models.CharField(choices=[('camat', 'Camat'), ('bappeda', 'Bappeda')], max_length=8)),
                ('isi', models.TextField(max_length=1000, verbose_name='catatan')),
                ('pada', models.DateTimeField(auto_now_add=True)),
                ('jawaban', models.TextField(blank=True, max_length=1000)),
                ('dijawab_pada', models.DateTimeField(null=True)),
                ('baris', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='catatan_dokumen', to='rkp.barisrkp', verbose_name='kegiatan')),
                ('dijawab_oleh', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('musrenbang', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='catatan_dokumen', to='musrenbang.musrenbang')),
                ('oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'catatan',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('sumber__in', ['camat', 'bappeda'])), name='catatan_sumber_dikenal'), models.CheckConstraint(condition=models.Q(models.Q(('dijawab_pada', None), ('jawaban', '')), models.Q(models.Q(('jawaban', ''), _negated=True), ('dijawab_pada__isnull', False)), _connector='OR'), name='catatan_jawaban_utuh')],
            },
        ),
    ]
