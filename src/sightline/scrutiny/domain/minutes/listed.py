"""Pass 6, parts: points that stand in a list, the responses inside and beneath them, and written questions with
their replies.
"""

from __future__ import annotations

import re
from dataclasses import replace

from sightline.scrutiny.domain.minutes.cues import Confidence
from sightline.scrutiny.domain.minutes.deciding import Deciding
from sightline.scrutiny.domain.minutes.decisions import find_decision
from sightline.scrutiny.domain.minutes.discussion import OpenPoint
from sightline.scrutiny.domain.minutes.found import Found
from sightline.scrutiny.domain.minutes.roled import Roled
from sightline.scrutiny.domain.minutes.sentences import Sentence, read_sentences
from sightline.scrutiny.domain.minutes.speakers import Kind, name_of
from sightline.scrutiny.domain.minutes.speech import ANSWERING, Act, Speech, read_speech

_MEMBERS = (Kind.MEMBER, Kind.BODY, Kind.PUBLIC)
_STOP = frozenset(
    "that this with from have been were would which their there about into when what they them will than also "
    "said council members member committee asked meeting more been being".split()
)
_WORD = re.compile(r"[a-z]{4,}")
_LATEST_POINTS = 40


class Listed:
    """Reads list entries into the discussion of an item."""

    def __init__(self, found: Found, deciding: Deciding) -> None:
        self._found = found
        self._discussion = found.discussion
        self._deciding = deciding
        self._words: dict[int, set[str]] = {}
        self._numbered: dict[str, OpenPoint] = {}

    # --- points ---

    def point(self, roled: Roled) -> None:
        """An entry under "the following points were raised"."""
        if roled.introduces:
            self._discussion.close()
            return
        before = len(self._discussion.points)
        self._entry(roled, Confidence.LISTED if roled.block.listed else Confidence.IMPERSONAL)
        if roled.number and len(self._discussion.points) > before:
            self._numbered[roled.number] = self._discussion.points[before]

    def _entry(self, roled: Roled, confidence: float) -> None:
        found = list(read_sentences(roled.block.text, roled.block.body, roled.offset))
        if not found:
            return
        first, speeches = found[0], read_speech(found[0].text)
        if _reports(speeches) and not self._discussion.points:
            self._deciding.prose(first)
        elif _DEALT_WITH.match(first.text) and not speeches:
            self._found.promise(first, speeches)  # what was done with the business, among what was said of it
        elif _TASKED.match(first.text) and not speeches:
            self._found.promise(first, speeches)  # a task among the points
        elif self._answers_before(speeches):
            self._discussion.feed(first, [replace(speech, opened=True) for speech in speeches])
            self._found.promise(first, speeches)
        else:
            self._open(first, speeches, confidence)
            self._words[first.start] = _content(roled.block.text)
        asked = first.text.endswith("?")
        for sentence in found[1:]:
            spoken = read_speech(sentence.text)
            decided = find_decision(sentence.text)
            if decided:
                self._deciding.in_prose(sentence, decided, spoken)
                self._found.promise(sentence, [])
                self._found.previous = sentence
                continue
            if asked and not spoken and not sentence.text.endswith("?"):
                # "How many? Two." A question and its answer, with nobody named.
                self._discussion.add_response(sentence.start, sentence.end, None, Confidence.INFERRED)
                self._found.promise(sentence, [])
            else:
                self._more(sentence, spoken)
            asked = sentence.text.endswith("?")
            self._found.previous = sentence

    def _open(self, first: Sentence, speeches: list[Speech], confidence: float) -> None:
        speaker = next(
            (speech.speaker for speech in speeches if speech.speaker and speech.speaker.kind is not Kind.PRONOUN), None
        )
        point = self._discussion.add_point(
            first.start, first.end, confidence, speaker=speaker.name if speaker else None, waits=True
        )
        if len(speeches) == 2:
            answer = speeches[1]
            name = answer.speaker.name if answer.speaker and answer.speaker.kind is not Kind.PRONOUN else None
            self._discussion.add_response(first.at(answer.start), first.end, name, confidence)
            point.end = first.end
        elif told := _TOPIC_TOLD.match(first.text):
            # "Length of speeches – it was noted that": the topic was raised, and what follows answers it.
            self._discussion.add_response(first.at(told.end()), first.end, None, Confidence.INFERRED)
        if speaker:
            self._discussion.speaker, self._discussion.kind = speaker.name, speaker.kind
        self._found.promise(first, speeches)

    def _more(self, sentence: Sentence, speeches: list[Speech]) -> None:
        """A further sentence of a listed point: an answer, a member's next point, or more of the same."""
        first = speeches[0] if speeches else None
        pronoun = bool(first and first.speaker and first.speaker.kind is Kind.PRONOUN and first.act is not Act.TELL)
        if first is None or first.act is Act.RAISED or pronoun:
            self._discussion.extend(sentence.end)
        elif first.act is Act.ANSWERED:
            by = first.speaker.name if first.speaker else None
            self._discussion.add_response(sentence.at(first.start), sentence.end, by, Confidence.STATED)
        else:
            self._discussion.feed(sentence, speeches)
        self._found.promise(sentence, speeches)

    def _answers_before(self, speeches: list[Speech]) -> bool:
        """Whether a list entry starts with an officer's answer to the entry before it."""
        if len(speeches) != 1 or not self._discussion.points:
            return False
        speech = speeches[0]
        if speech.opened:
            return True
        if speech.act is not Act.TELL or speech.speaker is None:
            return False
        if speech.speaker.kind is Kind.CHAIR:
            return speech.verb in ("agreed that", "agreed to", "undertook") or speech.strong
        return speech.speaker.kind in (Kind.OFFICER, Kind.PORTFOLIO)

    # --- beneath a point ---

    def child(self, roled: Roled) -> None:
        """An entry beneath a point: its response, or a point of its own."""
        if roled.introduces:
            return
        found = list(read_sentences(roled.block.text, roled.block.body, roled.offset))
        if not found:
            return
        first, speeches = found[0], read_speech(found[0].text)
        speech = speeches[0] if speeches else None
        parent = self._discussion.points[-1] if self._discussion.points else None
        if parent is None or parent.block == -2 or _is_point(first, speech):
            self._entry(roled, Confidence.LISTED)
            return
        name = self._name(speech)
        start = first.at(speech.start) if speech and speech.speaker and speech.start < 40 else first.start
        self._discussion.add_response(start, first.end, name, Confidence.LISTED)
        if name:
            self._discussion.speaker = name
        self._found.promise(first, speeches)
        for sentence in found[1:]:
            self._told_beneath(sentence)

    def _told_beneath(self, sentence: Sentence) -> None:
        """A further sentence of a response: more of it, unless somebody else is said to speak."""
        spoken = read_speech(sentence.text)
        told = spoken[0] if spoken else None
        speaker = told.speaker if told and told.act is Act.TELL else None
        if (
            told
            and speaker
            and speaker.kind not in (Kind.PRONOUN, Kind.BODY)
            and speaker.name != self._discussion.speaker
        ):
            self._discussion.add_response(sentence.at(told.start), sentence.end, speaker.name, Confidence.STATED)
            self._discussion.speaker = speaker.name
        else:
            self._discussion.extend(sentence.end)
        self._found.promise(sentence, spoken)

    def _name(self, speech: Speech | None) -> str | None:
        if speech is None or speech.speaker is None:
            return None
        return self._discussion.speaker if speech.speaker.kind is Kind.PRONOUN else speech.speaker.name

    # --- answers in a list of their own ---

    def answer(self, roled: Roled) -> None:
        """An entry of a list of answers: it goes to the point it shares most words with."""
        found = list(read_sentences(roled.block.text, roled.block.body, roled.offset))
        if not found:
            return
        speeches = read_speech(found[0].text)
        told = bool(speeches) and (speeches[0].speaker is None or speeches[0].speaker.kind is not Kind.PRONOUN)
        if found[0].text.endswith("?") or (told and _is_point(found[0], speeches[0])):
            self._entry(roled, Confidence.LISTED)
            return
        if speeches and _said_at(speeches[-1]) > 20 and (len(speeches) == 2 or _ABOUT.match(found[0].text)):
            self._answered(found, speeches[-1])
            return
        point = self._numbered.get(roled.number or "") or self._nearest(roled.block.text)
        if point:
            self._discussion.add_response(
                found[0].start,
                found[-1].end,
                self._name(speeches[0] if speeches else None) or roled.answerer,
                Confidence.STATED,
                to=point,
            )
        for sentence in found:
            self._found.promise(sentence, read_speech(sentence.text))

    def _answered(self, found: list[Sentence], speech: Speech) -> None:
        """An entry that names the question with its answer: "With regard to the fees, the Clerk said that"."""
        first = found[0]
        self._discussion.add_point(first.start, first.end, Confidence.STATED, waits=True)
        name = self._name(speech)
        self._discussion.add_response(first.at(_said_at(speech)), first.end, name, Confidence.STATED)
        self._discussion.speaker = name or self._discussion.speaker
        self._found.promise(first, [speech])
        for sentence in found[1:]:
            self._told_beneath(sentence)

    def _nearest(self, text: str, *, sure: bool = False) -> OpenPoint | None:
        """The point that shares most words with a text; sure: None where none shares any."""
        points = self._discussion.points[-_LATEST_POINTS:]
        if not points:
            return None
        wanted = _content(text)
        scores = [len(wanted & self._words.get(point.start, set())) for point in points]
        best = max(range(len(points)), key=lambda place: (scores[place], place))
        return points[best] if scores[best] or not sure else None

    def tells(self, found: list[Sentence]) -> bool:
        """Read a paragraph that answers a list of points one after the other; False where it is no such paragraph."""
        if len(self._words) < 2 or not self._discussion.points or self._discussion.points[-1].block == -2:
            return False
        first = found[0]
        spoken = read_speech(first.text)
        speaker = spoken[0].speaker if spoken else None
        follows = bool(_FOLLOWS.search(first.text))
        if len(spoken) != 1 or speaker is None or speaker.kind not in ANSWERING or not (spoken[0].opened or follows):
            return False
        name, point = speaker.name, None
        self._discussion.speaker = name
        for place, sentence in enumerate(found):
            speeches = spoken if place == 0 else read_speech(sentence.text)
            self._found.promise(sentence, speeches)
            if place == 0 and follows:
                continue
            told = speeches[0].speaker if speeches else None
            if told and told.kind is not Kind.PRONOUN and place:
                self._discussion.feed(sentence, speeches)
                continue
            nearest = self._nearest(sentence.text, sure=point is not None)
            if nearest is None or nearest is point:
                self._discussion.extend(sentence.end)
                continue
            point = nearest
            start = sentence.at(spoken[0].start) if place == 0 else sentence.start
            self._discussion.add_response(start, sentence.end, name, Confidence.STATED, to=point)
        return True

    # --- written questions and replies ---

    def motion(self, roled: Roled) -> None:
        """The text of a written question or motion."""
        start = roled.block.body + roled.offset
        end = roled.block.body + len(roled.block.text.rstrip())
        if end > start:
            self._discussion.add_point(start, end, Confidence.LABELLED, waits=True)

    def reply(self, roled: Roled) -> None:
        """A paragraph under REPLY."""
        found = list(read_sentences(roled.block.text, roled.block.body, roled.offset))
        if not found:
            return
        speeches = read_speech(found[0].text)
        by = name_of(roled.number) if roled.number else None
        speaker = speeches[0].speaker if speeches else None
        if by is None and speaker and speaker.kind is not Kind.PRONOUN and speaker.start == 0:
            by = speaker.name
        self._discussion.add_response(found[0].start, found[-1].end, by, Confidence.LABELLED)
        for sentence in found:
            decided = find_decision(sentence.text)
            if decided and not decided.back:
                self._deciding.in_prose(sentence, replace(decided, confidence=Confidence.INFERRED), [])
            else:
                self._found.promise(sentence, read_speech(sentence.text), by)


