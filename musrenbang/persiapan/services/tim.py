"""The team that runs the meeting."""

from typing import Any

from django.db import IntegrityError, transaction

from musrenbang import audit
from musrenbang.izin import BOLEH_TIM
from musrenbang.kunci import allowed_in
from musrenbang.models import AnggotaTim, Keanggotaan, Kedudukan, Musrenbang, Pengguna, SkTim
from musrenbang.models.tim import SATU_ORANG
from musrenbang.naskah import classification
from musrenbang.nomor import format_nomor, take_nomor
from musrenbang.services.rows import change_row, discard_row
from musrenbang.states import Peran
from musrenbang.transisi import Refused

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
def save_member(
    *, musrenbang: Musrenbang, by: Pengguna, anggota: AnggotaTim | None, versi: int | None = None, **nilai: Any
) -> AnggotaTim:
    """Add a member or change one. A second head of the team and a stale save are refused in words."""
    content = {k: nilai[k] for k in KOLOM}
    try:
        with transaction.atomic():
            if anggota is None:
                new = AnggotaTim.objects.create(musrenbang=musrenbang, **content)
                audit.record(musrenbang=musrenbang, by=by, aksi="tim.ditambah", objek=new)
                return new
            old = AnggotaTim.objects.filter(pk=anggota.pk).first()
            if old is None or old.versi != versi:
                raise Refused(audit.stale(anggota, "anggota ini", "tim.diubah"))
            return change_row(old, content, musrenbang=musrenbang, by=by, aksi="tim.diubah")
    except IntegrityError as error:
        raise Refused(
            f"Kedudukan {Kedudukan(content['kedudukan']).label} sudah terisi, atau orang ini sudah ada di dalamnya. "
            "Ubah anggota yang ada, jangan menambah."
        ) from error


@allowed_in(BOLEH_TIM, of="anggota.musrenbang")
def remove_member(*, anggota: AnggotaTim, by: Pengguna) -> None:
    """Take a member out of the team."""
    discard_row(
        anggota,
        musrenbang=anggota.musrenbang,
        by=by,
        aksi="tim.dikeluarkan",
        kept=f"{anggota.nama} masih dipakai di tempat lain, jadi tidak dapat dikeluarkan.",
        rincian={"nama": anggota.nama, "kedudukan": anggota.kedudukan, "jabatan": anggota.jabatan},
    )


@allowed_in(BOLEH_TIM)
def fill_tim(*, musrenbang: Musrenbang, by: Pengguna) -> int:
    """Fill the team from the accounts of the kecamatan (seed B.1) and last year's other members; return how many."""
    existing = {(a.kedudukan, a.nama) for a in musrenbang.tim.all()}
    filled = {kedudukan for kedudukan, _ in existing if kedudukan in SATU_ORANG}
    new = []
    anggota = Keanggotaan.objects.filter(kecamatan=musrenbang.kecamatan_id).select_related("pengguna").order_by("pk")
    for peran, kedudukan, jabatan in DARI_PERAN:
        for k in anggota:
            if k.peran == peran and kedudukan not in filled and (kedudukan, k.pengguna.nama) not in existing:
                new.append(
                    AnggotaTim(
                        musrenbang=musrenbang,
                        kedudukan=kedudukan,
                        nama=k.pengguna.nama,
                        jabatan=jabatan,
                        nip=k.pengguna.nip,
                    )
                )
                existing.add((kedudukan, k.pengguna.nama))
                filled |= {kedudukan} & set(SATU_ORANG)
    previous = (
        Musrenbang.objects.held()
        .filter(kecamatan=musrenbang.kecamatan_id, tahun_pelaksanaan__lt=musrenbang.tahun_pelaksanaan)
        .first()
    )
    new += [
        AnggotaTim(musrenbang=musrenbang, kedudukan=a.kedudukan, nama=a.nama, jabatan=a.jabatan, nip=a.nip)
        for a in (previous.tim.exclude(kedudukan__in=SATU_ORANG) if previous else [])
        if (a.kedudukan, a.nama) not in existing
    ]
    for one in new:
        one.save()
        audit.record(musrenbang=musrenbang, by=by, aksi="tim.ditambah", objek=one)
    return len(new)


@allowed_in(BOLEH_TIM)
def save_decree(*, musrenbang: Musrenbang, by: Pengguna, versi: int | None, **nilai: Any) -> SkTim:
    """Store number and date of the decision and what is known of the briefing.

    A date without a number takes the next number of the kecamatan. A stale save is refused.
    """
    decree, _ = SkTim.objects.select_for_update().get_or_create(musrenbang=musrenbang)
    if decree.versi != versi:
        raise Refused(audit.stale(decree, "SK Tim ini", "tim.sk"))
    content = {k: nilai[k] for k in KOLOM_SK}
    if content["tanggal"] and not content["nomor"]:
        sequence = take_nomor(kecamatan=musrenbang.kecamatan, jenis="sk_tim", tahun=content["tanggal"].year)
        content["nomor"] = format_nomor(
            urut=sequence,
            kode="SK-MRB",
            month=content["tanggal"].month,
            tahun=content["tanggal"].year,
            classification=classification("141", content["tanggal"].year, musrenbang.kecamatan.kabupaten.naskah),
        )
    return change_row(decree, content, musrenbang=musrenbang, by=by, aksi="tim.sk")


def inherit_tim(*, old: Musrenbang, new: Musrenbang, by: Pengguna) -> int:
    """Fill the team of a new year; return how many members it has."""
    return fill_tim(musrenbang=new, by=by)
