"""Follows one matter across bodies: proposes which recommendations the minutes of a body deal with; a clerk says."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils import timezone

from sightline.partnership import access
from sightline.partnership.domain.bodies import BodyKind
from sightline.partnership.models import Body, User
from sightline.partnership.records import keep, keep_many
from sightline.scrutiny import following
from sightline.scrutiny.domain.matching import Heard, LinkState, Step, propose
from sightline.scrutiny.domain.passages import PassageKind
from sightline.scrutiny.looking_up import LookedUp
from sightline.scrutiny.models import Link, Minute
from sightline.scrutiny.recording import Kept, asks

SETTLE = "scrutiny.settle_link"


def step_of(body: Body) -> Step | None:
    """What a body may do with recommendations for its council; None for bodies of the partnership, and for others."""
    if body.council is None:
        return None
    kind = BodyKind(body.kind)
    if kind.scrutinises:
        return Step.CONSIDERATION
    return Step.DECISION if kind.decides else None


@transaction.atomic
def propose_links(*, minute: Minute, by: User | None = None) -> int:
    """Propose which open recommendations the resolutions of a minute deal with; returns how many proposals are new.

    What was proposed before is left as the clerk left it, so that proposing again changes nothing. Nothing is decided.

    by: who recorded the minute, for the history.
    """
    there = set(Link.objects.filter(passage__item__minute=minute).values_list("passage_id", "referral_id"))
    return _propose(minute, following.heard_in(minute), there, by, LookedUp())


def propose_links_when_new(*, minute: Minute, kept: Kept, by: User, known: LookedUp) -> int:
    """The same for a minute that is being recorded, within that transaction: all of it is at hand.

    known: what was looked up of the partnership already.
    """
    resolved = [one for one in kept.passages if PassageKind(one.kind) in following.RESOLVING and not asks(one, minute)]
    return _propose(minute, following.heard_of(minute, kept.items, resolved), set(), by, known)


def _propose(
    minute: Minute, heard: Sequence[Heard], there: Collection[tuple[int, int]], by: User | None, known: LookedUp
) -> int:
    body = minute.meeting.body
    step = step_of(body)
    if step is None or body.council is None or not heard:
        return 0
    matters = following.matters_open_at(body.council, minute.meeting.held_on, minute, known)
    if not len(matters):
        return 0
    found = [
        Link(
            passage_id=one.passage,
            referral_id=one.asked,
            step=step.value,
            outcome=one.outcome,
            confidence=one.confidence,
            why="\n".join(one.why),
        )
        for item in heard
        for one in propose(matters, item, step)
        if (one.passage, one.asked) not in there
    ]
    return len(keep_many(found, Link, by=by, reason="proposed"))


@transaction.atomic
def confirm_link(*, link: Link, by: User) -> Link:
    """Say that a passage does deal with a recommendation. What came of it is put on record by the next act.

    Raises:
        Refused: the account may not for the council.
    """
    return _settle(link, LinkState.CONFIRMED, by)


@transaction.atomic
def reject_link(*, link: Link, by: User) -> Link:
    """Say that it does not. A consideration or decision that rests on the passage stays as it is.

    Raises:
        Refused: the account may not for the council.
    """
    return _settle(link, LinkState.REJECTED, by)


def _settle(link: Link, state: LinkState, by: User) -> Link:
    access.require(by, SETTLE, council=link.referral.council)
    link = Link.objects.select_for_update(of=("self",)).select_related("referral__council").get(pk=link.pk)
    if link.state != state.value:
        keep(link, by=by, reason=state.value, state=state.value, settled_by=by, settled_at=timezone.now())
    return link
