"""The legacy verdict: unsupported or out of date is legacy, unless one of four things holds.

It is not legacy where it is in use *and* supported, or a recent investment, or extended support is bought, or an
exception is agreed. The rule is the one that the partnership's scrutiny wrote down; what counts as recent and as out of
date is set by the partnership.

Reckoned in three values: what is unknown stays unknown, unless another fact decides alone. With the same facts, a later
day never makes a system less legacy.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sightline.estate.domain.lifecycle import HORIZON_DAYS, Lifecycle, State, in_words

__all__ = ["AgreedException", "Judgement", "LegacyFacts", "LegacyPolicy", "Verdict", "judge"]


class Verdict(StrEnum):
    """What a system is called."""

    LEGACY = "legacy"
    NOT_LEGACY = "not legacy"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class LegacyPolicy:
    """What the partnership has set.

    recent_years: for how many years after its purchase a system is a recent investment. out_of_date_years: how many
    years after a newer release line came out the old one is out of date. Raises ValueError for a negative number.
    """

    recent_years: int = 3
    out_of_date_years: int = 5

    def __post_init__(self) -> None:
        if self.recent_years < 0 or self.out_of_date_years < 0:
            raise ValueError("Years must be 0 or more.")


@dataclass(frozen=True, slots=True)
class AgreedException:
    """Somebody answers for keeping the system, for the time being. expires: its last day. Raises ValueError where no
    owner or no reason is named."""

    owner: str
    reason: str
    expires: date

    def __post_init__(self) -> None:
        if not self.owner.strip() or not self.reason.strip():
            raise ValueError("An exception needs an owner and a reason.")


@dataclass(frozen=True, slots=True)
class LegacyFacts:
    """What the register knows of one system or installation.

    lifecycle: of its release line, None where that is not recognised. in_use: None where nobody has said. newer_since:
    the day a newer release line of the product came out, None where there is none. purchased_on: the latest investment
    in it, None where none is recorded. extended_until: the last day of extended support that is bought, None where
    none is. exception: an agreed one.
    """

    lifecycle: Lifecycle | None
    in_use: bool | None = None
    newer_since: date | None = None
    purchased_on: date | None = None
    extended_until: date | None = None
    exception: AgreedException | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with its reasons.

    reasons: the facts it rests on, each as part of a sentence. changes: what would change it, each a sentence.
    legacy_on: the first later day on which the same facts make it legacy; None where there is no such day.
    """

    verdict: Verdict
    on: date
    reasons: tuple[str, ...]
    changes: tuple[str, ...]
    legacy_on: date | None

    @property
    def sentence(self) -> str:
        """The verdict and the facts it rests on, in one plain sentence."""
        *most, last = self.reasons
        joined = f"{', '.join(most)} and {last}" if most else last
        return f"{_SAID[self.verdict]}: {joined}."


_SAID = {
    Verdict.LEGACY: "Legacy",
    Verdict.NOT_LEGACY: "Not legacy",
    Verdict.UNKNOWN: "It is unknown whether this is legacy",
}


def judge(facts: LegacyFacts, policy: LegacyPolicy, *, on: date) -> Judgement:
    """The verdict on a day, its reasons and what would change it."""
    verdict = _verdict(facts, policy, on)
    later = sorted(day for day in _turning_days(facts, policy) if day > on)
    legacy_on = next((day for day in later if _verdict(facts, policy, day) is Verdict.LEGACY), None)
    if verdict is Verdict.LEGACY:
        legacy_on = None
    return Judgement(
        verdict=verdict,
        on=on,
        reasons=_reasons(verdict, facts, policy, on),
        changes=_changes(verdict, facts, policy, on, legacy_on),
        legacy_on=legacy_on,
    )


def _verdict(facts: LegacyFacts, policy: LegacyPolicy, day: date) -> Verdict:
    if _recent(facts, policy, day) or _extended(facts, day) or _excepted(facts, day):
        return Verdict.NOT_LEGACY
    unsupported = _unsupported(facts, day)
    outdated = _out_of_date(facts, policy, day)
    kept = _and(facts.in_use, None if unsupported is None else not unsupported)
    return _CALLED[_and(_or(unsupported, outdated), None if kept is None else not kept)]


_CALLED = {True: Verdict.LEGACY, False: Verdict.NOT_LEGACY, None: Verdict.UNKNOWN}


def _and(left: bool | None, right: bool | None) -> bool | None:
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def _or(left: bool | None, right: bool | None) -> bool | None:
    if left or right:
        return True
    return None if left is None or right is None else False


def _unsupported(facts: LegacyFacts, day: date) -> bool | None:
    if facts.lifecycle is None:
        return None
    state = facts.lifecycle.state(day, extended_bought=False)
    return None if state is State.UNKNOWN else state is State.UNSUPPORTED


