"""Rows of a table as lines.

Minutes use tables in two ways. A table of figures or names is rows: each becomes one line, its cells parted by
tabs. A table that only lays out the page holds whole paragraphs and lists in its cells: those become ordinary
lines, and a cell that holds just a number stays before the text that it numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sightline.scrutiny.domain.documents.builder import Draft
from sightline.scrutiny.domain.documents.model import LineKind

_LONGEST_ROW = 240
"""Characters up to which a row whose cells are one line each reads well as a single line."""
_NUMBER = re.compile(
    r"\(?(?:[A-Z]{1,4}[ ./-]?)?\d{1,4}(?:[./-]\d{1,4}){0,3}[a-z]?[.):]{0,2}|\(?(?:[A-Za-z]|[ivxIVX]{1,5})[.)]{1,2}"
)


def row_drafts(cells: Sequence[list[Draft]]) -> list[Draft]:
    """The lines of one row.

    cells: the lines of each cell, left to right; empty cells count for nothing.
    """
    filled = [cell for cell in cells if cell]
    if len(filled) < 2:
        return filled[0] if filled else []
    single = all(len(cell) == 1 and cell[0].kind in (LineKind.TEXT, LineKind.TABLE_CELL) for cell in filled)
    numbered = len(filled[0]) == 1 and _NUMBER.fullmatch(filled[0][0].words) is not None
    if single and (sum(len(cell[0].words) for cell in filled) <= _LONGEST_ROW or (numbered and len(filled) == 2)):
        return [
            Draft(
                "\t".join(cell[0].marker + cell[0].words for cell in filled),
                LineKind.TABLE_CELL,
                bold=all(cell[0].bold for cell in filled),
                page=filled[0][0].page,
            )
        ]
    if numbered and not filled[1][0].marker:
        first = filled[1][0]
        first.words = f"{filled[0][0].words} {first.words}"
        filled = filled[1:]
    lines = [draft for cell in filled for draft in cell]
    for cell in filled:
        cell[0].gap = True
    return lines
