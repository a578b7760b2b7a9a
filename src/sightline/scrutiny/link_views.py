"""The clerk's page on which the minutes of one body are linked with what another body recommended."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from sightline.partnership import access
from sightline.partnership.models import User
from sightline.scrutiny import link_actions, queries, referral_queries
from sightline.scrutiny.models import Link, Minute


def _minute(request: HttpRequest, number: int) -> Minute:
    """The minute of a council for which the account says what its minutes deal with."""
    minute = get_object_or_404(queries.minutes(request.user).defer("text"), pk=number)
    access.require(request.user, link_actions.SETTLE, council=minute.meeting.body.council)
    return minute


@login_required
@require_safe
def links(request: HttpRequest, number: int) -> HttpResponse:
    minute = _minute(request, number)
    found = list(referral_queries.links_of(minute))
    on_record = referral_queries.links_on_record(found)
    return render(
        request,
        "scrutiny/minute_links.html",
        {
            "minute": minute,
            "links": [(link, on_record.get(link.pk)) for link in found],
            "waiting": sum(link.is_unsettled and link.pk not in on_record for link in found),
        },
    )


@login_required
@require_POST
def look_again(request: HttpRequest, number: int) -> HttpResponse:
    minute = get_object_or_404(queries.minutes(request.user), pk=number)
    access.require(request.user, link_actions.SETTLE, council=minute.meeting.body.council)
    assert isinstance(request.user, User)
    many = link_actions.propose_links(minute=minute, by=request.user)
    messages.success(request, f"{many} new proposal{'' if many == 1 else 's'}." if many else "Nothing new was found.")
    return redirect("minute-links", number)


@login_required
@require_POST
def settle(request: HttpRequest, number: int, link: int) -> HttpResponse:
    """Confirm a link and go on to put on record what came of it, or reject it."""
    minute = _minute(request, number)
    found = referral_queries.links_of(minute).filter(pk=link).first()
    if found is None:
        raise Http404("no such link")
    assert isinstance(request.user, User)
    if request.POST.get("say") == "no":
        link_actions.reject_link(link=found, by=request.user)
        messages.success(request, f"These minutes do not deal with {found.referral.recommendation.reference}.")
        return redirect("minute-links", number)
    confirmed: Link = link_actions.confirm_link(link=found, by=request.user)
    return redirect(confirmed.form_address)
