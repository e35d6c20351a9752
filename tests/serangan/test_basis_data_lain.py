"""More of what an owner of the database does: rows beside the chain, hollow guards, signed files, numbers, names."""

import hashlib

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from alur.periksa import broken_invariants
from delegasi.models import Delegat
from musrenbang import audit
from musrenbang.jangkar.baca import origin
from musrenbang.models import Dokumen, JejakAudit, Musrenbang
from musrenbang.pemicu import lifted, missing
from musrenbang.rantai import link
from tests.serangan.pemalsu import TABEL, ganti, jejak, peringkat_lain, rantai_ulang, tanda_ulang

SALINAN = "berita_acara_salinanttd"
PALSU = b"%PDF-1.7 palsu"


def sql(perintah, *isi):
    with connection.cursor() as kursor:
        kursor.execute(perintah, isi)
        return kursor.fetchall() if kursor.description else []


def _bercabang(acara, sebelum, aksi):
    """A row that is whole in itself and hangs on the chain, but is not in it."""
    satu = JejakAudit(
        musrenbang=acara,
        pelaku_id=jejak(acara)[-1].pelaku_id,
        aksi=aksi,
        objek="Pagu",
        alasan="Atas perintah.",
        waktu=jejak(acara)[6].waktu,
        sebelum=sebelum,
    )
    satu.sidik = link(satu, sebelum)
    JejakAudit.objects.bulk_create([satu])
    return satu


def cabang(acara):
    _bercabang(acara, jejak(acara)[5].sidik, "pagu.diubah")


def cabang_panjang(acara):
    _bercabang(acara, _bercabang(acara, jejak(acara)[5].sidik, "pagu.diubah").sidik, "kehadiran.dicatat")


def akar_kedua(acara):
    _bercabang(acara, "", "pagu.diubah")


def _timpa(nama):
    """Write another file in the place of one."""
    default_storage.delete(nama)
    with default_storage.open(nama, "wb") as berkas:
        berkas.write(PALSU)


def salinan_ditukar(acara):
    ((pk, nama),) = sql(f"SELECT id, berkas FROM {SALINAN}")
    _timpa(nama)
    ganti(SALINAN, pk, sha256=hashlib.sha256(PALSU).hexdigest())


def salinan_dibuang(acara):
    sql(f"DELETE FROM {SALINAN}")


def salinan_titipan(acara):
    kolom = [k for (k, *_) in connection.introspection.get_table_description(connection.cursor(), SALINAN) if k != "id"]
    sql(f"INSERT INTO {SALINAN} ({', '.join(kolom)}) SELECT {', '.join(kolom)} FROM {SALINAN}")


def surat(acara):
    return Dokumen.objects.filter(musrenbang=acara).exclude(nomor="").first()


def berkas_ditukar(acara):
    _timpa(surat(acara).berkas.name)


def berkas_dibuang(acara):
    default_storage.delete(surat(acara).berkas.name)


def isi_dokumen(acara):
    d = surat(acara)
    ganti("musrenbang_dokumen", d.pk, isi=d.isi | {"kepala": d.isi["kepala"] | {"pimpinan_sidang": "Orang Lain"}})


def nomor_dokumen(acara):
    ganti("musrenbang_dokumen", surat(acara).pk, nomor="000.7.2/999/BA-MRB/II/2026")


def kode_dokumen(acara):
    ganti("musrenbang_dokumen", surat(acara).pk, kode="ABCDEFGHJK")


def tanggal_dokumen(acara):
    ganti("musrenbang_dokumen", surat(acara).pk, tanggal="2020-01-01")


def penghitung_mundur(acara):
    sql("UPDATE musrenbang_penghitungnomor SET terakhir = 0")


def waktu_jejak(acara):
    ganti(TABEL, jejak(acara)[3].pk, waktu="2020-01-01 00:00:00+00:00")


def _acara_lain(acara):
    lain = Musrenbang.objects.get(pk=acara.pk)
    lain.pk, lain.slug, lain.tahun_rencana, lain.tahun_pelaksanaan, lain.sidik_jejak = None, "lain-2099", 2099, 2098, ""
    lain.save()
    return lain.pk


def jejak_pindah_acara(acara):
    ganti(TABEL, jejak(acara)[3].pk, musrenbang_id=_acara_lain(acara))


def dokumen_pindah_acara(acara):
    ganti("musrenbang_dokumen", surat(acara).pk, musrenbang_id=_acara_lain(acara))


