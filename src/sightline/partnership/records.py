"""Keeping a record with its history: who changed it, and why, on every row of it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any

from django.db import models

from sightline.partnership.models import User


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
    linked.set(wanted)
    return Kept.CHANGED
