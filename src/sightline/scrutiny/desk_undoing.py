"""Takes back what was done at the desk, from the history of the passages: a rejected passage comes back as it was."""

from __future__ import annotations

from typing import Any

from sightline.partnership.models import User
from sightline.scrutiny.desk_sitting import CannotDo, Done, Sent, Sitting, change_reason
from sightline.scrutiny.domain.passages import PassageState
from sightline.scrutiny.models import DeskAct, Minute, Passage

# What an act changes of a passage. When it was published is no part of it: taking back hides nothing that was public.
CHANGED = ("kind", "start", "end", "text", "said_by", "label", "state", "why", "in_bulk", "parent_id", "merged_into_id")
TAKEN_BACK = "Taken back"


def take_back(*, minute: Minute, act: int, by: User, sent: Sent) -> Done:
    """Bring every passage that an act changed back to what it was before. A passage it made is rejected.

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
        sitting.concerns(*passages)
        befores = [(passage, _before(passage, wanted)) for passage in passages]
        coming = {passage.pk for passage, before in befores if before.get("state") not in _GONE}
        for passage, before in befores:
            _check(sitting, passage, before, coming)
        # What is hung on others must find them there: first those that come back, then those that go.
        for passage, before in sorted(befores, key=lambda pair: pair[1].get("state") in _GONE):
            item_id = before.pop("item_id", passage.item_id)
            if item_id != passage.item_id:
                item = sitting.minute.items.get(pk=item_id)
                before |= {"item": item, "position": sitting.place_in(item)}
            sitting.save(passage, **before)
        return sitting.done(f"took back: {wanted.says}", undoes=wanted)


_GONE = {state.value for state in PassageState if not state.is_live}


def _before(passage: Passage, act: DeskAct) -> dict[str, Any]:
    """What a passage was before an act, by its history."""
    last, *earlier = passage.history.order_by("-history_date", "-history_id")[:2]
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
