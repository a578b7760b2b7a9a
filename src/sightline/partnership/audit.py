"""Writes the audit log, and checks it.

`note` puts an entry down in the transaction of what it tells of, so that neither is there without the other. `seal`,
which runs right after that transaction, gives what was put down its place in the chain: only there is a lock taken, for
a moment, and never while anything else is held. What a crash leaves unsealed is sealed by whoever comes next.
"""

from __future__ import annotations

import contextlib
import datetime
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone

from sightline.partnership import inserting, seeing
from sightline.partnership.audit_models import AuditEntry, AuditHead, AuditPending
from sightline.partnership.domain import audit_chain
from sightline.partnership.domain.audit_chain import Broken, Head, Kind, Link
from sightline.partnership.models import Council

OPERATOR = "operator"
NOBODY = "nobody"
SEALED_AT_ONCE = 500

_gathered: ContextVar[list[Mapping[str, Any]] | None] = ContextVar("entries that are put down together", default=None)
_later: ContextVar[bool] = ContextVar("whoever writes seals later", default=False)


@contextlib.contextmanager
def together() -> Iterator[None]:
    """Put down what is noted within it at once, when it ends; nothing of it where it ends in an error.

    Stands within the transaction of what is noted; where that has a savepoint that may fail alone, within that again.
    """
    mine: list[Mapping[str, Any]] = []
    before = _gathered.set(mine)
    try:
        yield
    finally:
        _gathered.reset(before)
    _put_down(mine)


@contextlib.contextmanager
def sealed_later() -> Iterator[None]:
    """Leave what is noted within it to be sealed: whoever does many things seals once for many, with `seal_pending`.

    Until then, or after a crash, whoever looks at the log or writes to it seals these entries too.
    """
    before = _later.set(True)
    try:
        yield
    finally:
        _later.reset(before)


def actor_of(account: Any) -> str:
    """How the log names an account: by its number, which means nobody once the account has been erased."""
    if account is None:
        return OPERATOR
    return f"account:{account.pk}" if account.pk is not None else NOBODY


def moment(at: datetime.datetime) -> str:
    """A time as the log writes it."""
    return at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def note(
    kind: Kind,
    *,
    by: Any,
    what: str,
    record: models.Model | None = None,
    council: Council | str | None = None,
    acting_for: Any = None,
    kind_of_record: str = "",
    **details: str | int | list[str],
) -> None:
    """Put an entry down. It holds no personal data: never a name, an address, or what somebody typed.

    by: an account; None for the operator at this machine.
    what: what was done, in a few words of ours.
    record: the record it was done to; its council is the entry's, unless ``council`` names another.
    kind_of_record: of what kind the records are, where there are several and none stands for all.
    acting_for: the person on whose behalf it was done, where that is not who did it.
    """
    watch = seeing.current()
    if council is None and record is not None:
        council = council_code(record)
    facts = {
        "at": moment(timezone.now()),
        "kind": kind.value,
        "actor": actor_of(by),
        "what": what,
        "record": record._meta.label_lower if record is not None else kind_of_record,
        "record_id": str(record.pk) if record is not None else "",
        "council": council.gss_code if isinstance(council, Council) else (council or ""),
        "how": watch.how if watch else "",
        **({"for": f"person:{acting_for.pk}"} if acting_for is not None else {}),
        **({"details": details} if details else {}),
    }
    _put_down([facts])


def note_seen(watch: seeing.Watch, *, by: Any) -> None:
    """Put down what a watch noticed and has not told yet: one entry a record. No query where nothing was exempt."""
    exempt = {key: council for key, council in watch.exempt.items() if key not in watch.told}
    for model in {model for model, _ in watch.unsure}:
        numbers = [pk for of, pk in watch.unsure if of is model]
        found = model._default_manager.filter(pk__in=numbers, publication="exempt").values_list("pk", "council_id")
        exempt |= {(model, pk): council for pk, council in found if (model, pk) not in watch.told}
    watch.unsure.clear()
    watch.exempt.clear()
    if not exempt:
        return
    watch.told |= exempt.keys()
    codes = dict(Council.objects.values_list("pk", "gss_code")) if any(exempt.values()) else {}
    at = moment(timezone.now())
    _put_down(
        [
            {
                "at": at,
                "kind": Kind.SEEN.value,
                "actor": actor_of(by),
                "what": "seen",
                "record": model._meta.label_lower,
                "record_id": str(number),
                "council": codes.get(council, ""),
                "how": watch.how,
            }
            for (model, number), council in exempt.items()
        ]
    )


def note_refusal(refusal: Any, *, by: Any = None) -> None:
    """Put down that somebody may not do what they tried to: the line of the table, not what they were told.

    refusal: the ``access.Refused``, or another error that a page was refused with.
    by: the account; None where the refusal names it.
    """
    details: dict[str, Any] = {"action": action} if (action := getattr(refusal, "action", "")) else {}
    note(
        Kind.REFUSED,
        by=by if by is not None else getattr(refusal, "account", None),
        what="refused",
        council=getattr(refusal, "council_code", ""),
        **details,
    )


