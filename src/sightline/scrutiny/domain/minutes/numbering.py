"""Numbers that run through a meeting, and numbers that only run through a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sightline.scrutiny.domain.documents.model import LineKind
from sightline.scrutiny.domain.minutes.blocks import Block

_WIDEST_GAP = 4
"""So many numbers may be missing between two items (an extract, a heading that could not be read)."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Block ``index`` may be item ``value``. weight: how much it looks like a heading. length: of its title.
    family: how its
    number is written."""

    index: int
    value: int
    weight: float
    length: int
    family: str = ""


def best_chain(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The heaviest run of candidates whose values go up by one, or by little more. Linear time.

    A gap costs; a number given twice costs more (clerks do number two items alike).
    """
    best_at: dict[int, int] = {}  # value -> place of the best chain that ends with it
    scores: list[float] = []
    before: list[int] = []
    for place, candidate in enumerate(candidates):
        score, link = candidate.weight, -1
        for step in range(_WIDEST_GAP + 1):
            earlier = best_at.get(candidate.value - step)
            if earlier is None:
                continue
            cost = 0.8 if step == 0 else 0.15 * (step - 1)
            if candidates[earlier].family != candidate.family:
                cost += 0.6
            if scores[earlier] + candidate.weight - cost > score:
                score, link = scores[earlier] + candidate.weight - cost, earlier
        scores.append(score)
        before.append(link)
        held = best_at.get(candidate.value)
        if held is None or score >= scores[held]:
            best_at[candidate.value] = place
    if not scores:
        return []
    place = max(range(len(scores)), key=scores.__getitem__)
    chain = []
    while place >= 0:
        chain.append(candidates[place])
        place = before[place]
    return chain[::-1]


_INTRODUCES = re.compile(r"(?::|[-–—]|\bthat|\bfollows\.?)\s*$")
_LONGEST_INTRODUCTION = 12
_DECIDES = re.compile(
    r"\W*(?:it was )?(?:unanimously )?(?:resolved|agreed|recommended|decided|noted|approved)\b\W*$", re.I
)


def list_runs(blocks: Sequence[Block]) -> set[int]:
    """Indexes of blocks that belong to a numbered list which a sentence introduces. Linear time."""
    inside: set[int] = set()
    index = 0
    last = len(blocks) - 1
    while index < last:
        index += 1
        first = blocks[index]
        if first.marker is None or first.marker.value != 1 or first.marker.family.startswith(("bullet", "item")):
            continue
        lead = blocks[index - 1]
        if not (_INTRODUCES.search(lead.text.rstrip()[-_LONGEST_INTRODUCTION:]) or _DECIDES.match(lead.text)) or (
            lead.marker and lead.marker.family == first.marker.family
        ):
            continue
        value = 0
        for place in range(index, len(blocks)):
            block = blocks[place]
            if (
                block.marker
                and block.marker.family == first.marker.family
                and block.marker.value == value + 1
                and not block.capitals
                and (block.kind is not LineKind.HEADING or first.kind is LineKind.HEADING)
            ):
                value += 1
                inside.add(place)
                index = place
            elif not block.listed or (block.marker and block.marker.family == first.marker.family):
                break
    return inside
