"""What is late goes up by the schedule, once a day and step, and everybody concerned is written to once."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from sightline.partnership import daily, digests, waiting
from sightline.partnership.models import Notice
from sightline.scrutiny import commitment_actions as doing
from sightline.scrutiny.domain.escalation import SCHEDULE
from sightline.scrutiny.escalating import run_escalation
from sightline.scrutiny.models import Commitment, EscalationStep, Referral
from tests.scrutiny.commitment_world import World, again

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def due(days_ago: int) -> datetime.date:
    return TODAY() - datetime.timedelta(days=days_ago)


def run_days(start: datetime.date, how_many: int) -> None:
    for offset in range(how_many):
        run_escalation(start + datetime.timedelta(days=offset))


def steps() -> list[tuple[str, int]]:
    return [(step.stage, (step.on - step.due_on).days) for step in EscalationStep.objects.order_by("on")]


def told(stage: str) -> set[str]:
    return {person.name for person in EscalationStep.objects.get(stage=stage).told.all()}


def test_from_reminder_to_panel_each_is_told_once(world: World) -> None:
    day = due(0)
    world.assign(day)
    Notice.objects.all().delete()
    for _ in range(2):
        run_days(day - datetime.timedelta(days=20), 60)
    assert steps() == [(step.stage.value, step.days) for step in SCHEDULE]
    assert told("owner") == {"North Ict"}
    assert told("portfolio-holder") == {"North Holder"}
    assert told("panel") == {"North Member", "North Clerk"}
    letters = sorted(Notice.objects.values_list("recipient", "subject"))
    assert [(to.split("@")[0], subject.split(": ")[1][:20]) for to, subject in letters] == [
        ("north-clerk", "late, and now with t"),
        ("north-holder", "late, and now with t"),
        ("north-ict", "due on " + f"{day.day} {day:%B %Y}"[:13]),
        ("north-ict", "due on " + f"{day.day} {day:%B %Y}"[:13]),
        ("north-ict", "late, it was due on "),
        ("north-member", "late, and now with t"),
    ]


def test_what_nobody_owns_is_told_to_the_clerks(world: World) -> None:
    doing.assign(
        commitment=world.commitment, by=world.clerk, owner_title=None, owner=None, portfolio_title=None, due_on=due(1)
    )
    assert run_escalation(TODAY())["owner"] == 1
    assert told("owner") == {"North Clerk"}
    assert "Nobody is put down as its owner" in Notice.objects.get(recipient="north-clerk@example.invalid").text


def test_what_is_claimed_accepted_withdrawn_or_has_no_day_is_left_alone(world: World) -> None:
    assert sum(run_escalation(TODAY()).values()) == 0
    world.assign(due(5))
    world.tell()
    assert sum(run_escalation(TODAY()).values()) == 0
    world.decide(False, reason="More.")
    assert run_escalation(TODAY())["owner"] == 1
    doing.withdraw(commitment=world.commitment, by=world.clerk, reason="Gone.")
    assert sum(run_escalation(TODAY() + datetime.timedelta(days=30)).values()) == 0
    assert Commitment.objects.get().steps.count() == 1


def test_another_day_starts_the_schedule_anew(world: World) -> None:
    world.assign(due(1))
    run_escalation(TODAY())
    later = TODAY() + datetime.timedelta(days=10)
    world.assign(later)
    assert sum(run_escalation(TODAY()).values()) == 0  # told today already
    assert run_escalation(TODAY() + datetime.timedelta(days=1))["first-reminder"] == 1
    run_days(later + datetime.timedelta(days=1), 1)
    assert EscalationStep.objects.filter(stage="owner").count() == 2


def test_the_daily_job_does_it_once_for_a_day(world: World) -> None:
    world.assign(due(1))
    first = {outcome.job.name: outcome for outcome in daily.run(TODAY())}
    assert first["commitments"].did["owner"] == 1
    letters = set(Notice.objects.filter(subject__contains=" for you").values_list("recipient", flat=True))
    assert "north-ict@example.invalid" in letters
    assert first["digests"].did["letters"] == len(letters)
    again_run = {outcome.job.name: outcome.became for outcome in daily.run(TODAY())}
    assert again_run["commitments"] == again_run["digests"] == "done before"


def kinds(world: World, who: str) -> dict[str, int]:
    account = again(getattr(world, who))
    return {
        kind.called: kind.count
        for kind in waiting.waiting_for(account, TODAY())
        if kind.called not in OF_RECOMMENDATIONS
    }


OF_RECOMMENDATIONS = (
    "Decisions that your council owes",
    "Minutes with something to confirm",
    "Minutes that may deal with recommendations",
)


def test_a_decision_that_is_owed_waits_for_its_own_council(world: World) -> None:
    found = {kind.called: kind for kind in waiting.waiting_for(again(world.clerk), TODAY())}
    owed = found["Decisions that your council owes"]
    open_here = Referral.objects.filter(council=world.places.north, state__in=["waiting", "considered", "deferred"])
    assert owed.count == open_here.count() > 0
    assert owed.items[0].late
    assert "Decisions that your council owes" not in [
        kind.called for kind in waiting.waiting_for(again(world.outsider), TODAY())
    ]


def test_what_waits_for_each(world: World) -> None:
    assert kinds(world, "clerk") == {"Commitments without an owner or a day": 1}
    world.assign(due(40))
    assert kinds(world, "owner") == {"Commitments that are yours to do": 1}
    for _ in range(40):
        run_escalation(TODAY() + datetime.timedelta(days=_))
    assert kinds(world, "portfolio_holder") == {"Late, and brought to you": 1}
    assert kinds(world, "member") == {"Late, and brought to you": 1}
    assert kinds(world, "outsider") == {}
    world.tell()
    assert kinds(world, "owner") == {}
    assert kinds(world, "member") == kinds(world, "clerk") == {"Claimed done, for you to check": 1}
    assert kinds(world, "outsider") == kinds(world, "portfolio_holder") == {}


def test_a_weekly_letter_once_a_week_to_those_for_whom_something_waits(world: World) -> None:
    world.assign(due(3))
    Notice.objects.all().delete()
    monday = TODAY() - datetime.timedelta(days=TODAY().weekday())
    for offset in range(7):
        digests.run_digests(monday + datetime.timedelta(days=offset))
    letter = Notice.objects.get(recipient="north-ict@example.invalid")
    assert letter.subject == "1 thing waits for you"
    assert world.reference in letter.text
    assert "/waiting/" in letter.text
    digests.run_digests(monday + datetime.timedelta(days=7))
    assert Notice.objects.filter(recipient="north-ict@example.invalid").count() == 2
