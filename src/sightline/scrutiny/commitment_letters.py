"""The letters that are sent about commitments. Each has a key, so that none is sent twice for the same thing."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone

from sightline.partnership import notices
from sightline.partnership import queries as partnership
from sightline.partnership.models import Person
from sightline.scrutiny import answer_links
from sightline.scrutiny.domain.escalation import Stage
from sightline.scrutiny.domain.typed import in_one_line
from sightline.scrutiny.models import Commitment

# A letter quotes what was promised; the page has it whole.
QUOTED = 600


def day(date: datetime.date | None) -> str:
    return f"{date.day} {date:%B %Y}" if date else "no day yet"


def quoted(commitment: Commitment) -> str:
    said = in_one_line(commitment.heading)
    return f"“{said if len(said) <= QUOTED else said[: QUOTED - 1].rsplit(' ', 1)[0] + ' …'}”"


def address_of(commitment: Commitment) -> str:
    return f"{settings.SITE_ADDRESS}{commitment.get_absolute_url()}"


def can_be_written_to(people: Iterable[Person | None]) -> list[Person]:
    """Those who have an account that is open, with an e-mail address."""
    return [one for one in people if one is not None and one.user and one.user.is_active and one.user.email]


def _facts(commitment: Commitment) -> str:
    return (
        f"{quoted(commitment)}\n\n"
        f"Promised at {commitment.asked_by} on {day(commitment.made_on)}. Due: {day(commitment.due_on)}.\n"
        f"{address_of(commitment)}\n"
    )


_ANSWER = (
    "To answer, open this link. It is yours alone, needs no password, and works once, for 30 days. Say what was done"
    " and show it; or say what is in the way."
)


def _to_owner(commitment: Commitment, *, key: str, subject: str, opening: str) -> bool:
    """Write to the owner, with a link to answer by; whether there is anybody to write to."""
    for owner in can_be_written_to([commitment.owner]):
        assert owner.user is not None
        key = f"commitment:{commitment.pk}:{key}:{owner.pk}"
        if notices.is_put(key):
            return True
        notices.put(
            key=key,
            to=owner.user.email,
            subject=f"{commitment.reference}: {subject}",
            text=f"{owner.name},\n\n{opening}\n\n{_facts(commitment)}\n{_ANSWER}\n",
            link=answer_links.make(commitment, owner),
        )
        return True
    return False


def _to(people: Iterable[Person], commitment: Commitment, *, key: str, subject: str, opening: str) -> None:
    for person in can_be_written_to(people):
        assert person.user is not None
        notices.put(
            key=f"commitment:{commitment.pk}:{key}:{person.pk}",
            to=person.user.email,
            subject=f"{commitment.reference}: {subject}",
            text=f"{person.name},\n\n{opening}\n\n{_facts(commitment)}",
        )


def tell_owner_assigned(commitment: Commitment) -> None:
    _to_owner(
        commitment,
        key=f"assigned:{commitment.due_on or 'no-day'}",
        subject=f"this is yours to do, by {day(commitment.due_on)}" if commitment.due_on else "this is yours to do",
        opening="A clerk has put you down as the owner of a commitment that was made at a meeting:",
    )


def tell_owner_returned(commitment: Commitment) -> None:
    latest = commitment.updates.order_by("pk").last()
    _to_owner(
        commitment,
        key=f"returned:{latest.pk if latest else 0}:{commitment.state_on}",
        subject="returned, more is needed",
        opening=f"{commitment.asked_by} has returned what was claimed done, and says why:\n\n{commitment.state_reason}",
    )


def tell_owner_accepted(commitment: Commitment) -> None:
    latest = commitment.updates.order_by("pk").last()
    _to(
        [commitment.owner] if commitment.owner else [],
        commitment,
        key=f"accepted:{latest.pk if latest else 0}",
        subject="accepted as done",
        opening=f"{commitment.asked_by} has accepted this as done. Nothing more is to be done about it:",
    )


def tell_checkers(commitment: Commitment) -> None:
    """Tell the clerks of the body that asked that something is claimed done and waits to be checked."""
    latest = commitment.updates.order_by("pk").last()
    _to(
        partnership.clerks(timezone.localdate(), council=commitment.council),
        commitment,
        key=f"claimed:{latest.pk if latest else 0}",
        subject="claimed done, to be checked",
        opening=f"Its owner claims that this is done. {commitment.asked_by} accepts or returns it on its page:",
    )


def send_new_link(commitment: Commitment) -> None:
    now = timezone.localtime()
    _to_owner(
        commitment,
        key=f"asked:{now:%Y-%m-%dT%H}",
        subject="a new link to answer by",
        opening="Somebody asked for a new link with your e-mail address. If it was not you, leave it be. It is for:",
    )


def people_to_tell(commitment: Commitment, stage: Stage, on: datetime.date) -> list[Person]:
    """Whom a step of the schedule tells: the owner, the portfolio holders, or the body that asked with its clerks.

    A promise that nobody owns is told to the clerks from the first: they can give it an owner.
    """
    clerks = partnership.clerks(on, council=commitment.council)
    if stage in (Stage.FIRST_REMINDER, Stage.LAST_REMINDER, Stage.OWNER):
        return can_be_written_to([commitment.owner]) or clerks
    if stage is Stage.PORTFOLIO_HOLDER:
        return partnership.portfolio_holders(on, council=commitment.council, title=commitment.portfolio_title)
    members = partnership.members_of(commitment.asked_by, on)
    return members + [clerk for clerk in clerks if clerk not in members]


_SUBJECTS = {
    Stage.FIRST_REMINDER: "due on {due}",
    Stage.LAST_REMINDER: "due on {due}, a second reminder",
    Stage.OWNER: "late, it was due on {due}",
    Stage.PORTFOLIO_HOLDER: "late, and now with the portfolio holder",
    Stage.PANEL: "late, and now with the panel",
}
_OPENINGS = {
    Stage.FIRST_REMINDER: "This is due on {due}:",
    Stage.LAST_REMINDER: "This is due on {due}, and nothing has been claimed yet:",
    Stage.OWNER: "This was due on {due}, and nothing has been claimed. Its portfolio holder is told next:",
    Stage.PORTFOLIO_HOLDER: "This was due on {due}. Its owner was told and claimed nothing. The panel is told next:",
    Stage.PANEL: "This was due on {due}. Its owner and the portfolio holder were told, and nothing has been claimed:",
}


def tell_step(commitment: Commitment, stage: Stage, people: Iterable[Person]) -> None:
    """Write the letters of a step. A new day due is another step, so its letters are others."""
    due = day(commitment.due_on)
    subject, opening = _SUBJECTS[stage].format(due=due), _OPENINGS[stage].format(due=due)
    key = f"{stage.value}:{commitment.due_on}"
    if commitment.owner is None:
        opening += "\n\nNobody is put down as its owner. A clerk can do so on its page."
    for person in people:
        if person.pk == commitment.owner_id:
            _to_owner(commitment, key=key, subject=subject, opening=opening)
        else:
            _to([person], commitment, key=key, subject=subject, opening=opening)
