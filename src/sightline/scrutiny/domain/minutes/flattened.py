"""Pass 1, lines, second half: tables of committee software that a converter has flattened.

There an item is one line: its title, what the agenda asked, the label "Minutes:" and the minute begin in it, and what
is left of the table stands as upright strokes ("3 Fees PDF 90 KB To consider the fees. Minutes: The Clerk said |").
The line is taken apart into those rows, so that the later passes read what they read from a page with its lines kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sightline.scrutiny.domain.documents.model import LineKind
from sightline.scrutiny.domain.minutes import introductions
from sightline.scrutiny.domain.minutes.lines import Row, find_marker, is_furniture
from sightline.scrutiny.domain.minutes.titles import title_like

_LEAST = 2
_MINUTES = re.compile(r"(?<=\S)(?<!\bthe)(?<!\bThe)(?<!\bof) +(?=(?:Draft )?Minutes ?:(?: \S|$))")
_STARTS = re.compile(r"(?:Draft )?Minutes ?:(?= \S)")
_LABEL_WITHIN = 5
"""The label may stand so many lines below its title, where what the agenda asked is wrapped."""
_FARTHEST = 900
"""So many characters an agenda entry has at most, before the label of its minute."""
_FILE = re.compile(r" *\b(?:pdf icon )?PDF \d{1,6}(?:\.\d+)? ?[KM]B\b *")
_DOCUMENTS = re.compile(r" *\b(?:Additional|Supporting) documents:?")


def _capital(purpose: str) -> str:
    return purpose[0].upper() + purpose[1:]


_PURPOSE = re.compile(
    r"(?<=\S) +(?=(?:"
    + "|".join(_capital(purpose) for purpose in introductions.AGENDA_PURPOSES if purpose[0].isalpha())
    + r")\b)"
)
_DECIDED = re.compile(r"(?<=\S) +(?=(?:RESOLVED|AGREED|RECOMMENDED)\b)")
_STROKES = re.compile(r"^[\s|]+|[\s|]+$")
_HEAD = re.compile(r"(?:note ?\|? ?)?no\.? ?\|? ?items?\W*", re.I)


def unflattened(rows: Sequence[Row]) -> list[Row]:
    """The rows, with those of flattened tables taken apart; the same rows where there are none. Time linear."""
    entries = sum(
        "Minutes" in row.text and (_label(row) is not None or _STARTS.match(row.text) is not None) for row in rows
    )
    strokes = sum(row.text[-1] == "|" or row.text[0] == "|" for row in rows)
    if entries < _LEAST and strokes < _LEAST:
        return list(rows)
    found: list[Row] = []
    opens = False
    for index, row in enumerate(rows):
        if entries >= _LEAST:
            row = _unlisted(row)
        if row.kind is LineKind.TABLE_CELL:
            found.append(row)
            continue
        if _HEAD.fullmatch(row.text.replace("\t", " ")):
            found.append(row._replace(furniture=True))
            continue
        whole = row if strokes < _LEAST else _between_strokes(row)
        label = _label(whole) if entries >= _LEAST else None
        starts = _STARTS.match(whole.text) if entries >= _LEAST else None
        if starts:
            found.append(_part(whole, 0, starts.end(), gap=True)._replace(ends=False))
            found.append(_part(whole, starts.end(), len(whole.text), gap=True))
            opens = whole.ends
            continue
        if label is None or whole.furniture:
            found.extend(_opening(whole, rows[index + 1 : index + _LABEL_WITHIN]) if opens and entries else [whole])
            opens = whole.ends or (opens and whole.furniture)
            continue
        opens = whole.ends
        found.extend(_entry(whole, label.start()))
        minute = whole.text.index(":", label.end()) + 1
        found.append(_part(whole, label.end(), minute, gap=True))
        if whole.text[minute:].strip():
            found.append(_part(whole, minute, len(whole.text), gap=True))
    return found


def _unlisted(row: Row) -> Row:
    """A line that was taken for a row of a table or for a list's, as plain text; a cell ends with its row."""
    if row.kind is LineKind.TABLE_CELL and sum(end > start for start, end in row.cells) <= 1:
        return row._replace(kind=LineKind.TEXT, level=0, cells=(), ends=True, gap=True)
    if row.kind is LineKind.LIST_ITEM and row.marker is None:
        return row._replace(kind=LineKind.TEXT, level=0)
    return row


def _label(row: Row) -> re.Match[str] | None:
    found = _MINUTES.search(row.text, 0, _FARTHEST)
    return found if found and any(map(str.isalpha, row.text[: found.start()])) else None


def _opening(row: Row, following: Sequence[Row]) -> list[Row]:
    """The first line of a cell: its title apart from the rest, where the label stands in a later line or in none."""
    for later in following:
        if later.text.startswith("Minutes"):
            return _entry(row, len(row.text)) if not row.furniture else [row]
        if later.text[-1] == "|":
            break
    return _decided(row)


def _decided(row: Row) -> list[Row]:
    """A cell that holds a title and at once what was decided, as two rows; any other row as it is."""
    decided = _DECIDED.search(row.text, 0, _FARTHEST)
    if decided is None or not title_like(row.text[: decided.start()], numbered=True, formatted=True):
        return [row]
    title = _part(row, 0, decided.start(), gap=True)._replace(kind=LineKind.HEADING, level=2, ends=False)
    return [title, _part(row, decided.end(), len(row.text), gap=True)]


def _between_strokes(row: Row) -> Row:
    stripped = _STROKES.sub("", row.text)
    if len(stripped) == len(row.text) or not stripped:
        return row
    start = row.text.index(stripped)
    part = _part(row, start, start + len(stripped), gap=row.gap or start > 0)
    return part._replace(ends=row.ends or row.text[-1] == "|")


def _entry(row: Row, stop: int) -> list[Row]:
    """The agenda entry before the label: its title, and what the agenda asked."""
    documents = _DOCUMENTS.search(row.text, 0, stop)
    end = documents.start() if documents and documents.start() > 3 else stop
    file = _FILE.search(row.text, 0, end)
    purpose = _PURPOSE.search(row.text, 0, end)
    first = min((found for found in (file, purpose) if found), key=lambda found: found.start(), default=None)
    title = _part(row, 0, end if first is None or first.start() < 3 else first.start(), gap=True)
    if title_like(title.text, numbered=True, formatted=True):
        title = title._replace(kind=LineKind.HEADING, level=2)
    if first is None or first.start() < 3:
        return [title]
    if first.end() >= end:
        return [title]
    return [title, _part(row, first.end(), end, gap=True)]


def _part(row: Row, start: int, end: int, *, gap: bool) -> Row:
    text = row.text[start:end].rstrip()
    start += len(text) - len(text.lstrip())
    text = text.lstrip()
    return row._replace(
        start=row.start + start,
        end=row.start + start + len(text),
        text=text,
        gap=gap,
        marker=find_marker(text),
        furniture=is_furniture(text, row.kind),
    )
