"""What the team prepares before the day."""

from datetime import timedelta
from pathlib import Path

from django.utils.text import slugify

from berita_acara.models import PengaturanDokumen
from berita_acara.services.settings import save_settings
from berita_acara.services.undangan import issue_undangan
from musrenbang.models import Desa, Kedudukan, Musrenbang, OfficeWay, Pengguna, Skpd, StatusKriteria, SumberDana
from musrenbang.persiapan.defaults import KRITERIA_BAWAAN
from musrenbang.persiapan.services.pagu import move_kriteria, save_kriteria, set_pagu
from musrenbang.persiapan.services.program import save_program
from musrenbang.persiapan.services.tim import fill_tim, save_decree, save_member
from musrenbang.services.pejabat import add_pejabat
from musrenbang.sidang.services.agenda import fill_agenda
from musrenbang.sidang.services.undangan import save_undangan, track_undangan
from musrenbang.states import Peran

LAMBANG = Path(__file__).resolve().parents[2] / "fixtures" / "demo" / "lambang.png"
# kind, name, abbreviation of the SKPD, place, rupiah
PROGRAM = [
    ("masuk", "Rehabilitasi jaringan irigasi", "Dinas PUPR", "Saluran sekunder", 850_000_000),
    ("masuk", "Rehabilitasi ruang kelas SD", "Dinas Dikbud", "SDN 1", 320_000_000),
    ("masuk", "Pengadaan bibit dan pupuk", "Distan", "Kelompok tani", 175_000_000),
    ("prioritas", "Peningkatan ruas jalan kabupaten", "Dinas PUPR", "", 2_400_000_000),
    ("prioritas", "Penurunan stunting melalui posyandu terpadu", "Dinkes", "", None),
]


def add_programmes(musrenbang: Musrenbang, by: Pengguna, desa: list[Desa]) -> None:
    """Note the programmes that enter the kecamatan, spread over the desa."""
    kabupaten = musrenbang.kecamatan.kabupaten
    skpd = {s.singkatan: s for s in Skpd.objects.filter(kabupaten=kabupaten)}
    source = SumberDana.objects.first()
    for i, (jenis, nama, singkatan, lokasi, anggaran) in enumerate(PROGRAM):
        one = skpd[singkatan]
        save_program(
            musrenbang=musrenbang,
            by=by,
            program=None,
            jenis=jenis,
            nama=nama,
            instansi=one.nama,
            skpd=one,
            sumber_dana=source,
            desa=desa[i % len(desa)] if lokasi else None,
            lokasi=lokasi,
            anggaran=anggaran,
            keterangan="",
        )


def add_letterhead(musrenbang: Musrenbang, person: dict[str, Pengguna]) -> None:
    """Letterhead with an emblem of nowhere, and the Camat's rank; both stand on every letter."""
    kecamatan = musrenbang.kecamatan.nama
    save_settings(
        musrenbang=musrenbang,
        by=person[Peran.SEKCAM],
        versi=0,
        logo=LAMBANG.read_bytes(),
        alamat=f"Jalan Raya {kecamatan} Nomor 1",
        kode_pos="83000",
        telepon="0800-000-0001",
        surel=f"kecamatan.{slugify(kecamatan)}@contoh.go.id",
        kertas="A4",
        format_nomor=PengaturanDokumen._meta.get_field("format_nomor").default,
        klausul="",
        tenggat_salinan=45,
    )
    camat = person[Peran.CAMAT]
    add_pejabat(
        musrenbang=musrenbang,
        by=person[Peran.SEKCAM],
        cara=OfficeWay.CAMAT,
        nama=camat.nama,
        pangkat="Pembina Tingkat I (IV/b)",
        nip=camat.nip,
        jabatan="",
        mulai=None,
        sampai=None,
    )


def add_team(musrenbang: Musrenbang, person: dict[str, Pengguna]) -> None:
    """The team from the accounts, two helpers, its decision and its briefing a week before the day."""
    sekcam, day = person[Peran.SEKCAM], musrenbang.tanggal
    assert day
    fill_tim(musrenbang=musrenbang, by=sekcam)
    if not musrenbang.tim.filter(kedudukan=Kedudukan.SEKRETARIS).exists():
        save_member(
            musrenbang=musrenbang,
            by=sekcam,
            anggota=None,
            kedudukan=Kedudukan.SEKRETARIS,
            nama=person[Peran.PMD].nama,
            jabatan="Kepala Seksi PMD",
            nip=person[Peran.PMD].nip,
        )
    for nama, jabatan in (("Nurhayati, S.Pd.", "Setrawan Kabupaten"), ("Agus Salim", "Fasilitator Kabupaten")):
        save_member(
            musrenbang=musrenbang,
            by=sekcam,
            anggota=None,
            kedudukan=Kedudukan.PEMBANTU,
            nama=nama,
            jabatan=jabatan,
            nip="",
        )
    save_decree(
        musrenbang=musrenbang,
        by=sekcam,
        versi=1,
        nomor="",
        tanggal=day - timedelta(days=21),
        pembekalan_tanggal=day - timedelta(days=7),
        pembekalan_tempat=musrenbang.tempat,
        pembekalan_catatan="Pembagian tugas, alur sidang, dan latihan memakai aplikasi.",
    )


def add_ceiling(musrenbang: Musrenbang, person: dict[str, Pengguna]) -> None:
    """A ceiling for one source, and the default criteria, submitted and approved."""
    pmd = person[Peran.PMD]
    set_pagu(musrenbang=musrenbang, by=pmd, jumlah={SumberDana.objects.get(nama="APBD Kabupaten"): 4_500_000_000})
    save_kriteria(musrenbang=musrenbang, by=pmd, versi=1, content=KRITERIA_BAWAAN)
    for versi, by, origin, to in (
        (1, pmd, StatusKriteria.DRAF, StatusKriteria.DIAJUKAN),
        (2, person[Peran.BAPPEDA], StatusKriteria.DIAJUKAN, StatusKriteria.DISETUJUI),
    ):
        move_kriteria(musrenbang=musrenbang, by=by, versi=versi, dari=origin, ke=to)


def add_invitations(musrenbang: Musrenbang, by: Pengguna, guest: list[dict]) -> None:
    """Invite everybody who will come and, per desa, a BPD who will not; number and send the letters."""
    day = musrenbang.tanggal
    assert day
    for one in guest:
        content = {k: one[k] for k in ("nama", "unsur", "lembaga", "desa", "jenis_kelamin", "usia", "alamat")}
        save_undangan(musrenbang=musrenbang, by=by, undangan=None, jabatan="", **content)
    for desa in musrenbang.kecamatan.desa_set.all():
        save_undangan(
            musrenbang=musrenbang,
            by=by,
            undangan=None,
            nama="",
            jabatan=f"Ketua BPD {desa.nama}",
            unsur="bpd",
            lembaga=f"BPD {desa.nama}",
            desa=desa,
            jenis_kelamin="",
            usia=None,
            alamat="",
        )
    fill_agenda(musrenbang=musrenbang, by=by)
    issue_undangan(musrenbang=musrenbang, by=by, tanggal=day - timedelta(days=10))
    all_rows = list(musrenbang.undangan.values_list("pk", flat=True))
    for column, backward in (("dikirim_pada", 9), ("diterima_pada", 7)):
        track_undangan(
            musrenbang=musrenbang, by=by, pilihan=all_rows, kolom=column, tanggal=day - timedelta(days=backward)
        )
