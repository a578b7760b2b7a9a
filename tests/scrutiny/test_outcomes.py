"""What a resolution says became of which recommendations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.scrutiny.domain.outcomes import Verdict, numbers_in, said_in, verdicts_on
from sightline.scrutiny.domain.referrals import ConsiderationOutcome, DecisionOutcome

FOUR = ["1)", "2)", "3)", "4)"]


@pytest.mark.parametrize(
    ("words", "verdicts"),
    [
        (
            "That recommendations 1, 2 and 4 of the Task Group be accepted; and",
            {1: "accepted", 2: "accepted", 4: "accepted"},
        ),
        (
            "recommendations 1, 2 and 4 be accepted; 3 be deferred",
            {1: "accepted", 2: "accepted", 3: "deferred", 4: "accepted"},
        ),
        ("That recommendation 3 be deferred until its cost is known.", {3: "deferred"}),
        ("That the report be noted and its recommendations be endorsed", dict.fromkeys(range(1, 5), "endorsed")),
        ("That the report and associated recommendations be noted; and", dict.fromkeys(range(1, 5), "noted")),
        ("That all four recommendations be accepted", dict.fromkeys(range(1, 5), "accepted")),
        ("the report of the Task Group be noted", dict.fromkeys(range(1, 5), "noted")),
        (
            "To accept recommendations 1 to 3 and to reject recommendation 4",
            {1: "accepted", 2: "accepted", 3: "accepted", 4: "rejected"},
        ),
        (
            "That all recommendations be accepted with the exception of recommendation 3, which be deferred",
            {1: "accepted", 2: "accepted", 3: "deferred", 4: "accepted"},
        ),
        ("That the recommendations be accepted, except for 2 and 3", {1: "accepted", 4: "accepted"}),
        (
            "That recommendation 2 be rejected and the remaining recommendations be accepted",
            {1: "accepted", 2: "rejected", 3: "accepted", 4: "accepted"},
        ),
        ("That recommendation 3, which was deferred in October, be accepted", {3: "accepted"}),
        ("the recommendations of the Task Group, which were accepted", dict.fromkeys(range(1, 5), "accepted")),
        ("That recommendation 1 not be accepted", {1: "rejected"}),
        ("That the second recommendation be accepted in part", {2: "accepted in part"}),
        ("Recommendation 4: rejected", {4: "rejected"}),
        ("That the Cabinet accept the recommendations", dict.fromkeys(range(1, 5), "accepted")),
        ("That recommendation 9 be accepted", {}),
        ("That a further report be received in six months", {}),
        ("That the Committee's comments be passed to the Cabinet", {}),
        ("That the Head of ICT report on progress in November", {}),
        ("", {}),
    ],
)  # fmt: skip
def test_each_recommendation_gets_what_is_said_of_it(words: str, verdicts: dict[int, str]) -> None:
    found = verdicts_on(FOUR, said_in(words))
    assert {place + 1: verdict.value for place, (verdict, _) in found.items()} == verdicts


def test_what_introduces_a_resolution_may_be_the_verdict() -> None:
    assert [one.verdict for one in said_in("the recommendations of the Task Group", "NOTED")] == [Verdict.NOTED]
    assert said_in("the recommendations of the Task Group", "RESOLVED") == []


def test_recommendations_without_numbers_are_counted() -> None:
    found = verdicts_on(["", ""], said_in("That recommendation 2 be accepted"))
    assert list(found) == [1]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("1, 2 and 4", "1 2 4"),
        ("1 to 4", "1 2 3 4"),
        ("(a) and (c)", "a c"),
        ("a to c", "a b c"),
        ("i, iii and iv", "i iii iv"),
        ("2, 2 and 2", "2"),
        ("9 – 11", "9 10 11"),
    ],
)
def test_printed_numbers_are_read(words: str, numbers: str) -> None:
    assert numbers_in(words) == tuple(numbers.split())


def test_a_panel_decides_nothing_and_a_cabinet_does_not_merely_note() -> None:
    for verdict in Verdict:
        assert verdict.considered in {"", *(one.value for one in ConsiderationOutcome)}
        assert verdict.decided in {"", *(one.value for one in DecisionOutcome)}
    assert Verdict.NOTED.decided == ""
    assert Verdict.DEFERRED.considered == ""


@given(st.text(max_size=300), st.sampled_from(["", "RESOLVED", "NOTED"]))
def test_any_text_is_read_without_failing_and_the_same_each_time(words: str, verb: str) -> None:
    assert said_in(words, verb) == said_in(words, verb)


@given(
    st.lists(
        st.sampled_from(
            "recommendations recommendation 1 2 3, 4 and (b) be accepted rejected deferred ; noted the report all not "
            "remaining except to in part".split()
        ),
        max_size=30,
    )
)
def test_nothing_is_said_of_what_is_not_on_the_list(words: list[str]) -> None:
    found = verdicts_on(FOUR, said_in(" ".join(words)))
    assert set(found) <= {0, 1, 2, 3}
    for place, (_, said) in found.items():
        if said.which.value == "numbered":
            assert str(place + 1) in said.numbers
