"""The full-text index of each kind of record that is found, kept by the database itself.

On PostgreSQL a generated column of words with a GIN index; on SQLite an FTS5 table over the record's own table, kept by
three triggers. So whatever writes a record, its index follows in the same transaction.

The indexes are made after every migration, not by one: on SQLite a migration that changes a table makes it anew, and
the triggers of the old one are gone with it. What is there already is left alone; what has changed is made again.
"""

from __future__ import annotations

import hashlib
import string
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.models.signals import post_migrate  # noqa: TID251  (tells of the schema, not of a record)

from sightline.partnership.domain.search_words import PLAIN_LETTERS

CONFIGURATION = "sightline_english"
COLUMN = "search_words"
_FUNCTION = "sightline_search_words"

# Part of the digest: an index made by other rules than these is made again.
_RULES = 1

# What is no part of a word. PostgreSQL would else take web addresses, file names and signed numbers as one word each.
_BETWEEN = "".join(sorted(set(string.punctuation) | set("–—‘’“”…•·£€\u00a0")))


@dataclass(frozen=True, slots=True)
class Index:
    """The index of the text columns of one table."""

    table: str
    columns: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.table}_search"

    @property
    def digest(self) -> str:
        return hashlib.sha256(repr((_RULES, self.table, self.columns)).encode()).hexdigest()[:8]


_indexes: dict[str, list[Index]] = {}


def register(app_label: str, index: Index) -> None:
    """Keep an index of a room's table from now on."""
    indexes = _indexes.setdefault(app_label, [])
    if index not in indexes:
        indexes.append(index)


def wire() -> None:
    """Make the indexes good after every migration."""
    post_migrate.connect(_after_migration, dispatch_uid="sightline.search")


def _after_migration(sender: Any, using: str, **_rest: Any) -> None:
    if indexes := _indexes.get(sender.label):
        make_good(indexes, using)


def make_good(indexes: Sequence[Index], using: str = "default") -> list[Index]:
    """Make each index that is missing or made by other rules; those that were made are given back."""
    connection = connections[using]
    make = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}[connection.vendor]
    made = []
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for index in indexes:
            # Migrations may stop anywhere, also before a table or column is there.
            if index.table not in tables:
                continue
            columns = {column.name for column in connection.introspection.get_table_description(cursor, index.table)}
            if set(index.columns) <= columns and make(cursor, index):
                made.append(index)
    return made


def _on_sqlite(cursor: Any, index: Index) -> bool:
    name, table = index.name, index.table
    triggers = [f"{name}_{when}_{index.digest}" for when in ("insert", "delete", "update")]
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
    present = {row[0] for row in cursor.fetchall() if row[0].startswith(f"{name}_")}
    cursor.execute("SELECT count(*) FROM sqlite_master WHERE name = %s", [name])
    if present == set(triggers) and cursor.fetchone()[0]:
        return False
    for trigger in present:
        cursor.execute(f"DROP TRIGGER {trigger}")
    cursor.execute(f"DROP TABLE IF EXISTS {name}")
    columns = ", ".join(index.columns)
    cursor.execute(
        f"CREATE VIRTUAL TABLE {name} USING fts5({columns}, content='{table}', content_rowid='id',"
        " tokenize='porter unicode61 remove_diacritics 2')"
    )
    old, new = (", ".join(f"{row}.{column}" for column in index.columns) for row in ("old", "new"))
    forget = f"INSERT INTO {name}({name}, rowid, {columns}) VALUES ('delete', old.id, {old});"  # noqa: S608
    learn = f"INSERT INTO {name}(rowid, {columns}) VALUES (new.id, {new});"  # noqa: S608
    # A change of state or owner leaves the words alone, and with them the index.
    for trigger, when, does in zip(
        triggers, ("INSERT", "DELETE", f"UPDATE OF {columns}"), (learn, forget, forget + learn), strict=True
    ):
        cursor.execute(f"CREATE TRIGGER {trigger} AFTER {when} ON {table} BEGIN {does} END")
    cursor.execute(f"INSERT INTO {name}({name}) VALUES ('rebuild')")  # noqa: S608
    return True


def _on_postgresql(cursor: Any, index: Index) -> bool:
    cursor.execute(
        "SELECT col_description(attrelid, attnum) FROM pg_attribute"
        " WHERE attrelid = to_regclass(%s) AND attname = %s AND NOT attisdropped",
        [f'"{index.table}"', COLUMN],
    )
    present = cursor.fetchone()
    if present is not None and present[0] == index.digest:
        return False
    _configure_postgresql(cursor)
    if present is not None:
        cursor.execute(f'ALTER TABLE "{index.table}" DROP COLUMN {COLUMN}')
    text = " || ' ' || ".join(f'"{column}"' for column in index.columns)
    cursor.execute(
        f'ALTER TABLE "{index.table}" ADD COLUMN {COLUMN} tsvector GENERATED ALWAYS AS ({_FUNCTION}({text})) STORED'
    )
    cursor.execute(f'CREATE INDEX {index.name} ON "{index.table}" USING gin ({COLUMN})')
    cursor.execute(f"COMMENT ON COLUMN \"{index.table}\".{COLUMN} IS '{index.digest}'")
    return True


def _configure_postgresql(cursor: Any) -> None:
    """English stems without stop words, as FTS5 has it: "the" is a word that can be looked for, and so is "IT"."""
    cursor.execute("SELECT current_schema()")
    schema = cursor.fetchone()[0]
    cursor.execute("SELECT count(*) FROM pg_ts_config WHERE cfgname = %s", [CONFIGURATION])
    if not cursor.fetchone()[0]:
        cursor.execute(f"CREATE TEXT SEARCH DICTIONARY {CONFIGURATION}_stem (TEMPLATE = snowball, LANGUAGE = english)")
        cursor.execute(f"CREATE TEXT SEARCH CONFIGURATION {CONFIGURATION} (COPY = pg_catalog.english)")
        cursor.execute(
            f"ALTER TEXT SEARCH CONFIGURATION {CONFIGURATION} ALTER MAPPING FOR asciiword, word, numword, asciihword,"
            f" hword, numhword, hword_asciipart, hword_part, hword_numpart WITH {CONFIGURATION}_stem"
        )
    accented = "".join(map(chr, PLAIN_LETTERS))
    # Its schema stands in it: what restores a back-up has no search path. A text with more different words than
    # PostgreSQL takes is found by its first part.
    cursor.execute(
        f"""
        CREATE OR REPLACE FUNCTION {_FUNCTION}(written text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE AS $function$
        DECLARE plain text := translate(normalize(written, NFC), %s, %s);
        BEGIN
            RETURN to_tsvector('"{schema}".{CONFIGURATION}'::regconfig, plain);
        EXCEPTION WHEN program_limit_exceeded THEN
            RETURN to_tsvector('"{schema}".{CONFIGURATION}'::regconfig, left(plain, 200000));
        END
        $function$
        """,
        [accented + _BETWEEN, "".join(PLAIN_LETTERS.values()) + " " * len(_BETWEEN)],
    )
