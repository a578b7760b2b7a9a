"""The tracker report that a clerk brings to a meeting: what was asked, what became of it, what is late.

Plain values; ``tracker_queries`` fills them, and a page, a PDF and a Word file are made of them alike.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one body made of something on a day.

    what: the outcome in words. said: its comments or reason, possibly empty.
    """

    what: str
    by: str
    on: datetime.date
    said: str = ""

    def __str__(self) -> str:
        return f"{self.what} by {self.by}, {in_words(self.on)}" + (f". {self.said}" if self.said else "")


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of something on a day, with the titles of its evidence."""

    on: datetime.date
    text: str
    evidence: tuple[str, ...] = ()

    def __str__(self) -> str:
        shown = f" Evidence: {'; '.join(self.evidence)}." if self.evidence else ""
        return f"{in_words(self.on)}: {self.text}{shown}"


@dataclass(frozen=True, slots=True)
class AtCouncil:
    """How a recommendation stands at one council. ``late_by_days`` is 0 while there is time, and once it is settled."""

    council: str
    state: str
    label: str
    is_open: bool
    due_on: datetime.date | None
    late_by_days: int = 0
    considered: tuple[Outcome, ...] = ()
    decided: tuple[Outcome, ...] = ()
    since: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """One recommendation. ``withdrawn`` says since when and why it is no longer asked for; else it is empty."""

    reference: str
    address: str
    text: str
    asked_on: datetime.date
    councils: tuple[AtCouncil, ...]
    withdrawn: str = ""

    @property
    def is_open(self) -> bool:
        """Whether some council still owes a decision."""
        return any(one.is_open for one in self.councils)

    @property
    def late_by_days(self) -> int:
        return max((one.late_by_days for one in self.councils), default=0)


@dataclass(frozen=True, slots=True)
class Promised:
    """One commitment. ``owner`` is empty where nobody owns it."""

    reference: str
    address: str
    text: str
    made_on: datetime.date
    owner: str
    due_on: datetime.date | None
    state: str
    label: str
    is_over: bool
    late_by_days: int = 0
    since: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The report of one body until a day, made on a day.

    asked, promised: in the order of the report: what is late first, then what is open, then what is settled.
    """

    partnership: str
    body: str
    until: datetime.date
    made_on: datetime.date
    asked: tuple[Asked, ...]
    promised: tuple[Promised, ...]
    is_invented: bool = False

    @property
    def title(self) -> str:
        return f"Tracker report: {self.body}, {in_words(self.until)}"

    @property
    def late(self) -> int:
        """How many recommendations and commitments are late."""
        late_days = [one.late_by_days for one in self.asked] + [one.late_by_days for one in self.promised]
        return sum(days > 0 for days in late_days)

    @property
    def summary(self) -> str:
        """The report in one sentence."""
        open_asked = sum(one.is_open for one in self.asked)
        open_promised = sum(not one.is_over for one in self.promised)
        return (
            f"{_many(len(self.asked), 'recommendation')}, {open_asked} still open;"
            f" {_many(len(self.promised), 'commitment')}, {open_promised} still open; {self.late or 'nothing'} late."
        )


def in_order(asked: Iterable[Asked]) -> tuple[Asked, ...]:
    """What is latest first, then what is open, then the rest; within each what was asked first."""
    return tuple(sorted(asked, key=lambda one: (-one.late_by_days, not one.is_open, one.asked_on, one.reference)))


def promised_in_order(promised: Iterable[Promised]) -> tuple[Promised, ...]:
    """What is latest first, then what is open, then the rest; within each what was promised first."""
    return tuple(sorted(promised, key=lambda one: (-one.late_by_days, one.is_over, one.made_on, one.reference)))


def in_words(day: datetime.date | None) -> str:
    """A date as people write it: 6 March 2023; "no date" for none."""
    return f"{day.day} {day:%B %Y}" if day else "no date"


def late_in_words(days: int) -> str:
    """ "3 days late"; empty for what is not late."""
    return f"{_many(days, 'day')} late" if days else ""


def _many(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def as_data(report: Report) -> dict[str, Any]:
    """The report as plain words, for a typesetter that knows no dates: everything said as it is printed."""
    return {
        "title": report.title,
        "partnership": report.partnership,
        "body": report.body,
        "until": in_words(report.until),
        "made_on": in_words(report.made_on),
        "made": [report.made_on.year, report.made_on.month, report.made_on.day],
        "summary": report.summary,
        "is_invented": report.is_invented,
        "asked": [
            {
                "reference": one.reference,
                "address": one.address,
                "text": one.text,
                "asked_on": in_words(one.asked_on),
                "withdrawn": one.withdrawn,
                "councils": [
                    {
                        "council": at.council,
                        "considered": [str(outcome) for outcome in at.considered] or ["Not yet"],
                        "decided": [str(outcome) for outcome in at.decided] or [_undecided(at)],
                        "since": [str(told) for told in at.since] or ["Nothing told yet"],
                    }
                    for at in one.councils
                ],
            }
            for one in report.asked
        ],
        "promised": [
            {
                "reference": one.reference,
                "address": one.address,
                "text": one.text,
                "owner": one.owner or "Nobody yet",
                "due": due_in_words(one),
                "label": one.label,
                "since": [str(told) for told in one.since] or ["Nothing told yet"],
            }
            for one in report.promised
        ],
    }


def _undecided(at: AtCouncil) -> str:
    late = late_in_words(at.late_by_days)
    if not at.is_open:
        return at.label
    return f"Not yet; due {in_words(at.due_on)}" + (f", {late}" if late else "")


def due_in_words(one: Promised) -> str:
    """By when it was promised, and how late it is."""
    late = late_in_words(one.late_by_days)
    return in_words(one.due_on) + (f", {late}" if late else "")
