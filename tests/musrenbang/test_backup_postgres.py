"""A backup of PostgreSQL goes back into the server that is there, whichever release wrote it."""

import pytest
from django.db import connection

from musrenbang.infra.backup import basis
from musrenbang.infra.backup.store import make_backup, restore_backup
from musrenbang.models import Desa, Kecamatan

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _postgres():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is copied by other means: test_backup.py")


def test_what_was_lost_comes_back(kecamatan, settings, tmp_path):
    settings.CADANGAN_DIR = tmp_path / "cadangan"
    reserve = make_backup(tmp_path / "usb", sandi="sawah dan kebun")
    Desa.objects.all().delete()
    Kecamatan.objects.update(nama="Salah")
    restore_backup(reserve, sandi="sawah dan kebun")
    assert Desa.objects.filter(kecamatan__nama="Sikur").count() == 3


def test_a_dump_of_a_newer_release(kecamatan, tmp_path):
    """pg_dump 17 sets ``transaction_timeout``, which a server of release 15 does not know."""
    dump = basis.dump_database(tmp_path)
    text = dump.read_text().replace("SET lock_timeout = 0;", "SET lock_timeout = 0;\nSET batas_yang_belum_ada = 0;", 1)
    assert "batas_yang_belum_ada" in text
    dump.write_text(text)
    Desa.objects.all().delete()
    basis.restore_database(dump)
    assert Desa.objects.count() == 3


def test_a_dump_that_fails_in_its_middle_changes_nothing(kecamatan, tmp_path):
    dump = basis.dump_database(tmp_path)
    dump.write_text(dump.read_text() + "\nSELECT 1/0;\n")
    Kecamatan.objects.update(nama="Sesudahnya")
    with pytest.raises(basis.DatabaseFailed, match="psql gagal"):
        basis.restore_database(dump)
    assert Kecamatan.objects.get().nama == "Sesudahnya"
