"""Counts what a minute that was read shares with its gold answer.

Every kind is matched one to one on its first twelve words, alike enough where four fifths of the characters agree.
Commitments that the gold calls soft and resolutions that it calls informal are right to find and right to miss.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

KINDS = ("titles", "recommendations", "points", "responses", "commitments", "resolutions")
ALIKE = 0.8


@dataclass
class Tally:
    """Of one kind: how many were right, found too many, and missed."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.extra + self.missed) if self.right else 0.0


@dataclass
class Score:
    kinds: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in KINDS})

    def add(self, found: dict[str, Any], gold: dict[str, Any]) -> None:
        """Count one minute. What was found past the last item that the gold annotates counts neither way."""
        items = found["items"]
        if gold["items"] and items:
            last = _words(gold["items"][-1]["title"])
            best = max(range(len(items)), key=lambda place: (_alike(_words(items[place]["title"]), last), place))
            if _alike(_words(items[best]["title"]), last) >= 0.6:
                items = items[: best + 1]
        for kind, tally in self.kinds.items():
            hard, soft = _texts(gold["items"], kind)
            have, _ = _texts(items, kind)
            spare, missed = _unmatched(have, hard)
            tally.right += len(hard) - len(missed)
            tally.missed += len(missed)
            tally.extra += len(_unmatched(spare, soft)[0])


def _texts(items: Sequence[dict[str, Any]], kind: str) -> tuple[list[str], list[str]]:
    """First words of a kind, of what counts and of what counts neither way."""
    hard: list[str] = []
    soft: list[str] = []
    for item in items:
        for text, lenient in _of(item, kind):
            (soft if lenient else hard).append(_words(text))
    return hard, soft


def _of(item: dict[str, Any], kind: str) -> Iterable[tuple[str, bool]]:
    if kind == "titles":
        yield item["title"], False
    elif kind == "recommendations":
        yield from ((_text(found), False) for found in item["recommendations"])
    elif kind == "points":
        yield from ((found["text"], bool(found.get("soft"))) for found in item["points"])
    elif kind == "responses":
        yield from ((answer["text"], False) for found in item["points"] for answer in found["responses"])
    elif kind == "commitments":
        yield from ((found["text"], bool(found.get("soft"))) for found in item["commitments"])
    else:
        for found in item["resolutions"]:
            yield from ((_text(part), bool(found.get("informal"))) for part in found["parts"])


def _text(found: Any) -> str:
    return found if isinstance(found, str) else str(found["text"])


def _words(text: str) -> str:
    flat = unicodedata.normalize("NFKC", text).casefold()
    flat = re.sub(r"[‘’“”\"'`*_]", "", flat)
    return " ".join(re.findall(r"[^\W_]+|[£%]", flat)[:12])


def _alike(one: str, other: str) -> float:
    if not one or not other:
        return 0.0
    length = min(len(one.split()), len(other.split()))
    if length >= 4:
        one, other = " ".join(one.split()[:length]), " ".join(other.split()[:length])
    return SequenceMatcher(None, one, other).ratio()


def _unmatched(have: Sequence[str], want: Sequence[str]) -> tuple[list[str], list[str]]:
    """What is left of both sides when the likest pairs are taken away, likest first."""
    pairs = sorted(
        ((_alike(one, other), place, wanted) for place, one in enumerate(have) for wanted, other in enumerate(want)),
        reverse=True,
    )
    taken: set[int] = set()
    met: set[int] = set()
    for likeness, place, wanted in pairs:
        if likeness < ALIKE:
            break
        if place not in taken and wanted not in met:
            taken.add(place)
            met.add(wanted)
    left = [one for place, one in enumerate(have) if place not in taken]
    return left, [one for wanted, one in enumerate(want) if wanted not in met]
