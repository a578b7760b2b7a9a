"""Puts new rows into tables with few trips to the database: many kinds at once, or one unless it is there."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from typing import Any

from django.db import connections, models, router
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery

AT_ONCE = 500
Statement = tuple[str, tuple[Any, ...]]

_gathered: ContextVar[list[models.Model] | None] = ContextVar("rows that are inserted together", default=None)


@contextlib.contextmanager
def together() -> Iterator[None]:
    """Insert what `insert` is given within it at once, when it ends; nothing of it where it ends in an error.

    Stands within the transaction of what the rows tell of.
    """
    mine: list[models.Model] = []
    before = _gathered.set(mine)
    try:
        yield
    finally:
        _gathered.reset(before)
    insert(mine)


def insert(rows: Sequence[models.Model]) -> None:
    """Insert rows whose keys nobody asks for, those of one kind in their order, within the caller's transaction."""
    if (gathered := _gathered.get()) is not None:
        gathered.extend(rows)
        return
    of_kind: dict[type[models.Model], list[models.Model]] = {}
    for row in rows:
        of_kind.setdefault(type(row), []).append(row)
    sent: dict[str, list[Statement]] = {}
    for kind, some in of_kind.items():
        alias = router.db_for_write(kind)
        sent.setdefault(alias, []).extend(_statements(kind, some, alias))
    for alias, statements in sent.items():
        connection = connections[alias]
        with connection.cursor() as cursor:
            if _takes_many(connection):
                together = "; ".join(sql for sql, _ in statements)
                cursor.execute(together, [value for _, values in statements for value in values])
            else:
                for sql, values in statements:
                    cursor.execute(sql, values)


def _statements(kind: type[models.Model], rows: Sequence[models.Model], alias: str) -> Iterator[Statement]:
    connection, fields = connections[alias], _written(kind)
    most = min(AT_ONCE, connection.ops.bulk_batch_size(fields, rows))
    for start in range(0, len(rows), most):
        query = InsertQuery(kind)
        query.insert_values(fields, list(rows[start : start + most]))
        yield from query.get_compiler(alias).as_sql()


def _written(kind: type[models.Model]) -> list[models.Field[Any, Any]]:
    """All fields but the key, which the database gives."""
    return [one for one in kind._meta.concrete_fields if not one.primary_key]


def insert_unless_there(row: models.Model) -> bool:
    """Insert a row, unless another is unique by the same facts; whether it was inserted.

    One statement: where two do it at once, the second waits for the first to end. It writes no history.
    """
    kind = type(row)
    alias = router.db_for_write(kind, instance=row)
    query = InsertQuery(kind, on_conflict=OnConflict.IGNORE)
    query.insert_values(_written(kind), [row])
    (inserted,) = query.get_compiler(alias).execute_sql([kind._meta.pk])
    if inserted is None:
        return False
    (row.pk,) = inserted
    row._state.adding, row._state.db = False, alias
    return True


def _takes_many(connection: Any) -> bool:
    """Whether several statements, with their values, can be sent to a database at once."""
    bound_there = connection.settings_dict["OPTIONS"].get("server_side_binding", False)
    return connection.vendor == "postgresql" and not bound_there
