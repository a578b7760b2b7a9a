"""The government's framework: its arithmetic, its red line, and what the register can suggest."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.estate.domain.legacy import CRITERIA, Assessment, Kind, RegisterFacts, suggestions
from sightline.estate.domain.lifecycle import End, Lifecycle

DAY = date(2024, 6, 30)
LOWEST = {criterion.code: 1 for criterion in CRITERIA}
HIGHEST = {criterion.code: criterion.highest for criterion in CRITERIA}


def test_there_are_seven_criteria_of_likelihood_and_six_of_impact() -> None:
    kinds = [criterion.kind for criterion in CRITERIA]
    assert (kinds.count(Kind.LIKELIHOOD), kinds.count(Kind.IMPACT)) == (7, 6)
    assert len({criterion.code for criterion in CRITERIA}) == 13


def test_the_score_runs_from_1_to_30() -> None:
    assert Assessment(LOWEST).score == 1
    assert Assessment(HIGHEST).score == 30
    assert Assessment(HIGHEST).sentence == "30.0 of 30: red, which begins at 16."
    assert Assessment(LOWEST).sentence == "1.0 of 30: not red, which begins at 16."


def test_a_side_is_half_of_mean_and_highest() -> None:
    # Likelihood: mean 12/7, highest 6; impact: mean 10/6, highest 5.
    answers = {**LOWEST, "L1": 6, "C1": 5}
    expected = (Fraction(12, 7) + 6) / 2 * (Fraction(10, 6) + 5) / 2
    assert Assessment(answers).score == expected
    assert Assessment(answers).red is False
    assert Assessment(answers).legacy is True


def test_just_below_red_is_not_shown_as_red() -> None:
    # Both sides 4: every answer 4 gives exactly 16.
    level = {criterion.code: 4 for criterion in CRITERIA}
    assert Assessment(level).score == 16
    assert Assessment(level).red is True
    below = Assessment({**level, "L7": 3})
    assert below.red is False
    assert below.score is not None
    assert 15 < below.score < 16
    assert below.sentence.startswith("15.7 of 30: not red")


def test_missing_answers_leave_bounds() -> None:
    assert Assessment().bounds == (1, 30)
    assert Assessment().score is None
    assert Assessment().red is None
    assert Assessment().legacy is None
    assert "open: L1, L2" in Assessment().sentence
    nearly = Assessment({code: answer for code, answer in HIGHEST.items() if code != "C6"})
    assert nearly.red is True
    assert nearly.sentence.endswith("red whatever they are: C6 not answered.")
    harmless = Assessment({code: 1 for code in LOWEST if code != "C6"})
    assert harmless.red is False
    assert harmless.legacy is False
    assert [criterion.code for criterion in harmless.unanswered] == ["C6"]


@pytest.mark.parametrize(("code", "answer"), [("L1", 0), ("L1", 7), ("C1", 6), ("L8", 1)])
def test_answers_outside_the_scale_are_refused(code: str, answer: int) -> None:
    with pytest.raises(ValueError, match=code):
        Assessment({code: answer})


_ANSWERS = st.fixed_dictionaries(
    {}, optional={criterion.code: st.integers(1, criterion.highest) for criterion in CRITERIA}
)


@given(_ANSWERS, st.sampled_from(CRITERIA))
def test_a_worse_answer_never_lowers_the_score(answers: dict[str, int], criterion: object) -> None:
    code, highest = criterion.code, criterion.highest  # type: ignore[attr-defined]
    if (answer := answers.get(code, highest)) < highest:
        before = Assessment(answers).bounds
        after = Assessment({**answers, code: answer + 1}).bounds
        assert after[0] >= before[0]
        assert after[1] >= before[1]


@given(_ANSWERS)
def test_bounds_hold_every_completion(answers: dict[str, int]) -> None:
    low, high = Assessment(answers).bounds
    assert 1 <= low <= high <= 30
    for filling in (LOWEST, HIGHEST):
        score = Assessment({**filling, **answers}).score
        assert score is not None
        assert low <= score <= high


def told(facts: RegisterFacts) -> dict[str, int]:
    return {suggestion.code: suggestion.answer for suggestion in suggestions(facts, on=DAY)}


@pytest.mark.parametrize(
    ("facts", "answers"),
    [
        (RegisterFacts(), {}),
        (RegisterFacts(lifecycle=Lifecycle()), {}),
        (RegisterFacts(lifecycle=Lifecycle(security=End(over=True))), {"L1": 6, "L6": 5}),
        (RegisterFacts(lifecycle=Lifecycle(security=End(over=False))), {"L1": 2}),
        (RegisterFacts(lifecycle=Lifecycle(security=End(on=date(2025, 6, 30)))), {"L1": 5}),
        (RegisterFacts(lifecycle=Lifecycle(security=End(on=date(2026, 6, 30)))), {"L1": 4}),
        (RegisterFacts(lifecycle=Lifecycle(security=End(on=date(2027, 6, 30)))), {"L1": 3}),
        (RegisterFacts(lifecycle=Lifecycle(security=End(on=date(2029, 6, 30)))), {"L1": 2}),
        (RegisterFacts(lifecycle=Lifecycle(security=End(on=date(2034, 6, 30)))), {"L1": 1}),
        (RegisterFacts(contract_ends=date(2024, 6, 29)), {"L2": 6}),
        (RegisterFacts(contract_ends=date(2024, 12, 31)), {"L2": 5}),
        (RegisterFacts(contract_ends=date(2031, 12, 31)), {"L2": 1}),
        (RegisterFacts(open_vulnerabilities=1), {"L6": 6}),
        (RegisterFacts(open_vulnerabilities=0), {}),
        (
            RegisterFacts(lifecycle=Lifecycle(security=End(on=date(2034, 1, 1))), open_vulnerabilities=0),
            {"L1": 1, "L6": 2},
        ),
        (RegisterFacts(dependants=0), {"C6": 1}),
        (RegisterFacts(dependants=1), {"C6": 2}),
        (RegisterFacts(dependants=4), {"C6": 3}),
        (RegisterFacts(dependants=10), {"C6": 4}),
        (RegisterFacts(dependants=11), {"C6": 5}),
    ],
)
def test_the_register_suggests_what_it_knows(facts: RegisterFacts, answers: dict[str, int]) -> None:
    assert told(facts) == answers


def test_bought_extended_support_counts_until_it_ends() -> None:
    past = Lifecycle(security=End(on=date(2024, 1, 1)), extended=End(on=date(2027, 1, 1)))
    assert told(RegisterFacts(lifecycle=past)) == {"L1": 6, "L6": 5}
    assert told(RegisterFacts(lifecycle=past, extended_until=date(2024, 1, 31))) == {"L1": 6, "L6": 5}
    assert told(RegisterFacts(lifecycle=past, extended_until=date(2025, 1, 31), open_vulnerabilities=0)) == {
        "L1": 5,
        "L6": 2,
    }


def test_each_suggestion_says_why() -> None:
    facts = RegisterFacts(
        lifecycle=Lifecycle(security=End(on=date(2024, 1, 1))),
        contract_ends=date(2024, 12, 31),
        open_vulnerabilities=3,
        dependants=1,
    )
    assert [suggestion.why for suggestion in suggestions(facts, on=DAY)] == [
        "Support ended on 1 January 2024.",
        "The contract ends on 31 December 2024.",
        "3 known vulnerabilities are open.",
        "1 system depends on it.",
    ]
