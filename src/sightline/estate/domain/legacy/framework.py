"""The score of the UK government's Legacy IT Risk Assessment Framework.

Seven criteria of likelihood, each 1 (very low) to 6 (certain), and six of impact, each 1 (very low) to 5 (very high).
Each side is half the sum of its mean and its highest answer; the score is likelihood times impact, at most 30. From 16
a system is red. A system counts as legacy in the framework's sense where any criterion of likelihood is 3 or more.

Source: Central Digital and Data Office (now Government Digital Service), "Guidance on the Legacy IT Risk Assessment
Framework", 29 September 2023, updated 13 March 2025, Open Government Licence v3.0,
https://www.gov.uk/government/publications/guidance-on-the-legacy-it-risk-assessment-framework. The criteria are told
here in our own words, for councils instead of departments.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from sightline.estate.domain.legacy.verdict import years_after
from sightline.estate.domain.lifecycle import Lifecycle, State, in_words

__all__ = ["CRITERIA", "RED_FROM", "Assessment", "Criterion", "Kind", "RegisterFacts", "Suggestion", "suggestions"]

RED_FROM = 16
HIGHEST = 30
_LEGACY_FROM = 3


class Kind(StrEnum):
    """Which side of the product a criterion counts on."""

    LIKELIHOOD = "likelihood"
    IMPACT = "impact"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question. code: as in the framework (L1 to L7, C1 to C6). highest: the worst answer; the best is 1."""

    code: str
    kind: Kind
    name: str
    question: str

    @property
    def highest(self) -> int:
        """6 for likelihood, where an event may already have come; 5 for impact."""
        return 6 if self.kind is Kind.LIKELIHOOD else 5


CRITERIA: tuple[Criterion, ...] = (
    Criterion("L1", Kind.LIKELIHOOD, "End of support", "Will its technology be out of support within three years?"),
    Criterion("L2", Kind.LIKELIHOOD, "Contract", "Will the supplier's contract end with nothing in its place?"),
    Criterion("L3", Kind.LIKELIHOOD, "Knowledge and skills", "Will people who can run and change it be hard to find?"),
    Criterion("L4", Kind.LIKELIHOOD, "Needs", "Will it fail to do what the service needs, now or later?"),
    Criterion("L5", Kind.LIKELIHOOD, "Hardware and place", "Does it depend on old hardware or an unfit place?"),
    Criterion("L6", Kind.LIKELIHOOD, "Security flaws", "Does it have, or will it have, unrepaired security flaws?"),
    Criterion("L7", Kind.LIKELIHOOD, "Recent failures", "How badly has it failed of late?"),
    Criterion("C1", Kind.IMPACT, "Safety", "Would its failure endanger life, health or security?"),
    Criterion("C2", Kind.IMPACT, "Reputation", "How far would its failure damage trust in the council?"),
    Criterion("C3", Kind.IMPACT, "Direct cost", "What would its failure cost in fines, claims and redress?"),
    Criterion("C4", Kind.IMPACT, "People outside", "How hard would its failure hit residents and businesses?"),
    Criterion("C5", Kind.IMPACT, "Work lost", "How many hours of work would its failure cost?"),
    Criterion("C6", Kind.IMPACT, "Other systems", "How far does it hold back other systems that hang on it?"),
)
_BY_CODE = {criterion.code: criterion for criterion in CRITERIA}


@dataclass(frozen=True, slots=True)
class Assessment:
    """The answers given for one system, by code; what is not answered is left out.

    Raises ValueError for a code that is no criterion's and for an answer outside 1 to the criterion's highest.
    """

    answers: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for code, answer in self.answers.items():
            criterion = _BY_CODE.get(code)
            if criterion is None:
                raise ValueError(f"{code} is no criterion of the framework.")
            if not 1 <= answer <= criterion.highest:
                raise ValueError(f"{code} is answered from 1 to {criterion.highest}, not {answer}.")

    @property
    def unanswered(self) -> tuple[Criterion, ...]:
        """The criteria that still want an answer, in the framework's order."""
        return tuple(criterion for criterion in CRITERIA if criterion.code not in self.answers)

    @property
    def score(self) -> Fraction | None:
        """Likelihood times impact, 1 to 30, exactly; None until every criterion is answered."""
        return self.bounds[0] if not self.unanswered else None

    @property
    def bounds(self) -> tuple[Fraction, Fraction]:
        """The lowest and highest score that the answers still allow."""
        return self._with(worst=False), self._with(worst=True)

    @property
    def red(self) -> bool | None:
        """Whether it is red; None while the missing answers could decide either way."""
        low, high = self.bounds
        if low >= RED_FROM:
            return True
        return False if high < RED_FROM else None

    @property
    def legacy(self) -> bool | None:
        """Whether any criterion of likelihood is 3 or more; None while a missing one could be."""
        asked = [criterion.code for criterion in CRITERIA if criterion.kind is Kind.LIKELIHOOD]
        if any(self.answers.get(code, 0) >= _LEGACY_FROM for code in asked):
            return True
        return False if all(code in self.answers for code in asked) else None

    @property
    def sentence(self) -> str:
        """The score in one plain sentence."""
        low, high = self.bounds
        if self.unanswered:
            missing = ", ".join(criterion.code for criterion in self.unanswered)
            said = {True: "red whatever they are", False: "not red whatever they are", None: "open"}[self.red]
            return f"Between {shown(low)} and {shown(high)} of {HIGHEST}, {said}: {missing} not answered."
        return f"{shown(low)} of {HIGHEST}: {'red' if self.red else 'not red'}, which begins at {RED_FROM}."

    def _with(self, *, worst: bool) -> Fraction:
        """The score if all that is unanswered were answered with the worst or the best."""
        score = Fraction(1)
        for kind in Kind:
            asked = [criterion for criterion in CRITERIA if criterion.kind is kind]
            values = [self.answers.get(one.code, one.highest if worst else 1) for one in asked]
            score *= (Fraction(sum(values), len(values)) + max(values)) / 2
        return score


