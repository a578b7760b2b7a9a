"""Keeping a record with its history: who changed it, and why, on every row of it."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextvars import ContextVar
from enum import Enum
from typing import Any, TypeVar

from django.db import connections, models, router, transaction
from django.utils import timezone
from simple_history.signals import post_create_historical_record
from simple_history.utils import bulk_update_with_history, get_history_manager_for_model

from sightline.partnership import audit, inserting
from sightline.partnership.domain.audit_chain import Kind
from sightline.partnership.models import Attachment, User

Row = TypeVar("Row", bound=models.Model)


_dated: ContextVar[datetime.datetime | None] = ContextVar("the moment that history tells", default=None)


@contextlib.contextmanager
def dated(at: datetime.datetime) -> Iterator[None]:
    """Within it, history tells that what is kept was kept at a moment: for an invented partnership's story alone. The
    audit log tells when it really was."""
    before = _dated.set(at)
    try:
        yield
    finally:
        _dated.reset(before)


def _date(record: models.Model) -> None:
    record.__dict__.pop("_history_date", None)
    if (at := _dated.get()) is not None:
        record._history_date = at  # type: ignore[attr-defined]


class Kept(Enum):
    """What became of a record that was kept."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


def keep(record: models.Model, *, by: User | None, reason: str, **facts: Any) -> Kept:
    """Set ``facts`` on a record and save it with its history; one that has them already is left alone.

    by: who does it.
    reason: what was done, in a few words; it stands in the history.
    """
    new = record._state.adding
    changed = {name: value for name, value in facts.items() if getattr(record, name) != value}
    if not new and not changed:
        return Kept.SAME
    for name, value in changed.items():
        setattr(record, name, value)
    record._history_user = by  # type: ignore[attr-defined]
    record._change_reason = reason[:100]  # type: ignore[attr-defined]
    record._facts_changed = tuple(changed)  # type: ignore[attr-defined]
    _date(record)
    record.save()
    return Kept.NEW if new else Kept.CHANGED


def keep_links(
    record: models.Model, name: str, others: Iterable[models.Model], *, by: User | None, reason: str
) -> Kept:
    """Link a record to ``others`` through a many-to-many field, with its history; the same ones change nothing."""
    wanted = {other.pk for other in others}
    linked = getattr(record, name)
    if set(linked.values_list("pk", flat=True)) == wanted:
        return Kept.SAME
    record._history_user = by  # type: ignore[attr-defined]
    record._change_reason = reason[:100]  # type: ignore[attr-defined]
    record._facts_changed = (name,)  # type: ignore[attr-defined]
    _date(record)
    linked.set(wanted)
    return Kept.CHANGED


@contextlib.contextmanager
def together() -> Iterator[None]:
    """Send the history of the many that are kept within it, and what the audit log is told of them, at once when it
    ends; nothing of it where it ends in an error. Stands within their transaction."""
    with inserting.together(), audit.together():
        yield


def keep_many(rows: Sequence[Row], kind: type[Row], *, by: User | None, reason: str = "") -> list[Row]:
    """Add many new records of one kind at once, each with its history; one entry of the audit log tells of them all."""
    if not rows:
        return []
    with transaction.atomic(savepoint=False):
        kept: list[Row] = kind._default_manager.bulk_create(rows, batch_size=500)
        inserting.insert(_first_history(kept, by=by, reason=reason[:100]))
    numbers = sorted(row.pk for row in kept)
    audit.note(
        Kind.CHANGED,
        by=by,
        what="added",
        kind_of_record=kind._meta.label_lower,
        council=audit.council_code(kept[0]),
        many=len(kept),
        first=str(numbers[0]),
        last=str(numbers[-1]),
    )
    return kept


