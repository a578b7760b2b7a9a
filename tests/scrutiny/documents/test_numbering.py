"""List numbers as they are printed."""

from __future__ import annotations

import pytest

from sightline.scrutiny.domain.documents.numbering import bullet, letters, repeated_letters, roman


@pytest.mark.parametrize(
    ("number", "printed"),
    [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (40, "xl"), (90, "xc"), (1999, "mcmxcix"), (0, "0"), (4000, "4000")],
)
def test_roman(number: int, printed: str) -> None:
    assert roman(number) == printed


@pytest.mark.parametrize(
    ("number", "browser", "word"),
    [
        (1, "a", "a"),
        (26, "z", "z"),
        (27, "aa", "aa"),
        (28, "ab", "bb"),
        (53, "ba", "aaa"),
        (0, "0", "0"),
        (-3, "-3", "-3"),
    ],
)
def test_letters(number: int, browser: str, word: str) -> None:
    assert letters(number) == browser
    assert repeated_letters(number) == word


def test_bullets_deepen_and_then_repeat() -> None:
    assert [bullet(level) for level in (0, 1, 2, 3, 9)] == ["• ", "• ", "◦ ", "▪ ", "▪ "]
