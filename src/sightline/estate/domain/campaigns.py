"""A software audit: who is asked about which system, how an answer moves on, who is reminded when, how far it has come.

Centralised systems are answered by ICT, from what discovery found; such an answer is complete by itself. A business
system is answered by its owner, and ICT countersigns or returns the answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from sightline.kernel.errors import SightlineError

__all__ = [
    "Act",
    "CampaignNotNow",
    "Progress",
    "QuestionState",
    "Reminder",
    "after",
    "possible",
    "progress",
    "reminder_due",
]


class CampaignNotNow(SightlineError):
    """An act is not possible where a question or a campaign stands; nothing was changed."""


class QuestionState(StrEnum):
    """Where one question stands."""

    ASKED = "asked"
    ANSWERED = "answered"
    RETURNED = "returned"
    COUNTERSIGNED = "countersigned"
    EXCEPTED = "excepted"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def is_over(self) -> bool:
        """Whether nobody has to do anything any more."""
        return self in (QuestionState.COUNTERSIGNED, QuestionState.EXCEPTED)

    @property
    def waits_for_owner(self) -> bool:
        """Whether an answer is wanted."""
        return self in (QuestionState.ASKED, QuestionState.RETURNED)


_LABELS = {
    QuestionState.ASKED: "Asked",
    QuestionState.ANSWERED: "Answered, waiting for ICT",
    QuestionState.RETURNED: "Returned: more is needed",
    QuestionState.COUNTERSIGNED: "Complete",
    QuestionState.EXCEPTED: "Exception",
}


class Act(StrEnum):
    """What can be done to a question."""

    ANSWER = "answer"
    COUNTERSIGN = "countersign"
    RETURN = "return"
    EXCEPT = "except"
    ASK_AGAIN = "ask again"

    @property
    def needs_reason(self) -> bool:
        return self in (Act.RETURN, Act.EXCEPT, Act.ASK_AGAIN)


_S = QuestionState
WAYS: Mapping[tuple[QuestionState, Act], QuestionState] = MappingProxyType(
    {
        (_S.ASKED, Act.ANSWER): _S.ANSWERED,
        (_S.RETURNED, Act.ANSWER): _S.ANSWERED,
        (_S.ANSWERED, Act.COUNTERSIGN): _S.COUNTERSIGNED,
        (_S.ANSWERED, Act.RETURN): _S.RETURNED,
        (_S.ASKED, Act.EXCEPT): _S.EXCEPTED,
        (_S.RETURNED, Act.EXCEPT): _S.EXCEPTED,
        (_S.ANSWERED, Act.EXCEPT): _S.EXCEPTED,
        (_S.COUNTERSIGNED, Act.ASK_AGAIN): _S.RETURNED,
        (_S.EXCEPTED, Act.ASK_AGAIN): _S.RETURNED,
    }
)
_WHY_NOT = {
    Act.ANSWER: "It can be answered only while it is asked or returned",
    Act.COUNTERSIGN: "Only an answer can be countersigned",
    Act.RETURN: "Only an answer can be returned",
    Act.EXCEPT: "It is over already, so no exception can be made",
    Act.ASK_AGAIN: "It is not over, so it need not be asked again",
}


def after(state: QuestionState, act: Act, *, reason: str = "") -> QuestionState:
    """Where a question stands after an act.

    Raises:
        CampaignNotNow: the act is not possible from there, or its reason is missing.
    """
    following = WAYS.get((state, act))
    if following is None:
        raise CampaignNotNow(f"{_WHY_NOT[act]}; it stands as “{state.label}”. Look at its page again.")
    if act.needs_reason and not reason.strip():
        raise CampaignNotNow("Give the reason: whoever answers for the system reads it.")
    return following


def possible(state: QuestionState) -> frozenset[Act]:
    """The acts that are possible where a question stands."""
    return frozenset(act for from_state, act in WAYS if from_state is state)


class Reminder(StrEnum):
    """The reminders of a question that is not answered, in order."""

    TWO_WEEKS = "two-weeks"
    ONE_WEEK = "one-week"
    LAST_DAY = "last-day"
    LATE = "late"

    @property
    def days(self) -> int:
        """From the day of closing; what is before it is negative."""
        return {"two-weeks": -14, "one-week": -7, "last-day": -1, "late": 1}[self.value]


def reminder_due(closes_on: date, asked_on: date, on: date) -> Reminder | None:
    """The reminder for a day: the latest whose day has come, and that lies after the question itself was sent.

    Each is sent once; of several whose days were missed, the last alone is.
    """
    come = [one for one in Reminder if closes_on + timedelta(days=one.days) <= on]
    if not come or closes_on + timedelta(days=come[-1].days) <= asked_on:
        return None
    return come[-1]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the questions of one council or service have come."""

    name: str
    asked: int
    answered: int
    complete: int
    excepted: int

    @property
    def open(self) -> int:
        """Questions that nobody has answered, or whose answer was returned."""
        return self.asked - self.answered - self.complete - self.excepted

    @property
    def percent(self) -> int:
        """Complete or excepted, of a hundred, rounded down: 100 says that all are."""
        return (self.complete + self.excepted) * 100 // self.asked if self.asked else 100


def progress(questions: Iterable[tuple[str, QuestionState]]) -> tuple[Progress, ...]:
    """How far each name (a council, a service) has come, by name."""
    counted: dict[str, Counter[QuestionState]] = {}
    for name, state in questions:
        counted.setdefault(name, Counter())[state] += 1
    return tuple(
        Progress(
            name,
            sum(states.values()),
            states[QuestionState.ANSWERED],
            states[QuestionState.COUNTERSIGNED],
            states[QuestionState.EXCEPTED],
        )
        for name, states in sorted(counted.items())
    )
