"""What ends next at one council, and what to say of it; and the overlap map. For everybody with a role."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.estate import charts, queries, telling
from sightline.estate.models import Release
from sightline.estate.views import only_with_a_role, picture
from sightline.partnership import queries as partnership
from sightline.partnership import succession
from sightline.partnership.models import Council


@login_required
@require_safe
def ending(request: HttpRequest, slug: str) -> HttpResponse:
    """What becomes unsupported at one council within twelve months: the first of the head of ICT's questions."""
    only_with_a_role(request)
    council = _council(slug)
    today = timezone.localdate()
    found = _endings(request, council, today)
    ended = succession.note(council, today)
    facts = {"council": council, "ended": ended, "endings": found, "until": _in_a_year(today)}
    return render(request, "estate/ending.html", facts)


def _council(slug: str) -> Council:
    found = next((council for council in partnership.councils() if council.slug == slug), None)
    if found is None:
        raise Http404("no such council")
    return found


def _in_a_year(today: datetime.date) -> datetime.date:
    return today + datetime.timedelta(days=365)


def _endings(request: HttpRequest, council: Council, today: datetime.date) -> list[queries.Ending]:
    yesterday = today - datetime.timedelta(days=1)
    return queries.endings(request.user, council, after=yesterday, until=_in_a_year(today))


@login_required
@require_safe
def ending_chart(request: HttpRequest, slug: str) -> HttpResponse:
    only_with_a_role(request)
    found = _endings(request, _council(slug), timezone.localdate())
    return picture(charts.endings, [(str(one.release), one.on.isoformat(), max(one.many, 1)) for one in found])


@login_required
@require_safe
def ending_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The same days for a calendar: what ends, without where it stands."""
    only_with_a_role(request)
    council = _council(slug)
    stamp = timezone.now().strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Sightline//Estate//EN"]
    for one in _endings(request, council, timezone.localdate()):
        what = str(one.release).replace("\\", "").replace(",", "\\,").replace(";", "\\;")
        lines += [
            "BEGIN:VEVENT",
            f"UID:release-{one.release.pk}-{council.slug}@sightline",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{one.on:%Y%m%d}",
            f"SUMMARY:Support ends: {what}"[:74],
            "END:VEVENT",
        ]
    content = "\r\n".join([*lines, "END:VCALENDAR", ""])
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="support-ends-{council.slug}.ics"'
    return response


@login_required
@require_safe
def ending_of(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One release line that ends: whose it is, what the contract says, what the others would gain, what to say."""
    only_with_a_role(request)
    council = _council(slug)
    release = get_object_or_404(Release.objects.select_related("product"), pk=number)
    if release.security_on is None:
        raise Http404("nobody knows when it ends")
    today = timezone.localdate()
    day = datetime.timedelta(days=1)
    found = next(
        (
            one
            for one in queries.endings(
                request.user, council, after=release.security_on - day, until=release.security_on
            )
            if one.release.pk == release.pk
        ),
        None,
    )
    if found is None:
        raise Http404("not found at that council")
    others = queries.elsewhere(release, council)
    every = queries.overlap_map(request.user)
    functions = {system.function.casefold() for system in found.systems}
    return render(
        request,
        "estate/ending_of.html",
        {
            "council": council,
            "ended": succession.note(council, today),
            "ending": found,
            "systems": [(system, telling.of_contract(system, today)) for system in found.systems],
            "others": others,
            "overlaps": _overlaps_shown([one for one in every if one.function.casefold() in functions], today),
            "panel": telling.to_the_panel(found, council, others, today),
        },
    )


def _overlaps_shown(found: list[Any], today: datetime.date) -> list[dict[str, Any]]:
    return [
        {
            "overlap": one,
            "runs": [(run, telling.money(run.cost_pence) if run.cost_pence is not None else None) for run in one.runs],
            "cost": telling.money(one.cost_pence) if one.cost_pence is not None else None,
            "saving": telling.money(one.saving_pence) if one.saving_pence is not None else None,
            "users": sum(run.users or 0 for run in one.runs),
            "notice": one.next_notice(today),
        }
        for one in found
    ]


@login_required
@require_safe
def overlaps(request: HttpRequest) -> HttpResponse:
    only_with_a_role(request)
    found = _overlaps_shown(queries.overlap_map(request.user), timezone.localdate())
    page = Paginator(found, 20).get_page(request.GET.get("page"))
    return render(request, "estate/overlaps.html", {"page": page})
