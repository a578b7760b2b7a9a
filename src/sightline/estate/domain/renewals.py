"""What ends, or must be given notice of, in the months ahead: as a list, as a calendar, and what it costs when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

__all__ = ["CostMonth", "Kind", "Renewal", "Term", "ahead", "as_calendar", "cost_curve", "months_after"]


class Kind(StrEnum):
    """What happens on a day."""

    NOTICE = "notice"
    END = "end"

    @property
    def label(self) -> str:
        return "Last day to give notice" if self is Kind.NOTICE else "Ends"


@dataclass(frozen=True, slots=True)
class Term:
    """A licence or a contract with its days.

    reference, title, address: of its record. council: its name, "" where the councils share it. until: what is said
    behind the name of one that has ended.
    cost_pence: a year; None where nobody has said. starts, ends: first and last day. notice: the last day for it.
    """

    reference: str
    title: str
    council: str = ""
    cost_pence: int | None = None
    starts: date | None = None
    ends: date | None = None
    notice: date | None = None
    address: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Renewal:
    """One day on which something ends or must be given notice of. days: from the day of asking."""

    on: date
    kind: Kind
    term: Term
    days: int


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - timedelta(days=1)).day))


def ahead(terms: Iterable[Term], *, on: date, months: int) -> tuple[Renewal, ...]:
    """What comes within so many months of a day, the nearest first."""
    until = months_after(on, months)
    found = [
        Renewal(day, kind, term, (day - on).days)
        for term in terms
        for kind, day in ((Kind.NOTICE, term.notice), (Kind.END, term.ends))
        if day is not None and on <= day <= until
    ]
    return tuple(sorted(found, key=lambda one: (one.on, one.kind is Kind.END, one.term.reference)))


@dataclass(frozen=True, slots=True)
class CostMonth:
    """What one month costs, in pence.

    committed: under terms that have not ended. open: under those that would have to be renewed, at today's price.
    """

    month: date
    committed_pence: int
    open_pence: int

    @property
    def all_pence(self) -> int:
        """What it costs if everything is renewed."""
        return self.committed_pence + self.open_pence


def cost_curve(terms: Sequence[Term], *, on: date, months: int) -> tuple[CostMonth, ...]:
    """The cost of each of so many months, from the one of a day: a twelfth of the yearly cost of each term.

    A term counts in a month on whose first day it runs (in the first month: on the day itself), and is open to be
    renewed in each later one. What had ended before the day, and what has no cost, counts nowhere.
    """
    found = []
    first = on.replace(day=1)
    running = [term for term in terms if term.cost_pence and (term.ends is None or term.ends >= on)]
    for number in range(months):
        month = months_after(first, number)
        day = max(month, on)
        committed = open_to_renew = 0
        for term in running:
            assert term.cost_pence is not None
            if term.starts is not None and term.starts > day:
                continue
            # The twelve parts of a year add up to the year, whatever does not divide by twelve.
            share = term.cost_pence * month.month // 12 - term.cost_pence * (month.month - 1) // 12
            if term.ends is None or term.ends >= day:
                committed += share
            else:
                open_to_renew += share
        found.append(CostMonth(month, committed, open_to_renew))
    return tuple(found)


def as_calendar(renewals: Iterable[Renewal], *, name: str, host: str, made_at: datetime) -> bytes:
    """The days as a calendar that calendars subscribe to: iCalendar, RFC 5545, lines folded at 75 octets.

    host: of the site, for identifiers that stay the same each time the calendar is read. Raises ValueError where
    made_at has no time zone.
    """
    if made_at.tzinfo is None:
        raise ValueError("The time at which a calendar is made needs a time zone.")
    stamp = made_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Sightline//Renewals//EN", f"X-WR-CALNAME:{_text(name)}"]
    for one in renewals:
        says = f"{one.kind.label}: {one.term.title}"
        told = [one.term.reference, one.term.council]
        lines += [
            "BEGIN:VEVENT",
            f"UID:{one.term.reference}-{one.kind.value}@{host}",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{one.on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{one.on + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_text(says)}",
            f"DESCRIPTION:{_text(', '.join(part for part in told if part))}",
            *([f"URL:{one.term.address}"] if one.term.address else []),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return b"".join(_folded(line) + b"\r\n" for line in [*lines, "END:VCALENDAR"])


def _text(value: str) -> str:
    for sign in ("\\", ";", ","):
        value = value.replace(sign, f"\\{sign}")
    return "\\n".join(value.splitlines())


def _folded(line: str) -> bytes:
    """A line in pieces of at most 75 octets; no letter is cut in two."""
    pieces: list[bytes] = []
    piece = b""
    for letter in line:
        encoded = letter.encode()
        if len(piece) + len(encoded) > (75 if not pieces else 74):
            pieces.append(piece)
            piece = b""
        piece += encoded
    return b"\r\n ".join([*pieces, piece])
