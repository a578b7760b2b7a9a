"""What others' programs read of recommendations: Atom feeds, and the list as CSV and JSON. Public records alone, except
that the list holds what the account may see, as its page does."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from sightline.partnership import queries as partnership
from sightline.partnership import tables
from sightline.scrutiny import queries, referral_queries
from sightline.scrutiny.exempt_sessions import last_decision
from sightline.scrutiny.forms import RecommendationFilterForm
from sightline.scrutiny.models import Decision, Recommendation, Referral

AS_MANY = 50
NOBODY = AnonymousUser()


def _site() -> str:
    ours = partnership.the_partnership()
    return ours.name if ours else "Sightline"


class _AtomFeed(Feed):  # type: ignore[type-arg]
    """What both feeds share: newest first, read only."""

    feed_type = Atom1Feed
    language = "en-GB"
    entries = ""

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        answer: HttpResponse = super().__call__(request, *args, **kwargs)
        return answer

    def link(self) -> str:
        return reverse("recommendations")

    def author_name(self) -> str:
        return _site()


class RecommendationsFeed(_AtomFeed):
    """What scrutiny asked for last."""

    def title(self) -> str:
        return f"Recommendations: {_site()}"

    def subtitle(self) -> str:
        return "What scrutiny asked the councils to do, the newest first."

    def items(self) -> Iterable[Recommendation]:
        return queries.recommendations(NOBODY).order_by("-published_at", "-pk")[:AS_MANY]

    def item_title(self, item: Recommendation) -> str:
        return f"{item.reference}: {item.heading}"

    def item_description(self, item: Recommendation) -> str:
        return f"Asked by {item.asked_by}, {item.asked_on.day} {item.asked_on:%B %Y}. {item.heading}"

    def item_pubdate(self, item: Recommendation) -> datetime.datetime | None:
        return item.published_at

    def item_updateddate(self, item: Recommendation) -> datetime.datetime | None:
        return item.published_at


class DecisionsFeed(_AtomFeed):
    """What councils decided last."""

    def title(self) -> str:
        return f"Decisions on recommendations: {_site()}"

    def subtitle(self) -> str:
        return "What each council decided on what scrutiny asked for, the newest first. Each decides for itself."

    def items(self) -> Iterable[Decision]:
        return referral_queries.decisions(NOBODY)[:AS_MANY]

    def item_title(self, item: Decision) -> str:
        referral = item.referral
        return f"{referral.council.name}: {referral.recommendation.reference} {item.get_outcome_display().lower()}"

    def item_description(self, item: Decision) -> str:
        told = f"{item}. {item.referral.recommendation.heading}"
        return f"{told} Reason: {item.reason}" if item.reason else told

    def item_link(self, item: Decision) -> str:
        return item.get_absolute_url()

    def item_guid(self, item: Decision) -> str:
        # A later decision on the same referral is another entry.
        return f"{item.referral.recommendation.get_absolute_url()}#decision-{item.pk}"

    def item_pubdate(self, item: Decision) -> datetime.datetime | None:
        return item.published_at

    def item_updateddate(self, item: Decision) -> datetime.datetime | None:
        return item.published_at


COLUMNS = (
    "reference", "recommendation", "asked by", "asked on", "withdrawn on", "council", "GSS code", "state", "due on",
    "late by days", "considered", "considered by", "considered on", "decided", "decided by", "decided on", "reason",
    "call-in ends on", "address",
)  # fmt: skip


@require_safe
def recommendations_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The list as CSV, narrowed as on its page: a line for each council's referral."""
    rows = ([_cell(value) for value in _facts(request, referral).values()] for referral in _referrals(request))
    return _download(tables.csv_lines(COLUMNS, rows), "text/csv; charset=utf-8", "csv")


@require_safe
def recommendations_json(request: HttpRequest) -> StreamingHttpResponse:
    """The same as JSON: an object for each council's referral."""
    rows = (
        {
            name.replace(" ", "_").replace("-", "_").lower(): _plain(value)
            for name, value in _facts(request, one).items()
        }
        for one in _referrals(request)
    )
    return _download(tables.json_lines(rows), "application/json", "json")


def _referrals(request: HttpRequest) -> Iterator[Referral]:
    narrowed = RecommendationFilterForm(request.GET).narrowed()
    found = referral_queries.with_courses(queries.recommendations(request.user, narrowed), request.user)
    for recommendation in found.iterator(chunk_size=500):
        for referral in recommendation.referrals.all():
            # What was prefetched knows its recommendation only by number.
            referral.recommendation = recommendation
            yield referral


def _facts(request: HttpRequest, referral: Referral) -> dict[str, Any]:
    recommendation = referral.recommendation
    withdrawal = recommendation.standing_withdrawal
    considered = max(referral.considerations.all(), key=lambda one: one.taken.place, default=None)
    decided, decided_on = last_decision(referral)
    values = (
        recommendation.reference,
        recommendation.heading,
        str(recommendation.asked_by),
        recommendation.asked_on,
        withdrawal.withdrawn_on if withdrawal else None,
        referral.council.name,
        referral.council.gss_code,
        referral.seen.value,
        referral.due_on,
        referral.late_by_days,
        considered.outcome if considered else "",
        considered.body.name if considered else "",
        considered.considered_on if considered else None,
        decided.outcome if decided else "",
        decided.body.name if decided else "",
        decided_on,
        decided.reason if decided else "",
        decided.call_in_ends_on if decided else None,
        request.build_absolute_uri(referral.get_absolute_url()),
    )
    return dict(zip(COLUMNS, values, strict=True))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _cell(value: Any) -> Any:
    return "" if value is None else _plain(value)


def _download(parts: Iterable[str], media_type: str, ending: str) -> StreamingHttpResponse:
    name = f"recommendations-{timezone.localdate().isoformat()}.{ending}"
    return StreamingHttpResponse(
        parts, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
