"""One random event from invitation to addendum: what is told twice is told alike, each date, number, amount is a fact."""

import random
import re
import uuid
from collections import Counter
from datetime import date, time, timedelta
from decimal import Decimal
from itertools import combinations

import pytest
from django.template.loader import render_to_string
from django.test import Client

from alur.periksa import broken_invariants
from alur.services.acara import advance_musrenbang
from berita_acara.dokumen.cetakan import cetakan_content, cetakan_xlsx, stale_papers
from berita_acara.dokumen.kinds import CETAKAN
from berita_acara.queries import kop_of, latest_berita_acara
from berita_acara.services.adendum import approve_adendum
from berita_acara.services.issue import issue_berita_acara, issue_dokumen
from berita_acara.services.undangan import issue_changes, issue_undangan
from delegasi.services import add_delegat, replace_delegat
from musrenbang import format as tulis
from musrenbang.cetakan import today
from musrenbang.models import Dokumen, Musrenbang, Pejabat
from musrenbang.sidang.models import PerubahanUndangan, Sidang, TerbitanUndangan, Undangan
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from rkp.models import SEPAKAT, BarisRkp, BarisVersi, DanaProgram, RkpVersi, SumberBaris
from rkp.prioritas.engine.published import compute
from rkp.prioritas.models import Calon, Pemeringkatan
from rkp.prioritas.presets import preset
from rkp.prioritas.queries import input
from rkp.prioritas.queries.board import board
from rkp.prioritas.queries.candidates import list_peserta, rows_outside
from rkp.prioritas.services import peringkat, ties
from rkp.prioritas.services.candidates import add_candidate, save_values
from rkp.prioritas.sources import split_amount
from rkp.queries.baris import official_version
from rkp.services.keputusan import decide_baris
from tests.berita_acara.test_agreement import _after_the_day, _decide, _proposals, _sheet
from tests.berita_acara.test_surat import invite
from tests.conftest import KURSI, WAKIL_CAMAT, content_putusan, record_attendance
from tests.papers import words
from tindak_lanjut.models import Adendum, Pengiriman, Penyampaian, Pilahan
from tindak_lanjut.queries.kabar import village_digest
from tindak_lanjut.services.adendum import amend_baris, digest_of, open_adendum
from usulan.models import Usulan

pytestmark = pytest.mark.django_db
SEMULA, SIDANG = date(2026, 2, 23), date(2026, 3, 2)
UNDANGAN = {"undangan", "perubahan_undangan", "tanda_terima"}
BULAN = "Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Desember"
TANGGAL = re.compile(rf"\b(\d{{1,2}} (?:{BULAN}) 20\d\d)")
NOMOR = re.compile(r"\d{3}/\d{3}/[A-Z]+-[A-Z]+/[IVX]+/20\d\d")
RUPIAH = re.compile(r"(?<![\d.,/])(\d{1,3}(?:\.\d{3}){2,})(?![\d.])")


