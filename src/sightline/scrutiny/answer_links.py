"""The signed link by which an owner answers for one commitment on one page, without logging in."""

from __future__ import annotations

import datetime

from django.db.models import QuerySet

from sightline.partnership import notices
from sightline.partnership.models import Person, User
from sightline.partnership.signed_answers import Followed, SignedAnswers, Use
from sightline.scrutiny.models import AnswerLink, Commitment

GOOD_FOR = datetime.timedelta(days=30)


def _links() -> QuerySet[AnswerLink]:
    return AnswerLink.objects.select_related("commitment__council", "commitment__asked_by", "person__user", "answer")


def _waits(link: AnswerLink) -> bool:
    return link.commitment.owner_id == link.person_id and link.commitment.standing.waits_for_owner


_signed = SignedAnswers(
    kind="scrutiny.answer",
    good_for=GOOD_FOR,
    page="commitment-answer",
    rows=_links,
    waits=_waits,
    council=lambda link: link.commitment.council,
)
KIND = _signed.kind
token_of, path_of, follow, use_of = _signed.token_of, _signed.path_of, _signed.follow, _signed.use_of


def make(commitment: Commitment, person: Person) -> notices.Link:
    """Make a link for a letter."""
    return _signed.make(commitment=commitment, person=person)


def revoke(commitment: Commitment, *, by: User | None, but_of: Person | None = None) -> None:
    """End every open link to a commitment, but those of one person."""
    _signed.revoke(by=by, but_of=but_of.pk if but_of else None, commitment=commitment)


__all__ = ("GOOD_FOR", "KIND", "Followed", "Use", "follow", "make", "path_of", "revoke", "token_of", "use_of")
