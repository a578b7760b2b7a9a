"""Loads the lifecycle data once a day, where the partnership has switched that on."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterator

from django.conf import settings

from sightline.estate import lifecycle_actions, recognising
from sightline.estate.domain.lifecycle_feed import PUBLIC_ADDRESS
from sightline.estate.lifecycle_actions import Had
from sightline.kernel.errors import SightlineError
from sightline.partnership import daily
from sightline.partnership import queries as partnership

PUBLIC = "public"


def register() -> None:
    """Register the job; called when Sightline starts."""
    daily.register("lifecycle-feed", "Until when software is supported", run_feed, prepare=got)


@contextlib.contextmanager
def got(_on: datetime.date) -> Iterator[Had | None]:
    """The data of the address that the settings name, fetched before the job holds the database; None where it is off.

    Raises:
        JobFailed: it cannot be had; the message says why.
    """
    said = settings.LIFECYCLE_FEED
    if not said:
        yield None
        return
    with contextlib.ExitStack() as stack:
        try:
            found = stack.enter_context(lifecycle_actions.had(PUBLIC_ADDRESS if said == PUBLIC else said))
        except SightlineError as error:
            raise daily.JobFailed(error.message) from error
        yield found


def run_feed(_on: datetime.date, found: Had | None) -> dict[str, int]:
    """Take in what was fetched; and where it names what was not known before, recognise what is found once more.

    Raises:
        JobFailed: it cannot be read, or tells less than half of the last one; nothing was changed.
    """
    if found is None:
        return {}
    try:
        told = lifecycle_actions.take(found, by=None)
    except SightlineError as error:
        raise daily.JobFailed(error.message) from error
    again = 0
    if told.new:
        every = [None, *partnership.councils()]
        again = sum(recognising.recognise_again(council=council, by=None) for council in every)
    counts = {"new": told.new, "changed": told.changed, "no longer named": len(told.gone), "recognised again": again}
    return {**counts, "unchanged": int(told.unchanged)}
