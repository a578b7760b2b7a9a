"""Pass 6, parts: an item's recommendations, points, responses, commitments and resolutions, from its roled blocks."""

from __future__ import annotations

import re
from dataclasses import replace

from sightline.scrutiny.domain.minutes.cues import Confidence
from sightline.scrutiny.domain.minutes.decisions import Decided, find_decision
from sightline.scrutiny.domain.minutes.discussion import Discussion, OpenPoint
from sightline.scrutiny.domain.minutes.items import ItemBlocks
from sightline.scrutiny.domain.minutes.presenting import find_presenter
from sightline.scrutiny.domain.minutes.promises import find_promise
from sightline.scrutiny.domain.minutes.resolutions import Motions, OpenPart, OpenResolution, inline_parts, outcome, trimmed
from sightline.scrutiny.domain.minutes.roles import Role, Roled, read_roles
from sightline.scrutiny.domain.minutes.sentences import sentences
from sightline.scrutiny.domain.minutes.speakers import Kind, find_speaker, name_of
from sightline.scrutiny.domain.minutes.speech import Act, Speech, read_speech


class Parts:
    """What one item holds, by absolute offsets, as ``read_parts`` collects it."""

    def __init__(self, *, titled: bool) -> None:
        self.discussion = Discussion(titled=titled)
        self.recommendations: list[tuple[int, int, str | None, float]] = []
        self.commitments: list[tuple[int, int, str | None, float]] = []
        self.resolutions: list[OpenResolution] = []
        self.presented_by: str | None = None
        self._motions = Motions()
        self._decision: OpenResolution | None = None
        self._previous: tuple[int, int, str] | None = None  # the sentence before: offsets and words
        self._handlers = {
            Role.PROSE: self._prose, Role.LEAD: self._prose, Role.RECOMMENDATION: self._recommendation,
            Role.POINT: self._point, Role.CHILD: self._child, Role.ANSWER: self._answer, Role.REPLY: self._reply,
            Role.MOTION: self._motion, Role.DECISION: self._decide, Role.PART: self._part, Role.SUBPART: self._subpart,
            Role.ACTION: self._action, Role.CODED: self._coded, Role.MOVED: self._moved, Role.CARRIED: self._carried,
            Role.SUBHEAD: self._subhead,
        }  # fmt: skip

    def feed(self, place: int, roled: Roled) -> None:
        if self._motions.waiting and roled.role not in (Role.CODED, Role.MOVED, Role.DECISION, Role.CARRIED):
            done = self._motions.go_on(roled.block)
            if done:
                self.resolutions.append(done)
            return
        self.discussion.enter(place)
        handler = self._handlers.get(roled.role)
        if handler:
            handler(roled)

    # --- prose ---

    def _prose(self, roled: Roled) -> None:
        text = roled.block.text
        for start, end in sentences(text):
            self._sentence(text[start:end], roled.block.body + start, lead=roled.role is Role.LEAD)

    def _sentence(self, sentence: str, at: int, *, lead: bool = False, answers: bool = False) -> None:
        decided = find_decision(sentence)
        speeches = read_speech(sentence)
        if decided and not (lead and sentence.rstrip().endswith(":")):
            self._decided_in_prose(sentence, at, decided, speeches)
        elif not (lead and sentence.rstrip().endswith(":")):
            self.discussion.feed(sentence, at, speeches)
        self._promise(sentence, at, speeches)
        if self.presented_by is None and not self.discussion.points and not answers:
            self.presented_by = find_presenter(sentence, speeches)
        self._previous = (at, at + len(sentence), sentence)

    def _decided_in_prose(self, sentence: str, at: int, decided: Decided, speeches: list[Speech]) -> None:
        if decided.back:
            if self._previous is None:
                return
            before, end, words = self._previous
            proposed = _PROPOSED.search(words)
            start = before + (proposed.end() if proposed else 0)
            self._resolve(decided.verb, start, decided.confidence, [(start, end, None)], text_at=before, words=words)
            return
        head = [speech for speech in speeches if speech.end <= decided.start or speech.start < decided.start - 12]
        if head and head[0].act in (Act.RAISED, Act.ASK, Act.OPINION) and head[0].start < decided.start and "propos" not in head[0].verb and head[0].verb != "recommended that":
            cut = re.sub(r"(?:[\s,;]|\band(?: following discussion)?|\bfollowing discussion)+$", "", sentence[: decided.start])
            if len(cut) > 20:
                self.discussion.feed(cut, at, [replace(head[0], end=min(head[0].end, len(cut)))])
        parts = [(at + start, at + end, number) for start, end, number in _shifted(sentence, decided)]
        self._resolve(decided.verb, at + decided.start, decided.confidence, parts, text_at=at, words=sentence)

    def _resolve(
        self, verb: str, start: int, confidence: float, spans: list[tuple[int, int, str | None]], *, text_at: int, words: str
    ) -> None:
        resolution = OpenResolution(verb, min(start, *(left for left, _, _ in spans)), confidence)
        for left, right, number in spans:
            left, right = (text_at + offset for offset in trimmed(words, left - text_at, right - text_at))
            if right > left:
                resolution.parts.append(OpenPart(left, right, number))
        if resolution.parts:
            self.resolutions.append(resolution)
            self._decision = resolution

    def _promise(self, sentence: str, at: int, speeches: list[Speech]) -> None:
        promise = find_promise(sentence, speeches, self.discussion.speaker)
        if promise:
            self.commitments.append((at, at + len(sentence), promise.by, promise.confidence))

    # --- lists ---

    def _recommendation(self, roled: Roled) -> None:
        text = roled.block.text
        for start, end, number in inline_parts(text[roled.offset :]):
            left, right = trimmed(text, roled.offset + start, roled.offset + end)
            if right > left:
                confidence = Confidence.LABELLED if roled.labelled else Confidence.LISTED
                self.recommendations.append((roled.block.body + left, roled.block.body + right, number or roled.number, confidence))

    def _point(self, roled: Roled) -> None:
        if roled.introduces:
            self.discussion.close()
            return
        self._entry(roled, Confidence.LISTED if roled.block.listed else Confidence.IMPERSONAL)

    def _entry(self, roled: Roled, confidence: float) -> None:
        """A listed point, and the answers that stand inside it."""
        text, body = roled.block.text, roled.block.body
        point: OpenPoint | None = None
        for start, end in sentences(text):
            sentence = text[start:end]
            speeches = read_speech(sentence)
            decided = find_decision(sentence) if point else None
            if point is None and self._answers_before(speeches):
                self.discussion.feed(sentence, body + start, [replace(speech, opened=True) for speech in speeches])
                self._promise(sentence, body + start, speeches)
                return self._rest(roled, end)
            if point is None:
                speaker = next((speech.speaker.name for speech in speeches if speech.speaker and speech.speaker.kind is not Kind.PRONOUN), None)
                point = self.discussion.add_point(body + start, body + end, confidence, speaker=speaker, waits=True)
                if len(speeches) == 2:
                    answer = speeches[1]
                    name = answer.speaker.name if answer.speaker and answer.speaker.kind is not Kind.PRONOUN else None
                    self.discussion.add_response(body + answer.start, body + end, name, confidence)
                    if speeches[0].verb != "in response to":
                        point.end = body + end
                if speaker:
                    self.discussion.speaker = speaker
                self._promise(sentence, body + start, speeches)
            elif decided:
                self._decided_in_prose(sentence, body + start, decided, speeches)
                self._promise(sentence, body + start, speeches)
            else:
                self._more(sentence, body + start, speeches)
        return None

    def _more(self, sentence: str, at: int, speeches: list[Speech]) -> None:
        """A further sentence of a listed point: an answer, a member's next point, or more of the same."""
        first = speeches[0] if speeches else None
        if first is None or first.act is Act.RAISED or (first.speaker and first.speaker.kind is Kind.PRONOUN and first.act is not Act.TELL):
            self.discussion.extend(at + len(sentence))
        elif first.act is Act.ANSWERED:
            by = first.speaker.name if first.speaker else None
            self.discussion.add_response(at + first.start, at + len(sentence), by, Confidence.STATED)
        else:
            self.discussion.feed(sentence, at, speeches)
        self._promise(sentence, at, speeches)

    def _rest(self, roled: Roled, offset: int) -> None:
        text, body = roled.block.text, roled.block.body
        for start, end in sentences(text[offset:]):
            sentence = text[offset + start : offset + end]
            self._sentence(sentence, body + offset + start, answers=True)

    def _answers_before(self, speeches: list[Speech]) -> bool:
        """Whether a list entry starts with an officer's answer to the entry before it."""
        if not speeches or not self.discussion.points or len(speeches) == 2:
            return False
        speech = speeches[0]
        if speech.opened:
            return True
        return speech.act is Act.TELL and speech.speaker is not None and speech.speaker.kind in (Kind.OFFICER, Kind.PORTFOLIO)

    def _child(self, roled: Roled) -> None:
        """An entry beneath a point: its response, or a point of its own."""
        text, body = roled.block.text, roled.block.body
        first = next(iter(sentences(text)), None)
        if first is None:
            return
        sentence = text[first[0] : first[1]]
        speeches = read_speech(sentence)
        parent = self.discussion.points[-1] if self.discussion.points else None
        if parent is None or parent.block == -2 or roled.introduces:
            if roled.introduces:
                return
            self._entry(roled, Confidence.LISTED)
            return
        speech = speeches[0] if speeches else None
        member = bool(speech and speech.speaker and speech.speaker.kind in (Kind.MEMBER, Kind.BODY, Kind.PUBLIC))
        asks = sentence.rstrip().endswith("?") or bool(speech and speech.act in (Act.ASK, Act.RAISED))
        if asks or (member and speech and not (speech.act is Act.TELL and speech.strong)):
            self._entry(roled, Confidence.LISTED)
            return
        name = None
        if speech and speech.speaker:
            name = speech.speaker.name if speech.speaker.kind is not Kind.PRONOUN else self.discussion.speaker
        start = speech.start if speech and speech.speaker and speech.start < 40 else 0
        self.discussion.add_response(body + first[0] + start, body + first[1], name, Confidence.LISTED)
        if name:
            self.discussion.speaker = name
        self._promise(sentence, body + first[0], speeches)
        for left, right in sentences(text[first[1] :]):
            more = text[first[1] + left : first[1] + right]
            at = body + first[1] + left
            spoken = read_speech(more)
            told = spoken[0] if spoken else None
            if told and told.speaker and told.speaker.kind is not Kind.PRONOUN and told.act is Act.TELL and told.speaker.name != self.discussion.speaker and told.speaker.kind is not Kind.BODY:
                self.discussion.add_response(at + told.start, body + first[1] + right, told.speaker.name, Confidence.STATED)
                self.discussion.speaker = told.speaker.name
            else:
                self.discussion.extend(body + first[1] + right)
            self._promise(more, at, spoken)

    def _answer(self, roled: Roled) -> None:
        """An entry of a list of answers: it goes to the point it shares most words with."""
        text, body = roled.block.text, roled.block.body
        spans = list(sentences(text))
        if not spans:
            return
        start, end = spans[0]
        speeches = read_speech(text[start:end])
        speaker = speeches[0].speaker if speeches else None
        name = speaker.name if speaker and speaker.kind is not Kind.PRONOUN else self._announced
        point = self._nearest(text)
        if point:
            self.discussion.add_response(body + start, body + spans[-1][1], name, Confidence.STATED, to=point)
        for left, right in spans:
            self._promise(text[left:right], body + left, read_speech(text[left:right]))

    _announced: str | None = None

    def _nearest(self, text: str) -> OpenPoint | None:
        points = self.discussion.points
        if not points or not self._words:
            return points[-1] if points else None
        wanted = _content(text)
        scores = [len(wanted & _content(self._words(point.start, point.end))) for point in points]
        best = max(range(len(points)), key=lambda place: (scores[place], place))
        return points[best]

    _words = None

    # --- replies, motions, decisions ---

    def _reply(self, roled: Roled) -> None:
        text, body = roled.block.text, roled.block.body
        spans = [(roled.offset + left, roled.offset + right) for left, right in sentences(text[roled.offset :])]
        if not spans:
            return
        speeches = read_speech(text[spans[0][0] : spans[0][1]])
        by = name_of(roled.number) if roled.number else None
        if by is None and speeches and speeches[0].speaker and speeches[0].speaker.kind is not Kind.PRONOUN and speeches[0].start == 0:
            by = speeches[0].speaker.name
        self.discussion.add_response(body + spans[0][0], body + spans[-1][1], by, Confidence.LABELLED)
        for left, right in spans:
            sentence = text[left:right]
            decided = find_decision(sentence)
            if decided and not decided.back:
                parts = [(body + left + start, body + left + end, number) for start, end, number in _shifted(sentence, decided)]
                self._resolve(decided.verb, body + left + decided.start, Confidence.INFERRED, parts, text_at=body + left, words=sentence)
            promise = find_promise(sentence, read_speech(sentence), by)
            if promise and not decided:
                self.commitments.append((body + left, body + right, promise.by, promise.confidence))

    def _motion(self, roled: Roled) -> None:
        start = roled.block.body + roled.offset
        end = roled.block.body + len(roled.block.text.rstrip())
        if end > start:
            self.discussion.add_point(start, end, Confidence.LABELLED, waits=True)

    def _decide(self, roled: Roled) -> None:
        self.discussion.close()
        self._motions.drop()
        decided, block = roled.decided, roled.block
        if decided is None:
            return
        resolution = OpenResolution(decided.verb, block.body + decided.start, decided.confidence, listed=True)
        self._decision = resolution
        self.resolutions.append(resolution)
        before = block.text[: decided.start]
        if len(before.split()) > 12:
            self._prose(replace(roled, block=replace(block, text=before[: max(before.rfind(". ") + 1, 0)])))
        if roled.introduces:
            return
        text = block.text[decided.part :]
        whole = True
        for start, end, number in inline_parts(text):
            end = self._first_decision_ends(text, start, end) if number is None else end
            whole = whole and end >= len(text.rstrip())
            left, right = trimmed(block.text, decided.part + start, decided.part + end)
            if right > left:
                label = number or (roled.number if block.marker and block.depth else None)
                resolution.parts.append(OpenPart(block.body + left, block.body + right, label if number else None))
        if not whole and resolution.parts:
            offset = resolution.parts[-1].end - block.body
            self._after_decision(roled, offset)
        for start, end in sentences(text):
            sentence = text[start:end]
            if _NAMED_TASK.search(sentence):
                self._promise(sentence, block.body + decided.part + start, read_speech(sentence))

    @staticmethod
    def _first_decision_ends(text: str, start: int, end: int) -> int:
        """A run-on decision ends where a sentence starts that is no further part of it."""
        for left, right in sentences(text[start:end]):
            if left and not re.match(r"(?:that|to|this|these|the (?:above|following)|and)\b", text[start + left : start + right], re.I):
                return start + left
        return end

    def _after_decision(self, roled: Roled, offset: int) -> None:
        text = roled.block.text
        for start, end in sentences(text[offset:]):
            sentence = text[offset + start : offset + end]
            if re.match(r"\W*(?:proposed|moved|seconded|proposer|all (?:agreed|in favour)|carried|unanimous|vote)", sentence, re.I):
                continue
            self._sentence(sentence, roled.block.body + offset + start)

    def _part(self, roled: Roled) -> None:
        resolution = self._decision
        if resolution is None:
            self._prose(roled)
            return
        text, body = roled.block.text, roled.block.body
        pieces = list(inline_parts(text)) if not roled.block.listed else [(0, len(text.rstrip()), None)]
        for start, end, number in pieces:
            left, right = trimmed(text, start, end)
            if right > left:
                resolution.parts.append(OpenPart(body + left, body + right, number or roled.number))

    def _subpart(self, roled: Roled) -> None:
        end = roled.block.body + len(roled.block.text.rstrip())
        if self._decision and self._decision.parts and self.resolutions and self.resolutions[-1] is self._decision and self._decision.listed:
            self._decision.parts[-1].end = end
        elif self.discussion.points and self.discussion.points[-1].block >= 0:
            point = self.discussion.points[-1]
            if point.responses:
                point.responses[-1].end = end
            else:
                point.end = end
            text = roled.block.text
            for left, right in sentences(text):
                by = point.responses[-1].by if point.responses else None
                promise = find_promise(text[left:right], read_speech(text[left:right]), by)
                if promise:
                    self.commitments.append((roled.block.body + left, roled.block.body + right, promise.by, promise.confidence))
        elif self.recommendations:
            start, _, number, confidence = self.recommendations[-1]
            self.recommendations[-1] = (start, end, number, confidence)

    def _action(self, roled: Roled) -> None:
        text, body = roled.block.text, roled.block.body
        for place, (left, right) in enumerate(sentences(text[roled.offset :])):
            start, end = roled.offset + left, roled.offset + right
            sentence = text[start:end]
            promise = find_promise(sentence, [], None)
            by = promise.by if promise and promise.by else (name_of(roled.number) if roled.number else None)
            if by is None and place == 0:
                actor = re.match(r"(?P<who>[A-Z][^.;:]{1,60}?) +(?:to|will|would)\b|(?P<label>[A-Z][\w .&/]{0,40}?) *[–—:-] +", sentence)
                speaker = find_speaker(actor["who"] or actor["label"]) if actor else None
                by = speaker.name if speaker else None
            if place == 0 or promise:
                self.commitments.append((body + start, body + end, by, Confidence.LABELLED if roled.labelled else Confidence.STATED))

    def _coded(self, roled: Roled) -> None:
        self.discussion.close()
        done = self._motions.begin(roled.block)
        if done:
            self.resolutions.append(done)

    def _moved(self, roled: Roled) -> None:
        if not re.search(r"seconded", roled.block.text[:40], re.I) and not self._motions.waiting:
            self._motions.begin(roled.block)

    def _carried(self, roled: Roled) -> None:
        if self._motions.waiting:
            done = self._motions.go_on(roled.block)
            if done:
                self.resolutions.append(done)
            self._motions.drop()
        elif self._previous and (proposed := _PROPOSED_SECONDED.search(self._previous[2])):
            before, end, words = self._previous
            voted = outcome(roled.block.text)
            start = before + proposed.end("cue")
            self._resolve(voted[0] if voted else "CARRIED", start, Confidence.STATED, [(start, end, None)], text_at=before, words=words)

    def _subhead(self, roled: Roled) -> None:
        self.discussion.close()
        self._decision = None
        if re.match(r"\W*(?:resolved|decisions?|agreed|resolutions?)\W*$", roled.block.text, re.I):
            verb = "RESOLVED" if "resol" in roled.block.text.lower() else "AGREED" if "agreed" in roled.block.text.lower() else "DECIDED"
            self._decision = OpenResolution(verb, roled.block.start, Confidence.LISTED, listed=True)
            self.resolutions.append(self._decision)