def _out_of_date(facts: LegacyFacts, policy: LegacyPolicy, day: date) -> bool | None:
    if facts.newer_since is None:
        return None if facts.lifecycle is None else False
    return day >= years_after(facts.newer_since, policy.out_of_date_years)


def _recent(facts: LegacyFacts, policy: LegacyPolicy, day: date) -> bool:
    return facts.purchased_on is not None and day < years_after(facts.purchased_on, policy.recent_years)


def _extended(facts: LegacyFacts, day: date) -> bool:
    if facts.extended_until is None or day > facts.extended_until:
        return False
    # What is bought helps as long as the vendor gives it; where that day is unknown the contract is believed.
    return facts.lifecycle is None or facts.lifecycle.extended.on is None or day <= facts.lifecycle.extended.on


def _excepted(facts: LegacyFacts, day: date) -> bool:
    return facts.exception is not None and day <= facts.exception.expires


def years_after(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes 1 March, and what no calendar holds its last day."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date.max if day.year + years > date.max.year else date(day.year + years, 3, 1)


def _turning_days(facts: LegacyFacts, policy: LegacyPolicy) -> set[date]:
    """The days from which some fact reads differently."""
    last_days = [facts.extended_until, facts.exception.expires if facts.exception else None]
    if facts.lifecycle is not None:
        last_days += [facts.lifecycle.security.on, facts.lifecycle.extended.on]
    days = {day + timedelta(days=1) for day in last_days if day is not None and day < date.max}
    if facts.newer_since is not None:
        days.add(years_after(facts.newer_since, policy.out_of_date_years))
    if facts.purchased_on is not None:
        days.add(years_after(facts.purchased_on, policy.recent_years))
    return days


def _reasons(verdict: Verdict, facts: LegacyFacts, policy: LegacyPolicy, day: date) -> tuple[str, ...]:
    exempt = []
    if _recent(facts, policy, day):
        exempt.append(f"it was bought on {in_words(facts.purchased_on)}, within the last {_years(policy.recent_years)}")
    if _extended(facts, day):
        exempt.append(f"extended support is bought until {in_words(facts.extended_until)}")
    if facts.exception is not None and _excepted(facts, day):
        exempt.append(
            f"{facts.exception.owner} answers for an agreed exception until {in_words(facts.exception.expires)}"
        )
    support = _support(facts, day)
    if exempt:
        return (support, *exempt)
    reasons = [support]
    if _out_of_date(facts, policy, day):
        reasons.append(
            f"a newer release has been out since {in_words(facts.newer_since)}, longer than "
            f"{_years(policy.out_of_date_years)}"
        )
    reasons.append(
        {True: "it is in use", False: "it is not in use", None: "nobody has said whether it is in use"}[facts.in_use]
    )
    if verdict is Verdict.LEGACY:
        reasons.append("it is no recent investment, has no extended support and no agreed exception")
    return tuple(reasons)


def _support(facts: LegacyFacts, day: date) -> str:
    if facts.lifecycle is None:
        return "its release is not recognised, so its support is unknown"
    said = facts.lifecycle.explained(day, horizon_days=HORIZON_DAYS).rstrip(".")
    return said[0].lower() + said[1:]


def _changes(
    verdict: Verdict, facts: LegacyFacts, policy: LegacyPolicy, day: date, legacy_on: date | None
) -> tuple[str, ...]:
    if verdict is Verdict.LEGACY:
        offered = facts.lifecycle is not None and facts.lifecycle.extended.passed(day) is False
        until = facts.lifecycle.extended.on if facts.lifecycle is not None else None
        changes = ["Moving to a supported release would end it, and so would taking it out."]
        if offered:
            changes.append(f"Buying extended support would end it{f' until {in_words(until)}' if until else ''}.")
        changes.append("An agreed exception with an owner and an expiry would suspend it.")
        return tuple(changes)
    changes = []
    if verdict is Verdict.UNKNOWN:
        if facts.lifecycle is None:
            changes.append("Recognising the product and its release would decide it.")
        elif _unsupported(facts, day) is None:
            changes.append("Recording until when the release is supported would decide it.")
        if facts.in_use is None:
            changes.append("Saying whether it is in use would help to decide it.")
    if legacy_on is not None:
        changes.append(f"With nothing else changed it becomes legacy on {in_words(legacy_on)}.")
    elif verdict is Verdict.NOT_LEGACY:
        changes.append("Nothing that is known makes it legacy later.")
    return tuple(changes)


def _years(number: int) -> str:
    return "1 year" if number == 1 else f"{number} years"
