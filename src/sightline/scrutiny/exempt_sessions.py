"""That a council decided in exempt session, where that is public and what it decided is not.

Asked for as values, so that nobody is noted as having read an exempt record.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

from sightline.kernel.publication import Publication
from sightline.scrutiny.domain.referrals import ReferralState, Taken
from sightline.scrutiny.models import Decision, Referral


@dataclass(frozen=True, slots=True)
class DecidedInSession:
    """A decision of which only the body and the day are told. ``told_at``: since when it is on record."""

    number: int
    on: datetime.date
    body: str
    council: str
    told_at: datetime.datetime

    @property
    def taken(self) -> Taken:
        """As the rules look at it: decided, and no more."""
        return Taken(self.number, self.on, ReferralState.DECIDED_EXEMPT.value)

    def __str__(self) -> str:
        return f"{ReferralState.DECIDED_EXEMPT.label} by {self.body}, {self.on.day} {self.on:%B %Y}"


def day_in_session() -> Subquery:
    """Of a referral, the day of the decision that holds, where no more than that is told; None where there is none."""
    told = Decision.objects.filter(
        referral=OuterRef("pk"), publication=Publication.EXEMPT.value, fact_public=True, superseded_by__isnull=True
    )
    return Subquery(told.order_by("-decided_on").values("decided_on")[:1])


def last_decision(referral: Referral) -> tuple[Decision | None, datetime.date | None]:
    """Of a referral of ``referral_queries.with_courses``: what it decided last, where that may be seen, and when."""
    decided = max(referral.decisions.all(), key=lambda one: one.taken.place, default=None)
    on: datetime.date | None = getattr(referral, "in_session_on", None)
    if on is not None and (decided is None or decided.decided_on < on):
        return None, on
    return decided, decided.decided_on if decided else None


def decided_in_session(**of: Any) -> dict[int, list[DecidedInSession]]:
    """What is told so of the decisions ``of`` which that is asked, in their order, by the number of the referral."""
    rows = Decision.objects.filter(publication=Publication.EXEMPT.value, fact_public=True, **of)
    found: dict[int, list[DecidedInSession]] = {}
    for referral, number, on, body, council, told_at in rows.order_by("decided_on", "pk").values_list(
        "referral_id", "pk", "decided_on", "body__name", "council__name", "recorded_at"
    ):
        found.setdefault(referral, []).append(DecidedInSession(number, on, body, council or "", told_at))
    return found
