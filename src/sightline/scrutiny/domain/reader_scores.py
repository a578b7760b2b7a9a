"""How well the reader does: what it proposed, beside what clerks made of it.

A minute counts once everything that was read in it is confirmed or rejected: before, nobody knows what was missed. A
proposal was *right* where the passage stands as it was read, *nearly right* where the clerk kept its kind and corrected
its words, its speaker or its number, and *wrong* where it was rejected, merged into another or turned into another
kind. A passage was *missed* where the clerk marked it, split it off another, or made it of a proposal of another kind.

Precision and recall are those of van Rijsbergen, Information Retrieval (1979), chapter 7, of kinds of passage: what is
nearly right was found.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What became of a proposal, or of a passage that nobody proposed."""

    RIGHT = "right"
    NEARLY = "nearly-right"
    WRONG = "wrong"
    MISSED = "missed"

    @property
    def label(self) -> str:
        return {
            "right": "Right",
            "nearly-right": "Nearly right",
            "wrong": "Wrong",
            "missed": "Missed",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of outcomes. Each share is None where nothing can be said: nought of nought is unknown, not nought."""

    right: int = 0
    nearly: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        """Of what was proposed and looked at, the share that was found right or nearly right."""
        return _share(self.right + self.nearly, self.right + self.nearly + self.wrong)

    @property
    def recall(self) -> float | None:
        """Of what the minutes hold by the clerks' account, the share that the reader proposed."""
        return _share(self.right + self.nearly, self.right + self.nearly + self.missed)

    @property
    def looked_at(self) -> int:
        """How many proposals clerks confirmed or rejected."""
        return self.right + self.nearly + self.wrong

    def __add__(self, other: Score) -> Score:
        return Score(
            self.right + other.right,
            self.nearly + other.nearly,
            self.wrong + other.wrong,
            self.missed + other.missed,
        )

    def with_outcome(self, outcome: Outcome, how_many: int = 1) -> Score:
        """The same with ``how_many`` more of one outcome."""
        field = {"nearly-right": "nearly"}.get(outcome.value, outcome.value)
        return self + Score(**{field: how_many})


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
