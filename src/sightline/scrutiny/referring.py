"""Keeps what is derived of referrals in step with what is recorded of them: states, and what lists are narrowed by."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction

from sightline.partnership.models import Council, User
from sightline.partnership.records import keep
from sightline.scrutiny.domain import clocks, referrals, standings
from sightline.scrutiny.domain.referrals import ReferralState
from sightline.scrutiny.exempt_sessions import decided_in_session
from sightline.scrutiny.models import Consideration, Decision, Recommendation, Referral, Withdrawal
from sightline.scrutiny.tasks import tell_followers


def due_on(referred_on: datetime.date) -> datetime.date:
    """The last day for a decision, by the response clock of this installation."""
    return clocks.due_on(referred_on, settings.RESPONSE_MONTHS)


def new_referrals(recommendations: Iterable[Recommendation], councils: Sequence[Council]) -> list[Referral]:
    """One referral for each council, not kept yet."""
    return [
        Referral(recommendation=one, council=council, referred_on=one.asked_on, due_on=due_on(one.asked_on))
        for one in recommendations
        for council in councils
    ]


def hold(recommendation: Recommendation) -> list[Referral]:
    """The referrals of a recommendation, locked until the transaction ends, so that two who record take turns."""
    Recommendation.objects.select_for_update().filter(pk=recommendation.pk).values_list("pk").first()
    found = Referral.objects.select_for_update().filter(recommendation=recommendation).order_by("pk")
    return list(found)


def refresh(recommendation: Recommendation, *, by: User, reason: str) -> None:
    """Derive the states of a recommendation's referrals again, from all that is recorded and from what is public."""
    withdrawn = Withdrawal.objects.filter(recommendation=recommendation, asked_again_on__isnull=True).exists()
    found = hold(recommendation)
    # What is exempt is seen by fewer than what is internal: the page of those who may adds it.
    considerations = list(Consideration.objects.filter(referral__in=found).exclude(publication="exempt"))
    decisions = list(Decision.objects.filter(referral__in=found).exclude(publication="exempt"))
    in_session = decided_in_session(referral__in=found)
    for referral in found:
        considered = [one for one in considerations if one.referral_id == referral.pk]
        decided = [one for one in decisions if one.referral_id == referral.pk]
        told = [one.taken for one in in_session.get(referral.pk, [])]
        keep(
            referral,
            by=by,
            reason=reason,
            state=referrals.state_after(bool(considered), [*told, *(one.taken for one in decided)], withdrawn).value,
            public_state=referrals.state_after(
                any(one.publication == "public" for one in considered),
                [*told, *(one.taken for one in decided if one.publication == "public")],
                withdrawn,
            ).value,
        )
    derived = derived_from(found)
    # No history: all are derived, and follow from rows that have theirs.
    Recommendation.objects.filter(pk=recommendation.pk).update(
        diverges=derived["diverges"],
        unanswered_due_on=derived["unanswered_due_on"],
        standing=derived["standing"],
        public_standing=derived["public_standing"],
    )
    recommendation.refresh_from_db(fields=list(derived))
    transaction.on_commit(lambda: tell_followers.enqueue(recommendation.pk))


def derived_from(found: Iterable[Referral]) -> dict[str, Any]:
    """What lists of recommendations are narrowed by, from all the referrals of one."""
    every = list(found)
    public = {one.council_id: ReferralState(one.public_state) for one in every}
    waited_for = [one.due_on for one in every if public[one.council_id].is_open]
    return {
        "diverges": referrals.diverges(public.values()),
        "unanswered_due_on": min(waited_for, default=None),
        "standing": standings.written({one.council_id: ReferralState(one.state) for one in every}),
        "public_standing": standings.written(public),
    }


def derived_when_new(referred_on: datetime.date, councils: Iterable[Council]) -> dict[str, Any]:
    """The same for a recommendation that is referred to councils on a day, before anything became of it."""
    due = due_on(referred_on)
    return derived_from(Referral(council=council, referred_on=referred_on, due_on=due) for council in councils)


def supersede_in_order(rows: Sequence[Consideration] | Sequence[Decision], *, by: User, reason: str) -> None:
    """Let each record of one referral be superseded by the one that follows it. Within the caller's transaction."""
    following = referrals.succession(one.taken for one in rows)
    for row in rows:
        if row.superseded_by_id != following[row.pk]:
            keep(row, by=by, reason=reason, superseded_by_id=following[row.pk])
