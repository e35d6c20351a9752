import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Table, beginning of the trigger's name, what the refusal says, the function of PostgreSQL, which rows.
TETAP = (
    ('sidang_terbitanundangan', 'terbitan', 'Undangan yang sudah terbit tidak dapat diubah atau dihapus.', 'terbitan_tolak_ubah', ''),
)


def guard(apps, schema_editor):
    """Let the database itself refuse to change or to remove what is issued or written down once."""
    postgres = schema_editor.connection.vendor == "postgresql"
    if postgres:
        for kata, fungsi in dict.fromkeys((t[2], t[3]) for t in TETAP):
            schema_editor.execute(
                f"CREATE FUNCTION {fungsi}() RETURNS trigger LANGUAGE plpgsql AS $$ "
                f"BEGIN RAISE EXCEPTION '{kata}'; END $$"
            )
    for tabel, awalan, kata, fungsi, bila in TETAP:
        if not postgres:
            isi = f"BEGIN SELECT RAISE(ABORT, '{kata}'); END"
            for operasi, nama in (("UPDATE", "tidak_berubah"), ("DELETE", "tidak_dihapus")):
                schema_editor.execute(f"CREATE TRIGGER {awalan}_{nama} BEFORE {operasi} ON {tabel}{bila} {isi}")
            continue
        for operasi, nama, tiap in (
            ("UPDATE", "tidak_berubah", f"ROW{bila}"),
            ("DELETE", "tidak_dihapus", f"ROW{bila}"),
            ("TRUNCATE", "tidak_dikosongkan", "STATEMENT"),
        ):
            schema_editor.execute(
                f"CREATE TRIGGER {awalan}_{nama} BEFORE {operasi} ON {tabel} FOR EACH {tiap} EXECUTE FUNCTION {fungsi}()"
            )


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('musrenbang', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Agenda',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('urut', models.PositiveSmallIntegerField()),
                ('judul', models.CharField(max_length=200, verbose_name='acara')),
                ('menit', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(600)], verbose_name='durasi (menit)')),
                ('penanggung_jawab', models.CharField(blank=True, max_length=150)),
                ('mulai_pada', models.DateTimeField(blank=True, editable=False, null=True)),
                ('selesai_pada', models.DateTimeField(blank=True, editable=False, null=True)),
                ('versi', models.PositiveIntegerField(default=1)),
                ('musrenbang', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agenda', to='musrenbang.musrenbang')),
            ],
            options={
                'verbose_name_plural': 'agenda',
                'ordering': ['musrenbang', 'urut', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('mulai_pada__isnull', False), ('selesai_pada__isnull', True)), fields=('musrenbang',), name='agenda_satu_berjalan'), models.CheckConstraint(condition=models.Q(('selesai_pada', None), ('selesai_pada__gte', models.F('mulai_pada')), _connector='OR'), name='agenda_waktu_urut'), models.CheckConstraint(condition=models.Q(('menit__gt', 0)), name='agenda_menit_positif')],
            },
        ),
        migrations.CreateModel(
            name='CatatanKuorum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ke', models.CharField(choices=[('prioritas', 'Prioritas program'), ('delegasi', 'Delegasi'), ('penandatanganan', 'Penandatanganan'), ('finalisasi', 'Finalisasi')], max_length=16)),
                ('desa_hadir', models.PositiveSmallIntegerField()),
                ('desa', models.PositiveSmallIntegerField()),
                ('hadir', models.PositiveIntegerField()),
                ('perempuan', models.PositiveIntegerField()),
                ('kuorum', models.PositiveSmallIntegerField()),
                ('target', models.PositiveSmallIntegerField()),
                ('alasan', models.CharField(blank=True, max_length=300)),
                ('berlaku', models.BooleanField(default=True, editable=False)),
                ('dicatat_pada', models.DateTimeField(auto_now_add=True)),
                ('dicatat_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('musrenbang', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kuorum', to='musrenbang.musrenbang')),
            ],
            options={
                'verbose_name_plural': 'catatan kuorum',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('berlaku', True)), fields=('musrenbang', 'ke'), name='kuorum_satu_berlaku'), models.CheckConstraint(condition=models.Q(('desa_hadir__lte', models.F('desa')), ('perempuan__lte', models.F('hadir'))), name='kuorum_angka_wajar')],
            },
        ),
        migrations.CreateModel(
            name='TerbitanUndangan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tanggal', models.DateField(verbose_name='tanggal surat')),
                ('isi', models.JSONField()),
                ('pada', models.DateTimeField(auto_now_add=True)),
                ('musrenbang', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terbitan_undangan', to='musrenbang.musrenbang')),
                ('oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('semula', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='perubahan', to='sidang.terbitanundangan')),
            ],
            options={
                'verbose_name_plural': 'terbitan undangan',
                'ordering': ['musrenbang', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Undangan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nama', models.CharField(blank=True, max_length=150)),
                ('jabatan', models.CharField(blank=True, help_text='Misalnya: Kepala Desa Loyok.', max_length=150, verbose_name='jabatan')),
                ('unsur', models.CharField(choices=[('dprd', 'Anggota DPRD'), ('skpd', 'SKPD/UPTD'), ('kecamatan', 'Perangkat kecamatan'), ('kades', 'Kepala desa/lurah dan perangkat'), ('delegasi_desa', 'Delegasi Musrenbang Desa'), ('bpd', 'BPD'), ('lpm', 'LPM'), ('bkad', 'BKAD'), ('setrawan', 'Setrawan dan fasilitator'), ('perempuan', 'Organisasi perempuan/PKK'), ('rentan', 'Kelompok rentan'), ('tokoh', 'Tokoh masyarakat'), ('lain', 'Lainnya')], max_length=16)),
                ('lembaga', models.CharField(max_length=150, verbose_name='lembaga/instansi')),
                ('jenis_kelamin', models.CharField(blank=True, choices=[('L', 'Laki-laki'), ('P', 'Perempuan')], max_length=1)),
                ('usia', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(120)])),
                ('alamat', models.CharField(blank=True, max_length=200, verbose_name='alamat dan no. telepon')),
                ('kode', models.CharField(editable=False, max_length=6)),
                ('nomor', models.CharField(blank=True, editable=False, max_length=80, verbose_name='nomor surat')),
                ('dikirim_pada', models.DateField(blank=True, null=True, verbose_name='dikirim')),
                ('diterima_pada', models.DateField(blank=True, null=True, verbose_name='diterima')),
                ('versi', models.PositiveIntegerField(default=1)),
                ('desa', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='musrenbang.desa')),
                ('musrenbang', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='undangan', to='musrenbang.musrenbang')),
                ('terbitan', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undangan', to='sidang.terbitanundangan')),
            ],
            options={
                'verbose_name_plural': 'undangan',
                'ordering': ['musrenbang', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('musrenbang', 'kode'), name='undangan_kode_unik'), models.UniqueConstraint(fields=('musrenbang', 'nama', 'jabatan', 'lembaga'), name='undangan_sekali', violation_error_message='Orang atau jabatan ini sudah ada di daftar undangan.'), models.CheckConstraint(condition=models.Q(('jabatan', ''), ('nama', ''), _negated=True), name='undangan_ada_yang_diundang')],
            },
        ),
        migrations.CreateModel(
            name='Kehadiran',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nama', models.CharField(max_length=150)),
                ('unsur', models.CharField(choices=[('dprd', 'Anggota DPRD'), ('skpd', 'SKPD/UPTD'), ('kecamatan', 'Perangkat kecamatan'), ('kades', 'Kepala desa/lurah dan perangkat'), ('delegasi_desa', 'Delegasi Musrenbang Desa'), ('bpd', 'BPD'), ('lpm', 'LPM'), ('bkad', 'BKAD'), ('setrawan', 'Setrawan dan fasilitator'), ('perempuan', 'Organisasi perempuan/PKK'), ('rentan', 'Kelompok rentan'), ('tokoh', 'Tokoh masyarakat'), ('lain', 'Lainnya')], max_length=16)),
                ('lembaga', models.CharField(max_length=150, verbose_name='lembaga/instansi')),
                ('jenis_kelamin', models.CharField(choices=[('L', 'Laki-laki'), ('P', 'Perempuan')], max_length=1)),
                ('usia', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(120)])),
                ('alamat', models.CharField(blank=True, max_length=200, verbose_name='alamat dan no. telepon')),
                ('dicatat_pada', models.DateTimeField(auto_now_add=True)),
                ('desa', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='musrenbang.desa')),
                ('dicatat_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('musrenbang', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kehadiran', to='musrenbang.musrenbang')),
                ('bersurat', models.BooleanField(default=False, verbose_name='membawa surat kuasa')),
                ('cara', models.CharField(choices=[('centang', 'Dicentang'), ('kode', 'Kode undangan'), ('tamu', 'Tanpa undangan'), ('kertas', 'Daftar kertas')], default='tamu', editable=False, max_length=8)),
                ('mewakili', models.CharField(blank=True, max_length=310)),
                ('terlambat', models.BooleanField(default=False, editable=False)),
                ('undangan', models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hadir', to='sidang.undangan')),
                ('kembar', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('meja', models.CharField(blank=True, editable=False, max_length=20)),
            ],
            options={
                'verbose_name_plural': 'kehadiran',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('mewakili', ''), ('undangan__isnull', False), _connector='OR'), name='kehadiran_wakil_berundangan'), models.UniqueConstraint(fields=('musrenbang', 'nama', 'lembaga', 'kembar'), name='kehadiran_sekali', violation_error_message='Orang dengan nama dan lembaga ini sudah tercatat hadir.')],
            },
        ),
        migrations.CreateModel(
            name='Layar',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode', models.CharField(max_length=6, unique=True)),
                ('panel', models.CharField(max_length=20)),
                ('acuan', models.PositiveBigIntegerField(blank=True, null=True)),
                ('musrenbang', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='layar', to='musrenbang.musrenbang')),
            ],
            options={
                'verbose_name_plural': 'layar',
            },
        ),
        migrations.CreateModel(
            name='Notulen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pertanyaan', models.TextField(blank=True, max_length=3000, verbose_name='pertanyaan atau pokok bahasan')),
                ('jawaban', models.TextField(blank=True, max_length=3000, verbose_name='jawaban atau tanggapan')),
                ('tindak_lanjut', models.TextField(blank=True, max_length=1500)),
                ('putusan', models.TextField(blank=True, max_length=1500, verbose_name='kesimpulan')),
                ('versi', models.PositiveIntegerField(default=1)),
                ('dibuat_pada', models.DateTimeField(auto_now_add=True)),
                ('agenda', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notulen', to='sidang.agenda')),
                ('kehadiran', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='sidang.kehadiran', verbose_name='pembicara')),
            ],
            options={
                'verbose_name_plural': 'notulen',
                'ordering': ['agenda', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Pembicara',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('menit', models.PositiveSmallIntegerField(default=3, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)])),
                ('mulai_pada', models.DateTimeField(blank=True, null=True)),
                ('selesai_pada', models.DateTimeField(blank=True, null=True)),
                ('agenda', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pembicara', to='sidang.agenda')),
                ('kehadiran', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='sidang.kehadiran')),
            ],
            options={
                'verbose_name_plural': 'pembicara',
                'ordering': ['agenda', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('mulai_pada__isnull', False), ('selesai_pada__isnull', True)), fields=('agenda',), name='pembicara_satu_berjalan')],
            },
        ),
        migrations.CreateModel(
            name='SesiSidang',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nomor', models.PositiveSmallIntegerField()),
                ('dibuka_pada', models.DateTimeField(blank=True, null=True)),
                ('tempat', models.CharField(blank=True, max_length=200)),
                ('diskors_pada', models.DateTimeField(blank=True, null=True)),
                ('alasan', models.CharField(blank=True, max_length=300)),
                ('lanjut_tanggal', models.DateField(blank=True, null=True, verbose_name='dilanjutkan tanggal')),
                ('lanjut_jam', models.TimeField(blank=True, null=True, verbose_name='dilanjutkan pukul')),
                ('lanjut_tempat', models.CharField(blank=True, max_length=200, verbose_name='tempat lanjutan')),
                ('desa_hadir', models.PositiveSmallIntegerField(default=0)),
                ('hadir', models.PositiveIntegerField(default=0)),
                ('perempuan', models.PositiveIntegerField(default=0)),
                ('dicatat_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('musrenbang', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sesi', to='musrenbang.musrenbang')),
            ],
            options={
                'verbose_name_plural': 'sesi sidang',
                'ordering': ['musrenbang', 'nomor'],
                'constraints': [models.UniqueConstraint(fields=('musrenbang', 'nomor'), name='sesi_nomor_unik'), models.CheckConstraint(condition=models.Q(('diskors_pada', None), models.Q(models.Q(('alasan', ''), _negated=True), ('lanjut_tanggal__isnull', False), ('lanjut_jam__isnull', False)), _connector='OR'), name='sesi_skors_lengkap'), models.CheckConstraint(condition=models.Q(('perempuan__lte', models.F('hadir'))), name='sesi_angka_wajar')],
            },
        ),
        migrations.CreateModel(
            name='HadirSesi',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dicatat_pada', models.DateTimeField(auto_now_add=True)),
                ('dicatat_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kehadiran', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hadir_sesi', to='sidang.kehadiran')),
                ('sesi', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hadirin', to='sidang.sesisidang')),
            ],
            options={
                'verbose_name_plural': 'hadir per sesi',
                'ordering': ['sesi', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('sesi', 'kehadiran'), name='hadir_sesi_sekali')],
            },
        ),
        migrations.CreateModel(
            name='Sidang',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agenda_mulai', models.TimeField(blank=True, null=True, verbose_name='agenda mulai pukul')),
                ('pendaftaran_tutup', models.TimeField(blank=True, help_text='Sesudahnya orang dicatat sebagai terlambat.', null=True, verbose_name='pendaftaran ditutup pukul')),
                ('kuorum_desa', models.PositiveSmallIntegerField(default=67, help_text='Bagian desa yang terwakili. Di bawahnya sidang memutuskan dengan alasan atau diskors.', validators=[django.core.validators.MaxValueValidator(100)], verbose_name='kuorum desa (%)')),
                ('target_perempuan', models.PositiveSmallIntegerField(default=30, help_text='Bagian perempuan dari yang hadir. Di bawahnya sidang memutuskan dengan alasan atau diskors.', validators=[django.core.validators.MaxValueValidator(100)], verbose_name='target perempuan (%)')),
                ('versi', models.PositiveIntegerField(default=1)),
                ('musrenbang', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sidang', to='musrenbang.musrenbang')),
            ],
            options={
                'verbose_name_plural': 'sidang',
            },
        ),
        migrations.CreateModel(
            name='PerubahanUndangan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nomor', models.CharField(max_length=80, verbose_name='nomor surat')),
                ('dikirim_pada', models.DateField(null=True, verbose_name='dikirim')),
                ('diterima_pada', models.DateField(null=True, verbose_name='diterima')),
                ('undangan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='perubahan', to='sidang.undangan')),
                ('terbitan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='surat', to='sidang.terbitanundangan')),
            ],
            options={
                'verbose_name_plural': 'perubahan undangan',
                'ordering': ['undangan', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('undangan', 'terbitan'), name='perubahan_undangan_sekali')],
            },
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
