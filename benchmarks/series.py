"""Fills a table by one statement of the database, many rows at a time: for benchmarks alone.

The product never writes like this: no history is kept and nothing is checked. What a row holds is worked out from its
number by the database, the same on SQLite and on PostgreSQL, so that a million rows take seconds.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models


def mixed(number: str, salt: int, below: int) -> str:
    """Pseudo-random whole numbers from 0 to ``below`` - 1, by the number of a row: the same salt, the same numbers."""
    return f"(((({number}) % 1000003 + 1) * {salt * 7919 % 1000003 + 1} % 1000003) % {below})"


def day(first: datetime.date, later: str) -> str:
    """A date some days after ``first``."""
    if connection.vendor == "sqlite":
        return f"date('{first}', '+' || ({later}) || ' days')"
    return f"(DATE '{first}' + ({later})::int)"


def padded(number: str) -> str:
    """A number in six digits."""
    return f"printf('%06d', {number})" if connection.vendor == "sqlite" else f"lpad(({number})::text, 6, '0')"


def unique(number: str) -> str:
    """A UUID of a number."""
    return f"printf('%032x', {number})" if connection.vendor == "sqlite" else f"lpad(to_hex({number}), 32, '0')::uuid"


def truth(condition: str) -> str:
    """A condition as a value."""
    return f"({condition})"


def add(model: type[models.Model], first: int, last: int, only: str = "", **values: str) -> None:
    """Insert a row for each number ``n`` of ``range(first, last)`` for which ``only`` holds.

    values: an SQL expression of ``n`` for each field; a field that is left out gets its default, or nothing.
    """
    names, expressions = [], []
    for field in model._meta.concrete_fields:
        names.append(f'"{field.column}"')
        expressions.append(values.pop(field.name) if field.name in values else _default(field))
    assert not values, f"{model.__name__} has no {', '.join(values)}"
    where = f" WHERE {only}" if only else ""
    _execute(
        f"WITH RECURSIVE series(n) AS (SELECT CAST({first} AS bigint)"
        f" UNION ALL SELECT n + 1 FROM series WHERE n < {last - 1})"
        f' INSERT INTO "{model._meta.db_table}" ({", ".join(names)})'
        f" SELECT {', '.join(expressions)} FROM series{where}"
    )


def _default(field: models.Field[Any, Any]) -> str:
    if field.has_default():
        value = field.get_default()
        return _literal(value)
    if field.null:
        return "NULL"
    if isinstance(field, models.DateTimeField):
        return "CURRENT_TIMESTAMP"
    return "''"


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return str(value) if isinstance(value, int | float) else "'" + str(value).replace("'", "''") + "'"


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def sentences(texts: list[str]) -> None:
    """Keep texts to choose from for this connection; ``sentence`` names one of them."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE chosen_sentence (k integer PRIMARY KEY, words text NOT NULL)")
        cursor.executemany("INSERT INTO chosen_sentence VALUES (%s, %s)", list(enumerate(texts)))


def sentence(number: str) -> str:
    """One of the texts."""
    return f"(SELECT words FROM chosen_sentence WHERE k = {number})"


def unchecked() -> None:
    """Leave foreign keys unchecked from now on: whoever fills knows that they hold."""
    _execute("PRAGMA foreign_keys = OFF" if connection.vendor == "sqlite" else "SET session_replication_role = replica")


def finished(*kinds: type[models.Model]) -> None:
    """Check foreign keys again, and do what PostgreSQL does by itself in its idle moments and `sightline daily` does
    on SQLite."""
    from sightline.partnership import table_statistics

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_keys = ON")
            table_statistics.refresh()
            return
        cursor.execute("SET session_replication_role = origin")
        for statement in connection.ops.sequence_reset_sql(no_style(), list(kinds)):
            cursor.execute(statement)
        cursor.execute("VACUUM ANALYZE")
