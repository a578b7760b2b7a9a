"""Pass 4, items, first half: which blocks of a meeting are the headings of its items.

Minutes number their items, or set them as headings, in bold or in capitals, or (an extract) give one plain title.
Each way is tried and the one that explains the meeting best is taken. Numbers count as headings only where they
make a chain through the meeting, so that a numbered list inside an item is not taken for items.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sightline.scrutiny.domain.documents.model import LineKind
from sightline.scrutiny.domain.minutes.agenda_pages import titles_above
from sightline.scrutiny.domain.minutes.attendance import attendance_end
from sightline.scrutiny.domain.minutes.blocks import Block
from sightline.scrutiny.domain.minutes.decisions import heading_decision
from sightline.scrutiny.domain.minutes.numbering import Candidate, best_chain, list_runs
from sightline.scrutiny.domain.minutes.titles import (
    FINITE,
    RUN_IN,
    is_prose,
    is_subhead,
    names_meeting,
    names_recommendation,
    title_length,
    title_like,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """Block ``index`` is an item's heading; its title ends ``length`` characters into the block's words; it goes on
    over ``more`` further blocks."""

    index: int
    length: int
    more: int = 0


def find_headings(blocks: Sequence[Block]) -> list[Heading]:
    """The headings of a meeting's items, in order; none where it has none. Linear time but for sorting numbers."""
    found = _found(blocks)
    known = {heading.index for heading in found}
    named = [
        Heading(index, len(block.text))
        for index, block in enumerate(blocks[:-1])
        if index not in known and block.text[:1] in "Rr" and names_recommendation(block, blocks[index + 1])
    ]
    return sorted([*found, *named], key=lambda heading: heading.index) if named else found


def _found(blocks: Sequence[Block]) -> list[Heading]:
    numbered = _numbered(blocks)
    marked = _headings_of_format(blocks)
    printed = titles_above(blocks)
    # A title that its decision follows at once has no label of its own between them.
    decided = [
        heading.index
        for heading in marked
        if heading.index + 1 < len(blocks) and heading_decision(blocks[heading.index + 1].text)
    ]
    both = sorted({*printed, *decided}) if printed else []
    if len(both) > len(marked) and len(both) >= len(numbered):
        return [Heading(index, len(blocks[index].text)) for index in both]
    if len(numbered) >= 2 and len(marked) <= 1.6 * len(numbered):
        return _with_subitems(blocks, _with_unnumbered(blocks, numbered))
    if marked:
        return marked
    head = attendance_end(blocks)
    bold = _unnumbered(blocks, head, lambda block: block.bold)
    capitals = _unnumbered(blocks, head, lambda block: block.capitals)
    for found in sorted((bold, capitals), key=len, reverse=True):
        if len(found) >= 2:
            return found
    if numbered and blocks[numbered[0].index].capitals:
        return numbered
    if len(numbered) < 2:
        plain = _plain(blocks, head)
        run_in = _run_in(blocks, head)
        if len(run_in) >= 3 and len(run_in) > len(plain):
            return run_in
        if len(plain) > len(bold or capitals or numbered):
            return plain
    return bold or capitals or numbered


def _run_in(blocks: Sequence[Block], head: int) -> list[Heading]:
    """Titles without a number that their paragraph follows ("Town clock - the Clerk reported"), where most have one."""
    found = []
    paragraphs = stopped = 0
    for index, block in enumerate(blocks[head:], head):
        if block.listed:
            continue
        paragraphs += 1
        match = RUN_IN.match(block.text)
        if match is None or not block.text[match.end() :].strip() or len(match["title"].split()) > 8:
            continue
        if match[0][-1] == "." and not match["title"].isupper():
            # Any short sentence looks so; a title is a few words, and never one of those that minutes start with.
            if (
                len(match["title"].split()) > 6
                or FINITE.search(match["title"])
                or block.text[match.end() :].count(" ") < 2
            ):
                continue
            stopped += 1
        if title_like(match["title"]) and not is_subhead(match["title"]) and not _PERSON.match(match["title"]):
            found.append(Heading(index, match.end("title")))
    return found if len(found) * (1.5 if stopped else 2) >= paragraphs else []


