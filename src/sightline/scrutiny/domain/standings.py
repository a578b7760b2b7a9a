"""Where a recommendation stands at every council, as one short text: so that lists are narrowed by reading one column.

``|3:a|12:w|`` says that the council with the number 3 accepted it and that it waits at the one with the number 12.
"""

from __future__ import annotations

from collections.abc import Mapping

from sightline.scrutiny.domain.referrals import ReferralState

# Small letters alone: a database may compare without regard to capitals.
_LETTERS = {
    ReferralState.WAITING: "w",
    ReferralState.CONSIDERED: "c",
    ReferralState.ACCEPTED: "a",
    ReferralState.ACCEPTED_IN_PART: "p",
    ReferralState.REJECTED: "r",
    ReferralState.DEFERRED: "d",
    ReferralState.DECIDED_EXEMPT: "e",
    ReferralState.WITHDRAWN: "x",
}


def written(states: Mapping[int, ReferralState]) -> str:
    """The text for the states at councils, by the councils' numbers; empty where it is referred to none."""
    at = "|".join(f"{council}:{_LETTERS[state]}" for council, state in sorted(states.items()))
    return f"|{at}|" if at else ""


def says(*, council: int | None = None, state: ReferralState | None = None) -> str:
    """What such a text holds exactly where a council (None: any) has a referral that stands so (None: in any way)."""
    before = ":" if council is None else f"|{council}:"
    return before if state is None else f"{before}{_LETTERS[state]}|"
