"""Many at once, with real threads: nothing moves twice, nothing is lost. On PostgreSQL and on an SQLite file."""

import threading
import uuid
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connections

from alur.services.acara import advance_musrenbang
from musrenbang.models import Dokumen, JejakAudit, PenghitungNomor
from musrenbang.sidang.models import Kehadiran
from musrenbang.sidang.services.hadir import record_kehadiran
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from tests.conftest import BARIS, JUDUL, catat_hadir, isi_putusan, unggah_salinan
from tests.some import some

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
    lain = [h for h in hasil if isinstance(h, Exception) and not isinstance(h, Refused)]
    assert not lain, lain
    return hasil


def test_eight_approvals_move_once(siap_terbit, pemeran):
    from berita_acara.services.terbit import issue_berita_acara

    issue_berita_acara(musrenbang=siap_terbit, by=pemeran["pak_sekcam"])
    unggah_salinan(siap_terbit, pemeran["pak_sekcam"])
    advance_musrenbang(musrenbang=siap_terbit, dari="penandatanganan", ke="finalisasi", by=pemeran["pak_sekcam"])
    sebelum = JejakAudit.objects.filter(aksi="musrenbang.tahap").count()
    from musrenbang.models import Musrenbang

    hasil = serentak(
        8,
        lambda i: advance_musrenbang(
            musrenbang=Musrenbang.objects.get(pk=siap_terbit.pk),
            dari="finalisasi",
            ke="disahkan",
            by=pemeran["pak_camat"],
        ),
    )
    assert sum(isinstance(h, Refused) for h in hasil) == 7
    assert all("oleh Pak Camat pukul" in str(h) for h in some(hasil) if h)
    assert JejakAudit.objects.filter(aksi="musrenbang.tahap").count() == sebelum + 1


def test_one_import_saved_by_eight_clicks(acara, pemeran, pindah, buku):
    from usulan.models import ImporUsulan, Usulan
    from usulan.services.impor import commit_impor, stage_impor

    pindah(acara, Tahap.PERSIAPAN)
    path = buku("x.xlsx", [JUDUL, *BARIS])
    impor = stage_impor(musrenbang=acara, path=path, nama="x.xlsx", by=pemeran["bu_pmd"])

    def simpan(i: int) -> int:
        return commit_impor(
            impor=ImporUsulan.objects.select_related("musrenbang__kecamatan").get(pk=impor.pk), by=pemeran["bu_pmd"]
        )

    assert sorted(str(h) for h in serentak(8, simpan))[0] == "6"
    assert Usulan.objects.count() == 6


