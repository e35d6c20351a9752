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

from alur.demo.pasca import send_all, sort_works
from alur.periksa import broken_invariants
from alur.services.acara import advance_musrenbang
from berita_acara.dokumen.cetakan import cetakan_content, cetakan_xlsx
from berita_acara.queries import latest_berita_acara
from berita_acara.services.terbit import issue_berita_acara, issue_dokumen, print_dokumen, with_file
from delegasi.services import add_delegat
from musrenbang import format as tulis
from musrenbang.models import Dokumen
from musrenbang.sidang.models import Sidang
from musrenbang.simpanan import read_dokumen
from musrenbang.states import Tahap
from rkp.models import BarisRkp, DanaProgram
from rkp.prioritas.queries.calon import list_peserta
from rkp.prioritas.queries.masukan import kriteria_of
from rkp.prioritas.services.calon import save_values
from rkp.prioritas.services.peringkat import fix_pemeringkatan
from rkp.queries.baris import official_version
from rkp.services.draft import build_draft
from rkp.services.gabung import merge_baris
from rkp.services.keputusan import decide_baris
from tests.berita_acara.test_dokumen import teks
from tests.conftest import BARIS, JUDUL, KURSI, WAKIL_CAMAT, buka_peringkat, catat_hadir, isi_putusan, unggah_salinan
from tests.halaman import flat

pytestmark = pytest.mark.django_db
SEPAKAT, ALASAN = {"disepakati", "dengan_perubahan"}, {"alasan_kode": "lainnya", "alasan": "Diputus sidang."}


@pytest.fixture
def peristiwa(acara, pemeran, pindah, buku):
    """Return a function that leads the event, decided by a seed, to the signing or beyond."""

    def _peristiwa(benih: int, sampai: str):
        acak = random.Random(benih)
        by, sekcam = pemeran["pemandu"], pemeran["pak_sekcam"]
        Sidang.objects.update_or_create(musrenbang=acara, defaults={"kuorum_desa": 0, "target_perempuan": 0})
        _proposals(acara, pemeran["bu_pmd"], pindah, buku, acak)
        pindah(acara, Tahap.PLENO)
        _decide(acara, by, acak)
        advance_musrenbang(musrenbang=acara, dari=Tahap.PLENO, ke=Tahap.PRIORITAS, by=sekcam)
        _rank(acara, pemeran, acak)
        hadir = [(kursi, catat_hadir(acara, sekcam, nama, unsur, jk)) for kursi, nama, unsur, jk in KURSI]
        for i in range(acak.randint(0, 5)):
            catat_hadir(acara, sekcam, f"Warga {i}", acak.choice(["bpd", "lpm", "rentan"]), acak.choice("LP"))
        advance_musrenbang(musrenbang=acara, dari=Tahap.PRIORITAS, ke=Tahap.DELEGASI, by=sekcam)
        for kursi, orang in hadir:
            add_delegat(
                musrenbang=acara, kehadiran=orang, unsur=kursi, kunci=uuid.uuid4(), by=sekcam, alasan_unsur=WAKIL_CAMAT
            )
        advance_musrenbang(musrenbang=acara, dari=Tahap.DELEGASI, ke=Tahap.PENANDATANGANAN, by=sekcam)
        issue_berita_acara(musrenbang=acara, by=sekcam)
        issue_dokumen(musrenbang=acara, jenis="surat_mandat", by=sekcam)
        if sampai != Tahap.PENANDATANGANAN:
            _after_the_day(acara, pemeran)
        return acara

    return _peristiwa


def _proposals(acara, by, pindah, buku, acak):
    """Twelve to sixteen proposals, one in six without an amount."""
    from usulan.services.impor import commit_impor, stage_impor

    pindah(acara, Tahap.PERSIAPAN)
    baris = []
    for i in range(acak.randint(12, 16)):
        satu = list(acak.choice(BARIS))
        satu[0], satu[3] = i + 1, f"Dusun {i + 1}"
        satu[6] = None if acak.random() < 1 / 6 else acak.randint(1, 400) * 1_000_000
        baris.append(satu)
    path = buku("DU-RKP.xlsx", [JUDUL, *sorted(baris, key=lambda b: b[1])])
    impor = stage_impor(musrenbang=acara, path=path, nama=path.name, by=by)
    commit_impor(impor=impor, by=by)
    build_draft(musrenbang=acara, by=by)


