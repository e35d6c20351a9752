"""The team that runs the meeting."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from musrenbang import audit
from musrenbang.izin import BOLEH_TIM
from musrenbang.kunci import allowed_in
from musrenbang.models import AnggotaTim, Keanggotaan, Kedudukan, Musrenbang, Pengguna, SkTim
from musrenbang.models.tim import SATU_ORANG
from musrenbang.nomor import format_nomor, take_nomor
from musrenbang.states import Peran
from musrenbang.transisi import Ditolak

KOLOM = ["kedudukan", "nama", "jabatan", "nip"]
KOLOM_SK = ["nomor", "tanggal", "pembekalan_tanggal", "pembekalan_tempat", "pembekalan_catatan"]
# Seed B.1: the office that holds each place.
DARI_PERAN = [
    (Peran.CAMAT, Kedudukan.PENGARAH, "Camat"),
    (Peran.SEKCAM, Kedudukan.KETUA, "Sekretaris Camat"),
    (Peran.PMD, Kedudukan.SEKRETARIS, "Kepala Seksi PMD"),
    (Peran.PEMANDU, Kedudukan.PEMANDU, "Setrawan/Fasilitator Kecamatan"),
]


@allowed_in(BOLEH_TIM)
def save_anggota(
    *, musrenbang: Musrenbang, by: Pengguna, anggota: AnggotaTim | None, versi: int | None = None, **nilai: Any
) -> AnggotaTim:
    """Add a member or change one. A second head of the team and a stale save are refused in words."""
    isi = {k: nilai[k] for k in KOLOM}
    try:
        with transaction.atomic():
            if anggota is None:
                baru = AnggotaTim.objects.create(musrenbang=musrenbang, **isi)
                audit.catat(musrenbang=musrenbang, by=by, aksi="tim.ditambah", objek=baru)
                return baru
            lama = AnggotaTim.objects.filter(pk=anggota.pk).first()
            if lama is None or lama.versi != versi:
                raise Ditolak(
                    "Orang lain sudah mengubah anggota ini. Isian Anda belum disimpan dan masih ada di bawah; "
                    "periksa susunan tim, lalu simpan lagi."
                )
            AnggotaTim.objects.filter(pk=lama.pk).update(**isi, versi=F("versi") + 1)
    except IntegrityError as galat:
        raise Ditolak(
            f"Kedudukan {Kedudukan(isi['kedudukan']).label} sudah terisi, atau orang ini sudah ada di dalamnya. "
            "Ubah anggota yang ada, jangan menambah."
        ) from galat
    rincian = audit.beda({k: getattr(lama, k) for k in KOLOM}, isi)
    lama.refresh_from_db()
    audit.catat(musrenbang=musrenbang, by=by, aksi="tim.diubah", objek=lama, rincian=rincian)
    return lama


@allowed_in(BOLEH_TIM, of="anggota.musrenbang")
def remove_anggota(*, anggota: AnggotaTim, by: Pengguna) -> None:
    """Take a member out of the team."""
    kini = anggota.musrenbang
    audit.catat(
        musrenbang=kini,
        by=by,
        aksi="tim.dikeluarkan",
        objek=anggota,
        rincian={"nama": anggota.nama, "kedudukan": anggota.kedudukan, "jabatan": anggota.jabatan},
    )
    anggota.delete()


@allowed_in(BOLEH_TIM)
def fill_tim(*, musrenbang: Musrenbang, by: Pengguna) -> int:
    """Fill the team from the accounts of the kecamatan (seed B.1) and last year's other members; return how many."""
    ada = {(a.kedudukan, a.nama) for a in musrenbang.tim.all()}
    terisi = {kedudukan for kedudukan, _ in ada if kedudukan in SATU_ORANG}
    baru = []
    anggota = Keanggotaan.objects.filter(kecamatan=musrenbang.kecamatan_id).select_related("pengguna").order_by("pk")
    for peran, kedudukan, jabatan in DARI_PERAN:
        for k in anggota:
            if k.peran == peran and kedudukan not in terisi and (kedudukan, k.pengguna.nama) not in ada:
                baru.append(
                    AnggotaTim(
                        musrenbang=musrenbang,
                        kedudukan=kedudukan,
                        nama=k.pengguna.nama,
                        jabatan=jabatan,
                        nip=k.pengguna.nip,
                    )
                )
                ada.add((kedudukan, k.pengguna.nama))
                terisi |= {kedudukan} & set(SATU_ORANG)
    lalu = Musrenbang.objects.filter(
        kecamatan=musrenbang.kecamatan_id, tahun_pelaksanaan__lt=musrenbang.tahun_pelaksanaan
    ).first()
    baru += [
        AnggotaTim(musrenbang=musrenbang, kedudukan=a.kedudukan, nama=a.nama, jabatan=a.jabatan, nip=a.nip)
        for a in (lalu.tim.exclude(kedudukan__in=SATU_ORANG) if lalu else [])
        if (a.kedudukan, a.nama) not in ada
    ]
    for satu in baru:
        satu.save()
        audit.catat(musrenbang=musrenbang, by=by, aksi="tim.ditambah", objek=satu)
    return len(baru)


@allowed_in(BOLEH_TIM)
def save_sk(*, musrenbang: Musrenbang, by: Pengguna, versi: int | None, **nilai: Any) -> SkTim:
    """Store number and date of the decision and what is known of the briefing.

    A date without a number takes the next number of the kecamatan. A stale save is refused.
    """
    sk, _ = SkTim.objects.select_for_update().get_or_create(musrenbang=musrenbang)
    if sk.versi != versi:
        raise Ditolak("Orang lain sudah mengubah SK Tim ini. Isian Anda masih ada di bawah; periksa, lalu simpan lagi.")
    isi = {k: nilai[k] for k in KOLOM_SK}
    if isi["tanggal"] and not isi["nomor"]:
        urut = take_nomor(kecamatan=musrenbang.kecamatan, jenis="sk_tim", tahun=isi["tanggal"].year)
        isi["nomor"] = format_nomor(
            urut=urut, kode="SK-MRB", bulan=isi["tanggal"].month, tahun=isi["tanggal"].year, klasifikasi="141"
        )
    rincian = audit.beda({k: getattr(sk, k) for k in KOLOM_SK}, isi)
    if rincian:
        SkTim.objects.filter(pk=sk.pk).update(**isi, versi=F("versi") + 1)
        sk.refresh_from_db()
        audit.catat(musrenbang=musrenbang, by=by, aksi="tim.sk", objek=sk, rincian=rincian)
    return sk


def inherit_tim(*, lama: Musrenbang, baru: Musrenbang, by: Pengguna) -> int:
    """Fill the team of a new year; return how many members it has."""
    return fill_tim(musrenbang=baru, by=by)
