"""Systems that are no longer run, and those that are run again after all. Everything about them stays on record."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from sightline.estate import audit_actions
from sightline.estate.actions import KEEP, CannotKeepSystem
from sightline.estate.domain.lifecycle import in_words
from sightline.estate.models import Installation, System
from sightline.partnership import access
from sightline.partnership.models import User
from sightline.partnership.records import keep, keep_changes

SWITCHED_OFF = "its machine was switched off with the system"
BROUGHT_BACK = "its system is run again"


@transaction.atomic
def retire_system(*, record: System, by: User, on: datetime.date, reason: str, switched_off: bool = False) -> System:
    """Say that a system is no longer run. It stays on record, and so does what was found of it; verdicts, the overlap
    map and renewals leave it out, and open software audits no longer ask for it.

    switched_off: that its machines are off too, so that what was found on them has gone. Else it is counted, as
        software of no system, until an inventory no longer names it.

    Raises:
        Refused: the account may not for that council.
        CannotKeepSystem: the day lies ahead or before its purchase; no reason is given; it is retired already.
    """
    access.require(by, KEEP, council=record.council)
    record = _locked(record)
    if record.retired_on is not None:
        raise CannotKeepSystem("on", f"It is retired already, since {in_words(record.retired_on)}.")
    if on > timezone.localdate():
        raise CannotKeepSystem("on", "That day lies ahead. Give the day on which it was switched off.")
    if record.purchased_on is not None and on < record.purchased_on:
        bought = in_words(record.purchased_on)
        raise CannotKeepSystem("on", f"It was bought on {bought}, so it was not retired before. Check both days.")
    if not any(letter.isalnum() for letter in reason):
        raise CannotKeepSystem("reason", "Say why it is no longer run, or what took its place.")
    keep(record, by=by, reason="retired", retired_on=on, retired_why=reason.strip())
    if switched_off:
        rows = list(_installations(record, by).filter(gone_on=None).select_for_update(of=("self",)))
        for row in rows:
            row.gone_on = on
        keep_changes(rows, Installation, ("gone_on",), by=by, reason=SWITCHED_OFF)
    audit_actions.ask_no_longer(record, by=by, reason=f"The system was retired on {in_words(on)}: {reason.strip()}")
    return record


@transaction.atomic
def run_again(*, record: System, by: User, reason: str) -> System:
    """Say that a retired system is run after all, or again. What went with it on that day is found again.

    Raises:
        Refused: the account may not for that council.
        CannotKeepSystem: it is not retired, or no reason is given.
    """
    access.require(by, KEEP, council=record.council)
    record = _locked(record)
    was = record.retired_on
    if was is None:
        raise CannotKeepSystem("reason", "It is not retired, so nothing has to be undone.")
    if not any(letter.isalnum() for letter in reason):
        raise CannotKeepSystem("reason", "Say why it is run again.")
    keep(record, by=by, reason=f"run again: {' '.join(reason.split())}", retired_on=None, retired_why="")
    history = Installation.history.filter(id=OuterRef("pk")).order_by("-history_date", "-history_id")
    last = Subquery(history.values("history_change_reason")[:1])
    gone = _installations(record, by).filter(gone_on=was).alias(last_change=last).filter(last_change=SWITCHED_OFF)
    rows = list(gone)
    for row in rows:
        row.gone_on = None
    keep_changes(rows, Installation, ("gone_on",), by=by, reason=BROUGHT_BACK)
    return record


def _installations(record: System, by: User) -> QuerySet[Installation]:
    """What was found of a system, of the councils for which the account may say so."""
    return Installation.objects.filter(access.reaches(by, KEEP), system=record)


def _locked(record: System) -> System:
    return System.objects.select_for_update(of=("self",)).select_related("council").get(pk=record.pk)
