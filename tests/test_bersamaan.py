"""Many at once, with real threads: nothing moves twice, nothing is lost. On PostgreSQL and on an SQLite file."""

import threading
import uuid
from collections.abc import Callable

import pytest
from django.db import connections

from musrenbang import services
from musrenbang.models import Dokumen, JejakAudit, PenghitungNomor
from musrenbang.sidang.models import Kehadiran
from musrenbang.sidang.services import record_kehadiran
from musrenbang.states import Tahap
from musrenbang.transisi import Ditolak
from tests.conftest import BARIS, JUDUL, isi_putusan

pytestmark = pytest.mark.django_db(transaction=True)


def serentak(n: int, kerja: Callable[[int], object]) -> list[object]:
    """Run ``kerja(i)`` in n threads that start together; return results, a Ditolak as itself."""
    mulai, hasil = threading.Barrier(n), [None] * n

    def jalan(i: int) -> None:
        try:
            mulai.wait()
            hasil[i] = kerja(i)
        except Exception as galat:
            hasil[i] = galat
        finally:
            connections.close_all()

    utas = [threading.Thread(target=jalan, args=(i,)) for i in range(n)]
    for u in utas:
        u.start()
    for u in utas:
        u.join()
    lain = [h for h in hasil if isinstance(h, Exception) and not isinstance(h, Ditolak)]
    assert not lain, lain
    return hasil


def test_eight_approvals_move_once(siap_terbit, pemeran):
    from berita_acara.services import issue_berita_acara

    issue_berita_acara(musrenbang=siap_terbit, by=pemeran["pak_sekcam"])
    services.advance_musrenbang(
        musrenbang=siap_terbit, dari="penandatanganan", ke="finalisasi", by=pemeran["pak_sekcam"]
    )
    sebelum = JejakAudit.objects.filter(aksi="musrenbang.tahap").count()
    from musrenbang.models import Musrenbang

    hasil = serentak(
        8,
        lambda i: services.advance_musrenbang(
            musrenbang=Musrenbang.objects.get(pk=siap_terbit.pk),
            dari="finalisasi",
            ke="disahkan",
            by=pemeran["pak_camat"],
        ),
    )
    assert sum(isinstance(h, Ditolak) for h in hasil) == 7
    assert all("oleh Pak Camat pukul" in str(h) for h in hasil if h)
    assert JejakAudit.objects.filter(aksi="musrenbang.tahap").count() == sebelum + 1


def test_one_import_saved_by_eight_clicks(acara, pemeran, pindah, buku):
    from usulan import services as s
    from usulan.models import ImporUsulan, Usulan

    pindah(acara, Tahap.PERSIAPAN)
    path = buku("x.xlsx", [JUDUL, *BARIS])
    impor = s.stage_impor(musrenbang=acara, path=path, nama="x.xlsx", by=pemeran["bu_pmd"])

    def simpan(i: int) -> int:
        return s.commit_impor(
            impor=ImporUsulan.objects.select_related("musrenbang__kecamatan").get(pk=impor.pk), by=pemeran["bu_pmd"]
        )

    assert sorted(str(h) for h in serentak(8, simpan))[0] == "6"
    assert Usulan.objects.count() == 6


