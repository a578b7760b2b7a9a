"""Scoring systems by the government's framework, and agreeing that a legacy system is kept for a time."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from sightline.estate.domain.legacy import Assessment
from sightline.estate.models import LegacyException, RiskAssessment, System
from sightline.kernel.errors import SightlineError
from sightline.kernel.publication import Publication
from sightline.partnership import access
from sightline.partnership.models import Person, User
from sightline.partnership.records import keep

ASSESS = "estate.assess_risk"
AGREE = "estate.agree_exception"
# Schedule 12A, Part 1, paragraph 7: the prevention of crime. A list of what is weak helps an attacker first.
PARAGRAPH = 7
LONGEST = datetime.timedelta(days=3 * 366)


class CannotAgree(SightlineError):
    """An exception cannot be kept as asked; nothing was changed. ``field`` is the one to mend."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


@transaction.atomic
def assess(
    *, system: System, answers: Mapping[str, int], by: User, reasons: Mapping[str, str] | None = None
) -> RiskAssessment:
    """Keep the answers to the framework's criteria for a system. Where they make it red, the assessment and the system
    are exempt: what is weak is nobody's to read but those who mend it and those who scrutinise it.

    Raises:
        Refused: the account may not for the council.
        ValueError: an answer is none of the framework's.
    """
    access.require(by, ASSESS, council=system.council)
    system = System.objects.select_for_update(of=("self",)).select_related("council").get(pk=system.pk)
    told = Assessment(dict(answers))
    says = {code: " ".join(why.split()) for code, why in (reasons or {}).items() if code in answers and why.strip()}
    latest = system.risk_assessments.order_by("-assessed_on", "-pk").first()
    if latest is not None and latest.answers == dict(answers) and latest.reasons == says:
        return latest
    exempt = told.red or system.publication == Publication.EXEMPT.value
    made = RiskAssessment(
        council=system.council,
        publication=(Publication.EXEMPT if exempt else Publication.INTERNAL).value,
        exempt_paragraph=(system.exempt_paragraph or PARAGRAPH) if exempt else None,
        system=system,
        answers=dict(answers),
        reasons=says,
        assessed_on=timezone.localdate(),
        assessed_by=by,
    )
    keep(made, by=by, reason="scored by the framework for legacy IT")
    if told.red and system.publication != Publication.EXEMPT.value:
        keep(
            system,
            by=by,
            reason="exempt, since its score is red",
            publication=Publication.EXEMPT.value,
            exempt_paragraph=PARAGRAPH,
            published_at=None,
            published_by=None,
        )
    return made


@transaction.atomic
def agree_exception(
    *, system: System, owner: Person, reason: str, expires_on: datetime.date, by: User
) -> LegacyException:
    """Agree that a legacy system is kept until a day, and who answers for it. One that holds already is ended by it.

    Raises:
        Refused: the account may not for the council.
        CannotAgree: no reason; a last day that has passed, or lies more than three years ahead.
    """
    access.require(by, AGREE, council=system.council)
    today = timezone.localdate()
    if not any(letter.isalnum() for letter in reason):
        raise CannotAgree("reason", "Say why it is kept.")
    if expires_on <= today:
        raise CannotAgree("expires_on", "Its last day must lie ahead: an exception is for a time to come.")
    if expires_on > today + LONGEST:
        raise CannotAgree("expires_on", "An exception lasts three years at most. Agree it again then.")
    system = System.objects.select_for_update(of=("self",)).select_related("council").get(pk=system.pk)
    for earlier in in_force(system, today):
        keep(earlier, by=by, reason="followed by another", ended_on=today, ended_why="Followed by another exception.")
    made = LegacyException(
        council=system.council,
        publication=system.publication if system.publication != "public" else Publication.INTERNAL.value,
        exempt_paragraph=system.exempt_paragraph,
        system=system,
        owner=owner,
        reason=reason.strip(),
        agreed_on=today,
        expires_on=expires_on,
        agreed_by=by,
    )
    keep(made, by=by, reason="exception agreed")
    return made


def in_force(system: System, on: datetime.date) -> list[LegacyException]:
    """The exceptions of a system that hold on a day; at most one, but for mistakes of the past."""
    return list(system.legacy_exceptions.filter(ended_on__isnull=True, agreed_on__lte=on, expires_on__gte=on))


@transaction.atomic
def end_exception(*, exception: LegacyException, reason: str, by: User) -> LegacyException:
    """End an exception before its last day. It stays readable.

    Raises:
        Refused: the account may not for the council.
        CannotAgree: no reason is given, or it is over.
    """
    access.require(by, AGREE, council=exception.council)
    exception = LegacyException.objects.select_for_update(of=("self",)).select_related("council").get(pk=exception.pk)
    today = timezone.localdate()
    if exception.ended_on is not None or exception.expires_on < today:
        raise CannotAgree("reason", "This exception is over already.")
    if not any(letter.isalnum() for letter in reason):
        raise CannotAgree("reason", "Say why it ends.")
    keep(exception, by=by, reason="exception ended", ended_on=today, ended_why=reason.strip())
    return exception
