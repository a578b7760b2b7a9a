"""What of the estate waits for a person who leaves: systems that they answer for, exceptions that are in force, and
software audits that ask them."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from sightline.estate import audit_letters, audit_links, audit_queries
from sightline.estate.actions import KEEP
from sightline.estate.audit_actions import ANSWER
from sightline.estate.models import AuditQuestion, LegacyException, System
from sightline.partnership import access
from sightline.partnership.actions import OpenItem, OpenItems, keep
from sightline.partnership.models import User


def _handed(giver: object, receiver: User, by: User) -> str:
    return f"handed over by {by} from {giver} to {receiver}"


def _systems(called: str, field: str, right: str) -> OpenItems:
    """The systems that are run and of which an account is the owner that ``field`` names."""

    def waiting(account: User) -> list[OpenItem]:
        own = System.objects.filter(**{f"{field}__user": account}, retired_on=None)
        return [
            OpenItem(key=one.pk, title=one.name, address=one.get_absolute_url(), council=one.council)
            for one in own.select_related("council").order_by("pk")
        ]

    def hand_over(item: OpenItem, receiver: User, by: User) -> None:
        system = System.objects.select_for_update().get(pk=item.key)
        reason = _handed(getattr(system, field), receiver, by)
        keep(system, by=by, reason=reason, **{field: receiver.person})

    return OpenItems(
        called=called,
        waiting=waiting,
        may_take=lambda account, item: access.may(account, right, council=item.council),
        hand_over=hand_over,
    )


def exceptions_in_force(account: User) -> list[OpenItem]:
    """The agreed exceptions that an account answers for and that are not over, of systems that are run."""
    own = LegacyException.objects.filter(
        owner__user=account, ended_on__isnull=True, expires_on__gte=timezone.localdate(), system__retired_on=None
    )
    return [
        OpenItem(
            key=one.pk,
            title=one.system.name,
            address=reverse("system-risk", args=[one.system.reference]),
            council=one.council,
        )
        for one in own.select_related("system", "council").order_by("pk")
    ]


def hand_exception_over(item: OpenItem, receiver: User, by: User) -> None:
    """Make an exception another person's to answer for, until the same last day."""
    exception = LegacyException.objects.select_for_update().get(pk=item.key)
    keep(exception, by=by, reason=_handed(exception.owner, receiver, by), owner=receiver.person)


def questions_asked(account: User) -> list[OpenItem]:
    """What open software audits ask an account."""
    return [
        OpenItem(key=one.pk, title=str(one), address=one.get_absolute_url(), council=one.council)
        for one in audit_queries.own_questions(account)
    ]


def hand_question_over(item: OpenItem, receiver: User, by: User) -> None:
    """Ask another person: they are told, and the leaver's links end."""
    question = AuditQuestion.objects.select_for_update().get(pk=item.key)
    keep(question, by=by, reason=_handed(question.asked, receiver, by), asked=receiver.person)
    audit_links.revoke(question, by=by)
    audit_letters.tell_asked(AuditQuestion.objects.select_related("campaign", "system", "asked__user").get(pk=item.key))


def _may_answer(account: User, item: OpenItem) -> bool:
    return access.may(account, ANSWER, council=item.council)


KINDS = (
    _systems("systems that they answer for in the service", "service_owner", ANSWER),
    _systems("systems that they answer for in ICT", "ict_owner", KEEP),
    OpenItems(
        called="agreed exceptions for legacy systems",
        waiting=exceptions_in_force,
        may_take=_may_answer,
        hand_over=hand_exception_over,
    ),
    OpenItems(
        called="systems that a software audit asks them about",
        waiting=questions_asked,
        may_take=_may_answer,
        hand_over=hand_question_over,
    ),
)
