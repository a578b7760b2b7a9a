"""Pass 2, blocks: lines put together again as the paragraphs, list items and headings they were cut from.

A line goes on in the next one where the file wrapped it: its next word would not have fitted, or it stopped in
mid-sentence and the next goes on in lower case. That holds over one empty line (double-spaced files) and over a
page break, whose furniture is blanked out of the block's words and nothing else.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from sightline.scrutiny.domain.documents.model import Document, LineKind
from sightline.scrutiny.domain.minutes.lines import Marker, Row, flat

_WIDEST_WRAP = 180
"""A file whose lines are longer than this holds a paragraph a line."""


_FOUR_LETTERS = re.compile(r"[^\W\d_](?:[\W\d_]*[^\W\d_]){3}")


class Block(NamedTuple):
    """A paragraph, list item or heading.

    start, end: in the document's text, the marker included. body: where the words begin, after the marker.
    text: the words from ``body`` to ``end``, white space flat, furniture blanked; as long as the span.
    depth: 0 for what is no list item, 1 for an outermost one. rows: how many lines it was put together from.
    first: length of its first line (a heading may stand alone in it).
    cells: spans of its cells, for the row of a table. margin: the note in the margin beside it.
    """

    start: int
    end: int
    body: int
    text: str
    marker: Marker | None
    depth: int
    indent: int
    kind: LineKind
    level: int
    bold: bool
    gap: bool
    rows: int
    first: int
    cells: tuple[tuple[int, int], ...] = ()
    margin: str = ""

    @property
    def whole(self) -> str:
        """The text with the marker's place blanked, so that offsets count from ``start``."""
        return " " * (self.body - self.start) + self.text

    @property
    def listed(self) -> bool:
        return self.depth > 0

    @property
    def capitals(self) -> bool:
        """All letters are capitals, and there are at least four of them."""
        text = self.text
        if not text.isupper():
            return False
        return (len(text) > 3 and text[:4].isalpha()) or _FOUR_LETTERS.search(text, 0, 40) is not None


def build_blocks(document: Document, rows: Sequence[Row]) -> list[Block]:
    """The blocks of those rows, in order. Time linear in their text."""
    width = _wrap_width(rows)
    groups: list[list[Row]] = []
    furniture: list[tuple[int, int]] = []
    crossed = False
    for row in rows:
        if row.furniture:
            furniture.append((row.start, row.end))
            crossed = True
            continue
        if groups and _goes_on(groups[-1], row, width, crossed):
            groups[-1].append(row)
        else:
            groups.append([row])
        if row.margin:
            furniture.append(row.margin)
        crossed = False
    nest = _Nest()
    return [_block(document, group, furniture, nest) for group in groups]


