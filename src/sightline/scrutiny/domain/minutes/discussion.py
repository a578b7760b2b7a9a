"""Pass 6, parts, first half: points, and the responses to them.

Sentences are read one after another. A member who asks or holds an opinion opens a point; what an officer, a
portfolio holder or the chair tells next, in the same paragraph or beneath, responds to it. A question waits for its
answer over a paragraph break, an opinion does not. Which speech does which, ``judging`` says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from sightline.scrutiny.domain.minutes.cues import Confidence
from sightline.scrutiny.domain.minutes.judging import also_asked, answers, gives_task, is_aside, makes_point
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
        self._presented = -1  # the block in which somebody presented the matter
        self._text = ""  # of the sentence being read

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
        asked = also_asked(sentence.text) if _may_ask_too(speeches[0]) else None
        if asked:
            speeches = [replace(speeches[0], act=Act.ASK, verb=asked), *speeches[1:]]
        told = _THANKED_AND.search(sentence.text) if speeches[0].verb == "thanked" and not asked else None
        if told and len(speeches) == 1:
            speeches = [replace(speeches[0], act=Act.TELL, verb=told["verb"].split()[0])]
        self._tasks = not asked and gives_task(sentence.text)
        if len(speeches) == 1 and speeches[0].opened and self._answers_afresh(sentence.text):
            # Nothing that was asked stands in the minute: "In response to Members, she stated that".
            whole_sentence = Speech(Act.ASK, "in response to", 0, len(sentence.text), None, True, False)
            speeches = [whole_sentence, speeches[0]]
        if is_aside(sentence.text, speeches):
            name, kind = self._who(speeches[0])
            if name is not None:
                self.speaker, self.kind = name, kind  # "He asked" may come next
            self._last = None
            return
        self._text = sentence.text
        if speeches[0].act is Act.PRESENT:
            self._presented = self._block
        whole = len(speeches) == 2 and speeches[0].verb == "in response to"
        for place, speech in enumerate(speeches):
            last = whole or place == len(speeches) - 1
            end = sentence.end if last else sentence.to(_stripped(sentence.text, speech.end))
            self._feed(speech, sentence.at(speech.start), end, replies=place == 1)

    def _answers_afresh(self, text: str) -> bool:
        """Whether a sentence answers what the minute does not tell: no point is open, or near enough."""
        near = bool(self.points) and 0 <= self.points[-1].block >= self._block - 3
        return self.open is None and not near and _IN_RESPONSE_TO.match(text) is not None

    def _feed(self, speech: Speech, start: int, end: int, *, replies: bool) -> None:
        name, kind = self._who(speech)
        last = self._last
        if (
            isinstance(last, OpenPoint)
            and speech.act is Act.TELL
            and not replies
            and not speech.opened
            and speech.speaker is not None
            and speech.speaker.kind is Kind.PRONOUN
            and (last.speaker is None or last.speaker == self.speaker)
        ):
            self.extend(end)
            return
        if replies or self._is_response(speech, name, kind):
            given = self.points[-1].responses if self.points else []
            by = given[-1].by if given else None
            if name is not None and by is not None and f"{by} ".startswith(f"{name} ") and self._last is given[-1]:
                self.extend(end)
                return
            self.add_response(start, end, name, Confidence.STATED if speech.speaker else Confidence.IMPERSONAL)
        elif self._is_point(speech, kind) and not (name is not None and name == self._presenter and not self.points):
            confidence = Confidence.IMPERSONAL if speech.speaker is None else Confidence.STATED
            if speech.act is Act.TELL:
                confidence = Confidence.INFERRED
            waits = speech.waits or (kind in _MEMBERS and also_asked(self._text) in ("asked", "wondered", "queried"))
            self.add_point(start, end, confidence, speaker=name, waits=waits)
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
        elif kind is Kind.MEMBER and self._presenter and _same(name, self._presenter):
            kind = Kind.PORTFOLIO  # a councillor who presents the report answers for it
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
        if name is not None and kind is Kind.MEMBER and not speech.opened and _ANOTHER.match(name):
            return False  # a second member goes on with the debate
        if speech.act is Act.ANSWERED:
            return speech.verb != "noted" and (
                point.block == self._block
                or bool(speech.speaker)
                or speech.opened
                or isinstance(self._last, OpenResponse)
            )
        if name is not None and point.speaker is not None and _same(name, point.speaker):
            return False
        if (
            speech.act is Act.OPINION
            and point.waits
            and point.block == self._block
            and kind in _MEMBERS
            and _AND_TOLD.search(self._text)
        ):
            return True  # "expressed his disappointment and clarified that"
        return answers(
            speech,
            kind,
            same_block=point.block == self._block,
            waits=point.waits,
            answered=bool(point.responses),
            titled=self._titled,
        )

    def _is_point(self, speech: Speech, kind: Kind | None) -> bool:
        point = self.open
        answering = point is not None and point.block == self._block
        if (
            speech.act is Act.RAISED
            and speech.speaker is None
            and not self.points
            and self._presented == self._block
            and speech.verb in ("stated", "highlighted", "commented", "noted", "stressed", "emphasised", "acknowledged")
        ):
            return False  # the report goes on: "it was highlighted that"
        return makes_point(self._text, speech, kind, titled=self._titled, answering=answering, tasks=self._tasks)


_MEMBERS = (Kind.MEMBER, Kind.PORTFOLIO, Kind.PERSON)
_AND_TOLD = re.compile(
    r"\b(?:and|but) (?:\w+ly )?(?:advised|explained|confirmed|replied|responded|assured|clarified)\b"
)
_IN_RESPONSE_TO = re.compile(
    r"\W*(?:in (?:response|reply|answer|answering|replying|responding) to|responding to|replying to|answering)\b", re.I
)
# "thanked the Chairman and advised that": what is said to the matter comes second.
_THANKED_AND = re.compile(
    r"\band (?:then |also |\w+ly )?(?P<verb>advised|explained|confirmed|replied|responded|assured|clarified|"
    r"said that|stated that)\b"
)


def _may_ask_too(speech: Speech) -> bool:
    """Whether who thanks, or a chair who notes, may ask for something in the same breath."""
    if speech.verb == "thanked":
        return True
    chair = speech.speaker is not None and speech.speaker.kind is Kind.CHAIR
    return chair and speech.act is Act.TELL and speech.verb in ("noted", "commented", "stated")


_ANOTHER = re.compile(r"(?:another|other|(?:a )?(?:further|different|second|third)|some other)\b", re.I)


def _stripped(sentence: str, end: int) -> int:
    piece = sentence[:end].rstrip(" ,;–—-")
    return len(re.sub(r"(?:,| and| but)+$", "", piece).rstrip(" ,;–—-"))


def _same(one: str, other: str) -> bool:
    """Whether two names are one speaker's: the same, or the same last word after a title."""
    if one == other:
        return True
    return one.split()[-1] == other.split()[-1] and one.split()[-1][0].isupper() and len(one.split()[-1]) > 2
