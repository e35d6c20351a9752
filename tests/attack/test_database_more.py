"""More of what an owner of the database does: rows beside the chain, hollow guards, signed files, numbers, names."""

import hashlib

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from alur.periksa import broken_invariants
from delegasi.models import Delegat
from musrenbang import audit
from musrenbang.jangkar.read import origin
from musrenbang.models import Dokumen, JejakAudit, Musrenbang
from musrenbang.rantai import link
from musrenbang.triggers import lifted, missing
from tests.attack.forger import TABEL, chain_again, ganti, jejak, mark_again, peringkat_other

SALINAN = "berita_acara_salinanttd"
PALSU = b"%PDF-1.7 palsu"


def sql(command, *content):
    with connection.cursor() as db_cursor:
        db_cursor.execute(command, content)
        return db_cursor.fetchall() if db_cursor.description else []


def _branched(acara, sebelum, aksi):
    """A row that is whole in itself and hangs on the chain, but is not in it."""
    one = JejakAudit(
        musrenbang=acara,
        pelaku_id=jejak(acara)[-1].pelaku_id,
        aksi=aksi,
        objek="Pagu",
        alasan="Atas perintah.",
        waktu=jejak(acara)[6].waktu,
        sebelum=sebelum,
    )
    one.sidik = link(one, sebelum)
    JejakAudit.objects.bulk_create([one])
    return one


def branch(acara):
    _branched(acara, jejak(acara)[5].sidik, "pagu.diubah")


def branch_length(acara):
    _branched(acara, _branched(acara, jejak(acara)[5].sidik, "pagu.diubah").sidik, "kehadiran.dicatat")


def root_second(acara):
    _branched(acara, "", "pagu.diubah")


def _timpa(nama):
    """Write another file in the place of one."""
    default_storage.delete(nama)
    with default_storage.open(nama, "wb") as berkas:
        berkas.write(PALSU)


def salinan_swapped(acara):
    ((pk, nama),) = sql(f"SELECT id, berkas FROM {SALINAN}")
    _timpa(nama)
    ganti(SALINAN, pk, sha256=hashlib.sha256(PALSU).hexdigest())


def salinan_discarded(acara):
    sql(f"DELETE FROM {SALINAN}")


def salinan_smuggled(acara):
    kolom = [k for (k, *_) in connection.introspection.get_table_description(connection.cursor(), SALINAN) if k != "id"]
    sql(f"INSERT INTO {SALINAN} ({', '.join(kolom)}) SELECT {', '.join(kolom)} FROM {SALINAN}")


def surat(acara):
    return Dokumen.objects.filter(musrenbang=acara).exclude(nomor="").first()


def file_swapped(acara):
    _timpa(surat(acara).berkas.name)


def file_discarded(acara):
    default_storage.delete(surat(acara).berkas.name)


def content_dokumen(acara):
    d = surat(acara)
    ganti("musrenbang_dokumen", d.pk, isi=d.isi | {"kepala": d.isi["kepala"] | {"pimpinan_sidang": "Orang Lain"}})


def nomor_dokumen(acara):
    ganti("musrenbang_dokumen", surat(acara).pk, nomor="000.7.2/999/BA-MRB/II/2026")


def code_dokumen(acara):
    ganti("musrenbang_dokumen", surat(acara).pk, kode="ABCDEFGHJK")


def date_dokumen(acara):
    ganti("musrenbang_dokumen", surat(acara).pk, tanggal="2020-01-01")


def counter_backward(acara):
    sql("UPDATE musrenbang_penghitungnomor SET terakhir = 0")


def time_jejak(acara):
    ganti(TABEL, jejak(acara)[3].pk, waktu="2020-01-01 00:00:00+00:00")


def _other_acara(acara):
    other = Musrenbang.objects.get(pk=acara.pk)
    other.pk, other.slug, other.tahun_rencana, other.tahun_pelaksanaan, other.sidik_jejak = (
        None,
        "lain-2099",
        2099,
        2098,
        "",
    )
    other.save()
    return other.pk


def jejak_move_to_acara(acara):
    ganti(TABEL, jejak(acara)[3].pk, musrenbang_id=_other_acara(acara))


def dokumen_move_to_acara(acara):
    ganti("musrenbang_dokumen", surat(acara).pk, musrenbang_id=_other_acara(acara))


def acara_replace_name(acara):
    ganti("musrenbang_musrenbang", acara.pk, slug="lain-2027")


def acara_replace_name_and_mark(acara):
    """Nothing that was kept outside bears the new name, and every checkpoint is signed again under it."""
    acara_replace_name(acara)
    acara.slug = "lain-2027"
    mark_again(acara)


def acara_discarded(acara):
    """The event is under another kecamatan's name: what was kept of it speaks of nothing."""
    ganti("musrenbang_kecamatan", acara.kecamatan_id, kode="52.03.99")
    acara.kecamatan.kode = "52.03.99"
    chain_again(acara)
    mark_again(acara)


def _step_valid(acara, aksi):
    """A step that the program itself writes: what it changes is told, what is changed behind it is not."""
    audit.record(musrenbang=acara, by=None, aksi=aksi, objek=acara)


