"""The day by which something was promised, read from the words that promise it."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.scrutiny.domain.due import FURTHEST_YEARS, suggested

MADE_ON = datetime.date(2022, 5, 4)  # a Wednesday


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("by the end of May", "2022-05-31"),
        ("by the end of April", "2023-04-30"),
        ("in June", "2022-06-30"),
        ("in February 2024", "2024-02-29"),
        ("by 12 June", "2022-06-12"),
        ("by the 12th of June 2023", "2023-06-12"),
        ("no later than 3 May", "2023-05-03"),
        ("before June 12, 2023", "2023-06-12"),
        ("by 1/7/22", "2022-07-01"),
        ("on 01.07.2022", "2022-07-01"),
        ("by June", "2022-06-01"),
        ("in early June", "2022-06-10"),
        ("by mid-July 2023", "2023-07-20"),
        ("in late July", "2022-07-31"),
        ("within six weeks", "2022-06-15"),
        ("within a fortnight", "2022-05-18"),
        ("in six months", "2022-11-04"),
        ("within 10 working days", "2022-05-18"),
        ("in a year", "2023-05-04"),
        ("by the end of the month", "2022-05-31"),
        ("by the end of next week", "2022-05-15"),
        ("next month", "2022-06-30"),
        ("by the end of the quarter", "2022-06-30"),
        ("next quarter", "2022-09-30"),
        ("by the end of the year", "2022-12-31"),
        ("next year", "2023-12-31"),
        ("by the end of the financial year", "2023-03-31"),
        ("in the next financial year", "2024-03-31"),
        ("at the end of the municipal year", "2022-05-31"),
        ("in Q2 2024/25", "2024-09-30"),
        ("in Q4 2024/25", "2025-03-31"),
        ("by the end of quarter 3", "2022-12-31"),
        ("in the autumn", "2022-11-30"),
        ("in spring 2024", "2024-05-31"),
        ("before Christmas", "2022-12-24"),
        ("in the new year", "2023-01-31"),
    ],
)
def test_words_that_say_a_day(words: str, day: str) -> None:
    text = f"The officer said that a list would be sent {words} to every member."
    due = suggested(text, MADE_ON)
    assert due is not None
    assert due.on is not None
    assert due.on.isoformat() == day
    assert text[due.start : due.end] == due.words
    assert due.words in text


@pytest.mark.parametrize(
    "words",
    [
        "a list would be sent",
        "he may write to members",
        "the work was done in March 2021",
        "by 31 June",
        "on 29.02.2023",
        "in 2023",
        "in June last year",
        "the March report",
        "by 12 June 2122",
        "",
    ],
)
def test_words_that_say_none(words: str) -> None:
    assert suggested(words, MADE_ON) is None


def test_the_first_day_that_stands_there_counts() -> None:
    due = suggested("He would write within 28 days, and report in July 2023.", MADE_ON)
    assert due is not None
    assert due.on == datetime.date(2022, 6, 1)


@pytest.mark.parametrize(
    "words",
    ["at the next meeting", "to the Panel’s next meeting", "to the next scheduled meeting", "for its next meeting"],
)
def test_a_meeting_is_a_day_once_it_is_known(words: str) -> None:
    unknown = suggested(f"A report would come {words}.", MADE_ON)
    assert unknown is not None
    assert unknown.on is None
    known = suggested(f"A report would come {words}.", MADE_ON, datetime.date(2022, 7, 6))
    assert known is not None
    assert known.on == datetime.date(2022, 7, 6)
    earlier = suggested(f"A report would come {words}.", MADE_ON, datetime.date(2022, 4, 6))
    assert earlier is not None
    assert earlier.on is None


@given(
    st.lists(
        st.sampled_from(
            "by in on the end of next this within early mid- June May Feb. 29 31 3rd six weeks months year financial Q4"
            " 2024 2024/25 1/13/22 29/2/23 Christmas meeting ’ \n \u202e".split(" ")
        ),
        max_size=12,
    ).map(" ".join),
    st.dates(datetime.date(1990, 1, 1), datetime.date(9999, 12, 31)),
)
def test_whatever_is_written_no_day_is_before_the_promise_nor_far_after(text: str, made_on: datetime.date) -> None:
    due = suggested(text, made_on)
    if due is not None:
        assert text[due.start : due.end] == due.words
        if due.on is not None:
            assert made_on <= due.on
            assert due.on.year - made_on.year <= FURTHEST_YEARS


@given(st.text(max_size=200))
def test_any_text_at_all_is_read_without_harm(text: str) -> None:
    due = suggested(text, MADE_ON)
    assert due is None or due.words in text
