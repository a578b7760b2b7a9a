"""Pass 4, items: which blocks are the headings of items, and what stands under each.

Minutes number their items, or set them as headings, in bold or in capitals, or (an extract) give one plain title.
Each way is tried and the one that explains the meeting best is taken. Numbers count as headings only where they
make a chain through the meeting, so that a numbered list inside an item is not taken for items.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sightline.scrutiny.domain.documents.model import LineKind
from sightline.scrutiny.domain.minutes import cues
from sightline.scrutiny.domain.minutes.blocks import Block
from sightline.scrutiny.domain.minutes.numbering import Candidate, best_chain, list_runs

UNTITLED = "(untitled: the minutes have no item headings)"


@dataclass(frozen=True, slots=True)
class ItemBlocks:
    """An item before it is read. title_start, title_end: both ``start`` where there is no title."""

    title: str
    title_start: int
    title_end: int
    number: str | None
    start: int
    end: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """Block ``index`` is an item's heading; its title ends ``length`` characters into the block's words; it goes on
    over ``more`` further blocks."""

    index: int
    length: int
    more: int = 0


_LABEL = re.compile(
    r"(?:resolved|agreed|recommended|reply|response|action|present|members present|in attendance|attendance|minutes|decision|note|"
    r"proposed by|seconded by|moved by|and resolved|carried|reasons?|alternative|options|recommendations?|question \d|apologies:|"
    r"signed|dated|chair(?:man|person)?|venue|contact|pdf|page|that|to note|officers?|officials|councillors|sectoral|minute taker)\b(?! (?:of|for|from|on|to) )[^a-z]",
    re.I,
)
_FINITE = re.compile(
    r"\b(?:was|were|is|are|been|had|has|have|would|will|should|asked|said|stated|advised|reported|explained|agreed|resolved|proposed|"
    r"seconded|noted|raised|queried|requested|confirmed|presented|thanked|considered|expressed|welcomed|felt|suggested|received|declared)\b"
)
_SAYS = re.compile(
    r"\b(?:was|were|is|are|been|had|has|have|would|will|should|asked|said|stated|advised|explained|agreed that|resolved|thanked|welcomed|felt)\b"
)
_TASK = re.compile(r"(?:to|question|notice|motion|request|approve|agree|consider|report|note|receive)\b", re.I)
_RUN_IN = re.compile(r"(?P<title>[A-Z\"'“‘£0-9][^:.?!;]{1,90}?)(?:\s*:[-–—]?|\s+[-–—]|(?<=[a-z\d)]{2})\.)(?=\s|$)")


_NUMBERED_LABEL = re.compile(
    r"(?:resolved|agreed|recommended|reply|response|proposed by|seconded by|moved by|carried|that)\b[^a-z]", re.I
)


def title_like(text: str, *, numbered: bool = False) -> bool:
    """Whether words could be a title: short, starting with a capital, no sentence. numbered: a number stands before them."""
    text = text.strip()
    if not text or len(text) > 240:
        return False
    count = text.count(" ") - text.count("  ") + 1
    if count > 32 or not (text[0].isupper() or text[0].isdigit() or text[0] in "\"'“‘£€("):
        return False
    if not any(character.isalpha() for character in text):
        return False
    if (
        text[-1] in ";,?"
        or (text[-1] == "." and (count > 8 or _FINITE.search(text)))
        or (_NUMBERED_LABEL if numbered else _LABEL).match(text + " ")
    ):
        return False
    if text[-1] == ":" and count > 14:
        return False
    return bool(_TASK.match(text)) or not (_SAYS if numbered and count <= 12 else _FINITE).search(text)


def split_items(blocks: Sequence[Block]) -> tuple[list[Block], list[ItemBlocks]]:
    """The head of the meeting (what stands before its first item), and its items in order. Linear time."""
    headings = _headings(blocks)
    if not headings:
        head = _attendance_end(blocks)
        if head >= len(blocks):
            return list(blocks), []
        rest = tuple(blocks[head:])
        start = rest[0].start
        return list(blocks[:head]), [ItemBlocks(UNTITLED, start, start, None, start, rest[-1].end, rest)]
    items = [
        _item(blocks, heading, headings[place + 1].index if place + 1 < len(headings) else len(blocks))
        for place, heading in enumerate(headings)
    ]
    return list(blocks[: headings[0].index]), items


def _item(blocks: Sequence[Block], heading: Heading, stop: int) -> ItemBlocks:
    block = blocks[heading.index]
    words = block.text[: heading.length]
    title_end = block.body + len(words.rstrip(" :-–—"))
    contents = list(blocks[heading.index + 1 + heading.more : stop])
    if heading.more:
        last = blocks[heading.index + heading.more]
        title_end = last.body + len(last.text.rstrip(" :-–—"))
        words = " ".join(found.text for found in blocks[heading.index : heading.index + heading.more + 1])
    elif heading.length < len(block.text):
        rest = block.text[heading.length :]
        lead = len(rest) - len(rest.lstrip(" :-–—."))
        if rest[lead:].strip():
            body = block.body + heading.length + lead
            contents.insert(0, block._replace(start=body, body=body, text=rest[lead:], marker=None, depth=0, bold=False, kind=LineKind.TEXT))  # fmt: skip
    end = contents[-1].end if contents else max(block.end, title_end)
    title = " ".join(words.split()).rstrip(" :-–—")
    number = block.marker.label if block.marker and block.marker.label else None
    return ItemBlocks(title, block.body, title_end, number, block.start, end, tuple(contents))


def _headings(blocks: Sequence[Block]) -> list[Heading]:
    numbered = _numbered(blocks)
    marked = _headings_of_format(blocks)
    if len(numbered) >= 2 and len(marked) <= 1.6 * len(numbered):
        return _with_subitems(blocks, _with_unnumbered(blocks, numbered))
    if marked:
        return marked
    bold = _unnumbered(blocks, lambda block: block.bold)
    capitals = _unnumbered(blocks, lambda block: block.capitals)
    for found in sorted((bold, capitals), key=len, reverse=True):
        if len(found) >= 2:
            return found
    if numbered and blocks[numbered[0].index].capitals:
        return numbered
    if len(numbered) < 2:
        plain = _plain(blocks)
        run_in = _run_in(blocks)
        if len(run_in) >= 3 and len(run_in) > len(plain):
            return run_in
        if len(plain) > len(bold or capitals or numbered):
            return plain
    return bold or capitals or numbered


def _run_in(blocks: Sequence[Block]) -> list[Heading]:
    """Titles without a number at the start of their paragraphs ("Town clock - the Clerk reported"), where most paragraphs have one."""
    head = _attendance_end(blocks)
    found = []
    paragraphs = 0
    for index, block in enumerate(blocks[head:], head):
        if block.listed:
            continue
        paragraphs += 1
        match = _RUN_IN.match(block.text)
        if match is None or not block.text[match.end() :].strip() or len(match["title"].split()) > 8:
            continue
        if match[0][-1] == "." and not match["title"].isupper():
            continue  # any short sentence looks so
        if title_like(match["title"]) and not is_subhead(match["title"]) and not _PERSON.match(match["title"]):
            found.append(Heading(index, match.end("title")))
    return found if len(found) * 2 >= paragraphs else []


_PERSON = re.compile(r"(?:cllrs?|councillors?|mr|mrs|ms|dr|miss|the (?:chair|clerk)|proposed|seconded|moved|q|a|question|answer)\b", re.I)


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
        if index > numbered[0].index and index not in known and block.kind is LineKind.HEADING and block.level == level
        and title_like(block.text) and "£" not in block.text and _has_text(blocks, index) and (block.marker is None or block.marker.family.startswith("bullet"))
    ]  # fmt: skip
    return sorted([*numbered, *more], key=lambda heading: heading.index)


def _with_subitems(blocks: Sequence[Block], headings: list[Heading]) -> list[Heading]:
    """Headings, and the titles numbered beneath them ("7.1 Title" under "7 Reports") where the upper one stands alone."""
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
    """The place of a capital letter in the alphabet; a small one numbers no item, and stands so far off that it makes no chain."""
    label = block.marker.label if block.marker else ""
    return block.marker.value if block.marker and label.isupper() else -10 * block.start - 100


def _part(block: Block, place: int) -> int:
    parts = re.findall(r"\d+", block.marker.label if block.marker else "0")
    return int(parts[place])


def _numbered(blocks: Sequence[Block]) -> list[Heading]:
    runs = list_runs(blocks)
    best: list[Heading] = []
    best_score = 0.0
    for families, value in _SCHEMES:
        candidates = []
        for index, block in enumerate(blocks):
            if block.marker is None or block.marker.family not in families or index in runs:
                continue
            length = _title_length(block)
            if length:
                candidates.append(Candidate(index, value(block), _weight(block, length), length, block.marker.family))
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


def _title_length(block: Block) -> int:
    """How many characters of a numbered block are its title; 0 where it has none."""
    text = block.text
    if title_like(text, numbered=True):
        run_in = _RUN_IN.match(text)
        if run_in and text[run_in.end() :].strip() and not text.isupper():
            rest = text[run_in.end() :].strip()
            # "Housing: the next ten years" is one title; "Police Report: attached" is a title and a text.
            if re.match(
                r"(?:attached|none|nil|noted|no |approved|nothing|apologies|cllrs?|mr|as |resolved|agreed)", rest, re.I
            ) or rest.endswith("."):
                return run_in.end("title")
        return len(text)
    run_in = _RUN_IN.match(text)
    if (
        run_in
        and ":" in run_in[0]
        and title_like(run_in["title"], numbered=True)
        and len(run_in["title"].split()) <= 12
    ):
        return run_in.end("title")
    first = text[: block.first].rstrip()
    if (
        block.rows > 1
        and 0 < len(first) < len(text)
        and title_like(first, numbered=True)
        and block.first < 100
        and _FINITE.search(text)
    ):
        return len(first)
    if run_in and title_like(run_in["title"], numbered=True) and len(run_in["title"].split()) <= 14:
        return run_in.end("title")
    return 0


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
            and title_like(block.text)
            and not is_subhead(block.text)
            and not _names_meeting(block.text)
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


_MEETING = re.compile(
    r"\b(?:minutes|agenda)\b.*\b(?:of|meeting|decisions|agenda|minutes)\b|^(?:draft )?minutes$|\b(?:19|20)\d\d\b.*\b\d{1,2}[.:]\d\d ?[ap]\.?m|^(?:attendance|attendees|documents?|related|contacts?|venue|share|follow us|about|useful links|meeting details|items?|agenda|agenda items?|details|footer|cookies|your council|in this section|decisions?|meeting documents|present|apologies)\W*$|^search|^menu|^navigation|^contents",
    re.I,
)
_BODY_ALONE = re.compile(
    r"(?:[A-Z][\w&'’-]*,? (?:and |of |the |for )?){0,8}(?:council|committee|panel|board|cabinet|forum|executive|commission)(?: meeting| minutes)?(?: *[-–—,|:(] *.*\b(?:19|20)\d\d\b.*| (?:held|on|mon|tues|wednes|thurs|fri)\w*\b.*\b(?:19|20)\d\d\b.*)?",
    re.I,
)


def _names_meeting(text: str) -> bool:
    """A heading of the whole document, not of an item."""
    flat = " ".join(text.split())
    return bool(_MEETING.search(flat)) or bool(_BODY_ALONE.fullmatch(flat))


def is_subhead(text: str) -> bool:
    """A label that parts an item ("Decision:", "Points raised"), as ``cues.SUBHEADS`` lists them."""
    return " ".join(text.split()).strip(" :.-–—").lower() in cues.SUBHEADS


def _unnumbered(blocks: Sequence[Block], wanted: Callable[[Block], bool]) -> list[Heading]:
    head = _attendance_end(blocks)
    found = []
    for index, block in enumerate(blocks):
        if index < head or block.listed or not wanted(block) or is_subhead(block.text) or not title_like(block.text):
            continue
        if _names_meeting(block.text) or index + 1 >= len(blocks) or len(block.text) < 3:
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
    r"\b\d{1,2}(?:st|nd|rd|th)?,? (?:of )?[A-Z][a-z]{2,8},? (?:19|20)\d\d\b|\b[A-Z][a-z]{2,8} \d{1,2},? (?:19|20)\d\d\b|^(?:appendix|agenda item|annex|minutes?|report|item) ?\w{0,3}$|^minutes? (?:of|from)\b",
    re.I,
)


def _plain(blocks: Sequence[Block]) -> list[Heading]:
    """A plain line without a full stop, over prose: the title of an extract."""
    head = _attendance_end(blocks)
    found = []
    for index, block in enumerate(blocks[:-1]):
        following = blocks[index + 1]
        if (
            index < head
            or block.listed
            or (not block.gap and index and len(block.text) > 60)
            or not title_like(block.text)
            or _DATED.search(block.text.strip())
        ):
            continue
        if len(block.text.split()) < 2 or _names_meeting(block.text) or block.text.rstrip()[-1] in ".:":
            continue
        close = following.gap or (block.gap and len(block.text) < 60)
        if following.marker is None and not following.listed and close and _is_prose(following.text):
            found.append(Heading(index, len(block.text)))
    return found


def _is_prose(text: str) -> bool:
    return len(text.split()) >= 4 and not is_subhead(text) and text.rstrip()[-1] in ".:?!"


_ATTENDANCE = re.compile(
    r"\W*(?:(?:members?|councillors?|those|also|officers?|officials|staff|guests?|visitors?)(?: and visitors)? )?(?:present|in attendance|attendance|attending|apologies|regrets|absent|minute[- ]taker|staff|guests?|visitors)\b",
    re.I,
)


def _attendance_end(blocks: Sequence[Block]) -> int:
    """The index after the last line of the attendance list near the top, 0 where there is none."""
    last = 0
    for index, block in enumerate(blocks[:300]):
        if _ATTENDANCE.match(block.text) and len(block.text) < 1500 and not (last and index > last + 25):
            last = index + 1
    while last and last < len(blocks) and _NAMES.match(blocks[last].text):
        last += 1
    return last


_NAMES = re.compile(
    r"\W*(?:(?:councillor|cllr|mr|mrs|ms|dr|miss|prof)s?\b|[A-Z][\w'’.-]+ [A-Z][\w'’-]+,)(?![^.]*\b(?:asked|said|was|were|reported|that|proposed)\b)",
    re.I,
)
