"""What pages, letters and other rooms read of commitments. Nothing is shown to an account that may not see it."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from simple_history.utils import get_history_manager_for_model

from sightline.partnership import access
from sightline.partnership import queries as partnership
from sightline.partnership.access import Account
from sightline.partnership.models import Body, Council, Person, RoleTitle
from sightline.scrutiny.domain.commitments import CommitmentState
from sightline.scrutiny.domain.due import Due, suggested
from sightline.scrutiny.domain.escalation import Planned, Stage, plan, stage_reached
from sightline.scrutiny.domain.passages import PassageKind
from sightline.scrutiny.domain.questions import asks
from sightline.scrutiny.domain.referrals import ReferralState
from sightline.scrutiny.escalating import WAITING, taken_for
from sightline.scrutiny.models import (
    Commitment,
    EscalationStep,
    Evidence,
    Meeting,
    Passage,
    Recommendation,
    Referral,
    Update,
)
from sightline.scrutiny.models.passages import GONE_STATES

STEPS = Prefetch("steps", EscalationStep.objects.order_by("on", "pk"))
EVIDENCE = Prefetch(
    "evidence", Evidence.objects.select_related("attachment").defer("attachment__content").order_by("pk")
)


@dataclass(frozen=True, slots=True)
class CommitmentFilter:
    """What a list of commitments is narrowed to.

    late: those whose day has passed on ``on`` and that wait for their owner.
    nobodys: those that no post and no person is put down for.
    """

    council: Council | None = None
    state: CommitmentState | None = None
    owner_title: RoleTitle | None = None
    body: Body | None = None
    late: bool = False
    nobodys: bool = False


def is_late(on: datetime.date) -> Q:
    """The commitments that are late on a day: due before it, and still their owner's to do."""
    return Q(state__in=WAITING, due_on__lt=on)


def commitments(account: Account, on: datetime.date, narrowed: CommitmentFilter | None = None) -> QuerySet[Commitment]:
    """Commitments that an account may see, newest first."""
    found = access.visible(account, Commitment.objects.all())
    if narrowed is not None:
        if narrowed.council is not None:
            found = found.filter(council=narrowed.council)
        if narrowed.state is not None:
            found = found.filter(state=narrowed.state.value)
        if narrowed.owner_title is not None:
            found = found.filter(owner_title=narrowed.owner_title)
        if narrowed.body is not None:
            found = found.filter(asked_by=narrowed.body)
        if narrowed.late:
            found = found.filter(is_late(on))
        if narrowed.nobodys:
            found = found.filter(owner__isnull=True, owner_title__isnull=True)
    return found.select_related("council", "asked_by__council", "owner_title", "owner")


def commitment(account: Account, reference: str) -> Commitment | None:
    """One commitment with its passage and the steps taken; None where there is none that the account may see."""
    return (
        access.visible(account, Commitment.objects.all())
        .select_related(
            "council",
            "asked_by__council",
            "owner_title",
            "owner__user",
            "portfolio_title",
            "passage__item__minute__meeting__body",
        )
        .prefetch_related(STEPS)
        .filter(reference=reference)
        .first()
    )


def updates_of(account: Account, commitment: Commitment) -> list[Update]:
    """The updates of a commitment that an account may see, with their evidence; three queries however many."""
    seen = access.visible(account, Update.objects.filter(commitment=commitment))
    return list(seen.select_related("by").prefetch_related(EVIDENCE).order_by("on", "pk"))


def update(account: Account, number: int) -> Update | None:
    """One update that an account may see; None where there is none."""
    seen = access.visible(account, Update.objects.filter(pk=number))
    return seen.select_related("commitment__council", "council").first()


def evidence(account: Account, number: int) -> Evidence | None:
    """A document shown with an update that an account may see, and whose record it may see too."""
    seen = access.visible(account, Update.objects.all())
    of_commitment = access.visible(account, Commitment.objects.all())
    return (
        Evidence.objects.filter(
            Q(update_shown__commitment__isnull=True) | Q(update_shown__commitment__in=of_commitment),
            pk=number,
            kind=Evidence.Kind.DOCUMENT,
            update_shown__in=seen,
        )
        .select_related("attachment", "update_shown__referral__recommendation")
        .first()
    )


