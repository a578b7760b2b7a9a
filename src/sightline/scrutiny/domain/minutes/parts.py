"""Pass 6, parts: an item's recommendations, points, responses, commitments and resolutions, from its roled blocks.

This module hands each block to what reads its role; running prose is read here, sentence by sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from sightline.scrutiny.domain.minutes import cues
from sightline.scrutiny.domain.minutes.cues import Confidence
from sightline.scrutiny.domain.minutes.deciding import Deciding
from sightline.scrutiny.domain.minutes.decisions import find_decision
from sightline.scrutiny.domain.minutes.discussion import Discussion
from sightline.scrutiny.domain.minutes.formalities import BOILERPLATE
from sightline.scrutiny.domain.minutes.found import Found, Span
from sightline.scrutiny.domain.minutes.items import ItemBlocks
from sightline.scrutiny.domain.minutes.lines import find_marker
from sightline.scrutiny.domain.minutes.listed import Listed
from sightline.scrutiny.domain.minutes.presenting import find_presenter, introduces
from sightline.scrutiny.domain.minutes.promises import find_promise
from sightline.scrutiny.domain.minutes.resolutions import inline_parts, trimmed
from sightline.scrutiny.domain.minutes.roled import Role, Roled
from sightline.scrutiny.domain.minutes.roles import read_roles
from sightline.scrutiny.domain.minutes.sentences import Sentence, make_sentence, read_sentences
from sightline.scrutiny.domain.minutes.speakers import Kind, find_speaker, name_of
from sightline.scrutiny.domain.minutes.speech import Act, read_speech


def read_parts(item: ItemBlocks, *, titled: bool, known: dict[str, Kind]) -> Found:
    """What an item holds. titled, known: see ``Discussion``. Time linear in the item's text, but for a list of
    answers, each of
    which is compared with the points it may belong to."""
    return _Parts(Discussion(titled=titled, known=known)).read(item)


class _Parts:
    def __init__(self, discussion: Discussion) -> None:
        self._found = Found(discussion)
        self._deciding = Deciding(self._found, self._sentence)
        self._listed = Listed(self._found, self._deciding)

    def read(self, item: ItemBlocks) -> Found:
        for place, roled in enumerate(read_roles(item.title, item.blocks)):
            if self._deciding.takes(roled):
                continue
            self._found.discussion.enter(place)
            handler = _HANDLERS.get(roled.role)
            if handler:
                handler(self, roled)
            if roled.block.margin:
                self._margin(roled)
        self._found.presented_by = self._found.presented_by or self._found.introduced_by
        del self._deciding, self._listed  # both lead back here, and nothing else is to keep what was read
        return self._found

    # --- prose ---

    def _prose(self, roled: Roled) -> None:
        found = list(read_sentences(roled.block.text, roled.block.body, roled.offset))
        if len(found) > 1 and roled.role is Role.PROSE and self._listed.tells(found):
            return
        for place, sentence in enumerate(found):
            last = roled.role is Role.LEAD and place == len(found) - 1
            self._sentence(sentence, lead=last)

    def _sentence(self, sentence: Sentence, *, lead: bool = False) -> None:
        found = self._found
        if _BOILERPLATE.fullmatch(sentence.text):
            return
        owner = _OWNED.fullmatch(sentence.text)
        if owner and self._owned(owner["who"]):
            return
        if self._deciding.proposal(sentence):
            found.previous = sentence
            return
        if not lead and self._deciding.asks(sentence):
            found.previous = sentence
            return
        decided = None if lead else find_decision(sentence.text)
        speeches = read_speech(sentence.text)
        if decided:
            self._deciding.in_prose(sentence, decided, speeches)
            # What the meeting asks somebody to do is a commitment too, whoever spoke before in the sentence.
            if not decided.back:
                found.promise(
                    sentence, [speech for speech in speeches if speech.act is Act.TELL and speech.start > decided.part]
                )
        else:
            if not lead:
                found.discussion.feed(sentence, speeches)
            found.promise(sentence, speeches)
        if found.presented_by is None and not found.discussion.points:
            found.presented_by = find_presenter(sentence.text, speeches)
            if found.presented_by:
                found.discussion.presenters(found.presented_by)
            elif found.introduced_by is None and not decided:
                found.introduced_by = introduces(speeches)
        found.previous = sentence

    # --- lists ---

    def _recommendation(self, roled: Roled) -> None:
        text, body = roled.block.text, roled.block.body
        for start, end, number in inline_parts(text[roled.offset :]):
            left, right = trimmed(text, roled.offset + start, roled.offset + end)
            if right > left:
                confidence = Confidence.LABELLED if roled.labelled else Confidence.LISTED
                self._found.recommendations.append(Span(body + left, body + right, number or roled.number, confidence))

    def _subpart(self, roled: Roled) -> None:
        """What goes on with the last part, reply or recommendation."""
        end = roled.block.body + len(roled.block.text.rstrip())
        discussion = self._found.discussion
        if self._deciding.extend(end):
            return
        if discussion.points and discussion.points[-1].block >= 0:
            point = discussion.points[-1]
            by = point.responses[-1].by if point.responses else None
            if point.responses:
                point.responses[-1].end = end
            else:
                point.end = end
            for sentence in read_sentences(roled.block.text, roled.block.body):
                self._found.promise(sentence, read_speech(sentence.text), by)
        elif self._found.recommendations:
            self._found.recommendations[-1] = replace(self._found.recommendations[-1], end=end)

    def _subhead(self, roled: Roled) -> None:
        self._found.discussion.close()
        self._deciding.close()

    # --- actions ---

    def _action(self, roled: Roled) -> None:
        confidence = Confidence.LABELLED if roled.labelled else Confidence.STATED
        words = roled.block.text[roled.offset :].strip(" .")
        if roled.labelled and len(words.split()) <= 6 and _NAMES_ONLY.fullmatch(words) and self._owned(words):
            return
        for place, sentence in enumerate(read_sentences(roled.block.text, roled.block.body, roled.offset)):
            promise = find_promise(sentence.text, [], None)
            by = (
                promise.by
                if promise and promise.by
                else (name_of(roled.number) if roled.number and place == 0 else None)
            )
            if by is None and place == 0:
                by = _actor(sentence.text)
            if place == 0 or promise:
                self._found.commitments.append(Span(sentence.start, sentence.end, by, confidence))

    def _owned(self, who: str) -> bool:
        """ "Action: Clerk" behind a sentence: the sentence says what, the label by whom. False where it names "
        "nobody."""
        speaker = find_speaker(who)
        initials = who.replace("/", "").replace("&", "").replace(" ", "").isupper() and len(who) <= 12
        if not initials and (speaker is None or speaker.start != 0):
            return False
        by, before = name_of(who), self._found.previous
        commitments = self._found.commitments
        if before is None:
            return True
        if commitments and before.start <= commitments[-1].start < before.end:
            commitments[-1] = replace(commitments[-1], label=commitments[-1].label or by)
        elif not any(found.start == before.start for found in commitments[-3:]):
            commitments.append(Span(before.start, before.end, by, Confidence.LABELLED))
        return True

    def _table(self, roled: Roled) -> None:
        """A row of a table of actions: what is to be done, and by whom."""
        cells = roled.block.cells
        if roled.columns is None or len(cells) <= roled.columns[0]:
            return
        what, who = roled.columns
        start, end = cells[what]
        offset = roled.block.start
        by = None
        if 0 <= who < len(cells):
            by = name_of(roled.block.whole[cells[who][0] - offset : cells[who][1] - offset]) or None
        if end - start > 3:
            self._found.commitments.append(Span(start, end, by, Confidence.LISTED))

    def _asked(self, roled: Roled) -> None:
        """A row of a table of recommendations."""
        cells = roled.block.cells
        if roled.columns is None or len(cells) <= roled.columns[0]:
            return
        what, number = roled.columns
        whole, offset = roled.block.whole, roled.block.start
        start, end = cells[what]
        words = whole[start - offset : end - offset]
        if len(words.split()) < 3:
            return
        label = whole[cells[number][0] - offset : cells[number][1] - offset] if 0 <= number < len(cells) else ""
        marker = find_marker(words)
        if marker is not None and not label:
            label = marker.label
        left, right = trimmed(words, marker.length if marker else 0, len(words))
        self._found.recommendations.append(
            Span(start + left, start + right, label.strip(" .") or None, Confidence.LISTED)
        )

    def _margin(self, roled: Roled) -> None:
        """A name in the margin of an action column says who is to act; the last sentence beside it says what."""
        start, end = roled.block.body, roled.block.end
        if any(start <= found.start < end for found in self._found.commitments[-8:]):
            return
        last = next(iter(list(read_sentences(roled.block.text, roled.block.body))[-1:]), None)
        if last and roled.role is Role.PROSE and not _REFUSED.search(last.text):
            self._found.commitments.append(Span(last.start, last.end, name_of(roled.block.margin), Confidence.INFERRED))


