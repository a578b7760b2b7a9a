"""Page furniture: the page numbers, running headers and footers that are not the minute's words.

They are removed only where they are certain. A page number is certain where it stands at the edge of its page and
counts with the pages; a running line is certain where it stands at the same place on most pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

_DEPTH = 4
"""How many lines from each edge of a page may be furniture."""
_NUMBER = re.compile(
    r"\W{0,3}(?:p(?:age|\s?a\s?g\s?e|g|\.)?\W{0,3})?(?P<number>\d{1,4})(?:\s?(?:of|/|\|)\s?(?P<count>\d{1,4}|p(?:\s?a\s?g\s?e|age)))?\W{0,2}",
    re.I,
)
_LABELLED = re.compile(
    r"\W{0,3}(?:p\s?a\s?g\s?e\b.{0,6}\d{1,4}|\d{1,4}\s?(?:of|/)\s?\d{1,4}|\d{1,4}\s?\|\s?p\s?a\s?g\s?e\b)", re.I
)
_DIGITS = re.compile(r"\d+")


def find_furniture(pages: Sequence[Sequence[str]], *, fewest_pages: int = 3) -> set[tuple[int, int]]:
    """Which lines of which pages are furniture, as pairs (page index, line index).

    pages: the lines of each page in reading order, tidied; empty lines may be among them and count for nothing.
    fewest_pages: on how many pages at least a running line must stand. A reader that knows where lines
        stand on the paper may ask for 2.

    A running line at the very top of the first page is kept once: it may be all that names the body.
    Time linear in the number of lines.
    """
    edges = [_edges(lines) for lines in pages]
    found = _page_numbers(pages, edges) | _running_lines(pages, edges, fewest_pages)
    # Only from the edge inwards: behind a line that stays, everything stays.
    return {place for number, sides in enumerate(edges) for side in sides for place in _outermost(number, side, found)}


def is_page_number(text: str) -> int | None:
    """The number, where a line's text is nothing but a page number ("3", "- 3 -", "Page 3 of 9"); else ``None``."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None or (text.strip()[-1:] in (".)]:") and not text.strip().startswith(("[", "(", "P", "p"))):
        return None
    return int(match["number"])


def _edges(lines: Sequence[str]) -> tuple[list[int], list[int]]:
    """The line indexes at the top and at the bottom of a page, each from the edge inwards."""
    top = _first_filled(lines, range(len(lines)))
    bottom = _first_filled(lines, range(len(lines) - 1, -1, -1))
    return top, bottom


def _first_filled(lines: Sequence[str], order: range) -> list[int]:
    found: list[int] = []
    for index in order:
        if lines[index].strip():
            found.append(index)
            if len(found) == _DEPTH:
                break
    return found


def _page_numbers(pages: Sequence[Sequence[str]], edges: Sequence[tuple[list[int], list[int]]]) -> set[tuple[int, int]]:
    candidates: list[tuple[int, int, int]] = []
    for number, (top, bottom) in enumerate(edges):
        for index in {*top[:2], *bottom[:2]}:
            value = is_page_number(pages[number][index])
            if value is not None:
                candidates.append((number, index, value - number))
    steps = Counter(step for _, _, step in candidates)
    certain = {step for step, count in steps.items() if count >= 2 and count * 3 >= len(pages)}
    return {
        (number, index)
        for number, index, step in candidates
        if step in certain or (len(pages) > 1 and _LABELLED.match(pages[number][index]))
    }


def _running_lines(
    pages: Sequence[Sequence[str]], edges: Sequence[tuple[list[int], list[int]]], fewest_pages: int
) -> set[tuple[int, int]]:
    places: dict[tuple[bool, str], list[tuple[int, int]]] = {}
    for number, sides in enumerate(edges):
        for at_top, indexes in zip((True, False), sides, strict=True):
            seen: set[str] = set()
            for index in indexes:
                shape = _shape(pages[number][index])
                if shape not in seen:
                    seen.add(shape)
                    places.setdefault((at_top, shape), []).append((number, index))
    found: set[tuple[int, int]] = set()
    for (at_top, _), spots in places.items():
        if len(spots) >= fewest_pages and len(spots) * 2 > len(pages) - 1:
            found.update(spot for spot in spots if not (at_top and spot[0] == 0))
    return found


def _shape(text: str) -> str:
    """A running line's text without what changes from page to page."""
    return _DIGITS.sub("0", " ".join(text.split()).casefold())


def _outermost(page: int, side: Sequence[int], found: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for index in side:
        if (page, index) not in found:
            return
        yield page, index
