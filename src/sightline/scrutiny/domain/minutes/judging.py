"""Whether what somebody says makes a point, or answers the one that is open: read by ``discussion``."""

from __future__ import annotations

import re

from sightline.scrutiny.domain.minutes.speakers import Kind
from sightline.scrutiny.domain.minutes.speech import Act, Speech

_COURTESY = re.compile(
    r"\bthanked\b.{2,80}\bfor +(?:(?:the|his|her|their|its|a|an|this|that|such) +)?(?:\w+ +){0,2}"
    r"(?:updates?|reports?|presentation|attendance|attending|response|reply|answer|time|input|information|"
    r"contribution|coming|briefing|talk|explanation|overview)\b"
)
_BALLOTS = re.compile(r"vote|recorded|abst|supported|opposed", re.I)
# How members voted, name by name, is no part of what they said.
_VOTING = re.compile(
    r"\b(?:vote|name|abstention|dissent|objection|opposition)s?\b[^.;]{0,60}\b(?:be|being|is|was|were) recorded\b"
    r"|\brecorded (?:vote|votes|as (?:having|being|voting))\b|\brecord(?:ed)? (?:his|her|their) (?:vote|name|"
    r"dissent|opposition)"
    r"|(?:,[^,.]{2,40}){1,40} and [^,.]{2,40} (?:supported|opposed|voted|abstained)\b"
    r"|\b(?:his|her|their) (?:vote|abstention)s?\b.{0,30}\brecorded\b"
)
_ASKED_TO = re.compile(r"\basked (?:the )?(?:[A-Z][\w.'’-]*|clerk|officers)(?: (?:of |and )?[A-Z][\w.'’-]*){0,4} to\b")
_AND_ASKED = re.compile(
    r"\b(?:and|but|,) +(?:he +|she +|they +)?(?:\w+ly +|also +|then +)?"
    r"(?P<verb>asked|queried|questioned|enquired|requested|suggested|"
    r"wondered|urged|"
    r"raised|expressed|hoped|felt|stressed|sought)\b"
)
_SAYS_MORE = frozenset({Act.OPINION, Act.ASK})
_CHAIR_POINTS = frozenset(
    "asked queried questioned enquired requested raised felt suggested expressed stressed emphasised highlighted hoped "
    "considered wondered sought challenged urged commented remarked".split()
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
_TELLS_TOO = frozenset({"outlined", "set out", "went through", "summarised"})
"""Verbs of presenting that answer a question that waits."""
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


def is_aside(sentence: str, speeches: list[Speech]) -> bool:
    """Whether a sentence only tells how members voted, or thanks somebody for coming."""
    if _BALLOTS.search(sentence) and _VOTING.search(sentence):
        return True
    return speeches[0].verb == "thanked" and bool(_COURTESY.search(sentence)) and not _AND_ASKED.search(sentence)


def also_asked(sentence: str) -> str | None:
    """What somebody who thanks does besides: "thanked the officers and asked that"."""
    found = _AND_ASKED.search(sentence)
    return found["verb"] if found else None


def gives_task(sentence: str) -> bool:
    """Whether somebody is asked to do something: "asked the Clerk to write"."""
    return "asked " in sentence and bool(_ASKED_TO.search(sentence))


def answers(speech: Speech, kind: Kind | None, *, same_block: bool, waits: bool, answered: bool, titled: bool) -> bool:
    """Whether a speech answers the open point.

    kind: of its speaker, None where nobody speaks. same_block: the point stands in the same paragraph. waits: it is a
    question. answered: it has a response already. titled: see ``Discussion``.
    """
    if speech.opened:
        return kind is not None
    if kind is None or speech.act in (Act.PROCEED, Act.RAISED):
        return False
    if speech.act is Act.ASK and not (kind is Kind.OFFICER and speech.verb == "referred" and same_block):
        return False
    if kind is Kind.OFFICER:
        return speech.act is not Act.PRESENT or same_block or (waits and speech.verb in _TELLS_TOO)
    if speech.verb in ("undertook", "promised", "agreed to", "offered to", "committed to") and kind is not Kind.BODY:
        return same_block or kind is not Kind.MEMBER or waits
    if speech.verb.endswith((" content", " happy", " sympathetic")) and same_block and kind is not Kind.BODY:
        return True
    if kind in (Kind.PORTFOLIO, Kind.CHAIR):
        return speech.act is Act.TELL or (
            same_block and waits and speech.act is Act.OPINION and speech.verb in _SOFT_ANSWERS
        )
    if kind is Kind.PERSON:
        if speech.act is Act.TELL and (same_block or speech.strong or titled):
            return answered or waits or same_block
        return (
            speech.act is Act.OPINION
            and same_block
            and speech.verb in ("acknowledged", "recognised", "admitted", "accepted", "was concerned")
        )
    if not same_block:
        return speech.verb in ("replied", "responded", "answered")
    return (
        speech.act is Act.TELL and waits and (speech.strong or speech.verb in ("agreed to", "said", "added", "stated"))
    )


_BUSINESS = re.compile(
    r"\b(?:discuss(?:ed|ion)|debated?)\b(?: (?:ensued|followed|took place))?"
    r"(?: (?:on|about|of|with|around|regarding))?"
    r"(?: (?:the|a|an|this|its|their|current|draft|proposed|updated|latest|annual))* "
    r"(?:(?:scrutiny|work|forward|agenda|committee|cabinet|task|working|group|quarterly|performance|monitoring|final|"
    r"written|various) )*(?:plans?|programmes?|reports?|items?|agendas?|nominations?|proposals?|papers?|presentations?|"
    r"minutes|matters?|contents?|recommendations?)\b"
    r"|\b(?:items?|reports?|matters|papers)\b[^.]{0,60}\b(?:was|were) (?:\w+ )?(?:discussed|debated)\b",
    re.I,
)
_FEEDS = re.compile(
    r"\b(?:that|whether|how|why|should|concern\w*|suggest\w*|including|particular\w*|advised|informed|told)\b", re.I
)


def is_summary(sentence: str, speech: Speech) -> bool:
    """Whether a speech only says that the business was discussed, and nothing of what was said of it."""
    if speech.verb.split()[0] not in ("discussed", "debated", "took", "there"):
        return False
    return bool(_BUSINESS.search(sentence)) and not _FEEDS.search(sentence)


def makes_point(text: str, speech: Speech, kind: Kind | None, *, titled: bool, answering: bool, tasks: bool) -> bool:
    """Whether a speech that answers nothing makes a point of its own.

        text: its sentence.
    answering: a point is open in the same paragraph. tasks: the sentence gives somebody a task.
    """
    if speech.verb.startswith(("will ", "would ")) and speech.act is Act.TELL:
        return False
    if speech.verb == "in response to":
        return True
    if speech.verb.startswith("spoke in ") and _collective(speech):
        return False
    if is_summary(text, speech):
        return False
    if speech.act is Act.RAISED:
        return speech.speaker is None or kind is not Kind.OFFICER
    if kind is None or speech.act in (Act.PRESENT, Act.PROCEED, Act.ANSWERED) or speech.opened:
        return False
    if speech.verb in _NO_POINT and not (speech.verb == "thanked" and kind in (Kind.MEMBER, Kind.BODY, Kind.PORTFOLIO)):
        return False
    if kind is Kind.OFFICER:
        return False
    if kind is Kind.CHAIR:
        if speech.verb == "asked" and tasks:
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
            return not (titled and speech.verb in ("spoke", "sought"))
        return (
            not titled
            and speech.verb in ("said", "noted", "commented", "reported", "stated", "added")
            and not answering
        )
    if kind is Kind.PUBLIC:
        return speech.act in _SAYS_MORE or speech.verb in ("said", "stated", "commented", "reported")
    if speech.act is Act.TELL:
        if speech.verb == "recalled" and _collective(speech):
            return False
        if speech.verb == "agreed that":
            return _collective(speech)
        if kind is Kind.BODY and speech.verb in ("informed", "advised", "notified", "reported", "confirmed"):
            return False  # a body that is not this meeting wrote or said so
        if speech.verb == "noted":
            return kind is Kind.MEMBER and not _collective(speech)
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


def _collective(speech: Speech) -> bool:
    return bool(
        speech.speaker
        and (
            speech.speaker.kind is Kind.BODY
            or speech.speaker.name.lower() in ("members", "councillors", "cllrs", "all members", "all councillors")
        )
    )
