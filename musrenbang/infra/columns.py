"""What a column of a query is, told the short way.

Django asks every column that is read, for every query anew, how it is written, converted and compared. Most are plain
columns of a table, of which the answer is known. What is no plain column is answered by Django as before;
``tests/test_columns.py`` compares the two ways.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models.expressions import Col, ColPairs, F
from django.db.models.fields import Field
from django.db.models.sql.compiler import SQLCompiler
from django.utils.functional import cached_property

Converters = dict[int, tuple[list[Any], Any]]
COMPILER: Any = SQLCompiler
by_django = {name: getattr(COMPILER, name) for name in ("compile", "get_converters", "_order_by_pairs")}


def identity(column: Any) -> tuple[object, ...]:
    """Return what Django's own ``Expression.identity`` returns for a column: (class, (argument, value), …).

    Django's binds the signature of a class for each.
    """
    args, kwargs = column._constructor_args
    alias, target, output_field = (*args, kwargs.get("output_field"))[:3]
    same = column._identity
    return column.__class__, ("alias", alias), ("target", same(target)), ("output_field", same(output_field))


def write(compiler: Any, node: Any) -> tuple[str, Any]:
    """Return the SQL of an expression and its parameters, as ``SQLCompiler.compile``."""
    if node.__class__ is not Col or not node.alias:
        sql, params = by_django["compile"](compiler, node)
        return sql, params
    quote = compiler.quote_name_unless_alias
    return f"{quote(node.alias)}.{quote(node.target.column)}", []


def select_format(column: Any, compiler: Any, sql: str, params: Any) -> tuple[str, Any]:
    """Return how a column is read: as it is written, unless its field says otherwise."""
    field = column.output_field
    if field.__class__.select_format is Field.select_format:
        return sql, params
    read: tuple[str, Any] = field.select_format(compiler, sql, params)
    return read


def converters(compiler: Any, expressions: Iterable[Any]) -> Converters:
    """Return what turns the values of each column into Python's, as ``SQLCompiler.get_converters``.

    They are kept with the connection, together with the two fields that they are of: nothing else may take their place.
    """
    read = list(expressions)
    if any(e.__class__ is ColPairs for e in read):
        found: Converters = by_django["get_converters"](compiler, read)
        return found
    operations, connection = compiler.connection.ops, compiler.connection
    kept = operations.__dict__.setdefault("_converters_of_columns", {})
    found = {}
    for place, expression in enumerate(read):
        if expression.__class__ is Col:
            target, field = expression.target, expression.output_field
            known = kept.get((id(target), id(field)))
            if known is None:
                turned = operations.get_db_converters(expression) + expression.get_db_converters(connection)
                known = kept[id(target), id(field)] = turned, target, field
            if known[0]:
                found[place] = known[0], expression
        elif expression and (
            turned := operations.get_db_converters(expression) + expression.get_db_converters(connection)
        ):
            found[place] = turned, expression
    return found


def order_by_pairs(compiler: Any) -> Iterable[tuple[Any, bool]]:
    """Return what rows are ordered by, as ``SQLCompiler._order_by_pairs``.

    Django first notes each column that is read, to name it by its place where an order asks for the same expression. An
    order by name can mean only a column that was given a name: where there is none, nothing needs to be noted.
    """
    query, select, pairs = compiler.query, compiler.select, by_django["_order_by_pairs"](compiler)
    meta = query.get_meta()
    ordering = query.extra_order_by or query.order_by or (query.default_ordering and meta and meta.ordering) or ()
    if (
        ordering
        and not query.combinator
        and not any(alias for _, _, alias in select or ())
        and all(map(_by_name, ordering))
    ):
        compiler.select = None  # Django looks at it once, before the first
        try:
            first = next(pairs)
        finally:
            compiler.select = select
        yield first
    yield from pairs


def _by_name(order: Any) -> bool:
    """Say whether an order tells a name, and no expression that may be one of the columns read."""
    return isinstance(order, (str, F)) or isinstance(getattr(order, "expression", None), F)


def shorten() -> None:
    """Put the short ways in place."""
    column: Any = Col
    short = cached_property(identity)
    short.__set_name__(Col, "identity")
    column.identity = short
    column.select_format = select_format
    COMPILER.compile, COMPILER.get_converters, COMPILER._order_by_pairs = write, converters, order_by_pairs
