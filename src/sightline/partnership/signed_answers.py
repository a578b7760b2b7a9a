"""The signed link by which one person answers one question on one page, without logging in.

The link is the number of its row with a signature over it, so nothing secret is kept. It serves one person and one
question, for a time, until that is answered or no longer waits for the person, or the person holds no role any more.
A room keeps the rows, and says of each whether the question waits for its person.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, TypeVar

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from sightline.partnership import notices
from sightline.partnership import queries as partnership
from sightline.partnership.models import AnswerLinkRow, Council, User
from sightline.partnership.records import keep

Row = TypeVar("Row", bound=AnswerLinkRow)


class Use(Enum):
    """What a link is good for."""

    GOOD = "good"
    ANSWERED = "answered"
    EXPIRED = "expired"
    REVOKED = "revoked"
    FORGED = "forged"


@dataclass(frozen=True, slots=True)
class Followed(Generic[Row]):
    """A link that somebody followed: what it is good for, and its row unless it is forged."""

    use: Use
    link: Row | None = None


@dataclass(frozen=True, slots=True)
class SignedAnswers(Generic[Row]):
    """The links of one kind of question.

    kind: names them in letters and in their signatures; another name would end those that were sent.
    page: the name of the address of their page. rows: all of them, with what ``waits`` and ``council`` read.
    waits: whether the question still waits for the person of a link. council: whose question it is.
    """

    kind: str
    good_for: datetime.timedelta
    page: str
    rows: Callable[[], QuerySet[Row]]
    waits: Callable[[Row], bool]
    council: Callable[[Row], Council | None]

    def token_of(self, number: int) -> str:
        """The secret part of a link's address."""
        return self._signer.sign(str(number))

    def path_of(self, number: int) -> str | None:
        """The place of a link's page, for a letter that is about to be sent; None where it is of no use any more."""
        link = self.rows().filter(pk=number).first()
        if link is None or self.use_of(link) is not Use.GOOD:
            return None
        return reverse(self.page, args=[self.token_of(number)])

    def follow(self, token: str) -> Followed[Row]:
        """What a link is good for."""
        try:
            number = int(self._signer.unsign(token))
        except (BadSignature, ValueError):
            return Followed(Use.FORGED)
        link = self.rows().filter(pk=number).first()
        return Followed(self.use_of(link), link) if link is not None else Followed(Use.FORGED)

    def use_of(self, link: Row) -> Use:
        """What a link is good for now."""
        if link.answer_id is not None:
            return Use.ANSWERED
        if link.revoked_at is not None or not self.waits(link):
            return Use.REVOKED
        if link.expires_at <= timezone.now():
            return Use.EXPIRED
        held = partnership.roles_held(timezone.localdate(), reaching=self.council(link))
        return Use.GOOD if held.filter(person=link.person_id).exists() else Use.REVOKED

    def make(self, **about: Any) -> notices.Link:
        """Make a link for a letter; those made before for the same person stay good until one of them is used."""
        link = self.rows().model(**about, expires_at=timezone.now() + self.good_for)
        keep(link, by=None, reason="link made for a letter")
        return notices.Link(self.kind, link.pk)

    @transaction.atomic
    def revoke(self, *, by: User | None, but_of: int | None = None, **about: Any) -> None:
        """End every open link ``about`` a question, but those of the person with a number."""
        for link in self.rows().model._default_manager.filter(**about, revoked_at__isnull=True, answer__isnull=True):
            if link.person_id != but_of:
                keep(link, by=by, reason="no longer needed", revoked_at=timezone.now())

    @property
    def _signer(self) -> Signer:
        return Signer(salt=f"sightline.{self.kind}")
