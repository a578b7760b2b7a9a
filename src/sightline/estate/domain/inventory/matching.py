"""Which software found now is the same as was found before, on one machine.

Names that differ only in the numbers in them belong together, so that an update is a change and not a loss and a gain.
Within such a group the same name and version are paired first, then the same name, then whatever is left; of what had
gone before only the same name comes back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sightline.estate.domain.inventory.rows import Found

__all__ = ["Known", "Pair", "matched", "stem_of"]

Row = TypeVar("Row")
_NUMBERS = re.compile(r"\d+(?:[._:+~-]?\d+)*")
_SPACE = re.compile(r"\s+")


def stem_of(name: str) -> str:
    """A name without the numbers in it, and without case: what stays when software is updated."""
    return _SPACE.sub(" ", _NUMBERS.sub("#", name.casefold())).strip()


@dataclass(frozen=True, slots=True)
class Known(Generic[Row]):
    """Software that was found before. gone: an earlier import no longer named it. row: the caller's own."""

    name: str
    version: str
    gone: bool
    row: Row


@dataclass(frozen=True, slots=True)
class Pair(Generic[Row]):
    """found alone: it came; known alone: it went; both: it is the same one."""

    found: Found | None
    known: Known[Row] | None


def matched(found: Sequence[Found], known: Sequence[Known[Row]]) -> Iterator[Pair[Row]]:
    """Every piece of software of one machine once: that found now, in its order, then that which went.

    found: without rows that repeat another. What had gone before and is not found now is left out.
    """
    left: dict[str, list[Known[Row]]] = {}
    for one in known:
        left.setdefault(stem_of(one.name), []).append(one)
    stems: dict[str, list[Found]] = {}
    for row in found:
        stems.setdefault(stem_of(row.name), []).append(row)
    for stem, rows in stems.items():
        yield from _within(rows, left.pop(stem, []))
    for others in left.values():
        yield from (Pair(None, one) for one in others if not one.gone)


def _within(found: list[Found], known: list[Known[Row]]) -> Iterator[Pair[Row]]:
    paired: dict[int, Known[Row]] = {}
    here = [one for one in known if not one.gone]
    gone = [one for one in known if one.gone]
    for pool, same in (
        (here, lambda row, one: row.name == one.name and row.version == one.version),
        (here, lambda row, one: row.name == one.name),
        (gone, lambda row, one: row.name == one.name and row.version == one.version),
        (here, lambda row, one: True),
        (gone, lambda row, one: row.name == one.name),
    ):
        if not pool:
            continue
        for place, row in enumerate(found):
            if place in paired:
                continue
            chosen = next((one for one in pool if same(row, one)), None)
            if chosen is not None:
                pool.remove(chosen)
                paired[place] = chosen
    for place, row in enumerate(found):
        yield Pair(row, paired.get(place))
    yield from (Pair(None, one) for one in here)
