"""The reader of committee minutes: what was recommended, raised, answered, promised and decided, each with its span."""

from __future__ import annotations

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
