"""What a clerk does with the items of minutes: correct, join, divide, and move a passage from one to another.

What the reader proposed stays with the item. An item that was joined to another stays on record without passages, and
can be taken back. None of this confirms a passage.
"""

from __future__ import annotations

from collections.abc import Iterable

from sightline.partnership.models import User
from sightline.scrutiny.desk_sitting import CannotDo, Done, Sent, Sitting
from sightline.scrutiny.domain.finding import NotFound, find_span
from sightline.scrutiny.domain.passages import PassageKind
from sightline.scrutiny.domain.plain_words import one_line
from sightline.scrutiny.models import DeskAct, Minute, MinuteItem, Passage

Verb = DeskAct.Verb
LONGEST_TITLE, LONGEST_PRESENTER = 500, 300
QUOTED = 60


def correct_item(*, minute: Minute, item: int, title: str, presented_by: str, by: User, sent: Sent) -> Done:
    """Say what an item is called and who presented it.

    Raises:
        Refused, ChangedMeanwhile: see `Sitting`.
        CannotDo: the item is gone, the title is missing, or one of the two is too long.
    """
    with Sitting(minute=minute, by=by, sent=sent, verb=Verb.CORRECT_ITEM) as sitting:
        if sitting.again:
            return Done(sitting.again, new=False)
        one = sitting.item(item)
        sitting.concerns(one)
        was = _named(one)
        facts = {
            "title": _title(title, "title"),
            "presented_by": _short(presented_by, LONGEST_PRESENTER, "presented_by"),
        }
        sitting.save_item(one, **facts)
        now = f", now {_named(one)}" if _named(one) != was else ""
        return sitting.done(f"corrected {was}{now}", records=False)


def join_item(*, minute: Minute, item: int, by: User, sent: Sent) -> Done:
    """Make an item part of the one before it, which takes over all its passages.

    Raises:
        Refused, ChangedMeanwhile: see `Sitting`.
        CannotDo: the item is gone, or it is the first.
    """
    with Sitting(minute=minute, by=by, sent=sent, verb=Verb.JOIN_ITEM) as sitting:
        if sitting.again:
            return Done(sitting.again, new=False)
        one = sitting.item(item)
        before = item_before(sitting.live_items(), one)
        sitting.concerns(one, before)
        if before is None:
            raise CannotDo("This is the first item: there is none before it to join it to.")
        _hand_over(sitting, _passages_of(sitting, one), before)
        sitting.save_item(before, end=max(before.end, one.end))
        sitting.save_item(one, joined_into=before)
        return sitting.done(f"joined {_named(one)} to {_named(before)}", records=False)


def divide_item(
    *, minute: Minute, item: int, begins: int, title: str, presented_by: str = "", by: User, sent: Sent
) -> Done:
    """Part an item in two: the second one begins with a passage, or with its own title where that stands before it.

    begins: the passage with which the second one begins; what hangs on an earlier passage stays with that.

    Raises:
        Refused, ChangedMeanwhile: see `Sitting`.
        CannotDo: the item or the passage is gone, nothing would be left in the first one, or the title is missing.
    """
    with Sitting(minute=minute, by=by, sent=sent, verb=Verb.DIVIDE_ITEM) as sitting:
        if sitting.again:
            return Done(sitting.again, new=False)
        one = sitting.item(item)
        first = sitting.passage(begins)
        sitting.concerns(one, first)
        called = _title(title, "new_title")
        presenter = _short(presented_by, LONGEST_PRESENTER, "new_presented_by")
        if first.pk not in [passage.pk for passage in can_begin(_passages_of(sitting, one))]:
            raise CannotDo("Select a passage of this item, one behind its first.", "begins")
        stays, goes = _parted(sitting, one, first)
        start = _where_it_begins(sitting.minute.text, called, max((p.end for p in stays), default=one.start), first)
        if start <= one.start:
            raise CannotDo("Select a passage of this item, one behind its first.", "begins")
        new = MinuteItem(
            minute=sitting.minute,
            position=max(each.position for each in sitting.items.values()) + 1,
            title=called,
            presented_by=presenter,
            start=start,
            end=max(one.end, start + 1, *(passage.end for passage in goes)),
        )
        sitting.save_item(new)
        _hand_over(sitting, goes, new)
        sitting.save_item(one, end=start)
        return sitting.done(f"divided {_named(one)}: {_named(new)} is one of its own", records=False)


