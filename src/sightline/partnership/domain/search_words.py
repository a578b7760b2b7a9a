"""What somebody typed into the search box, as words and phrases; and the places of a text where they stand.

Whatever is typed is words: there are no operators, so nothing that can be typed is wrong. Words in double quotes are a
phrase. Words are compared by their stems (``waiting`` finds ``waited``), without capitals and accents.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

# More than anybody types; what a program sends beyond it is not looked for.
MOST_LETTERS = 300
MOST_WORDS = 20

_PIECE = re.compile(r'"([^"]*)"?|([^"]+)')
_WORD = re.compile(r"[^\W_]+")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})


def _plain_letters() -> dict[int, str]:
    """Each Latin letter with an accent, and the letter without it."""
    table = {}
    for code in range(0xC0, 0x250):
        plain = unicodedata.normalize("NFKD", chr(code))[0]
        if plain.isascii() and plain.isalpha():
            table[code] = plain
    return table


PLAIN_LETTERS = _plain_letters()
"""For ``str.translate``, and for the database's own ``translate``: one letter for one letter."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: every phrase must stand in a text; a word alone is a phrase of one.

    cut: more was typed than is looked for.
    """

    phrases: tuple[tuple[str, ...], ...] = ()
    cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.phrases)

    def for_sqlite(self) -> str:
        """As FTS5 takes it: each phrase in quotes, so that nothing in it is an operator."""
        return " AND ".join(f'"{" ".join(phrase)}"' for phrase in self.phrases)

    def for_postgresql(self) -> str:
        """As ``to_tsquery`` takes it: each word in quotes, words of a phrase one after the other."""
        return " & ".join("(" + " <-> ".join(f"'{word}'" for word in phrase) + ")" for phrase in self.phrases)


def wanted(typed: str) -> Wanted:
    """What somebody looks for who typed this. Nothing where it holds no letter and no digit."""
    phrases: list[tuple[str, ...]] = []
    left = MOST_WORDS
    cut = len(typed) > MOST_LETTERS
    for quoted, bare in _PIECE.findall(typed[:MOST_LETTERS].translate(_QUOTES)):
        words = tuple(_words(quoted or bare))
        cut = cut or len(words) > left
        words = words[:left]
        left -= len(words)
        if quoted and words:
            phrases.append(words)
        else:
            phrases.extend((word,) for word in words)
    return Wanted(tuple(dict.fromkeys(phrases)), cut)


def _words(text: str) -> Iterator[str]:
    # Composed first: an accent that stands by itself would tear its word apart.
    composed = unicodedata.normalize("NFC", text).translate(PLAIN_LETTERS).lower()
    return (found[0] for found in _WORD.finditer(composed))


Span = tuple[int, int]
Stem = Callable[[str], str]


@functools.cache
def stemmer(algorithm: str) -> Stem:
    """The stems of English words by ``porter`` (as FTS5 makes them) or ``english`` (as PostgreSQL does)."""
    # It comes with every language's rules: whoever stems nothing does not wait for them.
    import snowballstemmer

    stem: Stem = functools.lru_cache(maxsize=20_000)(snowballstemmer.stemmer(algorithm).stemWord)
    return stem


def places(text: str, looked_for: Wanted, stem: Stem) -> list[Span]:
    """Where the words and phrases stand in ``text``: half-open spans in code points, in order and apart."""
    plain = text.translate(PLAIN_LETTERS)
    found: list[Span] = []
    for phrase in looked_for.phrases:
        stems = [stem(word) for word in phrase]
        # Stemming keeps the beginning of a word, so only words that begin alike need to be stemmed.
        begins = r"[\W_]+".join(rf"{re.escape(one[:2])}[^\W_]*" for one in stems)
        for match in re.finditer(rf"(?<![^\W_]){begins}", plain, re.IGNORECASE):
            words = _WORD.findall(match[0])
            if [stem(word.lower()) for word in words] == stems:
                found.append(match.span())
    apart: list[Span] = []
    for start, end in sorted(found):
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text, and whether it was looked for."""

    text: str
    marked: bool = False


def snippet(text: str, looked_for: Wanted, stem: Stem, around: int = 110, most: int = 2) -> list[Piece]:
    """What of a text shows why it was found: at most ``most`` places with some text around them, "…" between.

    Where the words do not stand in it, its beginning.
    """
    spans = places(text, looked_for, stem)
    windows: list[list[int]] = []
    for start, end in spans:
        left, right = _back(text, max(0, start - around)), _on(text, min(len(text), end + around))
        if windows and left <= windows[-1][1]:
            if windows[-1][1] - windows[-1][0] < 4 * around:
                windows[-1][1] = max(right, windows[-1][1])
        elif len(windows) < most:
            windows.append([left, right])
        else:
            break
    windows = windows or [[0, _on(text, min(len(text), 2 * around))]]
    pieces: list[Piece] = []
    for number, (left, right) in enumerate(windows):
        pieces.append(Piece("… " if left and not number else " … " if number else ""))
        at = left
        for start, end in spans:
            if start >= at and end <= right:
                pieces += [Piece(_one_line(text[at:start])), Piece(_one_line(text[start:end]), marked=True)]
                at = end
        pieces.append(Piece(_one_line(text[at:right])))
    if windows[-1][1] < len(text):
        pieces.append(Piece(" …"))
    return [piece for piece in pieces if piece.text]


def _back(text: str, at: int) -> int:
    """The beginning of the next word at or after a place, unless it is the beginning of the text."""
    space = text.find(" ", at, at + 30) if at else -1
    return space + 1 if space >= 0 else at


def _on(text: str, at: int) -> int:
    """The end of the word before a place."""
    space = text.rfind(" ", max(0, at - 30), at) if at < len(text) else -1
    return space if space > 0 else at


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
