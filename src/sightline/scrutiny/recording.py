"""Turns what the reader found into rows: items, their passages, and the records that must be followed up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from django.utils import timezone

from sightline.partnership.domain.bodies import BodyKind
from sightline.partnership.models import User
from sightline.partnership.records import keep_many
from sightline.scrutiny.domain import minutes
from sightline.scrutiny.domain.passages import PassageKind
from sightline.scrutiny.looking_up import LookedUp
from sightline.scrutiny.models import Commitment, Minute, MinuteItem, Passage, Proposal, Recommendation, Referral
from sightline.scrutiny.reading import reader_version
from sightline.scrutiny.references import next_references
from sightline.scrutiny.referring import derived_when_new, new_referrals


@dataclass(frozen=True, slots=True)
class Found:
    """A passage as it was read, with those that hang on it (a point's responses, a resolution's parts)."""

    kind: PassageKind
    start: int
    end: int
    text: str
    said_by: str
    label: str
    confidence: float
    hanging: tuple[Found, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Kept:
    """The items and passages that were kept of a minute."""

    items: Sequence[MinuteItem]
    passages: Sequence[Passage]


def found_in(item: minutes.Item) -> Iterator[Found]:
    """The passages of an item, those that hang on none."""
    for one in item.recommendations:
        yield _found(PassageKind.RECOMMENDATION, one, one.confidence, label=one.number)
    for point in item.points:
        answers = tuple(
            _found(PassageKind.RESPONSE, answer, answer.confidence, said_by=answer.by) for answer in point.responses
        )
        yield _found(PassageKind.POINT, point, point.confidence, hanging=answers)
    for promise in item.commitments:
        yield _found(PassageKind.COMMITMENT, promise, promise.confidence, said_by=promise.by)
    for resolution in item.resolutions:
        whole = minutes.Passage(
            resolution.start, resolution.end, " ".join(part.text for part in resolution.parts) or resolution.verb
        )
        parts = tuple(
            _found(PassageKind.PART, part, resolution.confidence, label=part.number) for part in resolution.parts
        )
        yield _found(PassageKind.RESOLUTION, whole, resolution.confidence, label=resolution.verb, hanging=parts)


def _found(
    kind: PassageKind,
    passage: minutes.Passage,
    confidence: float,
    *,
    said_by: str | None = None,
    label: str | None = None,
    hanging: tuple[Found, ...] = (),
) -> Found:
    return Found(kind, passage.start, passage.end, passage.text, said_by or "", label or "", confidence, hanging)


def keep_items(*, minute: Minute, items: Sequence[minutes.Item], by: User, known: LookedUp) -> Kept:
    """Keep every item with its passages, each beside what the reader proposed, and the records that come of them.

    Nothing is confirmed by that. Runs within the transaction of its caller.
    """
    rows = [
        MinuteItem(
            minute=minute,
            position=position,
            title=item.title[:500],
            presented_by=(item.presented_by or "")[:300],
            start=item.start,
            end=item.end,
            read_title=item.title[:500],
            read_presented_by=(item.presented_by or "")[:300],
            read_start=item.start,
            read_end=item.end,
        )
        for position, item in enumerate(items)
    ]
    rows = keep_many(rows, MinuteItem, by=by)
    passages = _keep_passages(list(zip(rows, items, strict=True)), by)
    keep_many([_proposal(passage) for passage in passages], Proposal, by=by)
    keep_records(minute=minute, passages=passages, by=by, known=known)
    return Kept(rows, passages)


def keep_records(*, minute: Minute, passages: Sequence[Passage], by: User, known: LookedUp | None = None) -> None:
    """Make the recommendations (with one referral for each council) and commitments that come of ``passages``.

    Runs within the transaction of its caller, who knows that none of them has a record yet.
    """
    known = known or LookedUp()
    asked = sorted((one for one in passages if asks(one, minute)), key=lambda one: (one.start, one.pk))
    made = sorted((one for one in passages if one.kind == PassageKind.COMMITMENT), key=lambda one: (one.start, one.pk))
    given = next_references(minute.meeting.held_on.year, {"R": len(asked), "C": len(made)})
    _keep_recommendations(minute, list(zip(asked, given["R"], strict=True)), by, known)
    _keep_commitments(minute, list(zip(made, given["C"], strict=True)), by, known)


def _proposal(passage: Passage) -> Proposal:
    """What the reader proposed, from a passage on which nobody has laid a hand yet."""
    return Proposal(
        passage=passage,
        hung_on=passage.parent,
        kind=passage.kind,
        start=passage.start,
        end=passage.end,
        text=passage.text,
        said_by=passage.said_by,
        label=passage.label,
        confidence=passage.confidence,
        reader=reader_version(),
        proposed_at=timezone.now(),
    )


def _keep_passages(items: Sequence[tuple[MinuteItem, minutes.Item]], by: User) -> list[Passage]:
    leading: list[Passage] = []
    hanging: list[tuple[Passage, MinuteItem, Found, int]] = []
    for row, item in items:
        positions = count()
        for one in sorted(found_in(item), key=lambda one: (one.start, -one.end)):
            parent = _passage(row, one, next(positions), None)
            leading.append(parent)
            hanging += [(parent, row, other, next(positions)) for other in one.hanging]
    leading = keep_many(leading, Passage, by=by)
    return leading + keep_many([_passage(row, other, at, parent) for parent, row, other, at in hanging], Passage, by=by)


def _passage(row: MinuteItem, found: Found, position: int, parent: Passage | None) -> Passage:
    return Passage(
        item=row,
        parent=parent,
        kind=found.kind.value,
        position=position,
        start=found.start,
        end=found.end,
        text=found.text,
        said_by=found.said_by[:300],
        label=found.label[:40],
        confidence=found.confidence,
    )


def asks(passage: Passage, minute: Minute) -> bool:
    """Whether a passage asks for something that councils must answer.

    What a report recommends is asked for; so is what a scrutiny body RECOMMENDED when it came to its resolution.
    A deciding body that recommends (a cabinet to its council) asks nothing of the other councils.
    """
    if passage.kind == PassageKind.RECOMMENDATION:
        return True
    return (
        passage.kind == PassageKind.PART
        and passage.parent is not None
        and passage.parent.label == "RECOMMENDED"
        and BodyKind(minute.meeting.body.kind).scrutinises
    )


def _keep_recommendations(minute: Minute, asked: Sequence[tuple[Passage, str]], by: User, known: LookedUp) -> None:
    if not asked:
        return
    councils = known.councils_on(minute.meeting.held_on)
    derived = derived_when_new(minute.meeting.held_on, councils)
    recommendations = keep_many(
        [
            Recommendation(
                council=minute.council,
                reference=reference,
                text=passage.text,
                number=passage.label[:20],
                asked_by=minute.meeting.body,
                asked_on=minute.meeting.held_on,
                passage=passage,
                **derived,
            )
            for passage, reference in asked
        ],
        Recommendation,
        by=by,
    )
    keep_many(new_referrals(recommendations, councils), Referral, by=by)


def _keep_commitments(minute: Minute, made: Sequence[tuple[Passage, str]], by: User, known: LookedUp) -> None:
    posts = known.posts(passage.said_by for passage, _ in made if passage.said_by)
    keep_many(
        [
            Commitment(
                council=minute.council,
                reference=reference,
                text=passage.text,
                said_by=passage.said_by,
                made_on=minute.meeting.held_on,
                passage=passage,
                asked_by=minute.meeting.body,
                owner_title=posts.get(passage.said_by),
            )
            for passage, reference in made
        ],
        Commitment,
        by=by,
    )
