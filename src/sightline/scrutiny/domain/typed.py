"""What people type, as it is kept: without what nobody can see and what would make a page say something else."""

from __future__ import annotations

import unicodedata

# Characters that turn the direction of the text behind them, or hide it: a name or a sentence that holds them can be
# made to read otherwise than it is written (Unicode Technical Report 36, section 2.5).
_TURNING = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)))
_KEPT = frozenset("\n\t")


def tidied(text: str) -> str:
    """A text with plain line ends, without control characters and characters that turn or hide the text, and without
    space around it. More than ten marks on one letter are cut to ten: they would cover the lines around it."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept: list[str] = []
    marks = 0
    for letter in unicodedata.normalize("NFC", plain):
        kind = unicodedata.category(letter)
        if letter in _TURNING or (kind in ("Cc", "Cs", "Co", "Cn") and letter not in _KEPT):
            continue
        marks = marks + 1 if kind == "Mn" else 0
        if marks <= 10:
            kept.append(letter)
    return "".join(kept).strip()


def in_one_line(text: str) -> str:
    """The same as one line with single spaces: what a title or a name is kept as."""
    return " ".join(tidied(text).split())


def says_something(text: str) -> bool:
    """Whether a text holds a letter or a digit."""
    return any(letter.isalnum() for letter in text)
