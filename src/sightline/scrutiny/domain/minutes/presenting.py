"""Who brought an item before the meeting."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sightline.scrutiny.domain.minutes.speakers import Kind, find_speaker, name_of
from sightline.scrutiny.domain.minutes.speech import Act, Speech


def introduces(speeches: Sequence[Speech]) -> str | None:
    """Who opens an item by telling of it, where nobody is said to present it."""
    for speech in speeches[:1]:
        if (
            speech.act is Act.TELL
            and speech.speaker
            and speech.speaker.kind in (Kind.OFFICER, Kind.PORTFOLIO, Kind.CHAIR)
            and not speech.opened
        ):
            return None if speech.speaker.name.lower() in _NOBODY else speech.speaker.name
    return None


_NOBODY = frozenset(("clerk", "chair", "chairman", "officers", "officer", "mayor", "cathaoirleach", "secretary"))
_PASSIVE = re.compile(
    r"\b(?:was|were)(?: \w+ly)? (?:presented|introduced|outlined|summarised|submitted|given)"
    r"(?: to [^.,]{3,40})? by (?P<who>(?:the )?[^.,;:]{2,80})",
    re.I,
)
_WITH = re.compile(
    r"\breceived (?:an? )?(?:\w+ )?(?:presentation|update|briefing|talk|overview)s? (?:from|by)"
    r" (?P<who>(?:the )?[^.;:]{2,90}?)(?= (?:on|about|which|who|regarding|concerning|in|outlining|setting|"
    r"detailing)\b|[.;:,]|$)",
    re.I,
)


_WHO = re.compile(
    r"\bwelcomed (?P<who>(?:the )?[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,4}),[^;.]{2,120}?,? who"
    r" (?:then )?(?:introduced|presented|gave|outlined|provided)\b"
)


def find_presenter(sentence: str, speeches: Sequence[Speech]) -> str | None:
    """The presenter that a sentence names, None where it names none."""
    for speech in speeches[:1]:
        if (
            speech.act is Act.PRESENT
            and speech.speaker
            and speech.speaker.kind not in (Kind.PRONOUN, Kind.BODY, Kind.PUBLIC)
        ):
            if speech.speaker.name.lower() in ("members", "councillors", "member"):
                return None
            return speech.speaker.name
    if " by " not in sentence and "received " not in sentence and " who " not in sentence:
        return None
    for pattern in (_PASSIVE, _WITH, _WHO):
        match = pattern.search(sentence)
        if match:
            speaker = find_speaker(match["who"])
            if speaker and speaker.kind is not Kind.BODY:
                return name_of(match["who"][speaker.start :])
    return None
