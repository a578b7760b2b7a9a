"""How well the reader does, for staff: figures by kind, month and body, each opening on the passages it counts."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from sightline.govuk.forms import offer
from sightline.partnership import access
from sightline.partnership import queries as partnership
from sightline.scrutiny import desk_queries, reader_queries
from sightline.scrutiny.domain.passages import PassageKind
from sightline.scrutiny.domain.reader_scores import Outcome, Score
from sightline.scrutiny.reader_queries import Counted, ReaderFilter

A_PAGE = 25
SEES = "partnership.see_internal"
FIGURES = ((Outcome.RIGHT, "right"), (Outcome.NEARLY, "nearly"), (Outcome.WRONG, "wrong"), (Outcome.MISSED, "missed"))


class ReaderForm(forms.Form):
    """Narrows the figures. What it does not know it ignores: a link from elsewhere must still open."""

    kind = forms.ChoiceField(required=False, label="Kind")
    body = forms.ChoiceField(required=False, label="Body")
    month = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._bodies = {body.slug: body for body in partnership.bodies()}
        offer(self, "kind", "Any kind", {kind.value: kind.label for kind in PassageKind})
        offer(self, "body", "Any body", {slug: str(body) for slug, body in self._bodies.items()})

    @property
    def bodies(self) -> dict[str, str]:
        """The name of each body by its slug."""
        return {slug: str(body) for slug, body in self._bodies.items()}

    def narrowed(self) -> ReaderFilter:
        """What was chosen, as the queries take it."""
        self.is_valid()
        chosen = self.cleaned_data
        return ReaderFilter(
            kind=PassageKind(chosen["kind"]) if chosen.get("kind") else None,
            body=self._bodies.get(chosen.get("body", "")),
            month=_month(chosen.get("month", "")),
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table of figures: what it is of, its score, and where each count opens. key: what it sorts by."""

    key: str
    name: str
    score: Score
    in_bulk: int
    counts: list[tuple[int, str]]

    @property
    def precision(self) -> str:
        return _percent(self.score.precision)

    @property
    def recall(self) -> str:
        return _percent(self.score.recall)

    @property
    def bars(self) -> list[tuple[str, str, int | None]]:
        """Precision and recall as bars: name, class, width in hundredths or None where unknown."""
        return [
            ("Precision", "precision", _hundredths(self.score.precision)),
            ("Recall", "recall", _hundredths(self.score.recall)),
        ]


@login_required
@require_safe
def reader(request: HttpRequest) -> HttpResponse:
    _only_for_staff(request)
    form = ReaderForm(request.GET)
    narrowed = form.narrowed()
    found = reader_queries.counted(request.user, narrowed)
    asked = _asked(narrowed)
    by_kind = _rows(found, lambda one: one.kind.value, lambda key: PassageKind(key).label, "kind", asked)
    by_month = _rows(found, lambda one: f"{one.month:%Y-%m}", _month_name, "month", asked)
    by_body = _rows(found, lambda one: one.body, lambda key: form.bodies.get(key, key), "body", asked)
    left_minutes, left_passages = reader_queries.unfinished(request.user)
    context = {
        "form": form,
        "month": _month_name(f"{narrowed.month:%Y-%m}") if narrowed.month else "",
        "all": _row("All kinds", found, asked),
        "tables": [
            ("By kind", "Kind", sorted(by_kind, key=lambda row: list(PassageKind).index(PassageKind(row.key)))),
            ("By month of reading", "Month", sorted(by_month, key=lambda row: row.key, reverse=True)),
            ("By body", "Body", sorted(by_body, key=lambda row: row.name)),
        ],
        "one_by_one": _one_by_one(found),
        "unread": reader_queries.unread(request.user),
        "left_minutes": left_minutes,
        "left_passages": left_passages,
    }
    return render(request, "scrutiny/reader.html", context)


@login_required
@require_safe
def passages(request: HttpRequest) -> HttpResponse:
    """The passages that one figure was counted from."""
    _only_for_staff(request)
    form = ReaderForm(request.GET)
    narrowed = form.narrowed()
    try:
        outcome = Outcome(request.GET.get("outcome") or Outcome.RIGHT)
    except ValueError as error:
        raise Http404("no such outcome") from error
    page = Paginator(reader_queries.with_outcome(request.user, narrowed, outcome), A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "outcome": outcome,
        "kind": narrowed.kind,
        "body": narrowed.body,
        "month": _month_name(f"{narrowed.month:%Y-%m}") if narrowed.month else "",
        "desks": {one.item.minute_id for one in page if desk_queries.may_confirm(request.user, one.item.minute)},
    }
    return render(request, "scrutiny/reader_passages.html", context)


def _only_for_staff(request: HttpRequest) -> None:
    if not access.may_anywhere(request.user, SEES):
        raise access.Refused(access.why_not(request.user, SEES, council=None))


def _asked(narrowed: ReaderFilter) -> dict[str, str]:
    """The filter as the query string of a link."""
    found = {
        "kind": narrowed.kind.value if narrowed.kind else "",
        "body": narrowed.body.slug if narrowed.body else "",
        "month": f"{narrowed.month:%Y-%m}" if narrowed.month else "",
    }
    return {name: value for name, value in found.items() if value}


def _rows(
    found: Iterable[Counted],
    key_of: Callable[[Counted], str],
    name_of: Callable[[str], str],
    parameter: str,
    asked: dict[str, str],
) -> list[Row]:
    grouped: dict[str, list[Counted]] = {}
    for one in found:
        grouped.setdefault(key_of(one), []).append(one)
    return [_row(name_of(key), some, {**asked, parameter: key}, key) for key, some in grouped.items()]


def _row(name: str, found: Iterable[Counted], asked: dict[str, str], key: str = "") -> Row:
    found = list(found)
    score = sum((one.score for one in found), Score())
    counts = [(getattr(score, name), f"?{urlencode({**asked, 'outcome': outcome.value})}") for outcome, name in FIGURES]
    in_bulk = sum(one.in_bulk for one in found if one.outcome is not Outcome.MISSED)
    return Row(key, name, score, in_bulk, counts)


def _one_by_one(found: Iterable[Counted]) -> str:
    """Precision of the proposals that were looked at one by one, without those accepted with all that is certain."""
    counted = (one for one in found if one.outcome is not Outcome.MISSED)
    score = sum((Score().with_outcome(one.outcome, one.how_many - one.in_bulk) for one in counted), Score())
    return _percent(score.precision)


def _month(said: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(f"{said}-01")
    except ValueError:
        return None


def _month_name(key: str) -> str:
    return f"{datetime.date.fromisoformat(f'{key}-01'):%B %Y}"


def _percent(share: float | None) -> str:
    return "not known" if share is None else f"{share * 100:.0f}%"


def _hundredths(share: float | None) -> int | None:
    return None if share is None else round(share * 100)
