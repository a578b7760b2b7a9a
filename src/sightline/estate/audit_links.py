"""The signed link by which a service owner answers a software audit for one system on one page, without logging in."""

from __future__ import annotations

import datetime

from django.db.models import QuerySet

from sightline.estate.models import AuditLink, AuditQuestion
from sightline.partnership import notices
from sightline.partnership.models import Person, User
from sightline.partnership.signed_answers import Followed, SignedAnswers, Use

GOOD_FOR = datetime.timedelta(days=60)


def _links() -> QuerySet[AuditLink]:
    return AuditLink.objects.select_related(
        "question__council", "question__campaign", "question__system", "person__user"
    )


def _waits(link: AuditLink) -> bool:
    question = link.question
    return question.asked_id == link.person_id and question.standing.waits_for_owner and question.campaign.is_open


_signed = SignedAnswers(
    kind="estate.audit",
    good_for=GOOD_FOR,
    page="audit-answer",
    rows=_links,
    waits=_waits,
    council=lambda link: link.question.council,
)
KIND = _signed.kind
token_of, path_of, follow, use_of = _signed.token_of, _signed.path_of, _signed.follow, _signed.use_of


def make(question: AuditQuestion, person: Person) -> notices.Link:
    """Make a link for a letter."""
    return _signed.make(question=question, person=person)


def revoke(question: AuditQuestion, *, by: User | None) -> None:
    """End every open link to a question."""
    _signed.revoke(by=by, question=question)


__all__ = ("GOOD_FOR", "KIND", "Followed", "Use", "follow", "make", "path_of", "revoke", "token_of", "use_of")
