"""The day by which something was promised, as far as the words say it: a suggestion, which a clerk confirms.

A day without a year is the first such day on or after the meeting. What is vague becomes the last day it can mean: "in
June" is 30 June, "by the end of the financial year" is 31 March. "By June" means before June has passed its first day.
Quarters are those of councils' financial years, which begin on 1 April (Q1 is April to June).
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

# No promise is suggested to be due later than this: it is a misreading, or no promise.
FURTHEST_YEARS = 10


@dataclass(frozen=True, slots=True)
class Due:
    """A day and the words that say it.

    on: the last day; None for a meeting whose day is not known.
    words: the words, as they stand in the text from ``start`` to ``end`` (code points).
    """

    on: datetime.date | None
    words: str
    start: int
    end: int


_MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name: number for number, name in enumerate(calendar.month_abbr) if name} | {"Sept": 9}
_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "eighteen": 18,
}  # fmt: skip
_SEASONS = {"spring": (5, 31), "summer": (8, 31), "autumn": (11, 30), "winter": (2, 28), "christmas": (12, 24)}

_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?:,?\s+(?P<year>\d{4}))?\b(?!,?\s+\d{4}\b|\s+last)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_BY = r"\b(?i:by|before|on|until|for|no later than|not later than|at the latest)\s+(?i:the\s+)?"
_IN = r"\b(?i:in|during|within|for|by)\s+(?i:the\s+)?"
_END = r"\b(?i:by|at|before|towards|for|until)?\s*(?i:the\s+)?(?i:end of|close of)\s+(?i:the\s+)?"

Read = Callable[[re.Match[str], datetime.date], datetime.date]


def _last(year: int, month: int) -> datetime.date:
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def _yearless(made_on: datetime.date, year: str | None, make: Callable[[int], datetime.date]) -> datetime.date:
    """The day in the year that is named, or the first from ``made_on`` on."""
    if year:
        return make(int(year))
    return next(day for day in (make(made_on.year), make(made_on.year + 1)) if day >= made_on)


def _day_of_month(found: re.Match[str], made_on: datetime.date) -> datetime.date:
    month, day = _MONTHS[found["month"]], int(found["day"])
    if (month, day) == (2, 29):
        return _yearless(made_on, found["year"], lambda year: _last(year, 2))
    return _yearless(made_on, found["year"], lambda year: datetime.date(year, month, day))


def _in_figures(found: re.Match[str], _made_on: datetime.date) -> datetime.date:
    year = int(found["year"])
    return datetime.date(year if year > 99 else 2000 + year, int(found["month"]), int(found["day"]))


def _end_of_month(found: re.Match[str], made_on: datetime.date) -> datetime.date:
    month = _MONTHS[found["month"]]
    return _yearless(made_on, found["year"], lambda year: _last(year, month))


def _start_of_month(found: re.Match[str], made_on: datetime.date) -> datetime.date:
    month = _MONTHS[found["month"]]
    return _yearless(made_on, found["year"], lambda year: datetime.date(year, month, 1))


def _part_of_month(found: re.Match[str], made_on: datetime.date) -> datetime.date:
    month, part = _MONTHS[found["month"]], found["part"].lower()
    day = {"early": 10, "mid": 20}.get(part)
    return _yearless(
        made_on, found["year"], lambda year: datetime.date(year, month, day) if day else _last(year, month)
    )


def _season(found: re.Match[str], made_on: datetime.date) -> datetime.date:
    month, day = _SEASONS[found["season"].lower()]
    return _yearless(made_on, found["year"], lambda year: datetime.date(year, month, day))


def _months_later(day: datetime.date, months: int) -> datetime.date:
    place = day.year * 12 + day.month - 1 + months
    year, month = divmod(place, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _after_a_while(found: re.Match[str], made_on: datetime.date) -> datetime.date:
    said = found["count"].lower()
    count = int(said) if said.isdigit() else _COUNTS[said]
    unit = found["unit"].lower()
    if unit == "working day":
        return made_on + datetime.timedelta(days=count + 2 * ((count + made_on.weekday()) // 5))
    if unit in ("day", "week", "fortnight"):
        return made_on + datetime.timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])
    return _months_later(made_on, count * (12 if unit == "year" else 1))


def _next_span(found: re.Match[str], made_on: datetime.date) -> datetime.date:
    """The last day of the next (or this) week, month, quarter or year, of whichever kind."""
    later = 1 if found["which"].lower() == "next" else 0
    kind, unit = (found["kind"] or "").lower().strip(), found["unit"].lower()
    if unit == "week":
        return made_on + datetime.timedelta(days=6 - made_on.weekday() + 7 * later)
    if unit == "month":
        following = _months_later(made_on.replace(day=1), later)
        return _last(following.year, following.month)
    if unit == "quarter":
        first = made_on.replace(month=(made_on.month - 1) // 3 * 3 + 1, day=1)
        return _months_later(first, 3 * (later + 1)) - datetime.timedelta(days=1)
    return _end_of_year(kind, made_on, later)


def _end_of_year(kind: str, made_on: datetime.date, later: int) -> datetime.date:
    if kind in ("", "calendar"):
        return datetime.date(made_on.year + later, 12, 31)
    month, day = (3, 31) if kind == "financial" else (5, 31) if kind == "municipal" else (7, 31)
    first = datetime.date(made_on.year, month, day)
    return first.replace(year=made_on.year + later + (0 if first >= made_on else 1))


def _quarter(found: re.Match[str], made_on: datetime.date) -> datetime.date:
    number = int(found["quarter"])
    month = (6, 9, 12, 3)[number - 1]
    if found["year"]:
        return _last(int(found["year"]) + (1 if number == 4 else 0), month)
    return _yearless(made_on, None, lambda year: _last(year, month))


def _new_year(_found: re.Match[str], made_on: datetime.date) -> datetime.date:
    return datetime.date(made_on.year + 1, 1, 31)


_WAYS: tuple[tuple[re.Pattern[str], Read], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"{_BY}{_DAY}\s+(?:of\s+)?{_MONTH}{_YEAR}", _day_of_month),
        (rf"{_BY}{_MONTH}\s+{_DAY}{_YEAR}", _day_of_month),
        (rf"{_BY}(?P<day>\d{{1,2}})[./](?P<month>\d{{1,2}})[./](?P<year>20\d\d|\d\d)\b", _in_figures),
        (rf"{_END}{_MONTH}{_YEAR}", _end_of_month),
        (rf"{_BY.replace('by|', 'by|in|during|')}(?P<part>(?i:early|mid|late))[\s-]+{_MONTH}{_YEAR}", _part_of_month),
        (rf"\b(?i:by|before)\s+{_MONTH}{_YEAR}", _start_of_month),
        (rf"\b(?i:in|during|for)\s+{_MONTH}{_YEAR}", _end_of_month),
        (
            rf"\b(?i:within|in)\s+(?i:the\s+next\s+)?(?P<count>(?i:\d{{1,3}}|{'|'.join(_COUNTS)}))\s+"
            r"(?P<unit>(?i:working day|day|week|fortnight|month|year))(?i:s|s['’]|['’]s)?\b",
            _after_a_while,
        ),
        (
            rf"(?:{_END}|{_IN}|{_BY}|\b(?i:by|in)\s+)?(?P<which>(?i:next|this))\s+"
            r"(?P<kind>(?i:financial|municipal|calendar|academic)\s+)?(?P<unit>(?i:week|month|quarter|year))\b",
            _next_span,
        ),
        (
            rf"{_END}(?P<which>(?i:))(?P<kind>(?i:financial|municipal|calendar|academic)\s+)?"
            r"(?P<unit>(?i:month|quarter|year))\b(?!\s*\d)",
            _next_span,
        ),
        (
            rf"(?:{_END}|{_IN})(?i:quarter\s+|Q)(?P<quarter>[1-4])\b(?:\s+(?:of\s+)?(?P<year>20\d\d)(?:[/-]\d\d)?)?",
            _quarter,
        ),
        (rf"{_IN}(?P<season>(?i:spring|summer|autumn|winter|christmas))\b{_YEAR}", _season),
        (r"\b(?i:before)\s+(?P<season>(?i:christmas))\b" + _YEAR, _season),
        (rf"{_IN}(?i:new year)\b", _new_year),
    )
)

_NEXT_MEETING = re.compile(
    r"\b(?i:at|to|by|before|for)\s+(?:(?i:the)\s+\w+['’]s|(?i:the|its|their|our))\s+(?i:next|following)\s+"
    r"(?:(?i:scheduled|ordinary|quarterly|joint)\s+)?(?:(?i:panel|committee|cabinet|board|council)(?:['’]s)?\s+)?(?i:meeting)\b"
)


def suggested(text: str, made_on: datetime.date, next_meeting: datetime.date | None = None) -> Due | None:
    """The day by which something is promised in ``text``; None where the words say none.

    made_on: the day of the meeting at which it was said. No day before it is suggested, nor one much later.
    next_meeting: the day of the body's next meeting, where it is known.

    Of several days the first that stands in the text is taken.
    """
    found = [*_days(text, made_on), *_next_meeting(text, made_on, next_meeting)]
    return min(found, key=lambda due: (due.start, -due.end), default=None)


def _next_meeting(text: str, made_on: datetime.date, next_meeting: datetime.date | None) -> Iterator[Due]:
    if (said := _NEXT_MEETING.search(text)) is not None:
        known = next_meeting if next_meeting is not None and next_meeting > made_on else None
        yield Due(known, said[0], said.start(), said.end())


def _days(text: str, made_on: datetime.date) -> Iterator[Due]:
    for pattern, read in _WAYS:
        for found in pattern.finditer(text):
            try:
                day = read(found, made_on)
            except (ValueError, StopIteration, OverflowError):
                continue  # 31 June: no day
            if made_on <= day <= made_on.replace(day=1, year=min(made_on.year + FURTHEST_YEARS, 9999)):
                start = found.start() + len(found[0]) - len(found[0].lstrip())
                yield Due(day, text[start : found.end()], start, found.end())
                break
