"""What a clerk does with the passages that were read in a minute: accept, correct, split, merge, reject, mark.

What the reader proposed stays as it was, in its proposals; a passage that is rejected or merged stays on record and
can be taken back. Recommendations and commitments follow their passages (desk_records).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sightline.partnership.models import User
from sightline.scrutiny.desk_sitting import CannotDo, Done, Sent, Sitting
from sightline.scrutiny.domain.finding import NotFound, collapsed, find_span, trimmed
from sightline.scrutiny.domain.minutes import VERBS
from sightline.scrutiny.domain.passages import CERTAIN, PassageKind, PassageState
from sightline.scrutiny.domain.plain_words import one_line
from sightline.scrutiny.models import DeskAct, Minute, MinuteItem, Passage

Verb = DeskAct.Verb
LONGEST_REASON, LONGEST_NAME, LONGEST_LABEL = 500, 300, 40
QUOTED = 60


@dataclass(frozen=True, slots=True)
class Answers:
    """What a passage is to be.

    start, end: its span in the minute's text, in code points. parent: the point or resolution that it hangs on.
    """

    kind: PassageKind
    start: int
    end: int
    said_by: str = ""
    label: str = ""
    parent: int | None = None


def accept(*, minute: Minute, passage: int, by: User, sent: Sent) -> Done:
    """Stand behind a passage as it is. One that is confirmed already stays as it is.

    Raises:
        Refused, ChangedMeanwhile: see `Sitting`.
        CannotDo: the passage is gone.
    """
    with Sitting(minute=minute, by=by, sent=sent, verb=Verb.ACCEPT) as sitting:
        if sitting.again:
            return Done(sitting.again, new=False)
        one = _live(sitting, passage)
        sitting.concerns(one)
        if not one.is_confirmed:
            sitting.save(one, state=PassageState.ACCEPTED.value, in_bulk=False)
        return sitting.done(f"accepted {_named(one)}")


def accept_certain(*, minute: Minute, by: User, sent: Sent | None = None) -> Done:
    """Stand behind every passage that was read from clear signs and that nobody has looked at yet.

    Raises:
        Refused: the account may not confirm passages for the minute's council.
    """
    with Sitting(minute=minute, by=by, sent=sent, verb=Verb.ACCEPT_CERTAIN) as sitting:
        if sitting.again:
            return Done(sitting.again, new=False)
        certain = [one for one in sitting.live() if not one.is_confirmed and one.confidence >= CERTAIN]
        if certain:
            sitting.save_all(certain, state=PassageState.ACCEPTED.value, in_bulk=True)
        # Their records are in step since they were read: accepting changes no word of them.
        return sitting.done(f"accepted all that is certain: {_counted(certain)}", records=False)


def correct(*, minute: Minute, passage: int, answers: Answers, by: User, sent: Sent) -> Done:
    """Make a passage what it should be, and stand behind it. What is right already is accepted.

    Raises:
        Refused, ChangedMeanwhile: see `Sitting`.
        CannotDo: the passage is gone, or the answers do not fit the text or the other passages.
    """
    with Sitting(minute=minute, by=by, sent=sent, verb=Verb.CORRECT) as sitting:
        if sitting.again:
            return Done(sitting.again, new=False)
        one = _live(sitting, passage)
        parent = sitting.passages.get(answers.parent) if answers.parent else None
        sitting.concerns(one, parent)
        was = _named(one)
        facts = _facts(sitting, answers, this=one)
        if facts["kind"] != one.kind and (hanging := sitting.hanging_on(one)):
            raise CannotDo(
                f"{_how_many(hanging)} to this {PassageKind(one.kind).label.lower()}. Say first what"
                f" {'it belongs' if len(hanging) == 1 else 'they belong'} to, or reject"
                f" {'it' if len(hanging) == 1 else 'them'}.",
                "kind",
            )
        changed = {name: value for name, value in facts.items() if getattr(one, name) != value}
        if {"start", "end", "kind"} & set(changed):
            facts["text"] = collapsed(sitting.minute.text, answers.start, answers.end)
        if not changed:
            if not one.is_confirmed:
                sitting.save(one, state=PassageState.ACCEPTED.value, in_bulk=False)
            return sitting.done(f"accepted {was}")
        item = _item(sitting, facts) if {"start", "parent_id"} & set(changed) else one.item
        if item.pk != one.item_id:
            facts |= {"item": item, "position": sitting.place_in(item)}
        state = one.state if one.state in (PassageState.ADDED, PassageState.SPLIT) else PassageState.CORRECTED.value
        sitting.save(one, **facts, state=state, in_bulk=False)
        for part in sitting.hanging_on(one):
            if part.item_id != item.pk:
                sitting.save(part, item=item, position=sitting.place_in(item))
        return sitting.done(f"corrected {was}{_now(was, one)}")


def mark(*, minute: Minute, answers: Answers, by: User, sent: Sent) -> Done:
    """Mark a passage that was not read.

    Raises:
        Refused: see `Sitting`.
        CannotDo: the answers do not fit the text or the other passages; or it is marked already.
    """
    with Sitting(minute=minute, by=by, sent=sent, verb=Verb.MARK) as sitting:
        if sitting.again:
            return Done(sitting.again, new=False)
        sitting.concerns(sitting.passages.get(answers.parent) if answers.parent else None)
        facts = _facts(sitting, answers, this=None)
        item = _item(sitting, facts)
        new = Passage(item=item, position=sitting.place_in(item), confidence=1.0)
        text = collapsed(sitting.minute.text, facts["start"], facts["end"])
        sitting.save(new, **facts, text=text, state=PassageState.ADDED.value)
        return sitting.done(f"marked {_named(new)}")


def split(*, minute: Minute, passage: int, second: str, at: int | None = None, by: User, sent: Sent) -> Done:
    """Part a passage in two: the second one begins with the words ``second``, or at the offset ``at``.

    What hangs on the passage stays with the first.

    Raises:
        Refused, ChangedMeanwhile: see `Sitting`.
        CannotDo: the passage is gone, or the words do not stand in it once, behind its beginning.
    """
    with Sitting(minute=minute, by=by, sent=sent, verb=Verb.SPLIT) as sitting:
        if sitting.again:
            return Done(sitting.again, new=False)
        one = _live(sitting, passage)
        sitting.concerns(one)
        text = sitting.minute.text
        if at is None:
            try:
                at, _ = find_span(text, second, "", within=(one.start, one.end))
            except NotFound as error:
                raise CannotDo(str(error).replace(" here", " in this passage"), "second") from error
        first_part, second_part = trimmed(text, one.start, at), trimmed(text, at, one.end)
        if not one.start < at < one.end or first_part[0] == first_part[1] or second_part[0] == second_part[1]:
            raise CannotDo("Both parts need words: let the second begin behind the first word of this one.", "second")
        was = _named(one)
        second_one = Passage(
            item=one.item, position=sitting.place_in(one.item), confidence=one.confidence, published_at=None
        )
        state = one.state if one.state in (PassageState.ADDED, PassageState.SPLIT) else PassageState.CORRECTED.value
        start, end = first_part
        sitting.save(one, start=start, end=end, text=collapsed(text, start, end), state=state, in_bulk=False)
        start, end = second_part
        sitting.save(
            second_one,
            kind=one.kind,
            parent_id=one.parent_id,
            said_by=one.said_by,
            label=one.label if one.kind == PassageKind.RESOLUTION else "",
            start=start,
            end=end,
            text=collapsed(text, start, end),
            state=PassageState.SPLIT.value,
        )
        return sitting.done(f"split {was}")


def next_like(passages: list[Passage], one: Passage) -> Passage | None:
    """The passage that ``one`` can be merged with: the next of its kind in the same item, on the same point or
    resolution. ``passages``: the live ones in the order of the text."""
    return next(
        (
            other
            for other in passages
            if other.kind == one.kind
            and other.item_id == one.item_id
            and other.parent_id == one.parent_id
            and other.start >= one.start
            and other.pk != one.pk
            and (other.start, other.pk) > (one.start, one.pk)
        ),
        None,
    )


def merge(*, minute: Minute, passage: int, by: User, sent: Sent) -> Done:
    """Make a passage and the next one of its kind one: the first takes over the words, and what hangs on the second.

    Raises:
        Refused, ChangedMeanwhile: see `Sitting`.
        CannotDo: the passage is gone, or no other of its kind follows in its item.
    """
    with Sitting(minute=minute, by=by, sent=sent, verb=Verb.MERGE) as sitting:
        if sitting.again:
            return Done(sitting.again, new=False)
        one = _live(sitting, passage)
        other = next_like(sitting.live(), one)
        sitting.concerns(one, other)
        if other is None:
            raise CannotDo(f"No other {PassageKind(one.kind).label.lower()} follows in this item to merge it with.")
        was = f"{_named(one)} with the next one"
        end = max(one.end, other.end)
        if any(
            between.pk not in (one.pk, other.pk) and between.start < end and one.start < between.end
            for between in sitting.live(PassageKind(one.kind))
        ):
            raise CannotDo(
                f"Another {PassageKind(one.kind).label.lower()} stands between the two. Correct that one first."
            )
        for hanging in sitting.hanging_on(other):
            sitting.save(hanging, parent=one)
        sitting.save(other, state=PassageState.MERGED.value, merged_into=one, in_bulk=False)
        state = one.state if one.state in (PassageState.ADDED, PassageState.SPLIT) else PassageState.CORRECTED.value
        sitting.save(one, end=end, text=collapsed(sitting.minute.text, one.start, end), state=state, in_bulk=False)
        return sitting.done(f"merged {was}")


def reject(*, minute: Minute, passage: int, why: str, by: User, sent: Sent) -> Done:
    """Say that a passage is not what it was read as, and why. What hangs on it is rejected with it.

    Raises:
        Refused, ChangedMeanwhile: see `Sitting`.
        CannotDo: no reason is given, it is too long, or the passage is gone already.
    """
    with Sitting(minute=minute, by=by, sent=sent, verb=Verb.REJECT) as sitting:
        if sitting.again:
            return Done(sitting.again, new=False)
        reason = _short(why, LONGEST_REASON, "The reason", "why")
        if not reason:
            raise CannotDo("Enter the reason, such as “not a commitment: it only says what was done”.", "why")
        one = _live(sitting, passage)
        hanging = sitting.hanging_on(one)
        sitting.concerns(one, *hanging)
        for gone in (one, *hanging):
            sitting.save(gone, state=PassageState.REJECTED.value, why=reason, in_bulk=False)
        return sitting.done(f"rejected {_named(one)}: {reason}")


def _live(sitting: Sitting, number: int) -> Passage:
    passage = sitting.passage(number)
    if not passage.is_live:
        # Said as a change of somebody else's where it is one.
        sitting.concerns(passage)
        raise CannotDo(f"This passage is {PassageState(passage.state).label.lower()} already. Take that back first.")
    return passage


def _item(sitting: Sitting, facts: dict[str, Any]) -> MinuteItem:
    """Where a passage stands: with what it hangs on, else where its words are."""
    parent = sitting.passages.get(facts["parent_id"])
    return sitting.items[parent.item_id] if parent is not None else sitting.item_for(facts["start"])


def _facts(sitting: Sitting, answers: Answers, *, this: Passage | None) -> dict[str, Any]:
    """The answers as the passage's fields, checked against the text and the other passages."""
    text = sitting.minute.text
    if not 0 <= answers.start < answers.end <= len(text):
        raise CannotDo("The passage must lie within the text, and hold at least one word.", "first")
    start, end = trimmed(text, answers.start, answers.end)
    if start == end:
        raise CannotDo("The passage must hold at least one word.", "first")
    kind = answers.kind
    moved = this is None or (this.start, this.end, this.kind) != (start, end, kind.value)
    for other in sitting.live(kind) if moved else ():
        if (this is None or other.pk != this.pk) and other.start < end and start < other.end:
            if (other.start, other.end) == (start, end):
                raise CannotDo(f"These words are marked already, as {_named(other, 'a')}.", "first")
            raise CannotDo(
                f"Two {kind.plural} cannot share words, and these reach into {_named(other)}."
                " Correct or reject that one first.",
                "first",
            )
    return {
        "kind": kind.value,
        "start": start,
        "end": end,
        "said_by": _short(answers.said_by, LONGEST_NAME, "The name", "said_by"),
        "label": _label(kind, answers.label),
        "parent_id": _parent(sitting, kind, answers.parent, this),
    }


