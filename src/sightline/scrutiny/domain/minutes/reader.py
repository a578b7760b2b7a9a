"""The reader: a document in, its minutes out. The passes stand in the modules that this one calls, in this order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from sightline.scrutiny.domain.documents.model import Document, Line
from sightline.scrutiny.domain.documents.sweeping import no_sweeps
from sightline.scrutiny.domain.minutes import formalities
from sightline.scrutiny.domain.minutes.attendance import known_people
from sightline.scrutiny.domain.minutes.blocks import build_blocks
from sightline.scrutiny.domain.minutes.cues import Confidence
from sightline.scrutiny.domain.minutes.flattened import unflattened
from sightline.scrutiny.domain.minutes.found import Found
from sightline.scrutiny.domain.minutes.items import UNTITLED, ItemBlocks, split_items
from sightline.scrutiny.domain.minutes.lines import read_rows
from sightline.scrutiny.domain.minutes.meetings import find_body, find_held_on, split_meetings
from sightline.scrutiny.domain.minutes.model import (
    Commitment,
    Item,
    Minute,
    Part,
    Point,
    Recommendation,
    Resolution,
    Response,
)
from sightline.scrutiny.domain.minutes.parts import read_parts
from sightline.scrutiny.domain.minutes.resolutions import OpenResolution


def read_minutes(document: Document) -> list[Minute]:
    """The minutes of every meeting in a document, in text order; at least one, perhaps without items.

    Deterministic. Time and memory linear in the length of the text.
    """
    with no_sweeps():
        return [_read_meeting(document, lines) for lines in split_meetings(document)]


def read_minute(document: Document) -> Minute:
    """One minute for the whole document: the items of all its meetings, the body and date of the first that
    has them.
    """
    minutes = read_minutes(document)
    body = next((minute.body for minute in minutes if minute.body), None)
    date = next((minute.date for minute in minutes if minute.date), None)
    return Minute(document.source, body, date, tuple(item for minute in minutes for item in minute.items))


def _read_meeting(document: Document, lines: Sequence[Line]) -> Minute:
    rows = unflattened(read_rows(document, lines))
    blocks = build_blocks(document, rows)
    del rows
    head, found = split_items(blocks)
    first = document.text[lines[0].start : lines[-1].end] if lines else ""
    titled = len(list(islice(_TITLES.finditer(first), 3))) == 3
    known = known_people(head)
    items = []
    for item in found:
        parts = read_parts(item, titled=titled, known=known)
        parts.resolutions = [found for found in parts.resolutions if not _approves_minutes(document.text, found)]
        if _is_substance(item, parts):
            items.append(_item(document.text, item, parts))
    # A title may be all that stands before the first words of the minutes, or be taken for an item's.
    top = [*head[:60], *(block for block in blocks[len(head) : 4] if len(block.text) < 200)]
    body = find_body(top, document.title)
    held_on = find_held_on(top, document.title, blocks[:8])
    return Minute(document.source, body, held_on, tuple(items))


# The first letter stands before the word's boundary, since a search for a letter is quicker than one for a boundary.
_TITLES = re.compile(r"[Cc](?<!\w.)(?i:ll?rs?|lirs?|ouncillors?|mhlr)\b")
_BRACKETED = re.compile(r"\s*\([^)]*\)$")
_FORMAL = re.compile(r"(?:to )?(?:" + "|".join(formalities.FORMAL_TITLES) + ")", re.I)
_LABEL = re.compile(r"(?:minutes?|decision) ?: *", re.I)
_QUIET = re.compile(r"(?:" + "|".join(formalities.PUBLIC_TITLES) + ")", re.I)
_LONG = re.compile(r"(?:matters arising|any other|aob|actions?)", re.I)
_NOTHING = re.compile(r"\W*(?:" + "|".join(formalities.NOTHING_PHRASES) + r")", re.I)
_ABOUT_MINUTES = re.compile(r"\bminutes\b", re.I)


def _is_substance(item: ItemBlocks, parts: Found) -> bool:
    """Whether an item is a matter of substance: no formality, and not one of those that are empty by habit."""
    title = " ".join(item.title.split()).replace("’", "'").replace("`", "'").strip(" .:;–—-*\"'")
    if title[-1:] == ")":
        title = _BRACKETED.sub("", title)
    if _FORMAL.fullmatch(title) and not _outgrown(title, item, parts):
        return False
    held = not parts.empty
    if item.title == UNTITLED:
        return held
    quiet = _QUIET.fullmatch(title)
    if held and not quiet:
        return True
    words = _LABEL.sub("", " ".join(block.text for block in item.blocks))
    if quiet:
        if not held and (len(words) < 150 or not _LONG.match(title)):
            return False
        if (
            held
            and not (parts.recommendations or parts.commitments or parts.resolutions)
            and _only_minutes(item, parts)
        ):
            return False
    return not (not held and (not words.strip() or (len(words) < 80 and _NOTHING.match(words))))


_RECORD = re.compile(r"\bminutes\b.{0,240}\b(?:correct|true|accurate|fair)\b.{0,40}\brecords?\b", re.I)


def _approves_minutes(text: str, resolution: OpenResolution) -> bool:
    """Whether a resolution only approves earlier minutes, under whatever title: a form, and no matter."""
    return (
        resolution.verb != "CARRIED"
        and bool(resolution.parts)
        and all(
            _RECORD.search(_collapsed(text, part.start, min(part.end, part.start + 500))) for part in resolution.parts
        )
    )


_OPENING = re.compile(r"(?:introduc|welcome|opening|chair|announce)", re.I)


def _outgrown(title: str, item: ItemBlocks, parts: Found) -> bool:
    """Whether so much happened under a formal title ("Draft Minutes") that it was a matter in its own right."""
    if _OPENING.match(title) and parts.commitments:
        return True
    raised = [point for point in parts.discussion.points if point.end - point.start > 30]
    return (
        _ABOUT_MINUTES.search(title) is not None
        and len(raised) + len(parts.commitments) >= 3
        and bool(parts.commitments or parts.resolutions)
        and sum(len(block.text) for block in item.blocks) > 900
    )


def _only_minutes(item: ItemBlocks, parts: Found) -> bool:
    """Whether all that was raised are corrections of the last minutes."""
    return len(parts.discussion.points) < 10 and all(
        any(block.body <= point.start < block.end and _ABOUT_MINUTES.search(block.text) for block in item.blocks)
        for point in parts.discussion.points
    )


def _item(text: str, item: ItemBlocks, parts: Found) -> Item:
    return Item(
        title=item.title if item.title_start == item.title_end else _collapsed(text, item.title_start, item.title_end),
        start=item.start,
        end=item.end,
        title_start=item.title_start,
        title_end=item.title_end,
        number=item.number,
        presented_by=parts.presented_by,
        recommendations=tuple(
            Recommendation(span.start, span.end, _collapsed(text, span.start, span.end), span.label, span.confidence)
            for span in sorted(parts.recommendations, key=lambda span: span.start)
        ),
        points=tuple(
            Point(
                point.start,
                point.end,
                _collapsed(text, point.start, point.end),
                point.confidence,
                tuple(
                    Response(
                        found.start, found.end, _collapsed(text, found.start, found.end), found.by, found.confidence
                    )
                    for found in sorted(point.responses, key=lambda found: found.start)
                ),
            )
            for point in sorted(parts.discussion.points, key=lambda point: point.start)
        ),
        commitments=tuple(
            Commitment(span.start, span.end, _collapsed(text, span.start, span.end), span.label, span.confidence)
            for span in sorted({span.start: span for span in parts.commitments}.values(), key=lambda span: span.start)
        ),
        resolutions=tuple(_resolution(text, found) for found in _once(text, parts.resolutions)),
    )


def _once(text: str, resolutions: list[OpenResolution]) -> list[OpenResolution]:
    """Resolutions with parts. A page's "Decision:" is left out where the minute itself has a formal resolution."""
    found = [resolution for resolution in sorted(resolutions, key=lambda found: found.start) if resolution.parts]
    words = [_words(text, resolution) for resolution in found] if len(found) > 1 else [()] * len(found)
    last = {said: place for place, said in enumerate(words)}
    found = [
        resolution
        for place, resolution in enumerate(found)
        if (last[words[place]] == place or not _is_long(resolution))
        and not (resolution.summary and not _decides(text, resolution))
    ]
    formal = [made.start for made in found if not made.summary and made.confidence >= Confidence.STATED]
    return [resolution for resolution in found if not resolution.summary or resolution.start > max(formal, default=-1)]