def _decide(acara, by, acak):
    """Merge a pair or two, then decide every row; what has no amount cannot be agreed."""

    def ambil(**saring):
        return list(BarisRkp.objects.select_related("rkp__musrenbang").filter(rkp__musrenbang=acara, **saring))

    for _ in range(acak.randint(0, 2)):
        satu, dua = acak.sample(ambil(keputusan="belum_dibahas", gabungan__isnull=True), 2)
        merge_baris(
            baris=satu, versi=satu.versi, ke=dua.pk, by=by, hubungan=acak.choice(["bagian", "sama"]), alasan="Sejenis."
        )
    for b in ambil(keputusan="belum_dibahas"):
        undian = acak.random()
        if b.biaya is None or undian < 0.2:
            isi = {"keputusan": "belum_disepakati", **ALASAN}
        elif undian < 0.4:
            isi = {"keputusan": "cadangan", **ALASAN}
        elif undian < 0.6:
            isi = {"keputusan": "dengan_perubahan", "biaya": b.biaya // 2, **ALASAN}
        else:
            isi = {}
        decide_baris(baris=b, by=by, **isi_putusan(b, **isi))


def _rank(acara, pemeran, acak):
    """Score what may compete, each row otherwise than the others, and fix."""
    p = buka_peringkat(acara, pemeran["pak_sekcam"], pagu=acak.randint(1, 20) * 50_000_000)
    peserta = [c for c in list_peserta(p) if c.layak]
    nilai = dict(zip((c.calon.pk for c in peserta), acak.sample(range(1, 100), len(peserta)), strict=True))
    sel = {
        (c.calon.pk, k["kode"]): (None, Decimal(nilai[c.calon.pk]) / 25 + 1) for c in peserta for k in kriteria_of(p)
    }
    save_values(pemeringkatan=p, by=pemeran["pemandu"], cell=sel)
    fix_pemeringkatan(pemeringkatan=p, by=pemeran["pak_sekcam"])


def _after_the_day(acara, pemeran):
    """Signed, approved, handed over, received, sorted and sent."""
    sekcam, camat, bappeda = (pemeran[k] for k in ("pak_sekcam", "pak_camat", "bu_bappeda"))
    unggah_salinan(acara, sekcam)
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
    n, rp = Counter(), Counter()
    for b in official_version(acara).baris.all():
        kunci = "sepakat" if b.keputusan in SEPAKAT else b.keputusan
        n[kunci] += 1
        rp[kunci] += b.biaya or 0
    return n, rp


def _isi(acara, jenis, bagian=""):
    return cetakan_content(jenis, acara, bagian)["isi"]


def _sheet(isi, nama=None):
    """Rows of a sheet as dicts by heading."""
    buku = load_workbook(io.BytesIO(isi))
    baris = list((buku[nama] if nama else buku.active).iter_rows(min_row=2, values_only=True))
    return [dict(zip(baris[0], b, strict=True)) for b in baris[1:]]


def _money(baris, kolom="Pagu (Rp)"):
    return len(baris), sum(b[kolom] or 0 for b in baris)


def check_papers_and_sheets(acara, n, rp):
    sepakat = n["sepakat"], rp["sepakat"]
    isi, xlsx = _isi(acara, "rkp"), cetakan_xlsx("rkp", acara)
    assert (isi["jumlah_kegiatan"], isi["total"]) == sepakat
    assert (isi["jumlah"]["sepakat"]["n"], isi["jumlah"]["sepakat"]["rp"]) == sepakat
    assert (sum(k["n"] for k in isi["kelompok"]), sum(k["jumlah"] for k in isi["kelompok"])) == sepakat
    assert _money(_sheet(xlsx, "RKP")) == sepakat
    assert (
        sum(d["rp_sepakat"] for d in isi["bab"]["desa"]) == sum(p["rp"] for p in isi["bab"]["prioritas"]) == sepakat[1]
    )
    for kode, lembar in (("cadangan", "Cadangan"), ("belum_disepakati", "Belum disepakati")):
        (lampiran,) = (a for a in isi["lampiran"] if a["kode"] == kode)
        assert (
            (lampiran["jumlah"]["n"], lampiran["jumlah"]["rp"]) == (n[kode], rp[kode]) == _money(_sheet(xlsx, lembar))
        )
    assert len(_sheet(xlsx, "Digabung")) == n["digabung"]
    for jenis in ("durkp", "prioritas_skpd"):
        satu = _isi(acara, jenis)
        assert (satu["jumlah_kegiatan"], satu["total"]) == sepakat == _money(_sheet(cetakan_xlsx(jenis, acara)))
        assert sum(k["jumlah"] for k in satu["kelompok"]) == sepakat[1]
    belum = _isi(acara, "belum_disepakati")["jumlah"]
    assert {k: (j["n"], j["rp"]) for k, j in belum.items()} == {
        "belum": (n["belum_disepakati"], rp["belum_disepakati"]),
        "cadangan": (n["cadangan"], rp["cadangan"]),
    }


def check_screens_and_open_data(acara, n, rp, masuk):
    orang, umum = masuk("pak_sekcam"), Client()
    sepakat = tulis.rupiah(rp["sepakat"])
    per = Counter(), Counter()
    for b in official_version(acara).baris.all():
        per[0][b.get_keputusan_display()] += 1
        per[1][b.get_keputusan_display()] += b.biaya or 0
    for url in (f"/m/{acara.slug}/rkp/", official_version(acara).get_absolute_url()):
        halaman = flat(orang.get(url))
        for label, banyak in per[0].items():
            assert f"<span>{label}</span><b>{banyak}</b><small>{tulis.rupiah(per[1][label])}</small>" in halaman
    rekap = flat(orang.get(f"/m/{acara.slug}/rkp/rekap/"))
    sel = re.findall(r'data-label="Biaya disepakati">Rp\s([\d.]+)<', rekap)
    assert sum(int(s.replace(".", "")) for s in sel) == 4 * rp["sepakat"], "by bidang, SKPD, desa and source"
    assert f"{n['sepakat']} disepakati · {sepakat}" in flat(orang.get(f"/m/{acara.slug}/"))
    halaman = flat(umum.get(f"/publik/{acara.slug}/"))
    assert f"<strong>{n['sepakat']} kegiatan</strong>" in halaman
    assert sepakat in halaman
    data = umum.get(f"/publik/{acara.slug}/data.json").json()
    for kode, sebutan in (("sepakat", "disepakati"), ("cadangan", "cadangan"), ("belum_disepakati",) * 2):
        milik = [b for b in data["kegiatan"] if ("sepakat" if b["keputusan"] in SEPAKAT else b["keputusan"]) == kode]
        jumlah = data["jumlah"][sebutan]
        assert (jumlah["kegiatan"], jumlah["biaya"]) == (n[kode], rp[kode])
        assert (len(milik), sum(b["biaya"] or 0 for b in milik)) == (n[kode], rp[kode])


def check_names_numbers_dates(acara):
    ba = latest_berita_acara(acara)
    assert (ba.tanggal, ba.isi["kepala"]["tanggal"]) == (acara.tanggal, "23 Februari 2026")
    assert ba.isi["prioritas_skpd"]["total"] == _isi(acara, "prioritas_skpd")["total"]
    delegasi = [d["nama"] for d in _isi(acara, "daftar_delegasi")["daftar"]]
    assert delegasi == [d["nama"] for d in ba.isi["delegasi"]["daftar"]] == [n for _, n, _, _ in KURSI]
    hadir = _isi(acara, "daftar_hadir")
    assert hadir["jumlah"] == len(hadir["daftar"]) == ba.isi["hadir"]["jumlah"] == acara.kehadiran.count()
    assert f"dihadiri {hadir['jumlah']} orang" in flat(Client().get(f"/publik/{acara.slug}/"))
    kutip = {"nomor": ba.nomor, "tanggal": "23 Februari 2026"}
    for d in Dokumen.objects.filter(musrenbang=acara).exclude(nomor=""):
        bulan, tahun = d.nomor.split("/")[-2:]
        romawi = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"][d.tanggal.month - 1]
        assert (bulan, int(tahun)) == (romawi, d.tanggal.year)
        assert d.isi["tanggal_surat"] == tulis.date_text(d.tanggal)
        halaman = Client().get(f"/verifikasi/{with_file(d).kode}/").content.decode()
        assert d.nomor in halaman
        assert f"<dd>{tulis.date_text(d.tanggal)}</dd>" in halaman
        if d.jenis == "surat_mandat":
            assert d.isi["isi"]["dasar"] == kutip
            assert [p["nama"] for p in d.isi["isi"]["daftar"]] == delegasi
        elif d.jenis != "berita_acara":
            assert d.isi["isi"]["berita_acara"] == kutip


def check_letters(acara, n, rp):
    surat = Dokumen.objects.filter(musrenbang=acara)
    pengantar = surat.get(jenis="pengantar_bappeda")
    assert (pengantar.isi["isi"]["jumlah_kegiatan"], pengantar.isi["isi"]["jumlah"]) == (n["sepakat"], rp["sepakat"])
    kata = teks(read_dokumen(with_file(pengantar)))
    assert f"{n['sepakat']} kegiatan yang disepakati" in kata
    assert tulis.thousands(rp["sepakat"]) in kata
    dana = Counter()
    for d in DanaProgram.objects.filter(baris__rkp__musrenbang=acara):
        dana[d.baris_id] += d.jumlah
    diminta = [
        b.biaya - dana[b.asal_baris_id]
        for b in official_version(acara).baris.filter(keputusan__in=SEPAKAT)
        if dana[b.asal_baris_id] < b.biaya
    ]
    dinas = [d.isi["isi"] for d in surat.filter(jenis="usulan_skpd")]
    assert (sum(len(d["baris"]) for d in dinas), sum(d["diminta"] for d in dinas)) == (len(diminta), sum(diminta))


@pytest.mark.parametrize(
    ("benih", "sampai"),
    [(1, Tahap.PENANDATANGANAN), (2, Tahap.PEMILAHAN), (3, Tahap.PENANDATANGANAN), (4, Tahap.PEMILAHAN)],
)
def test_papers_of_a_random_event_agree(benih, sampai, peristiwa, masuk):
    acara = peristiwa(benih, sampai)
    n, rp = _truth(acara)
    assert min(n["sepakat"], n["cadangan"] + n["belum_disepakati"]) > 0, "the seed makes a case worth looking at"
    check_papers_and_sheets(acara, n, rp)
    check_screens_and_open_data(acara, n, rp, masuk)
    check_names_numbers_dates(acara)
    if sampai == Tahap.PEMILAHAN:
        check_letters(acara, n, rp)
    kata = teks(read_dokumen(print_dokumen(musrenbang=acara, jenis="rkp", by=None)))
    assert f"Jumlah yang disepakati: {n['sepakat']} kegiatan {tulis.thousands(rp['sepakat'])}" in kata
    assert broken_invariants(acara) == []


def test_the_check_finds_papers_that_contradict_each_other(peristiwa):
    acara = peristiwa(1, Tahap.PENANDATANGANAN)
    mandat = Dokumen.objects.get(jenis="surat_mandat")
    salah = mandat.isi | {
        "isi": mandat.isi["isi"] | {"dasar": mandat.isi["isi"]["dasar"] | {"tanggal": "1 Maret 2026"}}
    }
    Dokumen.objects.create(
        musrenbang=acara, jenis="surat_mandat", versi=2, nomor="090/9/SM", tanggal=date(2026, 3, 2), isi=salah
    )
    cacat = broken_invariants(acara)
    assert any("mengutip Berita Acara" in c for c in cacat)
    assert any("pada dokumen tertulis" in c for c in cacat)
