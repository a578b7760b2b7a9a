"""Rows as the values by which one matter is followed across bodies, and back."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from sightline.partnership.models import Council
from sightline.scrutiny.domain.matching import LONGEST_WAIT_DAYS, Asked, Heard, Matter, Matters, Resolved
from sightline.scrutiny.domain.passages import PassageKind
from sightline.scrutiny.looking_up import AskedThere, LookedUp
from sightline.scrutiny.models import Minute, MinuteItem, Passage, Recommendation, Referral
from sightline.scrutiny.models.passages import GONE_STATES
from sightline.scrutiny.referral_queries import OPEN

# The head of an item says what it is about; a long debate behind it would only make every matter seem near.
LONGEST_HEARD = 6000
RESOLVING = (PassageKind.RESOLUTION, PassageKind.PART)
# More than any partnership leaves open; it bounds how long recording a minute can take.
MOST_OPEN = 20_000


def matters_open_at(council: Council, held_on: datetime.date, minute: Minute, known: LookedUp) -> Matters:
    """What is asked of a council and not settled there, from as long ago as a meeting may still take it up; three
    queries however many.

    minute: the one that is dealt with. What others ask is remembered from minute to minute of a backlog: only whether
        it is still open is looked up again.
    """
    # Not in one: while a table grows fast, PostgreSQL does not know yet that it is long, and joins it row by row.
    recent = (
        Recommendation.objects.filter(
            withdrawn_at__isnull=True,
            asked_on__range=(held_on - datetime.timedelta(days=LONGEST_WAIT_DAYS), held_on),
        )
        .order_by("-asked_on", "pk")
        .values_list("pk", flat=True)[:MOST_OPEN]
    )
    open_now = Referral.objects.filter(council=council, state__in=OPEN, recommendation__in=list(recent)).order_by()
    rows = sorted(_asked(open_now.values_list("pk", flat=True), minute, known.asked), key=_latest_first)
    names = known.names_of_bodies
    asked: dict[int, list[Asked]] = {}
    about: dict[int, tuple[int, str, str, datetime.date, int]] = {}
    for one in rows:
        asked.setdefault(one.item, []).append(Asked(one.referral, one.number, one.text))
        about[one.item] = (one.minute, one.title, one.presented_by, one.asked_on, one.asked_by)
    return Matters(
        Matter(
            key=item,
            minute=of_minute,
            title=title,
            names=_asking(names, asked_by, f"{title} {presented_by} {' '.join(one.text for one in asked[item])}"),
            asked_on=asked_on,
            asked=tuple(asked[item]),
        )
        for item, (of_minute, title, presented_by, asked_on, asked_by) in about.items()
    )


def _asked(
    referrals: QuerySet[Referral, int], minute: Minute, remembered: dict[int, AskedThere]
) -> Iterator[AskedThere]:
    """What was asked with each of some referrals. Of this minute nothing is remembered: it may yet not be kept."""
    if len(remembered) > 2 * MOST_OPEN:
        remembered.clear()
    wanted = list(referrals)
    if new := [pk for pk in wanted if pk not in remembered]:
        found = [AskedThere(*facts) for facts in _facts_of(new)]
        yield from (one for one in found if one.minute == minute.pk)
        remembered |= {one.referral: one for one in found if one.minute != minute.pk}
    yield from (remembered[pk] for pk in wanted if pk in remembered)


def _facts_of(referrals: Sequence[int]) -> QuerySet[Referral, tuple[Any, ...]]:
    return (
        Referral.objects.filter(pk__in=referrals)
        .order_by()
        .values_list(
            "pk",
            "recommendation__number",
            "recommendation__text",
            "recommendation__asked_on",
            "recommendation__asked_by_id",
            "recommendation_id",
            "recommendation__passage__start",
            "recommendation__passage__item_id",
            "recommendation__passage__item__minute_id",
            "recommendation__passage__item__title",
            "recommendation__passage__item__presented_by",
        )
    )


def _latest_first(one: AskedThere) -> tuple[int, int, int]:
    return -one.asked_on.toordinal(), one.start, one.recommendation


def _asking(names: dict[int, tuple[bool, tuple[str, ...]]], asked_by: int, words: str) -> tuple[str, ...]:
    """What minutes may call those who asked: the body, and a task group of the partnership that the words name.

    A council's own panel brings a task group's report to its meeting, so that the report is asked by the panel.
    """
    own = names.get(asked_by, (False, ()))[1]
    spoken = words.casefold()
    groups = [
        name
        for of_partnership, called in names.values()
        if of_partnership and any(name.casefold() in spoken for name in called)
        for name in called
    ]
    return tuple(dict.fromkeys((*own, *groups)))


def heard_in(minute: Minute) -> list[Heard]:
    """The items of a minute in which something was resolved; three queries however long it is."""
    kinds = [kind.value for kind in RESOLVING]
    resolved = Passage.objects.filter(kind__in=kinds, item__minute=minute, recommendation__isnull=True)
    resolved = resolved.exclude(state__in=GONE_STATES)
    return heard_of(minute, minute.items.all(), resolved.select_related("parent"))


def heard_of(minute: Minute, items: Iterable[MinuteItem], resolved: Iterable[Passage]) -> list[Heard]:
    """The same of the items and the resolutions of a minute, with their parts, that came to no recommendation."""
    parts_of: dict[int, list[Passage]] = {}
    for passage in sorted(resolved, key=lambda one: (one.start, one.pk)):
        parts_of.setdefault(passage.item_id, []).append(passage)
    return [
        Heard(
            key=item.pk,
            minute=minute.pk,
            title=item.title,
            text=minute.text[item.start : min(item.end, item.start + LONGEST_HEARD)],
            held_on=minute.meeting.held_on,
            resolved=_resolved(parts_of[item.pk]),
        )
        for item in items
        if item.pk in parts_of
    ]


def _resolved(passages: list[Passage]) -> tuple[Resolved, ...]:
    """The parts of the resolutions, and those resolutions that have none."""
    with_parts = {passage.parent_id for passage in passages}
    return tuple(
        Resolved(passage.pk, passage.text, passage.parent.label if passage.parent else passage.label)
        for passage in passages
        if passage.pk not in with_parts
    )
