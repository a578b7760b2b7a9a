"""Scrutiny, for programs: recommendations with what each council made of them, commitments, meetings and minutes."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, Literal

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from sightline.partnership.api import PUBLIC, Page, WhichPage, address_of, checked, narrowed, page_of
from sightline.scrutiny import commitment_queries, queries, referral_queries
from sightline.scrutiny.commitment_forms import CommitmentFilterForm
from sightline.scrutiny.domain.commitments import CommitmentState
from sightline.scrutiny.domain.referrals import ReferralState
from sightline.scrutiny.exempt_sessions import last_decision
from sightline.scrutiny.forms import MeetingFilterForm, RecommendationFilterForm
from sightline.scrutiny.models import Commitment, Meeting, Minute, Recommendation, Referral

router = Router(tags=["Recommendations"])
Publication = Literal["public", "internal", "exempt"]


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
    publication: Publication
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
    decided, decided_on = last_decision(referral)
    return {
        "id": address_of(referral),
        "council": referral.council.gss_code,
        "state": referral.seen.value,
        "due_on": referral.due_on,
        "late_by_days": referral.late_by_days or 0,
        "considered": considered.outcome if considered else None,
        "considered_on": considered.considered_on if considered else None,
        "decided": decided.outcome if decided else None,
        "decided_on": decided_on,
        "reason": decided.reason if decided else "",
    }


class CommitmentOut(Schema):
    id: str = Field(description="Its address, which stays.")
    reference: str
    text: str
    made_on: datetime.date
    council: str | None = Field(description="GSS code; null for one of the partnership.")
    asked_by: str = Field(description="The slug of the body at whose meeting it was said.")
    owner_title: str | None = Field(description="The post that is to do it.")
    due_on: datetime.date | None
    state: CommitmentState
    state_on: datetime.date | None = Field(description="Since when it stands so.")
    publication: Publication

    @staticmethod
    def resolve_id(one: Commitment) -> str:
        return address_of(one)

    @staticmethod
    def resolve_text(one: Commitment) -> str:
        return one.heading

    @staticmethod
    def resolve_council(one: Commitment) -> str | None:
        return one.council.gss_code if one.council else None

    @staticmethod
    def resolve_asked_by(one: Commitment) -> str:
        return one.asked_by.slug

    @staticmethod
    def resolve_owner_title(one: Commitment) -> str | None:
        return one.owner_title.title if one.owner_title else None


class CommitmentsAsked(Schema):
    """Which commitments, as on their page."""

    council: str = Field("", description="The slug of a council.")
    state: CommitmentState | Literal[""] = ""
    late: bool = False


@router.get(
    "/commitments",
    response={200: Page[CommitmentOut], **PUBLIC},
    url_name="api-commitments",
    summary="Commitments, the newest first",
    tags=["Commitments"],
)
def commitments(request: HttpRequest, asked: Query[CommitmentsAsked], which: WhichPage) -> dict[str, Any]:
    """Public ones; whoever is signed in is given those that they may see besides."""
    form = CommitmentFilterForm(asked.dict(), owners=[])
    found = commitment_queries.commitments(request.user, timezone.localdate(), narrowed(form))
    return page_of(request, found, which, list)


@router.get(
    "/commitments/{reference}",
    response={200: CommitmentOut, **PUBLIC},
    url_name="api-commitment",
    summary="One commitment",
    tags=["Commitments"],
)
def commitment(request: HttpRequest, reference: str) -> Commitment:
    """Who is to do it by its post, by when, and where it stands."""
    found = commitment_queries.commitment(request.user, reference)
    if found is None:
        raise Http404("no commitment that may be seen")
    return found


class MeetingOut(Schema):
    id: str = Field(description="Its address, which stays.")
    body: str = Field(description="The slug of the body that met.")
    held_on: datetime.date
    minutes: list[str] = Field(description="The addresses of its minutes.")
    publication: Publication

    @staticmethod
    def resolve_id(one: Meeting) -> str:
        return address_of(one)

    @staticmethod
    def resolve_body(one: Meeting) -> str:
        return one.body.slug

    @staticmethod
    def resolve_minutes(one: Meeting) -> list[str]:
        return [address_of(minute) for minute in one.minutes.all()]


class MeetingsAsked(Schema):
    """Which meetings, as on their page."""

    body: str = Field("", description="The slug of the body that met.")


@router.get(
    "/meetings",
    response={200: Page[MeetingOut], **PUBLIC},
    url_name="api-meetings",
    summary="Meetings, the newest first",
    tags=["Meetings and minutes"],
)
def meetings(request: HttpRequest, asked: Query[MeetingsAsked], which: WhichPage) -> dict[str, Any]:
    """Those of which something may be seen."""
    form = checked(MeetingFilterForm(asked.dict()))
    return page_of(request, queries.meetings(request.user, form.chosen()), which, list)


class MinuteOut(Schema):
    id: str = Field(description="Its address, which stays.")
    meeting: str = Field(description="The address of its meeting.")
    body: str = Field(description="The slug of the body that met.")
    held_on: datetime.date
    text: str = Field(description="The text as it was received.")
    publication: Publication

    @staticmethod
    def resolve_id(one: Minute) -> str:
        return address_of(one)

    @staticmethod
    def resolve_meeting(one: Minute) -> str:
        return address_of(one.meeting)

    @staticmethod
    def resolve_body(one: Minute) -> str:
        return one.meeting.body.slug

    @staticmethod
    def resolve_held_on(one: Minute) -> datetime.date:
        return one.meeting.held_on


@router.get(
    "/minutes/{int:number}",
    response={200: MinuteOut, **PUBLIC},
    url_name="api-minute",
    summary="The minutes of one meeting",
    tags=["Meetings and minutes"],
)
def minute(request: HttpRequest, number: int) -> Minute:
    """The whole text, into which every recommendation and commitment points."""
    found = queries.minutes(request.user).filter(pk=number).first()
    if found is None:
        raise Http404("no minutes that may be seen")
    return found
