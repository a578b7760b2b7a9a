"""The schedule of reminders and of what follows when a day has passed: nothing skipped, nothing done twice."""

from __future__ import annotations

import datetime
import itertools

from hypothesis import given
from hypothesis import strategies as st

from sightline.scrutiny.domain.escalation import SCHEDULE, Planned, Stage, next_step, plan, stage_reached, step_of

DUE = datetime.date(2024, 5, 31)
LATE = [step for step in SCHEDULE if not step.is_reminder]
DAYS = st.dates(datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))


def day(offset: int) -> datetime.date:
    return DUE + datetime.timedelta(days=offset)


def played(runs: list[datetime.date], due_on: datetime.date = DUE) -> dict[Stage, datetime.date]:
    """What is taken when the job runs on these days, in their order."""
    taken: dict[Stage, datetime.date] = {}
    for on in runs:
        if (step := next_step(due_on, taken, on)) is not None:
            assert step.stage not in taken
            taken[step.stage] = on
    return taken


def test_the_table_rises() -> None:
    assert [step.days for step in SCHEDULE] == sorted({step.days for step in SCHEDULE})
    assert {step.stage for step in SCHEDULE} == set(Stage)


def test_run_every_day_each_step_falls_on_its_day() -> None:
    taken = played([day(offset) for offset in range(-60, 90)])
    assert taken == {step.stage: day(step.days) for step in SCHEDULE}


def test_after_a_standstill_each_still_gets_its_time() -> None:
    runs = [day(offset) for offset in range(100, 200)]
    taken = played(runs)
    assert taken == {Stage.OWNER: day(100), Stage.PORTFOLIO_HOLDER: day(114), Stage.PANEL: day(128)}


def test_a_reminder_that_was_missed_lapses() -> None:
    assert played([day(-1), day(0)]) == {Stage.LAST_REMINDER: day(-1)}


@given(st.lists(DAYS, unique=True, max_size=60).map(sorted))
def test_no_step_is_skipped_and_none_comes_sooner_than_the_table_says(runs: list[datetime.date]) -> None:
    taken = played(runs)
    late = [step for step in LATE if step.stage in taken]
    assert late == LATE[: len(late)]
    for step in late:
        assert taken[step.stage] >= day(step.days)
    for before, after in itertools.pairwise(late):
        assert (taken[after.stage] - taken[before.stage]).days >= after.days - before.days
    for step in SCHEDULE:
        if step.is_reminder and step.stage in taken:
            assert day(step.days) <= taken[step.stage] <= DUE
    assert len(set(taken.values())) == len(taken)


@given(st.lists(DAYS, max_size=40).map(sorted), st.data())
def test_the_same_day_again_takes_nothing(runs: list[datetime.date], data: st.DataObject) -> None:
    taken = played(runs)
    assert taken == played(sorted([*runs, *runs]))
    if runs:
        again = data.draw(st.sampled_from(runs))
        assert next_step(DUE, taken, again) is None or again > max(taken.values(), default=datetime.date.min)


@given(st.dates(), DAYS)
def test_any_day_due_can_be_planned(due_on: datetime.date, on: datetime.date) -> None:
    next_step(due_on, {}, on)
    planned = plan(due_on, {}, on)
    assert [one.step for one in planned if not one.step.is_reminder] == LATE


@given(st.lists(DAYS, unique=True, max_size=60).map(sorted))
def test_what_is_planned_is_what_comes(runs: list[datetime.date]) -> None:
    """From any moment on, running every day takes the steps on the days that the page shows."""
    taken = played(runs)
    today = max([*runs, datetime.date(2024, 1, 1)]) + datetime.timedelta(days=1)
    shown = plan(DUE, taken, today)
    follow = [today + datetime.timedelta(days=offset) for offset in range(600)]
    assert dict(shown_days(shown)) == played_from(taken, follow)


def shown_days(planned: list[Planned]) -> list[tuple[Stage, datetime.date]]:
    return [(one.step.stage, one.on) for one in planned]


def played_from(taken: dict[Stage, datetime.date], runs: list[datetime.date]) -> dict[Stage, datetime.date]:
    taken = dict(taken)
    for on in runs:
        if (step := next_step(DUE, taken, on)) is not None:
            taken[step.stage] = on
    return taken


def test_how_high_it_has_gone() -> None:
    assert stage_reached([]) is None
    assert stage_reached([Stage.LAST_REMINDER]) is None
    assert stage_reached([Stage.OWNER, Stage.PORTFOLIO_HOLDER]) is Stage.PORTFOLIO_HOLDER
    assert step_of(Stage.PANEL).days > step_of(Stage.PORTFOLIO_HOLDER).days
