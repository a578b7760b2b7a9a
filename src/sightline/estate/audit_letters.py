"""The letters of a software audit. Each has a key, so that none is sent twice for the same thing."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from sightline.estate import audit_links
from sightline.estate.domain.campaigns import QuestionState, Reminder, reminder_due
from sightline.estate.domain.lifecycle import in_words
from sightline.estate.models import AuditQuestion
from sightline.partnership import notices

_ANSWER = (
    "To answer, open this link. It is yours alone, needs no password, and works once. Say whether what is known is"
    " right, and attach the licence if you have it."
)


def _write(question: AuditQuestion, *, key: str, subject: str, opening: str) -> bool:
    """Write to whoever is asked, with a link to answer by; whether there is anybody to write to."""
    person = question.asked
    if person is None or person.user is None or not person.user.is_active or not person.user.email:
        return False
    key = f"audit:{question.pk}:{key}:{person.pk}"
    if notices.is_put(key):
        return False
    known = "\n".join(f"  {name}: {value}" for name, value in question.known)
    notices.put(
        key=key,
        to=person.user.email,
        subject=f"{question.campaign.reference}: {subject}",
        text=(
            f"{person.name},\n\n{opening}\n\n{question.system.name}\n{known}\n\n"
            f"{question.campaign.name} closes on {in_words(question.campaign.closes_on)}.\n"
            f"{settings.SITE_ADDRESS}{question.get_absolute_url()}\n\n{_ANSWER}\n"
        ),
        link=audit_links.make(question, person),
    )
    return True


def tell_asked(question: AuditQuestion) -> bool:
    """Ask for the answer."""
    return _write(
        question,
        key=f"asked:{question.state_on.isoformat()}",
        subject=f"please confirm what is known of {question.system.name}",
        opening="You are put down as the owner of this system. Is what is known of it right?",
    )


def tell_returned(question: AuditQuestion) -> bool:
    """Say that an answer was returned, and why."""
    answers = question.answers.count()
    return _write(
        question,
        key=f"returned:{answers}:{question.state_on.isoformat()}",
        subject=f"more is needed about {question.system.name}",
        opening=f"ICT has returned the answer for this system, and says why:\n\n{question.state_reason}",
    )


_OPENINGS = {
    Reminder.TWO_WEEKS: "This has not been answered yet, and two weeks are left:",
    Reminder.ONE_WEEK: "This has not been answered yet, and a week is left:",
    Reminder.LAST_DAY: "This has not been answered yet. The software audit closes tomorrow:",
    Reminder.LATE: "The closing date has passed, and this has not been answered:",
}


def remind(question: AuditQuestion, reminder: Reminder) -> bool:
    """Remind whoever is asked; whether a letter was written."""
    return _write(
        question,
        key=f"reminder:{reminder.value}:{question.campaign.closes_on.isoformat()}",
        subject=f"a reminder about {question.system.name}",
        opening=_OPENINGS[reminder],
    )


def send_new_link(question: AuditQuestion) -> bool:
    """Send a new link to whoever asked for one with their own address; at most one an hour."""
    now: datetime.datetime = timezone.localtime()
    return _write(
        question,
        key=f"new-link:{now:%Y-%m-%dT%H}",
        subject=f"a new link to answer by for {question.system.name}",
        opening="Somebody asked for a new link with your e-mail address. If it was not you, leave it be. It is for:",
    )


def run_reminders(on: datetime.date) -> dict[str, int]:
    """Remind whoever has not answered, on the days before an open campaign closes and on the day after. Doing it again
    for the same day does nothing more."""
    waiting = [state.value for state in QuestionState if state.waits_for_owner]
    open_questions = AuditQuestion.objects.select_related("campaign", "system", "asked__user").filter(
        campaign__closed_on__isnull=True, state__in=waiting, asked__isnull=False
    )
    # A council that has ended is asked for nothing more.
    open_questions = open_questions.exclude(council__ended_on__lt=on)
    count = 0
    for question in open_questions:
        reminder = reminder_due(question.campaign.closes_on, question.campaign.opened_on, on)
        if reminder is not None:
            with transaction.atomic():
                count += remind(question, reminder)
    return {"reminders": count}
