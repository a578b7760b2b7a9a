"""The table by which the groups of a council's sign-on give roles, and what it does when somebody signs in."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from contextlib import suppress

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from sightline.kernel.errors import SightlineError
from sightline.partnership import access
from sightline.partnership.domain.rights import RoleKind
from sightline.partnership.domain.seats import CannotSit
from sightline.partnership.models import Council, GroupRole, Person, Role, RoleTitle, User
from sightline.partnership.records import keep

MANAGE = "partnership.manage_people"


class CannotKeepGroupRole(SightlineError):
    """A line of the table cannot be kept as asked; nothing was changed."""


def lines_for(council: Council, groups: Iterable[str]) -> QuerySet[GroupRole]:
    """The lines that give roles to whoever is in ``groups`` of a council's sign-on."""
    return GroupRole.objects.filter(council=council, group__in=list(groups)).select_related("title")


@transaction.atomic
def add(*, council: Council, group: str, kind: RoleKind, title: RoleTitle | None = None, by: User) -> GroupRole:
    """Have a group of a council's sign-on give a role there, from each member's next sign-in on.

    Raises:
        Refused: the account may not manage people there.
        CannotKeepGroupRole: the group has no name, or gives that role already.
    """
    access.require(by, MANAGE, council=council)
    name = group.strip()
    if not name or len(name) > 200:
        raise CannotKeepGroupRole("Give the group's name as the council's sign-on writes it, in at most 200 letters.")
    if GroupRole.objects.filter(council=council, group=name, kind=kind.value).exists():
        raise CannotKeepGroupRole(f"The group “{name}” gives the role of {kind.label.lower()} already.")
    line = GroupRole(council=council, group=name, kind=kind.value, title=title)
    keep(line, by=by, reason="group gives a role")
    return line


@transaction.atomic
def remove(*, line: GroupRole, by: User) -> int:
    """Have a group give a role no more. Roles that it gave end at once; how many is returned.

    Raises:
        Refused: the account may not manage people there.
    """
    access.require(by, MANAGE, council=line.council)
    given = _held_by_group(Role.objects.filter(council=line.council, from_group=line.group, kind=line.kind))
    ended = list(given)
    for role in ended:
        end_now(role, by=by, reason="the group gives this role no more")
    line._history_user = by  # type: ignore[attr-defined]
    line._change_reason = "group gives the role no more"  # type: ignore[attr-defined]
    line.delete()
    return len(ended)


@transaction.atomic
def apply(*, account: User, council: Council, groups: Iterable[str]) -> None:
    """Give the owner of an account what their groups give at a council, and end what a group gave that they have left.

    Touches no role that an administrator gave, and none of another council.
    """
    person, _ = _person_locked(account)
    today = timezone.localdate()
    exists = council.exists_on(today)
    wanted = {(line.group, line.kind, line.title_id): line for line in lines_for(council, groups)} if exists else {}
    for role in _held_by_group(person.roles.filter(council=council)):
        if wanted.pop((role.from_group, role.kind, role.title_id), None) is None:
            end_now(role, by=account, reason="left the group of the council's sign-on")
    for line in wanted.values():
        role = Role(
            person=person,
            kind=line.kind,
            council=council,
            title=line.title,
            started_on=today,
            from_group=line.group,
        )
        # Nobody scrutinises themselves, whatever groups they are in; the sign-in itself goes on.
        with suppress(CannotSit):
            keep(role, by=account, reason="given by a group of the council's sign-on")
    account.held_roles = None


def holds_a_role(account: User) -> bool:
    """Whether the owner of an account holds any role today."""
    today = timezone.localdate()
    return any(role.holds_on(today) for role in access.roles_of(account))


def end_now(role: Role, *, by: User, reason: str) -> None:
    """End a role at once: its last day was yesterday. One that began today was never held for a day and goes;
    its history stays."""
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    if role.started_on <= yesterday:
        keep(role, by=by, reason=reason, ended_on=yesterday)
        return
    role._history_user = by  # type: ignore[attr-defined]
    role._change_reason = reason[:100]  # type: ignore[attr-defined]
    role.delete()


def _held_by_group(roles: QuerySet[Role]) -> QuerySet[Role]:
    today = timezone.localdate()
    return roles.exclude(from_group="").filter(Q(ended_on__isnull=True) | Q(ended_on__gte=today))


def _person_locked(account: User) -> tuple[Person, User]:
    """The person behind an account, while nobody else signs in as the same."""
    locked = User.objects.select_for_update().get(pk=account.pk)
    person: Person | None = getattr(account, "person", None)
    if person is None:
        person = Person(name=account.username, user=account)
        keep(person, by=account, reason="first sign-in by the council's sign-on")
    return person, locked
