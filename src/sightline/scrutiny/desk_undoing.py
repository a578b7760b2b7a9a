"""Takes back what was done at the desk, from the history of passages and items: each comes back as it was."""

from __future__ import annotations

from typing import Any

from sightline.partnership.models import User
from sightline.scrutiny.desk_sitting import CannotDo, Done, Sent, Sitting, cancelled, change_reason
from sightline.scrutiny.domain.passages import PassageState
from sightline.scrutiny.models import DeskAct, Minute, MinuteItem, Passage

# What an act changes of a passage. When it was published is no part of it: taking back hides nothing that was public.
CHANGED = ("kind", "start", "end", "text", "said_by", "label", "state", "why", "in_bulk", "parent_id", "merged_into_id")
TAKEN_BACK = "Taken back"


def take_back(*, minute: Minute, act: int, by: User, sent: Sent) -> Done:
    """Bring every passage and item that an act changed back to what it was before. A passage it made is rejected, an
    item it made is joined to the one that it was taken from.

    Raises:
        Refused: the account may not confirm passages for the minute's council.
        ChangedMeanwhile: somebody else changed one of the passages since the form was made.
        CannotDo: there is no such act, it was taken back already, or something was built on it since.
    """
    with Sitting(minute=minute, by=by, sent=sent, verb=DeskAct.Verb.TAKE_BACK) as sitting:
        if sitting.again:
            return Done(sitting.again, new=False)
        wanted = DeskAct.objects.filter(minute=sitting.minute, number=act).first()
        if wanted is None:
            raise CannotDo("Nothing of that number was done to these minutes. Go back to the desk and look again.")
        if DeskAct.objects.filter(undoes=wanted).exists():
            raise CannotDo("This was taken back already.")
        passages = [sitting.passage(number) for number in wanted.passages]
        items = [sitting.items[number] for number in wanted.items]
        sitting.concerns(*passages, *items)
        skipped = _skipped(sitting.minute, wanted)
        items_before = [(item, _item_before(item, wanted, items, skipped)) for item in items]
        befores = [(passage, _before(passage, wanted, skipped)) for passage in passages]
        coming = {passage.pk for passage, before in befores if before.get("state") not in _GONE}
        for passage, before in befores:
            _check(sitting, passage, before, coming)
        for item, facts in items_before:
            sitting.save_item(item, **facts)
        # What is hung on others must find them there: first those that come back, then those that go.
        for passage, before in sorted(befores, key=lambda pair: pair[1].get("state") in _GONE):
            item_id = before.pop("item_id", passage.item_id)
            item = _standing(sitting, item_id)
            if item.pk != passage.item_id:
                before |= {"item": item, "position": sitting.place_in(item)}
            sitting.save(passage, **before)
        _hand_on(sitting, items)
        return sitting.done(f"took back: {wanted.says}", undoes=wanted)


ITEM_CHANGED = ("title", "presented_by", "start", "end", "joined_into_id")


def _skipped(minute: Minute, act: DeskAct) -> set[str]:
    """What stands in the history of what was done and taken back since ``act``: it counts as if it had not been. To
    take back a taking back, nothing may have been done since."""
    if act.undoes_id is not None:
        return set()
    acts = list(DeskAct.objects.filter(minute=minute, number__gt=act.number).order_by("-number"))
    gone = cancelled(acts)
    return {change_reason(one.number, one.verb) for one in acts if one.pk in gone}


def _history(row: Passage | MinuteItem, skipped: set[str]) -> list[Any]:
    """The history of a passage or an item, the newest first."""
    rows = row.history.order_by("-history_date", "-history_id")
    return [one for one in rows if one.history_change_reason not in skipped]


def _item_before(item: MinuteItem, act: DeskAct, items: list[MinuteItem], skipped: set[str]) -> dict[str, Any]:
    """What an item was before an act, by its history."""
    last, *earlier = _history(item, skipped)
    if last.history_change_reason != change_reason(act.number, act.verb):
        raise CannotDo("An item was changed again after this. Take back what was done last first.")
    if not earlier:
        return {"joined_into_id": next(one.pk for one in items if one.pk != item.pk)}
    return {name: getattr(earlier[0], name) for name in ITEM_CHANGED}


def _standing(sitting: Sitting, number: int) -> MinuteItem:
    """An item, or the one that took its passages over since."""
    item = sitting.items[number]
    while item.joined_into_id is not None:
        item = sitting.items[item.joined_into_id]
    return item


def _hand_on(sitting: Sitting, items: list[MinuteItem]) -> None:
    """No passage is left in an item that was joined to another: what came into it since goes along."""
    for item in items:
        to = _standing(sitting, item.pk)
        if to.pk != item.pk:
            for passage in [one for one in sitting.passages.values() if one.item_id == item.pk]:
                sitting.save(passage, item=to, position=sitting.place_in(to))


_GONE = {state.value for state in PassageState if not state.is_live}


def _before(passage: Passage, act: DeskAct, skipped: set[str]) -> dict[str, Any]:
    """What a passage was before an act, by its history."""
    last, *earlier = _history(passage, skipped)
    if last.history_change_reason != change_reason(act.number, act.verb):
        raise CannotDo("A passage was changed again after this. Take back what was done last first.")
    if not earlier:
        return {"state": PassageState.REJECTED.value, "why": TAKEN_BACK, "in_bulk": False}
    return {name: getattr(earlier[0], name) for name in (*CHANGED, "item_id")}


def _check(sitting: Sitting, passage: Passage, before: dict[str, Any], coming: set[int]) -> None:
    """Refuse what would leave a response without its point, or two passages of a kind on the same words."""
    if before["state"] in _GONE:
        if any(one.pk not in coming and one.parent_id == passage.pk for one in sitting.live()):
            raise CannotDo("Something hangs on this passage since. Say first what it belongs to, or reject it.")
        return
    if before["state"] == PassageState.PROPOSED and passage.published_at is not None:
        raise CannotDo(
            "This is public since. Correct or reject the passage instead: that keeps what was public on record."
        )
    parent = sitting.passages.get(before["parent_id"]) if before.get("parent_id") else None
    if parent is not None and not parent.is_live and parent.pk not in coming:
        raise CannotDo("What this passage hangs on is gone. Take that back first.")
    for other in sitting.live():
        if (
            other.pk != passage.pk
            and other.kind == before["kind"]
            and (other.start, other.end) == (before["start"], before["end"])
            and other.pk not in coming
        ):
            raise CannotDo("Its words are marked again since, as another passage. Reject that one first.")
