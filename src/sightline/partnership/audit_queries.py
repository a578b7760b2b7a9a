"""What the page, the downloads and the command read of the audit log: only what an account may see of it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils import timezone

from sightline.partnership import access, audit
from sightline.partnership.audit_models import AuditEntry
from sightline.partnership.domain import rights
from sightline.partnership.domain.audit_chain import Kind
from sightline.partnership.models import Council, Person, User

SEE = "partnership.see_audit"
LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the log is narrowed to.

    who: a user name, or ``operator`` or ``nobody``.
    record: ``scrutiny.minute`` or ``scrutiny.minute/12``.
    """

    who: str = ""
    kind: str = ""
    record: str = ""
    council: Council | None = None
    first_day: datetime.date | None = None
    last_day: datetime.date | None = None


def entries(account: access.Account, narrowed: Narrowed | None = None) -> QuerySet[AuditEntry]:
    """The entries that an account may see, the newest first.

    An administrator of one council sees what was done to that council's records; one of the partnership sees all.

    Raises:
        Refused: it may see none.
    """
    if not access.may_anywhere(account, SEE):
        access.require(account, SEE, council=None)
    audit.seal_pending()
    reach = rights.reach(SEE, access.roles_of(account), on=timezone.localdate())
    found = AuditEntry.objects.all()
    if not (reach.partnership and reach.every_council):
        whose = Q(council__in=reach.councils)
        if reach.partnership:
            whose |= Q(council="")
        found = found.filter(whose)
    return _narrowed(found, narrowed or Narrowed())


def _narrowed(found: QuerySet[AuditEntry], by: Narrowed) -> QuerySet[AuditEntry]:
    if by.who:
        found = found.filter(actor=_actor(by.who))
    if by.kind:
        found = found.filter(kind=by.kind)
    if by.record:
        record, _, number = by.record.strip().lower().partition("/")
        found = found.filter(record=record)
        if number:
            found = found.filter(record_id=number)
    if by.council:
        found = found.filter(council=by.council.gss_code)
    if by.first_day:
        found = found.filter(at__gte=audit.moment(_midnight(by.first_day)))
    if by.last_day:
        found = found.filter(at__lt=audit.moment(_midnight(by.last_day + datetime.timedelta(days=1))))
    return found


def _actor(who: str) -> str:
    if who in (audit.OPERATOR, audit.NOBODY):
        return who
    pk = User.objects.filter(username__iexact=who.strip()).values_list("pk", flat=True).first()
    return f"account:{pk or 0}"


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), tzinfo=LONDON)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry to be read by people: names are looked up when it is shown, never stored in it."""

    number: int
    at: datetime.datetime
    kind: Kind
    who: str
    acting_for: str
    what: str
    record: str
    record_id: str
    record_name: str
    council: str
    how: str
    details: dict[str, Any]
    digest: str

    @property
    def local_time(self) -> str:
        return f"{self.at.astimezone(LONDON):%Y-%m-%d %H:%M:%S}"

    @property
    def in_words(self) -> list[str]:
        """What happened, in pieces: who, what, to which record, whose, how."""
        return [
            self.who + (f" for {self.acting_for}" if self.acting_for else ""),
            self.what if self.kind in (Kind.CHANGED, Kind.ADMINISTERED) else f"{self.kind.label}: {self.what}",
            self.record_words,
            self.council,
            self.how,
        ]

    @property
    def record_words(self) -> str:
        if not self.record:
            return ""
        many = self.details.get("many")
        if many:
            return f"{self.record_name}, {many} of them ({self.details.get('first')} to {self.details.get('last')})"
        return f"{self.record_name} {self.record_id}".strip()

    @property
    def detail_words(self) -> str:
        """What else is known: the fields that changed, the right that was asked for."""
        said = []
        if fields := self.details.get("fields"):
            said.append("fields: " + ", ".join(str(field).replace("_", " ") for field in fields))
        said += [
            f"{name.replace('_', ' ')}: {value}"
            for name, value in self.details.items()
            if name not in ("fields", "history", "many", "first", "last")
        ]
        return "; ".join(said)

    @property
    def record_address(self) -> tuple[str, str] | None:
        """What the address of the record's history is made of; None where the entry names no single record."""
        return (self.record, self.record_id) if self.record and self.record_id and _has_history(self.record) else None

    def as_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "at": audit.moment(self.at),
            "kind": self.kind.value,
            "who": self.who,
            "for": self.acting_for,
            "what": self.what,
            "record": self.record,
            "record_id": self.record_id,
            "council": self.council,
            "how": self.how,
            "details": self.details,
            "digest": self.digest,
        }


def _has_history(label: str) -> bool:
    try:
        return hasattr(apps.get_model(label)._meta, "simple_history_manager_attribute")
    except (LookupError, ValueError):
        return False


def shown(found: Iterable[AuditEntry]) -> Iterator[Entry]:
    """Entries with the names of accounts, people and councils: three queries, however many there are."""
    rows = list(found)
    facts = [json.loads(bytes(row.content)) for row in rows]
    accounts = _numbers([one["actor"] for one in facts], "account:")
    people = _numbers([one.get("for", "") for one in facts], "person:")
    usernames = dict(User.objects.filter(pk__in=accounts).values_list("pk", "username")) if accounts else {}
    names = dict(Person.objects.filter(pk__in=people).values_list("pk", "name")) if people else {}
    councils = (
        dict(Council.objects.values_list("gss_code", "abbreviation")) if any(one["council"] for one in facts) else {}
    )
    for row, one in zip(rows, facts, strict=True):
        pk = _number(one["actor"], "account:")
        behind = _number(one.get("for", ""), "person:")
        yield Entry(
            number=row.number,
            at=datetime.datetime.fromisoformat(one["at"]),
            kind=Kind(one["kind"]),
            who=usernames.get(pk, f"account {pk}") if pk is not None else one["actor"],
            acting_for=names.get(behind, f"person {behind}") if behind is not None else "",
            what=one["what"],
            record=one["record"],
            record_id=one["record_id"],
            record_name=_name_of(one["record"]),
            council=councils.get(one["council"], one["council"]),
            how=one["how"],
            details=one.get("details", {}),
            digest=row.digest,
        )


def _number(named: str, prefix: str) -> int | None:
    number = named.removeprefix(prefix)
    return int(number) if number != named and number.isdecimal() else None


def _numbers(named: Iterable[str], prefix: str) -> set[int]:
    return {number for one in named if (number := _number(one, prefix)) is not None}


def _name_of(label: str) -> str:
    if not label:
        return ""
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label  # A kind of record that this release no longer knows.


def in_parts(found: QuerySet[AuditEntry], size: int = 500) -> Iterator[Entry]:
    """Every entry of a query, some hundreds at a time, so that a download of any length needs little memory."""
    before: int | None = None
    while True:
        rows = list((found if before is None else found.filter(number__lt=before)).order_by("-number")[:size])
        yield from shown(rows)
        if len(rows) < size:
            return
        before = rows[-1].number