def test_two_imports_at_once_share_no_number(acara, pemeran, pindah, buku):
    from usulan import services as s
    from usulan.models import Usulan

    pindah(acara, Tahap.PERSIAPAN)
    impor = [
        s.stage_impor(
            musrenbang=acara, path=buku(f"{i}.xlsx", [JUDUL, [i, *b[1:]]]), nama=f"{i}.xlsx", by=pemeran["bu_pmd"]
        )
        for i, b in enumerate(BARIS)
    ]
    assert serentak(6, lambda i: s.commit_impor(impor=impor[i], by=pemeran["bu_pmd"])) == [1] * 6
    assert sorted(Usulan.objects.values_list("nomor", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_twenty_numbers_without_gap_or_double(siap_terbit, pemeran):
    from berita_acara.services import issue_berita_acara

    serentak(6, lambda i: issue_berita_acara(musrenbang=siap_terbit, by=pemeran["pak_sekcam"]))
    assert list(Dokumen.objects.values_list("nomor", "versi")) == [("050/001/BA-MRB/II/2026", 1)]
    from django.db import transaction

    from musrenbang.nomor import take_nomor

    def ambil(i: int) -> int:
        with transaction.atomic():
            return take_nomor(kecamatan=siap_terbit.kecamatan, jenis="surat", tahun=2026)

    assert sorted(serentak(20, ambil)) == list(range(1, 21))
    assert PenghitungNomor.objects.get(jenis="surat").terakhir == 20


def test_eight_decisions_on_one_row_keep_the_first(acara, draf, pindah, pemeran):
    from rkp import services as s
    from rkp.models import BarisRkp

    pindah(acara, Tahap.KELOMPOK)
    baris = draf.baris.get(nomor=1)

    def putuskan(i: int) -> object:
        satu = BarisRkp.objects.select_related("rkp__musrenbang").get(pk=baris.pk)
        alasan = {"alasan_kode": "lahan", "alasan": f"Kelompok {i} memutuskan."}
        return s.decide_baris(baris=satu, by=pemeran["pemandu"], **isi_putusan(baris, keputusan="cadangan", **alasan))

    hasil = serentak(8, putuskan)
    assert sum(isinstance(h, Ditolak) for h in hasil) == 7
    baris.refresh_from_db()
    assert baris.versi == 2
    assert JejakAudit.objects.get(aksi="rkp.diputuskan").alasan.endswith(baris.alasan)


def test_deciding_and_fixing_at_once_leave_nothing_between(acara, diputuskan, pemeran):
    """A decision either is in the fixed version or is refused; never saved beside it."""
    from rkp import services as s
    from rkp.models import BarisRkp
    from rkp.queries import content_hash, current_version

    baris = diputuskan.baris.get(nomor=1)

    def kerja(i: int) -> object:
        if i == 0:
            from musrenbang.models import Musrenbang

            return services.advance_musrenbang(
                musrenbang=Musrenbang.objects.get(pk=acara.pk), dari="pleno", ke="prioritas", by=pemeran["pak_sekcam"]
            )
        satu = BarisRkp.objects.select_related("rkp__musrenbang").get(pk=baris.pk)
        alasan = {"alasan_kode": "lahan", "alasan": "Pada saat yang sama."}
        return s.decide_baris(baris=satu, by=pemeran["pemandu"], **isi_putusan(baris, keputusan="cadangan", **alasan))

    serentak(4, kerja)
    kerja_kini = diputuskan.baris.select_related("bidang", "desa", "skpd", "sumber_dana").order_by(
        "bidang__urut", "nomor"
    )
    assert current_version(acara).sha256 == content_hash(kerja_kini)


def test_two_desks_check_in_two_hundred_people(acara, pindah, pemeran):
    pindah(acara, Tahap.PEMBUKAAN)

    def catat(meja: int) -> int:
        for i in range(50):
            record_kehadiran(
                musrenbang=acara, by=pemeran["bu_pmd"], kunci=uuid.uuid4(), nama=f"Tamu {meja}-{i}", unsur="tokoh",
                lembaga="Warga", desa=None, jenis_kelamin="P", usia=30, alamat="",
            )  # fmt: skip
        return 50

    assert serentak(4, catat) == [50] * 4
    assert Kehadiran.objects.count() == 200


def test_scores_of_two_people_are_both_kept(acara, peringkat, pemeran):
    from rkp.prioritas.models import Nilai
    from rkp.prioritas.queries import candidates
    from rkp.prioritas.services import save_nilai

    baris = candidates(acara)[0].asal_baris_id
    ada = dict(Nilai.objects.filter(baris=baris).values_list("kriteria", "nilai"))
    kriteria = sorted(ada)

    def nilai(i: int) -> int:
        k = kriteria[i]
        return save_nilai(musrenbang=acara, by=pemeran["pemandu"], sel={(baris, k): (ada[k], 1 if ada[k] != 1 else 2)})

    assert serentak(6, nilai) == [1] * 6
    assert all(n != ada[k] for k, n in Nilai.objects.filter(baris=baris).values_list("kriteria", "nilai"))
