"""An issued paper is never rewritten, and a paper is quoted by the date on it."""

import uuid
from datetime import date, time
from io import BytesIO

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from PIL import Image

from alur.services.acara import advance_musrenbang
from berita_acara.dokumen.cetakan import stale_papers
from berita_acara.queries import salinan_of, waiting_salinan
from berita_acara.services.issue import issue_berita_acara, issue_dokumen, print_dokumen
from berita_acara.services.salinan import accept_salinan, upload_salinan
from berita_acara.services.undangan import issue_changes, issue_undangan
from berita_acara.syarat import cover_letter_issued, salinan_present, surat_consistent
from musrenbang.akun.services.akun import create_account
from musrenbang.akun.services.pengguna import remove_peran, rename_pengguna
from musrenbang.keeper import read_dokumen
from musrenbang.models import Dokumen, JejakAudit, Keanggotaan, Musrenbang, Pejabat
from musrenbang.persiapan.services.tim import remove_member, save_decree
from musrenbang.queries import signer_of
from musrenbang.sidang import syarat
from musrenbang.sidang.models import PerubahanUndangan, TerbitanUndangan, Undangan
from musrenbang.sidang.services.undangan import save_undangan, track_undangan
from musrenbang.states import Peran, Tahap
from musrenbang.transisi import Refused
from rkp.models import RkpVersi
from tests.berita_acara.test_dokumen import text
from tests.conftest import uploaded_salinan

pytestmark = pytest.mark.django_db


def invite(acara, by, nama, **change):
    content = {
        "nama": nama,
        "jabatan": "",
        "unsur": "tokoh",
        "lembaga": "Warga",
        "desa": None,
        "jenis_kelamin": "L",
        "usia": None,
        "alamat": "",
    }
    return save_undangan(musrenbang=acara, by=by, undangan=None, **content | change)


@pytest.fixture
def invited_people(acara, cast):
    """Two invited by letters of 28 January, one invited later by a letter of 3 February."""
    by = cast["bu_pmd"]
    for nama in ("Siti Aminah", "Lalu Ahmad"):
        invite(acara, by, nama)
    issue_undangan(musrenbang=acara, by=by, tanggal=date(2026, 1, 28))
    invite(acara, by, "Baiq Rohani")
    issue_undangan(musrenbang=acara, by=by, tanggal=date(2026, 2, 3))
    return list(Undangan.objects.order_by("pk"))


def move_day(acara, day_name=date(2026, 3, 2)):
    Musrenbang.objects.filter(pk=acara.pk).update(tanggal=day_name, jam_mulai=time(13, 0))
    acara.refresh_from_db()


def test_number_and_date_of_an_invitation_are_those_on_it(acara, invited_people, masuk):
    assert [u.nomor for u in invited_people] == [
        "000.7.1.4/001/UND-MRB/I/2026",
        "000.7.1.4/002/UND-MRB/I/2026",
        "000.7.1.4/003/UND-MRB/II/2026",
    ]
    kata = text(masuk("bu_pmd").get(f"/m/{acara.slug}/berita-acara/undangan/{invited_people[0].pk}.pdf").content)
    assert "Sikur, 28 Januari 2026" in kata
    track_undangan(
        musrenbang=acara,
        by=invited_people[0].terbitan.oleh,
        pilihan=[invited_people[0].pk],
        kolom="dikirim_pada",
        tanggal=date(2026, 2, 5),
    )
    kata = text(masuk("bu_pmd").get(f"/m/{acara.slug}/berita-acara/undangan/{invited_people[0].pk}.pdf").content)
    assert "Sikur, 28 Januari 2026" in kata, "the day it was sent is not the date on it"


