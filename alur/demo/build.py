"""Walk an event up to a stage through the services, as its people would."""

import random
import shutil
import tempfile
import uuid
from collections.abc import Callable
from datetime import date, time
from itertools import pairwise
from pathlib import Path

from django.conf import settings

from alur.demo.afterwards import answer_some, send_all, sort_works
from alur.demo.before import add_ceiling, add_invitations, add_letterhead, add_programmes, add_team
from alur.demo.data import works
from alur.demo.kamus import fill_dictionary
from alur.demo.kelompok import discuss_in_groups, form_groups
from alur.demo.last_year import add_last_year, ask_twice
from alur.demo.people import SKPD_DEMO, create_cast, create_officials, guests
from alur.demo.peringkat import prepare_rankings, rank_works
from alur.demo.shared import BANYAK, add_shared
from alur.demo.sidang import BUTIR, run_items
from alur.demo.workbooks import write_books
from alur.services.acara import advance_musrenbang
from berita_acara.services.issue import issue_berita_acara, issue_dokumen
from berita_acara.services.salinan import upload_salinan
from delegasi.services import add_delegat
from musrenbang.acuan.services.acuan import import_acuan
from musrenbang.acuan.services.wilayah import import_wilayah
from musrenbang.keeper import read_dokumen
from musrenbang.models import Kabupaten, Kecamatan, Musrenbang, Pengguna, Skpd
from musrenbang.persiapan.services.acara import schedule_musrenbang
from musrenbang.sidang.models import AttendanceWay, Kehadiran, Undangan
from musrenbang.sidang.services.kehadiran import check_in
from musrenbang.states import MOVES, URUTAN, Peran, Tahap
from rkp.models import BarisRkp, Rkp
from rkp.queries.kelompok import list_kelompok
from rkp.queries.pagu import list_pagu
from rkp.services.draft import build_draft, place_baris
from rkp.services.pagu import reserve_excess
from rkp.services.pleno import accept_kelompok
from usulan.services.impor import commit_impor, stage_impor

TAHUN = 2026
KODE_KABUPATEN = "52.03"
JALUR = [stage for stage in URUTAN if stage != Tahap.DIKEMBALIKAN]


def build_demo(*, tahap: str, usulan: int, kecamatan: int) -> list[Musrenbang]:
    """Build ``kecamatan`` events up to ``tahap`` with ``usulan`` proposals each; Sikur comes first."""
    return [journey.walk(tahap) for journey in begin_journeys(usulan=usulan, kecamatan=kecamatan)]


def begin_journeys(*, usulan: int, kecamatan: int) -> list["Journey"]:
    """Schedule ``kecamatan`` events; each journey walks as far as it is told, and on from there when told again."""
    fixtures = settings.BASE_DIR / "fixtures"
    import_wilayah(folder=fixtures / "wilayah")
    kabupaten = Kabupaten.objects.get(kode=KODE_KABUPATEN)
    import_acuan(berkas=fixtures / "acuan.json", kabupaten=kabupaten, tahun=TAHUN + 1)
    cast = create_cast(kabupaten)
    fill_dictionary(kabupaten, TAHUN + 1, cast[Peran.BAPPEDA])
    list_rows = sorted(Kecamatan.objects.filter(kabupaten=kabupaten), key=lambda k: (k.nama != "Sikur", k.kode))
    return [Journey(k, i, cast, usulan) for i, k in enumerate(list_rows[:kecamatan])]


def _leave_for_practice(berkas: list[Path]) -> list[Path]:
    """Put the lists of two desa aside, for a person to import by hand; return the others."""
    folder = settings.VAR_DIR / "contoh"
    folder.mkdir(exist_ok=True)
    for path in berkas[:2]:
        shutil.copy(path, folder / path.name)
    return berkas[2:]


