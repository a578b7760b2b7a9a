"""What a sentence reports: somebody asking, holding an opinion, telling, presenting; or the meeting doing so
together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import islice

from sightline.scrutiny.domain.minutes import cues
from sightline.scrutiny.domain.minutes.speakers import ANSWERING, MEMBERLIKE, Kind, Speaker, find_speaker
from sightline.scrutiny.domain.minutes.wording import either


class Act(StrEnum):
    """What is done in a sentence."""

    ASK = "ask"
    OPINION = "opinion"
    TELL = "tell"
    PRESENT = "present"
    PROCEED = "proceed"
    RAISED = "raised"  # a passive: "concern was expressed", "it was felt that"
    ANSWERED = "answered"  # a passive: "members were advised", "it was confirmed"


@dataclass(frozen=True, slots=True)
class Speech:
    """One act. start, end: the clause, in the sentence. verb: the cue as found, in lower case.

    speaker: None for a passive without "by". waits: an answer is to be expected.
    opened: "In response, ..." stood before.
    """

    act: Act
    verb: str
    start: int
    end: int
    speaker: Speaker | None
    waits: bool
    opened: bool

    @property
    def strong(self) -> bool:
        return self.opened or self.verb.split()[0] in cues.STRONG_ANSWERS


def _table() -> dict[str, Act]:
    table: dict[str, Act] = {}
    for act, verbs in (
        (Act.TELL, cues.TELLING_VERBS),
        (Act.OPINION, cues.OPINION_VERBS),
        (Act.ASK, cues.ASKING_VERBS),
        (Act.PRESENT, cues.PRESENTING_VERBS),
        (Act.PROCEED, cues.PROCEDURE_VERBS),
    ):
        for verb in verbs:
            table[verb] = act
    return table


_ACTS = _table()
_PASSIVES = frozenset((*cues.RAISED_VERBS, "brought")) | frozenset(cues.ANSWERED_VERBS) | frozenset(cues.IT_ANSWERS)
_ADVERBS = r"(?: (?:\w+ly|also|very|most|not|quite|still|equally|again|rather))*"
_STATE = rf"(?:was|were|is|are){_ADVERBS} {either(cues.OPINION_STATES)}"
_DEEMED = r"considered(?= (?:[\w'’-]+ ){1,8}?to be\b)"
_VERB = re.compile(rf"\b(?:{_DEEMED}|{either([*_ACTS, *_PASSIVES])}|{_STATE})\b")
_WAS = ("was ", "were ", "is ", "are ")
_BE = re.compile(
    r"\b(?:was|were|is|are|been|being|be)(?: \w+ly| also| again| then| further| subsequently| therefore| made)* +$"
)
_AUXILIARY = re.compile(
    r"\b(?:had|has|have|having|to|not|could|would|will|should|may|might|must|can)(?: \w+ly| also| already|"
    r" previously)? +$"
)
_RELATIVE = re.compile(
    r"\b(?:which|that|who|whom|as|than|whether|if|what|where|how|when|because) +(?:\w+ ){0,3}$", re.I
)
_IT = re.compile(r"(?:^|[\s,;–—-])it +(?:was|is|has been)(?: \w+ly| also| again| then| further| however,?)*,? *$", re.I)
_DROPPED_OPENING = re.compile(r" *(?:however|nonetheless|nevertheless|more \w+ly|and|but|although|so|with|as)\b", re.I)
# What a point is about belongs to it; when and after what it was made does not.
_KEPT_OPENING = re.compile(
    r" *(?:In (?:proposing|seconding|supporting|moving|opposing)|(?:In|With) (?:relation|respect|regards?|reference) "
    r"(?:of|to)|Regarding|Concerning|As regards|As to|Referring to|In terms of|On (?:the )?(?:subject|question|issue|"
    r"matter|topic|point) of|On page|Further to)\b"
)
_THERE = re.compile(
    r"\bthere (?:was|were|has been|have been) (?:(?:a|an|some|much|general|also|further|considerable|strong|broad|"
    r"wide) )*(?:concern|consensus|support|disquiet|discussion|debate|disagreement|unease|confusion|a feeling|"
    r"feeling|praise|agreement that|frustration|disappointment|complaint|request|call|question)s?\b",
    re.I,
)
_TOOK_PLACE = re.compile(
    r"\b(?:discussions?|debate)\b.{0,40}\b(?:took place|followed|ensued|was held|were held|was had)\b", re.I
)
_BALLOT = re.compile(r"\b(?:votes?|motions?|amendments?)\b[^,]{0,30}$", re.I)
_MADE = re.compile(
    r"\b(?:" + "|".join(cues.MADE_NOUNS) + r")\b[^,.;]{0,60}\b(?:was|were|is)(?: \w+ly| also| further| again)* +$", re.I
)
_ANSWER_OPENER = re.compile(
    r"(?:^|[\s,;–—-])(?:and +)?(?:"
    + "|".join(cues.ANSWER_OPENERS)
    + r"|in (?:an?|his|her|their|the) (?:written |verbal |oral |further )?(?:response|reply|answer))"
    r"\b(?P<to> +to +(?:(?:the|an?|some|further|various|members?['’]?s?|councillors?['’]?s?)\s+){0,3}"
    r"(?:questions?|quer(?:y|ies)|comments?)(?: raised)?(?= +(?:the|an?|it|members|officers|[A-Z])\b)"
    r"| +to\b[^,]{1,220})?,? +"
    r"|^\W*(?P<when>(?:(?:when |on being )?(?:asked|questioned|queried|pressed|challenged)|"
    r"following (?:an?|further|several|various|some)(?: further| brief)? "
    r"(?:quer(?:y|ies)|questions?|enquir(?:y|ies)|comments?))\b"
    r"[^,]{3,220}), +",
    re.I,
)
_BY = re.compile(
    r" *by +(?P<who>(?:the +)?[^,.;:]{2,70}?)(?= +(?:that|to|how|if|whether|on|in|about|regarding|as|for|with|at|"
    r"and)\b|[,.;:]|$)",
    re.I,
)
_COLLECTIVE_ADVISED = re.compile(
    r"\b(?:members?|councillors?|committee|panel|board|council|cabinet|meeting|sub-committee|group|commission|"
    r"forum|executive) +(?:was|were)(?: \w+ly| also| further| then)* +$",
    re.I,
)

_FARTHEST = 600
"""A speaker's verb stands within so many characters of its sentence's start."""


def read_speech(sentence: str) -> list[Speech]:
    """The acts of a sentence, at most two: what is said and, in the same sentence, its answer. Empty where none is."""
    return list(_read(sentence))


@lru_cache(maxsize=256)
def _read(sentence: str) -> tuple[Speech, ...]:
    return tuple(_acts(sentence))


def _acts(sentence: str) -> list[Speech]:
    answer = _answer_break(sentence)
    if answer is None:
        first = _first_act(sentence, 0, len(sentence))
        if first is None:
            return []
        second = (
            _second_act(sentence, first)
            if first.act in (Act.RAISED, Act.ASK, Act.OPINION) and not first.opened
            else None
        )
        if second:
            return [_cut(first, second.start), second]
        return [first]
    at, end, asks = answer
    second = _first_act(sentence, end, len(sentence), opened=True)
    if second is None:
        return [one for one in [_first_act(sentence, 0, len(sentence))] if one]
    if asks:
        # "In response to a question on X, the Director said ...": the whole is the point, its tail the answer.
        return [Speech(Act.ASK, "in response to", 0, len(sentence), None, True, False), second]
    first = _first_act(sentence, 0, at) if at > 12 else None
    return [_cut(first, at), second] if first else [second]


def _cut(speech: Speech, end: int) -> Speech:
    return Speech(speech.act, speech.verb, speech.start, end, speech.speaker, speech.waits, speech.opened)


_WHEN = re.compile(
    r"\W*(?:(?:when |on being )?(?:asked|questioned|queried|pressed|challenged)"
    r"|following (?:\w+ ){1,2}(?:quer|question|enquir|comment)\w*)\b",
    re.I,
)


def _answer_break(sentence: str) -> tuple[int, int, bool] | None:
    if (
        "repl" not in sentence
        and "respon" not in sentence
        and "answer" not in sentence
        and "Repl" not in sentence
        and "Respon" not in sentence
        and not _WHEN.match(sentence)
    ):
        return None
    for match in _ANSWER_OPENER.finditer(sentence[:_FARTHEST]):
        if match["when"]:
            return match.start(), match.end(), True
        to = match["to"]
        asks = bool(to) and not re.match(
            r" +to +(?:this|that|these|the (?:points?|questions?|comments?|issues?|above|motion|queries|matters?)|"
        r"questions?|members|him|her|them|"
            r"(?:this|that|the|members'|members’|a further|further|a number of|various|several) (?:questions?|"
        r"quer(?:y|ies)|points?|comments?)|comments?|queries|a question|a query|points? raised|"
        r"the points? raised)\W*$",
            to, re.I,
        )  # fmt: skip
        if to and match.start() > 12:
            continue
        return match.start(), match.end(), asks
    return None


def _first_act(sentence: str, start: int, end: int, *, opened: bool = False) -> Speech | None:
    told = _TOLD.match(sentence, start, end)
    if told:
        return Speech(Act.ANSWERED, "told", start, end, None, False, opened)
    for match in islice(_VERB.finditer(sentence, start, min(end, start + _FARTHEST)), 5):
        speech = _act_at(sentence, start, end, match, opened)
        if speech:
            return speech
    if _ASKED_WAS.match(sentence, start, end):
        return Speech(Act.RAISED, "asked", start, end, None, True, opened)
    there = _THERE.search(sentence, start, min(end, start + 200))
    if there:
        return Speech(Act.RAISED, "there was", there.start(), end, None, False, opened)
    took = _TOOK_PLACE.search(sentence, start, min(end, start + 200))
    if took and re.search(r"\b(?:on|about|regarding|concerning|around|as to|with)\b", sentence[took.start() : end]):
        return Speech(Act.RAISED, "took place", start, end, None, True, opened)
    return None


def _act_at(sentence: str, start: int, end: int, match: re.Match[str], opened: bool) -> Speech | None:
    verb = " ".join(match[0].split())
    zone = sentence[start : match.start()]
    if _BE.search(zone):
        return _passive(sentence, start, end, match, verb, zone, opened)
    if zone.startswith("If ") and "," not in zone:
        return None  # what somebody would say is not said
    act = _ACTS.get(verb) or _ACTS.get(verb.removesuffix(" to"))
    if act is None and (verb.startswith(_WAS) or verb == "considered"):
        act = Act.OPINION
    if act is None:
        return None
    auxiliary = _AUXILIARY.search(zone)
    if auxiliary:
        if not re.match(r"(?:had|has|have)\b(?! already| previously)", auxiliary[0]) or act in (
            Act.PRESENT,
            Act.PROCEED,
            Act.TELL,
        ):
            return None
        zone = zone[: auxiliary.start()]
    speaker = find_speaker(zone)
    if speaker is None or _RELATIVE.search(zone[: max(0, speaker.start)] if len(zone) <= 240 else ""):
        return None
    offset = start + speaker.start + max(0, len(zone) - 240)
    placed = Speaker(speaker.kind, speaker.name, offset)
    if _KEPT_OPENING.match(sentence, start):
        offset = start
    if not opened and len(zone) > 240 and speaker.start == 0:
        return None
    return Speech(act, verb, offset, end, placed, act is Act.ASK, opened)


def _passive(
    sentence: str, start: int, end: int, match: re.Match[str], verb: str, zone: str, opened: bool
) -> Speech | None:
    by = _BY.match(sentence, match.end(), end)
    speaker = find_speaker(by["who"]) if by else None
    if speaker and by:
        speaker = Speaker(speaker.kind, speaker.name, by.start("who") + speaker.start)
    if verb == "brought":
        return (
            Speech(Act.RAISED, verb, start, end, speaker, True, opened)
            if re.match(r" +to +(?:the +)?[\w’' -]{2,60}\battention\b", sentence[match.end() :])
            and re.match(r"\s*It\b", zone)
            else None
        )
    if _IT.search(zone):
        it = _IT.search(zone)
        offset = start + (it.start() if it else 0)
        offset += len(sentence[offset:end]) - len(sentence[offset:end].lstrip(" ,;–—-"))
        if offset - start <= 45 and not _DROPPED_OPENING.match(sentence, start):
            offset = start
        rest = sentence[match.end() : match.end() + 12]
        if verb in cues.IT_ANSWERS or (opened and verb == "noted that"):
            return Speech(Act.ANSWERED, verb, offset, end, speaker, False, opened)
        if verb in cues.RAISED_VERBS and (
            re.match(r",? *(?:\w+ly,? *)?(?:that|whether|if|how|why|when|what|by|if|the|as|out|to|in)\b", rest)
            or verb == "felt"
        ):
            return Speech(Act.RAISED, verb, offset, end, speaker, verb in cues.WAITING_RAISED, opened)
        return None
    if verb in cues.ANSWERED_VERBS and _COLLECTIVE_ADVISED.search(zone):
        collective = _COLLECTIVE_ADVISED.search(zone)
        offset = start + (collective.start() if collective else 0)
        lead = re.search(r"(?:the|some|joint|scrutiny) +$", sentence[start:offset], re.I)
        return Speech(Act.ANSWERED, verb, start + lead.start() if lead else offset, end, speaker, False, opened)
    if _BALLOT.search(zone):
        return None  # what happens to motions and votes is no point
    if verb in ("asked", "requested") and _COLLECTIVE_ADVISED.search(zone):
        return None  # members are asked, and ask nothing
    if verb in ("asked", "requested") and re.match(r" +(?:to|not to|by)\b", sentence[match.end() :]):
        return None  # somebody was asked to do it
    if verb not in cues.RAISED_VERBS or (verb in ("said", "stated", "made", "put") and not _MADE.search(zone)):
        return None
    if re.search(
        r"\b(?:had|has|have|to|will|would|should|could|may|not|which|who|what|that|as|if|when|where|be|being)\b[^,]*$",
        zone,
        re.I,
    ) and not _MADE.search(zone):
        return None
    if len(zone.split()) > 45:
        return None
    lead = _OPENING.match(sentence, start)
    offset = lead.end() if lead else start
    return Speech(Act.RAISED, verb, offset, end, speaker, verb in cues.WAITING_RAISED, opened)


# An answer without anybody who gives it: "The response was that", "The Panel heard that".
_TOLD = re.compile(
    r"(?:(?:the|a|an|his|her|their)\s+)?(?:\w+\s+)?(?:"
    + "|".join(cues.ANSWER_NOUNS)
    + r")\s+(?:given\s+|provided\s+)?(?:was|were)\s+(?:given\s+|provided\s+)?"
    r"(?:that|to the effect that|as follows)\b"
    rf"|(?:the\s+)?(?:\w+\s+)?{either(cues.BODY_NOUNS + cues.MEMBER_NOUNS)}\s+(?:also\s+|then\s+)?"
    r"(?:heard|learned|learnt|understood)\s+(?:that|how|why)\b",
    re.I,
)
# "A further question asked was whether": what was raised is told of by its noun.
_ASKED_WAS = re.compile(
    r"(?:the|an?|another|one|(?:a|the) (?:further|final|second|third|last|first))\s+(?:question|query|concern|comment|"
    r"point|request|suggestion|issue)s?\s+(?:asked|raised|made|put|expressed)?\s*(?:was|were)\s+(?:that|what|whether|how|"
    r"why|when|where|about|around|on|in relation to|regarding|if)\b",
    re.I,
)
_OPENING = re.compile(
    r" *(?:however|nonetheless|nevertheless|meanwhile|in the general discussion|after much deliberation|(?:after|"
    r"following) (?:further |much |some )?discussion)\b,? *",
    re.I,
)
_AND = re.compile(r"(?:,? +(?:and|but|to which)|;|,|\s[–—-]) +")


_AND_TOLD = re.compile(
    r"(?:,|;| and) +(?P<who>(?:the +)?(?:\w+ +)?"
    rf"{either(cues.BODY_NOUNS + cues.MEMBER_NOUNS)} +(?:was|were)(?: \w+ly)? +)$",
    re.I,
)


# "A member asked about the fees, and it was explained that".
_AND_IT = re.compile(r"(?:,|;)? +(?:and|to which) +(?P<it>it +was(?: +\w+ly)? +)$", re.I)


def _second_act(sentence: str, first: Speech) -> Speech | None:
    """An answer joined to what was raised: "the levy was discussed and Mr X advised that"."""
    begin = first.start + 12
    for match in _VERB.finditer(sentence, begin, min(len(sentence), begin + _FARTHEST)):
        verb = " ".join(match[0].split())
        if verb in cues.ANSWERED_VERBS and (told := _AND_TOLD.search(sentence, begin, match.start())):
            return Speech(Act.ANSWERED, verb, told.start("who"), len(sentence), None, False, True)
        if (
            first.act is Act.ASK
            and verb in cues.IT_ANSWERS
            and (told := _AND_IT.search(sentence, begin, match.start()))
        ):
            return Speech(Act.ANSWERED, verb, told.start("it"), len(sentence), None, False, True)
        act = _ACTS.get(verb)
        if act is not Act.TELL and act is not Act.OPINION:
            continue
        breaks = list(_AND.finditer(sentence, max(begin, match.start() - 160), match.start()))
        for found in breaks:  # "the Overview and Scrutiny Manager": the longest phrase that is all speaker
            zone = sentence[found.end() : match.start()]
            speaker = find_speaker(zone)
            if (
                speaker
                and speaker.start == 0
                and (act is Act.TELL and (speaker.kind in ANSWERING or (first.act is Act.ASK and found[0][0] == ";")))
                and (first.speaker is None or first.speaker.name != speaker.name)
            ):
                offset = found.end()
                return Speech(
                    Act.TELL, verb, offset, len(sentence), Speaker(speaker.kind, speaker.name, offset), False, True
                )
        if match.start() - begin > 400:
            break
    return None


__all__ = ["ANSWERING", "MEMBERLIKE", "Act", "Kind", "Speaker", "Speech", "read_speech"]