def owner_titles(account: Account) -> list[RoleTitle]:
    """The posts that commitments an account may see are put down for."""
    seen = access.visible(account, Commitment.objects.filter(owner_title__isnull=False)).order_by()
    return partnership.role_titles_numbered(seen.values("owner_title"))


def due_suggested(commitment: Commitment) -> Due | None:
    """The day by which it was promised, as far as the words say it."""
    return suggested(commitment.text, commitment.made_on, next_meeting_after(commitment.asked_by, commitment.made_on))


def next_meeting_after(body: Body, day: datetime.date) -> datetime.date | None:
    """The day of a body's first recorded meeting after a day; None where none is recorded."""
    after = Meeting.objects.filter(body=body, held_on__gt=day).order_by("held_on")
    return after.values_list("held_on", flat=True).first()


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a commitment, or is still to come.

    when: the day; None where it is not known.
    text: what somebody wrote: an update's text, a reason.
    update: the update that it is, with its evidence.
    told: who was told, for those who may see people.
    at: the moment at which it was kept, by which what happened on one day is put in its order.
    """

    when: datetime.date | None
    title: str
    text: str = ""
    update: Update | None = None
    told: Sequence[Person] = ()
    done: bool = True
    at: datetime.datetime | None = None

    @property
    def place(self) -> tuple[datetime.date, float]:
        return self.when or datetime.date.min, self.at.timestamp() if self.at else 0.0


def timeline(account: Account, commitment: Commitment, on: datetime.date, *, with_people: bool) -> list[Event]:
    """What happened to a commitment, oldest first, then the steps that follow if nothing is claimed."""
    body = commitment.asked_by
    events = [Event(commitment.made_on, f"Promised at {body}")]
    events += _changes(commitment, with_people=with_people)
    events += [_told_of(update, commitment, with_people=with_people) for update in updates_of(account, commitment)]
    steps = commitment.steps.prefetch_related("told") if with_people else commitment.steps.all()
    for step in steps:
        told = list(step.told.all()) if with_people else []
        nobody = "" if told or not with_people else "There was nobody to tell."
        events.append(Event(step.on, Stage(step.stage).label, text=nobody, told=told, at=step.taken_at))
    events.sort(key=lambda event: event.place)
    return events + [Event(one.on, one.step.says, done=False) for one in planned(commitment, on) if not one.taken]


def planned(commitment: Commitment, on: datetime.date) -> list[Planned]:
    """The schedule of a commitment: what was taken and what is to come; empty where it has no day, or is over."""
    if commitment.due_on is None or not commitment.standing.waits_for_owner:
        return []
    return plan(commitment.due_on, taken_for(commitment), on)


def reached(commitment: Commitment) -> Stage | None:
    """How high a commitment has gone, for the day on which it is due now."""
    return stage_reached(taken_for(commitment))


def _told_of(update: Update, commitment: Commitment, *, with_people: bool) -> Event:
    who = (
        update.by.name if with_people and update.by else "Its owner" if _is_owners(update, commitment) else "The clerk"
    )
    says = {
        Update.Claims.DONE: f"{who} claims that it is done",
        Update.Claims.PROGRESS: f"{who} says that it has come further",
        Update.Claims.NOTHING: f"{who} says where it is",
    }[Update.Claims(update.claims)]
    way = ", by signed link" if update.way == Update.Way.SIGNED_LINK and with_people else ""
    return Event(update.on, says + way, text=update.text, update=update, at=update.written_at)


def _is_owners(update: Update, commitment: Commitment) -> bool:
    return update.way == Update.Way.SIGNED_LINK or (update.by_id is not None and update.by_id == commitment.owner_id)


_SAYS = {
    CommitmentState.ACCEPTED: "Accepted as done by {body}",
    CommitmentState.RETURNED: "Returned by {body}",
    CommitmentState.WITHDRAWN: "Withdrawn",
    CommitmentState.OPEN: "Opened again",
}


def _changes(commitment: Commitment, *, with_people: bool) -> list[Event]:
    """What its history tells that no other record does: another owner, another day, the asking body's word."""
    rows = list(
        get_history_manager_for_model(Commitment)
        .filter(id=commitment.pk)
        .select_related("owner_title", "owner")
        .order_by("history_date", "history_id")
    )
    events: list[Event] = []
    for before, after in itertools.pairwise(rows):
        at = after.history_date
        when = timezone.localdate(at)
        if after.owner_title_id != before.owner_title_id and after.owner_title is not None:
            events.append(Event(when, f"Put down for the {after.owner_title.title}", at=at))
        if after.owner_id != before.owner_id:
            who = after.owner.name if with_people and after.owner is not None else "Somebody"
            says = f"{who} is put down as its owner" if after.owner_id else "It has no owner any more"
            events.append(Event(when, says, at=at))
        if after.due_on != before.due_on:
            said = f"{after.due_on.day} {after.due_on:%B %Y}" if after.due_on else "no day"
            events.append(Event(when, f"Due: {said}", at=at))
        if after.state != before.state and (stands := _SAYS.get(CommitmentState(after.state))):
            if after.state == CommitmentState.RETURNED and before.state == CommitmentState.ACCEPTED:
                stands = "Opened again"
            day = after.state_on or when
            events.append(Event(day, stands.format(body=commitment.asked_by), text=after.state_reason, at=at))
    return events


