"""A proposal's whole way on one page, in words, for the desa and for everybody."""

import re

from alur.demo.afterwards import send_all
from alur.services.acara import advance_musrenbang
from alur.services.year import open_year
from berita_acara.services.dispatch import send_to_skpd
from musrenbang.models import Musrenbang, Skpd
from musrenbang.states import Tahap
from rkp.models import SumberBaris
from tindak_lanjut.models import Pilahan
from tindak_lanjut.queries.fate import fate
from tindak_lanjut.services.pemilahan import choose_skpd
from tindak_lanjut.services.tanggapan import answer_work
from usulan.models import Usulan
from usulan.services.without_file import repeat_usulan

NAMA = "Rehabilitasi irigasi tersier"
PU, LAIN = "Dinas Pekerjaan Umum dan Penataan Ruang", "Dinas Pertanian"


def kata(usulan):
    return [re.sub(r"[\d.]+/\d+/US-MRB/\w+/\d+", "N", x.kalimat.replace("\u00a0", " ")) for x in fate(usulan)]


def p_of(acara):
    return Pilahan.objects.select_related("baris", "skpd", "musrenbang").get(musrenbang=acara, baris__kegiatan=NAMA)


def test_from_the_file_to_not_ours_to_the_answer(assigned_event, cast, masuk):
    by, skpd = cast["bu_pmd"], cast["orang_skpd"]
    usulan = Usulan.objects.get(kegiatan=NAMA)
    assert kata(usulan)[-1] == f"Menunggu dikirim kepada {PU}"
    send_all(assigned_event, by)
    assert kata(usulan)[-1].startswith(f"Menunggu jawaban {PU} sampai ")
    answer_work(pilahan=p_of(assigned_event), versi=0, by=skpd, jawaban="tidak_terkait", alasan="Urusan pertanian.")
    assert kata(usulan)[-1] == f"Dipilah lagi, tidak jadi kepada {PU}"
    p = p_of(assigned_event)
    other = Skpd.objects.get(nama=LAIN)
    choose_skpd(pilahan=p, versi=p.versi, by=by, skpd=other)
    send_to_skpd(musrenbang=assigned_event, skpd=other, by=by)
    contents = {"jawaban": "sebagian", "alasan": "Bertahap dua tahun.", "jumlah": 90_000_000}
    answer_work(pilahan=p_of(assigned_event), versi=0, by=skpd, **contents)
    assert kata(usulan)[-10:] == [
        "Ditetapkan pleno dalam RKP versi 1: disepakati",
        "RKP Kecamatan disahkan Camat",
        "RKP Kecamatan disampaikan ke Bappeda",
        "RKP Kecamatan diterima Bappeda",
        f"Ditujukan kepada {PU}",
        f"Dipilah lagi, tidak jadi kepada {PU}",
        f"Ditujukan kepada {LAIN}",
        f"Dikirim kepada {LAIN} dengan surat N",
        f"Surat diterima {LAIN}",
        f"{LAIN} menjawab: diakomodasi sebagian dengan Rp90.000.000",
    ]
    waktu = [x.waktu for x in fate(usulan) if x.waktu]
    assert waktu == sorted(waktu)
    nomor = p_of(assigned_event).baris.nomor
    for html in (
        masuk("operator_desa").get(f"/m/{assigned_event.slug}/usulan/{usulan.pk}/").content.decode(),
        masuk("pak_camat").get(f"/publik/{assigned_event.slug}/{nomor}/").content.decode(),
    ):
        assert f"Dipilah lagi, tidak jadi kepada {PU}" in html
        assert "Urusan pertanian." in html
        assert "Bertahap dua tahun." in html


def test_one_that_was_merged_goes_on_with_the_other(assigned_event, cast):
    induk, anak = Usulan.objects.get(kegiatan=NAMA), Usulan.objects.exclude(kegiatan=NAMA).first()
    Usulan.objects.filter(pk=anak.pk).update(induk=induk, hubungan="sama")
    SumberBaris.objects.filter(usulan=anak).update(baris=induk.sumber_baris.baris)
    anak.refresh_from_db()
    assert kata(anak)[0] == f"Digabung ke usulan {induk.nomor} dari Desa {induk.desa.nama}"
    assert kata(anak)[-1] == kata(induk)[-1] == f"Menunggu dikirim kepada {PU}"
    assert len(set(kata(anak))) == len(kata(anak)), "no step is told twice"


def test_what_was_refused_waits_for_next_year_and_says_when_it_is_asked_again(assigned_event, cast):
    by = cast["bu_pmd"]
    send_all(assigned_event, by)
    content = {"jawaban": "tidak", "alasan": "Pagu Renja habis."}
    answer_work(pilahan=p_of(assigned_event), versi=0, by=cast["orang_skpd"], **content)
    usulan = Usulan.objects.get(kegiatan=NAMA)
    assert kata(usulan)[-1] == "Ditawarkan lagi kepada desa untuk tahun berikutnya"
    pending = Usulan.objects.filter(sumber_baris__baris__keputusan="belum_disepakati").first()
    assert kata(pending)[-1] == "Ditawarkan lagi kepada desa untuk tahun berikutnya"
    assert "RKP Kecamatan disahkan Camat" not in kata(pending)
    advance_musrenbang(musrenbang=assigned_event, dari=Tahap.PEMILAHAN, ke=Tahap.SELESAI, by=cast["pak_sekcam"])
    open_year(kabupaten=assigned_event.kecamatan.kabupaten, tahun=2027, by=cast["bu_bappeda"])
    baru = Musrenbang.objects.get(tahun_pelaksanaan=2027)
    advance_musrenbang(musrenbang=baru, dari=Tahap.DIJADWALKAN, ke=Tahap.PERSIAPAN, by=cast["pak_sekcam"])
    assert repeat_usulan(musrenbang=baru, pilihan=[usulan.pk], by=by) == 1
    assert kata(usulan)[-1] == "Diusulkan lagi untuk rencana tahun 2028"
