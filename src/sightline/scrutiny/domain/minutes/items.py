"""Pass 4, items, second half: what stands under each heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sightline.scrutiny.domain.documents.model import LineKind
from sightline.scrutiny.domain.minutes.agenda_pages import minute_of
from sightline.scrutiny.domain.minutes.attendance import attendance_end
from sightline.scrutiny.domain.minutes.blocks import Block
from sightline.scrutiny.domain.minutes.headings import Heading, find_headings

UNTITLED = "(untitled: the minutes have no item headings)"


@dataclass(frozen=True, slots=True)
class ItemBlocks:
    """An item before it is read. title_start, title_end: both ``start`` where there is no title."""

    title: str
    title_start: int
    title_end: int
    number: str | None
    start: int
    end: int
    blocks: tuple[Block, ...]


def split_items(blocks: Sequence[Block]) -> tuple[list[Block], list[ItemBlocks]]:
    """The head of the meeting (what stands before its first item), and its items in order. Linear time."""
    headings = find_headings(blocks)
    if not headings:
        head = attendance_end(blocks)
        if head >= len(blocks):
            return list(blocks), []
        rest = tuple(blocks[head:])
        start = rest[0].start
        return list(blocks[:head]), [ItemBlocks(UNTITLED, start, start, None, start, rest[-1].end, rest)]
    before = _before_the_only(blocks, headings)
    items = before + [
        _item(blocks, heading, headings[place + 1].index if place + 1 < len(headings) else len(blocks))
        for place, heading in enumerate(headings)
    ]
    return list(blocks[: headings[0].index]), items


_NO_HEAD = 3


def _before_the_only(blocks: Sequence[Block], headings: Sequence[Heading]) -> list[ItemBlocks]:
    """What stands before a single heading far down: the minute goes without headings, and one line looks like one."""
    if len(headings) > 1 or headings[0].index <= _NO_HEAD:
        return []
    head = attendance_end(blocks)
    rest = tuple(blocks[head : headings[0].index])
    if len(rest) < _NO_HEAD:
        return []
    return [ItemBlocks(UNTITLED, rest[0].start, rest[0].start, None, rest[0].start, rest[-1].end, rest)]


def _item(blocks: Sequence[Block], heading: Heading, stop: int) -> ItemBlocks:
    block = blocks[heading.index]
    words = block.text[: heading.length]
    title_end = block.body + len(words.rstrip(" :-–—"))
    contents = list(minute_of(blocks[heading.index + 1 + heading.more : stop]))
    if heading.more:
        last = blocks[heading.index + heading.more]
        title_end = last.body + len(last.text.rstrip(" :-–—"))
        words = " ".join(found.text for found in blocks[heading.index : heading.index + heading.more + 1])
    elif heading.length < len(block.text):
        rest = block.text[heading.length :]
        lead = len(rest) - len(rest.lstrip(" :-–—."))
        if rest[lead:].strip():
            body = block.body + heading.length + lead
            first = block._replace(start=body, body=body, text=rest[lead:], marker=None, depth=0)
            contents.insert(0, first._replace(bold=False, kind=LineKind.TEXT))
    end = contents[-1].end if contents else max(block.end, title_end)
    title = " ".join(words.split()).rstrip(" :-–—")
    number = block.marker.label if block.marker and block.marker.label else None
    return ItemBlocks(title, block.body, title_end, number, block.start, end, tuple(contents))
