"""Councils that have ended: what is said of them beside their name, and that nothing new is taken in for them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.utils import timezone

from sightline.kernel.errors import SightlineError
from sightline.partnership.models import Council


class CouncilHasEnded(SightlineError):
    """Something new was to be kept for a council that has ended; nothing was changed."""


def has_ended(council: Council | None, on: datetime.date | None = None) -> bool:
    """Whether a council's last day lies before a day, today if left out; the partnership (None) goes on."""
    return council is not None and not council.exists_on(on or timezone.localdate())


def heir_of(council: Council, on: datetime.date | None = None) -> Council | None:
    """The council that its work has come to by a day: its successor, or that one's, and so on; None for nobody named.

    The partnership file lets no line of successors come back to itself.
    """
    heir = council.successor
    while heir is not None and has_ended(heir, on):
        heir = heir.successor
    return heir


def heir_code(council: Council | None, on: datetime.date | None = None) -> str:
    """The GSS code of the council that an ended one's work has come to; “” for one that goes on, or without one."""
    heir = heir_of(council, on) if council is not None and has_ended(council, on) else None
    return heir.gss_code if heir is not None else ""


def _day(council: Council) -> str:
    assert council.ended_on is not None
    return f"{council.ended_on.day} {council.ended_on:%B %Y}"


def note(council: Council | None, on: datetime.date | None = None, *, short: bool = False) -> str:
    """What stands behind the name of a council that has ended: “until 31 March 2026, now Bigmere Council”; else “”.

    short: its successor by its abbreviation, for a narrow place.
    """
    if council is None or not has_ended(council, on):
        return ""
    heir = heir_of(council, on)
    return f"until {_day(council)}" + (f", now {heir.abbreviation if short else heir.name}" if heir is not None else "")


def labelled(councils: Iterable[Council], on: datetime.date | None = None) -> dict[str, str]:
    """The names of some councils by their slugs, those that have ended last and marked: the choices of a form."""
    rows = sorted(councils, key=lambda one: (has_ended(one, on), one.name))
    return {one.slug: f"{one.name} ({said})" if (said := note(one, on)) else one.name for one in rows}


def require_lasting(council: Council | None, *, what: str, on: datetime.date | None = None) -> None:
    """Let nothing new be kept for a council that has ended.

    what: what was to be kept, such as “inventory”.

    Raises:
        CouncilHasEnded: it has; the message names it, its last day and its successor.
    """
    if council is None or not has_ended(council, on):
        return
    heir = heir_of(council, on)
    instead = (
        f"Keep it for its successor, {heir.name} ({heir.abbreviation})."
        if heir is not None
        else "The partnership file names no successor; if there is one, name it there."
    )
    raise CouncilHasEnded(f"{council.name} ended on {_day(council)}, so no new {what} is kept for it. {instead}")
