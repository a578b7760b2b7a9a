"""What an introduction introduces: points, answers, recommendations, what was decided, or part of a report."""

from __future__ import annotations

import re
from functools import lru_cache

from sightline.scrutiny.domain.minutes import labels
from sightline.scrutiny.domain.minutes.decisions import find_decision
from sightline.scrutiny.domain.minutes.speakers import find_speaker
from sightline.scrutiny.domain.minutes.speech import ANSWERING, Act, Kind, read_speech

_MEMBERS_SAID = re.compile(
    r"\b(?:members?|councillors?) (?:asked|raised|queried|commented|questioned)\b|"
    r"\b(?:members?|councillors?|committee|panel|board|commission)\b[^.:]{0,60}\b(?:made|raised|offered|"
    r"expressed) the following "
    r"(?:comments|points|observations|suggestions|concerns|remarks|views|issues|questions)|"
    r"\bfollowing (?:\w+ )?(?:questions|queries|points|comments|issues|concerns|matters)\b[^.:]{0,40}\b"
    r"(?:raised|asked|posed|put|made) by\b"
)


_SHOUTED = re.compile(r"\b(?:RESOLVED|AGREED|RECOMMENDED|DECIDED|NOTED|APPROVED)\b")
_TOPICS = re.compile(r"\b(?:reports?|papers?|updates?) (?:on|about|regarding|covering)\W*$")
"""A list of what reports are about."""


_OF_REPORT = re.compile(
    r"\b(?:highlighted|noted|set out|outlined|identified) (?:with)?in the (?:report|presentation)\b|"
    r"\b(?:as part of|during|in|within|from) (?:the|his|her|their|a|this) (?:\w+ )?(?:presentation|introduction)\b|"
    r"\bpresenting (?:the|his|her|their) (?:\w+ )?report\b"
)
"""A list of what the report says."""


@lru_cache(maxsize=512)  # clerks introduce their lists in few words, and always the same
def announced(last: str, text: str) -> str:
    """What the sentence that ends a block announces: the mode of ``roles``. text: the whole block."""
    if labels.TOGETHER.fullmatch(last):
        return "resolves"
    named = (
        find_speaker(last.rstrip(" :-–")) if labels.NAME_ONLY.fullmatch(last) and not _SHOUTED.search(last) else None
    )
    if named and named.start == 0:
        return "prose"
    low = last.lower()
    if labels.ANSWERS.search(low) and not _MEMBERS_SAID.search(low):
        return "answers"
    speeches = read_speech(last)
    if (
        "noted" in last
        and (before := read_speech(text[:300]))
        and before[0].act is Act.PRESENT
        and not re.search(r"\bmembers?\b", last, re.I)
    ):
        return "other"
    decided = find_decision(last)
    if decided and decided.verb != "NOTED" and not (speeches and speeches[0].act in (Act.ASK, Act.RAISED)):
        return "decision"
    found = "other"
    place = -1
    for mode, pattern in labels.LEADS:
        for match in pattern.finditer(low):
            if match.start() > place and not (found != "other" and match[0] == "was as follows"):
                place, found = match.start(), mode
    speaker = speeches[0].speaker if speeches else None
    if found == "recommendations" and _TOPICS.search(low):
        return "other"
    if found == "points" and _MEMBERS_SAID.search(low):
        return "points"
    if found == "points" and _OF_REPORT.search(low) and not re.search(r"\b(?:members?|councillors?)\b", low):
        return "other"
    if (
        found == "points"
        and speaker
        and speaker.kind in ANSWERING
        and speaker.kind is not Kind.CHAIR
        and speeches[0].act in (Act.PRESENT, Act.TELL)
    ):
        return "other"
    if found == "points" and speaker and speaker.kind is Kind.OFFICER and speeches[0].act in (Act.ASK, Act.OPINION):
        return "other"
    if (
        found == "other"
        and not _OF_REPORT.search(low)
        and speeches
        and speeches[0].act in (Act.ASK, Act.RAISED, Act.OPINION)
        and not (speaker and speaker.kind is Kind.OFFICER)
    ):
        return "points"
    return found