def move(*, minute: Minute, passage: int, item: int, by: User, sent: Sent) -> Done:
    """Let a passage belong to another item, with what hangs on it.

    Raises:
        Refused, ChangedMeanwhile: see `Sitting`.
        CannotDo: the passage or the item is gone, or the passage hangs on another.
    """
    with Sitting(minute=minute, by=by, sent=sent, verb=Verb.MOVE) as sitting:
        if sitting.again:
            return Done(sitting.again, new=False)
        one = sitting.passage(passage)
        hanging = sitting.hanging_on(one)
        to = sitting.item(item)
        sitting.concerns(one, to, *hanging)
        if not one.is_live:
            raise CannotDo("This passage was rejected or merged. Take that back first.", "item")
        if one.parent_id is not None:
            what = "point" if one.kind == PassageKind.RESPONSE else "resolution"
            raise CannotDo(f"It belongs to its {what}. Move the {what}: it goes along.", "item")
        if one.item_id != to.pk:
            _hand_over(sitting, [one, *hanging], to)
        kind = PassageKind(one.kind).label.lower()
        return sitting.done(f"moved the {kind} “{_cut(one.text)}” to {_named(to)}", records=False)


def item_before(items: list[MinuteItem], one: MinuteItem) -> MinuteItem | None:
    """The item before one. ``items``: those that count, in the order of the text."""
    numbers = [item.pk for item in items]
    at = numbers.index(one.pk)
    return items[at - 1] if at else None


def can_begin(passages: Iterable[Passage]) -> list[Passage]:
    """The passages of an item with which a new item can begin: those that hang on none, but the first."""
    return [passage for passage in passages if passage.is_live and passage.parent_id is None][1:]


def _passages_of(sitting: Sitting, item: MinuteItem) -> list[Passage]:
    """All of them, those that are gone too, in the order of the text."""
    return [passage for passage in sitting.passages.values() if passage.item_id == item.pk]


def _parted(sitting: Sitting, item: MinuteItem, first: Passage) -> tuple[list[Passage], list[Passage]]:
    """The passages of an item that stay and those that go with ``first``."""
    stays: list[Passage] = []
    goes: list[Passage] = []
    for passage in _passages_of(sitting, item):
        parent = sitting.passages.get(passage.parent_id) if passage.parent_id else None
        leading = parent if parent is not None and parent.item_id == item.pk else passage
        behind = leading.pk == first.pk or (leading.start, -leading.end) > (first.start, -first.end)
        (goes if behind else stays).append(passage)
    return stays, goes


def _where_it_begins(text: str, title: str, earliest: int, first: Passage) -> int:
    """Where the title stands between what stays and the first passage that goes; else where that passage begins."""
    try:
        return find_span(text, title, "", within=(min(earliest, first.start), first.start))[0]
    except NotFound:
        return first.start


def _hand_over(sitting: Sitting, passages: Iterable[Passage], to: MinuteItem) -> None:
    for passage in passages:
        sitting.save(passage, item=to, position=sitting.place_in(to))


def _title(given: str, field: str) -> str:
    title = _short(given, LONGEST_TITLE, field)
    if not title:
        raise CannotDo("Enter what the item is called.", field)
    return title


def _short(words: str, limit: int, field: str) -> str:
    tidied = one_line(words, limit + 1)
    if len(tidied) > limit:
        raise CannotDo(f"This must be {limit} characters or fewer.", field)
    return tidied


def _named(item: MinuteItem) -> str:
    return f"the item “{_cut(item.title)}”"


def _cut(words: str) -> str:
    return words if len(words) <= QUOTED else f"{words[:QUOTED].rstrip()}…"
