"""Pass 4, items: minutes as committee software prints them, each item with its agenda entry above its minute.

There the title of an item is followed by what the agenda asked ("To consider a report of ..."), perhaps by the
decision, and then by the label "Minutes:" and the minute itself. The label is found first, its title above it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sightline.scrutiny.domain.documents.model import LineKind
from sightline.scrutiny.domain.minutes import formalities, introductions
from sightline.scrutiny.domain.minutes.blocks import Block
from sightline.scrutiny.domain.minutes.titles import is_subhead, names_meeting, title_like

_FARTHEST = 12
"""So many blocks an agenda entry may have between its title and the label of its minute."""
_MINUTE = re.compile(r"(?:draft )?minutes? ?:(?=\s|$)", re.I)
_DECISION = re.compile(r"decisions? ?:\s*$", re.I)
_NOTHING = re.compile(r"\W*(?:" + "|".join(formalities.NOTHING_PHRASES) + r")\W*", re.I)
_PURPOSE = re.compile(r"\W*" + "(?:" + "|".join(introductions.AGENDA_PURPOSES) + r")\b|\(.*\)\W*$", re.I)
_PAGE_TOP = 6
_AGENDA_ITEM = re.compile(r"agenda item\W*", re.I)
_SUBHEADS_TOO = ("actions", "recommendations")
"""Titles of items that are labels elsewhere."""
_PAGE = re.compile(r"(?:" + "|".join(introductions.AGENDA_PAGE_LINES) + ")", re.I)


def is_purpose(text: str) -> bool:
    """Whether a line only says what the agenda asked of the meeting: "To consider the report", "(copy attached)"."""
    return _PURPOSE.match(text) is not None


def minute_labels(blocks: Sequence[Block]) -> list[int]:
    """Where a minute begins: at "Minutes:", or where a decision stands above it, at "Decision:". Linear time."""
    found: list[int] = []
    decision = -1
    for index, block in enumerate(blocks):
        if block.marker is not None or len(block.text) < 7 or block.text[0] not in "MmDd":
            continue
        if _DECISION.match(block.text):
            decision = index
        elif _MINUTE.match(block.text):
            found.append(decision if decision > (found[-1] if found else -1) else index)
            decision = -1
    return found


def _beneath_agenda_item(blocks: Sequence[Block]) -> int:
    """The title of a page that shows one item, which stands beneath the words "Agenda item"; -1 for any other page."""
    for index, block in enumerate(blocks[:_PAGE_TOP]):
        if _AGENDA_ITEM.fullmatch(block.text):
            continue
        named = index and _AGENDA_ITEM.fullmatch(blocks[index - 1].text)
        return index if named and block.marker is None and _is_title(block) and not is_purpose(block.text) else -1
    return -1


def titles_above(blocks: Sequence[Block]) -> list[int]:
    """The titles above the labels of minutes, one for each label that has one."""
    found: list[int] = []
    labels = minute_labels(blocks)
    if len(labels) == 1 and (only := _beneath_agenda_item(blocks)) >= 0 and only < labels[0]:
        return [only]
    for label in labels:
        lowest = max(found[-1] + 2 if found else 0, label - _FARTHEST)
        title = -1
        for index in range(label - 1, lowest - 1, -1):
            block = blocks[index]
            if is_purpose(block.text):
                continue
            if _MINUTE.match(block.text) or _NOTHING.fullmatch(block.text):
                break
            if names_meeting(block.text) or _PAGE.match(block.text):
                if index == label - 1 and block.kind is LineKind.HEADING:
                    title = index  # the approval of earlier minutes
                break
            if _is_title(block):
                if block.text.rstrip()[-1] == "." and title >= 0:
                    break
                title = index
                if block.marker is not None and not block.marker.family.startswith("bullet"):
                    break
            elif (
                block.text.rstrip()[-1:] == "." and not block.listed and not _numbered_title(blocks, index - 1, lowest)
            ):
                break
        if title >= 0:
            found.append(title)
    return found


def minute_of(contents: Sequence[Block]) -> Sequence[Block]:
    """What stands in an item without the agenda entry above its minute; all of it where there is no such label."""
    labels = minute_labels(contents[: _FARTHEST + 1])
    return contents[labels[0] :] if labels else contents


def _numbered_title(blocks: Sequence[Block], index: int, lowest: int) -> bool:
    """Whether a numbered title stands there, so that the paragraph beneath it is what the agenda said of the item."""
    if index < lowest:
        return False
    marker = blocks[index].marker
    return marker is not None and marker.family in ("bare", "num .", "item") and _is_title(blocks[index])


def _is_title(block: Block) -> bool:
    if block.marker is not None and block.marker.family in ("alpha ()", "roman ()") and block.marker.value > 1:
        return False
    if block.text.rstrip(" :").lower() in _SUBHEADS_TOO:
        return True
    return (
        title_like(block.text, numbered=True, formatted=True)
        and not is_subhead(block.text)
        and block.text.rstrip()[-1] != ":"
    )
