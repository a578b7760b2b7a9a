"""What pages, feeds and other contexts read of referrals. What is internal to one council is seen by that council's."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain

from django.db.models import Case, CharField, Exists, F, OuterRef, Prefetch, Q, QuerySet, When
from django.urls import reverse
from django.utils import timezone

from sightline.kernel.publication import Publication
from sightline.partnership import access
from sightline.partnership import queries as partnership
from sightline.partnership.access import Account
from sightline.partnership.domain import rights
from sightline.partnership.models import Body, Council
from sightline.scrutiny.domain import referrals
from sightline.scrutiny.domain.commitments import CommitmentState
from sightline.scrutiny.domain.passages import PassageKind
from sightline.scrutiny.domain.referrals import OPEN_STATES, UNDER_WAY, ReferralState, Standing
from sightline.scrutiny.exempt_sessions import DecidedInSession, day_in_session, decided_in_session
from sightline.scrutiny.models import (
    Commitment,
    Consideration,
    Decision,
    Link,
    Minute,
    Passage,
    Recommendation,
    Referral,
    Update,
    Withdrawal,
)
from sightline.scrutiny.models.passages import GONE_STATES

OPEN = sorted(state.value for state in OPEN_STATES)


def seen_of(account: Account) -> rights.Reach:
    """Of which councils an account sees what is internal."""
    return rights.reach(rights.SEE[Publication.INTERNAL], access.roles_of(account), on=timezone.localdate())


def state_seen(account: Account) -> Case | F:
    """Where a referral stands, for an account: with what is internal for those who may see it of that council."""
    reach = seen_of(account)
    if reach.every_council:
        return F("state")
    if not reach.councils:
        return F("public_state")
    mine = When(council__gss_code__in=sorted(reach.councils), then=F("state"))
    return Case(mine, default=F("public_state"), output_field=CharField())


def referrals_seen(account: Account) -> QuerySet[Referral]:
    """Referrals with their council, each with ``seen_state``; whoever asks has asked for their recommendations."""
    return Referral.objects.annotate(seen_state=state_seen(account)).select_related("council").order_by("council__name")


@dataclass(frozen=True, slots=True)
class Course:
    """One council's referral with all that an account may see of it, in the order in which it happened.

    in_session: the decisions of which it may know only that they were taken.
    """

    referral: Referral
    considerations: list[Consideration]
    decisions: list[Decision]
    updates: list[Update]
    in_session: list[DecidedInSession]
    state: ReferralState
    late_by_days: int
    is_slowest: bool = False
    may: frozenset[str] = field(default_factory=frozenset)
    unpublished: int = 0
    sees_names: bool = False

    @property
    def council(self) -> Council:
        return self.referral.council

    @property
    def holding(self) -> Decision | None:
        """The decision that holds, of those that may be seen; None where there is none."""
        return max(self.decisions, key=lambda one: one.taken.place, default=None)

    @property
    def is_under_way(self) -> bool:
        """Whether the council has said yes, so that there is something to tell of carrying it out."""
        return self.state in UNDER_WAY

    @property
    def call_in_ends_on(self) -> datetime.date | None:
        return self.holding.call_in_ends_on if self.holding else None

    @property
    def standing(self) -> Standing:
        """As it is set beside the others."""
        days = [one.decided_on for one in self.decisions] + [one.on for one in self.in_session]
        settled = None if self.state.is_open else max(days, default=None)
        return Standing(self.council.name, self.state, self.referral.referred_on, self.referral.due_on, settled)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The councils' courses beside each other, and what the comparison says."""

    courses: list[Course]
    diverges: bool
    decided: str
    slowest: list[Standing]
    today: datetime.date

    @property
    def slowest_says(self) -> str:
        """How long the slowest took, or have been taking."""
        one = self.slowest[0]
        days = one.days_taken(self.today)
        told = f"{days} day{'' if days == 1 else 's'}"
        return f"which took {told}" if one.decided_on else f"without a decision after {told}"


MAY = (
    "scrutiny.consider_referral",
    "scrutiny.decide_referral",
    "scrutiny.update_referral",
    "scrutiny.publish_outcome",
)