def shown(score: Fraction) -> str:
    """A score with one decimal, rounded down, so that nothing below 16 is shown as 16."""
    tenths = score.numerator * 10 // score.denominator
    return f"{tenths // 10}.{tenths % 10}"


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """What the register may know of a system. None: not recorded.

    extended_until: last day of extended support that is bought. open_vulnerabilities: known and not remediated.
    dependants: systems that depend on it.
    """

    lifecycle: Lifecycle | None = None
    extended_until: date | None = None
    contract_ends: date | None = None
    open_vulnerabilities: int | None = None
    dependants: int | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An answer that the register suggests, and the fact it rests on. A person confirms or changes it."""

    code: str
    answer: int
    why: str


def suggestions(facts: RegisterFacts, *, on: date) -> tuple[Suggestion, ...]:
    """The answers that the register can suggest on a day; criteria it knows nothing of are left out."""
    found = (_support(facts, on), _contract(facts, on), _flaws(facts, on), _dependants(facts))
    return tuple(suggestion for suggestion in found if suggestion is not None)


def _support(facts: RegisterFacts, day: date) -> Suggestion | None:
    if facts.lifecycle is None:
        return None
    state = facts.lifecycle.state(day)
    if state is State.UNKNOWN:
        return None
    bought = facts.extended_until
    if state in (State.UNSUPPORTED, State.EXTENDED):
        if bought is None or bought < day:
            return Suggestion("L1", 6, facts.lifecycle.explained(day))
        return Suggestion("L1", _nearness(bought, day), f"Extended support is bought until {in_words(bought)}.")
    end = facts.lifecycle.end_of_life
    if end is None:
        return Suggestion("L1", 2, facts.lifecycle.explained(day))
    return Suggestion("L1", _nearness(end, day), facts.lifecycle.explained(day))


def _nearness(end: date, day: date) -> int:
    """5 within a year, 4 within two, 3 within three, 2 within five, else 1."""
    for answer, years in ((5, 1), (4, 2), (3, 3), (2, 5)):
        if end <= years_after(day, years):
            return answer
    return 1


def _contract(facts: RegisterFacts, day: date) -> Suggestion | None:
    end = facts.contract_ends
    if end is None:
        return None
    if end < day:
        return Suggestion("L2", 6, f"The contract ended on {in_words(end)}.")
    return Suggestion("L2", _nearness(end, day), f"The contract ends on {in_words(end)}.")


def _flaws(facts: RegisterFacts, day: date) -> Suggestion | None:
    number = facts.open_vulnerabilities
    if number:
        return Suggestion("L6", 6, f"{number} known vulnerabilit{'y is' if number == 1 else 'ies are'} open.")
    state = facts.lifecycle.state(day) if facts.lifecycle is not None else State.UNKNOWN
    covered = facts.extended_until is not None and facts.extended_until >= day
    if state is State.UNSUPPORTED or (state is State.EXTENDED and not covered):
        return Suggestion("L6", 5, "No known vulnerability is open, but nobody repairs new ones any more.")
    if number is None or state is State.UNKNOWN:
        return None
    return Suggestion("L6", 2, "No known vulnerability is open, and new ones are repaired.")


def _dependants(facts: RegisterFacts) -> Suggestion | None:
    number = facts.dependants
    if number is None:
        return None
    answer = next((answer for answer, most in ((1, 0), (2, 2), (3, 5), (4, 10)) if number <= most), 5)
    return Suggestion("C6", answer, f"{number} system{'' if number == 1 else 's'} depend{'s' * (number == 1)} on it.")
