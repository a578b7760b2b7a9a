"""Rows as the values by which one matter is followed across bodies, and back."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from sightline.partnership.models import Council
from sightline.scrutiny.domain.matching import LONGEST_WAIT_DAYS, Asked, Heard, Matter, Matters, Resolved
from sightline.scrutiny.domain.passages import PassageKind
from sightline.scrutiny.looking_up import LookedUp
from sightline.scrutiny.models import Minute, MinuteItem, Passage, Referral
from sightline.scrutiny.models.passages import GONE_STATES
from sightline.scrutiny.referral_queries import OPEN

# The head of an item says what it is about; a long debate behind it would only make every matter seem near.
LONGEST_HEARD = 6000
RESOLVING = (PassageKind.RESOLUTION, PassageKind.PART)
# More than any partnership leaves open; it bounds how long recording a minute can take.
MOST_OPEN = 20_000


def matters_open_at(council: Council, held_on: datetime.date, known: LookedUp) -> Matters:
    """What is asked of a council and not settled there, from as long ago as a meeting may still take it up; two
    queries however many."""
    rows = (
        Referral.objects.filter(
            council=council,
            state__in=OPEN,
            recommendation__withdrawn_at__isnull=True,
            recommendation__asked_on__range=(held_on - datetime.timedelta(days=LONGEST_WAIT_DAYS), held_on),
        )
        .order_by("-recommendation__asked_on", "recommendation__passage__start", "recommendation_id")
        .values_list(
            "pk",
            "recommendation__number",
            "recommendation__text",
            "recommendation__asked_on",
            "recommendation__asked_by_id",
            "recommendation__passage__item_id",
            "recommendation__passage__item__minute_id",
            "recommendation__passage__item__title",
            "recommendation__passage__item__presented_by",
        )
    )
    names = known.names_of_bodies
    asked: dict[int, list[Asked]] = {}
    about: dict[int, tuple[int, str, str, datetime.date, int]] = {}
    for pk, number, text, asked_on, asked_by, item, minute, title, presented_by in rows[:MOST_OPEN].iterator(
        chunk_size=2000
    ):
        asked.setdefault(item, []).append(Asked(pk, number, text))
        about[item] = (minute, title, presented_by, asked_on, asked_by)
    return Matters(
        Matter(
            key=item,
            minute=minute,
            title=title,
            names=_asking(names, asked_by, f"{title} {presented_by} {' '.join(one.text for one in asked[item])}"),
            asked_on=asked_on,
            asked=tuple(asked[item]),
        )
        for item, (minute, title, presented_by, asked_on, asked_by) in about.items()
    )


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
