"""Until when a release line is supported, and its state on any day.

A release line ends in three steps, each at the end of the day named: active support (new features and ordinary
repairs), security support (the *end of life*, after which the vendor repairs nothing for everybody), and extended
support, which a customer has to buy.

The published facts are dates or yes/no: `eoas`, `eol` and `eoes` are true where that step is over already and false
where it is not over and no day is announced. The last day itself still counts as supported.

Source of this reading: https://endoflife.date, its product schema and its own reckoning of `isEol` (over from the day
after the date).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

__all__ = ["HORIZON_DAYS", "End", "Lifecycle", "State", "lifecycle_from_facts", "the_date"]

HORIZON_DAYS = 365
"""How far ahead an end is called near, in days, unless a caller says otherwise."""

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}$")


class State(StrEnum):
    """How a release line stands on a day."""

    SUPPORTED = "supported"
    """The vendor repairs security faults for everybody."""
    ENDING = "ending"
    """Supported, and the end of life lies within the horizon."""
    EXTENDED = "extended"
    """Past its end of life; the vendor repairs it for those who have bought extended support."""
    UNSUPPORTED = "unsupported"
    """Nobody repairs it, or extended support was not bought."""
    UNKNOWN = "unknown"
    """The facts are missing or wrong. Never counted as supported."""


@dataclass(frozen=True, slots=True)
class End:
    """When one step of support ends: on a day, at a day that is not told (over or not), or unknown.

    Exactly one of three forms: `End(on=day)`, `End(over=True)` or `End(over=False)`, and `End()` for unknown.
    """

    on: date | None = None
    over: bool | None = None

    def __post_init__(self) -> None:
        if self.on is not None and self.over is not None:
            raise ValueError("An end has a day or a yes/no, not both.")

    @property
    def known(self) -> bool:
        """Whether anything is known about this end."""
        return self.on is not None or self.over is not None

    def passed(self, day: date) -> bool | None:
        """Whether this step is over on that day; None where that is unknown. Its own day is not yet over."""
        return day > self.on if self.on is not None else self.over


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The ends of one release line.

    released: the day it came out. active, security, extended: the ends of the three kinds of support; security is the
    end of life. problems: what was wrong with the facts, one sentence each. source, checked: where the facts come from
    and on which day they were looked up.
    """

    released: date | None = None
    active: End = End()
    security: End = End()
    extended: End = End()
    problems: tuple[str, ...] = ()
    source: str = "endoflife.date"
    checked: date | None = None

    @property
    def end_of_life(self) -> date | None:
        """The last day with security support for everybody, or None where no day is known."""
        return self.security.on

    def state(self, day: date, *, horizon_days: int = HORIZON_DAYS, extended_bought: bool | None = None) -> State:
        """How this release line stands on a day.

        horizon_days: from how many days before the end of life a supported line is `ending` (0: on its last day only).
        extended_bought: whether extended support was bought; None where nobody asked, which reads as the vendor's own
        state. Raises ValueError where the horizon is negative.
        """
        if horizon_days < 0:
            raise ValueError("horizon_days must be 0 or more.")
        over = self.security.passed(day)
        if over is None:
            return State.UNKNOWN
        if not over:
            end = self.security.on
            near = end is not None and end - day <= timedelta(days=horizon_days)
            return State.ENDING if near else State.SUPPORTED
        if extended_bought is not False and self.extended.passed(day) is False:
            return State.EXTENDED
        return State.UNSUPPORTED

    def explained(self, day: date, *, horizon_days: int = HORIZON_DAYS) -> str:
        """The state on a day and the facts it rests on, in one plain sentence."""
        state = self.state(day, horizon_days=horizon_days)
        end, extended = self.security.on, self.extended.on
        if state is State.UNKNOWN:
            return "It is unknown until when it is supported."
        if state is State.SUPPORTED and end is None:
            return "It is supported, and no end is announced."
        if state in (State.SUPPORTED, State.ENDING):
            return f"It is supported until {in_words(end)}."
        since = f"Support ended on {in_words(end)}" if end else "Support has ended"
        if state is State.EXTENDED:
            until = f" until {in_words(extended)}" if extended else ""
            return f"{since}; extended support can be bought{until}."
        if extended:
            return f"{since}, and extended support on {in_words(extended)}."
        return f"{since}."


def in_words(day: date | None) -> str:
    """A day as pages write it, `6 March 2023`; “an unknown day” for None."""
    return f"{day.day} {day:%B %Y}" if day is not None else "an unknown day"


def the_date(value: object) -> date | None:
    """The day that a fact names: a date, or text in ISO form; None for everything else."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str) and _ISO.match(text := value.strip()):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None
    return None


def lifecycle_from_facts(
    facts: Mapping[str, object], *, source: str = "endoflife.date", checked: date | None = None
) -> Lifecycle:
    """The lifecycle in one release's published facts; what cannot be read becomes unknown and a sentence in `problems`.

    facts: `releaseDate`, `eoas`, `eol`, `eoes`, each a date as text, true, false, or missing.
    """
    problems: list[str] = []

    def end(key: str) -> End:
        value = facts.get(key)
        if value is None:
            return End()
        if isinstance(value, bool):
            return End(over=value)
        if (day := the_date(value)) is not None:
            return End(on=day)
        problems.append(f"“{key}” is {value!r}, which is neither a date nor yes or no.")
        return End()

    released = the_date(facts.get("releaseDate"))
    if released is None and facts.get("releaseDate") is not None:
        problems.append(f"“releaseDate” is {facts['releaseDate']!r}, which is no date.")
    active, security, extended = end("eoas"), end("eol"), end("eoes")
    if security.on is not None:
        if released is not None and security.on < released:
            problems.append("Its end of life lies before its release, so neither is trusted.")
            security = End()
        if active.on is not None and security.on is not None and active.on > security.on:
            problems.append("Its active support ends after its end of life.")
        if extended.on is not None and security.on is not None and extended.on < security.on:
            problems.append("Its extended support ends before its end of life.")
    return Lifecycle(released, active, security, extended, tuple(problems), source, checked)
