"""Tells the hooks of lower rooms what licences, scores and software audits have for them."""

from __future__ import annotations

import datetime

from sightline.estate import audit_actions, audit_letters, audit_links, audit_queries, foretelling
from sightline.estate.models import AuditQuestion
from sightline.partnership import access, daily, notices, waiting
from sightline.partnership.models import User
from sightline.partnership.waiting import MOST_SHOWN, Found, Item, Waits


def register() -> None:
    """Register with every hook; called when Sightline starts."""
    notices.register_link(audit_links.KIND, audit_links.path_of)
    daily.register("software-audits", "Software audits that are not answered", audit_letters.run_reminders)
    waiting.register(Waits("Software audits: yours to answer", own, more="/software-audits/"))
    waiting.register(Waits("Software audits: to countersign", to_countersign, more="/software-audits/"))
    daily.register(foretelling.JOB, "Letters about exceptions and notice dates that come near", foretelling.run_letters)
    waiting.register(
        Waits("Exceptions for legacy systems that end", foretelling.exceptions_ending, more="/legacy/scores/")
    )
    waiting.register(Waits("Licences and contracts to give notice of", foretelling.notices_due, more="/renewals/"))


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
