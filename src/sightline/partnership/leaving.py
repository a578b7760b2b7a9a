"""Somebody leaves: their roles end, their account closes, and what waits for them goes to somebody else, in one go."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from sightline.kernel.errors import SightlineError
from sightline.partnership import access, group_roles, open_items, people, sessions
from sightline.partnership.models import Council, Person, Role, User
from sightline.partnership.records import keep

MANAGE = "partnership.manage_people"


class CannotHandOver(SightlineError):
    """What waits for a person cannot be given to somebody; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Left:
    """What was done when somebody left."""

    roles: int
    items: int
    closed: bool


def roles_to_end(person: Person, by: User) -> list[Role]:
    """The roles that a person holds today or later, and that an administrator may end."""
    today = timezone.localdate()
    held = person.roles.select_related("council", "title").filter(Q(ended_on__isnull=True) | Q(ended_on__gte=today))
    return [role for role in held if access.may(by, MANAGE, council=role.council)]


def may_see_leaving(person: Person, by: User) -> bool:
    """Whether an administrator may see what waits for a person: who manages people where they hold or held a role."""
    councils: set[Council | None] = {role.council for role in person.roles.select_related("council")}
    return any(access.may(by, MANAGE, council=council) for council in councils or {None})


def takers(person: Person, by: User) -> list[User]:
    """The accounts to which everything that waits for a person could be given."""
    waiting = open_items.waiting_for(person)
    others = User.objects.filter(is_active=True, person__isnull=False).exclude(person=person)
    return [
        user
        for user in others.select_related("person").order_by("person__name")
        if all(kind.may_take(user, item) for kind, items in waiting for item in items)
    ]


@transaction.atomic
def leave(*, person: Person, at_once: bool, take_over: User | None, by: User) -> Left:
    """End the roles of a person that ``by`` may end, and hand over what waits for them.

    at_once: the roles end now and, where none is left, the account closes; otherwise today is their last day.
    take_over: who gets what waits; None where nothing does, or where it stays.

    Raises:
        Refused: the account manages people at none of the councils concerned, or not at one whose record is handed on.
        CannotKeepPerson: nobody would be left who may manage people.
        CannotHandOver: somebody may not do what is left to do.
    """
    if not may_see_leaving(person, by):
        access.require(by, MANAGE, council=None)
    today = timezone.localdate()
    # Handed over first: when the roles have ended, nobody could say any more where the things belong.
    items = _hand_over(person, take_over, by) if take_over is not None else 0
    roles = roles_to_end(person, by)
    for role in roles:
        people.refuse_to_lose_the_last_administrator(role)
        if at_once:
            group_roles.end_now(role, by=by, reason="left")
        elif role.ended_on != today:
            people.end_role(role=role, ended_on=max(today, role.started_on), by=by)
    closed = at_once and person.user is not None and _close(person, today, by)
    return Left(roles=len(roles), items=items, closed=closed)


def _hand_over(person: Person, receiver: User, by: User) -> int:
    count = 0
    for kind, items in open_items.waiting_for(person):
        for item in items:
            access.require(by, MANAGE, council=item.council)
            if receiver.pk == person.user_id or not kind.may_take(receiver, item):
                whose = item.council.name if item.council else "the partnership"
                raise CannotHandOver(
                    f"{receiver.get_full_name()} may not do what is left to do with “{item.title}” of {whose}. Choose"
                    " somebody with the role for it."
                )
            kind.hand_over(item, receiver, by)
            count += 1
    return count


def _close(person: Person, today: datetime.date, by: User) -> bool:
    """Close the account of somebody who holds no role any more, and end its sessions."""
    account = person.user
    assert account is not None
    if person.roles.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=today)).exists() or not account.is_active:
        return False
    sessions.end_sessions(account, by=by, reason="sessions ended, since its owner left")
    keep(account, by=by, reason="closed, since its owner left", is_active=False)
    return True
