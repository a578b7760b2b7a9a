"""The kinds of passage that the minutes of a meeting hold."""

from __future__ import annotations

from enum import StrEnum


class PassageKind(StrEnum):
    """What a marked span of a minute is."""

    RECOMMENDATION = "recommendation"
    POINT = "point"
    RESPONSE = "response"
    COMMITMENT = "commitment"
    RESOLUTION = "resolution"
    PART = "part"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    PassageKind.RECOMMENDATION: "Recommendation",
    PassageKind.POINT: "Point",
    PassageKind.RESPONSE: "Response",
    PassageKind.COMMITMENT: "Commitment",
    PassageKind.RESOLUTION: "Resolution",
    PassageKind.PART: "Part of a resolution",
}
