"""The cast of the demo and the guests of its meeting."""

import random
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password

from alur.demo.data import person
from musrenbang.akun.akun_demo import AKUN_DEMO, SANDI_DEMO
from musrenbang.models import Desa, Kabupaten, Keanggotaan, Kecamatan, Pengguna, Skpd
from musrenbang.sidang.models import Unsur
from musrenbang.states import Peran

SKPD_DEMO = "Dinas Pekerjaan Umum dan Penataan Ruang"
DESA_OPERATOR = "52.03.04.2002"
NAMA = {
    "sekcam": ("Lalu Suryadi Kesuma, S.STP., M.AP.", "19790412 199912 1 003"),
    "pmd": ("Baiq Ratna Komalasari, S.Sos.", "19830921 200604 2 011"),
    "pemandu": ("Hidayatullah, S.P.", "19880117 201101 1 006"),
    "verifikator": ("Sri Wahyuni, S.T.", ""),
    "camat": ("H. Muhammad Rusli Hamid, S.H.", "19711105 199303 1 008"),
    "bappeda": ("Nurul Wahidah, S.T., M.T.", "19850630 201001 2 020"),
    "desa": ("Zulkarnaen", ""),
    "skpd": ("Ir. Gede Arsana", "19760808 200212 1 004"),
    "admin": ("Administrator", ""),
}


def create_cast(kabupaten: Kabupaten) -> dict[str, Pengguna]:
    """Create the demo accounts with their roles in Kecamatan Sikur; return them by role."""
    sandi = make_password(SANDI_DEMO)
    people = {
        nama: Pengguna.objects.create(
            username=nama,
            nama=NAMA[nama][0],
            nip=NAMA[nama][1],
            password=sandi,
            is_staff=nama == "admin",
            is_superuser=nama == "admin",
        )
        for nama, _ in AKUN_DEMO
    }
    home_kecamatan = Kecamatan.objects.get(kabupaten=kabupaten, nama="Sikur")
    scope: dict[str, dict[str, Any]] = {
        Peran.SEKCAM: {"kecamatan": home_kecamatan},
        Peran.PMD: {"kecamatan": home_kecamatan},
        Peran.PEMANDU: {"kecamatan": home_kecamatan},
        Peran.VERIFIKATOR: {"kecamatan": home_kecamatan},
        Peran.CAMAT: {"kecamatan": home_kecamatan},
        Peran.BAPPEDA: {"kabupaten": kabupaten},
        Peran.DESA: {"desa": Desa.objects.get(kode=DESA_OPERATOR)},
        Peran.SKPD: {"skpd": Skpd.objects.get(kabupaten=kabupaten, nama=SKPD_DEMO)},
    }
    for peran, content in scope.items():
        Keanggotaan.objects.create(pengguna=people[peran], peran=peran, **content)
    return {Peran(nama): p for nama, p in people.items()}


def create_officials(kecamatan: Kecamatan, urut: int) -> dict[str, Pengguna]:
    """Create Camat and Sekcam of another kecamatan; they sign its documents."""
    dice = random.Random(f"pejabat-{urut}")
    result = {}
    for peran in (Peran.CAMAT, Peran.SEKCAM):
        people = Pengguna.objects.create(
            username=f"{peran}{urut + 1}",
            nama=f"{person(dice, 'L')}, S.IP.",
            nip=f"{1968 + urut % 20}0101 {1992 + urut % 20}03 1 0{urut:02d}",
            password=make_password(SANDI_DEMO),
        )
        Keanggotaan.objects.create(pengguna=people, peran=peran, kecamatan=kecamatan)
        result[peran] = people
    return result


def age_from_nip(nip: str, day: date) -> int | None:
    """Return the age on a day by the birth date that a NIP begins with; None without one."""
    figure = nip.replace(" ", "")
    if len(figure) < 8:
        return None
    birth = date(int(figure[:4]), int(figure[4:6]), int(figure[6:8]))
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


