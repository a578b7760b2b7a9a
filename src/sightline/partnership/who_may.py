"""What an administrator sees of rights: who may do what at a council or for the partnership, and why not."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from sightline.partnership import access, leaving, queries
from sightline.partnership.domain import rights
from sightline.partnership.domain.rights import IN_ORDER, RIGHTS, HeldRole, Right, RoleKind
from sightline.partnership.models import Council, Person, Role, User

SEE = "partnership.see_rights"


@dataclass(frozen=True, slots=True)
class Row:
    """One right at one place. ``ticks``: for each role of IN_ORDER, whether it allows this there when it is held there.

    also: which other roles reach in from elsewhere, in words; empty for none.
    """

    right: Right
    ticks: tuple[bool, ...]
    also: str


@dataclass(frozen=True, slots=True)
class Holders:
    """Who holds a role at one place today."""

    kind: RoleKind
    roles: list[Role]


def places(account: access.Account) -> list[Council | None]:
    """The councils whose rights an account may look at, and first None for the partnership's where it may."""
    every: list[Council | None] = [None, *queries.councils()]
    return [place for place in every if access.may(account, SEE, council=place)]


def table(place: Council | None) -> list[Row]:
    """Every right as it holds for the records of a council, or of the partnership where ``place`` is None."""
    council = place.gss_code if place else None
    day = timezone.localdate()

    def allows(right: Right, kind: RoleKind, held_for: str | None) -> bool:
        return rights.may(right.action, [HeldRole(kind, held_for, day)], council=council, on=day)

    return [
        Row(
            right,
            tuple(allows(right, kind, council) for kind in IN_ORDER),
            _from_elsewhere(right, place, [kind for kind in IN_ORDER if allows(right, kind, _elsewhere(place))]),
        )
        for right in RIGHTS
    ]


def _elsewhere(place: Council | None) -> str | None:
    """Where roles are held that may reach in: the partnership into a council, any council into the partnership."""
    return None if place else "any council"


def _from_elsewhere(right: Right, place: Council | None, kinds: Sequence[RoleKind]) -> str:
    if right.resident or not kinds:
        return ""
    return "the same roles held for the partnership" if place else "the same roles held for a council"


def holders(place: Council | None, on: datetime.date) -> list[Holders]:
    """Who holds which role for a council, or for the partnership, on a day; staff first, then members."""
    held = (
        Role.objects.filter(council=place, started_on__lte=on)
        .filter(Q(ended_on__isnull=True) | Q(ended_on__gte=on))
        .select_related("person", "title", "body")
        .order_by("person__name", "started_on", "pk")
    )
    every = list(held)
    return [Holders(kind, [role for role in every if role.kind == kind.value]) for kind in IN_ORDER]


def people(account: access.Account) -> QuerySet[Person]:
    """Those with an account, about whom ``account`` may ask why they may not do something.

    They hold, or held, a role at a place that it may look at. Whoever looks at every place may also ask about those who
    never held one.
    """
    seen = places(account)
    whose = Q(roles__council__in=[place for place in seen if place is not None])
    if None in seen:
        whose |= Q(roles__council__isnull=True, roles__isnull=False)
    if len(seen) == queries.councils().count() + 1:
        whose |= Q(roles__isnull=True)
    found = Person.objects.filter(whose, user__isnull=False).select_related("user")
    return found.distinct().order_by("name", "pk")


def person_called(account: access.Account, username: str) -> Person:
    """The person behind an account, for somebody who may ask about them.

    Raises:
        NotKnown: there is none, or ``account`` may not ask about them; both are told alike.
    """
    person = people(account).filter(user__username__iexact=username).first()
    if person is None:
        raise queries.NotKnown(
            f"There is nobody with the account “{username}” at the councils that you look after. Check the spelling."
        )
    return person


def account_looked_after(by: User | None, username: str) -> User:
    """The active account with a user name, for somebody who manages people where its owner holds or held a role.

    by: an administrator; None where it is the operator at the machine.

    Raises:
        Refused: ``by`` manages people nowhere.
        NotKnown: there is no such account, or none that ``by`` looks after; both are told alike.
    """
    if by is not None:
        access.require_anywhere(by, leaving.MANAGE)
        person = Person.objects.filter(user__username__iexact=username).first()
        if person is not None and not leaving.may_see_leaving(person, by):
            raise queries.no_account(username)
    return queries.user_called(username)


def role_looked_after(by: User, number: int) -> Role:
    """The role with a number, for somebody who manages people where it is held.

    Raises:
        Refused: ``by`` manages people nowhere.
        NotKnown: there is no such role, or none that ``by`` looks after; both are told alike.
    """
    access.require_anywhere(by, leaving.MANAGE)
    role = queries.role_numbered(number)
    if not access.may(by, leaving.MANAGE, council=role.council):
        raise queries.no_role(number)
    return role


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a person may do something, and the sentence that says why or why not."""

    allowed: bool
    says: str


def why(person: Person, action: str, council: Council | None) -> Answer:
    """Why somebody may or may not do ``action`` to a record of a council (None: the partnership's) today."""
    account = person.user
    if account is None or not account.is_active:
        return Answer(False, f"{person.name} cannot sign in: the account is closed, or there is none.")
    if refusal := access.why_not(account, action, council=council):
        return Answer(False, refusal)
    gss_code = council.gss_code if council else None
    held = rights.role_that_allows(action, access.roles_of(account), council=gss_code, on=timezone.localdate())
    if held is None:
        return Answer(True, "Everybody may do this, whether signed in or not.")
    where = queries.name_of_place(held.council)
    since = f"{held.started_on.day} {held.started_on:%B %Y}"
    return Answer(
        True, f"{person.name} may do this by the role of {held.kind.in_a_sentence} for {where}, since {since}."
    )
