"""Keys of rows after a day in the hall: the server's never meet those that the laptop took or still takes."""

import pytest
from django.db import connection, transaction

from alur.aula.load import keep_trail_order
from alur.aula.names import EVENT
from alur.aula.services import result as modul
from alur.aula.services.result import confirm_result
from alur.aula.services.upload import receive_result
from alur.aula.skema import RENTANG
from alur.aula.tabel import model_of
from musrenbang.models import JejakAudit
from musrenbang.states import Peran
from tests.alur.aula import one_attendance
from tests.alur.test_aula import _cheap_keys, whole_day  # noqa: F401 -- fixtures
from tests.attack.aula import SANDI

pytestmark = pytest.mark.django_db


def last_keys():
    """Return the last key that each table of an event gave out by itself."""
    with connection.cursor() as db_cursor:
        if connection.vendor == "sqlite":
            db_cursor.execute("SELECT name, seq FROM sqlite_sequence")
        else:
            db_cursor.execute(
                "SELECT tablename, pg_sequence_last_value(format('%s_id_seq', tablename)::regclass) FROM pg_tables "
                "WHERE to_regclass(tablename || '_id_seq') IS NOT NULL"
            )
        everything = dict(db_cursor.fetchall())
    return {nama: everything.get(model_of(nama)._meta.db_table) or 0 for nama in EVENT}


def approve(hasil, cast):
    for nama, peran in (("pak_sekcam", Peran.SEKCAM), ("pak_camat", Peran.CAMAT)):
        confirm_result(result=hasil, by=cast[nama], peran=frozenset({peran}), sha256=hasil.sha256)


def test_a_trial_takes_no_keys_of_the_journey(whole_day, acara, cast):  # noqa: F811
    before = last_keys()
    assert max(before.values()) < RENTANG, "the laptop's work is not the server's"
    receive_result(musrenbang=acara, by=cast["bu_pmd"], berkas=whole_day.pulang, sandi=SANDI)
    current = last_keys()
    assert max(current.values()) < RENTANG
    assert current["jejak_audit"] > before["jejak_audit"], "the upload itself is written down"


def test_an_import_that_falls_at_its_last_step_leaves_the_laptop_its_keys(whole_day, acara, cast, monkeypatch):  # noqa: F811
    """PostgreSQL does not take a counter back: it must stand where the laptop never comes."""
    result = receive_result(musrenbang=acara, by=cast["bu_pmd"], berkas=whole_day.pulang, sandi=SANDI)

    def broken(**_):
        raise OSError("kunci tidak terbaca")

    monkeypatch.setattr(modul, "sign_checkpoint", broken)
    with pytest.raises(OSError, match="tidak terbaca"), transaction.atomic():
        approve(result, cast)
    acara.refresh_from_db()
    assert not acara.jejak.filter(pk__gt=whole_day.nomor * RENTANG).exists()
    acara.dibawa_pada = None
    acara.save()
    one_attendance(acara, cast["pak_sekcam"], tahap="pleno")
    end = JejakAudit.objects.latest("pk").pk
    on_laptop = max(b["id"] for b in whole_day.isi["tabel"]["jejak_audit"])
    assert end < whole_day.nomor * RENTANG or end > on_laptop + 10**9


def test_what_follows_comes_after_the_rows_of_the_hall_and_never_goes_back(whole_day, acara, cast):  # noqa: F811
    result = receive_result(musrenbang=acara, by=cast["bu_pmd"], berkas=whole_day.pulang, sandi=SANDI)
    approve(result, cast)
    in_aula = {b["id"] for b in whole_day.isi["tabel"]["jejak_audit"]}
    after = list(acara.jejak.filter(pk__gt=max(in_aula)).order_by("pk").values_list("aksi", flat=True))
    assert after == ["perjalanan.status", "hasilaula.status", "jangkar.titik"]
    keep_trail_order(whole_day.nomor + 5)  # another journey came home
    far = last_keys()["jejak_audit"]
    keep_trail_order(whole_day.nomor)
    assert last_keys()["jejak_audit"] == far > (whole_day.nomor + 5) * RENTANG
