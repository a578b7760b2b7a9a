"""Tables for download: CSV that no spreadsheet takes for a formula, JSON, both written while they are sent."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

# A cell that begins with one of these is a formula to a spreadsheet, which may send what stands beside it elsewhere.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(cell: Any) -> str:
    """A value as a cell that stays text: an apostrophe before what would be a formula, spaces before it or not."""
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS) else text


def csv_lines(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """A table as CSV, RFC 4180, a line at a time; numbers stay numbers."""
    line = io.StringIO()
    writer = csv.writer(line)
    yield _written(writer, line, heads)
    for row in rows:
        yield _written(writer, line, [cell if isinstance(cell, int) else harmless(cell) for cell in row])


def _written(writer: Any, line: io.StringIO, row: Sequence[Any]) -> str:
    line.seek(0)
    line.truncate()
    writer.writerow(row)
    return line.getvalue()


def json_lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Objects as one JSON array, an object at a time."""
    comma = ""
    yield "["
    for row in rows:
        yield f"{comma}\n{json.dumps(row, ensure_ascii=False)}"
        comma = ","
    yield "\n]\n"
