"""Pass 6, parts, second half: resolutions put together from their heading, their parts and the vote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sightline.scrutiny.domain.minutes.blocks import Block
from sightline.scrutiny.domain.minutes.cues import Confidence


@dataclass(slots=True)
class OpenPart:
    """A part being read: absolute offsets and its printed number."""

    start: int
    end: int
    number: str | None


@dataclass(slots=True)
class OpenResolution:
    """A resolution being read. listed: further parts may follow in a list.

    summary: stands under "Decision:", which web pages print in front of the minute itself.
    introduced: the part read last only introduces a list. lists: it goes on in a list or table.
    """

    verb: str
    start: int
    confidence: float
    parts: list[OpenPart] = field(default_factory=list)
    listed: bool = False
    summary: bool = False
    introduced: bool = False
    lists: bool = False

    @property
    def end(self) -> int:
        return max([self.start, *(part.end for part in self.parts)])


_INLINE = re.compile(r"(?<![\w(])\(?(?P<label>\d{1,2}|[a-h]|[A-H](?=\))|i{1,3}|iv|vi{0,3})[.)]\)? +(?=[\"“‘]?\w)")
_CREDIT = re.compile(
    r"[.;,]? *\(?(?:(?:It was +)?(?:proposed|moved|proposer)\b(?: +by)?:? +.{2,80}?(?:,| and|;|"
    r"\.)? *(?:and +)?(?:seconded|seconder)\b.*|(?:moved|proposed|seconded) by:? +[A-Z].*|(?:[–—-] *agreed|all "
    r"(?:in favour|"
    r"agreed)|carried|unanimous(?:ly)?(?: agreed)?|vote:? .*)[.)]*)$",
    re.I | re.S,
)
_CREDITED = re.compile(r"oposed|oposer|oved\b|econded|gree|avour|arried|nanim|ote\b")
_JOINED = re.compile(r"(?<=\w)\s+(?:and|or)\s*$", re.I)
_AND = re.compile(r"(?<=[;,])\s+(?:and|or)\s*$", re.I)


def inline_parts(text: str) -> Iterator[tuple[int, int, str | None]]:
    """Parts ``(start, end, number)`` of a decision written in one run: "(1) the report be noted; and (2) ..."."""
    starts: list[tuple[int, int, str]] = []
    for match in _INLINE.finditer(text):
        value = _value(match["label"])
        before = text[: match.start()].rstrip()
        if (
            value == len(starts) + 1
            and (value > 1 or not before or before[-1] in ":-–—" or before[-4:].lower() == "that")
            and (value == 1 or re.search(r"(?:[;,.:]|\band|\bor)$", before))
        ):
            starts.append((match.start(), match.end(), match["label"]))
    if len(starts) < 2:
        yield 0, len(text.rstrip()), None
        return
    for place, (_, start, label) in enumerate(starts):
        end = starts[place + 1][0] if place + 1 < len(starts) else len(text.rstrip())
        joined = _JOINED.search(text, max(start, end - 8), end) if place + 1 < len(starts) else None
        end = joined.start() if joined else end
        yield start, end, label


def _value(label: str) -> int:
    if label.isdecimal():
        return int(label)
    romans = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii")
    return romans.index(label) + 1 if label in romans else ord(label.lower()) - 96


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Offsets of a part without outer white space, quotation marks, a joining "; and", and who proposed it."""
    while start < end and text[start] in " :–—-.,;":
        start += 1
    piece = text[start:end].rstrip()
    credit = _CREDIT.search(piece) if _CREDITED.search(piece) else None
    if credit and credit.start() > 8 and piece.count(" ", 0, credit.start()) > 2:
        piece = piece[: credit.start() + (1 if credit[0][0] in ".;" else 0)].rstrip()
    joined = _AND.search(piece)
    if joined:
        piece = piece[: joined.start()]
    return start, start + len(piece.rstrip())


