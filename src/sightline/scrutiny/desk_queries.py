"""What the clerk's desk shows of a minute: its passages with what was proposed, how far it is, and what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from sightline.partnership import access
from sightline.partnership import queries as partnership
from sightline.partnership.access import Account
from sightline.scrutiny import queries
from sightline.scrutiny.desk_sitting import RIGHT, cancelled, version_of
from sightline.scrutiny.domain.passages import CERTAIN, PassageState
from sightline.scrutiny.models import DeskAct, Minute, MinuteItem, Passage
from sightline.scrutiny.models.passages import CONFIRMED_STATES, GONE_STATES

A_FEW_ACTS = 5


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a minute is at the desk, in numbers of passages.

    confirmed, left: of those that count. certain: of those left, what may be accepted at once. rejected: rejected
    or merged. unpublished: confirmed in a public minute and not public yet.
    """

    confirmed: int
    left: int
    certain: int
    rejected: int
    unpublished: int = 0

    @property
    def total(self) -> int:
        return self.confirmed + self.left

    @property
    def percent(self) -> int:
        """Of a hundred; never 100 while something is left."""
        return self.confirmed * 100 // self.total if self.total else 100


def progress(minute: Minute) -> Progress:
    """How far a minute is; two queries."""
    counted = Passage.objects.filter(item__minute=minute).aggregate(
        confirmed=Count("pk", filter=Q(state__in=CONFIRMED_STATES)),
        left=Count("pk", filter=Q(state=PassageState.PROPOSED.value)),
        certain=Count("pk", filter=Q(state=PassageState.PROPOSED.value, confidence__gte=CERTAIN)),
        rejected=Count("pk", filter=Q(state__in=GONE_STATES)),
    )
    waiting = queries.to_be_published(minute).count() if minute.publication == "public" else 0
    return Progress(**counted, unpublished=waiting)


def may_confirm(account: Account, minute: Minute) -> bool:
    """Whether an account may work at a minute's desk."""
    return access.may(account, RIGHT, council=minute.council)


def passages_of(minute: Minute) -> list[Passage]:
    """Every passage of a minute, those that are gone too, in the order of the text; two queries."""
    return list(
        Passage.objects.filter(item__minute=minute)
        .select_related("item", "proposal", "recommendation", "commitment", "merged_into")
        .order_by("start", "-end", "position", "pk")
    )


def items_of(minute: Minute) -> list[MinuteItem]:
    """The items of a minute that were not joined into others, in the order of the text, each with those that it took
    over; two queries."""
    standing = minute.items.filter(joined_into__isnull=True).order_by("start", "position")
    return list(standing.prefetch_related("joined"))


def version(minute: Minute) -> int:
    """The minute's version at the desk: the number of the last act, 0 without one."""
    return version_of(minute)


def last_acts(minute: Minute, how_many: int = A_FEW_ACTS) -> list[DeskAct]:
    """What was done last, newest first, each with whether it was taken back."""
    return list(acts(minute)[:how_many])


def acts(minute: Minute) -> QuerySet[DeskAct]:
    """Everything that was done at a minute's desk, newest first."""
    return (
        DeskAct.objects.filter(minute=minute)
        .select_related("by__person")
        .annotate(is_taken_back=Exists(DeskAct.objects.filter(undoes=OuterRef("pk"))))
        .order_by("-number")
    )


def can_be_taken_back(found: Sequence[DeskAct]) -> set[int]:
    """The numbers of those acts that nothing was built on since. ``found``: from the newest back, without a gap.

    What was done and taken back since stands in nobody's way; a taking back can itself be taken back as long as nothing
    at all was done to the same passages and items.
    """
    gone = cancelled(found)
    later: set[tuple[str, int]] = set()
    standing: set[tuple[str, int]] = set()
    free: set[int] = set()
    for act in found:
        touched = {("passage", number) for number in act.passages} | {("item", number) for number in act.items}
        if not getattr(act, "is_taken_back", False) and not touched & (later if act.undoes_id else standing):
            free.add(act.number)
        later |= touched
        if act.pk not in gone:
            standing |= touched
    return free


def minutes_with_something_left(account: Account) -> QuerySet[Minute]:
    """The minutes at whose desk an account may work and in which passages wait to be confirmed, newest first, with how
    many."""
    may = [council for council in (None, *partnership.councils()) if access.may(account, RIGHT, council=council)]
    whose = Q(council__in=[council for council in may if council is not None])
    if None in may:
        whose |= Q(council__isnull=True)
    proposed = Passage.objects.filter(state=PassageState.PROPOSED.value).order_by()
    return (
        queries.minutes(account)
        .filter(whose, pk__in=proposed.values("item__minute"))
        .defer("text")
        .annotate(
            left=Count("items__passages", filter=Q(items__passages__state=PassageState.PROPOSED.value)),
            confirmed=Count("items__passages", filter=Q(items__passages__state__in=CONFIRMED_STATES)),
        )
        .filter(left__gt=0)
        .order_by("-meeting__held_on", "pk")
    )