def test_an_issued_invitation_keeps_what_it_said(acara, invited_people, masuk):
    client = masuk("bu_pmd")
    move_day(acara)
    Undangan.objects.filter(pk=invited_people[0].pk).update(nama="Orang Lain")
    for url in (f"undangan/{invited_people[0].pk}.pdf", "cetak/undangan.pdf"):
        kata = text(client.get(f"/m/{acara.slug}/berita-acara/{url}").content)
        assert "Senin, 23 Februari 2026" in kata
        assert "2 Maret" not in kata
        assert "Siti Aminah" in kata
    with pytest.raises(DatabaseError, match="tidak dapat diubah"), transaction.atomic():
        TerbitanUndangan.objects.update(tanggal=date(2026, 1, 1))


def test_a_moved_day_asks_for_letters_of_change_with_their_own_numbers(acara, invited_people, masuk, cast):
    client, by = masuk("bu_pmd"), cast["bu_pmd"]
    assert syarat.undangan_consistent(acara) == []
    move_day(acara)
    missing = [k.text for k in syarat.undangan_consistent(acara)]
    assert [k.split(" tidak")[0] for k in missing] == [
        "2 undangan tanggal 28 Januari 2026",
        "1 undangan tanggal 3 Februari 2026",
    ]
    halaman = client.get(f"/m/{acara.slug}/undangan/").content.decode()
    assert "semula Senin, 23 Februari 2026, sekarang" in halaman
    client.post(f"/m/{acara.slug}/berita-acara/undangan/perubahan/", {"tanggal": "2026-02-10"})
    assert [p.nomor for p in PerubahanUndangan.objects.order_by("pk")] == [
        f"000.7.1.4/{i:03d}/PUND-MRB/II/2026" for i in (1, 2, 3)
    ]
    assert syarat.undangan_consistent(acara) == []
    one = PerubahanUndangan.objects.get(undangan=invited_people[2])
    kata = text(client.get(f"/m/{acara.slug}/berita-acara/undangan/perubahan/{one.pk}.pdf").content)
    for cut in (
        one.nomor,
        "Sikur, 10 Februari 2026",
        "000.7.1.4/003/UND-MRB/II/2026",
        "3 Februari 2026",
        "Senin, 23 Februari 2026",
        "Senin, 2 Maret 2026",
        "13.00 WITA",
        "Baiq Rohani",
    ):
        assert cut in kata
    assert invited_people[2].kode in kata.replace(" ", ""), "the reader of the PDF puts a space between some letters"
    with pytest.raises(Refused, match="masih sesuai"):
        issue_changes(musrenbang=acara, by=by)


def test_a_letter_of_an_older_release_does_not_pass_for_the_one_that_went_out(acara, invited_people, masuk):
    """It was numbered without its content being kept: printed today it says today's day, and says that it does."""
    Undangan.objects.filter(pk=invited_people[2].pk).update(terbitan=None)
    move_day(acara)
    client = masuk("bu_pmd")
    lama, baru = (
        text(client.get(f"/m/{acara.slug}/berita-acara/undangan/{invited_people[i].pk}.pdf").content) for i in (2, 0)
    )
    assert "2 Maret 2026" in lama
    assert "Isi surat bernomor ini saat diterbitkan tidak tersimpan" in lama
    assert "tidak tersimpan" not in baru
    missing = [k for k in syarat.undangan_consistent(acara) if "versi program yang lama" in k.text]
    assert [(k.text[:10], k.wajib) for k in missing] == [("1 undangan", False)]


def test_who_got_which_letter_is_tracked(acara, invited_people, cast, masuk):
    by, pilihan = cast["bu_pmd"], [u.pk for u in invited_people]
    day_name = date(2026, 2, 5)
    track_undangan(musrenbang=acara, by=by, pilihan=pilihan, kolom="diterima_pada", tanggal=day_name)
    assert syarat.undangan_sent(acara) == []
    move_day(acara)
    issue_changes(musrenbang=acara, by=by, tanggal=date(2026, 2, 10))
    assert syarat.undangan_sent(acara)[0].text.startswith("3 undangan belum dikirim")
    track_undangan(musrenbang=acara, by=by, pilihan=pilihan[:1], kolom="dikirim_pada", tanggal=date(2026, 2, 11))
    assert Undangan.objects.get(pk=pilihan[0]).dikirim_pada == day_name
    assert PerubahanUndangan.objects.get(undangan=pilihan[0]).dikirim_pada == date(2026, 2, 11)
    halaman = masuk("bu_pmd").get(f"/m/{acara.slug}/undangan/?keadaan=belum_dikirim").content.decode()
    assert "Siti Aminah" not in halaman
    assert "Lalu Ahmad" in halaman


