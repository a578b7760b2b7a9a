"""Lets hard-wrapped text flow, so that it can be read on any width, without moving a single character.

A minute that was typed for paper breaks its lines at a fixed width. Shown on a narrower page each of its lines breaks
once more, and every second one is a stump. Here the breaks that only served the paper become spaces: the text keeps
its length, so every offset into it stays true.
"""

from __future__ import annotations

import re
from itertools import pairwise

NARROWEST = 50
"""Lines shorter than this, in characters, were not wrapped at a width: a list or an address looks like that."""

_OPENS = re.compile(
    r"\s*(?:[•·▪●◦‣*–—-]\s|o\s{2,}|\(?(?:\d{1,4}(?:[./]\d{1,3})*|[a-z]|[ivx]{1,5})[.)]\s|\d{1,4}(?:\.\d{1,3})?\s{2,})",
    re.I,
)
"""What begins a line of its own: a bullet, a number, a letter."""

_COLUMNS = re.compile(r"\S {3,}\S")
"""A wide gap within a line: a table, or a label before its text. Its lines are left as they are."""


def wrap_width(lines: list[str]) -> int:
    """The width in characters at which most full lines end; 0 where the text is not wrapped.

    Wrapped text has many lines that end close below one width and hardly any beyond it.
    """
    lengths = sorted(len(line) for line in lines if len(line.strip()) >= NARROWEST)
    if len(lengths) < 3:
        return 0
    widest = lengths[int(len(lengths) * 0.97)] if len(lengths) >= 30 else lengths[-1]
    near = sum(1 for length in lengths if widest - 20 <= length <= widest)
    return widest if widest <= 140 and near * 2 >= len(lengths) else 0


def flowing(text: str) -> str:
    """``text`` with the line breaks that only wrap it turned into spaces; as long as it was, in code points.

    A break stays where the line before it is short, where a blank line, a bullet or a number follows, and in tables.
    Cost: linear in the length of the text.
    """
    lines = text.split("\n")
    width = wrap_width(lines)
    if not width:
        return text
    joints = [" " if _wraps(line, following, width) else "\n" for line, following in pairwise(lines)]
    return "".join(line + joint for line, joint in zip(lines, [*joints, ""], strict=True))


def _wraps(line: str, following: str, width: int) -> bool:
    words = following.split(None, 1)
    if not line.strip() or not words or _OPENS.match(following) or _COLUMNS.search(line.lstrip()[8:]):
        return False
    # The next word would not have fitted: the line was full.
    return len(line) + 1 + len(words[0]) > width - 2
