"""What people type is kept without what nobody can see."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.scrutiny.domain.typed import in_one_line, says_something, tidied


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  a\r\nb\rc ", "a\nb\nc"),
        ("e\u0301", "é"),
        ("pay\u202eeciffo\u202c", "payeciffo"),
        ("\u2066a\u2069\u200e\u061c", "a"),
        ("a\0b\x07c\tD\ud800\ue000", "abc\tD"),
        ("q" + "\u0310" * 50 + "r", "q" + "\u0310" * 10 + "r"),
    ],
)
def test_what_hides_or_turns_a_text_is_left_out(typed: str, kept: str) -> None:
    assert tidied(typed) == kept


@given(st.text())
def test_to_tidy_twice_is_to_tidy_once(text: str) -> None:
    assert tidied(tidied(text)) == tidied(text)
    assert "\n" not in in_one_line(text)
    assert in_one_line(text) == in_one_line(in_one_line(text))


def test_a_text_of_signs_alone_says_nothing() -> None:
    assert [says_something(text) for text in ("", " –…! ", "é", "7")] == [False, False, True, True]