@dataclass(frozen=True, slots=True)
class Brief:
    """What a body's chair reads before a meeting.

    since: the day of the last recorded meeting; None where there was none.
    unanswered, remarks: points raised then to which no response is recorded, those that ask apart from the others.
    late, due, claimed: commitments that are late; that fall due within a month; that wait to be checked.
    nobodys: commitments without an owner or a day.
    referrals: recommendations that wait for this body.
    """

    since: Meeting | None
    unanswered: list[Passage]
    remarks: list[Passage]
    late: list[Commitment]
    due: list[Commitment]
    claimed: list[Commitment]
    nobodys: list[Commitment]
    referrals: list[Referral]


SOON = datetime.timedelta(days=31)
BRIEF_LISTS = 100


def brief(account: Account, body: Body, on: datetime.date) -> Brief:
    """The brief of a body on a day, of what an account may see; the same few queries however much there is."""
    last = access.visible(account, Meeting.objects.filter(body=body, held_on__lt=on)).order_by("-held_on").first()
    own = (
        access.visible(account, Commitment.objects.filter(asked_by=body))
        .exclude(state__in=[state.value for state in CommitmentState if state.is_over])
        .select_related("owner_title", "owner", "council")
        .prefetch_related(STEPS)
        .order_by("due_on", "pk")
    )
    open_ones = own.filter(state__in=WAITING)
    points = unanswered_since(account, last) if last else []
    return Brief(
        since=last,
        unanswered=[point for point in points if asks(point.text)],
        remarks=[point for point in points if not asks(point.text)],
        late=list(own.filter(is_late(on))[:BRIEF_LISTS]),
        due=list(open_ones.filter(due_on__range=(on, on + SOON))[:BRIEF_LISTS]),
        claimed=list(own.filter(state=CommitmentState.CLAIMED.value)[:BRIEF_LISTS]),
        nobodys=list(open_ones.filter(Q(owner__isnull=True) | Q(due_on__isnull=True))[:BRIEF_LISTS]),
        referrals=_referrals_before(account, body),
    )


def unanswered_since(account: Account, meeting: Meeting) -> list[Passage]:
    """The points of a meeting's minutes to which no response is recorded, in the order of the text."""
    minutes = access.visible(account, meeting.minutes.all())
    live = Passage.objects.exclude(state__in=GONE_STATES)
    answers = live.filter(parent=OuterRef("pk"), kind=PassageKind.RESPONSE.value)
    points = live.filter(item__minute__in=minutes, kind=PassageKind.POINT.value)
    return list(
        points.filter(~Exists(answers)).select_related("item__minute").order_by("item__minute", "start")[:BRIEF_LISTS]
    )


def _referrals_before(account: Account, body: Body) -> list[Referral]:
    """What waits for a body: to be considered by it, or to be decided by it."""
    waits = Q(pk__in=[])
    if body.considers_for_id is not None:
        waits |= Q(council_id=body.considers_for_id, state=ReferralState.WAITING.value)
    if body.decides_for_id is not None:
        waiting = [ReferralState.WAITING.value, ReferralState.CONSIDERED.value, ReferralState.DEFERRED.value]
        waits |= Q(council_id=body.decides_for_id, state__in=waiting)
    seen = access.visible(account, Recommendation.objects.all())
    found = Referral.objects.filter(waits, recommendation__in=seen).select_related("recommendation", "council")
    return list(found.order_by("recommendation__asked_on", "recommendation__pk")[:BRIEF_LISTS])
