"""The kinds of body that a partnership of councils has."""

from __future__ import annotations

from enum import StrEnum


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
