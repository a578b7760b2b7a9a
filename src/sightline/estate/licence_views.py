"""Pages of licences: the list, one licence, positions, what ends when, and what was counted."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sightline.estate import charts
from sightline.estate import licence_actions as actions
from sightline.estate import licence_queries as queries
from sightline.estate.domain import renewals
from sightline.estate.domain.entitlements import Metric
from sightline.estate.licence_actions import CannotKeepLicence
from sightline.estate.licence_forms import (
    CountForm,
    LicenceFilterForm,
    LicenceForm,
    PositionFilterForm,
    RenewalFilterForm,
)
from sightline.estate.models import Licence
from sightline.estate.views import picture
from sightline.govuk.forms import sent
from sightline.kernel.publication import Publication
from sightline.partnership import access, succession, tables
from sightline.partnership import queries as partnership
from sightline.partnership.models import Council, User

A_PAGE = 25
FORM = ["GET", "HEAD", "POST"]
SEE = "partnership.see_internal"
FORMS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
_calendars = Signer(salt="sightline.estate.renewals")


def account_of(request: HttpRequest) -> User:
    """Who is logged in; every page that asks has made sure of that."""
    assert isinstance(request.user, User)
    return request.user


def download(form: str, name: str, heads: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> StreamingHttpResponse:
    """A table as CSV or JSON, under the heads that are its keys; dates as in ISO 8601, unknown as nothing."""
    plain = ({key: _plain(value) for key, value in row.items()} for row in rows)
    if form == "json":
        lines = tables.json_lines(plain)
    elif form == "csv":
        lines = tables.csv_lines(heads, (["" if row[head] is None else row[head] for head in heads] for row in plain))
    else:
        raise Http404("no such form")
    response = StreamingHttpResponse(lines, content_type=FORMS[form])
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{name}.{form}") or "attachment"
    return response


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value


def councils_for(request: HttpRequest, action: str) -> list[Council | None]:
    """The councils that go on and for which an account may do something; None stands for what they share."""
    lasting = partnership.current_councils(timezone.localdate())
    found: list[Council | None] = [one for one in lasting if access.may(request.user, action, council=one)]
    return [*found, None] if access.may(request.user, action, council=None) else found


@login_required
@require_safe
def licences(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, SEE)
    form = LicenceFilterForm(request.GET)
    today = timezone.localdate()
    found = queries.narrowed(queries.licences(request.user), form.narrowed(), today)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    may_keep = access.may_anywhere(request.user, actions.KEEP)
    facts = {"form": form, "page": page, "today": today, "may_keep": may_keep, "query": request.GET.urlencode()}
    return render(request, "estate/licences.html", facts)


HEADS = (
    "reference", "name", "council", "council_gss", "supplier", "metric", "quantity", "products", "release_line",
    "product_named", "starts_on", "ends_on", "notice_on", "cost_pence", "system",
)  # fmt: skip


@login_required
@require_safe
def licences_file(request: HttpRequest, form: str) -> StreamingHttpResponse:
    access.require_anywhere(request.user, SEE)
    found = queries.narrowed(
        queries.licences(request.user), LicenceFilterForm(request.GET).narrowed(), timezone.localdate()
    )
    return download(form, "licences", HEADS, map(_licence_row, found))


def _licence_row(one: Licence) -> dict[str, Any]:
    return {
        "reference": one.reference,
        "name": one.name,
        "council": one.council.name if one.council else "",
        "council_gss": one.council.gss_code if one.council else "",
        "supplier": one.supplier,
        "metric": one.metric,
        "quantity": one.quantity,
        "products": queries.titles(one.products.all()),
        "release_line": one.release.cycle if one.release else "",
        "product_named": one.names_product,
        "starts_on": one.starts_on,
        "ends_on": one.ends_on,
        "notice_on": one.notice_on,
        "cost_pence": one.cost_pence,
        "system": one.system.reference if one.system else "",
    }


def _licence(request: HttpRequest, reference: str) -> Licence:
    found = queries.licence(request.user, reference)
    if found is None:
        raise Http404("no licence that may be seen")
    return found


@login_required
@require_safe
def licence(request: HttpRequest, reference: str) -> HttpResponse:
    found = _licence(request, reference)
    today = timezone.localdate()
    mine = {product.pk for product in found.products.all()}
    rows = [
        row
        for row in queries.positions(request.user, today, council=found.council)
        if row.product.pk in mine and any(held.reference == found.reference for held in row.position.held)
    ]
    facts = {
        "licence": found,
        "today": today,
        "rows": rows,
        "over": found.ends_on is not None and found.ends_on < today,
        "may_keep": access.may(request.user, actions.KEEP, council=found.council),
    }
    return render(request, "estate/licence.html", facts)


@login_required
@require_safe
def licence_document(request: HttpRequest, reference: str) -> HttpResponse:
    """The licence as it was received: always a download, never shown by the browser."""
    found = _licence(request, reference)
    if found.document is None:
        raise Http404("no document")
    response = HttpResponse(bytes(found.document.content), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, found.document_name) or "attachment"
    return response


@never_cache
@login_required
@require_http_methods(FORM)
def licence_add(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, actions.KEEP)
    form = LicenceForm(*sent(request), councils=councils_for(request, actions.KEEP))
    return _kept(request, form, None)


@never_cache
@login_required
@require_http_methods(FORM)
def licence_change(request: HttpRequest, reference: str) -> HttpResponse:
    found = _licence(request, reference)
    access.require(request.user, actions.KEEP, council=found.council)
    form = LicenceForm(*sent(request), councils=[found.council], licence=found)
    return _kept(request, form, found)


def _kept(request: HttpRequest, form: LicenceForm, found: Licence | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        council = found.council if found is not None else form.cleaned_data["council"]
        try:
            kept = actions.keep_licence(facts=form.facts(council), by=account_of(request), licence=found)
        except CannotKeepLicence as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            messages.success(request, f"{kept.reference} is kept.")
            return redirect(kept)
    status = 422 if form.errors else 200
    return render(request, "estate/licence_form.html", {"form": form, "licence": found}, status=status)


@login_required
@require_safe
def positions(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, SEE)
    form = PositionFilterForm(request.GET)
    rows = _positions(request, form)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    counted = {
        standing: sum(row.standing == standing for row in rows) for standing in ("short", "unknown", "over", "right")
    }
    facts = {
        "form": form,
        "page": page,
        "counted": counted,
        "today": timezone.localdate(),
        "may_keep": access.may_anywhere(request.user, actions.KEEP),
        "query": request.GET.urlencode(),
    }
    return render(request, "estate/licence_positions.html", facts)


def _positions(request: HttpRequest, form: PositionFilterForm) -> list[queries.Row]:
    rows = queries.positions(request.user, timezone.localdate(), council=form.council_chosen())
    standing = form.standing_chosen()
    return [row for row in rows if not standing or row.standing == standing]


POSITION_HEADS = (
    "product", "product_slug", "council", "council_gss", "metric", "standing", "used", "covered", "missing", "spare",
    "licences", "arithmetic", "council_ended_on", "successor_gss",
)  # fmt: skip


@login_required
@require_safe
def positions_file(request: HttpRequest, form: str) -> StreamingHttpResponse:
    access.require_anywhere(request.user, SEE)
    rows = (
        {
            "product": row.product.title,
            "product_slug": row.product.slug,
            "council": row.council.name if row.council else "",
            "council_gss": row.council.gss_code if row.council else "",
            "metric": row.position.metric.value,
            "standing": row.standing.value,
            "used": row.position.used,
            "covered": row.position.covered,
            "missing": row.position.missing,
            "spare": row.position.spare,
            "licences": ", ".join(held.reference for held in row.position.held),
            "arithmetic": row.position.arithmetic,
            "council_ended_on": row.council.ended_on if succession.has_ended(row.council) and row.council else None,
            "successor_gss": succession.heir_code(row.council),
        }
        for row in _positions(request, PositionFilterForm(request.GET))
    )
    return download(form, "licence-positions", POSITION_HEADS, rows)


@never_cache
@login_required
@require_http_methods(FORM)
def count(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, actions.KEEP)
    initial = {"counted_on": timezone.localdate(), "product": request.GET.get("product", "")}
    form = CountForm(sent(request)[0], councils=councils_for(request, actions.KEEP), initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            kept = actions.count_use(**{**given, "metric": Metric(given["metric"])}, by=account_of(request))
        except CannotKeepLicence as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            messages.success(request, f"{kept.product}: {Metric(kept.metric).counted(kept.amount)} is kept.")
            return redirect("licence-positions")
    return render(request, "estate/licence_count.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_safe
def renewals_ahead(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, SEE)
    form = RenewalFilterForm(request.GET)
    today, months = timezone.localdate(), form.months_chosen()
    terms = [term for term in queries.terms(request.user) if form.reaches(term.council)]
    curve = renewals.cost_curve(terms, on=today, months=months)
    found = renewals.ahead(terms, on=today, months=months)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    account = account_of(request)
    feed = reverse("renewals-calendar", args=[_calendars.sign(f"{account.pk}.{account.session_number}")])
    facts = {
        "form": form,
        "page": page,
        "today": today,
        "months": months,
        "curve": curve,
        "total": sum(month.all_pence for month in curve),
        "without_cost": sum(term.cost_pence is None for term in terms),
        "feed": f"{settings.SITE_ADDRESS}{feed}",
        "query": request.GET.urlencode(),
    }
    return render(request, "estate/renewals.html", facts)


@login_required
@require_safe
def renewals_chart(request: HttpRequest) -> HttpResponse:
    """The cost of each month as a picture, narrowed as its page is."""
    access.require_anywhere(request.user, SEE)
    asked = RenewalFilterForm(request.GET)
    terms = [term for term in queries.terms(request.user) if asked.reaches(term.council)]
    curve = renewals.cost_curve(terms, on=timezone.localdate(), months=asked.months_chosen())
    return picture(
        charts.cost_of_months, [(one.month.isoformat(), one.committed_pence, one.open_pence) for one in curve]
    )


RENEWAL_HEADS = ("on", "what", "reference", "title", "council", "cost_pence", "days")


@login_required
@require_safe
def renewals_file(request: HttpRequest, form: str) -> StreamingHttpResponse:
    access.require_anywhere(request.user, SEE)
    asked = RenewalFilterForm(request.GET)
    terms = [term for term in queries.terms(request.user) if asked.reaches(term.council)]
    rows = (
        {
            "on": one.on,
            "what": one.kind.value,
            "reference": one.term.reference,
            "title": one.term.title,
            "council": one.term.council,
            "cost_pence": one.term.cost_pence,
            "days": one.days,
        }
        for one in renewals.ahead(terms, on=timezone.localdate(), months=asked.months_chosen())
    )
    return download(form, "renewals", RENEWAL_HEADS, rows)


@never_cache
@require_safe
def renewals_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The next two years for a calendar program, which cannot log in: whoever has the address reads what its owner may
    see, but nothing exempt. Signing out everywhere ends it."""
    try:
        number, _, session_number = _calendars.unsign(token).partition(".")
    except BadSignature as error:
        raise Http404("no such calendar") from error
    owner = partnership.account_of_session(int(number), int(session_number))
    if owner is None or not access.may_anywhere(owner, SEE):
        raise Http404("no such calendar")
    shown = queries.terms(owner, but=Publication.EXEMPT)
    made = renewals.as_calendar(
        renewals.ahead(shown, on=timezone.localdate(), months=24),
        name="Licences and contracts that end",
        host=urlsplit(settings.SITE_ADDRESS).hostname or "localhost",
        made_at=timezone.now(),
    )
    response = HttpResponse(made, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(False, "renewals.ics") or "inline"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