def council_code(record: Any) -> str:
    """The GSS code of the council that a record belongs to; empty for the partnership's."""
    if isinstance(record, Council):
        return record.gss_code
    council = getattr(record, "council", None)
    return council.gss_code if isinstance(council, Council) else ""


def _put_down(facts: Sequence[Mapping[str, Any]]) -> None:
    if not facts:
        return
    if (gathered := _gathered.get()) is not None:
        gathered.extend(facts)
        return
    inserting.insert([AuditPending(facts=audit_chain.canonical(one).decode()) for one in facts])
    if not _later.get() and all(hook is not _seal_after for _, hook, *_ in connection.run_on_commit):
        # The work itself is done by then: a chain that cannot be reached for a moment must not make it look undone.
        transaction.on_commit(_seal_after, robust=True)


def _seal_after() -> None:
    seal_pending()


def signing_key() -> bytes | None:
    """The key that new entries are sealed with; None where the installation has none."""
    return settings.AUDIT_KEYS[0] if settings.AUDIT_KEYS else None


def seal_pending() -> int:
    """Give everything that was put down its place in the chain; how many entries that were. Two at once take turns."""
    sealed = 0
    while True:
        with transaction.atomic():
            count = _seal_some()
        sealed += count
        if count < SEALED_AT_ONCE:
            return sealed


def _seal_some() -> int:
    """Six queries, however many entries there are; all of it or, after a crash, nothing."""
    pending = AuditPending.objects.order_by("pk")
    if not pending.exists():
        return 0
    head = AuditHead.objects.select_for_update().filter(pk=1).first()
    if head is None:
        AuditHead.objects.get_or_create(pk=1)
        head = AuditHead.objects.select_for_update().get(pk=1)
    waiting = list(pending[:SEALED_AT_ONCE])
    key = signing_key()
    entries = []
    for one in waiting:
        facts = json.loads(one.facts)
        number = head.number + 1
        content = audit_chain.written(facts, number, key)
        head.number, head.digest = number, audit_chain.seal(head.digest, content, key)
        entries.append(
            AuditEntry(
                number=number,
                content=content,
                digest=head.digest,
                **{column: facts[column] for column in audit_chain.COLUMNS},
            )
        )
    AuditEntry.objects.bulk_create(entries)
    AuditPending.objects.filter(pk__in=[one.pk for one in waiting]).delete()
    head.save()
    return len(waiting)


def head() -> Head:
    """The newest entry, once everything put down is sealed: what to note elsewhere."""
    seal_pending()
    return _remembered()


class _Bytes(models.Func):
    """A text column as the bytes that are stored: what was spoilt may be no text any more."""

    output_field = models.BinaryField()
    template = "CAST(%(expressions)s AS BLOB)"

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, template="convert_to(%(expressions)s, 'UTF8')", **extra)


def stored_links(*, up_to: int) -> Iterator[Link]:
    """Every entry as it is stored, a thousand at a time, and none with a number above ``up_to``."""
    names = ("digest", *audit_chain.COLUMNS)
    rows = (
        AuditEntry.objects.filter(number__lte=up_to)
        .order_by("number")
        .annotate(**{f"{name}_bytes": _Bytes(name) for name in names})
    )
    last: int | None = None
    while True:
        after = rows if last is None else rows.filter(number__gt=last)
        batch = list(after.values_list("number", "content", *(f"{name}_bytes" for name in names))[:1000])
        for number, content, digest, *columns in batch:
            beside = dict(zip(audit_chain.COLUMNS, (bytes(column) for column in columns), strict=True))
            yield Link(number, bytes(content), bytes(digest), beside)
        if len(batch) < 1000:
            return
        last = batch[-1][0]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the whole chain found. ``head`` is the last entry that is as it was written."""

    head: Head
    broken: Broken | None
    sealed_with_key: int

    @property
    def holds(self) -> bool:
        return self.broken is None


def verify(*, noted: Head | None = None, told: Callable[[int, int], None] = lambda done, of: None) -> Verdict:
    """Check every entry, from the first.

    noted: a head that was noted elsewhere; without one, nobody can know whether the newest entries were removed by
        somebody who also put the head right.
    told: gets how many entries are checked, of how many.
    """
    seal_pending()
    remembered = _remembered()
    walk = audit_chain.Walk({audit_chain.key_name(key): key for key in settings.AUDIT_KEYS}, noted)
    # What comes while this runs is checked the next time.
    for done, link in enumerate(stored_links(up_to=remembered.number), 1):
        if broken := walk.take(link):
            return Verdict(walk.head, broken, walk.sealed_with_key)
        if done % 1000 == 0:
            told(done, remembered.number)
    told(walk.head.number, remembered.number)
    broken = walk.end(remembered) or _behind_the_head()
    return Verdict(walk.head, broken, walk.sealed_with_key)


def _remembered() -> Head:
    found = AuditHead.objects.filter(pk=1).first()
    return Head(found.number, found.digest) if found else audit_chain.EMPTY


def _behind_the_head() -> Broken | None:
    """An entry that nobody sealed. The entry is asked for first: the head may only grow meanwhile."""
    newest = AuditEntry.objects.aggregate(newest=models.Max("number"))["newest"] or 0
    if newest > _remembered().number:
        return Broken(newest, "it stands behind the head of the chain: nobody sealed it")
    return None
