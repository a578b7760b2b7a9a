"""Pass 5, roles: the state of the walk down an item, and what labels, subheads and tables say by themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sightline.scrutiny.domain.documents.model import LineKind
from sightline.scrutiny.domain.minutes import cues, introductions, labels
from sightline.scrutiny.domain.minutes.blocks import Block
from sightline.scrutiny.domain.minutes.decisions import Decided, find_decision
from sightline.scrutiny.domain.minutes.lines import Marker
from sightline.scrutiny.domain.minutes.roled import Role, Roled
from sightline.scrutiny.domain.minutes.titles import is_subhead, title_like

_ASKS_FOR = re.compile(r"\b(?:should|must|be|is|are|will|shall|to)\b", re.I)


LONGEST_QUOTE = 6
QUOTING = (Role.POINT, Role.MOTION)


ASKS_IN_WRITING = re.compile(r"\b(?:asked|asks|question|enquired)\b[^.:]{0,60}:\W*$")


def opens_quote(text: str) -> bool:
    """Whether a quotation begins with the paragraph and does not end in it."""
    return text[:1] == "“" and "”" not in text


class Walk:
    """The walk down an item. mode: what the last introduction announced; depth: of its list, 0 before its first entry;
    taken: how many blocks it has announced so far."""

    def __init__(self, title: str, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        asked = bool(labels.ASKED_TITLE.match(title))
        self._mode = "motion" if asked else "prose"
        self._asked = asked
        self._depth = 0
        self._taken = 0
        self._lifted = 0
        self._run_on = False
        self._unfinished = False  # the entry before ends in a semicolon: another one follows, marked or not
        self._moves = False  # the block before says who moved the motion that follows
        self._runs_on = False  # the block before ends in front of a list
        self._list: Marker | None = None  # of the last part or recommendation in a list
        self._list_mode = "decision"
        self._columns: tuple[int, int] | None = None
        self._table = Role.TABLE
        self._answerer: str | None = None
        self._asks_in_writing = False  # the block before ends in "Councillor Reed asked:"
        self._moved_above = False  # the block before says who moved and seconded, and runs on
        self._quotes = 0  # how many further paragraphs an open quotation may have
        self._named: str | None = None  # the number of a recommendation whose title stood above
        self._standing = asked  # the mode came from a heading, and holds without a colon

    def _in_table(self, block: Block) -> Roled | None:
        """A row of a table of actions; the table's head says which column is which."""
        if len(block.cells) < 2:
            self._columns = None
            return None
        names = [
            block.whole[start - block.start : end - block.start].strip(" :.").lower() for start, end in block.cells
        ]
        what = next((place for place, name in enumerate(names) if labels.ACTION_COLUMN.fullmatch(name)), -1)
        if what >= 0 and len(names) > 1:
            who = next((place for place, name in enumerate(names) if labels.WHO_COLUMN.fullmatch(name)), -1)
            status = any(labels.STATUS_COLUMN.fullmatch(name) for name in names)
            self._columns, self._table = (None if status else (what, who)), Role.TABLE
            return Roled(Role.OTHER, block)
        asked = next((place for place, name in enumerate(names) if labels.ASKED_COLUMN.fullmatch(name)), -1)
        if asked >= 0:
            number = next((place for place, name in enumerate(names) if labels.NUMBER_COLUMN.fullmatch(name)), -1)
            followed = any(labels.FOLLOWED_COLUMN.fullmatch(name) for name in names)
            self._columns, self._table = (None if followed else (asked, number)), Role.ASKED
            return Roled(Role.OTHER, block)
        if self._columns:
            return Roled(self._table, block, columns=self._columns)
        return None

    def _set(self, mode: str, *, standing: bool = False) -> None:
        self._mode, self._depth, self._taken, self._standing, self._lifted = mode, 0, 0, standing, 0
        self._named = None
        if standing:
            self._list = None

    def _quoted(self, block: Block) -> Roled | None:
        """A further paragraph of what somebody put in writing, up to the closing mark."""
        if self._asks_in_writing and opens_quote(block.text):
            self._set("motion", standing=True)
            self._taken, self._quotes = 1, LONGEST_QUOTE
            return Roled(Role.MOTION, block)
        if not self._quotes or block.listed:
            self._quotes = 0
            return None
        self._quotes = 0 if "”" in block.text or block.text.rstrip(" .").endswith('"') else self._quotes - 1
        return Roled(Role.SUBPART, block)

    def _bare(self, block: Block) -> Roled | None:
        """What was decided, without a word that says so: a paragraph or a list that begins "That the report be"."""
        if (
            self._mode not in ("prose", "other")
            or self._moved_above
            or self._moves
            or self._asked
            or not labels.BARE_THAT.match(block.text)
        ):
            return None
        number = block.marker.label if block.marker and block.marker.label else None
        if block.listed and (block.marker is None or block.marker.value != 1):
            return None
        decided = Decided("RESOLVED", 0, 0, len(block.text), cues.Confidence.INFERRED)
        if block.listed:
            self._set("decision")
            self._depth, self._taken = block.depth, 1
            self._list_mode, self._list = "decision", block.marker
        return Roled(Role.DECISION, block, decided=decided, number=number)

    # --- labels and headings ---

    def _labelled(self, block: Block, following: Block | None) -> Roled | None:
        text = block.text
        if block.marker and block.marker.family == "code" and labels.is_motion(text, following):
            self._set("prose")
            return Roled(Role.CODED, block, number=block.marker.label)
        if block.marker and block.marker.family == "asked" and len(text.split()) > 3:
            return Roled(Role.RECOMMENDATION, block, number=block.marker.label, labelled=True)
        if (
            text[:1] in "QSWOPqswop"
            and len(text) < 140
            and labels.ASKED_BY.match(text)
            and text.rstrip()[-1] not in ".?;,"
        ):
            self._set("motion", standing=True)
            return Roled(Role.SUBHEAD, block)
        if not labels.MAYBE.match(text):
            return self._headed(block, following)
        if (
            self._mode == "decision"
            and not self._taken
            and (labels.MOVED.match(text.rstrip(" :")) or labels.MOVED_AND.match(text))
            and len(text) < 160
        ):
            return Roled(Role.OTHER, block)
        if labels.MOVED_AND.match(text) and len(text) < 160:
            decided = Decided("RESOLVED", 0, len(text), len(text), cues.Confidence.LISTED, listed=True)
            self._set("decision")
            return Roled(Role.DECISION, block, decided=decided, introduces=True)
        if (
            labels.MOVED.match(text)
            and (len(text) < 160 or labels.MOVED_THAT.match(text))
            and (block.depth == 0 or (block.marker and block.marker.family.startswith("bullet")))
            and (not find_decision(text) or labels.MOVED_THAT.match(text))
        ):
            return Roled(Role.MOVED, block)
        recommendation = labels.RECOMMENDATION.match(text)
        if recommendation and (
            (text[recommendation.end() - 1] in ":.–—- " or recommendation.end() == len(text))
            and re.search(r"[:.–—-]\s*$|^\W*recommendation \S+ *$", text[: recommendation.end()].rstrip() + " ", re.I)
        ):
            named = self._names_recommendation(text[recommendation.end() :], following)
            self._set("recommendations", standing=named)
            self._taken = 1
            if named or not text[recommendation.end() :].strip():
                self._taken = 0
                self._named = recommendation["number"]
                return Roled(Role.SUBHEAD, block)
            return Roled(
                Role.RECOMMENDATION, block, recommendation.end(), number=recommendation["number"], labelled=True
            )
        action = labels.ACTION.match(text)
        if action and not (title_like(text) and block.kind is LineKind.HEADING):
            self._set("actions", standing=True)
            if text[action.end() :].strip():
                self._set("prose")
                if labels.RECALLED_ACTION.search(text[action.end() :]):
                    return Roled(Role.SUBHEAD, block)
                return Roled(Role.ACTION, block, action.end(), number=action["who"], labelled=True)
            return Roled(Role.SUBHEAD, block)
        reply = labels.REPLY.match(text)
        if reply and (text.strip()[:1].isupper() and not re.match(r"A [A-Za-z]", text)):
            self._set("reply", standing=True)
            if text[reply.end() :].strip():
                self._taken = 1
                return Roled(Role.REPLY, block, reply.end(), labelled=True, number=reply["who"] or reply["named"])
            return Roled(Role.OTHER, block)
        question = labels.QUESTION.match(text)
        if question:
            self._set("motion", standing=True)
            self._taken = 1
            return Roled(Role.MOTION, block, question.end(), labelled=True)
        return self._headed(block, following)

    @staticmethod
    def _names_recommendation(words: str, following: Block | None) -> bool:
        """Whether what follows the label is the recommendation's title ("Recommendation I - Signs"), not its text."""
        words = words.strip()
        return (
            bool(words)
            and following is not None
            and len(words.split()) <= 10
            and words[-1] not in ".;:"
            and not labels.THAT.match(words)
            and not _ASKS_FOR.search(words)
            and following.kind is not LineKind.HEADING
            and len(following.text.split()) > 4
            and labels.RECOMMENDATION.match(following.text) is None
            and not is_subhead(following.text)
        )

    def _headed(self, block: Block, following: Block | None) -> Roled | None:
        text = block.text
        if is_subhead(text) or (
            (
                block.kind is LineKind.HEADING
                or (
                    following
                    and not block.listed
                    and not self._asked
                    and (block.bold or block.capitals)
                    and text.rstrip()[-1] != "."
                )
            )
            and title_like(text)
            and len(text) < 120
        ):
            mode = introductions.SUBHEADS.get(" ".join(text.split()).strip(" :.-–—").lower(), "prose")
            self._set(mode, standing=True)
            return Roled(Role.SUBHEAD, block)
        label = labels.LABEL.match(text) if ":" in text[:60] or "–" in text[:60] or "-" in text[:60] else None
        if label and label["label"].lower().strip() in introductions.SUBHEADS and text[label.end() :].strip():
            mode = introductions.SUBHEADS[label["label"].lower().strip()]
            if mode == "other":
                self._set("other")
                return Roled(Role.OTHER, block)
            if mode == "recommendations":
                self._set(mode)
                return (
                    Roled(Role.LEAD, block)
                    if labels.ends_lead(text[-160:].lower())
                    else Roled(Role.RECOMMENDATION, block, label.end(), labelled=True)
                )
        return None