def side_by_side(account: Account, recommendation: Recommendation) -> SideBySide:
    """How a recommendation goes through each council; a number of queries that does not grow with them."""
    today = timezone.localdate()
    found = list(referrals_seen(account).filter(recommendation=recommendation).select_related("recommendation"))
    considerations = _of(access.visible(account, Consideration.objects.filter(referral__in=found)))
    decisions = _of(
        access.visible(account, Decision.objects.filter(referral__in=found)).select_related(
            "portfolio_holder", "on_behalf_of", "recorded_by__person"
        )
    )
    in_session = decided_in_session(referral__in=found)
    updates: dict[int, list[Update]] = {}
    for update in (
        access.visible(account, Update.objects.filter(referral__in=found))
        .select_related("by")
        .prefetch_related("evidence")
        .order_by("on", "pk")
    ):
        updates.setdefault(update.referral_id or 0, []).append(update)
    _lead_to_minutes(account, [*chain(*considerations.values()), *chain(*decisions.values())])
    courses = []
    for referral in found:
        decided = decisions.get(referral.pk, [])
        state = referral.seen
        if any(one.is_exempt for one in chain(considerations.get(referral.pk, []), decided)):
            state = _state_with_exempt(recommendation, decided)
        mine = [*chain(*(kept.get(referral.pk, []) for kept in (considerations, decisions, updates)))]
        courses.append(
            Course(
                referral=referral,
                considerations=considerations.get(referral.pk, []),
                decisions=decisions.get(referral.pk, []),
                updates=updates.get(referral.pk, []),
                in_session=unseen(in_session.get(referral.pk, []), decided),
                state=state,
                late_by_days=referrals.late_by_days(state, referral.due_on, today),
                may=frozenset(
                    action.partition(".")[2] for action in MAY if access.may(account, action, council=referral.council)
                ),
                sees_names=access.may(account, rights.SEE[Publication.INTERNAL], council=referral.council),
                unpublished=sum(one.publication == Publication.INTERNAL.value for one in mine),
            )
        )
    states = [course.state for course in courses]
    slowest = referrals.slowest((course.standing for course in courses), today)
    return SideBySide(courses, referrals.diverges(states), referrals.in_words(states), slowest, today)


def _state_with_exempt(recommendation: Recommendation, decided: list[Decision]) -> ReferralState:
    """Where a referral stands for somebody who may see what is exempt of it too."""
    withdrawn = recommendation.standing_withdrawal is not None
    return referrals.state_after(True, (one.taken for one in decided), withdrawn)


def unseen(in_session: list[DecidedInSession], seen: Iterable[Decision]) -> list[DecidedInSession]:
    """Those of which somebody who sees certain decisions knows no more than that they were taken."""
    numbers = {one.pk for one in seen}
    return [one for one in in_session if one.number not in numbers]


def _lead_to_minutes(account: Account, rows: Iterable[Consideration | Decision]) -> None:
    """Let each row know where its passage can be read, where the account may see its minutes; one query for all."""
    resting = [row for row in rows if row.passage is not None]
    numbers = {row.passage.item.minute_id for row in resting if row.passage}
    seen = set(access.visible(account, Minute.objects.filter(pk__in=numbers)).values_list("pk", flat=True))
    for row in resting:
        if row.passage and row.passage.item.minute_id in seen:
            row.seen_passage = f"{reverse('minute', args=[row.passage.item.minute_id])}#t-{row.passage_id}"


def _of(rows: QuerySet) -> dict[int, list]:  # type: ignore[type-arg]
    """Rows by their referral, in the order in which they happened."""
    found: dict[int, list] = {}  # type: ignore[type-arg]
    for row in rows.select_related("body", "passage__item__minute__meeting__body"):
        found.setdefault(row.referral_id, []).append(row)
    for of_one in found.values():
        of_one.sort(key=lambda one: one.taken.place)
    return found


def referral(account: Account, reference: str, council_slug: str) -> Referral | None:
    """One council's referral of a recommendation that an account may see; None where there is none."""
    seen = access.visible(account, Recommendation.objects.filter(reference=reference))
    return (
        referrals_seen(account)
        .filter(recommendation__in=seen, council__slug=council_slug)
        .select_related("recommendation__asked_by__council")
        .first()
    )


def withdrawal_of(recommendation: Recommendation) -> Withdrawal | None:
    return (
        Withdrawal.objects.filter(recommendation=recommendation)
        .select_related("superseded_by", "recommendation")
        .first()
    )


def superseded_by(account: Account, recommendation: Recommendation) -> list[Recommendation]:
    """The recommendations in whose place one now asks, of those that an account may see."""
    return list(
        access.visible(
            account,
            Recommendation.objects.filter(
                withdrawal__superseded_by=recommendation, withdrawal__asked_again_on__isnull=True
            ),
        ).order_by("pk")
    )


def commitments_left_by(account: Account, recommendation: Recommendation) -> list[Commitment]:
    """Commitments that were made in the item in which a recommendation was asked and are still open: withdrawing it
    withdraws none of them."""
    item = Passage.objects.filter(recommendation=recommendation).values("item")
    open_states = [state.value for state in CommitmentState if not state.is_over]
    return list(
        access.visible(account, Commitment.objects.filter(passage__item__in=item, state__in=open_states)).order_by("pk")
    )


def no_longer_asked_beside(account: Account, commitment: Commitment) -> list[Recommendation]:
    """The recommendations of the item in which a commitment was made that scrutiny asks for no more."""
    withdrawn = Recommendation.objects.filter(
        passage__item=commitment.passage.item_id,
        withdrawal__isnull=False,
        withdrawal__asked_again_on__isnull=True,
    )
    return list(access.visible(account, withdrawn).select_related("withdrawal").order_by("pk"))


def internal_outcomes(of: Iterable[Referral]) -> list[Consideration | Decision | Update]:
    """What is recorded and told of referrals and not public yet; exempt records stay exempt."""
    numbers = [one.pk for one in of]
    internal = {"referral__in": numbers, "publication": Publication.INTERNAL.value}
    about = ("referral__recommendation", "referral__council", "council")
    return [
        *Consideration.objects.filter(**internal).select_related(*about).order_by("pk"),
        *Decision.objects.filter(**internal).select_related(*about).order_by("pk"),
        *Update.objects.filter(**internal).select_related(*about).order_by("pk"),
    ]