_HANDLERS: dict[Role, Callable[[_Parts, Roled], None]] = {
    Role.PROSE: _Parts._prose,
    Role.LEAD: _Parts._prose,
    Role.RECOMMENDATION: _Parts._recommendation,
    Role.ACTION: _Parts._action,
    Role.TABLE: _Parts._table,
    Role.ASKED: _Parts._asked,
    Role.SUBHEAD: _Parts._subhead,
    Role.SUBPART: _Parts._subpart,
    Role.POINT: lambda parts, roled: parts._listed.point(roled),
    Role.CHILD: lambda parts, roled: parts._listed.child(roled),
    Role.ANSWER: lambda parts, roled: parts._listed.answer(roled),
    Role.REPLY: lambda parts, roled: parts._listed.reply(roled),
    Role.MOTION: lambda parts, roled: parts._listed.motion(roled),
    Role.DECISION: lambda parts, roled: parts._deciding.heading(roled),
    Role.PART: lambda parts, roled: parts._deciding.part(roled),
    Role.CODED: lambda parts, roled: parts._deciding.coded(roled),
    Role.QUOTE: lambda parts, roled: parts._deciding.quote(roled),
    Role.RESOLVES: lambda parts, roled: parts._deciding.resolves(roled),
    Role.MOVED: lambda parts, roled: parts._deciding.moved(roled),
    Role.CARRIED: lambda parts, roled: parts._deciding.carried(roled),
}
"""What reads the blocks of each role; from those of no role here, nothing is read."""
_BOILERPLATE = re.compile("|".join(BOILERPLATE), re.I)
_OWNED = re.compile(
    r"\W*\(?action(?:s|ed)?(?: +(?:by|for|on|point))?\s*[:–—-]+ *(?P<who>(?:the +)?[A-Z][\w .'’&/,-]{1,50}?)\W*", re.I
)
_NAMES_ONLY = re.compile(r"(?:[A-Z][\w.'’-]*|/|&|and|of|for|the|,)(?: *(?:[A-Z][\w.'’-]*|/|&|and|of|for|the|,))*")
_REFUSED = re.compile(r"\b(?:proposed|seconded|in favour|noted)\b", re.I)
_ACTOR = re.compile(r"(?P<label>[A-Z][\w .&/]{0,40}?) *[–—:-] +|(?P<who>[A-Z][^.;:]{1,60}?) +(?:to|will|would)\b")
_OWNER = re.compile(r"(?:[–—-] *|\()(?P<who>[A-Z][\w .&/]{1,40}?)\)?[.]?$")


_WHEN = re.compile(
    r"\W*(?:[–—-]|\() *(?:by )?(?:(?:\d{1,2}(?:st|nd|rd|th)? )?"
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*(?: (?:19|20)\d\d)?|"
    r"\d{1,2}/\d{1,2}(?:/\d{2,4})?|immediate(?:ly)?|asap|on-?going|next meeting|tbc)\)?\W*$",
    re.I,
)
"""By when, at the end of an action."""


_IMPERATIVES = frozenset(verb.split()[0] for verb in cues.ACTION_VERBS)


def _actor(text: str) -> str | None:
    text = _WHEN.sub("", text)
    for match in (_ACTOR.match(text), _OWNER.search(text)):
        if match:
            name = match.groupdict().get("who") or match.groupdict().get("label") or ""
            if name.split(" ", 1)[0].lower() in _IMPERATIVES:
                continue
            speaker = find_speaker(name)
            if (speaker and speaker.start == 0) or (name and name.isupper() and len(name) <= 5):
                return name_of(name)
    return None


__all__ = ["make_sentence", "read_parts"]