class Journey:
    """One event and the people who move it. The same seed gives the same event."""

    def __init__(self, kecamatan: Kecamatan, urut: int, cast: dict[str, Pengguna], usulan: int) -> None:
        self.kecamatan, self.jumlah_usulan = kecamatan, usulan
        self.acak = random.Random(f"sikur-{urut}")
        self.orang = cast if urut == 0 else cast | create_officials(kecamatan, urut)
        tanggal = date(TAHUN, 2, 9 + urut % 5 + 7 * (urut // 5 % 2))
        self.musrenbang = schedule_musrenbang(
            kecamatan=kecamatan,
            tahun_pelaksanaan=TAHUN,
            by=self.orang[Peran.BAPPEDA],
            tanggal=tanggal,
            jam_mulai=time(8, 30),
            tempat=f"Aula Kantor Camat {kecamatan.nama}",
        )

    def walk(self, tahap: str) -> Musrenbang:
        """Do the work of each stage and move on, from where the event stands until ``tahap`` is reached.

        At the preparation two desa are left to be imported by hand, so no journey goes on from there.
        """
        work: dict[str, Callable[[], None]] = {
            Tahap.PERSIAPAN: self._prepare,
            Tahap.PEMBUKAAN: self._welcome,
            Tahap.PEMBAHASAN: self._form_groups,
            Tahap.KELOMPOK: self._discuss,
            Tahap.PLENO: self._plenary,
            Tahap.PRIORITAS: self._rank,
            Tahap.DELEGASI: self._delegate,
            Tahap.PENANDATANGANAN: self._issue,
            Tahap.FINALISASI: lambda: self._letter("surat_mandat"),
            Tahap.DISAHKAN: lambda: self._letter("pengantar_bappeda"),
            Tahap.PEMILAHAN: self._sort,
        }
        for origin, to in list(pairwise(JALUR))[JALUR.index(self.musrenbang.tahap) :]:
            if self.musrenbang.tahap == tahap:
                if tahap == Tahap.PERSIAPAN:
                    self._prepare(leave_over=True)
                break
            if origin in work:
                work[origin]()
            if origin in BUTIR:
                run_items(self.musrenbang, self.orang[Peran.PMD], origin, self.acak)
            peran = next(iter(sorted(MOVES[origin, to].peran, reverse=True)))
            advance_musrenbang(musrenbang=self.musrenbang, dari=origin, ke=to, by=self.orang[peran])
        return self.musrenbang

    def _prepare(self, leave_over: bool = False) -> None:
        desa = list(self.kecamatan.desa_set.all())
        add_programmes(self.musrenbang, self.orang[Peran.PMD], desa)
        add_letterhead(self.musrenbang, self.orang)
        add_team(self.musrenbang, self.orang)
        assert self.musrenbang.tanggal
        guest = guests(self.kecamatan, self.acak, self.orang, self.musrenbang.tanggal)
        add_invitations(self.musrenbang, self.orang[Peran.PMD], guest)
        add_ceiling(self.musrenbang, self.orang)
        together = BANYAK if self.jumlah_usulan >= len(desa) + BANYAK else 0
        desa_owned = self.jumlah_usulan - together
        share = [desa_owned // len(desa) + (i < desa_owned % len(desa)) for i in range(len(desa))]
        content = {
            d.nama: works(self.acak, n, spp=i % 3 == 0) for i, (d, n) in enumerate(zip(desa, share, strict=True))
        }
        pmd = self.orang[Peran.PMD]
        with tempfile.TemporaryDirectory() as folder:
            if leave_over:
                add_last_year(self.musrenbang, pmd, desa, Path(folder))
            file = write_books(Path(folder), content, self.kecamatan.nama, TAHUN + 1, self.acak)
            if leave_over:
                file = _leave_for_practice(file)
            for path in file:
                impor = stage_impor(musrenbang=self.musrenbang, path=path, nama=path.name, by=pmd)
                commit_impor(impor=impor, by=pmd)
            if together:
                add_shared(self.musrenbang, pmd, desa, Path(folder), self.acak)
        if leave_over and together:
            ask_twice(self.musrenbang, pmd)
        build_draft(musrenbang=self.musrenbang, by=pmd)
        reserve = Skpd.objects.get(nama=SKPD_DEMO)
        for baris in self._rows().filter(skpd=None):
            place_baris(
                baris=baris,
                versi=baris.versi,
                by=pmd,
                bidang=baris.bidang or reserve.bidang,
                skpd=reserve,
                prioritas_daerah=baris.prioritas_daerah,
                sasaran_daerah=baris.sasaran_daerah,
                program=baris.program,
                sasaran=baris.sasaran,
            )

    def _rows(self):
        return BarisRkp.objects.filter(rkp=Rkp.objects.get(musrenbang=self.musrenbang)).select_related(
            "rkp__musrenbang", "bidang", "skpd"
        )

    def _welcome(self) -> None:
        for undangan in Undangan.objects.filter(musrenbang=self.musrenbang).exclude(nama="").select_related("desa"):
            undangan.musrenbang = self.musrenbang
            kunci = uuid.UUID(int=self.acak.getrandbits(128))
            check_in(undangan=undangan, by=self.orang[Peran.PMD], kunci=kunci, cara=AttendanceWay.KODE)

    def _form_groups(self) -> None:
        form_groups(self.musrenbang, self.orang[Peran.PMD])

    def _discuss(self) -> None:
        discuss_in_groups(self.musrenbang, self.orang[Peran.PEMANDU], self.acak)

    def _plenary(self) -> None:
        pemandu = self.orang[Peran.PEMANDU]
        for result in list_kelompok(self.musrenbang):
            accept_kelompok(kelompok=result.kelompok, sidik=result.sidik, by=pemandu)
        for p in list_pagu(self.musrenbang):
            if p.keluar:
                reserve_excess(
                    musrenbang=self.musrenbang, by=self.orang[Peran.SEKCAM], sumber=p.sumber.pk, sidik=p.sidik
                )
        prepare_rankings(self.musrenbang, self.orang, self.acak)

    def _rank(self) -> None:
        rank_works(self.musrenbang, self.orang, self.acak)

    def _delegate(self) -> None:
        hadir = list(Kehadiran.objects.filter(musrenbang=self.musrenbang))

        def pick(unsur: str, jenis_kelamin: str = "") -> Kehadiran:
            matching = (
                h for h in hadir if h.unsur == unsur and (not jenis_kelamin or h.jenis_kelamin == jenis_kelamin)
            )
            terpilih = next(matching)
            hadir.remove(terpilih)
            return terpilih

        camat = next(h for h in hadir if h.nama == self.orang[Peran.CAMAT].nama)
        kursi = [("camat", camat), ("bkad", pick("bkad")), ("setrawan", pick("setrawan"))]
        kursi += [("tokoh", pick("tokoh", "P")), ("tokoh", pick("tokoh", "P")), ("tokoh", pick("tokoh", "L"))]
        for unsur, person in kursi:
            add_delegat(
                musrenbang=self.musrenbang,
                kehadiran=person,
                unsur=unsur,
                by=self.orang[Peran.PMD],
                kunci=uuid.UUID(int=self.acak.getrandbits(128)),
            )

    def _letter(self, jenis: str) -> None:
        issue_dokumen(musrenbang=self.musrenbang, jenis=jenis, by=self.orang[Peran.SEKCAM])

    def _sort(self) -> None:
        sort_works(self.musrenbang, self.orang[Peran.PMD])
        send_all(self.musrenbang, self.orang[Peran.PMD])
        answer_some(self.musrenbang, self.orang[Peran.SKPD])

    def _issue(self) -> None:
        sekcam = self.orang[Peran.SEKCAM]
        dokumen = issue_berita_acara(musrenbang=self.musrenbang, by=sekcam)
        upload_salinan(
            musrenbang=self.musrenbang,
            by=sekcam,
            kunci=uuid.UUID(int=self.acak.getrandbits(128)),
            berkas=[("berita-acara.pdf", read_dokumen(dokumen))],
            putar=[],
        )
