"""A recommendation's way through one council: considered by its scrutiny panel, then decided by its deciding body.

Everything here is said of one council's referral, or compares several without letting one stand for another.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class ConsiderationOutcome(StrEnum):
    """What a council's scrutiny panel made of a recommendation."""

    NOTED = "noted"
    ENDORSED = "endorsed"
    WITH_COMMENTS = "with-comments"

    @property
    def label(self) -> str:
        return {"noted": "Noted", "endorsed": "Endorsed", "with-comments": "Returned with comments"}[self.value]


class DecisionOutcome(StrEnum):
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

    @property
    def in_a_sentence(self) -> str:
        return self.label.lower()

    @property
    def needs_reason(self) -> bool:
        """Scrutiny is owed a reason for anything but a plain yes."""
        return self is not DecisionOutcome.ACCEPTED

    @property
    def settles(self) -> bool:
        """Whether nothing more is awaited: a deferral is followed by a decision."""
        return self is not DecisionOutcome.DEFERRED


class ReferralState(StrEnum):
    """Where a referral stands. Derived from what is recorded of it; kept beside it for filtering.

    DECIDED_EXEMPT is said to those who may know that it was decided, and not what.
    """

    WAITING = "waiting"
    CONSIDERED = "considered"
    ACCEPTED = "accepted"
    ACCEPTED_IN_PART = "accepted-in-part"
    REJECTED = "rejected"
    DEFERRED = "deferred"
    DECIDED_EXEMPT = "decided-exempt"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {
            "waiting": "Waiting to be considered",
            "considered": "Considered, waiting for a decision",
            "accepted": "Accepted",
            "accepted-in-part": "Accepted in part",
            "rejected": "Rejected",
            "deferred": "Deferred",
            "decided-exempt": "Decided in exempt session",
            "withdrawn": "Withdrawn before a decision",
        }[self.value]

    @property
    def is_open(self) -> bool:
        """Whether the council still owes a decision."""
        return self in OPEN_STATES

    @property
    def decision(self) -> DecisionOutcome | None:
        """The decision it came from; None where there is none."""
        return DecisionOutcome(self.value) if self.value in set(DecisionOutcome) else None


OPEN_STATES = frozenset({ReferralState.WAITING, ReferralState.CONSIDERED, ReferralState.DEFERRED})
UNDER_WAY = frozenset({ReferralState.ACCEPTED, ReferralState.ACCEPTED_IN_PART})
"""The states in which a council has said yes, and carries it out."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One consideration or decision as the rules look at it.

    number: which record it is; a later one has a higher number.
    on: the day of the meeting, or of the portfolio holder's decision.
    outcome: what was decided or said; DECIDED_EXEMPT where only that it was decided may be known.
    """

    number: int
    on: datetime.date
    outcome: str

    @property
    def place(self) -> tuple[datetime.date, int]:
        return self.on, self.number


def latest(taken: Iterable[Taken]) -> Taken | None:
    """The one that holds: of the latest day and, on one day, the one recorded last, which corrects the others."""
    return max(taken, key=lambda one: one.place, default=None)


def succession(taken: Iterable[Taken]) -> dict[int, int | None]:
    """Which record each is superseded by, in whatever order they came; None for the one that holds."""
    ordered = sorted(taken, key=lambda one: one.place)
    following: Sequence[Taken | None] = [*ordered[1:], None]
    return {one.number: (after.number if after else None) for one, after in zip(ordered, following, strict=False)}


def state_of(considered: bool, decision: DecisionOutcome | None, withdrawn: bool = False) -> ReferralState:
    """Where a referral stands, from what has been recorded of it.

    A decision outweighs a consideration: a cabinet may decide before, or without, its panel's view. A withdrawal ends
    what was still open; what a council had decided before stays decided.
    """
    if decision is not None and (decision.settles or not withdrawn):
        return ReferralState(decision.value)
    if withdrawn:
        return ReferralState.WITHDRAWN
    return ReferralState.CONSIDERED if considered else ReferralState.WAITING


def state_after(considered: bool, decided: Iterable[Taken], withdrawn: bool = False) -> ReferralState:
    """The same, from all that was decided, in whatever order."""
    holding = latest(decided)
    if holding is not None and holding.outcome == ReferralState.DECIDED_EXEMPT.value:
        return ReferralState.DECIDED_EXEMPT
    return state_of(considered, DecisionOutcome(holding.outcome) if holding else None, withdrawn)


def late_by_days(state: ReferralState, due_on: datetime.date, today: datetime.date) -> int:
    """How many days a decision is overdue; 0 while there is time (the last day counts) and once it is settled."""
    return max(0, (today - due_on).days) if state.is_open else 0


@dataclass(frozen=True, slots=True)
class Standing:
    """One council's referral, to be set beside the others'.

    decided_on: when it was settled; None while it is open.
    """

    council: str
    state: ReferralState
    referred_on: datetime.date
    due_on: datetime.date
    decided_on: datetime.date | None = None

    def days_taken(self, today: datetime.date) -> int:
        """Days from the referral to the decision, or to today where none is taken."""
        return max(0, ((self.decided_on or today) - self.referred_on).days)


def decided(states: Iterable[ReferralState]) -> Counter[DecisionOutcome]:
    """How many councils decided what, in the order of the outcomes. Those that have not decided are left out."""
    counted = Counter(outcome for state in states if (outcome := state.decision))
    return Counter({outcome: counted[outcome] for outcome in DecisionOutcome if outcome in counted})


def diverges(states: Iterable[ReferralState]) -> bool:
    """Whether councils decided differently. One that has not decided yet agrees with nobody and differs from nobody."""
    return len(decided(states)) > 1


_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def in_words(states: Iterable[ReferralState]) -> str:
    """What the councils decided: "two accepted, one rejected", with "one has not decided yet" behind it."""
    every = list(states)
    told = [f"{_number(many)} {outcome.in_a_sentence}" for outcome, many in decided(every).items()]
    if in_session := every.count(ReferralState.DECIDED_EXEMPT):
        told.append(f"{_number(in_session)} decided in exempt session")
    undecided = sum(state in (ReferralState.WAITING, ReferralState.CONSIDERED) for state in every)
    if undecided:
        told.append(f"{_number(undecided)} {'has' if undecided == 1 else 'have'} not decided yet")
    return ", ".join(told)


def _number(many: int) -> str:
    return _NUMBERS[many] if many < len(_NUMBERS) else str(many)


def slowest(standings: Iterable[Standing], today: datetime.date) -> list[Standing]:
    """Those that took, or have been taking, longest; empty where all took the same time, or there is one alone.

    A referral that was withdrawn keeps nobody waiting.
    """
    every = [one for one in standings if one.state is not ReferralState.WITHDRAWN]
    taken = {one.days_taken(today) for one in every}
    if len(taken) < 2:
        return []
    return [one for one in every if one.days_taken(today) == max(taken)]
