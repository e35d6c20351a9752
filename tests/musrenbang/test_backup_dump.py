"""A dump of PostgreSQL is plain SQL: what is no whole one is refused before anything is replaced."""

import pytest

from musrenbang.infra.backup.basis import DatabaseFailed, _check_dump


@pytest.mark.parametrize(
    "content, good",
    [
        (b"", False),
        (b"PGDMP\x01", False),
        (b"CREATE TABLE public.musrenbang_musrenbang (\n", False),
        (b"-- PostgreSQL database dump complete\n", False),
        (b"CREATE TABLE public.musrenbang_musrenbang (\n);\n--\n-- PostgreSQL database dump complete\n--\n", True),
    ],
)
def test_a_dump_of_postgresql_is_looked_at_before_anything_is_replaced(content, good, tmp_path):
    (tmp_path / "x").write_bytes(content)
    if good:
        _check_dump(tmp_path / "x")
        return
    with pytest.raises(DatabaseFailed, match="kosong atau rusak"):
        _check_dump(tmp_path / "x")