# unsur, lembaga, how many men and women
TAMU: list[tuple[str, str, str]] = [
    (Unsur.DPRD, "DPRD Kabupaten, dapil III", "L"),
    (Unsur.SKPD, "Dinas PUPR", "L"),
    (Unsur.SKPD, "Dinas Pertanian", "P"),
    (Unsur.SKPD, "UPTD Dikbud Kecamatan", "L"),
    (Unsur.SKPD, "Puskesmas Kecamatan", "P"),
    (Unsur.SKPD, "Dinas Perkim", "L"),
    (Unsur.KECAMATAN, "Kantor Camat, Seksi Ekobang", "L"),
    (Unsur.KECAMATAN, "Kantor Camat, Seksi Kesra", "P"),
    (Unsur.BKAD, "BKAD, ketua", "L"),
    (Unsur.BKAD, "BKAD, sekretaris", "P"),
    (Unsur.SETRAWAN, "Setrawan Kecamatan", "L"),
    (Unsur.SETRAWAN, "Fasilitator Kecamatan", "P"),
    (Unsur.PEREMPUAN, "TP PKK Kecamatan", "P"),
    (Unsur.PEREMPUAN, "Muslimat Kecamatan", "P"),
    (Unsur.RENTAN, "Forum Difabel Kecamatan", "L"),
    (Unsur.RENTAN, "Kelompok Lansia", "P"),
    (Unsur.TOKOH, "Tokoh perempuan", "P"),
    (Unsur.TOKOH, "Tokoh pendidikan", "P"),
    (Unsur.TOKOH, "Tokoh agama", "L"),
    (Unsur.TOKOH, "Tokoh pemuda", "L"),
    (Unsur.LPM, "LPM Kecamatan", "L"),
]


DELEGASI = "PPPLLL"
"""The delegation of a desa: six, half of them women."""


PEGAWAI = {Unsur.SKPD, Unsur.KECAMATAN, Unsur.SETRAWAN}
PENSIUN = 57
"""The last year of most civil servants in office."""


def guests(kecamatan: Kecamatan, dice: random.Random, pejabat: dict[str, Pengguna], day: date) -> list[dict[str, Any]]:
    """Return the people present, as the attendance form takes them; no two share a name, ages fit the NIP."""
    used: set[str] = {p.nama for p in pejabat.values()}
    telepon = iter(range(10, 1000))

    def guest(unsur: str, lembaga: str, sex: str, desa: Desa | None = None) -> dict[str, Any]:
        nama = person(dice, sex)
        while nama in used:
            nama = person(dice, sex)
        used.add(nama)
        place = f"Desa {desa.nama}" if desa else f"Kecamatan {kecamatan.nama}"
        usia = dice.randint(24, 63)
        if unsur in PEGAWAI:
            usia = min(usia, PENSIUN)
        return {
            "nama": nama,
            "unsur": unsur,
            "lembaga": lembaga,
            "desa": desa,
            "jenis_kelamin": sex,
            "usia": usia,
            "alamat": f"{place}, 0800-000-{next(telepon):04d}",
        }

    results = [
        guest(Unsur.KECAMATAN, lembaga, sex) | {"nama": people.nama, "usia": age_from_nip(people.nip, day)}
        for lembaga, sex, people in (
            ("Camat", "L", pejabat[Peran.CAMAT]),
            ("Sekretaris Camat", "L", pejabat[Peran.SEKCAM]),
            ("Kantor Camat, Seksi PMD", "P", pejabat[Peran.PMD]),
        )
        if people.keanggotaan.filter(kecamatan=kecamatan).exists()
    ]
    results += [guest(*one) for one in TAMU]
    for desa in kecamatan.desa_set.all():
        results.append(guest(Unsur.KADES, f"Kepala Desa {desa.nama}", dice.choice("LLLP"), desa))
        results += [guest(Unsur.DELEGASI_DESA, f"Delegasi Desa {desa.nama}", sex, desa) for sex in DELEGASI]
        results.append(guest(Unsur.BPD, f"BPD {desa.nama}", dice.choice("LLP"), desa))
    return results
