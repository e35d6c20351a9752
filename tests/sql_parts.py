"""What a plain statement is put together from: what ``tests/sql_shapes.py`` counts instead of the statement itself.

A statement that only joins tables by their keys, compares columns, sorts and stores values means on every database what
its parts mean: whether a column can be compared with such a value, two keys be joined, rows be sorted by a column. So it
is enough that each part was asked once, in whatever company. What is not plain (an aggregate, a grouping, a function, a
cast, a subquery, a lock, a look into JSON, a pattern) stays whole.
"""

import re
from functools import partial

NOT_PLAIN = re.compile(
    r"\b(?:GROUP BY|HAVING|DISTINCT|CASE|UNION|EXCEPT|EXISTS|OVER|FOR UPDATE|FOR SHARE|FOR NO KEY|LIKE|ILIKE|CAST|CONFLICT"
    r"|COLLATE|INTERVAL)\b|\(\s*SELECT|::|->|#>|@>|\|\||[~?+*/]|\w\("
)
SELECT = re.compile(
    r'SELECT .*? FROM "(?P<table>\w+)"(?P<joins>.*?)(?: WHERE (?P<where>.*?))?(?: ORDER BY (?P<order>.*?))?'
    r"(?: LIMIT N)?(?: OFFSET N)?",
    re.DOTALL,
)
JOIN = re.compile(r' (?:INNER|LEFT OUTER) JOIN "(\w+)"(?: (\w+))? ON \((.*?)\)(?= INNER| LEFT|$)', re.DOTALL)
UPDATE = re.compile(r'UPDATE "(\w+)" SET (.*?) WHERE (.*)', re.DOTALL)
DELETE = re.compile(r'DELETE FROM "(\w+)" WHERE (.*)', re.DOTALL)
INSERT = re.compile(r'INSERT INTO "(\w+)" \((.*?)\) VALUES \(%s\)(?: RETURNING .*)?', re.DOTALL)
COUNT, COUNTED = "COUNT(*)", "COUNT_ALL"
"""Counting all rows of a plain statement is as plain as the statement."""


def parts_of(shape: str) -> set[str]:
    """Return the parts of a statement whose values are left out already, or the statement itself when it is not plain."""
    text = shape.replace(COUNT, COUNTED)
    if NOT_PLAIN.search(text):
        return {shape}
    if match := SELECT.fullmatch(text):
        return _parts_of_select(text, match) or {shape}
    if match := UPDATE.fullmatch(text):
        table, values, where = match.groups()
        return {f"set {table} {one}" for one in values.split(", ")} | _comparisons(where, {})
    if match := DELETE.fullmatch(text):
        return {f"delete {match[1]}"} | _comparisons(match[2], {})
    if match := INSERT.fullmatch(text):
        return {f"insert {match[1]} {column}" for column in match[2].split(", ")}
    return {shape}


def _parts_of_select(text: str, match: re.Match[str]) -> set[str]:
    """Return the parts of a SELECT; none when its joins are of a kind that is not known here."""
    if JOIN.sub("", match["joins"]):
        return set()
    joins = JOIN.findall(match["joins"])
    renamed = {other: table for table, other, _ in joins if other}
    result = {f"from {match['table']}"} | ({"count"} if COUNTED in text else set())
    for _, _, condition in joins:
        result |= {f"join {one}" for one in _comparisons(condition, renamed)}
    order = _named(match["order"] or "", renamed)
    return result | _comparisons(match["where"] or "", renamed) | {f"order {one}" for one in order.split(", ") if one}


def _comparisons(condition: str, renamed: dict[str, str]) -> set[str]:
    """Return each comparison of a condition, however they are combined."""
    named = _named(condition, renamed)
    return {f"where {one}" for piece in re.split(r"\b(?:AND|OR|NOT)\b", named) if (one := piece.strip(" ()"))}


def _named(text: str, renamed: dict[str, str]) -> str:
    """Return SQL with the names of tables instead of the short names of this statement."""
    return re.sub(r'"?\b(\w+)\b"?(?=\.")', partial(_table, renamed), text)


def _table(renamed: dict[str, str], match: re.Match[str]) -> str:
    return f'"{renamed.get(match[1], match[1])}"'