_PROPOSED = re.compile(r"\b(?:proposed|suggested|recommended|moved)(?: that)? +(?=\S)")
_PROPOSED_SECONDED = re.compile(r"(?P<cue>\bproposed(?: by [^,]{2,60})?,? *)(?=.*\bseconded\b)", re.I)
_NAMED_TASK = re.compile(r"\b(?:[Cc]lerk|[Oo]fficers?|Director|Manager|Chair(?:man)?|Head|Secretary|Cllrs?|Councillors?|Mr|Mrs|Ms)\b[^.]{0,60}?\b(?:to|will|would)\b +\w")
_STOP = frozenset("that this with from have been were would which their there about into when what they them will than also said".split())


def _content(text: str) -> set[str]:
    return {word for word in re.findall(r"[a-z]{4,}", text.lower()) if word not in _STOP}


def _shifted(sentence: str, decided: Decided) -> list[tuple[int, int, str | None]]:
    text = sentence[decided.part : decided.end]
    return [(decided.part + start, decided.part + end, number) for start, end, number in inline_parts(text)]


def read_parts(item: ItemBlocks, *, titled: bool) -> Parts:
    """What an item holds. titled: see ``Discussion``. Linear in the item's text, but for a list of answers, which is
    compared with each point of the item."""
    parts = Parts(titled=titled)
    texts = {block.body: block for block in item.blocks}
    parts._words = lambda start, end: _text_of(texts, item, start, end)  # type: ignore[assignment]
    for place, roled in enumerate(read_roles(item.title, item.blocks)):
        parts.feed(place, roled)
    return parts


def _text_of(texts: dict[int, object], item: ItemBlocks, start: int, end: int) -> str:
    for block in item.blocks:
        if block.body <= start < block.end:
            return block.text[start - block.body : end - block.body]
    return ""
