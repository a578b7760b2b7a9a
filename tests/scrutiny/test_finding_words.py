"""Spans found by their first and last words: what looks alike is alike, and nothing is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.scrutiny.domain import finding
from sightline.scrutiny.domain.finding import NotFound, find_end, find_span, find_start
from sightline.scrutiny.domain.plain_words import one_line

TEXT = (
    "The Panel’s report – the third – was noted.\n\nMembers asked whether the\nreport could be shorter. "
    "The Head of ICT said: “Yes, the report can.”"
)


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("The Panel's report", "was noted.", "The Panel’s report – the third – was noted."),
        ("- the third -", "", "– the third –"),
        ("Members asked", "shorter.", "Members asked whether the\nreport could be shorter."),
        ("whether the report", "could", "whether the\nreport could"),
        ('"Yes,', 'can."', "“Yes, the report can.”"),
        ("MEMBERS ASKED", "", "Members asked"),
        ("The Head of ICT", "ICT", "The Head of ICT"),
        ("Members", "report", "Members asked whether the\nreport"),
    ],
)
def test_words_are_found_as_a_keyboard_types_them(first: str, last: str, found: str) -> None:
    start, end = find_span(TEXT, first, last)
    assert TEXT[start:end] == found


def test_whole_words_count_before_halves_of_words() -> None:
    start, end = find_span("panels and a panel met", "panel", "")
    assert (start, end) == (13, 18)


def test_a_case_that_is_right_counts_before_one_that_is_not() -> None:
    assert find_span("the end. The end of it", "The end", "") == (9, 16)


@pytest.mark.parametrize(
    ("text", "first", "found"),
    [
        ("caf\u00e9 closed", "cafe\u0301 closed", "caf\u00e9 closed"),
        ("cafe\u0301 closed", "caf\u00e9 closed", "cafe\u0301 closed"),
        ("the o\ufb03ce", "the office", "the o\ufb03ce"),
        ("\u0130stanbul visit", "visit", "visit"),
    ],
)
def test_letters_are_alike_however_they_are_put_together(text: str, first: str, found: str) -> None:
    start, end = find_span(text, first, "")
    assert text[start:end] == found


@pytest.mark.parametrize(
    ("first", "last", "where", "says"),
    [
        ("", "noted.", "first", "Enter the first words"),
        (" \n ", "", "first", "Enter the first words"),
        ("the mayor", "", "first", "“the mayor” does not stand in the text"),
        ("Members asked", "noted.", "last", "“noted.” does not stand behind “Members asked”"),
        ("the", "", "first", "“the” stands 3 times in the text"),
        ("x" * 90, "", "first", "x…”"),
    ],
)
def test_what_is_not_there_once_is_said(first: str, last: str, where: str, says: str) -> None:
    with pytest.raises(NotFound) as refused:
        find_span(TEXT, first, last)
    assert (refused.value.where, says in str(refused.value)) == (where, True)


def test_words_before_the_last_ones_alone_can_begin_a_passage() -> None:
    assert find_span("one end. one", "one", "end.") == (0, 8)


def test_a_part_of_the_text_can_be_looked_in_alone() -> None:
    at = TEXT.index("Members")
    start, end = find_span(TEXT, "report", "", within=(at, at + 40))
    assert TEXT[start:end] == "report"
    with pytest.raises(NotFound, match="does not stand here"):
        find_span(TEXT, "noted", "", within=(at, len(TEXT)))


def test_one_end_can_be_found_while_the_other_stays() -> None:
    at = TEXT.index("Members")
    assert TEXT[at : find_end(TEXT, "the report", at)] == "Members asked whether the\nreport"
    assert TEXT[find_start(TEXT, "the report", len(TEXT)) :] == "the report can.”"
    for find in (find_end, find_start):
        with pytest.raises(NotFound):
            find(TEXT, "nowhere", at)
        with pytest.raises(NotFound):
            find(TEXT, "", at)


words = st.text(alphabet="ab \n’“–é\u0301\ufb03", max_size=40)


@given(words, st.integers(0, 40), st.integers(0, 40))
def test_a_span_that_is_found_lies_within_the_text_and_holds_the_words(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    asked = text[start:end]
    try:
        found = find_span(text, asked, "")
    except NotFound:
        return
    assert 0 <= found[0] < found[1] <= len(text)
    folded = finding._fold(text[slice(*found)]).text.strip()
    assert finding._fold(asked).text.strip().casefold() in folded.casefold()


@given(st.text(max_size=60), st.integers(1, 50))
def test_a_line_is_one_line_of_visible_words(said: str, limit: int) -> None:
    line = one_line(said, limit)
    assert len(line) <= limit
    assert line == line.strip()
    assert not set(line) & set("\n\r\t\u202e\u2066\u200b\x00\x1b")


def test_an_enormous_text_is_looked_through_once() -> None:
    """Cost is linear: a million words with as many beginnings, each of which could begin the passage."""
    text = "the report " * 200_000
    with pytest.raises(NotFound, match="stands 200000 times"):
        find_span(text, "the", "report")
