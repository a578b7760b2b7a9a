"""What a council's clerks and portfolio holders put on record of its referrals, and clerks of what was asked.

Each council's people write to that council's referrals alone. Nothing is deleted: what is recorded later supersedes
what was recorded before. The same thing sent twice is kept once.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction

from sightline.partnership import access, actions
from sightline.partnership.domain.bodies import BodyKind
from sightline.partnership.models import Body, Person, User
from sightline.partnership.records import keep
from sightline.scrutiny import referral_checks as checks
from sightline.scrutiny import referral_queries
from sightline.scrutiny.domain import clocks
from sightline.scrutiny.domain.referrals import ConsiderationOutcome, DecisionOutcome
from sightline.scrutiny.models import Consideration, Decision, Minute, Passage, Recommendation, Referral, Update
from sightline.scrutiny.referring import hold, refresh, supersede_in_order

CONSIDER = "scrutiny.consider_referral"
DECIDE = "scrutiny.decide_referral"
PUBLISH = "scrutiny.publish_outcome"


@dataclass(frozen=True, slots=True)
class Put:
    """What was put on record. ``new`` is false where it was there already and nothing was changed."""

    record: Consideration | Decision
    new: bool


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
    exempt_paragraph: int | None = None,
) -> Put:
    """Put on record what a council's scrutiny panel made of a recommendation at one meeting.

    A later consideration, or another one of the same day, supersedes it. Internal until published.

    publish: whether everybody may see it at once.
    exempt_paragraph: of Schedule 12A, where it is exempt: only those who may see exempt records read it.

    Raises:
        Refused: the account may not for this council.
        CannotRefer: the body is another council's or does not scrutinise, the day cannot be, or words are missing.
    """
    access.require(by, CONSIDER, council=referral.council)
    comments = checks.plainly(comments, "comments")
    checks.check_body(referral, body, scrutinises=True)
    checks.check_day(referral, considered_on, "considered_on", "considered")
    checks.check_passage(passage, body, considered_on, by=by, field="considered_on", verb="considered")
    if outcome is ConsiderationOutcome.WITH_COMMENTS and not comments:
        raise checks.CannotRefer("Enter the panel's comments: the recommendation was returned with them.", "comments")
    hold(referral.recommendation)
    checks.check_not_withdrawn(referral.recommendation, considered_on, "considered_on")
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
    _show(record, by=by, publish=publish, exempt_paragraph=exempt_paragraph)
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
    exempt_paragraph: int | None = None,
    fact_public: bool = False,
) -> Put:
    """Put on record what a council decided on a recommendation. It stands for no other council's decision.

    A deferral is superseded by the decision that follows it; a wrong record by the one that corrects it, of the same
    day. Internal until published.

    call_in_ends_on: the last day on which it may be called in, where it is another than the installation's rule gives.
    on_behalf_of: the portfolio holder whose decision a clerk enters; both names are kept.
    fact_public: of what is exempt, whether everybody may know that it was decided and when. The response clock stops.

    Raises:
        Refused: the account may not for this council, or the person may not decide there.
        CannotRefer: the body is another council's or does not decide, a day cannot be, or the reason is missing.
    """
    access.require_for(by, DECIDE, council=referral.council, on_behalf_of=on_behalf_of, on=decided_on)
    if on_behalf_of == getattr(by, "person", None):
        on_behalf_of = None
    reason = checks.plainly(reason, "reason")
    checks.check_body(referral, body, scrutinises=False)
    checks.check_day(referral, decided_on, "decided_on", "decided")
    checks.check_passage(passage, body, decided_on, by=by, field="decided_on", verb="decided")
    checks.check_people(referral.council, decided_on, portfolio_holder, on_behalf_of)
    if outcome.needs_reason and not reason:
        raise checks.CannotRefer(
            f"Enter the reason: scrutiny is owed one where a recommendation is {outcome.in_a_sentence}.", "reason"
        )
    if fact_public:
        _check_fact(outcome, exempt_paragraph)
    ends_on = _call_in(body, outcome, decided_on, call_in_ends_on)
    hold(referral.recommendation)
    checks.check_not_withdrawn(referral.recommendation, decided_on, "decided_on")
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
    _show(record, by=by, publish=publish, exempt_paragraph=exempt_paragraph)
    if exempt_paragraph is not None:
        keep(record, by=by, reason="said whether it may be known to be decided", fact_public=fact_public)
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


def _show(record: Consideration | Decision, *, by: User, publish: bool, exempt_paragraph: int | None) -> None:
    """Publish a record at once, or make it exempt; it stays internal without either."""
    if exempt_paragraph is not None and publish:
        raise checks.CannotRefer("What is exempt is not public. Choose one of the two.", "exempt")
    if exempt_paragraph is not None and record.exempt_paragraph != exempt_paragraph:
        actions.make_exempt(record, by=by, action=PUBLISH, paragraph=exempt_paragraph)
    elif publish:
        actions.publish(record, by=by, action=PUBLISH)


def _check_fact(outcome: DecisionOutcome, exempt_paragraph: int | None) -> None:
    if exempt_paragraph is None:
        raise checks.CannotRefer(
            "Say under which paragraph it is exempt: of anything else everybody sees what was decided, or nothing.",
            "fact_public",
        )
    if not outcome.settles:
        raise checks.CannotRefer(
            "A deferral leaves the council’s answer open, so there is no decision that could be known.",
            "fact_public",
        )


def _publish(records: Iterable[Consideration | Decision | Update], by: User) -> int:
    recommendations: dict[int, Recommendation] = {}
    published = 0
    for record in records:
        assert record.referral is not None, "all of them are of referrals"
        actions.publish(record, by=by, action=PUBLISH)
        published += 1
        recommendations[record.referral.recommendation_id] = record.referral.recommendation
    for recommendation in recommendations.values():
        refresh(recommendation, by=by, reason="published")
    return published


def _call_in(
    body: Body, outcome: DecisionOutcome, decided_on: datetime.date, given: datetime.date | None
) -> datetime.date | None:
    """The last day for a call-in: as given, or by the installation's rule. What is deferred is not carried out, and
    what the full council decides is no decision of the executive: neither is called in."""
    if given is not None:
        if given < decided_on:
            raise checks.CannotRefer(
                "A decision cannot be called in before it was made. Check the date.", "call_in_ends_on"
            )
        return given
    if not outcome.settles or BodyKind(body.kind) is BodyKind.FULL_COUNCIL:
        return None
    return clocks.call_in_ends_on(decided_on, settings.CALL_IN_WORKING_DAYS)


def _as_lookups(facts: Mapping[str, object]) -> dict[str, object]:
    """Facts as a filter takes them: none is asked for by name."""
    return {f"{name}__isnull" if value is None else name: value is None or value for name, value in facts.items()}
