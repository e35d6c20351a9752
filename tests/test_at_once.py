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
from musrenbang.sidang.services.kehadiran import record_kehadiran
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from tests.conftest import BARIS, JUDUL, content_putusan, record_attendance, uploaded_salinan
from tests.some import some

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(n: int, work: Callable[[int], object]) -> list[object]:
    """Run ``kerja(i)`` in n threads that start together; return results, a Refused as itself."""
    mulai, result = threading.Barrier(n), [None] * n

    def route(i: int) -> None:
        try:
            mulai.wait()
            result[i] = work(i)
        except Exception as galat:
            result[i] = galat
        finally:
            connections.close_all()

    thread = [threading.Thread(target=route, args=(i,)) for i in range(n)]
    for u in thread:
        u.start()
    for u in thread:
        u.join()
    other = [h for h in result if isinstance(h, Exception) and not isinstance(h, Refused)]
    assert not other, other
    return result


def test_eight_approvals_move_once(ready_to_issue, cast):
    from berita_acara.services.issue import issue_berita_acara

    issue_berita_acara(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
    uploaded_salinan(ready_to_issue, cast["pak_sekcam"])
    advance_musrenbang(musrenbang=ready_to_issue, dari="penandatanganan", ke="finalisasi", by=cast["pak_sekcam"])
    sebelum = JejakAudit.objects.filter(aksi="musrenbang.tahap").count()
    from musrenbang.models import Musrenbang

    result = at_once(
        8,
        lambda i: advance_musrenbang(
            musrenbang=Musrenbang.objects.get(pk=ready_to_issue.pk),
            dari="finalisasi",
            ke="disahkan",
            by=cast["pak_camat"],
        ),
    )
    assert sum(isinstance(h, Refused) for h in result) == 7
    assert all("oleh Pak Camat pukul" in str(h) for h in some(result) if h)
    assert JejakAudit.objects.filter(aksi="musrenbang.tahap").count() == sebelum + 1


def test_one_import_saved_by_eight_clicks(acara, cast, move_event, make_workbook):
    from usulan.models import ImporUsulan, Usulan
    from usulan.services.impor import commit_impor, stage_impor

    move_event(acara, Tahap.PERSIAPAN)
    path = make_workbook("x.xlsx", [JUDUL, *BARIS])
    impor = stage_impor(musrenbang=acara, path=path, nama="x.xlsx", by=cast["bu_pmd"])

    def save(i: int) -> int:
        return commit_impor(
            impor=ImporUsulan.objects.select_related("musrenbang__kecamatan").get(pk=impor.pk), by=cast["bu_pmd"]
        )

    assert sorted(str(h) for h in at_once(8, save))[0] == "6"
    assert Usulan.objects.count() == 6


def test_two_imports_at_once_share_no_number(acara, cast, move_event, make_workbook):
    from usulan.models import Usulan
    from usulan.services.impor import commit_impor, stage_impor

    move_event(acara, Tahap.PERSIAPAN)
    impor = [
        stage_impor(
            musrenbang=acara, path=make_workbook(f"{i}.xlsx", [JUDUL, [i, *b[1:]]]), nama=f"{i}.xlsx", by=cast["bu_pmd"]
        )
        for i, b in enumerate(BARIS)
    ]
    assert at_once(6, lambda i: commit_impor(impor=impor[i], by=cast["bu_pmd"])) == [1] * 6
    assert sorted(Usulan.objects.values_list("nomor", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_twenty_numbers_without_gap_or_double(ready_to_issue, cast):
    from berita_acara.services.issue import issue_berita_acara

    at_once(6, lambda i: issue_berita_acara(musrenbang=ready_to_issue, by=cast["pak_sekcam"]))
    assert list(Dokumen.objects.values_list("nomor", "versi")) == [("000.7.2/001/BA-MRB/II/2026", 1)]
    from django.db import transaction

    from musrenbang.nomor import take_nomor

    def take(i: int) -> int:
        with transaction.atomic():
            return take_nomor(kecamatan=ready_to_issue.kecamatan, jenis="surat", tahun=2026)

    assert sorted(at_once(20, take)) == list(range(1, 21))
    assert PenghitungNomor.objects.get(jenis="surat").terakhir == 20


def test_a_signed_copy_tapped_twice_is_stored_once(ready_to_issue, cast):
    from berita_acara.models import SalinanTtd
    from berita_acara.services.issue import issue_berita_acara
    from berita_acara.services.salinan import upload_salinan
    from musrenbang.keeper import read_dokumen

    by, kunci = cast["pak_sekcam"], uuid.uuid4()
    content = read_dokumen(issue_berita_acara(musrenbang=ready_to_issue, by=by))
    one = {"musrenbang": ready_to_issue, "by": by, "kunci": kunci, "berkas": [("ba.pdf", content)], "putar": []}
    result = at_once(4, lambda _: upload_salinan(**one).pk)
    assert result == [SalinanTtd.objects.get().pk] * 4


def test_four_people_replacing_one_delegate_fill_one_seat(ready_to_issue, cast):
    from delegasi.models import Delegat
    from delegasi.services import replace_delegat

    by = cast["pak_sekcam"]
    baru = [record_attendance(ready_to_issue, by, f"Pengganti {i}") for i in range(4)]
    lama = [Delegat.objects.get(nama="Yusran Tokoh") for _ in baru]
    result = at_once(4, lambda i: replace_delegat(delegat=lama[i], substitute=baru[i], by=by, alasan="Sakit keras."))
    assert sum(isinstance(h, Delegat) for h in result) == 1
    assert Delegat.objects.filter(cadangan_ke=None).count() == 6


def test_eight_decisions_on_one_row_keep_the_first(acara, draft_event, move_event, cast):
    from rkp.models import BarisRkp
    from rkp.services.keputusan import decide_baris

    move_event(acara, Tahap.KELOMPOK)
    baris = draft_event.baris.get(nomor=1)

    def decide(i: int) -> object:
        one = BarisRkp.objects.select_related("rkp__musrenbang").get(pk=baris.pk)
        alasan = {"alasan_kode": "lahan", "alasan": f"Kelompok {i} memutuskan."}
        return decide_baris(baris=one, by=cast["pemandu"], **content_putusan(baris, keputusan="cadangan", **alasan))

    result = at_once(8, decide)
    assert sum(isinstance(h, Refused) for h in result) == 7
    baris.refresh_from_db()
    assert baris.versi == 2
    assert JejakAudit.objects.get(aksi="rkp.diputuskan").alasan.endswith(baris.alasan)


def test_deciding_and_fixing_at_once_leave_nothing_between(acara, decided_event, cast):
    """A decision either is in the fixed version or is refused; never saved beside it."""
    from rkp.models import BarisRkp
    from rkp.queries.baris import content_hash, current_version
    from rkp.services.keputusan import decide_baris

    baris = decided_event.baris.get(nomor=1)

    def work(i: int) -> object:
        if i == 0:
            from musrenbang.models import Musrenbang

            return advance_musrenbang(
                musrenbang=Musrenbang.objects.get(pk=acara.pk), dari="pleno", ke="prioritas", by=cast["pak_sekcam"]
            )
        one = BarisRkp.objects.select_related("rkp__musrenbang").get(pk=baris.pk)
        alasan = {"alasan_kode": "lahan", "alasan": "Pada saat yang sama."}
        return decide_baris(baris=one, by=cast["pemandu"], **content_putusan(baris, keputusan="cadangan", **alasan))

    at_once(4, work)
    current_work = decided_event.baris.select_related("bidang", "desa", "skpd", "sumber_dana").order_by(
        "bidang__urut", "nomor"
    )
    assert current_version(acara).sha256 == content_hash(current_work)


def test_two_desks_check_in_two_hundred_people(acara, move_event, cast):
    move_event(acara, Tahap.PEMBUKAAN)

    def record(meja: int) -> int:
        for i in range(50):
            record_kehadiran(
                musrenbang=acara,
                by=cast["bu_pmd"],
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

    assert at_once(4, record) == [50] * 4
    assert Kehadiran.objects.count() == 200


def test_scores_of_two_people_are_both_kept(acara, peringkat, cast):
    from rkp.prioritas.models import Calon, Nilai
    from rkp.prioritas.services.candidates import save_values

    calon = Calon.objects.get(pemeringkatan=peringkat, baris__nomor=1).pk
    existing = dict(Nilai.objects.filter(calon=calon).values_list("kode", "nilai"))
    kriteria = sorted(existing)

    def nilai(i: int) -> int:
        k = kriteria[i]
        sel = {(calon, k): (existing[k], Decimal(1 if existing[k] != 1 else 2))}
        return save_values(pemeringkatan=peringkat, by=cast["pemandu"], cell=sel)

    assert at_once(6, nilai) == [1] * 6
    assert all(n != existing[k] for k, n in some(Nilai.objects.filter(calon=calon).values_list("kode", "nilai")))


def _invite(acara, by, n):
    from musrenbang.sidang.services.undangan import save_undangan

    base = {"jabatan": "", "unsur": "tokoh", "lembaga": "Warga", "desa": None, "usia": 40, "alamat": ""}
    return [
        save_undangan(musrenbang=acara, by=by, undangan=None, nama=f"Undangan {i}", jenis_kelamin="LP"[i % 2], **base)
        for i in range(n)
    ]


def test_two_desks_check_in_200_people_who_queue_at_both(acara, cast, move_event):
    """Each desk goes through the whole list from another end: everybody is noted once, nobody is lost."""
    from musrenbang.sidang.services.kehadiran import check_in

    undangan = _invite(acara, cast["bu_pmd"], 200)
    move_event(acara, Tahap.PEMBUKAAN)

    def meja(i):
        baru = 0
        for u in undangan if i == 0 else undangan[::-1]:
            baru += check_in(undangan=u, by=cast["pemandu"], kunci=uuid.uuid4(), cara="centang")[1]
        return baru

    assert sum(at_once(2, meja)) == 200
    assert Kehadiran.objects.count() == 200
    assert JejakAudit.objects.filter(aksi="kehadiran.dicatat").count() == 200


def test_numbers_of_letters_have_no_gap_between_two_desks(acara, cast):
    from berita_acara.services.undangan import issue_undangan
    from musrenbang.sidang.models import Undangan

    _invite(acara, cast["bu_pmd"], 30)
    at_once(4, lambda i: issue_undangan(musrenbang=acara, by=cast["bu_pmd"]))
    nomor = sorted(int(n.split("/")[1]) for n in Undangan.objects.values_list("nomor", flat=True))
    assert nomor == list(range(1, 31))


def test_eight_starts_run_one_item(acara, cast, move_event):
    from musrenbang.sidang.models import Agenda
    from musrenbang.sidang.services.agenda import fill_agenda, start_agenda

    fill_agenda(musrenbang=acara, by=cast["bu_pmd"])
    move_event(acara, Tahap.PEMAPARAN)  # the first eight items belong to it or to stages before it
    butir = list(Agenda.objects.all()[:8])
    at_once(8, lambda i: start_agenda(agenda=butir[i], by=cast["pemandu"]))
    assert Agenda.objects.filter(mulai_pada__isnull=False, selesai_pada=None).count() == 1
    assert Agenda.objects.filter(mulai_pada__isnull=False).count() == 8


def test_two_writers_of_one_note_lose_nothing(acara, cast, move_event):
    from musrenbang.sidang.models import Agenda, Notulen
    from musrenbang.sidang.services.agenda import fill_agenda
    from musrenbang.sidang.services.notulen import RecordChanged, add_notulen, save_notulen

    fill_agenda(musrenbang=acara, by=cast["bu_pmd"])
    move_event(acara, Tahap.PEMBUKAAN)
    catatan = add_notulen(agenda=Agenda.objects.first(), by=cast["bu_pmd"], kunci=uuid.uuid4())
    empty = {"kehadiran": None, "tindak_lanjut": "", "putusan": "", "jawaban": ""}

    def write(i):
        versi, text, times_text = 1, f"[{i}]", 0
        while True:
            try:
                save_notulen(notulen=catatan, by=cast["pemandu"], versi=versi, pertanyaan=text, **empty)
            except RecordChanged as changed:
                versi, text, times_text = changed.kini.versi, f"{changed.kini.pertanyaan}[{i}]", times_text + 1
            else:
                return times_text

    at_once(6, write)
    text = Notulen.objects.get().pertanyaan
    assert sorted(text) == sorted("[0][1][2][3][4][5]")
