"""A point that asks is told from one that remarks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.scrutiny.domain.questions import asks


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Members asked whether libraries could help.", True),
        ("A member queried the cost of the new lines.", True),
        ("Clarification was sought on the waiting times.", True),
        ("How long would the batteries last?", True),
        ("It was requested that the figures be split by parish.", True),
        ("Members thanked the Task Group for a report in plain English.", False),
        ("Members welcomed the new opening hours.", False),
        ("Concern was expressed at the number of old systems.", False),
        ("The basket of measures was noted.", False),
        ("", False),
    ],
)
def test_by_its_words(text: str, question: bool) -> None:
    assert asks(text) is question


@given(st.text(), st.text())
def test_what_asks_still_asks_within_more_words(before: str, after: str) -> None:
    assert asks(f"{before} asked {after}")
