"""Accounts, people and the roles they hold."""

from __future__ import annotations

import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from sightline.kernel.errors import SightlineError
from sightline.partnership import access
from sightline.partnership.domain.file_account import FILE_ACCOUNT
from sightline.partnership.domain.rights import RoleKind
from sightline.partnership.models import Body, Council, Person, Role, RoleTitle, User
from sightline.partnership.records import keep

MANAGE = "partnership.manage_people"


class CannotKeepPerson(SightlineError):
    """An account, person or role cannot be kept as asked; nothing was changed."""


@transaction.atomic
def create_person(*, name: str, by: User, username: str = "", email: str = "", password: str | None = None) -> Person:
    """Add a person; with a ``username``, an account to log in with too. Neither has any right before a role is given.

    password: None for an account whose owner sets the first password by e-mail.

    Raises:
        Refused: the account may manage people nowhere.
        CannotKeepPerson: the user name or e-mail address is taken or malformed, or the password is weak.
    """
    access.require_anywhere(by, MANAGE)
    return _create_person(
        name=name, username=username, email=email, password=password, by=by, reason="added by an administrator"
    )


@transaction.atomic
def create_first_administrator(*, name: str, username: str, email: str, password: str) -> Person:
    """Make the first administrator of the partnership, who then makes all other accounts.

    Whoever can run this at the machine is its operator, so nobody is asked; once there is an administrator who can
    log in, the way is closed.

    Raises:
        CannotKeepPerson: there is an administrator already; or as for ``create_person``.
    """
    today = timezone.localdate()
    for role in administrators_of_the_partnership():
        if role.ended_on is None or role.ended_on >= today:
            raise CannotKeepPerson(
                f"There is an administrator already: {role.person.user}. Others are added by an administrator, with"
                " `sightline people add` and `sightline people give-role`."
            )
    if not password:
        raise CannotKeepPerson("The first administrator needs a password. Give one.")
    reason = "first administrator, made at the machine"
    person = _create_person(name=name, username=username, email=email, password=password, by=None, reason=reason)
    role = Role(person=person, kind=RoleKind.ADMINISTRATOR.value, started_on=today)
    keep(role, by=person.user, reason=reason)
    return person


@transaction.atomic
def create_by_sign_on(*, name: str, username: str, email: str, council: Council) -> Person:
    """Add somebody whom a council's own sign-on lets in for the first time; their groups bring the roles.

    Raises:
        CannotKeepPerson: the user name or e-mail address is taken or malformed.
    """
    return _create_person(
        name=name,
        username=username,
        email=email,
        password=None,
        by=None,
        reason=f"first sign-in by the sign-on of {council.abbreviation}",
    )


def administrators_of_the_partnership() -> list[Role]:
    """The roles of administrator that active accounts hold, or held, for the partnership."""
    return list(
        Role.objects.select_related("person__user").filter(
            kind=RoleKind.ADMINISTRATOR.value, council__isnull=True, person__user__is_active=True
        )
    )


def _create_person(
    *, name: str, username: str, email: str, password: str | None, by: User | None, reason: str
) -> Person:
    if not name.strip():
        raise CannotKeepPerson("A person needs a name. Give it as it shall be printed.")
    account = None
    if username:
        account = User(username=username.strip(), email=User.objects.normalize_email(email.strip()))
        if User.objects.filter(username__iexact=account.username).exists() or account.username.lower() == FILE_ACCOUNT:
            raise CannotKeepPerson(f"The user name “{account.username}” is taken. Choose another.")
        if account.email and User.objects.filter(email__iexact=account.email).exists():
            raise CannotKeepPerson(f"An account with the e-mail address {account.email} exists already. Give another.")
        _set_password(account, password, person_name=name)
        try:
            account.clean_fields()
        except ValidationError as error:
            field, said = next(iter(error.message_dict.items()))
            raise CannotKeepPerson(f"{field}: {' '.join(said)}") from error
        keep(account, by=by, reason=reason)
    person = Person(name=name.strip(), user=account)
    keep(person, by=by or account, reason=reason)
    return person


