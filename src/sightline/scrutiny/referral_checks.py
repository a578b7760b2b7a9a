"""What cannot be put on record of a referral or a recommendation, each with its sentence and its field."""

from __future__ import annotations

import datetime
import re
import unicodedata

from django.utils import timezone

from sightline.kernel.errors import SightlineError
from sightline.partnership import queries as partnership
from sightline.partnership.domain.bodies import BodyKind
from sightline.partnership.models import Body, Council, Person, User
from sightline.scrutiny import referral_queries
from sightline.scrutiny.domain.documents.tidy import tidy
from sightline.scrutiny.models import Minute, Passage, Recommendation, Referral, Withdrawal

LONGEST_WORDS = 10_000


class CannotRefer(SightlineError):
    """Something cannot be recorded of a referral or a recommendation as asked; nothing was kept.

    field: which of the facts is wrong, as the action names it; empty where it is none alone.
    """

    def __init__(self, message: str, field: str = "") -> None:
        self.field = field
        super().__init__(message)


def plainly(words: str, field: str) -> str:
    """What somebody typed, as it is kept: paragraphs, without control characters and what turns or hides text.

    Raises:
        CannotRefer: it is longer than anybody would read.
    """
    kept = unicodedata.normalize("NFC", tidy(words))
    kept = "\n".join(" ".join(line.split()) for line in kept.splitlines())
    kept = re.sub(r"\n{3,}", "\n\n", kept).strip()
    if len(kept) > LONGEST_WORDS:
        raise CannotRefer(
            f"That is {len(kept):,} characters long. Say it in at most {LONGEST_WORDS:,}, and name the document that"
            " says the rest.",
            field,
        )
    return kept


def check_body(referral: Referral, body: Body, *, scrutinises: bool) -> None:
    """Refuse a body of another council, or one that does not do this."""
    council = referral.council
    if body.council_id != council.pk:
        whose = f"a body of {body.council.name}" if body.council else "a body of the partnership"
        raise CannotRefer(
            f"The {body.name} is {whose}: {council.name} considers and decides for itself. Choose one of its bodies.",
            "body",
        )
    kind = BodyKind(body.kind)
    if scrutinises and not kind.scrutinises:
        raise CannotRefer(f"The {body.name} does not scrutinise, so it considers no recommendation.", "body")
    if not scrutinises and not kind.decides:
        raise CannotRefer(
            f"The {body.name} may not decide for {council.name}: a cabinet, an executive board or a full council does.",
            "body",
        )


def check_day(referral: Referral, day: datetime.date, field: str, verb: str) -> None:
    """Refuse a day before it was asked, one that lies ahead, and one after the council's last."""
    asked_on, council = referral.recommendation.asked_on, referral.council
    if day < asked_on:
        raise CannotRefer(
            f"It was asked on {dated(asked_on)}, and cannot have been {verb} before, on {dated(day)}. Check the date.",
            field,
        )
    if day > timezone.localdate():
        raise CannotRefer(f"{dated(day)} lies ahead: enter what was {verb}, once it was. Check the date.", field)
    if not council.exists_on(day):
        raise CannotRefer(
            f"{council.name} ended on {dated(council.ended_on or day)}, and {verb} nothing after it. Check the date.",
            field,
        )


def check_passage(passage: Passage | None, body: Body, day: datetime.date, *, by: User, field: str, verb: str) -> None:
    """Refuse a passage that the account may not see, of another body's minutes, or of a meeting still to come then."""
    if passage is None:
        return
    minute = Minute.objects.select_related("meeting__body").filter(items__passages=passage).first()
    if minute is None or not referral_queries.may_see_minute(by, minute):
        raise CannotRefer("There is no such passage that you may see.", "passage")
    meeting = minute.meeting
    if meeting.body_id != body.pk:
        raise CannotRefer(
            f"That passage stands in the minutes of {meeting.body}, not of {body}. Choose one of the same body.",
            "passage",
        )
    if day < meeting.held_on:
        raise CannotRefer(
            f"The meeting was on {dated(meeting.held_on)}: nothing it {verb} was {verb} before, on {dated(day)}.",
            field,
        )


def check_people(
    council: Council, day: datetime.date, portfolio_holder: Person | None, on_behalf_of: Person | None
) -> None:
    """Refuse somebody who was no portfolio holder of the council on the day."""
    holders = partnership.portfolio_holders(day, council=council)
    for person, field in ((portfolio_holder, "portfolio_holder"), (on_behalf_of, "on_behalf_of")):
        if person is not None and person not in holders:
            raise CannotRefer(f"{person.name} was no portfolio holder of {council.name} on {dated(day)}.", field)


def check_not_withdrawn(recommendation: Recommendation, day: datetime.date, field: str) -> None:
    """Refuse what would have come after the recommendation was withdrawn."""
    withdrawal = Withdrawal.objects.filter(recommendation=recommendation).first()
    if withdrawal is None or (withdrawal.asked_again_on is not None and day >= withdrawal.asked_again_on):
        return
    if day >= withdrawal.withdrawn_on:
        raise CannotRefer(
            f"{withdrawal}, so nothing was left to be asked of this council on {dated(day)}. Check the date.",
            field,
        )


def dated(day: datetime.date) -> str:
    return f"{day.day} {day:%B %Y}"
