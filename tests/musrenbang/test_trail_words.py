"""What the trail says is words: labels, days, rupiah; no code of the database and no arrow."""

import pytest

from musrenbang.models.jejak import JejakAudit
from musrenbang.trail_words import action_words, changed_values
from tests.some import some


def test_a_move_is_told_by_the_labels_of_its_states():
    told = {
        ("musrenbang.tahap", "musrenbang:1", "dijadwalkan", "persiapan"): "Tahap: “Persiapan” (semula “Dijadwalkan”)",
        ("rkp.diputuskan", "barisrkp:1", "belum_dibahas", "belum_disepakati"): (
            "Keputusan: “Belum disepakati” (semula “Belum dibahas”)"
        ),
        ("imporusulan.status", "imporusulan:1", "pratinjau", "tersimpan"): (
            "Unggahan: “Tersimpan” (semula “Hasil baca”)"
        ),
        ("rkp.dikoreksi", "barisrkp:1", "", ""): "Redaksi kegiatan diperbaiki",
    }
    for (aksi, objek, origin, to), sentence in some(told.items()):
        assert action_words(JejakAudit(aksi=aksi, objek_id=objek, dari=origin, ke=to)) == sentence


@pytest.mark.parametrize(
    "aksi, objek, nama, nilai, told",
    [
        (
            "kelengkapan.diubah",
            "kelengkapandesa:1",
            "ba_nomor",
            ["", "7"],
            ("Nomor Berita Acara Musrenbang Desa", "", "7"),
        ),
        ("prioritas.spc", "x:1", "spc_tanggal", [None, "2026-02-09"], (None, "", "9 Februari 2026")),
        (
            "kelompok.diusulkan",
            "barisrkp:1",
            "usul",
            ["", "belum_disepakati"],
            (None, "", "Belum disepakati"),
        ),
        (
            "rkp.diputuskan",
            "barisrkp:1",
            "biaya",
            ["50000000", None],
            ("Perkiraan biaya", "Rp50.000.000", "belum diisi"),
        ),
        ("calon.diubah", "calon:1", "lengkap", ["False", "True"], (None, "tidak", "ya")),
        ("musrenbang.jadwal", "musrenbang:1", "jam_mulai", ["08:30:00", "09:00:00"], ("Jam mulai", "08.30", "09.00")),
        ("kelompok.anggota", "kelompok:1", "jumlah", ["0", "32"], ("Jumlah", "0", "32")),
        ("tanggapan.diberikan", "barisversi:1", "jumlah", [None, "84"], ("Jumlah", "", "Rp84")),
    ],
)
def test_a_value_is_told_as_people_write_it(aksi, objek, nama, nilai, told):
    ((name, before, after),) = changed_values(JejakAudit(aksi=aksi, objek_id=objek, rincian={nama: nilai}))
    assert (before, after) == told[1:]
    assert name == told[0] or (told[0] is None and "_" not in name)


def test_what_is_the_same_is_not_told():
    assert changed_values(JejakAudit(aksi="x.y", objek_id="x:1", rincian={"renja": [None, ""], "a": ["1", "1"]})) == []
