"""The estate's pages: totals for everybody; systems, installations and what ends next for those with a role."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.estate import charts, queries, telling
from sightline.estate.actions import KEEP
from sightline.estate.assessing import Assessor
from sightline.estate.domain.lifecycle import State
from sightline.estate.forms import STATES, VERDICTS, InstallationFilterForm, SystemFilterForm
from sightline.estate.models import Installation, System
from sightline.estate.recognising import IMPORT
from sightline.partnership import access, succession, tables
from sightline.partnership.models import Council

A_PAGE = 50
SEE = "partnership.see_internal"


def only_with_a_role(request: HttpRequest) -> None:
    access.require_anywhere(request.user, SEE)


def _query(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


def _total_rows(on: datetime.date) -> list[dict[str, Any]]:
    rows = []
    for one in queries.totals(on, Assessor(on), queries.grouped()):
        if one.council is not None or one.all:
            rows.append(
                {
                    "council": one.council,
                    "name": one.council.name if one.council else "Run together",
                    "counts": [(state, says, one.of(state)) for state, says in STATES.items()],
                    "until": succession.note(one.council, on),
                    "all": one.all,
                    "legacy": one.legacy,
                }
            )
    return rows


@require_safe
def estate(request: HttpRequest) -> HttpResponse:
    """Totals for everybody: how many installations stand how at each council. Never which."""
    today = timezone.localdate()
    rows = _total_rows(today)
    return render(
        request,
        "estate/estate.html",
        {
            "rows": rows,
            "states": STATES,
            "as_of": queries.as_of(),
            "over_time": _over_time(today),
            "horizon_days": settings.SUPPORT_HORIZON_DAYS,
            "recent_years": settings.RECENT_INVESTMENT_YEARS,
            "may_see": access.may_anywhere(request.user, SEE),
            "councils": _councils_shown(rows),
            "may_import": access.may_anywhere(request.user, IMPORT),
        },
    )


def _councils_shown(rows: list[dict[str, Any]]) -> list[Council]:
    """The councils whose endings are told: those that go on, and those of which something is still found."""
    return [row["council"] for row in rows if row["council"] is not None]


def _named(one: queries.Totals) -> str:
    if one.council is None:
        return "Run together"
    until = succession.note(one.council)
    return f"{one.council.name} ({until})" if until else one.council.name


def _over_time(today: datetime.date) -> list[tuple[datetime.date, list[tuple[str, list[tuple[str, int]]]]]]:
    """Once a year for three years: each council's numbers by state, if nothing that is found now changes."""
    assessor, groups = Assessor(today), queries.grouped()
    found = []
    for years in range(4):
        day = today.replace(year=today.year + years, day=min(today.day, 28))
        rows = queries.totals(day, assessor, groups)
        named = [(_named(one), one) for one in rows if one.council or one.all]
        found.append((day, [(name, [(says, one.of(state)) for state, says in STATES.items()]) for name, one in named]))
    return found


