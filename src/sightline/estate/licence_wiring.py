"""Tells the hooks of lower rooms what licences, scores and software audits have for them."""

from __future__ import annotations

import datetime

from django.urls import reverse

from sightline.estate import audit_actions, audit_links, audit_queries, legacy_queries
from sightline.estate.legacy_actions import AGREE
from sightline.estate.models import AuditQuestion
from sightline.partnership import access, daily, notices, waiting
from sightline.partnership.models import User
from sightline.partnership.waiting import MOST_SHOWN, Found, Item, Waits

EXPIRES_WITHIN = datetime.timedelta(days=60)


def register() -> None:
    """Register with every hook; called when Sightline starts."""
    notices.register_link(audit_links.KIND, audit_links.path_of)
    daily.register("software-audits", "Software audits that are not answered", audit_actions.run_reminders)
    waiting.register(Waits("Software audits: yours to answer", own, more="/software-audits/"))
    waiting.register(Waits("Software audits: to countersign", to_countersign, more="/software-audits/"))
    waiting.register(Waits("Exceptions for legacy systems that end", ending, more="/legacy/scores/"))


def _item(question: AuditQuestion, on: datetime.date, says: str) -> Item:
    closes = question.campaign.closes_on
    return Item(
        title=f"{question.campaign.reference}: {question.system.name}",
        address=question.get_absolute_url(),
        says=f"{says}, closes on {closes.day} {closes:%B %Y}",
        due_on=closes,
        late=closes < on,
        council=question.council,
    )


def own(account: User, on: datetime.date) -> Found:
    """What an account is asked in open campaigns."""
    found = audit_queries.own_questions(account)
    return Found(found.count(), [_item(one, on, one.standing.label.lower()) for one in found[:MOST_SHOWN]])


def to_countersign(account: User, on: datetime.date) -> Found:
    """Answers that wait for ICT."""
    if not access.may_anywhere(account, audit_actions.RUN):
        return Found(0, [])
    found = audit_queries.to_countersign(account, audit_actions.RUN)
    return Found(found.count(), [_item(one, on, "answered") for one in found[:MOST_SHOWN]])


def ending(account: User, on: datetime.date) -> Found:
    """Exceptions that end soon, for whoever can agree another, and for whoever answers for them."""
    if not access.may_anywhere(account, AGREE):
        return Found(0, [])
    found = legacy_queries.exceptions(account).filter(
        access.reaches(account, AGREE),
        system__retired_on=None,
        ended_on__isnull=True,
        expires_on__gte=on,
        expires_on__lte=on + EXPIRES_WITHIN,
    )
    items = [
        Item(
            title=f"{one.system.reference}: {one.system.name}",
            address=reverse("system-risk", args=[one.system.reference]),
            says=f"its exception ends on {one.expires_on.day} {one.expires_on:%B %Y}",
            due_on=one.expires_on,
            council=one.council,
        )
        for one in found[:MOST_SHOWN]
    ]
    return Found(found.count(), items)