@transaction.atomic
def set_password(*, account: User, password: str, by: User | None = None) -> None:
    """Give an account another password, for somebody who has lost theirs and cannot be reached by e-mail.

    by: an administrator; None where it is the operator at the machine.

    Raises:
        Refused: the account may not manage people, for every council at which the owner holds a role.
        CannotKeepPerson: the password is weak, or the account cannot log in at all.
    """
    if account.username == FILE_ACCOUNT:
        raise CannotKeepPerson(f"The account “{FILE_ACCOUNT}” stands for the partnership file and never logs in.")
    person: Person | None = getattr(account, "person", None)
    if by is not None:
        roles = person.roles.select_related("council") if person else ()
        for council in {role.council for role in roles} or {None}:
            access.require(by, MANAGE, council=council)
    _set_password(account, password, person_name=person.name if person else "")
    account._history_user = by  # type: ignore[attr-defined]
    account._change_reason = "password set by an administrator" if by else "password set at the machine"  # type: ignore[attr-defined]
    account.save()


def _set_password(account: User, password: str | None, *, person_name: str) -> None:
    if password is None:
        account.set_unusable_password()
        return
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise CannotKeepPerson(f"This password will not do. {' '.join(error.messages)}") from error
    if len(person_name) > 3 and person_name.casefold() in password.casefold():
        raise CannotKeepPerson("This password will not do. It holds the person's name.")
    account.set_password(password)


@transaction.atomic
def give_role(
    *,
    person: Person,
    kind: RoleKind,
    council: Council | None,
    by: User,
    started_on: datetime.date,
    title: RoleTitle | None = None,
    body: Body | None = None,
    portfolio: str = "",
) -> Role:
    """Give a person a role for one council, or for the partnership where ``council`` is None, from a day on.

    The same role again, still held, is returned as it is.

    Raises:
        Refused: the account may not manage people there. An administrator of one council gives no role for another,
            nor for the partnership, whose roles reach further.
        CannotKeepPerson: the body belongs to another council; the council had ended by then.
        CannotSit: the person would sit in the council's executive and scrutinise it at the same time.
    """
    access.require(by, MANAGE, council=council)
    if body is not None and body.council is not None and body.council != council:
        raise CannotKeepPerson(f"{body.name} is a body of {body.council.name}. Give the role for that council.")
    if council is not None and council.ended_on is not None and council.ended_on < started_on:
        raise CannotKeepPerson(
            f"{council.name} ended on {council.ended_on.day} {council.ended_on:%B %Y}. Give the role for its successor."
        )
    same = Role.objects.filter(person=person, kind=kind.value, portfolio=portfolio, ended_on__isnull=True)
    for name, value in (("council", council), ("title", title), ("body", body)):
        same = same.filter(**{name: value}) if value else same.filter(**{f"{name}__isnull": True})
    if held := same.first():
        return held
    role = Role(
        person=person,
        kind=kind.value,
        council=council,
        title=title,
        body=body,
        portfolio=portfolio,
        started_on=started_on,
    )
    keep(role, by=by, reason="role given")
    return role


@transaction.atomic
def end_role(*, role: Role, ended_on: datetime.date, by: User) -> Role:
    """End a role; ``ended_on`` is the last day it is held. The role stays on record.

    Raises:
        Refused: the account may not manage people there.
        CannotKeepPerson: it would end before it started; or nobody would be left who may manage people.
    """
    access.require(by, MANAGE, council=role.council)
    if ended_on < role.started_on:
        raise CannotKeepPerson(
            f"This role started on {role.started_on.day} {role.started_on:%B %Y}. It cannot end before that day."
        )
    refuse_to_lose_the_last_administrator(role)
    keep(role, by=by, reason="role ended", ended_on=ended_on)
    return role


def refuse_to_lose_the_last_administrator(role: Role) -> None:
    """Refuse to end the one role by which anybody may manage people.

    Raises:
        CannotKeepPerson: it is that one.
    """
    if role.kind == RoleKind.ADMINISTRATOR.value and role.council is None:
        lasting = [other for other in administrators_of_the_partnership() if other.ended_on is None]
        if [other.pk for other in lasting] in ([], [role.pk]):
            raise CannotKeepPerson("This is the last administrator of the partnership. Give the role to another first.")
