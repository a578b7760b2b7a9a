"""The signed link by which an owner answers for one commitment on one page, without logging in.

The link is the number of its row with a signature over it, so nothing secret is kept. It serves one person and one
commitment, for a time, until that person has answered, the commitment has gone to another or is over, or the person
holds no role any more.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import Enum

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from sightline.partnership import notices
from sightline.partnership import queries as partnership
from sightline.partnership.models import Person, User
from sightline.partnership.records import keep
from sightline.scrutiny.models import AnswerLink, Commitment

KIND = "scrutiny.answer"
GOOD_FOR = datetime.timedelta(days=30)
_signer = Signer(salt="sightline.scrutiny.answer")


class Use(Enum):
    """What a link is good for."""

    GOOD = "good"
    ANSWERED = "answered"
    EXPIRED = "expired"
    REVOKED = "revoked"
    FORGED = "forged"


@dataclass(frozen=True, slots=True)
class Followed:
    """A link that somebody followed: what it is good for, and its row unless it is forged."""

    use: Use
    link: AnswerLink | None = None


def token_of(number: int) -> str:
    """The secret part of a link's address."""
    return _signer.sign(str(number))


def path_of(number: int) -> str | None:
    """The place of a link's page, for a letter that is about to be sent; None where it is of no use any more."""
    link = _links().filter(pk=number).first()
    if link is None or use_of(link) is not Use.GOOD:
        return None
    return reverse("commitment-answer", args=[token_of(number)])


def follow(token: str) -> Followed:
    """What a link is good for."""
    try:
        number = int(_signer.unsign(token))
    except (BadSignature, ValueError):
        return Followed(Use.FORGED)
    link = _links().filter(pk=number).first()
    return Followed(use_of(link), link) if link is not None else Followed(Use.FORGED)


def use_of(link: AnswerLink) -> Use:
    """What a link is good for now."""
    if link.answer_id is not None:
        return Use.ANSWERED
    commitment, person = link.commitment, link.person
    if link.revoked_at is not None or commitment.owner_id != person.pk or not commitment.standing.waits_for_owner:
        return Use.REVOKED
    if link.expires_at <= timezone.now():
        return Use.EXPIRED
    held = partnership.roles_held(timezone.localdate(), reaching=commitment.council)
    return Use.GOOD if held.filter(person=person).exists() else Use.REVOKED


def _links() -> QuerySet[AnswerLink]:
    return AnswerLink.objects.select_related("commitment__council", "commitment__asked_by", "person__user", "answer")


def make(commitment: Commitment, person: Person) -> notices.Link:
    """Make a link for a letter; those made before for the same person stay good until one of them is used."""
    link = AnswerLink(commitment=commitment, person=person, expires_at=timezone.now() + GOOD_FOR)
    keep(link, by=None, reason="link made for a letter")
    return notices.Link(KIND, link.pk)


@transaction.atomic
def revoke(commitment: Commitment, *, by: User | None, but_of: Person | None = None) -> None:
    """End every open link to a commitment, but those of one person."""
    for link in AnswerLink.objects.filter(commitment=commitment, revoked_at__isnull=True, answer__isnull=True):
        if but_of is None or link.person_id != but_of.pk:
            keep(link, by=by, reason="no longer needed", revoked_at=timezone.now())
