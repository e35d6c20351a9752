"""Random events: every count, sum, name, number and date is the same on papers, spreadsheets, screens and open data."""

import io
import random
import re
import uuid
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from openpyxl import load_workbook

from alur.demo.afterwards import send_all, sort_works
from alur.periksa import broken_invariants
from alur.services.acara import advance_musrenbang
from berita_acara.dokumen.cetakan import cetakan_content, cetakan_xlsx
from berita_acara.queries import latest_berita_acara
from berita_acara.services.issue import issue_berita_acara, issue_dokumen, print_dokumen, with_file
from delegasi.services import add_delegat
from musrenbang import format as tulis
from musrenbang.keeper import read_dokumen
from musrenbang.models import Dokumen
from musrenbang.sidang.models import Sidang
from musrenbang.states import Tahap
from rkp.models import BarisRkp, DanaProgram
from rkp.prioritas.queries.candidates import list_peserta
from rkp.prioritas.queries.input import kriteria_of
from rkp.prioritas.services.candidates import save_values
from rkp.prioritas.services.peringkat import fix_pemeringkatan
from rkp.queries.baris import official_version
from rkp.services.draft import build_draft
from rkp.services.keputusan import decide_baris
from rkp.services.merge import merge_baris
from tests.berita_acara.test_dokumen import text
from tests.conftest import (
    BARIS,
    JUDUL,
    KURSI,
    WAKIL_CAMAT,
    content_putusan,
    open_page_peringkat,
    record_attendance,
    uploaded_salinan,
)
from tests.halaman import flat
from tests.sheet_rows import rows_and_sums

pytestmark = pytest.mark.django_db
SEPAKAT, ALASAN = {"disepakati", "dengan_perubahan"}, {"alasan_kode": "lainnya", "alasan": "Diputus sidang."}


@pytest.fixture
def occurrence(acara, cast, move_event, make_workbook):
    """Return a function that leads the event, decided by a seed, to the signing or beyond."""

    def _occurrence(seed: int, sampai: str):
        dice = random.Random(seed)
        by, sekcam = cast["pemandu"], cast["pak_sekcam"]
        Sidang.objects.update_or_create(musrenbang=acara, defaults={"kuorum_desa": 0, "target_perempuan": 0})
        _proposals(acara, cast["bu_pmd"], move_event, make_workbook, dice)
        move_event(acara, Tahap.PLENO)
        _decide(acara, by, dice)
        advance_musrenbang(musrenbang=acara, dari=Tahap.PLENO, ke=Tahap.PRIORITAS, by=sekcam)
        _rank(acara, cast, dice)
        hadir = [(kursi, record_attendance(acara, sekcam, nama, unsur, sex)) for kursi, nama, unsur, sex in KURSI]
        for i in range(dice.randint(0, 5)):
            record_attendance(acara, sekcam, f"Warga {i}", dice.choice(["bpd", "lpm", "rentan"]), dice.choice("LP"))
        advance_musrenbang(musrenbang=acara, dari=Tahap.PRIORITAS, ke=Tahap.DELEGASI, by=sekcam)
        for kursi, person in hadir:
            add_delegat(
                musrenbang=acara, kehadiran=person, unsur=kursi, kunci=uuid.uuid4(), by=sekcam, alasan_unsur=WAKIL_CAMAT
            )
        advance_musrenbang(musrenbang=acara, dari=Tahap.DELEGASI, ke=Tahap.PENANDATANGANAN, by=sekcam)
        issue_berita_acara(musrenbang=acara, by=sekcam)
        issue_dokumen(musrenbang=acara, jenis="surat_mandat", by=sekcam)
        if sampai != Tahap.PENANDATANGANAN:
            _after_the_day(acara, cast)
        return acara

    return _occurrence


def _proposals(acara, by, move_to, workbook, dice):
    """Twelve to sixteen proposals, one in six without an amount."""
    from usulan.services.impor import commit_impor, stage_impor

    move_to(acara, Tahap.PERSIAPAN)
    baris = []
    for i in range(dice.randint(12, 16)):
        one = list(dice.choice(BARIS))
        one[0], one[3] = i + 1, f"Dusun {i + 1}"
        one[6] = None if dice.random() < 1 / 6 else dice.randint(1, 400) * 1_000_000
        baris.append(one)
    path = workbook("DU-RKP.xlsx", [JUDUL, *sorted(baris, key=lambda b: b[1])])
    impor = stage_impor(musrenbang=acara, path=path, nama=path.name, by=by)
    commit_impor(impor=impor, by=by)
    build_draft(musrenbang=acara, by=by)


