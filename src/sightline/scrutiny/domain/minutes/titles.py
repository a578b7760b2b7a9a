"""What could be a title: the looks of a heading, from its words alone."""

from __future__ import annotations

import re

from sightline.scrutiny.domain.minutes import introductions

_LABEL = re.compile(
    r"(?:resolved|agreed|recommended|reply|response|action(?= *(?:[:.\d–—-]|$)| (?:points?|by)\b)|present|members present|in attendance|attendance|"
    r"minutes|decision|note|"
    r"proposed by|seconded by|moved by|and resolved|carried|reasons?|alternative|options|recommendations?|"
    r"question \d|apologies:|"
    r"signed|dated|chair(?:man|person)?|venue|contact|pdf|page|that|to note|officers?|officials|councillors|"
    r"sectoral|minute taker)\b(?! (?:of|for|from|on|to) )[^a-z]",
    re.I,
)


FINITE = re.compile(
    r"\b(?:was|were|is|are|been|had|has|have|would|will|should|asked|said|stated|advised|reported|explained|agreed|"
    r"resolved|proposed|"
    r"seconded|noted|raised|queried|requested|confirmed|presented|thanked|considered|expressed|welcomed|felt|"
    r"suggested|received|declared)\b"
)


_SAYS = re.compile(
    r"\b(?:was|were|is|are|been|had|has|have|would|will|should|asked|said|stated|advised|explained|agreed that|"
    r"resolved|thanked|welcomed|felt)\b"
)


_TASK = re.compile(r"(?:to|question|notice|motion|request|approve|agree|consider|report|note|receive)\b", re.I)


RUN_IN = re.compile(r"(?P<title>[A-Z\"'“‘£0-9][^:.?!;]{1,90}?)(?:\s*:[-–—]?|\s+[-–—]|(?<=[a-z\d)]{2})\.)(?=\s|$)")


_NUMBERED_LABEL = re.compile(
    r"(?:resolved|agreed|recommended|reply|response|proposed by|seconded by|moved by|carried|that)\b[^a-z]", re.I
)


def title_like(text: str, *, numbered: bool = False) -> bool:
    """Whether words could be a title: short, starting with a capital, no sentence. numbered: a number stands
    before them.
    """
    text = text.strip()
    if not text or len(text) > 240:
        return False
    count = text.count(" ") - text.count("  ") + 1
    if count > 32 or not (text[0].isupper() or text[0].isdigit() or text[0] in "\"'“‘£€("):
        return False
    if not any(character.isalpha() for character in text):
        return False
    if (
        text[-1] in ";,?"
        or (text[-1] == "." and (count > 8 or FINITE.search(text)))
        or (_NUMBERED_LABEL if numbered else _LABEL).match(text + " ")
    ):
        return False
    if text[-1] == ":" and count > 14:
        return False
    return bool(_TASK.match(text)) or not (_SAYS if numbered and count <= 12 else FINITE).search(text)


_MEETING = re.compile(
    r"\b(?:minutes|agenda)\b.*\b(?:of|meeting|decisions|agenda|minutes)\b|^(?:draft )?minutes$|\b(?:19|20)"
    r"\d\d\b.*\b\d{1,2}[.:]\d\d ?[ap]\.?m|^(?:attendance|attendees|documents?|related|contacts?|venue|share|"
    r"follow us|about|useful links|meeting details|items?|agenda|agenda items?|details|footer|cookies|your council|"
    r"in this section|decisions?|meeting documents|present|apologies)\W*$|^search|^menu|^navigation|^contents",
    re.I,
)


_BODY_ALONE = re.compile(
    r"(?:[A-Z][\w&'’-]*,? (?:and |of |the |for )?){0,8}(?:council|committee|panel|board|cabinet|forum|executive|"
    r"commission)(?: meeting| minutes)?(?: *[-–—,|:(] *.*\b(?:19|20)\d\d\b.*| (?:held|on|mon|tues|wednes|thurs|fri)"
    r"\w*\b.*\b(?:19|20)\d\d\b.*)?",
    re.I,
)


def names_meeting(text: str) -> bool:
    """A heading of the whole document, not of an item."""
    flat = " ".join(text.split())
    return bool(_MEETING.search(flat)) or bool(_BODY_ALONE.fullmatch(flat))


def is_subhead(text: str) -> bool:
    """A label that parts an item ("Decision:", "Points raised"), as ``introductions.SUBHEADS`` lists them."""
    return len(text) < 80 and " ".join(text.split()).strip(" :.-–—").lower() in introductions.SUBHEADS


def is_prose(text: str) -> bool:
    return len(text.split()) >= 4 and not is_subhead(text) and text.rstrip()[-1] in ".:?!"
