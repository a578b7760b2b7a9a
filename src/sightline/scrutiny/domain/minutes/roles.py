"""Pass 5, roles: what each block of an item is for.

A block is read together with what introduced it: a list beneath "the following points were raised" is a list of points,
beneath "RESOLVED that" of parts. So the pass walks down the item and remembers the last introduction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sightline.scrutiny.domain.minutes import cues, labels
from sightline.scrutiny.domain.minutes.blocks import Block
from sightline.scrutiny.domain.minutes.decisions import Decided, find_decision, heading_decision
from sightline.scrutiny.domain.minutes.leads import announced
from sightline.scrutiny.domain.minutes.lines import find_marker
from sightline.scrutiny.domain.minutes.roled import Role, Roled
from sightline.scrutiny.domain.minutes.sentences import sentences
from sightline.scrutiny.domain.minutes.speech import ANSWERING, MEMBERLIKE, Act, Kind, read_speech
from sightline.scrutiny.domain.minutes.walk import ASKS_IN_WRITING, LONGEST_QUOTE, QUOTING, Walk, opens_quote

_MOVED_LIST = re.compile(r"\b(?:[Mm]oved|[Pp]roposed)\b.{2,100}\bseconded\b.{0,80}:\W*$")
# "RECOMMENDED: That the Executive", in front of "(a) approves the strategy".
_WHO_ALONE = re.compile(rf"\W*(?:[Tt]hat )?{labels.TOGETHER.pattern}")
_LONGEST_MOTION = 14
_OPENS_LIST = re.compile(r"(?::|[–—-])\W*$")


def _decides_together(text: str) -> bool:
    """Whether a paragraph under a decision's heading says what was decided: nobody speaks in it but the meeting."""
    speeches = read_speech(text)
    return all(
        speech.speaker is not None and speech.speaker.kind in (Kind.BODY, Kind.MEMBER) and speech.act is Act.TELL
        for speech in speeches
    )


def _held_together(text: str) -> bool:
    """Whether an entry beneath "The Committee:" says what it asked or held: "expressed its concern that"."""
    words = text[:200].lstrip()
    speeches = read_speech(f"Members {words[:1].lower()}{words[1:]}")
    return bool(speeches) and speeches[0].start == 0 and speeches[0].act in (Act.ASK, Act.OPINION, Act.TELL)


def _continued(rest: str, following: Block | None) -> bool:
    """Whether a decision that starts with "(1)" goes on with "(2)" in the next block."""
    first = find_marker(rest)
    second = following.marker if following else None
    return bool(first and second and first.value == 1 and second.value == 2 and first.family == second.family)


def read_roles(title: str, blocks: Sequence[Block]) -> list[Roled]:
    """The role of each block of an item, in order. Linear time."""
    return list(_Walk(title, blocks).walk())