_PERSON = re.compile(
    r"(?:cllrs?|councillors?|mr|mrs|ms|dr|miss|the (?:chair|clerk)|proposed|seconded|moved|q|a|question|"
    r"answer)\b",
    re.I,
)


def _with_unnumbered(blocks: Sequence[Block], numbered: list[Heading]) -> list[Heading]:
    """Numbered headings, and those without a number that the format sets at their level."""
    levels = [blocks[heading.index].level for heading in numbered if blocks[heading.index].kind is LineKind.HEADING]
    if len(levels) * 2 <= len(numbered):
        return numbered
    level = max(set(levels), key=levels.count)
    known = {heading.index for heading in numbered}
    more = [
        Heading(index, len(block.text))
        for index, block in enumerate(blocks)
        if index > numbered[0].index
        and index not in known
        and block.kind is LineKind.HEADING
        and block.level == level
        and block.marker is None
        and "£" not in block.text
        and title_like(block.text, formatted=True)
        and _has_text(blocks, index)
    ]
    return sorted([*numbered, *more], key=lambda heading: heading.index)


def _with_subitems(blocks: Sequence[Block], headings: list[Heading]) -> list[Heading]:
    """Headings, and titles numbered beneath them ("7.1 Title" under "7 Reports") where the upper one stands alone."""
    found: list[Heading] = []
    for place, heading in enumerate(headings):
        found.append(heading)
        marker = blocks[heading.index].marker
        first = heading.index + heading.more + 1
        stop = headings[place + 1].index if place + 1 < len(headings) else len(blocks)
        if marker is None or first >= stop or not _is_subitem(blocks[first], marker.label):
            continue
        found.extend(
            Heading(index, len(blocks[index].text))
            for index in range(first, stop)
            if _is_subitem(blocks[index], marker.label)
        )
    return found


def _is_subitem(block: Block, number: str) -> bool:
    marker = block.marker
    return (
        marker is not None
        and marker.family == "dotted 1"
        and marker.label.startswith(f"{number}.")
        and title_like(block.text, numbered=True)
        and block.text.rstrip()[-1] != "."
    )


_SCHEMES: tuple[tuple[frozenset[str], Callable[[Block], int]], ...] = (
    (frozenset({"item", "num .", "num :", "bare"}), lambda block: block.marker.value if block.marker else 0),
    (frozenset({"num )", "num ()"}), lambda block: block.marker.value if block.marker else 0),
    (frozenset({"alpha .", "alpha )"}), lambda block: _letter(block)),
    (frozenset({"slash"}), lambda block: _part(block, 0)),
    (frozenset({"slash"}), lambda block: _part(block, 1)),
    (frozenset({"ref"}), lambda block: _part(block, 0)),
    (frozenset({"ref", "code"}), lambda block: _part(block, -1)),
    (frozenset({"dotted 1"}), lambda block: _part(block, -1)),
    (frozenset({"dotted 2", "dotted 3"}), lambda block: _part(block, -1)),
)


def _letter(block: Block) -> int:
    """The place of a capital letter in the alphabet; a small one numbers no item, and stands so far off that
    it makes no chain.
    """
    label = block.marker.label if block.marker else ""
    return block.marker.value if block.marker and label.isupper() else -10 * block.start - 100


def _part(block: Block, place: int) -> int:
    parts = re.findall(r"\d+", block.marker.label if block.marker else "0")
    return int(parts[place])


def _numbered(blocks: Sequence[Block]) -> list[Heading]:
    runs = list_runs(blocks)
    marked: dict[str, list[int]] = {}
    for index, block in enumerate(blocks):
        if block.marker is not None and index not in runs:
            marked.setdefault(block.marker.family, []).append(index)
    best: list[Heading] = []
    best_score = 0.0
    for families, value in _SCHEMES:
        if families.isdisjoint(marked):
            continue
        candidates = []
        for index in sorted(index for family in families for index in marked.get(family, ())):
            block = blocks[index]
            length = title_length(block)
            if length:
                family = block.marker.family if block.marker else ""
                candidates.append(Candidate(index, value(block), _weight(block, length), length, family))
        if not candidates:
            continue
        chain = best_chain(candidates)
        if len(chain) < 3 and "alpha ." in families:
            continue  # initials of a name look like that
        score = sum(candidate.weight for candidate in chain)
        if len(chain) > 0 and score > best_score:
            best = [_extended(blocks, Heading(candidate.index, candidate.length)) for candidate in chain]
            best_score = score
    return best


