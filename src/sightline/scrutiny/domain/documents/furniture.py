"""Page furniture: the page numbers, running headers and footers that are not the minute's words.

They are removed only where they are certain. A page number is certain where it stands at the edge of its page and
counts with the pages; a running line is certain where it stands at the same place on most pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

_FEWEST_PAGES = 3
"""On how many pages at least a running line stands."""
_DEPTH = 4
"""How many lines from each edge of a page may be furniture."""
_PAGE = r"p\s?a\s?g\s?e"
_LONE = re.compile(r"(\d{1,4})|[-–—~]\s?(\d{1,4})\s?[-–—~]|\[(\d{1,4})\]")
_LABELLED = re.compile(
    rf"\W{{0,3}}{_PAGE}\W{{0,3}}(\d{{1,4}})(?:\s?(?:of|/|\|)\s?(\d{{1,4}}))?\W{{0,2}}"  # Page 3; Page 3 of 9
    rf"|\W{{0,3}}(\d{{1,4}})\s?of\s?(\d{{1,4}})\W{{0,2}}"  # 3 of 9
    rf"|(\d{{1,4}})\s?\|\s?{_PAGE}",  # 3 | Page
    re.IGNORECASE,
)
_ENDS_LABELLED = re.compile(
    rf"(?:^|[-–—|•·,;:)\]]\s?|\s\s){_PAGE}\s(\d{{1,4}})(?:\s?of\s?\d{{1,4}})?\W?$", re.IGNORECASE
)
_STARTS_LABELLED = re.compile(rf"{_PAGE}\s(\d{{1,4}})(?:\s?of\s?\d{{1,4}})?\s?[-–—|•]", re.IGNORECASE)
_LONGEST = 120
"""Characters up to which a line at the edge of a page may be one that ends in "Page 3"."""
_PAIR_POINTS = 3.0
"""How far two lines of a two-page document may stand apart in height and still be the same running line."""
_DIGITS = re.compile(r"\d{1,9}")
_NUMBERS_AN_ITEM = re.compile(
    r"\W*(?:(?:agenda )?item|minute|resolution|recommendation|motion|question|action|appendix|part|section"
    r"|paragraph|no)\b"
    r"|\W*\d+\W*$"
)


class Furniture(NamedTuple):
    """What is furniture in a paged text.

    places: pairs (page index, line index).
    shift: what to add to a page index for the number printed on it; 1 where none is printed.
    """

    places: frozenset[tuple[int, int]]
    shift: int


NO_FURNITURE = Furniture(frozenset(), 1)
"""Of a text without pages."""


def find_furniture(pages: Sequence[Sequence[str]], heights: Sequence[Sequence[float]] | None = None) -> Furniture:
    """Which lines of which pages are furniture.

    pages: the lines of each page in reading order, tidied; empty lines may be among them and count for nothing.
    heights: where each line stands on the paper, in points, if that is known: then two pages are enough to tell.

    A running line at the very top of the first page is kept once: it may be all that names the body.
    Time linear in the number of lines.
    """
    edges = [_edges(lines) for lines in pages]
    numbers, shift = _page_numbers(pages, edges)
    found = numbers | _running_lines(pages, edges, heights)
    # Only from the edge inwards: behind a line that stays, everything stays.
    return Furniture(
        frozenset(
            place for page, sides in enumerate(edges) for side in sides for place in _outermost(page, side, found)
        ),
        shift,
    )


def find_counted_pages(lines: Sequence[str]) -> frozenset[int]:
    """Which lines of an unpaged text are page numbers for certain: "Page 1 of 3", "Page 2 of 3" …, counted up.

    lines: in text order, tidied. Returns line indexes; none unless at least two of the pages are found.
    """
    found: dict[int, list[tuple[int, int]]] = {}
    for index, line in enumerate(lines):
        match = _LABELLED.fullmatch(line.strip()) if len(line) < 30 and ("g" in line or "G" in line) else None
        if match is not None and match[2]:
            found.setdefault(int(match[2]), []).append((int(match[1]), index))
    certain: set[int] = set()
    for total, counted in found.items():
        numbers = [number for number, _ in counted]
        if len(numbers) > 1 and numbers[-1] <= total and all(a < b for a, b in pairwise(numbers)):
            certain.update(index for _, index in counted)
    return frozenset(certain)


def runs_on(before: str, after: str) -> bool:
    """Whether a sentence certainly runs on over the page: from the last line before it to the first line after."""
    before, after = before.strip(), after.strip()
    return bool(before) and before[-1] not in ".;:?!" and after[:1].islower()


def is_page_number(text: str) -> int | None:
    """The number, where a line's text is nothing but a page number ("3", "- 3 -", "Page 3 of 9"); else ``None``.

    "3." and "(3)" number an item rather than a page.
    """
    text = text.strip()
    match = None if len(text) > 30 else _LONE.fullmatch(text) or _LABELLED.fullmatch(text)
    return None if match is None else int(next(group for group in match.groups() if group is not None))


def _edges(lines: Sequence[str]) -> tuple[list[int], list[int]]:
    """The line indexes at the top and at the bottom of a page, each from the edge inwards."""
    top = _first_filled(lines, range(len(lines)))
    bottom = _first_filled(lines, range(len(lines) - 1, -1, -1))
    if top and top[-1] >= bottom[-1]:
        # A short page: each line belongs to the edge that it is nearer to.
        filled = sorted({*top, *bottom})
        half = (len(filled) + 1) // 2
        return filled[:half], filled[half:][::-1]
    return top, bottom


def _first_filled(lines: Sequence[str], order: range) -> list[int]:
    found: list[int] = []
    for index in order:
        if lines[index].strip():
            found.append(index)
            if len(found) == _DEPTH:
                break
    return found


def _page_numbers(
    pages: Sequence[Sequence[str]], edges: Sequence[tuple[list[int], list[int]]]
) -> tuple[set[tuple[int, int]], int]:
    """Page numbers at the edges, and what to add to a page index to come to them."""
    candidates: list[tuple[int, int, int]] = []
    labelled: list[tuple[int, int, int]] = []
    for page, (top, bottom) in enumerate(edges):
        for index in {*top[:2], *bottom[:2]}:
            number = is_page_number(pages[page][index])
            if number is not None:
                candidates.append((page, index, number - page))
            elif index in (*top[:1], *bottom[:1]):
                number = _number_within(pages[page][index].strip())
                if number is not None:
                    labelled.append((page, index, number - page))
    shifts = Counter(shift for _, _, shift in candidates)
    shift, count = max(shifts.items(), key=lambda item: (item[1], -abs(item[0])), default=(1, 0))
    if count < 3 and (count < 2 or count * 3 < len(pages)):
        shift, count = 1, 0
    found = {
        (page, index)
        for page, index, step in candidates
        if (count and step == shift) or _LONE.fullmatch(pages[page][index].strip()) is None
    }
    return found | {(page, index) for page, index, step in labelled if step == shift}, shift


def _number_within(text: str) -> int | None:
    """The page number in a longer line at the edge of a page: "Minutes, 3 March – Page 2"."""
    match = None if len(text) > _LONGEST else _ENDS_LABELLED.search(text) or _STARTS_LABELLED.match(text)
    return None if match is None else int(match[1])


def _running_lines(
    pages: Sequence[Sequence[str]],
    edges: Sequence[tuple[list[int], list[int]]],
    heights: Sequence[Sequence[float]] | None,
) -> set[tuple[int, int]]:
    places: dict[tuple[bool, bool, str], list[tuple[int, int]]] = {}
    for page, sides in enumerate(edges):
        for at_top, indexes in zip((True, False), sides, strict=True):
            seen: set[str] = set()
            for index in indexes:
                words = " ".join(pages[page][index].split()).casefold()
                if words not in seen:
                    seen.add(words)
                    places.setdefault((at_top, False, words), []).append((page, index))
                    if _DIGITS.search(words) and not _NUMBERS_AN_ITEM.match(words):
                        places.setdefault((at_top, True, _DIGITS.sub("0", words)), []).append((page, index))
    found: set[tuple[int, int]] = set()
    for (at_top, counted, _), spots in places.items():
        pair = heights is not None and len(spots) == len(pages) == 2 and _level(spots, heights) and _outer(spots, edges)
        # Left and right pages may have their own: two in five are most.
        many = len(spots) >= _FEWEST_PAGES and len(spots) * 5 >= len(pages) * 2
        if (pair or many) and (not counted or _counts(spots, pages)):
            found.update(spot for spot in spots if not (at_top and spot[0] == 0))
    return found


def _counts(spots: Sequence[tuple[int, int]], pages: Sequence[Sequence[str]]) -> bool:
    """Whether lines that are alike but for their numbers differ only in one that counts with the pages."""
    rows = [(page, [int(digits) for digits in _DIGITS.findall(pages[page][index])]) for page, index in spots]
    for place in range(len(rows[0][1])):
        if (
            len({numbers[place] for _, numbers in rows}) > 1
            and len({numbers[place] - page for page, numbers in rows}) > 1
        ):
            return False
    return True


def _outer(spots: Sequence[tuple[int, int]], edges: Sequence[tuple[list[int], list[int]]]) -> bool:
    """Whether lines are the first or second from an edge of their pages."""
    return all(index in (*edges[page][0][:2], *edges[page][1][:2]) for page, index in spots)


def _level(spots: Sequence[tuple[int, int]], heights: Sequence[Sequence[float]]) -> bool:
    """Whether lines stand at the same height of their pages."""
    standing = [heights[page][index] for page, index in spots]
    return max(standing) - min(standing) <= _PAIR_POINTS


def _outermost(page: int, side: Sequence[int], found: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for index in side:
        if (page, index) not in found:
            return
        yield page, index
