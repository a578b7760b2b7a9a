"""Marks spans in a text so that a page can show them: nested spans nest, crossing spans are cut and go on.

The reader of minutes may find a commitment inside a response, and a response inside a point; a clerk may draw a span
across two others. HTML elements may not cross, so a span that crosses the end of another is closed there and opened
again behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

Name = TypeVar("Name")


@dataclass(frozen=True, slots=True)
class MarkedSpan(Generic[Name]):
    """A span ``[start, end)`` in code points, and what the page calls it."""

    start: int
    end: int
    name: Name


@dataclass(frozen=True, slots=True)
class Text:
    """A stretch of the text with no mark beginning or ending in it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Open(Generic[Name]):
    """A mark begins; ``again`` where it only goes on after it was cut."""

    name: Name
    again: bool


@dataclass(frozen=True, slots=True)
class Close(Generic[Name]):
    """The innermost open mark ends; ``for_good`` where it does not go on."""

    name: Name
    for_good: bool


def marks(length: int, spans: Iterable[MarkedSpan[Name]]) -> Iterator[Text | Open[Name] | Close[Name]]:
    """The events that write a text of ``length`` code points with its spans marked, in order and properly nested.

    Of two spans that start together the longer is the outer; of two equal ones the first given.
    Cost: n log n in the number of spans, times the depth of their nesting.

    Raises:
        ValueError: a span is empty or does not lie within the text.
    """
    ordered = sorted(spans, key=lambda span: (span.start, -span.end))
    for span in ordered:
        if not 0 <= span.start < span.end <= length:
            raise ValueError(f"The span [{span.start}, {span.end}) does not lie within a text of {length} characters.")
    at = 0
    open_spans: list[MarkedSpan[Name]] = []
    for span in ordered:
        yield from _advance(at, span.start, open_spans)
        at = span.start
        # What ends before the new span does would cross it: cut it here, and let it go on inside.
        crossing: list[MarkedSpan[Name]] = []
        while open_spans and open_spans[-1].end < span.end:
            crossing.append(open_spans.pop())
            yield Close(crossing[-1].name, for_good=False)
        open_spans.append(span)
        yield Open(span.name, again=False)
        for cut in reversed(crossing):
            open_spans.append(cut)
            yield Open(cut.name, again=True)
    yield from _advance(at, length, open_spans)


def _advance(at: int, to: int, open_spans: list[MarkedSpan[Name]]) -> Iterator[Text | Open[Name] | Close[Name]]:
    """Write the text from ``at`` to ``to``, closing what ends on the way. Open spans end innermost first."""
    while open_spans and open_spans[-1].end <= to:
        ending = open_spans.pop()
        if ending.end > at:
            yield Text(at, ending.end)
            at = ending.end
        yield Close(ending.name, for_good=True)
    if to > at:
        yield Text(at, to)