_THAT = re.compile(
    r"\b(?:THEREFORE|BE IT(?: FURTHER)? RESOLVED|Be it(?: further)? resolved|NOW THEREFORE)\b|\b(?:That|THAT|that)\b"
)
_FURTHER = re.compile(r"\W*and +(?:be it +)?further(?: +resolved)?,? +that\b", re.I)
_OPERATIVE = re.compile(
    r"\b(?:NOW,? +)?(?:THEREFORE|therefore)\b,?(?: +be it(?: +hereby)?(?: +resolved)?)?,?(?: +that\b)?|"
    r"\bbe it(?: +hereby)? +resolved(?: +that\b)?",
    re.I,
)
_CARRIED = re.compile(
    r"(?:[\s.;,–—-]*\b|(?<=[.;:])\s*(?=adopted|approved)|^\s*(?=adopted|approved))(?P<verb>carried|lost|"
    r"defeated|passed|motion carried|"
    r"(?<![a-z] )(?:adopted|approved))(?:,? unanimously|"
    r" as amended)?(?:,? by all (?:members )?present|,? by all members present)?(?: (?:on|by) (?:the "
    r")?(?:chair\S* )?casting vote[^.]{0,60})?[.!]?\s*$",
    re.I,
)
_ALSO = re.compile(
    r";\s+(?:(?:AND|and|And) +(?:FURTHER|further)(?: +THAT| +that)? +|(?:AND|and) +(?:BE IT|be it) +(?:FURTHER |"
    r"further )?(?:RESOLVED|resolved)(?: +THAT| +that)? +|(?=(?:And|AND) (?:that|THAT)\b))"
)
_OUTCOMES = {"lost": "LOST", "defeated": "LOST"}


def outcome(text: str) -> tuple[str, int] | None:
    """The verb of a vote that ends a text, and where the words before it end."""
    match = _CARRIED.search(text)
    return (_OUTCOMES.get(match["verb"].lower(), "CARRIED"), match.start()) if match else None


_GOES_ON = re.compile(
    r"\W*(?:that\b|to\b|whereas|and\b|therefore|now,? therefore|be it|read a|moved|seconded|resolved|in favou?r|"
    r"for\b|against|yea|nay|abstain|subject to|the motion|motion)",
    re.I,
)


_AFRESH = re.compile(r"\W*(?:proposed|moved) by\b.{2,80}?\bseconded by\b.{2,80}?,? +that\b", re.I)


class Motions:
    """Coded or moved motions ("R2019-30 A, B: That ... Carried."), from their first block to their vote."""

    def __init__(self) -> None:
        self._open: OpenResolution | None = None
        self._patience = 0

    @property
    def waiting(self) -> bool:
        """A motion was opened and its vote has not been seen."""
        return self._open is not None

    def wants(self, block: Block) -> bool:
        """Whether a block goes on with the motion that waits; a paragraph of debate ends it."""
        if self._open is None:
            return False
        if _AFRESH.match(block.text):
            self._open = None  # another motion or an amendment
            return False
        if self._open.lists and len(block.text) < 200 and not _THAT.match(block.text):
            return True
        if block.listed or block.text[:1] in '"“‘' or _GOES_ON.match(block.text) or outcome(block.text):
            return True
        self._open = None
        return False

    def drop(self) -> None:
        self._open = None

    def begin(self, block: Block) -> OpenResolution | None:
        """A block that starts a motion. The finished resolution where the vote stands in it too."""
        self._open = OpenResolution("CARRIED", block.start, Confidence.LABELLED)
        self._patience = 12
        return self.go_on(block)

    def go_on(self, block: Block) -> OpenResolution | None:
        """A further block of the motion. The finished resolution where the vote ends it."""
        if self._open is None:
            return None
        self._patience -= 1
        motion = self._open
        text = block.text
        voted = outcome(text)
        end = voted[1] if voted else len(text)
        self._take(motion, block, text[:end])
        if voted:
            self._open = None
            motion.verb = voted[0]
            return motion if motion.parts else None
        if self._patience <= 0:
            self._open = None
        return None

    @staticmethod
    def _take(motion: OpenResolution, block: Block, text: str) -> None:
        if not text.strip():
            return
        listed = block.marker is not None and block.marker.family != "code" and bool(motion.parts)
        operative = _OPERATIVE.search(text)
        if listed and motion.parts[-1:] and text and motion.introduced:
            motion.parts.pop()
        if text.strip():
            # "That the Board:" is no part, "That we approve the application subject to these conditions:" is one.
            motion.lists = motion.lists or text.rstrip().endswith(":")
            motion.introduced = bool(re.search(r":\W*$", text)) and len(text.split()) < 10
        if listed or operative:
            at = operative.end() if operative else 0
            if operative:
                motion.parts.clear()
        else:
            that = _THAT.search(text)
            if that is None:
                return  # "Read a third time and passed" goes with the part before it
            at = that.end() if _FURTHER.match(text, 0, that.end()) else that.start()
        for start, end in _split_also(text, at):
            left, right = trimmed(text, start, end)
            if right > left:
                number = block.marker.label if listed and block.marker else None
                motion.parts.append(OpenPart(block.body + left, block.body + right, number))


def _split_also(text: str, start: int) -> Iterator[tuple[int, int]]:
    for match in _ALSO.finditer(text, start):
        yield start, match.start() + 1
        start = match.end()
    yield start, len(text)
