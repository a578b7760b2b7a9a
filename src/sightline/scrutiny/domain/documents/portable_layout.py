"""The lines of a PDF's pages: their order, the gaps between them, and the furniture around them.

A PDF says where letters stand, not what is a paragraph. The order in which it draws is nearly always that of
reading, and the only one that keeps table cells together; but headers and footers are often drawn first or last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sightline.scrutiny.domain.documents.builder import Draft
from sightline.scrutiny.domain.documents.furniture import find_furniture

_SAME_PITCH_POINTS = 0.75
"""How much two distances between lines may differ and still be one."""
_GAP = 1.3
"""A distance this many times the usual one is a gap."""
_TALLEST_PITCH = 2.6
"""Distances over this many times the height of the letters are no pitch of lines."""


@dataclass(slots=True)
class PageLine:
    """A line on a page. Distances in points (1/72 inch), from the left and from the bottom of the page.

    baseline: where its first letter stands. height: of its letters, as the font gives it.
    """

    words: str
    left: float
    right: float
    baseline: float
    height: float
    bold: bool = False


def set_in_order(lines: Sequence[PageLine]) -> list[PageLine]:
    """The lines of one page in the order of reading.

    lines: as the page draws them. Runs that go down the page keep their order; runs that stand beside
    one another (columns, cells) too; a run that stands wholly above what was drawn before it moves up.
    """
    runs: list[list[PageLine]] = []
    for line in lines:
        if not runs or line.baseline > runs[-1][-1].baseline + line.height / 2:
            runs.append([])
        runs[-1].append(line)
    # From the top of the page down; runs that overlap in height become one block, in the order of drawing.
    blocks: list[tuple[float, list[int]]] = []
    for number in sorted(range(len(runs)), key=lambda number: (-runs[number][0].baseline, number)):
        run = runs[number]
        if blocks and run[0].baseline >= blocks[-1][0] - run[0].height / 2:
            lowest, numbers = blocks[-1]
            blocks[-1] = (min(lowest, run[-1].baseline), [*numbers, number])
        else:
            blocks.append((run[-1].baseline, [number]))
    return [line for _, numbers in blocks for number in sorted(numbers) for line in runs[number]]


def draft_pages(pages: Sequence[Sequence[PageLine]]) -> Iterator[Draft]:
    """The lines of all pages as drafts, without furniture.

    pages: the lines of each page, in order of reading; pages are counted from 1.
    """
    pitch = _pitch(pages)
    furniture = find_furniture(
        [[line.words for line in lines] for lines in pages], [[line.baseline for line in lines] for lines in pages]
    )
    # Where nearly everything is bold, bold says nothing.
    total = sum(map(len, pages))
    told = sum(line.bold for lines in pages for line in lines) * 5 <= total * 4
    ended = last_bold = False
    for number, lines in enumerate(pages):
        before: PageLine | None = None
        for index, line in enumerate(lines):
            if (number, index) not in furniture.places:
                gap = _is_gap(before, line, pitch) if before is not None else ended or line.bold != last_bold
                yield Draft(line.words, bold=line.bold and told, page=number + 1, gap=gap)
                before = line
                last_bold = line.bold
        if before is not None:
            # A paragraph runs on over the page where its last line is full and no sentence ends in it.
            full = before.right >= 0.85 * max(line.right for line in lines)
            ended = not full or before.words.endswith((".", ";", ":", "?", "!"))


def _is_gap(before: PageLine, line: PageLine, pitch: float) -> bool:
    distance = before.baseline - line.baseline
    if distance < -line.height / 2:
        return True  # up again: the next column or cell
    usual = pitch or line.height * 1.4
    return distance > usual * _GAP


def _pitch(pages: Sequence[Sequence[PageLine]]) -> float:
    """The usual distance between the lines of a paragraph; 0 where there is nothing to measure."""
    distances: Counter[int] = Counter()
    for lines in pages:
        for before, line in pairwise(lines):
            distance = before.baseline - line.baseline
            if line.height / 2 < distance <= line.height * _TALLEST_PITCH:
                distances[round(distance / _SAME_PITCH_POINTS)] += 1
    fewest = max(2, sum(distances.values()) // 12)
    usual = [step for step, count in distances.items() if count >= fewest]
    return min(usual) * _SAME_PITCH_POINTS if usual else 0.0
