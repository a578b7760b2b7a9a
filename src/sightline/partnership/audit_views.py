"""The audit log for administrators, its downloads, and "What changed" of a record for those who may see it."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.partnership import audit_actions, audit_queries, histories, tables
from sightline.partnership.audit_forms import AuditFilterForm
from sightline.partnership.models import User

A_PAGE = 50
COLUMNS = ("number", "time", "kind", "who", "for", "what", "record", "record_id", "council", "how", "details", "digest")


@login_required
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    form = AuditFilterForm(request.GET)
    found = audit_queries.entries(request.user, form.narrowed())
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    entries = list(audit_queries.shown(page.object_list))
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "partnership/audit.html",
        {"form": form, "page": page, "entries": entries, "query": query.urlencode()},
        status=422 if form.errors else 200,
    )


@login_required
@require_safe
def log_csv(request: HttpRequest) -> HttpResponseBase:
    """The log as CSV, narrowed as on its page."""
    form = AuditFilterForm(request.GET)
    narrowed = form.narrowed()
    if form.errors:
        return log(request)  # Never more than was asked for: the page says what was not understood.
    entries = audit_actions.read_out(by=_account(request), narrowed=narrowed)
    rows = (
        (
            entry.number, entry.local_time, entry.kind.value, entry.who, entry.acting_for, entry.what, entry.record,
            entry.record_id, entry.council, entry.how, entry.detail_words, entry.digest,
        )
        for entry in entries
    )  # fmt: skip
    return _download(tables.csv_lines(COLUMNS, rows), "text/csv; charset=utf-8", "csv")


@login_required
@require_safe
def log_json(request: HttpRequest) -> HttpResponseBase:
    """The log as JSON, narrowed as on its page."""
    form = AuditFilterForm(request.GET)
    narrowed = form.narrowed()
    if form.errors:
        return log(request)  # Never more than was asked for: the page says what was not understood.
    entries = audit_actions.read_out(by=_account(request), narrowed=narrowed)
    return _download(tables.json_lines(entry.as_json() for entry in entries), "application/json", "json")


def _account(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # login_required
    return request.user


def _download(parts: Iterable[str], media_type: str, ending: str) -> StreamingHttpResponse:
    name = f"audit-log-{timezone.localdate().isoformat()}.{ending}"
    return StreamingHttpResponse(
        parts, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@login_required
@require_safe
def history(request: HttpRequest, label: str, number: str) -> HttpResponse:
    """Who changed what of a record, when. One that may not be seen is answered like one there is none of."""
    told = histories.of(request.user, label, number)
    if told is None:
        raise Http404("no record that may be seen")
    return render(request, "partnership/history.html", {"told": told})