def peringkat_after_spc(acara):
    _step_valid(acara, "prioritas.spc")
    peringkat_other(acara)


def attendance_after_somebody(acara):
    _step_valid(acara, "kehadiran.dicatat")
    sql("UPDATE sidang_kehadiran SET jenis_kelamin = 'P' WHERE musrenbang_id = %s", acara.pk)


def delegat_after_replaced(acara):
    _step_valid(acara, "delegasi.diganti")
    for d in Delegat.objects.filter(musrenbang=acara):
        ganti("delegasi_delegat", d.pk, nama=f"Keponakan {d.pk}")


def date_sidang(acara):
    ganti("musrenbang_musrenbang", acara.pk, tanggal="2026-03-30")


def place_sidang(acara):
    ganti("musrenbang_musrenbang", acara.pk, tempat="Rumah dinas")


LUAR, HILANG = "di luar rantai Musrenbang ini", "tidak ada lagi di sini"
KEPALSUAN = {
    "jejak bercabang": (branch, LUAR),
    "cabang dua baris": (branch_length, LUAR),
    "jejak tanpa pangkal": (root_second, LUAR),
    "salinan bertanda tangan ditukar beserta sidiknya": (salinan_swapped, "bukan yang dicatat ketika datang"),
    "salinan bertanda tangan dibuang": (salinan_discarded, "berkas bertanda tangan ini tidak tersimpan lagi"),
    "salinan bertanda tangan ditambah": (salinan_smuggled, "bukan yang dicatat ketika datang"),
    "berkas dokumen ditukar di penyimpanan": (file_swapped, "sudah berubah dari yang diterbitkan"),
    "berkas dokumen dibuang": (file_discarded, "tidak ditemukan di penyimpanan"),
    "isi dokumen di basis data": (content_dokumen, "bukan yang dikunci ketika dibuat"),
    "nomor dokumen": (nomor_dokumen, "waktu terbit nomornya 000.7.2/001"),
    "kode dokumen": (code_dokumen, "bukan lagi yang kode keasliannya ada"),
    "tanggal dokumen": (date_dokumen, "dicatat 1 Januari 2020"),
    "penghitung nomor dimundurkan": (counter_backward, "nomor sudah dipakai"),
    "waktu pada jejak": (time_jejak, "isinya berubah sejak ditulis"),
    "baris jejak pindah acara": (jejak_move_to_acara, "baris jejak yang tidak ada lagi"),
    "dokumen pindah acara": (dokumen_move_to_acara, "sudah terbit, tetapi tidak tersimpan lagi"),
    "peringkat, sesudah SPC dicatat": (peringkat_after_spc, "Peringkat berbeda dari yang dicatat"),
    "hadir, sesudah seorang dicatat lagi": (attendance_after_somebody, "Daftar hadir berbeda dari yang dicatat"),
    "delegasi, sesudah seorang diganti": (delegat_after_replaced, "Delegasi berbeda dari yang dicatat"),
    "tanggal sidang": (date_sidang, "sekarang tercatat 30 Maret 2026"),
    "tempat sidang": (place_sidang, "sekarang tercatat Rumah dinas"),
    "acara berganti nama": (acara_replace_name, "titik periksa ini tentang"),
    "acara berganti nama, semua ditandatangani lagi": (acara_replace_name_and_mark, HILANG),
    "kecamatan berganti kode, semua ditandatangani lagi": (acara_discarded, HILANG),
}


@pytest.mark.parametrize("nama", KEPALSUAN)
def test_what_the_owner_of_the_database_changed_is_found(nama, stored_import):
    change, kata = KEPALSUAN[nama]
    with lifted():
        change(stored_import)
    stored_import = Musrenbang.objects.select_related("kecamatan__kabupaten").get(pk=stored_import.pk)
    findings = broken_invariants(stored_import)
    assert any(kata in k for k in findings), findings


def test_an_event_that_is_gone_is_told_by_what_was_kept(stored_import):
    """The check of another event of the kabupaten says so: the event itself can no longer be asked."""
    other = Musrenbang.objects.get(pk=_other_acara(stored_import))
    assert not any(HILANG in k for k in broken_invariants(other))
    with lifted():
        acara_replace_name_and_mark(stored_import)
    assert any(origin(other).replace("lain-2099", "sikur-2027") in k and HILANG in k for k in broken_invariants(other))


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


@pytest.mark.parametrize("nama", sorted({n for everything in PENJAGA.values() for n in everything}))
def test_a_guard_that_was_hollowed_out_is_named(nama, stored_import):
    """It bears the right name and refuses nothing, or not this."""
    command = PENJAGA[connection.vendor].get(nama)
    if command is None:
        pytest.skip("only PostgreSQL knows this")
    assert missing() == []
    if connection.vendor == "postgresql":
        sql("SET CONSTRAINTS ALL IMMEDIATE")
    for one in command:
        sql(one)
    assert NAMA in missing()
    assert any(NAMA in k for k in broken_invariants(stored_import))
