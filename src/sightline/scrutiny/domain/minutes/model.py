"""What a reader finds in the minutes of a meeting.

Every span is a half-open pair of offsets ``[start, end)`` in ``Document.text``, counted in code points. Every
``text`` is ``Document.text[start:end]`` with white space collapsed to single spaces, exactly. Every
``confidence`` lies between 0 and 1 and says how strong the cue was (``cues.Confidence``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of the document with its words."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Recommendation(Passage):
    """Something that scrutiny asks for. ``number``: as printed ("1", "a", "iv"), None where it has none."""

    number: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Response(Passage):
    """An answer to the point it stands under. ``by``: who gave it, None where the minute does not say."""

    by: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Point(Passage):
    """What a member, or members together, asked or said."""

    confidence: float
    responses: tuple[Response, ...] = ()


@dataclass(frozen=True, slots=True)
class Commitment(Passage):
    """One sentence in which somebody said what they would do, or what would be done.

    by: who is to do it or, failing that, who promised it; None where nobody is named.
    """

    by: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Part(Passage):
    """One part of a resolution. ``number``: as printed, None where it has none."""

    number: str | None


@dataclass(frozen=True, slots=True)
class Resolution:
    """What the meeting decided.

    verb: in capitals, one of ``cues.DECISION_VERBS``' values. start, end: from the words that decide to the end of
    the last part; parts lie inside.
    """

    verb: str
    start: int
    end: int
    confidence: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One matter of substance.

    start, end: the whole item, its heading included. title_start, title_end: where the title stands; both are
    ``start`` where the minutes have no headings (the title then says so).
    number: the item's number as printed, None where it has none. presented_by: who introduced the matter.
    """

    title: str
    start: int
    end: int
    title_start: int
    title_end: int
    number: str | None = None
    presented_by: str | None = None
    recommendations: tuple[Recommendation, ...] = ()
    points: tuple[Point, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    resolutions: tuple[Resolution, ...] = ()

    def passages(self) -> tuple[Passage, ...]:
        """All passages in text order (a passage may lie inside another), as a page that marks them needs them."""
        found: list[Passage] = [*self.recommendations, *self.points, *self.commitments]
        found.extend(response for point in self.points for response in point.responses)
        found.extend(part for resolution in self.resolutions for part in resolution.parts)
        return tuple(sorted(found, key=lambda passage: (passage.start, -passage.end)))


@dataclass(frozen=True, slots=True)
class Minute:
    """The minutes of one meeting. ``body`` and ``date`` are what the file itself says, None where it does not."""

    source: str
    body: str | None
    date: date | None
    items: tuple[Item, ...]


UNKNOWN = "unknown"
"""Who answered, in JSON, where the minute does not say: programs that compare names need one."""


def as_json(minute: Minute) -> dict[str, Any]:
    """The minute as the plain values that ``sightline minutes read --json`` prints."""
    return {
        "source": minute.source,
        "body": minute.body,
        "date": minute.date.isoformat() if minute.date else None,
        "items": [_item_as_json(item) for item in minute.items],
    }


def _item_as_json(item: Item) -> dict[str, Any]:
    return {
        "title": item.title,
        "presented_by": item.presented_by,
        "recommendations": [
            {"number": found.number, **_span_as_json(found), "confidence": found.confidence}
            for found in item.recommendations
        ],
        "points": [
            {
                **_span_as_json(point),
                "confidence": point.confidence,
                "responses": [{"by": found.by or UNKNOWN, **_span_as_json(found)} for found in point.responses],
            }
            for point in item.points
        ],
        "commitments": [
            {"by": found.by, **_span_as_json(found), "confidence": found.confidence} for found in item.commitments
        ],
        "resolutions": [
            {
                "verb": resolution.verb,
                "start": resolution.start,
                "end": resolution.end,
                "confidence": resolution.confidence,
                "parts": [{"number": part.number, **_span_as_json(part)} for part in resolution.parts],
            }
            for resolution in item.resolutions
        ],
    }


def _span_as_json(passage: Passage) -> dict[str, Any]:
    return {"text": passage.text, "start": passage.start, "end": passage.end}
