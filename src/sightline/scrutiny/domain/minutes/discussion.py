"""Pass 6, parts, first half: points, and the responses to them.

Sentences are read one after another. A member who asks or holds an opinion opens a point; what an officer, a
portfolio holder or
the chair tells next, in the same paragraph or beneath, responds to it. A question waits for its answer over a
paragraph break,
an opinion does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sightline.scrutiny.domain.minutes.cues import Confidence
from sightline.scrutiny.domain.minutes.sentences import Sentence
from sightline.scrutiny.domain.minutes.speakers import Kind
from sightline.scrutiny.domain.minutes.speech import Act, Speech


@dataclass(slots=True)
class OpenResponse:
    """A response being read: absolute offsets, who gives it, how sure."""

    start: int
    end: int
    by: str | None
    confidence: float


@dataclass(slots=True)
class OpenPoint:
    """A point being read. waits: a question, to be answered over a paragraph break. block: which block it was
    opened in.
    speaker: who raised it, None where the minute does not say."""

    start: int
    end: int
    confidence: float
    speaker: str | None
    waits: bool
    block: int
    responses: list[OpenResponse] = field(default_factory=list)


_COURTESY = re.compile(
    r"\bthanked\b.{2,80}\bfor +(?:(?:the|his|her|their|its|a|an|this|that|such) +)?(?:\w+ +){0,2}"
    r"(?:updates?|reports?|presentation|attendance|attending|response|reply|answer|time|input|information|"
    r"contribution|coming|briefing|talk|explanation|overview)\b"
)
_BALLOTS = re.compile(r"vote|recorded|abst|supported|opposed", re.I)
# How members voted, name by name, is no part of what they said.
_VOTING = re.compile(
    r"\b(?:vote|name|abstention|dissent|objection|opposition)s?\b[^.;]{0,60}\b(?:be|being|is|was|were) recorded\b"
    r"|\brecorded (?:vote|votes|as (?:having|being|voting))\b|\brecord(?:ed)? (?:his|her|their) (?:vote|name|dissent|opposition)"
    r"|(?:,[^,.]{2,40}){1,40} and [^,.]{2,40} (?:supported|opposed|voted|abstained)\b"
    r"|\b(?:his|her|their) (?:vote|abstention)s?\b.{0,30}\brecorded\b"
)
_ASKED_TO = re.compile(r"\basked (?:the )?(?:[A-Z][\w.'’-]*|clerk|officers)(?: (?:of |and )?[A-Z][\w.'’-]*){0,4} to\b")
_AND_ASKED = re.compile(
    r"\b(?:and|but|,) +(?:\w+ly +|also +|then +)?(?:asked|queried|questioned|enquired|requested|suggested|wondered|urged|"
    r"raised|expressed|hoped|felt|stressed|sought)\b"
)
_SAYS_MORE = frozenset({Act.OPINION, Act.ASK})
_CHAIR_POINTS = frozenset(
    "asked queried questioned enquired requested raised felt suggested expressed stressed emphasised highlighted hoped "
    "considered wondered sought challenged urged".split()
)
_NO_POINT = frozenset(
    {
        "thanked",
        "declared",
        "offered",
        "offered to",
        "undertook",
        "promised",
        "committed to",
        "invited",
        "provided",
        "gave",
        "set out",
        "outlined",
        "described",
        "continued",
    }
)


class Discussion:
    """The points of one item, as its sentences are fed in."""

    def __init__(self, *, titled: bool, known: dict[str, Kind] | None = None) -> None:
        """titled: the minutes give members their titles, so that a plain "Mr" is no member.

        known: surnames of which the attendance list says whether they are members or officers.
        """
        self._known = known or {}
        self._presenter = ""
        self._presenters: tuple[str, ...] = ()
        self.points: list[OpenPoint] = []
        self.speaker: str | None = None
        self.kind: Kind | None = None
        self._titled = titled
        self._block = -1
        self._last: OpenPoint | OpenResponse | None = None
        self._tasks = False

    def enter(self, block: int) -> None:
        """A new block begins: what was said before does not simply go on."""
        self._block = block
        self._last = None

    def close(self) -> None:
        """Nothing that was raised so far can still be answered (a subheading, a decision)."""
        if self.points:
            self.points[-1].waits = False
            self.points[-1].block = -2
        self._last = None

    @property
    def open(self) -> OpenPoint | None:
        """The point that an answer would now answer."""
        if not self.points:
            return None
        point = self.points[-1]
        if point.block == self._block or (point.waits and point.block >= 0 and self._block - point.block <= 3):
            return point
        # One who answers may follow another; and an offer may follow at once on what was only wished for.
        if point.block >= 0 and self._block - point.block == 1 and point.responses:
            return point
        return None

    # --- feeding ---

    def add_point(
        self, start: int, end: int, confidence: float, *, speaker: str | None = None, waits: bool = False
    ) -> OpenPoint:
        point = OpenPoint(start, end, confidence, speaker, waits, self._block)
        self.points.append(point)
        self._last = point
        return point

    def add_response(
        self, start: int, end: int, by: str | None, confidence: float, *, to: OpenPoint | None = None
    ) -> OpenResponse | None:
        point = to or (self.points[-1] if self.points else None)
        if point is None or start < point.start:
            return None
        response = OpenResponse(start, end, by, min(confidence, point.confidence))
        if point.end > start:
            # "In response to ..., members were advised": the answer lies inside the point's sentence.
            point.end = max(point.end, end)
        point.responses.append(response)
        self._last = response
        return response

    def extend(self, end: int) -> None:
        """The sentence goes on with what was last said in this block."""
        if self._last is None:
            return
        self._last.end = max(self._last.end, end)

    def presenters(self, names: str) -> None:
        """Whoever presents the item answers for it."""
        self._presenter = names
        self._presenters = tuple(word for word in re.findall(r"[A-Z][\w'’-]{3,}", names))

    def feed(self, sentence: Sentence, speeches: list[Speech]) -> None:
        """One sentence of running prose."""
        if not speeches:
            self.extend(sentence.end)
            return
        self._tasks = "asked " in sentence.text and bool(_ASKED_TO.search(sentence.text))
        if _BALLOTS.search(sentence.text) and _VOTING.search(sentence.text):
            self._last = None
            return
        if speeches[0].verb == "thanked" and _COURTESY.search(sentence.text) and not _AND_ASKED.search(sentence.text):
            self._last = None
            return
        whole = len(speeches) == 2 and speeches[0].verb == "in response to"
        for place, speech in enumerate(speeches):
            last = whole or place == len(speeches) - 1
            end = sentence.end if last else sentence.to(_stripped(sentence.text, speech.end))
            self._feed(speech, sentence.at(speech.start), end, answers=place == 1)

    def _feed(self, speech: Speech, start: int, end: int, *, answers: bool) -> None:
        name, kind = self._who(speech)
        last = self._last
        if (
            isinstance(last, OpenPoint)
            and speech.act is Act.TELL
            and not answers
            and not speech.opened
            and speech.speaker is not None
            and speech.speaker.kind is Kind.PRONOUN
            and (last.speaker is None or last.speaker == self.speaker)
        ):
            self.extend(end)
            return
        if answers or self._is_response(speech, name, kind):
            given = self.points[-1].responses if self.points else []
            if name is not None and given and given[-1].by == name and self._last is given[-1]:
                self.extend(end)
                return
            self.add_response(start, end, name, Confidence.STATED if speech.speaker else Confidence.IMPERSONAL)
        elif self._is_point(speech, kind) and not (name is not None and name == self._presenter and not self.points):
            confidence = Confidence.IMPERSONAL if speech.speaker is None else Confidence.STATED
            if speech.act is Act.TELL:
                confidence = Confidence.INFERRED
            self.add_point(start, end, confidence, speaker=name, waits=speech.waits)
        elif self._last is not None and name is not None and name == self.speaker:
            self.extend(end)
        else:
            self._last = None
        if name is not None:
            self.speaker, self.kind = name, kind

    def _who(self, speech: Speech) -> tuple[str | None, Kind | None]:
        if speech.speaker is None:
            return None, None
        if speech.speaker.kind is Kind.PRONOUN:
            return self.speaker, self.kind
        name = speech.speaker.name
        kind: Kind = speech.speaker.kind
        if kind is Kind.PERSON:
            surname = name.split()[-1]
            if surname in self._presenters and name.split()[0] in (
                *self._presenters,
                "Mr",
                "Mr.",
                "Mrs",
                "Mrs.",
                "Ms",
                "Ms.",
                "Dr",
                "Dr.",
            ):
                return name, Kind.OFFICER
            kind = self._known.get(surname, kind)
        return name, kind

    def _is_response(self, speech: Speech, name: str | None, kind: Kind | None) -> bool:
        point = self.open
        if point is None and speech.opened and self.points and 0 <= self.points[-1].block >= self._block - 3:
            point = self.points[-1]
        if point is None and speech.verb in ("undertook", "promised", "committed to") and kind is not Kind.BODY:
            # What was only wished for in the paragraph before may be granted at once.
            point = self.points[-1] if self.points and 0 <= self.points[-1].block == self._block - 1 else None
        if point is None:
            return False
        if speech.act is Act.ANSWERED:
            return speech.verb != "noted" and (point.block == self._block or bool(speech.speaker) or speech.opened)
        if name is not None and point.speaker is not None and _same(name, point.speaker):
            return False
        if speech.opened:
            return kind is not None
        if kind is None or speech.act in (Act.PROCEED, Act.RAISED):
            return False
        same_block = point.block == self._block
        if speech.act is Act.ASK and not (kind is Kind.OFFICER and speech.verb == "referred" and same_block):
            return False
        if kind is Kind.OFFICER:
            return speech.act is not Act.PRESENT or same_block
        if (
            speech.verb in ("undertook", "promised", "agreed to", "offered to", "committed to")
            and kind is not Kind.BODY
        ):
            return same_block or kind is not Kind.MEMBER or point.waits
        if speech.verb.endswith((" content", " happy", " sympathetic")) and same_block and kind is not Kind.BODY:
            return True
        if kind in (Kind.PORTFOLIO, Kind.CHAIR):
            return speech.act is Act.TELL or (
                same_block and point.waits and speech.act is Act.OPINION and speech.verb in _SOFT_ANSWERS
            )
        if kind is Kind.PERSON:
            answered = bool(point.responses) or point.waits
            if speech.act is Act.TELL and (same_block or speech.strong or self._titled):
                return answered or same_block
            return (
                speech.act is Act.OPINION
                and same_block
                and speech.verb in ("acknowledged", "recognised", "admitted", "accepted", "was concerned")
            )
        if not same_block:
            return speech.verb in ("replied", "responded", "answered")
        return (
            speech.act is Act.TELL
            and point.waits
            and (speech.strong or speech.verb in ("agreed to", "said", "added", "stated"))
        )

    def _is_point(self, speech: Speech, kind: Kind | None) -> bool:
        if speech.verb.startswith(("will ", "would ")) and speech.act is Act.TELL:
            return False
        if speech.verb == "in response to":
            return True
        if speech.verb.startswith("spoke in ") and self._collective(speech):
            return False
        if speech.act is Act.RAISED:
            return speech.speaker is None or kind is not Kind.OFFICER
        if kind is None or speech.act in (Act.PRESENT, Act.PROCEED, Act.ANSWERED) or speech.opened:
            return False
        if speech.verb in _NO_POINT and not (
            speech.verb == "thanked" and kind in (Kind.MEMBER, Kind.BODY, Kind.PORTFOLIO)
        ):
            return False
        if kind is Kind.OFFICER:
            return False
        if kind is Kind.CHAIR:
            if speech.verb == "asked" and self._tasks:
                return False  # the chair who asks an officer to do something gives a task
            return speech.verb.split()[0] in _CHAIR_POINTS or speech.verb in (
                "was concerned",
                "noted that",
                "drew attention",
            )
        if kind is Kind.PORTFOLIO:
            return speech.act is Act.OPINION or (
                speech.act is Act.ASK and speech.verb not in ("referred", "highlighted", "drew attention", "sought")
            )
        if kind is Kind.PERSON:
            if speech.act in _SAYS_MORE:
                return not (self._titled and speech.verb in ("spoke", "sought"))
            return (
                not self._titled
                and speech.verb in ("said", "noted", "commented", "reported", "stated", "added")
                and (self.open is None or self.open.block != self._block)
            )
        if kind is Kind.PUBLIC:
            return speech.act in _SAYS_MORE or speech.verb in ("said", "stated", "commented", "reported")
        if speech.act is Act.TELL:
            if speech.verb == "agreed that":
                return self._collective(speech)
            if kind is Kind.BODY and speech.verb in ("informed", "advised", "notified", "reported", "confirmed"):
                return False  # a body that is not this meeting wrote or said so
            if speech.verb == "noted":
                return kind is Kind.MEMBER and not self._collective(speech)
            return speech.verb not in (
                "agreed",
                "agreed to",
                "gave",
                "accepted",
                "provided",
                "set out",
                "will check",
                "shared",
                "continued",
            )
        return True

    @staticmethod
    def _collective(speech: Speech) -> bool:
        return bool(
            speech.speaker
            and (
                speech.speaker.kind is Kind.BODY
                or speech.speaker.name.lower() in ("members", "councillors", "cllrs", "all members", "all councillors")
            )
        )


_SOFT_ANSWERS = frozenset(
    {
        "acknowledged",
        "was concerned",
        "felt",
        "suggested",
        "recognised",
        "offered",
        "thought",
        "believed",
        "admitted",
        "stressed",
        "emphasised",
        "hoped",
        "noted that",
        "pointed out",
        "welcomed",
        "was of the view",
        "maintained",
        "observed",
    }
)


def _stripped(sentence: str, end: int) -> int:
    piece = sentence[:end].rstrip(" ,;–—-")
    return len(re.sub(r"(?:,| and| but)+$", "", piece).rstrip(" ,;–—-"))


def _same(one: str, other: str) -> bool:
    """Whether two names are one speaker's: the same, or the same last word after a title."""
    if one == other:
        return True
    return one.split()[-1] == other.split()[-1] and one.split()[-1][0].isupper() and len(one.split()[-1]) > 2
