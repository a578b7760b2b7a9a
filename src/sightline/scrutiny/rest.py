"""Recommendations, for programs: what scrutiny asked for, and what each council made of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, Literal

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from sightline.partnership.api import PUBLIC, Page, WhichPage, address_of, narrowed, page_of
from sightline.scrutiny import queries, referral_queries
from sightline.scrutiny.domain.referrals import ReferralState
from sightline.scrutiny.forms import RecommendationFilterForm
from sightline.scrutiny.models import Recommendation, Referral

router = Router(tags=["Recommendations"])


class ReferralOut(Schema):
    """A recommendation on its way through one council."""

    id: str
    council: str = Field(description="GSS code.")
    state: ReferralState
    due_on: datetime.date | None
    late_by_days: int = Field(description="0 where nothing is overdue.")
    considered: str | None = Field(description="What its scrutiny panel made of it, where that may be seen.")
    considered_on: datetime.date | None
    decided: str | None = Field(description="What its deciding body decided, where that may be seen.")
    decided_on: datetime.date | None
    reason: str


class RecommendationOut(Schema):
    id: str = Field(description="Its address, which stays.")
    reference: str
    text: str
    asked_by: str = Field(description="The slug of the body that asked.")
    asked_on: datetime.date
    publication: Literal["public", "internal", "exempt"]
    withdrawn_on: datetime.date | None
    referrals: list[ReferralOut]


class RecommendationsAsked(Schema):
    """Which recommendations, as on their page."""

    council: str = Field("", description="The slug of a council to which they were referred.")
    body: str = Field("", description="The slug of the body that asked.")
    state: ReferralState | Literal[""] = Field("", description="Where they stand, at the council or at any.")
    only: Literal["", "late", "divergent"] = ""


@router.get(
    "/recommendations",
    response={200: Page[RecommendationOut], **PUBLIC},
    url_name="api-recommendations",
    summary="Recommendations, the newest first",
)
def recommendations(request: HttpRequest, asked: Query[RecommendationsAsked], which: WhichPage) -> dict[str, Any]:
    """Public ones; whoever is signed in is given those that they may see besides. Withdrawn ones are left out."""
    form = RecommendationFilterForm(asked.dict())
    found = queries.recommendations(request.user, narrowed(form))
    return page_of(request, referral_queries.with_courses(found, request.user), which, _told)


@router.get(
    "/recommendations/{reference}",
    response={200: RecommendationOut, **PUBLIC},
    url_name="api-recommendation",
    summary="One recommendation",
)
def recommendation(request: HttpRequest, reference: str) -> dict[str, Any]:
    """With what each council considered and decided; one that was withdrawn too."""
    found = queries.recommendation(request.user, reference)
    if found is None:
        raise Http404("no recommendation that may be seen")
    rows = Recommendation.objects.filter(pk=found.pk).select_related("asked_by__council")
    return _told(referral_queries.with_courses(rows, request.user))[0]


def _told(found: Iterable[Recommendation]) -> list[dict[str, Any]]:
    return [
        {
            "id": address_of(one),
            "reference": one.reference,
            "text": one.heading,
            "asked_by": one.asked_by.slug,
            "asked_on": one.asked_on,
            "publication": one.publication,
            "withdrawn_on": one.standing_withdrawal.withdrawn_on if one.standing_withdrawal else None,
            "referrals": [_course(one, referral) for referral in one.referrals.all()],
        }
        for one in found
    ]


def _course(recommendation: Recommendation, referral: Referral) -> dict[str, Any]:
    # What was prefetched knows its recommendation only by number.
    referral.recommendation = recommendation
    considered = max(referral.considerations.all(), key=lambda one: one.taken.place, default=None)
    decided = max(referral.decisions.all(), key=lambda one: one.taken.place, default=None)
    return {
        "id": address_of(referral),
        "council": referral.council.gss_code,
        "state": referral.seen.value,
        "due_on": referral.due_on,
        "late_by_days": referral.late_by_days or 0,
        "considered": considered.outcome if considered else None,
        "considered_on": considered.considered_on if considered else None,
        "decided": decided.outcome if decided else None,
        "decided_on": decided.decided_on if decided else None,
        "reason": decided.reason if decided else "",
    }
