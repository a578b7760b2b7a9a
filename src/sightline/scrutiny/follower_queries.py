"""What changed of a recommendation that everybody may know: what its followers are told."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from itertools import chain

from django.contrib.auth.models import AnonymousUser

from sightline.partnership import access
from sightline.scrutiny.exempt_sessions import decided_in_session
from sightline.scrutiny.models import Consideration, Decision, Follower, Recommendation, Update, Withdrawal

NOBODY = AnonymousUser()


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that became public. ``key`` stands for it for good: nobody is told of it twice."""

    key: str
    at: datetime.datetime
    says: str


def followed(recommendation: Recommendation) -> list[Follower]:
    """Those who are told of a recommendation."""
    return list(Follower.objects.filter(recommendation=recommendation, confirmed_at__isnull=False))


def changes(recommendation: Recommendation) -> list[Change]:
    """What became public of a recommendation, in that order; none while it is not public itself."""
    if not access.visible(NOBODY, Recommendation.objects.filter(pk=recommendation.pk)).exists():
        return []
    found: list[Change] = []
    considerations = Consideration.objects.filter(referral__recommendation=recommendation)
    for considered in access.visible(NOBODY, considerations).select_related("body", "referral__council"):
        council = considered.referral.council.name
        told = f"{council}: {considered.body.name} considered it on {_day(considered.considered_on)}"
        told = f"{told}. Outcome: {considered.get_outcome_display()}."
        found.append(Change(f"consideration:{considered.pk}", _published(considered), told))
    decisions = Decision.objects.filter(referral__recommendation=recommendation)
    for decided in access.visible(NOBODY, decisions).select_related("body", "referral__council"):
        told = f"{decided.referral.council.name}: {decided.body.name} decided on {_day(decided.decided_on)}."
        told = f"{told} Decision: {decided.get_outcome_display()}."
        found.append(Change(f"decision:{decided.pk}", _published(decided), told))
    for told_alone in chain(*decided_in_session(referral__recommendation=recommendation).values()):
        told = f"{told_alone.council}: {told_alone.body} decided on {_day(told_alone.on)}, in exempt session."
        found.append(Change(f"in-session:{told_alone.number}", told_alone.told_at, told))
    updates = Update.objects.filter(referral__recommendation=recommendation)
    for update in access.visible(NOBODY, updates).select_related("referral__council"):
        council = update.referral.council.name if update.referral else ""
        found.append(
            Change(
                f"update:{update.pk}",
                _published(update),
                f"{council}: an update of {_day(update.on)} tells what has been done.",
            )
        )
    for withdrawal in Withdrawal.objects.filter(recommendation=recommendation):
        told = f"Scrutiny no longer asks for it, since {_day(withdrawal.withdrawn_on)}."
        found.append(Change(f"withdrawal:{withdrawal.pk}", withdrawal.recorded_at, told))
        if withdrawal.asked_again_on is not None:
            told = f"Scrutiny asks for it again, since {_day(withdrawal.asked_again_on)}."
            at = withdrawal.history.latest("history_date").history_date
            found.append(Change(f"asked-again:{withdrawal.pk}:{withdrawal.asked_again_on}", at, told))
    return sorted(found, key=lambda one: (one.at, one.key))


def _published(record: Consideration | Decision | Update) -> datetime.datetime:
    assert record.published_at is not None, "a constraint holds it"
    return record.published_at


def _day(day: datetime.date) -> str:
    return f"{day.day} {day:%B %Y}"
