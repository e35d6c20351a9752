import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('musrenbang', '0001_initial'),
        ('sidang', '0001_initial'),
        ('usulan', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Kelompok',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nama', models.CharField(max_length=120, verbose_name='nama kelompok')),
                ('tempat', models.CharField(blank=True, max_length=120, verbose_name='tempat diskusi')),
                ('pemandu', models.CharField(blank=True, max_length=150, verbose_name='pemandu')),
                ('catatan', models.TextField(blank=True, max_length=2000, verbose_name='catatan kelompok')),
                ('status', models.CharField(choices=[('berlangsung', 'Berdiskusi'), ('selesai', 'Hasil ditandatangani')], default='berlangsung', editable=False, max_length=12)),
                ('ditutup_pada', models.DateTimeField(editable=False, null=True)),
                ('versi', models.PositiveIntegerField(default=1)),
                ('bidang', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='musrenbang.bidang')),
                ('musrenbang', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kelompok', to='musrenbang.musrenbang')),
                ('operator', models.ManyToManyField(blank=True, to=settings.AUTH_USER_MODEL, verbose_name='akun yang mengisi')),
            ],
            options={
                'verbose_name_plural': 'kelompok',
                'ordering': ['musrenbang', 'bidang__urut', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('musrenbang', 'bidang'), name='kelompok_satu_per_bidang', violation_error_message='Bidang ini sudah punya kelompok.'), models.CheckConstraint(condition=models.Q(('status__in', ['berlangsung', 'selesai'])), name='kelompok_status_dikenal')],
            },
        ),
        migrations.CreateModel(
            name='AnggotaKelompok',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('peran', models.CharField(choices=[('ketua', 'Ketua'), ('notulis', 'Notulis'), ('anggota', 'Anggota')], default='anggota', max_length=8)),
                ('kehadiran', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='kelompok', to='sidang.kehadiran')),
                ('kelompok', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='anggota', to='rkp.kelompok')),
            ],
            options={
                'verbose_name_plural': 'anggota kelompok',
                'ordering': ['kelompok', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('peran__in', ['ketua', 'notulis'])), fields=('kelompok', 'peran'), name='kelompok_satu_ketua_notulis')],
            },
        ),
        migrations.CreateModel(
            name='Rkp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('draf', 'Draf'), ('ditetapkan', 'Ditetapkan pleno')], default='draf', max_length=12)),
                ('dibuat_pada', models.DateTimeField(auto_now_add=True)),
                ('musrenbang', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='rkp', to='musrenbang.musrenbang')),
            ],
            options={
                'verbose_name': 'RKP Kecamatan',
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['draf', 'ditetapkan'])), name='rkp_status_dikenal')],
            },
        ),
        migrations.CreateModel(
            name='BarisRkp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nomor', models.PositiveIntegerField()),
                ('prioritas_daerah', models.CharField(blank=True, max_length=200)),
                ('sasaran_daerah', models.CharField(blank=True, max_length=250)),
                ('program', models.CharField(blank=True, max_length=200)),
                ('kegiatan', models.CharField(max_length=500)),
                ('sasaran', models.CharField(blank=True, max_length=300, verbose_name='sasaran kegiatan')),
                ('lokasi', models.CharField(blank=True, max_length=300)),
                ('volume', models.DecimalField(blank=True, decimal_places=3, max_digits=16, null=True)),
                ('satuan', models.CharField(blank=True, max_length=40)),
                ('biaya', models.BigIntegerField(blank=True, null=True, verbose_name='pagu/prakiraan biaya (Rp)')),
                ('keputusan', models.CharField(choices=[('belum_dibahas', 'Belum dibahas'), ('disepakati', 'Disepakati'), ('dengan_perubahan', 'Disepakati dengan perubahan'), ('cadangan', 'Cadangan'), ('belum_disepakati', 'Belum disepakati'), ('digabung', 'Digabung ke kegiatan lain')], default='belum_dibahas', max_length=20)),
                ('alasan_kode', models.CharField(blank=True, choices=[('kewenangan_desa', 'Kewenangan desa, dapat didanai Dana Desa/APBDes'), ('bukan_kabupaten', 'Bukan kewenangan kabupaten'), ('sudah_di_renja', 'Sudah tertampung di Renja SKPD'), ('duplikat', 'Sama dengan usulan lain'), ('lahan', 'Lahan bermasalah atau milik pihak lain'), ('data_kurang', 'Data volume, lokasi, atau biaya tidak lengkap'), ('melampaui_pagu', 'Melampaui pagu indikatif'), ('tidak_prioritas', 'Tidak sesuai prioritas daerah atau RTRW'), ('dilarang', 'Termasuk daftar yang tidak boleh diusulkan'), ('hibah', 'Penerima hibah belum berbadan hukum'), ('skor', 'Skor di bawah batas'), ('disesuaikan', 'Disesuaikan menurut hasil pembahasan'), ('lainnya', 'Lainnya')], max_length=20, verbose_name='alasan')),
                ('alasan', models.CharField(blank=True, max_length=500, verbose_name='penjelasan')),
                ('semula', models.JSONField()),
                ('versi', models.PositiveIntegerField(default=1)),
                ('diubah_pada', models.DateTimeField(auto_now=True)),
                ('bidang', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='musrenbang.bidang')),
                ('desa', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='musrenbang.desa')),
                ('skpd', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='musrenbang.skpd', verbose_name='SKPD')),
                ('sumber_dana', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='musrenbang.sumberdana')),
                ('rkp', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='baris', to='rkp.rkp')),
                ('digabung_ke', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='gabungan', to='rkp.barisrkp')),
                ('skor', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='skor kelompok')),
                ('hubungan', models.CharField(blank=True, choices=[('bagian', 'Digabung, biayanya dijumlahkan'), ('sama', 'Usulan yang sama, biaya dihitung sekali')], editable=False, max_length=8)),
            ],
            options={
                'verbose_name_plural': 'baris RKP',
                'ordering': ['rkp', 'bidang__urut', 'nomor'],
                'constraints': [models.UniqueConstraint(fields=('rkp', 'nomor'), name='baris_nomor_unik'), models.CheckConstraint(condition=models.Q(('biaya__isnull', True), ('biaya__gt', 0), _connector='OR'), name='baris_biaya_positif'), models.CheckConstraint(condition=models.Q(models.Q(('keputusan__in', ('dengan_perubahan', 'cadangan', 'belum_disepakati', 'digabung')), _negated=True), models.Q(models.Q(('alasan', ''), _negated=True), models.Q(('alasan_kode', ''), _negated=True)), _connector='OR'), name='baris_alasan_wajib'), models.CheckConstraint(condition=models.Q(models.Q(('digabung_ke__isnull', False), ('hubungan__in', ['bagian', 'sama']), ('keputusan', 'digabung')), models.Q(models.Q(('keputusan', 'digabung'), _negated=True), ('digabung_ke__isnull', True), ('hubungan', '')), _connector='OR'), name='baris_digabung_ada_tujuan')],
            },
        ),
        migrations.CreateModel(
            name='RkpVersi',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nomor', models.PositiveSmallIntegerField()),
                ('status', models.CharField(choices=[('berlaku', 'Berlaku'), ('diganti', 'Diganti')], default='berlaku', max_length=10)),
                ('alasan', models.TextField(blank=True, verbose_name='alasan versi baru')),
                ('sha256', models.CharField(max_length=64)),
                ('dibuat_pada', models.DateTimeField(auto_now_add=True)),
                ('dibuat_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('rkp', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='riwayat', to='rkp.rkp')),
                ('jenis', models.CharField(choices=[('draf', 'Draf yang dipaparkan'), ('kelompok', 'Hasil kelompok'), ('ditetapkan', 'Ditetapkan pleno'), ('final', 'Final'), ('disahkan', 'Disahkan Camat')], default='ditetapkan', max_length=10)),
            ],
            options={
                'ordering': ['rkp', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('rkp', 'jenis', 'nomor'), name='versi_nomor_unik'), models.UniqueConstraint(condition=models.Q(('status', 'berlaku')), fields=('rkp', 'jenis'), name='versi_satu_berlaku'), models.CheckConstraint(condition=models.Q(('jenis__in', ['draf', 'kelompok', 'ditetapkan', 'final', 'disahkan'])), name='versi_jenis_dikenal')],
            },
        ),
        migrations.CreateModel(
            name='BarisVersi',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nomor', models.PositiveIntegerField()),
                ('prioritas_daerah', models.CharField(blank=True, max_length=200)),
                ('sasaran_daerah', models.CharField(blank=True, max_length=250)),
                ('program', models.CharField(blank=True, max_length=200)),
                ('kegiatan', models.CharField(max_length=500)),
                ('sasaran', models.CharField(blank=True, max_length=300, verbose_name='sasaran kegiatan')),
                ('lokasi', models.CharField(blank=True, max_length=300)),
                ('volume', models.DecimalField(blank=True, decimal_places=3, max_digits=16, null=True)),
                ('satuan', models.CharField(blank=True, max_length=40)),
                ('biaya', models.BigIntegerField(blank=True, null=True, verbose_name='pagu/prakiraan biaya (Rp)')),
                ('keputusan', models.CharField(choices=[('belum_dibahas', 'Belum dibahas'), ('disepakati', 'Disepakati'), ('dengan_perubahan', 'Disepakati dengan perubahan'), ('cadangan', 'Cadangan'), ('belum_disepakati', 'Belum disepakati'), ('digabung', 'Digabung ke kegiatan lain')], default='belum_dibahas', max_length=20)),
                ('alasan_kode', models.CharField(blank=True, choices=[('kewenangan_desa', 'Kewenangan desa, dapat didanai Dana Desa/APBDes'), ('bukan_kabupaten', 'Bukan kewenangan kabupaten'), ('sudah_di_renja', 'Sudah tertampung di Renja SKPD'), ('duplikat', 'Sama dengan usulan lain'), ('lahan', 'Lahan bermasalah atau milik pihak lain'), ('data_kurang', 'Data volume, lokasi, atau biaya tidak lengkap'), ('melampaui_pagu', 'Melampaui pagu indikatif'), ('tidak_prioritas', 'Tidak sesuai prioritas daerah atau RTRW'), ('dilarang', 'Termasuk daftar yang tidak boleh diusulkan'), ('hibah', 'Penerima hibah belum berbadan hukum'), ('skor', 'Skor di bawah batas'), ('disesuaikan', 'Disesuaikan menurut hasil pembahasan'), ('lainnya', 'Lainnya')], max_length=20, verbose_name='alasan')),
                ('alasan', models.CharField(blank=True, max_length=500, verbose_name='penjelasan')),
                ('asal', models.CharField(max_length=300, verbose_name='asal usulan')),
                ('asal_baris', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='beku', to='rkp.barisrkp')),
                ('bidang', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='musrenbang.bidang')),
                ('desa', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='musrenbang.desa')),
                ('skpd', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='musrenbang.skpd', verbose_name='SKPD')),
                ('sumber_dana', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='musrenbang.sumberdana')),
                ('rkp_versi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='baris', to='rkp.rkpversi')),
                ('skor', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='skor kelompok')),
                ('sebutan', models.JSONField(default=dict)),
            ],
            options={
                'verbose_name_plural': 'baris versi',
                'ordering': ['rkp_versi', 'bidang__urut', 'nomor'],
                'constraints': [models.UniqueConstraint(fields=('rkp_versi', 'nomor'), name='baris_versi_nomor_unik'), models.CheckConstraint(condition=models.Q(('biaya__isnull', True), ('biaya__gt', 0), _connector='OR'), name='baris_versi_biaya_positif'), models.CheckConstraint(condition=models.Q(models.Q(('keputusan__in', ('dengan_perubahan', 'cadangan', 'belum_disepakati', 'digabung')), _negated=True), models.Q(models.Q(('alasan', ''), _negated=True), models.Q(('alasan_kode', ''), _negated=True)), _connector='OR'), name='baris_versi_alasan_wajib')],
            },
        ),
        migrations.CreateModel(
            name='SumberBaris',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('baris', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sumber', to='rkp.barisrkp')),
                ('usulan', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sumber_baris', to='usulan.usulan')),
            ],
        ),
        migrations.CreateModel(
            name='UsulanKelompok',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('usul', models.CharField(blank=True, choices=[('disepakati', 'Disepakati'), ('dengan_perubahan', 'Disepakati dengan perubahan'), ('cadangan', 'Cadangan'), ('belum_disepakati', 'Belum disepakati')], max_length=20, verbose_name='usulan kelompok')),
                ('alasan_kode', models.CharField(blank=True, choices=[('kewenangan_desa', 'Kewenangan desa, dapat didanai Dana Desa/APBDes'), ('bukan_kabupaten', 'Bukan kewenangan kabupaten'), ('sudah_di_renja', 'Sudah tertampung di Renja SKPD'), ('duplikat', 'Sama dengan usulan lain'), ('lahan', 'Lahan bermasalah atau milik pihak lain'), ('data_kurang', 'Data volume, lokasi, atau biaya tidak lengkap'), ('melampaui_pagu', 'Melampaui pagu indikatif'), ('tidak_prioritas', 'Tidak sesuai prioritas daerah atau RTRW'), ('dilarang', 'Termasuk daftar yang tidak boleh diusulkan'), ('hibah', 'Penerima hibah belum berbadan hukum'), ('skor', 'Skor di bawah batas'), ('disesuaikan', 'Disesuaikan menurut hasil pembahasan'), ('lainnya', 'Lainnya')], max_length=20, verbose_name='alasan')),
                ('alasan', models.CharField(blank=True, max_length=500, verbose_name='penjelasan')),
                ('kegiatan', models.CharField(max_length=500)),
                ('lokasi', models.CharField(blank=True, max_length=300)),
                ('volume', models.DecimalField(blank=True, decimal_places=3, max_digits=16, null=True)),
                ('satuan', models.CharField(blank=True, max_length=40)),
                ('biaya', models.BigIntegerField(blank=True, null=True, verbose_name='biaya (Rp)')),
                ('catatan', models.CharField(blank=True, max_length=500, verbose_name='catatan pembahasan')),
                ('nilai', models.JSONField(blank=True, default=dict)),
                ('peringkat', models.PositiveIntegerField(blank=True, null=True)),
                ('versi', models.PositiveIntegerField(default=1)),
                ('baris', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='usulan_kelompok', to='rkp.barisrkp')),
                ('kelompok', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='usulan', to='rkp.kelompok')),
            ],
            options={
                'verbose_name_plural': 'usulan kelompok',
                'ordering': ['kelompok', 'peringkat', 'baris__nomor'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('usul__in', ('dengan_perubahan', 'cadangan', 'belum_disepakati', 'digabung')), _negated=True), models.Q(models.Q(('alasan', ''), _negated=True), models.Q(('alasan_kode', ''), _negated=True)), _connector='OR'), name='usulan_kelompok_alasan_wajib'), models.CheckConstraint(condition=models.Q(('biaya__isnull', True), ('biaya__gt', 0), _connector='OR'), name='usulan_kelompok_biaya_positif')],
            },
        ),
        migrations.CreateModel(
            name='DanaProgram',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode', models.SlugField(max_length=20)),
                ('program', models.CharField(max_length=120)),
                ('jumlah', models.BigIntegerField(verbose_name='didanai (Rp)')),
                ('peringkat', models.PositiveIntegerField()),
                ('sejak', models.DateTimeField(auto_now_add=True)),
                ('baris', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dana', to='rkp.barisrkp')),
            ],
            options={
                'verbose_name_plural': 'dana program',
                'ordering': ['baris', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('baris', 'kode'), name='dana_program_sekali'), models.CheckConstraint(condition=models.Q(('jumlah__gt', 0)), name='dana_program_positif')],
            },
        ),
        migrations.CreateModel(
            name='Keberatan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('oleh', models.CharField(max_length=200, verbose_name='yang berkeberatan')),
                ('isi', models.CharField(max_length=500, verbose_name='keberatan')),
                ('penyelesaian', models.CharField(blank=True, max_length=500)),
                ('dicatat_pada', models.DateTimeField(auto_now_add=True)),
                ('selesai_pada', models.DateTimeField(blank=True, null=True)),
                ('baris', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='keberatan', to='rkp.barisrkp')),
            ],
            options={
                'verbose_name_plural': 'keberatan',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('selesai_pada__isnull', True), models.Q(('penyelesaian', ''), _negated=True), _connector='OR'), name='keberatan_selesai_ada_jawaban')],
            },
        ),
    ]
