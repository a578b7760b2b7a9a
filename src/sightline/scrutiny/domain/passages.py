"""The kinds of passage that the minutes of a meeting hold, and how a passage came to stand as it does."""

from __future__ import annotations

from enum import StrEnum

CERTAIN = 0.8
"""From this confidence on, a share of 1, a passage was read from clear signs: a clerk may accept all such at once."""


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

    @property
    def plural(self) -> str:
        """The kind in the middle of a sentence, of several."""
        return _PLURALS[self]

    @property
    def hangs_on(self) -> PassageKind | None:
        """The kind of passage that one of this kind belongs to: a response to a point, a part to a resolution."""
        return _HANGS_ON.get(self)


_LABELS = {
    PassageKind.RECOMMENDATION: "Recommendation",
    PassageKind.POINT: "Point",
    PassageKind.RESPONSE: "Response",
    PassageKind.COMMITMENT: "Commitment",
    PassageKind.RESOLUTION: "Resolution",
    PassageKind.PART: "Part of a resolution",
}

_PLURALS = {
    PassageKind.RECOMMENDATION: "recommendations",
    PassageKind.POINT: "points",
    PassageKind.RESPONSE: "responses",
    PassageKind.COMMITMENT: "commitments",
    PassageKind.RESOLUTION: "resolutions",
    PassageKind.PART: "parts of resolutions",
}

_HANGS_ON = {PassageKind.RESPONSE: PassageKind.POINT, PassageKind.PART: PassageKind.RESOLUTION}


class PassageState(StrEnum):
    """How a passage came to stand as it does: what the reader proposed, and what the clerk made of it."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    ADDED = "added"
    SPLIT = "split"
    REJECTED = "rejected"
    MERGED = "merged"

    @property
    def label(self) -> str:
        return _STATE_LABELS[self]

    @property
    def is_confirmed(self) -> bool:
        """Whether a clerk stands behind the passage as it is now."""
        return self in CONFIRMED

    @property
    def is_live(self) -> bool:
        """Whether the passage still counts as one of its minute."""
        return self in LIVE


_STATE_LABELS = {
    PassageState.PROPOSED: "To be confirmed",
    PassageState.ACCEPTED: "Accepted",
    PassageState.CORRECTED: "Corrected",
    PassageState.ADDED: "Added",
    PassageState.SPLIT: "Split off",
    PassageState.REJECTED: "Rejected",
    PassageState.MERGED: "Merged into another",
}

CONFIRMED = frozenset({PassageState.ACCEPTED, PassageState.CORRECTED, PassageState.ADDED, PassageState.SPLIT})
LIVE = CONFIRMED | {PassageState.PROPOSED}
GONE = frozenset(PassageState) - LIVE