def _words(text: str, resolution: OpenResolution) -> tuple[str, ...]:
    """What a resolution says, however it is introduced and punctuated; a web page prints many a one twice."""
    parts = (_collapsed(text, part.start, part.end).lower() for part in resolution.parts)
    return tuple(part.removeprefix("that ").strip(' .;,“”"') for part in parts)


def _is_long(resolution: OpenResolution) -> bool:
    """Whether it stands under a heading and says enough not to be said of two matters."""
    return resolution.listed and sum(part.end - part.start for part in resolution.parts) > 50


_DECIDES = re.compile(
    r"\W*(?:that|to)\b|\b(?:be|agreed?|approved?|noted?|resolved|granted|refused|adopt\w*|"
    r"accept\w*|endors\w*|support\w*|recommend\w*)\b",
    re.I,
)


def _decides(text: str, resolution: OpenResolution) -> bool:
    return any(_DECIDES.search(_collapsed(text, part.start, part.end)) for part in resolution.parts)


def _resolution(text: str, found: OpenResolution) -> Resolution:
    parts = tuple(
        Part(part.start, part.end, _collapsed(text, part.start, part.end), part.number) for part in found.parts
    )
    return Resolution(found.verb, found.start, found.end, found.confidence, parts)


def _collapsed(text: str, start: int, end: int) -> str:
    return " ".join(text[start:end].split())
