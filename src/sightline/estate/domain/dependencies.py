"""What hangs on what: lines of dependencies between systems, and whether a new one would come back to itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def line_to(goal: Key, starts: Iterable[Key], links: Mapping[Key, Collection[Key]]) -> tuple[Key, ...]:
    """The shortest line of links from one of ``starts`` to ``goal``, with both its ends; empty where there is none.

    links: by a system, those that it depends on. A system that would depend on ``starts`` while one of them leads to it
    would depend on itself. Linear in the number of links; of lines of the same length, the first start's is told.
    """
    before: dict[Key, Key | None] = {}
    waiting: deque[Key] = deque()
    for start in starts:
        if start not in before:
            before[start] = None
            waiting.append(start)
    while waiting:
        here = waiting.popleft()
        if here == goal:
            line = [here]
            while (earlier := before[line[-1]]) is not None:
                line.append(earlier)
            return tuple(reversed(line))
        for there in links.get(here, ()):
            if there not in before:
                before[there] = here
                waiting.append(there)
    return ()


def reached(starts: Iterable[Key], links: Mapping[Key, Collection[Key]]) -> set[Key]:
    """Everything that links lead to from ``starts``, one after the other; the starts only where a link leads back."""
    found: set[Key] = set()
    waiting = list(starts)
    while waiting:
        for there in links.get(waiting.pop(), ()):
            if there not in found:
                found.add(there)
                waiting.append(there)
    return found
