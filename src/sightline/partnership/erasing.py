"""Erases a person where the law allows: what names them becomes a number, in history too, and the log still holds.

The audit log and the history of records name accounts by number alone, so nothing in them has to change. Minutes of
meetings are left as they are: councils must keep them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.utils import timezone
from simple_history.utils import get_history_manager_for_model

from sightline.kernel.errors import SightlineError
from sightline.partnership import access, audit, privacy
from sightline.partnership.domain.audit_chain import Kind
from sightline.partnership.domain.file_account import FILE_ACCOUNT
from sightline.partnership.held_data import may_handle
from sightline.partnership.models import Person, User
from sightline.partnership.outbox import Notice
from sightline.partnership.records import keep

HANDLE = "partnership.handle_personal_data"


class CannotErase(SightlineError):
    """A person cannot be erased now; nothing was changed."""


@dataclass
class Erased:
    """What was erased of a person, and what was kept with the reason."""

    person: Person
    erased: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def addresses_of(person: Person) -> set[str]:
    """Every e-mail address that a person's account has or had, in small letters."""
    if person.user is None:
        return set()
    history = get_history_manager_for_model(User).filter(id=person.user.pk).values_list("email", flat=True)
    return {address.strip().lower() for address in (person.user.email, *history)} - {""}


def is_erased(person: Person) -> bool:
    return person.name == _pseudonym(person)


def _pseudonym(person: Person) -> str:
    return f"Erased person {person.pk}"


def require_may_handle(*, person: Person, by: User) -> None:
    """Refuse unless an account may give out and erase what is held on a person.

    Raises:
        Refused: it may not, for some council at which they hold or held a role.
    """
    if may_handle(by, person, HANDLE):
        return
    for council in {role.council for role in person.roles.select_related("council")} or {None}:
        access.require(by, HANDLE, council=council)


def why_not(person: Person) -> str:
    """Why a person cannot be erased now, in a sentence; empty where they can."""
    if person.user is not None and person.user.username == FILE_ACCOUNT:
        return f"The account “{FILE_ACCOUNT}” stands for the partnership file and for nobody."
    today = timezone.localdate()
    if any(role.ended_on is None or role.ended_on >= today for role in person.roles.all()):
        return (
            f"{person.name} still holds a role. End their roles first, by “Leaving” in the list of people:"
            " whoever holds office must be known."
        )
    return ""


@transaction.atomic
def erase_person(*, person: Person, by: User | None, reason: str = "erased at the person's request") -> Erased:
    """Make a person and their account a number that stands for nobody. Doing it again changes nothing.

    by: an administrator; None where retention does it.

    Raises:
        Refused: the account may not.
        CannotErase: they still hold a role.
    """
    if by is not None:
        require_may_handle(person=person, by=by)
    person = Person.objects.select_for_update().get(pk=person.pk)
    told = Erased(person)
    if is_erased(person):
        return told
    if said := why_not(person):
        raise CannotErase(said)
    name, account = person.name, person.user
    places = privacy.mentions(name)
    told.erased += privacy.forget_under(addresses_of(person))
    if account is not None:
        _erase_account(account, by=by, reason=reason, told=told)
    keep(person, by=by, reason=reason, name=_pseudonym(person))
    _redact(person, {"name": _pseudonym(person)})
    told.erased.append("their name, in every version of their record")
    if person.roles.exists():
        told.kept.append(
            "The dates of the offices they held, without their name: who may do what must stay explicable."
        )
    told.kept.append("What was done by their account, and the audit log of it: both name it by a number alone.")
    if places:
        told.kept.append(
            f"Their name in the minutes of {len(places)} meeting{'s' if len(places) > 1 else ''}: the law asks councils"
            " to keep them (Local Government Act 1972, Part VA)."
        )
    audit.note(Kind.ADMINISTERED, by=by, what="person erased", record=person, kept_in_minutes=len(places))
    return told


def _erase_account(account: User, *, by: User | None, reason: str, told: Erased) -> None:
    names = {account.username, account.email} | set(
        get_history_manager_for_model(User).filter(id=account.pk).values_list("username", flat=True)
    )
    pseudonym = f"erased-{account.pk}"
    account.set_unusable_password()
    keep(account, by=by, reason=reason, username=pseudonym, email="", is_active=False, last_login=None)
    _redact(account, {"username": pseudonym, "email": ""})
    told.erased.append("user name, e-mail address and password of their account, in every version of it")
    for model, rows in rows_of_libraries(account, names - {""}):
        if count := rows.delete()[0]:
            told.erased.append(f"{count} of {model._meta.verbose_name_plural}")
    letters = Notice.objects.filter(recipient__in=names - {""})
    for letter in letters:
        letter.recipient = letter.subject = letter.text = letter.unsubscribe = letter.problem = ""
        letter.save()
    if letters:
        told.erased.append("what notices by e-mail said to them")
    if ended := sum(session.delete()[0] for session in sessions_of(account)):
        told.erased.append(f"{ended} session{'s' if ended > 1 else ''}")


def _redact(record: models.Model, facts: dict[str, Any]) -> None:
    """Put ``facts`` into every version of a record that history keeps."""
    for row in get_history_manager_for_model(type(record)).filter(id=record.pk):
        for name, value in facts.items():
            setattr(row, name, value)
        row.save()


def rows_of_libraries(account: User, names: set[str]) -> list[tuple[type[models.Model], models.QuerySet[Any]]]:
    """What the libraries that are used hold of an account: rows that point at it, and sign-in attempts by its names."""
    found: list[tuple[type[models.Model], models.QuerySet[Any]]] = []
    for relation in User._meta.related_objects:
        model = relation.related_model
        if not model.__module__.startswith("sightline.") and not hasattr(model, "instance_type"):
            found.append((model, model._default_manager.filter(**{relation.field.name: account})))
    if apps.is_installed("axes"):
        for model in apps.get_app_config("axes").get_models():
            if "username" in {field.name for field in model._meta.get_fields()}:
                found.append((model, model._default_manager.filter(username__in=names)))
    return found


def sessions_of(account: User) -> list[Session]:
    """The sessions in which an account is signed in."""
    return [
        session
        for session in Session.objects.iterator(chunk_size=500)
        if session.get_decoded().get("_auth_user_id") == str(account.pk)
    ]
