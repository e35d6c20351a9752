import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
import musrenbang.models.dokumen
from django.conf import settings
from django.db import migrations, models

# Table, beginning of the trigger's name, what the refusal says, the function of PostgreSQL, which rows.
TETAP = (
    ('musrenbang_jejakaudit', 'jejak', 'Jejak audit tidak dapat diubah atau dihapus.', 'jejak_tolak_ubah', ''),
    ('musrenbang_jejakacuan', 'jejak_acuan', 'Jejak audit tidak dapat diubah atau dihapus.', 'jejak_tolak_ubah', ''),
    ('musrenbang_dokumen', 'dokumen', 'Dokumen yang sudah terbit tidak dapat diubah atau dihapus.', 'dokumen_tolak_ubah', " WHEN (OLD.sha256 <> '')"),
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
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Batas',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jenis', models.CharField(max_length=20)),
                ('sidik', models.CharField(max_length=64, unique=True)),
                ('akun', models.CharField(blank=True, db_index=True, max_length=64)),
                ('jumlah', models.PositiveIntegerField(default=0)),
                ('terakhir', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'batas',
            },
        ),
        migrations.CreateModel(
            name='Bidang',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nama', models.CharField(max_length=120, unique=True)),
                ('urut', models.PositiveSmallIntegerField(default=0)),
                ('sinonim', models.TextField(blank=True, help_text='Satu per baris, sebagaimana tertulis di DU-RKP.', verbose_name='nama lain')),
            ],
            options={
                'verbose_name_plural': 'bidang',
                'ordering': ['urut', 'nama'],
            },
        ),
        migrations.CreateModel(
            name='Provinsi',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode', models.CharField(max_length=13, unique=True, verbose_name='kode Kemendagri')),
                ('nama', models.CharField(max_length=120)),
            ],
            options={
                'verbose_name_plural': 'provinsi',
                'ordering': ['kode'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Kabupaten',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode', models.CharField(max_length=13, unique=True, verbose_name='kode Kemendagri')),
                ('nama', models.CharField(max_length=120)),
                ('zona', models.CharField(choices=[('Asia/Jakarta', 'WIB'), ('Asia/Makassar', 'WITA'), ('Asia/Jayapura', 'WIT')], default='Asia/Jakarta', max_length=20, verbose_name='zona waktu')),
                ('provinsi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='musrenbang.provinsi')),
                ('sidik_acuan', models.CharField(blank=True, editable=False, max_length=64, verbose_name='sidik jejak acuan terakhir')),
            ],
            options={
                'verbose_name_plural': 'kabupaten',
                'ordering': ['kode'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Program',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode', models.CharField(max_length=12, unique=True)),
                ('nama', models.CharField(max_length=200)),
            ],
            options={
                'verbose_name_plural': 'program',
                'ordering': ['kode'],
            },
        ),
        migrations.CreateModel(
            name='Satuan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nama', models.CharField(max_length=30, unique=True)),
                ('sinonim', models.TextField(blank=True, help_text='Satu per baris.', verbose_name='ejaan lain')),
            ],
            options={
                'verbose_name_plural': 'satuan',
                'ordering': ['nama'],
            },
        ),
        migrations.CreateModel(
            name='SumberDana',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nama', models.CharField(max_length=80, unique=True)),
                ('sinonim', models.TextField(blank=True, help_text='Satu per baris.', verbose_name='ejaan lain')),
            ],
            options={
                'verbose_name_plural': 'sumber dana',
                'ordering': ['nama'],
            },
        ),
        migrations.CreateModel(
            name='Pengguna',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('nama', models.CharField(max_length=150, verbose_name='nama lengkap dan gelar')),
                ('nip', models.CharField(blank=True, max_length=21, verbose_name='NIP')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name_plural': 'pengguna',
                'ordering': ['username'],
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='KabarAkun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kata', models.CharField(max_length=400)),
                ('waktu', models.DateTimeField(auto_now_add=True)),
                ('dibaca_pada', models.DateTimeField(null=True)),
                ('pengguna', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kabar', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'kabar akun',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Kecamatan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode', models.CharField(max_length=13, unique=True, verbose_name='kode Kemendagri')),
                ('nama', models.CharField(max_length=120)),
                ('kabupaten', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='musrenbang.kabupaten')),
            ],
            options={
                'verbose_name_plural': 'kecamatan',
                'ordering': ['kode'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Desa',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode', models.CharField(max_length=13, unique=True, verbose_name='kode Kemendagri')),
                ('nama', models.CharField(max_length=120)),
                ('kecamatan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='musrenbang.kecamatan')),
            ],
            options={
                'verbose_name_plural': 'desa',
                'ordering': ['kode'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='KodeCadangan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='The human-readable name of this device.', max_length=64)),
                ('confirmed', models.BooleanField(default=True, help_text='Is this device ready for use?')),
                ('throttling_failure_timestamp', models.DateTimeField(blank=True, default=None, help_text='A timestamp of the last failed verification attempt. Null if last attempt succeeded.', null=True)),
                ('throttling_failure_count', models.PositiveIntegerField(default=0, help_text='Number of successive failed attempts.')),
                ('sandi', models.JSONField(help_text='{nomor: hash}; yang sudah dipakai tidak ada lagi')),
                ('user', models.ForeignKey(help_text='The user that this device belongs to.', on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'kode cadangan',
            },
        ),
        migrations.CreateModel(
            name='Musrenbang',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('tahun_pelaksanaan', models.PositiveSmallIntegerField(verbose_name='tahun pelaksanaan (N)')),
                ('tahun_rencana', models.PositiveSmallIntegerField(verbose_name='tahun rencana (N+1)')),
                ('tanggal', models.DateField(blank=True, null=True, verbose_name='tanggal sidang')),
                ('jam_mulai', models.TimeField(blank=True, null=True, verbose_name='jam mulai')),
                ('tempat', models.CharField(blank=True, max_length=200)),
                ('pimpinan_sidang', models.CharField(blank=True, help_text='Bawaan: Sekretaris Camat.', max_length=150)),
                ('tahap', models.CharField(choices=[('dijadwalkan', 'Dijadwalkan'), ('persiapan', 'Persiapan'), ('siap', 'Siap sidang'), ('pembukaan', 'Pembukaan'), ('pemaparan', 'Pemaparan'), ('pembahasan', 'Pembahasan draf'), ('kelompok', 'Diskusi kelompok'), ('pleno', 'Pleno'), ('prioritas', 'Prioritas program'), ('delegasi', 'Delegasi'), ('penandatanganan', 'Penandatanganan'), ('finalisasi', 'Finalisasi'), ('disahkan', 'Disahkan Camat'), ('disampaikan', 'Disampaikan'), ('dikembalikan', 'Dikembalikan'), ('diterima', 'Diterima Bappeda'), ('pemilahan', 'Pemilahan SKPD'), ('selesai', 'Selesai')], default='dijadwalkan', editable=False, max_length=16)),
                ('dibuat_pada', models.DateTimeField(auto_now_add=True)),
                ('kecamatan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='musrenbang.kecamatan')),
                ('jadwal_terbit_pada', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='jadwal diterbitkan Bappeda')),
                ('dibawa_pada', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='dibawa ke aula')),
                ('sidik_jejak', models.CharField(blank=True, editable=False, max_length=64, verbose_name='sidik jejak terakhir')),
            ],
            options={
                'verbose_name_plural': 'musrenbang',
                'ordering': ['-tahun_pelaksanaan', 'kecamatan__kode'],
                'constraints': [models.UniqueConstraint(fields=('kecamatan', 'tahun_pelaksanaan'), name='musrenbang_satu_per_tahun'), models.CheckConstraint(condition=models.Q(('tahap__in', ['dijadwalkan', 'persiapan', 'siap', 'pembukaan', 'pemaparan', 'pembahasan', 'kelompok', 'pleno', 'prioritas', 'delegasi', 'penandatanganan', 'finalisasi', 'disahkan', 'disampaikan', 'dikembalikan', 'diterima', 'pemilahan', 'selesai'])), name='musrenbang_tahap_dikenal'), models.CheckConstraint(condition=models.Q(('tahun_rencana__gt', models.F('tahun_pelaksanaan'))), name='musrenbang_rencana_sesudah_pelaksanaan')],
            },
        ),
        migrations.CreateModel(
            name='KriteriaKecamatan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('draf', 'Draf'), ('diajukan', 'Menunggu persetujuan Bappeda'), ('dikembalikan', 'Dikembalikan Bappeda'), ('disetujui', 'Disetujui Bappeda')], default='draf', editable=False, max_length=12)),
                ('isi', models.JSONField()),
                ('catatan', models.CharField(blank=True, max_length=300, verbose_name='catatan Bappeda')),
                ('versi', models.PositiveIntegerField(default=1)),
                ('musrenbang', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='kriteria', to='musrenbang.musrenbang')),
            ],
            options={
                'verbose_name_plural': 'kriteria kecamatan',
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['draf', 'diajukan', 'dikembalikan', 'disetujui'])), name='kriteria_status_dikenal')],
            },
        ),
        migrations.CreateModel(
            name='Kiriman',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jenis', models.CharField(max_length=40)),
                ('kunci', models.UUIDField()),
                ('sidik', models.CharField(blank=True, max_length=64)),
                ('objek_id', models.BigIntegerField()),
                ('pada', models.DateTimeField(default=django.utils.timezone.now)),
                ('musrenbang', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kiriman', to='musrenbang.musrenbang')),
                ('oleh', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'kiriman',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('musrenbang', 'jenis', 'kunci', 'sidik'), name='kiriman_sekali')],
            },
        ),
        migrations.CreateModel(
            name='JejakAudit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('aksi', models.CharField(max_length=60)),
                ('objek', models.CharField(max_length=250, verbose_name='hal')),
                ('objek_id', models.CharField(max_length=60)),
                ('dari', models.CharField(blank=True, max_length=40)),
                ('ke', models.CharField(blank=True, max_length=40)),
                ('alasan', models.TextField(blank=True)),
                ('rincian', models.JSONField(default=dict)),
                ('waktu', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('pelaku', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('musrenbang', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='jejak', to='musrenbang.musrenbang')),
                ('sebelum', models.CharField(blank=True, editable=False, max_length=64, verbose_name='sidik baris sebelumnya')),
                ('sidik', models.CharField(editable=False, max_length=64, verbose_name='sidik baris ini')),
            ],
            options={
                'ordering': ['-pk'],
                'abstract': False,
                'indexes': [models.Index(fields=['musrenbang', '-id'], name='jejak_acara'), models.Index(fields=['musrenbang', 'objek_id'], name='jejak_objek')],
            },
        ),
        migrations.CreateModel(
            name='Dokumen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jenis', models.CharField(max_length=40)),
                ('versi', models.PositiveSmallIntegerField()),
                ('nomor', models.CharField(blank=True, max_length=80)),
                ('isi', models.JSONField()),
                ('berkas', models.FileField(blank=True, upload_to=musrenbang.models.dokumen.path_dokumen)),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256')),
                ('ukuran', models.PositiveIntegerField(default=0, verbose_name='ukuran (byte)')),
                ('dibuat_pada', models.DateTimeField(auto_now_add=True)),
                ('dibuat_oleh', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('musrenbang', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dokumen', to='musrenbang.musrenbang')),
                ('bagian', models.CharField(blank=True, max_length=60)),
                ('kode', models.CharField(max_length=12, null=True, unique=True)),
                ('penanda_tangan', models.JSONField(default=list)),
                ('sidik_isi', models.CharField(blank=True, max_length=64)),
                ('tanggal', models.DateField(blank=True, null=True, verbose_name='tanggal dokumen')),
            ],
            options={
                'ordering': ['musrenbang', 'jenis', 'bagian', '-versi'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('berkas', ''), ('sha256', '')), models.Q(models.Q(('sha256', ''), _negated=True), models.Q(('berkas', ''), _negated=True)), _connector='OR'), name='dokumen_berkas_dan_sha256'), models.UniqueConstraint(fields=('musrenbang', 'jenis', 'bagian', 'versi'), name='dokumen_versi_unik'), models.UniqueConstraint(condition=models.Q(('nomor', ''), _negated=True), fields=('musrenbang', 'nomor'), name='dokumen_nomor_unik')],
            },
        ),
        migrations.CreateModel(
            name='AnggotaTim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kedudukan', models.CharField(choices=[('pengarah', 'Pengarah'), ('ketua', 'Ketua'), ('sekretaris', 'Sekretaris'), ('pemandu', 'Anggota/Tim Pemandu'), ('anggota', 'Anggota'), ('pembantu', 'Pembantu dari kabupaten')], max_length=10)),
                ('nama', models.CharField(max_length=150, verbose_name='nama lengkap dan gelar')),
                ('jabatan', models.CharField(help_text='Misalnya: Sekretaris Camat.', max_length=150, verbose_name='jabatan asal')),
                ('nip', models.CharField(blank=True, max_length=21, verbose_name='NIP')),
                ('versi', models.PositiveIntegerField(default=1)),
                ('musrenbang', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tim', to='musrenbang.musrenbang')),
            ],
            options={
                'verbose_name_plural': 'anggota tim',
                'ordering': ['musrenbang', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('musrenbang', 'nama', 'kedudukan'), name='tim_orang_sekali', violation_error_message='Orang ini sudah ada pada kedudukan itu.'), models.UniqueConstraint(condition=models.Q(('kedudukan__in', ('pengarah', 'ketua', 'sekretaris'))), fields=('musrenbang', 'kedudukan'), name='tim_satu_pimpinan', violation_error_message='Kedudukan ini sudah terisi; ubah orangnya, jangan menambah.')],
            },
        ),
        migrations.CreateModel(
            name='Pejabat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cara', models.CharField(choices=[('camat', 'Camat'), ('plt', 'Plt. Camat (pelaksana tugas)'), ('plh', 'Plh. Camat (pelaksana harian)'), ('an', 'a.n. Camat (atas nama)')], max_length=5, verbose_name='menandatangani sebagai')),
                ('nama', models.CharField(max_length=150, verbose_name='nama lengkap dan gelar')),
                ('nip', models.CharField(blank=True, max_length=21, verbose_name='NIP')),
                ('jabatan', models.CharField(blank=True, help_text='Misalnya: Sekretaris Camat. Wajib untuk a.n. Camat.', max_length=100, verbose_name='jabatan sendiri')),
                ('mulai', models.DateField(blank=True, help_text='Kosong: sejak semula.', null=True, verbose_name='sejak tanggal')),
                ('sampai', models.DateField(blank=True, help_text='Kosong: sampai ada yang baru.', null=True, verbose_name='sampai tanggal')),
                ('kecamatan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pejabat', to='musrenbang.kecamatan')),
            ],
            options={
                'verbose_name_plural': 'pejabat',
                'ordering': ['kecamatan', models.OrderBy(models.F('mulai'), descending=True, nulls_last=True), '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('mulai', None), ('sampai', None), ('sampai__gte', models.F('mulai')), _connector='OR'), name='pejabat_masa_urut', violation_error_message='Tanggal akhir tidak boleh sebelum tanggal mulai.'), models.CheckConstraint(condition=models.Q(models.Q(('cara', 'an'), _negated=True), models.Q(('jabatan', ''), _negated=True), _connector='OR'), name='pejabat_an_berjabatan', violation_error_message='Isi jabatannya; dicetak di bawah “a.n. Camat”.'), models.CheckConstraint(condition=models.Q(('cara__in', ['camat', 'plt', 'plh', 'an'])), name='pejabat_cara_dikenal')],
            },
        ),
        migrations.CreateModel(
            name='PenghitungNomor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jenis', models.CharField(max_length=40)),
                ('tahun', models.PositiveSmallIntegerField()),
                ('terakhir', models.PositiveIntegerField(default=0)),
                ('kecamatan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='musrenbang.kecamatan')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kecamatan', 'jenis', 'tahun'), name='penghitung_unik')],
            },
        ),
        migrations.CreateModel(
            name='PermintaanAkun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jenis', models.CharField(choices=[('undang', 'Akun baru'), ('peran', 'Peran'), ('sandi', 'Sandi dibatalkan'), ('kode', 'Kode masuk dilepas'), ('aktif', 'Akun diaktifkan lagi')], max_length=6)),
                ('nama', models.CharField(blank=True, max_length=150)),
                ('nip', models.CharField(blank=True, max_length=21)),
                ('username', models.CharField(blank=True, max_length=150)),
                ('peran', models.CharField(blank=True, choices=[('camat', 'Camat'), ('sekcam', 'Sekretaris Camat (Ketua Tim)'), ('bappeda', 'Bappeda')], max_length=12)),
                ('diminta_pada', models.DateTimeField(auto_now_add=True)),
                ('dijawab_pada', models.DateTimeField(null=True)),
                ('hasil', models.CharField(blank=True, choices=[('disetujui', 'Disetujui'), ('ditolak', 'Tidak disetujui'), ('ditarik', 'Ditarik pemintanya')], max_length=9)),
                ('jawaban', models.CharField(blank=True, max_length=300, verbose_name='alasan')),
                ('dijawab_oleh', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('diminta_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kabupaten', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='musrenbang.kabupaten')),
                ('kecamatan', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='musrenbang.kecamatan')),
                ('pengguna', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'permintaan akun',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['kabupaten', '-id'], name='permintaan_akun_kabupaten')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('dijawab_oleh', None), ('dijawab_pada', None), ('hasil', '')), models.Q(('dijawab_oleh__isnull', False), ('dijawab_pada__isnull', False), ('hasil__in', ['disetujui', 'ditolak', 'ditarik'])), _connector='OR'), name='permintaan_akun_dijawab_utuh'), models.CheckConstraint(condition=models.Q(('hasil', 'ditarik'), ('dijawab_oleh', None), models.Q(('dijawab_oleh', models.F('diminta_oleh')), _negated=True), _connector='OR'), name='permintaan_akun_dua_orang')],
            },
        ),
        migrations.CreateModel(
            name='PermintaanJadwal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tanggal', models.DateField(verbose_name='tanggal yang diminta')),
                ('alasan', models.CharField(max_length=300)),
                ('status', models.CharField(choices=[('menunggu', 'Menunggu Bappeda'), ('disetujui', 'Disetujui'), ('ditolak', 'Tidak disetujui')], default='menunggu', editable=False, max_length=10)),
                ('jawaban', models.CharField(blank=True, max_length=300)),
                ('diminta_pada', models.DateTimeField(auto_now_add=True)),
                ('diminta_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('musrenbang', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='permintaan_jadwal', to='musrenbang.musrenbang')),
            ],
            options={
                'verbose_name_plural': 'permintaan jadwal',
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'menunggu')), fields=('musrenbang',), name='permintaan_satu_menunggu')],
            },
        ),
        migrations.CreateModel(
            name='Petugas',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jenis', models.CharField(choices=[('setrawan', 'Setrawan/fasilitator kabupaten'), ('skpd', 'Wakil SKPD')], max_length=10)),
                ('nama', models.CharField(max_length=150)),
                ('musrenbang', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='petugas', to='musrenbang.musrenbang')),
            ],
            options={
                'verbose_name_plural': 'petugas',
                'ordering': ['musrenbang', 'jenis', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('musrenbang', 'jenis', 'nama'), name='petugas_sekali')],
            },
        ),
        migrations.CreateModel(
            name='PrioritasDaerah',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tahun', models.PositiveSmallIntegerField(verbose_name='tahun rencana')),
                ('nomor', models.PositiveSmallIntegerField()),
                ('nama', models.CharField(max_length=200)),
                ('sasaran', models.CharField(max_length=250)),
                ('bidang', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='musrenbang.bidang')),
                ('kabupaten', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='musrenbang.kabupaten')),
            ],
            options={
                'verbose_name_plural': 'prioritas daerah',
                'ordering': ['tahun', 'nomor'],
                'constraints': [models.UniqueConstraint(fields=('kabupaten', 'tahun', 'nomor'), name='prioritas_nomor_unik')],
            },
        ),
        migrations.CreateModel(
            name='Sesi',
            fields=[
                ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                ('session_data', models.TextField(verbose_name='session data')),
                ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                ('perangkat', models.CharField(blank=True, max_length=60)),
                ('alamat', models.CharField(blank=True, max_length=45, verbose_name='alamat jaringan')),
                ('sejak', models.DateTimeField(null=True)),
                ('dilihat', models.DateTimeField(null=True, verbose_name='terakhir dipakai')),
                ('pengguna', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sesi', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sesi',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Skpd',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nama', models.CharField(max_length=200)),
                ('singkatan', models.CharField(max_length=40)),
                ('bidang', models.ForeignKey(help_text='Bidang kelompok tempat usulannya dibahas.', on_delete=django.db.models.deletion.PROTECT, to='musrenbang.bidang')),
                ('kabupaten', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='musrenbang.kabupaten')),
                ('kode', models.CharField(blank=True, max_length=30, verbose_name='kode perangkat daerah (SIPD)')),
            ],
            options={
                'verbose_name': 'SKPD',
                'verbose_name_plural': 'SKPD',
                'ordering': ['nama'],
                'constraints': [models.UniqueConstraint(fields=('kabupaten', 'nama'), name='skpd_nama_unik')],
            },
        ),
        migrations.CreateModel(
            name='Keanggotaan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('peran', models.CharField(choices=[('bappeda', 'Bappeda'), ('camat', 'Camat'), ('sekcam', 'Sekretaris Camat (Ketua Tim)'), ('pmd', 'Kasi PMD (Sekretaris Tim)'), ('pemandu', 'Tim Pemandu'), ('verifikator', 'Tim Verifikasi'), ('desa', 'Operator Desa'), ('skpd', 'SKPD')], max_length=12)),
                ('desa', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='musrenbang.desa')),
                ('kabupaten', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='musrenbang.kabupaten')),
                ('pengguna', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keanggotaan', to=settings.AUTH_USER_MODEL)),
                ('kecamatan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='musrenbang.kecamatan')),
                ('skpd', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='musrenbang.skpd', verbose_name='SKPD')),
            ],
            options={
                'verbose_name_plural': 'keanggotaan',
                'constraints': [models.UniqueConstraint(fields=('pengguna', 'peran', 'kabupaten'), name='keanggotaan_kabupaten_unik'), models.UniqueConstraint(fields=('pengguna', 'peran', 'kecamatan'), name='keanggotaan_kecamatan_unik'), models.UniqueConstraint(fields=('pengguna', 'peran', 'desa'), name='keanggotaan_desa_unik'), models.UniqueConstraint(fields=('pengguna', 'peran', 'skpd'), name='keanggotaan_skpd_unik'), models.CheckConstraint(condition=models.Q(models.Q(('peran__in', ['bappeda']), ('kabupaten__isnull', False), ('kecamatan__isnull', True), ('desa__isnull', True), ('skpd__isnull', True)), models.Q(('peran__in', ['camat', 'sekcam', 'pmd', 'pemandu', 'verifikator']), ('kabupaten__isnull', True), ('kecamatan__isnull', False), ('desa__isnull', True), ('skpd__isnull', True)), models.Q(('peran__in', ['desa']), ('kabupaten__isnull', True), ('kecamatan__isnull', True), ('desa__isnull', False), ('skpd__isnull', True)), models.Q(('peran__in', ['skpd']), ('kabupaten__isnull', True), ('kecamatan__isnull', True), ('desa__isnull', True), ('skpd__isnull', False)), _connector='OR'), name='keanggotaan_lingkup_tepat', violation_error_message='Isi tepat satu lingkup, yaitu yang sesuai dengan perannya.')],
            },
        ),
        migrations.CreateModel(
            name='KataKunci',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kata', models.CharField(max_length=80)),
                ('program', models.CharField(blank=True, max_length=200, verbose_name='program (kode dan nama)')),
                ('skpd', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kata_kunci', to='musrenbang.skpd')),
            ],
            options={
                'verbose_name_plural': 'kata kunci tupoksi',
                'ordering': ['skpd__nama', 'kata'],
                'constraints': [models.UniqueConstraint(fields=('skpd', 'kata'), name='kata_kunci_unik')],
            },
        ),
        migrations.CreateModel(
            name='KamusUsulan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tahun', models.PositiveSmallIntegerField(verbose_name='tahun rencana')),
                ('nama', models.CharField(max_length=200)),
                ('satuan', models.CharField(max_length=30)),
                ('harga_min', models.BigIntegerField(blank=True, null=True, verbose_name='harga satuan terendah (Rp)')),
                ('harga_maks', models.BigIntegerField(blank=True, null=True, verbose_name='harga satuan tertinggi (Rp)')),
                ('bidang', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='musrenbang.bidang')),
                ('kabupaten', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='musrenbang.kabupaten')),
                ('skpd', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='musrenbang.skpd')),
            ],
            options={
                'verbose_name_plural': 'kamus usulan',
                'ordering': ['nama'],
                'constraints': [models.UniqueConstraint(fields=('kabupaten', 'tahun', 'nama', 'satuan'), name='kamus_sekali'), models.CheckConstraint(condition=models.Q(('harga_min', None), ('harga_min__gt', 0), _connector='OR'), name='kamus_harga_positif'), models.CheckConstraint(condition=models.Q(('harga_min', None), ('harga_maks', None), ('harga_maks__gte', models.F('harga_min')), _connector='OR'), name='kamus_harga_urut')],
            },
        ),
        migrations.CreateModel(
            name='SkTim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nomor', models.CharField(blank=True, max_length=80, verbose_name='nomor keputusan')),
                ('tanggal', models.DateField(blank=True, null=True, verbose_name='tanggal keputusan')),
                ('pembekalan_tanggal', models.DateField(blank=True, null=True, verbose_name='tanggal pembekalan')),
                ('pembekalan_tempat', models.CharField(blank=True, max_length=200, verbose_name='tempat pembekalan')),
                ('pembekalan_catatan', models.TextField(blank=True, max_length=2000, verbose_name='catatan pembekalan')),
                ('versi', models.PositiveIntegerField(default=1)),
                ('musrenbang', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sk_tim', to='musrenbang.musrenbang')),
            ],
            options={
                'verbose_name': 'SK Tim',
                'verbose_name_plural': 'SK Tim',
                'constraints': [models.CheckConstraint(condition=models.Q(('nomor', ''), ('tanggal__isnull', False), _connector='OR'), name='sk_tim_bertanggal')],
            },
        ),
        migrations.CreateModel(
            name='ProgramMasuk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jenis', models.CharField(choices=[('masuk', 'Program masuk tahun ini'), ('prioritas', 'Prioritas SKPD tahun rencana')], default='masuk', max_length=10)),
                ('nama', models.CharField(max_length=300, verbose_name='program/kegiatan')),
                ('instansi', models.CharField(max_length=200, verbose_name='instansi pembawa program')),
                ('lokasi', models.CharField(blank=True, max_length=300)),
                ('anggaran', models.BigIntegerField(blank=True, null=True, verbose_name='anggaran (Rp)')),
                ('keterangan', models.CharField(blank=True, max_length=300)),
                ('versi', models.PositiveIntegerField(default=1)),
                ('desa', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='musrenbang.desa')),
                ('musrenbang', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='program_masuk', to='musrenbang.musrenbang')),
                ('skpd', models.ForeignKey(blank=True, help_text='Bila instansinya SKPD kabupaten ini.', null=True, on_delete=django.db.models.deletion.PROTECT, to='musrenbang.skpd', verbose_name='SKPD kabupaten')),
                ('sumber_dana', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='musrenbang.sumberdana')),
            ],
            options={
                'verbose_name_plural': 'program masuk',
                'ordering': ['musrenbang', 'jenis', 'instansi', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('anggaran', None), ('anggaran__gt', 0), _connector='OR'), name='program_anggaran_positif'), models.CheckConstraint(condition=models.Q(('jenis__in', ['masuk', 'prioritas'])), name='program_jenis_dikenal')],
            },
        ),
        migrations.CreateModel(
            name='PaguKecamatan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jumlah', models.BigIntegerField(verbose_name='pagu indikatif (Rp)')),
                ('musrenbang', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pagu', to='musrenbang.musrenbang')),
                ('sumber_dana', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='musrenbang.sumberdana')),
            ],
            options={
                'verbose_name_plural': 'pagu kecamatan',
                'ordering': ['musrenbang', 'sumber_dana__nama'],
                'constraints': [models.UniqueConstraint(fields=('musrenbang', 'sumber_dana'), name='pagu_sumber_sekali'), models.CheckConstraint(condition=models.Q(('jumlah__gt', 0)), name='pagu_positif')],
            },
        ),
        migrations.CreateModel(
            name='TautanMasuk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dibuat_pada', models.DateTimeField(auto_now_add=True)),
                ('ditampilkan_pada', models.DateTimeField(null=True)),
                ('pembuat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pengguna', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tautan_masuk', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'tautan masuk',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['pembuat', 'ditampilkan_pada'], name='tautan_masuk_pembuat')],
            },
        ),
        migrations.CreateModel(
            name='JejakAcuan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('aksi', models.CharField(max_length=60)),
                ('objek', models.CharField(max_length=250, verbose_name='hal')),
                ('alasan', models.TextField(blank=True)),
                ('rincian', models.JSONField(default=dict)),
                ('waktu', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('kabupaten', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='jejak_acuan', to='musrenbang.kabupaten')),
                ('pelaku', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('sebelum', models.CharField(blank=True, editable=False, max_length=64, verbose_name='sidik baris sebelumnya')),
                ('sidik', models.CharField(editable=False, max_length=64, verbose_name='sidik baris ini')),
            ],
            options={
                'verbose_name_plural': 'jejak acuan',
                'ordering': ['-pk'],
                'abstract': False,
                'indexes': [models.Index(fields=['kabupaten', '-id'], name='jejak_acuan_kabupaten')],
            },
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
