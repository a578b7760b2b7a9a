"""When somebody is reminded of a commitment, and who is told when it is late: one table, read as data.

Reminders go to the owner before the day. When the day has passed without a claim, the commitment goes up a step at a
time: its owner, then the portfolio holder, then the panel that asked. No step is skipped, and none is shorter than the
table says: after a stand-still of the whole system, each still has its time before the next is told.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """Who is told, and of what."""

    FIRST_REMINDER = "first-reminder"
    LAST_REMINDER = "last-reminder"
    OWNER = "owner"
    PORTFOLIO_HOLDER = "portfolio-holder"
    PANEL = "panel"

    @property
    def label(self) -> str:
        return step_of(self).says


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the table.

    days: how many days after the day it is due; before it where negative.
    says: what happens, for the page.
    """

    stage: Stage
    days: int
    says: str

    @property
    def is_reminder(self) -> bool:
        return self.days <= 0


SCHEDULE: tuple[Step, ...] = (
    Step(Stage.FIRST_REMINDER, -14, "The owner is reminded"),
    Step(Stage.LAST_REMINDER, -2, "The owner is reminded again"),
    Step(Stage.OWNER, 1, "The owner is told that it is late"),
    Step(Stage.PORTFOLIO_HOLDER, 15, "The portfolio holder is told that it is late"),
    Step(Stage.PANEL, 29, "The panel that asked is told that it is late"),
)

_BY_STAGE = {step.stage: step for step in SCHEDULE}


def step_of(stage: Stage) -> Step:
    """The line of the table for a stage."""
    return _BY_STAGE[stage]


@dataclass(frozen=True, slots=True)
class Planned:
    """A step on its day: the day it was taken, or the first on which it can be."""

    step: Step
    on: datetime.date
    taken: bool


def next_step(due_on: datetime.date, taken: Mapping[Stage, datetime.date], on: datetime.date) -> Step | None:
    """The step to take on a day; None where there is none. At most one a day for a commitment and the day it is due.

    taken: the steps taken for this day due, each with the day on which it was.

    A reminder that was missed lapses when a later one is at hand or the day has passed; a step after it never does. A
    promise recorded with a day long past starts with its owner.
    """
    if any(day >= on for day in taken.values()):
        return None
    late = [step for step in SCHEDULE if not step.is_reminder]
    if on <= due_on:
        at_hand = [step for step in SCHEDULE if step.is_reminder and on >= _day(due_on, step.days)]
        if not at_hand or at_hand[-1].stage in taken:
            return None
        return at_hand[-1]
    for place, step in enumerate(late):
        if step.stage in taken:
            continue
        return step if on >= _earliest(due_on, late[:place], step, taken) else None
    return None


def _earliest(
    due_on: datetime.date, before: list[Step], step: Step, taken: Mapping[Stage, datetime.date]
) -> datetime.date:
    first = _day(due_on, step.days)
    if before:
        previous = before[-1]
        first = max(first, _day(taken[previous.stage], step.days - previous.days))
    return first


def plan(due_on: datetime.date, taken: Mapping[Stage, datetime.date], on: datetime.date) -> list[Planned]:
    """Every step with its day, as far as it can be told on a day; reminders that lapsed are left out."""
    planned: list[Planned] = []
    previous: Planned | None = None
    for step in SCHEDULE:
        if step.stage in taken:
            one = Planned(step, taken[step.stage], taken=True)
        elif step.is_reminder:
            day = _day(due_on, step.days)
            if day < on:
                continue
            one = Planned(step, day, taken=False)
        else:
            day = max(_day(due_on, step.days), on)
            if previous is not None:
                day = max(day, _day(previous.on, step.days - previous.step.days))
            one = Planned(step, day, taken=False)
        planned.append(one)
        if not step.is_reminder:
            previous = one
    return planned


def stage_reached(taken: Iterable[Stage]) -> Stage | None:
    """How high a commitment has gone; None where nobody was told that it is late."""
    reached = set(taken)
    return next((step.stage for step in reversed(SCHEDULE) if not step.is_reminder and step.stage in reached), None)


def _day(day: datetime.date, days: int) -> datetime.date:
    """A day later or earlier; the calendar's last day or first where there is no such day."""
    try:
        return day + datetime.timedelta(days=days)
    except OverflowError:
        return datetime.date.max if days > 0 else datetime.date.min
