"""Reads of the base app that span tables."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Count, Max, Prefetch, Q, QuerySet

from musrenbang import batas, kode_masuk
from musrenbang import format as tulis
from musrenbang.bawaan import KRITERIA_BAWAAN
from musrenbang.models import (
    AnggotaTim,
    CaraJabat,
    Dokumen,
    JejakAcuan,
    JejakAudit,
    JenisProgram,
    Kabupaten,
    Keanggotaan,
    Kecamatan,
    Kedudukan,
    KriteriaKecamatan,
    Musrenbang,
    PaguKecamatan,
    Pejabat,
    Pengguna,
    PermintaanJadwal,
    ProgramMasuk,
    StatusPermintaan,
)
from musrenbang.states import FASE, URUTAN, Peran, Tahap


@dataclass(frozen=True)
class Langkah:
    """One stage on the strip: done, current or to come."""

    tahap: str
    label: str
    keadaan: str


def stage_strip(tahap: str) -> dict[str, list[Langkah]]:
    """Return the stages by phase; the returned-by-Bappeda stage is shown only while the event is in it."""
    kini = URUTAN.index(Tahap(tahap))
    return {
        fase: [
            Langkah(t, t.label, "lalu" if URUTAN.index(t) < kini else "kini" if t == tahap else "nanti")
            for t in daftar
            if t != Tahap.DIKEMBALIKAN or tahap == Tahap.DIKEMBALIKAN
        ]
        for fase, daftar in FASE.items()
    }


@dataclass(frozen=True)
class KelompokProgram:
    """The programmes of one kind with their sum in rupiah and how many amounts are unknown."""

    jenis: JenisProgram
    daftar: list[ProgramMasuk]

    @property
    def jumlah(self) -> int:
        """What is known of the money."""
        return sum(p.anggaran or 0 for p in self.daftar)

    @property
    def tanpa_anggaran(self) -> int:
        """How many amounts are unknown."""
        return sum(p.anggaran is None for p in self.daftar)


def list_program(musrenbang: Musrenbang, cari: str = "") -> list[KelompokProgram]:
    """Return the programmes by kind, filtered by words (one query)."""
    semua = ProgramMasuk.objects.filter(musrenbang=musrenbang).select_related("desa", "skpd", "sumber_dana")
    if cari:
        semua = semua.filter(Q(nama__icontains=cari) | Q(instansi__icontains=cari) | Q(lokasi__icontains=cari))
    return [KelompokProgram(j, [p for p in semua if p.jenis == j]) for j in JenisProgram]


def newest_year(kabupaten: Kabupaten) -> int | None:
    """Return the latest year for which a meeting of the kabupaten is scheduled."""
    tahun: int | None = Musrenbang.objects.filter(kecamatan__kabupaten=kabupaten).aggregate(t=Max("tahun_pelaksanaan"))[
        "t"
    ]
    return tahun


def events_of(kabupaten: Kabupaten, tahun: int) -> dict[int, Musrenbang]:
    """Return the events of a kabupaten in a year by kecamatan (two queries, with petugas)."""
    semua = Musrenbang.objects.filter(kecamatan__kabupaten=kabupaten, tahun_pelaksanaan=tahun)
    return {m.kecamatan_id: m for m in semua.select_related("kecamatan").prefetch_related("petugas")}


def open_requests(kabupaten: Kabupaten) -> QuerySet[PermintaanJadwal]:
    """Return the requests for another date that wait for Bappeda."""
    permintaan = PermintaanJadwal.objects.filter(
        musrenbang__kecamatan__kabupaten=kabupaten, status=StatusPermintaan.MENUNGGU
    )
    return permintaan.select_related("musrenbang__kecamatan__kabupaten", "diminta_oleh").order_by("pk")


def pagu_for(musrenbang: Musrenbang) -> dict[int, int]:
    """Return the indicative ceiling in rupiah by funding source."""
    return dict(PaguKecamatan.objects.filter(musrenbang=musrenbang).values_list("sumber_dana", "jumlah"))


def kriteria_for(musrenbang: Musrenbang) -> list[dict[str, Any]]:
    """Return the criteria of the event as {kode, nama, bobot}; the default ones while none were written down."""
    kriteria = KriteriaKecamatan.objects.filter(musrenbang=musrenbang).first()
    isi: list[dict[str, Any]] = kriteria.isi if kriteria else KRITERIA_BAWAAN
    return isi


def list_tim(musrenbang: Musrenbang) -> list[tuple[str, list[AnggotaTim]]]:
    """Return the team by place, in the order of a decision (one query)."""
    semua = list(AnggotaTim.objects.filter(musrenbang=musrenbang))
    per = [(k.label, [a for a in semua if a.kedudukan == k]) for k in Kedudukan]
    return [(label, anggota) for label, anggota in per if anggota]


def board_notices(musrenbang: Musrenbang) -> list[str]:
    """Return what Bappeda tells this kecamatan about its date, in sentences (two queries)."""
    zona = musrenbang.kecamatan.kabupaten.tz
    hasil = []
    if musrenbang.jadwal_terbit_pada:
        terbit = tulis.tanggal(musrenbang.jadwal_terbit_pada.astimezone(zona).date())
        hasil.append(f"Jadwal diterbitkan Bappeda pada {terbit}: sidang {tulis.tanggal_hari(musrenbang.tanggal)}.")
    permintaan = PermintaanJadwal.objects.filter(musrenbang=musrenbang).first()
    if permintaan and musrenbang.tahap in FASE["Pra"]:
        kalimat = f"Permintaan pindah ke {tulis.tanggal_hari(permintaan.tanggal)}: {permintaan.get_status_display()}"
        hasil.append(kalimat + (f" ({permintaan.jawaban})." if permintaan.jawaban else "."))
    return hasil


def signer_of(kecamatan: Kecamatan, tanggal: date) -> Pejabat:
    """Return who signs what the Camat signs on a day; without a recorded period the account of the Camat.

    Two queries at most. The result is unsaved and has a blank name while nobody is known.
    """
    pada = Q(mulai=None) | Q(mulai__lte=tanggal), Q(sampai=None) | Q(sampai__gte=tanggal)
    ada = Pejabat.objects.filter(*pada, kecamatan=kecamatan).first()
    if ada is None:
        camat = Keanggotaan.objects.filter(kecamatan=kecamatan, peran=Peran.CAMAT)
        akun = camat.select_related("pengguna").order_by("-pengguna__is_active", "-pk").first()
        nama, nip = (akun.pengguna.nama, akun.pengguna.nip) if akun else ("", "")
        ada = Pejabat(cara=CaraJabat.CAMAT, nama=nama, nip=nip)
    ada.kecamatan = kecamatan
    return ada


def newest_issued(musrenbang: Musrenbang, *ikut: str) -> dict[tuple[str, str], Dokumen]:
    """Return {(kind, part): newest numbered document} without content (one query).

    ``ikut``: what hangs on documents and is fetched with them.
    """
    semua = Dokumen.objects.filter(musrenbang=musrenbang).exclude(nomor="").defer("isi")
    hasil: dict[tuple[str, str], Dokumen] = {}
    for d in semua.select_related(*ikut) if ikut else semua:
        hasil.setdefault((d.jenis, d.bagian), d)
    return hasil


def search_jejak(musrenbang: Musrenbang, cari: str = "", objek: str = "") -> QuerySet[JejakAudit]:
    """Return the audit trail, newest first, filtered by words or by one object (``model:pk``)."""
    jejak = JejakAudit.objects.filter(musrenbang=musrenbang).select_related("pelaku")
    if objek:
        jejak = jejak.filter(objek_id=objek)
    if cari:
        jejak = jejak.filter(
            Q(objek__icontains=cari)
            | Q(alasan__icontains=cari)
            | Q(aksi__icontains=cari)
            | Q(pelaku__nama__icontains=cari)
        )
    return jejak


def roles_in(kabupaten: Kabupaten) -> QuerySet[Keanggotaan]:
    """Return every role in a kabupaten with its person and scope.

    Four questions that each have an index, put together: as one condition over the joined tables the database would
    look at every role of the nation.
    """
    lingkup = ("kabupaten", "kecamatan__kabupaten", "desa__kecamatan__kabupaten", "skpd__kabupaten")
    pertama, *lain = (Keanggotaan.objects.filter(**{jalan: kabupaten}).order_by().values("pk") for jalan in lingkup)
    return Keanggotaan.objects.filter(pk__in=pertama.union(*lain, all=True)).select_related(
        "pengguna", "kabupaten", "kecamatan", "desa", "skpd"
    )


def roles_elsewhere(kabupaten: Kabupaten) -> QuerySet[Keanggotaan]:
    """Return the roles that lie in other kabupaten."""
    return Keanggotaan.objects.exclude(pk__in=roles_in(kabupaten).values("pk"))


def home_kabupaten(pengguna: Pengguna) -> set[int]:
    """Return the keys of the kabupaten that a person works in (one query)."""
    kolom = ("kabupaten", "kecamatan__kabupaten", "desa__kecamatan__kabupaten", "skpd__kabupaten")
    isi = Keanggotaan.objects.filter(pengguna=pengguna).values_list(*kolom)
    return {pk for baris in isi for pk in baris if pk}


def list_people(kabupaten: Kabupaten, *, cari: str = "", peran: str = "", keadaan: str = "") -> QuerySet[Pengguna]:
    """Return everybody with a role in a kabupaten, by name, with those roles.

    ``keadaan``: ``menunggu`` (no password chosen yet), ``aktif`` or ``nonaktif``.
    """
    di_sini = roles_in(kabupaten)
    if peran:
        di_sini = di_sini.filter(peran=peran)
    if cari:
        di_sini = di_sini.filter(
            Q(pengguna__nama__icontains=cari) | Q(pengguna__username__icontains=cari)
            | Q(kecamatan__nama__icontains=cari) | Q(desa__nama__icontains=cari) | Q(skpd__nama__icontains=cari)
        )  # fmt: skip
    semua = Pengguna.objects.filter(pk__in=di_sini.values("pengguna"))
    if keadaan in KEADAAN_ORANG:
        semua = semua.filter(KEADAAN_ORANG[keadaan])
    return semua.prefetch_related(Prefetch("keanggotaan", roles_in(kabupaten))).order_by("nama", "pk")


KEADAAN_ORANG = {
    "menunggu": Q(is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX),
    "aktif": Q(is_active=True) & ~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX),
    "nonaktif": Q(is_active=False),
}


def count_people(kabupaten: Kabupaten) -> dict[str, int]:
    """Return how many people wait, are active, were deactivated (one query)."""
    orang = Pengguna.objects.filter(pk__in=roles_in(kabupaten).values("pengguna"))
    hitung: dict[str, int] = orang.aggregate(**{k: Count("pk", filter=q) for k, q in KEADAAN_ORANG.items()})
    return hitung


def search_jejak_acuan(kabupaten: Kabupaten, cari: str = "") -> QuerySet[JejakAcuan]:
    """Return the trail of a kabupaten's reference data and people, newest first."""
    jejak = JejakAcuan.objects.filter(kabupaten=kabupaten).select_related("pelaku")
    if cari:
        jejak = jejak.filter(Q(objek__icontains=cari) | Q(pelaku__nama__icontains=cari) | Q(aksi__icontains=cari))
    return jejak