def test_only_those_are_told_whom_it_concerns(acara, invited_people, cast):
    other = Undangan.objects.get(pk=invited_people[1].pk)
    content = {k: getattr(other, k) for k in ("jabatan", "unsur", "lembaga", "desa", "jenis_kelamin", "usia", "alamat")}
    save_undangan(
        musrenbang=acara, by=cast["bu_pmd"], undangan=other, versi=other.versi, nama="H. Lalu Ahmad", **content
    )
    assert issue_changes(musrenbang=acara, by=cast["bu_pmd"]) == 1
    surat = PerubahanUndangan.objects.get().terbitan.isi["surat"][str(other.pk)]
    assert surat["beda"] == [
        {"apa": "Ditujukan kepada", "semula": "Lalu Ahmad, Warga", "menjadi": "H. Lalu Ahmad, Warga"}
    ]


# --- numbered papers


def test_the_mandate_dates_the_record_as_the_record_does(ready_to_issue, cast):
    """The meeting was on 23 February; the record is issued on another day and is of that day nevertheless."""
    by = cast["pak_sekcam"]
    minutes_paper = issue_berita_acara(musrenbang=ready_to_issue, by=by)
    mandat = issue_dokumen(musrenbang=ready_to_issue, jenis="surat_mandat", by=by)
    assert minutes_paper.tanggal == ready_to_issue.tanggal != mandat.tanggal
    assert mandat.isi["isi"]["dasar"] == {"nomor": minutes_paper.nomor, "tanggal": "23 Februari 2026"}
    assert minutes_paper.nomor == "000.7.2/001/BA-MRB/II/2026"


def test_month_and_year_of_a_number_are_those_of_the_letter(ready_to_issue, cast, time_machine):
    time_machine.move_to("2027-01-02 09:00+08:00", tick=False)
    surat = issue_dokumen(musrenbang=ready_to_issue, jenis="surat_mandat", by=cast["pak_sekcam"])
    assert (surat.nomor, surat.tanggal) == ("000.7.1.4/001/SM-MRB/I/2027", date(2027, 1, 2))
    assert surat.isi["tanggal_surat"] == "2 Januari 2027"


def test_a_letter_whose_facts_changed_says_so_and_its_successor_names_it(ready_to_issue, cast, masuk):
    by, client = cast["pak_sekcam"], masuk("pak_sekcam")
    lama = issue_dokumen(musrenbang=ready_to_issue, jenis="surat_mandat", by=by)
    assert stale_papers(ready_to_issue) == {}
    ready_to_issue.delegat.filter(nama="Yusran Tokoh").update(nama="Karim Pengganti")
    assert stale_papers(ready_to_issue) == {("surat_mandat", ""): ["susunan delegasi"]}
    assert lama.nomor in surat_consistent(ready_to_issue)[0].text
    url = f"/m/{ready_to_issue.slug}/berita-acara/"
    halaman = client.get(url).content.decode()
    assert "tidak lagi sesuai" in halaman
    assert "Terbitkan pengganti" in halaman
    kata = text(client.get(url + "cetak/surat_mandat.pdf").content)
    assert "Yusran Tokoh" in kata
    assert "Karim" not in kata
    draft = text(client.get(url + "cetak/surat_mandat.pdf?draf=1").content)
    assert "DRAF" in draft
    assert "Karim Pengganti" in draft
    baru = issue_dokumen(musrenbang=ready_to_issue, jenis="surat_mandat", by=by)
    assert f"menggantikan surat mandat nomor {lama.nomor}" in text(read_dokumen(baru))
    assert stale_papers(ready_to_issue) == {}
    assert "Yusran Tokoh" in text(read_dokumen(lama))