def _first_history(rows: Sequence[models.Model], *, by: User | None, reason: str) -> list[models.Model]:
    """What history has to tell of records that are new."""
    history = get_history_manager_for_model(type(rows[0])).model
    at = _dated.get() or timezone.now()
    names = [field.attname for field in history.tracked_fields]
    return [
        history(
            history_date=at,
            history_user=by or history.get_default_history_user(row),
            history_change_reason=reason,
            history_type="+",
            **{name: getattr(row, name) for name in names},
        )
        for row in rows
    ]


def keep_unless_there(record: models.Model, *, by: User | None, reason: str) -> bool:
    """Save a new record with its history, unless one is there that is unique by the same facts; whether it was saved.

    Safe where two do it at once: whoever comes second waits for the first to end. It takes no savepoint, as nothing
    fails.
    """
    if not inserting.insert_unless_there(record):
        return False
    (told,) = _first_history([record], by=by, reason=reason[:100])
    told.save()
    post_create_historical_record.send(type(told), instance=record, history_instance=told, history_user=by)
    return True


def change_many(rows: Sequence[Row], kind: type[Row], *, by: User | None, reason: str, **facts: Any) -> None:
    """Set the same ``facts`` on many records of one kind at once, each with its history; one entry of the audit log
    tells of them all. Whoever calls has left out those that have them already."""
    if not rows:
        return
    for row in rows:
        for name, value in facts.items():
            setattr(row, name, value)
    keep_changes(rows, kind, facts.keys(), by=by, reason=reason)


def keep_changes(
    rows: Sequence[Row], kind: type[Row], fields: Collection[str], *, by: User | None, reason: str
) -> None:
    """Keep many records whose ``fields`` were changed, each to facts of its own, with their history; one entry of the
    audit log tells of them all. Whoever calls has left out those where nothing differs."""
    if not rows:
        return
    for row in rows:
        _date(row)
    bulk_update_with_history(
        rows,
        kind,
        list(fields),
        default_user=by,
        default_change_reason=reason[:100],
        batch_size=500,
        manager=_RowByRow(kind),
    )
    numbers = sorted(row.pk for row in rows)
    audit.note(
        Kind.CHANGED,
        by=by,
        what="changed",
        kind_of_record=kind._meta.label_lower,
        council=audit.council_code(rows[0]),
        many=len(rows),
        first=str(numbers[0]),
        last=str(numbers[-1]),
        fields=sorted(fields),
    )


class _RowByRow:
    """Takes the manager's place where many records change, each to facts of its own: one short statement, sent once a
    record. Django's own writes a case for every record and field into one long one, which takes ten times as long."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model

    def bulk_update(self, rows: Sequence[models.Model], fields: Sequence[str], batch_size: int | None = None) -> int:
        """Write ``fields`` of each row, within the transaction of whoever asks."""
        meta = self.model._meta
        columns = [one for one in meta.concrete_fields if one.name in fields]
        names = [str(one.column) for one in (meta.pk, *columns)]
        connection = connections[router.db_for_write(self.model)]
        table, key, *named = map(connection.ops.quote_name, (meta.db_table, *names))
        facts = ", ".join(f"{column} = %s" for column in named)
        statement = f"UPDATE {table} SET {facts} WHERE {key} = %s"  # noqa: S608  (names of our own models alone)
        with connection.cursor() as cursor:
            cursor.executemany(
                statement,
                [
                    [*(one.get_db_prep_save(getattr(row, one.attname), connection) for one in columns), row.pk]
                    for row in rows
                ],
            )
        return len(rows)


def lock(record: models.Model) -> None:
    """Let whoever else locks a record wait until this transaction ends."""
    type(record)._default_manager.select_for_update().values_list("pk").get(pk=record.pk)


def remove_attachment(attachment: Attachment, *, reason: str) -> None:
    """Remove a received file to which no record points any more, and its name from history: retention asks for it."""
    number = attachment.pk
    attachment._change_reason = reason[:100]  # type: ignore[attr-defined]
    attachment.delete()
    for row in get_history_manager_for_model(Attachment).filter(id=number):
        row.name = "removed"
        row.save()
