"""A recommendation's way through one council: considered by its scrutiny panel, then decided by its deciding body."""

from __future__ import annotations

from enum import StrEnum


class Consideration(StrEnum):
    """What a council's scrutiny panel made of a recommendation."""

    NOTED = "noted"
    ENDORSED = "endorsed"
    WITH_COMMENTS = "with-comments"

    @property
    def label(self) -> str:
        return {"noted": "Noted", "endorsed": "Endorsed", "with-comments": "Returned with comments"}[self.value]


class Decision(StrEnum):
    """What a council's deciding body decided on a recommendation."""

    ACCEPTED = "accepted"
    ACCEPTED_IN_PART = "accepted-in-part"
    REJECTED = "rejected"
    DEFERRED = "deferred"

    @property
    def label(self) -> str:
        return {
            "accepted": "Accepted",
            "accepted-in-part": "Accepted in part",
            "rejected": "Rejected",
            "deferred": "Deferred",
        }[self.value]


class ReferralState(StrEnum):
    """Where a referral stands. Derived from its consideration and decision; kept beside them for filtering."""

    WAITING = "waiting"
    CONSIDERED = "considered"
    ACCEPTED = "accepted"
    ACCEPTED_IN_PART = "accepted-in-part"
    REJECTED = "rejected"
    DEFERRED = "deferred"

    @property
    def label(self) -> str:
        return {
            "waiting": "Waiting to be considered",
            "considered": "Considered, waiting for a decision",
            "accepted": "Accepted",
            "accepted-in-part": "Accepted in part",
            "rejected": "Rejected",
            "deferred": "Deferred",
        }[self.value]


def state_of(consideration: Consideration | None, decision: Decision | None) -> ReferralState:
    """Where a referral stands, from what has been recorded of it.

    A decision outweighs a consideration: a cabinet may decide before, or without, its panel's view.
    """
    if decision is not None:
        return ReferralState(decision.value)
    return ReferralState.WAITING if consideration is None else ReferralState.CONSIDERED
