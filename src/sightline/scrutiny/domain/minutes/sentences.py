"""Sentences of a block, by offsets, knowing the abbreviations that minutes are full of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

_BREAK = re.compile(r"[.?!][\"'”’)\]]{0,3}(?P<space> +)(?=[\"'“‘(\[]{0,2}[A-Z0-9€£$])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[“\"'‘/])(?:cllrs?|clirs?|clrs?|cllor|cmhlr|cmhir|mr|mrs|ms|dr|prof|rev|revd|hon|st|sr|jr|no|nos|"
    r"min|ref|para|paras|"
    r"fig|app|art|sec|ch|vol|pp?|co|ltd|inc|etc|viz|vs|cf|approx|tel|ext|dept|govt|gen|col|capt|sgt|insp|supt|"
    r"e\.g|i\.e|eg|ie|a\.m|p\.m|o\.b\.e|m\.b\.e|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|[A-Za-z])\.$",
    re.I,
)
_SOFT = re.compile(
    r"(?:[ap]\.m|etc|\bltd|\bco|\binc|\bno|\bnos|\bmin|\bref|\bp|\bst|\bapp|\bjan|\bfeb|\bmar|\bapr|\bjun|\bjul|"
    r"\baug|\bsept?|\boct|\bnov|\bdec)\.$",
    re.I,
)
_OPENS = re.compile(
    r"(?:The|It|There|He|She|They|This|These|Members?|Councillors?|Cllrs?|Clirs?|A|An|In|On|At|Following|If|No|All|"
    r"Mr|Mrs|Ms|Officers|However|Clerk|Action|RESOLVED|AGREED)\b"
)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Offsets ``(start, end)`` of each sentence in flat text, in order, without outer spaces. Linear time."""
    start = len(text) - len(text.lstrip())
    for match in _BREAK.finditer(text):
        end = match.start("space")
        if text[match.start()] == "." and not _ends(text, start, match.start() + 1, match.end()):
            continue
        if end > start:
            yield start, end
        start = match.end()
    end = len(text.rstrip())
    if end > start:
        yield start, end


def _ends(text: str, start: int, stop: int, following: int) -> bool:
    """Whether the full stop before ``stop`` ends a sentence. ``following``: where the next word begins."""
    tail = text[max(start, stop - 12) : stop]
    if not _ABBREVIATION.search(tail):
        # A list number ("1." or "2.") opens what follows it.
        return not re.fullmatch(r"\s*\(?\d{1,2}\.", text[start:stop])
    if _SOFT.search(tail):
        return bool(_OPENS.match(text, following))
    # An initial ("W. O'Donnell") goes on; a single capital that ends a clause ("Appendix A.  The") stops.
    return (
        bool(re.search(r"[a-z)] [A-Z]\.$", tail))
        and bool(_OPENS.match(text, following))
        and not re.search(r"(?:cllr|clir|mr|mrs|ms|dr|councillor)s?\.? [A-Z]\.$", tail, re.I)
    )


_WIDE = re.compile(r" {2,}")


class Sentence(NamedTuple):
    """A sentence as it is read: its words with single spaces, and the way back to the document.

    start, end: absolute offsets. text: the words. places, extras: after ``places[i]`` characters of ``text``, so
    many more stand in
    the document.
    """

    text: str
    start: int
    end: int
    places: tuple[int, ...] = ()
    extras: tuple[int, ...] = ()

    def at(self, offset: int) -> int:
        """Where in the document the character at ``offset`` of the text stands."""
        index = bisect_right(self.places, offset)
        return self.start + offset + (self.extras[index - 1] if index else 0)

    def to(self, offset: int) -> int:
        """Where in the document a span ends that ends before ``offset`` of the text."""
        return self.at(offset - 1) + 1 if offset > 0 else self.start

    def head(self, offset: int) -> Sentence:
        """What stands before ``offset``."""
        text = self.text[:offset].rstrip()
        return Sentence(text, self.start, self.to(len(text)), self.places, self.extras)


def read_sentences(text: str, base: int, offset: int = 0) -> Iterator[Sentence]:
    """The sentences of flat text from ``offset`` on; ``base``: the absolute offset of the text's first character."""
    for start, end in sentences(text[offset:] if offset else text):
        yield make_sentence(text, base, offset + start, offset + end)


def make_sentence(text: str, base: int, start: int, end: int) -> Sentence:
    """One sentence out of a stretch of flat text."""
    words = text[start:end]
    if "  " not in words:
        return Sentence(words, base + start, base + end)
    places, extras, extra = [], [], 0
    for match in _WIDE.finditer(words):
        places.append(match.start() + 1 - extra)
        extra += match.end() - match.start() - 1
        extras.append(extra)
    return Sentence(_WIDE.sub(" ", words), base + start, base + end, tuple(places), tuple(extras))
