"""Rows to recognise, from a CSV file with the columns raw_name, raw_version and, where the tool tells it, publisher.

Comma, semicolon or tab; UTF-8, UTF-16 with its mark, or Windows-1252: what the tools and spreadsheets of Windows save.

Count first, then read: a file with a fault is refused before its first row is used. Rows are read one by one, so memory
does not grow with the file.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from sightline.estate.domain.inventory.tables import encoding_of
from sightline.kernel.errors import SightlineError

__all__ = ["COLUMNS", "UnreadableRows", "count_rows", "rows_in"]

COLUMNS = ("raw_name", "raw_version", "publisher")
_MAY_LACK = "publisher"
FIELD_LIMIT = 100_000
"""The longest field, in characters. Longer ones come from a quotation mark that is never closed."""


class UnreadableRows(SightlineError):
    """A file of rows that cannot be taken, with the row and what is wrong with it."""


def count_rows(path: Path) -> int:
    """How many rows the file holds, without its heading.

    Raises UnreadableRows where the file is missing, no text, has no heading with each column once (publisher may be
    lacking), or has a row with another number of fields than the heading.
    """
    return sum(1 for _ in _checked(path))


def rows_in(path: Path) -> Iterator[tuple[str, str, str]]:
    """The rows of a file as (raw name, raw version, publisher), in order. Raises as `count_rows` does."""
    yield from _checked(path)


def _checked(path: Path) -> Iterator[tuple[str, str, str]]:
    before = csv.field_size_limit(FIELD_LIMIT)
    try:
        with path.open(encoding=encoding_of(path), newline="") as file:
            first = file.readline()
            file.seek(0)
            reader = csv.reader(file, delimiter=max(",;\t", key=first.count), strict=True)
            heading = [name.strip().lower() for name in next(reader, [])]
            places = [_place(name, heading, path) for name in COLUMNS]
            for fields in reader:
                if not fields or fields == [""]:
                    continue
                if "\0" in "".join(fields):
                    raise UnreadableRows(
                        f"{path.name}, line {reader.line_num}: holds bytes that are no text. Save it as CSV UTF-8."
                    )
                if len(fields) != len(heading):
                    raise UnreadableRows(
                        f"{path.name}, line {reader.line_num}: {len(fields)} fields instead of {len(heading)}. "
                        "Put quotation marks round fields that hold commas."
                    )
                name, version, publisher = ("" if place is None else fields[place] for place in places)
                yield name, version, publisher
    except UnicodeError as error:
        raise UnreadableRows(f"{path.name}: is not text ({error}). Save it as CSV UTF-8.") from error
    except csv.Error as error:
        raise UnreadableRows(f"{path.name}, line {reader.line_num}: {error}. Mend that line.") from error
    except OSError as error:
        raise UnreadableRows(f"{path}: cannot be read ({error.strerror}). Give the file again.") from error
    finally:
        csv.field_size_limit(before)


def _place(name: str, heading: list[str], path: Path) -> int | None:
    found = [place for place, called in enumerate(heading) if called == name]
    if len(found) == 1:
        return found[0]
    if found:
        raise UnreadableRows(f"{path.name}: the column “{name}” stands {len(found)} times. Leave one.")
    if name == _MAY_LACK:
        return None
    here = ", ".join(f"“{called}”" for called in heading[:12]) or "nothing"
    raise UnreadableRows(f"{path.name}: there is no column “{name}”; the heading holds {here}. Name the column so.")