def _decide(acara, by, dice):
    """Merge a pair or two, then decide every row; what has no amount cannot be agreed."""

    def take(**filters):
        return list(BarisRkp.objects.select_related("rkp__musrenbang").filter(rkp__musrenbang=acara, **filters))

    for _ in range(dice.randint(0, 2)):
        one, dua = dice.sample(take(keputusan="belum_dibahas", gabungan__isnull=True), 2)
        merge_baris(
            baris=one, versi=one.versi, ke=dua.pk, by=by, hubungan=dice.choice(["bagian", "sama"]), alasan="Sejenis."
        )
    for b in take(keputusan="belum_dibahas"):
        lottery = dice.random()
        if b.biaya is None or lottery < 0.2:
            content = {"keputusan": "belum_disepakati", **ALASAN}
        elif lottery < 0.4:
            content = {"keputusan": "cadangan", **ALASAN}
        elif lottery < 0.6:
            content = {"keputusan": "dengan_perubahan", "biaya": b.biaya // 2, **ALASAN}
        else:
            content = {}
        decide_baris(baris=b, by=by, **content_putusan(b, **content))


def _rank(acara, cast, dice):
    """Score what may compete, each row otherwise than the others, and fix."""
    p = open_page_peringkat(acara, cast["pak_sekcam"], pagu=dice.randint(1, 20) * 50_000_000)
    peserta = [c for c in list_peserta(p) if c.layak]
    nilai = dict(zip((c.calon.pk for c in peserta), dice.sample(range(1, 100), len(peserta)), strict=True))
    sel = {
        (c.calon.pk, k["kode"]): (None, Decimal(nilai[c.calon.pk]) / 25 + 1) for c in peserta for k in kriteria_of(p)
    }
    save_values(pemeringkatan=p, by=cast["pemandu"], cell=sel)
    fix_pemeringkatan(pemeringkatan=p, by=cast["pak_sekcam"])


def _after_the_day(acara, cast):
    """Signed, approved, handed over, received, sorted and sent."""
    sekcam, camat, bappeda = (cast[k] for k in ("pak_sekcam", "pak_camat", "bu_bappeda"))
    uploaded_salinan(acara, sekcam)
    for dari, ke, by in (
        (Tahap.PENANDATANGANAN, Tahap.FINALISASI, sekcam),
        (Tahap.FINALISASI, Tahap.DISAHKAN, camat),
        (Tahap.DISAHKAN, Tahap.DISAMPAIKAN, sekcam),
        (Tahap.DISAMPAIKAN, Tahap.DITERIMA, bappeda),
        (Tahap.DITERIMA, Tahap.PEMILAHAN, sekcam),
    ):
        if dari == Tahap.DISAHKAN:
            issue_dokumen(musrenbang=acara, jenis="pengantar_bappeda", by=sekcam)
        advance_musrenbang(musrenbang=acara, dari=dari, ke=ke, by=by)
    sort_works(acara, sekcam)
    send_all(acara, sekcam)


def _truth(acara):
    """Counts and rupiah by decision, added up here from the rows themselves."""
    n, rupiah = Counter(), Counter()
    for b in official_version(acara).baris.all():
        kunci = "sepakat" if b.keputusan in SEPAKAT else b.keputusan
        n[kunci] += 1
        rupiah[kunci] += b.biaya or 0
    return n, rupiah


def _content(acara, jenis, bagian=""):
    return cetakan_content(jenis, acara, bagian)["isi"]


def _sheet(contents, nama=None):
    """Rows of a sheet as dicts by heading; its sums are the sums of them."""
    workbook = load_workbook(io.BytesIO(contents), read_only=True)
    head = next((workbook[nama] if nama else workbook.worksheets[0]).iter_rows(min_row=2, values_only=True))
    baris, sums = rows_and_sums(contents, nama or "")
    for i, total in enumerate(sums):
        assert i == 0 or total is None or total == sum(b[i] or 0 for b in baris), head[i]
    return [dict(zip(head, b, strict=True)) for b in baris]


def _money(baris, kolom="Pagu (Rp)"):
    return len(baris), sum(b[kolom] or 0 for b in baris)


def check_papers_and_sheets(acara, n, amount_words):
    agreed = n["sepakat"], amount_words["sepakat"]
    content, xlsx = _content(acara, "rkp"), cetakan_xlsx("rkp", acara)
    assert (content["jumlah_kegiatan"], content["total"]) == agreed
    assert (content["jumlah"]["sepakat"]["n"], content["jumlah"]["sepakat"]["rp"]) == agreed
    assert (sum(k["n"] for k in content["kelompok"]), sum(k["jumlah"] for k in content["kelompok"])) == agreed
    assert _money(_sheet(xlsx, "RKP")) == agreed
    assert (
        sum(d["rp_sepakat"] for d in content["bab"]["desa"])
        == sum(p["rp"] for p in content["bab"]["prioritas"])
        == agreed[1]
    )
    for kode, lembar in (("cadangan", "Cadangan"), ("belum_disepakati", "Belum disepakati")):
        (lampiran,) = (a for a in content["lampiran"] if a["kode"] == kode)
        assert (
            (lampiran["jumlah"]["n"], lampiran["jumlah"]["rp"])
            == (n[kode], amount_words[kode])
            == (_money(_sheet(xlsx, lembar)) if n[kode] else (0, 0))
        )
    assert len(_sheet(xlsx, "Digabung") if n["digabung"] else []) == n["digabung"]
    for jenis in ("durkp", "prioritas_skpd"):
        one = _content(acara, jenis)
        assert (one["jumlah_kegiatan"], one["total"]) == agreed == _money(_sheet(cetakan_xlsx(jenis, acara)))
        assert sum(k["jumlah"] for k in one["kelompok"]) == agreed[1]
    pending = _content(acara, "belum_disepakati")["jumlah"]
    assert {k: (j["n"], j["rp"]) for k, j in pending.items()} == {
        "belum": (n["belum_disepakati"], amount_words["belum_disepakati"]),
        "cadangan": (n["cadangan"], amount_words["cadangan"]),
    }


def check_screens_and_open_data(acara, n, amount_words, masuk):
    person, general = masuk("pak_sekcam"), Client()
    agreed = tulis.rupiah(amount_words["sepakat"])
    per = Counter(), Counter(), Counter()
    for b in official_version(acara).baris.all():
        per[2][b.get_keputusan_display()] += b.biaya is None
        per[0][b.get_keputusan_display()] += 1
        per[1][b.get_keputusan_display()] += b.biaya or 0
    for url in (f"/m/{acara.slug}/rkp/", official_version(acara).get_absolute_url()):
        halaman = flat(person.get(url))
        for label, count in per[0].items():
            lacks = f" + {per[2][label]} tanpa biaya" if per[2][label] else ""
            tile = f"<span>{label}</span><b>{count}</b><small>{tulis.rupiah(per[1][label])}{lacks}</small>"
            assert tile in halaman
    rekap = flat(person.get(f"/m/{acara.slug}/rkp/rekap/"))
    sel = re.findall(r'data-label="Biaya disepakati">Rp([\d.]+)<', rekap)
    assert sum(int(s.replace(".", "")) for s in sel) == 4 * amount_words["sepakat"], "by bidang, SKPD, desa and source"
    assert f"{n['sepakat']} disepakati · {agreed}" in flat(person.get(f"/m/{acara.slug}/"))
    halaman = flat(general.get(f"/publik/{acara.slug}/"))
    assert f"<strong>{n['sepakat']} kegiatan</strong>" in halaman
    assert agreed in halaman
    data = general.get(f"/publik/{acara.slug}/data.json").json()
    for kode, sebutan in (("sepakat", "disepakati"), ("cadangan", "cadangan"), ("belum_disepakati",) * 2):
        own = [b for b in data["kegiatan"] if ("sepakat" if b["keputusan"] in SEPAKAT else b["keputusan"]) == kode]
        jumlah = data["jumlah"][sebutan]
        assert (jumlah["kegiatan"], jumlah["biaya"]) == (n[kode], amount_words[kode])
        assert (len(own), sum(b["biaya"] or 0 for b in own)) == (n[kode], amount_words[kode])


def check_names_numbers_dates(acara):
    minutes_paper = latest_berita_acara(acara)
    assert (minutes_paper.tanggal, minutes_paper.isi["kepala"]["tanggal"]) == (acara.tanggal, "23 Februari 2026")
    assert minutes_paper.isi["prioritas_skpd"]["total"] == _content(acara, "prioritas_skpd")["total"]
    delegasi = [d["nama"] for d in _content(acara, "daftar_delegasi")["daftar"]]
    assert delegasi == [d["nama"] for d in minutes_paper.isi["delegasi"]["daftar"]] == [n for _, n, _, _ in KURSI]
    hadir = _content(acara, "daftar_hadir")
    assert hadir["jumlah"] == len(hadir["daftar"]) == minutes_paper.isi["hadir"]["jumlah"] == acara.kehadiran.count()
    assert f"dihadiri {hadir['jumlah']} orang" in flat(Client().get(f"/publik/{acara.slug}/"))
    quote = {"nomor": minutes_paper.nomor, "tanggal": "23 Februari 2026"}
    for d in Dokumen.objects.filter(musrenbang=acara).exclude(nomor=""):
        months, tahun = d.nomor.split("/")[-2:]
        roman = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"][d.tanggal.month - 1]
        assert (months, int(tahun)) == (roman, d.tanggal.year)
        assert d.isi["tanggal_surat"] == tulis.date_text(d.tanggal)
        halaman = Client().get(f"/verifikasi/{with_file(d).kode}/").content.decode()
        assert d.nomor in halaman
        assert f"<dd>{tulis.date_text(d.tanggal)}</dd>" in halaman
        if d.jenis == "surat_mandat":
            assert d.isi["isi"]["dasar"] == quote
            assert [p["nama"] for p in d.isi["isi"]["daftar"]] == delegasi
        elif d.jenis != "berita_acara":
            assert d.isi["isi"]["berita_acara"] == quote


def check_letters(acara, n, amount_words):
    surat = Dokumen.objects.filter(musrenbang=acara)
    cover_letter = surat.get(jenis="pengantar_bappeda")
    assert (cover_letter.isi["isi"]["jumlah_kegiatan"], cover_letter.isi["isi"]["jumlah"]) == (
        n["sepakat"],
        amount_words["sepakat"],
    )
    kata = text(read_dokumen(with_file(cover_letter)))
    assert f"{n['sepakat']} kegiatan yang disepakati" in kata
    assert tulis.thousands(amount_words["sepakat"]) in kata
    dana = Counter()
    for d in DanaProgram.objects.filter(baris__rkp__musrenbang=acara):
        dana[d.baris_id] += d.jumlah
    diminta = [
        b.biaya - dana[b.asal_baris_id]
        for b in official_version(acara).baris.filter(keputusan__in=SEPAKAT)
        if dana[b.asal_baris_id] < b.biaya
    ]
    agency = [d.isi["isi"] for d in surat.filter(jenis="usulan_skpd")]
    assert (sum(len(d["baris"]) for d in agency), sum(d["diminta"] for d in agency)) == (len(diminta), sum(diminta))


@pytest.mark.parametrize(
    ("dice_seed", "sampai"),
    [(1, Tahap.PENANDATANGANAN), (2, Tahap.PEMILAHAN), (3, Tahap.PENANDATANGANAN), (4, Tahap.PEMILAHAN)],
)
def test_papers_of_a_random_event_agree(dice_seed, sampai, occurrence, masuk):
    acara = occurrence(dice_seed, sampai)
    n, rupiah = _truth(acara)
    assert min(n["sepakat"], n["cadangan"] + n["belum_disepakati"]) > 0, "the seed makes a case worth looking at"
    check_papers_and_sheets(acara, n, rupiah)
    check_screens_and_open_data(acara, n, rupiah, masuk)
    check_names_numbers_dates(acara)
    if sampai == Tahap.PEMILAHAN:
        check_letters(acara, n, rupiah)
    kata = text(read_dokumen(print_dokumen(musrenbang=acara, jenis="rkp", by=None)))
    assert f"Jumlah yang disepakati: {n['sepakat']} kegiatan {tulis.thousands(rupiah['sepakat'])}" in kata
    assert broken_invariants(acara) == []


def test_the_check_finds_papers_that_contradict_each_other(occurrence):
    acara = occurrence(1, Tahap.PENANDATANGANAN)
    mandat = Dokumen.objects.get(jenis="surat_mandat")
    wrong = mandat.isi | {
        "isi": mandat.isi["isi"] | {"dasar": mandat.isi["isi"]["dasar"] | {"tanggal": "1 Maret 2026"}}
    }
    Dokumen.objects.create(
        musrenbang=acara, jenis="surat_mandat", versi=2, nomor="090/9/SM", tanggal=date(2026, 3, 2), isi=wrong
    )
    defects = broken_invariants(acara)
    assert any("mengutip Berita Acara" in c for c in defects)
    assert any("pada dokumen tertulis" in c for c in defects)