def test_a_package_does_not_leave_with_a_letter_that_no_longer_fits(ready_to_issue, cast):
    by = cast["pak_sekcam"]
    issue_berita_acara(musrenbang=ready_to_issue, by=by)
    uploaded_salinan(ready_to_issue, by)
    advance_musrenbang(musrenbang=ready_to_issue, dari="penandatanganan", ke="finalisasi", by=by)
    advance_musrenbang(musrenbang=ready_to_issue, dari="finalisasi", ke="disahkan", by=cast["pak_camat"])
    surat = issue_dokumen(musrenbang=ready_to_issue, jenis="pengantar_bappeda", by=by)
    assert cover_letter_issued(ready_to_issue) == []
    Musrenbang.objects.filter(pk=ready_to_issue.pk).update(tempat="Gedung Serbaguna")
    ready_to_issue.refresh_from_db()
    (missing,) = cover_letter_issued(ready_to_issue)
    assert missing.wajib
    assert surat.nomor in missing.text


def test_a_decision_about_the_team_stays_as_it_was_printed(acara, tim, cast, masuk):
    by, client = cast["pak_sekcam"], masuk("pak_sekcam")
    url = f"/m/{acara.slug}/berita-acara/"
    other = {"pembekalan_tanggal": None, "pembekalan_tempat": "", "pembekalan_catatan": ""}
    decree = save_decree(musrenbang=acara, by=by, versi=1, nomor="", tanggal=date(2026, 1, 20), **other)
    assert "Bu Pmd" in text(client.get(url + "cetak/sk_tim.pdf").content)
    remove_member(anggota=acara.tim.get(nama="Bu Pmd"), by=by)
    assert "Bu Pmd" in text(client.get(url + "cetak/sk_tim.pdf").content), "the decision that went out"
    assert stale_papers(acara) == {("sk_tim", ""): ["susunan tim"]}
    assert "keputusan perubahannya nomor dan tanggal" in client.get(url).content.decode()
    save_decree(musrenbang=acara, by=by, versi=2, nomor="141/002/SK-MRB/II/2026", tanggal=date(2026, 2, 2), **other)
    kata = text(client.get(url + "cetak/sk_tim.pdf").content)
    assert "Bu Pmd" not in kata
    revoked = f"Keputusan Camat nomor {decree.nomor} tanggal 20 Januari 2026 dicabut dan dinyatakan tidak berlaku"
    assert revoked.replace(" ", "") in kata.replace(" ", ""), "a line may end after the stroke of a number"
    assert Dokumen.objects.get(nomor=decree.nomor).tanggal == date(2026, 1, 20)


# --- who signs


def signature(dokumen):
    return dokumen.penanda_tangan[0]["nama"], dokumen.penanda_tangan[0]["jabatan"]


