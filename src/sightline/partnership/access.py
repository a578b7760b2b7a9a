"""Asks the table of rights on behalf of the rest: may this account do that to this record?"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, F, Func, Q, QuerySet
from django.utils import timezone

from sightline.kernel.errors import SightlineError
from sightline.kernel.publication import Publication
from sightline.partnership import seeing
from sightline.partnership.domain import rights
from sightline.partnership.domain.rights import HeldRole, RoleKind
from sightline.partnership.models import Council, Person, PublishedRecord, Role, User

ACT_FOR_OTHERS = "partnership.act_for_others"

Account = User | AnonymousUser
RecordType = TypeVar("RecordType", bound=PublishedRecord)


class Refused(SightlineError, PermissionDenied):
    """Somebody may not do what they tried to; the message says why.

    action: the line of the table of rights that was asked for.
    council_code: for whose records (GSS code; empty: the partnership's).
    account: who tried; None where that is the one of the request.
    """

    def __init__(
        self, message: str, *, action: str = "", council_code: str = "", account: Account | None = None
    ) -> None:
        self.action = action
        self.council_code = council_code
        self.account = account
        super().__init__(message)


def roles_of(account: Account) -> tuple[HeldRole, ...]:
    """Every role of the person behind an account, past ones too; read once for each request's account object."""
    if not account.is_authenticated or not account.is_active:
        return ()
    if account.held_roles is None:
        # The person is mostly read with the account; then the roles are found without asking whose they are.
        person = account._state.fields_cache.get("person")
        held_by = (
            Role.objects.filter(person=person) if person is not None else Role.objects.filter(person__user=account.pk)
        )
        rows = list(held_by.values_list("kind", "council__gss_code", "council", "started_on", "ended_on"))
        account.held_roles = tuple(
            HeldRole(RoleKind(kind), gss_code, started_on, ended_on) for kind, gss_code, _, started_on, ended_on in rows
        )
        account.council_keys = {gss_code: key for _, gss_code, key, *_ in rows if gss_code}
    return account.held_roles


def held(roles: Iterable[Role]) -> tuple[HeldRole, ...]:
    """Rows of roles as the table of rights takes them."""
    return tuple(
        HeldRole(
            kind=RoleKind(role.kind),
            council=role.council.gss_code if role.council else None,
            started_on=role.started_on,
            ended_on=role.ended_on,
        )
        for role in roles
    )


def may(account: Account, action: str, *, council: Council | None) -> bool:
    """Whether an account may do ``action`` to a record of ``council`` (None: the partnership's) today."""
    return rights.may(action, roles_of(account), council=council.gss_code if council else None, on=timezone.localdate())


def may_anywhere(account: Account, action: str) -> bool:
    """Whether an account may do ``action`` to some record at all: what a menu is made from."""
    reach = rights.reach(action, roles_of(account), on=timezone.localdate())
    return reach.partnership or reach.every_council or bool(reach.councils)


def why_not(account: Account, action: str, *, council: Council | None) -> str:
    """One sentence that explains a refusal; empty where there is none."""
    return rights.why_not(
        action,
        roles_of(account),
        council=council.gss_code if council else None,
        council_name=council.name if council else "",
        on=timezone.localdate(),
    )


def require_anywhere(account: Account, action: str) -> None:
    """Refuse unless an account may do ``action`` to some record at all: what a page that leads to others asks.

    Raises:
        Refused: it may do so to none, with the reason.
    """
    if reason := rights.why_nowhere(action, roles_of(account), on=timezone.localdate()):
        raise Refused(reason, action=action, account=account)


def require_for(
    account: Account,
    action: str,
    *,
    council: Council | None,
    on_behalf_of: Person | None,
    on: datetime.date | None = None,
) -> None:
    """Refuse unless an account may do ``action`` itself, or may enter it for somebody who may.

    on_behalf_of: whose act it is; None where it is the account's own.
    on: the day of the act, on which that person must have been allowed it; today where it is left out.

    Raises:
        Refused: the account may not; or may not act for others there; or that person may not do this.
    """
    if on_behalf_of is None or on_behalf_of == getattr(account, "person", None):
        require(account, action, council=council)
        return
    require(account, ACT_FOR_OTHERS, council=council)
    gss_code = council.gss_code if council else None
    day = on or timezone.localdate()
    if not rights.may(action, held(on_behalf_of.roles.select_related("council")), council=gss_code, on=day):
        says = rights.right_for(action).says
        whose = council.name if council else "the partnership"
        raise Refused(
            f"{on_behalf_of.name} may not {says} for {whose}, so nobody can do it on their behalf.",
            action=action,
            council_code=gss_code or "",
            account=account,
        )


def require(account: Account, action: str, *, council: Council | None) -> None:
    """Refuse unless an account may do ``action`` to a record of ``council``.

    Raises:
        Refused: it may not, with the reason.
    """
    if reason := why_not(account, action, council=council):
        raise Refused(reason, action=action, council_code=council.gss_code if council else "", account=account)


def require_over_person(account: Account, action: str, other: User) -> None:
    """Refuse unless an account may do ``action`` at every council where the owner of another account has a role.

    Raises:
        Refused: it may not at one of them, with the reason.
    """
    person = getattr(other, "person", None)
    roles = person.roles.select_related("council") if person else ()
    for council in {role.council for role in roles} or {None}:
        require(account, action, council=council)


def visible(account: Account, records: QuerySet[RecordType]) -> QuerySet[RecordType]:
    """Those of ``records`` that an account may see: a filter, so that a list needs no further query."""
    return records.filter(_seen(account, records.model.exempt_seen_by))


def hidden(account: Account, records: QuerySet[RecordType]) -> QuerySet[RecordType]:
    """Those of ``records`` that an account may not see: few, where nearly all is public, and quicker to leave out."""
    not_public = [Publication.INTERNAL.value, Publication.EXEMPT.value]
    return records.filter(publication__in=not_public).exclude(_seen(account, records.model.exempt_seen_by))


def _seen(account: Account, exempt_seen_by: Iterable[str]) -> Q | Seen:
    """What holds of the records that an account may see; ``exempt_seen_by`` is that of their kind."""
    seeing.looks(account)
    roles = roles_of(account)
    today = timezone.localdate()
    keys: dict[str, int] = getattr(account, "council_keys", {})
    reached = []
    lets_see = ((Publication.INTERNAL, (rights.SEE[Publication.INTERNAL],)), (Publication.EXEMPT, exempt_seen_by))
    for publication, actions in lets_see:
        reaches = [rights.reach(action, roles, on=today) for action in actions]
        partnership = any(reach.partnership for reach in reaches)
        every_council = any(reach.every_council for reach in reaches)
        councils = tuple(sorted({keys[gss_code] for reach in reaches for gss_code in reach.councils}))
        if partnership or every_council or councils:
            reached.append((publication, partnership, every_council, councils))
    return Seen(tuple(reached)) if reached else Q(publication=Publication.PUBLIC.value)


class Seen(Func):
    """Whether a record is public or, by its publication, of those that a right reaches.

    A case, not an "or": a database that looks up each part of an "or" by itself sorts the whole list afterwards, where
    it could have read its newest rows in order and asked each. Written by itself, since every list asks for it: put
    together from Django's own conditions it takes three times as long.

    reached: for each publication whether the partnership's own are reached, whether every council's, and whose else.
    """

    output_field = BooleanField()

    def __init__(self, reached: tuple[tuple[Publication, bool, bool, tuple[int, ...]], ...]) -> None:
        super().__init__(F("publication"), F("council"))
        self.reached = reached

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """Nothing in it comes from outside: words of ours, and numbers."""
        publication, council = (compiler.compile(one)[0] for one in self.source_expressions)
        cases = [f"WHEN '{Publication.PUBLIC.value}' THEN TRUE"]
        for state, partnership, every_council, councils in self.reached:
            whose = []
            if partnership:
                whose.append(f"{council} IS NULL")
            if every_council:
                whose.append(f"{council} IS NOT NULL")
            elif councils:
                whose.append(f"{council} IN ({', '.join(map(str, councils))})")
            then = "TRUE" if partnership and every_council else f"({' OR '.join(whose)})"
            cases.append(f"WHEN '{state.value}' THEN {then}")
        return f"CASE {publication} {' '.join(cases)} ELSE FALSE END", []


def councils_reached(account: Account, action: str) -> list[int]:
    """The keys of the councils to whose records an account may do ``action``."""
    reach = rights.reach(action, roles_of(account), on=timezone.localdate())
    if reach.every_council:
        return list(Council.objects.order_by("pk").values_list("pk", flat=True))
    keys: dict[str, int] = getattr(account, "council_keys", {})
    return sorted(keys[gss_code] for gss_code in reach.councils)


def reaches(account: Account, action: str, field: str = "council") -> Q:
    """The records to which an account may do ``action``: a filter, where ``field`` names their council."""
    reach = rights.reach(action, roles_of(account), on=timezone.localdate())
    whose = Q(pk__in=[])
    if reach.partnership:
        whose |= Q(**{f"{field}__isnull": True})
    if reach.every_council:
        whose |= Q(**{f"{field}__isnull": False})
    elif reach.councils:
        whose |= Q(**{f"{field}__gss_code__in": reach.councils})
    return whose


def seats_of(account: Account, on: datetime.date) -> list[int]:
    """The numbers of the bodies on which the person behind an account sits on a day, joint ones of their panels too."""
    person = getattr(account, "person", None)
    if person is None:
        return []
    held = person.roles.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=on), started_on__lte=on, body__isnull=False)
    return [number for pair in held.values_list("body", "body__joint_bodies") for number in pair if number is not None]