def people_of(musrenbang: Musrenbang) -> QuerySet[Pengguna]:
    """Return the people with a role in the kecamatan of the event or in one of its desa."""
    di = Q(kecamatan=musrenbang.kecamatan_id) | Q(desa__kecamatan=musrenbang.kecamatan_id)
    return Pengguna.objects.filter(pk__in=Keanggotaan.objects.filter(di).values("pengguna")).order_by("nama")


@dataclass(frozen=True)
class AkunMenunggu:
    """A person whose wrong passwords or codes are still counted, and how many there were."""

    orang: Pengguna
    salah: int


def list_waiting(musrenbang: Musrenbang) -> list[AkunMenunggu]:
    """Return the people of the event who typed wrong passwords or codes lately, most first (four queries)."""
    orang = {batas.account_mark(p.username): p for p in people_of(musrenbang)}
    baris = batas.recent().filter(akun__in=list(orang)).values("akun").annotate(n=Max("jumlah"))
    salah = dict(baris.values_list("akun", "n"))
    kode = kode_masuk.failures([p.pk for p in orang.values()])
    hasil = [AkunMenunggu(p, salah.get(tanda, 0) + kode.get(p.pk, 0)) for tanda, p in orang.items()]
    return sorted((a for a in hasil if a.salah), key=lambda a: -a.salah)
