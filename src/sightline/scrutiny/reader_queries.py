"""What the reader proposed beside what clerks made of it, counted over the minutes that clerks worked through."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import TruncMonth

from sightline.partnership import access
from sightline.partnership.access import Account
from sightline.partnership.models import Body
from sightline.scrutiny.domain.passages import PassageKind, PassageState
from sightline.scrutiny.domain.reader_scores import Outcome, Score
from sightline.scrutiny.models import DeskAct, Minute, Passage
from sightline.scrutiny.models.passages import CONFIRMED_STATES


@dataclass(frozen=True, slots=True)
class ReaderFilter:
    """What the figures are narrowed to. month: the first day of the month in which the minutes were read."""

    kind: PassageKind | None = None
    body: Body | None = None
    month: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many passages of one kind, of one body's minutes read in one month, had one outcome.

    in_bulk: how many of them were accepted with all that is certain, not looked at one by one.
    """

    kind: PassageKind
    month: datetime.date
    body: str
    outcome: Outcome
    how_many: int
    in_bulk: int

    @property
    def score(self) -> Score:
        return Score().with_outcome(self.outcome, self.how_many)


_AS_READ = Q(
    start=F("proposal__start"),
    end=F("proposal__end"),
    said_by=F("proposal__said_by"),
    label=F("proposal__label"),
) & (Q(parent=F("proposal__hung_on")) | Q(parent__isnull=True, proposal__hung_on__isnull=True))
_CONFIRMED = Q(state__in=CONFIRMED_STATES)
_SAME_KIND = Q(kind=F("proposal__kind"))


_BY_HAND = Exists(DeskAct.objects.filter(minute=OuterRef("pk")).exclude(verb=DeskAct.Verb.ACCEPT_CERTAIN))
_LEFT = Exists(Passage.objects.filter(item__minute=OuterRef("pk"), state=PassageState.PROPOSED.value))


def finished_minutes(account: Account) -> QuerySet[Minute]:
    """The minutes that an account may see at which somebody worked by hand until nothing was left to be confirmed."""
    return access.visible(account, Minute.objects.filter(_BY_HAND & ~_LEFT))


def unread(account: Account) -> int:
    """How many minutes that an account may see were accepted as certain altogether, without anybody looking."""
    return access.visible(account, Minute.objects.filter(~_BY_HAND & ~_LEFT)).count()


def unfinished(account: Account) -> tuple[int, int]:
    """How many minutes that an account may see are not wholly confirmed, and how many passages are left in them."""
    left = Passage.objects.filter(
        item__minute__in=access.visible(account, Minute.objects.all()), state=PassageState.PROPOSED.value
    ).aggregate(minutes=Count("item__minute", distinct=True), passages=Count("pk"))
    return left["minutes"], left["passages"]


def _of_finished(account: Account) -> QuerySet[Passage]:
    return Passage.objects.filter(item__minute__in=finished_minutes(account).values("pk"))


def proposed(account: Account) -> QuerySet[Any]:
    """Every passage that the reader proposed, with its outcome and the kind it was proposed as (`counts_as`)."""
    return (
        _of_finished(account)
        .filter(proposal__isnull=False)
        .annotate(
            counts_as=F("proposal__kind"),
            outcome=Case(
                When(_CONFIRMED & _SAME_KIND & _AS_READ, then=Value(Outcome.RIGHT.value)),
                When(_CONFIRMED & _SAME_KIND, then=Value(Outcome.NEARLY.value)),
                default=Value(Outcome.WRONG.value),
                output_field=CharField(),
            ),
        )
    )


def missed(account: Account) -> QuerySet[Any]:
    """Every passage that stands and was not proposed as what it is."""
    return (
        _of_finished(account)
        .filter(_CONFIRMED)
        .filter(Q(proposal__isnull=True) | ~_SAME_KIND)
        .annotate(counts_as=F("kind"), outcome=Value(Outcome.MISSED.value, output_field=CharField()))
    )


def counted(account: Account, narrowed: ReaderFilter) -> list[Counted]:
    """Every count that the figures are made of; two queries however many minutes."""
    return [one for passages in (proposed(account), missed(account)) for one in _counted(_narrow(passages, narrowed))]


def _counted(passages: QuerySet[Any]) -> Iterator[Counted]:
    rows = (
        passages.annotate(month=TruncMonth("item__minute__recorded_at"), body=F("item__minute__meeting__body__slug"))
        .order_by()
        .values_list("counts_as", "month", "body", "outcome")
        .annotate(how_many=Count("pk"), accepted_in_bulk=Count("pk", filter=Q(in_bulk=True)))
    )
    for kind, month, body, outcome, how_many, in_bulk in rows:
        yield Counted(PassageKind(kind), month.date(), body, Outcome(outcome), how_many, in_bulk)


def _narrow(passages: QuerySet[Any], narrowed: ReaderFilter) -> QuerySet[Any]:
    if narrowed.kind is not None:
        passages = passages.filter(counts_as=narrowed.kind.value)
    if narrowed.body is not None:
        passages = passages.filter(item__minute__meeting__body=narrowed.body)
    if narrowed.month is not None:
        passages = passages.filter(
            item__minute__recorded_at__year=narrowed.month.year, item__minute__recorded_at__month=narrowed.month.month
        )
    return passages


def with_outcome(account: Account, narrowed: ReaderFilter, outcome: Outcome) -> QuerySet[Passage]:
    """The passages that a figure was counted from, newest minutes first."""
    found = missed(account) if outcome is Outcome.MISSED else proposed(account).filter(outcome=outcome.value)
    return (
        _narrow(found, narrowed)
        .select_related("proposal", "item__minute__meeting__body__council")
        .defer("item__minute__text")
        .order_by("-item__minute__meeting__held_on", "item__minute", "start", "pk")
    )
