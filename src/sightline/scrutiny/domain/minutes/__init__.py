"""The reader of committee minutes: what was recommended, raised, answered, promised and decided, each with its span."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sightline.scrutiny.domain.minutes.cues import DECISION_VERBS
from sightline.scrutiny.domain.minutes.model import (
    Commitment,
    Item,
    Minute,
    Part,
    Passage,
    Point,
    Recommendation,
    Resolution,
    Response,
    as_json,
)

if TYPE_CHECKING:
    from sightline.scrutiny.domain.minutes.reader import read_minute, read_minutes

__all__ = [
    "VERBS",
    "Commitment",
    "Item",
    "Minute",
    "Part",
    "Passage",
    "Point",
    "Recommendation",
    "Resolution",
    "Response",
    "as_json",
    "read_minute",
    "read_minutes",
]

VERBS: tuple[str, ...] = tuple(sorted(set(DECISION_VERBS.values())))
"""Every verb that a resolution can have, in capitals."""


def __getattr__(name: str) -> Any:
    # What the reader looks for takes as long to make ready as all the rest of a command's start: it waits until
    # something is read.
    if name in ("read_minute", "read_minutes"):
        from sightline.scrutiny.domain.minutes import reader

        return getattr(reader, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
