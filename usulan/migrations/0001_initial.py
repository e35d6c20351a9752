import django.db.models.deletion
import usulan.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('musrenbang', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ImporUsulan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('pratinjau', 'Pratinjau'), ('tersimpan', 'Tersimpan'), ('dibatalkan', 'Dibatalkan')], default='pratinjau', max_length=12)),
                ('nama_berkas', models.CharField(max_length=200)),
                ('berkas', models.FileField(upload_to=usulan.models.path_impor)),
                ('sha256', models.CharField(max_length=64)),
                ('pilihan_desa', models.JSONField(default=dict)),
                ('hasil', models.JSONField()),
                ('hanya_lembar', models.CharField(blank=True, max_length=100, verbose_name='hanya lembar ini')),
                ('dibuat_pada', models.DateTimeField(auto_now_add=True)),
                ('desa', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='musrenbang.desa')),
                ('dibuat_oleh', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('musrenbang', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='impor', to='musrenbang.musrenbang')),
                ('koreksi', models.JSONField(default=list)),
                ('pola', models.JSONField(default=dict, verbose_name='kolom yang dipilih')),
                ('jumlah_usulan', models.PositiveIntegerField(default=0, help_text='Usulan yang sekarang tersimpan dari berkas ini.')),
                ('terapan', models.JSONField(default=dict, verbose_name='yang diubah berkas ini')),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'tersimpan')), fields=('musrenbang', 'sha256'), name='impor_berkas_sekali')],
            },
        ),
        migrations.CreateModel(
            name='KelengkapanDesa',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ba_nomor', models.CharField(blank=True, max_length=80, verbose_name='nomor Berita Acara Musrenbang Desa')),
                ('ba_tanggal', models.DateField(blank=True, null=True, verbose_name='tanggal Berita Acara')),
                ('delegasi', models.TextField(blank=True, help_text='Satu nama per baris.', max_length=1000, verbose_name='delegasi desa')),
                ('sikap', models.CharField(blank=True, choices=[('tunda', 'Tunda: sidang berjalan tanpa kelengkapan desa ini'), ('proses', 'Setuju dan proses: diterima sebagaimana adanya')], max_length=8, verbose_name='keputusan tim bila terlambat')),
                ('alasan', models.CharField(blank=True, max_length=300, verbose_name='alasan keputusan')),
                ('versi', models.PositiveIntegerField(default=1)),
                ('desa', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='musrenbang.desa')),
                ('musrenbang', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kelengkapan', to='musrenbang.musrenbang')),
            ],
            options={
                'verbose_name_plural': 'kelengkapan desa',
                'constraints': [models.UniqueConstraint(fields=('musrenbang', 'desa'), name='kelengkapan_desa_sekali'), models.CheckConstraint(condition=models.Q(('sikap', ''), models.Q(('alasan', ''), _negated=True), _connector='OR'), name='kelengkapan_sikap_beralasan')],
            },
        ),
        migrations.CreateModel(
            name='PolaKolom',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sidik', models.CharField(max_length=32)),
                ('kolom', models.JSONField(help_text='Huruf kolom dan artinya.')),
                ('diubah_pada', models.DateTimeField(auto_now=True)),
                ('dibuat_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('kabupaten', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='musrenbang.kabupaten')),
            ],
            options={
                'verbose_name_plural': 'pola kolom',
                'constraints': [models.UniqueConstraint(fields=('kabupaten', 'sidik'), name='pola_kolom_sekali')],
            },
        ),
        migrations.CreateModel(
            name='Tampilan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nama', models.CharField(max_length=60)),
                ('saringan', models.JSONField()),
                ('musrenbang', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='musrenbang.musrenbang')),
                ('pengguna', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'tampilan',
                'ordering': ['nama'],
                'constraints': [models.UniqueConstraint(fields=('musrenbang', 'pengguna', 'nama'), name='tampilan_nama_sekali')],
            },
        ),
        migrations.CreateModel(
            name='Usulan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nomor', models.PositiveIntegerField()),
                ('bidang_teks', models.CharField(blank=True, max_length=200, verbose_name='bidang menurut DU-RKP')),
                ('kegiatan', models.CharField(blank=True, max_length=500)),
                ('permasalahan', models.CharField(blank=True, max_length=500)),
                ('lokasi', models.CharField(blank=True, max_length=300)),
                ('volume', models.DecimalField(blank=True, decimal_places=3, max_digits=16, null=True)),
                ('satuan', models.CharField(blank=True, max_length=40)),
                ('biaya', models.BigIntegerField(blank=True, null=True, verbose_name='perkiraan biaya (Rp)')),
                ('manfaat', models.CharField(blank=True, max_length=300, verbose_name='sasaran/manfaat')),
                ('waktu', models.CharField(blank=True, max_length=100, verbose_name='waktu pelaksanaan')),
                ('skpd_teks', models.CharField(blank=True, max_length=200, verbose_name='SKPD menurut desa')),
                ('prioritas_desa', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='urutan prioritas desa')),
                ('lembar', models.CharField(blank=True, max_length=100)),
                ('baris', models.PositiveIntegerField(blank=True, null=True)),
                ('bagian', models.PositiveSmallIntegerField(default=0, help_text='0: seluruh baris.')),
                ('mentah', models.JSONField(default=dict)),
                ('versi', models.PositiveIntegerField(default=1)),
                ('diubah_pada', models.DateTimeField(auto_now=True)),
                ('desa', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='musrenbang.desa')),
                ('impor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='usulan', to='usulan.imporusulan')),
                ('musrenbang', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='usulan', to='musrenbang.musrenbang')),
                ('skpd', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='musrenbang.skpd', verbose_name='SKPD (saran)')),
                ('sumber_dana', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='musrenbang.sumberdana')),
                ('hubungan', models.CharField(blank=True, choices=[('bagian', 'Digabung, biayanya dijumlahkan'), ('sama', 'Usulan yang sama, biaya dihitung sekali')], max_length=8)),
                ('induk', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='anak', to='usulan.usulan', verbose_name='digabung ke')),
                ('asal', models.CharField(choices=[('berkas', 'Berkas DU-RKP'), ('formulir', 'Formulir desa'), ('skpd', 'Usulan SKPD/UPTD'), ('kecamatan', 'Usulan kecamatan'), ('ulang', 'Usulan tahun lalu')], default='berkas', max_length=10)),
                ('sumber', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ulangan', to='usulan.usulan', verbose_name='usulan tahun lalu')),
                ('ulang_ke', models.PositiveSmallIntegerField(default=0)),
                ('program', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='usulan', to='musrenbang.programmasuk', verbose_name='sudah didanai program')),
                ('bersama', models.JSONField(blank=True, default=dict, verbose_name='desa yang bersama')),
                ('cakupan', models.CharField(choices=[('satu', 'Satu desa'), ('beberapa', 'Beberapa desa'), ('kecamatan', 'Seluruh kecamatan')], default='satu', max_length=10, verbose_name='milik')),
            ],
            options={
                'verbose_name_plural': 'usulan',
                'ordering': ['musrenbang', 'nomor'],
                'indexes': [models.Index(fields=['musrenbang', 'desa', 'nomor'], name='usulan_per_desa')],
                'constraints': [models.UniqueConstraint(fields=('musrenbang', 'nomor'), name='usulan_nomor_unik'), models.UniqueConstraint(fields=('impor', 'lembar', 'baris', 'bagian'), name='usulan_asal_unik'), models.CheckConstraint(condition=models.Q(('biaya__isnull', True), ('biaya__gt', 0), _connector='OR'), name='usulan_biaya_positif'), models.CheckConstraint(condition=models.Q(('volume__isnull', True), ('volume__gt', 0), _connector='OR'), name='usulan_volume_positif'), models.CheckConstraint(condition=models.Q(models.Q(('hubungan', ''), ('induk', None)), models.Q(('hubungan__in', ['bagian', 'sama']), ('induk__isnull', False)), _connector='OR'), name='usulan_hubungan_dengan_induk'), models.CheckConstraint(condition=models.Q(('induk', models.F('id')), _negated=True), name='usulan_bukan_induk_sendiri'), models.UniqueConstraint(fields=('musrenbang', 'sumber'), name='usulan_diulang_sekali'), models.CheckConstraint(condition=models.Q(('asal', 'skpd'), ('skpd', None), _negated=True), name='usulan_skpd_pengusul'), models.CheckConstraint(condition=models.Q(models.Q(('asal__in', ['berkas', 'ulang']), ('sumber__isnull', False), ('ulang_ke__gt', 0)), models.Q(models.Q(('asal', 'ulang'), _negated=True), ('sumber', None), ('ulang_ke', 0)), _connector='OR'), name='usulan_ulang_jelas'), models.CheckConstraint(condition=models.Q(models.Q(('asal', 'berkas'), ('baris__isnull', False), ('impor__isnull', False)), models.Q(('asal__in', ['formulir', 'skpd', 'kecamatan', 'ulang']), ('baris', None), ('impor', None)), _connector='OR'), name='usulan_asal_jelas'), models.CheckConstraint(condition=models.Q(models.Q(('bersama', {}), ('cakupan', 'satu'), ('desa__isnull', False)), models.Q(('cakupan', 'beberapa'), ('desa', None), models.Q(('bersama', {}), _negated=True)), models.Q(('bersama', {}), ('cakupan', 'kecamatan'), ('desa', None)), _connector='OR'), name='usulan_milik_jelas'), models.CheckConstraint(condition=models.Q(('asal', 'formulir'), ('cakupan', 'kecamatan'), _negated=True), name='usulan_desa_menyebut_desa')],
            },
        ),
        migrations.CreateModel(
            name='BukanProgram',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pada', models.DateTimeField(auto_now_add=True)),
                ('oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='musrenbang.programmasuk')),
                ('usulan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='usulan.usulan')),
            ],
            options={
                'verbose_name_plural': 'bukan program',
                'constraints': [models.UniqueConstraint(fields=('usulan', 'program'), name='bukan_program_sekali')],
            },
        ),
        migrations.CreateModel(
            name='BukanDuplikat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pada', models.DateTimeField(auto_now_add=True)),
                ('dua', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='usulan.usulan')),
                ('oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('satu', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='usulan.usulan')),
            ],
            options={
                'verbose_name_plural': 'bukan duplikat',
                'constraints': [models.UniqueConstraint(fields=('satu', 'dua'), name='bukan_duplikat_sekali'), models.CheckConstraint(condition=models.Q(('satu__lt', models.F('dua'))), name='bukan_duplikat_urut')],
            },
        ),
    ]