def _label(kind: PassageKind, given: str) -> str:
    label = _short(given, LONGEST_LABEL, "The number or verb", "label")
    if kind is not PassageKind.RESOLUTION:
        return label
    verb = label.upper() or "RESOLVED"
    if verb not in VERBS:
        raise CannotDo(f"“{label}” is no verb of a resolution. Enter one of {', '.join(VERBS)}.", "label")
    return verb


def _parent(sitting: Sitting, kind: PassageKind, number: int | None, this: Passage | None) -> int | None:
    wanted = kind.hangs_on
    if wanted is None:
        return None
    parent = sitting.passages.get(number) if number is not None else None
    if parent is None or not parent.is_live or parent.kind != wanted or (this is not None and parent.pk == this.pk):
        what = "point that it answers" if kind is PassageKind.RESPONSE else "resolution that it is part of"
        raise CannotDo(f"Select the {what}.", "parent")
    return parent.pk


def _short(words: str, limit: int, what: str, field: str) -> str:
    tidied = one_line(words, limit + 1)
    if len(tidied) > limit:
        raise CannotDo(f"{what} must be {limit} characters or fewer.", field)
    return tidied


def _named(passage: Passage, article: str = "the") -> str:
    kind = PassageKind(passage.kind).label.lower()
    text = passage.text if len(passage.text) <= QUOTED else f"{passage.text[:QUOTED].rstrip()}…"
    return f"{article} {kind} “{text}”"


def _now(was: str, passage: Passage) -> str:
    now = _named(passage)
    return f", now {now}" if now != was else ""


def _how_many(hanging: list[Passage]) -> str:
    kind = PassageKind(hanging[0].kind)
    if len(hanging) == 1:
        return f"One {kind.label.lower()} belongs"
    return f"{len(hanging)} {kind.plural} belong"


def _counted(passages: list[Passage]) -> str:
    return f"{len(passages)} passage{'' if len(passages) == 1 else 's'}"
