"""“What changed” of a record, in words, for those who may see it.

A record with a publication state is seen by those for whom ``access.visible`` finds it. Every other kind is seen
through such a record, or by a rule of its own; the room that owns it says which::

    histories.seen_through(Passage, "item__minute")
    histories.seen_if(Person, may_manage)
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.db import models
from django.utils import formats, timezone
from simple_history.utils import get_history_manager_for_model

from sightline.kernel.publication import Publication
from sightline.partnership import access
from sightline.partnership.domain import rights
from sightline.partnership.models import PublishedRecord

Record = TypeVar("Record", bound=models.Model)

# The newest of these are shown; a record that changed more often is no page to read.
MOST = 200
NOTHING = "nothing"
# Kept of every record; says nothing to a reader.
LEFT_OUT = {"id"}

_through: dict[type[models.Model], str] = {}
_if: dict[type[models.Model], Callable[[access.Account, Any], bool]] = {}


def seen_through(kind: type[models.Model], path: str) -> None:
    """Whoever may see the record at the end of ``path`` may see what changed of a ``kind``."""
    _through[kind] = path


def seen_if(kind: type[Record], may: Callable[[access.Account, Record], bool]) -> None:
    """Whoever ``may`` says yes to may see what changed of a ``kind``."""
    _if[kind] = may


def is_told(kind: type[models.Model]) -> bool:
    """Whether it is known who may see what changed of a kind of record."""
    return issubclass(kind, PublishedRecord) or kind in _through or kind in _if


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, before and after, in words."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change. ``hidden``: the record was exempt before or after it, and may not be seen as it was then."""

    at: datetime.datetime
    done: str
    who: str
    reason: str
    fields: list[FieldChange]
    hidden: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What changed of one record, the newest first. ``more``: whether there were more changes than are shown."""

    kind: str
    name: str
    address: str
    changes: list[Change]
    more: bool


def of(account: access.Account, label: str, number: str) -> Told | None:
    """What changed of a record; None where there is none that the account may see.

    Only somebody with a role sees it: it names accounts, and says what a record was before it was public.
    """
    try:
        kind = apps.get_model(label)
    except (LookupError, ValueError):
        return None
    if not is_told(kind) or not hasattr(kind._meta, "simple_history_manager_attribute"):
        return None
    record = _visible(account, kind, number)
    if record is None:
        return None
    rows = list(
        get_history_manager_for_model(kind)
        .filter(**{kind._meta.pk.attname: record.pk})
        .select_related("history_user")
        .order_by("-history_date", "-history_id")[: MOST + 1]
    )
    whose = _whose(record)
    lets_see = getattr(kind, "exempt_seen_by", (rights.SEE[Publication.EXEMPT],))
    may_see_exempt = any(access.may(account, action, council=whose) for action in lets_see)
    changes = [
        _change(row, earlier, account, may_see_exempt)
        for row, earlier in zip(rows[:MOST], [*rows[1:], None], strict=False)
    ]
    return Told(
        kind=str(kind._meta.verbose_name).capitalize(),
        name=str(record),
        address=record.get_absolute_url() if hasattr(record, "get_absolute_url") else "",
        changes=changes,
        more=len(rows) > MOST,
    )


def _visible(account: access.Account, kind: type[models.Model], number: str) -> Any:
    manager = kind._default_manager
    try:
        pk = kind._meta.pk.to_python(number)
    except Exception as error:  # noqa: BLE001  (whatever a field says of a number that is none)
        del error
        return None
    if kind in _if:
        record = manager.filter(pk=pk).first()
        return record if record is not None and _if[kind](account, record) else None
    path = _through.get(kind, "")
    record = manager.filter(pk=pk).select_related(*([path] if path else [])).first()
    if record is None:
        return None
    seen: Any = record
    for step in path.split("__") if path else ():
        seen = getattr(seen, step)
    if not access.may(account, rights.SEE[Publication.INTERNAL], council=_whose(seen)):
        return None
    return record if access.visible(account, type(seen)._default_manager.filter(pk=seen.pk)).exists() else None


def _whose(record: Any) -> Any:
    """The council of a record, or of the one it is seen through."""
    for step in _through.get(type(record), "").split("__"):
        record = getattr(record, step) if step else record
    return getattr(record, "council", None)


def _change(row: Any, earlier: Any, account: access.Account, may_see_exempt: bool) -> Change:
    was_exempt = Publication.EXEMPT.value in (getattr(row, "publication", ""), getattr(earlier, "publication", ""))
    hidden = was_exempt and not may_see_exempt
    return Change(
        at=row.history_date,
        done={"+": "added", "~": "changed", "-": "removed"}[row.history_type],
        who=row.history_user.get_full_name() if row.history_user else "the operator of this installation",
        # Somebody typed it when they made a record exempt, or took it back.
        reason="" if hidden else (row.history_change_reason or ""),
        fields=[] if hidden else list(_fields(row, earlier, account)),
        hidden=hidden,
    )


def _fields(row: Any, earlier: Any, account: access.Account) -> Iterable[FieldChange]:
    for field in row.tracked_fields:
        if field.name in LEFT_OUT:
            continue
        after = getattr(row, field.attname)
        before = getattr(earlier, field.attname) if earlier is not None else None
        # Of a new record, what is empty says nothing; of a change, what stayed.
        if before == after or (earlier is None and after in (None, "", [], {})):
            continue
        yield FieldChange(
            name=str(field.verbose_name).capitalize(),
            before=_in_words(field, before, account),
            after=_in_words(field, after, account),
        )


def _in_words(field: models.Field[Any, Any], value: Any, account: access.Account) -> str:
    """A value as people read it; another record by its name, if that may be seen."""
    if value is None or value == "" or value == []:
        return NOTHING
    if isinstance(field, models.ForeignKey):
        return _named(field.related_model, value, account)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime):
        return formats.date_format(timezone.localtime(value), "j F Y, H:i")
    if isinstance(value, datetime.date):
        return formats.date_format(value, "j F Y")
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return str(value)


def _named(kind: Any, pk: Any, account: access.Account) -> str:
    record = kind._default_manager.filter(pk=pk).first()
    words = f"{kind._meta.verbose_name} {pk}"
    if record is None:
        return words
    if issubclass(kind, PublishedRecord):
        return str(record) if access.visible(account, kind._default_manager.filter(pk=pk)).exists() else words
    # What is seen through another record may quote it.
    return words if kind in _through else str(record)
