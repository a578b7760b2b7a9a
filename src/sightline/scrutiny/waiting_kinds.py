"""What of scrutiny waits for somebody: commitments of their own, claims to check, what is late, minutes to look at."""

from __future__ import annotations

import datetime

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from sightline.kernel.publication import Publication
from sightline.partnership import access
from sightline.partnership.models import User
from sightline.partnership.waiting import MOST_SHOWN, Found, Item, Waits, register
from sightline.scrutiny import desk_queries, queries
from sightline.scrutiny.commitment_rights import CHECK, KEEP
from sightline.scrutiny.domain.commitments import CommitmentState
from sightline.scrutiny.domain.escalation import Stage
from sightline.scrutiny.domain.matching import LinkState
from sightline.scrutiny.escalating import WAITING
from sightline.scrutiny.link_actions import SETTLE
from sightline.scrutiny.models import Commitment, EscalationStep, Link, MinuteUpload, Recommendation, Referral
from sightline.scrutiny.models.passages import GONE_STATES
from sightline.scrutiny.referral_actions import DECIDE
from sightline.scrutiny.referral_queries import OPEN


def _found(commitments: QuerySet[Commitment], on: datetime.date) -> Found:
    ordered = commitments.select_related("council").order_by(F("due_on").asc(nulls_last=True), "pk")
    return Found(commitments.count(), [_item(one, on) for one in ordered[:MOST_SHOWN]])


def _item(commitment: Commitment, on: datetime.date) -> Item:
    late = commitment.due_on is not None and commitment.due_on < on and commitment.standing.waits_for_owner
    due = _day(commitment.due_on) if commitment.due_on else ""
    says = [f"was due on {due}" if late else f"due on {due}" if due else "no day yet"]
    if commitment.standing is not CommitmentState.OPEN:
        says.insert(0, commitment.standing.label.lower())
    return Item(
        title=f"{commitment.reference}: {_short(commitment.heading)}",
        address=commitment.get_absolute_url(),
        says=", ".join(says),
        due_on=commitment.due_on,
        late=late,
        council=commitment.council,
    )


def _short(text: str) -> str:
    return text if len(text) <= 160 else text[:159].rsplit(" ", 1)[0] + " …"


def own(account: User, on: datetime.date) -> Found:
    """Commitments that are an account's own to do."""
    return _found(Commitment.objects.filter(owner__user=account, state__in=WAITING), on)


def to_check(account: User, on: datetime.date) -> Found:
    """What is claimed done, for the clerk of the body that asked and for those who sit on it."""
    seats = access.seats_of(account, on)
    mine = access.reaches(account, KEEP) | (access.reaches(account, CHECK) & Q(asked_by__in=seats))
    claimed = Commitment.objects.filter(mine, state=CommitmentState.CLAIMED.value).exclude(owner__user=account)
    return _found(access.visible(account, claimed), on)


def brought_up(account: User, on: datetime.date) -> Found:
    """What is late and was brought to somebody by the schedule, as portfolio holder or as one of the panel."""
    person = getattr(account, "person", None)
    if person is None:
        return Found(0, [])
    higher = [Stage.PORTFOLIO_HOLDER.value, Stage.PANEL.value]
    # From what was brought to them, which is little, and not from all that is late.
    brought = EscalationStep.objects.filter(told=person, stage__in=higher, due_on=F("commitment__due_on"))
    late = Commitment.objects.filter(pk__in=brought.order_by().values("commitment"), state__in=WAITING, due_on__lt=on)
    return _found(access.visible(account, late.exclude(owner=person)), on)


def nobodys(account: User, on: datetime.date) -> Found:
    """Commitments that nobody owns, or that have no day, for whoever can give them one."""
    lacking = Commitment.objects.filter(
        access.reaches(account, KEEP), Q(owner__isnull=True) | Q(due_on__isnull=True), state__in=WAITING
    )
    return _found(access.visible(account, lacking), on)