def acara_ganti_nama(acara):
    ganti("musrenbang_musrenbang", acara.pk, slug="lain-2027")


def acara_ganti_nama_dan_tanda(acara):
    """Nothing that was kept outside bears the new name, and every checkpoint is signed again under it."""
    acara_ganti_nama(acara)
    acara.slug = "lain-2027"
    tanda_ulang(acara)


def acara_dibuang(acara):
    """The event is under another kecamatan's name: what was kept of it speaks of nothing."""
    ganti("musrenbang_kecamatan", acara.kecamatan_id, kode="52.03.99")
    acara.kecamatan.kode = "52.03.99"
    rantai_ulang(acara)
    tanda_ulang(acara)


def _langkah_sah(acara, aksi):
    """A step that the program itself writes: what it changes is told, what is changed behind it is not."""
    audit.record(musrenbang=acara, by=None, aksi=aksi, objek=acara)


def peringkat_sesudah_spc(acara):
    _langkah_sah(acara, "prioritas.spc")
    peringkat_lain(acara)


def hadir_sesudah_seorang(acara):
    _langkah_sah(acara, "kehadiran.dicatat")
    sql("UPDATE sidang_kehadiran SET jenis_kelamin = 'P' WHERE musrenbang_id = %s", acara.pk)


def delegat_sesudah_diganti(acara):
    _langkah_sah(acara, "delegasi.diganti")
    for d in Delegat.objects.filter(musrenbang=acara):
        ganti("delegasi_delegat", d.pk, nama=f"Keponakan {d.pk}")


def tanggal_sidang(acara):
    ganti("musrenbang_musrenbang", acara.pk, tanggal="2026-03-30")


def tempat_sidang(acara):
    ganti("musrenbang_musrenbang", acara.pk, tempat="Rumah dinas")


LUAR, HILANG = "di luar rantai Musrenbang ini", "tidak ada lagi di sini"
KEPALSUAN = {
    "jejak bercabang": (cabang, LUAR),
    "cabang dua baris": (cabang_panjang, LUAR),
    "jejak tanpa pangkal": (akar_kedua, LUAR),
    "salinan bertanda tangan ditukar beserta sidiknya": (salinan_ditukar, "bukan yang dicatat ketika datang"),
    "salinan bertanda tangan dibuang": (salinan_dibuang, "berkas bertanda tangan ini tidak tersimpan lagi"),
    "salinan bertanda tangan ditambah": (salinan_titipan, "bukan yang dicatat ketika datang"),
    "berkas dokumen ditukar di penyimpanan": (berkas_ditukar, "sudah berubah dari yang diterbitkan"),
    "berkas dokumen dibuang": (berkas_dibuang, "tidak ditemukan di penyimpanan"),
    "isi dokumen di basis data": (isi_dokumen, "bukan yang dikunci ketika dibuat"),
    "nomor dokumen": (nomor_dokumen, "waktu terbit nomornya 000.7.2/001"),
    "kode dokumen": (kode_dokumen, "bukan lagi yang kode keasliannya ada"),
    "tanggal dokumen": (tanggal_dokumen, "dicatat 1 Januari 2020"),
    "penghitung nomor dimundurkan": (penghitung_mundur, "nomor sudah dipakai"),
    "waktu pada jejak": (waktu_jejak, "isinya berubah sejak ditulis"),
    "baris jejak pindah acara": (jejak_pindah_acara, "baris jejak yang tidak ada lagi"),
    "dokumen pindah acara": (dokumen_pindah_acara, "sudah terbit, tetapi tidak tersimpan lagi"),
    "peringkat, sesudah SPC dicatat": (peringkat_sesudah_spc, "Peringkat berbeda dari yang dicatat"),
    "hadir, sesudah seorang dicatat lagi": (hadir_sesudah_seorang, "Daftar hadir berbeda dari yang dicatat"),
    "delegasi, sesudah seorang diganti": (delegat_sesudah_diganti, "Delegasi berbeda dari yang dicatat"),
    "tanggal sidang": (tanggal_sidang, "sekarang tercatat 30 Maret 2026"),
    "tempat sidang": (tempat_sidang, "sekarang tercatat Rumah dinas"),
    "acara berganti nama": (acara_ganti_nama, "titik periksa ini tentang"),
    "acara berganti nama, semua ditandatangani lagi": (acara_ganti_nama_dan_tanda, HILANG),
    "kecamatan berganti kode, semua ditandatangani lagi": (acara_dibuang, HILANG),
}