@require_safe
def over_time_chart(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    assessor, groups = Assessor(today), queries.grouped()
    rows = [
        (_named(one), day.isoformat(), state, one.of(state))
        for day in queries.quarters(today)
        for one in queries.totals(day, assessor, groups)
        if one.council or one.all
        for state in STATES
    ]
    return picture(charts.states_over_time, rows)


def picture(draw: Callable[[Any], bytes], rows: list[Any]) -> HttpResponse:
    """A chart of some figures; the same figures are drawn once a day."""
    digest = hashlib.sha256(repr((charts.DRAWN, draw.__name__, rows)).encode()).hexdigest()
    content = cache.get_or_set(f"estate-chart-{digest}", lambda: draw(rows), timeout=24 * 60 * 60)
    return HttpResponse(content, content_type="image/svg+xml")


@require_safe
def totals_csv(request: HttpRequest) -> StreamingHttpResponse:
    heads = [
        "council", "gss_code", *(state.value for state in STATES), "all", "legacy", "as_of", "ended_on",
        "successor_gss",
    ]  # fmt: skip
    rows = (list(row.values()) for row in _totals_told())
    return _download(tables.csv_lines(heads, rows), "text/csv; charset=utf-8", "software-estate.csv")


@require_safe
def totals_json(request: HttpRequest) -> StreamingHttpResponse:
    return _download(tables.json_lines(_totals_told()), "application/json", "software-estate.json")


def _totals_told() -> Iterator[dict[str, Any]]:
    as_of = queries.as_of()
    for row in _total_rows(timezone.localdate()):
        council = row["council"]
        yield {
            "council": row["name"],
            "gss_code": council.gss_code if council else "",
            **{state.value: many for state, _, many in row["counts"]},
            "all": row["all"],
            "legacy": row["legacy"],
            "as_of": as_of.isoformat() if as_of else "",
            "ended_on": council.ended_on.isoformat() if council and succession.has_ended(council) else "",
            "successor_gss": succession.heir_code(council),
        }


def _download(lines: Iterator[str], media_type: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
@require_safe
def systems(request: HttpRequest) -> HttpResponse:
    only_with_a_role(request)
    form = SystemFilterForm(request.GET)
    known = queries.standings(timezone.localdate())
    by = form.narrowed()
    found = queries.narrowed_systems(queries.systems(request.user, retired=by.retired), by, known)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rows = [(row, known.of(row)) for row in page]
    may_keep = access.may_anywhere(request.user, KEEP)
    return render(
        request,
        "estate/systems.html",
        {"form": form, "page": page, "rows": rows, "query": _query(request), "may_keep": may_keep},
    )


SYSTEM_HEADS = (
    "reference", "name", "function", "kind", "councils", "supplier", "hosting", "users", "cost_pence",
    "contract_ends_on", "notice_on", "verdict", "why", "depends_on", "retired_on",
)  # fmt: skip


def _systems_told(request: HttpRequest) -> Iterator[dict[str, Any]]:
    known = queries.standings(timezone.localdate())
    by = SystemFilterForm(request.GET).narrowed()
    needs = Prefetch("depends_on", access.visible(request.user, System.objects.order_by("reference")))
    found = queries.narrowed_systems(queries.systems(request.user, retired=by.retired), by, known)
    for row in found.prefetch_related(needs):
        standing = known.of(row)
        values = (
            row.reference, row.name, row.function, row.kind,
            " ".join(council.abbreviation for council in row.councils.all()), row.supplier, row.hosting,
            row.users if row.users is not None else "", row.cost_pence if row.cost_pence is not None else "",
            row.contract_ends_on.isoformat() if row.contract_ends_on else "",
            row.notice_on.isoformat() if row.notice_on else "", standing.judgement.verdict.value, standing.sentence,
            " ".join(one.reference for one in row.depends_on.all()),
            row.retired_on.isoformat() if row.retired_on else "",
        )  # fmt: skip
        yield dict(zip(SYSTEM_HEADS, values, strict=True))


@login_required
@require_safe
def systems_csv(request: HttpRequest) -> StreamingHttpResponse:
    only_with_a_role(request)
    rows = (list(row.values()) for row in _systems_told(request))
    return _download(tables.csv_lines(SYSTEM_HEADS, rows), "text/csv; charset=utf-8", "systems.csv")


@login_required
@require_safe
def systems_json(request: HttpRequest) -> StreamingHttpResponse:
    only_with_a_role(request)
    return _download(tables.json_lines(_systems_told(request)), "application/json", "systems.json")


@login_required
@require_safe
def system(request: HttpRequest, reference: str) -> HttpResponse:
    found = queries.system(request.user, reference)
    if found is None:
        raise Http404("no system that may be seen")
    today = timezone.localdate()
    assessor = Assessor(today)
    runs_on = queries.narrowed_installations(
        queries.installations(request.user), queries.InstallationFilter(system=reference), assessor
    )
    lines = runs_on.order_by().values_list("release", flat=True).distinct()
    needed = access.visible(request.user, found.needed_by.all()).order_by("name")
    return render(
        request,
        "estate/system.html",
        {
            "system": found,
            "standing": assessor.standing(found, lines),
            "contract": telling.of_contract(found, today),
            "cost": telling.money(found.cost_pence) if found.cost_pence is not None else None,
            "runs_on": [(row, assessor.judgement(row.release_id, row.system_id)) for row in runs_on[:20]],
            "many": runs_on.count(),
            "depends_on": access.visible(request.user, found.depends_on.all()).order_by("name"),
            "needed_by": needed,
            "hanging_on": queries.hanging_on(request.user, found),
            "may_keep": access.may(request.user, KEEP, council=found.council),
        },
    )


@login_required
@require_safe
def installations(request: HttpRequest) -> HttpResponse:
    only_with_a_role(request)
    form = InstallationFilterForm(request.GET)
    assessor = Assessor(timezone.localdate())
    found = queries.narrowed_installations(queries.installations(request.user), form.narrowed(), assessor)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rows = [(row, *_stands(row, assessor)) for row in page]
    return render(
        request, "estate/installations.html", {"form": form, "page": page, "rows": rows, "query": _query(request)}
    )


def _stands(row: Installation, assessor: Assessor) -> tuple[State, str, Any]:
    state = assessor.state(row.release_id, system=row.system_id)
    return state, STATES[state], assessor.judgement(row.release_id, row.system_id)


INSTALLATION_HEADS = (
    "council", "device", "raw_name", "raw_version", "publisher", "product", "cycle", "version", "cpe", "purl",
    "confidence", "system", "support_ends_on", "state", "verdict", "why",
)  # fmt: skip


def _installations_told(request: HttpRequest) -> Iterator[dict[str, Any]]:
    from sightline.estate.catalogue_queries import as_catalogued

    assessor = Assessor(timezone.localdate())
    found = queries.narrowed_installations(
        queries.installations(request.user), InstallationFilterForm(request.GET).narrowed(), assessor
    )
    for row in found.iterator(2000):
        state, _, judgement = _stands(row, assessor)
        product = as_catalogued(row.product) if row.product is not None else None
        ends = row.release.security_on if row.release is not None else None
        values = (
            row.council.gss_code if row.council else "", row.device, row.raw_name, row.raw_version, row.publisher,
            product.slug if product else "", row.release.cycle if row.release else "", row.version,
            (product.cpe_of(row.version) or "") if product and row.version else "",
            (product.purl_of(row.version) or "") if product and row.version else "",
            str(row.confidence), row.system.reference if row.system else "", ends.isoformat() if ends else "",
            state.value, judgement.verdict.value, judgement.sentence,
        )  # fmt: skip
        yield dict(zip(INSTALLATION_HEADS, values, strict=True))


@login_required
@require_safe
def installations_csv(request: HttpRequest) -> StreamingHttpResponse:
    only_with_a_role(request)
    rows = (list(row.values()) for row in _installations_told(request))
    return _download(tables.csv_lines(INSTALLATION_HEADS, rows), "text/csv; charset=utf-8", "installations.csv")


@login_required
@require_safe
def installations_json(request: HttpRequest) -> StreamingHttpResponse:
    only_with_a_role(request)
    return _download(tables.json_lines(_installations_told(request)), "application/json", "installations.json")


@login_required
@require_safe
def installation(request: HttpRequest, number: int) -> HttpResponse:
    found = get_object_or_404(queries.installations(request.user).select_related("first_import"), pk=number)
    assessor = Assessor(timezone.localdate())
    state, says, judgement = _stands(found, assessor)
    return render(
        request,
        "estate/installation.html",
        {
            "installation": found,
            "state": state,
            "says": says,
            "judgement": judgement,
            "verdict": VERDICTS[judgement.verdict],
            "changes": found.changes.select_related("told_by").order_by("-pk")[:50],
        },
    )
