"""Finds the span of a text that somebody means by its first and last words.

Whoever types words from a minute types them as a keyboard has them: straight quotes for curly ones, a hyphen for a
dash, one space for a line break. What looks alike is alike here, and the span is given in the text as it stands.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from sightline.kernel.errors import SightlineError

_ALIKE = {
    **dict.fromkeys("‘’‚‛`´′", "'"),
    **dict.fromkeys("“”„‟″", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "…": "...",
}
SHOWN = 60
"""How many characters of somebody's words a message repeats."""


class NotFound(SightlineError):
    """Words stand nowhere in the text, or in more than one place; the message says which.

    where: ``first`` or ``last``, the words that are at fault.
    """

    def __init__(self, message: str, where: str) -> None:
        self.where = where
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text made comparable, and for each of its characters the offset in the original it came from."""

    text: str
    offsets: list[int]


def collapsed(text: str, start: int, end: int) -> str:
    """The words of the span ``[start, end)``, with white space collapsed to single spaces."""
    return " ".join(text[start:end].split())


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the white space at its two ends; empty, at ``start``, where it holds nothing else."""
    words = text[start:end]
    lead = len(words) - len(words.lstrip())
    kept = words.strip()
    return (start + lead, start + lead + len(kept)) if kept else (start, start)


def find_span(text: str, first: str, last: str, *, within: tuple[int, int] | None = None) -> tuple[int, int]:
    """The span that begins with the words ``first`` and ends with the words ``last``, in code points.

    last: may be empty, where ``first`` is the whole passage.
    within: a span of the text to look in; the whole text without one.

    Of several places where the last words follow the first, the nearest ends the passage. Case counts only where it
    tells two places apart. Cost: linear in the length of what is looked in.

    Raises:
        NotFound: the words stand nowhere, or the passage could begin at more than one place.
    """
    low, high = within or (0, len(text))
    place = "here" if within else "in the text"
    begin, finish = _fold(first).text.strip(), _fold(last).text.strip()
    if not begin:
        raise NotFound("Enter the first words of the passage.", "first")
    looked_in = _fold(text[low:high])
    plain = looked_in.text
    starts = _places(plain, begin)
    if not starts:
        raise NotFound(
            f"“{_shown(first)}” does not stand {place}. Copy the first words as the minutes have them.", "first"
        )
    if not finish:
        spans = [(at, at + len(begin)) for at in starts]
    else:
        # The last words may be the first ones, or begin within them.
        ends = [at + len(finish) for at in _places(plain, finish)]
        spans = [(at, ends[nearest]) for at in starts if (nearest := bisect_left(ends, at + len(begin))) < len(ends)]
        if not spans:
            raise NotFound(
                f"“{_shown(last)}” does not stand behind “{_shown(first)}” {place}."
                " Copy the last words as the minutes have them.",
                "last",
            )
    if len(spans) > 1:
        raise NotFound(
            f"“{_shown(first)}” stands {len(spans)} times {place}. Enter more of the first words, so that they stand"
            " there once.",
            "first",
        )
    start, end = spans[0]
    return low + looked_in.offsets[start], low + looked_in.offsets[end - 1] + 1


def find_end(text: str, last: str, start: int) -> int:
    """The end of the span that begins at ``start`` and ends with the nearest of the words ``last`` behind it.

    Raises:
        NotFound: they do not stand behind it.
    """
    finish = _fold(last).text.strip()
    looked_in = _fold(text[start:])
    at = next(iter(_places(looked_in.text, finish)), -1) if finish else -1
    if at < 0:
        raise NotFound(
            f"“{_shown(last)}” does not stand behind the passage’s first words. Copy the last words as the minutes"
            " have them.",
            "last",
        )
    return start + looked_in.offsets[at + len(finish) - 1] + 1


def find_start(text: str, first: str, end: int) -> int:
    """The start of the span that ends at ``end`` and begins with the nearest of the words ``first`` before it.

    Raises:
        NotFound: they do not stand before it.
    """
    begin = _fold(first).text.strip()
    looked_in = _fold(text[:end])
    places = _places(looked_in.text, begin) if begin else []
    if not places:
        raise NotFound(
            f"“{_shown(first)}” does not stand before the passage’s last words. Copy the first words as the minutes"
            " have them.",
            "first",
        )
    return looked_in.offsets[places[-1]]


def first_words(text: str, how_many: int = 6) -> str:
    """The first words of a passage, as a form offers them to be changed."""
    return " ".join(text.split()[:how_many])


def last_words(text: str, how_many: int = 6) -> str:
    """The last words of a passage."""
    return " ".join(text.split()[-how_many:])


def _places(plain: str, words: str) -> list[int]:
    """Where ``words`` stand: at their own case if they do anywhere, else in any, whole words before half ones."""
    found = list(_each(plain, words)) or list(_each(_small(plain), _small(words)))
    whole = [at for at in found if _is_whole(plain, at, at + len(words))]
    return whole or found


def _small(text: str) -> str:
    """``text`` without capitals, as long as it was: a letter that would become two stays."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _each(plain: str, words: str) -> Iterator[int]:
    at = plain.find(words)
    while at >= 0:
        yield at
        at = plain.find(words, at + 1)


def _is_whole(plain: str, start: int, end: int) -> bool:
    before = start > 0 and plain[start - 1].isalnum() and plain[start].isalnum()
    after = end < len(plain) and plain[end - 1].isalnum() and plain[end].isalnum()
    return not before and not after


def _fold(text: str) -> _Folded:
    """Quotes, dashes and white space made plain, letters parted from their accents; case is kept."""
    letters: list[str] = []
    offsets: list[int] = []
    for at, character in enumerate(text):
        if character.isspace():
            if letters and letters[-1] != " ":
                letters.append(" ")
                offsets.append(at)
            continue
        plain = character if character.isascii() else _ALIKE.get(character) or unicodedata.normalize("NFKD", character)
        letters.extend(plain)
        offsets.extend([at] * len(plain))
    return _Folded("".join(letters), offsets)


def _shown(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…"
