"""Word lists as regular expressions that are fast to search."""

from __future__ import annotations

import re
from collections.abc import Iterable


def either(words: Iterable[str]) -> str:
    """A pattern for any of the words, longest first; a space in a word stands for one space or more.

    Words are grouped by their first two letters, so that a search tries few of them at each place.
    """
    groups: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        groups.setdefault(word[:2], []).append(word[2:])
    parts = []
    for head, tails in groups.items():
        rest = "|".join(re.escape(tail).replace(r"\ ", " +") for tail in tails)
        parts.append(re.escape(head).replace(r"\ ", " +") + (f"(?:{rest})" if rest else ""))
    letters: dict[str, list[str]] = {}
    for part in parts:
        letters.setdefault(part[0], []).append(part)
    return "(?:" + "|".join("|".join(found) if len(found) == 1 else _headed(found) for found in letters.values()) + ")"


def _headed(parts: list[str]) -> str:
    """Parts with the same first character, that character written once."""
    if parts[0][0] == "\\":
        return "|".join(parts)
    return parts[0][0] + "(?:" + "|".join(part[1:] for part in parts) + ")"
