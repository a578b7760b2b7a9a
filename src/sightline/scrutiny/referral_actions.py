"""What a council's clerks and portfolio holders put on record of its referrals, and clerks of what was asked.

Each council's people write to that council's referrals alone. Nothing is deleted: what is recorded later supersedes
what was recorded before. The same thing sent twice is kept once.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from sightline.kernel.errors import SightlineError
from sightline.partnership import access, actions
from sightline.partnership import queries as partnership
from sightline.partnership.domain.bodies import BodyKind
from sightline.partnership.models import Body, Council, Person, User
from sightline.partnership.records import keep
from sightline.scrutiny import referral_queries
from sightline.scrutiny.domain import clocks
from sightline.scrutiny.domain.documents.tidy import tidy
from sightline.scrutiny.domain.referrals import ConsiderationOutcome, DecisionOutcome
from sightline.scrutiny.models import Consideration, Decision, Minute, Passage, Recommendation, Referral, Withdrawal
from sightline.scrutiny.referring import hold, refresh, supersede_in_order

LONGEST_WORDS = 10_000
CONSIDER = "scrutiny.consider_referral"
DECIDE = "scrutiny.decide_referral"
PUBLISH = "scrutiny.publish_outcome"
WITHDRAW = "scrutiny.withdraw_recommendation"


class CannotRefer(SightlineError):
    """Something cannot be recorded of a referral or a recommendation as asked; nothing was kept.

    field: which of the facts is wrong, as the action names it; empty where it is none alone.
    """

    def __init__(self, message: str, field: str = "") -> None:
        self.field = field
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Put:
    """What was put on record. ``new`` is false where it was there already and nothing was changed."""

    record: Consideration | Decision
    new: bool


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


@transaction.atomic
def consider_referral(
    *,
    referral: Referral,
    body: Body,
    outcome: ConsiderationOutcome,
    considered_on: datetime.date,
    by: User,
    comments: str = "",
    passage: Passage | None = None,
    publish: bool = False,
) -> Put:
    """Put on record what a council's scrutiny panel made of a recommendation at one meeting.

    A later consideration, or another one of the same day, supersedes it. Internal until published.

    publish: whether everybody may see it at once.

    Raises:
        Refused: the account may not for this council.
        CannotRefer: the body is another council's or does not scrutinise, the day cannot be, or words are missing.
    """
    access.require(by, CONSIDER, council=referral.council)
    comments = plainly(comments, "comments")
    _check_body(referral, body, scrutinises=True)
    _check_day(referral, considered_on, "considered_on", "considered")
    _check_passage(passage, body, considered_on, by=by, field="considered_on", verb="considered")
    if outcome is ConsiderationOutcome.WITH_COMMENTS and not comments:
        raise CannotRefer("Enter the panel's comments: the recommendation was returned with them.", "comments")
    hold(referral.recommendation)
    _check_not_withdrawn(referral.recommendation, considered_on, "considered_on")
    facts: dict[str, Any] = {
        "body": body,
        "outcome": outcome.value,
        "considered_on": considered_on,
        "comments": comments,
    }
    rows = Consideration.objects.filter(referral=referral)
    there = rows.filter(superseded_by__isnull=True, **facts).first()
    if there is not None:
        if passage is not None and there.passage is None:
            keep(there, by=by, reason="passage named", passage=passage)
        record, new = there, False
    else:
        record = Consideration(referral=referral, council=referral.council, recorded_by=by, passage=passage, **facts)
        new = True
        keep(record, by=by, reason="considered")
        supersede_in_order(list(rows), by=by, reason="superseded by a later one")
    if publish:
        actions.publish(record, by=by, action=PUBLISH)
    refresh(referral.recommendation, by=by, reason="considered")
    return Put(record, new)


@transaction.atomic
def decide_referral(
    *,
    referral: Referral,
    body: Body,
    outcome: DecisionOutcome,
    decided_on: datetime.date,
    by: User,
    reason: str = "",
    portfolio_holder: Person | None = None,
    call_in_ends_on: datetime.date | None = None,
    passage: Passage | None = None,
    on_behalf_of: Person | None = None,
    publish: bool = False,
) -> Put:
    """Put on record what a council decided on a recommendation. It stands for no other council's decision.

    A deferral is superseded by the decision that follows it; a wrong record by the one that corrects it, of the same
    day. Internal until published.

    call_in_ends_on: the last day on which it may be called in, where it is another than the installation's rule gives.
    on_behalf_of: the portfolio holder whose decision a clerk enters; both names are kept.

    Raises:
        Refused: the account may not for this council, or the person may not decide there.
        CannotRefer: the body is another council's or does not decide, a day cannot be, or the reason is missing.
    """
    access.require_for(by, DECIDE, council=referral.council, on_behalf_of=on_behalf_of, on=decided_on)
    if on_behalf_of == getattr(by, "person", None):
        on_behalf_of = None
    reason = plainly(reason, "reason")
    _check_body(referral, body, scrutinises=False)
    _check_day(referral, decided_on, "decided_on", "decided")
    _check_passage(passage, body, decided_on, by=by, field="decided_on", verb="decided")
    _check_people(referral.council, decided_on, portfolio_holder, on_behalf_of)
    if outcome.needs_reason and not reason:
        raise CannotRefer(
            f"Enter the reason: scrutiny is owed one where a recommendation is {outcome.in_a_sentence}.", "reason"
        )
    ends_on = _call_in(body, outcome, decided_on, call_in_ends_on)
    hold(referral.recommendation)
    _check_not_withdrawn(referral.recommendation, decided_on, "decided_on")
    facts: dict[str, Any] = {
        "body": body,
        "outcome": outcome.value,
        "decided_on": decided_on,
        "reason": reason,
        "portfolio_holder": portfolio_holder,
        "call_in_ends_on": ends_on,
        "on_behalf_of": on_behalf_of,
    }
    rows = Decision.objects.filter(referral=referral)
    there = rows.filter(superseded_by__isnull=True, **_as_lookups(facts)).first()
    if there is not None:
        if passage is not None and there.passage is None:
            keep(there, by=by, reason="passage named", passage=passage)
        record, new = there, False
    else:
        record = Decision(referral=referral, council=referral.council, recorded_by=by, passage=passage, **facts)
        new = True
        keep(record, by=by, reason=f"decided: {outcome.in_a_sentence}")
        supersede_in_order(list(rows), by=by, reason="superseded by a later one")
    if publish:
        actions.publish(record, by=by, action=PUBLISH)
    refresh(referral.recommendation, by=by, reason=f"decided: {outcome.in_a_sentence}")
    return Put(record, new)


@transaction.atomic
def publish_outcomes(*, referral: Referral, by: User) -> int:
    """Let everybody see all that is recorded of a council's referral; returns how many records became public.

    Raises:
        Refused: the account may not for this council.
    """
    access.require(by, PUBLISH, council=referral.council)
    return _publish(referral_queries.internal_outcomes([referral]), by)


@transaction.atomic
def publish_resting_on(*, minute: Minute, by: User) -> int:
    """Publish what was recorded from the passages of minutes that are public now, in step with them."""
    outcomes = referral_queries.internal_outcomes_resting_on(minute)
    may = [one for one in outcomes if access.may(by, PUBLISH, council=one.council)]
    return _publish(may, by)


def _publish(records: list[Consideration | Decision], by: User) -> int:
    recommendations: dict[int, Recommendation] = {}
    for record in records:
        actions.publish(record, by=by, action=PUBLISH)
        recommendations[record.referral.recommendation_id] = record.referral.recommendation
    for recommendation in recommendations.values():
        refresh(recommendation, by=by, reason="published")
    return len(records)


@transaction.atomic
def say_purpose(*, recommendation: Recommendation, purpose: str, by: User) -> Recommendation:
    """Say what a recommendation is to achieve, in the clerk's own words; empty takes them back.

    Raises:
        Refused: the account may not for the council of whoever asked.
        CannotRefer: the words are too long.
    """
    access.require(by, "scrutiny.say_purpose", council=recommendation.council)
    keep(recommendation, by=by, reason="purpose said", purpose=plainly(purpose, "purpose"))
    return recommendation


def withdraw_recommendation(
    *, recommendation: Recommendation, withdrawn_on: datetime.date, reason: str, by: User
) -> Withdrawal:
    """Say that scrutiny no longer asks for a recommendation. It stays readable, and so does what councils decided.

    Commitments that were made when it was asked are not touched: `referral_queries.commitments_left_by` names them.

    Raises:
        Refused: the account may not for the council of whoever asked.
        CannotRefer: the reason is missing, the day cannot be, or it was withdrawn otherwise before.
    """
    return _end(recommendation, withdrawn_on=withdrawn_on, reason=reason, by=by, superseded_by=None)


def supersede_recommendation(
    *,
    recommendation: Recommendation,
    superseded_by: Recommendation,
    superseded_on: datetime.date,
    reason: str,
    by: User,
) -> Withdrawal:
    """Say that a later recommendation asks in the place of one. Both stay readable, each leads to the other.

    Raises:
        Refused: as for withdrawing.
        CannotRefer: as for withdrawing; or the other is the same one, older, or itself no longer asked for.
    """
    if superseded_by.pk == recommendation.pk:
        raise CannotRefer("A recommendation cannot take its own place. Give the reference of the later one.", "instead")
    if superseded_by.asked_on < recommendation.asked_on:
        raise CannotRefer(
            f"{superseded_by.reference} was asked earlier, on {_day(superseded_by.asked_on)}. Only a later"
            " recommendation takes the place of this one.",
            "instead",
        )
    if Withdrawal.objects.filter(recommendation=superseded_by).exists():
        raise CannotRefer(
            f"{superseded_by.reference} is itself withdrawn or superseded. Give one that is still asked for.", "instead"
        )
    if superseded_on < superseded_by.asked_on:
        raise CannotRefer(
            f"{superseded_by.reference} was asked on {_day(superseded_by.asked_on)}, and took no other's place before.",
            "withdrawn_on",
        )
    return _end(recommendation, withdrawn_on=superseded_on, reason=reason, by=by, superseded_by=superseded_by)


@transaction.atomic
def _end(
    recommendation: Recommendation,
    *,
    withdrawn_on: datetime.date,
    reason: str,
    by: User,
    superseded_by: Recommendation | None,
) -> Withdrawal:
    access.require(by, WITHDRAW, council=recommendation.council)
    reason = plainly(reason, "reason")
    if not reason:
        raise CannotRefer("Enter the reason: whoever was asked will want to know it.", "reason")
    if withdrawn_on < recommendation.asked_on:
        raise CannotRefer(
            f"It was asked on {_day(recommendation.asked_on)} and cannot have been withdrawn before.", "withdrawn_on"
        )
    if withdrawn_on > timezone.localdate():
        raise CannotRefer(f"{_day(withdrawn_on)} lies ahead. Enter the day of the meeting.", "withdrawn_on")
    hold(recommendation)
    facts: dict[str, Any] = {"withdrawn_on": withdrawn_on, "reason": reason, "superseded_by": superseded_by}
    there = Withdrawal.objects.filter(recommendation=recommendation).first()
    if there is not None:
        if all(getattr(there, name) == value for name, value in facts.items()):
            return there
        raise CannotRefer(f"{there}: {there.reason} It cannot be withdrawn a second time.")
    withdrawal = Withdrawal(recommendation=recommendation, recorded_by=by, **facts)
    keep(withdrawal, by=by, reason="superseded" if superseded_by else "withdrawn")
    refresh(recommendation, by=by, reason="superseded" if superseded_by else "withdrawn")
    return withdrawal


def _check_body(referral: Referral, body: Body, *, scrutinises: bool) -> None:
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


def _check_day(referral: Referral, day: datetime.date, field: str, verb: str) -> None:
    asked_on, council = referral.recommendation.asked_on, referral.council
    if day < asked_on:
        raise CannotRefer(
            f"It was asked on {_day(asked_on)}, and cannot have been {verb} before, on {_day(day)}. Check the date.",
            field,
        )
    if day > timezone.localdate():
        raise CannotRefer(f"{_day(day)} lies ahead: enter what was {verb}, once it was. Check the date.", field)
    if not council.exists_on(day):
        raise CannotRefer(
            f"{council.name} ended on {_day(council.ended_on or day)}, and {verb} nothing after it. Check the date.",
            field,
        )


def _check_passage(passage: Passage | None, body: Body, day: datetime.date, *, by: User, field: str, verb: str) -> None:
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
            f"The meeting was on {_day(meeting.held_on)}: nothing it {verb} was {verb} before, on {_day(day)}.", field
        )


def _check_people(
    council: Council, day: datetime.date, portfolio_holder: Person | None, on_behalf_of: Person | None
) -> None:
    holders = partnership.portfolio_holders(day, council=council)
    for person, field in ((portfolio_holder, "portfolio_holder"), (on_behalf_of, "on_behalf_of")):
        if person is not None and person not in holders:
            raise CannotRefer(f"{person.name} was no portfolio holder of {council.name} on {_day(day)}.", field)


def _check_not_withdrawn(recommendation: Recommendation, day: datetime.date, field: str) -> None:
    withdrawal = Withdrawal.objects.filter(recommendation=recommendation).first()
    if withdrawal is not None and day >= withdrawal.withdrawn_on:
        raise CannotRefer(
            f"{withdrawal}, so nothing was left to be asked of this council on {_day(day)}. Check the date.", field
        )


def _call_in(
    body: Body, outcome: DecisionOutcome, decided_on: datetime.date, given: datetime.date | None
) -> datetime.date | None:
    """The last day for a call-in: as given, or by the installation's rule. What is deferred is not carried out, and
    what the full council decides is no decision of the executive: neither is called in."""
    if given is not None:
        if given < decided_on:
            raise CannotRefer("A decision cannot be called in before it was made. Check the date.", "call_in_ends_on")
        return given
    if not outcome.settles or BodyKind(body.kind) is BodyKind.FULL_COUNCIL:
        return None
    return clocks.call_in_ends_on(decided_on, settings.CALL_IN_WORKING_DAYS)


def _as_lookups(facts: Mapping[str, object]) -> dict[str, object]:
    """Facts as a filter takes them: none is asked for by name."""
    return {f"{name}__isnull" if value is None else name: value is None or value for name, value in facts.items()}


def _day(day: datetime.date) -> str:
    return f"{day.day} {day:%B %Y}"
