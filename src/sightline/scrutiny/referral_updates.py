"""What a council tells of a recommendation that it accepted: how far it has come, with the evidence for it."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from sightline.partnership import access
from sightline.partnership.models import Person, User
from sightline.scrutiny.domain.referrals import UNDER_WAY, ReferralState
from sightline.scrutiny.models import Referral, Update
from sightline.scrutiny.referral_actions import PUBLISH
from sightline.scrutiny.referring import hold, refresh
from sightline.scrutiny.update_actions import CannotTell, Shown, keep_update, publish_update

TELL = "scrutiny.update_referral"


def tell_of_referral(
    *,
    referral: Referral,
    by: User,
    text: str,
    claims: str,
    evidence: Sequence[Shown],
    submission: uuid.UUID,
    told_by: Person | None = None,
    on: datetime.date | None = None,
    publish: bool = False,
) -> Update:
    """Write what a council has done about a recommendation that it accepted. The same form again is the same update.

    told_by, on: whose word it is that somebody enters, and on which day it was given; else their own, today.
    publish: let everybody read it, with its evidence.

    Raises:
        Refused: the account may not for this council.
        CannotTell: the council has not accepted it; the day cannot be; the text or the evidence cannot be kept.
    """
    access.require(by, TELL, council=referral.council)
    with transaction.atomic():
        referral = next(one for one in hold(referral.recommendation) if one.pk == referral.pk)
        if ReferralState(referral.state) not in UNDER_WAY:
            raise CannotTell(
                "text",
                f"{referral.council.name} has not accepted this, so that there is nothing to tell of carrying it out."
                " Record the decision first.",
            )
        if on is not None and not referral.referred_on <= on <= timezone.localdate():
            raise CannotTell("text", f"{on.day} {on:%B %Y} lies ahead, or before it was asked. Check the day.")
        update, new = keep_update(
            of=referral,
            council=referral.council,
            text=text,
            claims=claims,
            evidence=evidence,
            by=told_by or getattr(by, "person", None),
            entered_by=by,
            way=Update.Way.PAGE,
            submission=submission,
            account=by,
            on=on,
        )
        if publish:
            publish_update(update=update, by=by, action=PUBLISH)
        if new:
            refresh(referral.recommendation, by=by, reason="update written")
    return update
