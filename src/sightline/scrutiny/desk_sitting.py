"""One act at a minute's desk: the minute locked, what was sent checked against what others did, the act written down.

Every act has the number that follows the last one's; that number is the minute's version at the desk. A form carries
the version it was made from. Whatever others did since to the same passages stops the act, and nothing is changed;
what they did to others does not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from django.db import transaction
from django.utils import timezone

from sightline.kernel.errors import SightlineError
from sightline.partnership import access
from sightline.partnership.models import User
from sightline.partnership.records import Kept, change_many, keep
from sightline.scrutiny.desk_records import HasRecord, keep_in_step
from sightline.scrutiny.domain.passages import PassageKind
from sightline.scrutiny.models import DeskAct, Minute, MinuteItem, Passage

RIGHT = "scrutiny.confirm_passages"
SAID = 300


class CannotDo(SightlineError):
    """An act cannot be done as asked, and nothing was changed. ``field``: the question whose answer is at fault."""

    def __init__(self, message: str, field: str = "") -> None:
        self.field = field
        super().__init__(message)


class ChangedMeanwhile(SightlineError):
    """Somebody else changed the same passages since the form was made; ``acts`` says who did what. Nothing was done."""

    def __init__(self, acts: list[DeskAct]) -> None:
        self.acts = acts
        super().__init__("Somebody changed this passage while you worked on it. Nothing of yours was lost or kept.")


@dataclass(frozen=True, slots=True)
class Sent:
    """What came with an act beside its answers.

    version: the minute's version when the form was made.
    fingerprint: of the form and its answers; the same one again is the same act sent twice.
    """

    version: int
    fingerprint: str

    @classmethod
    def of(cls, *, version: int, by: User, verb: str, answers: Mapping[str, Any]) -> Sent:
        """The version with a fingerprint (SHA-256) of who sent what."""
        said = json.dumps([by.pk, version, verb, sorted((name, str(value)) for name, value in answers.items())])
        return cls(version, hashlib.sha256(said.encode()).hexdigest())


@dataclass(frozen=True, slots=True)
class Done:
    """What became of an act. new: false where it had been done before and nothing was changed.

    act: None where there was nothing to do. meanwhile: what others did to other passages since the form was made.
    """

    act: DeskAct | None
    new: bool
    meanwhile: list[DeskAct] = field(default_factory=list)


class Sitting:
    """A clerk's hands on one minute for one act, in one transaction: ``with Sitting(…) as sitting``.

    Attributes: `minute`; `version`, of the last act; `passages` and `items`, every one by its number, in the order of
    the text; `again`, the act itself where the form was sent before.

    Raises:
        Refused: the account may not confirm passages for the minute's council.
    """

    def __init__(self, *, minute: Minute, by: User, sent: Sent | None, verb: DeskAct.Verb) -> None:
        access.require(by, RIGHT, council=minute.council)
        self.by, self.sent, self.verb = by, sent, verb
        self._transaction = transaction.atomic()
        self._minute = minute
        self._touched: dict[int, Passage] = {}
        self._touched_items: set[int] = set()

    def __enter__(self) -> Sitting:
        self._transaction.__enter__()
        try:
            # The minute's row is the lock: of two who act at once, the second waits here and sees what the first did.
            self.minute = (
                Minute.objects.select_for_update(of=("self",)).select_related("meeting__body").get(pk=self._minute.pk)
            )
            self.version = version_of(self.minute)
            self.again = (
                DeskAct.objects.filter(minute=self.minute, fingerprint=self.sent.fingerprint).first()
                if self.sent
                else None
            )
            self.passages = {
                passage.pk: passage
                for passage in Passage.objects.filter(item__minute=self.minute)
                .select_related("item")
                .order_by("start", "-end", "pk")
            }
            self.items = {item.pk: item for item in self.minute.items.order_by("start", "position")}
            self.meanwhile = self._acts_of_others()
        except BaseException as error:
            self._transaction.__exit__(type(error), error, error.__traceback__)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._transaction.__exit__(kind, error, trace)

    def _acts_of_others(self) -> list[DeskAct]:
        if self.sent is None or self.sent.version >= self.version:
            return []
        return list(
            DeskAct.objects.filter(minute=self.minute, number__gt=self.sent.version)
            .select_related("by__person")
            .order_by("number")
        )

    def concerns(self, *things: Passage | MinuteItem | None) -> None:
        """Say which passages and items the act is about.

        Raises:
            ChangedMeanwhile: one of them was changed since the form was made.
        """
        passages = {one.pk for one in things if isinstance(one, Passage)}
        items = {one.pk for one in things if isinstance(one, MinuteItem)}
        if acts := [act for act in self.meanwhile if passages & set(act.passages) or items & set(act.items)]:
            raise ChangedMeanwhile(acts)

    def passage(self, number: int) -> Passage:
        """A passage of the minute.

        Raises:
            CannotDo: the minute has no such passage.
        """
        if number not in self.passages:
            raise CannotDo("These minutes have no such passage. Go back to the desk and look again.")
        return self.passages[number]

    def live(self, *kinds: PassageKind) -> list[Passage]:
        """The passages that count, in the order of the text: of some kinds, or all."""
        return [one for one in self.passages.values() if one.is_live and (not kinds or one.kind in kinds)]

    def hanging_on(self, passage: Passage) -> list[Passage]:
        """The live responses of a point, or parts of a resolution."""
        return [one for one in self.live() if one.parent_id == passage.pk]

    def save(self, passage: Passage, **facts: Any) -> None:
        """Change a passage and keep its history under the number of this act. Once for each passage and act."""
        new = passage._state.adding
        keep(passage, by=self.by, reason=self._reason, **facts)
        self._touched[passage.pk] = passage
        if new:
            self.passages[passage.pk] = passage

    def save_all(self, passages: Iterable[Passage], **facts: Any) -> None:
        """The same change to many passages, in a few statements."""
        rows = list(passages)
        change_many(rows, Passage, by=self.by, reason=self._reason, **facts)
        self._touched.update((row.pk, row) for row in rows)

    @property
    def _reason(self) -> str:
        return change_reason(self.version + 1, self.verb)

    def item(self, number: int) -> MinuteItem:
        """An item of the minute that was not joined into another.

        Raises:
            CannotDo: the minute has no such item, or another took its passages over.
        """
        if number not in self.items:
            raise CannotDo("These minutes have no such item. Go back to the desk and look again.")
        item = self.items[number]
        if item.joined_into_id is not None:
            # Said as a change of somebody else's where it is one.
            self.concerns(item)
            raise CannotDo("This item was joined to another. Take that back first.")
        return item

    def live_items(self) -> list[MinuteItem]:
        """The items that count, in the order of the text."""
        found = [item for item in self.items.values() if item.joined_into_id is None]
        return sorted(found, key=lambda item: (item.start, item.position))

    def save_item(self, item: MinuteItem, **facts: Any) -> None:
        """Change an item and keep its history under the number of this act. Once for each item and act."""
        if keep(item, by=self.by, reason=self._reason, **facts) is not Kept.SAME:
            self._touched_items.add(item.pk)
            self.items[item.pk] = item

    def item_for(self, start: int) -> MinuteItem:
        """The item in which a passage that begins at ``start`` stands: else the one before it, else the first."""
        items = self.live_items()
        if not items:
            item = MinuteItem(minute=self.minute, position=0, title=UNTITLED, start=0, end=len(self.minute.text))
            keep(item, by=self.by, reason=self._reason)
            self.items[item.pk] = item
            return item
        return next((item for item in reversed(items) if item.start <= start), items[0])

    def place_in(self, item: MinuteItem) -> int:
        """The next free position among the passages of an item; those of passages that are gone stay theirs."""
        taken = [passage.position for passage in self.passages.values() if passage.item_id == item.pk]
        return max(taken, default=-1) + 1

    def done(self, says: str, *, undoes: DeskAct | None = None, records: bool = True) -> Done:
        """Bring the records in step and write the act down; where nothing was touched nothing was done."""
        if not self._touched and not self._touched_items:
            return Done(None, new=False, meanwhile=self._by_others())
        if records:
            try:
                keep_in_step(minute=self.minute, passages=self._touched.values(), by=self.by, reason=says)
            except HasRecord as error:
                raise CannotDo(str(error)) from error
        number = self.version + 1
        act = DeskAct(
            minute=self.minute,
            number=number,
            verb=self.verb,
            says=says if len(says) <= SAID else f"{says[: SAID - 1]}…",
            passages=sorted(self._touched),
            items=sorted(self._touched_items),
            by=self.by,
            at=timezone.now(),
            fingerprint=self.sent.fingerprint if self.sent else f"{self.minute.pk}:{number}",
            undoes=undoes,
        )
        keep(act, by=self.by, reason=self._reason)
        return Done(act, new=True, meanwhile=self._by_others())

    def _by_others(self) -> list[DeskAct]:
        return [act for act in self.meanwhile if act.by_id != self.by.pk]


UNTITLED = "Passages under no item"


def version_of(minute: Minute) -> int:
    """The number of the last act at a minute's desk; 0 where nobody has touched it."""
    last = DeskAct.objects.filter(minute=minute).order_by("-number").values_list("number", flat=True).first()
    return last or 0


def cancelled(newest_first: Iterable[DeskAct]) -> set[int]:
    """The keys of acts that were taken back, and of the takings back: together they leave everything as it was."""
    gone: set[int] = set()
    for act in newest_first:
        if act.undoes_id is not None and act.pk not in gone:
            gone |= {act.pk, act.undoes_id}
    return gone


def change_reason(number: int, verb: str) -> str:
    """What stands in a passage's history for one act, so that the act can be found again from it."""
    return f"desk {number}: {verb}"
