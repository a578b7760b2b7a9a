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
    if Withdrawal.objects.filter(recommendation=superseded_by, asked_again_on__isnull=True).exists():
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
    if there is not None and there.asked_again_on is not None and withdrawn_on < there.asked_again_on:
        raise CannotRefer(
            f"It was asked for again on {dated(there.asked_again_on)} and cannot have been withdrawn before.",
            "withdrawn_on",
        )
    if there is not None and there.stands:
        if all(getattr(there, name) == value for name, value in facts.items()):
            return there
        raise CannotRefer(f"{there}: {there.reason} It cannot be withdrawn a second time.")
    withdrawal = there or Withdrawal(recommendation=recommendation, recorded_by=by)
    facts |= {"recorded_by": by, "asked_again_on": None, "asked_again_why": "", "asked_again_by": None}
    # A field of its own is called as `keep`'s reason is.
    withdrawal.reason = facts.pop("reason")
    keep(withdrawal, by=by, reason="superseded" if superseded_by else "withdrawn", **facts)
    refresh(recommendation, by=by, reason="superseded" if superseded_by else "withdrawn")
    return withdrawal


@transaction.atomic
def ask_again(*, recommendation: Recommendation, asked_again_on: datetime.date, reason: str, by: User) -> Withdrawal:
    """Take back that a recommendation was withdrawn or superseded: scrutiny asks for it again. Both stay on record.

    Councils that had not decided owe their decision again, by their old last day.

    Raises:
        Refused: the account may not for the council of whoever asked.
        CannotRefer: the reason is missing, the day cannot be, or it is asked for anyway.
    """
    access.require(by, WITHDRAW, council=recommendation.council)
    reason = plainly(reason, "reason")
    if not reason:
        raise CannotRefer("Enter the reason: whoever is asked again will want to know it.", "reason")
    hold(recommendation)
    withdrawal = Withdrawal.objects.filter(recommendation=recommendation).first()
    if withdrawal is None:
        raise CannotRefer(f"{recommendation.reference} was not withdrawn: scrutiny asks for it.")
    if not withdrawal.stands:
        if (withdrawal.asked_again_on, withdrawal.asked_again_why) == (asked_again_on, reason):
            return withdrawal
        raise CannotRefer(f"{recommendation.reference} is asked for again already.")
    if asked_again_on < withdrawal.withdrawn_on:
        raise CannotRefer(
            f"It was withdrawn on {dated(withdrawal.withdrawn_on)} and cannot have been asked for again before.",
            "withdrawn_on",
        )
    if asked_again_on > timezone.localdate():
        raise CannotRefer(f"{dated(asked_again_on)} lies ahead. Enter the day of the meeting.", "withdrawn_on")
    facts = {"asked_again_on": asked_again_on, "asked_again_why": reason, "asked_again_by": by}
    keep(withdrawal, by=by, reason="asked for again", **facts)
    refresh(recommendation, by=by, reason="asked for again")
    return withdrawal
