"""How a question of a software audit moves on, who is reminded when, and how far it has come."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sightline.estate.domain.campaigns import (
    Act,
    CampaignNotNow,
    QuestionState,
    Reminder,
    after,
    possible,
    progress,
    reminder_due,
)

CLOSES, ASKED = date(2026, 11, 30), date(2026, 11, 1)


def test_every_way_that_is_not_named_is_refused() -> None:
    gone = [(state, act, after(state, act, reason="why")) for state in QuestionState for act in possible(state)]
    assert len(gone) == 9
    assert all(new.is_over for _, act, new in gone if act in (Act.COUNTERSIGN, Act.EXCEPT))
    for state in QuestionState:
        for act in set(Act) - possible(state):
            with pytest.raises(CampaignNotNow, match="it stands as"):
                after(state, act, reason="why")
    with pytest.raises(CampaignNotNow, match="Give the reason"):
        after(QuestionState.ANSWERED, Act.RETURN, reason=" ")


def test_each_reminder_has_its_day_and_missed_ones_are_not_made_up_for() -> None:
    days = [ASKED + timedelta(days=n) for n in range(40)]
    due = [(day, reminder_due(CLOSES, ASKED, day)) for day in days]
    first = {reminder: min(day for day, one in due if one is reminder) for reminder in Reminder}
    assert first == {
        Reminder.TWO_WEEKS: date(2026, 11, 16),
        Reminder.ONE_WEEK: date(2026, 11, 23),
        Reminder.LAST_DAY: date(2026, 11, 29),
        Reminder.LATE: date(2026, 12, 1),
    }
    assert reminder_due(CLOSES, date(2026, 11, 25), date(2026, 11, 26)) is None


def test_progress_counts_every_question_once() -> None:
    states = [("Planning", state) for state in QuestionState] + [("Housing", QuestionState.COUNTERSIGNED)]
    housing, planning = progress(states)
    assert (housing.percent, housing.open) == (100, 0)
    assert (planning.asked, planning.open, planning.answered, planning.complete, planning.excepted) == (5, 2, 1, 1, 1)
    assert planning.percent == 40
    assert progress([]) == ()
