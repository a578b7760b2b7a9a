"""Takes the steps of the schedule that are due on a day. Doing it again for the same day does nothing more."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Prefetch

from sightline.partnership.records import keep, keep_links
from sightline.scrutiny import commitment_letters as letters
from sightline.scrutiny.domain.commitments import CommitmentState
from sightline.scrutiny.domain.escalation import SCHEDULE, Stage, next_step
from sightline.scrutiny.models import Commitment, EscalationStep

WAITING = [state.value for state in CommitmentState if state.waits_for_owner]
AT_ONCE = 200


def run_escalation(on: datetime.date) -> dict[str, int]:
    """Take every step that is due on a day: one transaction a commitment, so that a step and its letters are kept
    together or not at all. Returns how many steps of each stage were taken."""
    counted = {stage.value: 0 for stage in Stage}
    for number in _candidates(on):
        if (stage := take_step(number, on)) is not None:
            counted[stage.value] += 1
    return counted


def taken_for(commitment: Commitment) -> dict[Stage, datetime.date]:
    """The steps taken for the day on which a commitment is due now."""
    return {Stage(step.stage): step.on for step in commitment.steps.all() if step.due_on == commitment.due_on}


def _candidates(on: datetime.date) -> Iterator[int]:
    """The commitments for which a step is due, by the table; the lock and the table decide again."""
    first = on - datetime.timedelta(days=min(step.days for step in SCHEDULE))
    found = (
        Commitment.objects.filter(state__in=WAITING, due_on__lte=first)
        .prefetch_related(Prefetch("steps", EscalationStep.objects.order_by("on")))
        .only("pk", "due_on")
        .order_by("pk")
    )
    return iter(
        [
            one.pk
            for one in found.iterator(chunk_size=AT_ONCE)
            if one.due_on and next_step(one.due_on, taken_for(one), on)
        ]
    )


@transaction.atomic
def take_step(number: int, on: datetime.date) -> Stage | None:
    """Take the step of the schedule that is due for one commitment on a day; None where there is none."""
    commitment = (
        Commitment.objects.select_for_update(of=("self",))
        .select_related("council", "asked_by", "owner__user", "portfolio_title")
        .get(pk=number)
    )
    if commitment.due_on is None or not commitment.standing.waits_for_owner:
        return None
    step = next_step(commitment.due_on, taken_for(commitment), on)
    if step is None or commitment.steps.filter(on=on).exists():
        return None
    people = letters.people_to_tell(commitment, step.stage, on)
    row = EscalationStep(commitment=commitment, due_on=commitment.due_on, stage=step.stage.value, on=on)
    keep(row, by=None, reason="schedule of commitments")
    keep_links(row, "told", people, by=None, reason="schedule of commitments")
    letters.tell_step(commitment, step.stage, people)
    return step.stage
