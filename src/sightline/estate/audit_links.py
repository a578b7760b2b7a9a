"""The signed link by which a service owner answers a software audit for one system on one page, without logging in.

The link is the number of its row with a signature over it, so nothing secret is kept. It serves one person and one
question, for a time, until it is answered, the question has gone to another or is over, the campaign has closed, or the
person holds no role any more.
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

from sightline.estate.models import AuditLink, AuditQuestion
from sightline.partnership import notices
from sightline.partnership import queries as partnership
from sightline.partnership.models import Person, User
from sightline.partnership.records import keep

KIND = "estate.audit"
GOOD_FOR = datetime.timedelta(days=60)
_signer = Signer(salt="sightline.estate.audit")


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
    link: AuditLink | None = None


def token_of(number: int) -> str:
    """The secret part of a link's address."""
    return _signer.sign(str(number))


def path_of(number: int) -> str | None:
    """The place of a link's page, for a letter that is about to be sent; None where it is of no use any more."""
    link = _links().filter(pk=number).first()
    if link is None or use_of(link) is not Use.GOOD:
        return None
    return reverse("audit-answer", args=[token_of(number)])


def follow(token: str) -> Followed:
    """What a link is good for."""
    try:
        number = int(_signer.unsign(token))
    except (BadSignature, ValueError):
        return Followed(Use.FORGED)
    link = _links().filter(pk=number).first()
    return Followed(use_of(link), link) if link is not None else Followed(Use.FORGED)


def use_of(link: AuditLink) -> Use:
    """What a link is good for now."""
    if link.answer_id is not None:
        return Use.ANSWERED
    question, person = link.question, link.person
    gone = question.asked_id != person.pk or not question.standing.waits_for_owner or not question.campaign.is_open
    if link.revoked_at is not None or gone:
        return Use.REVOKED
    if link.expires_at <= timezone.now():
        return Use.EXPIRED
    held = partnership.roles_held(timezone.localdate(), reaching=question.council)
    return Use.GOOD if held.filter(person=person).exists() else Use.REVOKED


def _links() -> QuerySet[AuditLink]:
    return AuditLink.objects.select_related(
        "question__council", "question__campaign", "question__system", "person__user"
    )


def make(question: AuditQuestion, person: Person) -> notices.Link:
    """Make a link for a letter; those made before for the same person stay good until one of them is used."""
    link = AuditLink(question=question, person=person, expires_at=timezone.now() + GOOD_FOR)
    keep(link, by=None, reason="link made for a letter")
    return notices.Link(KIND, link.pk)


@transaction.atomic
def revoke(question: AuditQuestion, *, by: User | None) -> None:
    """End every open link to a question."""
    for link in AuditLink.objects.filter(question=question, revoked_at__isnull=True, answer__isnull=True):
        keep(link, by=by, reason="no longer needed", revoked_at=timezone.now())
