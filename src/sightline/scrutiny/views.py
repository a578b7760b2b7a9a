"""Scrutiny's pages for everybody: recommendations, meetings and their minutes."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from sightline.partnership import access
from sightline.scrutiny import queries, referral_queries
from sightline.scrutiny.citing import citation
from sightline.scrutiny.domain.flow import flowing
from sightline.scrutiny.forms import MeetingFilterForm, RecommendationFilterForm
from sightline.scrutiny.link_actions import SETTLE
from sightline.scrutiny.models import Minute
from sightline.scrutiny.paging import Pages
from sightline.scrutiny.referral_showing import entries
from sightline.scrutiny.showing import excerpt, marked_text, shown_items

A_PAGE = 25


@require_safe
def recommendations(request: HttpRequest) -> HttpResponse:
    form = RecommendationFilterForm(request.GET)
    found = queries.recommendations(request.user, form.narrowed())
    page = Pages(found, A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    return render(request, "scrutiny/recommendations.html", {"form": form, "page": page, "query": query.urlencode()})


@require_safe
def recommendation(request: HttpRequest, reference: str) -> HttpResponse:
    found = queries.recommendation(request.user, reference)
    if found is None:
        raise Http404("no recommendation that may be seen")
    beside = referral_queries.side_by_side(request.user, found)
    latest = referral_queries.withdrawal_of(found)
    withdrawal = latest if latest and latest.stands else None
    instead = withdrawal.superseded_by if withdrawal else None
    passage = found.passage
    minute = passage.item.minute
    may_see_minute = queries.minutes(request.user).filter(pk=minute.pk).exists()
    before, words, after = excerpt(flowing(minute.text), passage.start, passage.end, passage.item.start)
    return render(
        request,
        "scrutiny/recommendation.html",
        {
            "recommendation": found,
            "citation": citation(found),
            "passage": passage,
            "minute": minute if may_see_minute else None,
            "before": before,
            "words": words,
            "after": after,
            "beside": beside,
            "courses": [(course, entries(course, beside.today)) for course in beside.courses],
            "withdrawal": withdrawal,
            "asked_again": latest if latest and not latest.stands else None,
            "instead": instead if instead and queries.recommendation(request.user, instead.reference) else None,
            "in_place_of": referral_queries.superseded_by(request.user, found),
            "left_open": referral_queries.commitments_left_by(request.user, found) if withdrawal else [],
            "may": [
                act
                for act in ("say_purpose", "withdraw_recommendation")
                if access.may(request.user, f"scrutiny.{act}", council=found.council)
            ],
        },
    )


@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    form = MeetingFilterForm(request.GET)
    page = Paginator(queries.meetings(request.user, form.chosen()), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "scrutiny/meetings.html", {"form": form, "page": page})


@require_safe
def meeting(request: HttpRequest, number: int) -> HttpResponse:
    found = get_object_or_404(queries.meetings(request.user), pk=number)
    minutes = [(minute, queries.counted(minute)) for minute in found.minutes.all()]
    return render(request, "scrutiny/meeting.html", {"meeting": found, "minutes": minutes})


@require_safe
def minute(request: HttpRequest, number: int) -> HttpResponse:
    who = ("recorded_by__person", "on_behalf_of")
    found = get_object_or_404(queries.minutes(request.user).select_related(*who), pk=number)
    items = shown_items(queries.items_of(found))
    return render(
        request,
        "scrutiny/minute.html",
        {
            "minute": found,
            "items": items,
            "marked_text": marked_text(found.text, items),
            "counted": queries.counted(found),
            "may_see_names": access.may(request.user, "partnership.see_internal", council=found.council),
            "recorded_by": found.acted_by(found.recorded_by),
            "links_waiting": referral_queries.links_waiting(found)
            if access.may(request.user, SETTLE, council=found.meeting.body.council)
            else None,
            "may_publish": found.publication != "public"
            and access.may(request.user, "scrutiny.publish_minute", council=found.council),
            "left": _left_at_desk(request, found),
        },
    )


@require_safe
def minute_file(request: HttpRequest, number: int) -> HttpResponse:
    """The file as it was received: always a download, never shown by the browser."""
    found = get_object_or_404(queries.minutes(request.user).select_related("attachment"), pk=number)
    response = HttpResponse(bytes(found.attachment.content), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, found.attachment.name) or "attachment"
    return response


def _left_at_desk(request: HttpRequest, minute: Minute) -> dict[str, int] | None:
    """What waits at the desk, for those who work there; None for others."""
    if not access.may(request.user, "scrutiny.confirm_passages", council=minute.council):
        return None
    return {"all": queries.left_to_confirm(minute), "uncertain": queries.uncertain(minute)}
