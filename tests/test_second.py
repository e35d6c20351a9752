"""What is asked of the second database: nothing that it has a word in is left out, and nothing new in silence."""

import pytest

from tests import second
from tests.conftest import settings
from tests.selection import LONG
from tests.sql_parts import parts_of
from tests.sql_shapes import shapes_of

TESTS = settings.BASE_DIR / "tests"


def test_the_list_names_what_there_is():
    assert second.gone(second.tests_in(TESTS)) == [], "run: python -m tests.second"
    again, rest, long = map(second.of_sign, second.SIGNS)
    assert min(len(rest), len(again)) > 300
    assert len(long) < (len(rest) + len(again)) / 2, "make quick runs most of what asks a database"


def test_what_the_list_does_not_name_is_run():
    file, (_, rest, _) = next((f, each) for f, each in second.listed().items() if each[1])
    assert second.brings_nothing_new(f"{file}::{min(rest)}[case]")
    assert not second.brings_nothing_new(f"{file}::test_of_tomorrow")
    assert not second.brings_nothing_new(f"tests/test_of_tomorrow.py::{min(rest)}")


def test_what_takes_long_is_left_out_and_what_the_list_does_not_name_is_not():
    file, (_, _, long) = next((f, each) for f, each in second.listed().items() if each[2])
    assert second.takes_long(f"{file}::{min(long)}[case]")
    assert not second.takes_long(f"{file}::test_of_tomorrow")
    cheap, dear = note("a", second.LONG * 3) | {"cases": 4}, note("a", second.LONG * 5) | {"cases": 4}
    assert second.long_ones({"@kabupaten": dear, "t.py::test_cheap": cheap, "t.py::test_dear": dear}) == {
        "t.py::test_dear"
    }


def test_the_names_that_quick_leaves_out_exist():
    files = {f"{file}::{name}" for file, name in second.tests_in(TESTS)}
    assert [start for start in LONG if not any(f.startswith(start) for f in files)] == []


@pytest.mark.parametrize(
    "one, other, alike",
    [
        ('SELECT "a" FROM "t" WHERE "id" IN (%s, %s, %s)', 'SELECT "a" FROM "t" WHERE "id" IN (%s)', True),
        ("INSERT INTO t (a, b) VALUES (%s, %s), (%s, %s)", "INSERT INTO t (a, b) VALUES (%s, %s)", True),
        ('SAVEPOINT "s140_x1"', 'SAVEPOINT "s77_x12"', True),
        ('SELECT a FROM "t" LIMIT 21', 'SELECT a FROM "t" WHERE "t"."b" = %s LIMIT 1', False),
        ("SELECT a FROM t LIMIT 21", "SELECT a FROM t LIMIT 1", True),
        ("SELECT a FROM t", "SELECT a FROM t FOR UPDATE", False),
        ("UPDATE t SET a = %s", "UPDATE t SET b = %s", False),
    ],
)
def test_a_shape_is_a_statement_without_its_values(one, other, alike):
    assert (shapes_of(one) == shapes_of(other)) is alike
    assert shapes_of(one, "IntegrityError") != shapes_of(one)


PLAIN = (
    'SELECT "t"."a" FROM "t" INNER JOIN "u" T4 ON ("t"."u_id" = T4."id") WHERE ("t"."b" = %s AND NOT (T4."c" IS NULL))'
)


@pytest.mark.parametrize(
    "statement, parts",
    [
        (
            f'{PLAIN} ORDER BY "t"."a" ASC, T4."c" DESC LIMIT N',
            {
                "from t",
                'join where "t"."u_id" = "u"."id"',
                'where "t"."b" = %s',
                'where "u"."c" IS NULL',
                'order "t"."a" ASC',
                'order "u"."c" DESC',
            },
        ),
        ('SELECT COUNT(*) AS "__count" FROM "t"', {"count", "from t"}),
        (
            'UPDATE "t" SET "a" = %s, "b" = NULL WHERE "t"."id" = %s',
            {'set t "a" = %s', 'set t "b" = NULL', 'where "t"."id" = %s'},
        ),
        ('INSERT INTO "t" ("a", "b") VALUES (%s) RETURNING "t"."id"', {'insert t "a"', 'insert t "b"'}),
        ('DELETE FROM "t" WHERE "t"."id" IN (%s)', {"delete t", 'where "t"."id" IN (%s'}),
    ],
)
def test_a_plain_statement_counts_by_its_parts(statement, parts):
    assert parts_of(statement) == parts


@pytest.mark.parametrize(
    "more",
    [
        ' GROUP BY "t"."a"',
        ' AND UPPER("t"."a") = %s',
        ' AND "t"."a"::text = %s',
        ' AND "t"."a" LIKE %s',
        ' AND ("t"."isi" -> %s) = %s',
        ' AND "t"."a" IN (SELECT U0."id" FROM "v" U0)',
        ' AND ("t"."a" + N) > %s',
        ' FOR UPDATE OF "t"',
    ],
)
def test_what_is_not_plain_stays_whole(more):
    assert parts_of(PLAIN + more) == {PLAIN + more}


def note(shapes, seconds=1.0, on=(), always=False):
    return {"shapes": set(shapes), "seconds": seconds, "on": set(on), "always": always}


def test_the_cheapest_that_cover_every_shape_are_chosen():
    notes = {
        "@kabupaten": note("k", 0.5),
        "t.py::test_dear": note("abc", 30.0),
        "t.py::test_ab": note("ab"),
        "t.py::test_c": note("c"),
        "t.py::test_k": note("", on=["@kabupaten"]),
        "t.py::test_k_and_d": note("d", on=["@kabupaten"]),
        "t.py::test_lock": note("a", always=True),
        "t.py::test_only_of_its_kind": note("z", 90.0),
        "t.py::test_dear_and_much": note("0123456789" * 10 + "".join(map(chr, range(200, 300))), 60.0),
    }
    chosen, every, dear = second.choose(notes)
    names = {name.split("::")[1] for name in chosen}
    assert names == {"test_ab", "test_c", "test_k_and_d", "test_lock", "test_dear_and_much"}
    assert (every, dear) == (116, 1)


def test_where_a_chosen_test_is_gone_its_file_is_asked_as_a_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(second, "LIST", tmp_path / "second.txt")
    second.LIST.write_text("")
    second.write_list(
        {"tests/test_a.py::test_1", "tests/test_b.py::test_3"},
        {"tests/test_a.py::test_2", "tests/test_b.py::test_4", "tests/test_b.py::test_5"},
        {"tests/test_b.py::test_4", "tests/test_b.py::test_5"},
        "# 9 kinds\n",
    )
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/test_a.py").write_text("def test_2(): ...\n")
    (tmp_path / "tests/test_b.py").write_text("def test_3(): ...\ndef test_5(): ...\n")
    second.tidy(tmp_path / "tests")
    assert second.listed() == {"tests/test_b.py": ({"test_3"}, {"test_5"}, {"test_5"})}
    assert "# 9 kinds" in second.LIST.read_text()
    second.listed.cache_clear()