class _Walk(Walk):
    def walk(self) -> Iterator[Roled]:
        for index, block in enumerate(self._blocks):
            following = self._blocks[index + 1] if index + 1 < len(self._blocks) else None
            roled = self._quoted(block)
            if roled is None:
                roled = self._in_table(block) or self._moved(index, following) or self._role(block, following)
                self._quotes = LONGEST_QUOTE if roled.role in QUOTING and opens_quote(block.text) else 0
            yield roled
            text = block.text.rstrip()
            last = text[-1:]
            tail = block.text[-100:]
            self._moved_above = roled.role is Role.MOVED and last == ","
            self._asks_in_writing = ":" in tail and ASKS_IN_WRITING.search(tail) is not None
            self._moves = last in ":–-" and bool(labels.MOVES.search(block.text))
            self._unfinished = last == ";" or text.endswith("; and")
            self._runs_on = self._unfinished or last in ":,–—-"

    def _moved(self, index: int, following: Block | None) -> Roled | None:
        """A motion that is a list ("moved by A and seconded by B:"), where the vote beneath it says how it went."""
        block = self._blocks[index]
        text = block.text
        if following is None or not following.listed or not text.rstrip(" -–—").endswith(":"):
            return None
        moves = _MOVED_LIST.search(text[-260:]) if "seconded" in text else None
        if moves is None:
            return None
        vote = next((later for later in self._blocks[index + 1 : index + _LONGEST_MOTION] if not later.listed), None)
        if vote is None:
            return None
        voted = find_decision(vote.text[:300])
        if voted is None or not voted.back:
            return None
        self._set("decision")
        start = max(0, len(text) - 260) + moves.start()
        decided = Decided(voted.verb, start, len(text), len(text), cues.Confidence.LISTED, listed=True)
        return Roled(Role.DECISION, block, decided=decided, introduces=True)

    def _role(self, block: Block, following: Block | None) -> Roled:
        if len(block.text) < 60 and labels.CARRIED.match(block.text):
            return Roled(Role.CARRIED, block)
        decided = heading_decision(block.text)
        labelled = None if decided else self._labelled(block, following)
        if labelled:
            return labelled
        if decided and not (self._mode == "decision" and block.listed and self._depth and block.depth > self._depth):
            self._set("decision")
            number = block.marker.label if block.marker and block.marker.label else None
            listed = decided.listed or bool(
                following
                and following.listed
                and (
                    (labels.ends_lead(block.text[-160:].lower()) and not block.text.rstrip().endswith("."))
                    or _WHO_ALONE.fullmatch(block.text, decided.part)
                )
            )
            if not listed and not _continued(block.text[decided.part :], following):
                self._set("prose")
            self._taken = 0 if listed else 1
            self._run_on = not listed and self._mode == "decision"
            return Roled(Role.DECISION, block, decided=decided, number=number, introduces=listed)
        if block.listed and block.marker is not None and block.marker.family != "code":
            return self._bare(block) or self._entry(block, following)
        if (
            block.text[:1] in "I1|\"'“‘*"
            and labels.WRITTEN.match(block.text)
            and self._mode in ("prose", "other", "reply")
        ):
            self._set("motion", standing=True)
            self._taken = 1
            return Roled(Role.MOTION, block)
        if self._moves and self._mode in ("prose", "other") and (len(block.text) > 40 or block.text[:1] in "\"'“‘"):
            return Roled(Role.QUOTE, block)
        if block.text[:1] in "\"'“‘" and len(block.text) > 60 and self._mode in ("prose", "other"):
            return Roled(Role.QUOTE, block)
        if len(block.text) < 200 and labels.CLOSING.match(block.text) and (self._mode != "decision" or self._taken):
            return Roled(Role.OTHER, block)
        return self._bare(block) or self._paragraph(block, following)

    # --- list entries and paragraphs ---

    def _entry(self, block: Block, following: Block | None) -> Roled:
        number = block.marker.label if block.marker and block.marker.label else None
        if self._mode == "prose" and self._goes_on_with(block):
            self._set(self._list_mode)
        if (
            self._mode == "decision"
            and not self._depth
            and self._taken
            and block.marker
            and block.marker.value > 1
            and not self._run_on
        ):
            self._set("prose")  # the next lettered paragraph of the item, after a decision in plain paragraphs
        if self._mode == "prose" and following and following.depth > block.depth and self._asks(block.text):
            self._set("points")  # no introduction, but answers beneath what members asked
        if not self._depth:
            self._depth = block.depth
        elif block.depth < self._depth:
            if self._mode in ("points", "answers", "decision", "recommendations", "other"):
                self._set("prose")
            self._depth = block.depth
        deeper = block.depth > self._depth
        self._taken += 1
        introduces = bool(
            following
            and (
                following.depth > block.depth
                or (following.listed and len(block.text) < 60 and block.text.endswith(":"))
            )
            and _OPENS_LIST.search(block.text)
        )
        if deeper and self._mode in ("recommendations", "decision") and not self._runs_on and self._spoken(block.text):
            self._set("points")  # what members then said, in bullets of its own
            self._depth, self._taken, deeper = block.depth, 1, False
        if not deeper and self._mode in ("recommendations", "decision") and block.marker:
            self._list_mode, self._list = self._mode, block.marker
        if self._mode == "recommendations":
            return Roled(Role.SUBPART if deeper else Role.RECOMMENDATION, block, number=number, introduces=introduces)
        if self._mode == "decision":
            return Roled(Role.SUBPART if deeper else Role.PART, block, number=number)
        if self._mode == "points":
            # Beneath an entry that only introduces, the entries are the points.
            if self._lifted and block.depth <= self._lifted:
                self._lifted = 0
            deeper = block.depth > (self._lifted + 1 if self._lifted else self._depth)
            if introduces and not deeper:
                self._lifted = block.depth
            return Roled(Role.CHILD if deeper else Role.POINT, block, number=number, introduces=introduces)
        if self._mode == "answers":
            return Roled(
                Role.CHILD if deeper else Role.ANSWER,
                block,
                number=number,
                introduces=introduces,
                answerer=self._answerer,
            )
        if self._mode == "actions":
            return Roled(Role.ACTION, block)
        if self._mode == "resolves":
            verb = re.match(r"\W*(?P<verb>\w+)\b", block.text)
            decision = cues.DECISION_VERBS.get(verb["verb"].lower()) if verb and not deeper else None
            if verb and decision:
                start = verb.start("verb")
                decided = Decided(decision, start, verb.end(), len(block.text), cues.Confidence.STATED)
                return Roled(Role.RESOLVES, block, decided=decided, number=number)
            return Roled(Role.POINT if _held_together(block.text) else Role.PROSE, block, number=number)
        if self._mode == "other":
            return Roled(Role.PROSE if self._spoken(block.text) else Role.OTHER, block)
        if self._mode == "reply":
            return Roled(Role.REPLY, block)
        lead = self._lead(block, following)
        if lead:
            return lead
        return Roled(Role.PROSE, block)

    def _goes_on_with(self, block: Block) -> bool:
        """Whether an entry takes up the list of parts again that lines of another kind interrupted: "(c)" "
        "after "(b)"."""
        marker, before = block.marker, self._list
        return (
            marker is not None
            and before is not None
            and before.label != ""
            and marker.family == before.family
            and marker.value == before.value + 1
            and not self._spoken(block.text)
        )

    def _paragraph(self, block: Block, following: Block | None) -> Roled:
        text = block.text
        mode = self._mode
        if mode == "motion" and not self._taken and not labels.MOVES.search(text):
            self._taken = 1
            return Roled(Role.MOTION, block)
        lead = None if mode == "decision" and not self._taken else self._lead(block, following)
        if lead:
            return lead
        if mode == "motion":
            if block.bold and not read_speech(text[:300]):
                return Roled(Role.SUBPART, block)
            self._set("prose")
        elif mode == "reply":
            if not self._taken:
                self._taken = 1
                return Roled(Role.REPLY, block)
            if block.capitals:
                self._set("prose")
                return Roled(Role.OTHER, block)
            if self._goes_on(text):
                return Roled(Role.SUBPART, block)
            self._set("prose")
        elif mode == "decision":
            if (
                not self._taken
                and following
                and following.listed
                and text.rstrip(" -–—").endswith(":")
                and len(text.split()) < 10
            ):
                return Roled(Role.OTHER, block)
            if not self._taken or (
                self._taken and labels.THAT.match(text) and not self._depth and not find_decision(text[:300])
            ):
                if not self._taken and not (
                    labels.THAT.match(text) or text[:1] in '"“‘' or self._standing or _decides_together(text[:300])
                ):
                    self._set("prose")
                    return Roled(Role.PROSE, block)
                self._taken += 1
                return Roled(Role.PART, block)
            self._set("prose")
        elif mode == "recommendations":
            if self._named is not None and not self._taken:
                self._taken = 1
                asks = labels.RECOMMENDS.match(text)
                return Roled(Role.RECOMMENDATION, block, asks.end() if asks else 0, number=self._named, labelled=True)
            if (labels.THAT.match(text) and not self._depth) or (
                not self._taken and self._standing and not read_speech(text[:300])
            ):
                self._taken += 1
                return Roled(Role.RECOMMENDATION, block)
            self._set("prose")
        elif mode == "points":
            # A list without bullets: paragraphs that name an issue, until somebody is said to speak.
            if (not self._depth or self._unfinished) and not self._spoken(text):
                self._taken += 1
                return Roled(Role.POINT, block)
            if self._depth and following and following.listed and following.depth == self._depth:
                # The answer stands in a paragraph of its own, and the list goes on beneath it.
                return Roled(Role.PROSE if self._spoken(text) else Role.CHILD, block)
            if not self._standing:
                self._set("prose")
        elif mode == "actions":
            if not self._told(text):
                return Roled(Role.ACTION, block)
            self._set("prose")
        elif mode == "other":
            if self._standing or (self._taken and not self._depth):
                return Roled(Role.OTHER, block) if not self._spoken(text) else Roled(Role.PROSE, block)
            if not self._depth and not self._spoken(text) and text.rstrip()[-1:] != ".":
                self._taken += 1
                return Roled(Role.OTHER, block)
            self._set("prose")
        elif mode == "answers" and not self._standing:
            self._set("prose")
        return Roled(Role.PROSE, block)

    @staticmethod
    def _goes_on(text: str) -> bool:
        """Whether a paragraph goes on with the written reply above it."""
        spoken = read_speech(text[:400])
        told = all(speech.speaker is not None and speech.speaker.kind is Kind.PRONOUN for speech in spoken)
        return told and not re.match(
            r"\W*(?:in (?:proposing|replying|seconding|response)|on the proposal|the motion|the following|"
            r"following|a discussion)\b",
            text,
            re.I,
        )

    @staticmethod
    def _spoken(text: str) -> bool:
        first = next(iter(sentences(text)), None)
        return bool(first and read_speech(text[first[0] : first[1]])) or find_decision(text[:300]) is not None

    def _told(self, text: str) -> bool:
        """Whether a paragraph tells of what was said, after a list of actions that has ended."""
        spoken = read_speech(text[:300]) if self._depth else []
        return bool(spoken) and spoken[0].speaker is not None and spoken[0].start < 3

    @staticmethod
    def _asks(text: str) -> bool:
        """Whether members ask or hold something in an entry that does not itself introduce a list."""
        first = next(iter(sentences(text)), None)
        if first is None or text.rstrip()[-1] in ":–—-":
            return False
        return any(
            speech.act in (Act.ASK, Act.OPINION) and speech.speaker is not None and speech.speaker.kind in MEMBERLIKE
            for speech in read_speech(text[first[0] : first[1]])[:1]
        )

    def _lead(self, block: Block, following: Block | None) -> Roled | None:
        """A block that introduces what follows it."""
        text = block.text.rstrip()
        tail = text[-160:]
        if text[-1:] in ".;,)" and "follow" not in tail and "these" not in tail and "namely" not in tail:
            return None
        low = tail.lower()
        if (
            low.rstrip("*_ \"'”’)")[-1:] not in ":–—-"
            and not low.endswith(("that", "that,", "that;"))
            and "follow" not in low
            and "these" not in low
            and "namely" not in low
        ) or not labels.ends_lead(low):
            return None
        colon = text[-1:] in (":", "–", "—", "-")
        if (
            following is None
            or not (following.listed or colon)
            or (following.listed and block.listed and following.depth < block.depth)
        ):
            return None
        if following.listed and block.listed and following.depth == block.depth:
            return None
        last = text[max(0, text.rfind(". ") + 1) :] if ". " in text[-500:] else text[-500:]
        last = last.strip()
        mode = announced(last, text)
        if mode == "decision":
            decided = find_decision(last)
            if decided is None:
                return None
            offset = len(text) - len(last)
            self._set("decision")
            placed = Decided(
                decided.verb, decided.start + offset, len(text), len(text), cues.Confidence.LISTED, listed=True
            )
            return Roled(Role.DECISION, block, decided=placed, introduces=True)
        self._set(mode)
        if mode == "answers":
            speeches = read_speech(last)
            self._answerer = next(
                (speech.speaker.name for speech in speeches if speech.speaker and speech.speaker.kind in ANSWERING),
                None,
            )
        return Roled(Role.LEAD, block)
