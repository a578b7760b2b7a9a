"""What of scrutiny waits for somebody: commitments of their own, claims to check, what is late, minutes to look at."""

from __future__ import annotations

import datetime

from django.db.models import F, Q, QuerySet

from sightline.partnership import access
from sightline.partnership.models import User
from sightline.partnership.waiting import MOST_SHOWN, Found, Item, Waits, register
from sightline.scrutiny import queries
from sightline.scrutiny.commitment_rights import CHECK, KEEP
from sightline.scrutiny.domain.commitments import CommitmentState
from sightline.scrutiny.domain.escalation import Stage
from sightline.scrutiny.escalating import WAITING
from sightline.scrutiny.models import Commitment, MinuteUpload


def _found(commitments: QuerySet[Commitment], on: datetime.date) -> Found:
    ordered = commitments.select_related("council").order_by(F("due_on").asc(nulls_last=True), "pk")
    return Found(commitments.count(), [_item(one, on) for one in ordered[:MOST_SHOWN]])


def _item(commitment: Commitment, on: datetime.date) -> Item:
    late = commitment.due_on is not None and commitment.due_on < on and commitment.standing.waits_for_owner
    due = f"{commitment.due_on.day} {commitment.due_on:%B %Y}" if commitment.due_on else ""
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
    late = Commitment.objects.filter(
        state__in=WAITING, due_on__lt=on, steps__told=person, steps__stage__in=higher, steps__due_on=F("due_on")
    ).exclude(owner=person)
    return _found(access.visible(account, late).distinct(), on)


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


def register_all() -> None:
    register(Waits("Commitments that are yours to do", own))
    register(Waits("Claimed done, for you to check", to_check))
    register(Waits("Late, and brought to you", brought_up))
    register(Waits("Commitments without an owner or a day", nobodys, more="/commitments/?owner=nobody"))
    register(Waits("Minutes to check", uploads, more="/minutes/uploads/"))