def uploads(account: User, _on: datetime.date) -> Found:
    """Files that were read and wait to be checked."""
    read = queries.uploads(account).filter(state=MinuteUpload.State.READ).order_by("uploaded_at")
    items = [
        Item(
            title=f"{one.attachment.name}, {one.body.name}",
            address=one.get_absolute_url(),
            says="read, ready to be checked",
            council=one.body.council,
        )
        for one in read[:MOST_SHOWN]
    ]
    return Found(read.count(), items)


def at_the_desk(account: User, _on: datetime.date) -> Found:
    """Minutes in which something that was read waits to be confirmed."""
    minutes = desk_queries.minutes_with_something_left(account)
    items = [
        Item(
            title=str(one),
            address=reverse("minute-desk", args=[one.pk]),
            says=f"{left} passage{'' if left == 1 else 's'} to confirm",
            council=one.council,
        )
        for one in minutes[:MOST_SHOWN]
        for left in [getattr(one, "left")]  # noqa: B009  (the query adds it)
    ]
    return Found(minutes.count(), items)


def links_to_settle(account: User, _on: datetime.date) -> Found:
    """Minutes that may deal with recommendations, until a clerk has said whether they do."""
    proposed = Link.objects.filter(state=LinkState.PROPOSED.value).exclude(passage__state__in=GONE_STATES)
    of = proposed.filter(passage__item__minute=OuterRef("pk")).order_by()
    counted = of.values("passage__item__minute").annotate(many=Count("pk")).values("many")
    minutes = (
        queries.minutes(account)
        .filter(access.reaches(account, SETTLE), pk__in=proposed.order_by().values("passage__item__minute"))
        .defer("text")
        .annotate(many=Subquery(counted))
        .filter(many__gt=0)
        .order_by("meeting__held_on", "pk")
    )
    items = [
        Item(
            title=str(one),
            address=reverse("minute-links", args=[one.pk]),
            says=f"{one.many} to settle",
            council=one.council,
        )
        for one in minutes[:MOST_SHOWN]
    ]
    return Found(minutes.count(), items)


def decisions_owed(account: User, on: datetime.date) -> Found:
    """Recommendations on which an account's own council owes a decision, the longest overdue first."""
    hidden = access.hidden(account, Recommendation.objects.all())
    # Named by their publication as well: the index in which they stand together begins with it.
    withdrawn = Recommendation.objects.filter(publication__in=list(Publication), withdrawn_at__isnull=False)
    owed = (
        Referral.objects.filter(council__in=access.councils_reached(account, DECIDE), state__in=OPEN)
        .exclude(recommendation__in=hidden)
        .exclude(recommendation__in=withdrawn)
    )
    first = list(owed.order_by("due_on", "pk").values_list("pk", flat=True)[:MOST_SHOWN])
    ordered = Referral.objects.filter(pk__in=first).select_related("council", "recommendation")
    items = [
        Item(
            title=f"{one.recommendation.reference}: {_short(one.recommendation.heading)}",
            address=one.get_absolute_url(),
            says=f"{one.get_state_display().lower()}, {'was due' if one.due_on < on else 'due'} on {_day(one.due_on)}",
            due_on=one.due_on,
            late=one.due_on < on,
            council=one.council,
        )
        for one in ordered.order_by("due_on", "pk")
    ]
    return Found(owed.count(), items)


def _day(day: datetime.date) -> str:
    return f"{day.day} {day:%B %Y}"


def register_all() -> None:
    register(Waits("Commitments that are yours to do", own))
    register(Waits("Claimed done, for you to check", to_check))
    register(Waits("Late, and brought to you", brought_up))
    register(Waits("Decisions that your council owes", decisions_owed))
    register(Waits("Commitments without an owner or a day", nobodys, more="/commitments/?owner=nobody"))
    register(Waits("Minutes to check", uploads, more="/minutes/uploads/"))
    register(Waits("Minutes with something to confirm", at_the_desk, more="/minutes/desk/"))
    register(Waits("Minutes that may deal with recommendations", links_to_settle))
