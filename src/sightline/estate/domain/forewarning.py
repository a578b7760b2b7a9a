"""When a day that ends something is told of ahead, so that somebody can still act."""

from __future__ import annotations

from datetime import date, timedelta

DAYS_AHEAD = (60, 30, 7)
"""How many days before it a day is told of: once each."""


def is_told(day: date, *, on: date, after: date | None, known_on: date | None = None) -> bool:
    """Whether the letters written ``on`` a day tell of ``day``.

    after: the last day on which letters were written; None where there were none yet, so that whatever lies within
        DAYS_AHEAD[0] days is told of. Whatever came in between is caught up with, once.
    known_on: when whoever is told agreed to it; what had come by then they know.
    """
    if day < on:
        return False
    come = (day - timedelta(days=days) for days in DAYS_AHEAD)
    return any((after is None or after < one) and one <= on and (known_on is None or known_on < one) for one in come)
