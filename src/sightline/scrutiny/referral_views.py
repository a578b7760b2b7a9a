"""The pages on which a council's people put on record what it made of a recommendation, and clerks what it is for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sightline.govuk.forms import sent
from sightline.partnership import access
from sightline.partnership.models import User
from sightline.scrutiny import queries, recommendation_actions, referral_actions, referral_queries, referral_updates
from sightline.scrutiny.commitment_forms import ReferralUpdateForm
from sightline.scrutiny.commitment_views import kept
from sightline.scrutiny.models import Link, Recommendation, Referral
from sightline.scrutiny.referral_actions import Put
from sightline.scrutiny.referral_checks import CannotRefer
from sightline.scrutiny.referral_forms import (
    AskAgainForm,
    ConsiderForm,
    DecideForm,
    OutcomeForm,
    PurposeForm,
    WithdrawForm,
)

FORM = ["GET", "HEAD", "POST"]


def _account(request: HttpRequest) -> User:
    """Who is logged in; every page here has asked for that already."""
    assert isinstance(request.user, User)
    return request.user


def _referral(request: HttpRequest, reference: str, council: str) -> Referral:
    found = referral_queries.referral(request.user, reference, council)
    if found is None:
        raise Http404("no referral that may be seen")
    return found


def _recommendation(request: HttpRequest, reference: str) -> Recommendation:
    found = queries.recommendation(request.user, reference)
    if found is None:
        raise Http404("no recommendation that may be seen")
    return found


def _link(request: HttpRequest, referral: Referral) -> Link | None:
    """The link of minutes that the form was opened from; None where it was not, or where there is none."""
    number = request.GET.get("link", "")
    return (
        referral_queries.link_to(request.user, int(number), referral)
        if number.isdecimal() and len(number) < 10
        else None
    )


@login_required
@require_http_methods(FORM)
def consider(request: HttpRequest, reference: str, council: str) -> HttpResponse:
    referral = _referral(request, reference, council)
    access.require(request.user, referral_actions.CONSIDER, council=referral.council)
    by, link = _account(request), _link(request, referral)
    form = ConsiderForm(request.POST if request.method == "POST" else None, referral=referral, by=by, link=link)

    def put() -> Put:
        return referral_actions.consider_referral(referral=referral, by=by, **form.facts())

    return _outcome(request, form, put, "scrutiny/consider.html")


@login_required
@require_http_methods(FORM)
def decide(request: HttpRequest, reference: str, council: str) -> HttpResponse:
    referral = _referral(request, reference, council)
    access.require(request.user, referral_actions.DECIDE, council=referral.council)
    by, link = _account(request), _link(request, referral)
    form = DecideForm(request.POST if request.method == "POST" else None, referral=referral, by=by, link=link)

    def put() -> Put:
        return referral_actions.decide_referral(referral=referral, by=by, **form.facts())

    return _outcome(request, form, put, "scrutiny/decide.html")


def _outcome(request: HttpRequest, form: OutcomeForm, put: Callable[[], Put], template: str) -> HttpResponse:
    """Put on record what was typed, and go on: to the minutes' next proposal where the form was opened from one."""
    referral, link = form.referral, form.link
    if form.is_bound and form.is_valid():
        try:
            done = put()
        except CannotRefer as error:
            form.say(error)
        else:
            what = str(done.record)
            messages.success(
                request,
                f"On record for {referral.council.name}: {what[:1].lower()}{what[1:]}."
                if done.new
                else "That was on record already. Nothing was changed.",
            )
            if link is not None:
                return redirect("minute-links", link.passage.item.minute_id)
            return redirect(referral)
    context: dict[str, Any] = {
        "form": form,
        "referral": referral,
        "recommendation": referral.recommendation,
        "link": link,
        "course": next(
            course
            for course in referral_queries.side_by_side(request.user, referral.recommendation).courses
            if course.referral.pk == referral.pk
        ),
    }
    return render(request, template, context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(FORM)
def update(request: HttpRequest, reference: str, council: str) -> HttpResponse:
    referral = _referral(request, reference, council)
    by = _account(request)
    access.require(by, referral_updates.TELL, council=referral.council)
    may_publish = access.may(by, referral_actions.PUBLISH, council=referral.council)
    form = ReferralUpdateForm(*sent(request), may_publish=may_publish)

    def write() -> None:
        given = form.cleaned_data
        referral_updates.tell_of_referral(
            referral=referral,
            by=by,
            text=given["text"],
            claims=given["claims"],
            evidence=form.evidence(),
            submission=given["submission"],
            publish=given.get("publish", False),
        )

    if request.method == "POST" and kept(form, write):
        messages.success(request, "What you said is recorded.")
        return redirect(referral)
    context = {"form": form, "referral": referral, "recommendation": referral.recommendation}
    return render(request, "scrutiny/referral_update.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def publish(request: HttpRequest, reference: str, council: str) -> HttpResponse:
    referral = _referral(request, reference, council)
    many = referral_actions.publish_outcomes(referral=referral, by=_account(request))
    messages.success(
        request,
        f"What {referral.council.name} made of this recommendation is public."
        if many
        else "All of it was public already.",
    )
    return redirect(referral)


@login_required
@require_http_methods(FORM)
def purpose(request: HttpRequest, reference: str) -> HttpResponse:
    found = _recommendation(request, reference)
    access.require(request.user, recommendation_actions.PURPOSE, council=found.council)
    sent = request.method == "POST"
    form = PurposeForm(request.POST if sent else None, initial={"purpose": found.purpose})
    if sent and form.is_valid():
        try:
            recommendation_actions.say_purpose(
                recommendation=found, purpose=form.cleaned_data["purpose"], by=_account(request)
            )
        except CannotRefer as error:
            form.add_error("purpose", str(error))
        else:
            messages.success(request, "What it is to achieve is on its page.")
            return redirect(found)
    return render(
        request,
        "scrutiny/purpose.html",
        {"form": form, "recommendation": found},
        status=422 if form.errors else 200,
    )


@login_required
@require_http_methods(FORM)
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    found = _recommendation(request, reference)
    access.require(request.user, recommendation_actions.WITHDRAW, council=found.council)
    by = _account(request)
    if found.standing_withdrawal and request.POST.get("act", "ask-again") == "ask-again":
        return _ask_again(request, found)
    sent = request.method == "POST"
    form = WithdrawForm(request.POST if sent else None, visible=queries.recommendations(by))
    left = referral_queries.commitments_left_by(by, found)
    if sent and form.is_valid():
        typed = form.cleaned_data
        try:
            if typed["instead"] is None:
                recommendation_actions.withdraw_recommendation(
                    recommendation=found, withdrawn_on=typed["day"], reason=typed["reason"], by=by
                )
            else:
                recommendation_actions.supersede_recommendation(
                    recommendation=found,
                    superseded_by=typed["instead"],
                    superseded_on=typed["day"],
                    reason=typed["reason"],
                    by=by,
                )
        except CannotRefer as error:
            form.say(error)
        else:
            still = ", ".join(one.reference for one in left)
            messages.success(
                request,
                f"{found.reference} is no longer asked for, and stays readable."
                + (f" Still open: {still}, which withdrawing it does not withdraw." if left else ""),
            )
            return redirect(found)
    return render(
        request,
        "scrutiny/withdraw.html",
        {"form": form, "recommendation": found, "commitments": left},
        status=422 if form.errors else 200,
    )


def _ask_again(request: HttpRequest, found: Recommendation) -> HttpResponse:
    """The same page for what is withdrawn: scrutiny asks for it again."""
    sent = request.method == "POST"
    form = AskAgainForm(request.POST if sent else None)
    if sent and form.is_valid():
        typed = form.cleaned_data
        try:
            recommendation_actions.ask_again(
                recommendation=found, asked_again_on=typed["day"], reason=typed["reason"], by=_account(request)
            )
        except CannotRefer as error:
            form.say(error)
        else:
            messages.success(request, f"{found.reference} is asked for again.")
            return redirect(found)
    context = {"form": form, "recommendation": found, "withdrawal": found.standing_withdrawal}
    return render(request, "scrutiny/ask_again.html", context, status=422 if form.errors else 200)