def _wrap_width(rows: Sequence[Row]) -> int:
    """The width at which the file wraps its lines; 0 where it does not.

    Lines that another one follows at once tell it best, since most of them stand inside a paragraph.
    """
    plain = [row for row in rows if not row.furniture and row.kind is not LineKind.HEADING]
    inside = [len(row.text) + row.indent for row, following in pairwise(plain) if not following.gap]
    lengths = sorted(
        inside if len(inside) >= max(5, len(plain) // 5) else (len(row.text) + row.indent for row in plain)
    )
    if len(lengths) < 3:
        return 0
    width = lengths[len(lengths) * 4 // 5]
    return width if 40 <= width <= _WIDEST_WRAP else 0


_TERMINAL = re.compile(r"[.?!:;][\"'”’)\]*]{0,3}$")
# The title of the whole file, with its date, or of a recommendation: nothing goes on from there over an empty line.
_TITLE_LINE = re.compile(
    r"(?:draft )?minutes? (?:of|from)\b.{4,150}\b(?:19|20)\d\d|recommendation (?:\d{1,2}|[ivx]{1,5}) ?[-–—:] .{3,120}",
    re.I,
)
_SENTENCE_END = re.compile(r"[.?!][\"'”’)\]*]{0,3}$")
_ABBREVIATED = re.compile(r"(?:\b(?:cllrs?|clirs?|mr|mrs|ms|dr|no|nos|st|prof|rev|co|ltd|e\.g|i\.e|[A-Z])\.)$", re.I)


def _goes_on(group: list[Row], row: Row, width: int, crossed: bool) -> bool:
    last = group[-1]
    if last.ends and last.words:
        return False
    if (
        last.marker
        and not last.words
        and len(group) == 1
        and row.kind is not LineKind.LIST_ITEM
        and not _opens_list(row)
    ):
        return True  # "5." alone, its title on the next line
    if row.kind is not last.kind or row.kind in (LineKind.HEADING, LineKind.TABLE_CELL, LineKind.LIST_ITEM):
        return False
    if row.level != last.level or not last.text:
        return False
    if row.gap and not width:
        return False
    if row.marker and not _mid_sentence_number(group, row):
        return False
    lower = row.text[:1].islower() and not _LABEL.match(row.text)
    first_word = row.text.split(" ", 1)[0]
    length = last.indent + len(last.text) + 1 + len(first_word)
    full = bool(width) and length > width * (1.0 if row.gap else 0.92)
    if row.gap and not (lower or full or crossed or (last.marker is not None and length > width * 0.85)):
        return False  # neither goes on over an empty line
    tail = last.text[-12:]
    ended = bool(_TERMINAL.search(tail)) and not _ABBREVIATED.search(tail)
    if last.text.isupper() != row.text.isupper() and _letters(last.text) and _letters(row.text) and not (full or lower):
        return False
    if row.gap:
        if ended or _TITLE_LINE.fullmatch(last.text) or _LABEL.match(row.text) or _PURPOSE.match(row.text):
            return False
        if last.bold and not row.bold and len(group) == 1 and not lower:
            return False
        bullet = len(group) == 1 and last.marker is not None and last.marker.family.startswith("bullet")
        return (
            lower
            or full
            or (bullet and length > width * 0.85)
            or (crossed and not last.bold and len(last.text) > width * 0.6)
        )
    if _LABEL.match(row.text) or (last.text[-1] in ";:" and not lower):
        return False
    if _UNFINISHED.search(tail):
        return True
    if not width:
        return lower and not ended
    if full:
        return True
    if ended and _SENTENCE_END.search(tail):
        # In mid-paragraph a line that ends with a sentence is still nearly full; a short one ends the paragraph.
        return len(last.text) + last.indent > width * 0.8 and not row.bold
    # Lines that follow at once belong together, unless the first is so short that it must be a title or a name
    # in a list.
    return (
        lower
        or len(last.text) + last.indent > width * 0.62
        or (last.text[-1:] in ",-–&(" and len(last.text) > width * 0.5)
    )


# No line ends with one of these but in mid-sentence, however short it is.
_UNFINISHED = re.compile(r" (?:an?|the|of|and|or|to|in|for|as|by|with|on|at|from|its|their|be|was|were|is|are)$")
# What the agenda asks begins a paragraph of its own, however long the title above it is.
_PURPOSE = re.compile(
    r"(?:To (?:consider|receive|note|agree|approve|review|seek|discuss|set out|"
    r"update|inform|scrutinise)|(?:The )?[Rr]eport (?:of|by))\b"
)
_LABEL = re.compile(
    r"[A-Z][A-Za-z ]{2,20}:(?: |$)|(?:RESOLVED|AGREED|RECOMMENDED|ACTION|REPLY|NOTED)\b|"
    r"(?:Resolved|Agreed|Recommended|Decision)\W{0,3}$|\w+\d? +\S.* {4,}\S"
)


def _letters(text: str) -> bool:
    return text.upper() != text.lower()


def _opens_list(row: Row) -> bool:
    return row.marker is not None and row.marker.family.startswith("bullet")


def _mid_sentence_number(group: list[Row], row: Row) -> bool:
    """A number that a wrapped sentence happens to start a line with, as in "on \\n 18. March"."""
    marker = row.marker
    if marker is None or row.gap or marker.family.startswith(("bullet", "item")):
        return False
    last = group[-1]
    if marker.family == "num )" and last.text.rfind("(") > last.text.rfind(")"):
        return True  # "(for 5, against 0, abstained \n 1)"
    if _TERMINAL.search(last.text) or re.search(r"\b(?:and|or)$", last.text) or row.indent < last.indent:
        return False
    own = group[0].marker
    if own is not None and own.family == marker.family and marker.value == own.value + 1:
        return False  # "4.4" after "4.3" numbers a paragraph
    if marker.family.startswith(("dotted", "slash", "code")):
        return bool(re.search(r"[a-z,]$", last.text)) and row.indent >= group[0].indent and len(last.text) > 40
    start = group[0].marker
    successor = start is not None and start.family == marker.family and marker.value == start.value + 1
    return marker.value > 1 and not successor and bool(re.search(r"[a-z,(]$", last.text)) and len(last.text) > 40


def _block(document: Document, group: list[Row], furniture: list[tuple[int, int]], nest: _Nest) -> Block:
    head = group[0]
    start, end = head.start, group[-1].end
    text = head.text
    bold, margin = head.bold, ""
    rows = len(group)
    if rows > 1:
        bold = all(row.bold for row in group if row.words)
        text = flat(document.text[start:end].replace("\n", " "))
        for left, right in furniture[bisect_left(furniture, (start, 0)) : bisect_left(furniture, (end, 0))]:
            text = text[: left - start] + " " * (right - left) + text[right - start :]
    marker = head.marker
    length = 0
    if marker:
        length = marker.length
        if text[length : length + 1] in (" ", "|"):
            length += len(text[length:]) - len(text[length:].lstrip(" |"))
        if length >= len(text):
            length = len(text.rstrip())
    # A number alone in its line or cell takes the look of the heading that follows it.
    named = group[1] if rows > 1 and not head.words else head
    kind, level = named.kind, named.level
    if head.margin or rows > 1:
        margin = " ".join(document.text[row.margin[0] : row.margin[1]] for row in group if row.margin)
    return Block(
        start, end, start + length, text[length:], marker, nest.depth(kind, level, marker, head.indent), head.indent,
        kind, level, bold, head.gap, rows, len(head.text) - length, head.cells, margin,
    )  # fmt: skip


class _Nest:
    """How deep each block stands in lists: by the level the file gives, else by marker and indentation, as a reader's
    eye does it.
    """

    def __init__(self) -> None:
        self._open: list[tuple[str, int]] = []  # family and indentation of each list that a block may go on with

    def depth(self, kind: LineKind, level: int, marker: Marker | None, indent: int) -> int:
        """The depth of the next block."""
        if kind is LineKind.LIST_ITEM:
            return max(1, level)
        lists = self._open
        if marker is None or marker.family.startswith(("item", "code", "ref", "dotted", "slash")):
            if marker or not lists or indent <= lists[-1][1] + 1 or kind is not LineKind.TEXT:
                lists.clear()  # an indented paragraph leaves the list open
            return 0
        family = marker.family
        if not lists:
            lists.append((family, indent))
            return 1
        while lists and indent < lists[-1][1] - 1:
            lists.pop()
        families = [known for known, _ in lists]
        if family in families and indent <= lists[families.index(family)][1] + 1:
            del lists[families.index(family) + 1 :]
            lists[-1] = (family, indent)
        elif (
            lists
            and family.startswith("bullet")
            and lists[-1][0].startswith("bullet")
            and abs(indent - lists[-1][1]) <= 1
            and indent > 0
        ):
            lists[-1] = (family, indent)  # bullets of two sorts at one indentation: one list
        else:
            lists.append((family, indent))
        return len(lists)