class Occurrence:
    """The event, led by a seed; each step ends at a stage that is looked at."""

    def __init__(self, benih, acara, pemeran, pindah, buku, jam):
        self.acak, self.acara, self.orang = random.Random(benih), acara, pemeran
        self.pindah, self.buku, self.jam = pindah, buku, jam
        self.sekcam, self.pindah_hari = pemeran["pak_sekcam"], benih % 2 == 0

    def invite(self):
        """Invitations; then the day moves, and those invited are told."""
        self.jam.move_to("2026-01-28 09:00+08:00", tick=False)
        Sidang.objects.update_or_create(musrenbang=self.acara, defaults={"kuorum_desa": 0})
        for nama in ("Siti Aminah, S.Sos.", "Lalu Ahmad")[: self.acak.randint(1, 2)]:
            invite(self.acara, self.sekcam, nama)
        issue_undangan(musrenbang=self.acara, by=self.sekcam)
        _proposals(self.acara, self.orang["bu_pmd"], self.pindah, self.buku, self.acak)
        if self.pindah_hari:
            self.jam.move_to("2026-02-05 09:00+08:00", tick=False)
            Musrenbang.objects.filter(pk=self.acara.pk).update(tanggal=SIDANG, jam_mulai=time(13, 0))
            self.acara.refresh_from_db()
            issue_changes(musrenbang=self.acara, by=self.sekcam)

    def meet(self):
        """The day: those present, decisions, two programmes that want the same works."""
        day_name = self.acara.tanggal
        self.jam.move_to(f"{day_name:%Y-%m-%d} 14:00+08:00", tick=False)
        self.pindah(self.acara, Tahap.PLENO)
        self.hadir = [(k, record_attendance(self.acara, self.sekcam, n, u, sex)) for k, n, u, sex in KURSI]
        self.tamu = [
            record_attendance(self.acara, self.sekcam, f"Warga {i}", self.acak.choice(["bpd", "lpm"]), "PL"[i % 2])
            for i in range(self.acak.randint(1, 6))
        ]
        _decide(self.acara, self.orang["pemandu"], self.acak)
        self._reserve()
        advance_musrenbang(musrenbang=self.acara, dari=Tahap.PLENO, ke=Tahap.PRIORITAS, by=self.sekcam)
        for rank in self.acak.sample([self._by_orders, self._by_scores], 2):
            rank()

    def _reserve(self):
        """One work is in reserve only because of a ceiling: other money may pay it."""
        b = self.acak.choice(list(BarisRkp.objects.filter(rkp__musrenbang=self.acara, keputusan="disepakati")))
        content = {"keputusan": "cadangan", "alasan_kode": "melampaui_pagu", "alasan": "Pagu tidak cukup."}
        decide_baris(baris=b, by=self.orang["pemandu"], **content_putusan(b, **content))

    def _open(self, kode, nama):
        jumlah = sum(b.biaya or 0 for b in BarisRkp.objects.filter(rkp__musrenbang=self.acara, keputusan__in=SEPAKAT))
        pagu = max(jumlah * self.acak.randint(2, 6) // 10 // 1_000_000, 1) * 1_000_000
        aturan = {"sumber_dibayar": [], "kebijakan_sisa": self.acak.choice(["berhenti", "lewati", "parsial"])}
        aturan = preset(kode) | aturan | ({"syarat_rpjm_desa": False} if kode == "p2spp" else {})
        content = {"kode": kode, "nama": nama, "pagu": pagu, "dasar_hukum": "", "aturan": aturan}
        return peringkat.open_pemeringkatan(musrenbang=self.acara, by=self.sekcam, **content)

    def _by_orders(self):
        p = self._open("p2spp", "Program Partisipatif")
        everything = list(rows_outside(p).values_list("pk", flat=True))
        add_candidate(pemeringkatan=p, by=self.sekcam, baris=everything, daftar="", sumber="APBN-BLM")
        eligible = [c.calon.baris_id for c in list_peserta(p) if c.layak]
        for nama in ("Kelompok 1", "Kelompok 2"):
            urutan = self.acak.sample(eligible, len(eligible))
            peringkat.save_ordering(pemeringkatan=p, by=self.sekcam, daftar="", nama=nama, urutan=urutan, versi=0)
        self._fix(p)

    def _by_scores(self):
        p = self._open("piwk", "Pagu Indikatif")
        peserta = [c for c in list_peserta(p) if c.layak]
        kriteria = input.kriteria_of(p)
        sel = {(c.calon.pk, k["kode"]): (None, Decimal(self.acak.randint(1, 5))) for c in peserta for k in kriteria}
        save_values(pemeringkatan=p, by=self.sekcam, cell=sel)
        self._fix(p)

    def _fix(self, p):
        Calon.objects.filter(pemeringkatan=p).update(penutup="Swadaya desa")
        for _ in range(20):
            boards = board(p)
            if not boards.seri:
                break
            order = {boards.keyed_by_code[k].calon.baris_id: i for i, k in enumerate(boards.seri[0], 1)}
            ties.settle_tie(pemeringkatan=p, by=self.sekcam, urut=order, alasan="Musyawarah.")
        peringkat.fix_pemeringkatan(pemeringkatan=p, by=self.sekcam)

    def sign(self):
        """Delegates, the record, the mandate of the day after by a new Camat; one delegate is replaced, and it again."""
        acara, by = self.acara, self.sekcam
        advance_musrenbang(musrenbang=acara, dari=Tahap.PRIORITAS, ke=Tahap.DELEGASI, by=by)
        for kursi, person in self.hadir:
            add_delegat(
                musrenbang=acara, kehadiran=person, unsur=kursi, kunci=uuid.uuid4(), by=by, alasan_unsur=WAKIL_CAMAT
            )
        advance_musrenbang(musrenbang=acara, dari=Tahap.DELEGASI, ke=Tahap.PENANDATANGANAN, by=by)
        Pejabat.objects.create(kecamatan=acara.kecamatan, cara="camat", nama="Pak Camat Lama", sampai=acara.tanggal)
        tomorrow = acara.tanggal.replace(day=acara.tanggal.day + 1)
        Pejabat.objects.create(kecamatan=acara.kecamatan, cara="plt", nama="Bu Camat Baru, S.IP.", mulai=tomorrow)
        self.jam.move_to(f"{tomorrow:%Y-%m-%d} 09:00+08:00", tick=False)
        issue_berita_acara(musrenbang=acara, by=by)
        issue_dokumen(musrenbang=acara, jenis="surat_mandat", by=by)
        replaced = acara.delegat.get(nama="Yusran Tokoh")
        replace_delegat(
            delegat=replaced, substitute=self.tamu[0], by=by, alasan="Sakit keras.", alasan_unsur="Disepakati."
        )
        issue_berita_acara(musrenbang=acara, by=by)
        issue_dokumen(musrenbang=acara, jenis="surat_mandat", by=by)

    def hand_over(self):
        """Approved, handed over, received, sorted, sent."""
        self.jam.move_to("2026-03-09 09:00+08:00", tick=False)
        _after_the_day(self.acara, self.orang)

    def amend(self):
        """A wording is corrected after Bappeda took the plan in."""
        self.jam.move_to("2026-03-16 09:00+08:00", tick=False)
        acara, by = self.acara, self.sekcam
        a = open_adendum(musrenbang=acara, by=by, sebab="Nama dusun salah ketik.")
        b = BarisRkp.objects.filter(rkp__musrenbang=acara, keputusan__in=SEPAKAT).order_by("nomor").last()
        nama = ("kegiatan", "program", "prioritas_daerah", "sasaran_daerah", "sasaran")
        content = {n: getattr(b, n) for n in nama} | {"lokasi": "Dusun Betul"}
        amend_baris(adendum=a, baris=b, dilihat=0, by=by, sebab="Salah ketik.", **content)
        approve_adendum(adendum=a, dilihat=digest_of(list(a.butir.all())), by=self.orang["pak_camat"])
        self.diubah = b.nomor


# --- what a paper says


def papers(acara):
    """Every kind as it would come out now, and every numbered one as it went out: {(kind, part, number): (words, data)}."""
    result, general = {}, {"kop": kop_of(acara), "logo": None}
    for jenis, c in ((j, c) for j, c in CETAKAN.items() if not c.pokok):
        try:
            bagian = [b for b, _ in c.bagian(acara)] if c.bagian else [""]
            for b in bagian:
                content = cetakan_content(jenis, acara, b)
                result[jenis, b, ""] = words(render_to_string(c.template, content | general | {"nomor": ""})), content
        except Refused:
            continue
    for d in Dokumen.objects.filter(musrenbang=acara).exclude(nomor=""):
        template = CETAKAN[d.jenis].template
        result[d.jenis, d.bagian, d.nomor] = (
            words(render_to_string(template, general | d.isi | {"nomor": d.nomor})),
            d.isi,
        )
    return result


def known_dates(acara, jenis, nomor):
    """The dates that a paper of a kind may name."""
    zona = acara.kecamatan.kabupaten.tz
    allowed = {acara.tanggal, acara.tanggal - timedelta(days=7), date(acara.tahun_pelaksanaan, 12, 31), today(acara)}
    issued = Dokumen.objects.filter(musrenbang=acara)
    allowed |= set(issued.exclude(tanggal=None).values_list("tanggal", flat=True))
    allowed |= {v.dibuat_pada.astimezone(zona).date() for v in RkpVersi.objects.filter(rkp__musrenbang=acara)}
    allowed |= {p.pada.astimezone(zona).date() for p in Penyampaian.objects.filter(musrenbang=acara)}
    allowed |= set(Pengiriman.objects.filter(musrenbang=acara).values_list("batas", flat=True))
    if jenis in UNDANGAN:
        allowed |= {SEMULA, *TerbitanUndangan.objects.values_list("tanggal", flat=True)}
    return {tulis.date_text(d) for d in allowed}


def known_numbers(acara):
    surat = Dokumen.objects.filter(musrenbang=acara), Undangan.objects, PerubahanUndangan.objects
    return {nomor for one in surat for nomor in one.values_list("nomor", flat=True)}


def known_amounts(acara):
    """Every amount that can be said of the event: of works, of their sums in any grouping, of programmes."""
    money, bersama = set(), ["", *acara.kecamatan.desa_set.values_list("kode", flat=True)]
    versi = list(BarisVersi.objects.filter(rkp_versi__rkp__musrenbang=acara))
    dana = dict(DanaProgram.objects.filter(baris__rkp__musrenbang=acara).values_list("baris", "jumlah"))
    diminta = dict(Pilahan.objects.filter(musrenbang=acara).values_list("baris__asal_baris", "diminta"))
    for b in versi:
        remainder = max((b.biaya or 0) - dana.get(b.asal_baris_id, 0), 0)
        money |= {b.biaya, dana.get(b.asal_baris_id), remainder, diminta.get(b.asal_baris_id)}
    money |= {u.biaya for u in Usulan.objects.filter(musrenbang=acara)}
    money |= {b.biaya_semula for b in BarisRkp.objects.filter(rkp__musrenbang=acara)}
    kolom = ("bidang_id", "skpd_id", "desa_id", "sumber_dana_id", "program", "prioritas_daerah")
    for nomor in {b.rkp_versi_id for b in versi}:
        own = [b for b in versi if b.rkp_versi_id == nomor and b.keputusan != "digabung"]
        for nature in ((), *((k,) for k in kolom), *combinations(kolom, 2)):
            for agreed in (True, False):
                for nilai in (
                    lambda b: b.biaya or 0,
                    lambda b: dana.get(b.asal_baris_id, 0),
                    lambda b: diminta.get(b.asal_baris_id) or 0,
                    lambda b: max((b.biaya or 0) - dana.get(b.asal_baris_id, 0), 0),
                ):
                    per = Counter()
                    for b in own:
                        keputusan = "sepakat" if b.keputusan in SEPAKAT else b.keputusan
                        per[keputusan if agreed else "", *(getattr(b, k) for k in nature)] += nilai(b)
                    money |= set(per.values())
        for bagian in [b.parts(b.biaya) for b in own], [b.parts(b.biaya) for b in own if b.keputusan in SEPAKAT]:
            money |= {sum(x.rp or 0 for one in bagian for x in one if x.kode == k) for k in bersama}
    per_desa = Counter()
    for u in Usulan.objects.filter(musrenbang=acara):
        per_desa[u.desa_id] += u.biaya or 0
    money |= {*per_desa.values(), per_desa.total(), sum(dana.values())}
    for p in Pemeringkatan.objects.filter(musrenbang=acara).exclude(hasil=None):
        money |= {p.pagu, *p.hasil["ringkasan"].values(), *(n for _, n in split_amount(p.pagu, p.aturan["sumber"]))}
        for column in zip(*((d["sisa_sesudah"], d["didanai"], d["biaya"]) for d in p.hasil["pendanaan"]), strict=True):
            money |= {*column, sum(column)}
    return {tulis.thousands(n) for n in money if n}


def no_strangers(acara):
    nomor, money = known_numbers(acara), known_amounts(acara)
    for (jenis, bagian, issued), (kata, _) in papers(acara).items():
        what = (acara.tahap, jenis, bagian, issued)
        assert set(TANGGAL.findall(kata)) <= known_dates(acara, jenis, issued), what
        assert set(NOMOR.findall(kata)) <= nomor, what
        assert set(RUPIAH.findall(kata)) <= money, what
    general = words(Client().get(f"/publik/{acara.slug}/").content.decode())
    assert set(RUPIAH.findall(general)) <= money
    assert set(TANGGAL.findall(general)) <= known_dates(acara, "", "")


# --- what is told in many places


def truth_of_money(acara):
    """{number: rupiah of programmes}, computed anew from what was published; no work twice."""
    per = Counter()
    for p in Pemeringkatan.objects.filter(musrenbang=acara, status="ditetapkan"):
        for d in compute(p.masukan)["pendanaan"]:
            if d["didanai"]:
                assert int(d["kode"]) not in per, "two programmes pay one work"
                per[int(d["kode"])] = d["didanai"]
    return dict(per)


def money_is_told_alike(acara, masuk):
    dana, versi = truth_of_money(acara), official_version(acara)
    baris = {b.nomor: b for b in versi.baris.exclude(keputusan="digabung")}
    agreed = {n: amount_words for n, amount_words in dana.items() if baris[n].keputusan in SEPAKAT}
    for jenis in ("rkp", "prioritas_skpd", "durkp"):
        data = cetakan_content(jenis, acara)["isi"]
        assert {b["nomor"]: b["dana_rp"] for k in data["kelompok"] for b in k["baris"] if b["dana_rp"]} == agreed
        assert data["dana"]["rp"] == sum(agreed.values())
        lembar = _sheet(cetakan_xlsx(jenis, acara))
        kolom = next(k for k in lembar[0] if "upiah dari" in k)
        assert sum(b[kolom] or 0 for b in lembar) == sum(agreed.values()), jenis
    other = cetakan_content("belum_disepakati", acara)["isi"]
    own = {b["nomor"]: b["dana_rp"] for b in (*other["cadangan"], *other["belum"]) if b["dana_rp"]}
    assert own == {n: amount_words for n, amount_words in dana.items() if n not in agreed}
    opened = Client().get(f"/publik/{acara.slug}/data.json").json()["kegiatan"]
    assert {b["nomor"]: b["jumlah_program"] for b in opened if b["jumlah_program"]} == dana
    general = words(Client().get(f"/publik/{acara.slug}/").content.decode())
    assert not dana or f"sudah mendanai {len(dana)} kegiatan" in general
    lampiran = cetakan_content("prioritas_program", acara)["isi"]["program"]
    assert {
        u["nomor"]: u["didanai"] for p in lampiran for d in p["daftar"] for u in d["urutan"] if u["didanai"]
    } == dana
    assert sum(p["didanai"] for p in lampiran) == sum(dana.values())
    lembar = _sheet(cetakan_xlsx("prioritas_program", acara))
    assert {b["No. RKP"]: b["Didanai (Rp)"] for b in lembar if b["Didanai (Rp)"]} == dana
    sekcam = masuk("pak_sekcam")
    for p in Pemeringkatan.objects.filter(musrenbang=acara):
        url = f"/m/{acara.slug}/rkp/prioritas/{p.kode}/"
        assert sekcam.get(url + "hasil.json").json() == p.hasil
        own = {int(d["kode"]): d["didanai"] for d in p.hasil["pendanaan"] if d["didanai"]}
        halaman = words(sekcam.get(url).content.decode())
        assert all(
            f"No. {n} " in halaman and tulis.rupiah(amount_words).replace("\xa0", " ") in halaman
            for n, amount_words in own.items()
        )
        xlsx = _sheet(sekcam.get(url + "unduh/prioritas/").content)
        assert {b["No. RKP"]: b["Didanai (Rp)"] for b in xlsx if b["Didanai (Rp)"]} == own
    _desa_and_skpd_know(acara, dana, baris)


def _desa_and_skpd_know(acara, dana, baris):
    kabar = village_digest(acara, acara.kecamatan.desa_set.all())
    asal = SumberBaris.objects.filter(usulan__musrenbang=acara).select_related("baris__digabung_ke")
    sumber = {s.usulan_id: s.baris.digabung_ke or s.baris for s in asal}
    for k in (k for own in kabar.values() for k in own):
        b = sumber[k.usulan.pk]
        assert bool(k.dana) == (b.nomor in dana), "the desa reads who pays"
        if b.nomor in dana:
            assert tulis.rupiah(dana[b.nomor]) in k.dana
    for p in Pilahan.objects.filter(musrenbang=acara).select_related("baris"):
        full = dana.get(p.baris.nomor, 0) >= (p.baris.biaya or 0)
        assert (p.status == "didanai") == full
        assert p.diminta == (0 if full else p.baris.biaya - dana.get(p.baris.nomor, 0))


def people_are_told_alike(acara, masuk):
    hadir = list(acara.kehadiran.all())
    data, lembar = (
        cetakan_content("daftar_hadir", acara)["isi"],
        _sheet(cetakan_xlsx("daftar_hadir", acara)),
    )
    assert data["jumlah"] == len(data["daftar"]) == len(lembar) == len(hadir)
    assert Counter(h.get_unsur_display() for h in hadir) == {u["nama"]: u["jumlah"] for u in data["unsur"]}
    assert (data["laki"], data["perempuan"]) == tuple(sum(h.jenis_kelamin == x for h in hadir) for x in "LP")
    assert f"dihadiri {len(hadir)} orang" in words(Client().get(f"/publik/{acara.slug}/").content.decode())
    if not (minutes_paper := latest_berita_acara(acara)):
        return
    assert minutes_paper.isi["hadir"]["jumlah"] == len(hadir)
    delegasi = [d["nama"] for d in cetakan_content("daftar_delegasi", acara)["isi"]["daftar"]]
    mandat = Dokumen.objects.filter(musrenbang=acara, jenis="surat_mandat").first()
    assert delegasi == [d["nama"] for d in minutes_paper.isi["delegasi"]["daftar"]]
    assert delegasi == [d["nama"] for d in mandat.isi["isi"]["daftar"]]
    assert delegasi == [b["Nama"] for b in _sheet(cetakan_xlsx("daftar_delegasi", acara))]
    halaman = words(masuk("pak_sekcam").get(f"/m/{acara.slug}/delegasi/").content.decode())
    assert all(n in halaman for n in delegasi)
    for d in Dokumen.objects.filter(musrenbang=acara).exclude(nomor=""):
        camat = next(t for t in d.penanda_tangan if t["peran"] == "camat")
        lama = d.tanggal <= acara.tanggal
        assert camat["nama"] == ("Pak Camat Lama" if lama else "Bu Camat Baru, S.IP."), (d.jenis, d.tanggal)
        assert camat["jabatan"].startswith("Camat" if lama else "Plt. Camat")
        assert d.isi["kepala"]["camat"]["nama"] == camat["nama"]
        quote = d.isi["isi"].get("dasar") or d.isi["isi"].get("berita_acara") if d.jenis != "berita_acara" else None
        if quote and quote["nomor"] == minutes_paper.nomor:
            assert quote["tanggal"] == tulis.date_text(acara.tanggal)


def the_addendum_is_told_alike(acara, nomor):
    a = Adendum.objects.get()
    versi = official_version(acara)
    assert (a.surat.isi["isi"]["versi"], a.surat.isi["isi"]["sha256"]) == (versi.nomor, versi.sha256)
    assert [b["nomor"] for b in a.surat.isi["isi"]["baris"]] == [nomor]
    for jenis in ("rkp", "durkp"):
        data = cetakan_content(jenis, acara)["isi"]
        (lokasi,) = [b["lokasi"] for k in data["kelompok"] for b in k["baris"] if b["nomor"] == nomor]
        assert lokasi.endswith("Dusun Betul"), jenis
    opened = {b["nomor"]: b for b in Client().get(f"/publik/{acara.slug}/data.json").json()["kegiatan"]}
    assert opened[nomor]["lokasi"] == "Dusun Betul"
    assert a.surat.nomor in words(Client().get(f"/publik/{acara.slug}/").content.decode())


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_one_event_is_told_alike_wherever_it_is_told(seed, acara, cast, move_event, make_workbook, masuk, time_machine):
    p = Occurrence(seed, acara, cast, move_event, make_workbook, time_machine)
    p.invite()
    assert (acara.tanggal == SEMULA) != p.pindah_hari
    for step in (p.meet, p.sign, p.hand_over, p.amend):
        step()
        no_strangers(acara)
        money_is_told_alike(acara, masuk)
        people_are_told_alike(acara, masuk)
        assert stale_papers(acara) == {}
        assert broken_invariants(acara) == [], step.__name__
    the_addendum_is_told_alike(acara, p.diubah)
