"""Prepares the clerk's desk for its page: a card for each passage, nested as the passages are, and what can be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sightline.scrutiny.desk_actions import next_like
from sightline.scrutiny.domain.passages import CERTAIN, PassageKind, PassageState
from sightline.scrutiny.models import DeskAct, MinuteItem, Passage
from sightline.scrutiny.showing import ShownItem, ShownPassage


@dataclass(slots=True)
class Card:
    """A passage at the desk. then: the card to go on with once this one is done. undo: the act to be taken back."""

    passage: Passage
    parts: list[Card] = field(default_factory=list)
    then: int = 0
    undo: int | None = None
    is_shown: bool = True

    @property
    def kind(self) -> PassageKind:
        return PassageKind(self.passage.kind)

    @property
    def state(self) -> PassageState:
        return PassageState(self.passage.state)

    @property
    def is_certain(self) -> bool:
        return self.passage.confidence >= CERTAIN

    @property
    def record(self) -> Any:
        """The recommendation or commitment that came of it, if one stands."""
        for name in ("recommendation", "commitment"):
            record = getattr(self.passage, name, None)
            if record is not None and not record.is_withdrawn:
                return record
        return None

    @property
    def was_read(self) -> list[tuple[str, str]]:
        """What the reader proposed where the clerk made something else of it, as pairs of a name and a value."""
        proposal = getattr(self.passage, "proposal", None)
        if proposal is None or self.state is PassageState.PROPOSED:
            return []
        found = []
        if proposal.kind != self.passage.kind:
            found.append(("Kind", PassageKind(proposal.kind).label))
        if (proposal.start, proposal.end) != (self.passage.start, self.passage.end):
            found.append(("Words", proposal.text))
        if proposal.said_by != self.passage.said_by:
            found.append(("Said by", proposal.said_by or "Nobody named"))
        if proposal.label != self.passage.label:
            found.append(("Number or verb", proposal.label or "None"))
        if proposal.hung_on_id != self.passage.parent_id and self.kind.hangs_on:
            found.append(("Belongs to", "Another point or resolution" if proposal.hung_on_id else "Nothing"))
        return found

    def all(self) -> Iterator[Card]:
        yield self
        for part in self.parts:
            yield from part.all()


@dataclass(slots=True)
class DeskItem:
    """An item at the desk: the cards of its live passages, and those that are gone."""

    item: MinuteItem
    cards: list[Card] = field(default_factory=list)
    gone: list[Card] = field(default_factory=list)

    @property
    def key(self) -> str:
        return f"i{self.item.pk}"

    @property
    def was_read(self) -> list[tuple[str, str]]:
        """What the reader proposed where the clerk made something else of it, as pairs of a name and a value."""
        item = self.item
        if item.read_start is None:
            return [("Item", "Not read: a clerk made it")]
        found = []
        if item.read_title != item.title:
            found.append(("Title", item.read_title))
        if item.read_presented_by != item.presented_by:
            found.append(("Presented by", item.read_presented_by or "Nobody named"))
        found += [("Also read as an item", other.read_title or other.title) for other in item.joined.all()]
        return found

    @property
    def is_shown(self) -> bool:
        return any(one.is_shown for card in self.cards for one in card.all())


def desk_items(
    items: Iterable[MinuteItem],
    passages: Sequence[Passage],
    *,
    only_left: bool,
    undo: dict[int, int],
    open_number: int | None,
) -> list[DeskItem]:
    """The items of a minute with the cards of their passages.

    only_left: show only what is still to be confirmed, with what it hangs on and the one that is open.
    undo: for each passage the number of the act that can be taken back.
    """
    cards = {one.pk: Card(one, undo=undo.get(one.pk)) for one in passages}
    by_item = {item.pk: DeskItem(item) for item in items}
    for passage in passages:
        card, item = cards[passage.pk], by_item[passage.item_id]
        if not passage.is_live:
            item.gone.append(card)
        elif passage.parent_id in cards and cards[passage.parent_id].passage.is_live:
            cards[passage.parent_id].parts.append(card)
        else:
            item.cards.append(card)
    shown = list(by_item.values())
    ordered = [one for item in shown for card in item.cards for one in card.all()]
    _lead_on(ordered)
    if only_left:
        for card in ordered:
            card.is_shown = any(not one.passage.is_confirmed or one.passage.pk == open_number for one in card.all())
    return shown


def _lead_on(ordered: list[Card]) -> None:
    """Tell each card which is the next that nobody has confirmed: behind it, else the first of all, else itself."""
    left = [card.passage.pk for card in ordered if not card.passage.is_confirmed]
    following: int | None = None
    for card in reversed(ordered):
        others = [number for number in left[:1] if number != card.passage.pk]
        card.then = following or (others[0] if others else card.passage.pk)
        if not card.passage.is_confirmed:
            following = card.passage.pk


def for_marking(items: Iterable[DeskItem]) -> list[ShownItem]:
    """The same passages as the marking of the text takes them."""
    return [
        ShownItem(one.key, one.item.title, one.item.presented_by, [_shown(card) for card in one.cards]) for one in items
    ]


def _shown(card: Card) -> ShownPassage:
    passage = card.passage
    return ShownPassage(
        key=str(passage.pk),
        kind=card.kind,
        start=passage.start,
        end=passage.end,
        text=passage.text,
        said_by=passage.said_by,
        label=passage.label,
        confidence=passage.confidence,
        parts=[_shown(part) for part in card.parts],
        state=card.state,
    )


def undo_by_passage(found: Sequence[DeskAct], free: set[int]) -> dict[int, int]:
    """For each passage the number of the last act on it, where that can be taken back."""
    last: dict[int, int] = {}
    for act in found:
        for passage in act.passages:
            last.setdefault(passage, act.number)
    return {passage: number for passage, number in last.items() if number in free}


def merged_with(passages: Sequence[Passage], one: Passage) -> Passage | None:
    """The passage that ``one`` would be merged with."""
    return next_like([passage for passage in passages if passage.is_live], one)