def _weight(block: Block, length: int) -> float:
    weight = 1.0
    if block.kind is LineKind.HEADING or block.bold or block.text[:length].isupper():
        weight += 0.5
    if block.marker and block.marker.family in ("item", "slash", "dotted 2", "ref"):
        weight += 0.3
    if block.indent == 0:
        weight += 0.2
    return weight


def _extended(blocks: Sequence[Block], heading: Heading) -> Heading:
    """A heading of several lines: those beneath it that are set alike, with no empty line between."""
    first = blocks[heading.index]
    if heading.length < len(first.text.rstrip()) or first.kind is LineKind.HEADING:
        return heading
    more = 0
    for block in blocks[heading.index + 1 : heading.index + 4]:
        if (
            block.gap
            or block.marker
            or block.bold != first.bold
            or block.capitals != first.capitals
            or not title_like(block.text)
            or block.text.rstrip()[-1] in ".:"
        ):
            break
        more += 1
    following = heading.index + more + 1
    if more and more < 3 and following < len(blocks) and blocks[following].gap:
        return replace(heading, more=more)
    return heading


def _headings_of_format(blocks: Sequence[Block]) -> list[Heading]:
    """What HTML or Word set as headings: the shallowest level that holds two titles or more, or the only one."""
    levels: dict[int, list[int]] = {}
    for index, block in enumerate(blocks):
        if (
            block.kind is LineKind.HEADING
            and title_like(block.text, formatted=True)
            and not is_subhead(block.text)
            and not names_meeting(block.text)
        ):
            levels.setdefault(block.level, []).append(index)
    useful = {level: found for level, found in levels.items() if any(_has_text(blocks, index) for index in found)}
    for level in sorted(useful):
        if len(useful[level]) >= 2:
            # Once chosen, deeper headings are subheadings; a number may stand before the title.
            return [Heading(index, len(blocks[index].text)) for index in useful[level]]
    for level in sorted(useful):
        return [Heading(index, len(blocks[index].text)) for index in useful[level]]
    return []


def _has_text(blocks: Sequence[Block], index: int) -> bool:
    return index + 1 < len(blocks) and blocks[index + 1].kind is not LineKind.HEADING


def _unnumbered(blocks: Sequence[Block], head: int, wanted: Callable[[Block], bool]) -> list[Heading]:
    found = []
    for index in range(head, len(blocks)):
        block = blocks[index]
        if not wanted(block) or block.listed or is_subhead(block.text) or not title_like(block.text):
            continue
        if names_meeting(block.text) or index + 1 >= len(blocks) or len(block.text) < 3:
            continue
        found.append(_extended(blocks, Heading(index, len(block.text))))
    taken = -1
    kept = []
    for heading in found:
        if heading.index > taken:
            kept.append(heading)
            taken = heading.index + heading.more
    return kept


_DATED = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?,? (?:of )?[A-Z][a-z]{2,8},? (?:19|20)\d\d\b|\b[A-Z][a-z]{2,8} \d{1,2},? (?:19|20)"
    r"\d\d\b|^(?:appendix|agenda item|annex|minutes?|report|item) ?\w{0,3}$|^minutes? (?:of|from)\b",
    re.I,
)


def _plain(blocks: Sequence[Block], head: int) -> list[Heading]:
    """A plain line without a full stop, over prose: the title of an extract."""
    found = []
    for index, block in enumerate(blocks[:-1]):
        following = blocks[index + 1]
        if (
            index < head
            or block.listed
            or (not block.gap and index and len(block.text) > 60)
            or not title_like(block.text)
            or is_subhead(block.text)
            or _DATED.search(block.text.strip())
        ):
            continue
        if len(block.text.split()) < 2 or names_meeting(block.text) or block.text.rstrip()[-1] in ".:":
            continue
        gap = following.gap
        if is_subhead(following.text) and index + 2 < len(blocks):
            following = blocks[index + 2]
        close = gap or (block.gap and len(block.text) < 60)
        if following.marker is None and not following.listed and close and is_prose(following.text):
            found.append(Heading(index, len(block.text)))
    return found
