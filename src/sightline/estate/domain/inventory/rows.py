"""One row of an inventory, and what is wrong with one that cannot be taken."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sightline.kernel.errors import SightlineError

__all__ = ["Found", "LeftOut", "UnreadableInventory", "the_day"]


class UnreadableInventory(SightlineError):
    """An inventory that cannot be taken: the message names the file, the row and what to mend."""


@dataclass(frozen=True, slots=True)
class Found:
    """One piece of software found on one machine.

    number: the row or line of the file, from 1. device: the machine's name in small letters, since names of machines
    have no case. name, version, publisher: as found. installed_on: None where it is not told. person: who uses the
    machine, as the tool says.
    """

    number: int
    device: str
    name: str
    version: str = ""
    publisher: str = ""
    installed_on: date | None = None
    person: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that was left out because a partial import was asked for, and why."""

    number: int
    why: str


_ORDERED = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$")
_DAY_OR_MONTH_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[ T,].*)?$")
_IN_WORDS = re.compile(r"(\d{1,2})[- ]([A-Za-z]{3})[a-z]*\.?[- ,]+(\d{4})(?:[ T,].*)?$")
_RUN_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{6})?$")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?$")
_MONTHS = {
    name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}  # fmt: skip
_EXCEL_DAY_ZERO = date(1899, 12, 30)
"""Day 0 of Excel's calendar for every day after February 1900; ECMA-376, part 1, 18.17.4."""


def the_day(text: str, *, month_first: bool = False) -> date | None:
    """The day that a cell names, in any form that the tools write; None for an empty cell.

    Forms: `2023-03-06` (with or without a time), `06/03/2023`, `6 Mar 2023`, `20230306`, and a spreadsheet's serial
    number. month_first: read `03/06/2023` as 6 March. Raises ValueError where it is no day.
    """
    text = text.strip()
    if not text or text in ("-", "N/A", "n/a", "NULL", "null"):
        return None
    if found := _ORDERED.match(text) or _RUN_TOGETHER.match(text):
        return date(*(int(part) for part in found.groups()))
    if found := _DAY_OR_MONTH_FIRST.match(text):
        first, second, year = (int(part) for part in found.groups())
        year += 2000 if year < 100 else 0
        return date(year, first, second) if month_first else date(year, second, first)
    if (found := _IN_WORDS.match(text)) and (month := _MONTHS.get(found[2].lower())):
        return date(int(found[3]), month, int(found[1]))
    if _SERIAL.match(text):
        return _EXCEL_DAY_ZERO + timedelta(days=int(float(text)))
    try:
        return datetime.strptime(text, "%B %d, %Y").date()  # noqa: DTZ007  (a day has no zone)
    except ValueError:
        raise ValueError(f"“{text[:40]}” is no day") from None
