"""What a resolution says became of which recommendations: "that recommendations 1, 2 and 4 be accepted; 3 be deferred".

Two things are found in the words, mentions of recommendations and verdicts, and each verdict is given the mentions it
speaks of: those before it where it is passive ("… be accepted"), those behind it where it is active ("to accept …").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sightline.scrutiny.domain.referrals import ConsiderationOutcome, DecisionOutcome


class Verdict(StrEnum):
    """What a resolution says of something, whoever says it."""

    NOTED = "noted"
    ENDORSED = "endorsed"
    COMMENTED = "commented"
    ACCEPTED = "accepted"
    IN_PART = "accepted in part"
    REJECTED = "rejected"
    DEFERRED = "deferred"

    @property
    def considered(self) -> str:
        """What it means when a scrutiny panel says it; empty where a panel cannot say that."""
        return {
            Verdict.NOTED: ConsiderationOutcome.NOTED.value,
            Verdict.ENDORSED: ConsiderationOutcome.ENDORSED.value,
            Verdict.ACCEPTED: ConsiderationOutcome.ENDORSED.value,
            Verdict.COMMENTED: ConsiderationOutcome.WITH_COMMENTS.value,
            Verdict.IN_PART: ConsiderationOutcome.WITH_COMMENTS.value,
            Verdict.REJECTED: ConsiderationOutcome.WITH_COMMENTS.value,
        }.get(self, "")

    @property
    def decided(self) -> str:
        """What it means when a deciding body says it; empty where it decides nothing ("noted")."""
        return {
            Verdict.ENDORSED: DecisionOutcome.ACCEPTED.value,
            Verdict.ACCEPTED: DecisionOutcome.ACCEPTED.value,
            Verdict.IN_PART: DecisionOutcome.ACCEPTED_IN_PART.value,
            Verdict.REJECTED: DecisionOutcome.REJECTED.value,
            Verdict.DEFERRED: DecisionOutcome.DEFERRED.value,
        }.get(self, "")


class Which(StrEnum):
    """What a resolution speaks of."""

    NUMBERED = "numbered"
    ALL = "all"
    REST = "rest"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Said:
    """One verdict on some recommendations.

    numbers: as printed, in lower case ("1", "a", "iv"): those that are meant or, for ALL, those that are excepted.
    how_many: the number of recommendations that is named ("all four"); None where none is.
    """

    verdict: Verdict
    which: Which
    numbers: tuple[str, ...] = ()
    how_many: int | None = None


_WORDS = {
    Verdict.IN_PART: (
        r"(?:partially|partly)\s+(?:accepted|agreed|approved|supported)"
        r"|(?:accepted|agreed|approved|supported)\s+in\s+(?:part|principle)"
    ),
    Verdict.DEFERRED: r"deferred|postponed|held\s+over|adjourned",
    Verdict.REJECTED: r"rejected|refused|declined|turned\s+down|dismissed",
    Verdict.COMMENTED: r"returned\s+with\s+comments?|referred\s+back",
    Verdict.ENDORSED: r"endorsed|supported|welcomed|commended",
    Verdict.ACCEPTED: r"accepted|agreed|approved|adopted|implemented|taken\s+forward",
    Verdict.NOTED: r"noted|received|acknowledged",
}  # fmt: skip
_ACTIVE = {
    Verdict.DEFERRED: r"defer|postpone",
    Verdict.REJECTED: r"reject|refuse|decline",
    Verdict.ENDORSED: r"endorse|support|welcome|commend",
    Verdict.ACCEPTED: r"accept|agree|approve|adopt|implement",
    Verdict.NOTED: r"note|receive",
}
_BE = (
    r"(?:(?:should|shall|will|could|would|must)\s+)?(?P<no>not\s+)?(?:be|is|are|was|were|been)\s+(?P<no2>not\s+)?"
    r"(?:(?:also|hereby|therefore|all|unanimously|fully|each)\s+)?"
)
_PASSIVE = re.compile(
    r"\b" + _BE + "(?:" + "|".join(f"(?P<{verdict.name}>{words})" for verdict, words in _WORDS.items()) + r")\b", re.I
)
# "Recommendation 3: deferred", "Recommendation 3 – rejected"; and the second of two verbs, "be noted and endorsed".
_BARE = re.compile(
    r"(?:[:–—]\s*|\band\s+)(?P<no>not\s+)?(?P<no2>not\s+)?(?:"
    + "|".join(f"(?P<{verdict.name}>{words})" for verdict, words in _WORDS.items())
    + r")\b",
    re.I,
)
_ACTIVELY = re.compile(
    r"\b(?P<no>not\s+)?(?:to\s+|(?:do|does|did)\s+(?P<no2>not\s+)?|that\s+(?:the\s+)?(?:panel|committee|cabinet|board|executive|council)\s+(?:do\s+|should\s+)?|\band\s+)"
    r"(?:" + "|".join(f"(?P<{verdict.name}>{words})s?" for verdict, words in _ACTIVE.items()) + r")\b",
    re.I,
)

# "which was deferred in October": what was said earlier, where another verdict says what is said now.
_RELATIVE = re.compile(r"(?:\bwhich|\bwho|(?<=[a-z\d]) that)\s+(?:(?:has|have|had)\s+)?$", re.I)

# A bare "a" is an article, unless a list goes on behind it.
_ONE = r"(?:\(a\)|a(?=\s*(?:,|and\b|to\b|be\b))|\(?(?:\d{1,2}|[b-h]|x{0,2}(?:ix|iv|v?i{1,3}|v|x))\b\)?)"
_LIST = rf"{_ONE}(?:\s*(?:,|and|&|to|-|–|, and|,? ?as well as)\s*(?:recommendation\s+)?{_ONE})*"
_COUNTS = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
}
_ORDINALS = {
    word: number
    for number, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1)
}
_RECOMMENDATION = re.compile(r"\brecommendations?\b", re.I)
_REPORT = re.compile(
    r"\b(?:the|this|its|their)\s+(?!(?:\w+\s+)?(?:further|progress|quarterly|annual)\b)(?:[\w’'-]+\s+){0,3}?(?:report|findings)\b",
    re.I,
)
# What stands before the word: "the first", "all four of the", "the remaining two".
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)})\s+$", re.I)
_COUNT = re.compile(rf"\b({'|'.join(_COUNTS)}|\d{{1,2}})\s+(?:of\s+)?(?:(?:the|its|their|these|scrutiny)\s+)*$", re.I)
_REST = re.compile(r"\b(?:remaining|other|rest\s+of\s+the|remainder\s+of\s+the)\s+(?:(?:\w+)\s+)?$", re.I)
_NUMBERS_BEHIND = re.compile(rf"\s+(?:numbers?\s+|numbered\s+|nos?\.?\s*)?({_LIST})", re.I)
_BARE_NUMBERS = re.compile(
    rf"[;,.]\s*(?:and\s+|but\s+)?(?:that\s+)?(?P<numbers>{_LIST})\s+(?=not\s+be\b|be\b|is\b|are\b)", re.I
)
_EXCEPT = re.compile(
    r"\b(?:except(?:ing)?(?:\s+for)?|with\s+the\s+exception\s+of|apart\s+from|other\s+than|but\s+not)\s+"
    rf"(?:recommendations?\s+)?(?:numbers?\s+)?(?P<numbers>{_LIST})",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Verdict:
    start: int
    end: int
    verdict: Verdict
    active: bool


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    which: Which
    numbers: tuple[str, ...] = ()
    how_many: int | None = None


def numbers_in(words: str) -> tuple[str, ...]:
    """The numbers of a printed list, each once and in its order: "1, 2 and 4" gives 1, 2, 4; "(a) to (c)" a, b, c."""
    parts = re.findall(rf"(?<![a-z\d]){_ONE}|\bto\b|-|–", words, re.I)
    found: list[str] = []
    until = False
    for part in parts:
        if part.lower() in ("to", "-", "–"):
            until = bool(found)
            continue
        label = part.strip("()").lower()
        if until:
            found.extend(_between(found[-1], label))
        found.append(label)
        until = False
    return tuple(dict.fromkeys(found))


def _between(first: str, last: str) -> Iterator[str]:
    if first.isdigit() and last.isdigit():
        yield from (str(number) for number in range(int(first) + 1, int(last)))
    elif len(first) == len(last) == 1 and not set("ivx") & {first, last}:
        yield from (chr(code) for code in range(ord(first) + 1, ord(last)))


def _mentions(text: str) -> list[_Mention]:
    excepted = list(_EXCEPT.finditer(text))
    found: list[_Mention] = []
    for match in _RECOMMENDATION.finditer(text):
        if not any(other.start() <= match.start() < other.end() for other in excepted):
            found.append(_mention(text, match.start(), match.end()))
    for match in _REPORT.finditer(text):
        found.append(_Mention(match.start(), match.end(), Which.REPORT))
    if any(one.which is Which.NUMBERED for one in found):
        for match in _BARE_NUMBERS.finditer(text):
            start, end = match.span("numbers")
            if not any(one.start <= start < one.end for one in found):
                found.append(_Mention(start, end, Which.NUMBERED, numbers_in(match["numbers"])))
    for match in excepted:
        # What is excepted belongs to the last "all" before it, and may be spoken of by the next verdict itself.
        numbers = numbers_in(match["numbers"])
        before = [
            place
            for place, one in enumerate(found)
            if one.which in (Which.ALL, Which.REST) and one.end <= match.start()
        ]
        if before:
            one = found[before[-1]]
            found[before[-1]] = _Mention(one.start, one.end, one.which, numbers, one.how_many)
        found.append(_Mention(match.start(), match.end(), Which.NUMBERED, numbers))
    return sorted(found, key=lambda one: one.start)


def _mention(text: str, start: int, end: int) -> _Mention:
    """What one "recommendation" or "recommendations" means, by what stands around it."""
    ahead = text[max(0, start - 60) : start]
    if match := _ORDINAL.search(ahead):
        return _Mention(start, end, Which.NUMBERED, (str(_ORDINALS[match[1].lower()]),))
    if _REST.search(ahead):
        return _Mention(start, end, Which.REST)
    if match := _NUMBERS_BEHIND.match(text, end):
        return _Mention(start, match.end(), Which.NUMBERED, numbers_in(match[1]))
    counted = _COUNT.search(ahead)
    return _Mention(start, end, Which.ALL, how_many=_count(counted[1]) if counted else None)


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _COUNTS[word.lower()]


def _verdicts(text: str) -> list[_Verdict]:
    found: list[_Verdict] = []
    recalled: list[int] = []
    for pattern, active in ((_PASSIVE, False), (_ACTIVELY, True), (_BARE, False)):
        for match in pattern.finditer(text):
            if any(one.start < match.end() and match.start() < one.end for one in found):
                continue
            told = match[0].lower().startswith(("was", "were", "been"))
            if pattern is _PASSIVE and told and _RELATIVE.search(text, max(0, match.start() - 30), match.start()):
                recalled.append(match.start())
            verdict = next(
                Verdict[name] for name, words in match.groupdict().items() if words and name in Verdict.__members__
            )
            if match["no"] or match["no2"]:
                verdict = (
                    Verdict.REJECTED if verdict in (Verdict.ACCEPTED, Verdict.ENDORSED, Verdict.IN_PART) else verdict
                )
            found.append(_Verdict(match.start(), match.end(), verdict, active))
    if len(recalled) < len(found):
        found = [one for one in found if one.start not in recalled]
    return sorted(found, key=lambda one: one.start)


def said_in(text: str, verb: str = "") -> list[Said]:
    """What a resolution, or a part of one, says of recommendations and of the report they stand in; in its order.

    verb: what introduces it, in capitals, where that is the verdict itself ("NOTED the report").
    """
    text = " ".join(text.split())
    mentions, verdicts = _mentions(text), _verdicts(text)
    if not mentions:
        return []
    if not verdicts:
        alone = {"NOTED": Verdict.NOTED, "DEFERRED": Verdict.DEFERRED, "APPROVED": Verdict.ACCEPTED}.get(verb)
        return [_said(alone, one) for one in mentions] if alone else []
    found: list[Said] = []
    spoken_for: set[int] = set()
    for place, verdict in enumerate(verdicts):
        before = verdicts[place - 1].end if place else 0
        after = verdicts[place + 1].start if place + 1 < len(verdicts) else len(text)
        lower, upper = (verdict.end, after) if verdict.active else (before, verdict.start)
        about = [one for one in mentions if lower <= one.start < upper and one.start not in spoken_for]
        if not about and not verdict.active and found and place:
            # "be noted and endorsed": the second verb speaks of what the first did, and says more.
            about_first = [one for one in mentions if one.start < verdicts[place - 1].start]
            about = about_first[-1:] if text[before : verdict.start].strip() in ("", "and", ",") else []
        spoken_for |= {one.start for one in about}
        found.extend(_said(verdict.verdict, one) for one in about)
    return list(dict.fromkeys(found))


def _said(verdict: Verdict, mention: _Mention) -> Said:
    return Said(verdict, mention.which, mention.numbers, mention.how_many)


def verdicts_on(numbers: list[str], said: list[Said]) -> dict[int, tuple[Verdict, Said]]:
    """What a resolution says of each recommendation of a list, by its place; those it says nothing of are left out.

    numbers: the printed numbers in their order, empty where there is none. A numbered verdict outweighs one on all,
    one on all outweighs one on the rest, and that one on the report; of two alike the later holds.
    """
    labels = [number.strip("().").lower() for number in numbers]
    found: dict[int, tuple[Verdict, Said]] = {}
    for which in (Which.REPORT, Which.ALL, Which.NUMBERED):
        for one in (one for one in said if one.which is which):
            for place, label in enumerate(labels):
                printed = label or str(place + 1)
                meant = printed in one.numbers if which is Which.NUMBERED else printed not in one.numbers
                if meant:
                    found[place] = (one.verdict, one)
    numbered = {place for place, (_, one) in found.items() if one.which is Which.NUMBERED}
    for one in (one for one in said if one.which is Which.REST):
        for place in range(len(labels)):
            if place not in numbered:
                found[place] = (one.verdict, one)
    return found
