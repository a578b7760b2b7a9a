"""Pass 6, parts: what reads decisions out of headings, lists, prose and votes, and puts resolutions together."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from sightline.scrutiny.domain.minutes.cues import Confidence
from sightline.scrutiny.domain.minutes.decisions import Decided
from sightline.scrutiny.domain.minutes.found import Found
from sightline.scrutiny.domain.minutes.lines import find_marker
from sightline.scrutiny.domain.minutes.resolutions import (
    Motions,
    OpenPart,
    OpenResolution,
    inline_parts,
    outcome,
    trimmed,
)
from sightline.scrutiny.domain.minutes.roles import Role, Roled
from sightline.scrutiny.domain.minutes.sentences import Sentence, read_sentences, sentences
from sightline.scrutiny.domain.minutes.speech import Act, Speech, read_speech

_PROPOSED = re.compile(r"\b(?:proposed|suggested|recommended|moved)\b(?:,? by [^,]{2,60}?(?:,? (?:and )?seconded by [A-Z][\w. ’'-]{2,40}?)?)?,? *(?:that|to|accepting|acceptance of)? +(?=\S)")
_PROPOSED_SECONDED = re.compile(r"(?P<cue>\bproposed\b(?: by [^,]{2,60})?,? *)(?=.*\bseconded\b)", re.I)
_THAT = re.compile(r"\b(?:that|to)\b +(?=\S)")
_NAMED_TASK = re.compile(r"\b(?:[Cc]lerk|[Oo]fficers?|Director|Manager|Chair(?:man)?|Head|Secretary|Cllrs?|Councillors?|Mr|Mrs|Ms)\b[^.]{0,60}?\b(?:to|will|would)\b +\w")
_GOES_ON = re.compile(r"(?:that|to|this|these|the (?:above|following)|and|it was (?:also|further))\b", re.I)
_CREDIT = re.compile(r"\W*(?:proposed|moved|seconded|proposer|all (?:agreed|in favour)|carried|unanimous|vote|\(?(?:councillor|cllr)\w* [^.]{2,60}(?:abstain|voted|declared))", re.I)


class Deciding:
    """Keeps the resolution that is being read, and the motion that waits for its vote."""

    def __init__(self, found: Found, prose: Callable[[Sentence], None]) -> None:
        self._found = found
        self._prose = prose
        self._motions = Motions()
        self._open: OpenResolution | None = None
        self._carried: OpenResolution | None = None  # a vote in prose, which a formal resolution may say again

    def close(self) -> None:
        self._open = None

    def takes(self, roled: Roled) -> bool:
        """Whether a block belongs to a motion that waits for its vote."""
        if not self._motions.waiting or roled.role in (Role.CODED, Role.MOVED, Role.DECISION, Role.CARRIED):
            return False
        self._keep(self._motions.go_on(roled.block))
        return True

    def extend(self, end: int) -> bool:
        """Let the last part of the resolution being read go on to ``end``."""
        if self._open and self._open.listed and self._open.parts and self._found.resolutions[-1:] == [self._open]:
            self._open.parts[-1].end = end
            return True
        return False

    def _keep(self, resolution: OpenResolution | None) -> None:
        if resolution:
            self._found.resolutions.append(resolution)

    # --- in prose ---

    def in_prose(self, sentence: Sentence, decided: Decided, speeches: list[Speech]) -> None:
        """A decision within a sentence; what stands before it in the sentence may be a point."""
        if decided.back:
            before = self._found.previous
            if before is None:
                return
            self._from_proposal(before, decided.verb, decided.confidence)
            self._carried = self._found.resolutions[-1] if self._found.resolutions and decided.verb == "CARRIED" else None
            return
        first = speeches[0] if speeches else None
        if first and first.start < decided.start - 12 and _opens_point(first):
            cut = re.sub(r"(?:[\s,;]|\band(?: following discussion)?|\bfollowing discussion)+$", "", sentence.text[: decided.start])
            if len(cut) > 20:
                self._found.discussion.feed(sentence.head(len(cut)), [replace(first, end=min(first.end, len(cut)))])
        resolution = OpenResolution(decided.verb, sentence.at(decided.start), decided.confidence)
        text = sentence.text[decided.part : decided.end]
        for start, end, number in inline_parts(text):
            left, right = trimmed(sentence.text, decided.part + start, decided.part + end)
            if right > left:
                resolution.parts.append(OpenPart(sentence.at(left), sentence.to(right), number))
        if resolution.parts:
            self._keep(resolution)

    def _from_proposal(self, before: Sentence, verb: str, confidence: float) -> None:
        proposed = _PROPOSED.search(before.text)
        start = proposed.end() if proposed else 0
        if proposed and re.search(r"\bseconded\b", before.text[proposed.end() :]):
            that = _THAT.search(before.text, proposed.end())
            start = that.start() if that else start
        left, right = trimmed(before.text, start, len(before.text))
        if right > left:
            part = OpenPart(before.at(left), before.to(right), None)
            self._keep(OpenResolution(verb, before.at(left), confidence, [part]))

    # --- headings and lists ---

    def heading(self, roled: Roled) -> None:
        """A block that starts with, or ends in, what was done: "RESOLVED - That", "it was agreed that:"."""
        self._found.discussion.close()
        self._motions.drop()
        decided, block = roled.decided, roled.block
        if decided is None:
            return
        if self._carried is not None and self._found.resolutions[-1:] == [self._carried]:
            self._found.resolutions.pop()
        self._carried = None
        before = block.text[: decided.start]
        if len(before.split()) > 12:
            for start, end in sentences(before[: max(before.rfind(". ") + 1, 0)]):
                self._prose(next(read_sentences(before[start:end], block.body + start)))
        resolution = OpenResolution(decided.verb, block.body + decided.start, decided.confidence, listed=True, summary=decided.verb == "DECIDED")
        self._open = resolution
        self._keep(resolution)
        if not roled.introduces:
            self._run_on(roled, decided.part, resolution)

    def _run_on(self, roled: Roled, part: int, resolution: OpenResolution) -> None:
        block = roled.block
        marker = find_marker(block.text[part:])
        number = None
        if marker and marker.value == 1 and not marker.family.startswith("bullet"):
            number = marker.label
        text = block.text[part:]
        stop = len(text.rstrip())
        reached = 0
        for start, end, label in inline_parts(text):
            if label is None:
                start = marker.length if marker and number else start
                end = _decision_ends(text, start, end)
            reached = end
            left, right = trimmed(block.text, part + start, part + end)
            if right > left:
                resolution.parts.append(OpenPart(block.body + left, block.body + right, label or number))
        for sentence in read_sentences(block.text, block.body, part):
            if sentence.start >= block.body + part + reached:
                break
            if _NAMED_TASK.search(sentence.text):
                self._found.promise(sentence, read_speech(sentence.text))
        if reached < stop:
            for sentence in read_sentences(block.text, block.body, part + reached):
                if not _CREDIT.match(sentence.text):
                    self._prose(sentence)

    def part(self, roled: Roled) -> None:
        """An entry of the list beneath a decision."""
        text, body = roled.block.text, roled.block.body
        if self._open is None:
            for sentence in read_sentences(text, body):
                self._prose(sentence)
            return
        pieces = [(0, len(text.rstrip()), None)] if roled.block.listed else list(inline_parts(text))
        for start, end, number in pieces:
            left, right = trimmed(text, start, end)
            if right > left:
                self._open.parts.append(OpenPart(body + left, body + right, number or roled.number))

    # --- motions ---

    def coded(self, roled: Roled) -> None:
        self._found.discussion.close()
        self._keep(self._motions.begin(roled.block))

    def moved(self, roled: Roled) -> None:
        if not re.search(r"seconded", roled.block.text[:40], re.I) and not self._motions.waiting:
            self._motions.begin(roled.block)

    def carried(self, roled: Roled) -> None:
        """A vote in a line of its own, on the motion that waits or on what was proposed just before."""
        voted = outcome(roled.block.text)
        if self._motions.waiting:
            self._keep(self._motions.go_on(roled.block))
            self._motions.drop()
        elif voted and self._found.previous and _PROPOSED_SECONDED.search(self._found.previous.text):
            self._from_proposal(self._found.previous, voted[0], Confidence.STATED)


def _opens_point(speech: Speech) -> bool:
    if speech.act is Act.TELL:
        return speech.verb == "agreed that"
    return speech.act in (Act.RAISED, Act.ASK, Act.OPINION) and "propos" not in speech.verb and speech.verb != "recommended that"


def _decision_ends(text: str, start: int, end: int) -> int:
    """A run-on decision ends where a sentence starts that is no further part of it."""
    for left, right in sentences(text[start:end]):
        if left > 3 and not _GOES_ON.match(text[start + left : start + right]):
            return start + left
    return end
