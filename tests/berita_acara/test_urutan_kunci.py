"""Keys of rows after a day in the hall: the server's never meet those that the laptop took or still takes."""

import pytest
from django.db import connection, transaction

from alur.aula.muat import keep_trail_order
from alur.aula.nama import EVENT
from alur.aula.services import hasil as modul
from alur.aula.services.hasil import confirm_result
from alur.aula.services.upload import receive_result
from alur.aula.skema import RENTANG
from alur.aula.tabel import model_of
from musrenbang.models import JejakAudit
from musrenbang.states import Peran
from tests.alur.aula import satu_hadir
from tests.alur.test_aula import _murah, sehari  # noqa: F401 -- fixtures
from tests.serangan.aula import SANDI

pytestmark = pytest.mark.django_db


def last_keys():
    """Return the last key that each table of an event gave out by itself."""
    with connection.cursor() as kursor:
        if connection.vendor == "sqlite":
            kursor.execute("SELECT name, seq FROM sqlite_sequence")
        else:
            kursor.execute(
                "SELECT tablename, pg_sequence_last_value(format('%s_id_seq', tablename)::regclass) FROM pg_tables "
                "WHERE to_regclass(tablename || '_id_seq') IS NOT NULL"
            )
        semua = dict(kursor.fetchall())
    return {nama: semua.get(model_of(nama)._meta.db_table) or 0 for nama in EVENT}


def sahkan(hasil, pemeran):
    for nama, peran in (("pak_sekcam", Peran.SEKCAM), ("pak_camat", Peran.CAMAT)):
        confirm_result(hasil=hasil, by=pemeran[nama], peran=frozenset({peran}), sha256=hasil.sha256)


def test_a_trial_takes_no_keys_of_the_journey(sehari, acara, pemeran):  # noqa: F811
    dulu = last_keys()
    assert max(dulu.values()) < RENTANG, "the laptop's work is not the server's"
    receive_result(musrenbang=acara, by=pemeran["bu_pmd"], berkas=sehari.pulang, sandi=SANDI)
    kini = last_keys()
    assert max(kini.values()) < RENTANG
    assert kini["jejak_audit"] > dulu["jejak_audit"], "the upload itself is written down"


def test_an_import_that_falls_at_its_last_step_leaves_the_laptop_its_keys(sehari, acara, pemeran, monkeypatch):  # noqa: F811
    """PostgreSQL does not take a counter back: it must stand where the laptop never comes."""
    hasil = receive_result(musrenbang=acara, by=pemeran["bu_pmd"], berkas=sehari.pulang, sandi=SANDI)

    def broken(**_):
        raise OSError("kunci tidak terbaca")

    monkeypatch.setattr(modul, "sign_checkpoint", broken)
    with pytest.raises(OSError, match="tidak terbaca"), transaction.atomic():
        sahkan(hasil, pemeran)
    acara.refresh_from_db()
    assert not acara.jejak.filter(pk__gt=sehari.nomor * RENTANG).exists()
    acara.dibawa_pada = None
    acara.save()
    satu_hadir(acara, pemeran["pak_sekcam"], tahap="pleno")
    akhir = JejakAudit.objects.latest("pk").pk
    di_laptop = max(b["id"] for b in sehari.isi["tabel"]["jejak_audit"])
    assert akhir < sehari.nomor * RENTANG or akhir > di_laptop + 10**9


def test_what_follows_comes_after_the_rows_of_the_hall_and_never_goes_back(sehari, acara, pemeran):  # noqa: F811
    hasil = receive_result(musrenbang=acara, by=pemeran["bu_pmd"], berkas=sehari.pulang, sandi=SANDI)
    sahkan(hasil, pemeran)
    di_aula = {b["id"] for b in sehari.isi["tabel"]["jejak_audit"]}
    sesudah = list(acara.jejak.filter(pk__gt=max(di_aula)).order_by("pk").values_list("aksi", flat=True))
    assert sesudah == ["perjalanan.status", "hasilaula.status", "jangkar.titik"]
    keep_trail_order(sehari.nomor + 5)  # another journey came home
    jauh = last_keys()["jejak_audit"]
    keep_trail_order(sehari.nomor)
    assert last_keys()["jejak_audit"] == jauh > (sehari.nomor + 5) * RENTANG