def test_plt_plh_and_in_the_name_of_print_as_such(ready_to_issue, cast, masuk, client):
    by, today = cast["pak_sekcam"], date(2026, 2, 23)
    url = f"/m/{ready_to_issue.slug}/berita-acara/penanda-tangan/"
    contents = {"nama": "Dra. Baiq Plt", "nip": "", "jabatan": "", "mulai": "2026-01-01", "sampai": "2026-03-31"}
    assert masuk("pak_sekcam").post(url, contents | {"cara": "plt"}).status_code == 302
    minutes_paper = issue_berita_acara(musrenbang=ready_to_issue, by=by)
    assert signature(minutes_paper) == ("Dra. Baiq Plt", "Plt. Camat Sikur")
    assert "Plt. Camat Sikur, Dra. Baiq Plt" in text(read_dokumen(minutes_paper)).replace("Sikur, Dra", "Sikur, Dra")
    assert signer_of(ready_to_issue.kecamatan, date(2026, 4, 1)).nama == "Pak Camat", "after her time the account"
    an = contents | {"cara": "an", "nama": "Pak Sekcam", "mulai": "2026-06-01", "sampai": ""}
    assert "Isi jabatannya" in masuk("pak_sekcam").post(url, an).content.decode()
    masuk("pak_sekcam").post(url, an | {"jabatan": "Sekretaris Camat"})
    mandat = issue_dokumen(musrenbang=ready_to_issue, jenis="surat_mandat", by=by)
    assert signature(mandat) == ("Pak Sekcam", "a.n. Camat Sikur, Sekretaris Camat")
    kata = text(read_dokumen(mandat))
    assert "a.n. Camat Sikur Sekretaris Camat, Pak Sekcam" in kata
    assert "Dra. Baiq Plt, Plt. Camat Sikur" in client.get(f"/verifikasi/{minutes_paper.kode}/").content.decode()
    assert signer_of(ready_to_issue.kecamatan, today).sebutan == "Plt. Camat Sikur"
    assert (
        "sebelum tanggal mulai"
        in masuk("pak_sekcam").post(url, contents | {"cara": "plh", "sampai": "2025-12-31"}).content.decode()
    )
    assert JejakAudit.objects.filter(aksi="pejabat.ditambah").count() == 2


def test_three_days_of_a_plh_do_not_end_the_camats_own_time(kecamatan, cast):
    for cara, nama, mulai, sampai in (
        ("camat", "Pak Camat", None, None),
        ("plh", "Pak Sekcam", date(2026, 2, 2), date(2026, 2, 4)),
    ):
        Pejabat.objects.create(kecamatan=kecamatan, cara=cara, nama=nama, mulai=mulai, sampai=sampai)
    who = [signer_of(kecamatan, date(2026, 2, h)).sebutan for h in (1, 2, 4, 5)]
    assert who == ["Camat Sikur", "Plh. Camat Sikur", "Plh. Camat Sikur", "Camat Sikur"]


def test_a_new_camat_does_not_sign_what_the_old_one_did(ready_to_issue, cast, kabupaten, time_machine):
    time_machine.move_to("2026-02-24 09:00+08:00", tick=False)
    RkpVersi.objects.update(dibuat_pada=timezone.now())
    by, kecamatan = cast["pak_sekcam"], ready_to_issue.kecamatan
    minutes_paper = issue_berita_acara(musrenbang=ready_to_issue, by=by)
    daftar = print_dokumen(musrenbang=ready_to_issue, jenis="durkp", by=by)
    time_machine.move_to("2026-03-10 09:00+08:00", tick=False)
    create_account(
        kabupaten=kabupaten, by=cast["bu_bappeda"], nama="Bu Camat Baru", peran=Peran.CAMAT, lingkup=kecamatan
    )
    lama = Keanggotaan.objects.get(pengguna=cast["pak_camat"], peran=Peran.CAMAT)
    remove_peran(kabupaten=kabupaten, by=cast["bu_bappeda"], keanggotaan=lama)
    assert signer_of(kecamatan, date(2026, 3, 9)).nama == "Pak Camat"
    assert signer_of(kecamatan, date(2026, 3, 10)).nama == "Bu Camat Baru"
    mandat = issue_dokumen(musrenbang=ready_to_issue, jenis="surat_mandat", by=by)
    assert (signature(mandat)[0], signature(minutes_paper)[0]) == ("Bu Camat Baru", "Pak Camat")
    assert issue_berita_acara(musrenbang=ready_to_issue, by=by).pk == minutes_paper.pk, (
        "it is of the day of the meeting"
    )
    assert print_dokumen(musrenbang=ready_to_issue, jenis="durkp", by=by).pk == daftar.pk
    assert mandat.isi["isi"]["dasar"]["nomor"] == minutes_paper.nomor


