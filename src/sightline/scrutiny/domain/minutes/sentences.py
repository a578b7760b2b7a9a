"""Sentences of a block, by offsets, knowing the abbreviations that minutes are full of."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BREAK = re.compile(r"[.?!][\"'”’)\]]{0,3}(?P<space> +)(?=[\"'“‘(\[]{0,2}[A-Z0-9€£$])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[“\"'‘/])(?:cllrs?|clirs?|clrs?|cllor|cmhlr|cmhir|mr|mrs|ms|dr|prof|rev|revd|hon|st|sr|jr|no|nos|min|ref|para|paras|"
    r"fig|app|art|sec|ch|vol|pp?|co|ltd|inc|etc|viz|vs|cf|approx|tel|ext|dept|govt|gen|col|capt|sgt|insp|supt|"
    r"e\.g|i\.e|eg|ie|a\.m|p\.m|o\.b\.e|m\.b\.e|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|[A-Za-z])\.$",
    re.I,
)
_SOFT = re.compile(r"(?:[ap]\.m|etc|\bltd|\bco|\binc|\bno|\bnos|\bmin|\bref|\bp|\bst|\bapp|\bjan|\bfeb|\bmar|\bapr|\bjun|\bjul|\baug|\bsept?|\boct|\bnov|\bdec)\.$", re.I)
_OPENS = re.compile(r"(?:The|It|There|He|She|They|This|These|Members?|Councillors?|Cllrs?|Clirs?|A|An|In|On|At|Following|If|No|All|Mr|Mrs|Ms|Officers|However|Clerk|Action|RESOLVED|AGREED)\b")


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
    return bool(re.search(r"[a-z)] [A-Z]\.$", tail)) and bool(_OPENS.match(text, following)) and not re.search(
        r"(?:cllr|clir|mr|mrs|ms|dr|councillor)s?\.? [A-Z]\.$", tail, re.I
    )
