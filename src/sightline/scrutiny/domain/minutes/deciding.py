"""Pass 6, parts: what reads decisions out of headings, lists, prose and votes, and puts resolutions together."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from sightline.scrutiny.domain.minutes.cues import Confidence
from sightline.scrutiny.domain.minutes.decisions import Decided, find_decision
from sightline.scrutiny.domain.minutes.found import Found, Span
from sightline.scrutiny.domain.minutes.lines import find_marker
from sightline.scrutiny.domain.minutes.proposals import (
    carried_at_once,
    find_asking,
    find_proposal,
    find_vote,
    leaves_open,
)
from sightline.scrutiny.domain.minutes.resolutions import (
    Motions,
    OpenPart,
    OpenResolution,
    inline_parts,
    outcome,
    trimmed,
)
from sightline.scrutiny.domain.minutes.roled import Role, Roled
from sightline.scrutiny.domain.minutes.sentences import Sentence, make_sentence, read_sentences, sentences
from sightline.scrutiny.domain.minutes.speech import Act, Speech, read_speech

_PROPOSED = re.compile(
    r"\b(?:proposed|suggested|recommended|moved)"
    r"\b(?:,? by [^,]{2,60}?(?:,? (?:and )?seconded by [A-Z][\w. ’'-]{2,40}?)?)?,? *(?:that|to|accepting|"
    r"acceptance of)? +(?=\S)"
)
_PROPOSED_SECONDED = re.compile(r"(?P<cue>\bproposed\b(?: by [^,]{2,60})?,? *)(?=.*\bseconded\b)", re.I)
# Who looks into a matter for the meeting: what they recommend is asked for, not decided.
_SCRUTINY = re.compile(
    r"\b(?:task (?:and finish )?group|working (?:party|group)|review group|sub-?group|steering group)\b", re.I
)
_THAT = re.compile(r"\b(?:that|to)\b +(?=\S)")
_NAMED_TASK = re.compile(
    r"\b(?:[Cc]lerk|[Oo]fficers?|Director|Manager|Chair(?:man)?|Head|Secretary|Cllrs?|Councillors?|Mr|Mrs|Ms)"
    r"\b[^.]{0,60}?\b(?:to|will|would)\b +\w"
)
_GOES_ON = re.compile(r"(?:that|to|this|these|the (?:above|following)|and|it was (?:also|further))\b", re.I)
# A decision of its own that a list goes on with: "That the licence be granted, subject to the following conditions:".
_WHOLE = re.compile(
    r"(?:\S+ +){6,}\S*\bfollowing (?:\w+ ){0,2}(?:condition|amendment|change|addition|reservation|reason|ground)s?\W*$"
)
_SHOUTED = re.compile(r"[A-Z]{4}")
_AND_DECIDED = re.compile(r"\band (?:AGREED|RESOLVED|NOTED|APPROVED|DECIDED|ENDORSED)\b")
_CREDIT = re.compile(
    r"\W*(?:proposed|moved|seconded|proposer|all (?:agreed|in favour)|carried|unanimous|vote|\(?(?:councillor|cllr)"
    r"\w* [^.]{2,60}(?:abstain|voted|declared))",
    re.I,
)


# "DECISION: The Cabinet agreed" says who decided; a page's own "Decision:" does not.
_TOOK_IT = re.compile(r"\b(?:agreed|resolved|approved)\W*$")
_MOTION = re.compile(r"\b(?:motion|amendment)\b", re.I)


class Deciding:
    """Keeps the resolution that is being read, and the motion that waits for its vote."""

    def __init__(self, found: Found, prose: Callable[[Sentence], None]) -> None:
        self._found = found
        self.prose = prose
        self._motions = Motions()
        self._open: OpenResolution | None = None
        self._carried: OpenResolution | None = None  # a vote in prose, which a formal resolution may say again

        self._awaits: OpenResolution | None = None  # carried "as set out below", whose words come next
        self._quotes: dict[str, OpenPart] = {}
        self._pending: OpenPart | None = None
        self._moved: OpenPart | None = None  # the last motion moved in prose, debated before the vote

    def close(self) -> None:
        self._open = None
        self._pending = None

    def takes(self, roled: Roled) -> bool:
        """Whether a block belongs to a motion that waits for its vote."""
        if not self._motions.waiting or roled.role in (Role.CODED, Role.MOVED, Role.DECISION, Role.CARRIED):
            return False
        if not self._motions.wants(roled.block):
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

    def asks(self, sentence: Sentence) -> bool:
        """Keep what those recommend who looked into the matter: "The Working Group recommends that"."""
        part = find_asking(sentence.text)
        if part is None:
            return False
        self._recommend(sentence, part, len(sentence.text), Confidence.STATED)
        return True

    def _recommend(self, sentence: Sentence, part: int, stop: int, confidence: float) -> None:
        for start, end, number in inline_parts(sentence.text[part:stop]):
            left, right = trimmed(sentence.text, part + start, part + end)
            if right > left:
                span = Span(sentence.at(left), sentence.to(right), number, confidence)
                self._found.recommendations.append(span)

    def in_prose(self, sentence: Sentence, decided: Decided, speeches: list[Speech]) -> None:
        """A decision within a sentence; what stands before it in the sentence may be a point."""
        if decided.back:
            before = self._found.previous
            quoted = self._quoted(sentence.text)
            if quoted:
                self._keep(OpenResolution(decided.verb, quoted.start, decided.confidence, [quoted]))
            elif before and _PROPOSED.search(before.text) and "below" not in sentence.text:
                self._from_proposal(before, decided.verb, decided.confidence)
            elif self._moved and _MOTION.search(sentence.text) and "below" not in sentence.text:
                self._keep(OpenResolution(decided.verb, self._moved.start, decided.confidence, [self._moved]))
                self._moved = None
            elif "below" in sentence.text:
                self._awaits = OpenResolution(decided.verb, sentence.start, decided.confidence)
            self._carried = (
                self._found.resolutions[-1] if self._found.resolutions and decided.verb == "CARRIED" else None
            )
            return
        first = speeches[0] if speeches else None
        if first and first.start < decided.start - 12 and _opens_point(first):
            cut = re.sub(
                r"(?:[\s,;]|\band(?: following discussion)?|\bfollowing discussion)+$",
                "",
                sentence.text[: decided.start],
            )
            if len(cut) > 20:
                self._found.discussion.feed(sentence.head(len(cut)), [replace(first, end=min(first.end, len(cut)))])
        text = sentence.text[decided.part : decided.end]
        if decided.verb == "RECOMMENDED" and _SCRUTINY.search(sentence.text, 0, decided.start):
            self._recommend(sentence, decided.part, decided.end, decided.confidence)
            return
        resolution = OpenResolution(decided.verb, sentence.at(decided.start), decided.confidence)
        for start, end, number in inline_parts(text):
            left, right = trimmed(sentence.text, decided.part + start, decided.part + end)
            if right > left:
                resolution.parts.append(OpenPart(sentence.at(left), sentence.to(right), number))
        if resolution.parts:
            self._keep(resolution)

    def _from_proposal(self, before: Sentence, verb: str, confidence: float) -> None:
        proposed = _PROPOSED.search(before.text)
        if proposed is None:
            return
        start = proposed.end()
        if re.search(r"\bseconded\b", before.text[proposed.end() :]):
            that = _THAT.search(before.text, proposed.end())
            start = that.start() if that else start
        left, right = trimmed(before.text, start, len(before.text))
        if len(before.text[left:right].split()) > 2:
            part = OpenPart(before.at(left), before.to(right), None)
            self._keep(OpenResolution(verb, before.at(left), confidence, [part]))

    def quote(self, roled: Roled) -> None:
        """The words of a motion or an amendment, quoted in a paragraph of their own."""
        left, right = trimmed(roled.block.text, int(roled.block.text[:1] in "\"'“‘"), len(roled.block.text))
        part = OpenPart(roled.block.body + left, roled.block.body + right, None)
        if self._awaits:
            self._awaits.parts.append(part)
            self._keep(self._awaits)
            self._awaits = None
            return
        mentioned = _MOTION.findall(self._found.previous.text) if self._found.previous else []
        self._quotes[mentioned[-1].lower() if mentioned else "motion"] = part

    def _quoted(self, text: str) -> OpenPart | None:
        mentioned = _MOTION.search(text)
        if "below" in text:
            return None
        return self._quotes.get(mentioned[0].lower()) if mentioned else None

    def resolves(self, roled: Roled) -> None:
        """An entry of what the meeting did: "noted the report"."""
        decided, block = roled.decided, roled.block
        if decided is None:
            return
        left, right = trimmed(block.text, decided.part, len(block.text))
        if right > left:
            part = OpenPart(block.body + left, block.body + right, roled.number)
            self._keep(OpenResolution(decided.verb, block.body + decided.start, decided.confidence, [part]))

    # --- proposals and the vote on them ---

    def proposal(self, sentence: Sentence) -> bool:
        """Watch for "A proposed that ..., seconded by B" and the vote in the same sentence or the next ones.

        True where the sentence belongs to that and is nothing else.
        """
        pending, self._pending = self._pending, None
        if pending and leaves_open(sentence.text):
            self._pending = pending
            return True
        verb = find_vote(sentence.text) if pending else None
        if pending and verb:
            self._keep(OpenResolution(verb, pending.start, Confidence.STATED, [pending]))
            self._carried = self._found.resolutions[-1] if verb == "CARRIED" else None
            points = self._found.discussion.points
            if points and not points[-1].responses and points[-1].start <= pending.start < points[-1].end:
                points.pop()  # the proposal was no point but a motion
            return True
        part = find_proposal(sentence)
        if part is None:
            return False
        if carried_at_once(sentence, part):
            self._keep(OpenResolution("CARRIED", part.start, Confidence.STATED, [part]))
            self._carried = self._found.resolutions[-1]
            return True
        self._pending = self._moved = part
        return False

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
                self.prose(next(read_sentences(before[start:end], block.body + start)))
        resolution = OpenResolution(
            decided.verb,
            block.body + decided.start,
            decided.confidence,
            listed=True,
            summary=decided.verb == "DECIDED" and not (roled.introduces and _TOOK_IT.search(block.text)),
        )
        self._open = resolution
        self._keep(resolution)
        if not roled.introduces:
            self._run_on(roled, decided.part, resolution)
            return
        self._found.previous = None
        if _WHOLE.search(block.text, decided.part):
            left, right = trimmed(block.text, decided.part, len(block.text))
            resolution.parts.append(OpenPart(block.body + left, block.body + right, None))

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
            self._found.previous = sentence
            if _NAMED_TASK.search(sentence.text):
                self._found.promise(sentence, read_speech(sentence.text))
        if reached < stop:
            for sentence in read_sentences(block.text, block.body, part + reached):
                if not _CREDIT.match(sentence.text):
                    self.prose(sentence)

    def part(self, roled: Roled) -> None:
        """An entry of the list beneath a decision."""
        text, body = roled.block.text, roled.block.body
        if self._open is None:
            for sentence in read_sentences(text, body):
                self.prose(sentence)
            return
        said = find_decision(text) if not roled.block.listed and not self._open.parts else None
        if (
            said
            and not said.back
            and said.part
            and _SHOUTED.match(text, said.start)
            and not _AND_DECIDED.search(text, said.part)
        ):
            # "Decision", and beneath it "The Executive DECIDED to note the report."
            self._open.verb = said.verb
            text, body = text[said.part :], body + said.part
        pieces = [(0, len(text.rstrip()), None)] if roled.block.listed else list(inline_parts(text))
        for start, end, number in pieces:
            left, right = trimmed(text, start, end)
            if right > left:
                self._open.parts.append(OpenPart(body + left, body + right, number or roled.number))
                self._found.previous = make_sentence(text, body, left, right)

    # --- motions ---

    def coded(self, roled: Roled) -> None:
        self._found.discussion.close()
        self._keep(self._motions.begin(roled.block))

    def moved(self, roled: Roled) -> None:
        if not re.match(r"\W*second", roled.block.text, re.I) and not self._motions.waiting:
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
    return (
        speech.act in (Act.RAISED, Act.ASK, Act.OPINION)
        and "propos" not in speech.verb
        and speech.verb != "recommended that"
    )


def _decision_ends(text: str, start: int, end: int) -> int:
    """A run-on decision ends where a sentence starts that is no further part of it."""
    for left, right in sentences(text[start:end]):
        if left > 3 and not _GOES_ON.match(text[start + left : start + right]):
            return start + left
    return end
