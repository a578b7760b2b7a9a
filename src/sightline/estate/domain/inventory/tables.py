"""Tables in CSV and XLSX, row by row: memory does not grow with the file.

CSV: comma, semicolon or tab; UTF-8, UTF-16 with its mark, or Windows-1252. XLSX: the first sheet that holds a heading;
values only, so a formula counts as what it last gave and a macro is never run.
"""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from sightline.estate.domain.inventory.rows import UnreadableInventory

__all__ = ["Row", "encoding_of", "rows_of_csv", "rows_of_xlsx"]

Row = tuple[int, list[str]]
"""The number of a row or line, from 1, and its cells as text."""

FIELD_LIMIT = 100_000
"""The longest field, in characters. Longer ones come from a quotation mark that is never closed."""
UNPACKED_LIMIT_BYTES = 1024 * 1024 * 1024
_HEADING_WITHIN = 20
"""Exports may begin with a title and a date: the heading is the first of so many rows with two filled cells or more."""


def encoding_of(path: Path) -> str:
    """How the text of a file is written, by its first bytes and, where those do not tell, by reading it through."""
    with path.open("rb") as file:
        start = file.read(4)
        if start.startswith((b"\xff\xfe", b"\xfe\xff")):
            return "utf-16"
        file.seek(0)
        try:
            with path.open(encoding="utf-8-sig") as text:
                while text.read(1024 * 1024):
                    pass
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def rows_of_csv(path: Path) -> Iterator[Row]:
    """The heading and every row. Raises UnreadableInventory with the line; empty rows are passed over."""
    before = csv.field_size_limit(FIELD_LIMIT)
    number = 0
    try:
        with path.open(encoding=encoding_of(path), newline="") as file:
            start = [line for line, _ in zip(file, range(_HEADING_WITHIN), strict=False)]
            file.seek(0)
            reader = csv.reader(file, delimiter=_delimiter(start), strict=True)
            heading: list[str] | None = None
            for fields in reader:
                number = reader.line_num
                if "\0" in "".join(fields):
                    raise UnreadableInventory(f"line {number}: holds bytes that are no text. Save it as CSV UTF-8.")
                if not any(field.strip() for field in fields):
                    continue
                if heading is None:
                    if sum(bool(field.strip()) for field in fields) < 2 and number < _HEADING_WITHIN:
                        continue
                    heading = fields
                elif len(fields) != len(heading):
                    raise UnreadableInventory(
                        f"line {number}: {len(fields)} fields instead of {len(heading)}. Put quotation marks round "
                        "fields that hold the separator."
                    )
                yield number, [field.strip() for field in fields]
    except csv.Error as error:
        raise UnreadableInventory(f"line {number + 1}: {error}. Mend that line.") from error
    except UnicodeError as error:
        raise UnreadableInventory(f"line {number + 1}: is not text. Save it as CSV UTF-8.") from error
    finally:
        csv.field_size_limit(before)


def _delimiter(lines: list[str]) -> str:
    """The separator that the first lines hold the most of, tabs first."""
    text = "".join(lines)
    return max("\t;,", key=lambda one: (text.count(one), one == ","))


def rows_of_xlsx(path: Path) -> Iterator[Row]:
    """The heading and every row of the first sheet that has one. Raises UnreadableInventory with the row.

    A merged cell's text stands in its first row alone, so a row without a machine's name is told to whoever reads.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > UNPACKED_LIMIT_BYTES:
                raise UnreadableInventory("unpacks to more than 1 GB. Give it as CSV.")
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except (OSError, KeyError, ValueError, TypeError, zipfile.BadZipFile, InvalidFileException) as error:
        raise UnreadableInventory("is no workbook that can be read. Save it as XLSX or CSV again.") from error
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            heading: list[str] | None = None
            for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
                texts = [_text(cell) for cell in cells]
                if not any(texts):
                    continue
                if heading is None:
                    if sum(map(bool, texts)) < 2:
                        if number >= _HEADING_WITHIN:
                            break
                        continue
                    while texts and not texts[-1]:
                        texts.pop()
                    heading = texts
                wide = [*texts, *[""] * (len(heading) - len(texts))]
                if any(wide[len(heading) :]):
                    raise UnreadableInventory(f"row {number}: has more cells than the heading. Mend that row.")
                yield number, wide[: len(heading)]
            if heading is not None:
                return
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise UnreadableInventory(f"cannot be read to its end ({error}). Save it again.") from error
    finally:
        book.close()
    raise UnreadableInventory("no sheet has a heading.")


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
