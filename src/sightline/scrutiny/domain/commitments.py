"""A commitment's way: what was promised is claimed done by its owner, and accepted or returned by the body that asked.

The owner's claim and the asking body's word stand apart: only the latter closes a commitment, and nothing else does,
least of all silence. What is accepted or withdrawn by mistake is opened again, with a reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from sightline.kernel.errors import SightlineError


class NotNow(SightlineError):
    """Something cannot be done to a commitment as it stands; nothing was changed."""


class CommitmentState(StrEnum):
    """Where a commitment stands."""

    OPEN = "open"
    CLAIMED = "claimed"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def is_over(self) -> bool:
        """Whether nobody has to do anything any more."""
        return self in (CommitmentState.ACCEPTED, CommitmentState.WITHDRAWN)

    @property
    def waits_for_owner(self) -> bool:
        """Whether its owner still has to do or to show something."""
        return self in (CommitmentState.OPEN, CommitmentState.RETURNED)


_LABELS = {
    CommitmentState.OPEN: "Open",
    CommitmentState.CLAIMED: "Claimed done, waiting to be checked",
    CommitmentState.RETURNED: "Returned: more is needed",
    CommitmentState.ACCEPTED: "Accepted as done",
    CommitmentState.WITHDRAWN: "Withdrawn",
}


class Act(StrEnum):
    """What can be done to a commitment that changes where it stands."""

    CLAIM = "claim"
    ACCEPT = "accept"
    RETURN = "return"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"

    @property
    def needs_reason(self) -> bool:
        """Whether it is done with a reason alone."""
        return self in (Act.RETURN, Act.WITHDRAW, Act.REOPEN)


# From where each act leads where. What stands here alone is possible.
WAYS: Mapping[tuple[CommitmentState, Act], CommitmentState] = MappingProxyType(
    {
        (CommitmentState.OPEN, Act.CLAIM): CommitmentState.CLAIMED,
        (CommitmentState.RETURNED, Act.CLAIM): CommitmentState.CLAIMED,
        (CommitmentState.CLAIMED, Act.ACCEPT): CommitmentState.ACCEPTED,
        (CommitmentState.CLAIMED, Act.RETURN): CommitmentState.RETURNED,
        (CommitmentState.OPEN, Act.WITHDRAW): CommitmentState.WITHDRAWN,
        (CommitmentState.CLAIMED, Act.WITHDRAW): CommitmentState.WITHDRAWN,
        (CommitmentState.RETURNED, Act.WITHDRAW): CommitmentState.WITHDRAWN,
        (CommitmentState.ACCEPTED, Act.REOPEN): CommitmentState.RETURNED,
        (CommitmentState.WITHDRAWN, Act.REOPEN): CommitmentState.OPEN,
    }
)

_WHY_NOT = {
    Act.CLAIM: "It can be claimed done only while it is open or returned",
    Act.ACCEPT: "Only what its owner has claimed done can be accepted",
    Act.RETURN: "Only what its owner has claimed done can be returned",
    Act.WITHDRAW: "It is over already, so it cannot be withdrawn",
    Act.REOPEN: "It is not over, so it need not be opened again",
}


def after(state: CommitmentState, act: Act, *, reason: str = "") -> CommitmentState:
    """Where a commitment stands after an act.

    reason: in words; needed where ``act.needs_reason``.

    Raises:
        NotNow: the act is not possible from there, or its reason is missing.
    """
    following = WAYS.get((state, act))
    if following is None:
        raise NotNow(f"{_WHY_NOT[act]}; it stands as “{state.label}”. Look at its page again: somebody was quicker.")
    if act.needs_reason and not reason.strip():
        raise NotNow("Give the reason: its owner and everybody who follows the commitment will read it.")
    return following


def possible(state: CommitmentState) -> frozenset[Act]:
    """The acts that are possible where a commitment stands."""
    return frozenset(act for from_state, act in WAYS if from_state is state)
