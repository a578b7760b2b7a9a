"""Everything that is held on one person, for them to have: from their records, history, the libraries and the log."""

from __future__ import annotations

import datetime
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone
from simple_history.utils import get_history_manager_for_model

from sightline.partnership import access, audit, audit_queries, outline, privacy, queries
from sightline.partnership.audit_models import AuditEntry
from sightline.partnership.domain.audit_chain import Kind
from sightline.partnership.erasing import HANDLE, addresses_of, require_may_handle, rows_of_libraries, sessions_of
from sightline.partnership.held_data import may_handle
from sightline.partnership.models import Person, Role, User
from sightline.partnership.outbox import Notice

# Never given out, not even to their owner: whoever holds one could sign in as them.
SECRETS = frozenset({"password", "token", "token_secret", "data", "session_data", "key", "session_key"})
DONE = {"+": "added", "~": "changed", "-": "removed"}


def find(text: str) -> Person:
    """The person with a user name or, where nobody has it, with a name.

    Raises:
        NotKnown: there is none, or several have that name.
    """
    text = text.strip()
    person = queries.people().filter(user__username__iexact=text).first()
    if person is not None:
        return person
    named = list(queries.people().filter(name__iexact=text)[:3])
    if len(named) == 1:
        return named[0]
    if named:
        raise queries.NotKnown(f"Several people are called “{text}”. Give the user name of the one you mean.")
    raise _nobody(text)


def find_for(by: User, text: str) -> Person:
    """The person with a user name or name, for somebody who may give out and erase what is held on them.

    Raises:
        Refused: ``by`` may do so for nobody.
        NotKnown: there is none, or none for whom ``by`` may; both are told alike.
    """
    access.require_anywhere(by, HANDLE)
    person = find(text)
    if not may_handle(by, person, HANDLE):
        raise _nobody(text)
    return person


def _nobody(text: str) -> queries.NotKnown:
    return queries.NotKnown(f"Nobody has the user name or name “{text}”. The list of people names everybody.")


def export(*, person: Person, by: User) -> dict[str, Any]:
    """Everything that is held on a person, as plain values.

    Raises:
        Refused: the account may not.
    """
    require_may_handle(person=person, by=by)
    # First, so that giving it out stands in what is given out.
    audit.note(Kind.EXPORTED, by=by, what="everything held on a person given out", record=person)
    audit.seal_pending()
    account = person.user
    partnership = queries.the_partnership()
    return {
        "made_at": timezone.now().isoformat(),
        "partnership": partnership.name if partnership else "",
        "person": outline.facts_of_person(queries.people().get(pk=person.pk)),
        "account": _values(account) if account else None,
        "versions": list(_versions(person, account)),
        "named_in_records": list(_pointing_at(person, account)),
        "done_by_account": list(_done_by(account)) if account else [],
        "sign_in": list(_in_libraries(account)) if account else [],
        "notices": list(_notices(account)) if account else [],
        "held_under_address": privacy.held_under(addresses_of(person)),
        "sessions": len(sessions_of(account)) if account else 0,
        "audit_log": [entry.as_json() for entry in _logged(person, account)],
        "named_in_minutes": privacy.mentions(person.name),
        "why_and_how_long": [
            {
                "record": one.record,
                "field": one.field,
                "what": one.personal.what,
                "why": one.personal.purpose,
                "lawful_basis": one.personal.basis,
                "kept": one.personal.how_long,
            }
            for one in privacy.holdings()
        ],
    }


def as_zip(facts: dict[str, Any]) -> bytes:
    """The same twice in one archive: for a program, and to be read."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("everything-held.json", json.dumps(facts, ensure_ascii=False, indent=2))
        archive.writestr("everything-held.html", as_html(facts))
    return kept.getvalue()


def as_html(facts: dict[str, Any]) -> str:
    """A page that needs nothing else, to be read in any browser."""
    return render_to_string("partnership/subject_export.html", {"facts": facts, "parts": list(_parts(facts))})


HEADINGS = {
    "person": "Who you are to us, and the roles you hold or held",
    "account": "Your account",
    "versions": "Every version of these records",
    "named_in_records": "Records that name you or your account",
    "done_by_account": "What was done by your account",
    "sign_in": "What is held so that you can sign in",
    "notices": "Notices that were sent to you by e-mail",
    "held_under_address": "What is held under your e-mail address",
    "sessions": "Where you are signed in",
    "audit_log": "The audit log of your account",
    "named_in_minutes": "Where minutes of meetings name you",
    "why_and_how_long": "Why each kind of data is held, and how long",
}


def _parts(facts: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Each part as a table: heads and rows of text."""
    for name, heading in HEADINGS.items():
        held = facts[name]
        rows: list[dict[str, Any]]
        if isinstance(held, list):
            rows = held
        else:
            rows = [held] if isinstance(held, dict) else [{"number": held}] if held is not None else []
        heads = list(dict.fromkeys(key for row in rows for key in row))
        yield {
            "heading": heading,
            "heads": [head.replace("_", " ") for head in heads],
            "rows": [[_in_words(row.get(head)) for head in heads] for row in rows],
        }