def internal_outcomes_resting_on(minute: Minute) -> list[Consideration | Decision]:
    """The same, of what rests on the passages of a minute."""
    resting = Q(decisions__passage__item__minute=minute) | Q(considerations__passage__item__minute=minute)
    found = Referral.objects.filter(resting).distinct()
    return [
        one
        for one in internal_outcomes(found)
        if not isinstance(one, Update) and one.passage and one.passage.item.minute_id == minute.pk
    ]


def may_see_minute(account: Account, minute: Minute) -> bool:
    return access.visible(account, Minute.objects.filter(pk=minute.pk)).exists()


A_CHOICE = 60


def passages_to_rest_on(account: Account, referral: Referral, kinds: Iterable[str]) -> list[Passage]:
    """The resolutions, newest first, of those of a council's bodies that may have dealt with a referral."""
    minutes = access.visible(
        account,
        Minute.objects.filter(
            meeting__body__council=referral.council,
            meeting__body__kind__in=list(kinds),
            meeting__held_on__gte=referral.recommendation.asked_on,
        ),
    )
    parts = Passage.objects.filter(parent=OuterRef("pk"))
    whole_or_part = Q(kind=PassageKind.PART.value) | (Q(kind=PassageKind.RESOLUTION.value) & ~Exists(parts))
    return list(
        Passage.objects.filter(whole_or_part, item__minute__in=minutes)
        .exclude(state__in=GONE_STATES)
        .exclude(recommendation__isnull=False)
        .select_related("item__minute__meeting__body")
        .order_by("-item__minute__meeting__held_on", "item", "start")[:A_CHOICE]
    )


def bodies_that_may(referral: Referral, *, consider: bool) -> list[Body]:
    """The bodies of a council that may consider (or decide), the one that usually does first."""
    found = [
        body
        for body in partnership.bodies().filter(council=referral.council)
        if (body.scrutinises if consider else body.decides)
    ]
    usual = "considers_for_id" if consider else "decides_for_id"
    return sorted(found, key=lambda body: (getattr(body, usual) != referral.council_id, body.name))


def links_of(minute: Minute) -> QuerySet[Link]:
    """What the passages of a minute may deal with, in the order of the text."""
    return (
        Link.objects.filter(passage__item__minute=minute)
        .exclude(passage__state__in=GONE_STATES)
        .select_related("passage__item", "referral__recommendation", "referral__council", "settled_by__person")
        .order_by("passage__start", "referral__recommendation__pk")
    )


def links_on_record(links: Iterable[Link]) -> dict[int, Consideration | Decision]:
    """What rests on the passage of each link and was recorded of its referral, by the link's number."""
    every = list(links)
    passages = {link.passage_id for link in every}
    found: dict[tuple[int, int | None], Consideration | Decision] = {}
    for model in (Consideration, Decision):
        for one in model.objects.filter(passage__in=passages).select_related("body"):
            found[one.referral_id, one.passage_id] = one
    return {link.pk: found[place] for link in every if (place := (link.referral_id, link.passage_id)) in found}


def links_waiting(minute: Minute) -> int:
    """How many of them a clerk has still to settle: those confirmed too, until what came of them is on record."""
    found = list(links_of(minute))
    on_record = links_on_record(found)
    return sum(link.is_unsettled and link.pk not in on_record for link in found)


def link_to(account: Account, number: int, referral: Referral) -> Link | None:
    """A link to a referral, by its number, whose minute an account may see."""
    return (
        Link.objects.filter(
            pk=number, referral=referral, passage__item__minute__in=access.visible(account, Minute.objects.all())
        )
        .select_related("passage__item__minute__meeting__body")
        .first()
    )


def decisions(account: Account) -> QuerySet[Decision]:
    """Decisions that an account may see on recommendations that it may see, the newest first."""
    return (
        access.visible(account, Decision.objects.all())
        .filter(referral__recommendation__in=_standing(account))
        .select_related("referral__recommendation", "referral__council", "body")
        .order_by("-published_at", "-pk")
    )


def _standing(account: Account) -> QuerySet[Recommendation]:
    """The recommendations that an account may see and that were not read by mistake."""
    return access.visible(account, Recommendation.objects.filter(withdrawn_at__isnull=True))


def with_courses(found: QuerySet[Recommendation], account: Account) -> QuerySet[Recommendation]:
    """Recommendations with their referrals, the outcomes that may be seen of them, and their withdrawal; for tables."""
    seen = referrals_seen(account).annotate(in_session_on=day_in_session())
    seen = seen.prefetch_related(
        Prefetch("considerations", access.visible(account, Consideration.objects.select_related("body"))),
        Prefetch("decisions", access.visible(account, Decision.objects.select_related("body"))),
    )
    return found.prefetch_related(None).prefetch_related(Prefetch("referrals", seen)).select_related("withdrawal")
