"""The two clocks of a recommendation: by when a council responds, and until when a decision may be called in.

Response. A scrutiny committee in England may require its council's executive to respond to a report or recommendations
within two months, beginning with the day on which the executive received them: Local Government Act 2000, section 9FE,
https://www.legislation.gov.uk/ukpga/2000/22/section/9FE. (That page could not be opened when this was written; the same
period stands in regulation 6 of SI 2009/1919, https://www.legislation.gov.uk/uksi/2009/1919/part/2/made, read on 24
November 2026.) Two months are therefore the default; a partnership may set its own number.

Call-in. Scrutiny may ask for a decision of the executive that was made and is not carried out yet to be thought over
again (section 9F of the same Act). For how long is a matter of each council's constitution; five working days are the
custom, and a partnership may set its own number.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Container
from functools import cache

RESPONSE_MONTHS = 2
CALL_IN_WORKING_DAYS = 5


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day of the month, ``months`` later; the last of the month where it has no such day (31 December and two
    months: 28 or 29 February).

    Raises:
        ValueError: months is negative, or the year would lie beyond 9999.
    """
    if months < 0:
        raise ValueError(f"months must not be negative, and is {months}.")
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def due_on(referred_on: datetime.date, months: int = RESPONSE_MONTHS) -> datetime.date:
    """The last day on which a council responds in time, to what it was asked on ``referred_on``: the same day, two
    months later. The executive receives what a meeting asked on the day after it at the earliest, so that this is
    never later than the Act's own count from the day of receipt.
    """
    return add_months(referred_on, months)


@cache
def bank_holidays(year: int) -> frozenset[datetime.date]:
    """The bank holidays of England in a year, one-off ones too. Source: the library `holidays`."""
    from holidays.countries.united_kingdom import UnitedKingdom  # takes a second; few pages need it

    return frozenset(UnitedKingdom(subdiv="ENG", years=year))  # type: ignore[no-untyped-call]


def is_working_day(day: datetime.date, closed: Container[datetime.date] | None = None) -> bool:
    """Whether councils work on a day: Monday to Friday, but no bank holiday.

    closed: the days on which nobody works besides weekends; the bank holidays of England where it is None.
    """
    return day.weekday() < 5 and day not in (bank_holidays(day.year) if closed is None else closed)


def call_in_ends_on(
    decided_on: datetime.date,
    working_days: int = CALL_IN_WORKING_DAYS,
    closed: Container[datetime.date] | None = None,
) -> datetime.date | None:
    """The last day on which a decision may be called in: the ``working_days``-th working day after it.

    None where there is no call-in (no working days).

    Raises:
        ValueError: working_days is negative.
    """
    if working_days < 0:
        raise ValueError(f"working_days must not be negative, and is {working_days}.")
    day = decided_on
    for _ in range(working_days):
        day += datetime.timedelta(days=1)
        while not is_working_day(day, closed):
            day += datetime.timedelta(days=1)
    return day if working_days else None
