"""Keeps what is derived of referrals in step with what is recorded of them: states, and what lists are narrowed by."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import transaction

from sightline.partnership.models import Council, User
from sightline.partnership.records import keep
from sightline.scrutiny.domain import clocks, referrals
from sightline.scrutiny.domain.referrals import DecisionOutcome, ReferralState
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
    withdrawn = Withdrawal.objects.filter(recommendation=recommendation).exists()
    found = hold(recommendation)
    considerations = list(Consideration.objects.filter(referral__in=found))
    decisions = list(Decision.objects.filter(referral__in=found))
    public: list[Referral] = []
    for referral in found:
        considered = [one for one in considerations if one.referral_id == referral.pk]
        decided = [one for one in decisions if one.referral_id == referral.pk]
        keep(
            referral,
            by=by,
            reason=reason,
            state=_state(considered, decided, withdrawn).value,
            public_state=_state(
                [one for one in considered if one.publication == "public"],
                [one for one in decided if one.publication == "public"],
                withdrawn,
            ).value,
        )
        public.append(referral)
    states = [ReferralState(one.public_state) for one in public]
    waited_for = [one.due_on for one, state in zip(public, states, strict=True) if state.is_open]
    # No history: both are derived, and follow from rows that have theirs.
    Recommendation.objects.filter(pk=recommendation.pk).update(
        diverges=referrals.diverges(states), unanswered_due_on=min(waited_for, default=None)
    )
    recommendation.refresh_from_db(fields=["diverges", "unanswered_due_on"])
    transaction.on_commit(lambda: tell_followers.enqueue(recommendation.pk))


def _state(considered: Sequence[Consideration], decided: Sequence[Decision], withdrawn: bool) -> ReferralState:
    holding = referrals.latest(one.taken for one in decided)
    return referrals.state_of(bool(considered), DecisionOutcome(holding.outcome) if holding else None, withdrawn)


def supersede_in_order(rows: Sequence[Consideration] | Sequence[Decision], *, by: User, reason: str) -> None:
    """Let each record of one referral be superseded by the one that follows it. Within the caller's transaction."""
    following = referrals.succession(one.taken for one in rows)
    for row in rows:
        if row.superseded_by_id != following[row.pk]:
            keep(row, by=by, reason=reason, superseded_by_id=following[row.pk])
