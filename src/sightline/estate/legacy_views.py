"""Pages of a system's score by the government's framework, and of exceptions that are agreed."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sightline.estate import legacy_actions as actions
from sightline.estate import legacy_queries as queries
from sightline.estate.domain.legacy import CRITERIA, RED_FROM, suggestions
from sightline.estate.legacy_actions import CannotAgree
from sightline.estate.legacy_forms import ExceptionForm, RiskForm, WhyForm
from sightline.estate.licence_views import A_PAGE, FORM, SEE, account_of, download
from sightline.estate.models import System
from sightline.govuk.forms import sent
from sightline.partnership import access


def _system(request: HttpRequest, reference: str) -> System:
    found = queries.systems(request.user).filter(reference=reference).first()
    if found is None:
        raise Http404("no system that may be seen")
    return found


@login_required
@require_safe
def scores(request: HttpRequest) -> HttpResponse:
    """Every system with a score or an exception, the worst first."""
    access.require_anywhere(request.user, SEE)
    today = timezone.localdate()
    page = Paginator(queries.scored(request.user, today), A_PAGE).get_page(request.GET.get("page"))
    facts = {
        "page": page,
        "today": today,
        "red_from": RED_FROM,
        "red": sum(row.red is True for row in page.paginator.object_list),
    }
    return render(request, "estate/legacy_scores.html", facts)


HEADS = (
    "reference", "system", "council", "score_lowest", "score_highest", "red", "assessed_on", "exception_until",
    "exception_owner",
)  # fmt: skip


@login_required
@require_safe
def scores_file(request: HttpRequest, form: str) -> StreamingHttpResponse:
    access.require_anywhere(request.user, SEE)
    rows = (
        {
            "reference": row.system.reference,
            "system": row.system.name,
            "council": row.system.council.name if row.system.council else "",
            "score_lowest": float(row.latest.assessment.bounds[0]) if row.latest else None,
            "score_highest": float(row.latest.assessment.bounds[1]) if row.latest else None,
            "red": {True: "yes", False: "no", None: "open"}[row.red] if row.latest else "",
            "assessed_on": row.latest.assessed_on if row.latest else None,
            "exception_until": row.exception.expires_on if row.exception else None,
            "exception_owner": row.exception.owner.name if row.exception else "",
        }
        for row in queries.scored(request.user, timezone.localdate())
    )
    return download(form, "legacy-scores", HEADS, rows)


@never_cache
@login_required
@require_http_methods(FORM)
def risk(request: HttpRequest, reference: str) -> HttpResponse:
    """The score of one system, and the form by which ICT gives its answers."""
    system = _system(request, reference)
    today = timezone.localdate()
    told = list(queries.assessments(request.user, system))
    latest = told[0] if told else None
    may_assess = access.may(request.user, actions.ASSESS, council=system.council)
    if request.method == "POST":
        access.require(request.user, actions.ASSESS, council=system.council)
    suggested = suggestions(queries.facts_of(system), on=today)
    form = RiskForm(
        sent(request)[0],
        answers=latest.answers if latest else {},
        reasons=latest.reasons if latest else {},
        suggested=suggested,
    )
    if request.method == "POST" and form.is_valid():
        made = actions.assess(
            system=system,
            answers=form.answers(),
            reasons=dict.fromkeys(form.answers(), form.cleaned_data["why"]),
            by=account_of(request),
        )
        messages.success(request, made.assessment.sentence)
        return redirect("system-risk", system.reference)
    answered = [(criterion, latest.answers.get(criterion.code)) for criterion in CRITERIA] if latest else []
    facts = {
        "system": system,
        "form": form if may_assess else None,
        "latest": latest,
        "why": next(iter(latest.reasons.values()), "") if latest else "",
        "answered": answered,
        "earlier": told[1:],
        "exceptions": queries.exceptions(request.user).filter(system=system),
        "today": today,
        "red_from": RED_FROM,
        "may_agree": access.may(request.user, actions.AGREE, council=system.council),
    }
    return render(request, "estate/system_risk.html", facts, status=422 if may_assess and form.errors else 200)


@never_cache
@login_required
@require_http_methods(FORM)
def exception(request: HttpRequest, reference: str) -> HttpResponse:
    system = _system(request, reference)
    access.require(request.user, actions.AGREE, council=system.council)
    form = ExceptionForm(sent(request)[0], people=queries.may_own(request.user, system, actions.AGREE))
    if request.method == "POST" and form.is_valid():
        try:
            actions.agree_exception(system=system, by=account_of(request), **form.cleaned_data)
        except CannotAgree as error:
            form.add_error(error.field, error.message)
        else:
            messages.success(request, f"The exception for {system.name} is kept.")
            return redirect("system-risk", system.reference)
    facts = {"system": system, "form": form, "title": "Keep it for a time"}
    return render(request, "estate/system_exception.html", facts, status=422 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(FORM)
def exception_end(request: HttpRequest, number: int) -> HttpResponse:
    found = queries.exceptions(request.user).filter(pk=number).first()
    if found is None:
        raise Http404("no exception that may be seen")
    access.require(request.user, actions.AGREE, council=found.council)
    form = WhyForm(sent(request)[0])
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_exception(exception=found, reason=form.cleaned_data["reason"], by=account_of(request))
        except CannotAgree as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, f"The exception for {found.system.name} is over.")
            return redirect("system-risk", found.system.reference)
    facts = {"system": found.system, "form": form, "title": "End the exception"}
    return render(request, "estate/system_exception.html", facts, status=422 if form.errors else 200)
