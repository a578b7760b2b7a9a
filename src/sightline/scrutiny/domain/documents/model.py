"""A document as Sightline keeps it: one plain text, and what its file said about the look of each line.

Every span that anything later points at (an item, a passage, a recommendation) is a half-open pair
of offsets ``[start, end)`` in ``Document.text``, counted in Unicode code points.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class LineKind(StrEnum):
    """What the file itself said a line is. ``TEXT`` where the format says nothing."""

    TEXT = "text"
    HEADING = "heading"
    LIST_ITEM = "list item"
    TABLE_CELL = "table cell"


class Line(NamedTuple):
    """One line of ``Document.text``, without its line break.

    start, end: offsets in the text, ``[start, end)``.
    kind: what the format said the line is.
    level: heading level (1 = most important), list depth (1 = outermost); 0 where neither applies.
    marker: the list marker that the format generated ("1. ", "b) ", "• "). A reader of minutes cites
        it, so it is written into the text: the line's own words start at ``start + len(marker)``.
        Empty where the format says nothing of lists (a marker may then still stand in the words).
    bold: the whole line is set in bold.
    page: page number in the file, from 1; 0 where the format has no pages.
    """

    start: int
    end: int
    kind: LineKind = LineKind.TEXT
    level: int = 0
    marker: str = ""
    bold: bool = False
    page: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """The plain text of one file, with its lines.

    source: the file's name, for messages; never a path that is trusted.
    media_type: what the content was found to be, for example ``application/pdf``.
    text: the whole text, line breaks as ``\\n``, Unicode NFC not applied (offsets stay true).
    lines: in text order, not overlapping, every non-empty line of the text once.
    title: what the file's own metadata or front matter calls itself; empty where it does not.
    """

    source: str
    media_type: str
    text: str
    lines: tuple[Line, ...] = field(repr=False)
    title: str = ""

    def line_text(self, line: Line) -> str:
        return self.text[line.start : line.end]