_DEALT_WITH = re.compile(r"\W*(?:agreed to|considered(?! that)|received|approved|accepted) ")
_TOPIC_TOLD = re.compile(
    r"[^.;:?!–—]{4,120} [–—-] (?=(?:it was (?:noted|confirmed|explained|advised|clarified|reported)|members were "
    r"(?:advised|informed|told))\b)",
    re.I,
)
_TASKED = re.compile(
    r"\W*(?:[Tt]he )?[A-Z][\w.'’ -]{2,50}? (?:was|were) (?:asked|requested|instructed|tasked) (?:to|with)\b"
)
_FOLLOWS = re.compile(
    r"\b(?:as follows|the following (?:responses?|answers?|information|repl(?:y|"
    r"ies)))\b[^.:]{0,40}[.:]$",
    re.I,
)
_ABOUT = re.compile(
    r"\W*(?:with (?:regard|respect|reference) to|in (?:relation|respect|response|reply|answer) (?:to|of)|"
    r"regarding|concerning|"
    r"as regards|as to|on the (?:question|issue|matter|subject|point) of|asked|in terms of)\b",
    re.I,
)


def _reports(speeches: list[Speech]) -> bool:
    """Whether an entry starts with somebody who presents the matter, or with an officer's telling."""
    speaker = speeches[0].speaker if speeches else None
    if speaker is None or len(speeches) > 1 or speaker.kind not in (Kind.OFFICER, Kind.PORTFOLIO, Kind.CHAIR):
        return False
    return speeches[0].act is Act.PRESENT or (speeches[0].act is Act.TELL and speaker.kind is not Kind.CHAIR)


def _said_at(speech: Speech) -> int:
    """Where who speaks is named, behind what they speak about."""
    return max(speech.start, speech.speaker.start) if speech.speaker else speech.start


def _is_point(first: Sentence, speech: Speech | None) -> bool:
    if first.text.endswith("?"):
        return True
    if speech is None:
        return False
    if speech.act in (Act.ASK, Act.RAISED):
        return True
    member = speech.speaker is not None and speech.speaker.kind in _MEMBERS
    return member and not (speech.act is Act.TELL and speech.strong)


def _content(text: str) -> set[str]:
    return {word for word in _WORD.findall(text.lower()) if word not in _STOP}