def _in_words(value: Any) -> str:
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, dict):
        return "; ".join(
            f"{key.replace('_', ' ')}: {_in_words(one)}" for key, one in value.items() if one not in (None, "")
        )
    if isinstance(value, list):
        return " / ".join(_in_words(one) for one in value)
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _values(record: models.Model) -> dict[str, Any]:
    """The fields of a record, secrets left out."""
    return {
        field.name: _plain(getattr(record, field.attname))
        for field in record._meta.concrete_fields
        if field.name not in SECRETS and not isinstance(field, models.BinaryField)
    }


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int | float | bool | list | dict) else str(value)


def _versions(person: Person, account: User | None) -> Iterator[dict[str, Any]]:
    for record in (person, *([account] if account else []), *person.roles.all()):
        for row in get_history_manager_for_model(type(record)).filter(id=record.pk).order_by("history_date"):
            fields = {field.name: _plain(getattr(row, field.attname)) for field in row.tracked_fields}
            yield {**_told(row), "was": {name: value for name, value in fields.items() if name not in SECRETS}}


def _told(row: Any) -> dict[str, Any]:
    return {
        "record": row.instance_type._meta.label_lower,
        "number": getattr(row, row.instance_type._meta.pk.attname),
        "at": row.history_date.isoformat(),
        "done": DONE[row.history_type],
        "reason": row.history_change_reason or "",
    }


def _pointing_at(person: Person, account: User | None) -> Iterator[dict[str, Any]]:
    """Records of ours that name the person or the account: who published, recorded, received, on whose behalf."""
    of_whom: dict[object, Person | User | None] = {User: account, Person: person}
    for model in privacy.our_models():
        if model in (Person, Role):
            continue  # They stand in the export themselves.
        for field in model._meta.concrete_fields:
            named = of_whom.get(field.related_model) if field.is_relation else None
            if named is not None:
                for pk in model._default_manager.filter(**{field.name: named}).values_list("pk", flat=True):
                    yield {"record": model._meta.label_lower, "number": pk, "as": field.name}


def _done_by(account: User) -> Iterator[dict[str, Any]]:
    for model in privacy.our_models():
        if hasattr(model._meta, "simple_history_manager_attribute"):
            rows = get_history_manager_for_model(model).filter(history_user=account)
            pk = model._meta.pk.attname
            for number, at, done, reason in rows.order_by("history_date").values_list(
                pk, "history_date", "history_type", "history_change_reason"
            ):
                yield {
                    "record": model._meta.label_lower,
                    "number": number,
                    "at": at.isoformat(),
                    "done": DONE[done],
                    "reason": reason or "",
                }


def _notices(account: User) -> Iterator[dict[str, Any]]:
    for letter in Notice.objects.filter(recipient=account.email).exclude(recipient=""):
        yield {"at": letter.put_at.isoformat(), "subject": letter.subject, "text": letter.text, "state": letter.state}


def _in_libraries(account: User) -> Iterator[dict[str, Any]]:
    for model, rows in rows_of_libraries(account, {account.username, account.email} - {""}):
        for row in rows:
            yield {"record": model._meta.label_lower, "number": row.pk, "held": _values(row)}


def _logged(person: Person, account: User | None) -> Iterator[audit_queries.Entry]:
    about = models.Q(record="partnership.person", record_id=str(person.pk))
    if account is not None:
        about |= models.Q(actor=audit.actor_of(account))
        about |= models.Q(record="partnership.user", record_id=str(account.pk))
    return audit_queries.in_parts(AuditEntry.objects.filter(about))
