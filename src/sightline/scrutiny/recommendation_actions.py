"""What clerks say of a recommendation itself: what it is to achieve, and that it is no longer asked for."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from sightline.partnership import access
from sightline.partnership.models import User
from sightline.partnership.records import keep
from sightline.scrutiny.models import Recommendation, Withdrawal
from sightline.scrutiny.referral_checks import CannotRefer, dated, plainly
from sightline.scrutiny.referring import hold, refresh

WITHDRAW = "scrutiny.withdraw_recommendation"
PURPOSE = "scrutiny.say_purpose"


@transaction.atomic
def say_purpose(*, recommendation: Recommendation, purpose: str, by: User) -> Recommendation:
    """Say what a recommendation is to achieve, in the clerk's own words; empty takes them back.

    Raises:
        Refused: the account may not for the council of whoever asked.
        CannotRefer: the words are too long.
    """
    access.require(by, PURPOSE, council=recommendation.council)
    keep(recommendation, by=by, reason="purpose said", purpose=plainly(purpose, "purpose"))
    return recommendation


def withdraw_recommendation(
    *, recommendation: Recommendation, withdrawn_on: datetime.date, reason: str, by: User
) -> Withdrawal:
    """Say that scrutiny no longer asks for a recommendation. It stays readable, and so does what councils decided.

    Commitments that were made when it was asked are not touched: `referral_queries.commitments_left_by` names them.

    Raises:
        Refused: the account may not for the council of whoever asked.
        CannotRefer: the reason is missing, the day cannot be, or it was withdrawn otherwise before.
    """
    return _end(recommendation, withdrawn_on=withdrawn_on, reason=reason, by=by, superseded_by=None)


def supersede_recommendation(
    *,
    recommendation: Recommendation,
    superseded_by: Recommendation,
    superseded_on: datetime.date,
    reason: str,
    by: User,
) -> Withdrawal:
    """Say that a later recommendation asks in the place of one. Both stay readable, each leads to the other.

    Raises:
        Refused: as for withdrawing.
        CannotRefer: as for withdrawing; or the other is the same one, older, or itself no longer asked for.
    """
    if superseded_by.pk == recommendation.pk:
        raise CannotRefer("A recommendation cannot take its own place. Give the reference of the later one.", "instead")
    if superseded_by.asked_on < recommendation.asked_on:
        raise CannotRefer(
            f"{superseded_by.reference} was asked earlier, on {dated(superseded_by.asked_on)}. Only a later"
            " recommendation takes the place of this one.",
            "instead",
        )
    if Withdrawal.objects.filter(recommendation=superseded_by).exists():
        raise CannotRefer(
            f"{superseded_by.reference} is itself withdrawn or superseded. Give one that is still asked for.", "instead"
        )
    if superseded_on < superseded_by.asked_on:
        raise CannotRefer(
            f"{superseded_by.reference} was asked on {dated(superseded_by.asked_on)}, and took no other's place"
            " before.",
            "withdrawn_on",
        )
    return _end(recommendation, withdrawn_on=superseded_on, reason=reason, by=by, superseded_by=superseded_by)


@transaction.atomic
def _end(
    recommendation: Recommendation,
    *,
    withdrawn_on: datetime.date,
    reason: str,
    by: User,
    superseded_by: Recommendation | None,
) -> Withdrawal:
    access.require(by, WITHDRAW, council=recommendation.council)
    reason = plainly(reason, "reason")
    if not reason:
        raise CannotRefer("Enter the reason: whoever was asked will want to know it.", "reason")
    if withdrawn_on < recommendation.asked_on:
        raise CannotRefer(
            f"It was asked on {dated(recommendation.asked_on)} and cannot have been withdrawn before.",
            "withdrawn_on",
        )
    if withdrawn_on > timezone.localdate():
        raise CannotRefer(f"{dated(withdrawn_on)} lies ahead. Enter the day of the meeting.", "withdrawn_on")
    hold(recommendation)
    facts: dict[str, Any] = {"withdrawn_on": withdrawn_on, "reason": reason, "superseded_by": superseded_by}
    there = Withdrawal.objects.filter(recommendation=recommendation).first()
    if there is not None:
        if all(getattr(there, name) == value for name, value in facts.items()):
            return there
        raise CannotRefer(f"{there}: {there.reason} It cannot be withdrawn a second time.")
    withdrawal = Withdrawal(recommendation=recommendation, recorded_by=by, **facts)
    keep(withdrawal, by=by, reason="superseded" if superseded_by else "withdrawn")
    refresh(recommendation, by=by, reason="superseded" if superseded_by else "withdrawn")
    return withdrawal