@pytest.mark.parametrize("nama", KEPALSUAN)
def test_what_the_owner_of_the_database_changed_is_found(nama, disimpan):
    ubah, kata = KEPALSUAN[nama]
    with lifted():
        ubah(disimpan)
    disimpan = Musrenbang.objects.select_related("kecamatan__kabupaten").get(pk=disimpan.pk)
    temuan = broken_invariants(disimpan)
    assert any(kata in k for k in temuan), temuan


def test_an_event_that_is_gone_is_told_by_what_was_kept(disimpan):
    """The check of another event of the kabupaten says so: the event itself can no longer be asked."""
    lain = Musrenbang.objects.get(pk=_acara_lain(disimpan))
    assert not any(HILANG in k for k in broken_invariants(lain))
    with lifted():
        acara_ganti_nama_dan_tanda(disimpan)
    assert any(origin(lain).replace("lain-2099", "sikur-2027") in k and HILANG in k for k in broken_invariants(lain))


NAMA = "jejak_tidak_berubah"
PENJAGA = {
    "sqlite": {
        "syarat yang tidak pernah benar": [
            f"DROP TRIGGER {NAMA}",
            f"CREATE TRIGGER {NAMA} BEFORE UPDATE ON {TABEL} WHEN (0) BEGIN SELECT 1; END",
        ],
        "tidak menolak": [
            f"DROP TRIGGER {NAMA}",
            f"CREATE TRIGGER {NAMA} BEFORE UPDATE ON {TABEL} BEGIN SELECT 1; END",
        ],
        "tabel lain": [
            f"DROP TRIGGER {NAMA}",
            f"CREATE TRIGGER {NAMA} BEFORE UPDATE ON musrenbang_batas BEGIN SELECT RAISE(ABORT, 'x'); END",
        ],
        "satu kolom saja": [
            f"DROP TRIGGER {NAMA}",
            f"CREATE TRIGGER {NAMA} BEFORE UPDATE OF id ON {TABEL} BEGIN "
            "SELECT RAISE(ABORT, 'Jejak audit tidak dapat diubah atau dihapus.'); END",
        ],
    },
    "postgresql": {
        "syarat yang tidak pernah benar": [
            f"DROP TRIGGER {NAMA} ON {TABEL}",
            f"CREATE TRIGGER {NAMA} BEFORE UPDATE ON {TABEL} FOR EACH ROW WHEN (false) "
            "EXECUTE FUNCTION jejak_tolak_ubah()",
        ],
        "tidak menolak": [
            "CREATE OR REPLACE FUNCTION jejak_tolak_ubah() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RETURN NEW; END $$",
        ],
        "tabel lain": [
            f"DROP TRIGGER {NAMA} ON {TABEL}",
            f"CREATE TRIGGER {NAMA} BEFORE UPDATE ON musrenbang_batas FOR EACH ROW EXECUTE FUNCTION jejak_tolak_ubah()",
        ],
        "satu kolom saja": [
            f"DROP TRIGGER {NAMA} ON {TABEL}",
            f"CREATE TRIGGER {NAMA} BEFORE UPDATE OF id ON {TABEL} FOR EACH ROW EXECUTE FUNCTION jejak_tolak_ubah()",
        ],
        "dimatikan": [f"ALTER TABLE {TABEL} DISABLE TRIGGER {NAMA}"],
        "sekali sepernyataan": [
            f"DROP TRIGGER {NAMA} ON {TABEL}",
            f"CREATE TRIGGER {NAMA} AFTER UPDATE ON {TABEL} FOR EACH STATEMENT EXECUTE FUNCTION jejak_tolak_ubah()",
        ],
    },
}


@pytest.mark.parametrize("nama", sorted({n for semua in PENJAGA.values() for n in semua}))
def test_a_guard_that_was_hollowed_out_is_named(nama, disimpan):
    """It bears the right name and refuses nothing, or not this."""
    perintah = PENJAGA[connection.vendor].get(nama)
    if perintah is None:
        pytest.skip("only PostgreSQL knows this")
    assert missing() == []
    if connection.vendor == "postgresql":
        sql("SET CONSTRAINTS ALL IMMEDIATE")
    for satu in perintah:
        sql(satu)
    assert NAMA in missing()
    assert any(NAMA in k for k in broken_invariants(disimpan))