def test_two_imports_at_once_share_no_number(acara, pemeran, pindah, buku):
    from usulan.models import Usulan
    from usulan.services.impor import commit_impor, stage_impor

    pindah(acara, Tahap.PERSIAPAN)
    impor = [
        stage_impor(
            musrenbang=acara, path=buku(f"{i}.xlsx", [JUDUL, [i, *b[1:]]]), nama=f"{i}.xlsx", by=pemeran["bu_pmd"]
        )
        for i, b in enumerate(BARIS)
    ]
    assert serentak(6, lambda i: commit_impor(impor=impor[i], by=pemeran["bu_pmd"])) == [1] * 6
    assert sorted(Usulan.objects.values_list("nomor", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_twenty_numbers_without_gap_or_double(siap_terbit, pemeran):
    from berita_acara.services.terbit import issue_berita_acara

    serentak(6, lambda i: issue_berita_acara(musrenbang=siap_terbit, by=pemeran["pak_sekcam"]))
    assert list(Dokumen.objects.values_list("nomor", "versi")) == [("000.7.2/001/BA-MRB/II/2026", 1)]
    from django.db import transaction

    from musrenbang.nomor import take_nomor

    def ambil(i: int) -> int:
        with transaction.atomic():
            return take_nomor(kecamatan=siap_terbit.kecamatan, jenis="surat", tahun=2026)

    assert sorted(serentak(20, ambil)) == list(range(1, 21))
    assert PenghitungNomor.objects.get(jenis="surat").terakhir == 20


def test_a_signed_copy_tapped_twice_is_stored_once(siap_terbit, pemeran):
    from berita_acara.models import SalinanTtd
    from berita_acara.services.salinan import upload_salinan
    from berita_acara.services.terbit import issue_berita_acara
    from musrenbang.simpanan import read_dokumen

    by, kunci = pemeran["pak_sekcam"], uuid.uuid4()
    isi = read_dokumen(issue_berita_acara(musrenbang=siap_terbit, by=by))
    satu = {"musrenbang": siap_terbit, "by": by, "kunci": kunci, "berkas": [("ba.pdf", isi)], "putar": []}
    hasil = serentak(4, lambda _: upload_salinan(**satu).pk)
    assert hasil == [SalinanTtd.objects.get().pk] * 4


def test_four_people_replacing_one_delegate_fill_one_seat(siap_terbit, pemeran):
    from delegasi.models import Delegat
    from delegasi.services import replace_delegat

    by = pemeran["pak_sekcam"]
    baru = [catat_hadir(siap_terbit, by, f"Pengganti {i}") for i in range(4)]
    lama = [Delegat.objects.get(nama="Yusran Tokoh") for _ in baru]
    hasil = serentak(4, lambda i: replace_delegat(delegat=lama[i], substitute=baru[i], by=by, alasan="Sakit keras."))
    assert sum(isinstance(h, Delegat) for h in hasil) == 1
    assert Delegat.objects.filter(cadangan_ke=None).count() == 6


def test_eight_decisions_on_one_row_keep_the_first(acara, draf, pindah, pemeran):
    from rkp.models import BarisRkp
    from rkp.services.keputusan import decide_baris

    pindah(acara, Tahap.KELOMPOK)
    baris = draf.baris.get(nomor=1)

    def putuskan(i: int) -> object:
        satu = BarisRkp.objects.select_related("rkp__musrenbang").get(pk=baris.pk)
        alasan = {"alasan_kode": "lahan", "alasan": f"Kelompok {i} memutuskan."}
        return decide_baris(baris=satu, by=pemeran["pemandu"], **isi_putusan(baris, keputusan="cadangan", **alasan))

    hasil = serentak(8, putuskan)
    assert sum(isinstance(h, Refused) for h in hasil) == 7
    baris.refresh_from_db()
    assert baris.versi == 2
    assert JejakAudit.objects.get(aksi="rkp.diputuskan").alasan.endswith(baris.alasan)


def test_deciding_and_fixing_at_once_leave_nothing_between(acara, diputuskan, pemeran):
    """A decision either is in the fixed version or is refused; never saved beside it."""
    from rkp.models import BarisRkp
    from rkp.queries.baris import content_hash, current_version
    from rkp.services.keputusan import decide_baris

    baris = diputuskan.baris.get(nomor=1)

    def kerja(i: int) -> object:
        if i == 0:
            from musrenbang.models import Musrenbang

            return advance_musrenbang(
                musrenbang=Musrenbang.objects.get(pk=acara.pk), dari="pleno", ke="prioritas", by=pemeran["pak_sekcam"]
            )
        satu = BarisRkp.objects.select_related("rkp__musrenbang").get(pk=baris.pk)
        alasan = {"alasan_kode": "lahan", "alasan": "Pada saat yang sama."}
        return decide_baris(baris=satu, by=pemeran["pemandu"], **isi_putusan(baris, keputusan="cadangan", **alasan))

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
                musrenbang=acara,
                by=pemeran["bu_pmd"],
                kunci=uuid.uuid4(),
                nama=f"Tamu {meja}-{i}",
                unsur="tokoh",
                lembaga="Warga",
                desa=None,
                jenis_kelamin="P",
                usia=30,
                alamat="",
            )
        return 50

    assert serentak(4, catat) == [50] * 4
    assert Kehadiran.objects.count() == 200


def test_scores_of_two_people_are_both_kept(acara, peringkat, pemeran):
    from rkp.prioritas.models import Calon, Nilai
    from rkp.prioritas.services.calon import save_values

    calon = Calon.objects.get(pemeringkatan=peringkat, baris__nomor=1).pk
    ada = dict(Nilai.objects.filter(calon=calon).values_list("kode", "nilai"))
    kriteria = sorted(ada)

    def nilai(i: int) -> int:
        k = kriteria[i]
        sel = {(calon, k): (ada[k], Decimal(1 if ada[k] != 1 else 2))}
        return save_values(pemeringkatan=peringkat, by=pemeran["pemandu"], cell=sel)

    assert serentak(6, nilai) == [1] * 6
    assert all(n != ada[k] for k, n in some(Nilai.objects.filter(calon=calon).values_list("kode", "nilai")))


def _undang(acara, by, n):
    from musrenbang.sidang.services.undangan import save_undangan

    dasar = {"jabatan": "", "unsur": "tokoh", "lembaga": "Warga", "desa": None, "usia": 40, "alamat": ""}
    return [
        save_undangan(musrenbang=acara, by=by, undangan=None, nama=f"Undangan {i}", jenis_kelamin="LP"[i % 2], **dasar)
        for i in range(n)
    ]


def test_two_desks_check_in_200_people_who_queue_at_both(acara, pemeran, pindah):
    """Each desk goes through the whole list from another end: everybody is noted once, nobody is lost."""
    from musrenbang.sidang.services.hadir import check_in

    undangan = _undang(acara, pemeran["bu_pmd"], 200)
    pindah(acara, Tahap.PEMBUKAAN)

    def meja(i):
        baru = 0
        for u in undangan if i == 0 else undangan[::-1]:
            baru += check_in(undangan=u, by=pemeran["pemandu"], kunci=uuid.uuid4(), cara="centang")[1]
        return baru

    assert sum(serentak(2, meja)) == 200
    assert Kehadiran.objects.count() == 200
    assert JejakAudit.objects.filter(aksi="kehadiran.dicatat").count() == 200


def test_numbers_of_letters_have_no_gap_between_two_desks(acara, pemeran):
    from berita_acara.services.undangan import issue_undangan
    from musrenbang.sidang.models import Undangan

    _undang(acara, pemeran["bu_pmd"], 30)
    serentak(4, lambda i: issue_undangan(musrenbang=acara, by=pemeran["bu_pmd"]))
    nomor = sorted(int(n.split("/")[1]) for n in Undangan.objects.values_list("nomor", flat=True))
    assert nomor == list(range(1, 31))


def test_eight_starts_run_one_item(acara, pemeran, pindah):
    from musrenbang.sidang.models import Agenda
    from musrenbang.sidang.services.agenda import fill_agenda, start_agenda

    fill_agenda(musrenbang=acara, by=pemeran["bu_pmd"])
    pindah(acara, Tahap.PEMAPARAN)  # the first eight items belong to it or to stages before it
    butir = list(Agenda.objects.all()[:8])
    serentak(8, lambda i: start_agenda(agenda=butir[i], by=pemeran["pemandu"]))
    assert Agenda.objects.filter(mulai_pada__isnull=False, selesai_pada=None).count() == 1
    assert Agenda.objects.filter(mulai_pada__isnull=False).count() == 8


def test_two_writers_of_one_note_lose_nothing(acara, pemeran, pindah):
    from musrenbang.sidang.models import Agenda, Notulen
    from musrenbang.sidang.services.agenda import fill_agenda
    from musrenbang.sidang.services.notulen import RecordChanged, add_notulen, save_notulen

    fill_agenda(musrenbang=acara, by=pemeran["bu_pmd"])
    pindah(acara, Tahap.PEMBUKAAN)
    catatan = add_notulen(agenda=Agenda.objects.first(), by=pemeran["bu_pmd"], kunci=uuid.uuid4())
    kosong = {"kehadiran": None, "tindak_lanjut": "", "putusan": "", "jawaban": ""}

    def tulis(i):
        versi, teks, kali = 1, f"[{i}]", 0
        while True:
            try:
                save_notulen(notulen=catatan, by=pemeran["pemandu"], versi=versi, pertanyaan=teks, **kosong)
            except RecordChanged as berubah:
                versi, teks, kali = berubah.kini.versi, f"{berubah.kini.pertanyaan}[{i}]", kali + 1
            else:
                return kali

    serentak(6, tulis)
    teks = Notulen.objects.get().pertanyaan
    assert sorted(teks) == sorted("[0][1][2][3][4][5]")
