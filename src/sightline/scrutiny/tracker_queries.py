"""Fills the tracker report, and what a council decided, with what an account may see."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet

from sightline.partnership import access
from sightline.partnership import queries as partnership
from sightline.partnership.access import Account
from sightline.partnership.models import Body, Council
from sightline.scrutiny import referral_queries
from sightline.scrutiny.domain import referrals
from sightline.scrutiny.domain.commitments import CommitmentState
from sightline.scrutiny.domain.referrals import ReferralState
from sightline.scrutiny.domain.tracker import (
    Asked,
    AtCouncil,
    Outcome,
    Promised,
    Report,
    Told,
    in_order,
    in_words,
    promised_in_order,
)
from sightline.scrutiny.exempt_sessions import DecidedInSession, decided_in_session
from sightline.scrutiny.models import (
    Commitment,
    Consideration,
    Decision,
    Evidence,
    Recommendation,
    Referral,
    Update,
    Withdrawal,
)

# What was settled longer ago than this is left to the public tracker.
SETTLED_WITHIN = datetime.timedelta(days=365)
EVIDENCE = Prefetch(
    "evidence", Evidence.objects.select_related("attachment").defer("attachment__content").order_by("pk")
)


def report(account: Account, body: Body, *, until: datetime.date, made_on: datetime.date) -> Report:
    """The tracker report of a body for a meeting on a day: what it asked and was promised until then, and what has
    happened by then. Commitments stand as they do today. A number of queries that does not grow."""
    whole = partnership.the_partnership()
    return Report(
        partnership=whole.name if whole else "",
        is_invented=bool(whole and whole.is_invented),
        body=str(body),
        until=until,
        made_on=made_on,
        asked=in_order(_asked(account, body, until)),
        promised=promised_in_order(_promised(account, body, until)),
    )


def _asked(account: Account, body: Body, until: datetime.date) -> Iterable[Asked]:
    found = list(
        access.visible(account, Recommendation.objects.filter(asked_by=body, asked_on__lte=until)).prefetch_related(
            Prefetch("referrals", Referral.objects.select_related("council").order_by("council__name"))
        )
    )
    of = {"referral__recommendation__in": found}
    considerations = _by_referral(
        access.visible(account, Consideration.objects.filter(considered_on__lte=until, **of)).select_related("body")
    )
    decisions = _by_referral(
        access.visible(account, Decision.objects.filter(decided_on__lte=until, **of)).select_related("body")
    )
    in_session = decided_in_session(decided_on__lte=until, **of)
    updates = _by_referral(
        access.visible(account, Update.objects.filter(on__lte=until, **of)).prefetch_related(EVIDENCE)
    )
    withdrawals = {
        one.recommendation_id: one
        for one in Withdrawal.objects.filter(recommendation__in=found, withdrawn_on__lte=until)
        if one.asked_again_on is None or one.asked_again_on > until
    }
    for recommendation in found:
        withdrawal = withdrawals.get(recommendation.pk)
        at = tuple(
            _at_council(
                referral,
                considerations[referral.pk],
                decisions[referral.pk],
                referral_queries.unseen(in_session.get(referral.pk, []), decisions[referral.pk]),
                updates[referral.pk],
                withdrawn=withdrawal is not None,
                until=until,
            )
            for referral in recommendation.referrals.all()
        )
        asked = Asked(
            reference=recommendation.reference,
            address=f"{settings.SITE_ADDRESS}{recommendation.get_absolute_url()}",
            text=recommendation.heading,
            asked_on=recommendation.asked_on,
            councils=at,
            withdrawn=f"Withdrawn on {in_words(withdrawal.withdrawn_on)}. {withdrawal.reason}" if withdrawal else "",
        )
        settled = [outcome.on for one in at for outcome in one.decided] + (
            [withdrawal.withdrawn_on] if withdrawal else []
        )
        if asked.is_open or max(settled, default=until) >= until - SETTLED_WITHIN:
            yield asked


def _by_referral(rows: QuerySet[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows.order_by("pk"):
        found[row.referral_id].append(row)
    return found


def _at_council(
    referral: Referral,
    considerations: list[Consideration],
    decisions: list[Decision],
    in_session: list[DecidedInSession],
    updates: list[Update],
    *,
    withdrawn: bool,
    until: datetime.date,
) -> AtCouncil:
    taken = chain((one.taken for one in decisions), (one.taken for one in in_session))
    state = referrals.state_after(bool(considerations), taken, withdrawn)
    return AtCouncil(
        council=referral.council.name,
        state=state.value,
        label=state.label,
        is_open=state.is_open,
        due_on=referral.due_on,
        late_by_days=referrals.late_by_days(state, referral.due_on, until),
        considered=tuple(
            Outcome(one.get_outcome_display(), one.body.name, one.considered_on, one.comments)
            for one in sorted(considerations, key=lambda one: one.taken.place)
        ),
        decided=tuple(
            Outcome(one.get_outcome_display(), one.body.name, one.decided_on, one.reason)
            for one in sorted(decisions, key=lambda one: one.taken.place)
        )
        + tuple(Outcome(ReferralState.DECIDED_EXEMPT.label, one.body, one.on) for one in in_session),
        since=_told(updates),
    )


def _told(updates: Iterable[Update]) -> tuple[Told, ...]:
    return tuple(
        Told(one.on, one.text, tuple(shown.title for shown in one.evidence.all()))
        for one in sorted(updates, key=lambda one: (one.on, one.pk))
    )


def _promised(account: Account, body: Body, until: datetime.date) -> Iterable[Promised]:
    found = list(
        access.visible(account, Commitment.objects.filter(asked_by=body, made_on__lte=until)).select_related(
            "owner_title"
        )
    )
    updates: dict[int | None, list[Update]] = defaultdict(list)
    seen = access.visible(account, Update.objects.filter(commitment__in=found, on__lte=until))
    for update in seen.prefetch_related(EVIDENCE).order_by("on", "pk"):
        updates[update.commitment_id].append(update)
    for one in found:
        state = CommitmentState(one.state)
        if state.is_over and one.state_on is not None and one.state_on < until - SETTLED_WITHIN:
            continue
        late = (until - one.due_on).days if one.due_on and state.waits_for_owner else 0
        yield Promised(
            reference=one.reference,
            address=f"{settings.SITE_ADDRESS}{one.get_absolute_url()}",
            text=one.heading,
            made_on=one.made_on,
            # A report names posts, not people: it is read for years.
            owner=one.owner_title.title if one.owner_title else "",
            due_on=one.due_on,
            state=state.value,
            label=state.label,
            is_over=state.is_over,
            late_by_days=max(0, late),
            since=_told(updates[one.pk]),
        )


def years_of_decisions(account: Account, council: Council) -> list[int]:
    """The years in which something that an account may see was asked of a council, newest first."""
    asked = access.visible(account, Recommendation.objects.filter(referrals__council=council))
    return [day.year for day in asked.order_by().dates("asked_on", "year", order="DESC")]


def tell_of_exempt_sessions(found: Iterable[Referral]) -> None:
    """Let each referral of ``decisions_of`` know ``in_session``: the last decision that was taken in exempt session, as
    far as it is told; one query for all."""
    by_referral = decided_in_session(referral__in=list(found), superseded_by__isnull=True)
    for referral in found:
        referral.in_session = by_referral.get(referral.pk, [])  # type: ignore[attr-defined]


def decisions_of(account: Account, council: Council, year: int | None) -> QuerySet[Referral]:
    """What was asked of a council in a year (None: ever), newest first, each with the decisions that may be seen."""
    seen = access.visible(account, Recommendation.objects.all())
    decided = access.visible(account, Decision.objects.filter(superseded_by__isnull=True)).select_related("body")
    found = (
        referral_queries.referrals_seen(account)
        .filter(council=council, recommendation__in=seen)
        .select_related("recommendation__asked_by__council")
        .prefetch_related(Prefetch("decisions", decided, to_attr="decisions_seen"))
        .order_by("-recommendation__asked_on", "-recommendation_id")
    )
    return found.filter(recommendation__asked_on__year=year) if year else found
