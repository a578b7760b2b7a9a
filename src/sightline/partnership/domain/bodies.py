"""The kinds of body that a partnership of councils has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum, StrEnum


class BodyKind(StrEnum):
    """What a committee is for. The kind decides what it may do: a scrutiny body asks, a deciding body decides."""

    SCRUTINY_PANEL = "scrutiny-panel"
    JOINT_PANEL = "joint-panel"
    TASK_GROUP = "task-group"
    CABINET = "cabinet"
    EXECUTIVE_BOARD = "executive-board"
    FULL_COUNCIL = "full-council"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def scrutinises(self) -> bool:
        """Whether it asks and recommends."""
        return self in (BodyKind.SCRUTINY_PANEL, BodyKind.JOINT_PANEL, BodyKind.TASK_GROUP)

    @property
    def is_executive(self) -> bool:
        """Whether its members are the council's executive. Every councillor sits on the full council, which is not."""
        return self in (BodyKind.CABINET, BodyKind.EXECUTIVE_BOARD)

    @property
    def decides(self) -> bool:
        """Whether it may take a council's decision on a recommendation."""
        return self in (BodyKind.CABINET, BodyKind.EXECUTIVE_BOARD, BodyKind.FULL_COUNCIL)


_LABELS = {
    BodyKind.SCRUTINY_PANEL: "Scrutiny panel",
    BodyKind.JOINT_PANEL: "Panels sitting jointly",
    BodyKind.TASK_GROUP: "Task group",
    BodyKind.CABINET: "Cabinet",
    BodyKind.EXECUTIVE_BOARD: "Executive board",
    BodyKind.FULL_COUNCIL: "Full council",
    BodyKind.OTHER: "Committee",
}


def is_called(names: Iterable[str], said: str) -> bool:
    """Whether a minute that says ``said`` may mean a body known under ``names``.

    Case, punctuation, articles and the order of words do not matter; one may say more than the other ("Cabinet" and
    "South Holland District Council Cabinet").
    """
    words = _words(said)
    return bool(words) and any(known <= words or words <= known for name in names if (known := _words(name)))


class Likeness(IntEnum):
    """How well what minutes call their body fits the names of one; the more the better."""

    NONE = 0
    SAYS_LESS = 1
    SAYS_MORE = 2
    SAME = 3


def likeness(names: Iterable[str], said: str) -> Likeness:
    """How well ``said`` fits the best of ``names``: the same words, those and more, or only some of them."""
    words = _words(said)
    if not words:
        return Likeness.NONE
    found = Likeness.NONE
    for name in names:
        if known := _words(name):
            fits = (
                Likeness.SAME
                if known == words
                else Likeness.SAYS_MORE
                if known < words
                else Likeness.SAYS_LESS
                if words < known
                else Likeness.NONE
            )
            found = max(found, fits)
    return found


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", name.casefold())) - {"the", "of", "and", "a", "meeting"}
