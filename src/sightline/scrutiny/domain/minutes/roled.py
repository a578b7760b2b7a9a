"""The roles a block may have in an item, and a block together with its role."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from sightline.scrutiny.domain.minutes.blocks import Block
from sightline.scrutiny.domain.minutes.decisions import Decided


class Role(StrEnum):
    """What a block is for. OTHER: a report's list, reasons, options: nothing is read from it."""

    PROSE = "prose"
    LEAD = "lead"
    RECOMMENDATION = "recommendation"
    POINT = "point"
    CHILD = "child"
    ANSWER = "answer"
    REPLY = "reply"
    MOTION = "motion"
    DECISION = "decision"
    PART = "part"
    SUBPART = "subpart"
    ACTION = "action"
    TABLE = "row of a table of actions"
    ASKED = "row of a table of recommendations"
    MOVED = "moved"
    CODED = "coded"
    CARRIED = "carried"
    QUOTE = "quoted motion"
    RESOLVES = "entry of what the meeting did"
    SUBHEAD = "subhead"
    OTHER = "other"


class Roled(NamedTuple):
    """A block with its role. offset: where in ``block.text`` its own words begin, after a label.

    decided: for DECISION. number: printed in front of it. labelled: a label said so. introduces: the block
    ends in front of a list of its own children. columns: for TABLE, which cells say what is to be done and who is
    to do it
    (-1: none does); for ASKED, which holds the recommendation and which its number. answerer: for ANSWER, who was
    said to answer the list.
    """

    role: Role
    block: Block
    offset: int = 0
    decided: Decided | None = None
    number: str | None = None
    labelled: bool = False
    introduces: bool = False
    columns: tuple[int, int] | None = None
    answerer: str | None = None
