"""The tracker report of a body, and what one council decided: pages that print as they stand."""

from __future__ import annotations

import datetime

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from sightline.govuk.forms import DateField
from sightline.partnership import queries as partnership
from sightline.scrutiny import tracker_files, tracker_queries

# Longer than other lists: it is made to be printed.
A_PRINTED_PAGE = 100
FILES = {"pdf": (tracker_files.as_pdf, tracker_files.PDF), "docx": (tracker_files.as_word, tracker_files.WORD)}


class UntilForm(forms.Form):
    """Until which day the report goes. What is no day is said beside the field, and the report goes until today."""

    until = DateField(required=False, label="Last day of the report")


def _until(request: HttpRequest) -> datetime.date:
    """The day in an address, as one passes it on; today where none or no day was."""
    try:
        return datetime.date.fromisoformat(request.GET.get("until", ""))
    except ValueError:
        return timezone.localdate()


@require_safe
def tracker(request: HttpRequest, slug: str) -> HttpResponse:
    body = get_object_or_404(partnership.bodies(), slug=slug)
    until = _until(request)
    form = UntilForm(request.GET if "until_day" in request.GET else None, initial={"until": until})
    if form.is_valid():
        until = form.cleaned_data["until"] or until
    report = tracker_queries.report(request.user, body, until=until, made_on=timezone.localdate())
    facts = {"body": body, "report": report, "form": form}
    return render(request, "scrutiny/tracker.html", facts, status=422 if form.errors else 200)


@require_safe
def tracker_file(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    if form not in FILES:
        raise Http404("no such form")
    body = get_object_or_404(partnership.bodies(), slug=slug)
    report = tracker_queries.report(request.user, body, until=_until(request), made_on=timezone.localdate())
    make, media_type = FILES[form]
    response = HttpResponse(make(report), content_type=media_type)
    name = f"tracker-{body.slug}-{report.until.isoformat()}.{form}"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@require_safe
def decisions(request: HttpRequest, slug: str) -> HttpResponse:
    """What one council decided on what was asked of it, a year on a page."""
    council = get_object_or_404(partnership.councils(), slug=slug)
    years = tracker_queries.years_of_decisions(request.user, council)
    asked = request.GET.get("year", "")
    year: int | None = years[0] if years else None
    if asked.isascii() and asked.isdigit() and len(asked) == 4 and int(asked) in years:
        year = int(asked)
    elif asked == "all":
        year = None
    found = tracker_queries.decisions_of(request.user, council, year)
    page = Paginator(found, A_PRINTED_PAGE).get_page(request.GET.get("page"))
    tracker_queries.tell_of_exempt_sessions(page.object_list)
    return render(
        request,
        "scrutiny/decisions.html",
        {"council": council, "years": years, "year": year, "page": page, "today": timezone.localdate()},
    )