def test_a_camat_who_leaves_before_the_next_one_comes(kecamatan, kabupaten, cast, time_machine):
    time_machine.move_to("2026-03-10 09:00+08:00", tick=False)
    bappeda = cast["bu_bappeda"]
    lama = Keanggotaan.objects.get(pengguna=cast["pak_camat"], peran=Peran.CAMAT)
    remove_peran(kabupaten=kabupaten, by=bappeda, keanggotaan=lama)
    time_machine.move_to("2026-03-20 09:00+08:00", tick=False)
    baru = create_account(kabupaten=kabupaten, by=bappeda, nama="Bu Baru", peran=Peran.CAMAT, lingkup=kecamatan)
    assert signer_of(kecamatan, date(2026, 3, 1)).nama == "Pak Camat"
    assert signer_of(kecamatan, date(2026, 3, 21)).nama == "Bu Baru"
    rename_pengguna(kabupaten=kabupaten, by=bappeda, pengguna=baru, nama="Bu Baru, S.IP.", nip="")
    assert signer_of(kecamatan, date(2026, 3, 21)).nama == "Bu Baru, S.IP."


@pytest.mark.parametrize(("nama", "status"), [("pemandu", 403), ("pak_camat", 403), ("orang_luar", 404)])
def test_who_may_not_say_who_signs(nama, status, acara, masuk):
    url = f"/m/{acara.slug}/berita-acara/penanda-tangan/"
    assert masuk(nama).get(url).status_code == status
    assert masuk(nama).post(f"{url}1/hapus/").status_code == status


# --- the signed copy


def photo(n):
    output = BytesIO()
    Image.new("RGB", (60, 80), "white").save(output, "JPEG")
    return [(f"{i}.jpg", output.getvalue()) for i in range(n)]


def test_a_copy_with_other_pages_counts_only_with_a_reason(ready_to_issue, cast, masuk, client):
    by, url = cast["pak_sekcam"], f"/m/{ready_to_issue.slug}/berita-acara/"
    minutes_paper = issue_berita_acara(musrenbang=ready_to_issue, by=by)
    one = upload_salinan(musrenbang=ready_to_issue, by=by, kunci=uuid.uuid4(), berkas=photo(2), putar=[])
    assert (one.halaman, one.diterima, one.selisih) == (2, False, 2 - one.halaman_dokumen)
    assert salinan_of(ready_to_issue) is None
    assert waiting_salinan(ready_to_issue) == one
    (missing,) = salinan_present(ready_to_issue)
    assert f"2 halaman, sedangkan dokumennya {one.halaman_dokumen}" in missing.text
    with pytest.raises(Refused, match="sedangkan dokumennya"):
        advance_musrenbang(
            musrenbang=ready_to_issue, dari=Tahap.PENANDATANGANAN, ke=Tahap.FINALISASI, by=cast["pak_sekcam"]
        )
    person = masuk("pak_sekcam")
    assert "Terima salinan ini, karena" in person.get(url).content.decode()
    assert "dalam satu kalimat" in person.post(url + "salinan/terima/", {"alasan": "x"}, follow=True).content.decode()
    assert masuk("pemandu").post(url + "salinan/terima/", {"alasan": "x" * 20}).status_code == 403
    person.post(url + "salinan/terima/", {"alasan": "Lampiran tidak difoto, hanya tanda tangan."})
    assert salinan_of(ready_to_issue) == one
    assert salinan_present(ready_to_issue) == []
    assert JejakAudit.objects.get(aksi="salinan.diterima").alasan.startswith("Lampiran")
    assert "Lampiran tidak difoto" in person.get(url).content.decode()
    assert "alasan: Lampiran tidak difoto" in client.get(f"/verifikasi/{minutes_paper.kode}/").content.decode()
    with pytest.raises(Refused, match="Tidak ada salinan"):
        accept_salinan(musrenbang=ready_to_issue, by=by, alasan="x" * 20)
